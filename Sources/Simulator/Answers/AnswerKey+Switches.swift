//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// The answer key: where are the most vulnerable switches? With the risks of what hangs on them (docs/risk.md).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension AnswerKey {
    private struct Weighed {
        var agent: String
        var likelihood: Int
        var impact: Int
        var hanging: Int
        var devices: [String]
        var isAffected: Bool
        var hasWeakControl: Bool
        var risk: Int { likelihood * impact }
    }

    var vulnerableSwitches: Sheet {
        guard let network else { return Sheet(question: .vulnerableSwitches, state: .cannotSay) }
        let present = presence.present
        let weighed = network.story.first.switches.map { about in
            weigh(about, present, controls: network.weakControls[about.number])
        }.sorted { (-$0.risk, -$0.hanging, $0.agent) < (-$1.risk, -$1.hanging, $1.agent) }
        let isWhole = premises.closets.allSatisfy { $0 != nil }
        var sheet = Sheet(question: .vulnerableSwitches, state: isWhole ? .answered : .partial)
        sheet.number = weighed.count { $0.likelihood > 1 }
        sheet.figures = [
            ("switches", weighed.count, nil), ("withOwnWeakness", weighed.count(where: \.isAffected), weighed.count),
            ("withWeakConfiguration", weighed.count(where: \.hasWeakControl), weighed.count),
        ]
        sheet.lines = weighed.map { one in
            .init(
                subject: one.agent, kind: "switch",
                figures: [
                    ("risk", one.risk, nil), ("likelihood", one.likelihood, nil), ("impact", one.impact, nil),
                    ("hanging", one.hanging, nil), ("devices", one.devices.count, nil),
                ], devices: one.devices)
        }
        return sheet
    }

    private func weigh(_ about: SimulatedSwitch, _ present: [Present], controls: Set<String>) -> Weighed {
        let own = present.first { $0.ownSwitch == about.number }
        let below = present.filter { $0.ownSwitch == nil && $0.place?.closet == about.number }
        let risks = below.map { (likelihood: likelihood($0), impact: impact($0)) }
        let kinds = controls.union(own?.weakControls ?? [])
        let signs = own.map(signs) ?? 0
        let worst = max(risks.map(\.impact).max() ?? 0, 3)
        let grave = risks.count { $0.impact >= 4 }
        return Weighed(
            agent: about.agent, likelihood: min(1 + signs + min(kinds.count, 2), 5),
            impact: min(worst + (grave >= 10 ? 1 : 0), 5), hanging: risks.reduce(0) { $0 + $1.likelihood * $1.impact },
            devices: below.map(\.key), isAffected: own?.verdicts.contains { $0.verdict == .affected } ?? false,
            hasWeakControl: !kinds.isEmpty)
    }

    // MARK: One device

    /// Points of weaknesses, of a system without updates, and of what was planted.
    private func signs(_ device: Present) -> Int {
        let affecting = device.verdicts.filter { $0.verdict == .affected }.map(\.bulletin)
        var points = 0
        if !affecting.isEmpty {
            points = 1
            let isExploited = Bulletin.all.contains { bulletin in
                affecting.contains(bulletin.id) && bulletin.flaws.contains { Bulletin.isExploited($0.cve) }
            }
            if isExploited { points += 2 }
        } else if device.verdicts.contains(where: { $0.verdict == .needsReview }) {
            points = 1
        }
        if device.isUnsupported(at: presence.moment) { points += 1 }
        if affecting.contains(where: isLongKnown) { points += 1 }
        if device.findings.contains(where: { $0 != "port.moved" }) { points += 2 }
        return points
    }

    /// Whether an advisory has named the firmware for more than a year; one for all versions names none.
    private func isLongKnown(_ id: String) -> Bool {
        Bulletin.all.contains { bulletin in
            bulletin.id == id && bulletin.rows.contains { $0.versions != "vers:all/*" }
                && Timestamp(rfc3339: bulletin.released + "T00:00:00Z").map {
                    presence.moment.nanoseconds - $0.nanoseconds > 365 * 86_400_000_000_000
                } ?? false
        }
    }

    private func likelihood(_ device: Present) -> Int {
        min(1 + signs(device) + (device.weakControls.isEmpty ? 0 : 1), 5)
    }

    private static let lifeSustaining: Set<String> = ["ventilator", "infusion pump", "syringe pump"]
    private static let treating: Set<String> = [
        "patient monitor", "central station", "vital signs monitor", "pulse oximeter", "contrast injector",
        "medical gateway",
    ]
    private static let carriers: Set<String> = ["switch", "wireless controller", "access point"]

    private func impact(_ device: Present) -> Int {
        let type = device.known[.type] ?? ""
        let points: Int
        if Self.lifeSustaining.contains(type) {
            points = 5
        } else if Self.treating.contains(type) {
            points = 4
        } else if device.deviceClass == .medical || device.deviceClass == .network && Self.carriers.contains(type) {
            points = 3
        } else if device.deviceClass == .building || ["server", "virtual machine"].contains(type) {
            points = 2
        } else {
            points = 1
        }
        return min(points + (device.saysBed ? 1 : 0), 5)
    }
}

extension Present {
    /// Whether its system, as it tells it when it signs on, gets no updates any more.
    func isUnsupported(at moment: Timestamp) -> Bool {
        guard signedOn, let end = OfficeSystem.all.first(where: { $0.name == known[.os] })?.end else { return false }
        // Through its last day it still does.
        return moment.nanoseconds - end.nanoseconds >= 86_400_000_000_000
    }
}
