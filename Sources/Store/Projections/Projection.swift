//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// The projection: lists, searches and missed events, in a file that can be made anew from the log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Synchronization

/// Why the projection cannot be used.
public enum ProjectionFailure: Error, Hashable, Sendable {
    case database(String, String)
}

/// What lists, searches and returning followers look at: one SQLite file with a full-text index (FTS5).
///
/// A cache: another version of the tables, another program or another log discards it, and it is filled again. Its writer
/// is one, the keeper; readers are many and never wait for it (write-ahead log).
public final class Projection: Sendable {
    /// Bounds of what is kept for followers who come back.
    public struct Limits: Hashable, Sendable {
        /// Events. At ten a second two hundred thousand are five and a half hours.
        public var events: Int
        /// Events that are forgotten together.
        public var batch: Int

        public init(events: Int = 200_000, batch: Int = 10_000) { (self.events, self.batch) = (events, batch) }
    }

    static let version = 2

    private let pool: DatabasePool
    private let path: String
    private let limits: Limits
    /// Newest number that was put, and how many events there are.
    private let state: Mutex<(number: EventNumber, events: Int)>
    /// Whether it holds what an earlier run put there.
    public let isFilled: Bool

    /// Opens the file, or makes it anew where it is another's. Readable to its user only.
    ///
    /// - Parameter mark: names all that its rows depend on: program, knowledge, log. Another mark, and it is made anew.
    public init(_ path: String, mark: String, limits: Limits = Limits()) throws {
        self.path = path
        self.limits = limits
        pool = try Self.open(path, mark: mark)
        let found = try Self.translate(path) { [pool] in
            try pool.read { database in
                let text = try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = 'number'")
                let events = try Int.fetchOne(database, sql: "SELECT count(*) FROM event") ?? 0
                return (text.flatMap { EventNumber($0) }, events)
            }
        }
        isFilled = found.0 != nil
        state = Mutex((found.0 ?? .zero, found.1))
    }

    private static func open(_ path: String, mark: String) throws -> DatabasePool {
        let mark = "\(version) \(mark)"
        if FileManager.default.fileExists(atPath: path) {
            if let pool = try? connect(path), let known = try? pool.read(Self.mark), known == mark { return pool }
            for end in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + end) {
                try translate(path) { try FileManager.default.removeItem(atPath: path + end) }
            }
        }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw ProjectionFailure.database(path, "cannot be created there")
        }
        let pool = try translate(path) { try connect(path) }
        try translate(path) {
            try pool.write { database in
                try database.execute(sql: tables)
                try database.execute(sql: "INSERT INTO meta VALUES ('mark', ?)", arguments: [mark])
            }
        }
        return pool
    }

    private static func connect(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        return try DatabasePool(path: path, configuration: configuration)
    }

    private static func mark(_ database: Database) throws -> String? {
        guard try database.tableExists("meta") else { return nil }
        return try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = 'mark'")
    }

    /// Each order's index holds all that a list may choose by: choosing among 50,000 devices is then a walk through one index,
    /// not through their rows (10 ms instead of 110).
    private static let tables = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE device (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, site TEXT NOT NULL, class TEXT NOT NULL, agent TEXT,
            stale INTEGER NOT NULL, findings INTEGER NOT NULL, by_name TEXT NOT NULL, by_seen TEXT NOT NULL,
            by_risk TEXT NOT NULL, by_severity TEXT NOT NULL, body BLOB NOT NULL);
        CREATE INDEX device_id ON device (id, site, class, agent, stale, findings);
        CREATE INDEX device_name ON device (by_name, id, site, class, agent, stale, findings);
        CREATE INDEX device_seen ON device (by_seen, id, site, class, agent, stale, findings);
        CREATE INDEX device_risk ON device (by_risk, id, site, class, agent, stale, findings);
        CREATE INDEX device_severity ON device (by_severity, id, site, class, agent, stale, findings);
        CREATE TABLE device_place (location TEXT NOT NULL, device INTEGER NOT NULL, PRIMARY KEY (location, device))
            WITHOUT ROWID;
        CREATE INDEX place_device ON device_place (device);
        CREATE VIRTUAL TABLE device_text USING fts5 (text, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');
        CREATE TABLE finding (
            id TEXT PRIMARY KEY, site TEXT NOT NULL, device TEXT, rule TEXT NOT NULL, rank INTEGER NOT NULL,
            sort TEXT NOT NULL, body BLOB NOT NULL);
        CREATE INDEX finding_sort ON finding (sort);
        CREATE INDEX finding_device ON finding (device);
        CREATE TABLE event (position INTEGER NOT NULL, part INTEGER NOT NULL, line BLOB NOT NULL,
            PRIMARY KEY (position, part)) WITHOUT ROWID;
        """

    static func translate<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let failure as ProjectionFailure { throw failure } catch {
            throw ProjectionFailure.database(path, "\(error)")
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.translate(path) { try pool.read(body) }
    }

    func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
        do { return try await pool.read(body) } catch { throw ProjectionFailure.database(path, "\(error)") }
    }

    /// The newest publication that it shows.
    public var number: EventNumber { state.withLock { $0.number } }

    /// Everything that it shows, for a keeper that begins again.
    public func shown() throws -> (devices: [DeviceSummary], findings: [FindingSummary]) {
        try read { database in
            // A row at a time: all their bodies together are larger than what comes of them.
            func rows<Row: Decodable & Wordy>(_ table: String, as type: Row.Type) throws -> [Row] {
                var words = SharedWords()
                return try Array(
                    Data.fetchCursor(database, sql: "SELECT body FROM \(table)").map { body in
                        var row = try RowForm.decode(type, body)
                        row.share(&words)
                        return row
                    })
            }
            return (try rows("device", as: DeviceSummary.self), try rows("finding", as: FindingSummary.self))
        }
    }

    // MARK: - Writing

    /// Takes a publication in, all of it or nothing.
    public func put(_ publication: Publication) throws {
        try Self.translate(path) {
            try pool.write { database in
                for id in publication.goneDevices { try remove(device: id, database) }
                for device in publication.devices { try put(device, database) }
                for id in publication.goneFindings {
                    try database.cachedStatement(sql: "DELETE FROM finding WHERE id = ?").execute(arguments: [id])
                }
                for finding in publication.findings { try put(finding, database) }
                if !publication.event.isEmpty { try put(publication.number, publication.event, database) }
                try database.cachedStatement(sql: "INSERT OR REPLACE INTO meta VALUES ('number', ?)")
                    .execute(arguments: [publication.number.description])
            }
        }
        let isFull = state.withLock { state in
            state.number = publication.number
            state.events += publication.event.isEmpty ? 0 : 1
            return state.events > limits.events + limits.batch
        }
        if isFull { try forget() }
    }

    private func put(_ device: DeviceSummary, _ database: Database) throws {
        let known = try database.cachedStatement(sql: "SELECT number FROM device WHERE id = ?")
        let number = try Int64.fetchOne(known, arguments: [device.id])
        let values: StatementArguments = [
            number, device.id, device.site, device.deviceClass.rawValue, device.agent, device.isStale, device.findings,
            device.sortValue(.name), device.sortValue(.lastSeen), device.sortValue(.risk),
            device.sortValue(.severity), try RowForm.encode(device),
        ]
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO device VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: values)
        let row = number ?? database.lastInsertedRowID
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO device_text (rowid, text) VALUES (?, ?)")
            .execute(arguments: [row, device.searchText])
        try database.cachedStatement(sql: "DELETE FROM device_place WHERE device = ?").execute(arguments: [row])
        for location in Set(device.whereabouts?.path ?? []) {
            try database.cachedStatement(sql: "INSERT INTO device_place VALUES (?, ?)")
                .execute(arguments: [location, row])
        }
    }

    private func remove(device id: String, _ database: Database) throws {
        let known = try database.cachedStatement(sql: "SELECT number FROM device WHERE id = ?")
        guard let number = try Int64.fetchOne(known, arguments: [id]) else { return }
        for sql in [
            "DELETE FROM device WHERE number = ?", "DELETE FROM device_text WHERE rowid = ?",
            "DELETE FROM device_place WHERE device = ?",
        ] { try database.cachedStatement(sql: sql).execute(arguments: [number]) }
    }

    private func put(_ finding: FindingSummary, _ database: Database) throws {
        let values: StatementArguments = [
            finding.id, finding.site, finding.device, finding.finding.rule, finding.finding.severity.rank,
            finding.sortValue, try RowForm.encode(finding),
        ]
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO finding VALUES (?, ?, ?, ?, ?, ?, ?)")
            .execute(arguments: values)
    }

    private func put(_ number: EventNumber, _ line: [UInt8], _ database: Database) throws {
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO event VALUES (?, ?, ?)")
            .execute(arguments: [Int64(clamping: number.position), Int64(number.part), Data(line)])
    }

    /// The oldest events go; from where on they are kept is remembered in the same step.
    private func forget() throws {
        let left = try Self.translate(path) {
            try pool.write { database in
                let surplus = (try Int.fetchOne(database, sql: "SELECT count(*) FROM event") ?? 0) - limits.events
                guard surplus > 0 else { return limits.events + min(0, surplus) }
                let last = try Row.fetchOne(
                    database, sql: "SELECT position, part FROM event ORDER BY position, part LIMIT 1 OFFSET ?",
                    arguments: [surplus - 1])
                guard let last else { return 0 }
                let (position, part): (Int64, Int64) = (last[0], last[1])
                try database.execute(
                    sql: "DELETE FROM event WHERE (position, part) <= (?, ?)", arguments: [position, part])
                let number = EventNumber(position: UInt64(clamping: position), part: UInt32(clamping: part))
                try database.execute(
                    sql: "INSERT OR REPLACE INTO meta VALUES ('forgotten', ?)", arguments: [number.description])
                return limits.events
            }
        }
        state.withLock { $0.events = left }
    }

    func forgetAll(upTo number: EventNumber) throws {
        try Self.translate(path) {
            try pool.write { database in
                try database.execute(
                    sql: "DELETE FROM event WHERE (position, part) <= (?, ?)",
                    arguments: [Int64(clamping: number.position), Int64(number.part)])
                try database.execute(
                    sql: "INSERT OR REPLACE INTO meta VALUES ('forgotten', ?)", arguments: [number.description])
            }
        }
    }

    public func close() throws { try Self.translate(path) { try pool.close() } }
}

/// Rows as octets: the state form, which another version of the program discards with the whole file.
enum RowForm {
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = StateEncoder()
        try value.encode(to: encoder)
        return Data(encoder.bytes)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ data: Data) throws -> Value {
        try StateDecoder([UInt8](data)).value(type)
    }
}
