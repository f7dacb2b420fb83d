//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Inventory table, CSV and story: what people read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing

@testable import Reports

/// Goal: a person sees at once what there is, what is doubtful and what was not seen at all.
@Suite struct `Inventory table` {
    @Test(arguments: [40, 60, 80, 100, 120, 200])
    func `no line is wider than the terminal, and every device has one`(width: Int) {
        let text = InventoryTable(width: width).text(of: Ward.snapshot())
        for line in text.split(separator: "\n") { #expect(SafeText.columns(String(line)) <= width, "\(line)") }
        #expect(text.contains("Medical devices (2)\n"))
        #expect(text.contains("10.1.2.7 +2"))
        #expect(text.contains("Not identified (1)\n"))
    }

    @Test func `the doubtful is marked in words, not by colour alone`() {
        let text = InventoryTable(width: 160).text(of: Ward.snapshot())
        #expect(text.contains("MX450 ?"))
        #expect(!text.contains("Philips ?"))
        #expect(text.contains("? less than 70 % sure"))
        let coloured = InventoryTable(width: 160, colour: true).text(of: Ward.snapshot())
        let bare = coloured.replacingOccurrences(of: "\u{1B}[1m", with: "").replacingOccurrences(
            of: "\u{1B}[2m", with: ""
        )
        .replacingOccurrences(of: "\u{1B}[0m", with: "")
        #expect(bare == text)
    }

    @Test func `nothing is called safe that was not seen: coverage, advice and oddities stand below`() {
        let text = InventoryTable(width: 120).text(of: Ward.snapshot())
        for part in [
            "3 devices: medical 2, not identified 1.", "2 devices had to be forgotten", "99 % of them readable",
            "33 % of the TCP conversations in one direction only", "! /home/anna/icu.pcapng: ends in the middle",
            "! Mirror both directions", "dhcp.optionOverrun 3, udp.badLength 1",
            "medium: Firmware of DE65504321 is old",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(InventoryTable().text(of: Ward.snapshot([])).contains("No device was seen."))
    }

    @Test func `devices of one type stand together, medical ones first, unknown types last`() {
        let kinds: [(String, DeviceClass, String?)] = [
            ("a", .it, "printer"), ("b", .medical, "ventilator"), ("c", .medical, nil),
            ("d", .medical, "infusion pump"), ("e", .medical, "ventilator"),
        ]
        let devices = kinds.map { name, kind, type in
            var device = Device(id: "dev-00000000000" + name, site: "", span: Ward.span)
            device.deviceClass = kind
            device.names = ["name-" + name]
            device.judgements[.type] = type.map { Judgement(value: $0, confidence: 900, evidence: []) }
            return device
        }
        let text = InventoryTable(width: 100).text(of: Ward.snapshot(devices))
        let order = text.split(separator: "name-").dropFirst().compactMap(\.first)
        #expect(String(order) == "dbeca")
    }

    @Test func `what nobody could identify is listed and counted`() {
        let unknown = Device(id: "dev-00000000000d", site: "", span: Ward.span)
        let text = InventoryTable(width: 100).text(of: Ward.snapshot([Ward.monitor, unknown]))
        #expect(text.contains("Not identified (1)"))
        #expect(text.contains("2 devices: medical 1, not identified 1."))
    }

    @Test func `every output says when a device was last heard`() {
        let snapshot = Ward.snapshot()
        let last = "2023-11-14T22:23:20.250Z"
        for device in snapshot.devices {
            #expect(DeviceStory().text(of: device, in: snapshot).contains("last seen    \(last)"))
        }
        let json = String(decoding: InventoryJSON.bytes(of: snapshot), as: UTF8.self)
        #expect(json.components(separatedBy: "\"lastSeen\": \"\(last)\"").count == snapshot.devices.count + 1)
        for row in InventoryCSV.text(of: snapshot).components(separatedBy: "\r\n").dropFirst().dropLast() {
            #expect(row.contains(last))
        }
        #expect(InventoryTable(width: 200).text(of: snapshot).contains("to 2023-11-14T22:23:20Z"))
    }

    @Test(arguments: [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3_599, "59 min"), (7_200, "2 h"), (864_000, "10 d")])
    func `the table says how long a device has been silent`(seconds: Int64, words: String) {
        var device = Device(id: "dev-00000000000a", site: "", span: Ward.span)
        device.names = ["pump"]
        var other = Device(id: "dev-00000000000b", site: "", span: Ward.span)
        other.span.last = Timestamp(nanoseconds: device.span.last.nanoseconds + seconds * 1_000_000_000)
        other.names = ["monitor"]
        let snapshot = InventorySnapshot(devices: [device, other], coverage: [], oddities: [:], evicted: 0, advice: [])
        let lines = InventoryTable(width: 200).text(of: snapshot).split(separator: "\n")
        #expect(lines.contains { $0.contains("pump") && $0.hasSuffix(words) })
        #expect(lines.contains { $0.contains("monitor") && $0.hasSuffix("0 s") })
    }

    @Test func `a stranger's name cannot move the cursor or turn the text round`() {
        let plain = InventoryTable(width: 200).text(of: Ward.snapshot([Ward.hostile]))
        #expect(!plain.unicodeScalars.contains { $0.isHostile && $0 != "\n" })
        let story = DeviceStory(width: 200).text(of: Ward.hostile, in: Ward.snapshot())
        #expect(!story.unicodeScalars.contains { $0.isHostile && $0 != "\n" })
        #expect(story.contains("\u{FFFD}[2J\u{FFFD}gnp.exe\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}1m"))
        #expect(SafeText.neutralised("a\u{301}\u{301}\u{301}\u{301}") == "a\u{301}\u{301}")
    }

    @Test func `a device behind a gateway says whose, a stub is only counted`() {
        var stub = Device(id: "dev-00000000000c", site: "St Elsewhere", span: Ward.span)
        stub.isStub = true
        let text = InventoryTable(width: 200).text(of: Ward.snapshot([Ward.monitor, Ward.pump, stub]))
        #expect(text.contains("behind Philips MX450"))
        #expect(text.contains("only counted 1 (no room for more records)"))
    }

    @Test(arguments: [("", 5, ""), ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("病院病", 4, "病…"), ("abc", 0, "")])
    func `text is cut by columns, not by letters`(text: String, limit: Int, expected: String) {
        #expect(SafeText.clipped(text, to: limit) == expected)
    }
}

@Suite struct `Inventory CSV` {
    @Test func `has one row a device, each with as many cells as the header`() {
        let text = InventoryCSV.text(of: Ward.snapshot([Ward.monitor, Ward.pump]))
        let rows = text.components(separatedBy: "\r\n")
        #expect(rows.count == 4 && rows[3].isEmpty)
        #expect(
            rows[1].hasPrefix(
                "dev-0123456789ab,St Elsewhere,,medical,Philips,0.993,patient monitor,0.90,MX450,0.62,,,,"))
        #expect(rows[1].hasSuffix(",MX450 or MX400,0.94,,,,"))
        #expect(rows[2].filter { $0 == "," }.count == InventoryCSV.columns.count - 1)
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+49", "'+49"), ("-2", "'-2"), ("@sum", "'@sum"), ("\tx", "'\u{FFFD}x"),
        ("\r=1", "'\u{FFFD}=1"), ("a=1", "a=1"), ("a,b", "\"a,b\""), ("=a\"b", "\"'=a\"\"b\""), ("a;=1", "\"a;=1\""),
        ("＝1", "'＝1"), ("", ""), ("1\n2", "1\u{FFFD}2"),
    ])
    func `a cell cannot become a formula or break its row`(value: String, cell: String) {
        #expect(InventoryCSV.cell(value) == cell)
    }
}

@Suite struct `Device story` {
    @Test func `names the rules for and against, the rival, and what would settle the rest`() {
        let text = DeviceStory(width: 120).text(of: Ward.monitor, in: Ward.snapshot())
        for part in [
            "Philips MX450 (patient monitor)\n=====", "Model: MX450 (62 % sure; doubtful)",
            "for     dhcp hostname said `mon-bed7`, seen 4 times; rule philips.name, weight +900",
            "against dhcp parameterRequestList said `1,3,6`, seen 4 times; rule linux.dhcp, weight -400",
            "instead MX800, because of:", "Not known\n", "firmware  its announcement", "One source only",
            "first seen   2023-11-14T22:13:20Z", "offers  intellivue udp/24105", "children     ",
            "Label, as taught: MX450 or MX400 (94 % sure)",
        ] { #expect(text.contains(part), "\(part)") }
        for line in text.split(separator: "\n") { #expect(SafeText.columns(String(line)) <= 120, "\(line)") }
        #expect(!text.contains("Firmware:"))
    }

    @Test func `a device is found by id, former id, address, name or serial number, and never by a guess`() throws {
        let snapshot = Ward.snapshot()
        for text in [
            "dev-0123456789ab", "dev-ba9876543210", "00:09:fb:12:34:56", "0009.fb12.3456", "10.1.2.8",
            "fe80::209:fbff:fe12:3456", "monbed7", "DE65504321",
        ] { #expect(try snapshot.device(named: text).id == Ward.monitor.id, "\(text)") }
        #expect(try snapshot.device(named: "00a037009a0053de").id == Ward.pump.id)
        #expect(throws: InventorySnapshot.SearchError.noSuchDevice("10.1.2.9")) {
            try snapshot.device(named: "10.1.2.9")
        }
        var twin = Ward.hostile
        twin.names = ["MONBED7"]
        #expect(throws: InventorySnapshot.SearchError.ambiguous("MONBED7", [Ward.monitor.id, twin.id])) {
            try Ward.snapshot([Ward.monitor, twin]).device(named: "MONBED7")
        }
    }
}
