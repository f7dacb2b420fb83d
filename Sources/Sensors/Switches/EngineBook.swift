//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// The engine book: which SNMPv3 engine belongs to which switch?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// net-snmp has one set of keys for a user of an engine. A switch that pretends to be another's engine would replace its
/// keys: so the first who said that an engine is its own keeps it. Used from the poller's thread only.
final class EngineBook {
    private struct Entry: Hashable {
        var engine: [UInt8]
        var user: String
    }
    private var owners: [Entry: SwitchTarget] = [:]

    /// - Returns: Whose it is already; nil where it is this switch's now, or where both have the same keys.
    func claim(_ engine: [UInt8], by target: SwitchTarget) -> String? {
        guard case .user(let user, _, _) = target.credential else { return nil }
        let entry = Entry(engine: engine, user: user)
        guard let owner = owners[entry] else {
            owners[entry] = target
            return nil
        }
        return owner.credential == target.credential || owner.agent == target.agent ? nil : owner.agent
    }
}
