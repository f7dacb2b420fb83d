//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Tuya: which product announces itself to its app?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The local discovery of Tuya-based plugs, lamps and sensors: broadcasts to UDP port 6666 in plain JSON, to 6667
/// encrypted. No standard describes it; the frame is as the recordings show it: `00 00 55 AA`, sequence, command,
/// length, return code, payload, checksum, `00 00 AA 55`.
public enum Tuya {
    /// Reads one datagram and says whether it is one. Of the encrypted form only the frame is known.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        let mark = payload.uint32(at: 0)
        // Version 3.5 and later: another mark, always encrypted.
        if mark == 0x0000_6699 { return payload.uint32(at: payload.count - 4) == 0x0000_9966 }
        guard mark == 0x0000_55AA, let length = payload.uint32(at: 12), Int(length) + 16 <= payload.count,
            payload.uint32(at: Int(length) + 12) == 0x0000_AA55
        else { return false }
        let body = payload.from(16).upTo(Int(length) - 8)
        guard let start = body.upTo(8).firstIndex(of: 0x7B) else { return true }
        let text = body.from(start)
        read("\"productKey\"", .tuyaProductKey, text, into: &facts)
        read("\"version\"", .tuyaVersion, text, into: &facts)
        return true
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
