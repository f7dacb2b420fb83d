//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Layers: which words of a device are independent of one another?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Where a word was read. Two layers are made by different parts of a device, so that they agree by truth and not by
/// habit: who copies an address does not copy the options of its DHCP client.
enum Layer: UInt8, CaseIterable, Hashable, Sendable {
    /// The maker of the card, by IEEE's prefixes.
    case hardware
    /// Options of the DHCP client, without the host name.
    case lease
    /// The first packet of a TCP connection.
    case stack
    /// What it is called, and what it announces of itself.
    case names
    /// Programs that run on it.
    case applications
    /// What it is for: clinical and building protocols.
    case purpose
    /// What it tells the switch.
    case neighbours

    var title: String {
        switch self {
        case .hardware: "hardware address"
        case .lease: "DHCP"
        case .stack: "TCP"
        case .names: "names and announcements"
        case .applications: "applications"
        case .purpose: "clinical or building protocol"
        case .neighbours: "LLDP or CDP"
        }
    }
}

extension Signal {
    /// Nil for what is no word of the device itself: the shape of its traffic.
    var layer: Layer? {
        switch self {
        case .vendor, .prefix: .hardware
        case .local, .shape: nil
        case .server, .client: .applications
        case .fact(.dhcpHostname), .fact(.dhcpFqdn), .fact(.dhcpv6Fqdn), .fact(.syslogHost), .fact(.agentHost):
            .names
        default:
            switch protocolName {
            case "dhcp", "dhcpv6": .lease
            case "tcp": .stack
            case "mdns", "llmnr", "netbios", "ssdp", "upnp", "wsd", "edimax", "tuya": .names
            case "lldp", "lldp-med", "cdp", "stp": .neighbours
            case "dicom", "hl7", "astm", "poct1", "sdc", "intellivue", "bacnet", "modbus", "knx", "s7", "enip",
                "opcua", "profinet":
                .purpose
            // The router and the relay speak there, not the device.
            case "icmpv6", "hsrp", "vrrp", "arp", "wifi", "traffic", "agent", "unknown": nil
            // A list's word, which may be out of date; and how it is guarded, which says nothing of what it is.
            case "sighting", "clear": nil
            default: .applications
            }
        }
    }
}
