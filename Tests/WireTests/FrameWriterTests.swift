//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Frames, written: do lengths and checksums hold, and does the walk read back what was written?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

/// Goal: what the simulator sends could have come from a network card.
@Suite struct `Written frames` {
    private let pump = HardwareAddress(bits: 0x0003_B100_0001)
    private let server = HardwareAddress(bits: 0xF8B1_5600_0002)
    private let here = IPAddress(v4: 0x0A14_010A)
    private let there = IPAddress(v4: 0x0A14_010B)

    // RFC 1071, section 3: the sum of these octets is ddf2.
    @Test func `carry the Internet checksum of its own example`() {
        #expect(FrameWriter.checksum([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]) == ~0xDDF2)
    }

    @Test func `an odd last octet counts as if a zero followed`() {
        #expect(FrameWriter.checksum([0x12, 0x34, 0x56]) == FrameWriter.checksum([0x12, 0x34, 0x56, 0x00]))
    }

    @Test func `sum to nothing with their checksum in place, in both versions of IP`() {
        let six = IPAddress(high: 0xFE80_0000_0000_0000, low: 1)
        for (from, to) in [(here, there), (six, IPAddress(high: 0xFF02_0000_0000_0000, low: 2))] {
            let datagram = FrameWriter.udp(from: (from, 1_000), to: (to, 2_000), [1, 2, 3])
            #expect(FrameWriter.checksum(datagram, between: from, and: to, transport: 17) == 0)
            let segment = FrameWriter.tcp(
                from: (from, 1_000), to: (to, 2_000), sequence: 7, acknowledgement: 9, flags: [.push, .acknowledge],
                window: 512, [1, 2, 3, 4, 5])
            #expect(FrameWriter.checksum(segment, between: from, and: to, transport: 6) == 0)
        }
        let packet = FrameWriter.packet(from: here, to: there, transport: 17, identification: 4_711, [])
        #expect(FrameWriter.checksum(packet) == 0)
    }

    @Test func `are never shorter than Ethernet allows`() {
        #expect(FrameWriter.ethernet(from: pump, to: server, type: 0x0806, [1]).count == 60)
        #expect(FrameWriter.ethernet(from: pump, to: server, vlan: 20, type: 0x0806, [1]).count == 60)
        let cdp = FrameWriter.snap(from: pump, to: CDP.group, organisation: 0x0C, protocol: 0x2000, [2, 180, 0, 0])
        #expect(cdp.count == 60)
        #expect(Array(cdp[12..<22]) == [0, 12, 0xAA, 0xAA, 3, 0, 0, 0x0C, 0x20, 0x00])
    }

    @Test(arguments: [nil, 20 as UInt16])
    func `are read back by the walk as they were written`(vlan: UInt16?) {
        let question = DNS.query("pacs.hospital.example", transaction: 7)
        let datagram = FrameWriter.udp(from: (here, 50_000), to: (there, 53), question)
        let packet = FrameWriter.packet(from: here, to: there, transport: 17, identification: 1, datagram)
        var writer = CaptureWriter()
        writer.add(
            FrameWriter.ethernet(
                from: pump, to: server, vlan: vlan, type: FrameWriter.EtherType.ipv4, packet),
            at: Timestamp(seconds: 1_772_436_600))
        let reading = Reading(writer.bytes)
        #expect(reading.decoded == 1)
        #expect(reading.oddities == [:])
        #expect(reading.values(.dnsQuery) == ["pacs.hospital.example"])
        #expect(reading.facts.allSatisfy { $0.mac == pump.description && $0.ip == here.description })
    }

    @Test func `a session that ends without a user still tells the station's name`() {
        var writer = CaptureWriter()
        var sequence: UInt32 = 1
        for message in [
            SMB.negotiate(client: [1]), SMB.beginSession(), SMB.endSession(computer: "SIM-WS-1", session: 9),
        ] {
            let segment = FrameWriter.tcp(
                from: (here, 50_000), to: (there, 445), sequence: sequence, acknowledgement: 1,
                flags: [.push, .acknowledge], window: 512, message)
            sequence += UInt32(message.count)
            let packet = FrameWriter.packet(
                from: here, to: there, transport: 6, identification: UInt16(sequence & 0xFFF), segment)
            writer.add(
                FrameWriter.ethernet(from: pump, to: server, type: FrameWriter.EtherType.ipv4, packet),
                at: Timestamp(seconds: 1_772_436_600 + Int64(sequence)))
        }
        #expect(Reading(writer.bytes).values(.smbNtlmHost) == ["SIM-WS-1"])
    }
}
