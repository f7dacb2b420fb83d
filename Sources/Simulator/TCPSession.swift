//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// TCP: a whole connection, from the first greeting to the last farewell.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// One TCP connection as its segments: handshake, data in pieces with their acknowledgements, and the orderly end
/// (RFC 9293, 3.5, 3.6).
struct TCPSession: Sendable {
    /// Octets of data in one segment: what Ethernet carries less IPv4 and the longest header used here.
    private static let pieceLength = 1_400

    private struct Side: Sendable {
        var end: Stage.End
        var sequence: UInt32
        /// What it has received up to.
        var received: UInt32 = 0
        /// Milliseconds of its own clock when the connection began.
        var clock: UInt32
        /// Last time it heard of the other side.
        var echo: UInt32 = 0
    }
    private var client: Side
    private var server: Side
    private let hasTimestamps: Bool
    private let start: Int64

    init(_ client: Stage.End, _ server: Stage.End, _ stage: inout Stage) {
        self.client = Side(end: client, sequence: Self.number(&stage), clock: Self.number(&stage) >> 4)
        self.server = Side(end: server, sequence: Self.number(&stage), clock: Self.number(&stage) >> 4)
        hasTimestamps = client.stack.hasTimestamps && server.stack.hasTimestamps
        start = stage.time
    }

    private static func number(_ stage: inout Stage) -> UInt32 { UInt32(truncatingIfNeeded: stage.chance.next() >> 16) }

    mutating func open(_ stage: inout Stage) {
        segment(.client, .synchronise, [], &stage)
        client.sequence &+= 1
        stage.pause(microseconds: 150...1_500)
        server.received = client.sequence
        segment(.server, [.synchronise, .acknowledge], [], &stage)
        server.sequence &+= 1
        stage.pause(microseconds: 150...900)
        client.received = server.sequence
        segment(.client, .acknowledge, [], &stage)
    }

    mutating func say(_ side: StreamSide, _ bytes: [UInt8], _ stage: inout Stage) {
        var at = 0
        while at < bytes.count {
            let piece = Array(bytes[at..<min(at + Self.pieceLength, bytes.count)])
            at += piece.count
            stage.pause(microseconds: 40...300)
            segment(side, at == bytes.count ? [.push, .acknowledge] : .acknowledge, piece, &stage)
            let length = UInt32(piece.count)
            if side == .client {
                client.sequence &+= length
                server.received = client.sequence
            } else {
                server.sequence &+= length
                client.received = server.sequence
            }
        }
        stage.pause(microseconds: 200...1_200)
        segment(side == .client ? .server : .client, .acknowledge, [], &stage)
    }

    mutating func close(_ stage: inout Stage) {
        stage.pause(microseconds: 200...3_000)
        segment(.client, [.finish, .acknowledge], [], &stage)
        client.sequence &+= 1
        server.received = client.sequence
        stage.pause(microseconds: 150...900)
        segment(.server, [.finish, .acknowledge], [], &stage)
        server.sequence &+= 1
        client.received = server.sequence
        stage.pause(microseconds: 150...900)
        segment(.client, .acknowledge, [], &stage)
    }

    private mutating func segment(
        _ side: StreamSide, _ flags: FrameWriter.Flags, _ payload: [UInt8], _ stage: inout Stage
    ) {
        let (from, to) = side == .client ? (client, server) : (server, client)
        var stampBytes: [UInt8]?
        if hasTimestamps {
            let now = from.clock &+ UInt32(truncatingIfNeeded: (stage.time - start) / 1_000_000)
            var writer = ByteWriter()
            writer.uint32(now)
            writer.uint32(from.echo)
            stampBytes = writer.bytes
            if side == .client { server.echo = now } else { client.echo = now }
        }
        let isGreeting = flags.contains(.synchronise)
        let options = isGreeting ? from.end.stack.greeting(stampBytes) : stampBytes.map { [1, 1, 8, 10] + $0 } ?? []
        let body = FrameWriter.tcp(
            from: (from.end.address, from.end.port), to: (to.end.address, to.end.port), sequence: from.sequence,
            acknowledgement: flags.contains(.acknowledge) ? from.received : 0, flags: flags,
            window: isGreeting ? from.end.stack.window : 8_192, options: options, payload)
        stage.carry(from.end, to.end, transport: 6, body)
    }
}

extension Stage {
    /// A whole connection between two stations.
    ///
    /// - Parameters:
    ///   - name: The protocol, as the inventory names it.
    ///   - steps: Who says what, in turn.
    mutating func talk(
        _ client: Station, _ server: Station, _ port: UInt16, as name: String, _ steps: [(StreamSide, [UInt8])]
    ) {
        if chance.happens(inHundred: 25) { resolve(client.number == me.number ? server : client) }
        talk(end(client, self.port()), end(server, port), steps)
        note(client, name, port, .client, .tcp)
        note(server, name, port, .server, .tcp)
    }

    mutating func talk(_ client: End, _ server: End, _ steps: [(StreamSide, [UInt8])]) {
        var session = TCPSession(client, server, &self)
        session.open(&self)
        for (side, bytes) in steps {
            pause(microseconds: 300...12_000)
            session.say(side, bytes, &self)
        }
        session.close(&self)
    }
}
