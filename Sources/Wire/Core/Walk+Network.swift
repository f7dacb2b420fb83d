//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// The walk's second floor: IP, TCP and UDP.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Walk {
    /// IPv4 (RFC 791).
    mutating func ipv4(_ bytes: Span<UInt8>, into facts: inout Facts) {
        guard bytes.count >= 20 else { return facts.oddity(.ipv4Truncated) }
        let first = bytes[0]
        let header = Int(first & 15) * 4
        guard first >> 4 == 4, header >= 20 else { return facts.oddity(.ipv4BadHeader) }
        guard bytes.count >= header else { return facts.oddity(.ipv4Truncated) }
        packet.hasNetwork = true
        packet.sourceNetwork = IPAddress(v4: word(bytes, 12))
        packet.destinationNetwork = IPAddress(v4: word(bytes, 16))
        packet.transport = bytes[9]
        packet.timeToLive = bytes[8]
        packet.identification = UInt16(bytes[4]) << 8 | UInt16(bytes[5])
        let fragment = UInt16(bytes[6]) << 8 | UInt16(bytes[7])
        packet.dontFragment = fragment & 0x4000 != 0
        var total = Int(bytes[2]) << 8 | Int(bytes[3])
        // Zero where the network card splits large segments itself: the frame's length counts.
        if total == 0 { total = bytes.count }
        guard total >= header else { return facts.oddity(.ipv4LengthMismatch) }
        let payload = bytes.extracting(header..<Swift.max(header, Swift.min(total, bytes.count)))
        if fragment & 0x3FFF != 0 {
            let offset = Int(fragment & 0x1FFF) * 8
            return piece(
                payload, offset, isLast: fragment & 0x2000 == 0, UInt32(packet.identification),
                isWhole: payload.count == total - header, into: &facts)
        }
        transport(payload, wireLength: total - header, into: &facts)
    }

    @inline(__always)
    private func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
        UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
    }

    @inline(__always)
    private func long(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
        UInt64(word(bytes, at)) << 32 | UInt64(word(bytes, at + 4))
    }

    /// IPv6 (RFC 8200) with its extension headers.
    mutating func ipv6(_ bytes: Span<UInt8>, into facts: inout Facts) {
        guard bytes.count >= 40 else { return facts.oddity(.ipv6Truncated) }
        guard bytes[0] >> 4 == 6 else { return facts.oddity(.ipv6BadHeader) }
        packet.hasNetwork = true
        packet.sourceNetwork = IPAddress(high: long(bytes, 8), low: long(bytes, 16))
        packet.destinationNetwork = IPAddress(high: long(bytes, 24), low: long(bytes, 32))
        packet.timeToLive = bytes[7]
        packet.identification = 0
        var length = Int(bytes[4]) << 8 | Int(bytes[5])
        if length == 0 { length = bytes.count - 40 }
        let payload = bytes.extracting(40..<40 + Swift.min(length, bytes.count - 40))
        extensions(payload, first: bytes[6], wireLength: length, into: &facts)
    }

    private mutating func extensions(
        _ payload: Span<UInt8>, first: UInt8, wireLength: Int, into facts: inout Facts
    ) {
        var next = first
        var bytes = payload
        var left = wireLength
        for _ in 0..<10 {
            packet.transport = next
            switch next {
            case 0, 43, 60, 135, 139, 140:
                guard bytes.count >= 8 else { return facts.oddity(.ipv6Truncated) }
                let size = (Int(bytes[1]) + 1) * 8
                next = bytes[0]
                bytes = bytes.from(size)
                left -= size
            case 51:
                guard bytes.count >= 8 else { return facts.oddity(.ipv6Truncated) }
                let size = (Int(bytes[1]) + 2) * 4
                next = bytes[0]
                bytes = bytes.from(size)
                left -= size
            case 44:
                guard bytes.count >= 8, let number = bytes.uint32(at: 4), let place = bytes.uint16(at: 2) else {
                    return facts.oddity(.ipv6Truncated)
                }
                next = bytes[0]
                let inner = bytes.from(8)
                packet.transport = next
                let offset = Int(place & 0xFFF8)
                if offset == 0, place & 1 == 0 {
                    bytes = inner
                    left -= 8
                    continue
                }
                return piece(
                    inner, offset, isLast: place & 1 == 0, number, isWhole: inner.count == left - 8, into: &facts)
            case 59, 50: return
            default:
                if left < 0 { return facts.oddity(.ipv6BadHeader) }
                return transport(bytes, wireLength: left, into: &facts)
            }
        }
        facts.oddity(.ipv6ExtensionLoop)
    }

    private mutating func piece(
        _ payload: Span<UInt8>, _ offset: Int, isLast: Bool, _ identification: UInt32, isWhole: Bool,
        into facts: inout Facts
    ) {
        guard isWhole else { return facts.oddity(.ipv4FragmentsDropped) }
        guard
            let whole = fragments.add(
                payload, at: offset, isLast: isLast, identification: identification, packet, into: &facts)
        else {
            // Pieces are counted without ports, whichever comes first.
            return
        }
        transport(whole.span, wireLength: whole.count, into: &facts)
    }

    /// What IP carries.
    mutating func transport(_ bytes: Span<UInt8>, wireLength: Int, into facts: inout Facts) {
        switch packet.transport {
        case 6: tcp(bytes, wireLength, into: &facts)
        case 17: udp(bytes, wireLength, into: &facts)
        case 4: unwrap(into: &facts) { $0.ipv4(bytes, into: &$1) }
        case 41: unwrap(into: &facts) { $0.ipv6(bytes, into: &$1) }
        case 47: gre(bytes, into: &facts)
        case 137: unwrap(into: &facts) { $0.mpls(bytes, into: &$1) }
        case 58:
            count()
            NeighborDiscovery.read(bytes, packet, into: &facts)
        case 112:
            count()
            Redundancy.readVRRP(bytes, packet, into: &facts)
        case 132:
            if let source = bytes.uint16(at: 0), let destination = bytes.uint16(at: 2) {
                packet.sourcePort = source
                packet.destinationPort = destination
            }
            count()
        default: count()
        }
    }

    /// TCP (RFC 9293).
    private mutating func tcp(_ bytes: Span<UInt8>, _ wireLength: Int, into facts: inout Facts) {
        guard bytes.count >= 20 else {
            facts.oddity(.tcpTruncated)
            return
        }
        packet.sourcePort = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
        packet.destinationPort = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        packet.tcpSequence = word(bytes, 4)
        packet.tcpFlags = bytes[13]
        let header = Int(bytes[12] >> 4) * 4
        guard header >= 20, header <= wireLength else {
            count()
            return facts.oddity(.tcpBadHeader)
        }
        let checksum = UInt16(bytes[16]) << 8 | UInt16(bytes[17])
        let payloadLength = wireLength - header
        if packet.identification != 0 || payloadLength > 0,
            duplicates.isCopy(packet, length: wireLength, checksum: checksum)
        {
            outcome.isDuplicate = true
            return
        }
        let (flow, fromA) = count()
        if packet.tcpFlags & 2 != 0, bytes.count >= header {
            TCPSignature.read(bytes.upTo(header), packet, payloadLength: payloadLength, into: &facts)
        }
        if !streams.held.isEmpty {
            if packet.tcpFlags & 16 != 0 { acknowledge(word(bytes, 8), flow, fromA) }
            giveUpGap(flow, fromA, into: &facts)
        }
        guard payloadLength > 0, packet.tcpFlags & 4 == 0 else { return }
        flows.flows[flow].hasData = true
        guard bytes.count > header else { return }
        let before = flows.flows[flow].application
        segment(bytes.extracting(header..<bytes.count), flow: flow, fromA: fromA, into: &facts)
        let now = flows.flows[flow].application
        if now != before, now != .opaque, now != .unknown { outcome.isNews = true }
        // A segment cut by the snap length leaves a gap that its stream must not wait for.
        if bytes.count < wireLength { cut(flow, fromA, missing: wireLength - bytes.count) }
    }

    private mutating func cut(_ flow: Int, _ fromA: Bool, missing: Int) {
        if fromA {
            if flows.flows[flow].streamA.skip >= missing {
                flows.flows[flow].streamA.skip -= missing
                flows.flows[flow].streamA.sequence &+= UInt32(truncatingIfNeeded: missing)
            }
        } else if flows.flows[flow].streamB.skip >= missing {
            flows.flows[flow].streamB.skip -= missing
            flows.flows[flow].streamB.sequence &+= UInt32(truncatingIfNeeded: missing)
        }
    }

    /// UDP (RFC 768).
    private mutating func udp(_ bytes: Span<UInt8>, _ wireLength: Int, into facts: inout Facts) {
        guard bytes.count >= 8 else {
            facts.oddity(.udpTruncated)
            return
        }
        packet.sourcePort = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
        packet.destinationPort = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        var length = Int(bytes[4]) << 8 | Int(bytes[5])
        if length == 0 { length = bytes.count }
        let checksum = UInt16(bytes[6]) << 8 | UInt16(bytes[7])
        let payload = bytes.extracting(8..<Swift.max(8, Swift.min(length, bytes.count)))
        if packet.identification != 0 || checksum != 0 {
            let udpLength = UInt16(bytes[4]) << 8 | UInt16(bytes[5])
            let digest = DuplicateFilter.digest(of: payload, packet, udpLength: udpLength, checksum: checksum)
            if duplicates.isCopy(packet, length: wireLength, checksum: checksum, digest: digest) {
                outcome.isDuplicate = true
                return
            }
        }
        guard length >= 8 else {
            count()
            return facts.oddity(.udpBadLength)
        }
        if tunnel(payload, into: &facts) { return }
        let (flow, _) = count()
        let known = flows.flows[flow].application
        if known == .opaque { return }
        if let found = Dispatch.datagram(payload, packet, &handshakes, into: &facts) {
            if known != found {
                flows.flows[flow].application = found
                outcome.isNews = true
            }
        } else if known == .unknown, !payload.isEmpty {
            flows.flows[flow].tries &+= 1
            if flows.flows[flow].tries >= 16 { flows.flows[flow].application = .opaque }
        }
    }
}
