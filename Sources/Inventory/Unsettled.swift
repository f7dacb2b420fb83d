//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Unsettled: what would have to be heard or done to know more?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Says, from what was and what was not seen, what would settle what is not known of a device.
struct Unsettled {
    let knowledge: KnowledgeBase
    /// Of the whole input: more than half of the TCP conversations were heard on one side only.
    let isMostlyOneWay: Bool

    /// Below this, parts in a thousand, a person should look (`docs/weighing.md`).
    static let settled = 700

    init(_ knowledge: KnowledgeBase, _ coverage: [Coverage]) {
        self.knowledge = knowledge
        let all = coverage.reduce(into: (talks: UInt64(0), oneWay: UInt64(0))) { sum, input in
            sum.talks &+= input.tcpConversations
            sum.oneWay &+= input.tcpOneWay
        }
        isMostlyOneWay = all.talks >= 4 && all.oneWay > all.talks / 2
    }

    /// At most six lines, the most promising first; none where maker and type are settled.
    func lines(for device: Device) -> [String] {
        if device.isStub {
            return ["Only its packets were counted: give the sensor fewer devices at once, then look again."]
        }
        let missing = [Attribute.vendor, .type].filter { (device.judgements[$0]?.confidence ?? 0) < Self.settled }
        let lacksModel = device.deviceClass == .medical && device.judgements[.model] == nil
        if missing.isEmpty && !lacksModel { return [] }
        var lines: [String] = []
        if let parent = device.parent, device.ipv4.isEmpty, device.ipv6.isEmpty {
            lines.append(
                "Only \(parent) speaks for it: a capture on its own side of that gateway, or the label on its case, tells the rest."
            )
            return lines
        }
        var protocols: Set<String> = []
        for fact in device.facts { protocols.insert(fact.field.protocolName) }
        func heard(_ names: String...) -> Bool { names.contains { protocols.contains($0) } }
        if device.packets == 0, !protocols.isEmpty, protocols.isSubset(of: ["sighting", "dhcp"]) {
            let lists = Set(device.facts.filter { $0.field == .sightingSource }.map(\.value)).sorted()
            return [
                "Only lists of other systems know it (\(lists.joined(separator: ", "))): columns for maker, model and type in "
                    + "them, or a capture where it is on the network, tell more."
            ]
        }
        if device.mac.isEmpty {
            lines.append(
                "It was heard through a router or without hardware addresses: capture on its own segment, before the router, "
                    + "or at the DHCP relay; its address names the maker.")
        }
        if !device.mac.isEmpty, !heard("dhcp", "dhcpv6") {
            lines.append(
                "No DHCP of it was seen: capture while it starts, at its switch port or at the DHCP relay; options and host "
                    + "name tell system and type.")
        }
        if let maker = device.judgements[.vendor]?.value, knowledge.isModule(maker: maker) {
            lines.append(
                "\(maker) makes modules for others: what it talks (HL7, HTTP, Telnet), its name or the label on its case tells "
                    + "the maker.")
        }
        if !device.mac.isEmpty, device.mac.allSatisfy(\.isLocallyAdministered), device.names.isEmpty {
            lines.append(
                "Its hardware address was set by software and it told no name: a host name, DHCP client identifier or the "
                    + "wireless controller's list ties it to one device.")
        }
        if heard("tls", "quic"), !heard("http", "upnp", "mdns", "ssh", "snmp", "dicom", "hl7", "lldp", "cdp") {
            lines.append(
                "What it talks is encrypted: a server's certificate, or what the switch knows of it (LLDP), names it.")
        }
        if isMostlyOneWay {
            lines.append("Of most conversations one direction was heard: let the mirror port copy both (rx and tx).")
        }
        if !heard("lldp", "lldp-med", "cdp", "mdns", "ssdp", "upnp", "wsd") {
            lines.append(
                "It announced nothing (LLDP, CDP, mDNS, SSDP): the switch's neighbour table, or its web page seen by a person, "
                    + "names the model.")
        }
        if device.packets < 20 {
            lines.append(
                "It sent fewer than twenty packets: capture longer, or while it is used.")
        }
        return Array(lines.prefix(6))
    }
}
