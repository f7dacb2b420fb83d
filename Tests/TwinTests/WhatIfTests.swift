//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What if: which beds lose monitoring, and when nobody can say.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Twin

@Suite struct `What if` {
    /// Monitors 1 and 2 stand at beds 1 and 2 on sw-1, the monitor of bed 3 hangs on sw-2; number 9 is their server on sw-2.
    private func ward(isPlaced: Bool = true) -> HospitalView {
        var story = isPlaced ? Ward.tree : []
        for card in [1, 2, 3, 9] as [UInt64] { story.append(Ward.sighting(card, at: 0)) }
        if isPlaced {
            for card in [1, 2, 3] as [UInt64] { story.append(Ward.stands(card, at: "icu-\(card)", at: 0)) }
            story.append(Ward.say(.edge(Edge(.person("p-1"), .in, .location("icu-1"))), at: 0))
        }
        for day in 0..<20 as Range<Int64> {
            for card in [1, 2, 3] as [UInt64] { story.append(Ward.talk(card, 9, at: day * 1_440)) }
        }
        story += Ward.poll("sw-1", [1, 2], at: 30_000) + Ward.poll("sw-2", [3, 9], at: 30_000)
        var hospital = Hospital(knowledge: .empty)
        _ = hospital.learn(story)
        return HospitalView(hospital)
    }

    @Test func `a switch that fails cuts the beds behind it`() throws {
        let answer = try ward().consequences(of: .switchFails("sw-1"))
        #expect(answer.beds == ["icu-1", "icu-2"])
        #expect(answer.lost.count == 2)
        #expect(answer.people == 1)
        #expect(answer.ground.beds == 4)
        #expect(answer.ground.known == 3)
        #expect(answer.ground.unknown == 1)
    }

    @Test func `a server in quarantine is missed by whoever asks it every day`() throws {
        let view = ward()
        let server = try #require(view.rows.first { $0.mac.first?.bits == 0x0009_FB00_0009 })
        let answer = try view.consequences(of: .quarantine(server.id))
        #expect(answer.missed.count == 3)
        #expect(answer.missed.allSatisfy { $0.days >= 10 && $0.peer == server.id })
        #expect(answer.beds == ["icu-1", "icu-2", "icu-3"])
    }

    @Test func `a ward that closes takes its devices with it`() throws {
        let answer = try ward().consequences(of: .closes("icu"))
        #expect(answer.lost.count == 3)
        #expect(answer.beds == ["icu-1", "icu-2", "icu-3"])
    }

    @Test func `without any known bed the answer is cannot say, never none`() throws {
        let answer = try ward(isPlaced: false).consequences(of: .switchFails("sw-1"))
        #expect(answer.beds == nil)
        #expect(answer.lost.count == 2)
        #expect(answer.because.contains { $0.hasPrefix("Cannot say") })
    }

    @Test func `what is not there is refused by name`() {
        let view = ward()
        #expect(throws: WhatIfFailure.noSuchSwitch("sw-9")) { try view.consequences(of: .switchFails("sw-9")) }
        #expect(throws: WhatIfFailure.noSuchDevice("dev-0")) { try view.consequences(of: .quarantine("dev-0")) }
        #expect(throws: WhatIfFailure.noSuchPlace("moon")) { try view.consequences(of: .closes("moon")) }
    }

    @Test func `the fork never writes`() throws {
        let view = ward()
        let before = view.hospital.digest()
        _ = try view.consequences(of: .closes("icu"))
        #expect(view.hospital.digest() == before)
    }

    // MARK: Switches behind switches

    /// A monitor at each switch, each at the bed of its number; links as they are told by LLDP.
    private func network(_ links: [(String, String)], cards: [String: UInt64], unplugged: [UInt64] = []) -> HospitalView
    {
        var story = Ward.tree
        for card in cards.values.sorted() + unplugged {
            story += [Ward.sighting(card, at: 0), Ward.stands(card, at: "icu-\(card)", at: 0)]
        }
        let agents = Set(cards.keys).union(links.flatMap { [$0.0, $0.1] }).sorted()
        for agent in agents {
            story += Ward.poll(agent, cards[agent].map { [$0] } ?? [], at: 10, name: agent)
            for (number, link) in links.enumerated() where link.0 == agent || link.1 == agent {
                var neighbour = SwitchNeighbour(agent: agent, ifIndex: UInt32(100 + number), via: .lldp)
                neighbour.name = link.0 == agent ? link.1 : link.0
                neighbour.abilities = [.bridge]
                story.append(Ward.say(.neighbour(neighbour), at: 10))
                story.append(
                    Ward.say(
                        .port(
                            PortReport(agent: agent, port: SwitchPort(ifIndex: neighbour.ifIndex, name: "u\(number)"))),
                        at: 10))
            }
        }
        var hospital = Hospital(knowledge: .empty)
        _ = hospital.learn(story)
        return HospitalView(hospital)
    }

    @Test func `without the switch in the middle of a star each of the others is cut from most`() throws {
        let view = network(
            [("core", "a"), ("core", "b"), ("core", "c")], cards: ["a": 1, "b": 2, "c": 3])
        #expect(view.snapshot.network?.links.count == 3)
        let answer = try view.consequences(of: .switchFails("core"))
        #expect(answer.beds == ["icu-1", "icu-2", "icu-3"])
        #expect(answer.doubtfulBeds.isEmpty)
        #expect(answer.because.contains { $0.contains("the 3 switches that it joins") }, "\(answer.because)")
    }

    @Test func `what is reached only through it is cut, and more than half of the others is the rest`() throws {
        let links = [("core", "a"), ("core", "b"), ("core", "c"), ("a", "far")]
        let view = network(links, cards: ["far": 1, "b": 2, "c": 3])
        let answer = try view.consequences(of: .switchFails("a"))
        #expect(answer.beds == ["icu-1"])
        #expect(answer.lost.map(\.because) == ["on far, which is reached through a"])
    }

    @Test func `a device without a known port and a switch without a known link count as attached`() throws {
        let view = network([("core", "a")], cards: ["a": 1, "lonely": 2], unplugged: [3])
        let answer = try view.consequences(of: .switchFails("core"))
        // Nobody knows whether what is left of two switches is the rest: one part is.
        #expect(answer.beds == [])
        #expect(answer.doubtfulBeds == ["icu-2", "icu-3"])
        #expect(answer.because.contains { $0.contains("No way to 1 other switch of north is known") })
    }

    @Test func `a name that two sites have is not guessed at`() throws {
        var hospital = Hospital(knowledge: .empty)
        for site in ["north", "south"] {
            var story = Ward.poll("sw-1", [1], at: 0)
            for index in story.indices { story[index].site = site }
            _ = hospital.learn(story)
        }
        let view = HospitalView(hospital)
        #expect(throws: WhatIfFailure.manySwitches("sw-1", ["sw-1 of north", "sw-1 of south"])) {
            try view.consequences(of: .switchFails("sw-1"))
        }
        #expect(try view.consequences(of: .switchFails("sw-1", site: "south")).lost.isEmpty)
    }
}
