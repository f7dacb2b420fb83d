//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// The hospital: everything that is known, as one value that learns.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model

/// The hospital as the observations so far describe it. Same observations in the same order, same hospital.
///
/// A value: a copy is a fork. It asks its rooms (today: the inventory) and holds their state.
public struct Hospital: Sendable {
    /// Which devices are there.
    public private(set) var inventory: Inventory
    /// Observations learnt so far.
    public private(set) var position: UInt64 = 0
    /// Digests of the knowledge that the log says was used, by name.
    public private(set) var knowledge: [String: String] = [:]

    public init(knowledge: KnowledgeBase, limits: InventoryLimits = .standard) {
        inventory = Inventory(knowledge: knowledge, limits: limits)
    }

    /// Takes observations in, in order, and says what they changed. A device is judged anew only when a value is new.
    public mutating func learn(_ observations: [Observation]) -> [Change] {
        var changes: [Change] = []
        for observation in observations {
            position &+= 1
            if case .knowledge(let used) = observation.body { knowledge[used.name] = used.digest }
            for change in inventory.learn(observation) { changes.append(.inventory(change, at: observation.occurred)) }
        }
        return changes
    }
}

/// Something that is different now.
public enum Change: Hashable, Sendable {
    case inventory(InventoryChange, at: Timestamp)
}
