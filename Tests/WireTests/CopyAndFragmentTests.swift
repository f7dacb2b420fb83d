//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Copies and fragments: counted once, put together once.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `Copies on a mirror` {
    @Test func `the same packet a moment later is a copy, on the other side of a router as well`() {
        var cable = Cable()
        cable.add(Cable.tcp(Cable.request, sequence: 1))
        cable.add(Cable.tcp(Cable.request, sequence: 1), after: 50_000)
        cable.add(Cable.tcp(Cable.request, sequence: 1, timeToLive: 63), after: 50_000)
        let reading = cable.read()
        #expect(reading.duplicates == 2)
        #expect(reading.facts.filter { $0.field == .httpUserAgent }.count == 1)
    }

    @Test func `twenty milliseconds are the limit: what is sent again later is no copy`() {
        for (gap, copies) in [(20_000_000, 1), (20_000_001, 0)] as [(Int64, Int)] {
            var cable = Cable()
            cable.add(Cable.tcp(Cable.request, sequence: 1))
            cable.add(Cable.tcp(Cable.request, sequence: 1), after: gap)
            #expect(cable.read().duplicates == copies)
        }
    }

    @Test func `other payload, other number or other port is another packet`() {
        var cable = Cable()
        cable.add(Cable.tcp(Cable.request, sequence: 1))
        cable.add(Cable.tcp(Cable.request.reversed(), sequence: 1), after: 1_000)
        cable.add(Cable.tcp(Cable.request, sequence: 2), after: 1_000)
        cable.add(Cable.tcp(Cable.request, sequence: 1, port: 8_080), after: 1_000)
        cable.add(Cable.tcp(Cable.request, sequence: 1, identification: 8), after: 1_000)
        #expect(cable.read().duplicates == 0)
    }

    @Test func `a frame without ports is a copy when it is the same to the octet within a tenth of a millisecond`() {
        var arp = ByteWriter()
        arp.raw([0, 1, 8, 0, 6, 4, 0, 1])
        arp.address(Cable.client)
        arp.address(Cable.clientAddress)
        arp.zeros(6)
        arp.address(Cable.serverAddress)
        let frame = FrameWriter.ethernet(
            from: Cable.client, to: .broadcast, type: FrameWriter.EtherType.arp, arp.bytes)
        for (gap, copies) in [(2_000, 1), (100_000, 1), (100_001, 0)] as [(Int64, Int)] {
            var cable = Cable()
            cable.add(frame)
            cable.add(frame, after: gap)
            #expect(cable.read().duplicates == copies)
        }
        var other = frame
        other[41] ^= 1
        var cable = Cable()
        cable.add(frame)
        cable.add(other, after: 2_000)
        #expect(cable.read().duplicates == 0)
    }

    @Test func `of a fragmented datagram that was mirrored twice every piece is a copy`() {
        let pieces = `Fragments`.fragments(cut: 16)
        var cable = Cable()
        for piece in pieces { cable.add(piece, after: 5_000) }
        for piece in pieces { cable.add(piece, after: 5_000) }
        let reading = cable.read()
        #expect(reading.duplicates == 2)
        #expect(reading.facts.filter { $0.field == .dnsQuery }.count == 1)
    }
}

@Suite struct `Fragments` {
    /// A DNS query in an IPv4 datagram that is cut after `cut` octets of its payload (a multiple of eight).
    static func fragments(cut: Int) -> [[UInt8]] {
        let query: [UInt8] =
            [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4] + Array("pump".utf8) + [7] + Array("example".utf8)
            + [0, 0, 1, 0, 1]
        let datagram = FrameWriter.udp(from: (Cable.clientAddress, 40_000), to: (Cable.serverAddress, 53), query)
        return [(datagram[..<cut], UInt16(0x2000)), (datagram[cut...], UInt16(cut / 8))].map { piece, flags in
            var packet = FrameWriter.packet(
                from: Cable.clientAddress, to: Cable.serverAddress, transport: 17, identification: 77, Array(piece))
            packet[6] = UInt8(flags >> 8)
            packet[7] = UInt8(flags & 0xFF)
            return FrameWriter.ethernet(
                from: Cable.client, to: Cable.server, type: FrameWriter.EtherType.ipv4, packet)
        }
    }

    @Test(arguments: [8, 16, 24, 32])
    func `a datagram in pieces is one datagram, in either order`(cut: Int) {
        for isReversed in [false, true] {
            var cable = Cable()
            let pieces = Self.fragments(cut: cut)
            for piece in isReversed ? pieces.reversed() : pieces { cable.add(piece) }
            #expect(cable.read().values(.dnsQuery) == ["pump.example"])
        }
    }

    @Test func `pieces that overlap are dropped together, by name`() {
        var cable = Cable()
        cable.add(Self.fragments(cut: 24)[0])
        cable.add(Self.fragments(cut: 16)[1])
        let reading = cable.read()
        #expect(reading.values(.dnsQuery).isEmpty)
        #expect(reading.oddities[.ipv4FragmentConflict] == 1)
    }
}
