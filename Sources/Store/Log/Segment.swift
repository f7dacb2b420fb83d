//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// A segment: one SQLite file of the log. One row is one committed block.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Wire

/// One file of the log, from a first position on. Rows are only ever added.
struct Segment: Sendable {
    /// Version of the tables; `PRAGMA user_version`. Version 1 had no chain and no clock.
    static let version = 2
    /// `PRAGMA application_id`: "WLOG".
    static let applicationID = 0x574C_4F47

    /// What a segment says of itself.
    struct Header: Hashable, Sendable {
        /// 16 octets by chance: which log it belongs to.
        var log: Data
        var site: String
        /// Position of its first observation.
        var first: UInt64
        /// Hash of the block before its first one.
        var previous: Data
    }

    /// Where the log ends.
    struct End: Hashable, Sendable {
        /// Position that comes next.
        var next: UInt64
        /// Hash of the last block.
        var hash: Data
        /// The log's clock at the last block; nil where there is none.
        var recorded: Timestamp?
    }

    let path: String
    let queue: DatabaseQueue
    let header: Header
    /// 1 where an earlier release wrote it: then it can be read, and is rewritten before it is written to.
    let version: Int

    // MARK: - Opening

    /// Opens a segment to read.
    init(reading path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw LogFailure.noSuchFile(path) }
        try Self.refuseDirectory(path)
        try Self.settle(path)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try Self.translate(path) { try DatabaseQueue(path: path, configuration: configuration) }
        guard let version = try Self.version(of: queue, path) else { throw LogFailure.notALog(path) }
        header = try Self.header(queue, version, path)
        (self.path, self.queue, self.version) = (path, queue, version)
    }

    /// Opens a segment to append to; one that is not there is made with `header`. Readable to its user only.
    init(appendingTo path: String, else header: @autoclosure () -> Header) throws {
        try Self.refuseDirectory(path)
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw DiskRoom.refusal(path) }
        }
        try Self.settle(path)
        // Asked for reading first: what is no log of ours is left as it was, to the octet.
        var asking = Configuration()
        asking.readonly = true
        let found: Int? = try {
            let queue = try Self.translate(path) { try DatabaseQueue(path: path, configuration: asking) }
            defer { try? queue.close() }
            return try Self.version(of: queue, path, orEmpty: true)
        }()
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            // Write-ahead: one sync a commit, and readers in other processes never wait.
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            // GRDB lowers this in WAL mode; a commit must be on the disk before it counts (docs/decisions).
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // What is struck out by SQLite itself (a rewritten page) leaves no old octets behind.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        let queue = try Self.translate(path) { try DatabaseQueue(path: path, configuration: configuration) }
        if found == nil { try Self.create(queue, path, header()) }
        if found == 1 { try Self.migrate(queue, path, header()) }
        self.header = try Self.header(queue, Self.version, path)
        (self.path, self.queue, version) = (path, queue, Self.version)
        let mode = try Self.translate(path) { try queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } }
        guard mode == "wal" else { throw LogFailure.notDurable(path, "journal mode \(mode ?? "unknown")") }
        let level = try synchronousLevel()
        guard level >= 2 else { throw LogFailure.notDurable(path, "synchronous = \(level)") }
    }

    /// Whether nothing stands in it yet, not even what it is.
    static func isUnbegun(_ path: String) -> Bool {
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        // SQLite's largest page: a file of more than one was begun.
        guard size <= 65_536 else { return false }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            try settle(path)
            let queue = try translate(path) { try DatabaseQueue(path: path, configuration: configuration) }
            defer { try? queue.close() }
            return try version(of: queue, path, orEmpty: true) == nil
        } catch { return false }
    }

    /// A machine that stopped while a segment was being closed left a journal beside it: SQLite takes back what was half
    /// done, which it may not do while only reading.
    private static func settle(_ path: String) throws {
        let journal = try? FileManager.default.attributesOfItem(atPath: path + "-journal")[.size] as? Int
        guard let journal, journal > 0 else { return }
        try translate(path) {
            // It may be the one who is about to finish it.
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
            try queue.close()
        }
    }

    /// `PRAGMA synchronous` of this connection: 2 is FULL, a commit is on the disk when it returns.
    func synchronousLevel() throws -> Int {
        try Self.translate(path) { try queue.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? 0 } }
    }

    static func refuseDirectory(_ path: String) throws {
        if isDirectory(path) { throw LogFailure.isDirectory(path) }
    }

    static func isDirectory(_ path: String) -> Bool {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let kind = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        return kind == .typeDirectory
    }

    /// The version of a log; nil where the database is empty and may become one.
    private static func version(of queue: DatabaseQueue, _ path: String, orEmpty: Bool = false) throws -> Int? {
        let (application, version, tables) = try translate(path) {
            try queue.read { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
                )
            }
        }
        if application == applicationID {
            if version > Self.version { throw LogFailure.newer(path, version: version) }
            guard version >= 1 else { throw LogFailure.notALog(path) }
            return version
        }
        guard orEmpty, tables == 0, application == 0 else { throw LogFailure.notALog(path) }
        return nil
    }

    private static func create(_ queue: DatabaseQueue, _ path: String, _ header: Header) throws {
        try translate(path) {
            try queue.write { database in
                try database.execute(sql: tables)
                try insert(header, database)
                try database.execute(sql: "PRAGMA user_version = \(version)")
                try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            }
        }
    }

    static let tables = """
        CREATE TABLE segment (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            log BLOB NOT NULL,
            site TEXT NOT NULL,
            first INTEGER NOT NULL,
            previous BLOB NOT NULL
        );
        CREATE TABLE block (
            first INTEGER PRIMARY KEY,
            count INTEGER NOT NULL,
            recorded INTEGER NOT NULL,
            previous BLOB NOT NULL,
            bytes BLOB NOT NULL,
            hash BLOB NOT NULL
        );
        """

    static func insert(_ header: Header, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO segment (one, log, site, first, previous) VALUES (1, ?, ?, ?, ?)",
            arguments: [header.log, header.site, Int64(clamping: header.first), header.previous])
    }

    private static func header(_ queue: DatabaseQueue, _ version: Int, _ path: String) throws -> Header {
        if version == 1 { return Header(log: Data(), site: "", first: 1, previous: Data()) }
        let row = try translate(path) { try queue.read { try Row.fetchOne($0, sql: "SELECT * FROM segment") } }
        guard let row, let log = Data.fromDatabaseValue(row["log"]), log.count == 16,
            let site = String.fromDatabaseValue(row["site"]), let first = Int64.fromDatabaseValue(row["first"]),
            first > 0, let previous = Data.fromDatabaseValue(row["previous"]), previous.count == BlockChain.octets
        else { throw LogFailure.damaged(path, position: 0, "its header cannot be read") }
        return Header(log: log, site: site, first: UInt64(first), previous: previous)
    }

    // MARK: - Writing

    /// Adds one block. When this returns it is on the disk.
    ///
    /// - Parameter bytes: the observations as `Wire/Wardlight` writes them.
    /// - Throws: `LogFailure.full`, when there is no room: nothing was kept; `unconfirmed`, when the disk did not say that
    ///   it is written: then this segment is not to be used any more.
    func append(_ bytes: [UInt8], count: Int, at recorded: Timestamp, after end: End) throws -> End {
        let bytes = Data(bytes)
        let hash = BlockChain.hash(
            log: header.log, first: end.next, count: count, recorded: recorded, previous: end.hash, bytes: bytes)
        guard let first = Int64(exactly: end.next) else { throw LogFailure.full(path) }
        try Self.translate(path) {
            try queue.write { database in
                let statement = try database.cachedStatement(
                    sql: "INSERT INTO block (first, count, recorded, previous, bytes, hash) VALUES (?, ?, ?, ?, ?, ?)")
                try statement.execute(arguments: [first, count, recorded.nanoseconds, end.hash, bytes, hash])
            }
        }
        return End(next: end.next + UInt64(count), hash: hash, recorded: recorded)
    }

    /// Writes everything into the one file and lets go of it: a file at rest is complete in itself, also on a disk that
    /// cannot be written to. Nothing may be appended afterwards.
    ///
    /// - Returns: false while somebody reads it. It is complete with its write-ahead log then, and still open.
    func finish() throws -> Bool {
        try Self.translate(path) {
            do {
                try queue.writeWithoutTransaction { database in
                    // Who reads may take long, and who writes does not wait for it.
                    try database.execute(sql: "PRAGMA busy_timeout = 0")
                    try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                    try database.execute(sql: "PRAGMA journal_mode = DELETE")
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY { return false }
            try queue.close()
            return true
        }
    }

    /// Lets go of it as it is.
    func close() throws { try Self.translate(path) { try queue.close() } }

    /// Octets of the file, what waits in the write-ahead log included.
    var octets: Int {
        ["", "-wal"].reduce(0) { sum, ending in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + ending)
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }

    static func translate<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DatabaseError {
            let words = error.message ?? "\(error.extendedResultCode)"
            switch error.resultCode {
            case .SQLITE_NOTADB: throw LogFailure.notALog(path)
            case .SQLITE_FULL: throw LogFailure.full(path)
            case .SQLITE_IOERR: throw LogFailure.unconfirmed(path, words)
            case .SQLITE_CORRUPT: throw LogFailure.damaged(path, position: 0, words)
            default: throw LogFailure.database(path, words)
            }
        }
    }
}
