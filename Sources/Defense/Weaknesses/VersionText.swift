//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Version texts: which of two versions is the earlier, and when can nobody say?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A version as people and machines write it: `9.33.1`, `R4.1L1`, `012U000040`, `1.3.1 Build 13`, `C.00.04`, `8/30/2024`.
///
/// Two versions may be neither equal nor in order: where letters that name a series differ (`U61`, `L81`), or where one
/// has a letter and the other a digit. Then `compared` says nothing, and a person decides. (docs/weaknesses.md)
public struct VersionText: Hashable, Sendable {
    /// A run of digits, without leading zeros, or a run of letters, in capitals.
    struct Token: Hashable, Sendable {
        var text: String
        var isNumber: Bool
        /// The first of its part: behind a dot, a dash, a blank.
        var startsPart: Bool
        /// Letters with digits right behind them, in the same part: they name a series (`U61`), or a level (`1L1`).
        var isSeries: Bool
    }

    /// What follows another version and makes it later: a service pack. Its absence is number 0 of it.
    static let laterMarkers: Set<String> = ["SP", "SR", "MR", "HF", "PATCH", "UPDATE"]
    /// What comes before the version that it is of.
    static let earlierMarkers: Set<String> = ["ALPHA", "BETA", "RC", "PRE", "PREVIEW", "DEV", "SNAPSHOT"]
    static let markers = laterMarkers.union(earlierMarkers).union(["BUILD", "REV", "REVISION", "RELEASE"])
    /// Octets; longer is no version.
    static let longest = 128
    private static let mostTokens = 32

    /// As written.
    public let text: String
    let tokens: [Token]
    /// `2.X`: any version that begins like this.
    let isOpen: Bool
    /// A day, as year, month and day: comparable with another day only.
    let isDate: Bool

    /// Nothing where it is no version: prose, too long, without a digit (but for one letter: `K`).
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.longest else { return nil }
        self.text = text
        if let day = Self.day(text) {
            tokens = day.map { Token(text: $0, isNumber: true, startsPart: true, isSeries: false) }
            isOpen = false
            isDate = true
            return
        }
        isDate = false
        // `vD25`: a small v before a series.
        let bytes = text.utf8
        let isLed =
            bytes.first == UInt8(ascii: "v")
            && bytes.dropFirst().first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } == true
        guard var tokens = Self.tokens(of: isLed ? String(text.dropFirst()) : text) else { return nil }
        let whole = tokens.count
        while let last = tokens.last, tokens.count > 1, last.startsPart,
            last.text.allSatisfy({ $0 == "X" || $0 == "*" })
        {
            tokens.removeLast()
        }
        isOpen = tokens.count < whole
        guard !tokens.contains(where: { $0.text == "*" }),
            tokens.contains(where: \.isNumber) || (tokens.count == 1 && tokens[0].text.utf8.count == 1)
        else { return nil }
        self.tokens = tokens
    }

    /// Whether it is a letter alone (`K`, `N`): a revision that has releases of its own.
    var isLetter: Bool { tokens.count == 1 && !tokens[0].isNumber }

    /// `C.0x`: the first version that is meant (`C.0`), and the first behind them (`C.10`); nil for all others.
    var floorOfCard: VersionText? { card.flatMap { VersionText($0 + "0") } }
    var ceilingOfCard: VersionText? { card.flatMap { VersionText($0 + "10") } }

    /// What stands before a zero and a card at the end, in a part that is not the first: `C.`
    private var card: String? {
        let bytes = Array(text.utf8.suffix(3))
        guard bytes.count == 3, text.utf8.count > 3, bytes[0] == UInt8(ascii: "."), bytes[1] == UInt8(ascii: "0"),
            bytes[2] == UInt8(ascii: "x") || bytes[2] == UInt8(ascii: "X")
        else { return nil }
        return String(text.dropLast(2))
    }

    /// Whether both have the same build: as many runs, of the same kinds, the numbers equally long.
    func hasForm(of other: VersionText) -> Bool {
        tokens.count == other.tokens.count
            && zip(tokens, other.tokens).allSatisfy {
                $0.isNumber == $1.isNumber && $0.text.utf8.count == $1.text.utf8.count
            }
    }

    // MARK: - Reading

    private static func tokens(of text: String) -> [Token]? {
        var tokens: [Token] = []
        var run = ""
        var kind: Kind = .separator
        var starts = true

        func close() {
            guard !run.isEmpty else { return }
            let isNumber = kind == .digit
            let trimmed = isNumber ? String(run.drop { $0 == "0" }) : run
            tokens.append(
                Token(text: trimmed.isEmpty ? "0" : trimmed, isNumber: isNumber, startsPart: starts, isSeries: false))
            run = ""
            starts = false
        }
        for byte in text.utf8 {
            guard let next = Kind(byte) else { return nil }
            if next != kind {
                close()
                if next == .digit, !starts, let last = tokens.indices.last, !tokens[last].isNumber {
                    tokens[last].isSeries = true
                }
                kind = next
            }
            if next == .separator { starts = true } else { run.append(Character(UnicodeScalar(upper(byte)))) }
            if tokens.count > mostTokens { return nil }
        }
        close()
        return withoutLeader(joined(tokens))
    }

    private enum Kind {
        case digit, letter, separator
        init?(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "*"):
                self = .letter
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: " "), UInt8(ascii: "+"),
                UInt8(ascii: ":"), UInt8(ascii: "~"), UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"):
                self = .separator
            default: return nil
            }
        }
    }

    static func upper(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
    }

    /// `SERVICE PACK` is `SP`; `P30` behind a number stays as it is.
    private static func joined(_ tokens: [Token]) -> [Token] {
        let pairs = [
            ["SERVICE", "PACK"]: "SP", ["SERVICE", "RELEASE"]: "SR", ["MAINTENANCE", "RELEASE"]: "MR",
            ["HOT", "FIX"]: "HF",
        ]
        var result: [Token] = []
        for var token in tokens {
            if let last = result.last, let short = pairs[[last.text, token.text]] {
                result[result.count - 1].text = short
                continue
            }
            if token.text == "HOTFIX" { token.text = "HF" }
            if token.text == "BLD" { token.text = "BUILD" }
            result.append(token)
        }
        return result
    }

    /// Without what only says that a version follows: `v`, `Version`, `Rev`, `R` before a digit, `SW`, `FW`.
    private static func withoutLeader(_ tokens: [Token]) -> [Token] {
        var rest = tokens[...]
        let words: Set<String> = [
            "VERSION", "VERSIONS", "VER", "VERS", "REV", "REVISION", "RELEASE", "SOFTWARE", "FIRMWARE", "SW", "FW",
        ]
        while let first = rest.first, !first.isNumber, rest.count > 1, words.contains(first.text) {
            rest = rest.dropFirst()
        }
        if let first = rest.first, first.text == "V" || first.text == "R", rest.count > 1,
            rest[rest.startIndex + 1].isNumber
        {
            rest = rest.dropFirst()
        }
        var result = Array(rest)
        if !result.isEmpty { result[0].startsPart = true }
        return result
    }

    /// `8/30/2024`, `September_19_2025` or `1 July 2017` as year, month, day; nothing where day and month could be changed
    /// for one another.
    private static func day(_ text: String) -> [String]? {
        if let named = namedDay(text) { return named }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3,
            parts.allSatisfy({ (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let first = Int(parts[0]), let second = Int(parts[1]), let third = Int(parts[2])
        else { return nil }
        if parts[0].utf8.count == 4 {
            return (1...12).contains(second) && (1...31).contains(third) ? ["\(first)", "\(second)", "\(third)"] : nil
        }
        guard parts[2].utf8.count == 4, (1...31).contains(first), (1...31).contains(second) else { return nil }
        if first == second { return ["\(third)", "\(first)", "\(second)"] }
        if first <= 12, second > 12 { return ["\(third)", "\(first)", "\(second)"] }
        if second <= 12, first > 12 { return ["\(third)", "\(second)", "\(first)"] }
        return nil
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// The number of a month, by its name or the first three letters of it.
    static func month(_ word: some StringProtocol) -> Int? {
        let lower = word.lowercased()
        guard lower.utf8.count >= 3 else { return nil }
        return months.firstIndex { $0 == lower || $0.prefix(3) == lower || (lower == "sept" && $0 == "september") }
            .map { $0 + 1 }
    }

    /// A day that names its month, before or behind the number of the day.
    private static func namedDay(_ text: String) -> [String]? {
        guard (8...24).contains(text.utf8.count), text.utf8.contains(where: { (65...122).contains($0) }) else {
            return nil
        }
        let parts = text.split { $0 == " " || $0 == "_" || $0 == "-" || $0 == "," || $0 == "." || $0 == "/" }
        guard parts.count == 3, parts[2].utf8.count == 4, let year = Int(parts[2]), (1980...2199).contains(year) else {
            return nil
        }
        for (name, number) in [(parts[0], parts[1]), (parts[1], parts[0])] {
            guard let month = month(name), (1...2).contains(number.utf8.count), let day = Int(number),
                (1...31).contains(day)
            else { continue }
            return ["\(year)", "\(month)", "\(day)"]
        }
        return nil
    }
}
