//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Retention: the oldest segments go, whole, and never a row of one that stays.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

extension SQLiteLog {
    /// Positions of the oldest segments, as long as all that they hold was recorded before `oldest`, or the log is larger
    /// than `octets`. The segment that is written to is never among them.
    ///
    /// - Returns: what `letGo` may remove; empty where nothing is old or large enough.
    /// - Throws: `LogFailure`, when a segment cannot be read.
    public func expired(since oldest: Timestamp? = nil, octets: Int? = nil) throws -> Range<UInt64> {
        guard place.isFolder else { return 1..<1 }
        let segments = try begun()
        var size = segments.map { Self.octets($0.path) }.reduce(0, +)
        let first = segments.first?.first ?? 1
        var kept = first
        for (number, segment) in segments.dropLast().enumerated() {
            let next = segments[number + 1].first
            let isLarge = octets.map { size > $0 } ?? false
            guard try isLarge || Self.isOver(segment.path, before: next, oldest) else { break }
            size -= Self.octets(segment.path)
            kept = next
        }
        return first..<kept
    }

    /// Removes the segments of these positions, each as a whole.
    ///
    /// What goes is gone from the beginning on: a stop in between leaves a log that begins later, and verifies.
    ///
    /// - Throws: `LogFailure`, when this log was opened for reading, or a file cannot be removed.
    public func letGo(_ positions: Range<UInt64>) throws {
        guard !isReader else { throw LogFailure.database(place.path, "it is open for reading only") }
        for segment in try begun().dropLast() where positions.contains(segment.first) {
            // The file itself first: without it the others mean nothing, and it without its write-ahead log is damaged.
            for ending in ["", "-wal", "-shm", "-journal", ".sum"] {
                let file = segment.path + ending
                guard FileManager.default.fileExists(atPath: file) else { continue }
                do { try FileManager.default.removeItem(atPath: file) } catch {
                    throw LogFailure.database(file, "cannot be removed")
                }
            }
            try place.sync()
        }
    }

    private static func isOver(_ path: String, before next: UInt64, _ oldest: Timestamp?) throws -> Bool {
        guard let oldest else { return false }
        let segment = try Segment(reading: path)
        defer { try? segment.queue.close() }
        guard let last = try segment.end(upTo: next).recorded else { return true }
        return last < oldest
    }

    private static func octets(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
}
