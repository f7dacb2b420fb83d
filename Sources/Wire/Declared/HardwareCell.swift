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
        if DeclaredWords.something(text, isNumber: true) == nil {
            placeholders = 1
            return
        }
        let bytes = Self.simple(text)
        // `00 09 fb 12 34 56`: blanks between the octets of one address.
        if let one = Self.spaced(bytes) {
            keep(one)
            return
        }
        for piece in bytes.split(whereSeparator: Self.separates) {
            if Self.isRounded(piece) {
                problem = problem ?? "a spreadsheet rounded the address; format the column as text and export it again"
                continue
            }
            for token in piece.split(whereSeparator: Self.parts) { read(token) }
        }
    }

    /// The octets of a cell, with a hyphen for every kind of dash that a word processor made of one, a colon for a wide
    /// one, and blanks for what is no letter: `<br>` between addresses, no-break spaces, marks without a width.
    private static func simple(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case ..<0x80: bytes.append(UInt8(scalar.value))
            case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: bytes.append(UInt8(ascii: "-"))
            case 0xFF1A, 0xFE55, 0x2236: bytes.append(UInt8(ascii: ":"))
            // Marks without a width stand inside an address that was copied from a page.
            case 0x200B...0x200F, 0x2060, 0xFEFF, 0xAD: continue
            case 0xA0, 0x2000...0x200A, 0x2022, 0x2026, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xB7:
                bytes.append(0x20)
            // A letter stays none that is a digit.
            default: bytes.append(contentsOf: scalar.properties.isAlphabetic ? [UInt8(ascii: "z")] : [0x20])
            }
        }
        return bytes
    }

    private static func separates(_ byte: UInt8) -> Bool {
        switch byte {
        case ..<0x21, UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "="), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\"),
            UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "'"), UInt8(ascii: "*"):
            true
        default: false
        }
    }

    /// A comma and a plus part two addresses, or stand in a number that was rounded.
    private static func parts(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == UInt8(ascii: "+") }

    private mutating func read(_ token: ArraySlice<UInt8>) {
        // `LAN:00-09-…`: a label in front of an address.
        var token = token
        while let colon = token.firstIndex(of: UInt8(ascii: ":")),
            token[..<colon].contains(where: { hexadecimalDigit($0) == nil && !Self.isMark($0) })
        {
            token = token[(colon + 1)...]
        }
        while let first = token.first, Self.isMark(first) { token.removeFirst() }
        while let last = token.last, Self.isMark(last) { token.removeLast() }
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
        // An IP address beside it, or a day in the wrong column: `160.1.2.3`, `01.02.2026`.
        if groups.count == 4, token.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }),
            groups.allSatisfy({ (1...3).contains($0.count) && decimal($0) < 256 })
        {
            return .label
        }
        if groups.count < 5, digits < 9 { return digits < 6 ? .label : .broken("it has too few digits") }
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
        // `1`, `2` and `eth` beside addresses.
        case ..<4: .label
        case ..<7: .broken("it has too few digits")
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

    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
    }

    private static func spaced(_ bytes: [UInt8]) -> HardwareAddress? {
        let groups = bytes.split(separator: 0x20)
        guard groups.count == 6, groups.allSatisfy({ $0.count == 2 && $0.allSatisfy { hexadecimalDigit($0) != nil } })
        else { return nil }
        return HardwareAddress(bits: groups.reduce(0) { $0 << 8 | number($1) })
    }

    /// `1.23457E+11`: what is left of twelve digits.
    private static func isRounded(_ piece: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(piece)
        guard let power = bytes.lastIndex(where: { $0 == UInt8(ascii: "+") }), power >= 2, bytes.count - power <= 4,
            power + 1 < bytes.count, bytes[power - 1] | 0x20 == UInt8(ascii: "e"), isDigit(bytes[0]),
            bytes[(power + 1)...].allSatisfy(isDigit)
        else { return false }
        return bytes[..<(power - 1)].allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }
}
