//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Plain words about versions: `2.3.6 and below`, `prior to 1.52`, `4.4 through 4.12`.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Reads lexemes from the left. What it does not know ends the reading: then all of it is prose.
struct PlainReader {
    private let lexemes: [Lexeme]
    private var at = 0

    init(_ lexemes: [Lexeme]) { self.lexemes = lexemes }

    /// Words that only say that versions follow.
    private static let filler: Set<String> = [
        "all", "any", "versions", "version", "ver", "vers", "v", "software", "firmware", "sw", "fw", "release",
        "releases",
        "revision", "revisions", "rev", "revs", "the", "being", "running",
    ]
    private static let before: Set<String> = [
        "prior", "before", "earlier", "older", "lower", "below", "less", "preceding", "previous",
    ]
    private static let after: Set<String> = ["later", "newer", "above", "higher", "after", "greater"]
    private static let through: Set<String> = ["through", "thru", "to", "-"]

    mutating func constraints() -> [VersionRange.Constraint]? {
        if namesTwoThings { return nil }
        var result: [VersionRange.Constraint] = []
        while at < lexemes.count {
            if skipSeparators() { continue }
            guard let more = alternative() else { return nil }
            result += more
            // Two versions side by side are no list; a comparison may follow at once (`17D19 >= 20D29`).
            switch current {
            case nil, .bar, .sign, .word("and"), .word("or"), .word("&"): break
            default: return nil
            }
        }
        return result
    }

    /// `Version A, Firmware A.03.09`: no list, but two things that have to be there together.
    private var namesTwoThings: Bool {
        var leaders: Set<Set<String>> = []
        for part in lexemes.split(separator: .bar) {
            let said = part.compactMap { lexeme -> String? in
                switch lexeme {
                case .word("firmware"), .word("fw"): "firmware"
                case .word("version"), .word("versions"), .word("revision"), .word("rev"): "version"
                default: nil
                }
            }
            if !said.isEmpty { leaders.insert(said.contains("firmware") ? ["firmware"] : ["version"]) }
        }
        return leaders.count > 1
    }

    private var current: Lexeme? { at < lexemes.count ? lexemes[at] : nil }
    private func word(_ offset: Int = 0) -> String? {
        guard at + offset < lexemes.count, case .word(let word) = lexemes[at + offset] else { return nil }
        return word
    }

    /// Bars, and `and`, `or` between two versions.
    private mutating func skipSeparators() -> Bool {
        switch current {
        case .bar: at += 1
        case .word("and"), .word("or"), .word("&"): at += 1
        default: return false
        }
        return true
    }

    private mutating func skipFiller() {
        while let word = word(), Self.filler.contains(word) { at += 1 }
    }

    // MARK: - One alternative

    private mutating func alternative() -> [VersionRange.Constraint]? {
        skipFiller()
        switch current {
        case .sign(let comparator):
            at += 1
            skipFiller()
            return version().map { [.init(comparator: comparator, version: $0)] }
        case .piece: return fromVersion()
        case .word: return isLeadingName ? fromVersion() : fromWords()
        default: return nil
        }
    }

    /// `prior to X`, `up to and including X`, `from X to Y`, `later than X`.
    private mutating func fromWords() -> [VersionRange.Constraint]? {
        guard let first = word() else { return nil }
        at += 1
        if Self.before.contains(first) || Self.after.contains(first) {
            if word() == "to" || word() == "than" { at += 1 }
            let isEqual = word() == "or" && word(1) == "equal" && word(2) == "to"
            if isEqual { at += 3 }
            skipFiller()
            let isBefore = Self.before.contains(first)
            let comparator: VersionRange.Comparator =
                isEqual ? (isBefore ? .lessOrEqual : .greaterOrEqual) : isBefore ? .less : .greater
            return version().map { [.init(comparator: comparator, version: $0)] }
        }
        switch first {
        case "up", "until", "through", "thru":
            if word() == "to" { at += 1 }
            let isClosed = first == "through" || first == "thru" || includes()
            skipFiller()
            return version().map { [.init(comparator: isClosed ? .lessOrEqual : .upTo, version: $0)] }
        case "from", "starting", "since":
            if word() == "from" || word() == "with" { at += 1 }
            skipFiller()
            guard case .piece = current, let read = fromVersion() else { return nil }
            if read.count == 1, read[0].comparator == .equal {
                return [.init(comparator: .greaterOrEqual, version: read[0].version)]
            }
            return read
        default: return nil
        }
    }

    /// `and including`, `including`.
    private mutating func includes() -> Bool {
        if word() == "and", word(1) == "including" { at += 2; return true }
        if word() == "including" || word() == "incl" { at += 1; return true }
        return false
    }

    /// `X`, `X and prior`, `X or later`, `X through Y`, `X < Y`, `X - Y`.
    private mutating func fromVersion() -> [VersionRange.Constraint]? {
        guard let first = version() else { return nil }
        if case .sign(let comparator)? = current, comparator == .less || comparator == .lessOrEqual {
            // `A10 < A11`: from the one to the other.
            at += 1
            guard let second = version() else { return nil }
            return [.init(comparator: .greaterOrEqual, version: first), .init(comparator: comparator, version: second)]
        }
        if let direction = direction() { return [.init(comparator: direction, version: first)] }
        if let word = word(), Self.through.contains(word) || (word == "up" && self.word(1) == "to") {
            at += word == "up" ? 2 : 1
            if word == "through", self.word() == "to" { at += 1 }
            _ = includes()
            skipFiller()
            guard let second = version(), Self.isInterval(first, second) else { return nil }
            return [
                .init(comparator: .greaterOrEqual, version: first), .init(comparator: .lessOrEqual, version: second),
            ]
        }
        return [.init(comparator: .equal, version: first)]
    }

    /// `and prior`, `or earlier versions`, `(and below)`, `or later`: nothing where none follows.
    private mutating func direction() -> VersionRange.Comparator? {
        let start = at
        var isBracketed = false
        if current == .other { at += 1; isBracketed = true }
        if word() == "and" || word() == "or" { at += 1 }
        if word() == "all" { at += 1 }
        skipJoiners()
        if let word = word(),
            Self.before.contains(word) || Self.after.contains(word) || (word == "up" && self.word(1) != "to")
                || word == "onwards"
        {
            at += 1
            let comparator: VersionRange.Comparator = Self.before.contains(word) ? .lessOrEqual : .greaterOrEqual
            // `prior to` would begin another range.
            if self.word() != "to", self.word() != "than" {
                skipFiller()
                if isBracketed, current == .other { at += 1 }
                return comparator
            }
        }
        at = start
        return nil
    }

    private mutating func skipJoiners() {
        while let word = word(), word == "any" || word == "versions" || word == "version" { at += 1 }
    }

    /// Both ends are of one form and in order: `4.4 - 4.12`, never `510 - 515 pumps`.
    private static func isInterval(_ low: VersionText, _ high: VersionText) -> Bool {
        low.compared(to: high).map { $0 != .later } ?? false
    }

    // MARK: - One version

    /// `1.3.1 Build 13`, `LPI 3.5.12.P30`, `HD 16`, `1.8.4 Service Pack 01`, `3.0 D15`: pieces that belong together.
    private mutating func version() -> VersionText? {
        var pieces: [String] = []
        // Letters before the number: they name a series.
        if isLeadingName, let word = word() {
            pieces.append(word)
            at += 1
        }
        guard case .piece(let first)? = current else { return nil }
        pieces.append(first)
        at += 1
        while let more = continuation(of: pieces) {
            pieces += more
            at += more.count
        }
        let text = pieces.joined(separator: " ")
        return pieces.count > 6 ? nil : VersionText(text)
    }

    /// Letters before a number: at most four, that are no word of a sentence.
    private var isLeadingName: Bool {
        guard let word = word(), word.utf8.count <= 4, word.utf8.allSatisfy({ (97...122).contains($0) || $0 == 45 }),
            word != "-", !Self.isWord(word), at + 1 < lexemes.count, case .piece(let next) = lexemes[at + 1]
        else { return false }
        return next.utf8.first.map { (48...57).contains($0) } == true
    }

    private func continuation(of pieces: [String]) -> [String]? {
        guard let last = pieces.last else { return nil }
        switch current {
        case .piece(let piece)?:
            let afterMarker = VersionText.markers.contains(last.uppercased()) || last.lowercased() == "pack"
            if afterMarker { return [piece] }
            // `3.0 D15`, `S4 A.07.107`: behind a number, letters first.
            guard pieces.count < 4, let byte = piece.utf8.first, !(48...57).contains(byte), piece.utf8.count > 1,
                last.utf8.last.map({ (48...57).contains($0) }) == true
            else { return nil }
            return [piece]
        case .word(let word)?:
            let upper = word.uppercased()
            if ["service", "maintenance"].contains(word), let next = self.word(1), ["pack", "release"].contains(next) {
                return [word, next]
            }
            guard VersionText.markers.contains(upper) || word == "hotfix" else { return nil }
            // `1.1.3 MR Build 11`: a marker needs its number, or another marker.
            if at + 1 < lexemes.count {
                if case .piece = lexemes[at + 1] { return [word] }
                if let next = self.word(1), VersionText.markers.contains(next.uppercased()) { return [word] }
            }
            return VersionText.laterMarkers.contains(upper) && upper != "UPDATE" ? [word] : nil
        default: return nil
        }
    }

    /// Words of sentences that are no name of a series.
    private static func isWord(_ word: String) -> Bool {
        filler.contains(word) || before.contains(word) || after.contains(word) || through.contains(word)
            || ["with", "and", "or", "of", "on", "in", "for", "from", "up", "than", "pump", "only", "see", "id", "mmt"]
                .contains(word)
    }
}
