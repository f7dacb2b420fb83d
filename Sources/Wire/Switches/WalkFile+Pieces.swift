//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Walk files: lines, numbers and octets as they are written there.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension WalkFile {
    static func endOfLine(_ text: [UInt8], _ start: Int) -> Int {
        text.span.firstIndex(of: 0x0A, from: start) ?? text.count
    }

    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let first = text.first, isBlank(first) { text = text.dropFirst() }
        while let last = text.last, isBlank(last) { text = text.dropLast() }
        return text
    }

    static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == 0x0D ? line.dropLast() : line
    }

    /// Digits, dots, and the letters of `iso`.
    static func isOfName(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte == 0x2E || byte == 0x69 || byte == 0x73 || byte == 0x6F
    }

    static func unsigned(_ text: ArraySlice<UInt8>) -> UInt64? {
        guard !text.isEmpty, text.count <= 20 else { return nil }
        var value: UInt64 = 0
        for byte in text {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let (tens, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.addingReportingOverflow(UInt64(byte - 0x30))
            guard !over, !carried else { return nil }
            value = sum
        }
        return value
    }

    static func unsigned32(_ text: ArraySlice<UInt8>) -> UInt32? { unsigned(text).flatMap(UInt32.init(exactly:)) }

    static func signed(_ text: ArraySlice<UInt8>) -> Int64? {
        guard text.first == UInt8(ascii: "-") else { return unsigned(text).flatMap(Int64.init(exactly:)) }
        return unsigned(text.dropFirst()).flatMap(Int64.init(exactly:)).map { -$0 }
    }

    /// `10.0.0.7`
    static func dotted(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard let number = unsigned(part), number < 256 else { return nil }
            bits = bits << 8 | UInt32(number)
        }
        return bits
    }

    /// Digits in pairs, with or without blanks between the pairs.
    static func hexadecimal(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count / 2)
        var high: UInt8?
        for byte in text {
            if isBlank(byte) {
                guard high == nil else { return nil }
                continue
            }
            guard let digit = hexadecimalDigit(byte) else { return nil }
            if let first = high {
                octets.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? octets : nil
    }

    /// snmpsim's `e` form: `\n`, `\t`, `\\`, `\x1b`.
    static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                octets.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): octets.append(0x0A)
            case UInt8(ascii: "r"): octets.append(0x0D)
            case UInt8(ascii: "t"): octets.append(0x09)
            case UInt8(ascii: "x"):
                guard rest.count >= 2, let octet = hexadecimal(rest.prefix(2)), octet.count == 1 else { return nil }
                octets += octet
                rest = rest.dropFirst(2)
            case .some(let other): octets.append(other)
            case nil: return nil
            }
        }
        return octets
    }
}
