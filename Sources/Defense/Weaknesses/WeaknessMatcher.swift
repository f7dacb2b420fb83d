//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// The matcher: which rows of all advisories concern this device, and what does each mean for it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Holds all advisories, and answers for one device after the other.
///
/// Reading the rows is done once. What the names of a device agree with is remembered, so that a thousand pumps of one model
/// are compared by their versions only; the memory is bounded and never changes an answer.
public struct WeaknessMatcher: Sendable {
    let vendors: VendorNames
    let rows: [AdvisoryRow]
    let advisories: [Advisory]
    /// Spellings of makers in the advisories, each with its rows, ascending.
    private let makers: [(maker: Maker, rows: [Int])]
    /// Rows of products that a role can name: software that runs anywhere (`DICOM toolkit DCMTK`).
    private let software: [Int]

    /// All that advisories know of a maker's house.
    private struct House: Sendable {
        var index: RowIndex
        /// Words of its names.
        var words: [String]
    }
    private var houses: [String: House] = [:]
    /// Spellings of one house have the same rows, and share their index.
    private var indexes: [[Int]: RowIndex] = [:]
    /// Of all rows, for devices whose maker is not known; made when the first comes.
    private var everything: RowIndex?
    private var candidates: [Names: [Candidate]] = [:]
    /// Makers and names of devices that are remembered; a hospital has a few thousand models.
    private static let mostRemembered = 8_192

    public init(set: AdvisorySet, vendors: VendorNames) {
        self.vendors = vendors
        advisories = set.advisories
        var rows: [AdvisoryRow] = []
        var words: [String: [String]] = [:]
        for (index, advisory) in set.advisories.enumerated() {
            for product in advisory.products {
                let row = AdvisoryRow(product, at: index, of: advisory, set: set) { vendor in
                    if let known = words[vendor] { return known }
                    let found = Self.words(of: vendor, vendors)
                    words[vendor] = found
                    return found
                }
                rows.append(row)
            }
        }
        self.rows = rows
        var byVendor: [String: [Int]] = [:]
        for (index, row) in rows.enumerated() { byVendor[row.vendor, default: []].append(index) }
        makers = byVendor.sorted { $0.key < $1.key }.map { (maker: Maker($0.key, vendors), rows: $0.value) }
        software = rows.indices.filter { rows[$0].words.isSoftwareName }
    }

    // MARK: - Answers

    /// What affects the device, or may: the most urgent first.
    ///
    /// - Parameter now: the moment of the answer; only an advisory that was released before it counts. Nil counts all.
    public mutating func weaknesses(of device: Device, exposure: Exposure = .controlled, now: Timestamp? = nil)
        -> [Weakness]
    {
        allVerdicts(of: device, exposure: exposure, now: now).filter { $0.verdict != .notAffected }
    }

    /// Every row that was held against the device, those that do not affect it, too.
    public mutating func allVerdicts(of device: Device, exposure: Exposure = .controlled, now: Timestamp? = nil)
        -> [Weakness]
    {
        let seen = Seen(device)
        guard let names = seen.names else { return [] }
        let found = candidates(for: names)
        guard !found.isEmpty else { return [] }
        let version = seen.firmware.flatMap { VersionText($0) }
        var result: [Weakness] = []
        for candidate in found {
            let row = rows[candidate.row]
            if let now, let released = advisories[row.advisory].released, released > now { continue }
            var judgement = RowJudgement(row: row, candidate: candidate, seen: seen, version: version)
            guard var weakness = judgement.weakness() else { continue }
            if weakness.verdict != .notAffected {
                weakness.since =
                    advisories[row.advisory].released.map { Swift.max($0, device.span.first) } ?? device.span.first
                Deployer.decide(&weakness, by: row.points, device: device, exposure: exposure)
            }
            result.append(weakness)
        }
        return result.sorted(by: Self.isBefore)
    }

    /// Affected before open questions; then priority, score, and the order of names.
    static func isBefore(_ one: Weakness, _ other: Weakness) -> Bool {
        func rank(_ verdict: Weakness.Verdict) -> Int { verdict == .affected ? 0 : verdict == .needsReview ? 1 : 2 }
        if one.verdict != other.verdict { return rank(one.verdict) < rank(other.verdict) }
        if one.priority != other.priority { return (one.priority?.rawValue ?? -1) > (other.priority?.rawValue ?? -1) }
        if one.score != other.score { return (one.score ?? -1) > (other.score ?? -1) }
        return (one.advisory, one.row) < (other.advisory, other.row)
    }

    // MARK: - Names

    private mutating func candidates(for names: Names) -> [Candidate] {
        if let known = candidates[names] { return known }
        let (search, index) = search(names)
        let found = search.candidates(among: index.rows(for: search), software: software)
        if candidates.count >= Self.mostRemembered { candidates.removeAll(keepingCapacity: true) }
        candidates[names] = found
        return found
    }

    /// What is compared, and the rows that it could be compared with.
    mutating func search(_ names: Names) -> (search: NameSearch, index: RowIndex) {
        guard let vendor = names.vendor else {
            let index = everything ?? RowIndex(Array(rows.indices), of: rows)
            everything = index
            return (NameSearch(rows, names, vendorWords: []), index)
        }
        let house = house(of: vendor)
        return (NameSearch(rows, names, vendorWords: house.words), house.index)
    }

    /// Rows of all makers that are one house with this one.
    private mutating func house(of vendor: String) -> House {
        if let known = houses[vendor] { return known }
        let seen = vendors.lookup(vendor)
        var found: [Int] = []
        for (maker, rows) in makers where maker.isSameHouse(as: seen, vendors) { found += rows }
        found.sort()
        if houses.count >= Self.mostRemembered {
            houses.removeAll(keepingCapacity: true)
            indexes.removeAll(keepingCapacity: true)
        }
        let index = indexes[found] ?? RowIndex(found, of: rows)
        indexes[found] = index
        let house = House(index: index, words: found.isEmpty ? [] : Self.words(of: vendor, vendors))
        houses[vendor] = house
        return house
    }

    /// Words of a maker's names that say nothing of a product.
    private static func words(of vendor: String, _ vendors: VendorNames) -> [String] {
        var words: [String] = []
        for name in [vendor] + vendors.house(of: vendor) {
            let read = ProductWords(name)
            for word in read.words + read.aliases + read.asides where !words.contains(word) { words.append(word) }
        }
        return words
    }
}

/// A maker as an advisory writes it; it may name several in one text: `Hillrom and ELI, Baxter International Inc.`.
private struct Maker: Sendable {
    /// The whole text, then its parts.
    let names: [VendorNames.Lookup]

    init(_ text: String, _ vendors: VendorNames) {
        let parts = text.split { $0 == "," || $0 == "/" || $0 == ";" }.flatMap { part -> [Substring] in
            var pieces: [Substring] = []
            var rest = part
            while let range = rest.firstWord("and") {
                pieces.append(rest[..<range.lowerBound])
                rest = rest[range.upperBound...]
            }
            return pieces + [rest]
        }
        let others = parts.map { String($0).trimmingBlanks }.filter { name in
            name.utf8.count >= 3
                && !["inc.", "ltd.", "inc", "ltd", "llc", "co.", "gmbh"].contains(name.lowercased())
        }
        names = ([text] + (parts.count > 1 ? others : [])).map { vendors.lookup($0) }
    }

    func isSameHouse(as seen: VendorNames.Lookup, _ vendors: VendorNames) -> Bool {
        names.contains { vendors.isSameHouse($0, seen) }
    }
}

extension Substring {
    /// Where a word stands alone, blanks around it.
    fileprivate func firstWord(_ word: String) -> Range<Index>? {
        var at = startIndex
        while at < endIndex {
            if self[at] == " ", self[index(after: at)...].hasPrefix(word + " ") {
                return at..<index(at, offsetBy: word.count + 1)
            }
            at = index(after: at)
        }
        return nil
    }
}

extension String {
    var trimmingBlanks: String {
        var rest = Substring(self)
        while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
