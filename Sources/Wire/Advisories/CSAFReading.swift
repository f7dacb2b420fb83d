//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CSAF 2.0: from a document to an advisory.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension CSAFDocument {
    /// The advisory, and what of it was left out.
    func read() throws(AdvisoryTrouble) -> (AdvisoryFile.Content, [String]) {
        guard let version = document.version else { throw .missing("document.csaf_version") }
        guard version == "2.0" else { throw .wrongVersion(String(version.prefix(20))) }
        guard let tracking = document.tracking, let id = AdvisoryText.words(tracking.id) else {
            throw .missing("document.tracking.id")
        }
        guard id.unicodeScalars.count <= 200 else { throw .tooLong("its tracking id", most: 200) }
        var advisory = Advisory(
            id: id, title: AdvisoryText.words(document.title?.value, most: AdvisoryLimits.title) ?? id,
            publisher: AdvisoryText.words(document.publisher?.value?.name, most: 200) ?? "", digest: "")
        advisory.url = link
        advisory.revision = try AdvisoryText.exact(tracking.version ?? "", "its revision")
        advisory.released = AdvisoryText.moment(tracking.initialRelease)
        advisory.updated = AdvisoryText.moment(tracking.currentRelease) ?? advisory.released

        advisory.exploits = ExploitSentence.read(exploitTexts)
        let rows = try CSAFRows(tree ?? Tree())
        advisory.products = rows.rows
        var joiner = StatusJoiner(rows: rows, groups: tree?.groups ?? [])
        let weak = vulnerabilities ?? []
        guard weak.count <= AdvisoryLimits.vulnerabilities else {
            throw .tooMany("vulnerabilities", most: AdvisoryLimits.vulnerabilities)
        }
        for (index, vulnerability) in weak.enumerated() {
            advisory.vulnerabilities.append(try joiner.read(vulnerability, number: index + 1))
        }
        var notes: [String] = []
        func note(_ count: Int, _ what: String) { if count > 0 { notes.append("\(count) \(what)") } }
        note(rows.repeated, "products have an id that another has already; left out.")
        note(rows.dangling, "relationships are of products that are not in the tree; left out.")
        note(joiner.unknown, "references to products that are not in the tree; left out.")
        note(joiner.contradicted, "products are both affected and not affected by one vulnerability; taken as open.")
        return (.csaf(advisory), notes)
    }

    /// Notes of the whole document, and what is said of the threat that a vulnerability is (CSAF 2.0, 3.2.3.14). Notes of a
    /// vulnerability tell how an attack works, not whether its tools are public.
    private var exploitTexts: [String] {
        let threats = (vulnerabilities ?? []).prefix(AdvisoryLimits.vulnerabilities).flatMap { vulnerability in
            (vulnerability.threats?.value ?? []).compactMap { threat in
                threat.value?.category == "exploit_status" ? threat.value?.details : nil
            }
        }
        return threats + (document.notes?.value ?? []).compactMap { $0.value?.text }
    }

    /// The page for people; the JSON's own address where there is no other.
    private var link: String? {
        let own = (document.references?.value ?? []).filter { $0.category == "self" }
            .compactMap { AdvisoryText.link($0.url) }
        return own.first { !$0.lowercased().hasSuffix(".json") } ?? own.first
    }
}

/// Puts together what a document says of its vulnerabilities and rows.
private struct StatusJoiner {
    let rows: CSAFRows
    private var groups: [String: [String]] = [:]
    private var references = 0
    private(set) var unknown = 0
    private(set) var contradicted = 0

    init(rows: CSAFRows, groups: [CSAFDocument.Tree.Group]) {
        self.rows = rows
        for group in groups where self.groups[group.id] == nil { self.groups[group.id] = group.products }
    }

    mutating func read(_ weak: CSAFDocument.Weak, number: Int) throws(AdvisoryTrouble) -> Vulnerability {
        let title = AdvisoryText.words(weak.title?.value, most: AdvisoryLimits.title)
        let given = weak.ids?.value?.lazy.compactMap { AdvisoryText.words($0.text, most: 100) }.first
        var vulnerability = Vulnerability(
            cve: AdvisoryText.cve(weak.cve) ?? given ?? title ?? "vulnerability \(number)")
        vulnerability.title = title
        vulnerability.weakness = AdvisoryText.words(weak.kind?.value?.id, most: 40)
        let scores = weak.scores?.value ?? []
        let best =
            Self.highest(scores.compactMap { $0.v3?.value }) ?? Self.highest(scores.compactMap { $0.v2?.value })
        vulnerability.score = best?.score
        vulnerability.vector = best?.vector
        if let status = weak.status { try read(status, into: &vulnerability) }
        for remedy in weak.remedies ?? [] {
            if let remediation = try read(remedy) { vulnerability.remediations.append(remediation) }
        }
        return vulnerability
    }

    /// A document may score groups of products apart; the highest stands for the vulnerability.
    private static func highest(_ values: [CSAFDocument.Score.Value]) -> (score: Int, vector: String?)? {
        var best: (score: Int, vector: String?)?
        for value in values {
            guard let score = AdvisoryText.tenths(value.baseScore), score > best?.score ?? -1 else { continue }
            best = (score, AdvisoryText.words(value.vectorString, most: 200))
        }
        return best
    }

    /// CSAF 2.0, 3.2.3.9, in the groups of its test 6.1.6. What is said to be both affected and not is open.
    private mutating func read(
        _ status: CSAFDocument.Status, into vulnerability: inout Vulnerability
    ) throws(AdvisoryTrouble) {
        var affected = try known([status.firstAffected, status.knownAffected, status.lastAffected])
        var notAffected = try known([status.knownNotAffected])
        var fixed = try known([status.firstFixed, status.fixed])
        let open = try known([status.underInvestigation])
        var claimed: Set<String> = []
        var contested: Set<String> = []
        for list in [affected, notAffected, fixed, open] {
            for id in list where !claimed.insert(id).inserted { contested.insert(id) }
        }
        // Recommended is no verdict of its own, but nobody recommends what is affected.
        fixed += try known([status.recommended]).filter { !claimed.contains($0) }
        contradicted += contested.count
        let disputed = (affected + notAffected + fixed).filter { contested.contains($0) && !open.contains($0) }
        affected.removeAll { contested.contains($0) }
        notAffected.removeAll { contested.contains($0) }
        fixed.removeAll { contested.contains($0) }
        vulnerability.affected = affected
        vulnerability.notAffected = notAffected
        vulnerability.fixed = fixed
        vulnerability.underInvestigation = open + Self.once(disputed)
    }

    private mutating func read(_ remedy: CSAFDocument.Remedy) throws(AdvisoryTrouble) -> Remediation? {
        let category: Remediation.Category
        switch remedy.category {
        case "fix_planned": category = .noneAvailable
        case let name: category = .init(rawValue: name) ?? .mitigation
        }
        let named = [remedy.products] + (remedy.groups ?? []).prefix(AdvisoryLimits.rows).map { groups[$0] ?? [$0] }
        let products = try known(named)
        // Meant for some rows of which none is here: it must not become one for all.
        if products.isEmpty, remedy.products?.isEmpty == false || remedy.groups?.isEmpty == false { return nil }
        return Remediation(
            category: category, details: AdvisoryText.words(remedy.details) ?? "",
            url: AdvisoryText.link(remedy.url?.value), products: products)
    }

    /// Ids that are rows, each once, in their order.
    private mutating func known(_ lists: [[String]?]) throws(AdvisoryTrouble) -> [String] {
        var found: [String] = []
        for list in lists {
            for id in list ?? [] {
                references += 1
                guard references <= AdvisoryLimits.references else {
                    throw .tooMany("references to products", most: AdvisoryLimits.references)
                }
                if rows.contains(id) { found.append(id) } else { unknown += 1 }
            }
        }
        return Self.once(found)
    }

    private static func once(_ ids: [String]) -> [String] {
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }
    }
}
