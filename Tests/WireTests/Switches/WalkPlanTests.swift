//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The walk plan: is everything asked for that is understood, and nothing else?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Wire

/// Goal: a switch that is asked says the same as its recording; and it is asked for nothing that nobody reads.
@Suite struct `The walk plan` {
    /// What is left of a recording when only the plan's objects are asked for.
    private static func asked(_ rows: SNMPRows) -> SNMPRows {
        let columns = WalkPlan.columns(of: rows[WalkPlan.objectId]?.objectName).map(\.name)
        var kept = rows.rows.filter { row in
            WalkPlan.singles.contains(row.name) || columns.contains { row.name.hasPrefix($0) }
        }
        for root in WalkPlan.presences(of: rows[WalkPlan.objectId]?.objectName) {
            if !kept.contains(where: { $0.name.hasPrefix(root) }),
                let first = rows.rows.first(where: { $0.name.hasPrefix(root) })
            {
                kept.append(first)
            }
        }
        return SNMPRows(kept)
    }

    /// Octets and errors are understood and told to nobody.
    private static func told(_ rows: SNMPRows) -> SwitchReading {
        var reading = SwitchReading(rows)
        for place in reading.interfaces.indices {
            reading.interfaces[place].octetsIn = nil
            reading.interfaces[place].octetsOut = nil
            reading.interfaces[place].errorsIn = nil
            reading.interfaces[place].errorsOut = nil
        }
        return reading
    }

    @Test(.enabled(if: Recordings.areHere), arguments: `The given switches`.all)
    func `asks for all that is read from a recording`(name: String) throws {
        let rows = SNMPRows(try `The given switches`.walk(name).rows)
        #expect(Self.told(Self.asked(rows)) == Self.told(rows))
    }

    @Test func `asks for no person's name and for no column twice`() {
        let contact: ObjectName = [1, 3, 6, 1, 2, 1, 1, 4, 0]
        let columns = WalkPlan.columns(of: nil)
        #expect(!WalkPlan.singles.contains(contact) && !columns.contains { contact.hasPrefix($0.name) })
        #expect(Set(columns.map(\.name)).count == columns.count)
    }

    @Test func `VLANs are asked of Cisco only, when operational, and never 1002 to 1005`() {
        func rows(_ objectId: ObjectName) -> SNMPRows {
            let states: [(UInt32, Int64)] = [(1, 1), (12, 1), (13, 2), (1_001, 1), (1_002, 1), (1_005, 1), (1_006, 1)]
            return SNMPRows(
                [SNMPRow(WalkPlan.objectId, .name(objectId))]
                    + states.map { SNMPRow(WalkPlan.vlanStates + [1, $0.0], .integer($0.1)) })
        }
        #expect(WalkPlan.vlansToAsk(rows([1, 3, 6, 1, 4, 1, 9, 1, 516])) == [1, 12, 1_001, 1_006])
        #expect(WalkPlan.vlansToAsk(rows([1, 3, 6, 1, 4, 1, 11, 2, 3])).isEmpty)
    }
}
