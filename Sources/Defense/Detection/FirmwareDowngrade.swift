//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Firmware that went back: does a device run an earlier version than it did before?
//
// Inputs: what each field said of the firmware, when first and last; how belief in it changed.
// Evidence: both texts, with the times at which they were read.
// ATT&CK: T1601.002, Modify System Image: Downgrade System Image.
// A false alarm: the maker or medical engineering went back on purpose, because the later version had a fault.
// Guards: one field only, versions that can be put in order, the earlier one not heard beside the later one, an hour in
// which only the new one was heard; another serial number or model is another device.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// `firmware.downgrade`: an earlier version gives back the holes that the later one closed.
public enum FirmwareDowngrade {
    public static let card = RuleCard(
        name: "firmware.downgrade", technique: "T1601.002", severity: .medium,
        falseAlarm: "The maker or medical engineering went back on purpose, because the later version had a fault.",
        polls: 1, seconds: 3_600, isEvent: true)

    /// What one field said of the firmware.
    private struct Saying {
        var field: Field
        var raw: String
        var version: VersionText
        var fact: FactSummary
        var span: Observation.Span { fact.span }
    }

    /// So long only the new text has to be heard: two images that a device tells in turn are both heard again by then.
    private static let alone: Int64 = 3_600
    /// So long a later version has to have been there before a text that was known already counts as gone back to.
    private static let settled: Int64 = 86_400
    private static let mostSayings = 64

    /// - Returns: At most one: the newest step back.
    public static func finding(of device: Device) -> Finding? {
        let sayings = sayings(of: device)
        guard sayings.count > 1 else { return nil }
        var found: (old: Saying, new: Saying, since: Timestamp)?
        for new in sayings where isNewest(new, sayings) {
            if new.field == .sightingFirmware, hasSeveralSources(device) { continue }
            for old in sayings where old.field == new.field && new.version.compared(to: old.version) == .earlier {
                guard seconds(from: old.span.last, to: new.span.last) >= alone,
                    let since = wentBack(from: old, to: new, device), !isAnother(device, since: old.span.first)
                else { continue }
                let isBetter = found.map { ($0.since, $0.old.span.last) < (since, old.span.last) } ?? true
                if isBetter { found = (old, new, since) }
            }
        }
        return found.map { finding(device, $0.old, $0.new, $0.since) }
    }

    private static func finding(_ device: Device, _ old: Saying, _ new: Saying, _ since: Timestamp) -> Finding {
        var finding = Finding(
            rule: card.name, title: "its firmware went back from \(old.version.text) to \(new.version.text)",
            severity: device.deviceClass == .medical ? .high : card.severity,
            evidence: [old, new].map { saying in
                Evidence(
                    field: saying.field, protocolName: saying.field.protocolName, fieldName: saying.field.name,
                    value: "\(saying.raw) (\(saying.span.first) to \(saying.span.last))", rule: card.name,
                    seen: saying.fact.count, weight: 0)
            })
        finding.technique = card.technique
        finding.falseAlarm = card.falseAlarm
        finding.since = since
        finding.addresses = device.mac.sorted()
        return finding
    }

    /// When it went back: the later text was never heard again since, or the belief turned once and for good.
    private static func wentBack(from old: Saying, to new: Saying, _ device: Device) -> Timestamp? {
        if old.span.last < new.span.first { return new.span.first }
        // A text that was known before the later one: only what was believed, and when, can tell.
        guard new.span.first < old.span.first, old.span.last < new.span.last else { return nil }
        let changes = device.history.filter { $0.attribute == .firmware }
        let there = changes.filter { $0.to == old.version.text }
        let back = changes.filter { $0.from == old.version.text && $0.to == new.version.text }
        guard there.count == 1, back.count == 1, there[0].moment < back[0].moment,
            seconds(from: there[0].moment, to: back[0].moment) >= settled
        else { return nil }
        return back[0].moment
    }

    // MARK: - What was said

    /// All texts that a rule understood as a firmware, with when they were read.
    private static func sayings(of device: Device) -> [Saying] {
        var told: [(field: Field?, raw: String, version: String)] = []
        if let judgement = device.judgements[.firmware] {
            for piece in judgement.evidence where piece.weight > 0 {
                told.append((piece.field, piece.value, judgement.value))
            }
            for rival in judgement.others {
                for piece in rival.evidence where piece.weight > 0 {
                    told.append((piece.field, piece.value, rival.value))
                }
            }
        }
        for change in device.history where change.attribute == .firmware {
            if let version = change.to { told.append((change.field, change.value, version)) }
        }
        // Most devices tell one firmware, once and for all.
        guard told.count > 1 else { return [] }
        var sayings: [Saying] = []
        for (field, raw, text) in told where sayings.count < mostSayings {
            guard let field, let version = VersionText(text),
                !sayings.contains(where: { $0.field == field && $0.raw == raw }),
                let fact = device.facts.first(where: { $0.field == field && $0.value == raw })
            else { continue }
            sayings.append(Saying(field: field, raw: raw, version: version, fact: fact))
        }
        return sayings
    }

    /// Whether its field said nothing else later, nor at the same moment.
    private static func isNewest(_ saying: Saying, _ all: [Saying]) -> Bool {
        !all.contains { $0.field == saying.field && $0.raw != saying.raw && $0.span.last >= saying.span.last }
    }

    /// Two systems that see a device may tell its firmware differently, each in its turn.
    private static func hasSeveralSources(_ device: Device) -> Bool {
        device.facts.count { $0.field == .sightingSource } > 1
    }

    /// Whether another serial number or model took over since: a device that was exchanged brings its own firmware.
    private static func isAnother(_ device: Device, since: Timestamp) -> Bool {
        for attribute in [Attribute.serial, .model] {
            let turned = device.history.contains { change in
                guard change.attribute == attribute, change.moment > since, let from = change.from, let to = change.to
                else { return false }
                // `Medfusion` became `Medfusion 4000`: more is known of the same one.
                let (one, other) = (from.lowercased(), to.lowercased())
                return !one.hasPrefix(other) && !other.hasPrefix(one)
            }
            if turned { return true }
        }
        guard let judgement = device.judgements[.serial] else { return false }
        let pieces = judgement.evidence + judgement.others.flatMap(\.evidence)
        let spans = pieces.compactMap { piece in
            device.facts.first { $0.field == piece.field && $0.value == piece.value }
        }
        return spans.contains { one in
            spans.contains { $0.field == one.field && $0.span.last < one.span.first && one.span.first > since }
        }
    }

    /// Whole seconds; both are within what a `Timestamp` holds, so that the difference of seconds fits.
    private static func seconds(from one: Timestamp, to other: Timestamp) -> Int64 {
        other.nanoseconds / 1_000_000_000 - one.nanoseconds / 1_000_000_000
    }
}
