//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Hidden hub: does an unmanaged switch or a hub share out one port?
//
// - Inputs: addresses at an edge port, neighbours, duplex, late collisions, the kind of each device.
// - Evidence: the addresses, half duplex, late collisions.
// - ATT&CK: T1200 Hardware Additions.
// - A false alarm: a small switch that the engineers allowed, or a dock whose card no list knows.
// - Guards: two polls; no telephone with one device behind it, no access point, no switch or router that names itself; no
//   guests of virtual machines, no software-set addresses, no docks; addresses that belong to one device count once; a
//   port of three VLANs, of ten gigabits or of more than 24 addresses leads to a switch that is not asked, and so does the
//   fullest port (more than 8) of a switch whose uplink nobody names.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum HiddenHub: DetectionRule {
    public static let card = RuleCard(
        name: "port.hiddenHub", technique: "T1200", severity: .medium,
        falseAlarm: "A small switch that the engineers allowed, or a dock with a card of its own.")

    /// More is no hub under a desk but a switch that nobody asked.
    static let most = 24

    public static func look(at port: PortLook) -> Verdict {
        guard !port.isUplink, port.port.isUp != false, !port.isBundle, isEthernet(port.port), !port.isWayOut,
            port.vlanCount <= 2
        else { return .fits }
        if port.hasAccessPoint || port.foreignBridge != nil || port.neighbours.contains(where: \.isSwitch) {
            return .fits
        }
        // One that went quiet for a poll is still behind the port.
        if port.devices.isEmpty { return port.hasFlapped ? .fits : .cannotSay }
        let cards = port.devices.filter(isCard)
        let allowed = port.hasTelephone || cards.count(where: Exempt.isTelephone) == 1 ? 2 : 1
        guard cards.count > allowed, cards.count <= most else { return .fits }
        var evidence = [
            Evidence(
                "bridge", "addresses", cards.prefix(8).map(\.description).joined(separator: " "), rule: card.name,
                seen: UInt64(cards.count))
        ]
        let isHub = port.port.duplex == .half || (port.port.lateCollisions ?? 0) > 0
        if port.port.duplex == .half { evidence.append(Evidence("port", "duplex", "half", rule: card.name)) }
        if let late = port.port.lateCollisions, late > 0 {
            evidence.append(Evidence("port", "lateCollisions", "\(late)", rule: card.name, seen: late))
        }
        return .suspicious(
            Suspicion(
                isHub ? "a hub shares out this port" : "a hidden hub or unmanaged switch shares out this port",
                severity: isHub ? .high : card.severity, addresses: cards, evidence: evidence))
    }

    /// A socket for a desk or a bed: no loopback, and no cable of ten gigabits, which leads to hosts and switches.
    private static func isEthernet(_ port: SwitchPort) -> Bool {
        [6, 62, 69, 117].contains(port.kind ?? 6) && (port.speed ?? 0) < 10_000_000_000
    }

    /// Whether an address is that of a card one could touch.
    static func isCard(_ address: HardwareAddress) -> Bool {
        !address.isLocallyAdministered && !Exempt.isGuest(address) && !Exempt.isDock(address)
    }

    /// Types that have several addresses, or devices, behind one port by their nature.
    static let crowded: Set<String> = [
        "access point", "switch", "router", "firewall", "wireless controller", "NAT gateway", "virtual machine",
        "gateway", "medical gateway", "cable modem",
    ]

    public static func confirm(_ finding: inout Finding, in question: Question) -> Bool {
        guard let place = finding.place else { return false }
        var devices: Set<String> = []
        var telephones = 0
        var isClinical = false
        let isHub = finding.evidence.contains { $0.protocolName == "port" }
        for address in finding.addresses {
            guard let device = question.device(address, at: place.site) else {
                devices.insert(address.description)
                continue
            }
            let type = device.judgements[.type]?.value ?? ""
            // Half duplex and late collisions are a hub, whatever is behind it.
            let isSure = (device.judgements[.type]?.confidence ?? 0) >= Presence.sure
            if crowded.contains(type), isSure, type == "access point" || !isHub { return false }
            if type == "IP phone" { telephones += devices.contains(device.id) ? 0 : 1 }
            if device.deviceClass == .medical { isClinical = true }
            devices.insert(device.id)
        }
        guard devices.count > (telephones == 1 ? 2 : 1) else { return false }
        if isClinical, finding.severity == .medium { finding.severity = .high }
        return true
    }
}
