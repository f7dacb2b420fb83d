//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Weak controls of devices: what counts, and what does not.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model
import Testing

/// Goal: a door that is not locked is told with what was seen; a locked one, and one that nobody saw into, is not.
@Suite struct `Weak controls of a device` {
    private static let span = Observation.Span(
        first: Timestamp(seconds: 1_700_000_000), last: Timestamp(seconds: 1_700_000_600))

    private func device(
        _ kind: DeviceClass = .unknown, facts: [(Field, String)] = [],
        serves: [(String, UInt16)] = [], uses: [(String, UInt16)] = []
    ) -> Device {
        var device = Device(id: "dev-0123456789ab", site: "main", span: Self.span)
        device.deviceClass = kind
        device.mac = [HardwareAddress(bits: 0x0009_FB00_0001)]
        device.facts = facts.map { FactSummary(field: $0.0, value: $0.1, count: 3, span: Self.span) }
        func use(_ side: Device.Use.Side) -> ((String, UInt16)) -> Device.Use {
            { Device.Use(service: Service(name: $0.0, port: $0.1, transport: .tcp), side: side) }
        }
        device.services = (serves.map(use(.server)) + uses.map(use(.client))).sorted()
        return device
    }

    private func rules(_ device: Device) -> [String] { DeviceControls.findings(of: device).map(\.rule) }

    @Test func `secrets that were sent to it are told, those that it sent are the server's`() throws {
        let broker = device(facts: [(.clearCredentialTaken, "mqtt password"), (.clearCredentialTaken, "ftp password")])
        let found = try #require(DeviceControls.findings(of: broker).first)
        #expect(found.rule == "control.clearCredential" && found.severity == .high && found.since == Self.span.first)
        #expect(found.title.contains("mqtt password, ftp password") && found.evidence.map(\.seen) == [3, 3])
        #expect(found.addresses == broker.mac)
        #expect(rules(device(facts: [(.clearCredentialSent, "mqtt password")])).isEmpty)
    }

    @Test func `a login that was only asked for is no secret that was taken`() {
        let asked = [(Field.clearCredentialTaken, "telnet login")]
        #expect(rules(device(facts: asked, serves: [("telnet", 23)])) == ["control.telnet"])
        let typed = asked + [(.clearCredentialTaken, "telnet session")]
        #expect(rules(device(facts: typed, serves: [("telnet", 23)])) == ["control.clearCredential", "control.telnet"])
        #expect(rules(device(facts: [(.clearCredentialTaken, "telnet session")])).isEmpty)
    }

    @Test func `the community that everybody knows is worse than another`() {
        #expect(rules(device(facts: [(.clearCredentialTaken, "snmp v2c public")])) == ["control.defaultCommunity"])
        #expect(rules(device(facts: [(.clearCredentialTaken, "snmp v1 private")])) == ["control.defaultCommunity"])
        #expect(rules(device(facts: [(.clearCredentialTaken, "snmp v2c community")])) == ["control.snmpClear"])
        #expect(
            rules(
                device(facts: [
                    (.clearCredentialTaken, "snmp v1 public"), (.clearCredentialTaken, "snmp v2c community"),
                ]))
                == ["control.defaultCommunity"])
        #expect(rules(device(facts: [(.clearCredentialSent, "snmp v2c public")])).isEmpty, "a manager asks")
        #expect(rules(device(facts: [(.snmpVersion, "3")])).isEmpty)
    }

    @Test(arguments: [
        ("SSL 3.0", true), ("TLS 1.0", true), ("TLS 1.1", true), ("TLS 1.2", false), ("TLS 1.3", false),
        ("DTLS 1.0", true), ("DTLS 1.2", false), ("TLS 1.3 draft 23", false),
    ])
    func `a server below TLS 1.2 is old`(version: String, isOld: Bool) {
        #expect(rules(device(facts: [(.tlsVersion, version)])) == (isOld ? ["control.oldTLS"] : []))
    }

    @Test func `clinical protocols in clear are told, of a medical device on both sides`() {
        #expect(rules(device(serves: [("hl7", 2_575)])) == ["control.plainClinical"])
        #expect(rules(device(serves: [("dicom", 104)])) == ["control.plainClinical"])
        #expect(rules(device(.medical, uses: [("hl7", 2_575)])) == ["control.plainClinical"])
        #expect(rules(device(.it, uses: [("dicom", 104)])).isEmpty)
        #expect(rules(device(.medical, serves: [("http", 80)])) == ["control.plainClinical"])
        #expect(rules(device(.medical, uses: [("http", 80)])).isEmpty)
        #expect(rules(device(.it, serves: [("http", 80), ("ftp", 21), ("mqtt", 1_883)])).isEmpty)
        let pump = DeviceControls.findings(of: device(.medical, serves: [("http", 80)], uses: [("mqtt", 1_883)]))
        #expect(pump.map(\.severity) == [.medium] && pump[0].title == "Speaks HTTP, MQTT without encryption")
        #expect(DeviceControls.findings(of: device(serves: [("hl7", 2_575)])).map(\.severity) == [.low])
    }

    @Test func `what is inside TLS is not plain, at whatever port`() {
        #expect(rules(device(serves: [("tls", 2_575)])).isEmpty)
        #expect(rules(device(serves: [("hl7", 2_575), ("tls", 2_575)])).isEmpty)
        #expect(rules(device(serves: [("hl7", 2_576), ("tls", 2_575)])) == ["control.plainClinical"])
        #expect(rules(device(.medical, serves: [("tcp", 104)], uses: [("tls", 8_883)])).isEmpty)
    }

    @Test func `one that was only counted has none, and evidence has an end`() {
        var stub = device(serves: [("telnet", 23)])
        stub.isStub = true
        #expect(rules(stub).isEmpty)
        let many = device(serves: (0..<64).map { ("dicom", UInt16(1_000 + $0)) })
        #expect(DeviceControls.findings(of: many).map(\.evidence.count) == [16])
    }
}
