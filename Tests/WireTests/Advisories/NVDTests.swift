//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: NVD's configurations become rows with versions and conditions; KEV and EPSS are read, or refused by line.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing
import Wire

@Suite struct `NVD, KEV and EPSS` {
    /// Shaped like CVE-2021-33885: firmware that is weak on either of two pumps.
    static func cve(_ configurations: String, id: String = "CVE-2021-33885", more: String = "") -> String {
        """
        {"id": "\(id)", "sourceIdentifier": "cve@mitre.org", "published": "2021-08-25T12:15:16.873",
         "lastModified": "2022-10-27T13:01:03.650", "vulnStatus": "Analyzed", \(more)
         "descriptions": [{"lang": "es", "value": "otra"}, {"lang": "en", "value": "Data is not verified."}],
         "metrics": {"cvssMetricV31": [
           {"type": "Secondary", "cvssData": {"baseScore": 10.0, "vectorString": "CVSS:3.1/AV:N/S:C"}},
           {"type": "Primary", "cvssData": {"baseScore": 9.8, "vectorString": "CVSS:3.1/AV:N/S:U"}}],
          "cvssMetricV2": "of another kind"},
         "weaknesses": [{"type": "Primary", "description": [{"lang": "en", "value": "NVD-CWE-noinfo"}]},
          {"type": "Secondary", "description": [{"lang": "en", "value": "CWE-347"}]}],
         "configurations": \(configurations)}
        """
    }

    static func match(_ vulnerable: Bool, _ criteria: String, _ bounds: String = "") -> String {
        #"{"vulnerable": \#(vulnerable), "criteria": "\#(criteria)"\#(bounds)}"#
    }

    static func node(_ operation: String, _ matches: String...) -> String {
        #"{"operator": "\#(operation)", "negate": false, "cpeMatch": [\#(matches.joined(separator: ","))]}"#
    }

    static func configuration(_ operation: String?, _ nodes: String...) -> String {
        let words = operation.map { #""operator": "\#($0)", "# } ?? ""
        return "{\(words)\"nodes\": [\(nodes.joined(separator: ","))]}"
    }

    static let firmware = match(
        true, "cpe:2.3:o:bbraun:spacecom2:*:*:*:*:*:*:*:*", #", "versionEndExcluding": "012u000062""#)
    static let pump = match(false, "cpe:2.3:h:bbraun:infusomat_large_volume_pump_871305u:-:*:*:*:*:*:*:*")
    static let station = match(false, "cpe:2.3:h:bbraun:spacestation_8713142u:-:*:*:*:*:*:*:*")

    static func read(_ text: String) throws -> ([Advisory], [String]) {
        let file = try AdvisoryFile(Data(text.utf8))
        guard case .nvd(let advisories) = file.content else { throw AdvisoryTrouble.unknownForm }
        return (advisories, file.notes)
    }

    static func rows(_ configurations: String...) throws -> [AffectedProduct] {
        try #require(try read(cve("[\(configurations.joined(separator: ","))]")).0.first).products
    }

    @Test func `firmware on either of two pumps is a row each, with the pump as its condition`() throws {
        let (advisories, notes) = try Self.read(
            Self.cve(
                "[\(Self.configuration("AND", Self.node("OR", Self.firmware), Self.node("OR", Self.pump, Self.station)))]"
            ))
        let advisory = try #require(advisories.first)
        #expect(advisory.id == "CVE-2021-33885" && advisory.title == "Data is not verified." && notes.isEmpty)
        #expect(advisory.url == "https://nvd.nist.gov/vuln/detail/CVE-2021-33885")
        #expect(advisory.released == Timestamp(rfc3339: "2021-08-25T12:15:16.873Z"))
        #expect(advisory.products.map(\.product) == ["spacecom2", "spacecom2"])
        #expect(advisory.products.allSatisfy { $0.vendor == "bbraun" && $0.versions == "< 012u000062" })
        #expect(
            advisory.products.map(\.conditions) == [
                [.init(vendor: "bbraun", product: "infusomat large volume pump 871305u", versions: "vers:all/*")],
                [.init(vendor: "bbraun", product: "spacestation 8713142u", versions: "vers:all/*")],
            ])
        let vulnerability = try #require(advisory.vulnerabilities.first)
        #expect(vulnerability.affected == ["NVD-1", "NVD-2"] && vulnerability.weakness == "CWE-347")
        #expect(vulnerability.score == 98 && vulnerability.vector == "CVSS:3.1/AV:N/S:U")
    }

    @Test(arguments: [
        (#", "versionStartIncluding": "1.0", "versionEndExcluding": "2.3""#, "*", ">= 1.0 | < 2.3"),
        (#", "versionStartExcluding": "1.0", "versionEndIncluding": "2.3""#, "*", "> 1.0 | <= 2.3"),
        ("", "*", "vers:all/*"), ("", "4.20", "4.20"), ("", "4.20:sr1", "4.20 sr1"), ("", "-", "-"),
        ("", #"a10\\:2\\-b"#, "a10:2-b"),
    ])
    func `versions are written in one grammar`(bounds: String, version: String, expected: String) throws {
        let rows = try Self.rows(
            Self.configuration(nil, Self.node("OR", Self.match(true, "cpe:2.3:a:philips:vue_pacs:\(version)", bounds))))
        #expect(rows.map(\.versions) == [expected] && rows.first?.product == "vue pacs")
    }

    @Test func `AND and OR of nodes and of names are written out`() throws {
        func name(_ product: String, _ vulnerable: Bool = true) -> String {
            Self.match(vulnerable, "cpe:2.3:a:v:\(product):1")
        }
        #expect(
            try Self.rows(Self.configuration("OR", Self.node("OR", name("a"), name("b")))).map(\.product) == ["a", "b"])
        #expect(
            try Self.rows(Self.configuration(nil, Self.node("OR", name("a")), Self.node("OR", name("b"), name("a"))))
                .map(\.product) == ["a", "b"])
        let both = try Self.rows(Self.configuration(nil, Self.node("AND", name("x", false), name("a"), name("b"))))
        #expect(both.map(\.product) == ["a"] && both.first?.conditions.map(\.product) == ["x", "b"])
        #expect(both.first?.conditions.map(\.versions) == ["1", "1"])
        #expect(try Self.rows(Self.configuration("AND", Self.node("OR", name("x", false)))).isEmpty)
    }

    @Test func `what a row cannot say is left to a person`() throws {
        let target = try Self.rows(
            Self.configuration(nil, Self.node("OR", Self.match(true, "cpe:2.3:a:v:app:*:*:*:*:*:android:*:*"))))
        #expect(target.first?.narrowedBy == ["target_sw: android"] && target.first?.versions == "vers:all/*")
        let negated = #"{"operator": "OR", "negate": true, "cpeMatch": [\#(Self.pump)]}"#
        let rows = try Self.rows(Self.configuration("AND", Self.node("OR", Self.firmware), negated))
        #expect(rows.first?.conditions.isEmpty == true && rows.first?.narrowedBy == ["not on some platforms"])
        // 100 times 100 alternatives are one row for a person, not ten thousand.
        let many = (0..<100).map { Self.match(false, "cpe:2.3:h:v:h\($0):-") }.joined(separator: ",")
        let wide = #"{"operator": "OR", "cpeMatch": [\#(many)]}"#
        let huge = try Self.rows(Self.configuration("AND", Self.node("OR", Self.firmware), wide, wide))
        #expect(huge.map(\.narrowedBy) == [["on one of many platforms"]])
        let (_, notes) = try Self.read(
            Self.cve("[\(Self.configuration(nil, Self.node("OR", Self.match(true, "pump"))))]"))
        #expect(notes.first?.hasPrefix("1 names of platforms") == true)
    }

    @Test func `an answer of the API, a feed and a single file are read alike`() throws {
        let one = Self.cve("[]")
        let two = Self.cve("[]", id: "CVE-2021-33886", more: #""cisaExploitAdd": "2022-01-01", "#)
        let gone = Self.cve("[]", id: "CVE-2021-1").replacing("Analyzed", with: "Rejected").replacing(
            "-1\"", with: "-0001\"")
        let api = #"{"format": "NVD_CVE", "version": "2.0", "vulnerabilities": [{"cve": \#(one)}, {"cve": \#(two)}]}"#
        #expect(try Self.read(api).0.map(\.id) == ["CVE-2021-33885", "CVE-2021-33886"])
        #expect(try Self.read(#"{"cve_items": [\#(one), \#(gone)]}"#).0.map(\.id) == ["CVE-2021-33885"])
        #expect(try Self.read(#"{"cve_items": [\#(one), \#(gone)]}"#).1 == ["1 CVEs were rejected by NVD; left out."])
        #expect(try Self.read(#"{"cve": \#(two)}"#).0 == Self.read(two).0)
        #expect(throws: AdvisoryTrouble.self) { try Self.read(Self.cve("[]", id: "GHSA-1")) }
        #expect(throws: AdvisoryTrouble.wrongKind("configurations")) { try Self.read(Self.cve("7")) }
    }

    @Test func `entries of the catalogue without a CVE are counted, and the count is compared`() throws {
        let text = """
            {"catalogVersion": "2025.01.02", "dateReleased": "2025-01-02T10:00:00.1234Z", "count": 5, "vulnerabilities": [
             {"cveID": "CVE-2017-0144", "dateAdded": "2022-02-10", "dueDate": "2022-08-10",
              "knownRansomwareCampaignUse": "Known"}, {"cveID": "CVE-2017-0144"}, {"cveID": "none"},
             {"cveID": "cve-2020-1938", "dateAdded": 7, "knownRansomwareCampaignUse": 7}]}
            """
        #expect(throws: AdvisoryTrouble.self) { try AdvisoryFile(Data(text.utf8)) }
        let file = try AdvisoryFile(Data(text.replacing(": 7,", with: ": null,").utf8))
        guard case .exploited(let catalogue) = file.content else { throw AdvisoryTrouble.unknownForm }
        #expect(catalogue.entries.map(\.cve) == ["CVE-2017-0144", "CVE-2020-1938"])
        #expect(catalogue.entries.map(\.isRansomware) == [true, false])
        #expect(catalogue.entries[0].due == Timestamp(rfc3339: "2022-08-10T00:00:00Z"))
        #expect(file.notes.count == 2 && file.notes[1] == "it says that it has 5 entries, and has 4.")
    }

    static func forecasts(_ text: String) throws -> ForecastTable {
        let file = try AdvisoryFile(Data(text.utf8))
        guard case .forecasts(let table) = file.content else { throw AdvisoryTrouble.unknownForm }
        return table
    }

    @Test(arguments: ["2026-05-18T00:00:00Z", "2026-05-18T00:00:00+0000", "2026-05-18"])
    func `forecasts are read as parts of 100,000`(date: String) throws {
        let table = try Self.forecasts(
            """
            #model_version:v2025.03.14,score_date:\(date)
            cve,epss,percentile
            CVE-2021-33885,0.00462,0.7385
            CVE-2021-33886,1.0,9.9e-05\r
            "CVE-2021-33886","0.5","0.1"

            """)
        #expect(table.model == "v2025.03.14" && table.date == Timestamp(rfc3339: "2026-05-18T00:00:00Z"))
        #expect(table.entries["CVE-2021-33885"] == ExploitForecast(probability: 462, percentile: 73_850))
        #expect(table.entries["CVE-2021-33886"] == ExploitForecast(probability: 100_000, percentile: 10))
    }

    @Test func `columns may stand in another order`() throws {
        let table = try Self.forecasts("cve,percentile,date,epss\nCVE-2021-33885,0.5,x,0.25\n")
        #expect(table.entries["CVE-2021-33885"] == ExploitForecast(probability: 25_000, percentile: 50_000))
    }

    @Test(arguments: [
        ("cve,epss,percentile\nCVE-2021-33885,0.1,0.2\nCVE-2021-33886,0.1,0.", 3),
        ("cve,epss,percentile\nCVE-2021-3\n", 2),
        ("cve,score\nCVE-2021-33885,0.1\n", 1), ("cve,epss,percentile\nCVE-2021-33885,1.1,0\n", 2),
        ("cve,epss,percentile\nCVE-2021-33885,nan,0\n", 2), ("#model_version:v1\n", 1),
        ("cve,epss,percentile\nx,,\n", 2),
    ])
    func `a broken or cut table is refused with its line`(text: String, line: Int) {
        do {
            _ = try AdvisoryFile(Data(text.utf8))
            Issue.record("read: \(text)")
        } catch {
            guard case .brokenLine(line, _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
