//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Declared against seen, in the JSON and in the table.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Reports
import Support
import Testing

/// Goal: each row of the list can be followed to what became of it, and nothing of the list leaves when it is shared.
@Suite struct `Declared against seen` {
    private static let noon = Timestamp(rfc3339: "2026-03-01T12:00:00Z") ?? .epoch

    /// The ward's pump with a row of each outcome.
    private static func snapshot() -> InventorySnapshot {
        var snapshot = Ward.snapshot()
        var list = DeclaredList()
        var reconciliation = Reconciliation()
        list.asOf = noon
        list.digest = "00"
        for (place, outcome) in DeclaredOutcome.allCases.enumerated() {
            var asset = DeclaredAsset(source: "assets.csv", line: place + 2, site: "main")
            asset.tag = "BME-100\(place)"
            asset.serial = "=HYPERLINK(\"\u{202E}x\")"
            asset.hardware = [HardwareAddress(bits: 0x0009_FB00_0001)]
            (asset.vendor, asset.model, asset.room) = ("Baxter", "Spectrum", "East wing\u{1B}[2J, room 4")
            (asset.lastService, asset.isNetworkCapable) = (noon, true)
            list.assets.append(asset)
            var match = Reconciliation.Match(asset: place, outcome: outcome)
            if outcome == .matched || outcome == .retiredButSeen {
                match.device = snapshot.devices[0].id
                match.by = "mac"
                match.compared = [.init(what: "model", seen: "X", advisory: "Spectrum", holds: false)]
                match.conflicts = match.compared
                match.duplicates = [1, 9_999]
            }
            if outcome == .ghost { match.missingSince = noon }
            reconciliation.matches.append(match)
        }
        reconciliation.undeclared = [snapshot.devices[1].id]
        list.troubles = [.init(source: "assets.csv", line: 3, column: "MAC", words: "no hardware address")]
        snapshot.devices[0].acceptance = Standing(
            Acceptance(ownership: .loaner, until: noon), by: "Ruth Weber", reason: "on her word", at: noon)
        snapshot.devices[0].controls = [
            Standing(
                CompensatingControl(advisory: nil, measure: "Weber's VLAN", owner: "Ada Berg", review: noon),
                by: "Ruth Weber", reason: "on her word", at: noon)
        ]
        snapshot.declared = list
        snapshot.reconciliation = reconciliation
        return snapshot
    }

    @Test func `keeps to the schema and says each row, what was compared and what stands twice`() throws {
        let schema = try JSONSchema(House.text("docs/schema/wardlight.inventory-1.schema.json"))
        let bytes = InventoryJSON.bytes(of: Self.snapshot())
        #expect(try schema.violations(of: bytes) == [])
        let root = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let declared = try #require(root["declared"] as? [String: Any])
        let rows = try #require(declared["rows"] as? [[String: Any]])
        #expect(rows.compactMap { $0["outcome"] as? String } == DeclaredOutcome.allCases.map(\.rawValue))
        #expect(rows[0]["duplicates"] as? [String] == ["assets.csv:3"])
        #expect(rows[2]["since"] as? String == "2026-03-01T12:00:00Z")
        let counts = try #require(declared["counts"] as? [String: Int])
        #expect(counts["rows"] == 6 && counts["ghost"] == 1 && counts["conflicts"] == 2 && counts["undeclared"] == 1)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("\u{1B}"))
    }

    @Test func `is told to people in four lists, without a character that moves their cursor`() {
        let text = InventoryTable(width: 120).text(of: Self.snapshot())
        for title in [
            "Declared, not seen (1)", "Seen, not declared (1)", "Retired and yet seen (1)", "Probably the same",
            "Declared and seen, but different (1)", "6 declared rows",
        ] { #expect(text.contains(title), "\(title)") }
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        #expect(!InventoryTable(width: 120).text(of: Ward.snapshot()).contains("eclared"))
    }

    @Test func `leaves no trace in what is shared`() {
        let hidden = Anonymiser(seed: "7".utf8).anonymise(Self.snapshot())
        let text = String(decoding: InventoryJSON.bytes(of: hidden, facts: true), as: UTF8.self)
        for word in ["BME-100", "assets.csv", "East wing", "Ruth", "Weber", "Ada", "her word", "HYPERLINK"] {
            #expect(!text.contains(word), "\(word)")
        }
        #expect(text.contains("\"loaner\""))
    }
}
