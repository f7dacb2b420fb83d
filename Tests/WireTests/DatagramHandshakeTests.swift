//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// QUIC and DTLS: the standards' own packets, pieces in any order, limits.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Wire

private func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

private func text(_ facts: Facts, _ field: Field) -> [String] {
    facts.entries.filter { $0.field == field }.map { String(decoding: array(facts.value(of: $0)), as: UTF8.self) }
}

private func packet(_ port: UInt16 = 50_000) -> Packet {
    var packet = Packet()
    packet.transport = 17
    packet.sourceNetwork = IPAddress(high: 0x2001_0DB8_0000_0000, low: 1)
    packet.destinationNetwork = IPAddress(high: 0x2001_0DB8_0000_0000, low: 2)
    packet.sourcePort = port
    packet.destinationPort = 443
    return packet
}

/// The ClientHello of RFC 9001, appendix A.2, and RFC 9369, appendix A.2: both protect the same one.
private let standardHello = bytes(
    """
    010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c000004130113020100\
    00c000000010000e00000b6578616d706c652e636f6dff01000100000a00080006001d00170018001000070005\
    04616c706e000500050100000000003300260024001d00209370b2c9caa47fbabaf4559fedba753de171fa71f50f1ce1\
    5d43e994ec74d748002b0003020304000d0010000e0403050306030203080408050806002d00020101001c0002400100\
    3900320408ffffffffffffffff05048000ffff07048000ffff0801100104800075300901100f088394c8f03e51570806\
    048000ffff
    """)

/// Goal: a QUIC client's hello is read as every observer on the path can, and nothing else is touched.
@Suite struct `QUIC packets` {
    /// Header, sample and tag as printed in RFC 9001, appendix A.2 (version 1), and RFC 9369, appendix A.2 (version 2).
    @Test(arguments: [
        (
            QUICKeys.Version.one, "c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11d242b123dc9b",
            "e221af44860018ab0856972e194cd934"
        ),
        (
            .two, "d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485dd04de806071",
            "a18b2faa745b6fe189cf772a9f84cbfc"
        ),
    ])
    func `the client's Initial of the standards`(version: QUICKeys.Version, head: String, tag: String) {
        let connection = bytes("8394c8f03e515708")
        let datagram = QUIC.writeInitial(version, connection: connection, packetNumber: 2, hello: standardHello)
        #expect(datagram.count == 1_200)
        #expect(Array(datagram.prefix(head.count / 2)) == bytes(head))
        #expect(Array(datagram.suffix(16)) == bytes(tag))

        var handshakes = DatagramHandshakes()
        var facts = Facts()
        let isQUIC = handshakes.readQUIC(datagram.span, packet(), into: &facts)
        #expect(isQUIC)
        #expect(text(facts, .tlsSni) == ["example.com"])
        #expect(text(facts, .tlsAlpn) == ["alpn"])
        #expect(text(facts, .quicVersion) == [version == .one ? "1" : "2"])
        #expect(text(facts, .tlsJa4).first?.hasPrefix("q13d0211an_") == true)
    }

    /// RFC 9001, appendix A.3: its keys follow from the client's first identifier.
    @Test func `the server's Initial of the standard`() {
        let answer = bytes(
            """
            cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a\
            5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3\
            dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84\
            022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4\
            2158407dd074ee
            """)
        let datagram = QUIC.writeInitial(.one, connection: bytes("8394c8f03e515708"), hello: standardHello)
        var back = packet()
        swap(&back.sourceNetwork, &back.destinationNetwork)
        swap(&back.sourcePort, &back.destinationPort)
        var handshakes = DatagramHandshakes()
        var facts = Facts()
        _ = handshakes.readQUIC(datagram.span, packet(), into: &facts)
        facts.clear()
        let isQUIC = handshakes.readQUIC(answer.span, back, into: &facts)
        #expect(isQUIC)
        #expect(text(facts, .tlsServerCipher) == ["1301"])
        #expect(text(facts, .tlsVersion) == ["TLS 1.3"])
    }

    @Test func `a hello over several packets in any order, each twice`() {
        let hello = TLS.writeClientHello(
            TLS.Offer(serverName: "bed-4.ward.example", extensions: [0, 16, 43, 57], random: [3]))
        let pieces = stride(from: 0, to: hello.count, by: 40).map { ($0, Array(hello[$0..<min($0 + 40, hello.count)])) }
        for order in [pieces, pieces.reversed(), pieces + pieces] {
            var handshakes = DatagramHandshakes()
            var facts = Facts()
            for (number, piece) in order.enumerated() {
                let datagram = QUIC.writeInitial(
                    .one, connection: [1, 2, 3, 4, 5, 6, 7, 8], packetNumber: UInt32(number), hello: piece.1,
                    offset: UInt16(piece.0))
                let isQUIC = handshakes.readQUIC(datagram.span, packet(), into: &facts)
                #expect(isQUIC)
            }
            #expect(text(facts, .tlsSni) == ["bed-4.ward.example"])
            #expect(text(facts, .tlsJa4).count == 1)
        }
    }

    @Test func `more conversations than are remembered push the oldest out`() {
        let hello = TLS.writeClientHello(TLS.Offer(serverName: "x.example", random: [3]))
        let half = hello.count / 2
        var handshakes = DatagramHandshakes()
        var facts = Facts()
        func send(_ port: UInt16, _ range: Range<Int>) {
            let datagram = QUIC.writeInitial(
                .one, connection: [1, 2, 3, 4, 5, 6, 7, 8], hello: Array(hello[range]),
                offset: UInt16(range.lowerBound))
            _ = handshakes.readQUIC(datagram.span, packet(port), into: &facts)
        }
        for port in 0...UInt16(DatagramHandshakes.maximumConversations) { send(port, 0..<half) }
        send(0, half..<hello.count)
        #expect(text(facts, .tlsSni).isEmpty)
        send(2, half..<hello.count)
        #expect(text(facts, .tlsSni) == ["x.example"])
    }

    @Test func `a changed packet cannot be opened, and stops nothing`() {
        let datagram = QUIC.writeInitial(.one, connection: [1, 2, 3, 4, 5, 6, 7, 8], hello: standardHello)
        var handshakes = DatagramHandshakes()
        for place in datagram.indices where place % 7 == 0 || place < 40 {
            var broken = datagram
            broken[place] ^= 0x55
            var facts = Facts()
            _ = handshakes.readQUIC(broken.span, packet(UInt16(place)), into: &facts)
            #expect(facts.entries.isEmpty)
        }
        for length in 0..<datagram.count where length % 5 == 0 || length < 60 {
            var facts = Facts()
            _ = handshakes.readQUIC(datagram.span.upTo(length), packet(), into: &facts)
            #expect(facts.entries.isEmpty)
        }
    }

    /// FIPS 197, appendix C.1.
    @Test func `the block cipher's own vector`() {
        let block = AESBlock(key: bytes("000102030405060708090a0b0c0d0e0f"))
        let plain = bytes("00112233445566778899aabbccddeeff")
        #expect(block.encipher(plain.span) == bytes("69c4e0d86a7b0430d8cdb78070b4c55a"))
    }
}

/// Goal: pieces end up where they belong, and no sender can make us keep much.
@Suite struct `Handshake assembly` {
    @Test func `pieces that overlap, touch and repeat`() {
        var assembly = HandshakeAssembly()
        let whole: [UInt8] = Array(0..<100)
        for (low, high) in [(50, 60), (10, 20), (20, 50), (55, 100), (10, 20), (0, 5), (3, 11)] {
            let isKept = assembly.insert(whole.span.extracting(low..<high), at: low)
            #expect(isKept)
        }
        #expect(assembly.complete == 100)
        #expect(assembly.bytes == whole)
    }

    @Test func `both limits`() {
        var assembly = HandshakeAssembly()
        let one: [UInt8] = [1]
        let isFarKept = assembly.insert(one.span, at: HandshakeAssembly.maximumBytes)
        #expect(!isFarKept)
        for index in 0..<HandshakeAssembly.maximumStretches {
            let isKept = assembly.insert(one.span, at: 2 + 2 * index)
            #expect(isKept)
        }
        let isOneMoreKept = assembly.insert(one.span, at: 9_000)
        #expect(!isOneMoreKept)
        let isGapFilled = assembly.insert(one.span, at: 3)
        #expect(isGapFilled)
        #expect(assembly.complete == 0)
    }
}

/// Goal: DTLS hellos are read whole or in fragments.
@Suite struct `DTLS packets` {
    /// One handshake fragment in a record (RFC 6347, sections 4.1 and 4.2.2).
    private static func datagram(
        _ message: [UInt8], sequence: UInt16 = 0, from start: Int = 0, to end: Int? = nil
    ) -> [UInt8] {
        let body = Array(message.dropFirst(4))
        let piece = Array(body[start..<(end ?? body.count)])
        var writer = ByteWriter()
        writer.uint8(22)
        writer.uint16(0xFEFD)
        writer.uint16(0)
        writer.uint48(UInt64(sequence))
        writer.counted16 { record in
            record.raw(Array(message.prefix(4)))
            record.uint16(sequence)
            record.uint24(UInt32(start))
            record.uint24(UInt32(piece.count))
            record.raw(piece)
        }
        return writer.bytes
    }

    private static func hello() -> [UInt8] {
        var offer = TLS.Offer.embedded(serverName: "gateway.example", random: [4])
        offer.legacyVersion = 0xFEFD
        return TLS.writeClientHello(offer, cookie: [9, 9])
    }

    @Test func `a hello in one piece`() {
        var handshakes = DatagramHandshakes()
        var facts = Facts()
        let isDTLS = handshakes.readDTLS(Self.datagram(Self.hello()).span, packet(), into: &facts)
        #expect(isDTLS)
        #expect(text(facts, .tlsSni) == ["gateway.example"])
        #expect(text(facts, .tlsJa4).first?.hasPrefix("dd2d060500_") == true)
    }

    @Test func `a hello in fragments, last first`() {
        var handshakes = DatagramHandshakes()
        var facts = Facts()
        let hello = Self.hello()
        let size = hello.count - 4
        for (low, high) in [(60, size), (0, 30), (20, 60)] {
            let datagram = Self.datagram(hello, sequence: 1, from: low, to: high)
            let isDTLS = handshakes.readDTLS(datagram.span, packet(), into: &facts)
            #expect(isDTLS)
        }
        #expect(text(facts, .tlsSni) == ["gateway.example"])
    }

    @Test func `what does not fit is none`() {
        let datagram = Self.datagram(Self.hello())
        for place in [1, 2, 11, 13, 16, 20, 22, 24] {
            var broken = datagram
            broken[place] ^= 0x7F
            var handshakes = DatagramHandshakes()
            var facts = Facts()
            let isDTLS = handshakes.readDTLS(broken.span, packet(), into: &facts)
            #expect(!isDTLS || place == 24)
        }
    }
}
