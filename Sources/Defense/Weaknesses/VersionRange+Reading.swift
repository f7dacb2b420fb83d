//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Reading version ranges: the `vers:` form, comparisons and lists, and the plain words of advisories.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension VersionRange {
    /// Octets; a longer text is prose.
    static let longest = 1_024
    private static let mostConstraints = 64

    /// Never fails: what is not certain is prose.
    public init(_ text: String) {
        self.text = text
        meaning = Self.read(text) ?? .prose
    }

    private static func read(_ text: String) -> Meaning? {
        guard text.utf8.count <= longest else { return nil }
        let trimmed = String(text.unicodeScalars.drop { $0 == " " || $0 == "\t" || $0 == "\n" })
        let isVers =
            trimmed.utf8.prefix(5).elementsEqual("vers:".utf8) || trimmed.utf8.prefix(5).elementsEqual("VERS:".utf8)
        let constraints: [Constraint]?
        if isVers {
            guard let slash = trimmed.firstIndex(of: "/") else { return nil }
            let body = decoded(trimmed[trimmed.index(after: slash)...])
            if body.utf8.elementsEqual("*".utf8) { return .all }
            constraints = vers(body)
        } else {
            let lexemes = Lexeme.all(of: VersionRemarks.without(text))
            if isEverything(lexemes) { return .all }
            constraints = plain(lexemes)
        }
        guard let read = constraints?.flatMap(Self.withoutDigitCards), !read.isEmpty, read.count <= mostConstraints
        else {
            return nil
        }
        return .anyOf(read)
    }

    /// `C.0x` is C.00 to C.09: below C.10. Only behind a zero: elsewhere a card may be a part of its own (`2.1x`).
    private static func withoutDigitCards(_ constraint: Constraint) -> [Constraint] {
        let text = constraint.version.text
        guard let low = constraint.version.floorOfCard, let high = constraint.version.ceilingOfCard,
            text.utf8.count <= 32
        else { return [constraint] }
        switch constraint.comparator {
        case .less: return [Constraint(comparator: .less, version: low)]
        case .greaterOrEqual: return [Constraint(comparator: .greaterOrEqual, version: low)]
        case .lessOrEqual, .upTo: return [Constraint(comparator: .less, version: high)]
        case .greater: return [Constraint(comparator: .greaterOrEqual, version: high)]
        case .equal:
            return [
                Constraint(comparator: .greaterOrEqual, version: low), Constraint(comparator: .less, version: high),
            ]
        case .notEqual: return [constraint]
        }
    }

    // MARK: - vers:

    /// `>=1.0|<2.0|!=1.5`: percent signs are resolved, and blanks mean nothing.
    private static func vers(_ body: String) -> [Constraint]? {
        var result: [Constraint] = []
        for part in body.split(separator: "|", omittingEmptySubsequences: true) {
            var rest = part.drop { $0 == " " }
            var comparator = Comparator.equal
            for (sign, meaning) in signs where rest.utf8.starts(with: sign.utf8) {
                comparator = meaning
                rest = rest.dropFirst(sign.count)
                break
            }
            let words = rest.split(separator: " ", omittingEmptySubsequences: true)
            guard let version = VersionText(words.joined(separator: " ")) else { return nil }
            result.append(Constraint(comparator: comparator, version: version))
        }
        return result
    }

    /// The longer before those that they begin with.
    static let signs: [(String, Comparator)] = [
        (">=", .greaterOrEqual), ("=>", .greaterOrEqual), ("<=", .lessOrEqual), ("=<", .lessOrEqual), ("!=", .notEqual),
        ("==", .equal), (">", .greater), ("<", .less), ("=", .equal), ("≤", .lessOrEqual), ("≥", .greaterOrEqual),
    ]

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Plain words

    /// `*`, `all versions`, `any`.
    private static func isEverything(_ lexemes: [Lexeme]) -> Bool {
        let words = lexemes.compactMap { lexeme in if case .word(let word) = lexeme { word } else { nil } }
        guard words.count == lexemes.count, let first = words.first else { return false }
        return (first == "all" || first == "any" || first == "*" || first == "every")
            && words.dropFirst().allSatisfy {
                ["versions", "version", "*", "software", "firmware", "releases", "known"].contains($0)
            }
    }

    private static func plain(_ lexemes: [Lexeme]) -> [Constraint]? {
        var reader = PlainReader(lexemes)
        return reader.constraints()
    }

    /// `A10 < A11` leaves open whether the second is meant. It is where the publisher's own words for the row name both:
    /// `All software Versions A10 and A11 that have been installed in a pump`.
    func closed(by name: String?) -> VersionRange {
        guard let name, name.utf8.count <= Self.longest, case .anyOf(let bounds) = meaning, bounds.count == 2,
            bounds[0].comparator == .greaterOrEqual, bounds[1].comparator == .less
        else { return self }
        let signs = Lexeme.all(of: text).filter { if case .sign = $0 { true } else { $0 == .bar } }
        guard signs == [.sign(.less)] else { return self }
        func isPiece(_ lexeme: Lexeme, _ version: VersionText) -> Bool {
            guard case .piece(let piece) = lexeme else { return false }
            return VersionText(piece)?.tokens == version.tokens
        }
        let words = Lexeme.all(of: name)
        let namesBoth = words.indices.dropFirst(2).contains { at in
            isPiece(words[at - 2], bounds[0].version) && words[at - 1] == .word("and")
                && isPiece(words[at], bounds[1].version)
        }
        guard namesBoth else { return self }
        let end = Constraint(comparator: .lessOrEqual, version: bounds[1].version)
        return VersionRange(text, meaning: .anyOf([bounds[0], end]))
    }
}

/// One sign, bar, version or word of a text about versions.
enum Lexeme: Hashable, Sendable {
    case sign(VersionRange.Comparator)
    /// `|`, `,`, `;`, `/` between blanks.
    case bar
    /// What looks like a version, or a part of one.
    case piece(String)
    /// In small letters.
    case word(String)
    /// What no version text has.
    case other

    static func all(of text: String) -> [Lexeme] {
        var result: [Lexeme] = []
        var word = ""
        func close() {
            while word.last == "." || word.last == ":" { word.removeLast() }
            if let (low, high) = interval(word) {
                result += [.piece(low), .word("-"), .piece(high)]
            } else if !word.isEmpty {
                result.append(lexeme(word))
            }
            word = ""
        }
        var rest = Substring(text)
        while let next = rest.first {
            if let (sign, comparator) = VersionRange.signs.first(where: { rest.utf8.starts(with: $0.0.utf8) }) {
                close()
                result.append(.sign(comparator))
                rest = rest.dropFirst(sign.count)
                continue
            }
            rest = rest.dropFirst()
            switch next {
            case "|", ";":
                close()
                result.append(.bar)
            case ",":
                close()
                result.append(.bar)
            case " ", "\t", "\n", "\r\n", "\u{A0}": close()
            case "/" where word.isEmpty || rest.first == " ":
                close()
                result.append(.bar)
            case "(", ")":
                close()
                result.append(.other)
            default: word.append(next)
            }
        }
        close()
        return withDays(withLists(result))
    }

    /// `november 29 2017`, `July 1, 2017`: one version each. `< May 2018` is before its first day.
    private static func withDays(_ lexemes: [Lexeme]) -> [Lexeme] {
        var result: [Lexeme] = []
        var rest = lexemes[...]
        while let next = rest.popFirst() {
            guard case .word(let name) = next, VersionText.month(name) != nil else {
                result.append(next)
                continue
            }
            var parts: [String] = []
            var ahead = rest
            while parts.count < 2, let lexeme = ahead.first {
                if case .piece(let piece) = lexeme { parts.append(piece) } else if lexeme != .bar { break }
                ahead = ahead.dropFirst()
            }
            if parts.count == 2, VersionText("\(name) \(parts[0]) \(parts[1])")?.isDate == true {
                result.append(.piece("\(name) \(parts[0]) \(parts[1])"))
                rest = ahead
            } else if case .piece(let year)? = rest.first, VersionText("\(name) 1 \(year)")?.isDate == true,
                result.last == .sign(.less) || result.last == .sign(.greaterOrEqual)
            {
                result.append(.piece("\(name) 1 \(year)"))
                rest = rest.dropFirst()
            } else {
                result.append(next)
            }
        }
        return result
    }

    /// `1.3.2 1.4.0 1.4.1`, nothing else, ascending and of one form: a list whose commas were lost.
    private static func withLists(_ lexemes: [Lexeme]) -> [Lexeme] {
        var body = lexemes[...]
        if body.count > 2, body.first == .other, body.last == .other { body = body.dropFirst().dropLast() }
        while case .word(let word)? = body.first, ["release", "releases", "version", "versions"].contains(word) {
            body = body.dropFirst()
        }
        var versions: [VersionText] = []
        for lexeme in body {
            guard case .piece(let piece) = lexeme, let version = VersionText(piece), version.tokens.count > 1,
                version.tokens.allSatisfy(\.isNumber), !version.isOpen,
                version.tokens.count == versions.first?.tokens.count ?? version.tokens.count,
                versions.last.map({ $0.compared(to: version) == .earlier }) ?? true
            else { return lexemes }
            versions.append(version)
        }
        guard versions.count > 1 else { return lexemes }
        return Array(versions.map { [Lexeme.piece($0.text)] }.joined(separator: [.bar]))
    }

    private static func lexeme(_ word: String) -> Lexeme {
        let hasDigit = word.utf8.contains { (48...57).contains($0) }
        let isPlain = word.utf8.allSatisfy { isVersionByte($0) }
        if hasDigit { return isPlain || VersionText(word)?.isDate == true ? .piece(word) : slashed(word) }
        if word.utf8.count == 1, isPlain, word != "a", word != "*", word != "-" { return .piece(word) }
        if word == "–" || word == "—" { return .word("-") }
        let isWildcard = word.utf8.allSatisfy { $0 == 120 || $0 == 88 || $0 == 46 || $0 == 42 }
        if isWildcard, word.utf8.count > 1, word != "." { return .other }
        return .word(word.lowercased())
    }

    /// `2.0-2.5`: from the one to the other, where both have dots, are of one form and in order. `1.8.0-26` is one version.
    private static func interval(_ word: String) -> (low: String, high: String)? {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let low = VersionText(String(ends[0])), let high = VersionText(String(ends[1])),
            low.tokens.count > 1, low.tokens.count == high.tokens.count, !low.isOpen, !high.isOpen, !low.isDate,
            low.tokens.allSatisfy(\.isNumber), high.tokens.allSatisfy(\.isNumber), low.compared(to: high) == .earlier
        else { return nil }
        return (low.text, high.text)
    }

    /// `2.3.6/2.3.7`: two versions where both have a dot.
    private static func slashed(_ word: String) -> Lexeme { .other }

    private static func isVersionByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "~"),
            UInt8(ascii: ":"),
            UInt8(ascii: "*"):
            true
        default: false
        }
    }
}
