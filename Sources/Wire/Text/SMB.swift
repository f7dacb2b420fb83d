//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SMB: negotiation and NTLMSSP names.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Server Message Block 1 to 3 and NTLMSSP (MS-SMB, MS-SMB2, MS-NLMP), framed by the NetBIOS session service
/// (RFC 1002 §4.3) or its direct form on port 445.
///
/// Only NEGOTIATE and SESSION SETUP are read; files, their names and their contents pass unseen.
public enum SMB {
    /// Longer setups (Kerberos tickets with many groups) hold no names that count.
    private static let maximumMessage = 16_384
    /// Messages of other kinds in a row until a direction is left alone: copying a file takes thousands.
    private static let maximumUninteresting: UInt64 = 512

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        guard let first = bytes.at(0), let size = bytes.uint32(at: 0) else { return false }
        switch first {
        case 0x00:
            guard let mark = bytes.at(4), mark >= 0xFC, size & 0xFF_FFFF >= 32 else { return false }
            return bytes.matches("SMB", at: 5)
        // Session request and its positive answer, which only the old port has (RFC 1002 §4.3.2, §4.3.3).
        case 0x81: return packet.uses(port: 139) && size & 0xFFFF == 68
        case 0x82: return packet.uses(port: 139) && size & 0xFFFFFF == 0
        default: return false
        }
    }

    /// Reads what is there of one direction of a stream. The memory counts messages that were of no interest.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        var at = 0
        while at < bytes.count {
            let rest = bytes.from(at)
            guard let frame = rest.uint32(at: 0) else { return at > 0 ? .took(at) : .more(4) }
            // Session messages, and the other packets of the session service.
            guard rest[0] == 0 || (0x81...0x85).contains(rest[0]) else { return lost(bytes, &memory) }
            let whole = 4 + Int(frame & (rest[0] == 0 ? 0xFF_FFFF : 0x1_FFFF))
            if rest[0] == 0, whole > 4 {
                guard rest.count >= min(whole, 20) else { return at > 0 ? .took(at) : .more(min(whole, 20)) }
                guard let mark = rest.at(4), mark >= 0xFC, rest.matches("SMB", at: 5) else {
                    return lost(bytes, &memory)
                }
                if isOfInterest(rest.from(4)), whole <= maximumMessage {
                    guard rest.count >= whole else { return at > 0 ? .took(at) : .more(whole) }
                    let message = rest.upTo(whole).from(4)
                    do throws(Truncated) {
                        if mark == 0xFF {
                            try SMB1.read(message, into: &facts)
                        } else {
                            try SMB2.read(message, into: &facts)
                        }
                    } catch {
                        facts.oddity(.smbTruncated)
                    }
                    memory = 0
                } else {
                    memory += 1
                    if memory > maximumUninteresting { return .finished }
                }
            }
            if rest.count < whole { return .took(at + whole) }
            at += whole
        }
        return .took(at)
    }

    /// Behind a gap: the next segment that begins with a message is waited for.
    private static func lost(_ bytes: Span<UInt8>, _ memory: inout StreamMemory) -> StreamProgress {
        memory += 4
        return memory > maximumUninteresting ? .finished : .took(bytes.count)
    }

    /// Whether the message that begins here is a NEGOTIATE or a SESSION SETUP.
    private static func isOfInterest(_ message: Span<UInt8>) -> Bool {
        switch message[0] {
        case 0xFF: message.at(4) == 0x72 || message.at(4) == 0x73
        // Little-endian commands 0 and 1 (MS-SMB2 2.2.1.2).
        case 0xFE: message.at(13) == 0 && (message.at(12) == 0 || message.at(12) == 1)
        default: false
        }
    }
}

/// SMB 2 and 3 (MS-SMB2).
enum SMB2 {
    /// Reads one message from its header on.
    static func read(_ message: Span<UInt8>, into facts: inout Facts) throws(Truncated) {
        var reader = ByteReader(message)
        try reader.skip(12)
        let command = try reader.uint16LittleEndian()
        try reader.skip(2)
        let isResponse = try reader.uint32LittleEndian() & 1 != 0
        try reader.skip(44)
        let structure = try reader.uint16LittleEndian()
        switch (command, isResponse, structure) {
        case (0, true, 65):
            try reader.skip(2)
            let revision = try reader.uint16LittleEndian()
            if let name = dialect(revision) { facts.add(.smbDialect, name) }
            try reader.skip(2)
            SMB.addGuid(try reader.take(16), into: &facts)
            try reader.skip(32)
            try readBlob(message, &reader, into: &facts)
        case (1, false, 25):
            try reader.skip(10)
            try readBlob(message, &reader, into: &facts)
        case (1, true, 9):
            try reader.skip(2)
            try readBlob(message, &reader, into: &facts)
        default: break
        }
    }

    /// 0x02FF is no dialect but the wish to negotiate again (MS-SMB2 2.2.4).
    private static func dialect(_ revision: UInt16) -> String? {
        switch revision {
        case 0x0202: "2.0.2"
        case 0x0210: "2.1"
        case 0x0300: "3.0"
        case 0x0302: "3.0.2"
        case 0x0311: "3.1.1"
        default: nil
        }
    }

    /// The security buffer: offset from the header and length.
    private static func readBlob(
        _ message: Span<UInt8>, _ reader: inout ByteReader, into facts: inout Facts
    ) throws(Truncated) {
        let offset = Int(try reader.uint16LittleEndian())
        let length = Int(try reader.uint16LittleEndian())
        if length > 0, offset < message.count { NTLMSSP.find(in: message.from(offset).upTo(length), into: &facts) }
    }
}

extension SMB {
    /// A GUID in its usual spelling: the first three groups are little-endian (MS-DTYP 2.3.4.2). All zeros is none.
    static func addGuid(_ bytes: Span<UInt8>, into facts: inout Facts) {
        guard bytes.count == 16 else { return }
        var any: UInt8 = 0
        for index in 0..<16 { any |= bytes[index] }
        if any == 0 { return }
        facts.open(.smbServerGuid)
        for index in 0..<16 {
            if index == 4 || index == 6 || index == 8 || index == 10 { facts.put(0x2D) }
            let from = index < 4 ? 3 - index : index < 6 ? 9 - index : index < 8 ? 13 - index : index
            facts.put(hexadecimal: bytes[from])
        }
        facts.close()
    }
}
