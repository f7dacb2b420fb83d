//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Judging: what do several words of one device add up to?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

/// Goal: what a device says of itself in a field made for it outweighs habits and hints.
@Suite struct Judging {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var facts: [(Field, String)]
        var expected: [Attribute: String]
    }

    static let mac = "00:11:22:33:44:55"

    @Test(arguments: [
        Case(
            testDescription: "a Cisco access point in CDP",
            facts: [
                (.cdpPlatform, "cisco AIR-CAP2602I-Q-K9"),
                (
                    .cdpSoftware,
                    "Cisco IOS Software, C2600 Software (AP3G2-K9W8-M), Version 15.2(4)JA1, RELEASE SOFTWARE (fc2)"
                ), (.cdpCapabilities, "router,transparent-bridge"),
            ],
            expected: [
                .vendor: "Cisco", .type: "access point", .model: "AIR-CAP2602I-Q-K9", .os: "Cisco IOS",
                .firmware: "15.2(4)JA1", .role: "access point",
            ]),
        Case(
            testDescription: "a haematology analyser in its header record",
            facts: [(.astmSender, "XN-550^00-24^22723^^^^BD634545")],
            expected: [
                .vendor: "Sysmex", .type: "laboratory analyser", .model: "XN-550", .firmware: "00-24",
                .serial: "BD634545",
            ]),
        Case(
            testDescription: "a pump whose radio is another maker's",
            facts: [
                (.telnetBanner, "Welcome to the SIGMA Spectrum Diagnostic Terminal MAC Address: 1 SW: v8.00.01")
            ],
            expected: [.vendor: "Baxter", .type: "infusion pump", .model: "Sigma Spectrum", .firmware: "v8.00.01"]),
        Case(
            testDescription: "an ultrasound scanner by its DICOM identity",
            facts: [
                (.dicomImplementationClassUID, "1.2.840.113619.6.446"), (.dicomImplementationVersion, "VENUE_302"),
                (.dicomCallingAE, "VENGO-VGB000364"),
            ],
            expected: [.vendor: "GE Healthcare", .type: "ultrasound scanner", .model: "Venue", .firmware: "302"]),
        Case(
            testDescription: "a phone in LLDP-MED",
            facts: [
                (.lldpMedManufacturer, "Polycom"), (.lldpMedModel, "VVX 411"), (.lldpMedSoftware, "5.9.5.3153"),
                (.lldpMedSerial, "64167F1A2B3C"), (.lldpMedDeviceClass, "3"),
            ],
            expected: [
                .vendor: "Polycom", .type: "IP phone", .model: "VVX 411", .firmware: "5.9.5.3153",
                .serial: "64167F1A2B3C",
            ]),
        Case(
            testDescription: "a Windows station: the exact version takes the general word in",
            facts: [(.dhcpVendorClass, "MSFT 5.0"), (.smbNtlmVersion, "10.0.19045")],
            expected: [.os: "Windows 10 22H2", .type: "workstation"]),
        Case(
            testDescription: "nothing that a rule knows: nothing is said",
            facts: [(.dhcpHostname, "x4711"), (.dnsQuery, "intranet.example")], expected: [:]),
    ])
    func `facts give`(_ example: Case) throws {
        var ward = Ward()
        for (field, value) in example.facts { ward.hears(Self.mac, field, value) }
        let device = try #require(ward.device(Self.mac))
        #expect(device.judgements.mapValues(\.value) == example.expected)
        for judgement in device.judgements.values {
            #expect((300...999).contains(judgement.confidence))
            #expect(!judgement.evidence.isEmpty)
        }
    }

    @Test func `confidence is the softmax with an unknown of zero`() {
        // e^2.5 / (1 + e^2.5) = 0.924; e^0.4 / (1 + e^0.4) = 0.599; two of 2.5: 12.182 / 25.365 = 0.480
        #expect(Odds.confidences(of: [2_500]) == [924])
        #expect(Odds.confidences(of: [400]) == [599])
        #expect(Odds.confidences(of: [2_500, 2_500]) == [480, 480])
        #expect(Odds.confidences(of: [0]) == [500])
        #expect(Odds.confidences(of: [-4_000]) == [18])
        #expect(Odds.confidences(of: [6_500]) == [998])
        #expect(Odds.confidences(of: []) == [])
    }

    @Test func `saying the same thing often does not make it surer`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .dhcpVendorClass, "udhcp 1.19.4")
        let before = try #require(ward.device(Self.mac)?.judgements[.os]?.confidence)
        for _ in 0..<50 { ward.hears(Self.mac, .dhcpVendorClass, "udhcp 1.19.4") }
        ward.hears(Self.mac, .dhcpVendorClass, "udhcp 1.22.1")
        #expect(ward.device(Self.mac)?.judgements[.os]?.confidence == before)
    }

    @Test func `of a state the last word counts, and going back is news`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .lldpMedFirmware, "1.0.0")
        ward.hears(Self.mac, .lldpMedFirmware, "2.0.0")
        #expect(ward.device(Self.mac)?.judgements[.firmware]?.value == "2.0.0")
        let changes = ward.hears(Self.mac, .lldpMedFirmware, "1.0.0")
        #expect(ward.device(Self.mac)?.judgements[.firmware]?.value == "1.0.0")
        let kinds = changes.map(\.kind)
        #expect(
            kinds.contains { kind in
                if case .judged(.firmware, "2.0.0", "1.0.0", _) = kind { true } else { false }
            })
    }

    @Test func `after an update the version that was heard last is shown`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .astmSender, "c111^Roche^c111^4.2.2.1730^1^13147")
        ward.hears(Self.mac, .astmSender, "c111^Roche^c111^5.0.0.1000^1^13147")
        let firmware = try #require(ward.device(Self.mac)?.judgements[.firmware])
        #expect(firmware.value == "5.0.0.1000")
        #expect(firmware.others.map(\.value) == ["4.2.2.1730"])
    }

    @Test func `what speaks for something else is shown as a rival`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .dhcpVendorClass, "MSFT 5.0")
        ward.hears(Self.mac, .dhcpVendorClass, "android-dhcp-9")
        let system = try #require(ward.device(Self.mac)?.judgements[.os])
        #expect(system.value == "Android 9")
        #expect(system.others.map(\.value) == ["Windows"])
    }

    @Test func `a general word is no rival to the exact one but supports it`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .dicomImplementationClassUID, "1.3.46.670589.33.5.1")
        #expect(ward.device(Self.mac)?.judgements[.type]?.value == "imaging modality")
        ward.hears(Self.mac, .dicomAbstractSyntax, "1.2.840.10008.5.1.4.1.1.2")
        ward.talks((Self.mac, "10.0.0.5"), ("00:11:22:33:44:66", "10.0.0.6"), "dicom", 104)
        let type = try #require(ward.device(Self.mac)?.judgements[.type])
        #expect(type.value == "CT scanner")
        #expect(type.evidence.count >= 2)
        #expect(type.others.isEmpty)
    }

    @Test func `a part with a model of its own is a component`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .lldpMedHardware, "Rev A")
        #expect(ward.device(Self.mac)?.components == [Device.Component(kind: "board", model: "Rev A")])
    }

    @Test func `the maker of a module never ends the search for the maker`() throws {
        let csv = Array("Registry,Assignment,Organization Name,Address\nMA-L,00409D,Digi International,x\n".utf8)
        let knowledge = try KnowledgeBase(rules: Shelf.texts, prefixes: PrefixTable(builtFrom: [csv]))
        var ward = Ward(knowledge)
        let pump = "00:40:9d:11:22:33"
        ward.sees(pump, "10.1.1.5")
        #expect(ward.device(pump)?.judgements[.vendor]?.value == "Digi")
        #expect((ward.device(pump)?.judgements[.vendor]?.confidence ?? 999) < 620)
        ward.hears(pump, .telnetBanner, "Welcome to the SIGMA Spectrum Diagnostic Terminal")
        #expect(ward.device(pump)?.judgements[.vendor]?.value == "Baxter")
        #expect(ward.device(pump)?.deviceClass == .medical)
    }

    @Test func `one word that names a product beats three that each guess one of its sides`() throws {
        let text = """
            source "made up for this test"
            rule strong
              when telnet.banner exact "Plum 360"
              says vendor "ICU Medical" 2500, model "Plum 360" 3000, type "infusion pump" 2500
              example "Plum 360"
            rule weak-1
              when http.server exact "x"
              says vendor "Acme" 1000, type "network camera" 1000
              example "x"
            rule weak-2
              when ssh.banner exact "x"
              says vendor "Acme" 1000, type "network camera" 1000
              example "x"
            rule weak-3
              when ftp.banner exact "x"
              says vendor "Acme" 900, type "network camera" 900
              example "x"
            """
        var ward = Ward(try KnowledgeBase(rules: [("own.rules", text)], prefixes: .empty))
        for field: Field in [.httpServer, .sshBanner, .ftpBanner] { ward.hears(Self.mac, field, "x") }
        #expect(ward.device(Self.mac)?.judgements[.type]?.value == "network camera")
        ward.hears(Self.mac, .telnetBanner, "Plum 360")
        let judgements = try #require(ward.device(Self.mac)).judgements
        #expect(judgements.mapValues(\.value) == [.vendor: "ICU Medical", .model: "Plum 360", .type: "infusion pump"])
        #expect(judgements[.type]?.others.map(\.value) == ["network camera"])
        for judgement in judgements.values { #expect(judgement.confidence > 700) }
    }

    @Test func `the past does not outvote the present, however often a state changed`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .lldpMedFirmware, "1.0.0")
        let once = try #require(ward.device(Self.mac)?.judgements[.firmware]?.confidence)
        for round in 1..<60 { ward.hears(Self.mac, .lldpMedFirmware, "1.0.\(round)") }
        let firmware = try #require(ward.device(Self.mac)?.judgements[.firmware])
        #expect(firmware.value == "1.0.59")
        #expect(firmware.confidence > once - 100)
        #expect(firmware.others.map(\.value) == ["1.0.58"])
    }

    @Test(arguments: [
        "Lantronix", "DigiBoard", "Silex Technology, Inc.", "MOXA TECHNOLOGIES CORP., LTD.", "Espressif Inc.",
        "Murata Manufacturing Co., Ltd.", "AzureWave Technology Inc.", "Liteon Technology Corporation",
        "Hon Hai Precision Ind. Co.,Ltd.", "FOXCONN", "Universal Global Scientific Industrial Co., Ltd.",
        "ASIX Electronics Corporation", "REALTEK SEMICONDUCTOR CORP.", "u-blox AG", "Redpine Signals, Inc.",
        "Laird Connectivity", "Texas Instruments", "GainSpan Corp.", "Quectel Wireless Solutions Co.,Ltd.",
        "Sierra Wireless", "Telit Wireless Solutions GmbH", "Intel Corporate", "AMPAK Technology, Inc.",
    ])
    func `the maker of a module, adapter or card is never believed to be the device's`(maker: String) throws {
        let csv = Array("Registry,Assignment,Organization Name,Address\nMA-L,00409D,\"\(maker)\",x\n".utf8)
        let knowledge = try KnowledgeBase(rules: Shelf.texts, prefixes: PrefixTable(builtFrom: [csv]))
        var ward = Ward(knowledge)
        ward.sees("00:40:9d:11:22:33", "10.1.1.5")
        let device = try #require(ward.inventory.snapshot().devices.first)
        #expect((device.judgements[.vendor]?.confidence ?? 0) < 600)
        #expect(device.unsettled.contains { $0.contains("makes modules for others") })
        ward.hears("00:40:9d:11:22:33", .telnetBanner, "Welcome to the SIGMA Spectrum Diagnostic Terminal")
        #expect(ward.device("00:40:9d:11:22:33")?.judgements[.vendor]?.value == "Baxter")
    }
}
