//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Feeds: do the documents list which fields community patterns see?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Inventory

/// Goal: who brings a file of recog's knows beforehand whether anything is shown to it.
@Suite struct `Fields for fingerprints` {
    @Test func `docs knowledge lists every key with its fields, and no other`() throws {
        let lines = try House.text("docs/knowledge.md").split(separator: "\n")
        let rows = lines.drop { !$0.hasPrefix("| `matches`") }.dropFirst(2).prefix { $0.hasPrefix("| ") }
        var listed: [String: [String]] = [:]
        for row in rows {
            let words = row.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            listed[words[0]] = words.dropFirst().filter { Field(path: $0) != nil }
        }
        var known: [String: [String]] = [:]
        for (keys, feeds) in FingerprintFeed.known { known[keys[0]] = feeds.map(\.field.path) }
        #expect(listed == known)
        #expect(Set(FingerprintFeed.known.flatMap(\.keys)).count == FingerprintFeed.known.flatMap(\.keys).count)
    }

    @Test(arguments: [
        ("ssh.banner", "SSH-2.0-OpenSSH_7.4", "OpenSSH_7.4"), ("ssh.banner", "OpenSSH", "OpenSSH"),
        ("ssh.banner", "SSH-", "SSH-"),
        ("http_header.wwwauth", "pump", "Basic realm=\"pump\""), ("X509.Subject", "printer", "CN=printer"),
        ("dhcp_vendor_class", "udhcp 1.2", "udhcp 1.2"),
    ])
    func `a value is shown in the form that the file expects`(key: String, value: String, shown: String) throws {
        let feed = try #require(FingerprintFeed.feeds(for: key).first)
        #expect(feed.form.text(of: value) == shown)
    }

    @Test func `what we keep nothing of is shown nothing`() {
        #expect(FingerprintFeed.feeds(for: "favicon.md5").isEmpty && FingerprintFeed.feeds(for: "").isEmpty)
    }
}

/// Goal: a fingerprint says what it knows of the device, not of the programs on it.
@Suite struct `What a fingerprint says` {
    private static func says(_ parameters: [String: String], certainty: Int? = nil) throws -> [String: Int] {
        var fingerprint = Fingerprint(pattern: "x", line: 1)
        fingerprint.certainty = certainty
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            fingerprint.parameters.append(Fingerprint.Parameter(name: name, source: .text(value)))
        }
        var parser = RuleParser()
        for (name, text) in Shelf.texts { try parser.read(text, file: name) }
        let statements = fingerprint.statements(preference: 1_000, parser.spoken)
        return Dictionary(
            statements.map { ("\($0.attribute.rawValue) \($0.value.constant ?? "?")", $0.weight) },
            uniquingKeysWith: { $1 })
    }

    @Test func `hardware is the device, a service is not`() throws {
        #expect(
            try Self.says([
                "hw.vendor": "Axis", "hw.product": "M1065", "hw.device": "IP Camera", "service.vendor": "Apache",
                "service.product": "HTTPD", "os.product": "Linux", "os.version": "4.1",
            ]) == [
                "vendor Axis": 2_400, "model M1065": 2_400, "type network camera": 2_200, "os Linux": 1_800,
                "os Linux 4.1": 600,
            ])
        #expect(try Self.says(["service.vendor": "Apache", "service.product": "HTTPD"]) == [:])
    }

    @Test func `an appliance's system hints at its maker and model, a system for everyone does not`() throws {
        #expect(
            try Self.says(["os.vendor": "Ricoh", "os.device": "Printer", "os.product": "MP C3003", "os.version": "9"])
                == ["vendor Ricoh": 1_200, "model MP C3003": 1_200, "type printer": 1_200, "firmware 9": 1_500])
        #expect(
            try Self.says(["os.vendor": "Microsoft", "os.device": "General", "os.product": "Windows 7"])
                == ["os Windows 7": 1_800])
        #expect(
            try Self.says(["os.vendor": "Ubuntu", "os.product": "Linux", "os.version": "20.04"])
                == ["os Linux Ubuntu": 1_800, "os Linux Ubuntu 20.04": 600])
        #expect(
            try Self.says(["os.vendor": "Unknown", "os.device": "Router", "os.product": "Router"]) == [
                "type router": 1_200
            ])
    }

    @Test func `certainty scales what is said`() throws {
        #expect(try Self.says(["hw.vendor": "Axis", "hw.certainty": "0.425"]) == ["vendor Axis": 1_200])
        #expect(try Self.says(["hw.vendor": "Axis"], certainty: 425) == ["vendor Axis": 1_200])
    }

    @Test(arguments: [
        ("0.85", 850), (".80", 800), ("1.0", 1_000), ("1", 1_000), ("0.5", 500), ("2", nil), ("x", nil), ("0.x", nil),
    ])
    func `a certainty is a part of one`(text: String, perMille: Int?) {
        #expect(Fingerprint.perMille(text) == perMille)
    }
}
