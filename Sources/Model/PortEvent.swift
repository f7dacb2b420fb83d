//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Port events: what a switch says by itself, between polls.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Something that a switch reported at once, by trap or inform.
public struct PortEvent: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case linkUp, linkDown
        /// An address was learned, forgotten, or learned at another port.
        case learned, removed, moved
        /// Port security refused an address.
        case violation
        /// The agent started anew: its counters begin at zero.
        case coldStart
    }
    public var agent: String
    public var kind: Kind
    public var ifIndex: UInt32?
    /// Where the switch names its port as its bridge counts (dot1dBasePort).
    public var bridgePort: UInt32?
    public var hardware: HardwareAddress?
    public var vlan: UInt16?

    public init(
        agent: String, kind: Kind, ifIndex: UInt32? = nil, bridgePort: UInt32? = nil,
        hardware: HardwareAddress? = nil, vlan: UInt16? = nil
    ) {
        self.agent = agent
        self.kind = kind
        self.ifIndex = ifIndex
        self.bridgePort = bridgePort
        self.hardware = hardware
        self.vlan = vlan
    }
}
