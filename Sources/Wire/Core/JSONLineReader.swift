//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// JSON of one line, read strictly: whoever reads knows what must come next, and nothing nests by itself.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Steps through one line of JSON (RFC 8259). Whoever calls it knows what must come next, so nothing nests by itself:
/// there is no recursion that a stranger could deepen.
struct JSONLineReader: ~Escapable {
    private var reader: ByteReader

    @_lifetime(copy line)
    init(_ line: Span<UInt8>) { reader = ByteReader(line) }

    /// Place of the next octet, from 1.
    var column: Int { reader.offset + 1 }

    /// A number, or true, false and null, as it stands there.
    mutating func plainWord(most: Int) throws(LineTrouble) -> String {
        skipBlank()
        let start = column
        var octets: [UInt8] = []
        while let byte = reader.peek(), Self.isOfWord(byte) {
            _ = try? reader.uint8()
            guard octets.count < most else { throw .notJSON(column: start) }
            octets.append(byte)
        }
        guard !octets.isEmpty else { throw .notJSON(column: start) }
        return String(decoding: octets, as: UTF8.self)
    }

    private mutating func skipBlank() {
        while let byte = reader.peek(), byte == 0x20 || byte == 0x09 || byte == 0x0D { _ = try? reader.uint8() }
    }

    private mutating func next() throws(LineTrouble) -> UInt8 {
        do throws(Truncated) { return try reader.uint8() } catch { throw .notJSON(column: column) }
    }

    /// One mark, with blanks before it.
    mutating func mark(_ wanted: UInt8) throws(LineTrouble) {
        skipBlank()
        let place = column
        guard try next() == wanted else { throw .notJSON(column: place) }
    }

    /// The mark if it comes next.
    mutating func has(_ wanted: UInt8) -> Bool {
        skipBlank()
        guard reader.peek() == wanted else { return false }
        _ = try? reader.uint8()
        return true
    }

    /// The next key of an object that was opened, with its colon; nil at the object's end.
    mutating func key(isFirst: inout Bool) throws(LineTrouble) -> String? {
        if has(UInt8(ascii: "}")) { return nil }
        if !isFirst { try mark(UInt8(ascii: ",")) }
        isFirst = false
        let name = try text(of: "a key", most: 64)
        try mark(UInt8(ascii: ":"))
        return name
    }

    /// Whether another value comes in an array that was opened.
    mutating func hasValue(isFirst: inout Bool) throws(LineTrouble) -> Bool {
        if has(UInt8(ascii: "]")) { return false }
        if !isFirst { try mark(UInt8(ascii: ",")) }
        isFirst = false
        return true
    }

    mutating func isNull() throws(LineTrouble) -> Bool {
        skipBlank()
        guard reader.peek() == UInt8(ascii: "n") else { return false }
        for wanted in "null".utf8 { try mark(wanted) }
        return true
    }

    /// A whole number that is not below zero, as a number or as a text of digits.
    mutating func number(of key: String, most: UInt64) throws(LineTrouble) -> UInt64 {
        skipBlank()
        let isText = has(0x22)
        var value: UInt64 = 0
        var digits = 0
        while let byte = reader.peek(), byte >= 0x30, byte <= 0x39 {
            _ = try? reader.uint8()
            digits += 1
            let (tenfold, isOver) = value.multipliedReportingOverflow(by: 10)
            let (sum, isMore) = tenfold.addingReportingOverflow(UInt64(byte - 0x30))
            guard !isOver, !isMore, sum <= most else { throw .badValue(key: key, wanted: "a number up to \(most)") }
            value = sum
        }
        guard digits > 0 else { throw .badValue(key: key, wanted: "a number up to \(most)") }
        if isText { try mark(0x22) }
        return value
    }

    /// Whether the next value begins with this mark: `{` an object, `[` a list.
    mutating func begins(with wanted: UInt8) -> Bool {
        skipBlank()
        return reader.peek() == wanted
    }

    /// Whether a whole number without a sign comes next.
    var beginsNumber: Bool {
        mutating get {
            skipBlank()
            var ahead = 0
            while let byte = reader.peek(ahead), byte >= 0x30, byte <= 0x39 { ahead += 1 }
            guard ahead > 0, ahead < 19, let behind = reader.peek(ahead) else { return false }
            return behind == 0x2C || behind == 0x7D || behind == 0x5D || behind == 0x20
        }
    }

    /// How deep a value may nest that is stepped over.
    private static let deepest = 32

    /// Steps over one value, whatever it is. Brackets are counted, not followed, so nobody can deepen a recursion.
    mutating func skip() throws(LineTrouble) {
        var depth = 0
        repeat {
            skipBlank()
            let place = column
            switch try next() {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                guard depth <= Self.deepest else { throw .notJSON(column: place) }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { throw .notJSON(column: place) }
            case 0x22: try skipText()
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw .notJSON(column: place) }
            // A number, or true, false and null.
            case UInt8(ascii: "-"), 0x30...0x39, 0x61...0x7A:
                while let byte = reader.peek(), Self.isOfWord(byte) { _ = try? reader.uint8() }
            default: throw .notJSON(column: place)
            }
        } while depth > 0
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "E"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// The rest of a text whose first mark was taken.
    private mutating func skipText() throws(LineTrouble) {
        while true {
            switch try next() {
            case 0x22: return
            case 0x5C: _ = try next()
            default: break
            }
        }
    }

    /// Only blanks may follow.
    mutating func end() throws(LineTrouble) {
        skipBlank()
        guard reader.isEmpty else { throw .notJSON(column: column) }
    }

    /// A text of at most `most` octets; control characters become blanks, and blanks at its ends go.
    mutating func text(of key: String, most: Int) throws(LineTrouble) -> String {
        try mark(0x22)
        var octets: [UInt8] = []
        while true {
            let place = column
            let byte = try next()
            switch byte {
            case 0x22: return Self.plain(octets, most)
            case 0x5C: octets += Array(String(try escaped()).utf8)
            case 0..<0x20: throw .notJSON(column: place)
            default: octets.append(byte)
            }
            guard octets.count <= most else { throw .tooLong(key: key, most: most) }
        }
    }

    private mutating func escaped() throws(LineTrouble) -> Unicode.Scalar {
        let place = column
        switch try next() {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): return " "
        case UInt8(ascii: "u"):
            let first = try unit()
            if let scalar = Unicode.Scalar(first) { return scalar }
            // Two halves make one character; half of one is no character.
            guard first < 0xDC00, reader.peek() == 0x5C, reader.peek(1) == UInt8(ascii: "u") else { return "\u{FFFD}" }
            _ = try next()
            _ = try next()
            let second = try unit()
            guard (0xDC00...0xDFFF).contains(second) else { return "\u{FFFD}" }
            return Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10 | UInt32(second - 0xDC00))) ?? "\u{FFFD}"
        default: throw .notJSON(column: place)
        }
    }

    private mutating func unit() throws(LineTrouble) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let place = column
            guard let digit = hexadecimalDigit(try next()) else { throw .notJSON(column: place) }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    /// Octets that are no UTF-8 become a mark of three octets each, so the text may have to be cut again.
    private static func plain(_ octets: [UInt8], _ most: Int) -> String {
        let clean = octets.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        guard let first = clean.firstIndex(where: { $0 != 0x20 }), let last = clean.lastIndex(where: { $0 != 0x20 })
        else { return "" }
        let text = JSONText.cut(String(decoding: clean[first...last], as: UTF8.self), most)
        guard text.utf8.last == 0x20 else { return text }
        return String(decoding: Array(text.utf8).reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self)
    }
}
