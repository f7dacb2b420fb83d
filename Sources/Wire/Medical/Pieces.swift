//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Pieces: delimited text as HL7 and ASTM write it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Span where Element == UInt8 {
    /// The piece number `index` (the first is 0) between separators; empty when there are not so many.
    @_lifetime(copy self)
    func piece(_ index: Int, by separator: UInt8) -> Span<UInt8> {
        var left = index
        var start = 0
        while left > 0 {
            guard let at = firstIndex(of: separator, from: start) else { return upTo(0) }
            start = at + 1
            left -= 1
        }
        let end = firstIndex(of: separator, from: start) ?? count
        return extracting(start..<end)
    }

    /// Whether these are the same octets.
    func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }

    /// The value of 16 hexadecimal digits (an EUI-64), with or without `-`, `:`, `.` or blanks between them.
    func eui64() -> UInt64? {
        guard count >= 16, count <= 32 else { return nil }
        var value: UInt64 = 0
        var digits = 0
        for index in indices {
            let byte = self[index]
            if byte == 0x2D || byte == 0x3A || byte == 0x2E || byte == 0x20 { continue }
            guard let digit = hexadecimalDigit(byte) else { return nil }
            digits += 1
            if digits > 16 { return nil }
            value = value << 4 | UInt64(digit)
        }
        return digits == 16 && value != 0 ? value : nil
    }

    /// As a string, broken UTF-8 repaired. Allocates: for rare packets only.
    func string(upTo length: Int = 200) -> String {
        let octets = array(trimmed().upTo(length))
        return String(decoding: octets, as: UTF8.self)
    }
}

/// Whether this can be a delimiter: printable, and neither letter, digit nor blank.
func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
}
