//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Stranger: did a bare computer board appear among medical devices?
//
// - Inputs: devices that are single-board computers, when the watch saw them first, the kinds of those in their VLAN and
//   of who was at their port before.
// - Evidence: what it is, where it is, who is around it.
// - ATT&CK: T1200 Hardware Additions.
// - A false alarm: a sign, a sensor or a test bench that the engineers built on such a board.
// - From the first polls on: one that was there from the start and stands among medical devices is told as medium.
// - Guards: two polls; most of its VLAN must be medical (three at least), or its port was another's before; one that
//   stands among offices is only in the inventory.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum Stranger: DetectionRule {
    public static let card = RuleCard(
        name: "port.stranger", technique: "T1200", severity: .high,
        falseAlarm: "A sign, a sensor or a test bench that the engineers built on such a board.")

    public static func ask(_ question: Question) -> [Finding] {
        let boards = question.devices.filter { device in
            guard let type = device.judgements[.type], device.place?.isUplink == false else { return false }
            return type.value == "single-board computer" && type.confidence >= Presence.sure
        }
        if boards.isEmpty { return [] }
        var clinical: [String: (medical: Int, all: Int)] = [:]
        func key(_ device: Device) -> String? { device.place?.vlan.map { "\(device.site)\u{0}\($0)" } }
        for device in question.devices where device.deviceClass != .unknown {
            guard let key = key(device) else { continue }
            clinical[key, default: (0, 0)].all += 1
            if device.deviceClass == .medical { clinical[key, default: (0, 0)].medical += 1 }
        }
        return boards.compactMap { device in
            guard let place = device.place, let address = device.mac.first,
                let memory = question.watch.devices[DeviceKey(site: device.site, hardware: address)],
                memory.polls >= 2
            else { return nil }
            let isNew = question.watch.isNewcomer(memory, at: device.site)
            let around = key(device).flatMap { clinical[$0] } ?? (0, 0)
            let isClinical = around.medical >= 3 && around.medical * 2 >= around.all
            let port = Finding.Port(
                site: device.site, agent: place.agent, ifIndex: place.ifIndex, port: place.port)
            let before = isNew ? question.predecessor(at: port, of: address) : nil
            guard isClinical || before?.deviceClass == .medical else { return nil }
            var evidence = [
                Evidence(
                    "inventory", "type", device.judgements[.type]?.value ?? "", rule: card.name),
                Evidence("bridge", "vlan", place.vlan.map { String($0) } ?? "-", rule: card.name),
            ]
            if let before {
                let type = before.judgements[.type]?.value ?? before.deviceClass.rawValue
                evidence.append(Evidence("bridge", "before", type, rule: card.name))
            }
            return finding(
                Suspicion(
                    isNew
                        ? "a single-board computer appeared among medical devices"
                        : "a single-board computer stands among medical devices",
                    severity: isNew ? card.severity : .medium, addresses: [address], evidence: evidence),
                since: memory.firstSeen, place: port)
        }
    }
}
