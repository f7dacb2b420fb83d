//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Wireless: which access point serves a station, and how is its network kept?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// How a wireless network is guarded, weakest first.
public enum WirelessSecurity: String, Hashable, Sendable, CaseIterable, Codable {
    case open, wep, tkip
    /// A key that all share (WPA2 or WPA3 Personal).
    case sharedKey
    case enterprise

    /// Whether it is a weak control: anybody may join, listen, or take along the key.
    public var isWeak: Bool { self != .enterprise }

    /// The weaker of two, where both are known.
    public static func weaker(_ one: Self?, _ other: Self?) -> Self? {
        guard let one, let other else { return one ?? other }
        return allCases.first { $0 == one || $0 == other }
    }
}

/// An access point, as its controller lists it.
public struct AccessPoint: Hashable, Sendable, Codable {
    /// Agent of the controller.
    public var agent: String
    /// Of its cable: what a switch sees of it; of its radio where the controller says no other.
    public var hardware: HardwareAddress
    /// First address of its radios.
    public var radio: HardwareAddress?
    public var network: IPAddress?
    public var name: String?
    public var model: String?
    public var serial: String?

    public init(agent: String, hardware: HardwareAddress) {
        self.agent = agent
        self.hardware = hardware
    }
}

/// A station, as its access point or controller lists it.
public struct WirelessStation: Hashable, Sendable, Codable {
    /// Who says it: agent of the controller or access point, or of the RADIUS server.
    public var agent: String
    public var hardware: HardwareAddress
    public var network: IPAddress?
    public var accessPoint: String?
    public var accessPointAddress: HardwareAddress?
    public var ssid: String?
    public var security: WirelessSecurity?
    public var vlan: UInt16?
    /// dBm.
    public var signal: Int?
    /// Who is logged in, as a keyed hash: never the name.
    public var user: String?
    /// Whether it is said to have left (end of accounting).
    public var isGone = false

    public init(agent: String, hardware: HardwareAddress) {
        self.agent = agent
        self.hardware = hardware
    }
}
