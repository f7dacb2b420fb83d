//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Signals: what may a rule look at?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a rule may look at: a fact's field, or something that the inventory derives by itself.
struct Signal: Hashable, Sendable, Comparable {
    let raw: UInt16

    static func fact(_ field: Field) -> Signal { Signal(raw: field.rawValue) }
    /// The organisation that IEEE assigned the hardware address (or EUI-64) to, as IEEE writes it.
    static let vendor = Signal(raw: 0xF000)
    /// The first nine hexadecimal digits of the hardware address: `00:03:b1:12:3`.
    static let prefix = Signal(raw: 0xF001)
    /// `yes` where the hardware address was set by software.
    static let local = Signal(raw: 0xF002)
    /// A service that the device offers, as `dicom/104`.
    static let server = Signal(raw: 0xF003)
    /// A service that the device uses, as `dicom/104`.
    static let client = Signal(raw: 0xF004)
    /// What the shape of the traffic says: `router`, `gateway`, `child serial:123`.
    static let shape = Signal(raw: 0xF005)

    private static let derived: [(Signal, protocolName: String, name: String)] = [
        (.vendor, "ieee", "vendor"), (.prefix, "mac", "prefix"), (.local, "mac", "local"),
        (.server, "service", "server"), (.client, "service", "client"), (.shape, "traffic", "shape"),
    ]

    init(raw: UInt16) {
        self.raw = raw
    }

    /// Reads a path such as `dhcp.hostname` or `ieee.vendor`; nil where there is no such thing.
    init?(path: String) {
        if let field = Field(path: path) {
            self = .fact(field)
        } else if let known = Self.derived.first(where: { $0.protocolName + "." + $0.name == path }) {
            self = known.0
        } else {
            return nil
        }
    }

    var field: Field? { Field(rawValue: raw) }
    var protocolName: String {
        field?.protocolName ?? Self.derived.first { $0.0 == self }?.protocolName ?? "unknown"
    }
    var name: String { field?.name ?? Self.derived.first { $0.0 == self }?.name ?? "unknown" }

    static func < (one: Self, other: Self) -> Bool { one.raw < other.raw }
}

extension Field {
    /// Whether the fact cannot have come through a router: it is about the station on this wire itself.
    var isLinkLevel: Bool {
        switch protocolName {
        case "arp", "dhcp", "lldp", "lldp-med", "cdp", "stp", "eap", "profinet", "icmpv6", "wifi", "agent", "sighting":
            true
        default: false
        }
    }

    /// Whether the value is the name of this one device.
    var isName: Bool {
        switch self {
        case .dhcpHostname, .dhcpFqdn, .dhcpv6Fqdn, .lldpSystemName, .lldpStationName, .cdpDeviceId, .cdpSystemName,
            .mdnsHost, .netbiosName, .smbNtlmHost, .snmpSysName, .upnpFriendlyName, .wsdFriendlyName,
            .profinetStationName, .s7SystemName, .knxFriendlyName, .intellivueSystemLabel,
            .syslogHost, .agentHost, .sightingName, .sightingBleName:
            true
        default: false
        }
    }

    /// Whether the value is a serial number of the device itself.
    var isSerial: Bool {
        switch self {
        case .lldpMedSerial, .cdpSerial, .hl7Serial, .poct1SerialId, .upnpSerialNumber, .wsdSerial, .s7Serial,
            .intellivueSerial, .sightingSerial:
            true
        default: false
        }
    }
}
