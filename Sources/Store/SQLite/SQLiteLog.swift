//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// The log: observations in the order in which they came, in one SQLite file.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Wire

/// Why a log could not be used.
public enum LogFailure: Error, Hashable, Sendable {
    case noSuchFile(String)
    case isDirectory(String)
    /// It is no log of ours.
    case notALog(String)
    /// Written by a newer version.
    case newer(String, version: Int)
    case damaged(String, block: Int64, String)
    case notDurable(String, String)
    case database(String, String)
}

/// An append-only log of observations. Opened for writing it creates what is missing; nothing is ever changed.
///
/// One row is one committed block of observations in their protocol-buffer form (`Wire/Wardlight`).
public struct SQLiteLog: Sendable {
    /// Version of the tables; `PRAGMA user_version`.
    static let version = 1
    /// `PRAGMA application_id`: "WLOG".
    static let applicationID = 0x574C_4F47

    private let queue: DatabaseQueue
    private let path: String

    /// Opens a log to append to, and makes it when it is not there. Readable to its user only.
    public init(appendingTo path: String) throws {
        self.path = path
        try Self.refuseDirectory(path)
        let isNew = !FileManager.default.fileExists(atPath: path)
        if isNew {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw LogFailure.database(path, "cannot be created there") }
        }
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            // GRDB lowers this in WAL mode; a commit must be on the disk before it counts (docs/decisions).
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        queue = try Self.translate(path) { try DatabaseQueue(path: path, configuration: configuration) }
        try check(mayCreate: true)
        let level = try Self.translate(path) {
            try queue.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") } ?? 0
        }
        guard level >= 2 else { throw LogFailure.notDurable(path, "synchronous = \(level)") }
    }

    /// `PRAGMA synchronous` of this connection: 2 is FULL, a commit is on the disk when it returns.
    func synchronousLevel() throws -> Int {
        try Self.translate(path) { try queue.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? 0 } }
    }

    /// Opens a log to read.
    public init(reading path: String) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else { throw LogFailure.noSuchFile(path) }
        try Self.refuseDirectory(path)
        var configuration = Configuration()
        configuration.readonly = true
        queue = try Self.translate(path) { try DatabaseQueue(path: path, configuration: configuration) }
        try check(mayCreate: false)
    }

    private static func refuseDirectory(_ path: String) throws {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let kind = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        if kind == .typeDirectory { throw LogFailure.isDirectory(path) }
    }

    private func check(mayCreate: Bool) throws {
        try Self.translate(path) {
            let (application, version, tables) = try queue.read { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
                )
            }
            if application == Self.applicationID {
                if version > Self.version { throw LogFailure.newer(path, version: version) }
                return
            }
            guard mayCreate, tables == 0, application == 0 else { throw LogFailure.notALog(path) }
            try queue.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE block (
                            number INTEGER PRIMARY KEY,
                            observations INTEGER NOT NULL,
                            bytes BLOB NOT NULL
                        );
                        PRAGMA application_id = \(Self.applicationID);
                        PRAGMA user_version = \(Self.version);
                        """)
            }
        }
    }

    /// Writes observations as one block. When this returns they are on the disk.
    public func append(_ observations: [Observation]) throws {
        guard !observations.isEmpty else { return }
        let bytes = try ObservationForm.encode(observations)
        try Self.translate(path) {
            try queue.write { database in
                try database.execute(
                    sql: "INSERT INTO block (observations, bytes) VALUES (?, ?)",
                    arguments: [observations.count, Data(bytes)])
            }
        }
    }

    /// Hands every block's observations on, in order.
    ///
    /// - Throws: `LogFailure.damaged` at the first block that is missing or cannot be read, after those before it.
    public func replay(_ body: ([Observation]) throws -> Void) throws {
        var after: Int64 = 0
        while true {
            let row = try Self.translate(path) {
                try queue.read { database in
                    try Row.fetchOne(
                        database, sql: "SELECT number, bytes FROM block WHERE number > ? ORDER BY number LIMIT 1",
                        arguments: [after])
                }
            }
            guard let row else { return }
            let number: Int64 = row["number"]
            // Numbers follow one another: a gap is a block that somebody took away.
            guard number == after + 1 else { throw LogFailure.damaged(path, block: after + 1, "it is missing") }
            // Asked for as a value first: GRDB stops the program when it is of another kind.
            guard let bytes = Data.fromDatabaseValue(row["bytes"]) else {
                throw LogFailure.damaged(path, block: number, "it holds no octets")
            }
            let observations: [Observation]
            do { observations = try ObservationForm.decode([UInt8](bytes)) } catch {
                throw LogFailure.damaged(path, block: number, "\(error)")
            }
            try body(observations)
            after = number
        }
    }

    /// Observations written so far.
    public func count() throws -> Int {
        try Self.translate(path) {
            try queue.read { try Int.fetchOne($0, sql: "SELECT CAST(sum(observations) AS INTEGER) FROM block") } ?? 0
        }
    }

    private static func translate<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_NOTADB { throw LogFailure.notALog(path) }
            throw LogFailure.database(path, error.message ?? "\(error.resultCode)")
        }
    }
}
