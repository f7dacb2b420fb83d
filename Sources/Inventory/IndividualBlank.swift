//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Blanks: strikes out of a text what names one device or one person.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Writes `#` where a text holds a hardware address or its end, a UUID, an IPv4 or e-mail address, a serial number or
/// the name of an owner (`anna's phone`). One pass; cost by length.
struct IndividualBlank {
    /// The device's own hardware addresses, twelve digits each.
    private let own: [[UInt8]]
    private static let hole = UInt8(ascii: "#")

    init(hardware: [HardwareAddress]) {
        own = hardware.prefix(4).map { address in
            Array(address.description.utf8.filter { $0 != UInt8(ascii: ":") })
        }
    }

    /// Lower case, no control characters, single spaces, at most `ProfileToken.longest` octets.
    func tidy(_ text: String) -> String {
        var result = ""
        var isSpace = true
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            switch properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .unassigned,
                .surrogate:
                if !isSpace { result.unicodeScalars.append(" ") }
                isSpace = true
            default:
                result += properties.lowercaseMapping
                isSpace = false
            }
            if result.utf8.count > ProfileToken.longest { break }
        }
        while result.utf8.count > ProfileToken.longest || result.hasSuffix(" ") { result.unicodeScalars.removeLast() }
        return result
    }

    func filled(_ text: String) -> String {
        let bytes = withoutOwner(Array(tidy(text).utf8))
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let length = individual(bytes, place)
            if length > 0 {
                if result.last != Self.hole { result.append(Self.hole) }
                place += length
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return tidy(String(decoding: result, as: UTF8.self))
    }

    /// Everything before a possessive is somebody's name.
    private func withoutOwner(_ bytes: [UInt8]) -> [UInt8] {
        for mark in [Array("'s ".utf8), Array("’s ".utf8), Array("'s-".utf8)] {
            var place = 1
            while place + mark.count <= bytes.count {
                if bytes[place] == mark[0], Array(bytes[place..<place + mark.count]) == mark {
                    return [Self.hole] + bytes[place...]
                }
                place += 1
            }
        }
        return bytes
    }

    /// How many octets from here on name the individual.
    private func individual(_ bytes: [UInt8], _ place: Int) -> Int {
        let isStart = place == 0 || !bytes[place - 1].isLetterOrDigit
        if isStart {
            let length = uuid(bytes, place)
            if length > 0 { return length }
        }
        for address in own {
            for length in [12, 10, 8, 6] where matches(bytes, place, address[(12 - length)...]) { return length }
            // The last four only where they end a word: `dch175a.local`.
            let end = place + 4
            if end >= bytes.count || !bytes[end].isLetterOrDigit, matches(bytes, place, address[8...]) { return 4 }
        }
        guard isStart else { return digits(bytes, place) }
        return max(hardware(bytes, place), version4(bytes, place), mail(bytes, place), serial(bytes, place))
    }

    private func matches(_ bytes: [UInt8], _ place: Int, _ text: ArraySlice<UInt8>) -> Bool {
        guard place + text.count <= bytes.count else { return false }
        for (offset, byte) in text.enumerated() where bytes[place + offset] != byte { return false }
        return true
    }

    /// 8-4-4-4-12 hexadecimal digits.
    private func uuid(_ bytes: [UInt8], _ place: Int) -> Int {
        guard place + 36 <= bytes.count else { return 0 }
        for offset in 0..<36 {
            let byte = bytes[place + offset]
            let isDash = offset == 8 || offset == 13 || offset == 18 || offset == 23
            guard isDash ? byte == UInt8(ascii: "-") : byte.isHexDigit else { return 0 }
        }
        return 36
    }

    /// Six pairs with `:` or `-` between them.
    private func hardware(_ bytes: [UInt8], _ place: Int) -> Int {
        guard place + 17 <= bytes.count else { return 0 }
        for offset in 0..<17 {
            let byte = bytes[place + offset]
            let isMark = offset % 3 == 2
            guard isMark ? byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") : byte.isHexDigit else { return 0 }
        }
        return 17
    }

    /// Four numbers of at most three digits with dots between them.
    private func version4(_ bytes: [UInt8], _ place: Int) -> Int {
        var at = place
        for part in 0..<4 {
            if part > 0 {
                guard at < bytes.count, bytes[at] == UInt8(ascii: ".") else { return 0 }
                at += 1
            }
            let start = at
            while at < bytes.count, bytes[at].isDigit, at - start < 3 { at += 1 }
            if at == start { return 0 }
        }
        // `1.21.1.4.2` and `10.2.3.4-rc` are versions.
        if at < bytes.count, bytes[at].isLetterOrDigit || bytes[at] == UInt8(ascii: ".") { return 0 }
        return at - place
    }

    private func mail(_ bytes: [UInt8], _ place: Int) -> Int {
        var at = place
        var sign = 0
        while at < bytes.count, at - place < 100, bytes[at] > 0x20 && bytes[at] != UInt8(ascii: "/") {
            if bytes[at] == UInt8(ascii: "@") { sign = at }
            at += 1
        }
        return sign > place && at > sign + 3 ? at - place : 0
    }

    /// A whole word of six hexadecimal digits or more that has a decimal one, or of eight letters and digits with four
    /// digits in it; of the second kind the letters in front stay (`keq0817541`).
    private func serial(_ bytes: [UInt8], _ place: Int) -> Int {
        var end = place
        var decimals = 0
        var isHex = true
        while end < bytes.count, bytes[end].isLetterOrDigit {
            if bytes[end].isDigit { decimals += 1 }
            if !bytes[end].isHexDigit { isHex = false }
            end += 1
        }
        let length = end - place
        if isHex && length >= 6 && decimals > 0 { return length }
        let letters = bytes[place..<end].prefix { !$0.isDigit }.count
        return letters == 0 && length >= 8 && decimals >= 4 ? length : digits(bytes, place)
    }

    /// Five decimal digits or more, with what letters and digits follow.
    private func digits(_ bytes: [UInt8], _ place: Int) -> Int {
        guard place == 0 || !bytes[place - 1].isDigit else { return 0 }
        var end = place
        while end < bytes.count, bytes[end].isDigit { end += 1 }
        guard end - place >= 5 else { return 0 }
        while end < bytes.count, bytes[end].isLetterOrDigit { end += 1 }
        return end - place
    }
}

extension UInt8 {
    /// In lower case.
    fileprivate var isHexDigit: Bool { isDigit || self >= UInt8(ascii: "a") && self <= UInt8(ascii: "f") }
    fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    fileprivate var isLetterOrDigit: Bool { isDigit || self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
}
