//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: our list of makers' names is whole, and knows every maker of the given advisories and of our own rules.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Library
import Model
import Support
import Testing

@Suite struct `The list of makers` {
    static func own() throws -> VendorList { VendorList(try House.text("Knowledge/vendors.list")) }

    @Test func `has no broken line`() throws { #expect(try Self.own().troubles.isEmpty) }

    @Test func `knows every maker that our rules name, and writes it alike`() throws {
        let names = try Self.own().names
        var makers: Set<String> = []
        for file in House.files(below: "Knowledge", endingIn: ".rules") {
            for line in try House.text(file).split(separator: "\n") {
                let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
                let verb = parts[0].trimmingCharacters(in: .whitespaces)
                if verb == "maker" || verb == "module" { makers.insert(String(parts[1])) }
                guard verb.hasPrefix("says ") || verb == "says" else { continue }
                for index in parts.indices where index % 2 == 1 {
                    guard parts[index - 1].hasSuffix("vendor "), !parts[index].contains("{") else { continue }
                    makers.insert(String(parts[index]))
                }
            }
        }
        #expect(makers.count > 300)
        let strange = makers.filter { !names.isKnown($0) || names.canonical($0) != $0 }
        #expect(strange.isEmpty, "\(strange.sorted())")
    }

    @Test(.enabled(if: Recordings.areHere)) func `knows every maker of the given advisories`() throws {
        let names = try Self.own().names
        let set = AdvisoryLibrary.load([try Recordings.url("advisories").path]).set
        let vendors = Set(set.advisories.flatMap { $0.products.map(\.vendor) })
        #expect(vendors.count > 35)
        #expect(vendors.filter { !names.isKnown($0) } == [])
    }

    @Test func `knows the makers of other advisories of the same source`() throws {
        let names = try Self.own().names
        let makers = [
            "3B Medical", "Animas", "B. Braun Melsungen AG", "Contec Health", "Dario Health",
            "FUJIFILM Healthcare Americas Corporation", "Grassroots", "Illumina", "INFINITT Healthcare",
            "Johnson & Johnson", "Medixant", "MicroDicom", "Mirion Medical", "Natus Medical, Inc. (Natus)",
            "NIHON KOHDEN", "Orthanc", "Oxford Nanopore Technologies", "Panoramic Corporation", "Pixmeo", "Qardio",
            "Santesoft", "Softneta", "Varex Imaging", "Vertikal Systems", "WHILL Inc.", "Ypsomed", "ZOLL",
        ]
        #expect(makers.filter { !names.isKnown($0) } == [])
    }

    @Test(arguments: [
        ("Phillips", "Philips"), ("Becton, Dickinson and Company (BD)", "Becton Dickinson"), ("BD", "Becton Dickinson"),
        ("GE", "GE Healthcare"), ("General Electric (GE)", "GE Healthcare"), ("Medtronic ", "Medtronic"),
        ("B. Braun Medical", "B.Braun"), ("bbraun", "B.Braun"), ("Innokas YhtymÃ¤ Oy", "Innokas"),
        ("Hillrom and ELI, Baxter International Inc.", "Hill-Rom"), ("gehealthcare", "GE Healthcare"),
        ("Drägerwerk AG & Co. KGaA", "Dräger"), ("Draeger Medical Systems, Inc.", "Dräger"), ("draeger", "Dräger"),
        ("SIEMENS HEALTHCARE GMBH", "Siemens Healthineers"), ("Siemens", "Siemens"), ("Hospira, Inc.", "ICU Medical"),
        ("Philips Medical Systems Nederland B.V.", "Philips"), ("fresenius-kabi", "Fresenius Kabi"),
        ("Fresenius Medical Care Deutschland GmbH", "Fresenius Medical Care"), ("Abbott Laboratories", "Abbott"),
        ("Shenzhen Mindray Bio-Medical Electronics Co., Ltd.", "Mindray"), ("Covidien LP", "Medtronic"),
        ("GE Vingmed Ultrasound AS", "GE Healthcare"), ("Softneta, UAB", "Softneta"),
        ("GE Healthcare Austria GmbH", "GE Healthcare"), ("FUJIFILM Healthcare Americas Corporation", "Fujifilm"),
        ("BD Rowa", "Becton Dickinson"), ("Ethicon Endo-Surgery, LLC", "Ethicon"),
    ])
    func `merges what is one maker`(written: String, maker: String) throws {
        #expect(try Self.own().names.canonical(written) == maker)
    }

    @Test func `keeps apart what was only bought, and what merely sounds alike`() throws {
        let names = try Self.own().names
        for (one, other) in [
            ("Alaris", "BD"), ("Welch Allyn", "Baxter"), ("Smiths Medical", "ICU Medical"), ("Ethicon", "J&J"),
        ] {
            #expect(names.identity(one) != names.identity(other) && names.isSameHouse(one, other))
        }
        for (one, other) in [
            ("Fresenius Kabi", "Fresenius Medical Care"), ("Philips", "Alaris"), ("Vyaire", "BD"), ("GE", "Philips"),
            ("Hamilton Medical", "Hamilton Company"), ("GE Intelligent Platforms", "GE Healthcare"),
        ] { #expect(!names.isSameHouse(one, other), "\(one), \(other)") }
    }

    @Test func `a broken line is named, and the rest is kept`() {
        let list = VendorList(
            """
            # a comment
            source "somewhere"
            spelling "A" "Alpha"
            spelling "B" "alpha"
            house "A"
            makers
            makers "C" D
            maker "E"
            spelling "F
            spelling "G" "--"
            house "A" "H"
            """)
        #expect(list.troubles.map(\.line) == [4, 5, 6, 7, 8, 9, 10])
        #expect(list.troubles[0].description == "line 4: alpha is a spelling of another maker, too")
        #expect(list.names.canonical("ALPHA") == "A" && list.names.isSameHouse("Alpha", "H"))
    }
}
