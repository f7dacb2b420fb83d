//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// What is kept of one poll for the next: columns that do not change while their marker does not.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// Rows of one agent that need not be asked again.
struct AgentMemory {
    private var upTime: UInt32?
    private var markers: [WalkPlan.Marker: [SNMPValue]] = [:]
    private var kept: [WalkPlan.Marker: [SNMPRow]] = [:]
    var presences: [SNMPRow] = []
    private var polls = 0

    init() {}

    /// Groups that are the same as before: the agent did not start anew, all objects of the marker are answered and
    /// equal, and it is not yet time to read everything again.
    func keeps(_ rows: [SNMPRow], upTime now: UInt32?, limits: PollLimits) -> Set<WalkPlan.Marker> {
        guard let now, let upTime, now >= upTime, polls % max(1, limits.wholeEvery) != 0 else { return [] }
        return Set(
            markers.keys.filter { marker in
                let values = Self.values(marker, rows)
                return values.count == marker.objects.count && values == markers[marker]
            })
    }

    func rows(of groups: Set<WalkPlan.Marker>) -> [SNMPRow] { groups.sorted().flatMap { kept[$0] ?? [] } }

    private static func values(_ marker: WalkPlan.Marker, _ rows: [SNMPRow]) -> [SNMPValue] {
        marker.objects.compactMap { object in rows.first { $0.name == object }?.value }
    }

    /// After a walk that was read to its end.
    func after(_ walk: AgentWalk) -> AgentMemory {
        var memory = self
        memory.polls += 1
        memory.upTime = walk.upTime
        // Single objects come first.
        let singles = Array(walk.rows.prefix(64))
        let fresh = Set(walk.cursors.compactMap(\.column.stays))
        for marker in WalkPlan.Marker.allCases {
            let values = Self.values(marker, singles)
            memory.markers[marker] = values.count == marker.objects.count ? values : nil
            guard fresh.contains(marker) else { continue }
            memory.kept[marker] = memory.markers[marker] == nil ? nil : walk.staying[marker] ?? []
        }
        return memory
    }
}
