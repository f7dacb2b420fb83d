//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Planted pasts, told in observations days apart: firmware that went back, systems without updates, visits from outside.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Inventory
import Model
import Support
import Testing

@testable import Twin

/// Goal: what the fold keeps of a device's past is enough for its findings and its risk.
@Suite struct `A planted past` {
    private static let day: Int64 = 86_400
    /// A hospital that hears one device from time to time.
    private struct Ear {
        static let card = "02:00:0a:01:00:07"
        var hospital: Hospital

        init() throws {
            let rules = House.files(below: "Knowledge", endingIn: ".rules")
            hospital = Hospital(
                knowledge: try KnowledgeBase(
                    rules: try rules.map { (name: $0, text: try House.text($0)) }, prefixes: .empty))
        }

        static func moment(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_772_000_000 + seconds) }
        static func subject(_ card: String, _ ip: String) -> Subject {
            Subject(hardware: HardwareAddress(card), network: IPAddress(ip))
        }

        mutating func hears(_ field: Field, _ value: String, at second: Int64) {
            let span = Observation.Span(first: Self.moment(second), last: Self.moment(second))
            let fact = Observation.Fact(
                subject: Self.subject(Self.card, "10.1.0.7"), field: field, value: value, span: span,
                count: 1)
            learn(.fact(fact), second)
        }

        mutating func learn(_ body: Observation.Body, _ second: Int64) {
            _ = hospital.learn([
                Observation(site: "main", sensor: "test", occurred: Self.moment(second), body: body)
            ])
        }

        var device: Device? {
            hospital.assess().devices.first { $0.mac.first == HardwareAddress(Self.card) }
        }
        var downgrades: [Finding] { (device?.findings ?? []).filter { $0.rule == FirmwareDowngrade.card.name } }
    }

    @Test func `firmware that went back is a finding, and odd behaviour`() throws {
        var ear = try Ear()
        for hour: Int64 in 0..<3 { ear.hears(.wsdFirmware, "2.2.4", at: hour * 3_600) }
        #expect(ear.downgrades.isEmpty && ear.device?.judgements[.firmware]?.value == "2.2.4")
        for hour: Int64 in 0..<3 { ear.hears(.wsdFirmware, "2.2.3", at: 3 * Self.day + hour * 3_600) }
        let finding = try #require(ear.downgrades.first)
        #expect(ear.downgrades.count == 1 && finding.title == "its firmware went back from 2.2.4 to 2.2.3")
        #expect(finding.since == Ear.moment(3 * Self.day))
        let answers = ear.hospital.assess().answers
        #expect(answers?[.behaviour]?.number == 1 && answers?[.rogue]?.number == 0)
    }

    @Test func `it is found in the header of a page, too, and when it goes back to what it had before`() throws {
        var page = try Ear()
        page.hears(.httpServer, "SmartLinx-Neuron2/9.0.4", at: 0)
        page.hears(.httpServer, "SmartLinx-Neuron2/9.0.3", at: 2 * Self.day)
        #expect(page.downgrades.count == 1)
        var back = try Ear()
        back.hears(.wsdFirmware, "2.2.3", at: 0)
        back.hears(.wsdFirmware, "2.2.4", at: 2 * Self.day)
        #expect(back.downgrades.isEmpty)
        back.hears(.wsdFirmware, "2.2.3", at: 5 * Self.day)
        #expect(back.downgrades.first?.since == Ear.moment(5 * Self.day))
    }

    @Test func `an update, an exchanged device and two images in turn stay silent`() throws {
        var update = try Ear()
        update.hears(.wsdFirmware, "2.2.3", at: 0)
        update.hears(.wsdFirmware, "2.2.4", at: 3 * Self.day)
        #expect(update.downgrades.isEmpty)
        var exchanged = try Ear()
        exchanged.hears(.wsdSerial, "SN-1001", at: 0)
        exchanged.hears(.wsdFirmware, "2.2.4", at: 1)
        exchanged.hears(.wsdSerial, "SN-2002", at: 3 * Self.day)
        exchanged.hears(.wsdFirmware, "2.2.3", at: 3 * Self.day + 1)
        #expect(exchanged.downgrades.isEmpty)
        var images = try Ear()
        for hour: Int64 in 0..<48 { images.hears(.wsdFirmware, hour % 2 == 0 ? "2.2.4" : "2.2.3", at: hour * 3_600) }
        #expect(images.downgrades.isEmpty)
    }

    @Test func `a system without updates counts from the day after its last, by the moment of the answer`() throws {
        var ear = try Ear()
        ear.hears(.smbNtlmVersion, "6.1.7601", at: 0)
        var troubles: [Lifecycles.Trouble] = []
        ear.hospital.lists.lifecycles = Lifecycles(try House.text("Knowledge/lifecycles.list"), troubles: &troubles)
        func terms(_ now: String) throws -> [Risk.Term] {
            let device = ear.hospital.assess(now: Timestamp(rfc3339: now)).devices.first
            return (device?.risk?.likelihoodTerms ?? []).filter { $0.name == "unsupported system" }
        }
        #expect(try terms("2021-10-12T23:59:59Z").isEmpty)
        #expect(
            try terms("2021-10-13T00:00:00Z") == [
                .init(
                    "unsupported system", 1, because: "Windows 7 or Server 2008 R2: no updates since 2021-10-12")
            ])
        var unsure = try Ear()
        unsure.hospital.lists.lifecycles = ear.hospital.lists.lifecycles
        unsure.hears(.dhcpVendorClass, "MSFT 5.0", at: 0)
        #expect(unsure.device?.judgements[.os]?.value == "Windows")
        #expect(unsure.device?.risk?.likelihoodTerms.map(\.name) == ["base"])
    }

    @Test func `firmware that an advisory named more than a year ago is old, to the day`() throws {
        func weakness(_ released: String, _ versions: String, _ verdict: Weakness.Verdict = .affected) -> Weakness {
            var weakness = Weakness(
                advisory: "ICSMA-21-047-01", title: "", row: "1", verdict: verdict, reason: "",
                comparisons: [.init(what: "version", seen: "2.2.3", advisory: versions, holds: true)],
                verification: .unverified)
            weakness.released = Timestamp(rfc3339: released + "T00:00:00Z")
            return weakness
        }
        let now = try #require(Timestamp(rfc3339: "2026-03-02T00:00:00Z"))
        #expect(weakness("2025-03-02", "<= 2.2.3").oldFirmware(at: now) == nil)
        #expect(
            weakness("2025-03-01", "<= 2.2.3").oldFirmware(at: now)
                == "2.2.3 is named by ICSMA-21-047-01 since 2025-03-01")
        #expect(weakness("2021-02-16", "vers:all/*").oldFirmware(at: now) == nil)
        #expect(weakness("2021-02-16", "<= 2.2.3", .needsReview).oldFirmware(at: now) == nil)
    }

    @Test func `a visit from outside makes a weak device open, and it says by whom`() throws {
        var ear = try Ear()
        ear.hears(.httpServer, "SmartLinx-Neuron2/9.0.3", at: 0)
        var advisory = Advisory(id: "A-1", title: "", publisher: "", digest: "")
        advisory.products = [
            AffectedProduct(id: "1", vendor: "Capsule", product: "SmartLinx Neuron 2", versions: "<= 9.0.3")
        ]
        var flaw = Vulnerability(cve: "CVE-2019-5024")
        flaw.affected = ["1"]
        advisory.vulnerabilities = [flaw]
        var set = AdvisorySet()
        set.advisories = [advisory]
        ear.hospital.lists.use(set)
        func exposure() -> Weakness.DecisionPoint? {
            ear.device?.weaknesses.first?.decision.first { $0.name == "exposure" }
        }
        #expect(exposure()?.value == "controlled")
        let moment = Ear.moment(60)
        ear.learn(
            .conversation(
                .init(
                    client: Ear.subject("02:00:00:00:00:fe", "203.0.113.9"), server: Ear.subject(Ear.card, "10.1.0.7"),
                    service: Service(name: "http", port: 80, transport: .tcp),
                    span: .init(first: moment, last: moment), packets: 9, bytes: 900, isAnswered: true)), 60)
        #expect(exposure()?.value == "open" && exposure()?.because.hasPrefix("203.0.113.9") == true)
    }
}
