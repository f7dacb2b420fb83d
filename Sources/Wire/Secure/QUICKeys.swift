//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// QUIC keys: the Initial packets' protection, which anyone on the path can undo.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Model

/// The keys of one side's Initial packets (RFC 9001, section 5.2). They hide nothing: they follow from the client's
/// first connection identifier and a salt that is printed in the standard.
struct QUICKeys: Sendable {
    private let key: SymmetricKey
    private let headerKey: AESBlock
    private let nonce: [UInt8]

    /// A version whose Initial packets can be opened.
    enum Version: Sendable, Hashable {
        case one
        case two
        /// Drafts 29 to 34 of version 1.
        case draft(UInt8)

        init?(_ number: UInt32) {
            switch number {
            case 0x0000_0001: self = .one
            case 0x6B33_43CF: self = .two
            case 0xFF00_001D...0xFF00_0022: self = .draft(UInt8(truncatingIfNeeded: number))
            default: return nil
            }
        }

        var number: UInt32 {
            switch self {
            case .one: 1
            case .two: 0x6B33_43CF
            case .draft(let draft): 0xFF00_0000 | UInt32(draft)
            }
        }

        /// As `quic.version` tells it.
        func put(into facts: inout Facts) {
            switch self {
            case .one: facts.put("1")
            case .two: facts.put("2")
            case .draft(let draft):
                facts.put("draft-")
                facts.put(decimal: UInt64(draft))
            }
        }

        /// Bits 4 and 5 of an Initial's first octet (RFC 9000, table 5; RFC 9369, section 3.2).
        var initialType: UInt8 { self == .two ? 1 : 0 }

        fileprivate var salt: [UInt8] {
            switch self {
            case .draft(29...32):
                [
                    0xAF, 0xBF, 0xEC, 0x28, 0x99, 0x93, 0xD2, 0x4C, 0x9E, 0x97, 0x86, 0xF1, 0x9C, 0x61, 0x11, 0xE0,
                    0x43, 0x90, 0xA8, 0x99,
                ]
            case .one, .draft:
                [
                    0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17, 0x9A, 0xE6, 0xA4, 0xC8, 0x0C, 0xAD,
                    0xCC, 0xBB, 0x7F, 0x0A,
                ]
            case .two:
                [
                    0x0D, 0xED, 0xE3, 0xDE, 0xF7, 0x00, 0xA6, 0xDB, 0x81, 0x93, 0x81, 0xBE, 0x6E, 0x26, 0x9D, 0xCB,
                    0xF9, 0xBD, 0x2E, 0xD9,
                ]
            }
        }

        fileprivate var label: String { self == .two ? "quicv2 " : "quic " }
    }

    /// Derives the keys; some ten microseconds.
    ///
    /// - Parameter connection: The destination connection identifier of the client's first Initial.
    init(_ version: Version, connection: [UInt8], _ side: StreamSide = .client) {
        let initial = HKDF<SHA256>.extract(inputKeyMaterial: SymmetricKey(data: connection), salt: version.salt)
        let label = side == .client ? "client in" : "server in"
        let secret = SymmetricKey(data: Self.expand(SymmetricKey(data: initial), label, 32))
        key = SymmetricKey(data: Self.expand(secret, version.label + "key", 16))
        nonce = Self.expand(secret, version.label + "iv", 12)
        headerKey = AESBlock(key: Self.expand(secret, version.label + "hp", 16))
    }

    /// HKDF-Expand-Label (RFC 8446, section 7.1) with an empty context, for at most 32 octets: then HKDF-Expand
    /// (RFC 5869, section 2.3) is a single HMAC.
    private static func expand(_ secret: SymmetricKey, _ label: String, _ length: UInt8) -> [UInt8] {
        let name = Array("tls13 \(label)".utf8)
        let info = [0, length, UInt8(truncatingIfNeeded: name.count)] + name + [0, 1]
        return Array(HMAC<SHA256>.authenticationCode(for: info, using: secret).prefix(Int(length)))
    }

    /// Five octets that hide an Initial's first octet and packet number (RFC 9001, section 5.4.3).
    func mask(sample: Span<UInt8>) -> [UInt8]? {
        sample.count == 16 ? headerKey.encipher(sample) : nil
    }

    private func nonce(_ packetNumber: UInt32) throws -> AES.GCM.Nonce {
        var octets = nonce
        for index in 0..<4 { octets[11 - index] ^= UInt8(truncatingIfNeeded: packetNumber >> UInt32(8 * index)) }
        return try AES.GCM.Nonce(data: octets)
    }

    /// Opens a payload (the last 16 octets are its tag); nil when it was not sealed with these keys.
    func open(_ sealed: Span<UInt8>, header: [UInt8], packetNumber: UInt32) -> [UInt8]? {
        guard sealed.count > 16 else { return nil }
        do {
            let box = try AES.GCM.SealedBox(
                nonce: nonce(packetNumber), ciphertext: array(sealed.upTo(sealed.count - 16)),
                tag: array(sealed.from(sealed.count - 16)))
            return Array(try AES.GCM.open(box, using: key, authenticating: header))
        } catch {
            return nil
        }
    }

    /// Seals a payload; the mirror of `open`.
    func seal(_ payload: [UInt8], header: [UInt8], packetNumber: UInt32) -> [UInt8]? {
        do {
            let box = try AES.GCM.seal(payload, using: key, nonce: nonce(packetNumber), authenticating: header)
            return Array(box.ciphertext) + Array(box.tag)
        } catch {
            return nil
        }
    }
}
