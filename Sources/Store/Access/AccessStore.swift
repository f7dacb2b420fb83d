//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Access: tokens, accounts and sessions, in a file that only its user reads. Never a secret, only what was made of it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model

/// Keeps who may ask (`access.sqlite`, 0600). Small: read by several, written by one at a time.
public final class AccessStore: Sendable {
    private let queue: DatabaseQueue
    /// `PRAGMA user_version`
    private static let version = 1
    /// Sessions that are kept; the ones that were idle longest go first.
    private static let mostSessions = 10_000

    /// Opens the file; makes it when there is none.
    public init(path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw LogFailure.database(path, "cannot be created there") }
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        // A password that was changed must stay changed when the power fails.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { database in
            let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard found <= Self.version else { throw LogFailure.database(path, "was written by a newer release") }
            if found == 0 { try Self.makeTables(database) }
        }
    }

    private static func makeTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE token (id TEXT PRIMARY KEY, name TEXT NOT NULL, digest BLOB NOT NULL UNIQUE,
                    scopes TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER, lastUsed INTEGER, revoked INTEGER)
                    STRICT;
                CREATE TABLE account (name TEXT PRIMARY KEY, salt BLOB, cost INTEGER, lanes INTEGER, hash BLOB,
                    scopes TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
                CREATE TABLE session (digest BLOB PRIMARY KEY, account TEXT NOT NULL, scopes TEXT NOT NULL,
                    created INTEGER NOT NULL, lastUsed INTEGER NOT NULL) STRICT;
                PRAGMA user_version = \(version);
                """)
    }

    // MARK: Tokens

    /// In the order in which they were made.
    public func tokens() async throws -> [AccessToken] {
        try await queue.read { try Row.fetchAll($0, sql: "SELECT * FROM token ORDER BY created, id").map(Self.token) }
    }

    public func token(digest: [UInt8]) async throws -> AccessToken? {
        try await queue.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM token WHERE digest = ?", arguments: [Data(digest)])
                .map(Self.token)
        }
    }

    /// False where `AccessToken.most` are kept.
    public func add(_ token: AccessToken) async throws -> Bool {
        try await queue.write { database in
            let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM token") ?? 0
            guard count < AccessToken.most else { return false }
            try database.execute(
                sql: "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    token.id, token.name, Data(token.digest), Self.words(token.scopes), token.created.nanoseconds,
                    token.expires?.nanoseconds, token.lastUsed?.nanoseconds, token.revoked?.nanoseconds,
                ])
            return true
        }
    }

    /// False where there is none. One that was revoked before stays revoked since then.
    public func revoke(token id: String, at moment: Timestamp) async throws -> Bool {
        try await queue.write { database in
            try database.execute(
                sql: "UPDATE token SET revoked = coalesce(revoked, ?) WHERE id = ?",
                arguments: [moment.nanoseconds, id])
            return database.changesCount > 0
        }
    }

    public func touch(token id: String, at moment: Timestamp) async throws {
        try await queue.write { database in
            try database.execute(
                sql: "UPDATE token SET lastUsed = ? WHERE id = ?", arguments: [moment.nanoseconds, id])
        }
    }

    // MARK: Accounts

    public func hasAccounts() async throws -> Bool {
        try await queue.read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM account)") ?? false }
    }

    public func account(named name: String) async throws -> Account? {
        try await queue.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM account WHERE name = ?", arguments: [name])
                .map(Self.account)
        }
    }

    public func put(_ account: Account) async throws {
        try await queue.write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO account VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    account.name, account.password.map { Data($0.salt) }, account.password?.cost,
                    account.password?.lanes, account.password.map { Data($0.hash) }, Self.words(account.scopes),
                    account.created.nanoseconds,
                ])
        }
    }

    // MARK: Sessions

    public func session(digest: [UInt8]) async throws -> WebSession? {
        try await queue.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM session WHERE digest = ?", arguments: [Data(digest)])
                .map(Self.session)
        }
    }

    public func put(_ session: WebSession) async throws {
        try await queue.write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    Data(session.digest), session.account, Self.words(session.scopes), session.created.nanoseconds,
                    session.lastUsed.nanoseconds,
                ])
            try database.execute(
                sql: """
                    DELETE FROM session WHERE digest IN
                        (SELECT digest FROM session ORDER BY lastUsed DESC, digest LIMIT -1 OFFSET ?)
                    """, arguments: [Self.mostSessions])
        }
    }

    /// Notes that it was used; one that ended meanwhile stays ended.
    public func touch(session digest: [UInt8], at moment: Timestamp) async throws {
        try await queue.write { database in
            try database.execute(
                sql: "UPDATE session SET lastUsed = ? WHERE digest = ?", arguments: [moment.nanoseconds, Data(digest)])
        }
    }

    public func end(session digest: [UInt8]) async throws {
        try await queue.write { try $0.execute(sql: "DELETE FROM session WHERE digest = ?", arguments: [Data(digest)]) }
    }

    // MARK: Rows

    private static func words(_ scopes: [AccessScope]) -> String { scopes.map(\.rawValue).joined(separator: " ") }

    private static func scopes(_ words: String) -> [AccessScope] {
        words.split(separator: " ").compactMap { AccessScope(rawValue: String($0)) }
    }

    private static func moment(_ nanoseconds: Int64?) -> Timestamp? { nanoseconds.map { Timestamp(nanoseconds: $0) } }

    private static func token(_ row: Row) -> AccessToken {
        AccessToken(
            id: row["id"], name: row["name"], digest: [UInt8](row["digest"] as Data), scopes: scopes(row["scopes"]),
            created: Timestamp(nanoseconds: row["created"]), expires: moment(row["expires"]),
            lastUsed: moment(row["lastUsed"]), revoked: moment(row["revoked"]))
    }

    private static func account(_ row: Row) -> Account {
        var password: Account.Password?
        if let salt = row["salt"] as Data?, let cost = row["cost"] as Int?, let lanes = row["lanes"] as Int?,
            let hash = row["hash"] as Data?
        {
            password = Account.Password(salt: [UInt8](salt), cost: cost, lanes: lanes, hash: [UInt8](hash))
        }
        return Account(
            name: row["name"], password: password, scopes: scopes(row["scopes"]),
            created: Timestamp(nanoseconds: row["created"]))
    }

    private static func session(_ row: Row) -> WebSession {
        WebSession(
            digest: [UInt8](row["digest"] as Data), account: row["account"], scopes: scopes(row["scopes"]),
            created: Timestamp(nanoseconds: row["created"]), lastUsed: Timestamp(nanoseconds: row["lastUsed"]))
    }
}
