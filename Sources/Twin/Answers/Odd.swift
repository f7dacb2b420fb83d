//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Is anything unauthorised or rogue? Is everything behaving as expected?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model

extension AnswerSheet {
    /// Whom findings are about: one device where they name one, else the port.
    private struct Suspect {
        var title: String
        var place: String?
        var seen: Timestamp?
        var devices: [String] = []
        var findings: [Finding] = []
    }

    /// Findings of a kind, gathered by whom they are about; sorted by subject.
    private func suspects(where isOfKind: (String) -> Bool) -> [(subject: String, suspect: Suspect)] {
        var found: [String: Suspect] = [:]
        func add(_ finding: Finding, _ subject: String, _ suspect: @autoclosure () -> Suspect, _ device: String?) {
            var entry = found[subject] ?? suspect()
            if !entry.findings.contains(finding) { entry.findings.append(finding) }
            if let device, !entry.devices.contains(device) { entry.devices.append(device) }
            found[subject] = entry
        }
        func add(_ finding: Finding, to device: Device) {
            let suspect = Suspect(
                title: Self.title(device), place: place(of: device), seen: Self.seen(device))
            add(finding, device.id, suspect, device.id)
        }
        for finding in snapshot.findings where isOfKind(finding.rule) {
            let named = finding.addresses.compactMap { device($0, site: finding.place?.site) }
            let ids = Set(named.map(\.id))
            if ids.count == 1, finding.addresses.count == 1, let device = named.first {
                add(finding, to: device)
                continue
            }
            guard let port = finding.place else {
                for device in named { add(finding, to: device) }
                continue
            }
            let words = "\(port.agent)/\(port.port)"
            let closet = closet(agent: port.agent, name: nil)
            add(
                finding, words,
                Suspect(title: "port \(words)", place: closet, seen: finding.since, devices: ids.sorted()), nil)
        }
        // Those that stand in the whole list, too, are told there.
        let whole = Set(snapshot.findings)
        for device in snapshot.devices {
            for finding in device.findings where isOfKind(finding.rule) && !whole.contains(finding) {
                add(finding, to: device)
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func items(_ suspects: [(subject: String, suspect: Suspect)], _ kind: String) -> [Answer.Item] {
        suspects.map { subject, suspect in
            var item = Answer.Item(subject: subject, title: suspect.title, kind: kind)
            item.place = suspect.place
            item.seen = suspect.seen
            item.devices = suspect.devices
            item.evidence = suspect.findings.flatMap(Self.words)
            return item
        }
    }

    /// Present, and neither declared nor accepted nor a guest nor a switch that was asked by name; nil without a list.
    var unauthorised: [Device]? {
        guard let reconciliation = snapshot.reconciliation else { return nil }
        let undeclared = Set(reconciliation.undeclared)
        return presentDevices.filter {
            undeclared.contains($0.id) && !isAccepted($0) && !isGuest($0) && askedSwitches[$0.id] == nil
        }
    }

    var rogue: Answer {
        let rogues = suspects(where: FindingKind.isRogue)
        let strangers = unauthorised
        let unknown = present.count { snapshot.devices[$0].deviceClass == .unknown }
        var missing: [String] = []
        if switches.isEmpty { missing.append("No switch was asked: what hides behind a port is not seen.") }
        if strangers == nil {
            missing.append("No list of assets was given (--declared): who is unauthorised is not known.")
        }
        let first =
            rogues.isEmpty ? "Nothing contradicts itself" : counted(rogues.count, "rogue was", "rogues were") + " found"
        let second =
            strangers.map { counted($0.count, "device is", "devices are") + " unauthorised" }
            ?? "who is unauthorised cannot be said"
        var answer = Answer(
            .rogue, state: missing.isEmpty ? .answered : .partial,
            sentence: "\(first); \(second); \(counted(unknown, "is", "are")) not identified.")
        answer.number = rogues.count
        answer.figures = [.init("rogue", rogues.count)]
        if let strangers { answer.figures.append(.init("unauthorised", strangers.count)) }
        answer.figures.append(.init("unknown", unknown))
        let probable = probableRows
        answer.items =
            items(rogues, "rogue")
            + (strangers ?? []).map { device in
                var item = item(device, "unauthorised")
                item.evidence = ["stands in no row of the list"]
                if let row = probable[device.id] { item.evidence.append("is probably \(row)") }
                if let standing = device.acceptance { item.evidence.append(overdue(standing)) }
                return item
            }
        answer.missing = missing
        return finished(answer, of: presentDevices)
    }

    private func overdue(_ standing: Standing<Acceptance>) -> String {
        let until = standing.content.until.map { " until \($0)" } ?? ""
        return "was accepted as \(standing.content.ownership.rawValue)\(until) by \(standing.by)"
    }

    /// Rows that a person may confirm, by device.
    private var probableRows: [String: String] {
        guard let reconciliation = snapshot.reconciliation, let declared = snapshot.declared else { return [:] }
        var rows: [String: String] = [:]
        for match in reconciliation.matches where match.outcome == .probable {
            if let device = match.device, declared.assets.indices.contains(match.asset) {
                rows[device] = Self.subject(declared.assets[match.asset])
            }
        }
        return rows
    }

    static func subject(_ asset: DeclaredAsset) -> String { "asset:\(asset.line)" }

    var behaviour: Answer {
        let odd = suspects(where: FindingKind.isBehaviour)
        let words =
            odd.isEmpty
            ? "Of what is checked, nothing behaves oddly"
            : counted(odd.count, "device behaves", "devices behave") + " oddly"
        var answer = Answer(.behaviour, state: .partial, sentence: words + ".")
        answer.number = odd.count
        answer.figures = [.init("odd", odd.count), .init("checked", present.count)]
        answer.items = items(odd, "odd")
        answer.missing = [
            "No baselines of behaviour yet; checked are: \(FindingKind.checkedBehaviour)."
        ]
        return finished(answer, of: presentDevices)
    }
}
