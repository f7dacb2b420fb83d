//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: the story of a device tells what was judged of it, in words that cannot move a terminal's cursor.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing

@testable import Reports

@Suite struct `The story of a device that was judged` {
    private static let hostile = "evil\u{1B}[2J\u{202E}x"
    private static let moment = Timestamp(seconds: 1_700_000_000)

    private static var device: Device {
        var device = Ward.pump
        var weakness = Weakness(
            advisory: "ICSMA-21-294-01", title: "Weak " + hostile, row: "1", verdict: .affected,
            reason: "the version is one of those",
            comparisons: [
                .init(what: "version", seen: "2.2.3", advisory: "<= 2.2.3", holds: true),
                .init(what: "component", seen: nil, advisory: "WBM " + hostile, holds: nil),
            ], verification: .unverified)
        (weakness.cves, weakness.exploited, weakness.score) = (["CVE-2020-1"], ["CVE-2020-1"], 98)
        (weakness.priority, weakness.since) = (.immediate, moment)
        weakness.decision = [.init("exposure", "open", because: "203.0.113.9 was answered " + hostile)]
        weakness.fixes = [Remediation(category: .vendorFix, details: "Ask " + hostile)]
        device.weaknesses = Array(repeating: weakness, count: 18)
        device.risk = Risk(
            likelihood: [.init("base", 1, because: "everything can fail"), .init("affected", 1, because: hostile)],
            impact: [.init("life-sustaining", 5, because: "infusion pump")])
        device.acceptance = Standing(
            Acceptance(ownership: .loaner, until: moment), by: "J. Doe", reason: "trial " + hostile, at: moment)
        device.controls = [
            Standing(
                CompensatingControl(advisory: "ICSMA-21-294-01", measure: "own VLAN", owner: "IT", review: moment),
                by: "J. Doe", reason: "", at: moment)
        ]
        device.facts.append(
            FactSummary(
                field: .wsdFirmware, value: "2.2.3" + hostile, count: 2, span: .init(first: moment, last: moment)))
        device.history.append(
            BeliefChange(
                moment: moment, attribute: .firmware, from: nil, to: "2.2.3", confidence: 900, field: .wsdFirmware,
                protocolName: "wsd", fieldName: "firmware", value: "2.2.3" + hostile))
        return device
    }

    private static func snapshot(_ device: Device) -> InventorySnapshot {
        var snapshot = Ward.snapshot([device])
        var asset = DeclaredAsset(source: "assets.csv", line: 7, site: "main")
        (asset.tag, asset.model) = ("TAG-1", "Pump " + hostile)
        var list = DeclaredList()
        list.assets = [asset]
        var match = Reconciliation.Match(asset: 0, outcome: .matched)
        (match.device, match.by) = (device.id, "serial")
        match.conflicts = [.init(what: "room", seen: "4.12", advisory: "3.01", holds: false)]
        var found = Reconciliation()
        found.matches = [match]
        (snapshot.declared, snapshot.reconciliation) = (list, found)
        return snapshot
    }

    @Test(arguments: [40, 72, 100, 400])
    func `everything is there, nothing hostile is, and no line is too wide`(width: Int) {
        let text = DeviceStory(width: width).text(of: Self.device, in: Self.snapshot(Self.device))
        let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for part in [
            "Risk: likelihood 2 × impact 5 = 10", "+5 life-sustaining: infusion pump",
            "Affected by ICSMA-21-294-01, immediate",
            "version: seen `2.2.3`, the advisory has `<= 2.2.3`: fits",
            "component: seen nothing, the advisory has `WBM",
            "cannot be said", "CVE-2020-1, CVSS 9.8", "known to be used in attacks", "exposure open: 203.0.113.9",
            "Accepted as loaner until 2023-11-14", "J. Doe at 2023-11-14", "Kept safe for ICSMA-21-294-01: own VLAN",
            "Declared (matched, by serial): assets.csv:7 TAG-1", "room: declared `3.01`, seen `4.12`", "Its firmware",
            "and 2 more rows of advisories", "no checksum",
        ] { #expect(flat.contains(part), "\(part)") }
        #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"))
        for line in text.split(separator: "\n") { #expect(SafeText.columns(String(line)) <= width, "\(line)") }
    }

    @Test func `who stands in no row is told so, and without a list nothing is said`() {
        var snapshot = Self.snapshot(Self.device)
        snapshot.reconciliation?.matches = []
        snapshot.reconciliation?.undeclared = [Self.device.id]
        #expect(DeviceStory().text(of: Self.device, in: snapshot).contains("Declared: it stands in no row"))
        let bare = DeviceStory().text(of: Ward.pump, in: Ward.snapshot([Ward.pump]))
        for word in ["Declared", "Risk:", "Accepted", "Affected"] { #expect(!bare.contains(word), "\(word)") }
    }
}
