//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// RDP: the name of the computer that wants to see another's screen.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Remote Desktop Protocol connection start (MS-RDPBCGR). The cookie holds a person's name and is never kept.
public enum RDP {
    /// Packets in a packet (RFC 1006, 6): version, reserved, length; then a length and a code of X.224.
    private enum Code {
        static let connectionRequest: UInt8 = 0xE0
        static let connectionConfirm: UInt8 = 0xD0
        static let data: UInt8 = 0xF0
    }
    private static let headerLength = 7
    /// Messages longer than this are not part of the beginning; a connect request has some 500 octets.
    private static let maximumMessage = 8_192

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        guard bytes.at(0) == 3, bytes.at(1) == 0, let length = bytes.uint16(at: 2), length >= 11,
            bytes.at(5) == Code.connectionRequest
        else { return false }
        // Source and destination reference and class stand before what only RDP has: cookie or negotiation.
        return bytes.matches("Cookie: mstshash=", at: 11) || (bytes.at(11) == 1 && bytes.uint16(at: 13) == 0x0800)
            || packet.uses(port: 3_389)
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        // Both agreed on TLS.
        if bytes.at(0) == 0x16, bytes.at(1) == 3 { return .handOver(0) }
        guard bytes.count >= headerLength, let length = bytes.uint16(at: 2) else { return .more(headerLength) }
        guard bytes[0] == 3, length >= headerLength, length <= maximumMessage else { return .finished }
        guard bytes.count >= Int(length) else { return .more(Int(length)) }
        switch bytes[5] {
        case Code.connectionRequest, Code.connectionConfirm: return .took(Int(length))
        case Code.data:
            if side == .client { readClientData(bytes.upTo(Int(length)), into: &facts) }
            return .finished
        default: return .finished
        }
    }

    /// The client's core data, in clear when no TLS was agreed on (MS-RDPBCGR, 2.2.1.3): behind the key `Duca` and a
    /// length come blocks, each with kind and length in little-endian.
    private static func readClientData(_ message: Span<UInt8>, into facts: inout Facts) {
        guard let key = message.firstIndex(of: "Duca") else { return }
        // The length takes two octets from 128 on (ALIGNED PER).
        let start = key + 4 + ((message.at(key + 4) ?? 0) & 0x80 == 0 ? 1 : 2)
        // Kind C001 is the core data: header, version, desktop size, colours, sequence, keyboard, build, then the name.
        guard message.uint16(at: start) == 0x01C0 else { return }
        var name = ByteReader(message.from(start + 24).upTo(32))
        facts.open(.rdpClientName)
        while let unit = try? name.uint16LittleEndian(), unit != 0 {
            facts.put(scalar: unit)
        }
        facts.close()
    }
}

extension Facts {
    /// One unit of UTF-16 as UTF-8; halves of pairs become U+FFFD.
    fileprivate mutating func put(scalar unit: UInt16) {
        guard let scalar = Unicode.Scalar(unit) else { return put("\u{FFFD}") }
        for octet in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { put(octet) }
    }
}
