//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Banners: SSH, Telnet, FTP, mail, RDP. What a server says first, and nothing that a person types.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `Banners by hand` {
    private func recognised(
        _ bytes: [UInt8], from port: UInt16 = 0, by recognises: (Span<UInt8>, Packet) -> Bool
    ) -> Bool {
        var packet = Packet()
        packet.sourcePort = port
        packet.destinationPort = 50_000
        return recognises(bytes.span, packet)
    }

    private func telnet(_ pieces: [[UInt8]], apart: Int64 = 10) -> [String] {
        Parsing(pieces: pieces.map { (.server, $0) }, port: 23, apart: apart, Telnet.read).facts
    }

    @Test func `an SSH banner is kept to the letter, on both sides, in whatever pieces`() {
        let banner = SSH.write(banner: "SSH-2.0-OpenSSH_8.2p1 Ubuntu-4ubuntu0.11")
        #expect(recognised(banner, by: SSH.recognises))
        let whole = Parsing(pieces: [(.server, banner), (.client, Array("SSH-2.0-PuTTY\n".utf8))], port: 22, SSH.read)
        #expect(whole.facts == ["ssh.banner=SSH-2.0-OpenSSH_8.2p1 Ubuntu-4ubuntu0.11", "ssh.banner=SSH-2.0-PuTTY"])
        let pieces = Parsing(pieces: banner.map { (.server, [$0]) }, port: 22, SSH.read)
        #expect(pieces.facts == ["ssh.banner=SSH-2.0-OpenSSH_8.2p1 Ubuntu-4ubuntu0.11"])
    }

    @Test func `an SSH banner without an end is given up`() {
        let endless = Array("SSH-2.0-".utf8) + Array(repeating: 0x41, count: 400)
        #expect(Parsing(pieces: [(.server, endless)], port: 22, SSH.read).facts.isEmpty)
    }

    /// The banner of Baxter's SIGMA Spectrum pump, as recog's example for it has it; numbers made up.
    private let spectrum = [
        "Welcome to the SIGMA Spectrum Diagnostic Terminal", "MAC Address 00:40:9d:01:02:03",
        "Sigma Spectrum SN 1234567", "SW: v8.00.01",
    ]

    @Test func `an infusion pump greets on Telnet, line by line`() {
        let greeting = Telnet.write(lines: spectrum, prompt: "> ")
        let expected = spectrum.map { "telnet.banner=\($0)" }
        #expect(telnet([greeting]) == expected)
        // Small machines send letter by letter.
        #expect(telnet(greeting.map { [$0] }) == expected)
    }

    @Test func `bare text is believed from port 23 only with the words of a greeting`() {
        #expect(recognised(Array(spectrum[0].utf8), from: 23, by: Telnet.recognises))
        #expect(!recognised(Array("MUSTERMANN ERIKA  BED 3  K+ 4.1".utf8), from: 23, by: Telnet.recognises))
        #expect(recognised([255, 253, 24, 255, 253, 32], by: Telnet.recognises))
        #expect(!recognised([255, 216, 255, 224, 0, 16], by: Telnet.recognises))  // a JPEG
    }

    @Test func `nothing that is typed at a prompt is kept`() {
        let session = Array("FreeBSD/i386 (ttyp0)\r\n\r\nlogin: nightingale\r\nPassword: lamp\r\nward list".utf8)
        #expect(
            telnet([session]) == [
                "telnet.banner=FreeBSD/i386 (ttyp0)", "telnet.banner=login:", "clear.credentialTaken=telnet login",
            ])
        let router = [Array("router1>".utf8), Array("s".utf8), Array("how patients\r\n".utf8)]
        #expect(telnet(router, apart: 900) == ["telnet.banner=router1>"])
        let door = [Array("Ward code: ".utf8), Array("4711\r\n".utf8)]
        #expect(telnet(door, apart: 900) == ["telnet.banner=Ward code:"])
    }

    @Test func `a screen in the middle of a session is nobody's business`() {
        // A host turns echo off and on again whenever it asks for a password.
        let screen: [UInt8] = [255, 251, 1] + Array("MUSTERMANN ERIKA  BED 3\r\nPassword: ".utf8)
        var cable = Cable()
        cable.add(Cable.tcp(screen, sequence: 900, fromClient: false, port: 23))
        #expect(cable.read().values(.telnetBanner) == [])
        var begun = Cable()
        begun.add(Cable.tcp([], sequence: 899, fromClient: false, flags: [.synchronise, .acknowledge], port: 23))
        begun.add(Cable.tcp(Array("Welcome to Digi One\r\n".utf8), sequence: 900, fromClient: false, port: 23))
        #expect(begun.read().values(.telnetBanner) == ["Welcome to Digi One"])
    }

    @Test func `commands and terminal controls are not part of a line`() {
        let line: [UInt8] =
            [255, 251, 1, 0x1B, 0x5B, 0x32, 0x4A] + Array("Digi".utf8) + [255, 250, 24, 1, 255, 240]
            + Array("  One\r\n".utf8)
        #expect(telnet([line]) == ["telnet.banner=Digi  One"])
    }

    private func greet(_ port: UInt16, _ pieces: [(StreamSide, String)]) -> Parsing {
        Parsing(pieces: pieces.map { ($0.0, Array($0.1.utf8)) }, port: port, Greetings.read)
    }

    @Test func `servers of files and mail introduce themselves without their codes`() {
        #expect(greet(21, [(.server, "220 (vsFTPd 3.0.3)\r\n331 x\r\n")]).facts == ["ftp.banner=(vsFTPd 3.0.3)"])
        #expect(
            greet(21, [(.server, "220-Ward\r\n220-Scanner 7\r\n two\r\n220 ready\r\n220 no\r\n")]).facts
                == ["ftp.banner=Ward", "ftp.banner=Scanner 7", "ftp.banner=two", "ftp.banner=ready"])
        #expect(
            greet(25, [(.server, "220 mx ESMTP Postfix\r\n"), (.client, "EHLO mfp-3\r\nDATA\r\nDear Ms\r\n")]).facts
                == ["smtp.banner=mx ESMTP Postfix", "smtp.helo=mfp-3"])
        #expect(greet(110, [(.server, "+OK Dovecot ready.\r\n+OK\r\n")]).facts == ["pop3.banner=Dovecot ready."])
        #expect(
            greet(143, [(.server, "* OK [CAPABILITY IMAP4] hi\r\n")]).facts == ["imap.banner=[CAPABILITY IMAP4] hi"])
        #expect(greet(21, [(.client, "USER anonymous\r\nPASS secret\r\n")]).facts == ["ftp.user=anonymous"])
    }

    @Test func `after STARTTLS the stream is handed over`() {
        let client = Parsing(
            pieces: [(.client, Array("EHLO a\r\nSTARTTLS\r\n".utf8)), (.client, [0x16, 3, 1, 0, 5])], port: 25,
            Greetings.read)
        #expect(client.progress == .handOver(0))
        let server = Parsing(
            pieces: [(.server, Array("220 a\r\n220 go ahead\r\n".utf8)), (.server, [0x16, 3, 3, 0, 5])], port: 25,
            Greetings.read)
        #expect(server.progress == .handOver(0))
        #expect(server.facts == ["smtp.banner=a"])
    }

    @Test func `the cookie of a remote desktop, which names a person, is not kept`() {
        let cookie = Array("Cookie: mstshash=nina\r\n".utf8)
        let request: [UInt8] = [3, 0, 0, 36, 31, 0xE0, 0, 0, 0, 0, 0] + cookie + [0, 0]
        #expect(recognised(request, by: RDP.recognises))
        #expect(Parsing(pieces: [(.client, request)], port: 3_389, RDP.read).facts.isEmpty)
    }
}

/// Expected values from tshark 4.0.17 on each recording.
@Suite(.enabled(if: Recordings.areHere)) struct `Banners in recordings` {
    @Test(arguments: [
        (
            "infra/ndpi__ssh.pcap",
            [
                "SSH-2.0-APACHE-SSHD-2.5.0", "SSH-2.0-OpenSSH_5.3", "SSH-2.0-OpenSSH_5.6",
                "SSH-2.0-OpenSSH_8.2p1 Ubuntu-4ubuntu0.11",
            ]
        ),
        ("malformed/arkime__ssh2-moloch-crash.pcap", ["SSH-1.99-OpenSSH_3.9p1", "SSH-2.0-OpenSSH_5.3"]),
        ("tls/ja4__ssh-r.pcap", ["SSH-2.0-OpenSSH_7.4", "SSH-2.0-OpenSSH_8.7", "SSH-2.0-PuTTY_Release_0.74"]),
        ("tls/ja4__sshv1.pcap", ["SSH-1.5-1.2.26"]),
        ("tls/ja4__gre-sample.pcap", ["SSH-1.99-OpenSSH_3.1p1", "SSH-2.0-OpenSSH_3.6.1p1"]),
    ])
    func `SSH, also in tunnels and by IPv6`(path: String, banners: [String]) throws {
        #expect(try Reading.read(path).values(.sshBanner) == banners)
    }

    @Test func `each SSH banner is on its own station`() throws {
        let banners = try Reading.facts(in: "infra/ndpi__ssh.pcap").filter { $0.field == .sshBanner }
        #expect(banners.first { $0.ip == "172.16.238.168" }?.value == "SSH-2.0-OpenSSH_5.3")
        #expect(banners.first { $0.ip == "172.16.238.1" }?.value == "SSH-2.0-OpenSSH_5.6")
    }

    @Test func `an FTP server, a router's Telnet and a remote desktop`() throws {
        #expect(try Reading.read("infra/ndpi__ftp.pcap").values(.ftpBanner) == ["(vsFTPd 3.0.3)"])
        let router = try Reading.read("lldp-cdp/arkime__mpls-basic.pcap")
        #expect(router.values(.telnetBanner) == ["Password required, but none set"])
        #expect(try Reading.read("infra/zeek__rdp-x509.pcap").values(.rdpClientName) == ["JOHN-PC-LAPTOP"])
    }
}
