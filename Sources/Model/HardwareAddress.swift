//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Hardware addresses: whose network card is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A 48-bit IEEE 802 hardware address (EUI-48, "MAC").
public struct HardwareAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address in the low 48 bits, first octet highest.
    public let bits: UInt64

    @inlinable public init(bits: UInt64) {
        self.bits = bits & 0xFFFF_FFFF_FFFF
    }

    /// Reads `aa:bb:cc:dd:ee:ff`, `aa-bb-…`, `aabb.ccdd.eeff` or twelve bare hexadecimal digits; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var bits: UInt64 = 0
        var digits = 0
        for byte in text.utf8 {
            if let digit = hexadecimalDigit(byte) {
                bits = bits << 4 | UInt64(digit)
                digits += 1
                guard digits <= 12 else { return nil }
            } else {
                guard byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") else {
                    return nil
                }
            }
        }
        guard digits == 12 else { return nil }
        self.init(bits: bits)
    }

    @inlinable public static var zero: HardwareAddress { HardwareAddress(bits: 0) }
    @inlinable public static var broadcast: HardwareAddress { HardwareAddress(bits: 0xFFFF_FFFF_FFFF) }

    /// Group addresses name nobody in particular (IEEE 802, I/G bit).
    @inlinable public var isGroup: Bool { bits >> 40 & 1 == 1 }
    /// Set by software rather than burnt in (IEEE 802, U/L bit): random phones, virtual machines, bridges.
    @inlinable public var isLocallyAdministered: Bool { bits >> 41 & 1 == 1 }
    /// Whether this can name one card: neither zero nor a group.
    @inlinable public var isIndividual: Bool { bits != 0 && !isGroup }

    @inlinable public static func < (one: Self, other: Self) -> Bool { one.bits < other.bits }

    public var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(17)
        for shift in stride(from: UInt64(44), through: 0, by: -4) {
            if shift % 8 == 4, shift != 44 { text.append(UInt8(ascii: ":")) }
            let digit = UInt8(truncatingIfNeeded: bits >> shift & 15)
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// A 64-bit IEEE identifier, as IEEE 11073 and IHE PCD use to name one device.
public struct EUI64: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let bits: UInt64

    public init(bits: UInt64) {
        self.bits = bits
    }

    /// Reads sixteen hexadecimal digits, with or without `-`, `:` or `.` between them; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var bits: UInt64 = 0
        var digits = 0
        for byte in text.utf8 {
            if let digit = hexadecimalDigit(byte) {
                bits = bits << 4 | UInt64(digit)
                digits += 1
                guard digits <= 16 else { return nil }
            } else if byte != UInt8(ascii: ":") && byte != UInt8(ascii: "-") && byte != UInt8(ascii: ".") {
                return nil
            }
        }
        guard digits == 16, bits != 0 else { return nil }
        self.bits = bits
    }

    public static func < (one: Self, other: Self) -> Bool { one.bits < other.bits }

    /// Sixteen upper-case digits, as HL7 messages write it.
    public var description: String {
        var text = ""
        for octet in stride(from: 56, through: 0, by: -8) {
            text += hexadecimal(UInt8(truncatingIfNeeded: bits >> UInt64(octet)), upperCase: true)
        }
        return text
    }
}

/// The value of one hexadecimal digit, or nil.
@inlinable public func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}

/// Two hexadecimal digits.
public func hexadecimal(_ byte: UInt8, upperCase: Bool = false) -> String {
    let text = String(byte, radix: 16, uppercase: upperCase)
    return byte < 16 ? "0" + text : text
}
