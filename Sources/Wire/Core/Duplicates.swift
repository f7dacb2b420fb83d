//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Duplicates: was this very packet seen a moment ago?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Recognises packets that a mirror recorded twice: on their way into a switch or router and on their way out.
///
/// Compares addresses, ports, identification, length, sequence and the transport checksum (which covers the payload;
/// the payload itself where there is none), and leaves out what a router changes; of frames without ports every octet.
/// A second packet within the window counts as a copy.
struct DuplicateFilter: Sendable {
    /// Two copies on one mirror lie microseconds apart, over a firewall a few milliseconds.
    private static let window: Int64 = 20_000_000
    /// Where nothing but the checksum tells packets apart (no identification), repeats are more often real.
    private static let narrowWindow: Int64 = 1_000_000
    /// A station may well ask the same by ARP twice in a row; the two copies of a switch lie microseconds apart.
    private static let frameWindow: Int64 = 100_000
    private static let size = 4_096

    /// Side by side, so that a look-up costs one line of cache.
    private struct Seen: Sendable {
        var hash: UInt64 = 0
        var time = Int64.min
    }
    private var seen = [Seen](repeating: Seen(), count: size)

    /// - Parameter digest: Of the payload, where the checksum says nothing about it; else 0.
    @inline(__always)
    mutating func isCopy(_ packet: Packet, length: Int, checksum: UInt16, digest: UInt64 = 0) -> Bool {
        var hash = (digest ^ packet.sourceNetwork.low ^ packet.sourceNetwork.high) &* 0x9E37_79B9_7F4A_7C15
        hash =
            (hash ^ hash >> 32 ^ packet.destinationNetwork.low ^ packet.destinationNetwork.high)
            &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 31
        hash ^= UInt64(packet.identification) << 48 | UInt64(truncatingIfNeeded: length) << 32
        hash ^= UInt64(packet.sourcePort) << 16 | UInt64(packet.destinationPort)
        hash = hash &* 0xC4CE_B9FE_1A85_EC53
        hash ^= hash >> 30
        hash ^= UInt64(checksum) << 40 | UInt64(packet.tcpSequence) | UInt64(packet.tcpFlags) << 56
        hash = hash &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        return isCopy(hash, packet, packet.identification == 0 ? Self.narrowWindow : Self.window)
    }

    /// Whether a frame without ports (ARP, LLDP, ICMP, a fragment) is the same to the octet as one a moment ago.
    mutating func isCopy(_ frame: Span<UInt8>, _ packet: Packet) -> Bool {
        isCopy(Self.digest(of: frame), packet, packet.identification == 0 ? Self.frameWindow : Self.window)
    }

    @inline(__always)
    private mutating func isCopy(_ hash: UInt64, _ packet: Packet, _ window: Int64) -> Bool {
        let slot = Int(truncatingIfNeeded: hash) & (Self.size - 1)
        let before = seen[slot]
        let (age, overflow) = packet.time.nanoseconds.subtractingReportingOverflow(before.time)
        if before.hash == hash, !overflow, age >= 0, age <= window { return true }
        seen[slot] = Seen(hash: hash, time: packet.time.nanoseconds)
        return false
    }

    /// What tells the payload of a UDP datagram apart whose checksum does not: one that is absent, or left to the
    /// network card and so only that of the pseudo-header (RFC 768), the same for all datagrams of one length. 0 for
    /// the others.
    static func digest(of payload: Span<UInt8>, _ packet: Packet, udpLength: UInt16, checksum: UInt16) -> UInt64 {
        guard checksum == 0 || checksum == pseudoHeaderSum(packet, udpLength) else { return 0 }
        return digest(of: payload)
    }

    /// 64 bits, never 0. Four words a step, side by side: one after the other, each would wait for the last.
    private static func digest(of bytes: Span<UInt8>) -> UInt64 {
        var (one, two, three, four) = (
            0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count), 0x9AE1_6A3B_2F90_404F as UInt64,
            0xC2B2_AE3D_27D4_EB4F as UInt64, 0x1656_67B1_9E37_79F9 as UInt64
        )
        var at = 0
        while at <= bytes.count - 32 {
            let part = bytes.extracting(at..<at + 32)
            one = mix(one, word(part, 0))
            two = mix(two, word(part, 8))
            three = mix(three, word(part, 16))
            four = mix(four, word(part, 24))
            at += 32
        }
        var hash = mix(mix(mix(one, two), three), four)
        while at <= bytes.count - 8 {
            hash = mix(hash, word(bytes, at))
            at += 8
        }
        while at < bytes.count {
            hash = (hash ^ UInt64(bytes[at])) &* 0x0000_0100_0000_01B3
            at += 1
        }
        return hash | 1
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 32
    }

    /// The compiler makes one load of it.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
        let part = bytes.extracting(at..<at + 8)
        let low = UInt64(part[0]) | UInt64(part[1]) << 8 | UInt64(part[2]) << 16 | UInt64(part[3]) << 24
        return low | UInt64(part[4]) << 32 | UInt64(part[5]) << 40 | UInt64(part[6]) << 48 | UInt64(part[7]) << 56
    }

    /// The sum before the payload is added, folded to 16 bits, not yet complemented.
    private static func pseudoHeaderSum(_ packet: Packet, _ udpLength: UInt16) -> UInt16 {
        var sum = UInt64(udpLength) + 17
        // The mark of a mapped IPv4 address is 0xFFFF, which is nothing in such a sum.
        sum += parts(packet.sourceNetwork.high) + parts(packet.sourceNetwork.low)
        sum += parts(packet.destinationNetwork.high) + parts(packet.destinationNetwork.low)
        while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
        return UInt16(truncatingIfNeeded: sum)
    }

    @inline(__always)
    private static func parts(_ word: UInt64) -> UInt64 {
        (word >> 48) + (word >> 32 & 0xFFFF) + (word >> 16 & 0xFFFF) + (word & 0xFFFF)
    }
}
