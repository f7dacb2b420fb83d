//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Bulletins: advisories about what stands in the simulated hospital, and the documents that they become.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One advisory. Of public ones only the facts are kept: number, revision, days, products with their versions, weaknesses
/// with their scores, and whether there is a fix. All sentences are our own.
struct Bulletin: Sendable {
    struct Row: Sendable {
        /// Behind `CSAFPID-`.
        var number: String
        var isRange: Bool
        var product: String
        var versions: String
    }
    struct Flaw: Sendable {
        var cve: String
        var cwe: String
        /// Places of the rows, from 0; nil for all.
        var rows: [Int]?
        /// CVSS base score in tenths.
        var score: Int
        var vector: String
        var cures: [(category: Character, rows: [Int]?)]
    }
    var id: String
    var revision: String
    var released: String
    var updated: String
    var vendor = ""
    /// Where rows for all versions have a mended one that is named.
    var mended: String?
    var rows: [Row] = []
    var flaws: [Flaw] = []

    /// All of them: what public advisories say about these makers, and what is made up.
    static let all = read(philips) + read(becton) + read(generalElectric) + read(others) + read(madeUp)

    /// Reads the compact form, a line each: `@id~revision~released~updated`; `V` and the vendor; `F` and a mended
    /// version; `=` or `R` (version or
    /// range) with `number~product~versions`; `C` with `cve~cwe~rows~score~vector~cures`. Rows are counted from 1, `*` is all of
    /// them; a cure is a letter of `cures` and its rows.
    static func read(_ text: String) -> [Bulletin] {
        var list: [Bulletin] = []
        for line in text.split(separator: "\n") {
            let parts = line.dropFirst().split(separator: "~", omittingEmptySubsequences: false).map(String.init)
            if line.first == "@" {
                list.append(Bulletin(id: parts[0], revision: parts[1], released: parts[2], updated: parts[3]))
                continue
            }
            let last = list.count - 1
            switch line.first {
            case "V": list[last].vendor = parts[0]
            case "F": list[last].mended = parts[0]
            case "C":
                let cures = parts[5].split(separator: " ").compactMap { cure in
                    cure.first.map { (category: $0, rows: places(cure.dropFirst())) }
                }
                list[last].flaws.append(
                    Flaw(
                        cve: "CVE-" + parts[0], cwe: "CWE-" + parts[1], rows: places(parts[2]),
                        score: Int(parts[3]) ?? 0,
                        vector: "CVSS:3." + parts[4], cures: cures))
            default:
                list[last].rows.append(
                    Row(number: parts[0], isRange: line.first == "R", product: parts[1], versions: parts[2]))
            }
        }
        return list
    }

    private static func places(_ text: some StringProtocol) -> [Int]? {
        text == "*" ? nil : text.split(separator: ",").compactMap { Int($0).map { $0 - 1 } }
    }

    var isSynthetic: Bool { id.hasPrefix("WARD-SIM") }
    /// `icsma-20-254-01.json`
    var fileName: String { id.lowercased() + ".json" }

    // MARK: CSAF 2.0

    private var title: String {
        let count = flaws.count == 1 ? "one weakness" : "\(flaws.count) weaknesses"
        return (isSynthetic ? "Made up for a simulation: " : "")
            + "\(count) in \(rows.first?.product ?? "") of \(vendor)"
    }

    private func identifier(_ place: Int) -> JSONText { .text("CSAFPID-" + rows[place].number) }
    private func identifiers(_ places: [Int]?) -> JSONText { .array((places ?? Array(rows.indices)).map(identifier)) }

    /// The document (CSAF 2.0, 3).
    var bytes: [UInt8] {
        JSONText.object([("document", document), ("product_tree", tree), ("vulnerabilities", weaknesses)]).bytes
    }

    private var document: JSONText {
        let moment = { (day: String) in JSONText.text(day + "T00:00:00.000000Z") }
        let source =
            isSynthetic
            ? "Nothing in this document is real: it belongs to a simulated hospital."
            : "Facts of \(id), restated for a simulated hospital; the publisher's own words are at www.cisa.gov."
        return .object([
            ("category", .text("csaf_security_advisory")), ("csaf_version", .text("2.0")), ("lang", .text("en")),
            ("notes", .array([.object([("category", .text("summary")), ("text", .text(source))])])),
            (
                "publisher",
                .object([
                    ("category", .text("other")), ("name", .text("Wardlight's simulated hospital")),
                    ("namespace", .text("https://hospital.example/")),
                ])
            ),
            ("title", .text(title)),
            (
                "tracking",
                .object([
                    ("current_release_date", moment(updated)), ("id", .text(id)),
                    ("initial_release_date", moment(released)),
                    (
                        "revision_history",
                        .array([
                            .object([
                                ("date", moment(updated)), ("number", .text(revision)),
                                ("summary", .text("as it stands")),
                            ])
                        ])
                    ),
                    ("status", .text("final")), ("version", .text(revision)),
                ])
            ),
        ])
    }

    /// Vendor, products, versions. Rows of one product stay where they are, so that their order is the original's.
    private var tree: JSONText {
        let products = rows.indices.map { place -> JSONText in
            let row = rows[place]
            let leaf = JSONText.object([
                ("category", .text(row.isRange ? "product_version_range" : "product_version")),
                ("name", .text(row.versions)),
                (
                    "product",
                    .object([
                        ("name", .text("\(row.product): \(row.versions)")), ("product_id", identifier(place)),
                    ])
                ),
            ])
            return .object([
                ("branches", .array([leaf])), ("category", .text("product_name")), ("name", .text(row.product)),
            ])
        }
        return .object([
            (
                "branches",
                .array([
                    .object([
                        ("branches", .array(products)), ("category", .text("vendor")), ("name", .text(vendor)),
                    ])
                ])
            )
        ])
    }

    private var weaknesses: JSONText {
        .array(
            flaws.map { flaw in
                .object([
                    ("cve", .text(flaw.cve)),
                    ("cwe", .object([("id", .text(flaw.cwe)), ("name", .text(flaw.cwe))])),
                    ("product_status", .object([("known_affected", identifiers(flaw.rows))])),
                    (
                        "remediations",
                        .array(
                            flaw.cures.map { cure in
                                .object([
                                    ("category", .text(Self.categories[cure.category]?.name ?? "mitigation")),
                                    ("details", .text(words(cure.category))),
                                    ("product_ids", identifiers(cure.rows)),
                                ])
                            })
                    ), ("scores", .array([score(flaw)])),
                ])
            })
    }

    private func words(_ category: Character) -> String {
        let words = Self.categories[category]?.words ?? ""
        guard let mended, category == "f" else { return words }
        return words + " Version \(mended) or later is mended."
    }

    private static let categories: [Character: (name: String, words: String)] = [
        "f": ("vendor_fix", "The maker has an update or a procedure for it: ask its service."),
        "m": ("mitigation", "Keep it in a network of its own, and let only what it needs through to it."),
        "n": ("no_fix_planned", "The maker plans no update: plan its replacement."),
        "o": ("none_available", "There is no update yet."),
        "w": ("workaround", "Switch off what is not used."),
    ]

    private func score(_ flaw: Flaw) -> JSONText {
        let severity =
            switch flaw.score {
            case ..<1: "NONE"
            case ..<40: "LOW"
            case ..<70: "MEDIUM"
            case ..<90: "HIGH"
            default: "CRITICAL"
            }
        return .object([
            (
                "cvss_v3",
                .object([
                    ("baseScore", .tenths(flaw.score)), ("baseSeverity", .text(severity)),
                    ("vectorString", .text(flaw.vector)),
                    ("version", .text(String(flaw.vector.dropFirst(5).prefix(3)))),
                ])
            ), ("products", identifiers(flaw.rows)),
        ])
    }
}
