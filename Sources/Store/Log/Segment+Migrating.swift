//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Logs of release 0.1, which had neither a chain nor a clock.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Wire

extension Segment {
    /// Gives a log of version 1 its positions, its clock and its chain, all or nothing.
    ///
    /// The clock of a block is the latest moment of its observations, or that of the block before: nobody wrote down when
    /// they were recorded.
    static func migrate(_ queue: DatabaseQueue, _ path: String, _ header: Header) throws {
        try translate(path) {
            try queue.write { database in
                try database.execute(sql: "ALTER TABLE block RENAME TO old")
                try database.execute(sql: tables)
                try insert(header, database)
                var end = End(next: header.first, hash: header.previous, recorded: nil)
                try walk(database, table: "old", path) { observations, bytes in
                    let newest = observations.map(\.occurred).max() ?? .epoch
                    let recorded = Swift.max(newest, end.recorded ?? newest)
                    let hash = BlockChain.hash(
                        log: header.log, first: end.next, count: observations.count, recorded: recorded,
                        previous: end.hash, bytes: bytes)
                    try database.execute(
                        sql: """
                            INSERT INTO block (first, count, recorded, previous, bytes, hash)
                            VALUES (?, ?, ?, ?, ?, ?)
                            """,
                        arguments: [
                            Int64(clamping: end.next), observations.count, recorded.nanoseconds, end.hash, bytes, hash,
                        ])
                    end = End(next: end.next + UInt64(observations.count), hash: hash, recorded: recorded)
                }
                try database.execute(sql: "DROP TABLE old")
                try database.execute(sql: "PRAGMA user_version = \(version)")
            }
        }
    }

    /// Blocks of a log of version 1, in order.
    func readOld(_ body: (LogBlock) throws -> Void) throws {
        var next: UInt64 = 1
        var recorded = Timestamp.epoch
        try Self.translate(path) {
            try queue.read { database in
                try Self.walk(database, table: "block", path) { observations, _ in
                    recorded = Swift.max(recorded, observations.map(\.occurred).max() ?? recorded)
                    let block = LogBlock(first: next, recorded: recorded, observations: observations)
                    try body(block)
                    next = block.end
                }
            }
        }
    }

    private static func walk(
        _ database: Database, table: String, _ path: String, _ body: ([Observation], Data) throws -> Void
    ) throws {
        var expected: Int64 = 1
        let rows = try Row.fetchCursor(database, sql: "SELECT number, bytes FROM \(table) ORDER BY number")
        while let row = try rows.next() {
            guard let number = Int64.fromDatabaseValue(row["number"]), number == expected else {
                throw LogFailure.damaged(path, position: UInt64(clamping: expected), "block \(expected) is missing")
            }
            guard let bytes = Data.fromDatabaseValue(row["bytes"]) else {
                throw LogFailure.damaged(path, position: UInt64(clamping: number), "it holds no octets")
            }
            let observations: [Observation]
            do { observations = try ObservationForm.decode([UInt8](bytes)) } catch {
                throw LogFailure.damaged(path, position: UInt64(clamping: number), "\(error)")
            }
            if !observations.isEmpty { try body(observations, bytes) }
            expected += 1
        }
    }
}
