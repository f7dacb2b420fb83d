//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Which rows name this device, a part of it, or what runs on it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A row that names something of a device.
struct Candidate: Hashable, Sendable {
    enum Subject: Hashable, Sendable {
        case device
        /// The component at this place of the device's list.
        case component(Int)
        case system
        /// What it is said to do: software by name.
        case role
        /// A part that such devices have; whether this one has it is not known.
        case missingPart
    }
    var row: Int
    var subject: Subject
    var agreement: ProductWords.Agreement
}

/// Finds the candidates of one set of names. What it compares is read once; `RowIndex` says with which rows.
struct NameSearch {
    let all: [AdvisoryRow]
    let names: Names
    let model: ProductWords?
    let label: ProductWords?
    let components: [ProductWords]
    /// The systems that it is said to run.
    let systems: [SystemName]?
    /// The model's words as they may stand in a sentence: `perfusorspace`. Nil where they are too short to mean anything.
    let mention: [UInt8]?

    /// - Parameter vendorWords: words of its maker's names, which say nothing of the product.
    init(_ all: [AdvisoryRow], _ names: Names, vendorWords: [String]) {
        self.all = all
        self.names = names
        model = names.model.map { ProductWords($0, without: vendorWords) }
        label = names.label.map { ProductWords($0, without: vendorWords) }
        components = names.components.map { ProductWords($0, without: vendorWords) }
        systems = names.system.map { SystemName.read($0).systems }
        if let model, let own = names.model, own.utf8.count >= 5, model.words.count > 1 {
            mention = Array(model.words.joined().utf8)
        } else {
            mention = nil
        }
    }

    /// Where its maker is not known, rows of all makers are asked, and little is believed.
    var hasMaker: Bool { names.vendor != nil }

    /// - Parameters:
    ///   - rows: those of the device's own makers, or of all where its maker is not known, ascending.
    ///   - software: rows that its role may name.
    func candidates(among rows: [Int], software: [Int]) -> [Candidate] {
        var found: [Candidate] = []
        for index in rows {
            let row = all[index]
            if row.isSystem {
                if hasMaker, let systems, row.system?.holds(for: systems) != false {
                    found.append(Candidate(row: index, subject: .system, agreement: .same))
                } else if hasMaker, let model, model.folded == row.words.folded {
                    found.append(Candidate(row: index, subject: .device, agreement: .same))
                }
                continue
            }
            // `Agilia` is the family of a module's row; the module itself, where it is seen, decides.
            if hasMaker, row.words.isPart, let part = component(of: row), part.agreement == .same {
                found.append(Candidate(row: index, subject: part.subject, agreement: .same))
                continue
            }
            if let model {
                var agreement = row.words.agreement(with: model)
                if agreement == .none, row.models.contains(where: { $0.agreement(with: model) >= .narrower }) {
                    agreement = .narrower
                }
                if agreement != .none, hasMaker || isPlain(agreement, row.words) {
                    found.append(Candidate(row: index, subject: .device, agreement: agreement))
                    continue
                }
            } else if hasMaker, let label, row.words.agreement(with: label) != .none {
                found.append(Candidate(row: index, subject: .device, agreement: .family))
                continue
            }
            guard hasMaker else { continue }
            if let part = component(of: row) {
                found.append(Candidate(row: index, subject: part.subject, agreement: part.agreement))
            }
        }
        return withoutWeaker(found) + roles(software, found)
    }

    /// Without a maker only a product by its full name is worth a look.
    private func isPlain(_ agreement: ProductWords.Agreement, _ words: ProductWords) -> Bool {
        agreement == .same && (words.hasNumbers || words.words.count > 1)
    }

    // MARK: - Components

    /// The component that the row names. A part that the row puts into such devices, and that nobody has seen, is named, too.
    private func component(of row: AdvisoryRow) -> (subject: Candidate.Subject, agreement: ProductWords.Agreement)? {
        var best: (subject: Candidate.Subject, agreement: ProductWords.Agreement)?
        for (at, component) in components.enumerated() {
            let agreement = row.words.agreement(withPart: component, of: model)
            if agreement != .none, agreement > best?.agreement ?? .none { best = (.component(at), agreement) }
        }
        if let best { return best }
        guard let model, row.words.isPart else { return nil }
        if let at = components.firstIndex(where: { row.words.isOtherPart($0) }) { return (.component(at), .none) }
        // `L81 and earlier that have been installed in a Perfusor Space`: the row's own words name the model.
        let isMentioned = mention.map { row.mentions.holds($0) } ?? false
        return row.words.sharesFamily(with: model) || isMentioned ? (.missingPart, .family) : nil
    }

    // MARK: - Weaker and stronger

    /// Where an advisory has a row for just this product, its rows for relatives of it say nothing more: `3100-IQ` nothing of a
    /// 3100, where both are named.
    private func withoutWeaker(_ found: [Candidate]) -> [Candidate] {
        var strongest: [Int: ProductWords.Agreement] = [:]
        var exact: Set<Int> = []
        for candidate in found where candidate.subject == .device {
            let advisory = all[candidate.row].advisory
            strongest[advisory] = max(strongest[advisory] ?? .none, candidate.agreement)
            if candidate.agreement == .same, model?.folded == all[candidate.row].words.folded { exact.insert(advisory) }
        }
        return found.filter { candidate in
            let row = all[candidate.row]
            guard candidate.subject == .device, strongest[row.advisory] == .same else { return true }
            guard candidate.agreement == .same else { return false }
            guard exact.contains(row.advisory), let model, row.words.folded != model.folded else { return true }
            return !row.words.saysMore(than: model)
        }
    }

    /// Software that a role names: `DICOM toolkit DCMTK`.
    private func roles(_ software: [Int], _ found: [Candidate]) -> [Candidate] {
        guard let role = names.role.map({ ProductWords($0) }) else { return [] }
        return software.filter { index in
            all[index].words.words.allSatisfy(role.words.contains) && !found.contains { $0.row == index }
        }.map { Candidate(row: $0, subject: .role, agreement: .same) }
    }
}

extension ProductWords {
    /// Words that name parts of devices.
    static let partWords: Set<String> = [
        "module", "battery", "card", "adapter", "transmitter", "antenna", "board", "pack", "interface", "dongle",
        "radio",
    ]
    /// Words that any software may have.
    private static let ordinary: Set<String> = [
        "dicom", "viewer", "server", "gateway", "web", "hl7", "client", "database", "portal", "manager", "toolkit",
        "script", "service",
        "web", "tool", "app", "android", "mobile", "imaging", "healthcare",
    ]

    /// Nothing but words that any software may have.
    var isOrdinary: Bool { !hasNumbers && !words.isEmpty && words.allSatisfy(Self.ordinary.contains) }

    var isPart: Bool { words.contains { Self.partWords.contains($0) } }
    /// Which parts: `battery`, `pack`.
    var kinds: [String] { words.filter { Self.partWords.contains($0) } }
    /// The first word of its own.
    var familyWord: String? { words.first { !Self.partWords.contains($0) && $0 != "wifi" && $0 != "data" } }

    /// One that a role could name: words of its own, and no numbers.
    var isSoftwareName: Bool {
        !hasNumbers && words.contains { !Self.ordinary.contains($0) && $0.utf8.count >= 5 } && words.count <= 3
    }

    /// A component of a device against this product: what the row says of the host may be the device itself.
    func agreement(withPart part: ProductWords, of host: ProductWords?) -> Agreement {
        if !folded.isEmpty, folded == part.folded { return .same }
        guard !part.isEmpty, part.words.contains(where: { words.contains($0) || aliases.contains($0) }) || words.isEmpty
        else {
            return .none
        }
        let hasPart = part.words.contains { Self.partWords.contains($0) }
        // `WiFi module` alone is a part of anything: the family has to be the device's.
        let own = part.words.filter {
            !Self.partWords.contains($0) && $0 != "wifi" && $0 != "data" && $0 != "communication"
        }
        let missing = words.filter { word in !part.knows(word) && !part.numbers.contains { $0.prefix == word } }
        let fits = part.words.allSatisfy { knows($0) || aliases.contains($0) || Self.partWords.contains($0) }
        guard fits else { return agreement(with: part) == .narrower && !own.isEmpty ? .narrower : .none }
        if hasNumbers {
            guard part.hasNumbers else { return own.isEmpty ? .none : .family }
            guard agreement(with: part) != .none else { return .none }
        }
        let absent = missing.filter { word in host.map { !$0.knows(word) } ?? true }
        if absent.isEmpty { return .same }
        if own.isEmpty {
            guard hasPart, isPart, let host, sharesFamily(with: host) else { return .none }
            return .same
        }
        // `SpaceStation with SpaceCom 2`: the module is there; that it sits in such a station is not known.
        return missing == absent && host == nil ? .same : .family
    }

    /// A component of the same kind as this part, by another name or number.
    func isOtherPart(_ part: ProductWords) -> Bool {
        let kinds = kinds
        guard !kinds.isEmpty, kinds.allSatisfy(part.words.contains) else { return false }
        return part.words.contains { !knows($0) && !aliases.contains($0) } || (part.hasNumbers && hasNumbers)
    }

    /// The first word of its own is one of the device's.
    func sharesFamily(with host: ProductWords) -> Bool {
        familyWord.map(host.words.contains) ?? false
    }
}
