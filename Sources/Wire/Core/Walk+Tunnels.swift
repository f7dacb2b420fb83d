//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// The walk's stairs: tunnels and mirrors.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Walk {
    /// Goes one layer deeper: what was read so far belongs to the wrapping, and so does its hardware address.
    mutating func unwrap(
        into facts: inout Facts, _ body: (inout Walk, inout Facts) -> Void
    ) {
        guard packet.depth < Self.maximumDepth else { return facts.oddity(.tunnelTooDeep) }
        if packet.depth == 0 {
            outer = packet
            outcome.isWrapped = true
        }
        var inner = Packet()
        inner.time = packet.time
        inner.length = packet.length
        inner.depth = packet.depth + 1
        packet = inner
        outcome.flow = -1
        body(&self, &facts)
    }

    /// GRE (RFC 2784, 2890), the way of ERSPAN.
    mutating func gre(_ bytes: Span<UInt8>, into facts: inout Facts) {
        guard let flags = bytes.uint16(at: 0), let type = bytes.uint16(at: 2) else {
            return facts.oddity(.linkTruncated)
        }
        guard flags & 7 == 0 else {
            _ = count()
            return
        }
        var at = 4
        if flags & 0x8000 != 0 { at += 4 }
        if flags & 0x2000 != 0 { at += 4 }
        let isNumbered = flags & 0x1000 != 0
        if isNumbered { at += 4 }
        guard at <= bytes.count else { return facts.oddity(.linkTruncated) }
        let inner = bytes.from(at)
        switch type {
        case 0x88BE: encapsulatedMirror(inner, isNumbered: isNumbered, isThird: false, into: &facts)
        case 0x22EB: encapsulatedMirror(inner, isNumbered: true, isThird: true, into: &facts)
        case 0x6558: unwrap(into: &facts) { $0.ethernet(inner, into: &$1) }
        case 0x0800: unwrap(into: &facts) { $0.ipv4(inner, into: &$1) }
        case 0x86DD: unwrap(into: &facts) { $0.ipv6(inner, into: &$1) }
        case 0x8847, 0x8848: unwrap(into: &facts) { $0.mpls(inner, into: &$1) }
        case 0x883E: unwrap(into: &facts) { $0.ipv4(inner.from(inner.at(0).map { $0 >> 4 } == 4 ? 0 : 4), into: &$1) }
        default: count()
        }
    }

    /// ERSPAN type I (no header), II (8 octets) and III (12, and 8 more where the O flag says so).
    mutating func encapsulatedMirror(
        _ bytes: Span<UInt8>, isNumbered: Bool, isThird: Bool, into facts: inout Facts
    ) {
        var size = 0
        if isThird {
            guard bytes.count >= 12 else { return facts.oddity(.linkTruncated) }
            size = bytes[11] & 1 == 1 ? 20 : 12
        } else if isNumbered {
            size = 8
        }
        guard bytes.count > size else { return facts.oddity(.linkTruncated) }
        unwrap(into: &facts) { $0.ethernet(bytes.from(size), into: &$1) }
    }

    /// Provider backbone bridging (IEEE 802.1ah): a service tag of four octets, then the customer's frame.
    mutating func providerBackbone(_ bytes: Span<UInt8>, into facts: inout Facts) {
        guard bytes.count >= 18 else { return facts.oddity(.linkTruncated) }
        unwrap(into: &facts) { $0.ethernet(bytes.from(4), into: &$1) }
    }

    /// Tunnels over UDP; true when this was one.
    mutating func tunnel(_ payload: Span<UInt8>, into facts: inout Facts) -> Bool {
        switch packet.destinationPort {
        case 4789, 8472: return vxlan(payload, into: &facts)
        case 6081: return geneve(payload, into: &facts)
        case 2152: return gtp(payload, into: &facts)
        case 5247: return capwap(payload, into: &facts)
        default: return packet.sourcePort == 5247 ? capwap(payload, into: &facts) : false
        }
    }

    /// VXLAN (RFC 7348): the I flag, a network identifier, then a frame.
    private mutating func vxlan(_ payload: Span<UInt8>, into facts: inout Facts) -> Bool {
        guard payload.count >= 8 + 14, payload[0] & 0x08 != 0, payload[7] == 0 else { return false }
        unwrap(into: &facts) { $0.ethernet(payload.from(8), into: &$1) }
        return true
    }

    /// Geneve (RFC 8926).
    private mutating func geneve(_ payload: Span<UInt8>, into facts: inout Facts) -> Bool {
        guard payload.count >= 8, payload[0] >> 6 == 0, let type = payload.uint16(at: 2) else { return false }
        let inner = payload.from(8 + Int(payload[0] & 0x3F) * 4)
        switch type {
        case 0x6558: unwrap(into: &facts) { $0.ethernet(inner, into: &$1) }
        case 0x0800: unwrap(into: &facts) { $0.ipv4(inner, into: &$1) }
        case 0x86DD: unwrap(into: &facts) { $0.ipv6(inner, into: &$1) }
        default: return false
        }
        return true
    }

    /// GTP-U (3GPP TS 29.281, 5.1): G-PDUs only.
    private mutating func gtp(_ payload: Span<UInt8>, into facts: inout Facts) -> Bool {
        guard payload.count >= 8, payload[0] >> 5 == 1, payload[0] & 0x10 != 0, payload[1] == 0xFF else {
            return false
        }
        var at = 8
        if payload[0] & 7 != 0 {
            guard payload.count >= 12 else { return false }
            var next = payload[0] & 4 != 0 ? payload[11] : 0
            at = 12
            for _ in 0..<8 {
                if next == 0 { break }
                guard let size = payload.at(at), size > 0, let following = payload.at(at + Int(size) * 4 - 1) else {
                    return false
                }
                next = following
                at += Int(size) * 4
            }
        }
        let inner = payload.from(at)
        switch inner.at(0).map({ $0 >> 4 }) {
        case 4: unwrap(into: &facts) { $0.ipv4(inner, into: &$1) }
        case 6: unwrap(into: &facts) { $0.ipv6(inner, into: &$1) }
        default: return false
        }
        return true
    }

    /// CAPWAP data (RFC 5415, 4.3): 802.3 or native 802.11 frames from access points, where not encrypted by DTLS.
    private mutating func capwap(_ payload: Span<UInt8>, into facts: inout Facts) -> Bool {
        guard payload.count >= 8, payload[0] == 0 else { return false }
        let size = Int(payload[1] >> 3) * 4
        let isNative = payload[2] & 1 == 1
        let flags = payload[3]
        let wireless = payload[2] >> 1 & 0x1F
        // Keep-alives (the K flag) hold no frame.
        guard size >= 8, payload.count >= size, flags & 0x08 == 0 else { return false }
        // Of a fragmented frame only the first piece begins with a header.
        let fragment = Int(payload[6]) << 5 | Int(payload[7]) >> 3
        guard flags & 0x80 == 0 || fragment == 0 else { return true }
        let inner = payload.from(size)
        guard inner.count >= 14 else { return false }
        if !isNative {
            unwrap(into: &facts) { $0.ethernet(inner, into: &$1) }
        } else if wireless == 1 {
            unwrap(into: &facts) { $0.ieee80211(inner, into: &$1) }
        } else {
            return false
        }
        return true
    }
}
