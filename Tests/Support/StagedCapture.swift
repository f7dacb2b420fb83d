//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Staged capture: a small capture written by Wire, conversation by conversation.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// A capture of invented stations that say what a test wants them to say.
public struct StagedCapture: Sendable {
    /// One end of a conversation.
    public struct Host: Hashable, Sendable {
        public var hardware: HardwareAddress
        public var network: IPAddress

        /// `02:00:0a:01:00:nn` at 10.1.0.nn.
        public init(_ number: UInt16) {
            hardware = HardwareAddress(bits: 0x0200_0A01_0000 | UInt64(number))
            network = IPAddress(v4: 0x0A01_0000 | UInt32(number))
        }
    }

    private var writer = CaptureWriter()
    /// Frames so far, in order, with their times.
    public private(set) var frames: [(bytes: [UInt8], time: Timestamp)] = []
    /// When the next frame is written; every frame moves it on by `step`.
    public var time = Timestamp(seconds: 1_700_000_000)
    /// Nanoseconds between two frames.
    public var step: Int64 = 10_000_000
    private var identification: UInt16 = 1

    public init() {}

    /// The capture as a file.
    public var bytes: [UInt8] { writer.bytes }

    public mutating func add(_ frame: [UInt8]) {
        writer.add(frame, at: time)
        frames.append((frame, time))
        time = Timestamp(nanoseconds: time.nanoseconds + step)
    }

    /// A datagram.
    public mutating func udp(
        _ source: Host, _ sourcePort: UInt16, _ destination: Host, _ destinationPort: UInt16, _ payload: [UInt8]
    ) {
        let datagram = FrameWriter.udp(
            from: (source.network, sourcePort), to: (destination.network, destinationPort), payload)
        packet(source, destination, 17, datagram)
    }

    /// A connection from its handshake to its last octet; each side's words in the order given.
    public mutating func tcp(
        _ client: Host, _ clientPort: UInt16, _ server: Host, _ port: UInt16, _ words: [(StreamSide, [UInt8])]
    ) {
        var next: [StreamSide: UInt32] = [.client: 1_000, .server: 5_000]
        func segment(_ side: StreamSide, _ flags: FrameWriter.Flags, _ payload: [UInt8] = []) {
            let ends = side == .client ? (client, clientPort, server, port) : (server, port, client, clientPort)
            let other: StreamSide = side == .client ? .server : .client
            let bytes = FrameWriter.tcp(
                from: (ends.0.network, ends.1), to: (ends.2.network, ends.3), sequence: next[side] ?? 0,
                acknowledgement: flags.contains(.acknowledge) ? next[other] ?? 0 : 0, flags: flags, window: 65_000,
                payload)
            packet(ends.0, ends.2, 6, bytes)
            next[side, default: 0] &+= UInt32(payload.count) &+ (flags.contains(.synchronise) ? 1 : 0)
        }
        segment(.client, .synchronise)
        segment(.server, [.synchronise, .acknowledge])
        segment(.client, .acknowledge)
        for (side, payload) in words {
            var rest = payload[...]
            while !rest.isEmpty {
                segment(side, [.push, .acknowledge], Array(rest.prefix(1_400)))
                rest = rest.dropFirst(1_400)
            }
        }
    }

    private mutating func packet(_ source: Host, _ destination: Host, _ transport: UInt8, _ payload: [UInt8]) {
        let packet = FrameWriter.packet(
            from: source.network, to: destination.network, transport: transport, identification: identification,
            payload)
        identification &+= 1
        add(
            FrameWriter.ethernet(
                from: source.hardware, to: destination.hardware, type: FrameWriter.EtherType.ipv4, packet))
    }
}
