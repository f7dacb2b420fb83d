//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: firmware that went back is told, and nothing that only looks like it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@testable import Defense

@Suite struct `Firmware that went back` {
    private static let day: Int64 = 86_400
    private static func moment(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_772_000_000 + seconds) }

    /// One text of a field: what it means, and from when to when it was heard.
    private typealias Text = (field: Field, text: String, from: Int64, to: Int64)

    /// A device that said these things; of its firmware the last counts.
    private func device(
        _ texts: [Text], serials: [Text] = [], history: [BeliefChange] = [], _ deviceClass: DeviceClass = .iot
    ) -> Device {
        var device = Device(
            id: "dev-000000000001", site: "main", span: .init(first: Self.moment(0), last: Self.moment(0)))
        device.deviceClass = deviceClass
        device.mac = [HardwareAddress(bits: 0x0200_0000_0001)]
        for said in texts + serials + [] {
            device.facts.append(
                FactSummary(
                    field: said.field, value: said.text, count: 3,
                    span: .init(first: Self.moment(said.from), last: Self.moment(said.to))))
        }
        device.judgements[.firmware] = judgement(texts)
        device.judgements[.serial] = judgement(serials)
        device.history = history
        return device
    }

    private func judgement(_ texts: [Text]) -> Judgement? {
        guard let last = texts.max(by: { $0.to < $1.to }) else { return nil }
        func piece(_ said: Text) -> Evidence {
            Evidence(
                field: said.field, protocolName: "wsd", fieldName: "firmware", value: said.text, rule: "r", seen: 3,
                weight: 4_000)
        }
        var judgement = Judgement(value: last.text, confidence: 900, evidence: [piece(last)])
        judgement.others = texts.filter { $0.text != last.text }.map { .init(value: $0.text, evidence: [piece($0)]) }
        return judgement
    }

    private func change(_ from: String?, _ to: String?, _ second: Int64, _ attribute: Attribute = .firmware)
        -> BeliefChange
    {
        BeliefChange(
            moment: Self.moment(second), attribute: attribute, from: from, to: to, confidence: 900, field: .wsdFirmware,
            protocolName: "wsd", fieldName: "firmware", value: to ?? "")
    }

    @Test func `an earlier version days after a later one is told, with both texts and since when`() throws {
        let texts: [Text] = [
            (.wsdFirmware, "2.2.4", 0, Self.day), (.wsdFirmware, "2.2.3", 3 * Self.day, 4 * Self.day),
        ]
        let finding = try #require(FirmwareDowngrade.finding(of: device(texts)))
        #expect(finding.rule == "firmware.downgrade" && finding.technique == "T1601.002")
        #expect(finding.title == "its firmware went back from 2.2.4 to 2.2.3")
        #expect(finding.severity == .medium && finding.since == Self.moment(3 * Self.day))
        #expect(finding.evidence.map { String($0.value.prefix(5)) } == ["2.2.4", "2.2.3"])
        #expect(FirmwareDowngrade.finding(of: device(texts, .medical))?.severity == .high)
        #expect(FindingKind.isBehaviour(finding.rule) && !FindingKind.isRogue(finding.rule))
    }

    @Test func `an hour in which only the new one was heard is enough, a second less is not`() {
        func told(_ last: Int64) -> Bool {
            FirmwareDowngrade.finding(
                of: device([(.wsdFirmware, "2.2.4", 0, 100), (.wsdFirmware, "2.2.3", 110, last)])) != nil
        }
        #expect(told(100 + 3_600) && !told(100 + 3_599))
    }

    @Test func `an update, an equal version and versions without an order are none`() {
        for (old, new) in [
            ("2.2.3", "2.2.4"), ("2.2", "2.2.0"), ("U61", "L81"), ("A.01", "7"), ("9.9", "9.10"), ("unknown", "2.2"),
        ] {
            let texts: [Text] = [
                (.wsdFirmware, old, 0, Self.day), (.wsdFirmware, new, 3 * Self.day, 4 * Self.day),
            ]
            #expect(FirmwareDowngrade.finding(of: device(texts)) == nil, "\(old) \(new)")
        }
    }

    @Test func `two images that report in turn, and two sources that disagree, are none`() {
        #expect(
            FirmwareDowngrade.finding(
                of: device([(.wsdFirmware, "2.2.4", 0, 3 * Self.day), (.wsdFirmware, "2.2.3", 10, 4 * Self.day)]))
                == nil)
        #expect(
            FirmwareDowngrade.finding(
                of: device([(.wsdFirmware, "2.2.4", 0, 10), (.httpServer, "2.2.3", 3 * Self.day, 4 * Self.day)])) == nil
        )
        let sightings: [Text] = [
            (.sightingFirmware, "2.2.4", 0, 10), (.sightingFirmware, "2.2.3", Self.day, 2 * Self.day),
        ]
        var seen = device(sightings)
        #expect(FirmwareDowngrade.finding(of: seen) != nil)
        for source in ["mdm", "rtls"] {
            seen.facts.append(
                FactSummary(
                    field: .sightingSource, value: source, count: 1,
                    span: .init(first: Self.moment(0), last: Self.moment(0))))
        }
        #expect(FirmwareDowngrade.finding(of: seen) == nil)
    }

    @Test func `a device that was exchanged is none`() {
        let texts: [Text] = [
            (.wsdFirmware, "2.2.4", 0, Self.day), (.wsdFirmware, "2.2.3", 3 * Self.day, 4 * Self.day),
        ]
        let same: [Text] = [(.wsdSerial, "SN-1", 0, 4 * Self.day)]
        let other: [Text] = [(.wsdSerial, "SN-1", 0, Self.day), (.wsdSerial, "SN-2", 3 * Self.day, 4 * Self.day)]
        #expect(FirmwareDowngrade.finding(of: device(texts, serials: same)) != nil)
        #expect(FirmwareDowngrade.finding(of: device(texts, serials: other)) == nil)
        let model = [change("Infusomat", "Perfusor", 2 * Self.day, .model)]
        let fuller = [change("Infusomat", "Infusomat Space", 2 * Self.day, .model)]
        #expect(FirmwareDowngrade.finding(of: device(texts, history: model)) == nil)
        #expect(FirmwareDowngrade.finding(of: device(texts, history: fuller)) != nil)
    }

    @Test func `going back to what it was before is told when the later one had been there for a day`() {
        let texts: [Text] = [(.wsdFirmware, "2.2.3", 0, 9 * Self.day), (.wsdFirmware, "2.2.4", Self.day, 2 * Self.day)]
        func told(_ back: Int64, again: Bool = false) -> Bool {
            var history = [
                change(nil, "2.2.3", 0), change("2.2.3", "2.2.4", Self.day), change("2.2.4", "2.2.3", back),
            ]
            if again { history += [change("2.2.3", "2.2.4", back + 60), change("2.2.4", "2.2.3", back + 120)] }
            return FirmwareDowngrade.finding(of: device(texts, history: history)) != nil
        }
        #expect(told(2 * Self.day) && !told(2 * Self.day - 1))
        #expect(!told(2 * Self.day, again: true))
        #expect(FirmwareDowngrade.finding(of: device(texts)) == nil)
    }

    @Test func `it is in docs findings with an example, and its head says what it must`() throws {
        let text = try House.text("docs/findings.md")
        let listed = text.split(separator: "\n").filter { $0.hasPrefix("## `firmware.") }
        #expect(listed == ["## `\(FirmwareDowngrade.card.name)`"])
        let part = try #require(text.components(separatedBy: "\n## `firmware.downgrade`").last)
        #expect(part.components(separatedBy: "\n## ")[0].contains("Example"))
        let head = try House.text("Sources/Defense/Detection/FirmwareDowngrade.swift")
            .components(separatedBy: "SPDX-License-Identifier")[0]
        for word in ["Inputs:", "Evidence:", "ATT&CK: T1601.002", "A false alarm:", "Guards:"] {
            #expect(head.contains(word))
        }
    }
}
