//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Decisions: what a person said, and what follows from it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Inventory {
    mutating func learn(
        _ decision: Observation.Decision, occurred: Timestamp, site: String, _ changes: inout [InventoryChange]
    ) {
        switch decision.act {
        case .merge(let one, let other):
            decide(one, other, areOne: true, decision, occurred: occurred, site: site, &changes)
        case .split(let one, let other):
            decide(one, other, areOne: false, decision, occurred: occurred, site: site, &changes)
        case .correct: break
        }
    }
}
