//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Findings of the register: a loan that is over, a control that nobody looked at again, a retired device that speaks.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Register {
    /// Lets what people decided stand with its devices, and says what of it is over.
    ///
    /// - Parameter now: The moment of the answer; nothing is read from a clock.
    public func complete(_ snapshot: inout InventorySnapshot, at now: Timestamp) {
        if isEmpty { return }
        var places: [String: Int] = [:]
        for (place, device) in snapshot.devices.enumerated() { places[device.id] = place }
        for index in snapshot.devices.indices {
            let device = snapshot.devices[index]
            let parent = device.parent.flatMap { places[$0] }.map { snapshot.devices[$0] }
            let acceptance = acceptance(site: device.site, device: device, parent: parent)
            let controls = controls(site: device.site, device: device, parent: parent)
            if acceptance == nil, controls.isEmpty { continue }
            snapshot.devices[index].acceptance = acceptance
            snapshot.devices[index].controls = controls
            snapshot.devices[index].findings += Self.findings(
                of: device, acceptance: acceptance, controls: controls, at: now)
        }
    }

    /// What is over, of one device.
    static func findings(
        of device: Device, acceptance: Standing<Acceptance>?, controls: [Standing<CompensatingControl>],
        at now: Timestamp
    ) -> [Finding] {
        var findings: [Finding] = []
        if let acceptance, let until = acceptance.content.until, !acceptance.content.holds(at: now),
            device.lastSeen > until
        {
            let kind = acceptance.content.ownership
            var finding = Finding(
                rule: LedgerRule.overdueLoan.rawValue,
                title: "Was accepted as \(kind.words) until \(until.day), and is still here", severity: .medium,
                evidence: [
                    acceptance.evidence("acceptance", rule: .overdueLoan), device.sight(rule: .overdueLoan),
                ])
            finding.falseAlarm = "The loan was made longer and nobody said so: wardlight accept with a later day."
            finding.since = until
            finding.addresses = device.mac
            findings.append(finding)
        }
        for control in controls where control.content.review < now {
            let content = control.content
            var finding = Finding(
                rule: LedgerRule.overdueReview.rawValue,
                title: "A control that keeps it safe was to be looked at again by \(content.review.day)",
                severity: .medium, evidence: [control.evidence("control", rule: .overdueReview)])
            finding.falseAlarm = "It was looked at and nobody said so: wardlight compensate with a later day."
            finding.since = content.review
            finding.addresses = device.mac
            findings.append(finding)
        }
        return findings
    }
}

extension Reconciliation {
    /// The finding of each retired device that was seen, by place in `devices`.
    public func retiredFindings(_ assets: [DeclaredAsset], _ devices: [Device]) -> [(device: Int, finding: Finding)] {
        var places: [String: Int] = [:]
        for (place, device) in devices.enumerated() { places[device.id] = place }
        return matches.compactMap { match in
            guard match.outcome == .retiredButSeen, let place = match.device.flatMap({ places[$0] }),
                assets.indices.contains(match.asset)
            else { return nil }
            let asset = assets[match.asset]
            let said = Evidence(
                field: nil, protocolName: "declared", fieldName: "status", value: "\(asset.place): retired",
                rule: LedgerRule.retiredButSeen.rawValue, seen: 1, weight: 0)
            var finding = Finding(
                rule: LedgerRule.retiredButSeen.rawValue, title: "The list of assets says that it is retired",
                severity: .medium, evidence: [said, devices[place].sight(rule: .retiredButSeen)])
            finding.falseAlarm = "It was taken back into service and the list is behind."
            finding.addresses = devices[place].mac
            return (place, finding)
        }
    }
}

extension DeclaredAsset {
    /// `assets.csv:12`
    public var place: String { "\(source):\(line)" }
}

extension Device {
    /// When anything last told of it: itself, or the switch at which it is.
    var lastSeen: Timestamp { max(span.last, place?.seen ?? .init(nanoseconds: .min)) }

    /// That it was there, and when last.
    fileprivate func sight(rule: LedgerRule) -> Evidence {
        Evidence(
            field: nil, protocolName: "seen", fieldName: "last", value: lastSeen.description, rule: rule.rawValue,
            seen: 1, weight: 0)
    }
}

extension Standing {
    /// Who decided it, and why; a person's name and words, which are hidden where an inventory is shared.
    fileprivate func evidence(_ field: String, rule: LedgerRule) -> Evidence {
        Evidence(
            field: nil, protocolName: "person", fieldName: field, value: "\(by): \(reason)", rule: rule.rawValue,
            seen: 1, weight: 0)
    }
}

extension Acceptance.Ownership {
    /// As it stands in a sentence.
    public var words: String {
        switch self {
        case .owned: "the hospital's own"
        case .loaner: "a loaner"
        case .rental: "a rental"
        case .trial: "a trial"
        case .patientOwned: "a patient's own"
        case .thirdParty: "a third party's"
        }
    }
}

extension Timestamp {
    /// `2026-12-31`, in UTC.
    var day: String { String(description.prefix(10)) }
}
