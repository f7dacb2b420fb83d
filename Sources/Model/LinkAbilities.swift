//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Link abilities: what one end of a cable offers in autonegotiation.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// The bits of IANAifMauAutoNegCapBits (RFC 4836) and of LLDP's MAC/PHY configuration (IEEE 802.3, 79.3.1), first bit
/// highest. What the *other* end offers is a mark of its hardware: no password, no software, no traffic is needed.
public struct LinkAbilities: OptionSet, Hashable, Sendable, Codable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Names of the bits, the highest first.
    public static let names = [
        "other", "10BASE-T", "10BASE-T-FD", "100BASE-T4", "100BASE-TX", "100BASE-TX-FD", "100BASE-T2",
        "100BASE-T2-FD", "pause", "asymmetricPause", "symmetricPause", "bothPause", "1000BASE-X", "1000BASE-X-FD",
        "1000BASE-T", "1000BASE-T-FD",
    ]

    /// Reads names; those that are not known are left out.
    public init(names: [String]) {
        var bits: UInt16 = 0
        for (number, name) in Self.names.enumerated() where names.contains(name) { bits |= 0x8000 >> UInt16(number) }
        rawValue = bits
    }

    /// In the order of the bits.
    public var names: [String] {
        Self.names.indices.filter { rawValue & (0x8000 >> UInt16($0)) != 0 }.map { Self.names[$0] }
    }

    public static let ten = LinkAbilities(rawValue: 0x6000)
    public static let hundred = LinkAbilities(rawValue: 0x1F00)
    public static let thousand = LinkAbilities(rawValue: 0x000F)
    /// Flow control: a driver's setting, not hardware.
    public static let flow = LinkAbilities(rawValue: 0x00F0)
    /// All that the hardware decides. `other` says nothing.
    public static let technologies: LinkAbilities = [.ten, .hundred, .thousand]

    /// The fastest that it offers, in megabits a second; 0 where it offers nothing.
    public var fastest: UInt32 {
        if !isDisjoint(with: .thousand) { return 1_000 }
        if !isDisjoint(with: .hundred) { return 100 }
        return isDisjoint(with: .ten) ? 0 : 10
    }

    /// Four hexadecimal digits.
    public var digits: String {
        hexadecimal(UInt8(truncatingIfNeeded: rawValue >> 8)) + hexadecimal(UInt8(truncatingIfNeeded: rawValue))
    }

    /// Reads four hexadecimal digits; nil for anything else.
    public init?(digits text: some StringProtocol) {
        var bits: UInt16 = 0
        guard text.utf8.count == 4 else { return nil }
        for byte in text.utf8 {
            guard let digit = hexadecimalDigit(byte) else { return nil }
            bits = bits << 4 | UInt16(digit)
        }
        rawValue = bits
    }
}
