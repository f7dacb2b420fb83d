//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// Ruby's regular expressions in PCRE2's words.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A pattern that was written for Ruby (Onigmo, doc/RE), as PCRE2 understands it.
public struct RubyPattern: Hashable, Sendable {
    public struct Fault: Error, Hashable, Sendable {
        public var offset: Int
        public var reason: String
    }

    /// For PCRE2.
    public private(set) var text = ""
    /// With named groups, plain ones are not numbered.
    public private(set) var hasNamedGroups = false

    private let source: [UInt8]
    private var at = 0
    private var made: [UInt8] = []
    /// Of each open group, how many more it has to close: `a(?i)b|c` means `a(?i:b|c)` in Ruby.
    private var closers: [Int] = [0]

    private static let longest = 4_096

    public init(_ pattern: String) throws(Fault) {
        source = Array(pattern.utf8)
        guard source.count <= Self.longest else {
            throw Fault(offset: Self.longest, reason: "it is longer than \(Self.longest) octets")
        }
        made.reserveCapacity(source.count + 8)
        while at < source.count {
            switch source[at] {
            case UInt8(ascii: "\\"): try escape(inClass: false)
            case UInt8(ascii: "["): try characterClass()
            case UInt8(ascii: "("): try group()
            case UInt8(ascii: ")"):
                if closers.count > 1 { close(closers.removeLast()) }
                take()
            case UInt8(ascii: "{"): interval()
            default: take()
            }
        }
        while let open = closers.popLast() { close(open) }
        text = String(decoding: made, as: UTF8.self)
    }

    private mutating func take() {
        made.append(source[at])
        at += 1
    }

    private mutating func put(_ text: String) { made += Array(text.utf8) }

    private mutating func close(_ count: Int) { made += [UInt8](repeating: UInt8(ascii: ")"), count: count) }

    private func byte(_ ahead: Int) -> UInt8? { at + ahead < source.count ? source[at + ahead] : nil }

    private func fault(_ reason: String) -> Fault { Fault(offset: at, reason: reason) }

    // MARK: Escapes

    /// Letters that mean the same to both after a backslash. Any other letter stands for itself in Ruby.
    private static let shared = Set("AbBdDwWsSzZGntrfaexckgpPRXKMC0123456789".utf8)

    private mutating func escape(inClass: Bool) throws(Fault) {
        guard let letter = byte(1) else { throw fault("a backslash at its end") }
        switch letter {
        case UInt8(ascii: "h"): put(inClass ? "0-9a-fA-F" : "[0-9a-fA-F]")
        case UInt8(ascii: "H"):
            put(inClass ? "\\x00-\\x2F\\x3A-\\x40\\x47-\\x60\\x67-\\x7F" : "[^0-9a-fA-F]")
        case UInt8(ascii: "v"): put("\\x0B")
        case UInt8(ascii: "u"):
            try codePoint()
            return
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            if Self.shared.contains(letter) { made.append(UInt8(ascii: "\\")) }
            made.append(letter)
        default: made += [UInt8(ascii: "\\"), letter]
        }
        at += 2
    }

    /// `\u00e9` and `\u{e9 ea}`.
    private mutating func codePoint() throws(Fault) {
        at += 2
        if byte(0) == UInt8(ascii: "{"), let end = source[at...].prefix(64).firstIndex(of: UInt8(ascii: "}")) {
            for word in source[(at + 1)..<end].split(separator: 0x20) { try put(codePoint: Array(word)) }
            at = end + 1
        } else {
            guard at + 4 <= source.count else { throw fault("\\u needs four digits") }
            try put(codePoint: Array(source[at..<(at + 4)]))
            at += 4
        }
    }

    private mutating func put(codePoint digits: [UInt8]) throws(Fault) {
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count <= 6, let number = UInt32(text, radix: 16), Unicode.Scalar(number) != nil else {
            throw fault("\\u needs hexadecimal digits")
        }
        put("\\x{\(text)}")
    }

    // MARK: Classes

    /// `[…]`: sets within it are joined to it; what only Ruby can express is refused.
    private mutating func characterClass() throws(Fault) {
        var depth = 0
        repeat {
            guard let current = byte(0) else { throw fault("a [ is not closed") }
            switch current {
            case UInt8(ascii: "\\"): try escape(inClass: true)
            case UInt8(ascii: "["):
                if depth > 0, byte(1) == UInt8(ascii: ":"), let end = posixEnd() {
                    while at < end { take() }
                    continue
                }
                depth += 1
                guard depth <= 8 else { throw fault("sets within sets, too deep") }
                if depth == 1 {
                    take()
                    if byte(0) == UInt8(ascii: "^") { take() }
                    if byte(0) == UInt8(ascii: "]") {
                        put("\\]")
                        at += 1
                    }
                } else {
                    at += 1
                    if byte(0) == UInt8(ascii: "^") { throw fault("a set within a set cannot be negated here") }
                }
            case UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { take() } else { at += 1 }
            case UInt8(ascii: "&") where byte(1) == UInt8(ascii: "&"): throw fault("&& in a set is not understood")
            default: take()
            }
        } while depth > 0
    }

    /// Behind `[:alpha:]`, where one stands here.
    private func posixEnd() -> Int? {
        var place = at + 2
        while place + 1 < source.count, place - at < 24 {
            if source[place] == UInt8(ascii: ":"), source[place + 1] == UInt8(ascii: "]") { return place + 2 }
            if source[place] == UInt8(ascii: "]") { return nil }
            place += 1
        }
        return nil
    }

    // MARK: Groups

    private mutating func group() throws(Fault) {
        guard closers.count <= 100 else { throw fault("groups are nested too deep") }
        if byte(1) == UInt8(ascii: "*") { throw fault("(* is no Ruby; verbs are not allowed") }
        guard byte(1) == UInt8(ascii: "?"), let kind = byte(2) else {
            closers.append(0)
            take()
            return
        }
        if kind == UInt8(ascii: "C") { throw fault("(?C calls out; that is not allowed") }
        if kind == UInt8(ascii: "#") {
            while at < source.count, source[at] != UInt8(ascii: ")") { take() }
            if at < source.count { take() }
            return
        }
        if try options() { return }
        let isNamed =
            kind == UInt8(ascii: "'")
            || kind == UInt8(ascii: "<") && byte(3) != UInt8(ascii: "=") && byte(3) != UInt8(ascii: "!")
        if isNamed { hasNamedGroups = true }
        closers.append(0)
        take()
        take()
    }

    /// `(?i)`, `(?mi-x:`: in Ruby `m` lets the dot fit line ends. Says whether there were any.
    private mutating func options() throws(Fault) -> Bool {
        var place = at + 2
        var flags = ""
        loop: while place < source.count, place - at < 16 {
            switch source[place] {
            case UInt8(ascii: "i"): flags += "i"
            case UInt8(ascii: "m"), UInt8(ascii: "s"): flags += "s"
            case UInt8(ascii: "x"): flags += "x"
            case UInt8(ascii: "-"): flags += "-"
            case UInt8(ascii: "u"), UInt8(ascii: "a"), UInt8(ascii: "d"): break
            default: break loop
            }
            place += 1
        }
        guard place > at + 2, place < source.count else { return false }
        if source[place] == UInt8(ascii: ")") {
            closers[closers.count - 1] += 1
            guard closers[closers.count - 1] <= 20 else { throw fault("options are changed too often") }
        } else if source[place] == UInt8(ascii: ":") {
            closers.append(0)
        } else {
            return false
        }
        put("(?\(flags):")
        at = place + 1
        return true
    }

    /// `{,3}` is `{0,3}` in Ruby.
    private mutating func interval() {
        take()
        guard byte(0) == UInt8(ascii: ",") else { return }
        var place = 1
        while let digit = byte(place), digit >= 0x30, digit <= 0x39 { place += 1 }
        if place > 1, byte(place) == UInt8(ascii: "}") { made.append(UInt8(ascii: "0")) }
    }
}
