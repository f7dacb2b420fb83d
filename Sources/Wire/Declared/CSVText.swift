//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// The text of a CSV file: in which encoding is it, and what is it as UTF-8?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// How the octets of a text file were understood.
public enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16Little = "UTF-16 LE"
    case utf16Big = "UTF-16 BE"
    case windows1252 = "Windows-1252"
}

/// A text file of unknown encoding, as UTF-8.
enum CSVText {
    /// A text that was read.
    struct Decoded {
        var text: [UInt8]
        var start = 0
        var encoding: TextEncoding
        /// Where in `text` octets stand that were no UTF-8 in a file of UTF-8, ascending; the first `mostMended`.
        var mended: [Int] = []
    }

    /// A mark of byte order decides; else two zeros where UTF-16 has them; else UTF-8 where it is valid throughout, or
    /// broken in few places: where an export cut a text in the middle of a letter, or two lists were put together.
    static func decode(_ bytes: [UInt8]) -> Decoded {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return isUTF8(bytes)
                ? Decoded(text: bytes, start: 3, encoding: .utf8) : eight(bytes.dropFirst(3), isMarked: true)
        }
        let wide = decodeWide(bytes)
        if let wide { return Decoded(text: wide.text, encoding: wide.encoding) }
        return isUTF8(bytes) ? Decoded(text: bytes, encoding: .utf8) : eight(bytes[...], isMarked: false)
    }

    private static func decodeWide(_ bytes: [UInt8]) -> (text: [UInt8], encoding: TextEncoding)? {
        if bytes.starts(with: [0xFF, 0xFE]) { return (wide(bytes, from: 2, isBig: false), .utf16Little) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (wide(bytes, from: 2, isBig: true), .utf16Big) }
        if bytes.count >= 4, bytes[1] == 0, bytes[3] == 0, bytes[0] != 0, bytes[2] != 0 {
            return (wide(bytes, from: 0, isBig: false), .utf16Little)
        }
        if bytes.count >= 4, bytes[0] == 0, bytes[2] == 0, bytes[1] != 0, bytes[3] != 0 {
            return (wide(bytes, from: 0, isBig: true), .utf16Big)
        }
        return nil
    }

    // MARK: UTF-8

    static func isUTF8(_ bytes: [UInt8]) -> Bool {
        var place = 0
        while place < bytes.count {
            let length = bytes[place] < 0x80 ? 1 : lengthOfScalar(bytes[...], place)
            if length == 0 { return false }
            place += length
        }
        return true
    }

    /// Octets of the scalar at a place, well-formed as Unicode's table 3-7 has it; 0 where none is.
    private static func lengthOfScalar(_ bytes: ArraySlice<UInt8>, _ place: Int) -> Int {
        let length: Int
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xBF
        switch bytes[place] {
        case ..<0x80: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0:
            length = 3
            lowest = 0xA0
        case 0xED:
            length = 3
            highest = 0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0:
            length = 4
            lowest = 0x90
        case 0xF4:
            length = 4
            highest = 0x8F
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard bytes.endIndex - place >= length, bytes[place + 1] >= lowest, bytes[place + 1] <= highest,
            bytes[(place + 2)..<(place + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
        else { return 0 }
        return length
    }

    private static let mostMended = 4_096

    /// Not UTF-8 throughout: as such where more of its letters are UTF-8 than not, else Windows-1252.
    private static func eight(_ bytes: ArraySlice<UInt8>, isMarked: Bool) -> Decoded {
        var (letters, strangers) = (isMarked ? 1 : 0, 0)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let length = lengthOfScalar(bytes, place)
            if length == 0 { strangers += 1 }
            if length > 1 { letters += 1 }
            place += max(1, length)
        }
        guard letters > strangers else { return Decoded(text: windows(bytes), encoding: .windows1252) }
        var result = Decoded(text: [], encoding: .utf8)
        result.text.reserveCapacity(bytes.count + 2 * strangers)
        place = bytes.startIndex
        while place < bytes.endIndex {
            let length = lengthOfScalar(bytes, place)
            if length == 0 {
                if result.mended.count < mostMended { result.mended.append(result.text.count) }
                result.text += windows(bytes[place...place])
            } else {
                result.text += bytes[place..<place + length]
            }
            place += max(1, length)
        }
        return result
    }

    // MARK: UTF-16 and Windows-1252

    /// A surrogate without its other half becomes U+FFFD; half a unit at the end is dropped.
    private static func wide(_ bytes: [UInt8], from start: Int, isBig: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count - start) / 2)
        var place = start
        func unit(at place: Int) -> UInt32 {
            isBig
                ? UInt32(bytes[place]) << 8 | UInt32(bytes[place + 1])
                : UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place])
        }
        while bytes.count - place >= 2 {
            var value = unit(at: place)
            place += 2
            if value & 0xFC00 == 0xD800, bytes.count - place >= 2, unit(at: place) & 0xFC00 == 0xDC00 {
                value = 0x10000 + (value & 0x3FF) << 10 + unit(at: place) & 0x3FF
                place += 2
            }
            append(value, to: &text)
        }
        return text
    }

    /// What Windows-1252 has where Latin-1 has controls (Unicode, CP1252.TXT); five places are empty.
    private static let high: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
        0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0xFFFD, 0x017E, 0x0178,
    ]

    private static func windows(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 16)
        for byte in bytes {
            switch byte {
            case ..<0x80: text.append(byte)
            case 0x80...0x9F: append(high[Int(byte - 0x80)], to: &text)
            default: append(UInt32(byte), to: &text)
            }
        }
        return text
    }

    private static func append(_ value: UInt32, to text: inout [UInt8]) {
        if value < 0x80 {
            text.append(UInt8(value))
        } else {
            text.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? .init())
        }
    }
}
