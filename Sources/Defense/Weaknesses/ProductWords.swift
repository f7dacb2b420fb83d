//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Product words: what of a product's name tells it from another product?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A product's name in words and numbers: `IntelliVue patient monitor MX400-MX850` is the word `intellivue` and the numbers
/// MX400 to MX850.
struct ProductWords: Hashable, Sendable {
    /// A model number: letters in front (`mx`), then what begins with a digit (`450`, `150c`, `5x0`).
    struct Number: Hashable, Sendable {
        var prefix: String
        var core: String

        /// So long that it is hardly the number of two products.
        var isTelling: Bool {
            prefix.utf8.count >= 2 && core.utf8.count >= 4 && core.utf8.allSatisfy { (48...57).contains($0) }
        }
    }

    /// `MX400-MX850`.
    struct Span: Hashable, Sendable {
        var prefix: String
        var from: Int
        var through: Int

        func contains(_ number: Number) -> Bool {
            guard number.prefix == prefix, let value = Int(number.core) else { return false }
            return from <= value && value <= through
        }
    }

    /// Words that have to be there, in order, each once.
    private(set) var words: [String] = []
    /// Words in parentheses: other names for the same, or remarks. One that stands for all (`PICiX`) is an alias.
    private(set) var asides: [String] = []
    /// Names in parentheses that stand for the whole name.
    private(set) var aliases: [String] = []
    private(set) var numbers: [Number] = []
    /// Short ones that stand behind another and tell it more closely: `T2` of `MedStation 4000 T2`.
    private(set) var qualifiers: [Number] = []
    private(set) var spans: [Span] = []
    /// Words between strokes: `EPIQ/Affiniti` is the one or the other.
    private(set) var alternatives: [String] = []
    /// The maker's own words, which were left out of `words`.
    private(set) var brand: [String] = []
    /// Order and part numbers in parentheses: they may agree and never have to.
    private(set) var orderNumbers: [String] = []
    /// Small letters and digits alone, for the question whether two names are the same.
    private(set) var folded = ""

    /// Octets that are read of a name.
    static let longest = 512
    private static let most = 64

    init(_ name: String, without vendor: [String] = []) {
        let bytes = Self.plain(name)
        folded = Self.fold(bytes)
        var depth = 0
        var inside: [Run] = []
        var last: Run?
        for run in Self.runs(of: bytes) {
            switch run {
            case .open: depth += 1
            case .close:
                depth = max(0, depth - 1)
                if depth == 0 {
                    takeAside(inside)
                    inside = []
                }
            case .text(let text, let glue):
                if depth > 0 {
                    inside.append(run)
                } else {
                    take(text, glue, after: last, isAside: false)
                    last = run
                }
            }
            if words.count + numbers.count + asides.count > Self.most { break }
        }
        takeAside(inside)
        strip(vendor)
    }

    /// The words of a part of the name, and the whole name's own text for the question whether two are the same.
    init(_ part: String, without vendor: [String] = [], known whole: ProductWords) {
        self.init(part, without: vendor)
        folded = whole.folded
    }

    /// Words that a device's name may have, and need not.
    mutating func mayHave(_ more: String) {
        for word in more.split(separator: " ") where !asides.contains(String(word)) { asides.append(String(word)) }
    }

    /// Whether anything of it tells products apart.
    var isEmpty: Bool { words.isEmpty && numbers.isEmpty && spans.isEmpty }
    /// Whether a number has to agree.
    var hasNumbers: Bool { !numbers.isEmpty || !spans.isEmpty }
    /// All words, those in parentheses, too.
    func knows(_ word: String) -> Bool { words.contains(word) || asides.contains(word) }

    // MARK: - Reading

    private enum Run {
        case open, close
        /// - Parameter glue: the character before it: `-`, `/`, or a blank.
        case text(String, glue: UInt8)
    }

    /// - Parameter bytes: a name as `plain` writes it.
    private static func runs(of bytes: [UInt8]) -> [Run] {
        var result: [Run] = []
        var run: [UInt8] = []
        var glue = UInt8(ascii: " ")
        func close() {
            while run.last == UInt8(ascii: ".") { run.removeLast() }
            if !run.isEmpty { result.append(.text(String(decoding: run, as: UTF8.self), glue: glue)) }
            run.removeAll(keepingCapacity: true)
        }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"):
                run.append(byte)
            case UInt8(ascii: ".") where run.last.map { (48...57).contains($0) } == true: run.append(byte)
            case UInt8(ascii: "'"): continue
            case UInt8(ascii: "("), UInt8(ascii: "["):
                // `522(K)`: part of the number.
                close()
                result.append(.open)
                glue = UInt8(ascii: " ")
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                close()
                result.append(.close)
                glue = UInt8(ascii: " ")
            default:
                close()
                glue = byte
            }
        }
        close()
        return result
    }

    /// Small letters without accents, of at most `longest` characters; what is none of ours becomes a blank.
    static func plain(_ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(name.utf8.count, longest) + 1)
        for scalar in name.unicodeScalars.prefix(longest) {
            if scalar.isASCII {
                let byte = UInt8(truncatingIfNeeded: scalar.value)
                bytes.append((65...90).contains(byte) ? byte + 32 : byte)
            } else {
                bytes += plain(scalar).utf8
            }
        }
        return bytes
    }

    /// A character beyond ASCII.
    private static func plain(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0xC0...0xC5, 0xE0...0xE5: "a"
        case 0xC6, 0xE6: "ae"
        case 0xC7, 0xE7: "c"
        case 0xC8...0xCB, 0xE8...0xEB: "e"
        case 0xCC...0xCF, 0xEC...0xEF: "i"
        case 0xD1, 0xF1: "n"
        case 0xD2...0xD6, 0xD8, 0xF2...0xF6, 0xF8: "o"
        case 0xD9...0xDC, 0xF9...0xFC: "u"
        case 0xDF: "ss"
        case 0x300...0x36F, 0xAE, 0x2122, 0xA9, 0xAD, 0x200B: ""
        case 0x2010...0x2015: "-"
        default: " "
        }
    }

    static func fold(_ name: String) -> String { fold(plain(name)) }

    private static func fold(_ bytes: [UInt8]) -> String {
        let kept = bytes.filter { (97...122).contains($0) || (48...57).contains($0) || $0 == 43 }
        return String(decoding: kept, as: UTF8.self)
    }

    // MARK: - Taking

    private mutating func take(_ text: String, _ glue: UInt8, after last: Run?, isAside: Bool) {
        guard text.utf8.contains(where: { (48...57).contains($0) }) else {
            let word = Self.same[text] ?? text
            guard !Self.generic.contains(word), word != "+" else { return }
            if glue == UInt8(ascii: "/"), !isAside, case .text(let before, _)? = last,
                words.last == Self.same[before] ?? before
            {
                for word in [Self.same[before] ?? before, word] where !alternatives.contains(word) {
                    alternatives.append(word)
                }
            }
            if isAside { Self.add(word, to: &asides) } else { Self.add(word, to: &words) }
            return
        }
        let number = Self.number(text)
        if glue == UInt8(ascii: "-"), case .text(let before, let glueBefore)? = last {
            if let span = Self.span(Self.number(before), number) {
                spans.append(span)
                numbers.removeAll { $0 == Self.number(before) }
                return
            }
            // `MMT-522`, `XC-2`: letters, a dash, a number.
            if number.prefix.isEmpty, before.utf8.allSatisfy({ (97...122).contains($0) }), before.utf8.count <= 5,
                words.last == before
            {
                words.removeLast()
                var prefix = before
                // `GEH-SD-320AN`: all of the letters.
                if glueBefore == UInt8(ascii: "-"), let first = words.last, first.utf8.count <= 4 {
                    prefix = words.removeLast() + before
                }
                numbers.append(Number(prefix: prefix, core: number.core))
                return
            }
        }
        if glue == UInt8(ascii: " "), !isAside, !numbers.isEmpty, number.prefix.utf8.count == 1,
            number.core.utf8.count == 1
        {
            qualifiers.append(number)
        }
        add(number)
        // `EC40/80`, `MX700/800`: the letters hold for both.
        if glue == UInt8(ascii: "/"), number.prefix.isEmpty, case .text(let before, _)? = last {
            let first = Self.number(before)
            if !first.prefix.isEmpty, !first.core.isEmpty { add(Number(prefix: first.prefix, core: number.core)) }
        }
    }

    /// Two words that are one: `Wi-Fi`, `Point-of-Care (Unit)`.
    private static func add(_ word: String, to words: inout [String]) {
        if word == "fi", words.last == "wi" { words.removeLast(); return add("wifi", to: &words) }
        if word == "care", words.last == "point" { words.removeLast(); return add("pc", to: &words) }
        if !words.contains(word) { words.append(word) }
    }

    private mutating func add(_ number: Number) {
        if !numbers.contains(number) { numbers.append(number) }
    }

    private static func number(_ text: String) -> Number {
        let core = text.utf8.firstIndex { (48...57).contains($0) } ?? text.endIndex
        return Number(prefix: String(text[..<core]), core: String(text[core...]))
    }

    /// `MX400-MX850`, `MX400-550`; `2100-IQ` is none.
    private static func span(_ low: Number, _ high: Number) -> Span? {
        guard let from = Int(low.core), let through = Int(high.core), from < through,
            high.prefix == low.prefix || high.prefix.isEmpty, !low.prefix.isEmpty
        else { return nil }
        return Span(prefix: low.prefix, from: from, through: through)
    }

    private mutating func takeAside(_ runs: [Run]) {
        guard !runs.isEmpty else { return }
        let texts = runs.compactMap { run -> String? in if case .text(let text, _) = run { text } else { nil } }
        // `(PICiX)`, `(CSCS)`: one name for the whole; letters alone, or a single letter behind a number: `522(K)`.
        if texts.count == 1, let text = texts.first, text.utf8.allSatisfy({ (97...122).contains($0) }),
            text.utf8.count >= 3,
            !Self.generic.contains(text)
        {
            aliases.append(text)
        }
        // `(PIC iX)`: a short name in two words.
        if (2...3).contains(texts.count), texts.joined().utf8.count <= 8,
            texts.allSatisfy({ $0.utf8.allSatisfy { (97...122).contains($0) } && !Self.generic.contains($0) })
        {
            aliases.append(texts.joined())
        }
        let isOrder = texts.contains("part") || texts.contains("shipped")
        var last: Run?
        for run in runs {
            guard case .text(let text, let glue) = run else { continue }
            let number = Self.number(text)
            let isLong = number.core.utf8.count >= 5 || (number.prefix.utf8.count >= 4 && number.core.utf8.count <= 4)
            if text.utf8.contains(where: { (48...57).contains($0) }), isOrder || isLong {
                orderNumbers.append(text)
            } else {
                take(text, glue, after: last, isAside: true)
            }
            last = run
        }
    }

    /// The maker's own words say nothing of the product: `BD Alaris`, `Philips IntelliVue`.
    private mutating func strip(_ vendor: [String]) {
        guard words.contains(where: { !vendor.contains($0) }) || hasNumbers else { return }
        brand = words.filter { vendor.contains($0) }
        words.removeAll { vendor.contains($0) }
    }
}
