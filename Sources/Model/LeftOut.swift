//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// What found no room, by name: counted among the oddities of an answer.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A table that was full. `docs/oddities.md` explains each; a test compares them.
public enum LeftOut: String, CaseIterable, Sendable {
    case ports = "ports.leftOut"
    case forgotten = "ports.forgotten"
    case exposures = "exposures.leftOut"
    case peripherals = "peripherals.leftOut"
    case servers = "servers.leftOut"
    case topology = "topology.leftOut"
    case voices = "voices.leftOut"
}

extension InventorySnapshot {
    /// Counts what found no room; nothing is said of nothing.
    public mutating func count(_ what: LeftOut, _ times: UInt64) {
        if times > 0 { oddities[what.rawValue, default: 0] &+= times }
    }
}
