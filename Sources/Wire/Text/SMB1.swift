//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SMB 1: the operating system that a station names in its session setup.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// SMB 1 (MS-CIFS, MS-SMB): NEGOTIATE answers and SESSION SETUP in both directions.
enum SMB1 {
    /// Reads one message from its header on.
    static func read(_ message: Span<UInt8>, into facts: inout Facts) throws(Truncated) {
        var reader = ByteReader(message)
        try reader.skip(4)
        let command = try reader.uint8()
        try reader.skip(4)
        let isResponse = try reader.uint8() & 0x80 != 0
        let flags = try reader.uint16LittleEndian()
        try reader.skip(20)
        let wordCount = Int(try reader.uint8())
        let words = try reader.take(wordCount * 2)
        let byteCount = Int(try reader.uint16LittleEndian())
        // Where the octets begin decides where 16-bit text is aligned.
        let start = reader.offset
        let body = reader.takeUpTo(byteCount)
        var text = TextReader(body, start: start, isWide: flags & 0x8000 != 0)
        switch (command, isResponse, wordCount) {
        case (0x72, true, 17): negotiated(words, body, &text, into: &facts)
        case (0x73, false, 13):
            // Passwords of both kinds come first (MS-CIFS 2.2.4.53.1), then account and domain.
            text.skip(Int(words.littleEndian16(at: 14)) + Int(words.littleEndian16(at: 16)))
            text.read(.smbNtlmUser, into: &facts)
            text.read(.smbNtlmDomain, into: &facts)
            systems(&text, into: &facts)
        case (0x73, false, 12):
            let length = Int(words.littleEndian16(at: 14))
            NTLMSSP.find(in: body.upTo(length), into: &facts)
            text.skip(length)
            systems(&text, into: &facts)
        case (0x73, false, 10):
            text.skip(Int(words.littleEndian16(at: 14)))
            text.read(.smbNtlmUser, into: &facts)
            text.read(.smbNtlmDomain, into: &facts)
            systems(&text, into: &facts)
        case (0x73, true, 3): systems(&text, into: &facts)
        case (0x73, true, 4):
            let length = Int(words.littleEndian16(at: 6))
            NTLMSSP.find(in: body.upTo(length), into: &facts)
            text.skip(length)
            systems(&text, into: &facts)
        default: break
        }
    }

    /// Only `NT LM 0.12` is answered with 17 words (MS-CIFS 2.2.4.52.2).
    private static func negotiated(
        _ words: Span<UInt8>, _ body: Span<UInt8>, _ text: inout TextReader, into facts: inout Facts
    ) {
        facts.add(.smbDialect, "NT LM 0.12")
        // The highest capability is extended security; the header's flag for it is not always set with it.
        if let capabilities = words.at(22), capabilities & 0x80 != 0 {
            SMB.addGuid(body.upTo(16), into: &facts)
            NTLMSSP.find(in: body.from(16), into: &facts)
        } else {
            // The challenge, then the domain and, from newer servers, the server's own name; not padded.
            text.skip(Int(words.at(33) ?? 0))
            text.alignment = false
            text.read(.smbNtlmDomain, into: &facts)
            text.read(.smbNtlmHost, into: &facts)
        }
    }

    private static func systems(_ text: inout TextReader, into facts: inout Facts) {
        text.read(.smbNativeOS, into: &facts)
        text.read(.smbNativeLanManager, into: &facts)
    }

    /// Texts that end with a NUL, in ASCII or UTF-16 at even distances from the header.
    private struct TextReader: ~Escapable {
        private let bytes: Span<UInt8>
        private let start: Int
        private let isWide: Bool
        private var at = 0
        var alignment = true

        @_lifetime(copy bytes)
        init(_ bytes: Span<UInt8>, start: Int, isWide: Bool) {
            self.bytes = bytes
            self.start = start
            self.isWide = isWide
        }

        mutating func skip(_ length: Int) { at = min(at + length, bytes.count) }

        mutating func read(_ field: Field, into facts: inout Facts) {
            if isWide, alignment, (start + at) & 1 == 1 { at += 1 }
            guard at < bytes.count else { return }
            let rest = bytes.from(at)
            var end = 0
            if isWide {
                while end + 1 < rest.count, rest[end] != 0 || rest[end + 1] != 0 { end += 2 }
                facts.add(field, utf16LittleEndian: rest.upTo(end))
                at += end + 2
            } else {
                while end < rest.count, rest[end] != 0 { end += 1 }
                facts.add(field, rest.upTo(end))
                at += end + 1
            }
        }
    }
}

extension Span where Element == UInt8 {
    /// Little-endian 16 bits at `index`; 0 beyond the end, for lengths that then simply say nothing.
    func littleEndian16(at index: Int) -> UInt16 { uint16(at: index)?.byteSwapped ?? 0 }

    /// Little-endian 32 bits at `index`; 0 beyond the end.
    func littleEndian32(at index: Int) -> UInt32 { uint32(at: index)?.byteSwapped ?? 0 }
}
