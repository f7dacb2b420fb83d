//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// JA4: the published vectors, the edges of its rules, and every fingerprint that comes with the recordings.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Wire

/// The example of the specification (FoxIO-LLC/ja4, technical_details/JA4.md).
private func published() -> TLS.Offer {
    TLS.Offer(
        serverName: "example.com", protocols: ["h2", "http/1.1"],
        ciphers: [
            0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D,
            0x002F, 0x0035,
        ],
        extensions: [
            0x001B, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002D, 0x000D, 0x0005, 0x0023, 0x0012, 0x002B, 0xFF01,
            0x000B, 0x000A, 0x0015,
        ],
        signatureAlgorithms: [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601], random: [1, 2, 3])
}

private func values(_ facts: Facts, _ field: Field) -> [String] {
    facts.entries.filter { $0.field == field }.map { String(decoding: array(facts.value(of: $0)), as: UTF8.self) }
}

private func ja4(_ offer: TLS.Offer, _ carrier: ClientHello.Carrier = .tcp) -> String? {
    var facts = Facts()
    let cookie: [UInt8]? = carrier == .datagrams ? [] : nil
    let message = TLS.writeClientHello(offer, cookie: cookie)
    ClientHello.report(message.span.from(4), carrier, into: &facts)
    return values(facts, .tlsJa4).first
}

/// Some letters of a fingerprint.
private func part(_ fingerprint: String?, _ range: Range<Int>) -> String {
    String(decoding: Array((fingerprint ?? "").utf8.dropFirst(range.lowerBound).prefix(range.count)), as: UTF8.self)
}

/// Goal: the same text for the same software as every other tool that follows the specification.
@Suite struct `JA4 fingerprints` {
    @Test func `the example of the specification`() {
        #expect(ja4(published()) == "t13d1516h2_8daaf6152771_e5627efa2ab1")
    }

    @Test func `without signature algorithms the list of extensions stands alone`() {
        var offer = published()
        offer.signatureAlgorithms = []
        #expect(ja4(offer) == "t13d1516h2_8daaf6152771_6d807ffa2a79")
    }

    @Test func `GREASE counts nowhere`() {
        var offer = published()
        offer.ciphers = [0x0A0A] + offer.ciphers + [0xFAFA]
        offer.extensions = [0x1A1A] + offer.extensions + [0xEAEA]
        offer.versions = [0xDADA, 0x0304, 0x0303]
        offer.signatureAlgorithms = [0x2A2A] + offer.signatureAlgorithms
        #expect(ja4(offer) == "t13d1516h2_8daaf6152771_e5627efa2ab1")
    }

    @Test(arguments: [
        (UInt16(0x0A0A), true), (0x1A1A, true), (0xFAFA, true), (0x0A1A, false), (0x0B0B, false), (0x1A0A, false),
        (0, false),
    ])
    func `GREASE is what RFC 8701 lists`(value: UInt16, isGREASE: Bool) {
        #expect(JA4.isGREASE(value) == isGREASE)
    }

    @Test func `a client that offers nothing has zeros`() {
        var offer = published()
        offer.ciphers = []
        offer.extensions = []
        offer.legacyVersion = 0x0301
        #expect(ja4(offer) == "t10i000000_000000000000_000000000000")
    }

    @Test func `server name and protocols are counted but not hashed`() {
        var offer = published()
        offer.extensions = [0, 16]
        #expect(ja4(offer) == "t12d1502h2_8daaf6152771_000000000000")
    }

    @Test func `above 99 it says 99`() {
        var offer = published()
        offer.ciphers = (0..<150).map { 0x5600 + $0 }
        offer.extensions = (0..<120).map { 0x8000 + $0 }
        #expect(ja4(offer)?.hasPrefix("t12i9999") == true)
    }

    /// The table of the specification, and a single letter, and none.
    @Test(arguments: [
        ([UInt8]("h2".utf8), "h2"), (Array("http/1.1".utf8), "h1"), (Array("q".utf8), "qq"), ([], "00"),
        ([0xAB], "ab"), ([0xAB, 0xCD], "ad"), ([0x30, 0xAB], "3b"), ([0x30, 0x31, 0xAB, 0xCD], "3d"),
        ([0x30, 0xAB, 0xCD, 0x31], "01"), ([0x2F, 0x61], "21"),
    ])
    func `first and last letter of the first protocol`(name: [UInt8], letters: String) {
        var offer = published()
        offer.protocols = [name, Array("zz".utf8)]
        #expect(part(ja4(offer), 8..<10) == letters)
    }

    @Test func `no protocols, two zeros`() {
        var offer = published()
        offer.protocols = []
        #expect(part(ja4(offer), 0..<10) == "t13d151500")
    }

    @Test(arguments: [
        (UInt16(0x0304), "13"), (0x0303, "12"), (0x0302, "11"), (0x0301, "10"), (0x0300, "s3"), (0x0002, "s2"),
        (0xFEFF, "d1"), (0xFEFD, "d2"), (0xFEFC, "d3"), (0x7F1C, "00"),
    ])
    func `versions by their two letters`(version: UInt16, letters: String) {
        var offer = published()
        offer.versions = [version]
        #expect(part(ja4(offer), 1..<3) == letters)
        offer.extensions.removeAll { $0 == 43 }
        offer.legacyVersion = version
        #expect(part(ja4(offer), 1..<3) == letters)
    }

    @Test func `what carries it is the first letter`() {
        #expect(ja4(published(), .quic)?.hasPrefix("q13d1516h2_8daaf6152771_") == true)
        #expect(ja4(published(), .datagrams)?.hasPrefix("d13d1516h2_8daaf6152771_") == true)
    }

    @Test func `a hello cut anywhere is an oddity and no fingerprint`() {
        let message = TLS.writeClientHello(published())
        for length in 4..<message.count - 1 {
            var facts = Facts()
            ClientHello.report(message.span.extracting(4..<length), .tcp, into: &facts)
            // Where nothing follows the compression methods it is a hello of the oldest kind.
            if values(facts, .tlsJa4).isEmpty { #expect(facts.oddities == [.tlsBadHello]) }
            #expect(values(facts, .tlsSni).isEmpty)
        }
    }
}

/// Goal: to the letter what FoxIO's own tools (`ja4-rust.snap`), Arkime, Suricata and, where it follows the
/// specification, nDPI print for the same recordings.
@Suite(.enabled(if: Recordings.areHere)) struct `JA4 of the recordings` {
    @Test(arguments: [
        // ja4-rust.snap
        ("tls/ja4__badcurveball.pcap", ["t13d1615h2_46e7e9700bed_45f260be83e2"]),
        (
            "tls/ja4__chrome-cloudflare-quic-with-secrets.pcapng",
            ["q13d0310h3_55b375c5d22e_cd85d2d88918", "t13d1516h2_8daaf6152771_e5627efa2ab1"]
        ),
        ("tls/ja4__https-connect.pcap", ["t12i860500_e18388e7f3a3_a1e935682795"]),
        ("tls/ja4__ipv6.pcapng", ["t12d4605h2_85626a9a5f7f_aaf95bb78ec9"]),
        ("tls/ja4__macos_tcp_flags.pcap", ["t13d2613h2_2802a3db6c62_845d286b0d67"]),
        ("tls/ja4__socks-https-example.pcap", ["t10d230100_6a57a6f57151_000000000000"]),
        (
            "tls/ja4__ssh2.pcapng",
            [
                "q13d0312h3_55b375c5d22e_73e2d9e6cde6", "t12d190800_d83cc789557e_7af1ed941c26",
                "t12d1909h2_d83cc789557e_7af1ed941c26", "t13d1516h2_8daaf6152771_e5627efa2ab1",
            ]
        ),
        ("tls/ja4__tls12.pcap", ["t13d1715h2_5b57614c22b0_3d5424432f57"]),
        (
            "tls/ja4__tls3.pcapng",
            [
                "q13d0310h3_55b375c5d22e_cd85d2d88918", "q13d0311h3_55b375c5d22e_3512bcbbc9ec",
                "t13d1516h2_8daaf6152771_9b887d9acb53", "t13d1516h2_8daaf6152771_e5627efa2ab1",
            ]
        ),
        // No ClientHello in it, so none in the snapshots either.
        ("tls/ja4__socks4-https.pcap", []), ("tls/ja4__http1.pcapng", []), ("tls/ja4__http1-with-cookies.pcapng", []),
        ("tls/ja4__gre-sample.pcap", []), ("tls/ja4__ssh-r.pcap", []), ("tls/ja4__ssh.pcapng", []),
        ("tls/ja4__ssh2-malformed.pcap", []), ("tls/ja4__sshv1.pcap", []), ("dhcp/arkime__wireshark-dhcpv6.pcap", []),
        // arkime.json
        ("tls/arkime__badcurveball.pcap", ["t13d1615H2_46e7e9700bed_45f260be83e2"]),
        ("tls/arkime__curl-enabled-tls13.pcap", ["t13d0413h2_16476d049b0b_ffceb19bae65"]),
        ("tls/arkime__https-generalizedtime.pcap", ["t12d1511s3_23c751c1cee3_f2efb249ca37"]),
        ("tls/arkime__ssl-selfsign.pcap", ["ts3i230000_6a57a6f57151_000000000000"]),
        ("tls/arkime__tls-split-client-hello.pcap", ["t13d1516h2_8daaf6152771_02713d6af862"]),
        ("tls/arkime__tls13.pcap", ["t00d1815h2_a30347de7a75_2a77702ff8e0"]),
        // suricata-test.yaml
        (
            "tls/suri__ja4-tls-quic__input.pcap",
            ["q13d0310h3_55b375c5d22e_cd85d2d88918", "t13d1516h2_8daaf6152771_e5627efa2ab1"]
        ),
        ("tls/suri__ja4-tls__input.pcap", ["t12i1810s1_27d4652c4487_06a4338d0495"]),
        // ndpi.out
        ("tls/ndpi__selfsigned.pcap", ["t12d6707h2_2955a3196ffa_c83f907a73d3"]),
        ("tls/ndpi__tls_2_reasms.pcapng", ["t00d0309h2_55b375c5d22e_566d5108064c"]),
        ("tls/ndpi__tls_certificate_too_long.pcap", ["t13d2613h2_2802a3db6c62_845d286b0d67"]),
        ("tls/ndpi__tls_malicious_sha1.pcapng", ["t12d2808h2_d943125447b4_dd0a478c1db3"]),
        ("tls/ndpi__tls_torrent.pcapng", ["t12d860600_e18388e7f3a3_a1e935682795"]),
        // ndpi.out has d for a hello without server name, h3 for hq-34 and a hash of nothing; the specification not.
        ("tls/ndpi__doh.pcapng", ["t13i1909h2_9dc949149365_97f8aa674fd9"]),
        ("tls/ndpi__dtls2.pcap", ["dd1i080000_f3b6e48d6e2b_000000000000"]),
        ("tls/ndpi__quic-34.pcap", ["q00i0307h4_55b375c5d22e_af0a630e9e67"]),
        ("tls/ndpi__tls_verylong_certificate.pcap", ["t12d6707h1_2955a3196ffa_c83f907a73d3"]),
    ])
    func `are those that others print`(path: String, expected: [String]) throws {
        #expect(try Reading.read(path).values(.tlsJa4) == expected)
    }
}
