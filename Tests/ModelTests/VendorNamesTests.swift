//===----------------------------------------------------------------------===//
// Wardlight · tests
//
// Goal: one maker is counted once however its name is typed, and two makers stay two.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@Suite struct `Names of makers` {
    let names = VendorNames(
        spellings: [
            ["Philips", "Phillips"],
            ["Becton Dickinson", "BD", "Becton, Dickinson and Company (BD)"],
            ["GE Healthcare", "GE", "General Electric (GE)"],
            ["Dräger", "Draeger"], ["Hamilton Medical"], ["Innokas Yhtymä"], ["Fresenius Kabi"],
            ["Fresenius Medical Care"],
        ],
        houses: [["Becton Dickinson", "CareFusion", "Alaris"], ["CareFusion", "Vyaire Medical"]])

    @Test(arguments: [
        ("Phillips", "Philips"), ("PHILIPS ", "Philips"), ("Philips Medical Systems", "Philips"),
        ("Philips Healthcare, Inc.", "Philips"), ("Becton Dickinson & Co.", "Becton Dickinson"),
        ("becton, dickinson AND company (bd)", "Becton Dickinson"), ("B.D.", "Becton Dickinson"),
        ("General Electric (GE)", "GE Healthcare"), ("GE Medical Systems", "GE Healthcare"), ("DRAGER", "Dräger"),
        ("Dräger Medical AG & Co. KG", "Dräger"), ("Dra\u{308}ger", "Dräger"), ("DrÃ¤ger", "Dräger"),
        ("Innokas YhtymÃ¤ Oy", "Innokas Yhtymä"), ("Hamilton Medical AG", "Hamilton Medical"),
        ("Fresenius Medical Care AG & Co. KGaA", "Fresenius Medical Care"), ("The Philips Company", "Philips"),
    ])
    func `spellings are one maker`(written: String, maker: String) {
        #expect(names.canonical(written) == maker)
        #expect(names.identity(written) == names.identity(maker))
    }

    @Test(arguments: [
        ("Hamilton Company", "Hamilton Medical"), ("Fresenius Kabi", "Fresenius Medical Care"),
        ("Philipson", "Philips"),
        ("GE", "GEA"), ("Fresenius", "Fresenius Kabi"), ("CareFusion", "Becton Dickinson"), ("Medical", "Healthcare"),
    ])
    func `makers that only look alike stay apart`(one: String, other: String) {
        #expect(names.identity(one) != names.identity(other))
    }

    @Test func `a name that is not known is tidied, and still one whatever its legal form`() {
        #expect(names.canonical("  ACME\u{A0} Pumps,\tInc. ") == "ACME Pumps, Inc.")
        #expect(names.identity("ACME Pumps, Inc.") == names.identity("Acme Pumps GmbH"))
        #expect(names.house(of: " Acme  Pumps") == ["Acme Pumps"])
    }

    @Test func `a house holds brands, and goes no further than what was bought`() {
        #expect(names.isSameHouse("BD", "Alaris"))
        #expect(names.isSameHouse("Vyaire Medical", "Carefusion Corp."))
        #expect(!names.isSameHouse("Vyaire Medical", "BD"))
        #expect(!names.isSameHouse("Philips", "Alaris"))
        #expect(names.house(of: "CareFusion") == ["CareFusion", "Alaris", "Becton Dickinson", "Vyaire Medical"])
    }

    @Test func `nothing belongs to nobody`() {
        #expect(!names.isSameHouse("", ""))
        #expect(!names.isSameHouse("(unknown)", "-"))
        #expect(names.canonical("") == "")
        #expect(VendorNames().isSameHouse("Acme", "ACME Inc."))
    }

    @Test func `hostile names are read calmly`() {
        let long = String(repeating: "Ã", count: 100_000)
        #expect(names.canonical(long).unicodeScalars.count <= NameFolding.mostScalars)
        #expect(names.canonical("\u{0}\u{202E}\u{FEFF}") == "")
        #expect(names.identity("((((((((") == "")
        #expect(names.canonical("))Philips") == "Philips")
        #expect(NameFolding.repaired("Ãbc") == "Ãbc")
    }
}
