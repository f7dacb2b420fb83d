//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Declared lists: the dirt of real exports, and where it is told.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@testable import Wire

private func read(_ text: String, _ columns: [DeclaredColumn: String] = [:]) throws -> DeclaredReading {
    try DeclaredReading(Array(text.utf8), source: "assets.csv", columns: columns)
}

private func refusal(_ bytes: [UInt8]) -> String? {
    do throws(DeclaredRefusal) {
        _ = try DeclaredReading(bytes, source: "assets.csv")
        return nil
    } catch { return error.words }
}

/// Hardware addresses of one cell.
private func addresses(_ cell: String) -> [String] { HardwareCell(cell).addresses.map(\.description) }

private func day(_ text: String) throws -> String? {
    let reading = try read("Asset Tag;Last PM\nT-1;\"\(text)\"\n")
    return reading.assets.first?.lastService.map { String($0.description.prefix(10)) }
}

/// Goal: the list that the hospital has is the list that is read.
@Suite struct `A declared list` {
    @Test func `with the usual headings needs no settings`() throws {
        let reading = try read(
            """
            Asset Tag,Serial No.,MAC Address,Manufacturer,Model,Device Type,Firmware Version,Department,Building,Floor,\
            Room,VLAN,Last PM Date,Network Capable,Status,Facility
            BME-00123,US123,00:09:fb:12:34:56,Philips,MX450,Patient monitor,L.01.20,ICU,East wing,2,214,30,2026-03-01,Yes,\
            In Service,main

            """)
        let asset = try #require(reading.assets.first)
        #expect(reading.assets.count == 1 && reading.troubles.isEmpty)
        #expect(asset.line == 2 && asset.source == "assets.csv" && asset.site == "main")
        #expect(asset.tag == "BME-00123" && asset.serial == "US123" && asset.vendor == "Philips")
        #expect(asset.hardware == [HardwareAddress(bits: 0x0009_FB12_3456)])
        #expect(asset.model == "MX450" && asset.type == "Patient monitor" && asset.firmware == "L.01.20")
        #expect(asset.owner == "ICU" && asset.room == "East wing, floor 2, room 214" && asset.network == "30")
        #expect(asset.lastService == Timestamp(rfc3339: "2026-03-01T00:00:00Z"))
        #expect(asset.isNetworkCapable == true && asset.status == .inService && asset.isStatusSaid)
    }

    @Test func `in German, French and Spanish is read in its own words`() throws {
        let windows =
            Array("Inventarnr.;Seriennummer;Hersteller;Ger".utf8) + [0xE4]
            + Array("tetyp;Abteilung;Raum;Status;Vernetzt\r\nA-1;S1234;Dr".utf8) + [0xE4]
            + Array("ger;Beatmung;IPS;214;ausgemustert;nein\r\n".utf8)
        let german = try DeclaredReading(windows, source: "a.csv")
        #expect(german.encoding == .windows1252 && german.separator == UInt8(ascii: ";"))
        #expect(german.assets.first?.vendor == "Dräger" && german.assets.first?.type == "Beatmung")
        #expect(german.assets.first?.status == .retired && german.assets.first?.isNetworkCapable == false)
        let french = try read(
            "N° inventaire;N° de série;Adresse MAC;Fabricant;Statut;Connecté\nX-1;S1;0009.fb12.3456;GE;En réparation;oui\n"
        )
        #expect(french.assets.first?.status == .inRepair && french.assets.first?.isNetworkCapable == true)
        #expect(french.assets.first?.hardware.count == 1)
        let spanish = try read("Número de inventario;Número de serie;Estado;Ubicación\nX-1;S1;De baja;UCI 2\n")
        #expect(spanish.assets.first?.status == .retired && spanish.assets.first?.room == "UCI 2")
    }

    @Test func `under a title and a blank line finds its headings, and counts rows as the spreadsheet does`() throws {
        let reading = try read("Assets of St. Mary,,\n\nAsset Tag,Serial,MAC\nT-1,\"S\n1\",\nT-2,S2,\n")
        #expect(reading.assets.map(\.tag) == ["T-1", "T-2"])
        #expect(reading.assets.map(\.line) == [4, 5])
    }

    @Test func `takes the more telling of two headings, and all columns of addresses`() throws {
        let reading = try read(
            "ID,Vendor,Manufacturer,Asset Tag,LAN MAC,Wi-Fi MAC,Bluetooth MAC Address,Mac OS version\n"
                + "77,Medical Supplies Ltd,Baxter,BME-1,00:09:fb:00:00:01,00:09:fb:00:00:02,00:09:fb:00:00:03,14.2\n")
        let asset = try #require(reading.assets.first)
        #expect(asset.tag == "BME-1" && asset.vendor == "Baxter")
        #expect(asset.hardware.map(\.bits) == [0x0009_FB00_0001, 0x0009_FB00_0002, 0x0009_FB00_0003])
        #expect(reading.columns.map(\.heading).contains("Mac OS version") == false)
    }

    @Test func `with headings of its own is read by the settings, and a heading that is not there is told`() throws {
        let reading = try read("Inv;Ser;LAN\nA-1;S1;0009fb000001\n", [.tag: "inv", .mac: "LAN", .room: "Zi."])
        #expect(reading.assets.first?.tag == "A-1")
        #expect(reading.assets.first?.hardware.count == 1)
        #expect(reading.troubles.map(\.words) == ["'Zi.' is named for room and is no heading of this file"])
        #expect(reading.troubles.first?.line == 1)
    }

    @Test func `without any column to find a row by is refused with the headings that it has`() throws {
        let words = try #require(refusal(Array("Color,Price,Weight\nred,1,2\n".utf8)))
        for heading in ["'Color'", "'Price'", "'Weight'", "declared: columns:"] { #expect(words.contains(heading)) }
        #expect(refusal([]) == DeclaredRefusal.empty.words)
        #expect(refusal(Array("\n\n\n".utf8)) == DeclaredRefusal.empty.words)
        #expect(try #require(refusal([0x50, 0x4B, 0x03, 0x04, 0, 0])).contains("Excel workbook"))
        let wide = (1...600).map { "column \($0)" }.joined(separator: ",")
        #expect(try #require(refusal(Array(wide.utf8))).utf8.count < 2_000)
        let hostile = try #require(refusal(Array("a\u{1B}[2Jb,c\n1,2\n".utf8)))
        #expect(!hostile.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func `tells row and column of what is wrong, and the rest loads`() throws {
        let reading = try read(
            """
            Asset Tag,Serial,MAC,Status,Last PM,Network Capable
            T-1,1.23457E+11,00:09:fb:12:34,Retired,31.02.2026,maybe
            T-2,S2,00:09:fb:12:34:57,Sleeping,2026-03-01,yes,one,more
            T-3
            T-4,"S4,00:09:fb:12:34:58,sleeping,,
            T-5,S5,,Sleeping,,

            """)
        #expect(reading.assets.map(\.tag) == ["T-1", "T-2", "T-3", "T-4", "T-5"])
        let told = reading.troubles.map { "\($0.line) \($0.column ?? "-"): \($0.words)" }
        for (start, word) in [
            ("2 Serial", "rounded"), ("2 MAC", "no hardware address"), ("2 Last PM", "no day"),
            ("2 Network Capable", "neither yes nor no"), ("3 7", "8 cells under 6 headings"),
            ("3 Status", "'Sleeping' is no status that is known, as in 1 more row; counts as in service"),
            ("4 Serial", "ends before"), ("5 Serial", "not closed"),
        ] { #expect(told.contains { $0.hasPrefix(start) && $0.contains(word) }, "\(start) \(word): \(told)") }
        #expect(reading.assets[0].serial == "1.23457E+11")
        #expect(reading.assets[1].status == .inService && !reading.assets[1].isStatusSaid)
        #expect(reading.troubles.map(\.line) == reading.troubles.map(\.line).sorted())
    }

    @Test func `keeps a thousand troubles and counts the rest`() throws {
        for (rows, leftOut) in [(1_000, 0), (1_001, 1)] {
            let reading = try read("Tag,Mac\n" + String(repeating: "T,zz:zz:zz:zz:zz:zz:00:11:22:33\n", count: rows))
            #expect(reading.troubles.count == 1_000 && reading.troublesLeftOut == leftOut)
            #expect(reading.assets.count == rows)
        }
    }

    @Test func `whose cells are hostile or huge is read within bounds`() throws {
        let long = String(repeating: "ä", count: 40_000)
        let reading = try read("Asset Tag,Model,Room\n=HYPERLINK(1),\"\(long)\",\"a\u{0}b\u{1B}[2J\"\n")
        let asset = try #require(reading.assets.first)
        #expect(asset.tag == "=HYPERLINK(1)")
        #expect(asset.model?.utf8.count == 256)
        #expect(asset.room == "a b [2J")
        #expect(reading.troubles.map(\.column) == ["Model"])
    }

    @Test func `with a column of networks or of yes and no under one heading reads what stands there`() throws {
        #expect(try read("Tag,Network\nT-1,Yes\nT-2,no\n").assets.map(\.isNetworkCapable) == [true, false])
        let names = try read("Tag,Network\nT-1,Clinical\nT-2,no\n").assets
        #expect(names.map(\.network) == ["Clinical", "no"] && names.map(\.isNetworkCapable) == [nil, nil])
    }

    @Test func `says of a row that it can be on the network by its column, else by its address`() throws {
        let said = try read("Tag,MAC,Networked\nT-1,0009fb000001,\nT-2,0009fb000002,0\nT-3,,10.2.3.4\nT-4,,?\n")
        #expect(said.assets.map(\.isNetworkCapable) == [nil, false, true, nil])
        #expect(said.troubles.isEmpty)
        let unsaid = try read("Tag,MAC\nT-1,0009fb000001\nT-2,n/a\n")
        #expect(unsaid.assets.map(\.isNetworkCapable) == [true, nil])
    }

    @Test func `takes n a for nothing, whatever the column`() throws {
        let asset = try #require(try read("Tag,Serial,Model,Room\nT-1,N/A,unknown,-\n").assets.first)
        #expect(asset.serial == nil && asset.model == nil && asset.room == nil)
    }
}

/// Goal: an address is found in whatever a spreadsheet made of it, and nothing else is taken for one.
@Suite struct `A cell of hardware addresses` {
    @Test(arguments: [
        "00:09:fb:12:34:56", "00-09-FB-12-34-56", "0009.fb12.3456", "0009fb123456", "0009FB-123456", "9fb123456",
        "0:9:fb:12:34:56", "00 09 fb 12 34 56", "0009-fb12-3456", "9.fb12.3456", "LAN: 00:09:fb:12:34:56",
        "eth0=00:09:fb:12:34:56", "00_09_fb_12_34_56", "0x0009fb123456", "00:09:fb:ff:fe:12:34:56", "00.09.fb.12.34.56",
        "00:09:fb:12:34:56 (wired)", "009:fb1:234:56",
    ])
    func `holds the one address in each spelling`(cell: String) {
        let expected = cell == "009:fb1:234:56" ? "00:9f:b1:23:40:56" : "00:09:fb:12:34:56"
        #expect(addresses(cell) == [expected])
    }

    @Test(arguments: [",", ";", "/", " ", "\n", " / ", ", ", " | ", " and "])
    func `holds several, whatever parts them`(mark: String) {
        #expect(addresses("00:09:fb:00:00:01\(mark)00-09-fb-00-00-02") == ["00:09:fb:00:00:01", "00:09:fb:00:00:02"])
    }

    @Test func `numbers that lost their zeros are filled up, from seven digits on`() {
        #expect(addresses("9123456") == ["00:00:09:12:34:56"])
        #expect(addresses("9123456789.0") == ["00:91:23:45:67:89"])
        #expect(HardwareCell("912345").problem != nil)
        #expect(HardwareCell("0009fb1234567").problem != nil)
    }

    @Test func `takes placeholders for nothing and counts them`() {
        for cell in ["00:00:00:00:00:00", "FF-FF-FF-FF-FF-FF", "n/a", "none", "01:00:5e:00:00:01"] {
            #expect(addresses(cell) == [], "\(cell)")
            #expect(HardwareCell(cell).placeholders == 1 && HardwareCell(cell).problem == nil, "\(cell)")
        }
        for cell in ["", " ", "-", "--", "?"] { #expect(HardwareCell(cell).placeholders == 0) }
    }

    @Test func `tells what was meant as an address and is none`() {
        for cell in ["9.12346E+09", "1,2E+11", "00:09:fb:12:34", "00:09:fb:12:34:5g", "00:09:fb:12:34:56:78"] {
            #expect(addresses(cell) == [], "\(cell)")
            #expect(HardwareCell(cell).problem != nil, "\(cell)")
        }
        // One good, one bad: the good one counts and the bad one is told.
        let both = HardwareCell("00:09:fb:12:34:56, 00:09:fb:12:34")
        #expect(both.addresses.count == 1 && both.problem != nil)
    }

    @Test func `is bounded and keeps each address once`() {
        let many = (0..<40).map { "00:09:fb:00:00:\(10 + $0)" }.joined(separator: ",")
        #expect(addresses(many).count == 16)
        #expect(addresses("0009fb000001,00:09:fb:00:00:01").count == 1)
    }
}

/// Goal: a day is right or not known, never wrong.
@Suite struct `A cell of a day` {
    @Test(arguments: [
        ("2026-03-01", "2026-03-01"), ("2026-3-1", "2026-03-01"), ("2026/03/01", "2026-03-01"),
        ("2026-03-01T08:15:00Z", "2026-03-01"), ("2026-03-01 08:15", "2026-03-01"), ("1.3.2026", "2026-03-01"),
        ("01.03.26", "2026-03-01"), ("1 Mar 2026", "2026-03-01"), ("01-Mar-26", "2026-03-01"),
        ("March 1, 2026", "2026-03-01"), ("Mar 1st 2026", "2026-03-01"), ("1. März 2026", "2026-03-01"),
        ("1er mars 2026", "2026-03-01"), ("20260301", "2026-03-01"), ("46082", "2026-03-01"),
        ("46082.5", "2026-03-01"), ("45231", "2023-11-01"), ("3/3/2026", "2026-03-03"), ("13/1/2026", "2026-01-13"),
        ("1/13/2026", "2026-01-13"), ("1/13/26 12:00 AM", "2026-01-13"), ("29.02.2024", "2024-02-29"),
        ("29.02.2026", nil), ("31/04/2026", nil), ("2026", nil), ("never", nil), ("n/a", nil), ("soon", nil),
        ("3/4/2026", nil), ("99999999", nil), ("1.2.3.4", nil), ("-1", nil), ("99/99/9999", nil),
        ("123456789012345678901234567890", nil),
    ])
    func `is read in each spelling`(cell: String, expected: String?) throws {
        #expect(try day(cell) == expected)
    }

    @Test func `has a month first or a day first as the whole column says`() throws {
        func days(_ cells: [String]) throws -> ([String?], [String]) {
            let reading = try read("Asset Tag,Last PM\n" + cells.map { "T,\($0)\n" }.joined())
            return (
                reading.assets.map { $0.lastService.map { String($0.description.prefix(10)) } },
                reading.troubles.map { "\($0.line) \($0.words)" }
            )
        }
        #expect(try days(["3/4/2026", "13/4/2026"]) == (["2026-04-03", "2026-04-13"], []))
        #expect(try days(["3/4/2026", "4/13/2026"]) == (["2026-03-04", "2026-04-13"], []))
        let open = try days(["3/4/2026", "5/6/2026", "7/7/2026"])
        #expect(open.0 == [nil, nil, "2026-07-07"])
        #expect(open.1 == ["2 month or day first? Both fit every row; the days of 2 rows are not known"])
        let mixed = try days(["13/4/2026", "4/14/2026", "3/4/2026"])
        #expect(mixed.0 == ["2026-04-13", "2026-04-14", nil])
        #expect(mixed.1.count == 1 && mixed.1[0].contains("some the day"))
    }

    @Test(arguments: [
        (1, "1900-01-01"), (59, "1900-02-28"), (60, nil), (61, "1900-03-01"), (25_569, "1970-01-01"),
        (109_574, "2199-12-31"), (109_575, nil), (0, nil),
    ])
    func `by Excel's number knows the day that never was`(number: Int, expected: String?) {
        #expect(DeclaredDay.excel(number).map { String($0.description.prefix(10)) } == expected)
    }
}

@Suite struct `Words of declared lists` {
    @Test(arguments: DeclaredValues.statuses.flatMap { entry in entry.words.map { (entry.status, $0) } })
    func `each status is known in any case`(status: DeclaredAsset.Status, word: String) {
        #expect(DeclaredValues.status(word.uppercased()) == status)
        #expect(DeclaredValues.status("\(word) (2023)") == status)
    }

    @Test(arguments: [
        ("Yes", true), ("Y", true), ("1", true), ("1.0", true), ("TRUE", true), ("ja", true), ("Oui", true),
        ("x", true),
        ("Sí", true), ("Wi-Fi", true), ("☑", true), ("No", false), ("n", false), ("0", false), ("0.0", false),
        ("falsch", false), ("Nein", false), ("non", false), ("none", false), ("stand-alone", false), ("?", nil),
        ("", nil), ("10", nil), ("unknown", nil), ("maybe", nil),
    ])
    func `yes and no are known in several languages`(word: String, expected: Bool?) {
        #expect(DeclaredValues.flag(word) == expected)
    }

    @Test func `each heading means what its table says`() {
        for (column, headings) in DeclaredHeadings.usual {
            for heading in headings {
                #expect(DeclaredHeadings.meaning(of: heading)?.column == column, "\(heading)")
                #expect(DeclaredHeadings.meaning(of: heading.uppercased() + " ")?.column == column, "\(heading)")
            }
        }
        for heading in ["Price", "", "Mac OS version", "Next PM", "Warranty end", "IP address", "Notes"] {
            #expect(DeclaredHeadings.meaning(of: heading) == nil, "\(heading)")
        }
    }

    @Test func `the document has the headings and the words of each status, and no other`() throws {
        let text = try House.text("docs/declared.md")
        func rows(_ mark: String) -> [String: String] {
            let part =
                text.components(separatedBy: "\(mark)-BEGIN").last?.components(separatedBy: "\(mark)-END").first ?? ""
            var rows: [String: String] = [:]
            for line in part.split(separator: "\n") where line.hasPrefix("| `") {
                let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                if cells.count == 2 { rows[cells[0]] = cells[1] }
            }
            return rows
        }
        let headings = rows("HEADINGS")
        #expect(headings.count == DeclaredColumn.allCases.count)
        for (column, words) in DeclaredHeadings.usual {
            #expect(headings["`\(column.rawValue)`"] == words.joined(separator: ", "), "\(column)")
        }
        let statuses = rows("STATUS")
        #expect(statuses.count == DeclaredAsset.Status.allCases.count)
        for (status, words) in DeclaredValues.statuses {
            #expect(statuses["`\(status.rawValue)`"] == words.joined(separator: ", "), "\(status)")
        }
    }
}
