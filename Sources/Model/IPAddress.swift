//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Network addresses: where does it answer?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// An IPv4 or IPv6 address; IPv4 is held as an IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2).
public struct IPAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let high: UInt64
    public let low: UInt64

    @inlinable public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    @inlinable public init(v4 bits: UInt32) {
        high = 0
        low = 0xFFFF_0000_0000 | UInt64(bits)
    }

    @inlinable public var isV4: Bool { high == 0 && low >> 32 == 0xFFFF }
    @inlinable public var v4: UInt32? { isV4 ? UInt32(truncatingIfNeeded: low) : nil }

    /// `::` or `0.0.0.0`.
    @inlinable public var isUnspecified: Bool {
        high == 0 && (low == 0 || low == 0xFFFF_0000_0000)
    }
    /// Multicast, or the limited broadcast address: nobody in particular.
    @inlinable public var isGroup: Bool {
        if let bits = v4 { return bits >> 28 == 0xE || bits == 0xFFFF_FFFF }
        return high >> 56 == 0xFF
    }
    @inlinable public var isLoopback: Bool {
        if let bits = v4 { return bits >> 24 == 127 }
        return high == 0 && low == 1
    }
    /// fe80::/10 or 169.254/16.
    @inlinable public var isLinkLocal: Bool {
        if let bits = v4 { return bits >> 16 == 0xA9FE }
        return high >> 54 == 0xFE80 >> 6
    }
    /// Not routed on the Internet: RFC 1918, shared space (RFC 6598), link-local, loopback, unique local (RFC 4193).
    @inlinable public var isPrivate: Bool {
        if let bits = v4 {
            return bits >> 24 == 10 || bits >> 20 == 0xAC1 || bits >> 16 == 0xC0A8
                || bits >> 22 == 0x6440_0000 >> 22 || isLinkLocal || isLoopback
        }
        return high >> 57 == 0xFC >> 1 || isLinkLocal || isLoopback
    }
    /// Whether this can name one station.
    @inlinable public var isIndividual: Bool { !isUnspecified && !isGroup }

    @inlinable public static func < (one: Self, other: Self) -> Bool {
        one.high != other.high ? one.high < other.high : one.low < other.low
    }

    /// Dotted decimal, or the short form of RFC 5952.
    public var description: String {
        if let bits = v4 {
            return "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
        }
        return Self.shortForm(of: (0..<8).map(group))
    }

    private func group(_ index: Int) -> UInt16 {
        let half = index < 4 ? high : low
        return UInt16(truncatingIfNeeded: half >> UInt64(48 - 16 * (index % 4)))
    }

    /// RFC 5952, 4.2: the longest run of two or more zero groups becomes `::`, the first of equals.
    private static func shortForm(of groups: [UInt16]) -> String {
        var best = 0..<0
        var index = 0
        while index < 8 {
            var end = index
            while end < 8 && groups[end] == 0 { end += 1 }
            if end - index > max(best.count, 1) { best = index..<end }
            index = max(end, index + 1)
        }
        func text(_ part: ArraySlice<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        if best.isEmpty { return text(groups[...]) }
        return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
    }
}
