//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The index of rows leaves nothing out: with it and without it, the same candidates.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Defense

@Suite("Rows by their words and numbers")
struct RowIndexTests {
    /// Holds a large crowd of names against the index and against every row, and says how many rows each looked at.
    private static func compare(_ set: AdvisorySet, each: Int, seed: UInt64) -> (
        asked: Int, walked: Int, looked: Int, subjects: Set<String>
    ) {
        var matcher = WeaknessMatcher(set: set, vendors: makers)
        var crowd = Crowd(set, seed: seed)
        let software = Array(matcher.rows.indices)
        var (asked, walked, looked) = (0, 0, 0)
        var subjects: Set<String> = []
        for row in set.advisories.flatMap(\.products) {
            for _ in 0..<each {
                let names = crowd.names(like: row)
                let (search, index) = matcher.search(names)
                let rows = index.rows(for: search)
                let found = search.candidates(among: rows, software: software)
                let plain = search.candidates(among: index.rows, software: software)
                #expect(found == plain, "\(names)")
                asked += 1
                walked += index.rows.count
                looked += rows.count
                for candidate in plain {
                    let hasMaker = names.vendor == nil ? "unknown " : ""
                    subjects.insert("\(hasMaker)\(candidate.subject)".prefix { $0 != "(" } + " \(candidate.agreement)")
                }
            }
        }
        return (asked, walked, looked, subjects)
    }

    private static let makers = VendorNames(
        spellings: [["Philips", "Phillips"], ["B. Braun", "B. Braun Medical"], ["Becton Dickinson", "BD"]],
        houses: [["Becton Dickinson", "Alaris"], ["Baxter", "Hillrom", "Welch Allyn"]])

    @Test("Of the given advisories it finds what a walk through all rows finds", .enabled(if: Recordings.areHere))
    func given() {
        let found = Self.compare(Given.set, each: 12, seed: 11)
        #expect(found.asked == 378 * 12)
        #expect(found.looked * 4 < found.walked, "\(found.looked) of \(found.walked) rows looked at")
        // Every way in which a row can be found was asked.
        let ways = [
            "device same", "device narrower", "device family", "component same", "component narrower",
            "component family", "component none", "system same", "role same", "missingPart family",
            "unknown device same",
        ]
        #expect(ways.filter { !found.subjects.contains($0) } == [], "\(found.subjects.sorted())")
    }

    @Test("Of rows with spans, letters for digits, short names and parts it finds what a walk through all finds")
    func madeUp() {
        var set = AdvisorySet()
        let products = [
            "IntelliVue patient monitor MX400-MX850", "IntelliVue Patient Monitors MX (MX400-550)", "Innova IGS 5x0",
            "Patient Information Center iX (PICiX)", "MiniMed Paradigm 522/722 pumps", "B450", "Brilliance 64",
            "Version",
            "Alaris PC Unit Model 8015", "Point-of-Care Unit (PCU) Model 8015", "Veradius Unity (718132)", "system",
            "Data module compactplus", "WiFi Battery Module", "SpaceStation with SpaceCom 2", "Windows XP", "Infinity",
            "Infinity Delta", "Upgrade Utility used with Windows XP systems", "DICOM toolkit DCMTK", "Agilia Link+",
            "Central Station (CSCS)", "(CSCS)", "Optima CT580RT", "3.0T Signa HDxt", "LOGIQ E9", "Ävea (AVEA)",
            "module",
        ]
        for (at, product) in products.enumerated() {
            // A title may say as little as the product.
            let title = at % 2 == 1 ? "Medical Advisory" : "Made Up"
            var advisory = Advisory(id: "ICSMA-00-\(100 + at)-01", title: title, publisher: "CISA", digest: "")
            var row = AffectedProduct(id: "P1", vendor: at % 9 == 8 ? "BD" : "Philips", product: product, versions: "*")
            row.name = "\(product) that have been installed in an Infinity Delta or Central Station"
            if at % 5 == 4 { row.versions = "Accu Inform II | MX 450 | see the label" }
            advisory.products = [row]
            set.advisories.append(advisory)
        }
        let found = Self.compare(set, each: 60, seed: 3)
        #expect(found.asked == products.count * 60)
        #expect(found.looked < found.walked)
        #expect(found.subjects.contains("missingPart family") && found.subjects.contains("component none"))
    }
}

/// Names as devices, lists and people could tell them: those of the rows, and all kinds of slips of them. Always the same.
private struct Crowd {
    private var state: UInt64
    private let products: [String]
    private let vendors: [String]

    init(_ set: AdvisorySet, seed: UInt64) {
        state = seed
        let rows = set.advisories.flatMap(\.products)
        products = rows.map(\.product)
        vendors = Set(rows.map(\.vendor)).sorted() + ["Alaris", "Quite Another Maker"]
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    private mutating func roll(_ sides: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(sides))
    }

    private mutating func one<Element>(of list: [Element]) -> Element { list[roll(list.count)] }

    mutating func names(like row: AffectedProduct) -> Names {
        var names = Names(
            vendor: row.vendor, model: nil, label: nil, system: nil, role: nil, components: [])
        switch roll(8) {
        case 0, 1: names.vendor = nil
        case 2: names.vendor = one(of: vendors)
        default: break
        }
        switch roll(10) {
        case 0: names.label = text(like: row.product)
        case 1: break
        case 2: names.model = text(like: row.name ?? row.product)
        default: names.model = text(like: row.product)
        }
        if roll(3) == 0 { names.system = one(of: ["Windows XP", "Windows 7 or Server 2008", "Windows", "Linux", "?"]) }
        if roll(5) == 0 { names.role = one(of: ["DICOM toolkit DCMTK", "archive", text(like: row.product)]) }
        for _ in 0..<max(0, roll(4) - 1) {
            let kind = one(of: ["WiFi module", "battery module", "data module", "Battery Pack", "card", "software", ""])
            switch roll(4) {
            case 0: names.components.append(kind)
            case 1: names.components.append("\(kind) \(text(like: one(of: products)))")
            case 2: names.components.append(row.product)
            default: names.components.append("\(kind) \(text(like: row.product))")
            }
        }
        return names
    }

    /// The text with up to three slips.
    private mutating func text(like product: String) -> String {
        var words = product.split(separator: " ").map(String.init)
        for _ in 0..<roll(4) where !words.isEmpty {
            let at = roll(words.count)
            switch roll(13) {
            case 0: words.remove(at: at)
            case 1 where at + 1 < words.count: words[at] += words.remove(at: at + 1)
            case 2: words.insert(words[at], at: at)
            case 3: words = [words[at]]
            case 4: words[at] = String(words[at].map { $0.isNumber ? Character("\(roll(10))") : $0 })
            case 5: words.append(one(of: ["64", "MX450", "XL", "520", "plus", "(PICiX)", "II", "module", "8015", "x"]))
            case 6: words[at] = words[at].uppercased()
            case 7: words[at] = words[at].filter { $0 != "(" && $0 != ")" && $0 != "-" }
            case 8: words[at] = words[at].replacing(/([A-Za-z])([0-9])/) { "\($0.output.1) \($0.output.2)" }
            case 9: words.swapAt(at, roll(words.count))
            case 10: words += one(of: products).split(separator: " ").prefix(1).map(String.init)
            case 11: words[at] = words[at].replacing(/([0-9])[xX]/) { "\($0.output.1)\(roll(10))" }
            default: words[at] = String(words[at].dropLast())
            }
        }
        return words.joined(separator: " ")
    }
}
