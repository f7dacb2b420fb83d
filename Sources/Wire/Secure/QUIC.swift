//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// QUIC: the packets of one datagram, and the handshake octets in a client's Initials.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// QUIC's long header and the frames of Initial packets (RFC 9000, sections 17.2 and 19; RFC 9369).
enum QUIC {
    /// Packets in one datagram that are looked at; an Initial, 0-RTT and Handshake are three.
    static let maximumPackets = 8
    /// Frames in one packet: padding is run over in one step, Chrome cuts its hello in some twenty.
    private static let maximumFrames = 256

    /// Where the parts of one Initial lie in its datagram.
    struct Initial {
        let version: QUICKeys.Version
        let connection: Range<Int>
        /// First octet of the packet, and of its packet number.
        let start: Int
        let number: Int
        let end: Int
    }

    enum Found {
        case initial(Initial)
        /// Another long-header packet of a version we know, up to this position.
        case other(Int)
        case none
    }

    /// Reads the unprotected part of the long header at `start`.
    ///
    /// The second bit is no mark: those who agreed on RFC 9287 roll dice for it.
    static func header(_ datagram: Span<UInt8>, at start: Int) -> Found {
        guard let first = datagram.at(start), first & 0x80 != 0, let number = datagram.uint32(at: start + 1),
            let version = QUICKeys.Version(number)
        else { return .none }
        var at = start + 5
        guard let destination = datagram.at(at), destination <= 20 else { return .none }
        let connection = at + 1..<at + 1 + Int(destination)
        at = connection.upperBound
        guard let source = datagram.at(at), source <= 20 else { return .none }
        at += 1 + Int(source)
        guard at <= datagram.count else { return .none }
        let type = (first >> 4 & 3) &- version.initialType & 3
        // Retry (the type before an Initial's) has no length: it ends with the datagram.
        if type == 3 { return .other(datagram.count) }
        if type == 0 {
            guard let token = variable(datagram, at), token.value <= UInt64(datagram.count) else { return .none }
            at = token.next + Int(token.value)
        }
        guard let length = variable(datagram, at), length.value <= UInt64(datagram.count) else { return .none }
        let end = length.next + Int(length.value)
        guard end <= datagram.count else { return .none }
        guard type == 0 else { return .other(end) }
        return .initial(
            Initial(version: version, connection: connection, start: start, number: length.next, end: end))
    }

    /// A variable-length integer (RFC 9000, section 16) and where it ends.
    private static func variable(_ bytes: Span<UInt8>, _ at: Int) -> (value: UInt64, next: Int)? {
        guard let first = bytes.at(at) else { return nil }
        let size = 1 << Int(first >> 6)
        guard at <= bytes.count - size else { return nil }
        var value = UInt64(first & 0x3F)
        for index in 1..<max(size, 1) where size > 1 { value = value << 8 | UInt64(bytes[at + index]) }
        return (value, at + size)
    }

    /// Takes the protection off one Initial (RFC 9001, section 5.4) and returns its frames.
    static func open(_ datagram: Span<UInt8>, _ initial: Initial, _ keys: QUICKeys) -> [UInt8]? {
        let sample = datagram.from(initial.number + 4).upTo(16)
        guard initial.number + 20 <= initial.end, let mask = keys.mask(sample: sample) else { return nil }
        var header = array(datagram.extracting(initial.start..<initial.number))
        header[0] ^= mask[0] & 0x0F
        let size = Int(header[0] & 3) + 1
        // Packet numbers of the first flight are small, so that the shortened form is the number itself.
        var number: UInt32 = 0
        for index in 0..<size {
            let octet = datagram[initial.number + index] ^ mask[1 + index]
            header.append(octet)
            number = number << 8 | UInt32(octet)
        }
        let sealed = datagram.extracting(initial.number + size..<initial.end)
        return keys.open(sealed, header: header, packetNumber: number)
    }

    /// Puts the CRYPTO frames of an opened Initial where they belong; false when a limit was met.
    static func collect(_ frames: Span<UInt8>, into assembly: inout HandshakeAssembly) -> Bool {
        var at = 0
        var count = 0
        var isWhole = true
        while at < frames.count, count < maximumFrames {
            count += 1
            switch frames[at] {
            case 0x00: while frames.at(at) == 0 { at += 1 }
            case 0x01: at += 1
            case 0x02, 0x03:
                guard let next = acknowledgementEnd(frames, at) else { return isWhole }
                at = next
            case 0x06:
                guard let offset = variable(frames, at + 1), let length = variable(frames, offset.next),
                    length.value <= UInt64(frames.count - length.next)
                else { return isWhole }
                let piece = frames.from(length.next).upTo(Int(length.value))
                if offset.value > UInt64(HandshakeAssembly.maximumBytes)
                    || !assembly.insert(piece, at: Int(offset.value))
                {
                    isWhole = false
                }
                at = length.next + Int(length.value)
            default: return isWhole
            }
        }
        return isWhole
    }

    /// Steps over an ACK frame (RFC 9000, section 19.3).
    private static func acknowledgementEnd(_ frames: Span<UInt8>, _ start: Int) -> Int? {
        guard let largest = variable(frames, start + 1), let delay = variable(frames, largest.next),
            let ranges = variable(frames, delay.next), ranges.value <= 64, let first = variable(frames, ranges.next)
        else { return nil }
        var at = first.next
        // Pairs of gap and length, and three counters when it reports congestion marks.
        for _ in 0..<2 * Int(ranges.value) + (frames[start] == 0x03 ? 3 : 0) {
            guard let value = variable(frames, at) else { return nil }
            at = value.next
        }
        return at
    }

    // MARK: Writing

    /// A client's first datagram with one Initial, filled up to 1,200 octets (RFC 9000, section 14.1).
    ///
    /// - Parameters:
    ///   - connection: The server's provisional identifier, 8 to 20 octets.
    ///   - hello: Handshake octets, at most 1,100; see `TLS.clientHello`.
    public static func writeInitial(
        _ version: QUICKeys.Version, connection: [UInt8], packetNumber: UInt32 = 0, hello: [UInt8], offset: UInt16 = 0
    ) -> [UInt8] {
        var frames = ByteWriter()
        frames.uint8(0x06)
        frames.uint16(0x4000 | offset & 0x3FFF)
        if offset == 0 {
            frames = ByteWriter()
            frames.uint16(0x0600)
        }
        frames.uint16(0x4000 | UInt16(truncatingIfNeeded: hello.count) & 0x3FFF)
        frames.raw(hello)
        var header = ByteWriter()
        header.uint8(0xC3 | version.initialType << 4)
        header.uint32(version.number)
        header.uint8(UInt8(truncatingIfNeeded: connection.count))
        header.raw(connection)
        header.uint8(0)
        header.uint8(0)
        // Up to here, with length (2), packet number (4) and tag (16): the frames fill what is left.
        frames.zeros(1_200 - header.count - 22 - frames.count)
        header.uint16(0x4000 | UInt16(truncatingIfNeeded: frames.count + 20))
        header.uint32(packetNumber)
        let keys = QUICKeys(version, connection: connection)
        guard let sealed = keys.seal(frames.bytes, header: header.bytes, packetNumber: packetNumber),
            let mask = keys.mask(sample: sealed.span.upTo(16))
        else { return [] }
        var datagram = header.bytes + sealed
        datagram[0] ^= mask[0] & 0x0F
        for index in 0..<4 { datagram[header.count - 4 + index] ^= mask[1 + index] }
        return datagram
    }
}
