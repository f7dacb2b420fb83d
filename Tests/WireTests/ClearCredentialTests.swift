//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Secrets in clear: that they were sent is told, and not one letter of them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

/// Goal: who sends a password that everybody can read is told, who does not is left in peace, and no secret is kept.
@Suite struct `Secrets in clear` {
    private static let secret = "N1ghtingale-lamp"

    /// Lines of a client to a server of files or mail, as words of what was sent; the secret must be nowhere.
    private func said(_ lines: [(StreamSide, String)], port: UInt16) -> [String] {
        let facts = Parsing(pieces: lines.map { ($0.0, Array(($0.1 + "\r\n").utf8)) }, port: port, Greetings.read).facts
        #expect(facts.allSatisfy { !$0.contains(Self.secret) })
        return facts.filter { $0.hasPrefix("clear.") }.map { String($0.dropFirst("clear.credential".count)) }
    }

    private func both(_ word: String) -> [String] { ["Sent=" + word, "Taken=" + word] }

    @Test func `a password for files is told, everybody's is none`() {
        let password = "PASS " + Self.secret
        #expect(said([(.client, "USER ward"), (.client, password)], port: 21) == both("ftp password"))
        #expect(said([(.client, "USER ANONYMOUS"), (.client, password)], port: 21).isEmpty)
        #expect(said([(.client, "USER ftp"), (.client, password)], port: 21).isEmpty)
        #expect(said([(.client, "USER ftpuser"), (.client, password)], port: 21) == both("ftp password"))
        #expect(said([(.client, "USER anonymous"), (.client, "USER ward"), (.client, password)], port: 21).count == 2)
        #expect(said([(.client, "USER ward"), (.client, "PASS ")], port: 21).isEmpty)
        #expect(said([(.client, "USER ward"), (.client, "PASV")], port: 21).isEmpty)
    }

    @Test func `so is one for mail, unless TLS began or only its digest was sent`() {
        #expect(said([(.client, "PASS " + Self.secret)], port: 110) == both("pop3 password"))
        #expect(said([(.client, "APOP ward 0123456789abcdef")], port: 110).isEmpty)
        #expect(said([(.client, "AUTH PLAIN"), (.client, Self.secret)], port: 110) == both("pop3 password"))
        #expect(said([(.client, "a1 LOGIN ward " + Self.secret)], port: 143) == both("imap login"))
        #expect(said([(.client, "a1 AUTHENTICATE PLAIN"), (.client, Self.secret)], port: 143) == both("imap login"))
        #expect(said([(.client, "a1 AUTHENTICATE PLAIN"), (.client, "*")], port: 143).isEmpty)
        #expect(said([(.client, "a1 AUTHENTICATE GSSAPI"), (.client, Self.secret)], port: 143).isEmpty)
        #expect(said([(.client, "a1 LOGOUT")], port: 143).isEmpty)
        #expect(said([(.client, "AUTH PLAIN " + Self.secret)], port: 587) == both("smtp auth"))
        #expect(said([(.client, "AUTH LOGIN"), (.client, Self.secret)], port: 25) == both("smtp auth"))
        #expect(said([(.client, "AUTH CRAM-MD5"), (.client, Self.secret)], port: 25).isEmpty)
        #expect(said([(.client, "AUTH LOGIN"), (.client, "MAIL FROM:<a@b>")], port: 25).isEmpty)
        #expect(said([(.server, "AUTH PLAIN " + Self.secret)], port: 25).isEmpty)
    }

    @Test(arguments: [
        ("Authorization", "Basic d2FyZDpOMWdodGluZ2FsZS1sYW1w", true), ("proxy-authorization", "basic d2FyZA==", true),
        ("Authorization", "Basic ", false), ("Authorization", "Digest username=\"ward\"", false),
        ("Authorization", "Bearer d2FyZDpOMWdodGluZ2FsZS1sYW1w", false),
        ("WWW-Authenticate", "Basic realm=\"x\"", false),
    ])
    func `Basic is a password, what has a challenge is none`(name: String, value: String, isClear: Bool) {
        let request = HTTP.request("GET", "/", host: "a", headers: [(name, value)])
        let facts = OneDirection(request) { HTTP.read($0, .client, &$1, Packet(), into: &$2) }.facts
        #expect(facts.contains("clear.credentialSent=http basic") == isClear, "\(facts)")
        #expect(facts.contains("clear.credentialTaken=http basic") == isClear)
        #expect(facts.allSatisfy { !$0.contains("d2FyZ") })
        let answer = HTTP.response(200, "OK", headers: [(name, value)])
        let said = OneDirection(answer) { HTTP.read($0, .server, &$1, Packet(), into: &$2) }.facts
        #expect(!said.contains { $0.hasPrefix("clear.") })
    }

    @Test func `an empty password is none for MQTT`() {
        func facts(_ password: [UInt8]) -> [String] {
            let rest = [0, 4, 0x4D, 0x51, 0x54, 0x54, 4, 0xC2, 0, 60, 0, 1, 0x63, 0, 1, 0x75] as [UInt8]
            let body = rest + [0, UInt8(password.count)] + password
            return OneDirection([0x10, UInt8(body.count)] + body) { MQTT.read($0, .client, &$1, Packet(), into: &$2) }
                .facts
        }
        #expect(facts([]).count { $0.hasPrefix("clear.") } == 0)
        #expect(facts(Array(Self.secret.utf8)).count { $0 == "clear.credentialTaken=mqtt password" } == 1)
        #expect(facts(Array(Self.secret.utf8)).allSatisfy { !$0.contains(Self.secret) })
    }

    @Test(arguments: [1, 2, 1_000])
    func `two lines that are typed over Telnet are told, one is not`(pieces: Int) {
        func facts(_ typed: [UInt8]) -> [String] {
            OneDirection(typed, pieces: pieces) { bytes, memory, facts in
                var packet = Packet()
                packet.destinationPort = 23
                return Telnet.read(bytes, .client, &memory, packet, into: &facts)
            }.facts
        }
        let negotiation: [UInt8] = [255, 251, 24, 255, 250, 24, 0, 0x78, 0x0D, 0x0A, 0x79, 0x0D, 255, 240]
        #expect(facts(negotiation + Array("ward\r\n".utf8)).isEmpty)
        #expect(facts(negotiation + Array("\r\n\r\n\r\n".utf8)).isEmpty)
        #expect(
            facts(negotiation + Array("ward\r\0\(Self.secret)\r\n".utf8)) == [
                "clear.credentialSent=telnet session", "clear.credentialTaken=telnet session",
            ])
        // A negotiation without an end is given up.
        #expect(facts([255, 250] + [UInt8](repeating: 0x41, count: 50_000)).isEmpty)
    }

    /// What tshark finds in these recordings: who sent which kind of secret, and the secrets themselves.
    static let recordings: [(file: String, words: Set<String>, secrets: [String])] = [
        ("infra/arkime__http-basicauth.pcap", ["http basic"], ["userrrrr", "passworddddd"]),
        ("infra/ndpi__http_auth.pcap", ["http basic"], ["fail2"]),
        ("infra/ndpi__ftp.pcap", [], ["NcFTP@"]),
        (
            "infra/arkime__snmpv3_synthetic.pcap", ["snmp v2c public", "snmp v2c private", "snmp v2c community"],
            ["secret123"]
        ),
        ("infra/zeek__snmpv1_get.pcap", ["snmp v1 public"], []),
        ("infra/zeek__snmpv2_get_next.pcap", ["snmp v2c community"], ["[R0_C@cti!]"]),
        ("mqtt/arkime__mqtt_synthetic.pcap", ["mqtt password"], ["mqtt5pass", "secret123"]),
        ("iot-setup/EdimaxPlug1101W/Setup-C-2-STA.pcap", ["http basic"], ["YWRtaW46MTIzNA", "admin:1234"]),
    ]

    @Test(.enabled(if: Recordings.areHere), arguments: recordings)
    func `in recordings they are what tshark finds, and nowhere in what is kept`(
        file: String, words: Set<String>, secrets: [String]
    ) throws {
        let facts = try Reading.read(file).facts
        #expect(Set(facts.filter { $0.field.protocolName == "clear" }.map(\.value)) == words)
        for secret in secrets { #expect(facts.allSatisfy { !$0.value.contains(secret) }, "\(secret)") }
    }

    @Test func `only words of the list exist, and each is short`() {
        #expect(Set(ClearCredential.allCases.map(\.rawValue)).count == ClearCredential.allCases.count)
        for word in ClearCredential.allCases {
            #expect(word.rawValue.utf8.count < 32)
            #expect(word.rawValue.allSatisfy { $0.isLowercase || $0.isNumber || $0 == " " })
        }
    }
}
