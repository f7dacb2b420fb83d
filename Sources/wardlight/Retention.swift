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
                found += block.observations.filter(\.isSaidOnce)
            }
        } catch is Enough {}
        return hospital.remainder(of: found, since: oldest ?? Timestamp(nanoseconds: .max))
    }

    /// What was said once in the whole log, for who has no hospital at hand.
    static func said(in log: SQLiteLog) throws -> Hospital {
        var hospital = Hospital(knowledge: .empty)
        try log.replay { _ = hospital.learn($0.observations.filter(\.isSaidOnce)) }
        return hospital
    }

    /// Says the remainder again, then lets the segments go; where the disk has no room for it, the other way round.
    ///
    /// - Parameters:
    ///   - append: has it on the disk when it returns.
    ///   - keep: takes what found no room, and writes it as soon as there is some.
    func run(
        for hospital: Hospital, append: ([Observation]) async throws -> Void, keep: ([Observation]) async throws -> Void
    ) async throws {
        guard !positions.isEmpty else { return }
        var remainder = try remainder(for: hospital)[...]
        do {
            while !remainder.isEmpty {
                try await append(Array(remainder.prefix(Self.mostAtOnce)))
                remainder = remainder.dropFirst(Self.mostAtOnce)
            }
            try log.letGo(positions)
        } catch LogFailure.full {
            try log.letGo(positions)
            try await keep(Array(remainder))
        }
    }

    private static let mostAtOnce = 10_000
}
