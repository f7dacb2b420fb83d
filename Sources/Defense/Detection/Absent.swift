//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Absent: is something gone that should be there day and night?
//
// - Inputs: polls of a device's switch since it was last seen, its port's link, the presence profile of its kind.
// - Evidence: where and when it was last seen.
// - ATT&CK: T1562 Impair Defenses (a camera or a door controller that was unplugged).
// - A false alarm: a device that was taken away for good, or is being repaired.
// - Guards: three polls of the same switch; its port must be down or have somebody else (a device that is only quiet is
//   still there); only kinds that are always on (Presence): a pump in the store room is none.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum Absent: DetectionRule {
    public static let card = RuleCard(
        name: "port.absent", technique: "T1562", severity: .low,
        falseAlarm: "A device that was taken away for good, or is being repaired.")

    static let polls: UInt32 = 3

    public static func ask(_ question: Question) -> [Finding] {
        let watch = question.watch
        var ports: [Finding.Port: NetworkMap.PortState] = [:]
        let gone = watch.devices.filter { $0.value.missed >= polls && $0.value.polls >= 3 }
        if gone.isEmpty { return [] }
        for state in question.map.switches {
            for port in state.ports {
                let key = Finding.Port(
                    site: state.site, agent: state.about.agent, ifIndex: port.port.ifIndex, port: port.port.name)
                ports[key] = port
            }
        }
        return gone.sorted { $0.key < $1.key }.compactMap { key, memory in
            guard watch.stations[key] == nil, let device = question.device(key.hardware, at: key.site),
                let profile = Presence.of(device), profile.isAlwaysThere, device.place == nil,
                let last = memory.stays.last, let port = ports[last.port],
                port.port.isUp == false || !port.devices.isEmpty
            else { return nil }
            let type = device.judgements[.type]?.value ?? ""
            return finding(
                Suspicion(
                    "gone, though a device of its kind (\(type)) is always there", severity: card.severity,
                    addresses: [key.hardware],
                    evidence: [
                        Evidence("bridge", "lastSeen", "\(memory.lastSeen)", rule: card.name),
                        Evidence("port", "link", port.port.isUp == false ? "down" : "somebody else", rule: card.name),
                        Evidence("profile", "reason", profile.reason, rule: card.name),
                    ]), since: memory.lastSeen, place: last.port)
        }
    }
}
