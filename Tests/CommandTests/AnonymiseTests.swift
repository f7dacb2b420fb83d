//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// --anonymise: whose devices are these? Nobody can tell.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

@Suite(.enabled(if: Command.isHere)) struct `Shared output` {
    /// Names a hospital and a person in every place where devices put such names.
    private static func capture() -> [UInt8] {
        var staged = StagedCapture()
        let pump = StagedCapture.Host(7)
        let server = StagedCapture.Host(2)
        staged.udp(
            pump, 68, .init(1), 67,
            DHCPv4.write(
                .request, transaction: 7, client: pump.hardware,
                options: [.hostname("Zebedee-pump"), .fqdn("pump.zebedee.example"), .domain("zebedee.example")]))
        staged.udp(
            pump, 5_353, .init(251), 5_353,
            DNS.announcement(
                host: "zebedee-7.local", addresses: [pump.network],
                services: [
                    .init(instance: "Zebedee's pump", type: "_http._tcp.local", port: 80, texts: ["owner=Zebedee"])
                ]))
        staged.udp(pump, 40_001, server, 53, DNS.query("files.zebedee.example", transaction: 7))
        staged.udp(
            pump, 161, server, 50_000,
            SNMP.writeResponse(
                request: 7, sysDescr: "Linux zebedee-sw 5.10.0 x86_64", sysName: "zebedee-sw"))
        staged.udp(
            pump, 1_900, server, 1_900,
            SSDP.notify(
                type: "upnp:rootdevice", usn: "uuid:zebedee", server: "Linux UPnP/1.0",
                location: "http://zebedee.example/d.xml"))
        var message = MLLP.Message(
            sendingApplication: "MONITOR", sendingFacility: "ZEBEDEE", time: "20260101120000",
            type: "ORU^R01^ORU_R01", controlId: "1")
        message.add("OBX", [2: "ST", 18: "ZEBEDEE7^^00A037009A0053DE^EUI-64"])
        staged.tcp(pump, 40_002, server, 2_575, [(.client, message.framed)])
        staged.tcp(
            pump, 40_003, server, 104,
            [
                (
                    .client,
                    DICOM.request(
                        .init(
                            callingAE: "ZEBEDEE_CT", calledAE: "ZEBEDEE_PACS",
                            implementationClassUID: "1.2.276.0.7230010.3.0.3.6.4",
                            implementationVersion: "OFFIS_DCMTK_364", contexts: []))
                )
            ])
        staged.tcp(
            pump, 40_004, server, 1_883,
            [
                (.client, MQTT.connect(clientId: "zebedee-7", userName: "zebedee")),
                (.client, MQTT.publish(topic: "zebedee/ward/7", payload: [])),
            ])
        staged.tcp(
            pump, 40_005, server, 80,
            [
                (.client, HTTP.request("GET", "/", host: "www.zebedee.example")),
                (.server, HTTP.response(200, "OK", headers: [("Server", "zebedee-web")])),
            ])
        return staged.bytes
    }

    @Test func `names no hospital, no person, no address and no file`() throws {
        let scratch = try Scratch()
        let capture = try scratch.write("zebedee.pcap", Self.capture())
        let plain = try Command.run(["inventory", "--capture", capture, "--format", "json", "--facts"])
        #expect(plain.text.lowercased().contains("zebedee") && plain.text.contains("00A037009A0053DE"))
        for shape in [["table"], ["csv"], ["json"], ["json", "--facts"]] {
            let ran = try Command.run(
                ["inventory", "--site", "Zebedee", "--capture", capture, "--anonymise", "--format"] + shape)
            #expect(ran.code == 0 && !ran.output.isEmpty, "\(ran.errors)")
            let text = ran.text.lowercased()
            for word in ["zebedee", "10.1.0.7", "10.1.0.2\"", "0a:01:00:07", "00a037009a0053de", "9a0053de"] {
                guard let at = text.range(of: word) else { continue }
                let from = text.index(at.lowerBound, offsetBy: -80, limitedBy: text.startIndex) ?? text.startIndex
                let to = text.index(at.upperBound, offsetBy: 40, limitedBy: text.endIndex) ?? text.endIndex
                Issue.record("\(shape): \(word) in …\(text[from..<to])…")
            }
        }
    }

    @Test func `is the same every time on one machine`() throws {
        let scratch = try Scratch()
        let capture = try scratch.write("ward.pcap", Self.capture())
        let arguments = ["inventory", "--capture", capture, "--anonymise", "--format", "json", "--facts"]
        #expect(try Command.run(arguments).output == Command.run(arguments).output)
    }
}
