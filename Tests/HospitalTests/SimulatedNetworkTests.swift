//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Simulated switches: does the map say where everybody truly is, whichever way their makers answer?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Simulator
import Support
import Testing
import Twin
import Wire

/// A simulated hospital's switches, polled to the end.
struct Patrol: Sendable {
    let network: SimulatedNetwork
    let snapshot: InventorySnapshot

    /// - Parameters:
    ///   - capture: Whether the traffic is heard, too; without it devices are known by their cards only.
    ///   - first: Whether rogues are there from the first poll on; only the first two polls are read then.
    init(seed: UInt64, devices: Int, capture: Bool = false, polls: Int = 8, first: Bool = false) throws {
        let simulated = SimulatedHospital(seed: seed, minutes: 2, devices: devices, hasEarlyRogues: first)
        network = simulated.network(polls: polls)
        var hospital = Hospital(knowledge: try #require(Rounds.knowledge))
        if capture {
            var bytes: [UInt8] = []
            simulated.writeCapture { bytes += $0 }
            hospital.read(bytes, site: "main")
        }
        Self.poll(network, most: first ? 2 : .max) { _ = hospital.learn($0) }
        _ = hospital.learn(
            network.peripherals.map {
                Observation(site: "main", sensor: "peripherals", occurred: $0.time, body: .peripherals($0.report))
            })
        snapshot = hospital.snapshot()
    }

    /// Findings at the place of a planted thing, or about its address.
    func findings(of thing: Planted) -> [Finding] {
        snapshot.findings.filter { finding in
            thing.hardware.map(finding.addresses.contains) ?? false
                || finding.place.map { $0.agent == thing.agent && $0.port == thing.port } ?? false
        }
    }

    /// Findings about nothing that was planted: false alarms.
    var alarms: [Finding] {
        let rightful = Set(network.planted.flatMap(findings))
        return snapshot.findings.filter { !rightful.contains($0) }
    }

    /// Every agent at every poll, as recordings of them would be read.
    static func poll(_ network: SimulatedNetwork, most: Int = .max, _ learn: ([Observation]) -> Void) {
        var tellers = network.agents.map { SwitchTeller(site: "main", sensor: "walk", agent: $0.name) }
        var moment = network.first
        repeat {
            for agent in network.agents.indices {
                let contexts = [nil] + moment.contexts(of: agent).map(Optional.some)
                let reading = SwitchReading(
                    contexts.map { SwitchReading.VLANRows(moment.rows(of: agent, vlan: $0), vlan: $0) })
                learn(tellers[agent].tell(reading, at: moment.time))
            }
        } while moment.poll + 1 < most && moment.advance()
    }
}

/// Goal: what the switches of a pretend hospital say leads to where its devices are.
@Suite(.enabled(if: Rounds.hasPrefixes, "Debian's ieee-data is not installed"))
struct `The map of a simulated hospital` {
    @Test(arguments: [(7, 300), (8, 300), (2_026, 1_000)] as [(UInt64, Int)])
    func `puts every device at its port, in its VLAN, and joins the switches as they are`(
        seed: UInt64, devices: Int
    ) throws {
        let patrol = try Patrol(seed: seed, devices: devices)
        let map = try #require(patrol.snapshot.network)
        var places: [HardwareAddress: Place] = [:]
        for found in map.places { places[found.hardware] = found.place }
        let clones = Set(patrol.network.planted.filter { $0.kind == .clonedAddress }.compactMap(\.hardware))
        let truth = patrol.network.places.filter { !clones.contains($0.hardware) }
        #expect(truth.count > devices / 2)
        var wrong: [String] = []
        for place in truth {
            let found = places[place.hardware]
            if found?.agent != place.agent || found?.port != place.port || found?.vlan != place.vlan {
                wrong.append("\(place.hardware): \(place.agent) \(place.port) \(place.vlan), taken for \(found as Any)")
            }
        }
        #expect(wrong.count * 100 <= truth.count, "\(wrong.count) of \(truth.count): \(wrong.prefix(8))")

        let between = map.links.filter(\.isBetweenSwitches).compactMap { link -> Set<String>? in
            guard let one = link.one.agent, let two = link.other.agent else { return nil }
            return ["\(one) \(link.one.ifIndex ?? 0)", "\(two) \(link.other.ifIndex ?? 0)"]
        }
        let cables = patrol.network.links.map { link -> Set<String> in
            ["\(link.agent) \(link.ifIndex)", "\(link.otherAgent) \(link.otherIfIndex)"]
        }
        #expect(Set(between) == Set(cables))
        #expect(between.count == cables.count)
    }

    @Test func `shows four makers' ways, and each of them is understood`() throws {
        let network = SimulatedHospital(seed: 7, minutes: 1, devices: 300).network()
        let moment = network.first
        var makers: Set<String> = []
        for agent in network.agents.indices {
            let contexts = [nil] + moment.contexts(of: agent).map(Optional.some)
            let reading = SwitchReading(
                contexts.map { SwitchReading.VLANRows(moment.rows(of: agent, vlan: $0), vlan: $0) })
            makers.insert(reading.system.vendor ?? "?")
            #expect(reading.unplacedRows == 0 && !reading.forwarding.isEmpty)
            #expect(reading.forwarding.allSatisfy { $0.vlan.map { $0 % 10 == 0 && $0 <= 130 } ?? false })
            #expect(reading.system.name == network.agents[agent].systemName)
            #expect(!contexts.contains { $0.map { $0 >= 1_002 } ?? false })
            #expect(reading.vlans.keys.contains(1_002) == (reading.system.vendor == "Cisco"))
        }
        #expect(makers == ["Cisco", "HPE", "Extreme Networks", "Juniper Networks"])
    }

    @Test func `is the same from the same seed, and another from another`() {
        func truth(_ seed: UInt64) -> [UInt8] {
            SimulatedHospital(seed: seed, minutes: 1, devices: 150).network(polls: 6).truth
        }
        #expect(truth(7) == truth(7))
        #expect(truth(7) != truth(8))
        let first = SimulatedHospital(seed: 7, minutes: 1, devices: 150).network().first
        let again = SimulatedHospital(seed: 7, minutes: 1, devices: 150).network().first
        #expect(first.rows(of: 3).rows == again.rows(of: 3).rows)
        #expect(first.rows(of: 3).duplicates == 0)
        #expect(first.rows(of: 9_999).rows.isEmpty)
    }

    @Test(arguments: [1, 7, 99, 2_026, 31_337] as [UInt64])
    func `plants one of each kind in every hospital, at a time that two polls follow`(seed: UInt64) {
        let network = SimulatedHospital(seed: seed, minutes: 10, devices: 300).network()
        #expect(Set(network.planted.map(\.kind)) == Set(Planted.Kind.allCases))
        for thing in network.planted {
            #expect(thing.agent != nil && thing.port != nil)
            #expect(thing.since > network.times[0] && thing.since <= network.times[network.times.count - 3])
        }
        let places = network.planted.filter { $0.kind != .badKeyboard }.map { "\($0.agent ?? "") \($0.port ?? "")" }
        #expect(Set(places).count == places.count)
    }

    /// Rules by which a thing may be found; it is one more word of praise when others speak, too.
    static let rules: [Planted.Kind: Set<String>] = [
        .singleBoardComputer: ["port.stranger"], .clonedAddress: ["port.cloned"], .hiddenHub: ["port.hiddenHub"],
        .speedDowngrade: ["port.slower", "port.swapped"], .hiddenBridge: ["port.speaksAsBridge"],
        .swappedHardware: ["port.swapped"], .silentDevice: ["port.silentDevice"],
        .powerChange: ["port.powerChanged", "port.swapped"], .secondAddressServer: ["network.secondServer"],
        .secondRouter: ["network.secondServer"], .speakingEndpoint: ["port.speaksAsBridge"],
        .movedScanner: ["port.moved"], .badKeyboard: ["peripheral.keyboardWithStorage"],
    ]

    @Test(arguments: [(7, 300), (8, 300), (41, 300), (2_026, 1_000)] as [(UInt64, Int)])
    func `shows every planted thing, and accuses hardly anybody else`(seed: UInt64, devices: Int) throws {
        let patrol = try Patrol(seed: seed, devices: devices, capture: true)
        for thing in patrol.network.planted {
            guard let rules = Self.rules[thing.kind] else { continue }
            let found = patrol.findings(of: thing)
            #expect(
                found.contains { rules.contains($0.rule) },
                "seed \(seed): \(thing.words) at \(thing.agent ?? "") \(thing.port ?? ""): \(found.map(\.rule))")
        }
        let alarms = patrol.alarms.map { "\($0.rule) \($0.title) \($0.place as Any) \($0.addresses)" }
        #expect(alarms.count <= 1, "seed \(seed): \(alarms.joined(separator: "; "))")
    }

    /// What differs from its own past only.
    static let needPast: Set<Planted.Kind> = [.speedDowngrade, .swappedHardware, .powerChange, .movedScanner]

    /// In seed 131 the wrong server of addresses is heard before the right one, and nobody knows either.
    @Test(arguments: [7, 131] as [UInt64])
    func `shows what is there from the first poll on by two polls, and accuses nobody else`(seed: UInt64) throws {
        let patrol = try Patrol(seed: seed, devices: 300, capture: true, first: true)
        for thing in patrol.network.planted {
            let found = patrol.findings(of: thing)
            #expect((thing.since > patrol.network.times[1]) == Self.needPast.contains(thing.kind), "\(thing)")
            guard !Self.needPast.contains(thing.kind), let rules = Self.rules[thing.kind] else { continue }
            #expect(found.contains { rules.contains($0.rule) }, "seed \(seed): \(thing.words): \(found.map(\.rule))")
        }
        #expect(patrol.alarms.isEmpty, "\(patrol.alarms.map(\.title))")
    }

    /// The first and the last are at Juniper's, which says nothing of what the other end offers.
    @Test(
        arguments: [("that the port feeds", "ge-"), ("another telephone", ""), ("gigabit", "ge-")]
            as [(String, String)])
    func `finds a swap by what the switch can tell of it`(words: String, port: String) throws {
        // The first hospital in which it is done so.
        let seed = try #require(
            (100...600 as ClosedRange<UInt64>).first { seed in
                SimulatedHospital(seed: seed, minutes: 2, devices: 300).network().planted.contains {
                    $0.kind == .swappedHardware && $0.words.contains(words) && $0.port?.hasPrefix(port) == true
                }
            })
        let patrol = try Patrol(seed: seed, devices: 300, capture: true)
        let swap = try #require(patrol.network.planted.first { $0.kind == .swappedHardware })
        #expect(patrol.findings(of: swap).contains { $0.rule == "port.swapped" }, "\(swap)")
    }
}
