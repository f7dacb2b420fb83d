//===----------------------------------------------------------------------===//
// Wardlight · Keys
//
// The folder of keys: what lies in it, how it is made, and how the server's certificate is renewed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

/// A folder of mode 700 with `ca.pem`, `ca.key`, `server.pem` and `server.key`, the keys of mode 600.
///
/// The authority's key may be moved to a safe place; then the server's certificate is renewed there, by hand.
public struct KeyFolder: Hashable, Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// The folder in which a server's certificate lies.
    public init(besideCertificate certificate: String) {
        path = URL(fileURLWithPath: certificate).deletingLastPathComponent().path
    }

    public var authority: String { path + "/ca.pem" }
    public var authorityKey: String { path + "/ca.key" }
    public var certificate: String { path + "/server.pem" }
    public var key: String { path + "/server.key" }

    /// What `prepare` did with one file.
    public enum Made: Hashable, Sendable {
        case made(String)
        /// It was there and was left alone.
        case kept(String)
    }

    /// With less than that a certificate is renewed: a month of failed attempts is still no outage.
    public static let renewalDays = 30

    // MARK: Making

    /// Makes what is missing. A pair of which one half is there is left alone, and so is everything else that is there.
    public func prepare(host: String, at now: Timestamp) throws(KeyFailure) -> [Made] {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw .cannotWrite(path, error.localizedDescription) }
        var made: [Made] = []
        if Self.isThere(authority) || Self.isThere(authorityKey) {
            made += [.kept(authority), .kept(authorityKey)].filter(\.isThere)
        } else {
            let pair = try Issuing.authority(for: host, at: now)
            try Self.create(authorityKey, pair.key, mode: 0o600)
            try Self.create(authority, pair.certificate, mode: 0o644)
            made += [.made(authority), .made(authorityKey)]
        }
        if Self.isThere(certificate) || Self.isThere(key) {
            made += [.kept(certificate), .kept(key)].filter(\.isThere)
        } else {
            let pair = try Issuing.server(for: host, by: try authorityPair(), at: now)
            try Self.create(key, pair.key, mode: 0o600)
            try Self.create(certificate, pair.certificate, mode: 0o644)
            made += [.made(certificate), .made(key)]
        }
        return made
    }

    // MARK: Renewing

    /// Renews the server's certificate when it ends soon or does not name the host, and the authority's key is here.
    /// The server's key stays, so that the one new file can be put in the old one's place at once.
    ///
    /// - Returns: whether there is a new one.
    public func renew(host: String, at now: Timestamp) throws(KeyFailure) -> Bool {
        guard Self.isThere(authorityKey), Self.isThere(authority), Self.isThere(certificate), Self.isThere(key) else {
            return false
        }
        let facts = try CertificateFacts(reading: certificate)
        let ends = facts.days(at: now)
        guard ends < Self.renewalDays || !facts.names(host) else { return false }
        // Somebody else's certificate is somebody else's to renew.
        let issuer = try CertificateFacts(reading: authority)
        guard facts.issuer == issuer.subject, issuer.days(at: now) > ends else { return false }
        let pair = try Issuing.server(for: host, by: try authorityPair(), key: try Self.text(key), at: now)
        // Written beside the old one and put in its place in one step.
        do { try Data(pair.certificate.utf8).write(to: URL(fileURLWithPath: certificate), options: .atomic) } catch {
            throw .cannotWrite(certificate, error.localizedDescription)
        }
        return true
    }

    private func authorityPair() throws(KeyFailure) -> KeyPair {
        KeyPair(certificate: try Self.text(authority), key: try Self.text(authorityKey))
    }

    // MARK: Files

    static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Certificates and keys have some 1,000 octets, chains some 10,000.
    static let mostOctets = 1 << 20

    /// The text of a file.
    public static func text(_ path: String) throws(KeyFailure) -> String {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target) else {
            throw .noSuchFile(path)
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular,
            let size = (attributes[.size] as? NSNumber)?.intValue, size <= mostOctets
        else { throw .notPEM(path) }
        guard let data = FileManager.default.contents(atPath: target) else { throw .cannotRead(path) }
        guard let text = String(validating: data, as: UTF8.self) else { throw .notPEM(path) }
        return text
    }

    private static func create(_ path: String, _ text: String, mode: Int) throws(KeyFailure) {
        guard !isThere(path) else { throw .cannotWrite(path, "it is there already") }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: mode]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw .cannotWrite(path, "no permission, or no such folder") }
        defer { try? handle.close() }
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
        } catch { throw .cannotWrite(path, error.localizedDescription) }
    }
}

extension KeyFolder.Made {
    fileprivate var isThere: Bool {
        switch self {
        case .made(let path), .kept(let path): KeyFolder.isThere(path)
        }
    }
}
