//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// The walk's first floor: link layers and their tags.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Walk {
    /// IEEE 802.3: destination, source, then an EtherType or a length.
    mutating func ethernet(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame.count >= 14 else { return facts.oddity(.ethernetTruncated) }
        packet.destination = address(frame, 0)
        packet.source = address(frame, 6)
        outcome.isDecoded = true
        let type = UInt16(frame[12]) << 8 | UInt16(frame[13])
        etherType(type, frame.extracting(14..<frame.count), into: &facts)
    }

    @inline(__always)
    func address(_ bytes: Span<UInt8>, _ at: Int) -> HardwareAddress {
        let high = UInt64(bytes[at]) << 40 | UInt64(bytes[at + 1]) << 32 | UInt64(bytes[at + 2]) << 24
        return HardwareAddress(
            bits: high | UInt64(bytes[at + 3]) << 16 | UInt64(bytes[at + 4]) << 8 | UInt64(bytes[at + 5]))
    }

    /// What stands behind an EtherType, through VLAN tags (IEEE 802.1Q, 802.1ad).
    mutating func etherType(_ first: UInt16, _ payload: Span<UInt8>, into facts: inout Facts) {
        var type = first
        var bytes = payload
        var tags = 0
        while type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200 {
            guard tags < 4, let tag = bytes.uint16(at: 0), let next = bytes.uint16(at: 2) else {
                return facts.oddity(.linkTruncated)
            }
            if tags == 0 { packet.vlan = tag & 0x0FFF }
            tags += 1
            type = next
            bytes = bytes.from(4)
        }
        packet.etherType = type
        switch type {
        case 0x0800: ipv4(bytes, into: &facts)
        case 0x86DD: ipv6(bytes, into: &facts)
        case 0..<0x0600: logicalLink(bytes.upTo(Int(type)), into: &facts)
        case 0x0806: ARP.read(bytes, packet, into: &facts)
        case 0x88CC: LLDP.read(bytes, packet, into: &facts)
        case 0x888E: EAPOL.read(bytes, packet, into: &facts)
        case 0x8892: ProfinetDCP.read(bytes, packet, into: &facts)
        case 0x8847, 0x8848: mpls(bytes, into: &facts)
        case 0x8863, 0x8864: pppoe(bytes, into: &facts)
        case 0x88E7: providerBackbone(bytes, into: &facts)
        case 0x88BE: encapsulatedMirror(bytes, isNumbered: false, isThird: false, into: &facts)
        case 0x22EB: encapsulatedMirror(bytes, isNumbered: true, isThird: true, into: &facts)
        default: break
        }
    }

    /// IEEE 802.2 LLC, with SNAP.
    mutating func logicalLink(_ bytes: Span<UInt8>, into facts: inout Facts) {
        guard bytes.count >= 3 else { return }
        packet.etherType = 0
        if bytes[0] == 0x42, bytes[1] == 0x42 { return STP.read(bytes.from(3), packet, into: &facts) }
        guard bytes[0] == 0xAA, bytes[1] == 0xAA, bytes.count >= 8 else { return }
        let organisation = UInt32(bytes[3]) << 16 | UInt32(bytes[4]) << 8 | UInt32(bytes[5])
        let type = UInt16(bytes[6]) << 8 | UInt16(bytes[7])
        let inner = bytes.from(8)
        switch (organisation, type) {
        case (0x00000C, 0x2000): CDP.read(inner, packet, into: &facts)
        case (0x00000C, 0x010B): STP.read(inner, packet, into: &facts)
        case (0, 0x0600...), (0x0000F8, 0x0600...): etherType(type, inner, into: &facts)
        default: break
        }
    }

    /// MPLS label stacks (RFC 3032), and Ethernet pseudo-wires behind them (RFC 4448).
    mutating func mpls(_ bytes: Span<UInt8>, into facts: inout Facts) {
        var at = 0
        for _ in 0..<16 {
            guard let label = bytes.uint32(at: at) else { return facts.oddity(.linkTruncated) }
            at += 4
            guard label & 0x100 != 0 else { continue }
            let inner = bytes.from(at)
            switch inner.at(0).map({ $0 >> 4 }) {
            case 4: ipv4(inner, into: &facts)
            case 6: ipv6(inner, into: &facts)
            case 0 where inner.count >= 18: unwrap(into: &facts) { $0.ethernet(inner.from(4), into: &$1) }
            default: if inner.count >= 14 { unwrap(into: &facts) { $0.ethernet(inner, into: &$1) } }
            }
            return
        }
        facts.oddity(.mplsTooDeep)
    }

    /// PPPoE sessions (RFC 2516); discovery carries nothing we keep.
    mutating func pppoe(_ bytes: Span<UInt8>, into facts: inout Facts) {
        outcome.isDecoded = true
        guard bytes.count >= 6 else { return facts.oddity(.linkTruncated) }
        guard bytes[0] == 0x11, bytes[1] == 0 else { return }
        ppp(bytes.from(6), into: &facts)
    }

    /// PPP (RFC 1661), with or without address and control octets, with short protocol numbers.
    mutating func ppp(_ frame: Span<UInt8>, into facts: inout Facts) {
        outcome.isDecoded = true
        var bytes = frame
        if bytes.at(0) == 0xFF, bytes.at(1) == 0x03 { bytes = bytes.from(2) }
        guard let first = bytes.at(0) else { return facts.oddity(.linkTruncated) }
        let number: UInt16
        if first & 1 == 1 {
            number = UInt16(first)
            bytes = bytes.from(1)
        } else {
            guard let value = bytes.uint16(at: 0) else { return facts.oddity(.linkTruncated) }
            number = value
            bytes = bytes.from(2)
        }
        switch number {
        case 0x0021: ipv4(bytes, into: &facts)
        case 0x0057: ipv6(bytes, into: &facts)
        case 0x0281: mpls(bytes, into: &facts)
        default: break
        }
    }

    /// Cisco HDLC: address, control, then an EtherType.
    mutating func hdlc(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame.count >= 4 else { return facts.oddity(.linkTruncated) }
        if frame[0] == 0xFF, frame[1] == 0x03 { return ppp(frame, into: &facts) }
        outcome.isDecoded = true
        let type = UInt16(frame[2]) << 8 | UInt16(frame[3])
        if type == 0x2000 { return CDP.read(frame.from(4), packet, into: &facts) }
        etherType(type, frame.from(4), into: &facts)
    }

    /// BSD loopback: an address family in the byte order of the machine, or always big-endian (OpenBSD).
    mutating func loopback(_ frame: Span<UInt8>, isBigEndian: Bool, into facts: inout Facts) {
        guard let value = frame.uint32(at: 0) else { return facts.oddity(.linkTruncated) }
        outcome.isDecoded = true
        let family = value > 0xFFFF ? value.byteSwapped : value
        switch family {
        case 2: ipv4(frame.from(4), into: &facts)
        case 10, 24, 28, 30: ipv6(frame.from(4), into: &facts)
        default: break
        }
    }

    mutating func raw(_ frame: Span<UInt8>, into facts: inout Facts) {
        outcome.isDecoded = true
        switch frame.at(0).map({ $0 >> 4 }) {
        case 4: ipv4(frame, into: &facts)
        case 6: ipv6(frame, into: &facts)
        default: facts.oddity(.ipv4BadHeader)
        }
    }

    /// Linux cooked capture: packet type, ARPHRD, address length, address (8), protocol.
    mutating func linuxCooked(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame.count >= 16 else { return facts.oddity(.linkTruncated) }
        outcome.isDecoded = true
        if frame.uint16(at: 4) == 6 { packet.source = address(frame, 6) }
        cooked(frame.uint16(at: 14) ?? 0, arphrd: frame.uint16(at: 2) ?? 0, frame.from(16), into: &facts)
    }

    /// Linux cooked capture 2: protocol, reserved, interface, ARPHRD, packet type, address length, address (8).
    mutating func linuxCooked2(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame.count >= 20 else { return facts.oddity(.linkTruncated) }
        outcome.isDecoded = true
        if frame[11] == 6 { packet.source = address(frame, 12) }
        cooked(frame.uint16(at: 0) ?? 0, arphrd: frame.uint16(at: 8) ?? 0, frame.from(20), into: &facts)
    }

    private mutating func cooked(
        _ type: UInt16, arphrd: UInt16, _ payload: Span<UInt8>, into facts: inout Facts
    ) {
        switch (arphrd, type) {
        case (778, _): gre(payload, into: &facts)
        case (803, _): radiotap(payload, into: &facts)
        case (_, 0x0004): logicalLink(payload, into: &facts)
        case (_, 0x0001): break
        default: etherType(type, payload, into: &facts)
        }
    }

    /// NFLOG: family, version, resource, then TLVs of which 9 is the packet and 11 the hardware address.
    mutating func nflog(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame.count >= 4 else { return facts.oddity(.linkTruncated) }
        outcome.isDecoded = true
        var at = 4
        for _ in 0..<64 {
            guard at + 4 <= frame.count else { return }
            let length = Int(frame[at]) | Int(frame[at + 1]) << 8
            let type = UInt16(frame[at + 2]) | UInt16(frame[at + 3]) << 8
            guard length >= 4, at + length <= frame.count else { return facts.oddity(.linkTruncated) }
            let value = frame.extracting(at + 4..<at + length)
            if type & 0x7FFF == 8, value.count >= 10, value[1] == 6 { packet.source = address(value, 4) }
            if type & 0x7FFF == 9 { return raw(value, into: &facts) }
            at += (length + 3) / 4 * 4
        }
    }

    /// Tags that switch chips put between the addresses and the EtherType (Broadcom, Marvell).
    mutating func switchTag(_ frame: Span<UInt8>, _ link: LinkType, into facts: inout Facts) {
        let (before, size) =
            switch link.number {
            case 281: (12, 4)
            case 282: (0, 4)
            case 283: (12, 4)
            default: (12, 8)
            }
        if before == 0 {
            guard frame.count > size else { return facts.oddity(.linkTruncated) }
            return ethernet(frame.from(size), into: &facts)
        }
        guard frame.count >= 14 + size, let type = frame.uint16(at: 12 + size) else {
            return facts.oddity(.linkTruncated)
        }
        packet.destination = address(frame, 0)
        packet.source = address(frame, 6)
        outcome.isDecoded = true
        etherType(type, frame.from(14 + size), into: &facts)
    }

    /// Per-Packet Information (CACE): version, flags, length and the real link type, all little-endian.
    mutating func perPacketInformation(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame.count >= 8 else { return facts.oddity(.linkTruncated) }
        let length = Int(frame[2]) | Int(frame[3]) << 8
        let link = LinkType(UInt16(frame[4]) | UInt16(frame[5]) << 8)
        guard length >= 8, length <= frame.count, link.number != 192, link.isKnown else {
            return facts.oddity(.linkTruncated)
        }
        read(frame.from(length), link, into: &facts)
    }

    /// Apple's PKTAP: header length, record type and the real link type, all little-endian 32 bits.
    mutating func pktap(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard let length = frame.uint32(at: 0)?.byteSwapped, let number = frame.uint32(at: 8)?.byteSwapped else {
            return facts.oddity(.linkTruncated)
        }
        let link = LinkType(UInt16(truncatingIfNeeded: number))
        guard length >= 12, length <= UInt32(frame.count), ![149, 192, 258].contains(link.number), link.isKnown else {
            return facts.oddity(.linkTruncated)
        }
        read(frame.from(Int(length)), link, into: &facts)
    }

    /// Solaris IPNET: version, address family (2 IPv4, 26 IPv6), and 22 octets of zone numbers.
    mutating func solarisIPNet(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame.count >= 24 else { return facts.oddity(.linkTruncated) }
        outcome.isDecoded = true
        switch frame[1] {
        case 2: ipv4(frame.from(24), into: &facts)
        case 26: ipv6(frame.from(24), into: &facts)
        default: break
        }
    }

    // MARK: Wireless

    /// Radiotap: version, pad, length (little-endian), then the 802.11 frame.
    mutating func radiotap(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame.count >= 8 else { return facts.oddity(.linkTruncated) }
        let length = Int(frame[2]) | Int(frame[3]) << 8
        guard length >= 8, length <= frame.count else { return facts.oddity(.linkTruncated) }
        ieee80211(frame.from(length), into: &facts)
    }

    /// The network's name in beacons and probe responses: element 0 behind 12 octets of fixed fields (IEEE 802.11, 9.3.3).
    private func beacon(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame[0] >> 4 == 8 || frame[0] >> 4 == 5, frame.at(36) == 0, let length = frame.at(37), length <= 32,
            frame.count >= 38 + Int(length)
        else { return }
        facts.add(.wifiSsid, frame.extracting(38..<38 + Int(length)))
    }

    /// IEEE 802.11 data frames in clear; who sends the others is seen as well.
    mutating func ieee80211(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard frame.count >= 10 else { return facts.oddity(.linkTruncated) }
        outcome.isDecoded = true
        // Cisco's access points put the two octets of the frame control the other way round into CAPWAP; then the
        // direction stands where the version is, which is always 0.
        let isSwapped = frame[0] & 3 != 0 && frame[1] & 3 == 0
        let control = isSwapped ? frame[1] : frame[0]
        let flags = isSwapped ? frame[0] : frame[1]
        let kind = control >> 2 & 3
        guard frame.count >= 24 else { return }
        if kind == 0 {
            packet.destination = address(frame, 4)
            packet.source = address(frame, 10)
            beacon(frame, into: &facts)
            return
        }
        guard kind == 2 else { return }
        var header = 24
        switch flags & 3 {
        case 0:
            packet.destination = address(frame, 4)
            packet.source = address(frame, 10)
        case 1:
            packet.destination = address(frame, 16)
            packet.source = address(frame, 10)
        case 2:
            packet.destination = address(frame, 4)
            packet.source = address(frame, 16)
        default:
            guard frame.count >= 30 else { return }
            packet.destination = address(frame, 16)
            packet.source = address(frame, 24)
            header = 30
        }
        if control & 0x80 != 0 {
            header += 2
            if flags & 0x80 != 0 { header += 4 }
        }
        // Encrypted, or without payload.
        guard flags & 0x40 == 0, control & 0x40 == 0, frame.count > header else { return }
        logicalLink(frame.from(header), into: &facts)
    }
}
