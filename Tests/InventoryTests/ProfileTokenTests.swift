//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Tokens: does what is learnt tell of the kind, and never of the one?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

/// Goal: two devices of a kind say the same tokens, wherever they stand and whoever owns them.
@Suite struct `Tokens` {
    static let span = Observation.Span(first: .epoch, last: .epoch)

    static func device(_ mac: String, _ facts: [(Field, String)], _ services: [Device.Use] = []) -> Device {
        var device = Device(id: "dev-000000000000", site: "main", span: span)
        device.mac = HardwareAddress(mac).map { [$0] } ?? []
        device.facts = facts.map { FactSummary(field: $0.0, value: $0.1, count: 1, span: span) }
        device.services = services
        return device
    }

    static func tokens(_ field: Field, _ value: String, mac: String = "6c:72:20:c5:17:5a") -> [String] {
        device(mac, [(field, value)]).profileTokens().map { "\($0.kind) \($0.value)" }
    }

    @Test(
        arguments: [
            (.dhcpHostname, "DCS-935L", ["dhcp.hostname dcs-935l"]),
            (.dhcpHostname, "GainSpan20c5175a", ["dhcp.hostname gainspan#"]),
            (.dhcpHostname, "ESP_C5175A", ["dhcp.hostname esp_#"]),
            (.dhcpHostname, "KEQ0817541", ["dhcp.hostname keq#"]),
            (.dhcpHostname, "Anna's iPhone", ["dhcp.hostname #'s iphone"]),
            (.mdnsHost, "dch175A.local", ["mdns.host dch#.local"]),
            (.mdnsHost, "ab12cd34-1111-2222-3333-0123456789ab.local", ["mdns.host #.local"]),
            (.tlsJa4, "t12i700500_d1ca360fb3a8_a1e935682795", ["tls.ja4 t12i700500_d1ca360fb3a8_a1e935682795"]),
            (.dhcpParameterRequestList, "1,3,28,6", ["dhcp.parameterRequestList 1,3,28,6"]),
            (.dnsQuery, "r0801.dch.dlink.com", ["dns.query r#.dch.dlink.com", "domain dlink.com"]),
            (.dnsQuery, "www.example.co.uk", ["dns.query www.example.co.uk", "domain example.co.uk"]),
            (.dnsQuery, "3.openwrt.pool.ntp.org", ["domain ntp.org"]),
            (.httpHost, "bridge.meethue.com:80", ["domain meethue.com", "http.host bridge.meethue.com"]),
            (.mdnsTxt, "model_number=DCH-S160", ["mdns.txt.model_number dch-s160"]),
            (.mdnsTxt, "version=0124", ["mdns.txt.version 0124"]),
            (
                .mdnsService, "_http._tcp.local", ["mdns.service _http._tcp.local"]
            ),
            (
                .mdnsService, "D-Link HNAP Service (2)._dhnap._tcp.local",
                ["mdns.instance d-link hnap service", "mdns.service _dhnap._tcp.local"]
            ),
            (
                .ssdpUsn, "uuid:Socket-1_0-221517K110005B::urn:Belkin:device:controllee:1",
                ["ssdp.usn socket-1_0-#", "upnp.device urn:belkin:device:controllee:1"]
            ),
            (.ssdpLocation, "http://10.10.10.252:49153/setup.xml", ["ssdp.location :#/setup.xml"]),
            (
                .httpUserAgent, "Wget/1.13 (linux-uclibc)",
                [
                    "http.userAgent wget/1.13 (linux-uclibc)", "http.userAgent.word linux-uclibc",
                    "http.userAgent.word wget",
                ]
            ),
        ] as [(Field, String, [String])])
    func `keep the kind and blank the individual`(field: Field, value: String, expected: [String]) {
        #expect(Self.tokens(field, value) == expected)
    }

    @Test(
        arguments: [
            (.dhcpClientId, "6c:72:20:c5:17:5a"), (.dhcpHostname, "6c:72:20:c5:17:5a"), (.dnsQuery, "gw"),
            (.dnsQuery, "pacs.lan"), (.dnsQuery, "10.10.10.1"), (.dnsQuery, "1.10.10.10.in-addr.arpa"),
            (.dnsQuery, "www.google.com.Belkin"),
            (.dnsQuery, "alt8-mtalk.google.com"), (.wifiSsid, "Ward 7"), (.mdnsTxt, "mac=6C:72:20:C5:17:5A"),
            (.mdnsTxt, "wlan0_ssid=DCH-S160-175A"), (.ssdpSt, "uuid:f5bd487e-816d-5ea6-bef9-0d89f9950a72"),
            (.ssdpUsn, "uuid:f5bd487e-816d-5ea6-bef9-0d89f9950a72"), (.dicomCallingAE, "CT_ICU"),
            (.hl7SendingFacility, "ST ELSEWHERE"), (.lldpMedSerial, "123"), (.snmpSysName, "sw-3"),
            (.dhcpHostname, "\u{202E}\u{0007}"), (.httpHost, ""), (.ssdpLocation, "http://10.0.0.1"),
        ] as [(Field, String)])
    func `names of a device, a person or a place leave none`(field: Field, value: String) {
        #expect(Self.tokens(field, value) == [])
    }

    @Test func `a service counts by its port only where the protocol has none of its own`() {
        let uses = [
            Device.Use(service: Service(name: "dns", port: 53, transport: .udp), side: .client),
            Device.Use(service: Service(name: "tls", port: 50_443, transport: .tcp), side: .client),
            Device.Use(service: Service(name: "udp", port: 41_234, transport: .udp), side: .client),
            Device.Use(service: Service(name: "tcp", port: 9_292, transport: .tcp), side: .client),
            Device.Use(service: Service(name: "http", port: 80, transport: .tcp), side: .server),
        ]
        let tokens = Self.device("02:00:00:00:00:01", [], uses).profileTokens().map { "\($0.kind) \($0.value)" }
        #expect(tokens == ["client dns", "client tcp/9292", "client tls/50443", "client udp/other", "server http/80"])
    }

    @Test func `names in the capture's own domain do not count where it is known`() {
        let device = Self.device(
            "02:00:00:00:00:01", [(.dnsQuery, "pacs.st-elsewhere.org"), (.dnsQuery, "ntp.philips.com")])
        let tokens = device.profileTokens(without: ["st-elsewhere.org"])
        #expect(tokens.map(\.value) == ["ntp.philips.com", "philips.com"])
    }

    @Test func `no text makes it stumble, and none comes out too long or unseen`() {
        let hostile = [
            String(repeating: "a", count: 4_096), String(repeating: "é", count: 300), "\u{0}\u{1B}[2J", "====",
            "._._._",
            "uuid:::::", "http://", "http://:/", "::", "'s ", "@@@@", "a@b", "1.2.3", "....", "-", "\u{1F600}'s x",
            String(repeating: "1", count: 500), "x (", "x (2", ")", "=", "a=", "=b", "\u{FEFF}",
        ]
        for field in Field.allCases {
            for text in hostile {
                for token in Self.device("6c:72:20:c5:17:5a", [(field, text)]).profileTokens() {
                    #expect(token.value.utf8.count <= ProfileToken.longest && !token.value.isEmpty)
                    #expect(!token.value.unicodeScalars.contains { $0.isHidden })
                    #expect(!token.kind.isEmpty && !token.kind.contains(" "))
                }
            }
        }
    }
}
