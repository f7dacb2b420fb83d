//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The work list of patches as people and machines get it: table, JSON and CSV.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@testable import Reports

/// Goal: each line says all that is known, and no text of a stranger does anything but stand there.
@Suite struct `The work list` {
    static let day = Timestamp(rfc3339: "2026-03-01T12:00:00Z") ?? .epoch

    static func weakness(_ advisory: String = "ICSMA-20-317-01", fix: String? = "Update to 12.1.") -> Weakness {
        var weakness = Weakness(
            advisory: advisory, title: "BD Alaris", row: "CSAFPID-0001", verdict: .affected,
            reason: "Alaris 8015 runs 9.33, which is within <= 9.33.",
            comparisons: [
                .init(what: "product", seen: "Alaris 8015", advisory: "Alaris 8015 PC Unit", holds: true),
                .init(what: "version", seen: "9.33", advisory: "<= 9.33", holds: true),
                .init(what: "component", seen: nil, advisory: "Wireless module", holds: nil),
            ], verification: .checksum)
        weakness.cves = ["CVE-2020-25165", "CVE-2020-0002"]
        weakness.exploited = ["CVE-2020-25165"]
        weakness.score = 75
        weakness.priority = .immediate
        weakness.since = day
        if let fix { weakness.fixes = [Remediation(category: .vendorFix, details: fix)] }
        weakness.mitigations = [Remediation(category: .mitigation, details: "Keep it in\na network of its own.")]
        return weakness
    }

    static func list(
        name: String = "pump-7", model: String = "Becton Dickinson Alaris 8015", weaknesses: [Weakness] = [weakness()],
        control: String? = "a network of its own"
    ) -> PatchList {
        let controls = control.map { measure in
            [
                PatchList.Control(
                    CompensatingControl(advisory: nil, measure: measure, owner: "Network team", review: day),
                    isOverdue: true),
                PatchList.Control(
                    CompensatingControl(advisory: "ICSMA-99-001-01", measure: "m", owner: "o", review: day),
                    isOverdue: false),
            ]
        }
        let line = PatchList.Line(
            device: "dev-0123456789ab", name: name, type: "infusion pump", isMedical: true, firmware: "9.33",
            weaknesses: weaknesses, toReview: 3, action: "Follow the manufacturer's bulletin.",
            isolation: "drug-library updates", controls: controls ?? [])
        return PatchList(asOf: day, groups: [.init(model: model, ward: "ICU 2", lines: [line])])
    }

    private func violations(_ list: PatchList) throws -> [String] {
        try JSONSchema(House.text("docs/schema/wardlight.patches-1.schema.json"))
            .violations(of: PatchReport.json(of: list))
    }

    // MARK: Table

    @Test
    func `as a table says firmware, age, exploitation, what mends it, what to do meanwhile and who looks after it`() {
        let text = PatchReport.table(of: Self.list())
        for words in [
            "1 devices to work on, as of 2026-03-01T12:00:00Z.", "Becton Dickinson Alaris 8015 · ICU 2 · 1",
            "pump-7: immediate, firmware 9.33, open since 2026-03-01, KNOWN EXPLOITED CVE-2020-25165",
            "ICSMA-20-317-01 Alaris 8015 runs 9.33, which is within <= 9.33.", "mends: Update to 12.1.",
            "meanwhile: Keep it in a network of its own.", "do: Follow the manufacturer's bulletin.",
            "cutting it off stops: drug-library updates",
            "control: a network of its own (Network team, review by 2026-03-01 OVERDUE)",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(
            PatchReport.table(of: PatchList(asOf: Self.day, groups: [])).hasPrefix("No device is known to be affected"))
    }

    @Test func `as a table cuts what an advisory says at length, and keeps a stranger's marks off the screen`() {
        let long = Self.list(weaknesses: [Self.weakness(fix: String(repeating: "x", count: 400))])
        #expect(PatchReport.table(of: long).contains("mends: \(String(repeating: "x", count: 159))…\n"))
        let hostile = "a\u{1B}[2J\u{202E}b"
        var weakness = Self.weakness(hostile, fix: hostile)
        weakness.reason = hostile
        let text = PatchReport.table(
            of: Self.list(name: hostile, model: hostile, weaknesses: [weakness], control: hostile))
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
        #expect(text.contains("a\u{FFFD}[2J\u{FFFD}b"))
    }

    // MARK: CSV

    private func rows(_ text: String) -> [[String]] {
        // RFC 4180, as strictly as our own writer has to be.
        var rows: [[String]] = []
        for line in text.components(separatedBy: "\r\n") where !line.isEmpty {
            var cells = [""]
            var isQuoted = false
            for character in line {
                if character == "\"" {
                    isQuoted.toggle()
                    if isQuoted, cells[cells.count - 1].last == "\u{1}" { cells[cells.count - 1].removeLast() }
                    cells[cells.count - 1].append(isQuoted ? "" : "\u{1}")
                } else if character == ",", !isQuoted {
                    cells.append("")
                } else {
                    cells[cells.count - 1].append(character)
                }
            }
            rows.append(cells.map { $0.filter { $0 != "\u{1}" } })
        }
        return rows
    }

    @Test func `as CSV has a row for each device and advisory row, under its headings`() throws {
        let list = Self.list(weaknesses: [Self.weakness(), Self.weakness("ICSMA-99-001-01", fix: nil)])
        let rows = rows(PatchReport.csv(of: list))
        #expect(rows.count == 3 && rows.allSatisfy { $0.count == PatchReport.columns.count })
        #expect(rows[0] == PatchReport.columns)
        let first = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[1]))
        for (column, cell) in [
            ("model", "Becton Dickinson Alaris 8015"), ("ward", "ICU 2"), ("firmware", "9.33"), ("score", "7.5"),
            ("priority", "immediate"), ("openSince", "2026-03-01T12:00:00Z"), ("knownExploited", "CVE-2020-25165"),
            ("cves", "CVE-2020-25165; CVE-2020-0002"), ("fix", "Update to 12.1."),
            ("meanwhile", "Keep it in a network of its own."), ("control", "a network of its own"),
            ("controlOwner", "Network team"), ("reviewBy", "2026-03-01"), ("reviewOverdue", "yes"), ("toReview", "3"),
        ] { #expect(first[column] == cell, "\(column)") }
        #expect(try #require(first["compared"]).contains("version: 9.33 against <= 9.33; component: not known against"))
        // What is for the other advisory stands with that one.
        let second = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[2]))
        #expect(second["control"] == "a network of its own; m" && second["fix"] == "")
    }

    @Test(arguments: ["=HYPERLINK(\"http://x\")", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
    func `as CSV gives a formula an apostrophe, in whatever cell it stands`(formula: String) throws {
        var weakness = Self.weakness(formula, fix: formula)
        weakness.title = formula
        weakness.mitigations = [Remediation(category: .mitigation, details: formula)]
        let list = Self.list(name: formula, model: formula, weaknesses: [weakness], control: formula)
        let row = try #require(rows(PatchReport.csv(of: list)).last)
        let cells = Dictionary(uniqueKeysWithValues: zip(PatchReport.columns, row))
        for column in ["model", "name", "advisory", "title", "fix", "meanwhile", "control"] {
            let cell = try #require(cells[column])
            #expect(cell.hasPrefix("'") || cell.hasPrefix("\u{FFFD}"), "\(column): \(cell)")
        }
        #expect(!PatchReport.csv(of: list).contains(",="))
    }

    // MARK: JSON

    @Test func `as JSON keeps to its schema, with everything and with nothing`() throws {
        #expect(try violations(Self.list()) == [])
        var bare = Weakness(
            advisory: "A", title: "", row: "1", verdict: .affected, reason: "",
            comparisons: [.init(what: "vendor", seen: nil, advisory: "X", holds: nil)], verification: .unverified)
        bare.priority = .defer
        #expect(try violations(Self.list(weaknesses: [bare], control: nil)) == [])
        #expect(try violations(PatchList(asOf: Self.day, groups: [])) == [])
    }

    @Test func `as JSON has both texts of each comparison, and the control with its review`() throws {
        let text = String(decoding: PatchReport.json(of: Self.list()), as: UTF8.self)
        let plain = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(
            separator: " ")
        for part in [
            #""what": "version", "seen": "9.33", "advisory": "<= 9.33", "holds": true"#,
            #""what": "component", "advisory": "Wireless module" }"#, #""score": "7.5""#,
            #""verification": "checksum""#,
            #""owner": "Network team", "reviewBy": "2026-03-01T12:00:00Z", "overdue": true"#, #""toReview": 3"#,
            #""meanwhile": ["Keep it in\na network of its own."]"#, #""medical": true"#,
        ] { #expect(plain.contains(part), "\(part)") }
        let hostile = String(decoding: PatchReport.json(of: Self.list(name: "a\u{1B}\u{202E}\"b")), as: UTF8.self)
        #expect(hostile.contains(#""name": "a\u001b\u202e\"b""#))
    }

    @Test func `its schema notices a missing key, a foreign one and a wrong value`() throws {
        let schema = try JSONSchema(House.text("docs/schema/wardlight.patches-1.schema.json"))
        let good = String(decoding: PatchReport.json(of: Self.list()), as: UTF8.self)
        for (old, new) in [
            ("\"ward\":", "\"place\":"), ("\"asOf\":", "\"at\":"),
            ("\"priority\": \"immediate\"", "\"priority\": \"now\""),
            ("\"overdue\": true", "\"overdue\": \"yes\""), ("\"toReview\": 3", "\"toReview\": -1"), ("dev-0", "0"),
        ] {
            let bad = good.replacingOccurrences(of: old, with: new)
            let found = try schema.violations(of: Array(bad.utf8))
            #expect(bad != good && !found.isEmpty, "\(old)")
        }
    }
}
