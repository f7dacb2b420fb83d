//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Kinds of values in paths and queries: how they are described, and how they are checked, in one place.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Reports

/// What a parameter may be. The description that is served and the check of a request are both made of it.
enum ValueKind: Sendable {
    case device, finding, token, location, number, cursor
    /// A sender's own, in a field of the header: what can be seen in ASCII.
    case key
    /// Characters.
    case text(ClosedRange<Int>)
    /// RFC 3339.
    case moment
    case position
    case integer(ClosedRange<Int>)
    case flag
    case word([String])

    static let positions: ClosedRange<Int> = 0...Int.max

    /// Regular expression (ECMA-262) of it, for the description.
    var pattern: String? {
        switch self {
        case .device: "^dev-[0-9a-f]{12}$"
        case .finding: "^fnd-[0-9a-f]{12}$"
        case .token: "^tok-[0-9a-f]{12}$"
        case .location: "^[A-Za-z0-9._/-]{1,128}$"
        case .number: "^[0-9]{1,18}(\\.[0-9]{1,9})?$"
        case .cursor: "^[A-Za-z0-9_-]{1,2048}$"
        case .key: "^[!-~]{1,128}$"
        default: nil
        }
    }

    /// Whether a text fits; says why not.
    func refusal(of text: String) -> String? {
        switch self {
        case .device: Self.isId(text, "dev-") ? nil : "`dev-` and twelve hexadecimal digits are expected."
        case .finding: Self.isId(text, "fnd-") ? nil : "`fnd-` and twelve hexadecimal digits are expected."
        case .token: Self.isId(text, "tok-") ? nil : "`tok-` and twelve hexadecimal digits are expected."
        case .location: Self.isLocation(text) ? nil : "An id of a place is expected."
        case .number: Self.isNumber(text) ? nil : "A number of an event is expected: 1204 or 1204.2."
        case .cursor: Self.isCursor(text) ? nil : "A cursor is expected, as the page before gave it."
        case .key:
            (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                ? nil : "1 to 128 visible characters of ASCII are expected."
        case .text(let range):
            range.contains(text.unicodeScalars.count)
                ? nil : "\(range.lowerBound) to \(range.upperBound) characters are expected."
        case .moment:
            Self.moment(of: text) == nil ? "A moment is expected (RFC 3339): 2026-11-23T03:14:00Z." : nil
        case .position: Self.isInteger(text, in: Self.positions) ? nil : "A position of the log is expected."
        case .integer(let range):
            Self.isInteger(text, in: range)
                ? nil : "A number from \(range.lowerBound) to \(range.upperBound) is expected."
        case .flag: text == "true" || text == "false" ? nil : "true or false is expected."
        case .word(let words): words.contains(text) ? nil : "One of \(words.joined(separator: ", ")) is expected."
        }
    }

    /// What lies outside of our clock (1677 to 2262) is its first or last moment.
    static func moment(of text: String) -> Timestamp? {
        // A plus sign of an offset that was not encoded came as a space.
        let text = text.replacing(" ", with: "+")
        if let moment = Timestamp(rfc3339: text) { return moment }
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 64, let year = Int(String(decoding: bytes.prefix(4), as: UTF8.self)),
            year < 1678 || year > 2261,
            // The same with a year of the same length whose days we know.
            Timestamp(
                rfc3339: (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? "2000" : "2001") + text.dropFirst(4))
                != nil
        else { return nil }
        return Timestamp(nanoseconds: year < 1678 ? .min : .max)
    }

    private static func isId(_ text: String, _ prefix: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count == 16, text.hasPrefix(prefix) else { return false }
        return bytes.dropFirst(4).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    static func isLocation(_ text: String) -> Bool {
        (1...Location.longestId).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2F || $0 == 0x2D }
    }

    private static func isNumber(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...18).contains(parts[0].utf8.count) else { return false }
        if parts.count == 2, !(1...9).contains(parts[1].utf8.count) { return false }
        return parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }

    private static func isCursor(_ text: String) -> Bool {
        (1...2_048).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x5F || $0 == 0x2D }
    }

    private static func isInteger(_ text: String, in range: ClosedRange<Int>) -> Bool {
        guard text.utf8.count <= 20, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text)
        else { return false }
        return range.contains(number)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension JSONWriter {
    /// The JSON Schema (2020-12) of a kind of value.
    mutating func schema(_ kind: ValueKind) {
        beginObject(inline: true)
        switch kind {
        case .text(let range):
            member("type", "string")
            member("minLength", range.lowerBound)
            member("maxLength", range.upperBound)
        case .moment:
            member("type", "string")
            member("format", "date-time")
        case .position: range("integer", ValueKind.positions)
        case .integer(let bounds): range("integer", bounds)
        case .flag: member("type", "boolean")
        case .word(let words):
            member("type", "string")
            member("enum", words)
        default:
            member("type", "string")
            member("pattern", kind.pattern)
        }
        endObject()
    }

    private mutating func range(_ type: String, _ bounds: ClosedRange<Int>) {
        member("type", type)
        member("minimum", bounds.lowerBound)
        member("maximum", bounds.upperBound)
    }
}
