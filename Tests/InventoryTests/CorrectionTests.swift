//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Corrections: what a person said stands, and what the rules say stays to be seen.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

extension Ward {
    /// A person says what a device is; nil takes it back.
    @discardableResult
    mutating func corrects(
        _ mac: String, _ attribute: Attribute, _ value: String?, by: String = "Ruth",
        reason: String = "label on the case",
        at second: Int64? = nil
    ) -> [InventoryChange] {
        let decision = Observation.Decision(
            act: .correct(Self.subject(mac), attribute: attribute, value: value), by: by, reason: reason)
        return inventory.learn(
            Observation(
                site: site, sensor: "wardlight", occurred: Timestamp(seconds: second ?? seconds),
                body: .decision(decision)))
    }
}

/// Goal: a hospital that knows better is believed, for good, and nobody is deceived about whose word it is.
@Suite struct Corrections {
    static let mac = "00:11:22:33:44:55"

    private func phone() -> Ward {
        var ward = Ward()
        ward.hears(Self.mac, .lldpMedManufacturer, "Polycom")
        ward.hears(Self.mac, .lldpMedModel, "VVX 411")
        ward.hears(Self.mac, .lldpMedDeviceClass, "3")
        return ward
    }

    @Test func `outrank every rule, say who and why, and leave what the rules say in sight`() throws {
        var ward = phone()
        #expect(ward.device(Self.mac)?.judgements[.type]?.value == "IP phone")
        let changes = ward.corrects(Self.mac, .type, "infusion pump")
        #expect(
            changes.contains { change in
                if case .judged(.type, "IP phone", "infusion pump", 999) = change.kind { true } else { false }
            })
        let device = try #require(ward.device(Self.mac))
        let type = try #require(device.judgements[.type])
        #expect(type.value == "infusion pump")
        #expect(type.confidence == 999)
        #expect(type.evidence.first?.protocolName == "person")
        #expect(type.evidence.first?.field == nil)
        #expect(type.evidence.first?.value == "Ruth: label on the case")
        #expect(type.others.first?.value == "IP phone")
        #expect(type.others.first?.evidence.isEmpty == false)
        #expect(device.deviceClass == .medical)
        #expect(device.judgements[.vendor]?.value == "Polycom")
    }

    @Test func `hold whether they come before the device, after it, or between its words`() throws {
        var early = Ward()
        early.corrects(Self.mac, .type, "infusion pump", at: 1)
        early.hears(Self.mac, .lldpMedManufacturer, "Polycom")
        early.hears(Self.mac, .lldpMedModel, "VVX 411")
        early.hears(Self.mac, .lldpMedDeviceClass, "3")
        var late = phone()
        late.corrects(Self.mac, .type, "infusion pump", at: 1)
        let (one, two) = (try #require(early.device(Self.mac)), try #require(late.device(Self.mac)))
        #expect(one.judgements == two.judgements)
        #expect(one.judgements[.type]?.value == "infusion pump")
    }

    @Test func `the later word counts, in whatever order they are read, and can be taken back`() throws {
        var ward = phone()
        ward.corrects(Self.mac, .type, "ventilator", at: 20)
        ward.corrects(Self.mac, .type, "infusion pump", by: "Anna", at: 10)
        #expect(ward.device(Self.mac)?.judgements[.type]?.value == "ventilator")
        ward.corrects(Self.mac, .type, nil, at: 30)
        #expect(ward.device(Self.mac)?.judgements[.type]?.value == "IP phone")
        #expect(ward.device(Self.mac)?.judgements[.type]?.evidence.contains { $0.protocolName == "person" } == false)
        ward.corrects(Self.mac, .type, "syringe pump", at: 25)
        #expect(ward.device(Self.mac)?.judgements[.type]?.value == "IP phone")
    }

    @Test func `that say what the rules say are kept quietly`() throws {
        var ward = phone()
        let changes = ward.corrects(Self.mac, .type, "IP Phone")
        let type = try #require(ward.device(Self.mac)?.judgements[.type])
        #expect(type.value == "IP Phone")
        #expect(type.confidence == 999)
        #expect(type.evidence.count >= 2)
        #expect(!type.others.contains { $0.value == "IP phone" })
        #expect(changes.count <= 1)
    }

    @Test func `of the maker let the rules that speak of another maker count less`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .dicomImplementationClassUID, "1.2.840.113619.6.446")
        let before = try #require(ward.device(Self.mac)?.judgements[.type])
        #expect(before.value == "ultrasound scanner")
        ward.corrects(Self.mac, .vendor, "Baxter")
        #expect((ward.device(Self.mac)?.judgements[.type]?.confidence ?? 0) < before.confidence)
    }

    @Test func `of an attribute of which nothing is known make it known`() throws {
        var ward = Ward()
        ward.sees(Self.mac, "10.0.0.5")
        ward.corrects(Self.mac, .serial, "SN-1")
        #expect(ward.device(Self.mac)?.judgements[.serial]?.value == "SN-1")
        #expect(ward.device(Self.mac)?.judgements[.serial]?.others.isEmpty == true)
    }

    @Test func `stand over what somebody taught, which is shown beside them`() throws {
        var verdict = Verdict()
        verdict.corrections[.type] = Correction(
            attribute: .type, value: "ventilator", by: "Ruth", reason: "label", occurred: .epoch)
        verdict.apply(verdict.corrections[.type])
        let taught = Evidence(
            field: nil, protocolName: "profile", fieldName: "label", value: "pump", rule: "profile.pump", seen: 0,
            weight: 3_000)
        verdict.add(.type, "infusion pump", taught)
        let type = try #require(verdict.judgements[.type])
        #expect(type.value == "ventilator" && type.confidence == 999)
        #expect(type.others.map(\.value) == ["infusion pump"])
    }

    @Test func `at one site do not touch the same address at another`() throws {
        var ward = phone()
        ward.corrects(Self.mac, .type, "infusion pump")
        ward.site = "annex"
        ward.hears(Self.mac, .lldpMedDeviceClass, "3")
        let types = ward.inventory.snapshot().devices.map { $0.judgements[.type]?.value }
        #expect(types.contains("infusion pump") && types.contains("IP phone"))
    }

    @Test func `find their device again by the subject that the inventory gives, a gateway's child too`() throws {
        var ward = Ward()
        ward.sees(Self.mac, "10.0.0.5")
        ward.hears(Self.mac, .hl7Serial, "4711", from: "10.0.0.5", child: "serial:4711")
        ward.hears(Self.mac, .hl7Eui64, "00A037009A0053DE", from: "10.0.0.5", child: "eui64:00A037009A0053DE")
        ward.sees(nil, "10.0.0.9")
        for device in ward.inventory.snapshot().devices {
            let subject = try #require(ward.inventory.subject(ofDevice: device.id))
            let decision = Observation.Decision(
                act: .correct(subject, attribute: .model, value: "for \(device.id)"), by: "Ruth", reason: "seen")
            _ = ward.inventory.learn(
                Observation(site: ward.site, sensor: "wardlight", occurred: .epoch, body: .decision(decision)))
        }
        let devices = ward.inventory.snapshot().devices
        #expect(devices.count == 4)
        for device in devices { #expect(device.judgements[.model]?.value == "for \(device.id)") }
        #expect(ward.inventory.subject(ofDevice: "dev-000000000000") == nil)
    }

    @Test func `are bounded, and no text of theirs breaks anything`() throws {
        var limits = InventoryLimits()
        limits.correctedDevices = 2
        var ward = Ward(limits: limits)
        for number in 0..<5 { ward.corrects("00:11:22:33:44:0\(number)", .type, "pump \(number)") }
        ward.corrects("00:11:22:33:44:00", .vendor, "Baxter")
        for number in 0..<5 { ward.sees("00:11:22:33:44:0\(number)", "10.0.0.\(number + 1)") }
        #expect(ward.inventory.snapshot().devices.count { $0.judgements[.type]?.confidence == 999 } == 2)
        ward.corrects("00:11:22:33:44:00", .type, "", by: "", reason: "\u{0}\u{202E}{}\"")
        #expect(ward.device("00:11:22:33:44:00")?.judgements[.type]?.value == "")
    }
}

/// Goal: a label changes only when the evidence does, and it can be seen when and why.
@Suite struct `The history of a belief` {
    static let mac = "00:11:22:33:44:55"

    @Test func `tells when it changed, from what to what, and because of which value`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .dhcpVendorClass, "MSFT 5.0")
        ward.hears(Self.mac, .dhcpVendorClass, "android-dhcp-9")
        let changes = try #require(ward.device(Self.mac)).history.filter { $0.attribute == .os }
        #expect(changes.map(\.from) == [nil, "Windows"])
        #expect(changes.map(\.to) == ["Windows", "Android 9"])
        #expect(changes.map(\.value) == ["MSFT 5.0", "android-dhcp-9"])
        #expect(changes.allSatisfy { $0.field == .dhcpVendorClass && $0.confidence >= 300 })
        #expect(changes[0].moment < changes[1].moment)
    }

    @Test func `names the person whose word made it`() throws {
        var ward = Ward()
        ward.hears(Self.mac, .dhcpVendorClass, "MSFT 5.0")
        ward.corrects(Self.mac, .os, "Windows CE", at: 77)
        let last = try #require(ward.device(Self.mac)?.history.last)
        #expect(last.protocolName == "person" && last.value == "Ruth: label on the case")
        #expect(last.moment == Timestamp(seconds: 77))
        #expect(last.from == "Windows" && last.to == "Windows CE")
    }

    @Test func `has no new line however often and in whatever order the same evidence comes`() throws {
        let words: [(Field, String)] = [
            (.dhcpVendorClass, "MSFT 5.0"), (.dhcpParameterRequestList, "1,3,6,15,31,33,43,44,46,47,119,121,249,252"),
            (.dhcpHostname, "DESKTOP-4F2K9QP"), (.tcpSyn, "4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0"),
            (.httpUserAgent, "Mozilla/5.0 (Windows NT 10.0; rv:52.0) Gecko/20100101 Firefox/52.0"),
        ]
        var judged: Set<[Attribute: String]> = []
        for start in words.indices {
            var ward = Ward()
            let order = Array(words[start...] + words[..<start])
            for (field, value) in order { ward.hears(Self.mac, field, value) }
            let before = try #require(ward.device(Self.mac))
            for _ in 0..<20 { for (field, value) in order.reversed() { ward.hears(Self.mac, field, value) } }
            let after = try #require(ward.device(Self.mac))
            #expect(after.history == before.history)
            judged.insert(after.judgements.mapValues(\.value))
        }
        #expect(judged.count == 1)
    }

    @Test func `keeps its beginning and its end when it is long`() throws {
        var ward = Ward()
        for round in 0..<40 { ward.hears(Self.mac, .lldpMedFirmware, "1.0.\(round)") }
        let history = try #require(ward.device(Self.mac)).history
        #expect(history.count == History.all)
        #expect(history.first?.to == "1.0.0")
        #expect(history.last?.to == "1.0.39")
    }
}
