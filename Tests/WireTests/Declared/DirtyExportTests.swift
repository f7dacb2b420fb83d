//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Lists as other systems export them: every row is read as a person reads it, and what cannot be is told.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Wire

/// Goal: nothing of a list is misread, and nothing of it is lost in silence.
@Suite struct `An export` {
    private func said(_ asset: DeclaredAsset) -> String {
        [
            "\(asset.line)", asset.tag ?? "", asset.serial ?? "",
            asset.hardware.map(\.description).joined(separator: " "), asset.model ?? "", asset.room ?? "",
            asset.status.rawValue, asset.isNetworkCapable.map { $0 ? "yes" : "no" } ?? "",
            asset.lastService.map { String($0.description.prefix(10)) } ?? "",
        ].joined(separator: "|")
    }

    @Test(arguments: DirtyExport.all)
    func `is read row by row, and tells row and column of what is wrong`(export: DirtyExport) throws {
        let reading = try DeclaredReading(export.bytes, source: "export.csv")
        #expect(reading.assets.map(said) == export.rows)
        let told = reading.troubles.map { "\($0.line) \($0.column ?? ""): \($0.words)" }
        #expect(told.count == export.told.count, "\(told)")
        for (told, expected) in zip(told, export.told) { #expect(told.hasPrefix(expected)) }
    }

    @Test(arguments: DirtyExport.all)
    func `that is cut anywhere is read, or refused with its headings`(export: DirtyExport) throws {
        for length in stride(from: 1, to: export.bytes.count, by: 7) {
            do throws(DeclaredRefusal) {
                let reading = try DeclaredReading(Array(export.bytes.prefix(length)), source: "export.csv")
                #expect(reading.assets.count <= export.rows.count + 1)
            } catch { #expect(!error.words.isEmpty) }
        }
    }
}

/// Goal: what only looks like the thing is not taken for it.
@Suite struct `What stands in a list` {
    @Test(arguments: [
        ("10.20.30.40", 0), ("160.1.2.3", 0), ("20.2.3.4", 0), ("2.3.6", 0), ("10.2", 0), ("01.02.2026", 0),
        ("1.23457E+11; 00:09:fb:00:00:01", 1), ("00:09:fb:00:00:01:", 1), ("eth0: 00:09:fb:00:00:01, wlan0: -", 1),
        ("LAN:MAC:0009fb000001", 1), ("0009fb000001\\0009fb000002", 2),
        ("00\u{2011}09\u{2011}fb\u{2011}00\u{2011}00\u{2011}01", 1),
        ("00:09:fb:00:00:01\u{200B}", 1), ("[00:09:fb:00:00:01] [00:09:fb:00:00:02]", 2),
        ("0009fb000001+0009fb000002", 2),
        ("ä0:09:fb:00:00:01", 0), ("000000000000", 0), ("k.A.", 0), ("0", 0), ("1E+12", 0),
    ])
    func `is an address only where it is one`(cell: String, count: Int) {
        #expect(HardwareCell(cell).addresses.count == count, "\(HardwareCell(cell))")
    }

    @Test(arguments: [
        ("Non-Operational", DeclaredAsset.Status.inRepair), ("not in use", .stored), ("NOT RETIRED", nil),
        ("nicht defekt", nil), ("In Use - Leased", .inService), ("30 - Retired", .retired), ("A: active", .inService),
        ("Asset was scrapped in 2023", .retired), ("Missing power cord", nil), ("lost, later found", .missing),
        ("Deployed / In Repair", .inService), ("in service in repair", nil), ("hors d’usage", .retired),
        ("Außer Betrieb", .retired), ("Ausser Betrieb", .retired), ("en almacen", .stored), ("CRTE INAC", .retired),
        ("Available", nil), ("Can’t find", .missing), ("", nil), ("2023", nil),
    ])
    func `is a status only where it says one`(word: String, expected: DeclaredAsset.Status?) {
        #expect(DeclaredValues.status(word) == expected)
    }

    @Test(arguments: [
        ("Retired", "Yes", DeclaredAsset.Status.retired), ("Retired", "No", .inService), ("Active", "0", .retired),
        ("In use", "TRUE", .inService), ("Retired date", "3/4/2024", .retired), ("Retired date", "n/a", nil),
        ("Status", "Yes", nil), ("Disposed", "Disposed", .retired),
    ])
    func `is a status also where a heading asks for yes or no`(
        heading: String, value: String, expected: DeclaredAsset.Status?
    ) {
        #expect(DeclaredValues.status(value, under: heading) == expected)
    }

    @Test(arguments: [
        ("Yes (Wi-Fi)", true), ("Y - wired", true), ("LAN/WLAN", true), ("No - stand-alone", false), ("N / A", nil),
        ("1-2", nil), ("0.5", nil), ("non connecté", false), ("nicht netzwerkfähig", false), ("Bluetooth", nil),
        ("-1", true), ("Einzelplatz", false),
    ])
    func `is yes or no only where it says so`(word: String, expected: Bool?) {
        #expect(DeclaredValues.flag(word) == expected)
    }

    @Test(arguments: [
        ("u_mac_address_1", DeclaredColumn.mac), ("cmdb_ci.serial_number", .serial), ("location.u_room", .room),
        ("Seriennummer / Serial number", .serial), ("Make/Model", .model), ("Building / Floor / Room", .location),
        ("Hospital Asset Tag No. (biomed)", .tag), ("Mfr. Serial Number of unit", .serial), ("ASSET_TAG", .tag),
        ("parent.serial_number", nil), ("Software license serial number", nil), ("Next PM Date", nil),
        ("PO number", nil), ("Old asset tag", nil), ("Battery serial no.", nil), ("Nächste STK", nil), ("IP", nil),
        ("Comments / Notes", nil), ("Weight (kg)", nil), ("Date created", nil),
    ])
    func `has the meaning of its heading, and of no other`(heading: String, column: DeclaredColumn?) {
        #expect(DeclaredHeadings.meaning(of: heading)?.column == column)
    }

    @Test(arguments: [
        ("<table><tr><td>Asset Tag", "a web page or XML"), ("\u{FEFF}<?xml version", "a web page or XML"),
        ("[ {\"asset_tag\": 1}]", "JSON"), ("{\"result\": []}", "JSON"), ("PK\u{3}\u{4}", "an Excel workbook"),
    ])
    func `is no list where the file is something else, and that is said`(text: String, kind: String) {
        do throws(DeclaredRefusal) {
            _ = try DeclaredReading(Array(text.utf8), source: "a")
            Issue.record("read")
        } catch { #expect(error.words.hasPrefix(kind)) }
    }

    @Test func `under Equipment is a number or a word, as the values say`() throws {
        let words = "Equipment,Serial\nInfusion pump,S1\nMonitor 2,S2\n"
        let named = try DeclaredReading(Array(words.utf8), source: "a").assets
        #expect(named.map(\.tag) == [nil, nil] && named.map(\.type) == ["Infusion pump", "Monitor 2"])
        #expect(throws: DeclaredRefusal.nothingIdentifies(["Equipment", "Room"])) {
            try DeclaredReading(Array("Equipment,Room\nInfusion pump,4\n".utf8), source: "a")
        }
        let numbers = try DeclaredReading(Array("Equipment,Room\nE-100,4\n".utf8), source: "a").assets
        #expect(numbers.map(\.tag) == ["E-100"])
    }

    @Test(arguments: [
        ("Asset Tag,Colour\nT-1,red\n", true), ("Colour;MAC\nred;0009fb000001\n", true), ("ID,Price\n1,2\n", false),
        ("Colour,Price\nred,2\n", false), ("List of serial numbers,,\nSerial,Model,x\nS1,M,\n", true),
    ])
    func `is a list of assets where one heading says so, and is not by a word that any list has`(
        text: String, isOne: Bool
    ) {
        let reading = try? DeclaredReading(Array(text.utf8), source: "a")
        #expect((reading?.assets.count == 1) == isOne)
    }

    @Test func `many times is told once, with the number of its rows`() throws {
        let text = "Tag,Serial,Model,Networked,Status\n" + String(repeating: "T,S,M,perhaps,Parked\nT,S\n", count: 700)
        let reading = try DeclaredReading(Array(text.utf8), source: "a")
        #expect(reading.assets.count == 1_400)
        #expect(
            reading.troubles.map { "\($0.line) \($0.column ?? ""): \($0.words)" } == [
                "2 Networked: 'perhaps' is neither yes nor no; taken as not known, as in 699 more rows",
                "2 Status: 'Parked' is no status that is known, as in 699 more rows; counts as in service",
                "3 Model: the row ends before this column, as in 699 more rows; what is missing counts as blank",
            ])
    }
}
