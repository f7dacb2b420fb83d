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
    }
}
