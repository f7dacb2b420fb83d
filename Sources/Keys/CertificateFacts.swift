//===----------------------------------------------------------------------===//
// Wardlight · Keys
//
// What a certificate says: for whom, by whom, from when until when?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import X509

/// What a certificate says of itself. Nothing is judged here.
public struct CertificateFacts: Hashable, Sendable {
    public var subject: String
    public var issuer: String
    /// Alternative names: host names in small letters, and addresses in numbers.
    public var names: [String]
    public var from: Timestamp
    public var until: Timestamp
    public var isAuthority: Bool

    /// The first certificate of a file.
    public init(reading path: String) throws(KeyFailure) {
        try self.init(pem: try KeyFolder.text(path), path: path)
    }

    init(pem: String, path: String) throws(KeyFailure) {
        let certificate = try Self.certificate(pem, path)
        subject = "\(certificate.subject)"
        issuer = "\(certificate.issuer)"
        from = Self.moment(certificate.notValidBefore)
        until = Self.moment(certificate.notValidAfter)
        names = []
        for name in (try? certificate.extensions.subjectAlternativeNames).flatMap(\.self).map(Array.init) ?? [] {
            switch name {
            case .dnsName(let name): names.append(name.lowercased())
            case .ipAddress(let octets):
                if let address = Self.address(Array(octets.bytes)) { names.append(address.description) }
            default: break
            }
        }
        if case .isCertificateAuthority = try? certificate.extensions.basicConstraints {
            isAuthority = true
        } else {
            isAuthority = false
        }
    }

    /// Whether a browser that asked for a host would find it named here; a star stands for one label.
    public func names(_ host: String) -> Bool {
        if let address = IPAddress(host) { return names.contains(address.description) }
        let host = host.lowercased()
        let rest = host.split(separator: ".", maxSplits: 1).dropFirst().first.map { "*." + $0 }
        return names.contains { $0 == host || $0 == rest }
    }

    /// Whole days that are left; negative when it is over.
    public func days(at now: Timestamp) -> Int {
        let (left, overflow) = until.nanoseconds.subtractingReportingOverflow(now.nanoseconds)
        if overflow { return until < now ? -36_500 : 36_500 }
        return Int(left >= 0 ? left / 86_400_000_000_000 : -1 - -(left + 1) / 86_400_000_000_000)
    }

    /// Whether a key in a file is that of a certificate in another.
    public static func belong(certificate: String, key: String) throws(KeyFailure) -> Bool {
        let owner = try Self.certificate(try KeyFolder.text(certificate), certificate)
        do {
            return try Certificate.PrivateKey(pemEncoded: try KeyFolder.text(key)).publicKey == owner.publicKey
        } catch let failure as KeyFailure { throw failure } catch { throw .notPEM(key) }
    }

    /// A file of PEM may hold a whole chain; the first is the server's own (RFC 8446, 4.4.2).
    private static func certificate(_ pem: String, _ path: String) throws(KeyFailure) -> Certificate {
        let end = "-----END CERTIFICATE-----"
        guard let start = pem.range(of: "-----BEGIN CERTIFICATE-----"),
            let stop = pem.range(of: end, range: start.upperBound..<pem.endIndex)
        else { throw .notPEM(path) }
        do { return try Certificate(pemEncoded: String(pem[start.lowerBound..<stop.upperBound])) } catch {
            throw .notPEM(path)
        }
    }

    /// Years beyond 2262 do not fit, and need not.
    private static func moment(_ date: Date) -> Timestamp {
        let seconds = date.timeIntervalSince1970
        return Timestamp(seconds: Int64(min(max(seconds, -9_000_000_000), 9_000_000_000)))
    }

    private static func address(_ octets: [UInt8]) -> IPAddress? {
        switch octets.count {
        case 4: IPAddress(octets.map(String.init).joined(separator: "."))
        case 16:
            IPAddress(
                stride(from: 0, to: 16, by: 2).map { place in
                    String(UInt16(octets[place]) << 8 | UInt16(octets[place + 1]), radix: 16)
                }.joined(separator: ":"))
        default: nil
        }
    }
}
