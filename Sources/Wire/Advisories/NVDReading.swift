//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// NVD, API 2.0: one CVE, as NIST describes and scores it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

/// A CVE as it stands in the API's answer and in the feeds made of it. Configurations are read strictly: they decide.
struct NVDVulnerability: Decodable {
    struct Text: Decodable {
        var lang: String?
        var value: String?
    }
    struct Metric: Decodable {
        struct Value: Decodable {
            var baseScore: Double?
            var vectorString: String?
        }
        var type: String?
        var value: Value?

        enum CodingKeys: String, CodingKey { case type, value = "cvssData" }
    }
    struct Metrics: Decodable {
        var v31: Lenient<[Metric]>?
        var v30: Lenient<[Metric]>?
        var v40: Lenient<[Metric]>?
        var v2: Lenient<[Metric]>?

        enum CodingKeys: String, CodingKey {
            case v31 = "cvssMetricV31", v30 = "cvssMetricV30", v40 = "cvssMetricV40", v2 = "cvssMetricV2"
        }
    }
    struct Weak: Decodable {
        var type: String?
        var description: [Text]?
    }
    struct Match: Decodable {
        var vulnerable: Bool
        var criteria: String
        var versionStartIncluding: String?
        var versionStartExcluding: String?
        var versionEndIncluding: String?
        var versionEndExcluding: String?
    }
    struct Node: Decodable {
        var `operator`: String?
        var negate: Bool?
        var matches: [Match]?

        enum CodingKeys: String, CodingKey { case `operator`, negate, matches = "cpeMatch" }
    }
    struct Configuration: Decodable {
        var `operator`: String?
        var negate: Bool?
        var nodes: [Node]?
    }

    var id: String
    var published: String?
    var lastModified: String?
    var status: Lenient<String>?
    var descriptions: Lenient<[Text]>?
    var metrics: Lenient<Metrics>?
    var weaknesses: Lenient<[Weak]>?
    var configurations: [Configuration]?

    enum CodingKeys: String, CodingKey {
        case id, published, lastModified, status = "vulnStatus", descriptions, metrics, weaknesses, configurations
    }
}

/// From CVEs to advisories, one each.
enum NVDReader {
    static func read(_ cves: [NVDVulnerability]) throws(AdvisoryTrouble) -> (AdvisoryFile.Content, [String]) {
        guard cves.count <= AdvisoryLimits.cves else { throw .tooMany("CVEs", most: AdvisoryLimits.cves) }
        var advisories: [Advisory] = []
        var rejected = 0
        var rows = 0
        var unread = 0
        for cve in cves {
            guard let id = AdvisoryText.cve(cve.id) else { throw .missing("CVE id that is one (\(cve.id.prefix(40)))") }
            guard cve.status?.value != "Rejected" else {
                rejected += 1
                continue
            }
            let advisory = try read(cve, id: id, unread: &unread)
            rows += advisory.products.count
            guard rows <= AdvisoryLimits.nvdRows else { throw .tooMany("products", most: AdvisoryLimits.nvdRows) }
            advisories.append(advisory)
        }
        var notes: [String] = []
        if rejected > 0 { notes.append("\(rejected) CVEs were rejected by NVD; left out.") }
        if unread > 0 { notes.append("\(unread) names of platforms cannot be read; a person has to look at them.") }
        return (.nvd(advisories), notes)
    }

    private static func read(
        _ cve: NVDVulnerability, id: String, unread: inout Int
    ) throws(AdvisoryTrouble) -> Advisory {
        let texts = cve.descriptions?.value ?? []
        let words = AdvisoryText.words((texts.first { $0.lang == "en" } ?? texts.first)?.value, most: 300)
        var advisory = Advisory(id: id, title: words ?? id, publisher: "NVD", digest: "")
        advisory.url = "https://nvd.nist.gov/vuln/detail/\(id)"
        advisory.released = AdvisoryText.moment(cve.published)
        advisory.updated = AdvisoryText.moment(cve.lastModified) ?? advisory.released
        var rows = NVDRows()
        for configuration in cve.configurations ?? [] { try rows.add(configuration) }
        unread += rows.unread
        advisory.products = rows.rows
        var vulnerability = Vulnerability(cve: id)
        vulnerability.weakness = weakness(cve.weaknesses?.value ?? [])
        let score = score(cve.metrics?.value)
        vulnerability.score = score?.score
        vulnerability.vector = score?.vector
        vulnerability.affected = rows.rows.map(\.id)
        advisory.vulnerabilities = [vulnerability]
        return advisory
    }

    /// NVD's own before others', version 3.1 before 3.0 and the rest.
    private static func score(_ metrics: NVDVulnerability.Metrics?) -> (score: Int, vector: String?)? {
        for list in [metrics?.v31, metrics?.v30, metrics?.v40, metrics?.v2] {
            let metrics = list?.value ?? []
            for metric in metrics.filter({ $0.type == "Primary" }) + metrics.filter({ $0.type != "Primary" }) {
                guard let score = AdvisoryText.tenths(metric.value?.baseScore) else { continue }
                return (score, AdvisoryText.words(metric.value?.vectorString, most: 200))
            }
        }
        return nil
    }

    /// `NVD-CWE-noinfo` says nothing.
    private static func weakness(_ list: [NVDVulnerability.Weak]) -> String? {
        let ordered = list.filter { $0.type == "Primary" } + list.filter { $0.type != "Primary" }
        return ordered.lazy.flatMap { $0.description ?? [] }.compactMap { $0.value }
            .first { $0.hasPrefix("CWE-") && $0.utf8.count <= 40 }
    }
}
