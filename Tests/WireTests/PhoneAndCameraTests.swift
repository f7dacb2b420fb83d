//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// SIP and RTSP: do phones and cameras get their names?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

/// What a datagram taught; nil when it was refused.
private func sip(_ bytes: [UInt8]) -> [Field]? {
    var facts = Facts()
    let taken = SIP.read(bytes.span, Packet(), into: &facts)
    return taken || !facts.entries.isEmpty ? facts.entries.map(\.field) : nil
}

@Suite struct `SIP and RTSP` {
    @Test func `what is written is read`() {
        let register = SIP.register(
            user: "ward3", domain: "pbx", contact: "10.0.0.9:5060", userAgent: "snom320/8.4", call: 7)
        #expect(sip(register) == [.sipUserAgent])
        let answers = SIP.registered(
            user: "ward3", domain: "pbx", contact: "10.0.0.9:5060", server: "Asterisk 18", call: 7)
        let stream = OneDirection(answers + answers, pieces: 11) { SIP.read($0, .server, &$1, Packet(), into: &$2) }
        #expect(stream.facts == ["sip.server=Asterisk 18", "sip.server=Asterisk 18"])
    }

    @Test func `media between RTSP answers is skipped`() {
        var bytes = RTSP.answer(server: "Hikvision")
        bytes += [0x24, 0x00, 0x00, 0x04, 0x24, 0x24, 0x24, 0x24]
        bytes += RTSP.answer(server: "again", sequence: 2)
        for size in [1, 3, 500] {
            let stream = OneDirection(bytes, pieces: size) { RTSP.read($0, .server, &$1, Packet(), into: &$2) }
            #expect(stream.facts == ["rtsp.server=Hikvision", "rtsp.server=again"])
        }
        let options = RTSP.options("rtsp://10.0.0.1/", userAgent: "x")
        let isRecognised = RTSP.recognises(options.span, Packet())
        #expect(isRecognised)
    }

    @Test(arguments: ["\r\n\r\n", "REGISTER", "GET / HTTP/1.1\r\n\r\n", "SIP/2.0 abc \r\n", "\0\0\0\0"])
    func `other datagrams are refused`(text: String) {
        #expect(sip(Array(text.utf8)) == nil)
    }
}

/// Values from tshark (`sip.User-Agent`, `sip.Server`, RTSP headers).
@Suite(.enabled(if: Recordings.areHere)) struct `SIP and RTSP in recordings` {
    @Test(arguments: [
        ("infra/ndpi__sip.pcap", Field.sipUserAgent, ["Nero SIPPS IP Phone Version 2.0.51.16"]),
        (
            "infra/ndpi__sip.pcap", .sipServer,
            ["Cirpack/v4.38e (gw_sip)", "Sip EXpress router (0.8.12 (i386/linux))"]
        ),
        ("infra/wireshark__sip.pcapng", .sipUserAgent, ["CSCO/7"]),
        ("mdns-ssdp-wsd/ndpi__rtsp.pcap", .rtspServer, ["VLC/3.0.12"]),
        (
            "mdns-ssdp-wsd/ndpi__rtsp.pcap", .rtspUserAgent,
            ["LibVLC/3.0.16 (LIVE555 Streaming Media v2016.11.28)"]
        ),
    ])
    func `phones and cameras have their names`(path: String, field: Field, values: [String]) throws {
        #expect(try Reading.read(path).values(field) == values)
    }
}
