//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Receipts: under which key which batch was handed in, so that it is taken in once, over restarts, too.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Synchronization

/// Keeps keys of batches (`receipts.db`, 0600): digests and positions, nothing of what was in them.
///
/// A receipt is begun before its batch goes to the log, and finished with its positions afterwards. One that was begun and
/// not finished is of a process that ended in between: the log knows whether the batch is in it.
public final class ReceiptStore: Sendable {
    public typealias Receipt = (digest: [UInt8], after: UInt64, range: Range<UInt64>?)

    /// What is kept. A gateway that was not answered asks again within minutes; a day covers a night without its network.
    public struct Limits: Hashable, Sendable {
        public var receipts: Int
        public var seconds: Int

        public init(receipts: Int = 100_000, seconds: Int = 86_400) {
            (self.receipts, self.seconds) = (receipts, seconds)
        }
    }

    /// `PRAGMA user_version`
    private static let version = 1
    private let path: String
    private let queue: DatabaseQueue
    private let limits: Limits
    /// Receipts begun since the last time that old ones were looked for.
    private let begun = Mutex(0)

    /// Opens the file; makes it when there is none. Readable to its user only.
    public init(path: String, limits: Limits = Limits()) throws {
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw LogFailure.database(path, "cannot be created there") }
        }
        (self.path, self.limits) = (path, limits)
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            // A receipt that the power took away would let its batch in twice.
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        queue = try Segment.translate(path) { [configuration] in
            try DatabaseQueue(path: path, configuration: configuration)
        }
        try Segment.translate(path) { [queue] in
            try queue.write { database in
                let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                guard found <= Self.version else { throw LogFailure.newer(path, version: found) }
                guard found == 0 else { return }
                try database.execute(
                    sql: """
                        CREATE TABLE receipt (key BLOB PRIMARY KEY, digest BLOB NOT NULL, after INTEGER NOT NULL,
                            made INTEGER NOT NULL, first INTEGER, next INTEGER) STRICT;
                        CREATE INDEX receipt_made ON receipt (made);
                        PRAGMA user_version = \(Self.version);
                        """)
            }
        }
    }

    /// Nil where the key is not known, or no more.
    public func receipt(key: [UInt8]) async throws -> Receipt? {
        try await queue.read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT digest, after, first, next FROM receipt WHERE key = ?", arguments: [Data(key)])
            guard let row else { return nil }
            let (digest, after): (Data, Int64) = (row[0], row[1])
            let (first, next): (Int64?, Int64?) = (row[2], row[3])
            var range: Range<UInt64>?
            if let first, let next, first <= next { range = UInt64(clamping: first)..<UInt64(clamping: next) }
            return (Array(digest), UInt64(clamping: after), range)
        }
    }

    /// A batch is about to go to the log; nothing at or before position `after` is of it. On the disk when this returns.
    ///
    /// - Throws: `LogFailure.full` where there is no room for it.
    public func begin(receipt key: [UInt8], digest: [UInt8], after: UInt64, at moment: Timestamp) async throws {
        let isDue = begun.withLock { begun in
            begun += 1
            defer { if begun >= Self.pruning { begun = 0 } }
            return begun >= min(Self.pruning, limits.receipts)
        }
        do {
            try await queue.write { [limits] database in
                try database.execute(
                    sql: "INSERT OR REPLACE INTO receipt (key, digest, after, made) VALUES (?, ?, ?, ?)",
                    arguments: [Data(key), Data(digest), Int64(clamping: after), moment.nanoseconds])
                if isDue { try Self.forget(limits, moment, database) }
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL { throw LogFailure.full(path) }
    }

    public func finish(receipt key: [UInt8], with range: Range<UInt64>) async throws {
        try await queue.write { database in
            try database.execute(
                sql: "UPDATE receipt SET first = ?, next = ? WHERE key = ?",
                arguments: [Int64(clamping: range.lowerBound), Int64(clamping: range.upperBound), Data(key)])
        }
    }

    /// The batch was not taken in: the key is free again.
    public func forget(receipt key: [UInt8]) async throws {
        try await queue.write { try $0.execute(sql: "DELETE FROM receipt WHERE key = ?", arguments: [Data(key)]) }
    }

    /// How many receipts may come before the old ones are looked for.
    private static let pruning = 1_000

    private static func forget(_ limits: Limits, _ now: Timestamp, _ database: Database) throws {
        let (oldest, overflow) = now.nanoseconds.subtractingReportingOverflow(Int64(limits.seconds) * 1_000_000_000)
        if !overflow {
            try database.execute(sql: "DELETE FROM receipt WHERE made < ?", arguments: [oldest])
        }
        let surplus = (try Int.fetchOne(database, sql: "SELECT count(*) FROM receipt") ?? 0) - limits.receipts
        guard surplus > 0 else { return }
        try database.execute(
            sql: "DELETE FROM receipt WHERE key IN (SELECT key FROM receipt ORDER BY made, key LIMIT ?)",
            arguments: [surplus])
    }

    public func close() throws { try queue.close() }
}
