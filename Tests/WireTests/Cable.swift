//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Frames to try the walk with: two stations and what they say.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

/// Two stations on one cable, and a capture of what they say. One second passes between frames unless said otherwise.
struct Cable {
    static let client = HardwareAddress(bits: 0x0003_B100_0001)
    static let server = HardwareAddress(bits: 0x0009_FB00_0002)
    static let clientAddress = IPAddress(v4: 0x0A00_0001)
    static let serverAddress = IPAddress(v4: 0x0A00_0002)

    private var writer = CaptureWriter()
    private(set) var now = Timestamp(seconds: 1_000)

    mutating func add(_ frame: [UInt8], after nanoseconds: Int64 = 1_000_000_000) {
        now = Timestamp(nanoseconds: now.nanoseconds + nanoseconds)
        writer.add(frame, at: now)
    }

    func read() -> Reading { Reading(writer.bytes) }

    /// An HTTP request in one segment.
    static let request = Array("GET / HTTP/1.1\r\nHost: pump.example\r\nUser-Agent: Ward/1.0\r\n\r\n".utf8)

    static func tcp(
        _ payload: [UInt8], sequence: UInt32, fromClient: Bool = true,
        flags: FrameWriter.Flags = [.push, .acknowledge],
        port: UInt16 = 80, identification: UInt16 = 7, options: [UInt8] = [], timeToLive: UInt8 = 64
    ) -> [UInt8] {
        let ends = [(client, clientAddress, UInt16(40_000)), (server, serverAddress, port)]
        let (from, to) = fromClient ? (ends[0], ends[1]) : (ends[1], ends[0])
        let segment = FrameWriter.tcp(
            from: (from.1, from.2), to: (to.1, to.2), sequence: sequence, acknowledgement: 0, flags: flags,
            window: 8_192, options: options, payload)
        let packet = FrameWriter.packet(
            from: from.1, to: to.1, transport: 6, timeToLive: timeToLive, identification: identification, segment)
        return FrameWriter.ethernet(from: from.0, to: to.0, type: FrameWriter.EtherType.ipv4, packet)
    }

    static func udp(_ payload: [UInt8], from source: UInt16, to target: UInt16) -> [UInt8] {
        let datagram = FrameWriter.udp(from: (clientAddress, source), to: (serverAddress, target), payload)
        let packet = FrameWriter.packet(
            from: clientAddress, to: serverAddress, transport: 17, identification: 9, datagram)
        return FrameWriter.ethernet(from: client, to: server, type: FrameWriter.EtherType.ipv4, packet)
    }
}
