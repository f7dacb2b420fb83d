//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Retention: old segments of a log go, and what still stands of them is said again before.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Store
import Twin

/// What leaves a log, and what of it has to stay: who stands where, the places, and what people decided are said once and
/// hold for years.
struct Retention {
    let log: SQLiteLog
    /// No longer kept once it is done; empty where nothing is old or large enough.
    let positions: Range<UInt64>
    private let oldest: Timestamp?

    /// - Parameters:
    ///   - oldest: what was recorded before goes.
    ///   - octets: the oldest goes while the log is larger.
    init(of log: SQLiteLog, since oldest: Timestamp?, octets: Int? = nil) throws {
        (self.log, self.oldest) = (log, oldest)
        positions = try log.expired(since: oldest, octets: octets)
    }

    /// Observations that leave and without which the hospital would be another, in their order. They keep their moments.
    func remainder(for hospital: Hospital) throws -> [Observation] {
        var found: [Observation] = []
        guard !positions.isEmpty else { return found }
        struct Enough: Error {}
        do {
            try log.replay(from: positions.lowerBound) { block in
                guard block.first < positions.upperBound else { throw Enough() }
                found += block.observations.filter {
                    $0.isSaidOnce && hospital.needs($0, since: oldest ?? Timestamp(nanoseconds: .max))
                }
            }
        } catch is Enough {}
        return found
    }

    /// What was said once in the whole log, for who has no hospital at hand.
    static func said(in log: SQLiteLog) throws -> Hospital {
        var hospital = Hospital(knowledge: .empty)
        try log.replay { _ = hospital.learn($0.observations.filter(\.isSaidOnce)) }
        return hospital
    }

    /// Says the remainder again, then lets the segments go; where the disk has no room for it, the other way round.
    func run(for hospital: Hospital, append: ([Observation]) async throws -> Void) async throws {
        guard !positions.isEmpty else { return }
        let remainder = try remainder(for: hospital)
        do {
            for batch in remainder.batches { try await append(batch) }
            try log.letGo(positions)
        } catch LogFailure.full {
            try log.letGo(positions)
            for batch in remainder.batches { try await append(batch) }
        }
    }
}

extension [Observation] {
    /// As many as go in at once.
    fileprivate var batches: [[Observation]] {
        stride(from: 0, to: count, by: 10_000).map { Array(self[$0..<Swift.min($0 + 10_000, count)]) }
    }
}
