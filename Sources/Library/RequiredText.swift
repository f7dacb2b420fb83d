//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// Required text: which letters must stand in every text that fits a pattern?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Finds the longest run of ASCII letters, digits and marks that a pattern cannot do without, so that most patterns need
/// not run at all. Where it is not sure it finds nothing.
struct RequiredText {
    private let bytes: [UInt8]
    private var at = 0
    private var depth = 0
    private var isUnsure = false

    /// In lower case, for texts without other than ASCII; empty where there is none of at least three letters.
    static func of(_ pattern: String) -> [UInt8] {
        var reading = RequiredText(bytes: Array(pattern.utf8))
        let found = reading.alternatives()
        return reading.isUnsure || reading.at < reading.bytes.count || found.count < 3 ? [] : found
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func byte(_ ahead: Int = 0) -> UInt8? { at + ahead < bytes.count ? bytes[at + ahead] : nil }

    /// Up to the group's end. With a choice, nothing is required.
    private mutating func alternatives() -> [UInt8] {
        var best = sequence()
        while byte() == UInt8(ascii: "|") {
            at += 1
            _ = sequence()
            best = []
        }
        return best
    }

    private mutating func sequence() -> [UInt8] {
        var best: [UInt8] = []
        var run: [UInt8] = []
        func flush(_ more: [UInt8] = []) {
            if run.count > best.count { best = run }
            if more.count > best.count { best = more }
            run = []
        }
        while let current = byte(), current != UInt8(ascii: "|"), current != UInt8(ascii: ")"), !isUnsure {
            var letter: UInt8?
            var inner: [UInt8] = []
            switch current {
            case UInt8(ascii: "\\"): letter = escape()
            case UInt8(ascii: "["): passClass()
            case UInt8(ascii: "("): inner = group()
            case UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"): at += 1
            case 0x80...: at += 1
            default:
                letter = current
                at += 1
            }
            let least = quantifier()
            if let letter, least.count > 0 {
                run.append(letter | (letter >= 0x41 && letter <= 0x5A ? 0x20 : 0))
                if least.isRepeated { flush() }
            } else {
                flush(least.count > 0 ? inner : [])
            }
        }
        flush()
        return best
    }

    /// How often the piece before must stand at least, and whether it may stand more often.
    private mutating func quantifier() -> (count: Int, isRepeated: Bool) {
        var result = (count: 1, isRepeated: false)
        switch byte() {
        case UInt8(ascii: "?"), UInt8(ascii: "*"):
            at += 1
            result = (0, true)
        case UInt8(ascii: "+"):
            at += 1
            result = (1, true)
        case UInt8(ascii: "{"):
            guard let digit = byte(1), digit >= 0x30, digit <= 0x39 else { return result }
            var place = 1
            var isZero = true
            while let digit = byte(place), digit >= 0x30, digit <= 0x39 {
                if digit != 0x30 { isZero = false }
                place += 1
            }
            while let mark = byte(place), mark == UInt8(ascii: ",") || mark >= 0x30 && mark <= 0x39 { place += 1 }
            guard byte(place) == UInt8(ascii: "}") else { return result }
            at += place + 1
            result = (isZero ? 0 : 1, true)
        default: return result
        }
        // Lazy or possessive.
        if byte() == UInt8(ascii: "?") || byte() == UInt8(ascii: "+") { at += 1 }
        return result
    }

    /// The letter that it stands for, if it is one.
    private mutating func escape() -> UInt8? {
        guard let letter = byte(1) else {
            isUnsure = true
            return nil
        }
        at += 2
        switch letter {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "s"),
            UInt8(ascii: "S"), UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"),
            UInt8(ascii: "Z"):
            return nil
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0x20: return letter
        default:
            // Numbers, references and names of characters have a text of their own behind them.
            isUnsure = true
            return nil
        }
    }

    private mutating func passClass() {
        at += 1
        if byte() == UInt8(ascii: "^") { at += 1 }
        var isFirst = true
        while let current = byte() {
            if current == UInt8(ascii: "]"), !isFirst {
                at += 1
                return
            }
            isFirst = false
            if current == UInt8(ascii: "\\") {
                at += 2
            } else if current == UInt8(ascii: "["), byte(1) == UInt8(ascii: ":") {
                at += 2
                while let inner = byte(), !(inner == UInt8(ascii: ":") && byte(1) == UInt8(ascii: "]")) { at += 1 }
                at += 2
            } else {
                at += 1
            }
        }
        isUnsure = true
    }

    private mutating func group() -> [UInt8] {
        depth += 1
        defer { depth -= 1 }
        guard depth < 40 else {
            isUnsure = true
            return []
        }
        at += 1
        var isRequired = true
        if byte() == UInt8(ascii: "?") {
            at += 1
            switch byte() {
            case UInt8(ascii: ":"), UInt8(ascii: ">"): at += 1
            case UInt8(ascii: "i"), UInt8(ascii: "s"):
                while let flag = byte(), flag == UInt8(ascii: "i") || flag == UInt8(ascii: "s") { at += 1 }
                // With x, blanks are no letters.
                guard byte() == UInt8(ascii: ":") else {
                    isUnsure = true
                    return []
                }
                at += 1
            case UInt8(ascii: "<") where byte(1) != UInt8(ascii: "=") && byte(1) != UInt8(ascii: "!"):
                while let letter = byte(), letter != UInt8(ascii: ">") { at += 1 }
                at += 1
            case UInt8(ascii: "="), UInt8(ascii: "!"):
                at += 1
                isRequired = false
            case UInt8(ascii: "<"):
                at += 2
                isRequired = false
            default:
                isUnsure = true
                return []
            }
        }
        let inner = alternatives()
        guard byte() == UInt8(ascii: ")") else {
            isUnsure = true
            return []
        }
        at += 1
        return isRequired ? inner : []
    }
}

/// Pairs of letters that stand in a text: a filter before looking for whole words.
struct LetterPairs: Sendable {
    private var words: [4 of UInt64] = [0, 0, 0, 0]

    init(_ text: [UInt8]) {
        for place in text.indices.dropFirst() {
            let slot = Self.slot(text[place - 1], text[place])
            words[slot >> 6] |= 1 << UInt64(slot & 63)
        }
    }

    private static func slot(_ one: UInt8, _ two: UInt8) -> Int {
        Int((UInt32(one) &* 31 &+ UInt32(two) &* 131) & 0xFF)
    }

    /// Whether every pair of the other is here; it may be by chance.
    func mayContain(_ other: LetterPairs) -> Bool {
        words[0] & other.words[0] == other.words[0] && words[1] & other.words[1] == other.words[1]
            && words[2] & other.words[2] == other.words[2] && words[3] & other.words[3] == other.words[3]
    }
}
