//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The given advisories of CISA's medical series, read plainly, and devices to hold against them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support

@testable import Defense

/// The set that is given beside the project; not part of the repository.
enum Given {
    static let folder = Recordings.root?.path ?? ""

    static let set: AdvisorySet = {
        var set = AdvisorySet()
        let folder = URL(fileURLWithPath: "\(Self.folder)/advisories/icsma")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "json" {
            if let data = try? Data(contentsOf: file), let advisory = advisory(data) { set.advisories.append(advisory) }
        }
        set.advisories.sort { $0.id < $1.id }
        return set
    }()

    static func advisory(_ data: Data) -> Advisory? {
        guard let top = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let document = top["document"] as? [String: Any],
            let tracking = document["tracking"] as? [String: Any], let id = tracking["id"] as? String
        else { return nil }
        var advisory = Advisory(id: id, title: document["title"] as? String ?? "", publisher: "CISA", digest: "")
        for branch in (top["product_tree"] as? [String: Any])?["branches"] as? [[String: Any]] ?? [] {
            walk(branch, [:], &advisory.products)
        }
        for entry in top["vulnerabilities"] as? [[String: Any]] ?? [] {
            var vulnerability = Vulnerability(cve: entry["cve"] as? String ?? "")
            vulnerability.affected = (entry["product_status"] as? [String: Any])?["known_affected"] as? [String] ?? []
            for score in entry["scores"] as? [[String: Any]] ?? [] {
                let cvss = score["cvss_v3"] as? [String: Any]
                vulnerability.score = (cvss?["baseScore"] as? NSNumber).map { Int(($0.doubleValue * 10).rounded()) }
                vulnerability.vector = cvss?["vectorString"] as? String
            }
            for remedy in entry["remediations"] as? [[String: Any]] ?? [] {
                guard let category = (remedy["category"] as? String).flatMap(Remediation.Category.init) else {
                    continue
                }
                vulnerability.remediations.append(
                    Remediation(
                        category: category, details: remedy["details"] as? String ?? "", url: remedy["url"] as? String,
                        products: remedy["product_ids"] as? [String] ?? []))
            }
            advisory.vulnerabilities.append(vulnerability)
        }
        return advisory
    }

    private static func walk(_ branch: [String: Any], _ path: [String: String], _ rows: inout [AffectedProduct]) {
        var path = path
        if let category = branch["category"] as? String, let name = branch["name"] as? String { path[category] = name }
        if let product = branch["product"] as? [String: Any], let id = product["product_id"] as? String {
            var row = AffectedProduct(
                id: id, vendor: path["vendor"] ?? "", product: path["product_name"] ?? "",
                versions: path["product_version_range"] ?? path["product_version"] ?? "")
            row.name = product["name"] as? String
            rows.append(row)
        }
        for below in branch["branches"] as? [[String: Any]] ?? [] { walk(below, path, &rows) }
    }
}

extension Device {
    /// A device of which only this is known.
    static func seen(
        _ vendor: String?, _ model: String?, _ firmware: String? = nil, os: String? = nil, type: String? = nil,
        role: String? = nil,
        class deviceClass: DeviceClass = .medical, components: [Component] = []
    ) -> Device {
        var device = Device(
            id: "dev-000000000001", site: "main",
            span: Observation.Span(first: Timestamp(seconds: 1_700_000_000), last: Timestamp(seconds: 1_700_000_100)))
        device.deviceClass = deviceClass
        for (attribute, value) in [
            (Attribute.vendor, vendor), (.model, model), (.firmware, firmware), (.os, os), (.type, type), (.role, role),
        ] {
            if let value { device.judgements[attribute] = Judgement(value: value, confidence: 950, evidence: []) }
        }
        device.components = components
        return device
    }
}
