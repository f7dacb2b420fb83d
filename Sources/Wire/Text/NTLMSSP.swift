//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// NTLMSSP: what a Windows station is called and which build it runs, told before anyone is let in.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// NT LAN Manager messages (MS-NLMP) inside SMB, HTTP and others. Challenges and responses are never kept.
enum NTLMSSP {
    /// A SPNEGO wrapper (RFC 4178) puts some dozens of octets before the message.
    private static let maximumWrapper = 512

    /// Of base64, in octets: a message with the longest names has some 1,500.
    private static let maximumText = 4_096

    private static let unicode: UInt32 = 0x0000_0001
    private static let version: UInt32 = 0x0200_0000
    private static let targetInfo: UInt32 = 0x0080_0000

    /// Looks for a message in a security blob and reads it.
    static func find(in blob: Span<UInt8>, into facts: inout Facts) {
        var at = 0
        while at < min(blob.count, maximumWrapper) {
            if blob[at] == 0x4E, blob.matches("NTLMSSP\0", at: at) {
                read(blob.from(at), into: &facts)
                return
            }
            at += 1
        }
    }

    /// Looks for a message in base64 (RFC 4648 §4), as HTTP carries it. Allocates: such headers are rare.
    static func find(base64 text: Span<UInt8>, into facts: inout Facts) {
        var blob: [UInt8] = []
        var bits: UInt32 = 0
        // Bits not yet in an octet.
        var waiting: UInt32 = 0
        for index in 0..<min(text.count, maximumText) {
            let value: UInt8
            switch text[index] {
            case 0x41...0x5A: value = text[index] - 0x41
            case 0x61...0x7A: value = text[index] - 0x61 + 26
            case 0x30...0x39: value = text[index] - 0x30 + 52
            case 0x2B: value = 62
            case 0x2F: value = 63
            default: return find(in: blob.span, into: &facts)
            }
            bits = bits << 6 | UInt32(value)
            waiting += 6
            if waiting >= 8 {
                waiting -= 8
                blob.append(UInt8(truncatingIfNeeded: bits >> waiting))
            }
        }
        find(in: blob.span, into: &facts)
    }

    private static func read(_ message: Span<UInt8>, into facts: inout Facts) {
        switch message.littleEndian32(at: 8) {
        case 1: readVersion(message, flags: message.littleEndian32(at: 12), at: 32, into: &facts)
        case 2: readChallenge(message, into: &facts)
        case 3: readAuthenticate(message, into: &facts)
        default: break
        }
    }

    /// CHALLENGE (2.2.1.2): the server's names.
    private static func readChallenge(_ message: Span<UInt8>, into facts: inout Facts) {
        let flags = message.littleEndian32(at: 20)
        readVersion(message, flags: flags, at: 48, into: &facts)
        guard flags & targetInfo != 0 else {
            add(.smbNtlmDomain, message, at: 12, flags, into: &facts)
            return
        }
        // Pairs of identifier and value (2.2.2.1), always in 16-bit text.
        let information = payload(message, at: 40)
        var at = 0
        for _ in 0..<32 {
            guard at + 4 <= information.count else { return }
            let identifier = information.littleEndian16(at: at)
            let value = information.from(at + 4).upTo(Int(information.littleEndian16(at: at + 2)))
            switch identifier {
            case 0: return
            case 1, 3: facts.add(.smbNtlmHost, utf16LittleEndian: value)
            case 2, 4: facts.add(.smbNtlmDomain, utf16LittleEndian: value)
            default: break
            }
            at += 4 + value.count
        }
    }

    /// AUTHENTICATE (2.2.1.3): the client's names.
    private static func readAuthenticate(_ message: Span<UInt8>, into facts: inout Facts) {
        let flags = message.littleEndian32(at: 60)
        add(.smbNtlmDomain, message, at: 28, flags, into: &facts)
        add(.smbNtlmUser, message, at: 36, flags, into: &facts)
        add(.smbNtlmHost, message, at: 44, flags, into: &facts)
        readVersion(message, flags: flags, at: 64, into: &facts)
    }

    private static func add(
        _ field: Field, _ message: Span<UInt8>, at: Int, _ flags: UInt32, into facts: inout Facts
    ) {
        let value = payload(message, at: at)
        if flags & unicode != 0 {
            facts.add(field, utf16LittleEndian: value)
        } else {
            facts.add(field, value)
        }
    }

    /// What the length and the offset at `at` point to.
    @_lifetime(copy message)
    private static func payload(_ message: Span<UInt8>, at: Int) -> Span<UInt8> {
        let length = Int(message.littleEndian16(at: at))
        return message.from(Int(message.littleEndian32(at: at + 4))).upTo(length)
    }

    /// Major, minor, build (2.2.2.10), as `10.0.19041`. All zeros is what Samba and appliances leave there.
    private static func readVersion(_ message: Span<UInt8>, flags: UInt32, at: Int, into facts: inout Facts) {
        guard flags & version != 0, let major = message.at(at), let minor = message.at(at + 1),
            message.uint16(at: at + 2) != nil, major != 0
        else { return }
        facts.open(.smbNtlmVersion)
        facts.put(decimal: UInt64(major))
        facts.put(0x2E)
        facts.put(decimal: UInt64(minor))
        facts.put(0x2E)
        facts.put(decimal: UInt64(message.littleEndian16(at: at + 2)))
        facts.close()
    }
}

extension Facts {
    /// Adds text that stands in UTF-16, little-endian, as UTF-8; unpaired surrogates become U+FFFD.
    mutating func add(_ field: Field, utf16LittleEndian text: Span<UInt8>) {
        open(field)
        var at = 0
        while at + 1 < text.count {
            let unit = UInt32(text.littleEndian16(at: at))
            at += 2
            var scalar = unit
            if unit & 0xFC00 == 0xD800, at + 1 < text.count {
                let low = UInt32(text.littleEndian16(at: at))
                if low & 0xFC00 == 0xDC00 {
                    scalar = 0x1_0000 + (unit & 0x3FF) << 10 + low & 0x3FF
                    at += 2
                }
            }
            put(scalar: scalar)
        }
        close()
    }

    private mutating func put(scalar value: UInt32) {
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        for byte in UTF8.encode(scalar) ?? .init() { put(byte) }
    }
}
