//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// JA4: one short text for the software that opened a TLS connection.
//
// JA4 is published by FoxIO under the BSD 3-Clause licence (FoxIO-LLC/ja4, technical_details/JA4.md); this follows
// its text. The others of that family are under another licence and are not computed here.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Model

/// The TLS client fingerprint `t13d1516h2_8daaf6152771_e5627efa2ab1`.
///
/// Costs two SHA-256 of a few hundred octets: some microseconds per ClientHello.
enum JA4 {
    /// Reports the fingerprint of one ClientHello.
    static func report(
        _ hello: borrowing ClientHello, _ carrier: ClientHello.Carrier, into facts: inout Facts
    ) throws(Truncated) {
        var ciphers: [UInt16] = []
        gather(hello.ciphers, into: &ciphers)
        var extensions: [UInt16] = []
        extensions.reserveCapacity(32)
        var reader = ByteReader(hello.extensions)
        var namesServer = false
        var version: UInt16 = 0
        var first: (UInt8, UInt8) = (0x30, 0x30)
        var signatures: [UInt16] = []
        var isFirstSignatureList = true
        var count = 0
        while !reader.isEmpty {
            let type = try reader.uint16()
            let contents = try reader.take(Int(try reader.uint16()))
            if isGREASE(type) { continue }
            count += 1
            switch type {
            case Extension.serverName: namesServer = true
            case Extension.applicationProtocols: first = letters(contents)
            case Extension.supportedVersions:
                version = max(version, highestVersion(contents))
                extensions.append(type)
            case Extension.signatureAlgorithms where isFirstSignatureList:
                isFirstSignatureList = false
                gather(contents.from(2).upTo(Int(contents.uint16(at: 0) ?? 0)), into: &signatures)
                extensions.append(type)
            default: extensions.append(type)
            }
        }
        let cipherCount = ciphers.count
        ciphers.sort()
        extensions.sort()

        facts.open(.tlsJa4)
        facts.put(carrier.rawValue)
        facts.put(name(of: version == 0 ? hello.version : version))
        facts.put(namesServer ? 0x64 : 0x69)
        putCount(cipherCount, into: &facts)
        putCount(count, into: &facts)
        facts.put(first.0)
        facts.put(first.1)
        facts.put(0x5F)
        var text: [UInt8] = []
        text.reserveCapacity(5 * max(ciphers.count, extensions.count + signatures.count) + 1)
        append(ciphers, to: &text)
        putHash(of: text, into: &facts)
        facts.put(0x5F)
        text.removeAll(keepingCapacity: true)
        append(extensions, to: &text)
        if !signatures.isEmpty {
            text.append(0x5F)
            append(signatures, to: &text)
        }
        putHash(of: text, into: &facts)
        facts.close()
    }

    /// Values that clients sprinkle in to keep servers tolerant (RFC 8701, section 2): 0x0A0A, 0x1A1A, … 0xFAFA.
    static func isGREASE(_ value: UInt16) -> Bool {
        value & 0x0F0F == 0x0A0A && value >> 8 == value & 0xFF
    }

    /// Appends the 16-bit values of a list that are not GREASE.
    private static func gather(_ list: Span<UInt8>, into values: inout [UInt16]) {
        values.reserveCapacity(list.count / 2)
        var at = 0
        while let value = list.uint16(at: at) {
            if !isGREASE(value) { values.append(value) }
            at += 2
        }
    }

    /// The highest of the supported versions (a length octet, then two octets each), 0 if there is none.
    private static func highestVersion(_ contents: Span<UInt8>) -> UInt16 {
        let list = contents.from(1).upTo(Int(contents.at(0) ?? 0))
        var highest: UInt16 = 0
        var at = 0
        while let value = list.uint16(at: at) {
            if !isGREASE(value) { highest = max(highest, value) }
            at += 2
        }
        return highest
    }

    /// First and last letter of the first application protocol; of its hexadecimal form where one is something else.
    private static func letters(_ contents: Span<UInt8>) -> (UInt8, UInt8) {
        let name = contents.from(3).upTo(Int(contents.at(2) ?? 0))
        guard let first = name.at(0), let last = name.at(name.count - 1) else { return (0x30, 0x30) }
        if isAlphanumeric(first), isAlphanumeric(last) { return (first, last) }
        return (hexadecimalDigit(first >> 4), hexadecimalDigit(last & 15))
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    private static func name(of version: UInt16) -> String {
        switch version {
        case 0x0304: "13"
        case 0x0303: "12"
        case 0x0302: "11"
        case 0x0301: "10"
        case 0x0300: "s3"
        case 0x0002: "s2"
        case 0xFEFF: "d1"
        case 0xFEFD: "d2"
        case 0xFEFC: "d3"
        default: "00"
        }
    }

    /// Two digits; 99 stands for all above.
    private static func putCount(_ count: Int, into facts: inout Facts) {
        let shown = min(count, 99)
        facts.put(0x30 + UInt8(truncatingIfNeeded: shown / 10))
        facts.put(0x30 + UInt8(truncatingIfNeeded: shown % 10))
    }

    /// `0005,000a,000b`
    private static func append(_ values: [UInt16], to text: inout [UInt8]) {
        for index in values.indices {
            if index > 0 { text.append(0x2C) }
            let value = values[index]
            text.append(hexadecimalDigit(UInt8(truncatingIfNeeded: value >> 12)))
            text.append(hexadecimalDigit(UInt8(truncatingIfNeeded: value >> 8) & 15))
            text.append(hexadecimalDigit(UInt8(truncatingIfNeeded: value >> 4) & 15))
            text.append(hexadecimalDigit(UInt8(truncatingIfNeeded: value) & 15))
        }
    }

    /// The first twelve digits of the SHA-256; twelve zeros for an empty list.
    private static func putHash(of text: [UInt8], into facts: inout Facts) {
        guard !text.isEmpty else { return facts.put("000000000000") }
        var left = 6
        for byte in SHA256.hash(data: text) {
            facts.put(hexadecimal: byte)
            left -= 1
            if left == 0 { break }
        }
    }

    private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 &+ value
    }
}
