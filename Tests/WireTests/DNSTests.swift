//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// DNS, mDNS, LLMNR: does it read what is asked and what is offered, and survive every pointer?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `DNS messages` {
    private func read(_ message: [UInt8], port: UInt16 = 53) -> Told { Told(message, port: port, by: DNS.read) }

    @Test func `a question is kept in the asker's spelling`() {
        #expect(read(DNS.query("Time.Windows.com", transaction: 7)).facts == [" dns.query=Time.Windows.com"])
    }

    @Test func `a server's answer says nothing of the server`() {
        let answer = DNS.answer("time.example", addresses: [IPAddress(v4: 1)], transaction: 7)
        #expect(read(answer).facts == [])
        #expect(read(answer).isRecognised)
    }

    @Test func `a station's services, host, names and texts are its own`() {
        let message = DNS.announcement(
            host: "monitor-12.local", addresses: [IPAddress(v4: 0x0A01_0207)],
            services: [
                .init(
                    instance: "Bed 12. Monitor", type: "_ipp._tcp.local", port: 631,
                    texts: ["ty=Model 5", "note=ICU"])
            ])
        let found = read(message, port: 5_353).facts
        #expect(
            Set(found) == [
                " mdns.service=_ipp._tcp.local", " mdns.service=Bed 12. Monitor._ipp._tcp.local",
                " mdns.name=Bed 12. Monitor", " mdns.host=monitor-12.local", " mdns.name=monitor-12.local",
                " mdns.txt=ty=Model 5", " mdns.txt=note=ICU",
            ])
    }

    @Test func `answers that a multicast asker knows already are not its own`() {
        var message = DNS.announcement(
            host: "other.local", addresses: [IPAddress(v4: 1)],
            services: [.init(instance: "Other", type: "_ipp._tcp.local", port: 631, texts: [])])
        message[2] = 0  // a question, not an answer
        #expect(read(message, port: 5_353).facts == [])
    }

    @Test func `what a station claims while it probes is its own`() {
        var message = DNS.announcement(host: "new.local", addresses: [IPAddress(v4: 1)], services: [])
        message[2] = 0
        message.swapAt(7, 9)  // the record stands in the authority section
        #expect(read(message, port: 5_353).facts == [" mdns.host=new.local", " mdns.name=new.local"])
    }

    @Test func `a station answers by LLMNR for its own name`() {
        let answer = DNS.answer("PUMP-7", addresses: [IPAddress(v4: 1)], transaction: 7)
        #expect(read(answer, port: 5_355).facts == [" llmnr.name=PUMP-7"])
        #expect(read(DNS.query("wpad", transaction: 7), port: 5_355).facts == [" llmnr.query=wpad"])
    }

    /// Header of a question for one name, then `name`.
    private func question(_ name: [UInt8]) -> [UInt8] { [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + name + [0, 1, 0, 1] }

    @Test(
        arguments: [
            ([0xC0, 0x0C], .dnsNameLoop), ([0xC0, 0x0E, 0xC0, 0x0C], .dnsNameLoop),
            ([1, 0x61, 0xC0, 0x0E], .dnsNameLoop),
            ([0xC0, 0xFF], .dnsNameLoop), ([0x40, 0x61], .dnsBadName), ([63, 0x61], .dnsBadName),
        ] as [([UInt8], Oddity)])
    func `a name that leads nowhere is named and left`(name: [UInt8], oddity: Oddity) {
        let told = read(question(name))
        #expect(told.facts == [])
        #expect(told.oddities == [oddity])
    }

    @Test func `a name may be 255 octets long, not one more`() {
        let labels = Array(repeating: [UInt8(49)] + [UInt8](repeating: 0x61, count: 49), count: 5).flatMap(\.self)
        let rest: [UInt8] = [3, 0x62, 0x62, 0x62, 0]
        #expect(read(question(labels + rest)).facts.first?.utf8.count == " dns.query=".utf8.count + 253)
        #expect(read(question(labels + [4, 0x62] + rest.dropFirst())).oddities == [.dnsBadName])
    }

    @Test func `neither a cut nor a changed message stops it`() {
        for message in Samples.names { Told.survives(message, ports: [53, 5_353, 5_355], DNS.read) }
    }
}

/// Expected values from tshark 4.0.17 and, where named, from what comes with the recording.
@Suite(.enabled(if: Recordings.areHere)) struct `DNS recordings` {
    private func values(_ path: String, _ field: Field, of mac: String) throws -> [String] {
        var found: [String] = []
        for fact in try Reading.facts(in: path) where fact.field == field && fact.mac == mac {
            if !found.contains(fact.value) { found.append(fact.value) }
        }
        return found
    }

    @Test func `questions stand with the station that asked`() throws {
        let path = "infra/arkime__dns-wiresharkrepo.pcap"
        #expect(
            try values(path, .dnsQuery, of: "00:e0:18:b1:0c:ad") == [
                "google.com", "104.9.192.66.in-addr.arpa", "www.netbsd.org", "www.google.com", "www.l.google.com",
                "www.example.com", "www.example.notginh", "www.isc.org", "1.0.0.127.in-addr.arpa", "isc.org",
            ])
        #expect(
            try values("infra/tcpd__dns_udp.pcap", .dnsQuery, of: "00:11:22:33:44:55") == ["www.tcpdump.org"])
    }

    @Test func `a light bridge offers its service under its name`() throws {
        let path = "iot-setup/HueBridge/Setup-A-2-STA.pcap"
        let mac = "00:17:88:24:76:ff"
        #expect(
            try values(path, .mdnsService, of: mac)
                == ["_hap._tcp.local", "Philips hue - 2476FF._hap._tcp.local"])
        #expect(try values(path, .mdnsName, of: mac) == ["Philips hue - 2476FF", "Philips-hue.local"])
        #expect(try values(path, .mdnsHost, of: mac) == ["Philips-hue.local"])
        let texts = try values(path, .mdnsTxt, of: mac)
        for expected in ["md=BSB002", "id=00:17:88:24:76:FF", "pv=1.0", "ci=2"] { #expect(texts.contains(expected)) }
    }

    @Test func `a home hub tells its model and version`() throws {
        let texts = try values("iot-setup/D-LinkHomeHub/Setup-A-2-STA.pcap", .mdnsTxt, of: "1c:5f:2b:aa:fd:4e")
        for expected in ["model_number=DCH-G020", "hardware_ver=A2", "version=0124"] {
            #expect(texts.contains(expected))
        }
    }

    @Test func `answers without a question are the sender's own (Zeek)`() throws {
        let reading = try Reading.read("mdns-ssdp-wsd/zeek__mdns-no-assoc.pcap")
        #expect(reading.values(.mdnsHost).contains("unrelated-reply-a.local"))
        #expect(reading.values(.mdnsQuery).contains("v6-initial.local"))
    }

    @Test func `LLMNR is read over datagrams and over streams (Suricata)`() throws {
        let match = try Reading.read("mdns-ssdp-wsd/suri__llmnr__llmnr-hostname-match__input.pcap")
        #expect(match.values(.llmnrQuery).contains("malicious-c2.local"))
        #expect(match.values(.llmnrName).contains("malicious-c2.local"))
        let stream = try Reading.read("mdns-ssdp-wsd/suri__llmnr__llmnr-tcp__input.pcap")
        #expect(stream.values(.llmnrQuery) == ["workstation"])
        let pieces = try Reading.read("mdns-ssdp-wsd/suri__llmnr__llmnr-tcp-reassembly__input.pcap")
        #expect(pieces.values(.llmnrQuery) == ["test"])
    }

    @Test func `every question of a message is read, a repeated one too (Zeek)`() throws {
        let reading = try Reading.read("malformed/zeek__conn-count-too-large.pcap")
        #expect(reading.values(.dnsQuery) == ["example.com"])
    }
}
