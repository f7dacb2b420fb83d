//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Serial numbers: when are two spellings one number, and what did a spreadsheet leave of one?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A serial number as it is compared.
enum SerialNumber: Hashable, Sendable {
    /// Small letters and digits; blanks, dashes, dots and leading zeros are gone. `O` and `0` stay two things.
    case exact(String)
    /// A spreadsheet made a number of it and rounded it: `1.23457E+11` is something within these bounds.
    case rounded(ClosedRange<UInt64>)

    /// Shorter numbers are found at every second device.
    static let shortest = 4
    private static let longest = 64

    /// Nil for what is too short, and for what stands where nobody wrote a number.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        if let range = Self.range(text) {
            self = .rounded(range)
            return
        }
        guard let number = Self.number(text) else { return nil }
        self = .exact(number)
    }

    private static func number(_ text: String) -> String? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            // Blanks of all kinds, dashes of all kinds, dots.
            case 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2000...0x200B, 0x202F, 0xFEFF, 0x2D, 0xAD, 0x2010...0x2015, 0x2E:
                continue
            case 0x41...0x5A: bytes.append(UInt8(scalar.value) | 0x20)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
            }
        }
        // `12345.0`: a number to the spreadsheet, and its point is no part of it.
        if text.hasSuffix(".0"), Words.isDigits(String(text.dropLast(2).filter { $0 != " " })) { bytes.removeLast() }
        let significant = bytes.drop { $0 == UInt8(ascii: "0") }
        let number = String(decoding: significant, as: UTF8.self)
        guard significant.count >= shortest, !Words.isNothing(Words.plain(number)) else { return nil }
        return number
    }

    // MARK: Rounded

    /// Whether a spreadsheet wrote it as a power of ten.
    static func isRounded(_ text: String) -> Bool { range(text) != nil }

    /// What `1.23457E+11` may have been: half a unit of its last digit to either side.
    private static func range(_ text: String) -> ClosedRange<UInt64>? {
        var digits: [UInt8] = []
        var behindPoint: Int?
        var rest = Array(text.utf8)[...]
        while rest.first == 0x20 { rest.removeFirst() }
        while rest.last == 0x20 { rest.removeLast() }
        while let byte = rest.first, byte != UInt8(ascii: "E"), byte != UInt8(ascii: "e") {
            rest.removeFirst()
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                guard digits.count < 17 else { return nil }
                digits.append(byte - UInt8(ascii: "0"))
                behindPoint = behindPoint.map { $0 + 1 }
            } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), behindPoint == nil, digits.count == 1 {
                behindPoint = 0
            } else {
                return nil
            }
        }
        guard digits.count - (behindPoint ?? 0) == 1, rest.count >= 3, rest.popFirst() != nil,
            rest.popFirst() == UInt8(ascii: "+"), rest.count <= 2,
            let power = Int(String(decoding: rest, as: UTF8.self)), power >= 0, power <= 18
        else { return nil }
        let places = behindPoint ?? 0
        guard power >= places else { return nil }
        var unit: UInt64 = 1
        for _ in 0..<(power - places) { unit *= 10 }
        let (value, overflow) = digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }.multipliedReportingOverflow(by: unit)
        guard !overflow, value >= 1_000 else { return nil }
        let half = unit / 2
        return value - min(half, value)...value + half
    }
}
