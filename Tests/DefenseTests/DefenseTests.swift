//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Defense: every scenario, and what each rule promises.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Foundation
import Model
import Support
import Testing
import Topology

/// Goal: every rogue is found, and nothing that only looks like one.
@Suite struct `Scenarios by hand` {
    @Test(arguments: Scenario.all) func `what must be found is found, and nothing else`(path: String) throws {
        let scenario = try Scenario(path)
        #expect(scenario.checks > 0)
        #expect(scenario.failures == [])
    }

    @Test func `every rule has a scenario that it finds, and one that looks alike and is none`() throws {
        let names = Scenario.all.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        var found: Set<String> = []
        for path in Scenario.all { found.formUnion(try Scenario(path).expected) }
        #expect(found == Set(Detection.rules.map { $0.card.name }.filter(Self.isOfPorts)))
        for name in names
        where !name.hasPrefix("benign-") && !name.contains("-near") && name != "cloned-in-turn.scenario"
            && name != "swapped-elsewhere.scenario"
        {
            #expect(names.contains(name.replacingOccurrences(of: ".scenario", with: "-near.scenario")), "\(name)")
        }
    }

    /// Rules on wireless networks and peripherals have tests of their own.
    static func isOfPorts(_ name: String) -> Bool { name.hasPrefix("port.") || name.hasPrefix("network.") }

    @Test func `the look-alikes that the hospital knows are all here`() {
        let names = Set(Scenario.all.compactMap { $0.split(separator: "/").last.map { String($0.dropLast(9)) } })
        let asked: Set = [
            "benign-dock", "benign-phone-pc", "benign-virtual-machines", "benign-barcode-scanner",
            "benign-roaming-pump", "benign-driver-reboot", "benign-same-model", "benign-stacked-switch",
            "benign-printer-two-cards", "benign-static-rows",
        ]
        #expect(asked.isSubset(of: names))
    }

    @Test func `a swap that was seen is told with the time when it began`() throws {
        let scenario = try Scenario("Tests/DefenseTests/Scenarios/swapped.scenario")
        let snapshot = scenario.snapshot()
        let finding = try #require(snapshot.findings.first)
        // Five polls, then the sixth: 300 s apart from 12:00 on.
        #expect(finding.since == Timestamp(rfc3339: "2026-03-01T12:30:00Z"))
        #expect(finding.place?.port == "p1")
        #expect(finding.technique == "T1036")
        #expect(finding.evidence.map(\.fieldName) == ["speed", "offers", "wake", "link"])
        #expect(snapshot.devices.first?.findings == [finding])
    }

    @Test func `a device that moved tells where it was`() throws {
        let scenario = try Scenario("Tests/DefenseTests/Scenarios/benign-roaming-pump.scenario")
        let device = try #require(scenario.snapshot().devices.first)
        #expect(device.stays.map { "\($0.port.agent)/\($0.port.port)" } == ["a/p1", "a/p2", "b/p1", "a/p1"])
        #expect(device.stays.last?.until == nil)
        #expect(device.signature?.signature.description == "pw1:100f:?:6c00:?:?:?:?")
        #expect(device.signature?.isLearned == true)
    }
}

@Suite struct `The rules` {
    @Test func `each says in its head what it reads, which technique it may be, when it errs and what guards it`()
        throws
    {
        for rule in Detection.rules where `Scenarios by hand`.isOfPorts(rule.card.name) {
            let text = try House.text("Sources/Defense/Detection/\(rule).swift")
            let head = text.components(separatedBy: "SPDX-License-Identifier")[0]
            for word in ["Inputs:", "Evidence:", "ATT&CK:", "A false alarm:", "Guards:"] {
                #expect(head.contains(word), "\(rule) lacks \(word)")
            }
            if let technique = rule.card.technique { #expect(head.contains(technique), "\(rule)") }
            #expect(rule.card.falseAlarm.hasSuffix("."), "\(rule)")
        }
    }

    @Test func `each is in docs findings with an example, and no other`() throws {
        let text = try House.text("docs/findings.md")
        let listed = text.split(separator: "\n").filter { $0.hasPrefix("### `port.") || $0.hasPrefix("### `network.") }
            .map { String($0.dropFirst(5).prefix { $0 != "`" }) }
        #expect(Set(listed) == Set(Detection.rules.map { $0.card.name }.filter(`Scenarios by hand`.isOfPorts)))
        #expect(Set(listed).count == listed.count)
        for part in text.components(separatedBy: "\n### `").dropFirst() {
            #expect(part.contains("Example"), "\(part.prefix(30))")
        }
    }
}

/// Goal: a switch that lies can fill no memory and stop no answer.
@Suite struct `The watch's bounds` {
    private func poll(
        _ watch: inout PortWatch, _ topology: inout Topology, at second: Int64, _ addresses: Range<UInt64>
    ) {
        func say(_ body: Observation.Body) {
            let observation = Observation(
                site: "main", sensor: "walk", occurred: Timestamp(seconds: second), body: body)
            if watch.isRoundOver(before: observation) { watch.settle(topology.map()) }
            watch.learn(observation)
            topology.learn(observation)
        }
        say(.switch(Switch(agent: "a")))
        for number in addresses {
            var port = SwitchPort(ifIndex: UInt32(number), name: "p\(number)")
            port.isUp = true
            say(.port(PortReport(agent: "a", port: port)))
            say(
                .learned(
                    LearnedAddress(
                        agent: "a", hardware: HardwareAddress(bits: 0x0009_FB00_0000 + number),
                        ifIndex: UInt32(number), vlan: nil, kind: .learned)))
        }
    }

    @Test func `what finds no room is counted, and what is known stays known`() {
        var limits = WatchLimits()
        limits.devices = 8
        limits.portsOfAnAgent = 16
        var watch = PortWatch(limits: limits)
        var topology = Topology()
        for second in 1...5 { poll(&watch, &topology, at: Int64(second) * 300, 1..<32) }
        watch.settle(topology.map())
        #expect(watch.overflow > 0)
        var snapshot = InventorySnapshot(devices: [], coverage: [], oddities: [:], evicted: 0, advice: [])
        snapshot.network = topology.map()
        var device = Device(
            id: "dev-000000000001", site: "main", span: Observation.Span(first: .epoch, last: .epoch))
        device.mac = [HardwareAddress(bits: 0x0009_FB00_0001)]
        snapshot.devices = [device]
        watch.describe(&snapshot)
        #expect(snapshot.devices[0].signature?.polls == 5)
    }

    @Test func `extreme times and counters are survived`() {
        var detection = Detection()
        var topology = Topology()
        for (number, time) in [Int64.min, .max, 0, .min, .max].enumerated() {
            for agent in ["a", "b"] {
                func say(_ body: Observation.Body) {
                    let observation = Observation(
                        site: "main", sensor: "walk", occurred: Timestamp(nanoseconds: time), body: body)
                    if detection.isRoundOver(before: observation) { detection.settle(topology.map()) }
                    detection.learn(observation)
                    topology.learn(observation)
                }
                say(.switch(Switch(agent: agent)))
                var port = SwitchPort(ifIndex: .max, name: "")
                port.isUp = true
                port.speed = number % 2 == 0 ? .max : 0
                port.framesIn = number % 2 == 0 ? .max : 0
                port.lastChange = Timestamp(nanoseconds: number % 2 == 0 ? .min : .max)
                port.poe = PortPower(isEnabled: true, detection: .delivering, deviceClass: .max, milliwatts: .max)
                port.partner = ["?", "1000BASE-T-FD"]
                port.lateCollisions = .max
                say(.port(PortReport(agent: agent, port: port)))
                for bits in [1, 0xFFFF_FFFF_FFFF, 0x0009_FB00_0001] as [UInt64] {
                    say(
                        .learned(
                            LearnedAddress(
                                agent: agent, hardware: HardwareAddress(bits: bits), ifIndex: .max, vlan: nil,
                                kind: .learned)))
                }
            }
        }
        let findings = detection.findings(map: topology.map(), devices: [])
        #expect(findings.allSatisfy { !$0.title.isEmpty })
    }
}
