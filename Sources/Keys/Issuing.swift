//===----------------------------------------------------------------------===//
// Wardlight · Keys
//
// Issuing: what stands in the certificates of the local authority and of the server?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model
import SwiftASN1
import X509

/// A certificate and its private key, ECDSA on P-256, both in PEM.
public struct KeyPair: Sendable {
    public var certificate: String
    public var key: String

    public init(certificate: String, key: String) { (self.certificate, self.key) = (certificate, key) }
}

/// Makes certificates. Each begins an hour before it is made: clocks of browsers are not all alike.
public enum Issuing {
    /// Ten years: as long as the server is likely to stand.
    public static let authorityDays = 3_650
    /// 398 days: browsers take no longer ones (CA/Browser Forum, Baseline Requirements 6.3.2, since 2020-09-01).
    public static let serverDays = 398

    /// A local authority for one host. It may only speak for that host's name, names below it, and this machine itself
    /// (RFC 5280, 4.2.1.10): who trusts it trusts nothing else, even if its key were stolen.
    public static func authority(for host: String, at now: Timestamp) throws(KeyFailure) -> KeyPair {
        let names = try names(for: host)
        let key = P256.Signing.PrivateKey()
        let subject = try name("Wardlight authority of \(host)")
        return try sign(
            key: key, subject: subject, issuer: subject, by: Certificate.PrivateKey(key), days: authorityDays, at: now
        ) {
            Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
            Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            Critical(
                NameConstraints(
                    permittedDNSDomains: names.compactMap { if case .dnsName(let name) = $0 { name } else { nil } },
                    permittedIPRanges: names.compactMap { name in
                        guard case .ipAddress(let octets) = name else { return nil }
                        let mask = [UInt8](repeating: 0xFF, count: octets.bytes.count)
                        return ASN1OctetString(contentBytes: (Array(octets.bytes) + mask)[...])
                    }))
            SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey))
        }
    }

    /// A certificate for the server of a host, signed by its authority.
    ///
    /// - Parameter key: The server's key in PEM, kept when the certificate is renewed; nil makes one.
    public static func server(
        for host: String, by authority: KeyPair, key old: String? = nil, at now: Timestamp
    ) throws(KeyFailure) -> KeyPair {
        let names = try names(for: host)
        let key: P256.Signing.PrivateKey
        let issuer: Certificate
        let signer: Certificate.PrivateKey
        do {
            key = try old.map { try P256.Signing.PrivateKey(pemRepresentation: $0) } ?? P256.Signing.PrivateKey()
        } catch { throw .notPEM("the server's key") }
        do {
            issuer = try Certificate(pemEncoded: authority.certificate)
            signer = try Certificate.PrivateKey(pemEncoded: authority.key)
        } catch { throw .notPEM("the authority") }
        let subject = try name(host)
        return try sign(
            key: key, subject: subject, issuer: issuer.subject, by: signer, days: serverDays, at: now,
            until: issuer.notValidAfter
        ) {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage([.serverAuth])
            SubjectAlternativeNames(names)
            SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey))
            AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: issuer.publicKey).keyIdentifier)
        }
    }

    /// The host's own name, or address, and those by which this machine reaches itself.
    private static func names(for host: String) throws(KeyFailure) -> [GeneralName] {
        var names: [GeneralName] = []
        if let address = IPAddress(host) {
            names.append(general(address))
        } else {
            guard isHostName(host) else { throw .notAName(host) }
            names.append(.dnsName(host.lowercased()))
        }
        if host.lowercased() != "localhost" { names.append(.dnsName("localhost")) }
        for loopback in ["127.0.0.1", "::1"] where loopback != host {
            if let address = IPAddress(loopback) { names.append(general(address)) }
        }
        return names
    }

    /// RFC 1123, 2.1: labels of letters, digits and dashes, 63 octets each, 253 together.
    public static func isHostName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { octet in
                        (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet)
                            || (0x61...0x7A).contains(octet) || octet == 0x2D
                    }
            }
    }

    private static func general(_ address: IPAddress) -> GeneralName {
        var octets: [UInt8] = []
        if let bits = address.v4 {
            for shift: UInt32 in [24, 16, 8, 0] { octets.append(UInt8(truncatingIfNeeded: bits >> shift)) }
        } else {
            for half in [address.high, address.low] {
                for shift: UInt64 in [56, 48, 40, 32, 24, 16, 8, 0] {
                    octets.append(UInt8(truncatingIfNeeded: half >> shift))
                }
            }
        }
        return .ipAddress(ASN1OctetString(contentBytes: octets[...]))
    }

    /// A common name is at most 64 letters long (RFC 5280, appendix A); names that count are the alternative ones.
    private static func name(_ text: String) throws(KeyFailure) -> DistinguishedName {
        do { return try DistinguishedName { CommonName(String(text.prefix(64))) } } catch { throw .notAName(text) }
    }

    private static func sign(
        key: P256.Signing.PrivateKey, subject: DistinguishedName, issuer: DistinguishedName,
        by signer: Certificate.PrivateKey, days: Int, at now: Timestamp, until limit: Date? = nil,
        @ExtensionsBuilder extensions: () throws -> Result<Certificate.Extensions, any Error>
    ) throws(KeyFailure) -> KeyPair {
        let begin = Date(timeIntervalSince1970: Double(now.nanoseconds / 1_000_000_000) - 3_600)
        let end = begin.addingTimeInterval(Double(days) * 86_400)
        do {
            let certificate = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key.publicKey),
                notValidBefore: begin, notValidAfter: limit.map { min($0, end) } ?? end, issuer: issuer,
                subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
                extensions: Certificate.Extensions(builder: extensions), issuerPrivateKey: signer)
            return KeyPair(
                certificate: try certificate.serializeAsPEM().pemString + "\n", key: key.pemRepresentation + "\n")
        } catch { throw .cannotSign("\(error)") }
    }
}
