//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A pretend agent: answers questions from rows, without a network.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SNMP
import Wire

@testable import Sensors

/// Answers as RFC 3416 says, and counts.
struct PretendAgent {
    var rows: [(name: [UInt32], value: SNMPBinding.Value)]
    var asked: [AgentWalk.Ask] = []
    /// A column whose rows follow each other in the agent's own order, whatever else is asked beside it: the order in
    /// which they were learned, as TP-Link's JetStream keeps it.
    private var unsorted: (column: [UInt32], names: [[UInt32]])?

    init(_ rows: [(ObjectName, SNMPBinding.Value)]) {
        self.rows = rows.map { ($0.0.numbers, $0.1) }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// A switch with some ports, each with one address, and markers that say that nothing changed.
    static func ward(ports: UInt32, objectId: ObjectName = [1, 3, 6, 1, 4, 1, 99999, 1], upTime: UInt32 = 1_000) -> Self
    {
        var rows: [(ObjectName, SNMPBinding.Value)] = [
            (WalkPlan.objectId, .name(objectId.numbers)), (WalkPlan.upTime, .ticks(upTime)),
            ([1, 3, 6, 1, 2, 1, 1, 5, 0], .octets(Array("ward".utf8))),
        ]
        for marker in WalkPlan.Marker.allCases { for object in marker.objects { rows.append((object, .ticks(7))) } }
        for port in 1...ports {
            rows.append(([1, 3, 6, 1, 2, 1, 2, 2, 1, 2, port], .octets(Array("port \(port)".utf8))))
            rows.append(([1, 3, 6, 1, 2, 1, 2, 2, 1, 8, port], .integer(1)))
            rows.append(([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 15, port], .gauge(1_000)))
            rows.append(([1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1, 2, 1, 2, 0, 0, 0, 0, port], .integer(Int64(port))))
        }
        return Self(rows)
    }

    /// From now on the rows of this column follow each other from the last to the first.
    mutating func turnRound(_ column: ObjectName) {
        unsorted = (column.numbers, rows.map(\.name).filter { $0.starts(with: column.numbers) }.reversed())
    }

    func next(_ name: [UInt32]) -> SNMPBinding {
        guard let unsorted else { return sortedNext(name) }
        if name.starts(with: unsorted.column) {
            let after = unsorted.names.firstIndex(of: name).map { $0 + 1 } ?? 0
            if after < unsorted.names.count { return row(unsorted.names[after]) }
            // The end of its own order is the end of the column.
            return sortedNext(unsorted.names.first ?? name)
        }
        let found = sortedNext(name)
        return found.name.starts(with: unsorted.column) ? row(unsorted.names[0]) : found
    }

    private func row(_ name: [UInt32]) -> SNMPBinding {
        rows.first { $0.name == name }.map { SNMPBinding($0.name, $0.value) } ?? SNMPBinding(name, .endOfView)
    }

    private func sortedNext(_ name: [UInt32]) -> SNMPBinding {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if name.lexicographicallyPrecedes(rows[middle].name) { high = middle } else { low = middle + 1 }
        }
        return low < rows.count ? SNMPBinding(rows[low].name, rows[low].value) : SNMPBinding(name, .endOfView)
    }

    mutating func answer(_ ask: AgentWalk.Ask) -> SNMPAnswer {
        asked.append(ask)
        var bindings: [SNMPBinding] = []
        var names = ask.names.map(\.numbers)
        switch ask.question {
        case .get:
            bindings = names.map { name in
                rows.first { $0.name == name }.map { SNMPBinding($0.name, $0.value) } ?? SNMPBinding(name, .absent)
            }
        case .next: bindings = names.map(next)
        case .bulk(let repetitions):
            for _ in 0..<repetitions {
                let found = names.map(next)
                bindings += found
                names = found.map(\.name)
            }
        }
        return SNMPAnswer(request: 1, bindings: bindings)
    }

    /// Walks to the end; `turn` may answer in its own way, nil is silence.
    mutating func walk(
        _ walk: inout AgentWalk, turn: (inout Self, AgentWalk.Ask) -> SNMPAnswer? = { $0.answer($1) }
    ) {
        var left = 100_000
        while let ask = walk.next(), left > 0 {
            left -= 1
            if let answer = turn(&self, ask) { walk.take(answer, to: ask) } else { walk.silence(ask) }
        }
    }
}
