//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: CISA's medical advisories are read whole: each row, verdict and remedy that a second reader finds in the JSON.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

@Suite(.enabled(if: Recordings.areHere)) struct `Given advisories` {
    /// The same document by Foundation's other reader, and walked by other code.
    struct Second {
        let object: [String: Any]

        init(_ data: Data) throws {
            object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        }

        /// Vendor, product, version and id of each leaf.
        var leaves: [[String]] {
            var found: [[String]] = []
            func walk(_ value: Any?, _ names: [String: String]) {
                for case let branch as [String: Any] in value as? [Any] ?? [] {
                    var names = names
                    names[branch["category"] as? String ?? "", default: ""] = branch["name"] as? String ?? ""
                    if let product = branch["product"] as? [String: Any] {
                        found.append([
                            names["vendor"] ?? "", names["product_name"] ?? "",
                            names["product_version"] ?? names["product_version_range"] ?? "",
                            product["product_id"] as? String ?? "", product["name"] as? String ?? "",
                        ])
                    }
                    walk(branch["branches"], names)
                }
            }
            walk((object["product_tree"] as? [String: Any])?["branches"], [:])
            return found
        }

        var vulnerabilities: [[String: Any]] { object["vulnerabilities"] as? [[String: Any]] ?? [] }
    }

    static func files() throws -> [URL] {
        let folder = try Recordings.url("advisories/icsma")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
            .sorted()
            .map { folder.appendingPathComponent($0) }
    }

    /// What a second reader finds: the words that CISA has used for it since 2017.
    @Test func `what each says of public exploits is read, and none of them tells of one`() throws {
        var (silent, none) = (0, 0)
        for url in try Self.files() {
            let data = try Data(contentsOf: url)
            guard case .csaf(let advisory) = try AdvisoryFile(data).content else { continue }
            let document = try Second(data).object["document"] as? [String: Any]
            let notes = (document?["notes"] as? [[String: Any]] ?? []).compactMap { $0["text"] as? String }
            let isSaid = notes.contains { $0.contains("No known public exploit") }
            #expect(advisory.exploits.map(\.isPublic) == (isSaid ? false : nil), "\(url.lastPathComponent)")
            if isSaid {
                #expect(advisory.exploits?.sentence.contains("No known public exploit") == true)
                none += 1
            } else {
                silent += 1
            }
        }
        #expect(none > 70 && silent > 5, "\(none), \(silent)")
    }

    @Test func `every row, verdict and remedy of every document is there, as it is written`() throws {
        var (documents, rows, affected, remedies, scores) = (0, 0, 0, 0, 0)
        for url in try Self.files() {
            let data = try Data(contentsOf: url)
            let file = try AdvisoryFile(data)
            guard case .csaf(let advisory) = file.content else {
                Issue.record("\(url.lastPathComponent) is CSAF")
                continue
            }
            let second = try Second(data)
            #expect(advisory.id.lowercased() + ".json" == url.lastPathComponent)
            #expect(file.notes.isEmpty && advisory.publisher == "CISA" && advisory.released != nil)
            #expect(advisory.url?.hasPrefix("https://www.cisa.gov/") == true)
            #expect(
                advisory.products.map { [$0.vendor, $0.product, $0.versions, $0.id, $0.name ?? ""] } == second.leaves)
            #expect(advisory.vulnerabilities.count == second.vulnerabilities.count)
            for (mine, other) in zip(advisory.vulnerabilities, second.vulnerabilities) {
                let status = other["product_status"] as? [String: [String]] ?? [:]
                #expect(mine.cve == other["cve"] as? String)
                #expect(mine.affected == status["known_affected"] ?? [])
                #expect(mine.weakness == (other["cwe"] as? [String: Any])?["id"] as? String)
                let fixes = other["remediations"] as? [[String: Any]] ?? []
                #expect(mine.remediations.map(\.products) == fixes.map { $0["product_ids"] as? [String] ?? [] })
                #expect(mine.remediations.map(\.category.rawValue) == fixes.map { $0["category"] as? String ?? "" })
                affected += mine.affected.count
                remedies += mine.remediations.count
                scores += mine.score == nil ? 0 : 1
            }
            documents += 1
            rows += advisory.products.count
        }
        #expect(documents > 80 && rows > 350 && affected >= rows && remedies > 1_000 && scores > 250)
    }

    @Test func `the catalogue of exploited vulnerabilities is read whole`() throws {
        let data = try Data(contentsOf: Recordings.url("advisories/kev/known_exploited_vulnerabilities.json"))
        let file = try AdvisoryFile(data)
        guard case .exploited(let catalogue) = file.content else {
            Issue.record("it is a catalogue")
            return
        }
        let second = try Second(data).vulnerabilities
        #expect(file.notes.isEmpty && catalogue.version == "2025.08.25" && catalogue.released != nil)
        #expect(catalogue.entries.map(\.cve) == second.map { $0["cveID"] as? String ?? "" })
        #expect(catalogue.entries.allSatisfy { $0.added != nil && $0.due != nil })
        #expect(
            catalogue.entries.count(where: \.isRansomware)
                == second.count { $0["knownRansomwareCampaignUse"] as? String == "Known" })
    }

    @Test func `the schema beside the catalogue is no advisory, and says so`() throws {
        let data = try Data(contentsOf: Recordings.url("advisories/kev/known_exploited_vulnerabilities_schema.json"))
        #expect(throws: AdvisoryTrouble.foreign("a JSON schema")) { try AdvisoryFile(data) }
    }

    /// Cut anywhere, a document is refused; changed anywhere, it is read or refused, and nothing worse.
    @Test func `cut and changed documents never pass for whole ones, and never crash`() throws {
        let data = try Data(contentsOf: Recordings.url("advisories/icsma/icsma-17-017-01.json"))
        for end in stride(from: 0, to: data.count - 2, by: 37) {
            #expect(throws: AdvisoryTrouble.self) { try AdvisoryFile(data.prefix(end)) }
        }
        var chance: UInt64 = 0x5EED
        for _ in 0..<400 {
            var changed = data
            for _ in 0..<3 {
                chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                changed[Int(chance >> 33) % changed.count] = UInt8(truncatingIfNeeded: chance >> 24)
            }
            _ = try? AdvisoryFile(changed)
        }
    }
}
