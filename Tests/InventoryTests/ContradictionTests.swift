//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Contradictions: who is not what its address says, and who only looks so?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@testable import Inventory

/// Goal: a rogue device behind a borrowed address is found by what it cannot help saying; nobody else is accused.
@Suite struct Contradictions {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var mac: String
        var facts: [(Field, String)]
        /// What the two sides say; nil where nothing may be found.
        var sides: [String]?
    }

    static let linuxSyn = "4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+:0"
    static let windowsSyn = "4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0"
    static let appleSyn = "4:64:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0"
    static let pi = "dhcpcd-8.1.2:Linux-5.10.63-v7l+:armv7l:BCM2711"
    static let chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"

    /// Makers of the addresses below, as IEEE writes them.
    static let knowledge: KnowledgeBase? = {
        let rows = [
            "0003B1,Hospira Inc.", "0008FB,SonoSite Inc.", "444B5D,GE Healthcare", "00408C,Axis Communications AB",
            "002673,RICOH COMPANY LTD.", "00409D,DigiBoard", "0080A3,Lantronix", "B827EB,Raspberry Pi Foundation",
            "000C29,VMware Inc.", "00A037,Mindray DS USA", "0009FB,Philips Patient Monitoring", "24B657,Cisco Systems",
            "64167F,Polycom", "240AC4,Espressif Inc.", "001221,B. Braun Melsungen AG",
        ].map { "MA-L,\($0),x" }
        let csv = Array("Registry,Assignment,Organization Name,Address\n\(rows.joined(separator: "\n"))\n".utf8)
        return try? KnowledgeBase(rules: Shelf.texts, prefixes: PrefixTable(builtFrom: [csv]))
    }()

    static let rogues = [
        Case(
            testDescription: "a pump's address on a Raspberry Pi: DHCP and SYN", mac: "00:03:b1:01:02:03",
            facts: [(.dhcpVendorClass, pi), (.tcpSyn, linuxSyn)], sides: ["infusion pump", "single-board computer"]),
        Case(
            testDescription: "a pump's address on a Raspberry Pi: DHCP and host name", mac: "00:03:b1:01:02:04",
            facts: [
                (.dhcpHostname, "raspberrypi"),
                (.dhcpParameterRequestList, "1,121,33,3,6,12,15,28,42,51,54,58,59,100,101,119"),
            ], sides: ["infusion pump", "single-board computer"]),
        Case(
            testDescription: "a pump's address on a desktop with Windows", mac: "00:12:21:01:02:05",
            facts: [
                (.dhcpVendorClass, "MSFT 5.0"), (.dhcpHostname, "DESKTOP-4F2K9QP"), (.tcpSyn, windowsSyn),
            ], sides: ["infusion pump", "workstation"]),
        Case(
            testDescription: "an ultrasound scanner's address on a laptop with Windows", mac: "00:08:fb:01:02:03",
            facts: [(.dhcpVendorClass, "MSFT 5.0"), (.dhcpHostname, "LAPTOP-4F2K9QP"), (.httpUserAgent, chrome)],
            sides: ["ultrasound scanner", "personal computer"]),
        Case(
            testDescription: "a scanner maker's address on a MacBook", mac: "44:4b:5d:01:02:03",
            facts: [
                (.dhcpHostname, "Annas-MacBook-Pro"),
                (.dhcpParameterRequestList, "1,121,3,6,15,108,114,119,252,95,44,46"),
                (.tcpSyn, appleSyn),
            ], sides: ["medical device", "macOS"]),
        Case(
            testDescription: "a monitor's address on a telephone", mac: "00:09:fb:01:02:03",
            facts: [
                (.dhcpVendorClass, "android-dhcp-13"), (.dhcpHostname, "Galaxy-S21"),
                (.httpUserAgent, "Dalvik/2.1.0 (Linux; U; Android 13; SM-G991B Build/TP1A.220624.014)"),
            ], sides: ["patient monitor", "smartphone"]),
        Case(
            testDescription: "a camera's address on a Raspberry Pi", mac: "00:40:8c:01:02:03",
            facts: [(.dhcpVendorClass, pi), (.sshBanner, "SSH-2.0-OpenSSH_7.9p1 Raspbian-10+deb10u2")],
            sides: ["network camera", "single-board computer"]),
        Case(
            testDescription: "a printer's address on a laptop", mac: "00:26:73:01:02:03",
            facts: [
                (.dhcpVendorClass, "MSFT 5.0"), (.dhcpHostname, "LAPTOP-4F2K9QP"), (.netbiosName, "LAPTOP-4F2K9QP"),
                (.tcpSyn, windowsSyn),
            ], sides: ["printer", "personal computer"]),
    ]

    static let honest = [
        Case(
            testDescription: "a pump that runs Linux", mac: "00:03:b1:01:02:03",
            facts: [
                (.dhcpVendorClass, "udhcp 1.19.4"), (.tcpSyn, linuxSyn), (.httpServer, "lighttpd/1.4.35"),
                (.dhcpHostname, "PLUM360-1A2B"),
            ]),
        Case(
            testDescription: "a pump with a DHCP client of Linux that names its board", mac: "00:03:b1:01:02:03",
            facts: [(.dhcpVendorClass, "dhcpcd-6.7.1:Linux-4.1.15:armv7l:Freescale i.MX6"), (.tcpSyn, linuxSyn)]),
        Case(
            testDescription: "an ultrasound scanner with Windows", mac: "00:08:fb:01:02:03",
            facts: [
                (.dhcpVendorClass, "MSFT 5.0"), (.tcpSyn, windowsSyn), (.smbNtlmVersion, "10.0.17763"),
                (.dhcpHostname, "US-ROOM3"), (.dicomImplementationVersion, "OFFIS_DCMTK_364"),
            ]),
        Case(
            testDescription: "a console of a scanner with a name that Windows gave it", mac: "44:4b:5d:01:02:03",
            facts: [(.dhcpVendorClass, "MSFT 5.0"), (.tcpSyn, windowsSyn), (.dhcpHostname, "DESKTOP-4F2K9QP")]),
        Case(
            testDescription: "one layer alone against the address", mac: "00:03:b1:01:02:03",
            facts: [(.dhcpHostname, "raspberrypi")]),
        Case(
            testDescription: "a pump's radio by Digi", mac: "00:40:9d:01:02:03",
            facts: [
                (.telnetBanner, "Welcome to the SIGMA Spectrum Diagnostic Terminal"), (.dhcpVendorClass, pi),
                (.dhcpHostname, "raspberrypi"),
            ]),
        Case(
            testDescription: "a serial adapter in front of a Windows computer", mac: "00:80:a3:01:02:03",
            facts: [(.dhcpVendorClass, "MSFT 5.0"), (.dhcpHostname, "LAPTOP-4F2K9QP")]),
        Case(
            testDescription: "a virtual machine", mac: "00:0c:29:01:02:03",
            facts: [(.dhcpVendorClass, "MSFT 5.0"), (.dhcpHostname, "DESKTOP-4F2K9QP"), (.tcpSyn, windowsSyn)]),
        Case(
            testDescription: "a Raspberry Pi that says so", mac: "b8:27:eb:01:02:03",
            facts: [(.dhcpVendorClass, pi), (.tcpSyn, linuxSyn), (.dhcpHostname, "raspberrypi")]),
        Case(
            testDescription: "an address set by software", mac: "02:03:b1:01:02:03",
            facts: [(.dhcpVendorClass, pi), (.tcpSyn, linuxSyn), (.dhcpHostname, "raspberrypi")]),
        Case(
            testDescription: "a computer with a softphone", mac: "00:11:22:01:02:03",
            facts: [
                (.dhcpVendorClass, "MSFT 5.0"), (.dhcpHostname, "DESKTOP-4F2K9QP"),
                (.sipUserAgent, "PolycomVVX-VVX_411-UA/5.9.5.3153"), (.tcpSyn, windowsSyn),
            ]),
    ]

    private func device(_ example: Case) throws -> Device {
        var ward = Ward(try #require(Self.knowledge))
        ward.sees(example.mac, "10.1.1.5", binding: true)
        for (field, value) in example.facts { ward.hears(example.mac, field, value, from: "10.1.1.5") }
        return try #require(ward.inventory.snapshot().devices.first)
    }

    @Test(arguments: rogues)
    func `a borrowed address is found`(_ example: Case) throws {
        let device = try device(example)
        let finding = try #require(device.findings.first)
        #expect(device.findings.count == 1)
        #expect(finding.rule == FindingRule.hardware.rawValue)
        #expect(finding.sides.count == 2)
        let says = finding.sides.map(\.says)
        #expect(says.first == example.sides?.first)
        #expect(says.last?.hasPrefix(example.sides?.last ?? "") == true, "\(says)")
        #expect(finding.sides.last.map { $0.layers.count >= 2 } == true)
        for side in finding.sides { #expect(!side.evidence.isEmpty) }
        #expect(finding.evidence == finding.sides.flatMap(\.evidence))
        #expect(finding.evidence.contains { $0.protocolName == "ieee" || $0.protocolName == "mac" })
        #expect(finding.evidence.contains { $0.protocolName == "dhcp" })
        let isMedical = ["infusion pump", "ultrasound scanner", "medical device", "patient monitor"].contains(says[0])
        #expect(finding.severity == (isMedical ? .high : .medium))
        for word in says { #expect(finding.title.contains(word)) }
    }

    @Test(arguments: honest)
    func `nobody is accused for what is normal`(_ example: Case) throws {
        #expect(try device(example).findings == [])
    }

    @Test func `the order of the words does not matter`() throws {
        var turned = Self.rogues[0]
        turned.facts.reverse()
        let (one, two) = (try device(Self.rogues[0]), try device(turned))
        #expect(one.findings == two.findings)
    }

    @Test func `a medical protocol from a Raspberry Pi is found`() throws {
        let example = Case(
            testDescription: "", mac: "b8:27:eb:01:02:03",
            facts: [
                (.telnetBanner, "Welcome"), (.dhcpHostname, "raspberrypi"), (.dhcpVendorClass, Self.pi),
                (.sdcType, "sdc.cdc.type:///69985"),
            ])
        let finding = try #require(try device(example).findings.first)
        #expect(finding.rule == FindingRule.purpose.rawValue)
        #expect(finding.sides.map(\.says) == ["infusion pump", "single-board computer"])
    }

    @Test func `a laptop that calls itself a telephone to the switch is found`() throws {
        let example = Case(
            testDescription: "", mac: "00:11:22:01:02:03",
            facts: [
                (.lldpMedDeviceClass, "3"), (.lldpMedManufacturer, "Polycom"), (.lldpMedModel, "VVX 411"),
                (.dhcpVendorClass, "MSFT 5.0"), (.dhcpHostname, "LAPTOP-4F2K9QP"), (.tcpSyn, Self.windowsSyn),
            ])
        let finding = try #require(try device(example).findings.first)
        #expect(finding.rule == FindingRule.neighbours.rawValue)
        #expect(finding.severity == .medium)
        #expect(finding.sides.map(\.says) == ["IP phone", "personal computer"])
    }

    // MARK: Who speaks where, and for whom

    @Test(arguments: ["PYDICOM 3.0.2", "GODICOM_1_1", "PYNETDICOM_204"])
    func `a script where a scanner was is found, from another card or the same`(script: String) throws {
        for card in ["00:11:22:33:44:66", "00:11:22:33:44:55"] {
            var ward = Ward(try #require(Self.knowledge))
            ward.hears(
                "00:11:22:33:44:55", .dicomImplementationClassUID, "1.3.12.2.1107.5.9.20000101", from: "10.1.1.5")
            ward.hears(card, .dicomImplementationVersion, script, from: "10.1.1.5")
            let found = ward.inventory.snapshot().devices.flatMap { device in device.findings.map { (device, $0) } }
            #expect(found.count == 1)
            let (device, finding) = try #require(found.first)
            #expect(device.mac == [HardwareAddress(card)])
            #expect(finding.rule == FindingRule.script.rawValue)
            #expect(finding.evidence.map(\.value) == ["1.3.12.2.1107.5.9.20000101", script])
        }
    }

    @Test func `a script alone, before a scanner or at another address is none`() throws {
        var ward = Ward(try #require(Self.knowledge))
        ward.hears("00:11:22:33:44:55", .dicomImplementationVersion, "PYDICOM 3.0.2", from: "10.1.1.5")
        ward.hears("00:11:22:33:44:66", .dicomImplementationClassUID, "1.3.12.2.1107.5.9.20000101", from: "10.1.1.5")
        ward.hears("00:11:22:33:44:77", .dicomImplementationClassUID, "1.3.12.2.1107.5.9.20000101", from: "10.1.1.7")
        ward.hears("00:11:22:33:44:88", .dicomImplementationVersion, "PYDICOM 3.0.2", from: "10.1.1.8")
        #expect(ward.inventory.snapshot().devices.allSatisfy { $0.findings.isEmpty })
    }

    @Test func `a pump of one maker that speaks for another's is found; a gateway or a module is not`() throws {
        func findings(_ gateway: String, _ facts: [(Field, String)], child: String) throws -> [Finding] {
            var ward = Ward(try #require(Self.knowledge))
            ward.sees(gateway, "10.1.1.5", binding: true)
            for (field, value) in facts { ward.hears(gateway, field, value, from: "10.1.1.5") }
            ward.hears(gateway, .hl7Eui64, child, from: "10.1.1.5", child: "eui64:\(child)")
            return ward.inventory.snapshot().devices.flatMap(\.findings)
        }
        let mindray = "00A037009A0053DE"
        let found = try findings("00:03:b1:01:02:03", [], child: mindray)
        #expect(found.map(\.rule) == [FindingRule.gateway.rawValue])
        #expect(found.first?.sides.map(\.says) == ["ICU Medical", "Mindray"])
        #expect(try findings("00:a0:37:01:02:03", [], child: mindray) == [])
        #expect(try findings("00:80:a3:01:02:03", [], child: mindray) == [])
        #expect(try findings("24:b6:57:01:02:03", [], child: mindray) == [])
        let egateway = [(Field.hl7SendingApplication, "MINDRAY_EGATEWAY^00A0370027000143^EUI-64")]
        #expect(try findings("00:a0:37:01:02:03", egateway, child: "0012210000000001") == [])
    }

    // MARK: Documents

    @Test func `every finding is in docs findings with an example, and no other`() throws {
        let text = try House.text("docs/findings.md")
        let listed = text.split(separator: "\n").filter { $0.hasPrefix("## `") }.map { line in
            String(line.dropFirst(4).prefix { $0 != "`" })
        }
        // Those of peripherals and of firmware are held by the tests of Defense, those of lists by the Ledger's.
        let others = ["peripheral.", "inventory.", "firmware."]
        let own = listed.filter { name in !others.contains { name.hasPrefix($0) } }
        #expect(Set(own) == Set(FindingRule.allCases.map(\.rawValue)))
        for part in text.components(separatedBy: "\n## `").dropFirst() where !part.hasPrefix("peripheral.") {
            #expect(part.contains("Example"))
        }
    }
}
