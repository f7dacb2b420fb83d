//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// The answer key: is the inventory accurate and up to date?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension AnswerKey {
    var accuracy: Sheet {
        let present = presence.present
        var counts: [String: Int] = [:]
        var sheet = Sheet(question: .accuracy, state: .answered)
        var duplicates = 0
        for (place, row) in assets.rows.enumerated() {
            if row.isDuplicate { duplicates += 1 }
            guard let kind = kind(row) else { continue }
            counts[kind, default: 0] += 1
            if kind == "agreeing" { continue }
            sheet.lines.append(
                .init(subject: "asset:\(Assets.line(place))", kind: kind, devices: [row.device].compactMap { $0 }))
        }
        let known = declaredDevices.union(assets.rows.filter { $0.outcome == .probable }.compactMap(\.device))
        let strangers = present.filter { !known.contains($0.key) && !isGuest($0) }
        sheet.lines += strangers.map { .init(subject: $0.key, kind: "undeclared") }
        let agreeing = counts["agreeing"] ?? 0
        let conflicts = (counts["conflict"] ?? 0) + (counts["duplicate"] ?? 0)
        let ghosts = counts["ghost"] ?? 0
        let retired = counts["retiredButSeen"] ?? 0
        let all = agreeing + conflicts + ghosts + retired + strangers.count
        let identified = present.count {
            $0.deviceClass != .unknown && $0.known[.vendor] != nil && $0.known[.type] != nil
        }
        let vlans = vlans(present)
        let expected = (network?.agents.count ?? 0) + (premises.silent == nil ? 0 : 1)
        let answered = network?.agents.count ?? 0
        sheet.number = all == 0 ? nil : agreeing * 1_000 / all
        sheet.figures = [
            ("agreeing", agreeing, all), ("conflicts", conflicts, nil), ("ghosts", ghosts, nil),
            ("retiredButSeen", retired, nil), ("unknown", strangers.count, nil),
            ("probable", counts["probable"] ?? 0, nil),
            ("duplicates", duplicates, nil), ("identified", identified, present.count),
            ("heardToday", present.count, presence.devices.count),
            ("switchesAnswered", answered, network == nil ? premises.agents.count + expected : expected),
            ("vlansCaptured", vlans.heard.count, vlans.all.count),
        ]
        if network == nil || premises.silent != nil || vlans.heard.count < vlans.all.count { sheet.state = .partial }
        if let silent = premises.silent { sheet.lines.append(.init(subject: silent, kind: "switch")) }
        // None of them answers every table that is asked for.
        for agent in network?.agents ?? [] { sheet.lines.append(.init(subject: agent.name, kind: "switch")) }
        sheet.lines += vlans.all.subtracting(vlans.heard).sorted().map { .init(subject: "vlan:\($0)", kind: "vlan") }
        return sheet
    }

    private func kind(_ row: Asset) -> String? {
        switch row.outcome {
        case .matched: row.hasConflict ? "conflict" : row.isDuplicate ? "duplicate" : "agreeing"
        case .probable: "probable"
        case .ghost: "ghost"
        case .retiredButSeen: "retiredButSeen"
        case .notExpected, .cannotSay: nil
        }
    }

    /// VLANs in which a device is plugged in, and those of them in which one was heard.
    private func vlans(_ present: [Present]) -> (all: Set<UInt16>, heard: Set<UInt16>) {
        var (all, heard): (Set<UInt16>, Set<UInt16>) = ([], [])
        for device in present where device.place != nil && device.ownSwitch == nil && !device.isAtUplink {
            guard let vlan = device.vlan else { continue }
            all.insert(vlan)
            if device.isHeard { heard.insert(vlan) }
        }
        return (all, heard)
    }
}
