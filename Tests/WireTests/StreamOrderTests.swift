//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Order: segments that overtake each other, get lost, or look like copies and are none.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

/// Goal: what was recorded is read, in whatever order and with whatever holes it was recorded.
@Suite struct `Segments out of order` {
    private static let request = Array("GET / HTTP/1.1\r\nHost: pump-7.ward\r\n\r\n".utf8)

    /// Ethernet and IPv4 between 10.0.0.1 and 10.0.0.2.
    private static func frame(fromClient: Bool, protocol number: UInt8, _ body: [UInt8]) -> [UInt8] {
        let ends: [[UInt8]] = [[10, 0, 0, 1], [10, 0, 0, 2]]
        let (source, target) = fromClient ? (ends[0], ends[1]) : (ends[1], ends[0])
        let ethernet: [UInt8] = [0, 0, 0, 0, 0, fromClient ? 2 : 1, 0, 0, 0, 0, 0, fromClient ? 1 : 2, 8, 0]
        return ethernet + [0x45, 0, 0, UInt8(20 + body.count), 0, 1, 0, 0, 64, number, 0, 0] + source + target + body
    }

    private static func segment(
        fromClient: Bool, flags: UInt8, _ sequence: UInt8, acknowledging: UInt8 = 0, _ payload: [UInt8] = []
    ) -> [UInt8] {
        let ports: [UInt8] = fromClient ? [0x9C, 0x40, 0, 80] : [0, 80, 0x9C, 0x40]
        let header: [UInt8] =
            ports + [0, 0, 0, sequence, 0, 0, 0, acknowledging, 0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0]
        return frame(fromClient: fromClient, protocol: 6, header + payload)
    }

    /// Values of the client (and of nobody else), by frame, the last entry being what was still waiting at the end.
    private static func values(_ field: Field, in frames: [[UInt8]], apart nanoseconds: Int64) -> [[String]] {
        var walk = Walk(flows: 64)
        var sink = Facts()
        var time: Int64 = 1_000_000_000
        func told() -> [String] {
            guard walk.packet.sourceNetwork.description == "10.0.0.1" else { return [] }
            return sink.entries.filter { $0.field == field }
                .map { String(decoding: array(sink.value(of: $0)), as: UTF8.self) }
        }
        var all: [[String]] = []
        for frame in frames {
            time += nanoseconds
            _ = walk.take(
                frame.span, .ethernet, at: Timestamp(nanoseconds: time), originalLength: frame.count, into: &sink)
            all.append(told())
        }
        var rest: [String] = []
        while walk.takeWaiting(into: &sink) != nil { rest += told() }
        return all + [rest]
    }

    @Test func `the second half of a request overtakes the first one`() {
        let found = Self.values(
            .httpHost,
            in: [
                Self.segment(fromClient: true, flags: 0x02, 9),
                Self.segment(fromClient: true, flags: 0x18, 30, Array(Self.request[20...])),
                Self.segment(fromClient: true, flags: 0x18, 10, Array(Self.request[..<20])),
            ], apart: 1_000_000_000)
        #expect(found == [[], [], ["pump-7.ward"], []])
    }

    @Test func `a segment that only the receiver got is not waited for`() {
        let found = Self.values(
            .httpHost,
            in: [
                Self.segment(fromClient: true, flags: 0x02, 9),
                Self.segment(fromClient: true, flags: 0x18, 50, Self.request),
                Self.segment(fromClient: false, flags: 0x10, 1, acknowledging: 90),
                Self.segment(fromClient: true, flags: 0x10, 90),
            ], apart: 1_000_000_000)
        #expect(found == [[], [], [], ["pump-7.ward"], []])
    }

    @Test func `what still waits at the end is read then`() {
        let found = Self.values(
            .httpHost,
            in: [
                Self.segment(fromClient: true, flags: 0x02, 9),
                Self.segment(fromClient: true, flags: 0x18, 50, Self.request),
            ], apart: 1_000_000_000)
        #expect(found == [[], [], ["pump-7.ward"]])
    }

    @Test func `a sender that does not count its SYN loses nothing`() {
        let found = Self.values(
            .httpHost,
            in: [
                Self.segment(fromClient: true, flags: 0x02, 9),
                Self.segment(fromClient: true, flags: 0x18, 9, Self.request),
            ], apart: 1_000_000_000)
        #expect(found == [[], ["pump-7.ward"], []])
    }

    /// DNS queries with the same identification and no checksum, a tenth of a millisecond apart.
    @Test func `datagrams of one length without a checksum are not taken for copies`() {
        func query(_ letter: UInt8) -> [UInt8] {
            let message: [UInt8] = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, letter, 2, 0x64, 0x65, 0, 0, 1, 0, 1]
            let header: [UInt8] = [0x9C, 0x40, 0, 53, 0, UInt8(8 + message.count), 0, 0]
            return Self.frame(fromClient: true, protocol: 17, header + message)
        }
        let found = Self.values(.dnsQuery, in: [query(0x61), query(0x62), query(0x62)], apart: 100_000)
        #expect(found == [["a.de"], ["b.de"], [], []])
    }
}
