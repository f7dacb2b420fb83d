//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Privacy: what of a value is kept?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Sensors

/// Goal: no secret and no person's name passes the sensor.
@Suite struct `What a sensor keeps of a value` {
    private let privacy = Privacy(key: Array("ward".utf8))

    private func kept(_ text: String, _ field: Field) -> String? { privacy.text(of: Array(text.utf8).span, field) }

    @Test(arguments: [Field.radiusUserName, .eapIdentity, .smbNtlmUser, .mqttUserName, .ftpUser])
    func `people's names become keyed hashes`(field: Field) throws {
        let hash = try #require(kept("anna.mueller@clinic.example", field))
        #expect(hash.hasPrefix("person:") && hash.utf8.count == 23)
        #expect(kept("anna.mueller@clinic.example", field) == hash)
        #expect(kept("anna.mueller@clinic.examplf", field) != hash)
        let other = Privacy(key: Array("draw".utf8)).text(of: Array("anna.mueller@clinic.example".utf8).span, field)
        #expect(other != hash)
    }

    @Test(arguments: ["host/pc-7.clinic.example", "PC-7$", "00:d0:75:0a:0b:0c", "00-D0-75-0A-0B-0C"])
    func `machines that sign in keep their names`(name: String) {
        #expect(kept(name, .radiusUserName) == name)
    }

    @Test(
        arguments: [
            ("http://anna:secret@10.1.2.7/description.xml", "http://…@10.1.2.7/description.xml"),
            ("http://10.1.2.7/d.xml?token=abc&user=anna", "http://10.1.2.7/d.xml?token=…&user=…"),
            ("http://10.1.2.7/d.xml?abc", "http://10.1.2.7/d.xml?…"),
            ("http://10.1.2.7/d.xml#access_token=abc", "http://10.1.2.7/d.xml#access_token=…"),
            ("http://10.1.2.7/patients/mueller/d.xml", "http://10.1.2.7/patients/…/d.xml"),
            ("http://10.1.2.7/token/abc/d.xml", "http://10.1.2.7/token/…/d.xml"),
            ("http://10.1.2.7/key=abc/d.xml", "http://10.1.2.7/key=…/d.xml"),
            ("https://[fe80::1]:8443/", "https://[fe80::1]:8443/"),
            ("http://10.1.2.7:49152/rootDesc.xml", "http://10.1.2.7:49152/rootDesc.xml"),
        ])
    func `secrets in URLs are struck out, and nothing else`(url: String, left: String) {
        #expect(kept(url, .ssdpLocation) == left)
    }

    @Test(
        arguments: [
            ("anna:secret@pump.example:8080", "…@pump.example:8080"), ("pump.example", "pump.example"),
            ("[fe80::1]:80", "[fe80::1]:80"), ("10.1.2.7:8080", "10.1.2.7:8080"),
        ])
    func `of a Host header the host is kept, and not who asks`(host: String, left: String) {
        #expect(kept(host, .httpHost) == left)
    }

    @Test(
        arguments: [
            ("ward/3/pump/7/alarm", "ward/3/pump/7/alarm"),
            ("ward/patient/mueller/pulse", "ward/patient/…/pulse"),
            ("devices/eyJhbGciOi/state", "devices/…/state"),
            ("devices/anna@clinic.example/state", "devices/…/state"),
            ("v1/0123456789abcdef0123456789abcdef/state", "v1/…/state"),
            ("app/password/hunter2", "app/password/…"),
        ])
    func `secrets in topics are struck out, and nothing else`(topic: String, left: String) {
        #expect(kept(topic, .mqttTopic) == left)
    }

    @Test func `text is repaired, trimmed, and cut at a character's end`() {
        #expect(kept("  pump-7\u{0}\u{0} \n", .dhcpHostname) == "pump-7")
        #expect(kept(" \u{0}\t", .dhcpHostname) == nil)
        #expect(privacy.text(of: [0x61, 0xFF, 0x62].span, .dhcpHostname) == "a\u{FFFD}b")
        let long = String(repeating: "ä", count: 300)
        #expect(kept(long, .dhcpHostname) == String(repeating: "ä", count: 128))
        let broken = privacy.text(of: [UInt8](repeating: 0xFF, count: 256).span, .dhcpHostname)
        #expect(broken == String(repeating: "\u{FFFD}", count: 85))
    }
}
