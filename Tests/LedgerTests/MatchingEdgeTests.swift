//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Matching at its edges: lost zeros, numbers that several share, parts, and what stays a question.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Ledger
import Model
import Testing

/// Goal: what a spreadsheet did to a number hides no device, and makes no two things one.
@Suite struct `A row whose tag or number suffered` {
    @Test(arguments: [
        ("4711", "004711", true), ("004711", "4711", true), ("4711.0", "004711", true), ("4711", "14711", false),
        ("12", "0012", false), ("0012", "0012", true), ("A04711", "A4711", false), ("47110", "4711", false),
        ("1.23457E+11", "123457000000", false), ("123", "123", false), ("ABCD", "ABCD", false),
    ])
    func `is found by its tag where only zeros in front were lost`(declared: String, said: String, isFound: Bool) {
        for seen in [device("d", asset: said), device("d", names: ["pump-\(said).ward.example"])] {
            #expect(reconcile([row(declared)], [seen]).outcomes == [isFound ? .matched : .ghost])
        }
    }

    @Test func `is found by no tag that two devices say, or a device of another maker`() {
        let two = [device("d", names: ["pump-bme-4711"]), device("e", asset: "BME-4711")]
        #expect(reconcile([row("BME-4711")], two).outcomes == [.ghost])
        let other = [device("d", vendor: "Philips", asset: "BME-4711")]
        #expect(reconcile([row("BME-4711", vendor: "Baxter")], other).outcomes == [.ghost])
        #expect(reconcile([row("BME-4711", vendor: "Philips")], other).outcomes == [.matched])
    }

    @Test func `with a rounded or an empty tag is nobody's duplicate`() {
        for tag in ["1.23457E+11", "n/a", "-", "0000"] {
            #expect(reconcile([row(tag), row(tag)], []).matches.map(\.duplicates) == [[], []], "\(tag)")
        }
        #expect(
            reconcile([row("004711"), row("4711"), row("4711.0")], []).matches.map(\.duplicates.count) == [2, 2, 2])
    }

    @Test func `with a number that two devices say is probable, unless one of them is at its site`() {
        let two = [device("d", serial: "S-77001", site: "north"), device("e", serial: "S-77001", site: "south")]
        #expect(reconcile([row(serial: "S77001")], two).outcomes == [.probable])
        #expect(reconcile([row(serial: "S77001")], two).undeclared == ["d", "e"])
        let near = reconcile([row(serial: "S77001", site: "South")], two)
        #expect(near.outcomes == [.matched] && near.seen == ["e"])
    }

    @Test func `with the number of a part is the device that the part is in`() {
        var pump = device("d", serial: "PUMP-1")
        var part = Device.Component(kind: "wireless module")
        part.serial = "WLAN-7001"
        pump.components = [part]
        let found = reconcile([row(serial: "wlan 7001")], [pump])
        #expect(found.outcomes == [.matched] && found.matches[0].by == "serial")
    }

    @Test func `with the address of a card is the child whose EUI-64 was made of it`() {
        var child = device("d")
        child.eui64 = ["0009FBFFFE000001"]
        #expect(reconcile([row(mac: [1])], [child]).seen == ["d"])
        child.eui64 = ["0009FB0000000001"]
        #expect(reconcile([row(mac: [1])], [child]).seen == [nil])
    }
}

/// Goal: a question stays a question, and a ghost is one for a reason.
@Suite struct `A row in doubt` {
    @Test func `is not probable by a device that another row has for certain`() {
        let seen = [device("d", mac: [1], serial: "DE1001", vendor: "Philips", model: "MX450", bed: "ICU^4^B12")]
        let rows = [row(mac: [1]), row(vendor: "Philips", model: "MX450", room: "ICU, bed B12")]
        #expect(reconcile(rows, seen).outcomes == [.matched, .ghost])
    }

    @Test func `of a device that was heard once is a ghost, whatever the list says of the network`() {
        let later = noon.adding(days: 31)
        for capable in [true, false, nil] {
            let found = reconcile([row(mac: [1], capable: capable)], [device("d", mac: [1])], at: later)
            #expect(found.outcomes == [.ghost] && found.matches[0].missingSince == noon)
        }
        for status in DeclaredAsset.Status.allCases where status != .inService {
            let found = reconcile([row(mac: [1], status: status)], [device("d", mac: [1])], at: later)
            #expect(found.outcomes == [.notExpected], "\(status)")
        }
    }

    @Test func `that is retired and only probably seen is no finding`() {
        let rows = [row(serial: "1.23457E+11", status: .retired)]
        let seen = [device("d", serial: "123456789012")]
        let found = reconcile(rows, seen)
        #expect(found.outcomes == [.probable])
        #expect(found.retiredFindings(rows, seen).isEmpty)
    }

    @Test func `about another model at a matched address is a conflict with both names`() throws {
        let found = reconcile(
            [row(mac: [1], vendor: "Philips", model: "MX800")],
            [device("d", mac: [1], vendor: "Philips", model: "IntelliVue MX450")])
        let conflict = try #require(found.matches.first?.conflicts.first)
        #expect(conflict.what == "model" && conflict.seen == "IntelliVue MX450" && conflict.advisory == "MX800")
        #expect(conflict.holds == false)
    }
}
