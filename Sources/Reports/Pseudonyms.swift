//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Pseudonyms: what stands in for an address or a name, always the same for one seed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A keyed, stable stand-in for every address and name.
///
/// Addresses are permuted, so two different ones never become the same; the part that says who made a card stays, and
/// addresses of one subnet stay in one subnet. Without the seed there is no way back but to guess the seed.
struct Pseudonyms {
    private let key: SipHash.Key

    init(seed: some Sequence<UInt8>) {
        // Two hashes under fixed keys make the 128 bits from a seed of any length.
        let octets = Array(seed)
        key = SipHash.Key(
            SipHash.hash(octets, SipHash.Key(0x7761_7264, 1)), SipHash.hash(octets, SipHash.Key(0x6C69_6768_74, 2)))
    }

    /// `serial-3f09a1c27b`: forty bits, so that even 16,384 devices hardly ever meet by chance (1 in 8,000).
    func word(_ kind: String, _ text: String) -> String {
        kind + "-" + digits(number(kind, text.lowercased()) >> 24, 10)
    }

    /// `dev-` and twelve digits, as real identifiers look.
    func device(_ id: String) -> String { "dev-" + digits(number("device", id) >> 16, 12) }

    /// Keeps the maker's three octets; of an address set by software, which has no maker, only the first octet.
    func hardware(_ address: HardwareAddress) -> HardwareAddress {
        if !address.isIndividual { return address }
        let kept: UInt64 = address.isLocallyAdministered ? 8 : 24
        return HardwareAddress(bits: permuteLow(address.bits, bits: 48 - kept))
    }

    /// Keeps the maker's three octets, and the hardware address inside where there is one.
    func eui64(_ identifier: EUI64) -> EUI64 {
        EUI64(bits: permuteLow(identifier.bits, bits: 40))
    }

    /// Private stays private in its block, public stays public; who shared a prefix still does.
    func network(_ address: IPAddress) -> IPAddress {
        if !address.isIndividual || address.isLoopback { return address }
        if let bits = address.v4 { return IPAddress(v4: v4(bits)) }
        let prefix: UInt64
        if address.isLinkLocal {
            prefix = address.high
        } else if address.isPrivate {
            prefix = preservingPrefix(address.high, from: 8, of: 64)
        } else {
            prefix = preservingPrefix(address.high, from: 3, of: 64)
        }
        return IPAddress(high: prefix, low: interface(address.low))
    }

    // MARK: Addresses

    private func v4(_ bits: UInt32) -> UInt32 {
        let address = IPAddress(v4: bits)
        let kept: Int
        switch bits {
        case 0x0A00_0000...0x0AFF_FFFF: kept = 8
        case 0xAC10_0000...0xAC1F_FFFF: kept = 12
        case 0xC0A8_0000...0xC0A8_FFFF, 0xA9FE_0000...0xA9FE_FFFF: kept = 16
        case 0x6440_0000...0x647F_FFFF: kept = 10
        case 0xE000_0000...: return bits
        default: kept = 0
        }
        var result = bits
        // Walk the permutation's cycle until it is public again; 64 steps fail for one address in 2^170.
        for _ in 0..<64 {
            result = UInt32(preservingPrefix(UInt64(result) << 32, from: kept, of: 32) >> 32)
            if kept > 0 || (result < 0xE000_0000 && result >> 24 != 0 && !IPAddress(v4: result).isPrivate) { break }
        }
        return address.isPrivate == IPAddress(v4: result).isPrivate ? result : bits
    }

    /// RFC 4291, appendix A: `ff:fe` in the middle means a hardware address is inside, with its U/L bit turned.
    private func interface(_ low: UInt64) -> UInt64 {
        guard low >> 24 & 0xFFFF == 0xFFFE else { return low < 0x1_0000 ? low : permute(low, bits: 64, "interface") }
        let inside = ((low >> 40) << 24 | low & 0xFF_FFFF) ^ 0x0200_0000_0000
        let stand = hardware(HardwareAddress(bits: inside)).bits ^ 0x0200_0000_0000
        return (stand >> 24) << 40 | 0xFF_FE00_0000 | stand & 0xFF_FFFF
    }

    private func permuteLow(_ value: UInt64, bits: UInt64) -> UInt64 {
        let mask = (UInt64(1) << bits) - 1
        // The part that stays is in the key: two makers' cards with equal endings get different ones.
        return value & ~mask | permute(value & mask, bits: Int(bits), "low \(value >> bits)")
    }

    /// A permutation of all numbers of `bits` (even) bits: a Feistel network of six keyed rounds.
    private func permute(_ value: UInt64, bits: Int, _ purpose: String) -> UInt64 {
        let half = UInt64(bits / 2)
        let mask = (UInt64(1) << half) - 1
        var left = value >> half & mask
        var right = value & mask
        for round in 0..<6 {
            (left, right) = (right, left ^ (number("\(purpose) \(round)", String(right)) & mask))
        }
        return left << half | right
    }

    /// Keeps the first `from` bits; each later bit up to `of` is turned or not as all bits before it say, which keeps
    /// common prefixes common (the idea of Crypto-PAn: Xu, Fan, Ammar, Moon, ICNP 2002).
    private func preservingPrefix(_ value: UInt64, from: Int, of count: Int) -> UInt64 {
        var result = value
        for bit in from..<count {
            let before = bit == 0 ? 0 : value >> UInt64(64 - bit)
            if number("prefix \(bit) \(count)", String(before)) & 1 == 1 { result ^= 1 << UInt64(63 - bit) }
        }
        return result
    }

    private func number(_ purpose: String, _ text: String) -> UInt64 {
        SipHash.hash(Array(purpose.utf8) + [0] + Array(text.utf8), key)
    }

    private func digits(_ number: UInt64, _ count: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}

/// SipHash-2-4 (Aumasson, Bernstein: SipHash, a fast short-input PRF, 2012): a keyed function of 64 bits.
enum SipHash {
    struct Key {
        var first: UInt64
        var second: UInt64

        init(_ first: UInt64, _ second: UInt64) {
            self.first = first
            self.second = second
        }
    }

    static func hash(_ bytes: [UInt8], _ key: Key) -> UInt64 {
        var state = (
            key.first ^ 0x736F_6D65_7073_6575, key.second ^ 0x646F_7261_6E64_6F6D,
            key.first ^ 0x6C79_6765_6E65_7261, key.second ^ 0x7465_6462_7974_6573
        )
        func round() {
            state.0 &+= state.1
            state.1 = (state.1 << 13 | state.1 >> 51) ^ state.0
            state.0 = state.0 << 32 | state.0 >> 32
            state.2 &+= state.3
            state.3 = (state.3 << 16 | state.3 >> 48) ^ state.2
            state.0 &+= state.3
            state.3 = (state.3 << 21 | state.3 >> 43) ^ state.0
            state.2 &+= state.1
            state.1 = (state.1 << 17 | state.1 >> 47) ^ state.2
            state.2 = state.2 << 32 | state.2 >> 32
        }
        func take(_ word: UInt64) {
            state.3 ^= word
            round()
            round()
            state.0 ^= word
        }
        var word: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            word |= UInt64(byte) << UInt64(8 * (index % 8))
            if index % 8 == 7 {
                take(word)
                word = 0
            }
        }
        take(word | UInt64(bytes.count & 0xFF) << 56)
        state.2 ^= 0xFF
        for _ in 0..<4 { round() }
        return state.0 ^ state.1 ^ state.2 ^ state.3
    }
}
