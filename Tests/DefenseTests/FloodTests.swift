//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Floods: made-up addresses that fill the memory of devices, and what is found all the same.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model
import Testing
import Topology

/// Goal: nobody blinds the rules by filling a switch with addresses, and what found no room is told.
@Suite struct `Defense against a flood of addresses` {
    /// Room for 200 devices instead of 200,000; all else as it is.
    private struct Ward {
        var detection: Detection
        var topology = Topology()
        private var now: Int64 = 1_772_366_400
        /// Addresses by agent and port.
        var ports: [String: [UInt32: [UInt64]]] = [
            "a": [1: [0x0009_FB00_0001]], "b": [1: [0x0009_FB00_0002]], "c": [1: []],
        ]

        init(room: Int = 200) {
            var limits = WatchLimits()
            limits.devices = room
            detection = Detection(limits: limits)
        }

        private mutating func say(_ body: Observation.Body) {
            let observation = Observation(
                site: "main", sensor: "test", occurred: Timestamp(seconds: now), body: body)
            if detection.isRoundOver(before: observation) { detection.settle(topology.map()) }
            detection.learn(observation)
            topology.learn(observation)
        }

        mutating func poll(_ times: Int = 1) {
            for _ in 0..<times {
                now += 300
                for agent in ports.keys.sorted() {
                    say(.switch(Switch(agent: agent)))
                    for number in (ports[agent] ?? [:]).keys.sorted() {
                        var port = SwitchPort(ifIndex: number, name: "p\(number)")
                        (port.isUp, port.kind) = (true, 6)
                        say(.port(PortReport(agent: agent, port: port)))
                        for bits in ports[agent]?[number] ?? [] {
                            say(
                                .learned(
                                    LearnedAddress(
                                        agent: agent, hardware: HardwareAddress(bits: bits), ifIndex: number, vlan: 12,
                                        kind: .learned)))
                        }
                    }
                }
            }
        }

        /// Polls with other made-up addresses each.
        mutating func flood(_ polls: Int, _ addresses: UInt64) {
            for round in 0..<UInt64(polls) {
                ports["c"] = [1: (0..<addresses).map { 0x0010_1000_0000 + round << 16 + $0 }]
                poll()
            }
            ports["c"] = [1: []]
        }

        /// An address that is new, then also at another switch.
        mutating func clone() {
            ports["a"]?[2] = [0x0003_B100_0009]
            poll(3)
            ports["b"]?[2] = [0x0003_B100_0009]
            poll(3)
        }

        var snapshot: InventorySnapshot {
            var snapshot = InventorySnapshot(devices: [], coverage: [], oddities: [:], evicted: 0, advice: [])
            snapshot.network = topology.map()
            detection.complete(&snapshot)
            return snapshot
        }
        var cloned: [HardwareAddress] {
            snapshot.findings.filter { $0.rule == "port.cloned" }.flatMap(\.addresses)
        }
    }

    private static let clone = HardwareAddress(bits: 0x0003_B100_0009)

    @Test func `a clone after a flood is found as without one, and the flood is told`() {
        var calm = Ward()
        calm.poll(2)
        calm.clone()
        #expect(calm.cloned == [Self.clone])
        #expect(calm.snapshot.oddities == [:])
        var ward = Ward()
        ward.poll(2)
        ward.flood(4, 55)
        ward.clone()
        #expect(ward.cloned == [Self.clone])
        #expect(ward.snapshot.oddities.keys.sorted() == ["ports.forgotten"])
        #expect(ward.snapshot == ward.snapshot)
    }

    @Test func `who has been there longer is not forgotten for those who come`() {
        var ward = Ward()
        ward.ports["a"]?[2] = [0x0003_B100_0009]
        ward.poll(3)
        // The pump is away while the flood is on, then stands at both switches.
        ward.ports["a"]?[2] = []
        ward.flood(9, 90)
        ward.ports["b"]?[2] = [0x0003_B100_0009]
        ward.poll(3)
        var device = Device(
            id: "dev-1", site: "main", span: Observation.Span(first: .epoch, last: .epoch))
        device.mac = [Self.clone]
        var snapshot = InventorySnapshot(devices: [device], coverage: [], oddities: [:], evicted: 0, advice: [])
        snapshot.network = ward.topology.map()
        ward.detection.complete(&snapshot)
        #expect(snapshot.devices.first?.stays.map(\.port.agent) == ["a", "b"])
    }

    @Test func `more at once than there is room for are counted`() {
        var ward = Ward()
        ward.poll(2)
        ward.flood(1, 300)
        let told = ward.snapshot.oddities["ports.leftOut"] ?? 0
        #expect(told >= 102)
    }
}
