//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: what narrows a row beyond what a network tells is never decided by a machine.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Defense

@Suite struct `Rows that are narrowed` {
    private func verdicts(narrowedBy words: [String], fixed: Bool = false) -> [Weakness] {
        var row = AffectedProduct(id: "A", vendor: "Maker", product: "Ward Pump 7", versions: "< 2.0")
        row.narrowedBy = words
        var vulnerability = Vulnerability(cve: "CVE-2024-0001")
        if fixed { vulnerability.fixed = ["A"] } else { vulnerability.affected = ["A"] }
        var advisory = Advisory(id: "X-1", title: "Ward pump", publisher: "P", digest: "")
        advisory.products = [row]
        advisory.vulnerabilities = [vulnerability]
        var set = AdvisorySet()
        set.advisories = [advisory]
        var matcher = WeaknessMatcher(set: set, vendors: VendorNames())
        return matcher.allVerdicts(of: .seen("Maker", "Ward Pump 7", "1.5"))
    }

    @Test func `a row with serial numbers or a language is for a person, and shows why`() {
        #expect(verdicts(narrowedBy: []).map(\.verdict) == [.affected])
        let narrowed = verdicts(narrowedBy: ["serial number: 17"])
        #expect(narrowed.map(\.verdict) == [.needsReview])
        #expect(narrowed.first?.comparisons.contains { $0.advisory == "serial number: 17" && $0.holds == nil } == true)
    }

    @Test func `a narrowed row that is mended says nothing of the others`() {
        #expect(verdicts(narrowedBy: [], fixed: true).map(\.verdict) == [.notAffected])
        #expect(verdicts(narrowedBy: ["language: German"], fixed: true).isEmpty)
    }
}
