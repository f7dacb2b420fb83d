//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// TLS, the other way round: hellos and certificate messages for the simulator and the tests.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension TLS {
    /// What a client offers in its ClientHello.
    public struct Offer: Sendable, Hashable {
        public var serverName: String?
        /// Application protocols as octets, first choice first.
        public var protocols: [[UInt8]]
        public var ciphers: [UInt16]
        /// Extension types in the order to be written. Server name and application protocols are left out when there
        /// are none to name.
        public var extensions: [UInt16]
        public var versions: [UInt16]
        public var signatureAlgorithms: [UInt16]
        public var groups: [UInt16]
        public var legacyVersion: UInt16
        /// 32 octets.
        public var random: [UInt8]

        /// A common offer of TLS 1.3 and 1.2.
        public init(
            serverName: String?, protocols: [String] = [],
            ciphers: [UInt16] = [0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0x009C, 0x009D],
            extensions: [UInt16] = [0, 23, 0xFF01, 10, 11, 35, 16, 13, 51, 45, 43],
            versions: [UInt16] = [0x0304, 0x0303],
            signatureAlgorithms: [UInt16] = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501],
            groups: [UInt16] = [29, 23, 24], random: [UInt8]
        ) {
            self.serverName = serverName
            self.protocols = protocols.map { Array($0.utf8) }
            self.ciphers = ciphers
            self.extensions = extensions
            self.versions = versions
            self.signatureAlgorithms = signatureAlgorithms
            self.groups = groups
            legacyVersion = 0x0303
            self.random = random
        }

        /// What small devices with an older library offer: TLS 1.2 and few ciphers.
        public static func embedded(serverName: String?, random: [UInt8]) -> Offer {
            Offer(
                serverName: serverName, ciphers: [0xC02F, 0xC030, 0x009C, 0x003C, 0x002F, 0x00FF],
                extensions: [0, 13, 10, 11, 23], versions: [], signatureAlgorithms: [0x0601, 0x0501, 0x0401, 0x0201],
                groups: [23, 24], random: random)
        }
    }

    /// A ClientHello with its handshake header (RFC 8446, section 4.1.2), without record header.
    ///
    /// - Parameter cookie: Only in DTLS, where its field always stands (RFC 6347, section 4.2.1).
    public static func writeClientHello(_ offer: Offer, cookie: [UInt8]? = nil) -> [UInt8] {
        message(HandshakeType.clientHello) { body in
            body.uint16(offer.legacyVersion)
            body.raw(Array((offer.random + Array(repeating: 0, count: 32)).prefix(32)))
            // A session identifier, as clients of 1.3 send it to look like those of 1.2 (appendix D.4).
            let isModern = offer.versions.contains(0x0304) && cookie == nil
            body.uint8(isModern ? 32 : 0)
            if isModern { body.raw(Array((offer.random.reversed() + Array(repeating: 0, count: 32)).prefix(32))) }
            if let cookie {
                body.uint8(UInt8(truncatingIfNeeded: cookie.count))
                body.raw(cookie)
            }
            body.counted16 { list in for cipher in offer.ciphers { list.uint16(cipher) } }
            body.uint16(0x0100)
            body.counted16 { list in
                for type in offer.extensions {
                    if type == Extension.serverName, offer.serverName == nil { continue }
                    if type == Extension.applicationProtocols, offer.protocols.isEmpty { continue }
                    list.uint16(type)
                    list.counted16 { writeExtension(type, offer, to: &$0) }
                }
            }
        }
    }

    private static func writeExtension(_ type: UInt16, _ offer: Offer, to contents: inout ByteWriter) {
        switch type {
        case Extension.serverName:
            contents.counted16 { list in
                list.uint8(0)
                list.counted16 { $0.text(offer.serverName ?? "") }
            }
        case 5: contents.raw([1, 0, 0, 0, 0])
        case 10: contents.counted16 { list in for group in offer.groups { list.uint16(group) } }
        case 11: contents.raw([1, 0])
        case Extension.signatureAlgorithms:
            contents.counted16 { list in for algorithm in offer.signatureAlgorithms { list.uint16(algorithm) } }
        case Extension.applicationProtocols:
            contents.counted16 { list in
                for name in offer.protocols {
                    list.uint8(UInt8(truncatingIfNeeded: name.count))
                    list.raw(Array(name.prefix(255)))
                }
            }
        case 27: contents.raw([2, 0, 2])
        case Extension.supportedVersions:
            contents.uint8(UInt8(truncatingIfNeeded: 2 * offer.versions.count))
            for version in offer.versions { contents.uint16(version) }
        case 45: contents.raw([1, 1])
        case 51:
            // One key share of X25519; its octets are not a key.
            contents.counted16 { list in
                list.uint16(29)
                list.counted16 { $0.raw(Array((offer.random + Array(repeating: 9, count: 32)).prefix(32))) }
            }
        case 57:
            // QUIC transport parameters: an idle timeout of 30 s, no source connection identifier.
            contents.raw([0x01, 0x02, 0x75, 0x30, 0x0F, 0x00])
        case 0x4469: contents.raw([0, 3, 2, 0x68, 0x32])
        case 0xFF01: contents.uint8(0)
        default: break
        }
    }

    /// A ServerHello of TLS 1.2 and before with its handshake header (RFC 5246, section 7.4.1.3).
    public static func writeServerHello(
        version: UInt16 = 0x0303, cipher: UInt16 = 0x009C, random: [UInt8], session: [UInt8] = []
    ) -> [UInt8] {
        message(HandshakeType.serverHello) { body in
            body.uint16(version)
            body.raw(Array((random + Array(repeating: 0, count: 32)).prefix(32)))
            body.uint8(UInt8(truncatingIfNeeded: min(session.count, 32)))
            body.raw(Array(session.prefix(32)))
            body.uint16(cipher)
            body.uint8(0)
            body.counted16 { list in
                list.uint16(0xFF01)
                list.counted16 { $0.uint8(0) }
                list.uint16(23)
                list.uint16(0)
            }
        }
    }

    /// A Certificate message with its handshake header (RFC 5246, section 7.4.2), the bearer's own first.
    public static func writeCertificates(_ certificates: [[UInt8]]) -> [UInt8] {
        message(HandshakeType.certificate) { body in
            body.uint24(UInt32(truncatingIfNeeded: certificates.reduce(0) { $0 + $1.count + 3 }))
            for certificate in certificates {
                body.uint24(UInt32(truncatingIfNeeded: certificate.count))
                body.raw(certificate)
            }
        }
    }

    /// The message that ends a server's first flight.
    public static func writeServerHelloDone() -> [UInt8] { message(14) { _ in } }

    /// A whole first flight of a TLS 1.2 server, in records: ServerHello, Certificate, ServerHelloDone.
    public static func writeServerFlight(certificate: [UInt8], cipher: UInt16 = 0x009C, random: [UInt8]) -> [UInt8] {
        writeRecords(writeServerHello(cipher: cipher, random: random))
            + writeRecords(writeCertificates([certificate])) + writeRecords(writeServerHelloDone())
    }

    /// Handshake octets in records of at most `size` octets (RFC 5246, section 6.2.1).
    public static func writeRecords(_ handshake: [UInt8], version: UInt16 = 0x0303, size: Int = 16_384) -> [UInt8] {
        var writer = ByteWriter()
        var start = 0
        while start < handshake.count {
            let end = min(start + max(size, 1), handshake.count)
            writer.uint8(22)
            writer.uint16(version)
            writer.uint16(UInt16(truncatingIfNeeded: end - start))
            writer.raw(Array(handshake[start..<end]))
            start = end
        }
        return writer.bytes
    }

    /// One record that holds what looks encrypted.
    public static func writeApplicationData(_ octets: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint8(23)
        writer.uint16(0x0303)
        writer.counted16 { $0.raw(octets) }
        return writer.bytes
    }

    private static func message(_ type: UInt8, _ write: (inout ByteWriter) -> Void) -> [UInt8] {
        var body = ByteWriter()
        write(&body)
        var writer = ByteWriter()
        writer.uint8(type)
        writer.uint24(UInt32(truncatingIfNeeded: body.count))
        writer.raw(body.bytes)
        return writer.bytes
    }
}
