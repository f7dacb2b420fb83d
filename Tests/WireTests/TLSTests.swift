//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// TLS: hellos and certificates over records and segments, after SOCKS, CONNECT and in CAPWAP.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Wire

private func text(_ facts: Facts, _ field: Field) -> [String] {
    facts.entries.filter { $0.field == field }.map { String(decoding: array(facts.value(of: $0)), as: UTF8.self) }
}

/// Feeds one direction of a stream in pieces, as the stream layer does: what was not taken is shown again.
private func feed(
    _ stream: [UInt8], pieces: Int, _ side: StreamSide = .client
) -> (facts: Facts, last: StreamProgress?) {
    var facts = Facts()
    var memory: StreamMemory = 0
    var taken = 0
    var shown = 0
    var last: StreamProgress?
    while shown < stream.count {
        shown = min(shown + pieces, stream.count)
        while taken < shown {
            let progress = TLS.read(stream.span.extracting(taken..<shown), side, &memory, Packet(), into: &facts)
            last = progress
            guard case .took(let count) = progress, count > 0 else { break }
            taken += count
        }
        if last == .finished || last == .notMine { break }
    }
    return (facts, last)
}

/// Goal: who opens and who answers is known however the handshake is cut up.
@Suite struct `TLS streams` {
    private static let offer = TLS.Offer(
        serverName: "pump-17.ward.example", protocols: ["h2", "http/1.1"], random: [7, 7, 7])

    @Test(arguments: [16_384, 100, 64, 7, 3, 1])
    func `a hello over records of any size`(size: Int) {
        let stream = TLS.writeRecords(TLS.writeClientHello(Self.offer), version: 0x0301, size: size)
        for pieces in [stream.count, 50, 1] {
            let (facts, _) = feed(stream, pieces: pieces)
            #expect(text(facts, .tlsSni) == ["pump-17.ward.example"])
            #expect(text(facts, .tlsAlpn) == ["h2,http/1.1", "h2", "http/1.1"])
            #expect(text(facts, .tlsJa4).count == 1)
        }
    }

    @Test(arguments: [16_384, 200, 5])
    func `names in the server's certificate`(size: Int) {
        let certificate = Certificate.write(
            commonName: "XRX9C934E949FEF", organization: "Xerox Corporation", issuer: "Generic Root",
            names: ["xrx.local", "printer.example"])
        let flight = TLS.writeServerHello(random: [1]) + TLS.writeCertificates([certificate, certificate])
        let stream = TLS.writeRecords(flight + TLS.writeServerHelloDone(), size: size)
        for pieces in [stream.count, 11] {
            let (facts, _) = feed(stream, pieces: pieces, .server)
            #expect(text(facts, .tlsVersion) == ["TLS 1.2"])
            #expect(text(facts, .tlsServerCipher) == ["009c"])
            #expect(text(facts, .tlsServerExtensions) == ["ff01,0017"])
            #expect(text(facts, .tlsCertificateSubject) == ["XRX9C934E949FEF"])
            #expect(text(facts, .tlsCertificateOrganization) == ["Xerox Corporation"])
            #expect(text(facts, .tlsCertificateIssuer) == ["Generic Root"])
            #expect(text(facts, .tlsCertificateName) == ["xrx.local", "printer.example"])
            #expect(facts.oddities.isEmpty)
        }
    }

    @Test func `after the change to ciphers all is said`() {
        let hello = TLS.writeRecords(TLS.writeClientHello(Self.offer))
        #expect(feed(hello + [20, 3, 3, 0, 1, 1], pieces: 10_000).last == .finished)
        #expect(feed(hello + TLS.writeApplicationData([1, 2, 3]), pieces: 10_000).last == .finished)
    }

    @Test func `a hello longer than is ever kept is stepped over`() {
        let stream = TLS.writeRecords([1, 0, 0x80, 0] + Array(repeating: 0, count: 0x8000)) + [20, 3, 3, 0, 1, 1]
        let (facts, last) = feed(stream, pieces: 1_000)
        #expect(last == .finished)
        #expect(facts.entries.isEmpty)
        #expect(facts.oddities.contains(.tlsTooLong))
    }

    /// RFC 5246, appendix E.2: the form of SSL 2.0, which tshark shows in the D-LinkCam recordings.
    @Test func `a hello in the form of SSL 2.0 is stepped over`() {
        let challenge = [UInt8](repeating: 5, count: 16)
        let old = [0x80, 0x1C, 1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 0x2F] + challenge
        let isRecognised = TLS.recognises(old.span, Packet())
        #expect(isRecognised)
        let (_, last) = feed(old + [22, 3, 1, 0, 4, 16, 0, 0, 0] + [20, 3, 1, 0, 1, 1], pieces: 10_000)
        #expect(last == .finished)
    }

    @Test(arguments: [
        [0x16, 3, 1, 0, 0] as [UInt8], [0x16, 3, 9, 0, 5, 1], [0x16, 2, 1, 0, 5, 1], [0x16, 3, 1, 0xFF, 0xFF, 1],
        [0x16, 3, 1, 0, 50, 77], [0x16, 3, 1, 0, 50, 1, 0, 0, 46, 9, 9], [0x17, 3, 3, 0, 5, 1], [0x80, 0x1C, 1, 3, 1],
    ])
    func `what only looks like it is not taken for it`(bytes: [UInt8]) {
        let isRecognised = TLS.recognises(bytes.span, Packet())
        #expect(!isRecognised)
    }

    @Test func `people's certificates keep their owner's name`() {
        for name in ["jane@hospital.example", "Jane Doe"] {
            let stream = TLS.writeRecords(
                TLS.writeClientHello(Self.offer)
                    + TLS.writeCertificates([Certificate.write(commonName: name, issuer: "Staff CA")]))
            let (facts, _) = feed(stream, pieces: 10_000)
            #expect(text(facts, .tlsCertificateSubject).isEmpty)
            #expect(text(facts, .tlsCertificateIssuer) == ["Staff CA"])
        }
        let device = TLS.writeRecords(TLS.writeCertificates([Certificate.write(commonName: "monitor-0815")]))
        #expect(text(feed(device, pieces: 10_000).facts, .tlsCertificateSubject) == ["monitor-0815"])
    }

    @Test func `broken handshakes of any kind stop nothing`() {
        let certificate = Certificate.write(commonName: "a", names: ["b"])
        let stream =
            TLS.writeRecords(TLS.writeClientHello(Self.offer), size: 90)
            + TLS.writeServerFlight(certificate: certificate, random: [2])
        var state: UInt64 = 42
        for _ in 0..<2_000 {
            var broken = stream
            for _ in 0..<4 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                broken[Int(state >> 33) % broken.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            _ = feed(broken, pieces: 300)
        }
    }
}

/// Goal: right names on the right device, from the recordings. Values from `ja4-rust.snap`, `arkime.json`, `ndpi.out`
/// and `tshark -T fields -e tls.handshake.extensions_server_name -e x509sat.*`.
@Suite(.enabled(if: Recordings.areHere)) struct `TLS of the recordings` {
    @Test(arguments: [
        ("tls/ja4__tls12.pcap", "192.168.133.129", Field.tlsSni, ["contile.services.mozilla.com"]),
        ("tls/ja4__socks-https-example.pcap", "10.180.156.185", .tlsSni, ["www.example.com"]),
        ("tls/arkime__tls-split-client-hello.pcap", "10.1.17.215", .tlsSni, ["clients2.google.com"]),
        ("tls/arkime__https-generalizedtime.pcap", "10.0.0.1", .tlsSni, ["mail.yandex.com"]),
        (
            "tls/arkime__https-generalizedtime.pcap", "10.0.0.1", .tlsAlpn,
            ["http/1.1", "spdy/3", "spdy/3,spdy/3.1,http/1.1", "spdy/3.1"]
        ),
        ("tls/arkime__https-generalizedtime.pcap", "10.0.0.2", .tlsCertificateSubject, ["mail.yandex.ru"]),
        ("tls/arkime__https-generalizedtime.pcap", "10.0.0.2", .tlsCertificateIssuer, ["Certum Level IV CA"]),
        ("tls/arkime__badcurveball.pcap", "54.226.182.138", .tlsCertificateIssuer, ["INFIGO"]),
        ("tls/arkime__badcurveball.pcap", "54.226.182.138", .tlsCertificateName, ["bad.curveballtest.com"]),
        ("tls/ja4__https-connect.pcap", "10.9.8.7", .tlsCertificateSubject, ["lfoup01-b.cloudsink.net"]),
        ("tls/ja4__ipv6.pcapng", "2606:4700::6811:d209", .tlsCertificateSubject, ["cloudflare.com"]),
        ("tls/ja4__socks4-https.pcap", "10.0.0.2", .tlsCertificateSubject, ["login.live.com"]),
        ("tls/ndpi__ja3_lots_of_cipher_suites.pcap", "10.206.65.249", .tlsCertificateSubject, ["XRX9C934E949FEF"]),
        (
            "tls/ndpi__ja3_lots_of_cipher_suites.pcap", "10.206.65.249", .tlsCertificateOrganization,
            ["Xerox Corporation"]
        ),
        ("tls/ndpi__selfsigned.pcap", "127.0.0.1", .tlsSni, ["localhost"]),
        (
            "tls/ndpi__tls_verylong_certificate.pcap", "151.101.66.49", .tlsCertificateSubject,
            ["p2.shared.global.fastly.net"]
        ),
        ("tls/zeek__tls-expired-cert.pcap", "122.1.240.204", .tlsCertificateSubject, ["www.tobu-estate.com"]),
        ("tls/zeek__client-certificate.pcap", "54.36.191.227", .tlsCertificateSubject, ["certauth.idrix.fr"]),
        // A person's: its subject is an e-mail address.
        ("tls/zeek__client-certificate.pcap", "192.168.0.64", .tlsCertificateSubject, []),
        ("tls/zeek__heartbleed-success.pcap", "107.170.241.107", .tlsVersion, ["TLS 1.2"]),
        ("tls/zeek__tls13_wolfssl.pcap", "192.168.186.134", .tlsServerCipher, ["1302"]),
        ("tls/ja4__dtls-udp.notest.cap", "188.40.206.23", .tlsVersion, ["DTLS 1.0"]),
        ("tls/wireshark__dtls12-aes128ccm8.pcap", "127.0.0.1", .tlsServerCipher, ["c0a8"]),
        ("tls/suri__quic-ietf-ja3__input.pcap", "10.168.234.1", .quicVersion, ["1"]),
        ("tls/suri__quic-ietf-ja3__input.pcap", "138.91.188.147", .tlsServerCipher, ["1302"]),
        // Its server rolls dice for the second bit (RFC 9287).
        ("tls/ndpi__quic-34.pcap", "192.168.56.198", .tlsServerCipher, ["1301"]),
        // In CAPWAP's DTLS the access point and its controller show Cisco's factory certificates.
        ("lldp-cdp/ndpi__capwap.pcap", "192.168.10.10", .tlsCertificateSubject, ["AP3G2-b83861f305ac"]),
        ("lldp-cdp/ndpi__capwap.pcap", "192.168.10.9", .tlsCertificateSubject, ["AIR-CT2504-K9-24e9b347ae20"]),
        ("infra/wireshark__wpa-eap-tls.pcap", "", .tlsJa4, ["t10i550300_59f835f43fe7_990b54203475"]),
        ("tls/ndpi__quic-34.pcap", "192.168.56.1", .quicVersion, ["draft-34"]),
        ("tls/ja4__chrome-cloudflare-quic-with-secrets.pcapng", "2001:db8:1::1", .tlsSni, ["cloudflare-quic.com"]),
        (
            "tls/ja4__chrome-cloudflare-quic-with-secrets.pcapng", "2001:db8:1::1", .tlsAlpn,
            ["h2", "h2,http/1.1", "h3", "http/1.1"]
        ),
    ])
    func `names on the right device`(path: String, address: String, field: Field, expected: [String]) throws {
        let facts = try Reading.facts(in: path).filter { $0.ip == address && $0.field == field }
        #expect(Set(facts.map(\.value)).sorted() == expected)
    }
}
