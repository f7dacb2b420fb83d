//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Hellos: what a TLS client offers and what the server picks, the same in TLS, DTLS and QUIC.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A ClientHello's parts, borrowed (RFC 8446, section 4.1.2; RFC 6347, section 4.2.1 with a cookie).
struct ClientHello: ~Escapable {
    /// What carries it; the letter that JA4 begins with.
    enum Carrier: UInt8 {
        case tcp = 0x74
        case quic = 0x71
        case datagrams = 0x64
    }

    /// Protocols that are told one by one; clients that offer more (QUIC's drafts) have some twenty.
    private static let maximumProtocols = 32

    let version: UInt16
    /// Cipher suites, two octets each.
    let ciphers: Span<UInt8>
    /// Extensions, each type (2), length (2), contents.
    let extensions: Span<UInt8>

    /// Reads the body, after the handshake header.
    @_lifetime(copy body)
    init(_ body: Span<UInt8>, _ carrier: Carrier) throws(Truncated) {
        var reader = ByteReader(body)
        version = try reader.uint16()
        try reader.skip(32)
        try reader.skip(Int(try reader.uint8()))
        if carrier == .datagrams { try reader.skip(Int(try reader.uint8())) }
        ciphers = try reader.take(Int(try reader.uint16()))
        try reader.skip(Int(try reader.uint8()))
        // SSL 3.0 and TLS 1.0 clients may leave the extensions out altogether.
        extensions = reader.isEmpty ? reader.rest() : try reader.take(Int(try reader.uint16()))
    }

    /// Reports JA4, server name and application protocols of a ClientHello's body.
    static func report(_ body: Span<UInt8>, _ carrier: Carrier, into facts: inout Facts) {
        do throws(Truncated) {
            let hello = try ClientHello(body, carrier)
            let serverName = try hello.find(Extension.serverName)
            let protocols = try hello.find(Extension.applicationProtocols)
            try JA4.report(hello, carrier, into: &facts)
            if let serverName { reportServerName(serverName, into: &facts) }
            if let protocols { reportProtocols(protocols, into: &facts) }
        } catch {
            facts.oddity(.tlsBadHello)
        }
    }

    /// The contents of the first extension of this type.
    @_lifetime(copy self)
    func find(_ wanted: UInt16) throws(Truncated) -> Span<UInt8>? {
        var reader = ByteReader(extensions)
        while !reader.isEmpty {
            let type = try reader.uint16()
            let contents = try reader.take(Int(try reader.uint16()))
            if type == wanted { return contents }
        }
        return nil
    }

    /// RFC 6066, section 3: a list of typed names; 0 is a host name.
    private static func reportServerName(_ contents: Span<UInt8>, into facts: inout Facts) {
        guard let length = contents.uint16(at: 3), contents.at(2) == 0, Int(length) <= contents.count - 5 else {
            if contents.count > 0 { facts.oddity(.tlsBadHello) }
            return
        }
        facts.add(.tlsSni, contents.from(5).upTo(Int(length)))
    }

    /// RFC 7301, section 3.1: the list in the client's order, with commas between, which tells clients apart; and each
    /// protocol by itself, which is what people look for.
    private static func reportProtocols(_ contents: Span<UInt8>, into facts: inout Facts) {
        facts.open(.tlsAlpn)
        var at = 2
        var count = 0
        while let length = contents.at(at) {
            if count > 0 { facts.put(0x2C) }
            facts.put(contents.from(at + 1).upTo(Int(length)))
            at += 1 + Int(length)
            count += 1
        }
        facts.close()
        guard (2...maximumProtocols).contains(count) else { return }
        at = 2
        while let length = contents.at(at) {
            facts.add(.tlsAlpn, contents.from(at + 1).upTo(Int(length)))
            at += 1 + Int(length)
        }
    }
}

/// Extension types (IANA, TLS ExtensionType Values).
enum Extension {
    static let serverName: UInt16 = 0
    static let signatureAlgorithms: UInt16 = 13
    static let applicationProtocols: UInt16 = 16
    static let supportedVersions: UInt16 = 43
}

/// A ServerHello (RFC 8446, section 4.1.3; RFC 5246, section 7.4.1.3).
enum ServerHello {
    /// Extensions that are listed; no server sends as many.
    private static let maximumExtensions = 32

    /// Reports version, cipher suite and extensions, and returns the version agreed on; nil when it cannot be read.
    static func report(_ body: Span<UInt8>, into facts: inout Facts) -> UInt16? {
        do throws(Truncated) {
            return try read(body, into: &facts)
        } catch {
            facts.oddity(.tlsBadHello)
            return nil
        }
    }

    private static func read(_ body: Span<UInt8>, into facts: inout Facts) throws(Truncated) -> UInt16 {
        var reader = ByteReader(body)
        var version = try reader.uint16()
        try reader.skip(32)
        // Drafts of TLS 1.3 up to 21 had neither session nor compression.
        let isEarlyDraft = version >= 0x7F00 && version <= 0x7F15
        if !isEarlyDraft { try reader.skip(Int(try reader.uint8())) }
        let cipher = try reader.take(2)
        if !isEarlyDraft { try reader.skip(1) }
        let extensions = reader.isEmpty ? reader.rest() : try reader.take(Int(try reader.uint16()))
        var list = ByteReader(extensions)
        var count = 0
        facts.open(.tlsServerExtensions)
        while !list.isEmpty, count < maximumExtensions {
            guard let high = list.peek(), let low = list.peek(1) else { break }
            let type = try? list.uint16()
            guard let length = try? list.uint16() else { break }
            let contents = list.takeUpTo(Int(length))
            if count > 0 { facts.put(0x2C) }
            facts.put(hexadecimal: high)
            facts.put(hexadecimal: low)
            if type == Extension.supportedVersions, let chosen = contents.uint16(at: 0) { version = chosen }
            count += 1
        }
        facts.close()
        facts.open(.tlsServerCipher)
        facts.put(hexadecimal: cipher)
        facts.close()
        facts.open(.tlsVersion)
        putVersion(version, into: &facts)
        facts.close()
        return version
    }

    private static func putVersion(_ version: UInt16, into facts: inout Facts) {
        switch version {
        case 0x0300: facts.put("SSL 3.0")
        case 0x0301: facts.put("TLS 1.0")
        case 0x0302: facts.put("TLS 1.1")
        case 0x0303: facts.put("TLS 1.2")
        case 0x0304: facts.put("TLS 1.3")
        case 0xFEFF, 0x0100: facts.put("DTLS 1.0")
        case 0xFEFD: facts.put("DTLS 1.2")
        case 0xFEFC: facts.put("DTLS 1.3")
        case 0x7F00...0x7FFF:
            facts.put("TLS 1.3 draft ")
            facts.put(decimal: UInt64(version & 0xFF))
        default:
            facts.put("0x")
            facts.put(hexadecimal: UInt8(truncatingIfNeeded: version >> 8))
            facts.put(hexadecimal: UInt8(truncatingIfNeeded: version))
        }
    }
}
