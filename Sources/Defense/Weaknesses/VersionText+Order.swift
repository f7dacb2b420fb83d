//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// The order of version texts, part by part.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension VersionText {
    public enum Order: Hashable, Sendable {
        case earlier, same, later
        var turned: Order { self == .earlier ? .later : self == .later ? .earlier : .same }
    }

    /// This one against the other: nothing where it cannot be said.
    ///
    /// Numbers count by value, of any length; what is missing at the end is zero (`2.3` is `2.3.0`).
    public func compared(to other: VersionText) -> Order? {
        if isDate != other.isDate, !looksLikeDay, !other.looksLikeDay { return nil }
        if isDate != other.isDate, !(isDate ? other : self).looksLikeDay { return nil }
        for at in 0..<Swift.min(tokens.count, other.tokens.count) {
            let (mine, theirs) = (tokens[at], other.tokens[at])
            if mine.text == theirs.text, mine.isNumber == theirs.isNumber { continue }
            guard mine.isNumber == theirs.isNumber else { return mixed(other, at) }
            if mine.isNumber {
                return sharesSeries(other, at) ? Self.order(mine.text, theirs.text) : nil
            }
            // Letters that stand alone are revisions in the order of the alphabet: `B.12`, `2.6A`.
            guard !mine.isSeries, !theirs.isSeries, mine.text.utf8.count == 1, theirs.text.utf8.count == 1 else {
                return nil
            }
            return mine.text < theirs.text ? .earlier : .later
        }
        if tokens.count > other.tokens.count { return rest(beyond: other) }
        if tokens.count < other.tokens.count { return other.rest(beyond: self)?.turned }
        return .same
    }

    /// Whether this version is the other, or begins like it where the other is open (`2.X`).
    func begins(like other: VersionText) -> Bool? {
        for (at, theirs) in other.tokens.enumerated() {
            guard at < tokens.count else { return theirs.text == "0" ? true : nil }
            if tokens[at].text == theirs.text, tokens[at].isNumber == theirs.isNumber { continue }
            guard let order = compared(to: other) else { return nil }
            return order == .same
        }
        return true
    }

    /// Whether they are different for certain, though nobody can say which is earlier: other words at the same place.
    ///
    /// `053L000093` and `054U000091` are of one build, and their series differ.
    func isOther(than other: VersionText) -> Bool {
        if tokens.count == other.tokens.count,
            zip(tokens, other.tokens).allSatisfy({ $0.isNumber == $1.isNumber && $0.isSeries == $1.isSeries }),
            zip(tokens, other.tokens).contains(where: {
                $0.isSeries && $0.text != $1.text && $0.text.utf8.count == $1.text.utf8.count
            })
        {
            return true
        }
        for (mine, theirs) in zip(tokens, other.tokens) where mine.text != theirs.text {
            return Self.markers.contains(mine.text) && Self.markers.contains(theirs.text)
        }
        return false
    }

    /// Whether it is this version, with the number of a build behind it.
    func isBuild(of other: VersionText) -> Bool {
        tokens.count > other.tokens.count && tokens[other.tokens.count].text == "BUILD" && !other.isOpen
            && zip(tokens, other.tokens).allSatisfy { $0.text == $1.text && $0.isNumber == $1.isNumber }
    }

    /// Whether it could be a day written another way: `2024-08-30`.
    private var looksLikeDay: Bool {
        guard tokens.count == 3, tokens.allSatisfy(\.isNumber), tokens[0].text.utf8.count == 4 else { return false }
        return tokens[0].text.hasPrefix("20") || tokens[0].text.hasPrefix("19")
    }

    /// In `012U000061` against `011L000093` the letters name the series, and the numbers before them mean nothing.
    private func sharesSeries(_ other: VersionText, _ at: Int) -> Bool {
        guard let mine = series(after: at), let theirs = other.series(after: at) else { return true }
        return mine == theirs
    }

    /// The letters behind this number in the same part, where digits follow them.
    private func series(after at: Int) -> String? {
        guard at + 1 < tokens.count, !tokens[at + 1].startsPart, tokens[at + 1].isSeries else { return nil }
        return tokens[at + 1].text
    }

    /// A number on one side, a word on the other: only a word that says later or earlier decides, and only after a version.
    private func mixed(_ other: VersionText, _ at: Int) -> Order? {
        guard at > 0 else { return nil }
        let (number, word) = tokens[at].isNumber ? (tokens[at], other.tokens[at]) : (other.tokens[at], tokens[at])
        guard number.text != "0", Self.earlierMarkers.contains(word.text), number.startsPart else { return nil }
        // `1.2.3` is later than `1.2 beta`.
        return tokens[at].isNumber ? .later : .earlier
    }

    /// What this one has beyond the other, which ends before it: does it make it later?
    private func rest(beyond shorter: VersionText) -> Order? {
        var at = shorter.tokens.count
        while at < tokens.count, tokens[at].text == "0" { at += 1 }
        guard at < tokens.count else { return .same }
        let token = tokens[at]
        if token.isNumber {
            // `N` against `N.01`: all of N may be meant. `3.0 D` against `3.0 D15`: a series without its number.
            if let last = shorter.tokens.last, !last.isNumber, shorter.isLetter || !token.startsPart { return nil }
            return .later
        }
        if Self.earlierMarkers.contains(token.text) { return .earlier }
        if Self.laterMarkers.contains(token.text) {
            let numbers = tokens[(at + 1)...]
            return numbers.isEmpty || numbers.contains { $0.isNumber && $0.text != "0" } ? .later : .same
        }
        // `2.6A` is later than `2.6`; `3.0 D15` against `3.0` cannot be said: the other may be one of them, cut short.
        return !token.isSeries && !token.startsPart && token.text.utf8.count == 1 && at == tokens.count - 1
            ? .later : nil
    }

    /// Numbers by value: both are without leading zeros.
    private static func order(_ one: String, _ other: String) -> Order {
        let (length, otherLength) = (one.utf8.count, other.utf8.count)
        if length != otherLength { return length < otherLength ? .earlier : .later }
        return one == other ? .same : one < other ? .earlier : .later
    }
}
