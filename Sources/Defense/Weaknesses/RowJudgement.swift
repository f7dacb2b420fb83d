//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// The verdict of one row on one device: every text that was compared, and one sentence.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// All that has to hold, held one by one. One "no" is not affected, all "yes" is affected, anything else needs a person.
struct RowJudgement {
    let row: AdvisoryRow
    let candidate: Candidate
    let seen: Seen
    /// Of the device's own firmware.
    let version: VersionText?

    private var comparisons: [Weakness.Comparison] = []

    init(row: AdvisoryRow, candidate: Candidate, seen: Seen, version: VersionText?) {
        self.row = row
        self.candidate = candidate
        self.seen = seen
        self.version = version
    }

    mutating func weakness() -> Weakness? {
        compareVendor()
        compareProduct()
        compareVersion()
        compareParts()
        // What no sensor tells, such as a language or serial numbers: a person has to look.
        for words in row.product.narrowedBy {
            comparisons.append(.init(what: "component", seen: nil, advisory: words, holds: nil))
        }
        var weakness = row.draft
        weakness.comparisons = comparisons
        switch row.standing {
        case .fixed, .notAffected:
            weakness.verdict = .notAffected
            weakness.reason =
                row.standing == .fixed
                ? "The advisory names this version as mended." : "The advisory says that this product is not affected."
            // Only where it is this product and version: else the row says nothing.
            return comparisons.contains { $0.holds == false } || !row.product.narrowedBy.isEmpty ? nil : weakness
        case .affected, .underInvestigation: break
        }
        if let failing = comparisons.first(where: { $0.holds == false }) {
            weakness.verdict = .notAffected
            weakness.reason = Self.against(failing)
        } else if let open = comparisons.first(where: { $0.holds == nil }) {
            weakness.verdict = .needsReview
            weakness.reason = question(open)
        } else if row.standing == .underInvestigation {
            weakness.verdict = .needsReview
            weakness.reason = "The maker still investigates whether this version is affected."
        } else {
            weakness.verdict = .affected
            weakness.reason = affirmation
        }
        return weakness
    }

    // MARK: - Comparing

    private mutating func compareVendor() {
        let holds: Bool? = candidate.subject == .role || seen.vendor == nil ? nil : true
        comparisons.append(.init(what: "vendor", seen: seen.vendor, advisory: row.vendor, holds: holds))
    }

    private var component: Device.Component? {
        if case .component(let at) = candidate.subject, seen.components.indices.contains(at) {
            return seen.components[at]
        }
        return nil
    }

    private mutating func compareProduct() {
        let text: String?
        switch candidate.subject {
        case .device: text = seen.model
        case .component: text = component.map { Seen.name($0) }
        case .system: text = seen.system
        case .role: text = seen.names?.role
        case .missingPart: text = nil
        }
        let what = component == nil && candidate.subject != .missingPart ? "product" : "component"
        var holds: Bool?
        switch candidate.agreement {
        case .same: holds = true
        case .none: holds = false
        case .family, .narrower: holds = nil
        }
        if candidate.subject == .system { holds = seen.system.flatMap { row.system?.holds(for: $0) } }
        if candidate.subject == .device, holds == nil, isEdition || listedModel != nil { holds = true }
        comparisons.append(
            .init(
                what: what, seen: text ?? seen.names?.label,
                advisory: row.isByTitle ? row.draft.title : row.product.product, holds: holds))
        if !row.isSystem, let system = row.system {
            // `SPECT Systems Windows XP-Based` may be what the device is called, too.
            let named = text.map { SystemName.read($0).systems == [system] } == true ? text : nil
            let os = seen.system ?? named
            comparisons.append(
                .init(what: "component", seen: os, advisory: system.words, holds: os.flatMap { system.holds(for: $0) }))
        }
        if let ordered = row.orderedAs {
            comparisons.append(
                .init(what: "component", seen: nil, advisory: "model \(ordered)", holds: isOrdered(as: ordered)))
        }
    }

    /// The device tells the product without its release (`Xeleris`), which its firmware then has to be of.
    private var isEdition: Bool {
        guard candidate.subject == .device, candidate.agreement == .family, let edition = row.edition,
            let model = seen.model
        else { return false }
        return edition.words.agreement(with: ProductWords(model)) == .same
    }

    /// Where a row lists models for versions (`620 | 650c`): the text of the one that the device's name bears.
    private var listedModel: String? {
        guard row.namesModels, candidate.subject == .device, let model = seen.model else { return nil }
        let words = ProductWords(model)
        return row.models.first { item in
            !item.numbers.isEmpty
                && item.numbers.allSatisfy { words.numbers.contains($0) && !row.words.numbers.contains($0) }
        }.map { item in item.numbers.map { $0.prefix + $0.core }.joined(separator: " ") }
    }

    /// The order number is part of what was seen: of the model's name, or of a component's.
    private func isOrdered(as number: String) -> Bool? {
        let wanted = ProductWords.fold(number)
        let texts = [seen.model].compactMap(\.self) + seen.components.compactMap(\.model)
        return texts.contains { text in
            text.split { !$0.isLetter && !$0.isNumber }.contains { ProductWords.fold(String($0)) == wanted }
        } ? true : nil
    }

    private mutating func compareVersion() {
        let text: String?
        let version: VersionText?
        switch candidate.subject {
        case .component:
            text = component?.firmware
            version = text.flatMap { VersionText($0) }
        case .device:
            text = seen.firmware
            version = self.version
        case .system where row.range.isAll:
            comparisons.append(
                .init(
                    what: "version", seen: seen.firmware, advisory: row.product.versions,
                    holds: holdsForAll(self.version)))
            return
        case .system:
            text = seen.system
            version = seen.system.flatMap { SystemName.read($0).rest.lazy.compactMap { VersionText($0) }.first }
        case .role, .missingPart:
            text = nil
            version = nil
        }
        if isEdition, let edition = row.edition {
            comparisons.append(
                .init(
                    what: "version", seen: text, advisory: edition.version.text,
                    holds: version.flatMap { $0.begins(like: edition.version) }))
        }
        let holds: Bool?
        if let listed = listedModel {
            comparisons.append(.init(what: "version", seen: listed, advisory: row.range.text, holds: true))
            return
        } else if row.range.isAll {
            holds = holdsForAll(version)
        } else if row.range.isProse, let text, Self.isWrittenSo(text, row.range.text) {
            holds = true
        } else if let version {
            holds = contains(version)
        } else {
            holds = nil
        }
        comparisons.append(.init(what: "version", seen: text, advisory: row.range.text, holds: holds))
    }

    /// A single text that is nobody's grammar (`CMS7.820.075.08/0.74(0.75)`) is that version, letter for letter.
    private static func isWrittenSo(_ seen: String, _ advisory: String) -> Bool {
        !advisory.contains { $0 == " " || $0 == "|" || $0 == "<" || $0 == ">" }
            && advisory.filter { $0.isASCII && $0.isNumber }.count >= 4 && advisory == seen
    }

    private func contains(_ version: VersionText) -> Bool? {
        let answer = row.range.contains(version)
        // `Model 3120` against firmware 1.2: two different things.
        if row.namesModels, answer == false, !row.range.versions.contains(where: { $0.hasForm(of: version) }) {
            return nil
        }
        return answer
    }

    /// All versions: but where a mended one is named, what is not known to be older needs a person.
    private func holdsForAll(_ version: VersionText?) -> Bool? {
        if row.fixedVersions.isEmpty { return true }
        guard let version else { return nil }
        return row.fixedVersions.allSatisfy { version.compared(to: $0) == .earlier } ? true : nil
    }

    /// The second component, where the row asks for one.
    private mutating func compareParts() {
        for part in row.parts {
            var best: (text: String?, holds: Bool?) = (nil, nil)
            var isSettled = false
            // The condition may be the device itself: firmware that is a product of its own.
            if candidate.subject != .device, let model = seen.model,
                part.words.agreement(with: ProductWords(model)) == .same
            {
                best = (
                    "\(model) \(seen.firmware ?? "")",
                    part.range.isAll ? true : version.flatMap { part.range.contains($0) }
                )
                isSettled = true
            }
            // Firmware whose condition is the hardware of the same name, as NVD writes it: the device is that hardware.
            if candidate.subject == .device, candidate.agreement == .same, part.range.isAll, let model = seen.model,
                part.words.isNamed(like: row.words) || part.words.agreement(with: ProductWords(model)) == .same
            {
                best = (model, true)
                isSettled = true
            }
            for component in seen.components where !isSettled {
                let words = ProductWords(Seen.name(component))
                guard
                    part.words.agreement(withPart: words, of: nil) == .same
                        || part.words.agreement(with: words) == .same
                else { continue }
                let found = component.firmware.flatMap { VersionText($0) }
                best.text = [Seen.name(component), component.firmware].compactMap(\.self).joined(separator: " ")
                best.holds = part.range.isAll ? true : found.flatMap { part.range.contains($0) }
                // One such part in such a version is enough.
                if best.holds == true { isSettled = true }
            }
            comparisons.append(
                .init(
                    what: "component", seen: best.text, advisory: "\(part.name) \(part.range.text)", holds: best.holds))
        }
    }

    // MARK: - Words

    private var affirmation: String {
        let name =
            component.map { Seen.name($0) } ?? (candidate.subject == .system ? seen.system : seen.model)
            ?? row.product.product
        let firmware = component == nil ? seen.firmware : component?.firmware
        if listedModel != nil { return "\(name) is one of the models that are affected: \(row.range.text)." }
        if row.range.isAll {
            return row.fixedVersions.isEmpty || firmware == nil
                ? "All versions of \(name) are affected, and no mended one is named."
                : "\(name) runs \(firmware ?? ""), which is before any mended version that is named."
        }
        return "\(name) runs \(firmware ?? "this version"), which is within \(row.range.text)."
    }

    private static func against(_ comparison: Weakness.Comparison) -> String {
        let seen = comparison.seen ?? "what is there"
        switch comparison.what {
        case "version": return "\(seen) is not within \(comparison.advisory)."
        case "component": return "\(seen) is not \(comparison.advisory)."
        default: return "\(seen) is not \(comparison.advisory)."
        }
    }

    private func question(_ comparison: Weakness.Comparison) -> String {
        switch comparison.what {
        case "vendor":
            return comparison.seen == nil
                ? "Its maker is not known; the product bears the name of one of \(comparison.advisory)."
                : "It runs software by the name of a product of \(comparison.advisory)."
        case "product":
            return
                "Which model it is cannot be said for certain: \(comparison.seen ?? "nothing seen") against \(comparison.advisory)."
        case "component":
            return comparison.seen == nil
                ? "Whether it has \(comparison.advisory) is not known."
                : "\(comparison.seen ?? "") against \(comparison.advisory) cannot be said."
        default:
            if row.range.isProse { return "The advisory writes its versions in words: \(comparison.advisory)." }
            guard let seen = comparison.seen else {
                return row.range.isAll
                    ? "Its firmware is not known, and the advisory names a mended version (\(row.fixedVersions.first?.text ?? ""))."
                    : "Its firmware is not known; \(comparison.advisory) is affected."
            }
            if row.range.isAll {
                return "\(seen) against the mended version \(row.fixedVersions.first?.text ?? "") cannot be said."
            }
            return "\(seen) and \(comparison.advisory) cannot be put in order."
        }
    }
}
