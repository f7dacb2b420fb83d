//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Certificates, the other way round: well-formed ones with a name, signed by nobody.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Certificate {
    /// An X.509 certificate in DER (RFC 5280, section 4.1) as devices make them for themselves. Key and signature are
    /// filler: it shows names and proves nothing.
    ///
    /// - Parameters:
    ///   - issuer: Common name of the issuer; the subject's own when nil.
    ///   - names: Alternative DNS names.
    ///   - filler: Seed of the octets that stand for serial number, key and signature.
    public static func write(
        commonName: String, organization: String? = nil, issuer: String? = nil, names: [String] = [], filler: UInt64 = 1
    ) -> [UInt8] {
        var state = filler | 1
        func octets(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
        }
        // sha256WithRSAEncryption and rsaEncryption (RFC 8017, appendix A), each with NULL.
        let signature = algorithm([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B])
        let rsa = algorithm([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01])
        let modulus = element(DERTag.integer, [0, 0xC1] + octets(254) + [0x01])
        let exponent = element(DERTag.integer, [1, 0, 1])
        let key = element(DERTag.bitString, [0] + element(DERTag.sequence, modulus + exponent))
        let validity =
            element(DERTag.utcTime, Array("240101000000Z".utf8)) + element(DERTag.utcTime, Array("440101000000Z".utf8))
        var parts = element(DERTag.context0, element(DERTag.integer, [2]))
        parts += element(DERTag.integer, [0x2A] + octets(7))
        parts += signature
        parts += name(commonName: issuer ?? commonName, organization: issuer == nil ? organization : nil)
        parts += element(DERTag.sequence, validity)
        parts += name(commonName: commonName, organization: organization)
        parts += element(DERTag.sequence, rsa + key)
        if !names.isEmpty {
            let list = element(DERTag.sequence, names.flatMap { element(DERTag.dnsName, Array($0.utf8)) })
            let extensionType = element(DERTag.objectIdentifier, [0x55, 0x1D, 0x11])
            let one = element(DERTag.sequence, extensionType + element(DERTag.octetString, list))
            parts += element(DERTag.context3, element(DERTag.sequence, one))
        }
        let signed = element(DERTag.sequence, parts)
        return element(DERTag.sequence, signed + signature + element(DERTag.bitString, [0] + octets(256)))
    }

    private static func algorithm(_ identifier: [UInt8]) -> [UInt8] {
        element(DERTag.sequence, element(DERTag.objectIdentifier, identifier) + element(DERTag.null, []))
    }

    private static func name(commonName: String, organization: String?) -> [UInt8] {
        func attribute(_ type: UInt8, _ text: String) -> [UInt8] {
            let pair = element(DERTag.objectIdentifier, [0x55, 0x04, type])
            return element(
                DERTag.set, element(DERTag.sequence, pair + element(DERTag.utf8String, Array(text.utf8))))
        }
        let organizations = organization.map { attribute(10, $0) } ?? []
        return element(DERTag.sequence, organizations + attribute(3, commonName))
    }

    /// One element with definite length (X.690, section 8.1.3).
    private static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint8(tag)
        switch contents.count {
        case ..<0x80: writer.uint8(UInt8(truncatingIfNeeded: contents.count))
        case ..<0x100:
            writer.uint8(0x81)
            writer.uint8(UInt8(truncatingIfNeeded: contents.count))
        default:
            writer.uint8(0x82)
            writer.uint16(UInt16(truncatingIfNeeded: contents.count))
        }
        writer.raw(contents)
        return writer.bytes
    }
}
