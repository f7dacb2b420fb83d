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
    /// Removes the oldest segments, each as a whole, as long as all that they hold was recorded before `oldest`, or the
    /// log is larger than `octets`. The segment that is written to stays.
    ///
    /// What goes is gone from the beginning on: a stop in between leaves a log that begins later, and verifies.
    ///
    /// - Returns: positions that are no longer kept; empty where nothing went.
    /// - Throws: `LogFailure`, when this log was opened for reading, or a file cannot be removed.
    @discardableResult
    public func retain(since oldest: Timestamp? = nil, octets: Int? = nil) throws -> Range<UInt64> {
        guard !isReader else { throw LogFailure.database(place.path, "it is open for reading only") }
        guard place.isFolder else { return 1..<1 }
        let segments = try begun()
        var sizes = segments.map { Self.octets($0.path) }
        let first = segments.first?.first ?? 1
        var kept = first
        for (number, segment) in segments.dropLast().enumerated() {
            let next = segments[number + 1].first
            let isLarge = octets.map { sizes.reduce(0, +) > $0 } ?? false
            guard try isLarge || Self.isOver(segment.path, before: next, oldest) else { break }
            for ending in [".sum", "-wal", "-shm", "-journal", ""] {
                let file = segment.path + ending
                guard FileManager.default.fileExists(atPath: file) else { continue }
                do { try FileManager.default.removeItem(atPath: file) } catch {
                    throw LogFailure.database(file, "cannot be removed")
                }
            }
            try place.sync()
            sizes[number] = 0
            kept = next
        }
        return first..<kept
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
