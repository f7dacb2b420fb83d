//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What lies beside a simulated hospital: its list of assets, advisories, settings and the right answers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Simulator
import Support
import Testing

/// One product of a CSAF document, as a reader would list it.
private struct Row: Hashable {
    var vendor = ""
    var product = ""
    var kind = ""
    var versions = ""
    var id = ""
}

/// What of an advisory is a fact.
private struct Facts: Hashable {
    var id: String
    var revision: String
    var released: String
    var rows: [Row]
    /// CVE, score in tenths, vector, categories of what can be done.
    var flaws: [[String]]

    init(_ bytes: Data) throws {
        let whole = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let document = try #require(whole["document"] as? [String: Any])
        let tracking = try #require(document["tracking"] as? [String: Any])
        id = try #require(tracking["id"] as? String)
        revision = try #require(tracking["version"] as? String)
        released = String(try #require(tracking["initial_release_date"] as? String).prefix(10))
        let tree = try #require(whole["product_tree"] as? [String: Any])
        rows = Self.rows(tree["branches"] as? [[String: Any]] ?? [], Row())
        let order = rows.map(\.id)
        flaws = (whole["vulnerabilities"] as? [[String: Any]] ?? []).map { flaw in
            let status = flaw["product_status"] as? [String: [String]] ?? [:]
            let affected = order.filter((status["known_affected"] ?? []).contains)
            let best = (flaw["scores"] as? [[String: Any]] ?? []).compactMap { $0["cvss_v3"] as? [String: Any] }
                .max { ($0["baseScore"] as? Double ?? 0) < ($1["baseScore"] as? Double ?? 0) }
            let cures = Set((flaw["remediations"] as? [[String: Any]] ?? []).compactMap { $0["category"] as? String })
            return [
                flaw["cve"] as? String ?? "", String(Int(((best?["baseScore"] as? Double ?? 0) * 10).rounded())),
                best?["vectorString"] as? String ?? "",
            ] + cures.sorted() + affected
        }
    }

    private static func rows(_ branches: [[String: Any]], _ above: Row) -> [Row] {
        branches.flatMap { branch -> [Row] in
            var row = above
            let name = branch["name"] as? String ?? ""
            let kind = branch["category"] as? String ?? ""
            switch kind {
            case "vendor": row.vendor = name
            case "product_name": row.product = name
            default:
                row.kind = kind
                row.versions = name
            }
            if let product = branch["product"] as? [String: Any] {
                row.id = product["product_id"] as? String ?? ""
                return [row]
            }
            return rows(branch["branches"] as? [[String: Any]] ?? [], row)
        }
    }
}

/// Goal: a hospital with lists to hold it against, in which the truth is known.
@Suite struct `The lists of a simulated hospital` {
    private static func key(_ seed: UInt64, devices: Int = 300) -> AnswerKey {
        let hospital = SimulatedHospital(seed: seed, minutes: 2, devices: devices)
        return AnswerKey(hospital, hospital.network())
    }

    @Test func `are the same from the same seed, and others from another`() {
        let (one, same, other) = (Self.key(7), Self.key(7), Self.key(8))
        for part in [\AnswerKey.declared, \.answers, \.weaknesses, \.inventory] {
            #expect(one[keyPath: part] == same[keyPath: part])
            #expect(one[keyPath: part] != other[keyPath: part])
        }
        #expect(one.settings == same.settings)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `have every planted error, in one export's way of writing`(seed: UInt64) throws {
        let key = Self.key(seed)
        let truth = try #require(JSONSerialization.jsonObject(with: Data(key.answers)) as? [String: Any])
        let answers = try #require(truth["answers"] as? [String: [String: Any]])
        let items = try #require(answers["accuracy"]?["items"] as? [[String: Any]])
        let kinds = Set(items.compactMap { $0["kind"] as? String })
        #expect(kinds.isSuperset(of: ["ghost", "undeclared", "conflict", "duplicate", "retiredButSeen", "probable"]))
        // Windows-1252 where the seed is even: then it is no UTF-8, for makers and headings have accents.
        #expect((String(bytes: key.declared, encoding: .utf8) == nil) == (seed % 2 == 0))
        let text = String(decoding: key.declared, as: UTF8.self)
        let lines = text.split(separator: "\r\n")
        let separator: Character = seed % 3 == 2 || seed % 5 == 0 ? ";" : ","
        #expect(lines.count > 250)
        #expect(lines[0].split(separator: separator).count == 15)
    }

    @Test func `affect devices, just miss them, and leave some open, of a dozen kinds`() throws {
        var found: [String: Set<String>] = [:]
        for seed in 1...6 as ClosedRange<UInt64> {
            let whole = try JSONSerialization.jsonObject(with: Data(Self.key(seed).weaknesses)) as? [String: Any]
            for planted in whole?["planted"] as? [[String: Any]] ?? [] {
                guard let model = planted["model"] as? String, let verdict = planted["verdict"] as? String else {
                    continue
                }
                found[model, default: []].insert(verdict)
            }
        }
        #expect(found.count >= 12, "\(found)")
        for verdict in ["affected", "notAffected", "needsReview"] {
            #expect(found.values.count { $0.contains(verdict) } >= 5, "\(verdict): \(found)")
        }
    }

    @Test(.enabled(if: Recordings.areHere, "the given advisories are not here"))
    func `restate the facts of the public advisories`() throws {
        let folder = try Recordings.url("advisories/icsma")
        var compared = 0
        for (name, bytes) in AnswerKey.advisories where name.hasPrefix("icsma") {
            let own = try Facts(Data(bytes))
            let original = try Facts(Data(contentsOf: folder.appendingPathComponent(name)))
            #expect(own == original, "\(name)")
            compared += 1
        }
        #expect(compared > 60)
    }

    @Test func `name made-up advisories and weaknesses so that nobody takes them for real`() throws {
        for (name, bytes) in AnswerKey.advisories where name.hasPrefix("ward-sim") {
            let facts = try Facts(Data(bytes))
            #expect(facts.id.hasPrefix("WARD-SIM-"))
            #expect(facts.flaws.allSatisfy { $0[0].hasPrefix("CVE-1900-") })
        }
    }
}
