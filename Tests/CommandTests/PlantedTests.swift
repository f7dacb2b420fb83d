//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Planted: names of patients, secrets and credentials in a capture, looked for in everything that comes out.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

/// A capture full of what must never be kept. Every such word holds `PLANTED` (in any case).
enum Planted {
    static let word = "PLANTED"
    private static let server = StagedCapture.Host(2)

    static func capture() -> [UInt8] {
        var staged = StagedCapture()
        medical(&staged)
        web(&staged)
        mail(&staged)
        network(&staged)
        return staged.bytes
    }

    private static func lines(_ lines: String...) -> [UInt8] { Array((lines.joined(separator: "\r\n") + "\r\n").utf8) }

    private static func medical(_ staged: inout StagedCapture) {
        var message = MLLP.Message(
            sendingApplication: "MONITOR", sendingFacility: "ICU", time: "20260101120000", type: "ORU^R01^ORU_R01",
            controlId: word)
        message.add("PID", [3: "\(word)4711^^^HOSP^MR", 5: "\(word)^ANNA", 7: "19700101", 11: "\(word) STREET 1"])
        message.add("NK1", [2: "\(word)^OTTO", 5: "\(word)-PHONE"])
        message.add("PV1", [7: "\(word)^DOCTOR"])
        message.add("OBR", [2: word, 3: word, 16: "\(word)^DOCTOR"])
        message.add("OBX", [2: "ST", 5: "\(word) result", 18: "00A037009A0053DE^^00A037009A0053DE^EUI-64"])
        message.add("NTE", [3: "\(word) is better today"])
        staged.tcp(.init(10), 40_010, server, 2_575, [(.client, message.framed)])

        let association = DICOM.Association(
            callingAE: "CT_1", calledAE: "ARCHIVE", implementationClassUID: "1.2.276.0.7230010.3.0.3.6.4",
            implementationVersion: "OFFIS_DCMTK_364",
            contexts: [.init("1.2.840.10008.5.1.4.1.1.2", ["1.2.840.10008.1.2"])])
        var request = DICOM.request(association)
        request += [0x58, 0, 0, 20, 2, 0, 0, 7] + Array(word.utf8) + [0, 7] + Array(word.utf8)
        let length = UInt32(request.count - 6)
        for index in 0..<4 { request[2 + index] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * index)) }
        // (0010,0010) Patient's Name in a data set.
        let name = Array("\(word)^ANNA ".utf8)
        let set: [UInt8] = [0x10, 0, 0x10, 0, UInt8(name.count), 0, 0, 0] + name
        let data: [UInt8] =
            [4, 0, 0, 0, 0, UInt8(set.count + 6), 0, 0, 0, UInt8(set.count + 2), 1, 2] + set
        staged.tcp(
            .init(11), 40_011, server, 104, [(.client, request), (.server, DICOM.accept(association)), (.client, data)])

        let records = [
            "H|\\^&|\(word)||XN-550^00-24^22723", "P|1||\(word)||\(word)^ANNA", "R|1|^^^WBC|\(word)", "L|1|N",
        ]
        staged.tcp(.init(12), 40_012, server, 50_000, [(.client, ASTM.frames(records).flatMap { $0 })])
    }

    private static func web(_ staged: inout StagedCapture) {
        let secrets: [(name: String, value: String)] = [
            ("Authorization", "Basic " + Data("anna:\(word)".utf8).base64EncodedString()),
            ("Cookie", "session=\(word)"), ("X-Api-Key", word), ("Referer", "http://intranet/?patient=\(word)"),
            ("User-Agent", "PumpOS/1.2"),
        ]
        staged.tcp(
            .init(20), 40_020, server, 80,
            [
                (
                    .client,
                    HTTP.request(
                        "POST", "/patients/\(word)?token=\(word)", host: "server.example", headers: secrets,
                        body: Array("name=\(word)".utf8))
                ),
                (
                    .server,
                    HTTP.response(
                        200, "OK", headers: [("Server", "nginx"), ("Set-Cookie", "sid=\(word)")],
                        body: Array("<p>\(word)</p>".utf8))
                ),
            ])
        staged.udp(
            .init(21), 1_900, server, 1_900,
            SSDP.notify(
                type: "upnp:rootdevice", usn: "uuid:1", server: "Linux UPnP/1.0",
                location: "http://anna:\(word)@10.1.0.21/token/\(word)/d.xml?key=\(word)"))
        staged.udp(
            .init(22), 3_702, server, 3_702,
            WSDiscovery.hello(
                .init(
                    address: "urn:uuid:1", types: [.device], scopes: [],
                    transports: ["http://\(word):\(word)@10.1.0.22/?user=\(word)"]),
                message: "urn:uuid:2"))
        // CONNECT with a user name and a password (MQTT 3.1.1, 3.1): flags 0xC2.
        let fields = ["pump-23", "\(word)-user", "\(word)-password"].flatMap { (text: String) -> [UInt8] in
            [0, UInt8(text.utf8.count)] + Array(text.utf8)
        }
        let connect: [UInt8] = [0, 4] + Array("MQTT".utf8) + [4, 0xC2, 0, 60] + fields
        staged.tcp(
            .init(23), 40_023, server, 1_883,
            [
                (.client, [0x10, UInt8(connect.count)] + connect), (.server, MQTT.connected()),
                (.client, MQTT.publish(topic: "ward/patient/\(word)/pulse", payload: Array(word.utf8))),
                (.client, MQTT.publish(topic: "app/password/\(word)", payload: [])),
                (.client, MQTT.publish(topic: "mail/\(word)@clinic.example", payload: [])),
            ])
        staged.tcp(
            .init(24), 40_024, server, 554,
            [
                (
                    .client,
                    lines(
                        "DESCRIBE rtsp://anna:\(word)@10.1.0.2/live?token=\(word) RTSP/1.0", "CSeq: 2",
                        "Authorization: Digest username=\"\(word)\", response=\"\(word)\"", "User-Agent: VLC", "")
                )
            ])
        staged.udp(
            .init(25), 5_060, server, 5_060,
            lines(
                "REGISTER sip:10.1.0.2 SIP/2.0", "Via: SIP/2.0/UDP 10.1.0.25;branch=z9hG4bK1",
                "From: \"\(word) Anna\" <sip:\(word)@10.1.0.2>;tag=1", "To: <sip:\(word)@10.1.0.2>",
                "Call-ID: \(word)", "CSeq: 1 REGISTER", "Authorization: Digest username=\"\(word)\"",
                "Contact: <sip:\(word)@10.1.0.25>", "User-Agent: Yealink SIP-T46S 66.84.0.15", "Content-Length: 0", ""))
    }

    private static func mail(_ staged: inout StagedCapture) {
        staged.tcp(
            .init(30), 40_030, server, 21,
            [
                (.server, lines("220 vsFTPd 3.0.3")), (.client, lines("USER \(word)")),
                (.server, lines("331 Password for \(word)")), (.client, lines("PASS \(word)")),
                (.server, lines("230 Welcome, \(word)")),
            ])
        staged.tcp(
            .init(31), 40_031, server, 25,
            [
                (.server, lines("220 mail.example ESMTP Postfix")), (.client, lines("EHLO pump-31")),
                (.server, lines("250-mail.example", "250 AUTH PLAIN")), (.client, lines("AUTH PLAIN \(word)")),
                (.client, lines("MAIL FROM:<\(word)@clinic.example>")),
                (.client, lines("DATA", "Subject: \(word)", "", word, ".")),
            ])
        staged.tcp(
            .init(32), 40_032, server, 110,
            [
                (.server, lines("+OK Dovecot ready.")), (.client, lines("USER \(word)")), (.server, lines("+OK")),
                (.client, lines("PASS \(word)")),
            ])
        staged.tcp(
            .init(33), 40_033, server, 143,
            [(.server, lines("* OK Dovecot ready.")), (.client, lines("a LOGIN \(word) \(word)"))])
        staged.tcp(
            .init(34), 40_034, server, 23,
            [
                (.server, [0xFF, 0xFD, 0x18] + lines("Welcome", "login: ")), (.client, lines(word)),
                (.server, lines("Password: ")), (.client, lines(word)),
            ])
    }

    private static func network(_ staged: inout StagedCapture) {
        // SNMP v2c GET of sysDescr.0 with a community that is a secret.
        let binding: [UInt8] = [0x30, 12, 0x06, 8, 0x2B, 6, 1, 2, 1, 1, 1, 0, 0x05, 0]
        let bindings = [0x30, UInt8(binding.count)] + binding
        let get = [0x02, 1, 7, 0x02, 1, 0, 0x02, 1, 0] + bindings
        for version: UInt8 in [0, 1] {
            let body =
                [0x02, 1, version, 0x04, UInt8(word.utf8.count)] + Array(word.utf8) + [0xA0, UInt8(get.count)] + get
            staged.udp(.init(40), 50_040, server, 161, [0x30, UInt8(body.count)] + body)
        }
        // RADIUS: an access request of a person (RFC 2865, 4.1), with a password and a reply message.
        func attribute(_ kind: UInt8, _ text: String) -> [UInt8] {
            [kind, UInt8(text.utf8.count + 2)] + Array(text.utf8)
        }
        let attributes =
            attribute(1, "anna.\(word)@clinic.example") + attribute(2, "\(word)PASSWORD") + attribute(18, word)
            + attribute(31, "02-00-0A-01-00-29") + attribute(79, "\u{2}\u{1}\u{0}\u{C}\u{1}\(word)")
        let radius = [1, 1, 0, UInt8(20 + attributes.count)] + [UInt8](repeating: 7, count: 16) + attributes
        staged.udp(.init(41), 50_041, server, 1_812, radius)
        staged.udp(
            .init(42), 514, server, 514, Array("<13>Jan  1 12:00:00 pump-42 login: user \(word) logged in".utf8))
        // EAP identity in a frame of its own (802.1X).
        let identity = [2, 1, 0, UInt8(5 + word.utf8.count), 1] + Array(word.utf8)
        staged.add(
            FrameWriter.ethernet(
                from: StagedCapture.Host(43).hardware, to: HardwareAddress(bits: 0x0180_C200_0003), type: 0x888E,
                [2, 0, 0, UInt8(identity.count)] + identity))
        // CoAP GET /patients/…?token=… (RFC 7252): options Uri-Path (11) and Uri-Query (15).
        let coap: [UInt8] =
            [0x40, 1, 0, 1] + [0xB8] + Array("patients".utf8) + [0x07] + Array(word.utf8) + [0x4D, 0]
            + Array("token=PLANTED".utf8)
        staged.udp(.init(44), 50_044, server, 5_683, coap)
    }
}

/// Goal: whatever format is asked for, no patient, no credential and no secret is in it, nor in the log.
@Suite(.enabled(if: Command.isHere)) struct `No planted name or secret` {
    private let scratch: Scratch
    private let capture: String

    init() throws {
        scratch = try Scratch()
        capture = try scratch.write("ward.pcap", Planted.capture())
    }

    private func check(_ bytes: [UInt8], _ where: String, _ source: SourceLocation = #_sourceLocation) {
        let small = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let word = Array(Planted.word.lowercased().utf8)
        for form in [
            word, word.flatMap { [$0, 0] }, word.flatMap { [0, $0] },
            Array(Data(Planted.word.utf8).base64EncodedString().lowercased().utf8).dropLast(2),
        ] {
            for at in small.indices.dropLast(form.count) where small[at] == form[0] && small[at...].starts(with: form) {
                let around = bytes[max(at - 60, 0)..<min(at + 60, bytes.count)]
                Issue.record(
                    "\(`where`): \(String(decoding: around, as: UTF8.self))", sourceLocation: source)
                return
            }
        }
    }

    @Test func `is in any format, the story of any device, or the log`() throws {
        let log = scratch.path("ward.log")
        let saving = try Command.run(["inventory", "--capture", capture, "--save", log])
        #expect(saving.code == 0, "\(saving.errors)")
        check(try scratch.read("ward.log"), "the log")
        for input in [["--capture", capture], ["--from", log]] {
            for shape in [
                ["--format", "table"], ["--format", "csv"], ["--format", "json"], ["--format", "json", "--facts"],
                ["--format", "json", "--facts", "--anonymise"], ["--anonymise"], ["--format", "csv", "--anonymise"],
            ] {
                let ran = try Command.run(["inventory"] + shape + input)
                #expect(ran.code == 0 && !ran.output.isEmpty, "\(ran.errors)")
                check(ran.output, shape.joined(separator: " "))
                check(Array(ran.errors.utf8), "standard error")
            }
            for number in Array(10...12) + Array(20...25) + Array(30...34) + Array(40...44) + [2] where number != 43 {
                let ran = try Command.run(["explain", "10.1.0.\(number)"] + input)
                #expect(ran.code == 0, "10.1.0.\(number): \(ran.errors)")
                check(ran.output, "explain 10.1.0.\(number)")
            }
        }
    }

    @Test func `hides what identifies the devices beside it`() throws {
        let ran = try Command.run(["inventory", "--capture", capture, "--format", "json", "--facts"])
        for kept in [
            "OFFIS_DCMTK_364", "CT_1", "MONITOR", "00A037009A0053DE", "XN-550", "PumpOS/1.2", "nginx", "vsFTPd 3.0.3",
            "Yealink SIP-T46S", "person:", "pump-23", "Linux UPnP/1.0",
        ] {
            #expect(ran.text.contains(kept), "\(kept) was lost")
        }
    }
}
