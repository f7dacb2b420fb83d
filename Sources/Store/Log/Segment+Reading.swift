//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Reading a segment: blocks in order, each held against the chain.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Wire

extension Segment {
    /// A row as it stands in the file.
    struct Stored {
        var first: UInt64
        var count: Int
        var recorded: Timestamp
        var previous: Data
        var bytes: Data
        var hash: Data
    }

    /// Where the segment ends: after its last block.
    func end() throws -> End {
        guard let last = try stored(upTo: .max) else {
            return End(next: header.first, hash: header.previous, recorded: nil)
        }
        try check(last)
        return End(next: last.first + UInt64(last.count), hash: last.hash, recorded: last.recorded)
    }

    /// Where it ends as the next segment sees it, which goes on at `limit`.
    func end(upTo limit: UInt64) throws -> End {
        guard limit > header.first, let last = try stored(upTo: limit - 1) else {
            return End(next: header.first, hash: header.previous, recorded: nil)
        }
        try check(last)
        return End(next: last.first + UInt64(last.count), hash: last.hash, recorded: last.recorded)
    }

    /// The log's clock at its first block.
    func firstRecorded() throws -> Timestamp? { try stored(at: header.first)?.recorded }

    /// Hands blocks on, in order, beginning with the one that holds `position`, and says where it came to its end.
    ///
    /// - Parameter limit: position at which the next segment goes on; what stands here from there on does not count.
    /// - Throws: `LogFailure.damaged` at the first block that is missing, was changed or cannot be read, after those
    ///   before it.
    func read(from position: UInt64, upTo limit: UInt64 = .max, _ body: (Stored) throws -> Void) throws -> End {
        var end = End(next: header.first, hash: header.previous, recorded: nil)
        if position > header.first, let inside = try stored(upTo: position) {
            // Its own predecessor is taken at its word here; `verify` walks the whole chain.
            end = End(next: inside.first, hash: inside.previous, recorded: nil)
        }
        while end.next < limit {
            guard let row = try stored(at: end.next) else {
                if let later = try stored(after: end.next), later < limit {
                    throw LogFailure.damaged(path, position: end.next, "it is missing; the next one is \(later)")
                }
                return end
            }
            try check(row)
            guard row.previous == end.hash else {
                throw LogFailure.damaged(path, position: row.first, "it does not follow the one before it")
            }
            if let before = end.recorded, row.recorded < before {
                throw LogFailure.damaged(path, position: row.first, "its clock goes back")
            }
            try body(row)
            end = End(next: row.first + UInt64(row.count), hash: row.hash, recorded: row.recorded)
        }
        return end
    }

    /// Observations of a row.
    func block(_ row: Stored, opening seals: (any PersonSeals)? = nil) throws -> LogBlock {
        do {
            let observations = try ObservationForm.decode([UInt8](row.bytes), opening: seals)
            guard observations.count == row.count else {
                throw LogFailure.damaged(
                    path, position: row.first,
                    "\(row.count) observations were announced, \(observations.count) are there")
            }
            return LogBlock(first: row.first, recorded: row.recorded, observations: observations)
        } catch let failure as LogFailure { throw failure } catch {
            throw LogFailure.damaged(path, position: row.first, "\(error)")
        }
    }

    /// That a row is what was written.
    private func check(_ row: Stored) throws {
        let hash = BlockChain.hash(
            log: header.log, first: row.first, count: row.count, recorded: row.recorded, previous: row.previous,
            bytes: row.bytes)
        guard hash == row.hash else {
            throw LogFailure.damaged(path, position: row.first, "its octets are not those that were written")
        }
    }

    private func stored(at position: UInt64) throws -> Stored? {
        try fetch("first = ?", position, position)
    }

    /// The last row that begins at the position or before it.
    func stored(upTo position: UInt64) throws -> Stored? {
        try fetch("first <= ? ORDER BY first DESC LIMIT 1", position, position)
    }

    private func stored(after position: UInt64) throws -> UInt64? {
        try Self.translate(path) {
            try queue.read { database in
                let sql = "SELECT CAST(min(first) AS INTEGER) FROM block WHERE first > ?"
                return try Int64.fetchOne(database, sql: sql, arguments: [Int64(clamping: position)])
            }
        }.map { UInt64(clamping: $0) }
    }

    private func fetch(_ condition: String, _ argument: UInt64, _ position: UInt64) throws -> Stored? {
        let row = try Self.translate(path) {
            try queue.read { database in
                try database.cachedStatement(
                    sql: "SELECT first, count, recorded, previous, bytes, hash FROM block WHERE \(condition)"
                ).fetchRow(Int64(clamping: argument))
            }
        }
        guard let row else { return nil }
        // Asked for as values first: GRDB stops the program when one is of another kind.
        guard let first = Int64.fromDatabaseValue(row["first"]), first > 0,
            let count = Int64.fromDatabaseValue(row["count"]), (1...Self.mostObservations).contains(count),
            let recorded = Int64.fromDatabaseValue(row["recorded"]),
            let previous = Data.fromDatabaseValue(row["previous"]), let bytes = Data.fromDatabaseValue(row["bytes"]),
            let hash = Data.fromDatabaseValue(row["hash"])
        else { throw LogFailure.damaged(path, position: position, "a column holds what cannot be") }
        return Stored(
            first: UInt64(first), count: Int(count), recorded: Timestamp(nanoseconds: recorded), previous: previous,
            bytes: bytes, hash: hash)
    }

    /// Observations of one block. A block is held in memory whole.
    static let mostObservations: Int64 = 1_000_000
}

extension Statement {
    fileprivate func fetchRow(_ argument: Int64) throws -> Row? {
        try Row.fetchOne(self, arguments: [argument])?.copy()
    }
}
