//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Management: RADIUS, NTP and syslog.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `RADIUS requests` {
    private let request = RADIUS.writeAccessRequest(
        identifier: 9, authenticator: Array(repeating: 0xA5, count: 16),
        station: HardwareAddress(bits: 0x0003_B100_0102),
        nasIdentifier: "sw-ward3", nasAddress: IPAddress(v4: 0x0A00_0001),
        calledStation: HardwareAddress(bits: 0x001A_1E00_0001))

    private func check(_ bytes: [UInt8]) -> Parsing {
        Parsing(bytes) { _ = RADIUS.read($0, Packet(), into: &$1) }
    }

    @Test func `a switch asks for a pump: the name is the pump's, the rest the switch's`() {
        #expect(
            check(request).facts == [
                "station 00:03:b1:00:01:02 radius.userName=0003B1000102", "radius.nasAddress=10.0.0.1",
                "radius.nasIdentifier=sw-ward3", "radius.calledStation=00-1A-1E-00-00-01",
                "radius.callingStation=00-03-B1-00-01-02",
            ])
    }

    @Test func `answers and broken lengths`() {
        var answer = request
        answer[0] = 2
        #expect(check(answer).facts.isEmpty)
        var broken = request
        broken[21] = 1  // an attribute cannot be shorter than its own header
        #expect(check(broken).oddities == [.radiusBadLength])
        var long = request
        long[2] = 15
        #expect(check(long).oddities.contains(.radiusBadLength))
    }

    @Test func `nothing breaks wherever the datagram is cut`() {
        for length in 0...request.count { _ = check(Array(request.prefix(length))) }
    }

    /// Expected values from `arkime__radius.pcap.expected.arkime.json` and tshark 4.0.17.
    @Test(.enabled(if: Recordings.areHere)) func `an access point's accounting in a recording`() throws {
        let reading = try Reading.read("infra/arkime__radius.pcap")
        let facts = reading.facts.filter { $0.field.protocolName == "radius" }
        #expect(Set(facts.filter { $0.field == .radiusUserName }.map(\.mac)) == ["98:5a:eb:89:80:00"])
        #expect(reading.values(.radiusNasAddress) == ["10.0.0.1"])
        #expect(reading.values(.radiusCallingStation) == ["985AEB898000"])
        #expect(reading.values(.radiusCalledStation) == ["001A1E000000"])
        #expect(reading.values(.radiusVendor) == ["14823"])
    }

    /// Expected values from the `.expected.tcpdump.out` beside it.
    @Test(.enabled(if: Recordings.areHere)) func `an access server with an IPv6 address`() throws {
        let reading = try Reading.read("infra/tcpd__RADIUS-RFC3162.pcap")
        #expect(reading.values(.radiusNasAddress) == ["2001:db8:a0b:12f0::1"])
        #expect(reading.values(.radiusUserName) == ["bob"])
    }
}

@Suite struct `NTP messages` {
    private func check(_ bytes: [UInt8]) -> [String] {
        Parsing(bytes) { _ = NTP.read($0, Packet(), into: &$1) }.facts
    }

    @Test func `questions tell the version, answers also stratum and source`() {
        #expect(check(NTP.write(seconds: 1)) == ["ntp.version=4"])
        #expect(
            check(NTP.write(version: 3, stratum: 1, reference: Array("DCF".utf8), seconds: 1))
                == ["ntp.version=3", "ntp.stratum=1", "ntp.reference=DCF"])
        #expect(
            check(NTP.write(stratum: 2, reference: [192, 0, 2, 9], seconds: 1))
                == ["ntp.version=4", "ntp.stratum=2", "ntp.reference=192.0.2.9"])
        #expect(check(Array(NTP.write(seconds: 1).prefix(47))).isEmpty)
    }

    /// Expected values from tshark 4.0.17.
    @Test(.enabled(if: Recordings.areHere)) func `servers in recordings`() throws {
        let phone = try Reading.read("mdns-ssdp-wsd/ndpi__android.pcap")
        #expect(phone.values(.ntpStratum) == ["1"])
        #expect(phone.values(.ntpReference) == ["GOOG"])
        let lab = try Reading.read("tls/ja4__gre-sample.pcap")
        #expect(lab.values(.ntpReference) == ["18.26.4.105", "192.5.41.209", "205.188.185.33"])
    }
}

@Suite struct `Syslog messages` {
    private func check(_ text: String) -> [String] {
        Parsing(Array(text.utf8)) { _ = Syslog.read($0, Packet(), into: &$1) }.facts
    }

    @Test(arguments: [
        ("<34>Oct 11 22:14:15 mymachine su: 'su root' failed", ["syslog.host=mymachine", "syslog.program=su"]),
        ("<34>Oct  1 22:14:15 mon-7 sshd[812]: Accepted", ["syslog.host=mon-7", "syslog.program=sshd"]),
        ("<13>Oct 11 22:14:15 robin: hello", ["syslog.program=robin"]),
        (
            "<165>1 2003-10-11T22:14:15.003Z ward3.lan evnt 9 ID47 - x",
            ["syslog.host=ward3.lan", "syslog.program=evnt"]
        ),
        ("<165>1 2003-10-11T22:14:15.003Z - - - - - Mustermann", []),
        ("<13>2013-09-12T19:16:43.513746+04:00 localhost dhcpd: x", ["syslog.host=localhost", "syslog.program=dhcpd"]),
        ("<189>30: *Sep 22 13:34:49.195: %SYS-5-CONFIG_I: Configured by admin", ["syslog.program=%SYS-5-CONFIG_I"]),
        ("<189>30: R1: .Sep 22 2021 13:34:49 UTC: %LINK-3-UP: x", ["syslog.host=R1", "syslog.program=%LINK-3-UP"]),
        ("<30>snmpd[6956]: Connection from UDP", ["syslog.program=snmpd"]),
        ("<189>date=2021-12-09 time=16:29:06 devname=\"ward-fw\" devid=\"F\"", ["syslog.host=ward-fw"]),
        ("<34>Patient Erika Mustermann was admitted: bed 3", []), ("<999>Oct 11 22:14:15 a b: c", []),
        ("<34>", []), ("<", []),
    ])
    func `host and program are found in every dialect, and nothing of the text`(message: String, facts: [String]) {
        #expect(check(message) == facts)
    }

    @Test func `what is written is read again`() {
        let message = Syslog.write(
            priority: 14, time: "2026-01-02T03:04:05Z", host: "disp-2", program: "vault", process: 7, text: "door open")
        #expect(check(String(decoding: message, as: UTF8.self)) == ["syslog.host=disp-2", "syslog.program=vault"])
    }

    /// Expected values from `ndpi__syslog.pcap` read by tshark 4.0.17, and the Zeek baselines beside the others.
    @Test(.enabled(if: Recordings.areHere)) func `recordings of many makers`() throws {
        let reading = try Reading.read("infra/ndpi__syslog.pcap")
        #expect(
            reading.values(.syslogHost) == [
                "ATMFLJQABIL-UT-83", "NDC3CLNDMVA22", "R1", "nb6", "ndc3lvmsdptd2", "pfSense.localdomain",
            ])
        #expect(
            reading.values(.syslogProgram) == [
                "%IPV6_ACL-6-ACCESSLOGP", "%LINEPROTO-5-UPDOWN", "%LINK-3-UPDOWN", "%LINK-5-CHANGED", "%SYS-5-CONFIG_I",
                "%SYS-6-LOGGINGHOST_STARTSTOP", "NetworkManager", "chillispot", "filebeat", "kernel", "nbd", "snmpd",
                "ssg", "suricata",
            ])
        let stream = try Reading.read("infra/zeek__tcp-syslog.pcap")
        #expect(stream.values(.syslogHost) == ["mymachine"])
        #expect(stream.values(.syslogProgram) == ["su"])
        #expect(try Reading.read("malformed/zeek__syslog-missing-pri.pcap").oddities[.syslogMissingPriority] == 1)
    }
}
