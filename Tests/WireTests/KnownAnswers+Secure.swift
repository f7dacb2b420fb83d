//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Known answers. TLS, DTLS and QUIC: who opens, who answers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension KnownAnswers {
    static let secure: [Answer] = [
        Answer(
            "iot-setup/TP-LinkPlugHS100/Setup-A-1-STA.pcap", "50:c7:bf:00:fc:a3", .tlsJa4,
            "t10i460400_234845559c90_282f11336259"
        ),
        Answer("tls/arkime__badcurveball.pcap", "8c:85:90:65:85:8f", .tlsJa4, "t13d1615H2_46e7e9700bed_45f260be83e2"),
        Answer(
            "tls/arkime__curl-enabled-tls13.pcap", "02:50:00:00:00:01", .tlsJa4,
            "t13d0413h2_16476d049b0b_ffceb19bae65"
        ),
        Answer(
            "tls/arkime__https-generalizedtime.pcap", "00:0f:f7:76:82:80", .tlsJa4,
            "t12d1511s3_23c751c1cee3_f2efb249ca37"
        ),
        Answer("tls/arkime__ssl-selfsign.pcap", "10.180.152.137", .tlsJa4, "ts3i230000_6a57a6f57151_000000000000"),
        Answer(
            "tls/arkime__tls-split-client-hello.pcap", "00:d0:b7:26:4a:74", .tlsJa4,
            "t13d1516h2_8daaf6152771_02713d6af862"
        ),
        Answer("tls/arkime__tls13.pcap", "c8:f7:33:1d:84:95", .tlsJa4, "t00d1815h2_a30347de7a75_2a77702ff8e0"),
        Answer("tls/ja4__badcurveball.pcap", "8c:85:90:65:85:8f", .tlsJa4, "t13d1615h2_46e7e9700bed_45f260be83e2"),
        Answer(
            "tls/ja4__chrome-cloudflare-quic-with-secrets.pcapng", "f0:18:98:e8:7a:f3", .tlsJa4,
            "q13d0310h3_55b375c5d22e_cd85d2d88918", "t13d1516h2_8daaf6152771_e5627efa2ab1"
        ),
        Answer("tls/ja4__dtls-udp.notest.cap", "50:e5:49:d8:73:12", .tlsJa4, "dd1i440200_49bcda3e7ebf_18d1e47e0978"),
        Answer("tls/ja4__https-connect.pcap", "0c:c4:7a:f2:c1:d2", .tlsJa4, "t12i860500_e18388e7f3a3_a1e935682795"),
        Answer("tls/ja4__ipv6.pcapng", "2001:4998:ef83:14:8000::100d", .tlsJa4, "t12d4605h2_85626a9a5f7f_aaf95bb78ec9"),
        Answer("tls/ja4__macos_tcp_flags.pcap", "9a:4b:87:d9:e9:6e", .tlsJa4, "t13d2613h2_2802a3db6c62_845d286b0d67"),
        Answer(
            "tls/ja4__socks-https-example.pcap", "00:1f:5b:ff:51:cb", .tlsJa4,
            "t10d230100_6a57a6f57151_000000000000"
        ),
        Answer(
            "tls/ja4__ssh2.pcapng", "68:ec:c5:b4:5a:9b", .tlsJa4,
            "q13d0312h3_55b375c5d22e_73e2d9e6cde6", "t12d190800_d83cc789557e_7af1ed941c26",
            "t12d1909h2_d83cc789557e_7af1ed941c26", "t13d1516h2_8daaf6152771_e5627efa2ab1"
        ),
        Answer("tls/ja4__tls12.pcap", "00:0c:29:8c:68:7f", .tlsJa4, "t13d1715h2_5b57614c22b0_3d5424432f57"),
        Answer(
            "tls/ja4__tls3.pcapng", "24:4b:fe:cb:04:4e", .tlsJa4,
            "q13d0310h3_55b375c5d22e_cd85d2d88918", "q13d0311h3_55b375c5d22e_3512bcbbc9ec",
            "t13d1516h2_8daaf6152771_9b887d9acb53", "t13d1516h2_8daaf6152771_e5627efa2ab1"
        ),
        Answer(
            "tls/malcolm__gnutls-tls1.2-non-vulnerable.pcap", "::1", .tlsJa4,
            "t13i310900_e8f1e7e78f70_1f22a2ca17c4"
        ),
        Answer("tls/ndpi__doh.pcapng", "dc:a6:32:5b:72:55", .tlsJa4, "t13i1909h2_9dc949149365_97f8aa674fd9"),
        Answer("tls/ndpi__dtls2.pcap", "48:46:fb:ce:1e:f7", .tlsJa4, "dd1i080000_f3b6e48d6e2b_000000000000"),
        Answer(
            "tls/ndpi__ja3_lots_of_cipher_suites.pcap", "b0:aa:77:b5:48:40", .tlsJa4,
            "t12i990300_28808c40d9f1_1e2a54cae03f"
        ),
        Answer(
            "tls/ndpi__no_sni.pcap", "78:31:c1:bd:5e:24", .tlsJa4,
            "t13d1814h2_e8a523a41297_7673359314f0", "t13d1814h2_e8a523a41297_d267a5f792d4",
            "t13i1813h2_e8a523a41297_0d6ff543c596", "t13i1813h2_e8a523a41297_a36e8500eb55"
        ),
        Answer("tls/ndpi__quic-34.pcap", "0a:00:27:00:00:00", .tlsJa4, "q00i0307h4_55b375c5d22e_af0a630e9e67"),
        Answer("tls/ndpi__selfsigned.pcap", "127.0.0.1", .tlsJa4, "t12d6707h2_2955a3196ffa_c83f907a73d3"),
        Answer("iot-setup/WeMoInsightSwitch/Setup-A-4-STA.pcap", "94:10:3e:41:c2:05", .tlsSni, "api.xbcs.net"),
        Answer("tls/arkime__badcurveball.pcap", "8c:85:90:65:85:8f", .tlsSni, "bad.curveballtest.com"),
        Answer("tls/arkime__curl-enabled-tls13.pcap", "02:50:00:00:00:01", .tlsSni, "enabled.tls13.com"),
        Answer("tls/arkime__https-generalizedtime.pcap", "00:0f:f7:76:82:80", .tlsSni, "mail.yandex.com"),
        Answer("tls/arkime__tls-split-client-hello.pcap", "00:d0:b7:26:4a:74", .tlsSni, "clients2.google.com"),
        Answer("tls/arkime__tls13.pcap", "c8:f7:33:1d:84:95", .tlsSni, "blog.cloudflare.com"),
        Answer("tls/arkime__badcurveball.pcap", "8c:85:90:65:85:8f", .tlsAlpn, "H2", "H2,http/1.1", "http/1.1"),
        Answer("tls/arkime__curl-enabled-tls13.pcap", "02:50:00:00:00:01", .tlsAlpn, "h2", "h2,http/1.1", "http/1.1"),
        Answer(
            "tls/arkime__https-generalizedtime.pcap", "00:0f:f7:76:82:80", .tlsAlpn,
            "http/1.1", "spdy/3", "spdy/3,spdy/3.1,http/1.1", "spdy/3.1"
        ),
        Answer("formats/pcpp__pcapng-example.pcapng", "127.0.0.1", .tlsVersion, "TLS 1.0"),
        Answer("iot-setup/D-LinkHomeHub/Setup-A-2-STA.pcap", "00:b5:6d:06:08:ba", .tlsVersion, "TLS 1.0", "TLS 1.2"),
        Answer("tls/arkime__badcurveball.pcap", "00:10:db:ff:10:01", .tlsVersion, "TLS 1.2"),
        Answer("formats/pcpp__pcapng-example.pcapng", "127.0.0.1", .tlsCertificateSubject, "ubuntu"),
        Answer(
            "iot-setup/D-LinkCam/Setup-A-2-STA.pcap", "28:b2:bd:c3:41:79", .tlsCertificateSubject,
            "*.auto.mydlink.com"
        ),
        Answer("tls/arkime__badcurveball.pcap", "00:10:db:ff:10:01", .tlsCertificateSubject, "SANS ISC DShield Test"),
        Answer("formats/pcpp__pcapng-example.pcapng", "127.0.0.1", .tlsCertificateIssuer, "ubuntu"),
        Answer(
            "iot-setup/D-LinkCam/Setup-A-2-STA.pcap", "28:b2:bd:c3:41:79", .tlsCertificateIssuer,
            "GlobalSign Organization Validation CA - SHA256 - G2"
        ),
        Answer("tls/arkime__badcurveball.pcap", "00:10:db:ff:10:01", .tlsCertificateIssuer, "INFIGO"),
        Answer(
            "iot-setup/D-LinkCam/Setup-A-2-STA.pcap", "28:b2:bd:c3:41:79", .tlsCertificateName,
            "*.auto.mydlink.com", "auto.mydlink.com"
        ),
        Answer("tls/arkime__badcurveball.pcap", "00:10:db:ff:10:01", .tlsCertificateName, "bad.curveballtest.com"),
        Answer(
            "tls/ja4__https-connect.pcap", "00:10:db:ff:10:01", .tlsCertificateName,
            "cloudsink.net", "lfodown01-b.cloudsink.net", "lfoup01-b.cloudsink.net", "ts01-b.cloudsink.net"
        ),
        Answer(
            "tls/ja4__ipv6.pcapng", "2606:4700::6811:d209", .tlsCertificateName,
            "cloudflare.com", "www.cloudflare.com"
        ),
        Answer(
            "iot-setup/D-LinkCam/Setup-A-2-STA.pcap", "28:b2:bd:c3:41:79", .tlsCertificateOrganization,
            "D-Link Corporation"
        ),
        Answer(
            "tls/arkime__badcurveball.pcap", "00:10:db:ff:10:01", .tlsCertificateOrganization,
            "SANS Internet Storm Center"
        ),
        Answer(
            "tls/arkime__https-generalizedtime.pcap", "00:1d:b5:ce:ef:c0", .tlsCertificateOrganization,
            "Yandex LLC"
        ),
        Answer("tls/ja4__chrome-cloudflare-quic-with-secrets.pcapng", "f0:18:98:e8:7a:f3", .quicVersion, "1"),
        Answer("tls/ndpi__quic-34.pcap", "0a:00:27:00:00:00", .quicVersion, "draft-34"),
        Answer("infra/zeek__rdp-x509.pcap", "00:17:c5:10:15:40", .rdpClientName, "JOHN-PC-LAPTOP"),
    ]
}
