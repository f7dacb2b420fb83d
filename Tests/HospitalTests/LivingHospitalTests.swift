//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Living hospitals, heard: does the fold find the devices, the rooms and the rogues that are truly there?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Sensors
import Simulator
import Support
import Testing
import Twin

/// The first minutes of the demo, by the road of a real site.
struct LivingDay: Sendable {
    static let start = Timestamp(seconds: 1_790_000_000)
    static let minutes: Int64 = 8

    private(set) var hospitals = LivingHospitals(seed: 7, start: start)
    private(set) var hospital: Hospital
    private(set) var observations = 0
    /// Snapshots at each whole minute.
    private(set) var minutes: [InventorySnapshot] = []

    init() throws {
        hospital = Hospital(knowledge: try #require(Rounds.knowledge))
        var feeds: [String: SiteFeed] = [:]
        for site in LivingHospitals.siteNames { feeds[site] = SiteFeed(site: site, personKey: [1]) }
        for second in 1...Self.minutes * 60 {
            var told: [Observation] = []
            for event in hospitals.advance(to: Self.after(second)) {
                switch event.kind {
                case .frame(let octets): told += feeds[event.site]?.take(frame: octets, at: event.time) ?? []
                case .poll(let agent, let contexts):
                    told += feeds[event.site]?.take(agent: agent, contexts, at: event.time) ?? []
                case .report(let line): told += feeds[event.site]?.take(line) ?? []
                case .observation(let observation): told.append(observation)
                }
            }
            observations += told.count
            _ = hospital.learn(told)
            if second % 60 == 0 { minutes.append(hospital.snapshot()) }
        }
    }

    static func after(_ seconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: start.nanoseconds + seconds * 1_000_000_000)
    }

    /// Whether a finding is at the place of a planted thing, or about its address, at its site.
    func isFound(_ planted: LivingHospitals.PlantedThing, in snapshot: InventorySnapshot) -> Bool {
        let devices = Set(snapshot.devices.filter { $0.site == planted.site }.flatMap(\.mac))
        return snapshot.findings.contains { finding in
            if let place = finding.place {
                guard place.site == planted.site else { return false }
                if place.agent == planted.thing.agent && place.port == planted.thing.port { return true }
            }
            return planted.thing.hardware.map { finding.addresses.contains($0) && devices.contains($0) } ?? false
        }
    }
}

/// Goal: what the demo shows is what was planted in it.
@Suite(.enabled(if: Rounds.hasPrefixes, "Debian's ieee-data is not installed"))
struct `Living hospitals, heard` {
    static let day = Result { try LivingDay() }

    @Test func `some 600 devices are known after two minutes, at the sites where they are`() throws {
        let day = try Self.day.get()
        for (count, wanted) in zip(day.hospitals.deviceCounts, [300, 220, 80]) {
            let found = day.minutes[1].devices.filter { $0.site == count.site }
            #expect(abs(found.count - wanted) * 10 <= wanted, "\(count.site): \(found.count) of \(count.devices)")
            let present = Set(found.flatMap(\.mac))
            let known = day.hospitals.whereabouts.filter { $0.site == count.site }
            let missing = known.filter { !present.contains($0.hardware) }
            #expect(missing.count * 50 <= known.count, "\(count.site) misses \(missing.map(\.hardware))")
        }
    }

    @Test func `every measured room has a reading, of a device that is known and hangs in that room`() throws {
        let day = try Self.day.get()
        var rooms: [String: Set<String>] = [:]
        let edges = day.hospital.edges.standing(at: LivingDay.after(480))
        var places: [String: String] = [:]
        for edge in edges where edge.relation == .at {
            guard case .device(let subject) = edge.one, case .location(let id) = edge.other,
                let device = day.hospital.inventory.id(of: subject, site: edge.site)
            else { continue }
            places[device] = id
        }
        for reading in day.hospital.readings.all {
            let device = try #require(
                day.hospital.inventory.id(of: reading.subject, site: reading.site),
                "\(reading.site) \(reading.subject) measures, and is no device")
            let place = try #require(places[device], "\(device) stands nowhere")
            rooms[reading.site, default: []].insert(place)
            if let parent = day.hospital.places[place]?.parent { rooms[reading.site]?.insert(parent) }
        }
        for (site, measured) in day.hospitals.measuredRooms {
            let missing = Set(measured).subtracting(rooms[site] ?? [])
            #expect(missing.isEmpty, "\(site): \(missing)")
        }
    }

    @Test func `a page is alive with it, and not drowned`() throws {
        let day = try Self.day.get()
        let rate = day.observations / Int(LivingDay.minutes * 60)
        #expect((50...400).contains(rate), "\(rate) observations a second")
    }
}
