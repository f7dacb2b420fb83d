//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The reconciler: what becomes of each row of a list, and why.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Ledger
import Model
import Testing

/// Goal: a row is its device for a reason that is shown, and nothing is taken for a device that only looks like one.
@Suite struct `A declared row` {
    @Test func `is matched by address before serial, by serial before tag`() {
        let devices = [
            device("dev-1", mac: [1], serial: "AB-1000"), device("dev-2", serial: "AB-2000"),
            device("dev-3", names: ["pump-bme-00123.ward.example"]), device("dev-4", asset: "BME 00124"),
        ]
        let result = reconcile(
            [
                row("BME-00123", serial: "AB-2000", mac: [1]), row("BME-00123", serial: "ab2000"), row("BME-00123"),
                row("bme00124"), row("BME-00999"),
            ], devices)
        #expect(result.matches.map(\.by) == ["mac", "serial", "tag", "tag", nil])
        #expect(result.seen == ["dev-1", "dev-2", "dev-3", "dev-4", nil])
        #expect(result.outcomes == [.matched, .matched, .matched, .matched, .ghost])
        #expect(result.matches[1].compared.first?.seen == "AB-2000")
        #expect(result.matches[1].compared.first?.advisory == "ab2000")
        #expect(result.undeclared == [])
    }

    @Test func `whose serial number contradicts its address is a match with a conflict`() {
        let result = reconcile([row(serial: "X-77001", mac: [1])], [device("dev-1", mac: [1], serial: "X-77002")])
        #expect(result.outcomes == [.matched])
        #expect(result.conflicts == [["serial"]])
        #expect(result.matches[0].conflicts[0].seen == "X-77002")
    }

    @Test(arguments: [
        ("AB12345", "ab-12 34.5", true), ("0073145", "73145", true), ("73145", "73145.0", true),
        ("SN12O45", "SN12045", false), ("123", "123", false), ("1234", "1234", false), ("A123", "A123", true),
        ("00000", "00000", false), ("N/A", "N/A", false), ("unknown", "unknown", false), ("0A12", "A12", false),
        ("12345/6", "123456", false), ("ЖЗ1234", "жз1234", false), ("Ж1234", "Ж1234", true),
    ])
    func `is found by its serial number where only spelling differs`(seen: String, declared: String, isFound: Bool) {
        let result = reconcile([row(serial: declared)], [device("dev-1", serial: seen)])
        #expect(result.outcomes == [isFound ? .matched : .ghost])
    }

    @Test func `of another maker with the same serial number is another device`() {
        let names = VendorNames(spellings: [["Philips", "Phillips"], ["Baxter"]])
        func outcome(_ vendor: String?) -> [DeclaredOutcome] {
            reconcile(
                [row(serial: "77001", vendor: vendor)], [device("dev-1", serial: "77001", vendor: "Philips")],
                vendors: names
            ).outcomes
        }
        #expect(outcome("Baxter") == [.ghost])
        #expect(outcome("Phillips") == [.matched])
        #expect(outcome("Philips Healthcare") == [.matched])
        #expect(outcome(nil) == [.matched])
    }

    @Test func `of which the spreadsheet left powers of ten is only probable`() {
        let near = device("dev-1", serial: "123456789012")
        let result = reconcile([row(serial: "1.23457E+11")], [near, device("dev-2", serial: "223456789012")])
        #expect(result.outcomes == [.probable])
        #expect(result.seen == ["dev-1"])
        #expect(result.matches[0].by == "rounded serial")
        #expect(result.undeclared == ["dev-1", "dev-2"])
        // Both edges of what is rounded to it, and one beyond each.
        for (serial, outcome) in [
            ("123456500000", DeclaredOutcome.probable), ("123457500000", .probable), ("123456499999", .ghost),
            ("123457500001", .ghost), ("1234567", .ghost),
        ] {
            #expect(reconcile([row(serial: "1.23457E+11")], [device("d", serial: serial)]).outcomes == [outcome])
        }
        // Two that it may be are none.
        let both = [near, device("dev-2", serial: "123456789013")]
        #expect(reconcile([row(serial: "1,23457E+11")], both).outcomes == [.ghost])
    }

    @Test func `with maker, model and place of a device that nothing else claims is probable, never more`() {
        let devices = [
            device("dev-1", vendor: "Philips", model: "MX450", bed: "ICU^4^B12"),
            device("dev-2", vendor: "Philips", model: "MX450", bed: "CCU^4^B12"),
        ]
        func result(_ rows: [DeclaredAsset]) -> Reconciliation { reconcile(rows, devices) }
        let one = result([row(vendor: "Philips", model: "Philips MX450", room: "ICU, bed B12")])
        #expect(one.outcomes == [.probable])
        #expect(one.seen == ["dev-1"])
        #expect(one.undeclared == ["dev-1", "dev-2"])
        // Two rows for one device, another model, another ward, another number of its own.
        let twin = row(vendor: "Philips", model: "MX450", room: "ICU, bed B12")
        #expect(result([twin, twin]).outcomes == [.ghost, .ghost])
        #expect(result([row(vendor: "Philips", model: "MX800", room: "ICU")]).outcomes == [.ghost])
        #expect(result([row(vendor: "Philips", model: "MX450", room: "NICU")]).outcomes == [.ghost])
        #expect(result([row(vendor: "Philips", model: "MX450")]).outcomes == [.ghost])
        let numbered = reconcile(
            [row(serial: "DE1001", vendor: "Philips", model: "MX450", room: "ICU")],
            [device("dev-1", serial: "DE1002", vendor: "Philips", model: "MX450", bed: "ICU^4^B12")])
        #expect(numbered.outcomes == [.ghost])
    }

    @Test func `is a ghost only in service and able to be on the network`() {
        for status in DeclaredAsset.Status.allCases {
            for capable in [true, false, nil] {
                let expected: DeclaredOutcome =
                    status != .inService || capable == false ? .notExpected : capable == true ? .ghost : .cannotSay
                #expect(reconcile([row(mac: [9], status: status, capable: capable)], []).outcomes == [expected])
            }
        }
    }

    @Test func `is a ghost since its device was heard last, thirty days and no longer`() {
        let rows = [row(mac: [1], capable: nil)]
        for (age, outcome) in [
            (Timestamp(nanoseconds: 0), DeclaredOutcome.matched), (.init(nanoseconds: 1), .ghost),
        ] {
            let now = noon.adding(days: 30, nanoseconds: age.nanoseconds)
            let result = reconcile(rows, [device("dev-1", mac: [1])], at: now)
            #expect(result.outcomes == [outcome])
            #expect(result.matches[0].missingSince == (outcome == .ghost ? noon : nil))
        }
        let never = reconcile(rows, [])
        #expect(never.matches[0].missingSince == nil)
    }

    @Test func `that is retired and seen is told, unless another row has it in service`() {
        let devices = [device("dev-1", mac: [1])]
        let retired = reconcile([row(mac: [1], status: .retired)], devices)
        #expect(retired.outcomes == [.retiredButSeen])
        #expect(retired.retiredFindings([row(mac: [1], status: .retired)], devices).map(\.device) == [0])
        let replaced = reconcile([row("T-1001", mac: [1], status: .retired), row("T-1002", mac: [1])], devices)
        #expect(replaced.outcomes == [.matched, .matched])
        #expect(replaced.matches.map(\.duplicates) == [[1], [0]])
        let gone = reconcile([row(mac: [1], status: .retired)], devices, at: noon.adding(days: 31))
        #expect(gone.outcomes == [.notExpected])
    }

    @Test func `seen while stored, in repair, on loan or missing is matched`() {
        for status in [DeclaredAsset.Status.stored, .inRepair, .onLoan, .missing] {
            let result = reconcile([row(mac: [1], status: status)], [device("dev-1", mac: [1])])
            #expect(result.outcomes == [.matched])
        }
    }

    @Test func `of equal addresses at two sites is the one at its own`() {
        let devices = [device("dev-n", mac: [1], site: "north"), device("dev-s", mac: [1], site: "south")]
        let south = reconcile([row(mac: [1], site: "South")], devices)
        #expect(south.seen == ["dev-s"])
        #expect(south.conflicts == [[]])
        // The other one stands in no row.
        #expect(south.undeclared == ["dev-n"])
        let moved = reconcile([row(mac: [1], site: "north")], [devices[1], device("dev-x", site: "north")])
        #expect(moved.conflicts == [["site"]])
        // A name that we do not use for sites cannot be compared.
        #expect(reconcile([row(mac: [1], site: "St. Mary")], devices).conflicts == [[]])
    }
}

/// Goal: two spellings of one thing are no conflict, two things are one.
@Suite struct `A conflict` {
    private func conflicts(_ declared: DeclaredAsset, _ seen: Device) -> [String] {
        reconcile([declared], [seen]).conflicts[0]
    }

    @Test(arguments: [
        ("MX450", "IntelliVue MX450", false), ("Philips MX-450 (866062)", "IntelliVue MX450", false),
        ("IntelliVue MX800", "IntelliVue MX450", true), ("patient monitor", "MX450", false), ("", "MX450", false),
        ("n/a", "MX450", false), ("Sigma Spectrum IQ", "Sigma Spectrum", false), ("Venue", "LOGIQ E9", true),
        ("Philips", "MX450", false), ("CARESCAPE B850", "CARESCAPE B450", true),
    ])
    func `of models is one of products, not of spelling`(declared: String, seen: String, isOne: Bool) {
        let found = conflicts(
            row(mac: [1], model: declared),
            device("d", mac: [1], vendor: "Philips", model: seen, type: "patient monitor"))
        #expect(found == (isOne ? ["model"] : []))
    }

    @Test func `needs a value that is sure`() {
        for (confidence, found) in [(699, []), (700, ["vendor", "model"])] {
            let seen = device("d", mac: [1], vendor: "Baxter", model: "Spectrum 8", confidence: confidence)
            #expect(conflicts(row(mac: [1], vendor: "Philips", model: "MX450"), seen) == found)
        }
    }

    @Test func `of firmware is none`() {
        var declared = row(mac: [1])
        declared.firmware = "1.0"
        var seen = device("d", mac: [1])
        seen.judgements[.firmware] = Judgement(value: "2.0", confidence: 999, evidence: [])
        #expect(conflicts(declared, seen) == [])
    }

    @Test(arguments: [
        ("ICU 2, bed B12", []), ("icu-2", []), ("CCU", ["place"]), ("ICU 2 bed B13", ["place"]),
        ("ICU 2, Room 4, Bed 12", []), ("Storage shelf 9", []), ("", []), ("bed B13", []), ("ICU", ["place"]),
    ])
    func `of places compares only what both call a place`(room: String, found: [String]) {
        let others = [
            device("e", mac: [2], bed: "CCU^1^B13"), device("f", mac: [3], bed: "ICU^1^B01"),
            device("g", mac: [4], bed: "ICU2^1^B13"),
        ]
        let result = reconcile([row(mac: [1], room: room)], [device("d", mac: [1], bed: "ICU2^4^B12")] + others)
        #expect(result.conflicts[0] == found)
    }

    @Test(arguments: [
        ("East wing, floor 2, 214", []), ("West wing, floor 2", ["place"]), ("East wing 3rd floor", ["place"]),
        ("East wing, 2. OG", []), ("East Wing", []), ("Main street 7", []), ("Level 03", ["place"]),
    ])
    func `of buildings and floors rests on where the settings have the switch`(room: String, found: [String]) {
        var plan = SitePlan()
        plan.closets["sw-1"] = .init(building: "East wing", floor: "2", closet: "E2-1")
        plan.closets["sw-2"] = .init(building: "West wing", floor: "3")
        var seen = device("d", mac: [1])
        seen.place = Place(agent: "10.0.0.2:161", port: "Gi1/0/1", ifIndex: 1, since: noon, seen: noon)
        var network = NetworkMap()
        var about = Switch(agent: "10.0.0.2:161")
        about.name = "sw-1"
        network.switches = [.init(site: "main", about: about, polled: noon, ports: [])]
        let result = reconcile([row(mac: [1], room: room)], [seen], plan: plan, network: network)
        #expect(result.conflicts[0] == found)
        #expect(found.isEmpty || result.matches[0].conflicts[0].seen == "East wing, floor 2")
    }
}

@Suite struct `Duplicates` {
    @Test func `are rows of one tag, address, serial number of one maker, or device`() {
        let rows = [
            row("BME-1001", serial: "S1001", mac: [1], vendor: "Baxter"), row("bme 1001"), row(mac: [1, 2]),
            row(serial: "s-1001", vendor: "Philips"), row(serial: "S1001", vendor: "Baxter"), row(mac: [2]),
            row("n/a"), row("N/A"), row(serial: "1.23457E+11"), row(serial: "1.23457E+11"),
        ]
        let found = reconcile(rows, []).matches.map(\.duplicates)
        #expect(found == [[1, 2, 4], [0], [0, 5], [], [0], [2], [], [], [], []])
    }

    @Test func `of a list in which all rows are one are told sixteen times, not a hundred thousand times each`() {
        let rows = Array(repeating: row("BME-1001", serial: "S1001", mac: [1]), count: 5_000)
        let found = reconcile(rows, [device("d", mac: [1])])
        #expect(found.matches.allSatisfy { $0.duplicates.count == 16 && !$0.duplicates.contains($0.asset) })
        #expect(found.outcomes.allSatisfy { $0 == .matched })
    }
}
