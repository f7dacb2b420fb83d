//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Capture files: every form of them, record by record.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `Capture files` {
    private static let frame = Cable.tcp(Cable.request, sequence: 1)

    private static func pcap(magic: UInt32, isSwapped: Bool, fraction: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        func add(_ value: UInt32) { writer.uint32(isSwapped ? value.byteSwapped : value) }
        add(magic)
        writer.uint16(isSwapped ? UInt16(2).byteSwapped : 2)
        writer.uint16(isSwapped ? UInt16(4).byteSwapped : 4)
        [0, 0, 65_535, 1].forEach(add)
        [4_000_000_000, fraction, UInt32(frame.count), UInt32(frame.count)].forEach(add)
        writer.raw(frame)
        return writer.bytes
    }

    private static func first(_ bytes: [UInt8]) -> CaptureFile.Record? {
        var file = CaptureFile()
        var offset = 0
        for _ in 0..<64 {
            if case .packet(let record) = file.next(bytes.span, &offset) { return record }
        }
        return nil
    }

    @Test(arguments: [false, true])
    func `both byte orders and both clocks give the same moment`(isSwapped: Bool) {
        let micro = Self.first(Self.pcap(magic: 0xA1B2_C3D4, isSwapped: isSwapped, fraction: 123_456))
        let nano = Self.first(Self.pcap(magic: 0xA1B2_3C4D, isSwapped: isSwapped, fraction: 123_456_000))
        // Seconds are unsigned: they reach to 2106.
        #expect(micro?.time.description == "2096-10-02T07:06:40.123456Z")
        #expect(nano?.time == micro?.time)
        #expect(micro?.count == Self.frame.count)
    }

    private static func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
        writer.uint32(type)
        writer.uint32(UInt32(padded.count + 12))
        writer.raw(padded)
        writer.uint32(UInt32(padded.count + 12))
        return writer.bytes
    }

    private static func interface(link: UInt16, resolution: UInt8?) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint16(link)
        writer.uint16(0)
        writer.uint32(0)
        if let resolution {
            writer.uint16(9)
            writer.uint16(1)
            writer.raw([resolution, 0, 0, 0])
        }
        return block(1, writer.bytes)
    }

    private static func packet(interface: UInt32, ticks: UInt64, _ frame: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint32(interface)
        writer.uint64(ticks)
        writer.uint32(UInt32(frame.count))
        writer.uint32(UInt32(frame.count))
        writer.raw(frame)
        return block(6, writer.bytes)
    }

    private static let section: [UInt8] = block(
        0x0A0D_0D0A, [0x1A, 0x2B, 0x3C, 0x4D, 0, 1, 0, 0] + [UInt8](repeating: 0xFF, count: 8))

    @Test func `each interface of a pcapng file has its own link type and clock`() {
        let bytes =
            Self.section + Self.interface(link: 1, resolution: nil) + Self.interface(link: 101, resolution: 9)
            + Self.interface(link: 101, resolution: 0x8A)
            + Self.packet(interface: 0, ticks: 1_500_000, Self.frame)
            + Self.packet(interface: 1, ticks: 1_500_000_000, Array(Self.frame[14...]))
            + Self.packet(interface: 2, ticks: 1_536, Array(Self.frame[14...]))
        var file = CaptureFile()
        var offset = 0
        var seen: [String] = []
        while case let step = file.next(bytes.span, &offset), offset < bytes.count || seen.count < 3 {
            if case .packet(let record) = step { seen.append("\(record.link.name) \(record.time)") }
            if case .more = step { break }
        }
        #expect(
            seen == [
                "ethernet 1970-01-01T00:00:01.500Z", "raw-ip 1970-01-01T00:00:01.500Z",
                "raw-ip 1970-01-01T00:00:01.500Z",
            ])
    }

    @Test func `a packet of an interface that was never described is a problem with its number`() {
        let bytes = Self.section + Self.packet(interface: 3, ticks: 0, Self.frame)
        #expect(Reading(bytes).problem == .unknownInterface(3))
    }

    @Test func `a record longer than any is refused, one cut off asks for more`() {
        var bytes = Self.pcap(magic: 0xA1B2_C3D4, isSwapped: false, fraction: 0)
        let whole = Reading(bytes)
        #expect(whole.packets == 1 && whole.leftOver == 0 && whole.problem == nil)
        let cut = Reading(Array(bytes.dropLast()))
        #expect(cut.packets == 0 && cut.leftOver == 16 + Self.frame.count - 1)
        bytes.replaceSubrange(32..<36, with: [0x7F, 0xFF, 0xFF, 0xFF])
        #expect(Reading(bytes).problem == .recordTooLong(0x7FFF_FFFF))
    }

    @Test func `what is no capture is said to be none`() {
        #expect(Reading(Array("PK\u{3}\u{4} something else entirely".utf8)).problem == .notACapture)
        #expect(Reading([]).packets == 0)
    }

    @Test func `every cut of a capture ends in more or in nothing, never in a wrong packet`() {
        let bytes =
            Self.section + Self.interface(link: 1, resolution: 6) + Self.packet(interface: 0, ticks: 1, Self.frame)
        for length in bytes.indices {
            #expect(Reading(Array(bytes[..<length])).packets == 0)
        }
        #expect(Reading(bytes).values(.httpUserAgent) == ["Ward/1.0"])
    }
}
