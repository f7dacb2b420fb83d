//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Is the inventory accurate and up to date?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension AnswerSheet {
    /// What became of the declared list, counted as docs/answers.md says.
    private struct Tally {
        var agreeing = 0
        var conflicts = 0
        var ghosts = 0
        var retiredButSeen = 0
        var unknown = 0
        var probable = 0
        var duplicates = 0
        var items: [Answer.Item] = []

        var all: Int { agreeing + conflicts + ghosts + retiredButSeen + unknown }
        /// Parts in a thousand, rounded down: the inventory is never better than it is.
        var perMille: Int? { all == 0 ? nil : agreeing * 1_000 / all }
    }

    var accuracy: Answer {
        let tally = snapshot.reconciliation.flatMap { reconciliation in
            snapshot.declared.map { self.tally(reconciliation, $0) }
        }
        let identified = present.count { Self.isIdentified(snapshot.devices[$0]) }
        let expected = expectedSwitches
        let vlans = self.vlans
        let all = snapshot.devices.count { !$0.isStub }
        var figures: [Answer.Figure] = []
        if let tally {
            figures = [
                .init("agreeing", tally.agreeing, of: tally.all), .init("conflicts", tally.conflicts),
                .init("ghosts", tally.ghosts), .init("retiredButSeen", tally.retiredButSeen),
                .init("unknown", tally.unknown), .init("probable", tally.probable),
                .init("duplicates", tally.duplicates),
            ]
        }
        figures += [
            .init("identified", identified, of: present.count), .init("heardToday", present.count, of: all),
            .init("switchesAnswered", expected.all.count - expected.silent.count, of: expected.all.count),
            .init("vlansCaptured", vlans.heard.count, of: vlans.all.count),
        ]
        var missing: [String] = []
        if tally == nil {
            missing.append("No list of assets was given (--declared): nothing to hold the inventory against.")
        }
        if !expected.silent.isEmpty {
            missing.append("Switches that did not answer: \(expected.silent.joined(separator: ", ")).")
        }
        let unheard = vlans.all.subtracting(vlans.heard).sorted()
        if !unheard.isEmpty {
            missing.append("VLANs without a captured packet: \(unheard.map(String.init).joined(separator: ", ")).")
        }
        if switches.isEmpty { missing.append("No switch was asked.") }
        var answer = Answer(
            .accuracy, state: missing.isEmpty ? .answered : .partial, sentence: sentence(tally, identified))
        answer.number = tally?.perMille
        answer.figures = figures
        answer.items = (tally?.items ?? []) + coverage(expected.silent, unheard)
        answer.missing = missing
        return finished(answer, of: presentDevices)
    }

    private func sentence(_ tally: Tally?, _ identified: Int) -> String {
        let known = "\(identified) of \(present.count) present devices are identified"
        guard let tally else { return "What is declared is not known; \(known)." }
        return
            "\(tally.agreeing) of \(tally.all) agree: \(tally.ghosts) declared and not seen, \(tally.unknown) seen and "
            + "not declared, \(tally.conflicts) in conflict, \(tally.retiredButSeen) retired and yet here; \(known)."
    }

    static func isIdentified(_ device: Device) -> Bool {
        device.deviceClass != .unknown && device.judgements[.vendor] != nil && device.judgements[.type] != nil
    }

    // MARK: Declared against seen

    private func tally(_ reconciliation: Reconciliation, _ declared: DeclaredList) -> Tally {
        var tally = Tally()
        var places: [String: Int] = [:]
        for (place, device) in snapshot.devices.enumerated() { places[device.id] = place }
        for match in reconciliation.matches where declared.assets.indices.contains(match.asset) {
            let asset = declared.assets[match.asset]
            let isDuplicate = !match.duplicates.isEmpty
            if isDuplicate { tally.duplicates += 1 }
            let kind: String
            switch match.outcome {
            case .matched where match.conflicts.isEmpty && !isDuplicate:
                tally.agreeing += 1
                continue
            case .matched:
                tally.conflicts += 1
                kind = match.conflicts.isEmpty ? "duplicate" : "conflict"
            case .ghost:
                tally.ghosts += 1
                kind = "ghost"
            case .retiredButSeen:
                tally.retiredButSeen += 1
                kind = "retiredButSeen"
            case .probable:
                tally.probable += 1
                kind = "probable"
            case .notExpected, .cannotSay:
                guard isDuplicate else { continue }
                kind = "duplicate"
            }
            let device = match.device.flatMap { places[$0] }.map { snapshot.devices[$0] }
            tally.items.append(line(match, asset, declared, device, kind))
        }
        let probable = Set(reconciliation.matches.filter { $0.outcome == .probable }.compactMap(\.device))
        let undeclared = Set(reconciliation.undeclared)
        for device in presentDevices
        where undeclared.contains(device.id) && !probable.contains(device.id) && !isGuest(device)
            && !isAccepted(device)
        {
            tally.unknown += 1
            tally.items.append(item(device, "undeclared"))
        }
        return tally
    }

    private func line(
        _ match: Reconciliation.Match, _ asset: DeclaredAsset, _ declared: DeclaredList, _ device: Device?,
        _ kind: String
    ) -> Answer.Item {
        // Many lists repeat the type where a model should stand.
        let type = asset.model?.lowercased() == asset.type?.lowercased() ? nil : asset.type
        let what = [asset.vendor, asset.model, type].compactMap { $0 }.joined(separator: " ")
        let tag = asset.tag.map { " · \($0)" } ?? ""
        var item = Answer.Item(
            subject: Self.subject(asset), title: (what.isEmpty ? "row \(asset.line)" : what) + tag, kind: kind)
        item.place = asset.room
        item.seen = device.map(Self.seen) ?? match.missingSince
        item.devices = [match.device].compactMap { $0 }
        item.evidence = ["\(asset.source) line \(asset.line)"]
        if let by = match.by { item.evidence.append("found by \(by)") }
        item.evidence += (match.conflicts.isEmpty ? match.compared : match.conflicts).map {
            "\($0.what): seen \($0.seen ?? "nothing"), declared \($0.advisory)"
        }
        let others = match.duplicates.compactMap {
            declared.assets.indices.contains($0) ? declared.assets[$0].line : nil
        }
        if !others.isEmpty {
            item.evidence.append("the same as line \(others.map(String.init).joined(separator: ", "))")
        }
        return item
    }

    // MARK: Coverage

    /// VLANs in which a switch has a device at an edge port, and those of them in which a device was heard.
    private var vlans: (all: Set<UInt16>, heard: Set<UInt16>) {
        var (all, heard): (Set<UInt16>, Set<UInt16>) = ([], [])
        for device in presentDevices {
            guard let vlan = device.place?.vlan, device.place?.isUplink == false else { continue }
            all.insert(vlan)
            if device.packets > 0 { heard.insert(vlan) }
        }
        return (all, heard)
    }

    private func coverage(_ silent: [String], _ unheard: [UInt16]) -> [Answer.Item] {
        var items = silent.map { agent in
            var item = Answer.Item(subject: agent, title: "\(agent) did not answer", kind: "switch")
            item.place = closet(agent: agent, name: nil)
            return item
        }
        let quiet = Set(silent)
        for state in switches where !state.about.missingMibs.isEmpty && !quiet.contains(state.about.agent) {
            var item = Answer.Item(
                subject: state.about.agent, title: "\(state.about.name ?? state.about.agent) does not answer all",
                kind: "switch")
            item.evidence = ["does not answer: \(state.about.missingMibs.joined(separator: ", "))"]
            item.place = closet(agent: state.about.agent, name: state.about.name)
            item.seen = state.polled
            items.append(item)
        }
        return items
            + unheard.map { Answer.Item(subject: "vlan:\($0)", title: "VLAN \($0): no packet captured", kind: "vlan") }
    }
}
