//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Names of makers: which spellings are one maker, and which brands belong to one house?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What `Knowledge/vendors.list` says of makers, as a value.
///
/// Two questions are kept apart. *Spellings* are one maker, and are counted as one. A *house* is brands that belong together
/// by purchase: an advisory of the house may concern the brand's device, but they are not one maker in a count.
public struct VendorNames: Hashable, Sendable {
    /// Words that companies put behind their name; they are taken off only where what is left is a known maker.
    private static let common: Set<String> = [
        "america", "americas", "asia", "australia", "austria", "benelux", "canada", "china", "care", "deutschland",
        "devices", "electronics", "europe", "france", "germany", "global", "group", "health", "healthcare", "holding",
        "holdings", "india", "instruments", "international", "italia", "italy", "japan", "korea", "laboratories",
        "laboratory", "labs", "medical", "medizintechnik", "na", "nederland", "netherlands", "nordic", "north",
        "operations", "products", "schweiz", "services", "solutions", "spain", "suisse", "sweden", "switzerland",
        "system", "systems", "technologies", "technology", "uk", "ultrasound", "usa", "us", "world", "worldwide",
    ]

    /// Each maker's name as we write it.
    private var names: [String] = []
    /// A folded spelling to its maker, an index into `names`.
    private var makers: [String: Int] = [:]
    /// A maker to those of its houses, itself among them, ascending.
    private var relatives: [Int: [Int]] = [:]

    /// - Parameters:
    ///   - spellings: Spellings of one maker each; the first is the one that we write. Of a spelling that stands twice the
    ///     first place counts.
    ///   - houses: Makers that belong together. A maker may stand in several; being related goes no further than one house.
    public init(spellings: [[String]] = [], houses: [[String]] = []) {
        for line in spellings {
            guard let first = line.first else { continue }
            let maker = self.maker(adding: first)
            for other in line {
                let key = Self.folded(other)
                if !key.isEmpty, makers[key] == nil { makers[key] = maker }
            }
        }
        for line in houses {
            let members = Set(line.map { self.maker(adding: $0) })
            for member in members { relatives[member] = Set(relatives[member] ?? []).union(members).sorted() }
        }
    }

    private mutating func maker(adding name: String) -> Int {
        let key = Self.folded(name)
        if let known = makers[key] { return known }
        names.append(NameFolding.tidy(name))
        makers[key] = names.count - 1
        return names.count - 1
    }

    /// What is compared: small letters and digits without blanks, accents, parentheses and legal forms.
    public static func folded(_ name: String) -> String { NameFolding.words(name).joined() }

    /// The maker's name as we write it: `Phillips` is `Philips`, `Becton, Dickinson and Company (BD)` is `Becton Dickinson`.
    ///
    /// A name that we do not know is only tidied, so that two spellings of it may still differ in case or legal form:
    /// compare by `identity`.
    public func canonical(_ name: String) -> String { index(of: name).map { names[$0] } ?? NameFolding.tidy(name) }

    /// Whether the name, or what it begins with, stands in the table.
    public func isKnown(_ name: String) -> Bool { index(of: name) != nil }

    /// Equal for all spellings of one maker, known or not; for grouping, never shown.
    public func identity(_ name: String) -> String { Self.folded(index(of: name).map { names[$0] } ?? name) }

    /// The makers that belong to one house with this one, as we write them, itself first, then by name.
    public func house(of name: String) -> [String] {
        guard let maker = index(of: name) else { return [NameFolding.tidy(name)] }
        let others = (relatives[maker] ?? []).filter { $0 != maker }
        return [names[maker]] + others.map { names[$0] }.sorted()
    }

    /// Whether both are one maker, or brands of one house. Nothing is the same house as an empty name.
    public func isSameHouse(_ one: String, _ other: String) -> Bool { isSameHouse(lookup(one), lookup(other)) }

    /// A name that was looked up once, for whom compares it with many.
    public struct Lookup: Hashable, Sendable {
        /// Which of our makers it is.
        fileprivate var maker: Int?
        /// `identity` of the name.
        fileprivate var identity: String
    }

    public func lookup(_ name: String) -> Lookup {
        let maker = index(of: name)
        return Lookup(maker: maker, identity: Self.folded(maker.map { names[$0] } ?? name))
    }

    public func isSameHouse(_ one: Lookup, _ other: Lookup) -> Bool {
        guard let first = one.maker, let second = other.maker else {
            return !one.identity.isEmpty && one.identity == other.identity
        }
        return first == second || relatives[first]?.contains(second) == true
    }

    private func index(of name: String) -> Int? {
        var words = NameFolding.words(name)
        while !words.isEmpty {
            if let known = makers[words.joined()] { return known }
            guard let last = words.last, words.count > 1, Self.common.contains(last) || last == "and" else {
                return nil
            }
            words.removeLast()
        }
        return nil
    }
}
