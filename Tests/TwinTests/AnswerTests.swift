//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The seven answers, number by number, as docs/answers.md defines them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Twin

@Suite("The seven answers")
struct AnswerTests {
    private func answers(_ hospital: SmallHospital, _ change: (inout Lists) -> Void = { _ in }) -> Answers {
        var lists = Lists()
        change(&lists)
        return lists.answers(of: hospital.snapshot, at: SmallHospital.now)
    }

    private func figure(_ answer: Answer?, _ name: String) -> Int? { answer?.figures.first { $0.name == name }?.value }

    private func of(_ answer: Answer?, _ name: String) -> Int? { answer?.figures.first { $0.name == name }?.of }

    private func rogue(_ rule: String, _ device: Device? = nil, port: String? = nil) -> Finding {
        var finding = Finding(rule: rule, title: "odd", severity: .high, evidence: [])
        finding.addresses = device?.mac ?? []
        finding.place = port.map { Finding.Port(site: "main", agent: "sw", ifIndex: 1, port: $0) }
        return finding
    }

    @Test func `all seven are there in their order, and with nothing seen none is answered wholly`() {
        let empty = answers(SmallHospital())
        #expect(empty.answers.map(\.question) == Answers.Question.allCases)
        #expect(empty[.connected]?.state == .partial && empty[.connected]?.number == 0)
        #expect(empty[.rogue]?.state == .partial)
        #expect(empty[.accuracy]?.number == nil)
        #expect(empty[.vulnerableSwitches]?.state == .cannotSay)
        #expect(empty.answers.allSatisfy { $0.state == .answered || !$0.missing.isEmpty })
    }

    @Test func `present is who was seen within a day, to the second`() {
        var hospital = SmallHospital()
        hospital.addSwitch("sw")
        hospital.add(.medical, at: ("sw", "p1", 20), silentSeconds: 86_400)
        hospital.add(.medical, at: ("sw", "p2", 20), silentSeconds: 86_401)
        hospital.add(.medical, at: ("sw", "p3", 20)) { $0.isStub = true }
        let connected = answers(hospital)[.connected]
        #expect(figure(connected, "atPort") == 1)
        // The switch itself was never heard, but it answered.
        #expect(connected?.number == 2 && connected?.items.map(\.kind) == ["port", "switch"])
        #expect(connected?.state == .answered)
    }

    @Test func `who was silent but is at a port still is present`() {
        var hospital = SmallHospital()
        hospital.addSwitch("sw")
        hospital.add(.medical, at: ("sw", "p1", 20), silentSeconds: 90_000) {
            $0.place?.seen = SmallHospital.ago(60)
        }
        #expect(figure(answers(hospital)[.connected], "atPort") == 1)
    }

    @Test func `the way of each device is told: port, air, gateway, none`() {
        var hospital = SmallHospital()
        hospital.addSwitch("sw")
        hospital.add(.medical, at: ("sw", "p1", 20))
        hospital.add(.mobile, at: ("wlc", "ap-1", 110)) { $0.place?.wireless = Place.Wireless() }
        hospital.add(.medical) { $0.parent = "dev-000000000001" }
        hospital.add(.it)
        let connected = answers(hospital)[.connected]
        #expect(connected?.items.map(\.kind) == ["port", "air", "gateway", "noPlace", "switch"])
        #expect(connected?.state == .partial && connected?.missing.count == 1)
    }

    @Test func `an expected switch that did not answer is missing, by name`() {
        var hospital = SmallHospital()
        hospital.addSwitch("sw-1")
        hospital.addSwitch("sw-2", polledSeconds: 90_000)
        let answered = answers(hospital) { $0.plan.expectedSwitches = ["sw-1", "sw-3"] }
        #expect(answered[.connected]?.missing == ["Switches that did not answer: sw-2, sw-3."])
        #expect(
            figure(answered[.accuracy], "switchesAnswered") == 1 && of(answered[.accuracy], "switchesAnswered") == 3)
    }

    @Test func `a rogue is a device or a port, told once with all its findings`() {
        var hospital = SmallHospital()
        hospital.addSwitch("sw")
        let pump = hospital.add(.medical, at: ("sw", "p1", 20))
        let other = hospital.add(.unknown, at: ("sw", "p1", 20))
        var hub = rogue("port.hiddenHub", port: "p1")
        hub.addresses = pump.mac + other.mac
        hospital.snapshot.findings = [
            rogue("port.swapped", pump, port: "p1"), rogue("port.cloned", pump, port: "p1"), hub,
        ]
        hospital.snapshot.devices[0].findings = hospital.snapshot.findings
        hospital.snapshot.devices[1].findings = [hub, rogue("inventory.overdueLoan", other)]
        let found = answers(hospital)[.rogue]
        #expect(found?.number == 2)
        #expect(found?.items.map(\.subject) == [pump.id, "sw/p1"])
        #expect(found?.items.last?.devices == [pump.id, other.id])
        #expect(figure(found, "unknown") == 1)
        #expect(found?.state == .partial && figure(found, "unauthorised") == nil)
    }

    @Test func `unauthorised is neither declared nor accepted nor a guest nor an asked switch`() throws {
        var hospital = SmallHospital()
        hospital.addSwitch("sw")
        let declared = hospital.add(.medical, at: ("sw", "p1", 20))
        let stranger = hospital.add(.it, at: ("sw", "p2", 20))
        hospital.add(.mobile, at: ("sw", "p3", 110))
        hospital.add(.mobile, at: ("wlc", "ap", 20)) {
            var air = Place.Wireless()
            air.ssid = "Visitors"
            $0.place?.wireless = air
        }
        func accepted(until: Timestamp) -> (inout Device) -> Void {
            {
                $0.acceptance = Standing(
                    Acceptance(ownership: .loaner, until: until), by: "Ruth", reason: "a trial",
                    at: SmallHospital.ago(99))
            }
        }
        hospital.add(.medical, at: ("sw", "p4", 20), change: accepted(until: SmallHospital.now))
        let late = hospital.add(.medical, at: ("sw", "p5", 20), change: accepted(until: SmallHospital.ago(1)))
        let asked = hospital.add(.network)
        var map = try #require(hospital.snapshot.network)
        map.switches[0].about.chassis = asked.mac.first
        hospital.snapshot.network = map
        hospital.declare([(.matched, declared), (.ghost, nil)])
        let found = answers(hospital) {
            $0.plan.roles = [110: .guest, 20: .medical]
            $0.plan.guestNetworks = ["Visitors"]
        }[.rogue]
        #expect(found?.state == .answered && found?.number == 0)
        #expect(found?.items.map(\.subject) == [stranger.id, late.id])
        #expect(found?.items.last?.evidence.contains { $0.contains("accepted as loaner") } == true)
    }

    @Test func `accuracy counts what agrees of all that should, rounded down`() {
        var hospital = SmallHospital()
        hospital.addSwitch("sw")
        let devices = (1...4).map { hospital.add(.medical, at: ("sw", "p\($0)", 20)) }
        hospital.add(.it, at: ("sw", "p9", 20))
        hospital.declare([
            (.matched, devices[0]), (.matched, devices[1]), (.retiredButSeen, devices[2]), (.probable, devices[3]),
            (.ghost, nil), (.notExpected, nil), (.cannotSay, nil),
        ])
        hospital.snapshot.reconciliation?.matches[1].conflicts = [
            Weakness.Comparison(what: "model", seen: "A", advisory: "B", holds: false)
        ]
        let accuracy = answers(hospital)[.accuracy]
        // 1 agrees; 1 conflict, 1 ghost, 1 retired, 1 unknown; the probable device counts in neither.
        #expect(accuracy?.number == 200)
        #expect(figure(accuracy, "agreeing") == 1 && of(accuracy, "agreeing") == 5)
        #expect(figure(accuracy, "probable") == 1 && figure(accuracy, "unknown") == 1)
        #expect(
            accuracy?.items.map(\.kind) == ["conflict", "retiredButSeen", "probable", "ghost", "undeclared"])
        #expect(accuracy?.items.first?.subject == "asset:3")
        #expect(accuracy?.items.first?.evidence.contains("model: seen A, declared B") == true)
    }

    @Test func `a VLAN in which nobody was heard has no capture`() {
        var hospital = SmallHospital()
        hospital.addSwitch("sw")
        hospital.add(.medical, at: ("sw", "p1", 20))
        hospital.add(.medical, at: ("sw", "p2", 30)) { $0.packets = 0 }
        let accuracy = answers(hospital)[.accuracy]
        #expect(figure(accuracy, "vlansCaptured") == 1 && of(accuracy, "vlansCaptured") == 2)
        #expect(accuracy?.items.map(\.subject) == ["vlan:30"])
    }

    @Test func `IoT is iot, medical and building; printers and phones are named as out`() {
        var hospital = SmallHospital()
        hospital.add(.iot)
        hospital.add(.medical)
        hospital.add(.medical)
        hospital.add(.building)
        hospital.add(.it, type: "label printer")
        hospital.add(.it, type: "IP phone")
        hospital.add(.network)
        let whole = answers(hospital)[.iotCount]
        #expect(whole?.number == 4 && whole?.state == .answered)
        #expect(whole?.figures.map(\.value) == [1, 2, 1, 1, 1, 0])
        hospital.add(.unknown)
        #expect(answers(hospital)[.iotCount]?.state == .partial)
    }

    @Test func `the five makers with the most devices, ties by the alphabet, spellings as one`() {
        var hospital = SmallHospital()
        let makers = ["Zeta", "Beta", "Beta", "Alpha", "Gamma", "Delta", "Phillips", "Philips", "Epsilon"]
        for maker in makers { hospital.add(.medical, vendor: maker) }
        hospital.add(.it, vendor: "Dell")
        let top = answers(hospital) { $0.vendors = VendorNames(spellings: [["Philips", "Phillips"]]) }[.topVendors]
        #expect(top?.items.map(\.subject) == ["Beta", "Philips", "Alpha", "Delta", "Epsilon"])
        #expect(top?.items.map { $0.figures.first?.value } == [2, 2, 1, 1, 1])
        #expect(top?.number == 7 && top?.state == .answered)
        hospital.add(.iot)
        let open = answers(hospital)[.topVendors]
        #expect(open?.state == .partial && figure(open, "withoutVendor") == 1)
    }

    @Test func `the weakest switch comes first, for its own risk, then for what hangs on it, then by name`() throws {
        var hospital = SmallHospital()
        for agent in ["sw-a", "sw-b", "sw-c"] { hospital.addSwitch(agent) }
        hospital.add(.medical, type: "ventilator", at: ("sw-b", "p1", 20)) {
            $0.risk = Risk(
                likelihood: [.init("base", 1, because: "")], impact: [.init("life-sustaining", 5, because: "")])
        }
        var control = Finding(rule: "control.no8021X", title: "open", severity: .low, evidence: [])
        control.place = Finding.Port(site: "main", agent: "sw-c", ifIndex: 0, port: "*")
        hospital.snapshot.weakControls = [control]
        let found = answers(hospital) {
            $0.plan.closets["sw-c"] = SitePlan.Closet(building: "East", floor: "2", closet: "E2")
        }[.vulnerableSwitches]
        // c: 2 × 3 = 6; b: 1 × 5 = 5; a: 1 × 3.
        #expect(found?.items.map(\.subject) == ["sw-c", "sw-b", "sw-a"])
        #expect(found?.items.first?.place == "East, floor 2, closet E2")
        #expect(found?.number == 1 && figure(found, "withWeakConfiguration") == 1)
        #expect(found?.items.map { $0.figures.first?.value } == [6, 5, 3])
        #expect(found?.state == .partial && found?.missing.contains { $0.contains("sw-a, sw-b") } == true)
    }

    @Test func `behaviour says that there are no baselines, and what is checked`() {
        var hospital = SmallHospital()
        let device = hospital.add(.medical, at: ("sw", "p1", 20))
        hospital.snapshot.findings = [rogue("port.moved", device, port: "p1"), rogue("port.hiddenHub", port: "p2")]
        let behaviour = answers(hospital)[.behaviour]
        #expect(behaviour?.state == .partial && behaviour?.number == 1 && figure(behaviour, "checked") == 1)
        #expect(behaviour?.missing.first?.contains("No baselines") == true)
    }
}
