//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Moved: is something elsewhere that does not move by itself?
//
// - Inputs: where each address was in the polls, the kind of the device, the sites and zones.
// - Evidence: both places, with their times.
// - ATT&CK: T1200 Hardware Additions.
// - A false alarm: a planned move, or a socket that was patched to another switch.
// - Guards: two polls at the new place; a closet that was rebuilt, where several devices change from one switch to
//   another at once, is no move of theirs; wireless stations and guests of virtual machines roam.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum Moved: DetectionRule {
    public static let card = RuleCard(
        name: "port.moved", technique: "T1200", severity: .medium,
        falseAlarm: "A planned move, or a socket that was patched to another switch.")

    public static func ask(_ question: Question) -> [Finding] {
        let watch = question.watch
        var findings: [Finding] = []
        for (key, memory) in watch.devices.filter({ $0.value.stays.count > 1 }).sorted(by: { $0.key < $1.key }) {
            guard !Exempt.isGuest(key.hardware), watch.stations[key] == nil,
                let device = question.device(key.hardware, at: key.site), let profile = Presence.of(device),
                profile.isFixed, let now = memory.stays.last, !now.isRebuilding,
                let before = memory.stays.dropLast().last
            else { continue }
            let type = device.judgements[.type]?.value ?? ""
            let title = "moved, though a device of its kind (\(type)) stays where it is"
            findings.append(
                finding(
                    Suspicion(
                        title, severity: card.severity, addresses: [key.hardware],
                        evidence: [words(before), words(now)]), since: now.since, place: now.port))
        }
        return findings + acrossZones(question) + acrossSites(question)
    }

    /// Whatever was carried from a zone into another, also what may move within one.
    private static func acrossZones(_ question: Question) -> [Finding] {
        guard !question.zones.isEmpty else { return [] }
        let watch = question.watch
        return watch.devices.filter { $0.value.stays.count > 1 }.sorted { $0.key < $1.key }.compactMap { key, memory in
            guard !Exempt.isGuest(key.hardware), watch.stations[key] == nil, let now = memory.stays.last,
                let before = memory.stays.dropLast().last, now.polls >= 2, !now.isRebuilding,
                let here = question.zones[AgentKey(site: key.site, agent: now.port.agent)],
                let there = question.zones[AgentKey(site: key.site, agent: before.port.agent)], here != there
            else { return nil }
            return finding(
                Suspicion(
                    "moved from zone \(there) to zone \(here)", severity: card.severity, addresses: [key.hardware],
                    evidence: [words(before), words(now)]), since: now.since, place: now.port)
        }
    }

    /// One address at two sites: it was carried from one to the other, or is there twice.
    private static func acrossSites(_ question: Question) -> [Finding] {
        var found: [HardwareAddress: [DeviceKey]] = [:]
        for key in question.watch.devices.keys { found[key.hardware, default: []].append(key) }
        return found.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.compactMap { address, keys in
            guard !Cloned.isExempt(address), !address.isLocallyAdministered else { return nil }
            let memories = keys.sorted().compactMap { question.watch.devices[$0] }.filter { !$0.stays.isEmpty }
                .sorted { ($0.lastSeen, $0.firstSeen) < ($1.lastSeen, $1.firstSeen) }
            guard memories.count > 1, let new = memories.last?.stays.last, new.polls >= 2,
                let old = memories.dropLast().last?.stays.last
            else { return nil }
            return finding(
                Suspicion(
                    "seen at two sites", severity: card.severity, addresses: [address],
                    evidence: [words(old), words(new)]), since: new.since, place: new.port)
        }
    }

    private static func words(_ stay: Stay) -> Evidence {
        Evidence(
            "bridge", "port", "\(stay.port.agent) \(stay.port.port), \(stay.since) to \(stay.until)",
            rule: card.name, seen: UInt64(stay.polls))
    }
}
