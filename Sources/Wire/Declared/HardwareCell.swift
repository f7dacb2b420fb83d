//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Hardware addresses as people and spreadsheets write them: several in a cell, with whatever stands between the digits.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a cell for hardware addresses holds.
struct HardwareCell: Hashable, Sendable {
    /// In the order of the cell, each once; at most `most`.
    private(set) var addresses: [HardwareAddress] = []
    /// Addresses that name nobody: zero, broadcast, groups.
    private(set) var placeholders = 0
    /// What was meant as an address and is none, with the reason; the first of them.
    private(set) var problem: String?

    /// A device with more cards is a chassis; its cards have rows of their own.
    static let most = 16

    init(_ text: String) {
        let plain = DeclaredWords.plain(text)
        if plain.isEmpty {
            // `--`, `?`, `…`: nothing is written.
            return
        }
        if DeclaredWords.isNothing(plain) {
            placeholders = 1
            return
        }
        if Self.isRounded(text) {
            problem = "a spreadsheet rounded the address; format the column as text and export it again"
            return
        }
        let bytes = Array(text.utf8)
        // `00 09 fb 12 34 56`: blanks between the octets of one address.
        if let one = Self.spaced(bytes) {
            keep(one)
            return
        }
        for token in bytes.split(whereSeparator: Self.parts) { read(token) }
    }

    private static func parts(_ byte: UInt8) -> Bool {
        switch byte {
        case ..<0x21, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "|"), UInt8(ascii: "+"),
            UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "="), UInt8(ascii: "\""), 0xC2, 0xA0:
            true
        default: false
        }
    }

    private mutating func read(_ token: ArraySlice<UInt8>) {
        // `LAN:00-09-…`: a label in front of an address.
        var token = token
        if let colon = token.firstIndex(of: UInt8(ascii: ":")),
            token[..<colon].contains(where: { hexadecimalDigit($0) == nil })
        {
            token = token[(colon + 1)...]
        }
        if token.isEmpty { return }
        switch Self.bits(of: token) {
        case .address(let bits): keep(HardwareAddress(bits: bits))
        case .label: return
        case .broken(let why): problem = problem ?? why
        }
    }

    private mutating func keep(_ address: HardwareAddress) {
        guard address.isIndividual else {
            placeholders += 1
            return
        }
        if !addresses.contains(address), addresses.count < Self.most { addresses.append(address) }
    }

    // MARK: One address

    private enum Token {
        case address(UInt64)
        /// A word beside an address.
        case label
        case broken(String)
    }

    private static func bits(of token: ArraySlice<UInt8>) -> Token {
        var token = token
        if token.starts(with: Array("0x".utf8)) || token.starts(with: Array("0X".utf8)) { token = token.dropFirst(2) }
        // `9123456789.0`: a number to the spreadsheet.
        if token.count > 8, token.suffix(2).elementsEqual(Array(".0".utf8)), token.dropLast(2).allSatisfy(isDigit) {
            token = token.dropLast(2)
        }
        let digits = token.count { hexadecimalDigit($0) != nil }
        guard token.allSatisfy({ hexadecimalDigit($0) != nil || isMark($0) }) else {
            return digits >= 8 && token.contains(where: isMark) ? .broken("it has letters that are no digits") : .label
        }
        let groups = token.split(omittingEmptySubsequences: false, whereSeparator: isMark)
        if groups.count == 1 { return bare(token) }
        // How many digits a group has when none of its leading zeros are lost.
        let width: Int
        switch groups.count {
        case 6, 8: width = 2
        case 3: width = 4
        case 2: width = 6
        case 4 where groups.allSatisfy({ $0.count <= 4 }) && digits > 12: width = 4
        case 4: width = 3
        default: return digits < 6 ? .label : .broken("it has \(groups.count) groups of digits")
        }
        guard groups.allSatisfy({ !$0.isEmpty && $0.count <= width }) else {
            return digits < 6 ? .label : .broken("its groups of digits are not alike")
        }
        var value: UInt64 = 0
        for group in groups { value = value << UInt64(4 * width) | number(group) }
        return groups.count * width == 16 ? extended(value) : .address(value)
    }

    /// Digits without marks. With fewer than twelve the zeros in front were lost.
    private static func bare(_ token: ArraySlice<UInt8>) -> Token {
        switch token.count {
        case 7...12: .address(number(token))
        case 16: extended(number(token))
        case ..<7: token.contains { !isDigit($0) } && token.count < 4 ? .label : .broken("it has too few digits")
        default: .broken("it has too many digits")
        }
    }

    /// An EUI-64 that was made of an address has FFFE in its middle.
    private static func extended(_ bits: UInt64) -> Token {
        guard bits >> 24 & 0xFFFF == 0xFFFE else { return .broken("it has 16 digits and is no network card's") }
        return .address((bits >> 40) << 24 | bits & 0xFF_FFFF)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64 {
        digits.reduce(0) { $0 << 4 | UInt64(hexadecimalDigit($1) ?? 0) }
    }

    private static func spaced(_ bytes: [UInt8]) -> HardwareAddress? {
        let groups = bytes.split(separator: 0x20)
        guard groups.count == 6, groups.allSatisfy({ $0.count == 2 && $0.allSatisfy { hexadecimalDigit($0) != nil } })
        else { return nil }
        return HardwareAddress(bits: groups.reduce(0) { $0 << 8 | number($1) })
    }

    /// `1.23457E+11`: what is left of twelve digits.
    private static func isRounded(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let power = bytes.lastIndex(where: { $0 == UInt8(ascii: "+") }), power >= 2, bytes.count - power <= 4,
            bytes[power - 1] | 0x20 == UInt8(ascii: "e"), isDigit(bytes[0]), bytes[(power + 1)...].allSatisfy(isDigit)
        else { return false }
        return bytes[..<(power - 1)].allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }
}
