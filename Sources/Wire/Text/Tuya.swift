//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Tuya: which product announces itself to its app?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The local discovery of Tuya-based plugs, lamps and sensors: broadcasts to UDP port 6666 in plain JSON, to 6667
/// enciphered with a key that is the same in all products and published, so that it keeps nothing secret. No standard
/// describes it; the frame is as the recordings show it: `00 00 55 AA`, sequence, command, length, return code,
/// payload, checksum, `00 00 AA 55`.
public enum Tuya {
    /// MD5 of `yGAdlopoPVldABfn`, as open-source clients know it (tinytuya, tuyapi).
    private static let key = AESBlock(key: [
        0x6C, 0x1E, 0xC8, 0xE2, 0xBB, 0x9B, 0xB5, 0x9A, 0xB5, 0x0B, 0x0D, 0xAF, 0x64, 0x9B, 0x41, 0x0A,
    ])
    /// Announcements are 150 to 200 octets long.
    private static let maximumBody = 1_024

    /// Reads one datagram and says whether it is one. Of version 3.5, whose form is another, only the frame is known.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        let mark = payload.uint32(at: 0)
        if mark == 0x0000_6699 { return payload.uint32(at: payload.count - 4) == 0x0000_9966 }
        guard mark == 0x0000_55AA, let length = payload.uint32(at: 12), Int(length) + 16 <= payload.count,
            payload.uint32(at: Int(length) + 12) == 0x0000_AA55
        else { return false }
        let body = payload.from(16).upTo(Int(length) - 8)
        if let start = body.upTo(8).firstIndex(of: 0x7B), body.at(body.count - 1) == 0x7D {
            describe(body.from(start), into: &facts)
        } else if body.count % 16 == 4, body.count <= maximumBody {
            var text: [UInt8] = []
            for at in stride(from: 4, to: body.count, by: 16) { text += key.decipher(body.from(at)) }
            if text.first == 0x7B { describe(text.span, into: &facts) }
        }
        return true
    }

    private static func describe(_ text: Span<UInt8>, into facts: inout Facts) {
        read("\"productKey\"", .tuyaProductKey, text, into: &facts)
        read("\"version\"", .tuyaVersion, text, into: &facts)
    }

    /// A flat object of short words: the value is the next quoted text behind the key's colon.
    private static func read(_ key: String, _ field: Field, _ text: Span<UInt8>, into facts: inout Facts) {
        guard let at = text.firstIndex(of: key) else { return }
        var start = at + key.utf8.count
        while let byte = text.at(start), isBlank(byte) || byte == 0x3A { start += 1 }
        guard text.at(start) == 0x22, let end = text.firstIndex(of: 0x22, from: start + 1) else { return }
        facts.add(field, text.extracting(start + 1..<end))
    }
}
