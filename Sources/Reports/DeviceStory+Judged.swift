//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Device story: what lists and advisories mean for this device, and what its firmware was.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension DeviceStory {
    /// Rows of advisories that are told in full; the JSON has all of them.
    private static let mostWeaknesses = 16
    private static let longest = 300

    /// Everything that was judged of the device: risk, weaknesses, who let it in, what the list says.
    func judged(_ device: Device, _ snapshot: InventorySnapshot) -> [String] {
        risk(device) + weaknesses(device) + acceptance(device) + declared(device, snapshot)
    }

    private static func safe(_ text: String) -> String {
        SafeText.clipped(SafeText.neutralised(text), to: longest)
    }

    // MARK: Risk

    private func risk(_ device: Device) -> [String] {
        guard let risk = device.risk else { return [] }
        var lines = wrap("Risk: likelihood \(risk.likelihood) × impact \(risk.impact) = \(risk.product) (docs/risk.md)")
        for (name, terms) in [("likely", risk.likelihoodTerms), ("impact", risk.impactTerms)] {
            for term in terms {
                lines += hanging("    \(name)", "+\(term.points) \(term.name): \(Self.safe(term.because))")
            }
        }
        return lines + [""]
    }

    // MARK: Weaknesses

    private func weaknesses(_ device: Device) -> [String] {
        var lines: [String] = []
        for weakness in device.weaknesses.prefix(Self.mostWeaknesses) { lines += self.weakness(weakness) + [""] }
        let rest = device.weaknesses.count - Self.mostWeaknesses
        if rest > 0 { lines += wrap("and \(rest) more rows of advisories (inventory --format json has all)") + [""] }
        return lines
    }

    private func weakness(_ weakness: Weakness) -> [String] {
        let priority = weakness.priority.map { ", \($0.name)" } ?? ""
        var lines = wrap(
            "\(Self.words(weakness.verdict)) by \(Self.safe(weakness.advisory))\(priority): \(Self.safe(weakness.title))"
        )
        lines += hanging("    because", Self.safe(weakness.reason))
        for comparison in weakness.comparisons.prefix(8) {
            let holds = comparison.holds.map { $0 ? "fits" : "differs" } ?? "cannot be said"
            let seen = comparison.seen.map { "`\(Self.safe($0))`" } ?? "nothing"
            let words =
                "\(comparison.what): seen \(seen), the advisory has `\(Self.safe(comparison.advisory))`: \(holds)"
            lines += hanging("    compare", words)
        }
        if !weakness.cves.isEmpty {
            let more = weakness.cves.count > 8 ? " and \(weakness.cves.count - 8) more" : ""
            let score = weakness.score.map { ", CVSS \($0 / 10).\($0 % 10)" } ?? ""
            lines += hanging("    about  ", Self.safe(weakness.cves.prefix(8).joined(separator: ", ")) + more + score)
        }
        if !weakness.exploited.isEmpty {
            let names = weakness.exploited.prefix(8).joined(separator: ", ")
            lines += hanging("    exploited", Self.safe("\(names): known to be used in attacks"))
        }
        for point in weakness.decision {
            lines += hanging(
                "    \(SafeText.padded("SSVC", to: 7))", Self.safe("\(point.name) \(point.value): \(point.because)"))
        }
        if let since = weakness.since { lines += hanging("    open   ", "since \(since)") }
        for fix in weakness.fixes.prefix(2) { lines += hanging("    mends  ", Self.safe(fix.details)) }
        for way in weakness.mitigations.prefix(2) { lines += hanging("    meanwhile", Self.safe(way.details)) }
        if weakness.verification == .unverified {
            lines += hanging("    note   ", "The advisory's file had no checksum beside it.")
        }
        return lines
    }

    private static func words(_ verdict: Weakness.Verdict) -> String {
        switch verdict {
        case .affected: "Affected"
        case .notAffected: "Not affected"
        case .needsReview: "Needs review"
        }
    }

    // MARK: Who let it in, and what the list says

    private func acceptance(_ device: Device) -> [String] {
        var lines: [String] = []
        if let standing = device.acceptance {
            let until = standing.content.until.map { " until \($0)" } ?? ""
            lines += wrap("Accepted as \(standing.content.ownership.rawValue)\(until)")
            lines += hanging("    by     ", Self.safe("\(standing.by) at \(standing.at): \(standing.reason)"))
        }
        for standing in device.controls.prefix(16) {
            let control = standing.content
            let what = control.advisory.map { " for \(Self.safe($0))" } ?? ""
            lines += wrap("Kept safe\(what): \(Self.safe(control.measure))")
            lines += hanging(
                "    by     ",
                Self.safe(
                    "\(control.owner), to be looked at again by \(control.review); said by \(standing.by) at \(standing.at)"
                ))
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    private func declared(_ device: Device, _ snapshot: InventorySnapshot) -> [String] {
        guard let list = snapshot.declared, let reconciliation = snapshot.reconciliation else { return [] }
        let matches = reconciliation.matches.filter {
            $0.device == device.id && list.assets.indices.contains($0.asset)
        }
        var lines: [String] = []
        for match in matches.prefix(8) {
            let asset = list.assets[match.asset]
            let what = [asset.tag, asset.vendor, asset.model ?? asset.type, asset.serial, asset.room].compactMap { $0 }
            let by = match.by.map { ", by \($0)" } ?? ""
            lines += wrap(
                Self.safe(
                    "Declared (\(match.outcome.rawValue)\(by)): \(asset.source):\(asset.line) \(what.joined(separator: " "))"
                ))
            for (head, rows) in [("compare", match.compared), ("differs", match.conflicts)] {
                for row in rows.prefix(8) {
                    let words = "\(row.what): declared `\(row.advisory)`, seen `\(row.seen ?? "nothing")`"
                    lines += hanging("    \(head)", Self.safe(words))
                }
            }
        }
        if matches.isEmpty, reconciliation.undeclared.contains(device.id) { lines += ["Declared: it stands in no row"] }
        return lines.isEmpty ? [] : lines + [""]
    }

    // MARK: Firmware

    /// Which firmware it had, and from when to when it was heard.
    func firmware(_ device: Device) -> [String] {
        let changes = device.history.filter { $0.attribute == .firmware }
        guard !changes.isEmpty else { return [] }
        var lines = ["Its firmware"]
        for change in changes {
            let version = change.to.map(Self.safe) ?? "not known any more"
            var words = version
            if let field = change.field,
                let fact = device.facts.first(where: { $0.field == field && $0.value == change.value })
            {
                words += ", read \(fact.span.first) to \(fact.span.last) (\(field.path) `\(Self.safe(change.value))`)"
            }
            lines += hanging("    \(change.moment.description.prefix(19))Z", words)
        }
        return lines + [""]
    }
}
