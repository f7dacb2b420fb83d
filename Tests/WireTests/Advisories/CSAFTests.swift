//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: what a CSAF 2.0 document may say, beyond what CISA's say today, is read as the standard means it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing
import Wire

@Suite struct `CSAF 2.0` {
    /// A document around a tree and vulnerabilities.
    static func document(
        tree: String = "{}", vulnerabilities: String = "[]", version: String = "\"2.0\"",
        tracking: String = #"{"id": "TEST-1", "version": "1.2.0", "current_release_date": "2024-03-01T00:00:00Z"}"#
    ) -> Data {
        Data(
            """
            {"document": {"csaf_version": \(version), "title": " A pump ", "publisher": {"name": "Maker"},
            "references": [{"category": "self", "url": "https://a.example/x.json"},
            {"category": "external", "url": "https://b.example/"}, {"category": "self", "url": "https://a.example/x"}],
            "tracking": \(tracking)}, "product_tree": \(tree), "vulnerabilities": \(vulnerabilities)}
            """.utf8)
    }

    static func read(_ data: Data) throws -> (Advisory, [String]) {
        let file = try AdvisoryFile(data)
        guard case .csaf(let advisory) = file.content else { throw AdvisoryTrouble.unknownForm }
        return (advisory, file.notes)
    }

    static func branch(_ category: String, _ name: String, _ inner: String) -> String {
        #"{"category": "\#(category)", "name": "\#(name)", "branches": [\#(inner)]}"#
    }

    static func leaf(_ category: String, _ name: String, _ id: String) -> String {
        #"{"category": "\#(category)", "name": "\#(name)", "product": {"name": "whole \#(id)", "product_id": "\#(id)"}}"#
    }

    @Test func `the head says who, when, which revision and where people read it`() throws {
        let (advisory, notes) = try Self.read(Self.document())
        #expect(advisory.id == "TEST-1" && advisory.title == "A pump" && advisory.publisher == "Maker")
        #expect(advisory.revision == "1.2.0" && advisory.updated == Timestamp(rfc3339: "2024-03-01T00:00:00Z"))
        #expect(advisory.url == "https://a.example/x" && advisory.verification == .unverified && notes.isEmpty)
    }

    @Test(
        arguments: [
            ("Known public exploits specifically target this vulnerability.", true),
            ("Public exploits that target these vulnerabilities are known to exist.", true),
            ("Exploits that target these vulnerabilities are publicly available.", true),
            ("Exploits that target some of these vulnerabilities are known to be publicly available.", true),
            ("An exploit for this vulnerability is publicly available.", true),
            ("Exploit code for CVE-2020-1 has been published on the Internet.", true),
            ("Proof-of-concept code is publicly available.", true), ("A public proof of concept exists.", true),
            (
                "No known public exploits specifically target this vulnerability. However, exploit code is publicly available.",
                true
            ),
            ("This vulnerability is exploitable remotely.\\nPublic exploits are known to exist.", true),
            ("Known public exploitation targeting this vulnerability has been found.", true),
            ("No known public exploits specifically target these vulnerabilities.", false),
            (
                "No known public exploits specifically target this these vulnerabilities. High skill is needed to exploit.",
                false
            ),
            (
                "No known public exploitation specifically targeting this vulnerability has been reported to CISA.",
                false
            ),
            ("Exploits are not known to be publicly available.", false),
            ("CISA is not aware of any public exploit.", false),
            ("There is no publicly available exploit code.", false),
            ("An attacker could exploit the publicly known password.", nil),
            ("Successful exploitation could make public data available.", nil),
            ("Additional mitigation guidance is publicly available.", nil), ("Public key exchange is known.", nil),
            ("If a public exploit becomes available, CISA may update this page.", nil), ("", nil),
        ] as [(String, Bool?)])
    func `what a note says of public exploits is read, with its sentence`(text: String, isPublic: Bool?) throws {
        let whole = String(decoding: Self.document(), as: UTF8.self)
        func read(_ members: String) throws -> Advisory {
            try Self.read(Data(whole.replacing("\"title\":", with: members + ", \"title\":").utf8)).0
        }
        let note = #""notes": [{"category": "other", "title": "Exploitability", "text": "\#(text)"}, {"text": 7}, 7]"#
        let advisory = try read(note)
        #expect(advisory.exploits?.isPublic == isPublic, "\(String(describing: advisory.exploits))")
        #expect((advisory.exploits == nil) == (isPublic == nil))
        if let said = advisory.exploits?.sentence { #expect(!said.isEmpty && text.contains(said)) }
        #expect(try read(#""notes": "\#(text)""#).exploits == nil)
    }

    @Test func `what is said of a vulnerability's threat counts, how it is exploited does not`() throws {
        let said = "Exploits are publicly available."
        let threat = #"[{"threats": [{"category": "exploit_status", "details": "\#(said)"}]}]"#
        #expect(try Self.read(Self.document(vulnerabilities: threat)).0.exploits?.isPublic == true)
        let impact =
            #"[{"threats": [{"category": "impact", "details": "\#(said)"}, 7], "notes": [{"text": "\#(said)"}]}]"#
        #expect(try Self.read(Self.document(vulnerabilities: impact)).0.exploits == nil)
    }

    @Test func `branches of any category and depth become rows as written`() throws {
        let tree = """
            {"branches": [\(Self.branch("vendor", "Medtronic ", """
                \(Self.branch("product_family", "MiniMed", """
                    \(Self.branch("product_name", "MiniMed 600", """
                        \(Self.leaf("product_version_range", ">= 1.0 | < 2.0", "A")),
                        \(Self.branch("product_version", "4.20", Self.leaf("service_pack", "SR1", "B"))),
                        \(Self.branch("product_version", "3", Self.leaf("language", "German", "C"))),
                        \(Self.branch("product_version_range", "<4", Self.leaf("product_version_range", ">2", "D")))
                        """)), \(Self.leaf("product_version", "9", "E"))
                    """)), \(Self.leaf("product_name", "Pump", "F"))
                """))]}
            """
        let (advisory, _) = try Self.read(Self.document(tree: tree))
        #expect(advisory.products.map(\.id) == ["A", "B", "C", "D", "E", "F"])
        #expect(advisory.products.map(\.versions) == [">= 1.0 | < 2.0", "4.20 SR1", "3", "<4 | >2", "9", ""])
        #expect(advisory.products.allSatisfy { $0.vendor == "Medtronic " && $0.name == "whole \($0.id)" })
        #expect(advisory.products.map(\.product) == Array(repeating: "MiniMed 600", count: 4) + ["MiniMed", "Pump"])
        #expect(advisory.products[0].family == "MiniMed" && advisory.products[5].family == nil)
        #expect(advisory.products[2].narrowedBy == ["language: German"] && advisory.products[0].narrowedBy.isEmpty)
    }

    @Test func `products without branches are read by their name, or by their CPE`() throws {
        let (advisory, _) = try Self.read(
            Self.document(
                tree: #"""
                    {"full_product_names": [{"name": "Some pump 2", "product_id": "A"},
                    {"name": "Battery", "product_id": "B", "product_identification_helper":
                     {"cpe": "cpe:2.3:o:bbraun:battery_pack_sp:028u00061:*:*:*:*:*:*:*"}},
                    {"name": "Meter", "product_id": "C", "product_identification_helper":
                     {"serial_numbers": ["17", "18"], "cpe": 4}}]}
                    """#))
        #expect(advisory.products.map(\.product) == ["Some pump 2", "battery pack sp", "Meter"])
        #expect(advisory.products.map(\.vendor) == ["", "bbraun", ""])
        #expect(advisory.products.map(\.versions) == ["", "028u00061", ""])
        // The helper of the third is of another kind than it should be: it is none.
        #expect(advisory.products[2].narrowedBy.isEmpty)
    }

    @Test(arguments: [
        "installed_on", "default_component_of", "external_component_of", "installed_with", "optional_component_of",
    ])
    func `a relationship is a row with a condition, also when one stands on another`(category: String) throws {
        func relation(_ id: String, _ product: String, _ other: String) -> String {
            #"""
            {"category": "\#(category)", "product_reference": "\#(product)", "relates_to_product_reference": "\#(other)",
             "full_product_name": {"name": "both \#(id)", "product_id": "\#(id)"}}
            """#
        }
        let tree = """
            {"branches": [\(Self.branch("vendor", "BD", """
                \(Self.branch("product_name", "Wireless module", Self.leaf("product_version", "17", "M"))),
                \(Self.branch("product_name", "Alaris 8015", Self.leaf("product_version_range", "<= 9.33", "P"))),
                \(Self.branch("product_name", "Dock", Self.leaf("product_version", "vers:all/*", "D")))
                """))], "relationships": [\(relation("R2", "R1", "D")), \(relation("R1", "M", "P")),
                \(relation("R3", "R3", "P")), \(relation("R4", "M", "none"))]}
            """
        let (advisory, notes) = try Self.read(Self.document(tree: tree))
        #expect(advisory.products.map(\.id) == ["M", "P", "D", "R1", "R2"])
        #expect(advisory.products[3].product == "Wireless module" && advisory.products[3].versions == "17")
        #expect(advisory.products[3].conditions == [.init(vendor: "BD", product: "Alaris 8015", versions: "<= 9.33")])
        #expect(advisory.products[4].conditions.map(\.product) == ["Alaris 8015", "Dock"])
        #expect(advisory.products[4].name == "both R2")
        #expect(notes == ["2 relationships are of products that are not in the tree; left out."])
    }

    static let three = """
        {"branches": [\(branch("vendor", "V", branch("product_name", "P", """
            \(leaf("product_version", "1", "A")), \(leaf("product_version", "2", "B")),
            \(leaf("product_version", "3", "C")), \(leaf("product_version", "4", "D"))
            """)))],
         "product_groups": [{"group_id": "G", "product_ids": ["B", "A"]}]}
        """

    @Test func `each kind of status says what the standard means by it`() throws {
        let (advisory, notes) = try Self.read(
            Self.document(
                tree: Self.three,
                vulnerabilities: """
                    [{"cve": "CVE-2024-0001", "product_status": {"first_affected": ["A"], "known_affected": ["A", "B"],
                      "known_not_affected": ["C"], "recommended": ["D", "A"]}},
                     {"ids": [{"system_name": "x", "text": "VU#1"}], "product_status": {"last_affected": ["A"],
                      "first_fixed": ["B"], "fixed": ["C"], "under_investigation": ["D", "Z"]}},
                     {"title": "two minds", "product_status": {"known_affected": ["A", "B"], "fixed": ["A"]}}, {}]
                    """))
        let all = advisory.vulnerabilities
        #expect(all.map(\.cve) == ["CVE-2024-0001", "VU#1", "two minds", "vulnerability 4"])
        #expect(all[0].affected == ["A", "B"] && all[0].notAffected == ["C"] && all[0].fixed == ["D"])
        #expect(all[1].affected == ["A"] && all[1].fixed == ["B", "C"] && all[1].underInvestigation == ["D"])
        // Affected and fixed at once cannot be: a person has to look.
        #expect(all[2].affected == ["B"] && all[2].fixed.isEmpty && all[2].underInvestigation == ["A"])
        #expect(
            notes.count == 2 && notes[0].hasPrefix("1 references to products") && notes[1].hasPrefix("1 products are"))
    }

    @Test func `remedies are for rows, for groups, or for all; scores are the highest`() throws {
        let (advisory, _) = try Self.read(
            Self.document(
                tree: Self.three,
                vulnerabilities: """
                    [{"cve": "cve-2024-00017 ", "cwe": {"id": "CWE-20", "name": "n"},
                      "scores": [{"cvss_v2": {"baseScore": 10.0, "vectorString": "old"}, "products": ["A"]},
                       {"cvss_v3": {"baseScore": 7.3, "vectorString": "seven"}, "products": ["A"]},
                       {"cvss_v3": {"baseScore": 9.8, "vectorString": "nine"}, "products": ["B"]}],
                      "product_status": {"known_affected": ["A"]},
                      "remediations": [{"category": "vendor_fix", "details": " Update ", "product_ids": ["C"],
                        "group_ids": ["G"], "url": "https://fix.example/"},
                       {"category": "workaround", "details": "Unplug", "url": "javascript:alert(1)"},
                       {"category": "fix_planned", "details": "Soon", "product_ids": ["none"]},
                       {"category": "no_fix_planned"}]},
                     {"scores": [{"cvss_v2": {"baseScore": 4.95, "vectorString": "v"}}], "cwe": "wrong"},
                     {"scores": [{"cvss_v3": {"baseScore": 1e300}}]}]
                    """))
        let first = advisory.vulnerabilities[0]
        #expect(first.cve == "CVE-2024-00017" && first.weakness == "CWE-20")
        #expect(first.score == 98 && first.vector == "nine")
        #expect(first.remediations.map(\.category) == [.vendorFix, .workaround, .noFixPlanned])
        #expect(first.remediations[0].products == ["C", "B", "A"] && first.remediations[0].details == "Update")
        #expect(first.remediations[0].url == "https://fix.example/" && first.remediations[1].url == nil)
        #expect(first.remediations[1].products.isEmpty)
        #expect(advisory.vulnerabilities[1].score == 50 && advisory.vulnerabilities[1].weakness == nil)
        #expect(advisory.vulnerabilities[2].score == nil)
    }

    @Test func `a mark at the beginning and letters of any tongue are no trouble`() throws {
        let tree = #"{"full_product_names": [{"name": "Innokas Yhtym\u00c3\u00a4 – Dräger", "product_id": "A"}]}"#
        let (advisory, _) = try Self.read(Data([0xEF, 0xBB, 0xBF]) + Self.document(tree: tree))
        #expect(advisory.products[0].product == "Innokas YhtymÃ¤ – Dräger")
    }

    static let refusals: [(Data, String)] = [
        (Data(), "it is empty"), (Data(" \n".utf8), "it is empty"), (Data("<html>".utf8), "it is no whole JSON"),
        (document().dropLast(30), "was it cut on its way?"),
        (document(version: "\"2.1\""), "it is CSAF 2.1; this program reads CSAF 2.0"),
        (document(version: "null"), "it has no document.csaf_version"),
        (document(version: "2.0"), "document.csaf_version is not of the kind"),
        (document(tracking: "null"), "it has no document.tracking.id"),
        (document(tracking: #"{"id": " ", "version": "1"}"#), "it has no document.tracking.id"),
        (document(tree: #"{"branches": {}}"#), "product_tree.branches is not of the kind"),
        (document(tree: #"{"branches": [{"category": "vendor"}]}"#), "it has no product_tree.branches[0].name"),
        (document(vulnerabilities: #"[{"product_status": ["A"]}]"#), "vulnerabilities[0].product_status is not of"),
        (
            document(
                tree:
                    #"{"full_product_names": [{"name": "\#(String(repeating: "x", count: 2_001))", "product_id": "A"}]}"#
            ),
            "a name in its product tree has more than 2000 characters"
        ),
        (Data("{}".utf8), "neither CSAF 2.0, NVD 2.0 nor"), (Data("[1]".utf8), "it"),
        (Data(String(repeating: "[", count: 200_000).utf8), "it is no whole JSON"),
        (Data(String(repeating: #"{"a":"#, count: 200_000).utf8), "Too many nested"),
    ]

    @Test func `what cannot be used is refused in a clear sentence`() {
        for (data, words) in Self.refusals {
            do {
                _ = try AdvisoryFile(data)
                Issue.record("read: \(words)")
            } catch { #expect("\(error)".contains(words), "\(error)") }
        }
    }

    @Test func `a tree may be deep, but has an end`() throws {
        func deep(_ levels: Int) -> Data {
            let tree = (0..<levels).reduce(Self.leaf("product_version", "1", "A")) { inner, level in
                Self.branch(level == levels - 1 ? "vendor" : "product_family", "n\(level)", inner)
            }
            return Self.document(tree: #"{"branches": [\#(tree)]}"#)
        }
        #expect(try Self.read(deep(31)).0.products.count == 1)
        #expect(throws: AdvisoryTrouble.tooDeep(most: 32)) { try AdvisoryFile(deep(33)) }
        #expect(throws: AdvisoryTrouble.self) { try AdvisoryFile(deep(2_000)) }
    }

    @Test func `a document cannot grow by what it refers to`() {
        let ids = (0..<2_000).map { "\"P\($0)\"" }.joined(separator: ",")
        let products = (0..<2_000).map { #"{"name": "n", "product_id": "P\#($0)"}"# }.joined(separator: ",")
        let tree =
            #"{"full_product_names": [\#(products)], "product_groups": [{"group_id": "G", "product_ids": [\#(ids)]}]}"#
        let remedy = #"{"category": "mitigation", "group_ids": ["G"]}"#
        let weak = #"[{"remediations": [\#(Array(repeating: remedy, count: 501).joined(separator: ","))]}]"#
        #expect(throws: AdvisoryTrouble.tooMany("references to products", most: 1_000_000)) {
            try AdvisoryFile(Self.document(tree: tree, vulnerabilities: weak))
        }
    }
}
