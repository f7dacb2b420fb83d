//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Certificates: whom does the server say it is?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// X.509 certificates (RFC 5280, section 4.1): names only. Nothing is verified; a name is what its bearer says.
public enum Certificate {
    /// Alternative names that are kept of one certificate; those of large content networks list hundreds.
    static let maximumNames = 16
    /// Attributes of one distinguished name, extensions of one certificate that are looked at.
    private static let maximumParts = 64

    /// Reports subject, issuer and alternative DNS names of one certificate in DER.
    ///
    /// Certificates of people are not for us: the common name is left out where it is an e-mail address or has one or a
    /// log-on name beside it; a client's also where it is written with spaces. `bytes` may end early: what stands before
    /// the end is reported.
    static func read(_ bytes: Span<UInt8>, from side: StreamSide, into facts: inout Facts) {
        do throws(Truncated) {
            try readNames(bytes, side, into: &facts)
        } catch {
            facts.oddity(.tlsBadCertificate)
        }
    }

    private static func readNames(
        _ bytes: Span<UInt8>, _ side: StreamSide, into facts: inout Facts
    ) throws(Truncated) {
        var outer = DERReader(bytes)
        let certificate = try outer.next(DERTag.sequence)
        var whole = DERReader(certificate)
        let signed = try whole.next(DERTag.sequence)
        var part = DERReader(signed)
        if part.nextTag == DERTag.context0 { try part.skip() }
        _ = try part.next(DERTag.integer)
        _ = try part.next(DERTag.sequence)
        let issuer = try part.next(DERTag.sequence)
        try readName(issuer, side, commonName: .tlsCertificateIssuer, organization: nil, into: &facts)
        _ = try part.next(DERTag.sequence)
        let subject = try part.next(DERTag.sequence)
        _ = try part.next(DERTag.sequence)
        var namesPerson = side == .client && subject.firstIndex(of: 0x40) != nil
        var rounds = 0
        while !part.isEmpty, rounds < 4 {
            let element = try part.next()
            if element.tag == DERTag.context3, try readExtensions(element.contents, into: &facts) { namesPerson = true }
            rounds += 1
        }
        try readName(
            subject, side, commonName: namesPerson ? nil : .tlsCertificateSubject,
            organization: .tlsCertificateOrganization, into: &facts)
    }

    /// Reports the common name (2.5.4.3) and the organization (2.5.4.10) of a distinguished name.
    private static func readName(
        _ name: Span<UInt8>, _ side: StreamSide, commonName: Field?, organization: Field?, into facts: inout Facts
    ) throws(Truncated) {
        var sets = DERReader(name)
        var rounds = 0
        while !sets.isEmpty, rounds < maximumParts {
            rounds += 1
            let set = try sets.next(DERTag.set)
            var attributes = DERReader(set)
            guard !attributes.isEmpty else { continue }
            let attribute = try attributes.next(DERTag.sequence)
            var pair = DERReader(attribute)
            let type = try pair.next(DERTag.objectIdentifier)
            guard type.count == 3, type[0] == 0x55, type[1] == 0x04 else { continue }
            let value = try pair.next()
            switch type[2] {
            case 3:
                let isPerson =
                    value.contents.firstIndex(of: 0x40) != nil
                    || (side == .client && value.contents.firstIndex(of: 0x20) != nil
                        && commonName == .tlsCertificateSubject)
                if let commonName, !isPerson { put(commonName, value.tag, value.contents, into: &facts) }
            case 10: if let organization { put(organization, value.tag, value.contents, into: &facts) }
            default: break
            }
        }
    }

    private static func put(_ field: Field, _ tag: UInt8, _ text: Span<UInt8>, into facts: inout Facts) {
        guard tag == DERTag.bmpString else { return facts.add(field, text) }
        // Sixteen bits a letter (X.690, section 8.23.8), to UTF-8. Surrogates are not allowed in it.
        facts.open(field)
        for index in 0..<min(text.count / 2, Facts.maximumValue) {
            guard let unit = text.uint16(at: 2 * index), let letter = Unicode.Scalar(unit) else { continue }
            for octet in UTF8.encode(letter) ?? UTF8.encodedReplacementCharacter { facts.put(octet) }
        }
        facts.close()
    }

    /// Finds subjectAltName (2.5.29.17), reports its DNS names, and says whether it holds an e-mail address or another
    /// name (a log-on name, mostly).
    private static func readExtensions(_ bytes: Span<UInt8>, into facts: inout Facts) throws(Truncated) -> Bool {
        var outer = DERReader(bytes)
        let list = try outer.next(DERTag.sequence)
        var extensions = DERReader(list)
        var rounds = 0
        while !extensions.isEmpty, rounds < maximumParts {
            rounds += 1
            let one = try extensions.next(DERTag.sequence)
            var parts = DERReader(one)
            let type = try parts.next(DERTag.objectIdentifier)
            guard type.count == 3, type[0] == 0x55, type[1] == 0x1D, type[2] == 0x11 else { continue }
            if parts.nextTag == DERTag.boolean { try parts.skip() }
            let value = try parts.next(DERTag.octetString)
            var wrapped = DERReader(value)
            let general = try wrapped.next(DERTag.sequence)
            var names = DERReader(general)
            var namesPerson = false
            var kept = 0
            while !names.isEmpty, kept < maximumNames {
                let name = try names.next()
                switch name.tag {
                case DERTag.dnsName:
                    facts.add(.tlsCertificateName, name.contents)
                    kept += 1
                case DERTag.mailAddress, DERTag.context0: namesPerson = true
                default: break
                }
            }
            return namesPerson
        }
        return false
    }
}
