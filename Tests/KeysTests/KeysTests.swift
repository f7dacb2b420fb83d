//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Keys: certificates that browsers take, files that only their owner reads, and renewal in time.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Keys
import Model
import Support
import Testing

/// 2026-03-01T12:00:00Z
private let now = Timestamp(seconds: 1_772_366_400)

private func later(days: Int) -> Timestamp {
    Timestamp(nanoseconds: now.nanoseconds + Int64(days) * 86_400_000_000_000)
}

private func scratch() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/wardlight-keys-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
}

private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? NSNumber).intValue & 0o777
}

/// What OpenSSL thinks of a certificate at a moment; nil where there is no OpenSSL.
private func opinion(_ arguments: [String]) throws -> String? {
    guard let path = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first(where: FileManager.default.fileExists) else {
        return nil
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}

@Suite struct `Keys of the server` {
    @Test func `are made with modes that keep others out, and never made twice`() throws {
        let path = try scratch() + "/keys"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = KeyFolder(path)
        let made = try folder.prepare(host: "wardlight.example", at: now)
        #expect(
            made == [
                .made(folder.authority), .made(folder.authorityKey), .made(folder.certificate), .made(folder.key),
            ])
        #expect(try mode(path) == 0o700 && mode(folder.key) == 0o600 && mode(folder.authorityKey) == 0o600)
        let before = try [folder.authority, folder.authorityKey, folder.certificate, folder.key].map(KeyFolder.text)
        let again = try folder.prepare(host: "other.example", at: later(days: 1))
        #expect(again.allSatisfy { if case .kept = $0 { true } else { false } } && again.count == 4)
        let after = try [folder.authority, folder.authorityKey, folder.certificate, folder.key].map(KeyFolder.text)
        #expect(before == after)
        #expect(try CertificateFacts.belong(certificate: folder.certificate, key: folder.key))
        #expect(try !CertificateFacts.belong(certificate: folder.certificate, key: folder.authorityKey))
    }

    @Test(arguments: ["wardlight.example", "192.0.2.7", "2001:db8::7", "localhost"])
    func `certificates name the host and this machine, for as long as browsers take`(host: String) throws {
        let path = try scratch()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = KeyFolder(path)
        _ = try folder.prepare(host: host, at: now)
        let facts = try CertificateFacts(reading: folder.certificate)
        for name in [host, "localhost", "127.0.0.1", "::1"] { #expect(facts.names(name), "\(name): \(facts.names)") }
        #expect(!facts.names("other.example") && !facts.isAuthority && facts.names.count == Set(facts.names).count)
        #expect(facts.days(at: now) == 397 && facts.days(at: later(days: 398)) == -1)
        #expect(facts.from < now)
        let authority = try CertificateFacts(reading: folder.authority)
        #expect(authority.isAuthority && authority.days(at: now) == 3_649 && facts.issuer == authority.subject)
        #expect(authority.subject.contains(host))
        guard
            let words = try opinion([
                "verify", "-x509_strict", "-attime", "1772366400", "-purpose", "sslserver", "-CAfile", folder.authority,
                folder.certificate,
            ])
        else { return }
        #expect(words.contains(": OK"), "\(words)")
    }

    @Test func `the authority cannot speak for another host, even with its key in strange hands`() throws {
        let path = try scratch()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = KeyFolder(path)
        _ = try folder.prepare(host: "wardlight.example", at: now)
        let stolen = KeyPair(
            certificate: try KeyFolder.text(folder.authority), key: try KeyFolder.text(folder.authorityKey))
        let forged = try Issuing.server(for: "bank.example", by: stolen, at: now)
        let file = path + "/forged.pem"
        #expect(FileManager.default.createFile(atPath: file, contents: Data(forged.certificate.utf8)))
        guard
            let words = try opinion(["verify", "-attime", "1772366400", "-CAfile", folder.authority, file])
        else { return }
        #expect(words.contains("permitted subtree violation"), "\(words)")
    }

    @Test(arguments: ["", "a b", "-a", "a..b", "*.example", "a_b", String(repeating: "a", count: 64)])
    func `what is no host name gets no certificate`(host: String) {
        #expect(throws: KeyFailure.notAName(host)) { try Issuing.authority(for: host, at: now) }
    }
}

@Suite struct `Renewal` {
    @Test func `comes with less than thirty days left, keeps the key, and is not repeated`() throws {
        let path = try scratch()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = KeyFolder(path)
        _ = try folder.prepare(host: "wardlight.example", at: now)
        let key = try KeyFolder.text(folder.key)
        #expect(try !folder.renew(host: "wardlight.example", at: now))
        #expect(try !folder.renew(host: "wardlight.example", at: later(days: 367)), "30 days are left")
        #expect(try folder.renew(host: "wardlight.example", at: later(days: 368)), "29 days are left")
        #expect(try CertificateFacts(reading: folder.certificate).days(at: later(days: 368)) == 397)
        #expect(try KeyFolder.text(folder.key) == key)
        #expect(try CertificateFacts.belong(certificate: folder.certificate, key: folder.key))
        #expect(try !folder.renew(host: "wardlight.example", at: later(days: 368)))
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 4)
    }

    @Test func `never outlives the authority, and ends with it`() throws {
        let path = try scratch()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = KeyFolder(path)
        _ = try folder.prepare(host: "wardlight.example", at: now)
        #expect(try folder.renew(host: "wardlight.example", at: later(days: 3_600)))
        let authority = try CertificateFacts(reading: folder.authority)
        #expect(try CertificateFacts(reading: folder.certificate).until == authority.until)
        #expect(try !folder.renew(host: "wardlight.example", at: later(days: 3_640)), "nothing would be won")
    }

    @Test func `is left to a person where the authority's key is not here, or the certificate is another's`() throws {
        let path = try scratch()
        let other = try scratch()
        defer { for path in [path, other] { try? FileManager.default.removeItem(atPath: path) } }
        let folder = KeyFolder(path)
        _ = try folder.prepare(host: "wardlight.example", at: now)
        _ = try KeyFolder(other).prepare(host: "else.example", at: now)
        try FileManager.default.removeItem(atPath: folder.authorityKey)
        #expect(try !folder.renew(host: "wardlight.example", at: later(days: 390)))
        for name in ["ca.pem", "ca.key"] {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
            try FileManager.default.copyItem(atPath: other + "/" + name, toPath: path + "/" + name)
        }
        #expect(try !folder.renew(host: "wardlight.example", at: later(days: 390)))
    }

    @Test func `a host that was renamed below the authority's names is renewed at once`() throws {
        let path = try scratch()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = KeyFolder(path)
        _ = try folder.prepare(host: "wardlight.example", at: now)
        #expect(try folder.renew(host: "new.wardlight.example", at: now))
        #expect(try CertificateFacts(reading: folder.certificate).names("new.wardlight.example"))
    }

    @Test func `broken files are named, never followed by a stop`() throws {
        let path = try scratch()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = path + "/x.pem"
        let begin = "-----BEGIN CERTIFICATE-----\n"
        for text in ["", "hello", begin, begin + "AAAA\n-----END CERTIFICATE-----\n", "\u{FF}"] {
            #expect(FileManager.default.createFile(atPath: file, contents: Data(text.utf8)))
            #expect(throws: KeyFailure.notPEM(file)) { try CertificateFacts(reading: file) }
        }
        #expect(throws: KeyFailure.noSuchFile(path + "/y")) { try CertificateFacts(reading: path + "/y") }
        #expect(throws: KeyFailure.notPEM(path)) { try CertificateFacts(reading: path) }
    }
}
