//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The topology: places, uplinks, links with both ends, shared segments, and the fold's rules.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Topology

/// Polls written by hand.
private struct Closet {
    var topology = Topology()
    var time = Timestamp(seconds: 1_000)

    static func mac(_ number: Int) -> HardwareAddress { HardwareAddress(bits: 0x00AA_0000_0000 + UInt64(number)) }

    mutating func say(_ body: Observation.Body) {
        topology.learn(Observation(site: "main", sensor: "walk", occurred: time, body: body))
    }

    /// One poll: ports by number with the addresses behind them.
    mutating func poll(
        _ agent: String, own: [Int] = [], _ table: [UInt32: [Int]], down: Set<UInt32> = [], fixed: Set<Int> = [],
        vlan: UInt16? = nil
    ) {
        var about = Switch(agent: agent)
        about.name = "name of \(agent)"
        about.ownAddresses = own.map(Self.mac)
        about.forwardingRows = table.values.map(\.count).reduce(0, +)
        say(.switch(about))
        for (number, addresses) in table.sorted(by: { $0.key < $1.key }) {
            var port = SwitchPort(ifIndex: number, name: "p\(number)")
            port.isUp = !down.contains(number)
            say(.port(PortReport(agent: agent, port: port)))
            for address in addresses {
                say(
                    .learned(
                        LearnedAddress(
                            agent: agent, hardware: Self.mac(address), ifIndex: number, vlan: vlan,
                            kind: fixed.contains(address) ? .fixed : .learned)))
            }
        }
    }

    mutating func hears(
        _ agent: String, _ port: UInt32, from name: String, port theirs: String? = nil,
        _ abilities: [SwitchNeighbour.Ability] = [.bridge], via: SwitchNeighbour.Voice = .lldp
    ) {
        var neighbour = SwitchNeighbour(agent: agent, ifIndex: port, via: via)
        neighbour.name = name
        neighbour.port = theirs
        neighbour.abilities = abilities
        say(.neighbour(neighbour))
    }

    func place(_ number: Int) -> String? {
        topology.map().places.first { $0.hardware == Self.mac(number) }.map {
            "\($0.place.agent)/\($0.place.port)\($0.place.isUplink ? " beyond" : "")"
        }
    }
}

@Suite struct `Places` {
    @Test func `an edge port wins over uplinks, however the switches are polled`() {
        for order in [["a", "b"], ["b", "a"]] {
            var closet = Closet()
            for agent in order {
                if agent == "a" {
                    closet.poll("a", own: [900], [1: [1], 24: [2, 901]])
                    closet.hears("a", 24, from: "name of b")
                } else {
                    closet.poll("b", own: [901], [1: [2], 24: [1, 900]])
                }
            }
            #expect(closet.place(1) == "a/p1")
            #expect(closet.place(2) == "b/p1")
        }
    }

    @Test func `a port where another switch's own card is seen is an uplink without LLDP`() {
        var closet = Closet()
        closet.poll("a", own: [900], [1: [1], 24: [2, 901]])
        closet.poll("b", own: [901], [1: [2], 24: [1, 900]])
        let uplinks = closet.topology.map().switches.map { $0.ports.filter(\.isUplink).map(\.port.name) }
        #expect(uplinks == [["p24"], ["p24"]])
    }

    @Test func `a device beyond an uplink whose switch was not asked says so`() {
        var closet = Closet()
        closet.poll("a", [24: [5]])
        closet.hears("a", 24, from: "somebody")
        #expect(closet.place(5) == "a/p24 beyond")
    }

    @Test func `a telephone with a computer behind it is no uplink and no segment`() {
        var closet = Closet()
        closet.poll("a", [1: [1, 2]])
        closet.hears("a", 1, from: "SEP1", [.bridge, .telephone])
        let map = closet.topology.map()
        #expect(closet.place(2) == "a/p1" && map.segments.isEmpty)
        #expect(map.switches[0].ports[0].devices == [Closet.mac(1), Closet.mac(2)])
    }

    @Test func `a static row at a port that is down proves nothing, and one at a port that is up does`() {
        var closet = Closet()
        closet.poll("a", [1: [1], 2: [2]], down: [1], fixed: [1, 2])
        #expect(closet.place(1) == nil)
        #expect(closet.place(2) == "a/p2")
    }

    @Test func `since is the first poll at that port, and a move begins anew`() {
        var closet = Closet()
        closet.poll("a", [1: [7], 2: []])
        closet.time = Timestamp(seconds: 2_000)
        closet.poll("a", [1: [7], 2: []])
        func since() -> Timestamp? { closet.topology.map().places.first?.place.since }
        #expect(since() == Timestamp(seconds: 1_000))
        closet.time = Timestamp(seconds: 3_000)
        closet.poll("a", [1: [], 2: [7]])
        #expect(since() == Timestamp(seconds: 3_000) && closet.place(7) == "a/p2")
        closet.time = Timestamp(seconds: 4_000)
        closet.poll("a", [1: [], 2: []])
        #expect(closet.topology.map().places.isEmpty)
    }

    @Test func `an address that two switches call their own is nobody's`() {
        var closet = Closet()
        closet.poll("a", own: [900, 999], [1: [1], 24: [999]])
        closet.poll("b", own: [901, 999], [1: [2], 24: [999]])
        #expect(closet.topology.map().switches.allSatisfy { $0.ports.allSatisfy { !$0.isUplink } })
    }
}

@Suite struct `Links` {
    @Test func `both ends of a cable are one link, by both protocols`() {
        var closet = Closet()
        closet.poll("a", own: [900], [24: []])
        closet.hears("a", 24, from: "name of b", port: "p48")
        closet.hears("a", 24, from: "name of b", port: "p48", via: .cdp)
        closet.poll("b", own: [901], [48: []])
        closet.hears("b", 48, from: "name of a", port: "p24")
        let links = closet.topology.map().links
        #expect(links.count == 1)
        #expect(links.first?.one.port == "p24" && links.first?.other.port == "p48")
        #expect(links.first?.via == [.cdp, .lldp] && links.first?.isBetweenSwitches == true)
    }

    @Test func `a neighbour that was not asked is an end by its own words`() {
        var closet = Closet()
        closet.poll("a", [1: [], 24: []])
        closet.hears("a", 24, from: "core", port: "Eth1/1")
        closet.hears("a", 1, from: "camera", [.station])
        let links = closet.topology.map().links
        #expect(links.map(\.other.name) == ["camera", "core"])
        #expect(links.map(\.isBetweenSwitches) == [false, true])
    }

    @Test func `a private name joins nobody`() {
        var closet = Closet()
        closet.poll("a", [24: []])
        closet.poll("b", [24: []])
        closet.hears("b", 24, from: "<private>")
        #expect(closet.topology.map().links.first?.other.agent == nil)
    }
}

@Suite struct `Shared segments` {
    /// The published shape: two switches that know nothing of each other, with 57 and 976 addresses, 8 of them shared.
    @Test func `two switches with 57 and 976 addresses share 8 on the segment between them`() {
        var closet = Closet()
        // One sees the 8 through port 24 and 49 of its own; the other sees them through port 10 and 968 of its own.
        var one: [UInt32: [Int]] = [24: Array(0..<8)]
        for number in 0..<49 { one[UInt32(number % 20 + 1), default: []].append(100 + number) }
        var other: [UInt32: [Int]] = [10: Array(0..<8)]
        for number in 0..<968 { other[UInt32(number % 40 + 100), default: []].append(1_000 + number) }
        closet.poll("dlink1", one)
        closet.poll("dlink2", other)
        let map = closet.topology.map()
        let between = map.segments.filter { $0.ports.count == 2 }
        #expect(between.count == 1)
        #expect(between.first?.ports.map(\.port) == ["p24", "p10"])
        #expect(between.first?.devices == (0..<8).map(Closet.mac))
        #expect(map.places.filter { $0.place.segment == "dlink1/p24" }.count == 8)
        #expect(map.places.count == 57 + 976 - 8)
    }

    @Test func `two shared addresses decide nothing`() {
        var closet = Closet()
        closet.poll("a", [24: [1, 2], 1: [3]])
        closet.poll("b", [10: [1, 2], 1: [4]])
        #expect(closet.topology.map().segments.allSatisfy { $0.ports.count == 1 })
    }

    @Test func `addresses that contradict every pair of ports decide nothing`() {
        var closet = Closet()
        closet.poll("a", [1: [1, 2, 3], 2: [4, 5, 6], 3: [7, 8, 9]])
        closet.poll("b", [1: [1, 2, 3], 2: [4, 5, 6], 3: [7, 8, 9]])
        #expect(closet.topology.map().segments.allSatisfy { $0.ports.count == 1 })
    }

    @Test func `several addresses at an edge port share what is behind it`() {
        var closet = Closet()
        closet.poll("a", [1: [1, 2, 3], 2: [4]], vlan: 12)
        let map = closet.topology.map()
        #expect(map.segments.map(\.name) == ["a/p1"])
        #expect(map.places.map(\.place.segment) == ["a/p1", "a/p1", "a/p1", nil])
        #expect(map.places.allSatisfy { $0.place.vlan == 12 })
    }
}

@Suite struct `The topology's limits` {
    @Test func `what finds no room is counted`() {
        var limits = TopologyLimits()
        limits.rows = 2
        limits.agents = 1
        var closet = Closet(topology: Topology(limits: limits))
        closet.poll("a", [1: [1, 2, 3]])
        closet.say(.switch(Switch(agent: "b")))
        #expect(closet.topology.map().overflow == 2)
        // Room is free again when the next poll lacks them.
        closet.poll("a", [1: []])
        closet.poll("a", [1: []])
        closet.poll("a", [1: [8, 9]])
        #expect(closet.topology.map().places.count == 2)
    }

    @Test func `what speaks of a switch that was never told is counted`() {
        var closet = Closet()
        closet.say(.learned(.init(agent: "x", hardware: Closet.mac(1), ifIndex: 1, vlan: nil, kind: .learned)))
        #expect(closet.topology.isEmpty && closet.topology.map().overflow == 1)
    }
}
