//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Recordings: are the devices of public captures named as their folders name them?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Inventory

/// Goal: devices that introduce themselves are named rightly, in every one of their recordings.
///
/// The IoT Sentinel recordings (folder = device, `iots__device-macs.tsv` says which address it has) and single public
/// captures whose answers tshark shows.
@Suite(.enabled(if: Recordings.areHere)) struct `Recorded devices` {
    struct Answer: Sendable, CustomTestStringConvertible {
        var folder: String
        var mac: String
        var vendor: String
        var type: String
        var model: String?
        var testDescription: String { folder }
    }

    private static func inventory(of path: String) throws -> Ward {
        var ward = Ward()
        for fact in try Reading.read(path).facts {
            ward.hears(
                fact.mac.isEmpty ? nil : fact.mac, fact.field, fact.value, from: fact.ip,
                child: fact.child.isEmpty ? nil : fact.child)
        }
        return ward
    }

    @Test(arguments: [
        Answer(folder: "Aria", mac: "20:f8:5e:ca:91:52", vendor: "Fitbit", type: "body scale", model: "Aria"),
        Answer(
            folder: "D-LinkCam", mac: "b0:c5:54:25:5b:0e", vendor: "D-Link", type: "network camera", model: "DCS-935L"),
        Answer(
            folder: "D-LinkDayCam", mac: "b0:c5:54:1c:71:85", vendor: "D-Link", type: "network camera",
            model: "DCS-930LB"),
        Answer(
            folder: "D-LinkHomeHub", mac: "1c:5f:2b:aa:fd:4e", vendor: "D-Link", type: "smart home hub",
            model: "DCH-G020"),
        Answer(
            folder: "D-LinkSensor", mac: "90:8d:78:a8:e1:43", vendor: "D-Link", type: "motion sensor",
            model: "DCH-S150"),
        Answer(
            folder: "D-LinkSwitch", mac: "90:8d:78:a9:3d:6f", vendor: "D-Link", type: "smart plug", model: "DSP-W215"),
        Answer(
            folder: "D-LinkWaterSensor", mac: "6c:72:20:c5:17:5a", vendor: "D-Link", type: "water sensor",
            model: "DCH-S160"),
        Answer(
            folder: "EdimaxCam1", mac: "74:da:38:80:7a:08", vendor: "Edimax", type: "network camera",
            model: "IC-3115W"),
        Answer(
            folder: "EdimaxPlug1101W", mac: "74:da:38:4a:76:49", vendor: "Edimax", type: "smart plug", model: nil),
        Answer(
            folder: "EdimaxPlug2101W", mac: "74:da:38:23:22:7b", vendor: "Edimax", type: "smart plug", model: nil),
        Answer(
            folder: "HueBridge", mac: "00:17:88:24:76:ff", vendor: "Philips", type: "lighting bridge",
            model: "Hue Bridge"),
        Answer(
            folder: "Lightify", mac: "84:18:26:7b:5f:6b", vendor: "Osram", type: "lighting bridge",
            model: "Lightify Gateway"),
        Answer(
            folder: "MAXGateway", mac: "00:1a:22:03:cb:be", vendor: "eQ-3", type: "smart home hub", model: "MAX! Cube"),
        Answer(
            folder: "TP-LinkPlugHS100", mac: "50:c7:bf:00:fc:a3", vendor: "TP-Link", type: "smart plug", model: "HS100"),
        Answer(
            folder: "TP-LinkPlugHS110", mac: "50:c7:bf:00:c7:03", vendor: "TP-Link", type: "smart plug", model: "HS110"),
        Answer(
            folder: "WeMoInsightSwitch", mac: "94:10:3e:41:c2:05", vendor: "Belkin", type: "smart plug",
            model: "WeMo Insight Switch"),
        Answer(
            folder: "WeMoSwitch", mac: "94:10:3e:35:01:c1", vendor: "Belkin", type: "smart plug", model: "WeMo Switch"),
        Answer(folder: "Withings", mac: "00:24:e4:24:80:2a", vendor: "Withings", type: "body scale", model: nil),
    ])
    func `are named in each of their set-ups`(_ answer: Answer) throws {
        let captures = Recordings.allCaptures().filter { $0.hasPrefix("iot-setup/\(answer.folder)/") }
        #expect(!captures.isEmpty)
        for capture in captures {
            let device = try #require(try Self.inventory(of: capture).device(answer.mac))
            #expect(device.deviceClass == .iot, "\(capture)")
            #expect(device.judgements[.vendor]?.value == answer.vendor, "\(capture)")
            #expect(device.judgements[.type]?.value == answer.type, "\(capture)")
            if let model = answer.model { #expect(device.judgements[.model]?.value == model, "\(capture)") }
        }
    }

    @Test(arguments: [
        // cdp.platform and cdp.software_version, as tshark shows them
        (
            "lldp-cdp/tcpd__LLDP_and_CDP.pcap", "00:18:ba:98:68:8f",
            [Attribute.vendor: "Cisco", .type: "switch", .model: "WS-C3560-24TS", .firmware: "12.2(44)SE"]
        ),
        (
            "lldp-cdp/ndpi__capwap.pcap", "b8:38:61:f3:05:ac",
            [.vendor: "Cisco", .type: "access point", .model: "AIR-CAP2602I-Q-K9", .firmware: "15.2(4)JA1"]
        ),
        // lldp.tlv.system.desc
        (
            "lldp-cdp/arkime__wireshark-lldp.pcap", "00:13:21:57:ca:7f",
            [.vendor: "HP", .type: "switch", .model: "ProCurve Switch 2600-8-PWR", .firmware: "H.08.89"]
        ),
        (
            "lldp-cdp/arkime__wireshark-lldp.pcap", "00:01:30:f9:ad:a0",
            [.vendor: "Extreme Networks", .type: "switch", .model: "Summit300-48", .firmware: "7.4e.1"]
        ),
        // HL7 OBX-18
        (
            "hl7/tapirx__HL7-ADT-UDI-OBX.pcap", "00:03:b1:b5:b6:48",
            [.vendor: "ICU Medical", .type: "infusion pump", .model: "Plum A+"]
        ),
    ])
    func `say in plain words what they are`(capture: String, mac: String, answers: [Attribute: String]) throws {
        let device = try #require(try Self.inventory(of: capture).device(mac))
        for (attribute, value) in answers { #expect(device.judgements[attribute]?.value == value, "\(attribute)") }
    }
}
