//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Where are the most vulnerable switches?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model

extension AnswerSheet {
    /// One switch, with what makes it weak and what hangs on it.
    private struct Weighed {
        var state: NetworkMap.SwitchState
        var risk: Risk
        /// Sum of the risks of the present devices at its ports.
        var hanging: Int
        var devices: [String]
        var weaknesses: [Weakness]
        var controls: [Finding]
        var place: String?
        var isPlaceSaid: Bool

        func precedes(_ other: Self) -> Bool {
            (-risk.product, -hanging, state.site, state.about.agent)
                < (-other.risk.product, -other.hanging, other.state.site, other.state.about.agent)
        }
    }

    var vulnerableSwitches: Answer {
        guard !switches.isEmpty else {
            var answer = Answer(.vulnerableSwitches, state: .cannotSay, sentence: "No switch was asked.")
            answer.missing = ["Ask switches (--switch, --switches) or give what they said (--walk)."]
            return answer
        }
        let weighed = weigh().sorted { $0.precedes($1) }
        let weak = weighed.count { $0.risk.likelihood > 1 }
        var missing: [String] = []
        if lists.advisories == 0 { missing.append("No advisory was imported: weaknesses of switches are not known.") }
        let placeless = weighed.filter { !$0.isPlaceSaid }.map(\.state.about.agent).sorted()
        if !placeless.isEmpty {
            missing.append("No place in the settings: \(Self.few(placeless)).")
        }
        let nameless = switches.filter { $0.about.model == nil || $0.about.firmware == nil }.map(\.about.agent)
        if !nameless.isEmpty { missing.append("Model or firmware not known: \(Self.few(nameless)).") }
        var answer = Answer(
            .vulnerableSwitches, state: missing.isEmpty ? .answered : .partial,
            sentence: weighed.first.map { first in
                let place = first.place.map { ", \($0)" } ?? ""
                return "\(weak) of \(counted(weighed.count, "switch is", "switches are")) weak; the weakest is "
                    + "\(first.state.about.name ?? first.state.about.agent)\(place)."
            } ?? "")
        answer.number = weak
        answer.figures = [
            .init("switches", weighed.count),
            .init(
                "withOwnWeakness",
                weighed.count { $0.weaknesses.contains { $0.verdict == .affected } }, of: weighed.count),
            .init("withWeakConfiguration", weighed.count { !$0.controls.isEmpty }, of: weighed.count),
        ]
        answer.items = weighed.map(line)
        answer.missing = missing
        for state in switches {
            answer.from = min(answer.from ?? state.polled, state.polled)
            answer.to = max(answer.to ?? state.polled, state.polled)
        }
        return answer
    }

    private func weigh() -> [Weighed] {
        // Places in `snapshot.devices`.
        var hanging: [String: [Int]] = [:]
        for number in present {
            let device = snapshot.devices[number]
            guard let place = device.place, askedSwitches[device.id] == nil else { continue }
            // What is on the air hangs on the switch that its access point is plugged into.
            let agent = place.wireless.map { $0.port?.agent ?? "" } ?? place.agent
            hanging["\(device.site)/\(agent)", default: []].append(number)
        }
        var own: [String: Device] = [:]
        for device in snapshot.devices {
            if let agent = askedSwitches[device.id] { own["\(device.site)/\(agent)"] = device }
        }
        var controls: [String: [Finding]] = [:]
        for finding in snapshot.weakControls {
            if let place = finding.place { controls["\(place.site)/\(place.agent)", default: []].append(finding) }
        }
        return switches.map { state in
            let key = "\(state.site)/\(state.about.agent)"
            let device = own[key]
            let weaknesses = device?.weaknesses ?? []
            let weak = (controls[key] ?? []) + (device?.weakControls ?? [])
            var signs = device.map { lists.signs(of: $0, moment) } ?? LikelihoodSigns()
            signs.weakControls = weak
            let below = hanging[key] ?? []
            let risks = below.compactMap { snapshot.devices[$0].risk }
            let closet = closet(agent: state.about.agent, name: state.about.name)
            return Weighed(
                state: state, risk: Risk(ofSwitch: signs, hanging: risks),
                hanging: risks.reduce(0) { $0 + $1.product }, devices: below.map { snapshot.devices[$0].id },
                weaknesses: weaknesses,
                controls: weak, place: closet ?? state.about.location, isPlaceSaid: closet != nil)
        }
    }

    private func line(_ weighed: Weighed) -> Answer.Item {
        let about = weighed.state.about
        let what = [about.vendor, about.model, about.firmware].compactMap { $0 }.joined(separator: " ")
        var item = Answer.Item(
            subject: about.agent,
            title: [about.name ?? about.agent, what].filter { !$0.isEmpty }.joined(separator: " · "),
            kind: "switch")
        item.figures = [
            .init("risk", weighed.risk.product), .init("likelihood", weighed.risk.likelihood),
            .init("impact", weighed.risk.impact), .init("hanging", weighed.hanging),
            .init("devices", weighed.devices.count),
        ]
        item.evidence =
            weighed.risk.likelihoodTerms.map { "likelihood +\($0.points) \($0.name): \($0.because)" }
            + weighed.risk.impactTerms.map { "impact +\($0.points) \($0.name): \($0.because)" }
            + weighed.weaknesses.prefix(8).map { "\($0.verdict.rawValue) \($0.advisory): \($0.reason)" }
            + weighed.controls.prefix(8).map { "\($0.rule): \($0.title)" }
        item.place = weighed.place
        item.seen = weighed.state.polled
        item.devices = weighed.devices
        return item
    }

    private static func few(_ names: [String]) -> String {
        let shown = names.prefix(10).joined(separator: ", ")
        return names.count > 10 ? "\(shown) and \(names.count - 10) more" : shown
    }
}
