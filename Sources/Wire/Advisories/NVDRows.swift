//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// NVD, API 2.0: from configurations to rows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The rows of one CVE: each vulnerable product with what must be there beside it.
///
/// A configuration says AND or OR of nodes, a node AND or OR of names. Both are written out as alternatives, each a list of
/// names that must all be there: the first vulnerable one is the row, the others are its conditions.
struct NVDRows {
    private(set) var rows: [AffectedProduct] = []
    /// Names that are no CPE.
    private(set) var unread = 0
    private var seen: Set<AffectedProduct> = []

    /// One name with its versions.
    private struct Part {
        var isVulnerable: Bool
        var name: PlatformName
        var criteria: String
        var versions: String
    }

    mutating func add(_ configuration: NVDVulnerability.Configuration) throws(AdvisoryTrouble) {
        var narrowedBy: [String] = []
        var nodes: [[[Part]]] = []
        for node in configuration.nodes ?? [] {
            let alternatives = try parts(of: node)
            if node.negate == true {
                narrowedBy.append("not on some platforms")
            } else if !alternatives.isEmpty {
                nodes.append(alternatives)
            }
        }
        if configuration.negate == true { narrowedBy.append("other than named") }
        guard configuration.operator?.uppercased() == "AND" else {
            for node in nodes { for alternative in node { try add(alternative, narrowedBy) } }
            return
        }
        // Written out, alternatives multiply. What would be too many is one row a vulnerable name, for a person to judge.
        let count = nodes.reduce(1) { min(AdvisoryLimits.combinations + 1, $0 * min($1.count, 100_000)) }
        guard count <= AdvisoryLimits.combinations else {
            for part in nodes.joined().joined() where part.isVulnerable {
                try add([part], narrowedBy + ["on one of many platforms"])
            }
            return
        }
        var all: [[Part]] = [[]]
        for node in nodes { all = all.flatMap { before in node.map { before + $0 } } }
        for alternative in all { try add(alternative, narrowedBy) }
    }

    private mutating func parts(of node: NVDVulnerability.Node) throws(AdvisoryTrouble) -> [[Part]] {
        var parts: [Part] = []
        for match in node.matches ?? [] {
            let criteria = try AdvisoryText.exact(match.criteria, "a name of a platform")
            guard let name = PlatformName(criteria) else {
                unread += 1
                continue
            }
            parts.append(
                Part(
                    isVulnerable: match.vulnerable, name: name, criteria: criteria,
                    versions: try Self.versions(match, name)))
        }
        guard !parts.isEmpty else { return [] }
        return node.operator?.uppercased() == "AND" ? [parts] : parts.map { [$0] }
    }

    /// In the grammar of CISA's rows: `>= 1.0 | < 2.3`, `vers:all/*`, one version as written.
    private static func versions(_ match: NVDVulnerability.Match, _ name: PlatformName) throws(AdvisoryTrouble)
        -> String
    {
        var bounds: [String] = []
        for (mark, bound) in [
            (">=", match.versionStartIncluding), (">", match.versionStartExcluding), ("<=", match.versionEndIncluding),
            ("<", match.versionEndExcluding),
        ] {
            if let bound, !bound.isEmpty { bounds.append("\(mark) \(try AdvisoryText.exact(bound, "a version"))") }
        }
        if !bounds.isEmpty { return bounds.joined(separator: " | ") }
        // Hardware has no versions, so its "not applicable" means all of it.
        if name.version == nil || name.version == "-" && name.part == "h" { return "vers:all/*" }
        return name.version ?? ""
    }

    private mutating func add(_ alternative: [Part], _ narrowedBy: [String]) throws(AdvisoryTrouble) {
        guard let place = alternative.firstIndex(where: \.isVulnerable) else { return }
        let part = alternative[place]
        var row = AffectedProduct(
            id: "", vendor: part.name.vendor, product: part.name.product, versions: part.versions)
        row.name = part.criteria
        row.narrowedBy = part.name.narrowedBy + narrowedBy
        for (index, other) in alternative.enumerated() where index != place {
            row.conditions.append(
                .init(vendor: other.name.vendor, product: other.name.product, versions: other.versions))
            row.narrowedBy += other.name.narrowedBy
        }
        if row.conditions.count > AdvisoryLimits.conditions {
            row.conditions = []
            row.narrowedBy = Array(row.narrowedBy.prefix(AdvisoryLimits.conditions)) + ["with many other parts"]
        }
        guard seen.insert(row).inserted else { return }
        guard rows.count < AdvisoryLimits.rows else { throw .tooMany("products", most: AdvisoryLimits.rows) }
        row.id = "NVD-\(rows.count + 1)"
        rows.append(row)
    }
}
