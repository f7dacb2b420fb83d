//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// STARTTLS: mail and files in clear become TLS in the middle of a stream, and TLS is read from there on.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

/// No public recording here holds one, so these conversations are ours.
@Suite struct `STARTTLS` {
    private static let client = IPAddress(v4: 0x0A00_0001)
    private static let server = IPAddress(v4: 0x0A00_0002)

    /// A TLS 1.2 ClientHello with one cipher suite and a server's name.
    private func clientHello(_ name: String) -> [UInt8] {
        let text = Array(name.utf8)
        let serverName: [UInt8] =
            [0, 0, 0, UInt8(text.count + 5), 0, UInt8(text.count + 3), 0, 0, UInt8(text.count)] + text
        let body =
            [3, 3] + Array(repeating: UInt8(7), count: 32) + [0, 0, 2, 0xC0, 0x2F, 1, 0]
            + [0, UInt8(serverName.count)] + serverName
        return [0x16, 3, 1, 0, UInt8(body.count + 4), 1, 0, 0, UInt8(body.count)] + body
    }

    /// An Ethernet frame with one TCP segment.
    private func frame(_ side: StreamSide, port: UInt16, sequence: UInt32, flags: UInt8, _ payload: [UInt8]) -> [UInt8]
    {
        var writer = ByteWriter()
        writer.uint48(side == .client ? 0x0003_B100_0002 : 0x0003_B100_0001)
        writer.uint48(side == .client ? 0x0003_B100_0001 : 0x0003_B100_0002)
        writer.uint16(0x0800)
        writer.raw([0x45, 0])
        writer.uint16(UInt16(40 + payload.count))
        writer.uint16(UInt16(truncatingIfNeeded: sequence))
        writer.raw([0x40, 0, 64, 6, 0, 0])
        writer.address(side == .client ? Self.client : Self.server)
        writer.address(side == .client ? Self.server : Self.client)
        writer.uint16(side == .client ? 50_000 : port)
        writer.uint16(side == .client ? port : 50_000)
        writer.uint32(sequence)
        writer.uint32(0)
        writer.raw([0x50, flags, 0x20, 0, 0, 0, 0, 0])
        writer.raw(payload)
        return writer.bytes
    }

    private func check(port: UInt16, _ words: [(side: StreamSide, bytes: [UInt8])]) -> (facts: [String], name: String) {
        var walk = Walk(flows: 16)
        var sink = Facts()
        var facts: [String] = []
        var sequence: [StreamSide: UInt32] = [.client: 1, .server: 1]
        var name = ""
        var frames = [frame(.client, port: port, sequence: 0, flags: 2, [])]
        frames.append(frame(.server, port: port, sequence: 0, flags: 18, []))
        for (side, bytes) in words {
            frames.append(frame(side, port: port, sequence: sequence[side, default: 1], flags: 24, bytes))
            sequence[side, default: 1] += UInt32(bytes.count)
        }
        for (index, bytes) in frames.enumerated() {
            let time = Timestamp(seconds: Int64(index))
            let outcome = walk.take(bytes.span, .ethernet, at: time, originalLength: bytes.count, into: &sink)
            for entry in sink.entries where entry.field.protocolName != "tcp" && entry.field.protocolName != "ip" {
                let value = String(decoding: array(sink.value(of: entry)), as: UTF8.self)
                facts.append("\(entry.field.path)=\(value)")
            }
            if outcome.flow >= 0, let report = walk.report(flow: outcome.flow) { name = report.application.name }
        }
        return (facts, name)
    }

    @Test(arguments: [
        (25 as UInt16, "220 mx ESMTP\r\n", "STARTTLS\r\n", "220 go ahead\r\n", "smtp.banner=mx ESMTP"),
        (21, "220 scanner\r\n", "AUTH TLS\r\n", "234 go ahead\r\n", "ftp.banner=scanner"),
        (110, "+OK hello\r\n", "STLS\r\n", "+OK go ahead\r\n", "pop3.banner=hello"),
        (143, "* OK hello\r\n", "a STARTTLS\r\n", "a OK go ahead\r\n", "imap.banner=hello"),
    ])
    func `TLS is read behind it`(port: UInt16, greeting: String, command: String, answer: String, banner: String) {
        let found = check(
            port: port,
            [
                (.server, Array(greeting.utf8)), (.client, Array(command.utf8)), (.server, Array(answer.utf8)),
                (.client, clientHello("mx.example")),
            ])
        #expect(found.facts.contains(banner))
        #expect(found.facts.contains("tls.sni=mx.example"))
        #expect(found.name == "tls")
    }

    @Test func `without it the stream keeps its name`() {
        let found = check(port: 25, [(.server, Array("220 mx ESMTP\r\n".utf8)), (.client, Array("NOOP\r\n".utf8))])
        #expect(found.facts == ["smtp.banner=mx ESMTP"])
        #expect(found.name == "smtp")
    }
}
