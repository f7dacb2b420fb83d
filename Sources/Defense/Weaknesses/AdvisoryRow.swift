//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// One row of an advisory, read once: its product, its versions, what else has to be there, and what it says to do.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A row of an advisory, ready to be held against devices.
final class AdvisoryRow: Sendable {
    /// What the advisory says of the row.
    enum Standing: Hashable, Sendable {
        case affected, underInvestigation, notAffected, fixed
    }

    /// Something else that has to be there, in some versions.
    struct Part: Hashable, Sendable {
        /// As the advisory writes it.
        var name: String
        var words: ProductWords
        var range: VersionRange
        /// The maker, where the advisory names one.
        var vendor: String?
    }

    let advisory: Int
    let product: AffectedProduct
    let standing: Standing
    /// The words of the product; of the advisory's title where the product has none of its own (`Version`).
    let words: ProductWords
    let isByTitle: Bool
    /// Models that stand in the place of versions (`Accu-Chek Inform II`), where a person has to read them.
    let models: [ProductWords]
    let range: VersionRange
    /// What stands in the place of versions names models (`Model 3120`, `620 | 650c`): other versions mean nothing.
    let namesModels: Bool
    /// The release that the product's name ends with (`Xeleris 3.1`), and the name without it.
    let edition: (version: VersionText, words: ProductWords)?
    /// `v8.x model 35700BAX2`.
    let orderedAs: String?
    let parts: [Part]
    /// The row is an operating system (`Windows XP`), or asks for one (`used with Windows XP systems`).
    let system: SystemName?
    let isSystem: Bool
    /// A mended version that the row's remediations name.
    let fixedVersions: [VersionText]
    /// The publisher's own words for a part, folded: they may say in which devices it is.
    let mentions: [UInt8]
    /// A weakness with everything that is the same for each device.
    let draft: Weakness
    /// What decides the order of work, as far as it is the same for each device.
    let points: Deployer.Points

    init(
        _ product: AffectedProduct, at index: Int, of advisory: Advisory, set: AdvisorySet,
        vendorWords: (String) -> [String]
    ) {
        self.product = product
        self.advisory = index
        let rows = Vulnerabilities(of: product.id, in: advisory)
        standing = rows.standing

        let naming = Naming(product)
        var words = ProductWords(naming.product, without: vendorWords(product.vendor))
        let (systems, rest) = SystemName.read(naming.product)
        if systems.count == 1 {
            let others = rest.filter { !ProductWords.generic.contains($0) }
            isSystem = others.isEmpty
            system = systems[0]
            if !isSystem {
                words = ProductWords(others.joined(separator: " "), without: vendorWords(product.vendor), known: words)
                words.mayHave(systems[0].words)
            }
        } else {
            isSystem = false
            system = nil
        }
        isByTitle = words.isEmpty && !isSystem
        if isByTitle {
            words = ProductWords(Naming.subject(of: advisory.title), without: vendorWords(product.vendor), known: words)
        }
        self.words = words
        range = naming.range
        namesModels = naming.namesModels
        models =
            range.isProse || namesModels
            ? naming.models.map { ProductWords($0, without: vendorWords(product.vendor)) } : []
        edition = Naming.edition(of: naming.product).map {
            ($0.version, ProductWords($0.name, without: vendorWords(product.vendor)))
        }
        orderedAs = naming.orderedAs
        parts =
            naming.parts.map { Part(name: $0.name, words: ProductWords($0.name), range: $0.range, vendor: nil) }
            + product.conditions.map {
                Part(
                    name: $0.product, words: ProductWords($0.product, without: vendorWords($0.vendor)),
                    range: VersionRange($0.versions),
                    vendor: $0.vendor)
            }
        fixedVersions = range.isAll ? NamedFix.versions(in: rows.fixes + rows.mitigations) : []
        mentions = words.isPart ? product.name.map { Array(ProductWords.fold($0).utf8) } ?? [] : []
        draft = rows.draft(product.id, advisory, set)
        points = Deployer.Points(of: draft, advisory.exploits)
    }

    var vendor: String { product.vendor }
}

/// What the vulnerabilities of an advisory say of one row.
private struct Vulnerabilities {
    var standing = AdvisoryRow.Standing.affected
    var found: [Vulnerability] = []
    var fixes: [Remediation] = []
    var mitigations: [Remediation] = []

    init(of row: String, in advisory: Advisory) {
        var standings: Set<AdvisoryRow.Standing> = []
        for vulnerability in advisory.vulnerabilities {
            var isMeant = true
            if vulnerability.affected.contains(row) {
                standings.insert(.affected)
            } else if vulnerability.underInvestigation.contains(row) {
                standings.insert(.underInvestigation)
            } else if vulnerability.fixed.contains(row) {
                standings.insert(.fixed)
                isMeant = false
            } else if vulnerability.notAffected.contains(row) {
                standings.insert(.notAffected)
                isMeant = false
            } else {
                // Named in no list: only where there are none at all is the whole tree of products meant.
                isMeant =
                    vulnerability.affected.isEmpty && vulnerability.underInvestigation.isEmpty
                    && vulnerability.fixed.isEmpty
                    && vulnerability.notAffected.isEmpty
            }
            guard isMeant else { continue }
            found.append(vulnerability)
            for remediation in vulnerability.remediations
            where remediation.products.isEmpty || remediation.products.contains(row) {
                let isFix = remediation.category == .vendorFix
                if isFix, !fixes.contains(remediation) { fixes.append(remediation) }
                if !isFix, !mitigations.contains(remediation) { mitigations.append(remediation) }
            }
        }
        if standings.contains(.affected) || standings.isEmpty {
            standing = .affected
        } else if standings.contains(.underInvestigation) {
            standing = .underInvestigation
        } else {
            standing = standings.contains(.fixed) ? .fixed : .notAffected
        }
    }

    func draft(_ row: String, _ advisory: Advisory, _ set: AdvisorySet) -> Weakness {
        var weakness = Weakness(
            advisory: advisory.id, title: advisory.title, row: row, verdict: .needsReview, reason: "", comparisons: [],
            verification: advisory.verification)
        weakness.released = advisory.released
        weakness.fixes = fixes
        weakness.mitigations = mitigations
        for vulnerability in found {
            if !weakness.cves.contains(vulnerability.cve) { weakness.cves.append(vulnerability.cve) }
            if let score = vulnerability.score, score > weakness.score ?? -1 {
                weakness.score = score
                weakness.vector = vulnerability.vector
            }
        }
        weakness.exploited = weakness.cves.filter { set.exploited[$0] != nil }
        weakness.forecast = weakness.cves.compactMap { set.forecasts[$0]?.probability }.max()
        return weakness
    }
}
