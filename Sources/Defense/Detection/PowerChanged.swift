//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Power changed: does a port feed another device than it did, or one that has a plug of its own?
//
// - Inputs: power over Ethernet (delivered or not, class), the learned normal of the address, the kind of the device.
// - Evidence: before and now; the type of the device.
// - ATT&CK: T1200 Hardware Additions.
// - A false alarm: firmware that asks for another class, or a telephone that was given a power supply.
// - Guards: two polls; the address must not have moved; class 0 and 3 are the same; the draw in watts alone, which goes
//   up and down with use, is no change; with other hardware it is told as a swap.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum PowerChanged: DetectionRule {
    public static let card = RuleCard(
        name: "port.powerChanged", technique: "T1200", severity: .medium,
        falseAlarm: "Firmware that asks for another power class, or a power supply that somebody plugged in.",
        isEvent: true)

    public static func look(at port: PortLook) -> Verdict {
        guard let hardware = port.direct, port.port.isUp != false, port.normal != nil, port.isAtHome else {
            return .cannotSay
        }
        let differences = port.differences
        let power = differences.filter { $0.part == .power || $0.part == .powerClass && $0.points >= 30 }
        let isOther =
            differences.contains { $0.part == .offers && $0.points >= 40 } || Swapped.marks(of: port).areEnough
        guard let first = power.first, !isOther else { return .fits }
        return .suspicious(
            Suspicion(
                "the port feeds it otherwise than before (\(first.from) → \(first.to))", severity: card.severity,
                addresses: [hardware],
                evidence: differences.map {
                    Evidence("poe", $0.part.rawValue, "\($0.from) → \($0.to)", rule: card.name)
                }))
    }

    /// A device with a plug for the mains does not draw power from its port: something else at the port does.
    public static func ask(_ question: Question) -> [Finding] {
        var findings: [Finding] = []
        for state in question.map.switches {
            for port in state.ports {
                guard port.port.poe?.detection == .delivering, !port.isUplink, port.devices.count == 1,
                    port.neighbours.isEmpty, let address = port.devices.first,
                    let device = question.device(address, at: state.site), device.mac.count == 1,
                    let profile = Presence.of(device), profile.isMains,
                    let known = question.watch.devices[DeviceKey(site: state.site, hardware: address)],
                    let stay = known.stays.last, stay.polls >= 2, stay.port.agent == state.about.agent
                else { continue }
                let type = device.judgements[.type]?.value ?? ""
                let power = port.port.poe?.deviceClass.map { "class \($0)" } ?? "delivering"
                findings.append(
                    finding(
                        Suspicion(
                            "a device with a plug of its own (\(type)) draws power from the port", severity: .medium,
                            addresses: [address],
                            evidence: [
                                Evidence("poe", "power", power, rule: card.name, seen: UInt64(stay.polls)),
                                Evidence("profile", "type", type, rule: card.name),
                            ]), since: stay.since,
                        place: Finding.Port(
                            site: state.site, agent: state.about.agent, ifIndex: port.port.ifIndex,
                            port: port.port.name)))
            }
        }
        return findings
    }
}
