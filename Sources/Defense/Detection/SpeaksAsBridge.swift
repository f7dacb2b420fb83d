//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Speaks as a bridge: does an endpoint speak spanning tree, or call itself a switch or router by LLDP or CDP?
//
// - Inputs: the bridge that spanning tree hears at a port, neighbours and their abilities, what the port was before.
// - Evidence: the bridge's address, or the neighbour's name, protocol and abilities.
// - ATT&CK: T1557 Adversary-in-the-Middle (who becomes the root sees the traffic).
// - A false alarm: a new switch of the engineers that is not asked yet, or a server whose LLDP says that it bridges.
// - From the first polls on: a bridge speaks at a port with one or two addresses of one VLAN, one of them surely an
//   endpoint's and none a network device's, while the switch has another way out. Medium: it may be a forgotten switch.
// - Guards: two polls; a switch that is asked itself is known; who else spoke from the first poll on is an uplink to a
//   switch that is not asked; telephones and access points bridge by their nature; so do network devices and servers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum SpeaksAsBridge: DetectionRule {
    public static let card = RuleCard(
        name: "port.speaksAsBridge", technique: "T1557", severity: .high,
        falseAlarm: "A new switch of the engineers that is not asked yet, or a server whose LLDP says that it bridges.")

    /// Polls of the port without any bridge: it was an edge.
    static let quiet: UInt32 = 2

    public static func look(at port: PortLook) -> Verdict {
        if port.isPeered || port.hasTelephone || port.hasAccessPoint { return .fits }
        let speakers = port.neighbours.filter(\.isSwitch)
        guard port.foreignBridge != nil || !speakers.isEmpty else { return .fits }
        let wasThere = port.hadBridge || port.pollsWithoutBridge < quiet
        if wasThere {
            guard port.hasOtherUplink, !port.isWayOut, !port.isBundle, (1...2).contains(port.devices.count),
                port.vlanCount <= 1, (port.port.speed ?? 0) < 10_000_000_000
            else { return .cannotSay }
        }
        var evidence: [Evidence] = []
        if wasThere { evidence.append(Evidence("port", firstMark, "spoke when it was first asked", rule: card.name)) }
        var addresses: [HardwareAddress] = []
        if let bridge = port.foreignBridge {
            evidence.append(Evidence("stp", "designatedBridge", bridge.description, rule: card.name))
            addresses.append(bridge)
        }
        for speaker in speakers.prefix(4) {
            let words = speaker.abilities.map(\.rawValue).joined(separator: " ")
            evidence.append(Evidence(speaker.via.rawValue, "capabilities", words, rule: card.name))
            if let name = speaker.name {
                evidence.append(Evidence(speaker.via.rawValue, "name", name, rule: card.name))
            }
            if let hardware = speaker.hardware { addresses.append(hardware) }
        }
        addresses += port.devices.prefix(4)
        return .suspicious(
            Suspicion(
                wasThere
                    ? "a bridge or router speaks where an endpoint is"
                    : "a bridge or router speaks where an endpoint was",
                severity: wasThere ? .medium : card.severity, addresses: Array(Set(addresses)), evidence: evidence))
    }

    static let firstMark = "first"

    public static func confirm(_ finding: inout Finding, in question: Question) -> Bool {
        guard let place = finding.place else { return false }
        if finding.evidence.contains(where: { $0.fieldName == firstMark }) {
            // Only who is known to be no bridge may be accused without a past.
            let devices = (question.port(place)?.devices ?? []).map { question.device($0, at: place.site) }
            return devices.contains { $0.map(isEndpoint) ?? false }
                && !devices.contains { $0?.deviceClass == .network || isHost($0) }
        }
        for address in finding.addresses {
            guard let device = question.device(address, at: place.site), let type = device.judgements[.type],
                type.confidence >= Presence.sure
            else { continue }
            if device.deviceClass == .network || ["server", "file server", "virtual machine"].contains(type.value) {
                finding.severity = .low
            }
        }
        return true
    }

    private static let hosts: Set<String> = ["server", "file server", "virtual machine", "virtualisation host"]

    private static func isHost(_ device: Device?) -> Bool {
        device?.judgements[.type].map { hosts.contains($0.value) } ?? false
    }

    /// A kind of device that is known well and bridges for nobody.
    private static func isEndpoint(_ device: Device) -> Bool {
        // A little less than sure is enough here: the port itself says one plug of one VLAN, too.
        guard let type = device.judgements[.type], type.confidence >= 600, !hosts.contains(type.value) else {
            return false
        }
        return [.medical, .it, .iot, .building].contains(device.deviceClass)
    }
}
