//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Switch reports: what one poll of a switch tells, one observation each.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// An address in a forwarding table: a device that is, or was a few minutes ago, behind that port.
public struct LearnedAddress: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        /// From a frame that it sent.
        case learned
        /// Written there by people or by port security: proves no link.
        case fixed
    }
    public var agent: String
    public var hardware: HardwareAddress
    public var ifIndex: UInt32
    public var vlan: UInt16?
    public var kind: Kind

    public init(agent: String, hardware: HardwareAddress, ifIndex: UInt32, vlan: UInt16?, kind: Kind) {
        self.agent = agent
        self.hardware = hardware
        self.ifIndex = ifIndex
        self.vlan = vlan
        self.kind = kind
    }
}

/// What a port heard from its neighbour by LLDP or CDP.
public struct SwitchNeighbour: Hashable, Sendable, Codable {
    /// LLDP; discovery of Cisco (CDP), Foundry (FDP) and MikroTik (MNDP).
    public enum Voice: String, Hashable, Sendable, CaseIterable, Codable { case lldp, cdp, fdp, mndp }
    public enum Ability: String, Hashable, Sendable, CaseIterable, Comparable, Codable {
        case other, repeater, bridge, accessPoint, router, telephone, cable, station

        public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }
    public var agent: String
    public var ifIndex: UInt32
    public var via: Voice
    /// The other end's chassis: an address, a name or a number, as its kind of identifier asks.
    public var chassis: String?
    public var hardware: HardwareAddress?
    public var port: String?
    public var portSummary: String?
    public var name: String?
    public var summary: String?
    public var platform: String?
    public var address: IPAddress?
    /// What it says it is, sorted.
    public var abilities: [Ability] = []
    public var vlan: UInt16?
    public var duplex: SwitchPort.Duplex?

    public init(agent: String, ifIndex: UInt32, via: Voice) {
        self.agent = agent
        self.ifIndex = ifIndex
        self.via = via
    }

    /// Whether others stand behind it. A telephone with a bridge in it is an endpoint all the same (netdisco#862).
    public var isSwitch: Bool {
        !abilities.contains(.telephone) && !abilities.contains(.accessPoint)
            && (abilities.contains(.bridge) || abilities.contains(.router) || abilities.contains(.repeater))
    }
}

/// A port and what it says now.
public struct PortReport: Hashable, Sendable {
    public var agent: String
    public var port: SwitchPort

    public init(agent: String, port: SwitchPort) {
        self.agent = agent
        self.port = port
    }
}
