//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Living hospitals: the same from the same seed, however time is cut, with rooms that can be drawn and people who are nobody.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

@testable import Simulator

/// Goal: the demo's hospitals can be relied on: same seed, same events, and all of it makes sense.
@Suite struct `Living hospitals` {
    private static let start = Timestamp(seconds: 1_790_000_000)

    private static func after(_ seconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: start.nanoseconds + seconds * 1_000_000_000)
    }

    /// What an event says, as text that is the same for the same event.
    private static func words(_ event: LiveEvent) -> String {
        let kind =
            switch event.kind {
            case .frame(let octets): "frame \(octets)"
            case .poll(let agent, let contexts):
                "poll \(agent) " + contexts.map { "\($0.vlan ?? 0) \($0.rows.rows.map(\.snmprec))" }.joined()
            case .report(let line): "report \(line.text)"
            case .observation(let observation): "\(observation)"
            }
        return "\(event.site) \(event.time) \(kind)"
    }

    /// FNV-1a over all events, with their number.
    private static func digest(_ events: [LiveEvent]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for event in events {
            for octet in words(event).utf8 { hash = (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01B3 }
        }
        return "\(events.count) \(hash)"
    }

    @Test func `the same seed gives the same events, into whatever slices time is cut`() {
        var whole = LivingHospitals(seed: 7, start: Self.start)
        let once = whole.advance(to: Self.after(70))
        var cut = LivingHospitals(seed: 7, start: Self.start)
        var pieces: [LiveEvent] = []
        // Slices of no length, of a nanosecond, of some seconds.
        for moment in [0, 0, 1, 2, 3, 11, 30, 31, 44, 69] as [Int64] { pieces += cut.advance(to: Self.after(moment)) }
        pieces += cut.advance(to: Timestamp(nanoseconds: Self.after(69).nanoseconds + 1))
        pieces += cut.advance(to: Self.after(70))
        #expect(Self.digest(pieces) == Self.digest(once))
        #expect(once.count > 3_000)
        var other = LivingHospitals(seed: 8, start: Self.start)
        #expect(
            Self.digest(other.advance(to: Self.after(2))) != Self.digest(pieces.filter { $0.time <= Self.after(2) }))
    }

    @Test func `events come in the order of time, and none before its time or after it was asked for`() {
        var hospitals = LivingHospitals(seed: 3, start: Self.start)
        var last = Self.start
        for second in 1...40 as ClosedRange<Int64> {
            for event in hospitals.advance(to: Self.after(second)) {
                #expect(event.time >= last && event.time <= Self.after(second))
                last = event.time
            }
        }
        #expect(last > Self.after(38))
    }

    @Test(arguments: [1, 7, 2_026] as [UInt64])
    func `there are some 600 devices at three sites, and no card is at two of them`(seed: UInt64) {
        let hospitals = LivingHospitals(seed: seed, start: Self.start)
        let counts = hospitals.deviceCounts
        #expect(counts.map(\.site) == ["north", "south", "harbour"])
        for (count, wanted) in zip(counts, [300, 220, 80]) {
            #expect(abs(count.devices - wanted) <= 12, "\(count.site) has \(count.devices), not about \(wanted)")
        }
        let cards = hospitals.sites.flatMap { $0.campus.stations.filter { !$0.isElsewhere }.map(\.hardware) }
        #expect(Set(cards).count == cards.count)
        #expect(
            Set(hospitals.sites.flatMap { $0.network.agents.map(\.name) }).count
                == hospitals.sites.reduce(0) { $0 + $1.network.agents.count })
    }

    // MARK: Places

    @Test func `places are a tree in which each may hold the next, with names that other systems use`() throws {
        let locations = LivingHospitals(seed: 7, start: Self.start).locations
        var known: [String: Location] = [:]
        for location in locations {
            #expect(known.updateValue(location, forKey: location.id) == nil, "\(location.id) stands there twice")
            #expect(location.id.utf8.count <= Location.longestId && location.aliases.count <= Location.mostAliases)
            #expect(location.id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._/".contains($0)) })
            if location.kind == .site {
                #expect(location.parent == nil)
            } else {
                // The wider comes before the narrower, so that it is known already.
                let parent = try #require(known[location.parent ?? ""], "\(location.id) lies nowhere")
                #expect(parent.kind.mayHold(location.kind))
            }
        }
        #expect(locations.count { $0.kind == .site } == 3)
        #expect(locations.count { $0.kind == .floor } == 9)
        #expect(locations.count { $0.kind == .bed } == 62 + 38 + 12)
        let aliases = locations.flatMap(\.aliases)
        #expect(Set(aliases).count == aliases.count)
        #expect(aliases.contains("ICU-A^^B04^SIMHOSPITAL"))
    }

    /// The least and the most of an outline that is a rectangle.
    private static func box(_ location: Location) throws -> (x: ClosedRange<Int32>, y: ClosedRange<Int32>) {
        let corners = try #require(location.outline?.corners)
        let (xs, ys) = (corners.map(\.x).sorted(), corners.map(\.y).sorted())
        return (xs[0]...xs[xs.count - 1], ys[0]...ys[ys.count - 1])
    }

    @Test func `no two rooms of a floor and no two beds of a room overlap, and each lies within what holds it`() throws
    {
        let locations = LivingHospitals(seed: 7, start: Self.start).locations
        var known: [String: Location] = [:]
        for location in locations { known[location.id] = location }
        var neighbours: [String: [Location]] = [:]
        for location in locations {
            switch location.kind {
            case .zone: neighbours[location.parent ?? "", default: []].append(location)
            case .room: neighbours[known[location.parent ?? ""]?.parent ?? "", default: []].append(location)
            case .bed: neighbours[location.parent ?? "", default: []].append(location)
            default: continue
            }
            if location.kind != .zone || known[location.parent ?? ""]?.outline != nil {
                let (own, outer) = (try Self.box(location), try Self.box(try #require(known[location.parent ?? ""])))
                #expect(outer.x.contains(own.x.lowerBound) && outer.x.contains(own.x.upperBound), "\(location.id)")
                #expect(outer.y.contains(own.y.lowerBound) && outer.y.contains(own.y.upperBound), "\(location.id)")
                #expect(own.x.count > 900 && own.y.count > 900)
            }
        }
        var pairs = 0
        for group in neighbours.values {
            for (place, one) in group.enumerated() {
                for other in group[(place + 1)...] where one.kind == other.kind {
                    let (a, b) = (try Self.box(one), try Self.box(other))
                    let isApart =
                        a.x.upperBound <= b.x.lowerBound || b.x.upperBound <= a.x.lowerBound
                        || a.y.upperBound <= b.y.lowerBound || b.y.upperBound <= a.y.lowerBound
                    #expect(isApart, "\(one.id) and \(other.id) overlap")
                    pairs += 1
                }
            }
        }
        #expect(pairs > 1_000)
    }

    // MARK: Edges and readings

    private static func observations(seed: UInt64, seconds: Int64) -> [Observation] {
        var hospitals = LivingHospitals(seed: seed, start: start)
        var found: [Observation] = []
        // Only what is said outright is kept: frames are many.
        for second in stride(from: Int64(60), through: seconds, by: 60) {
            for event in hospitals.advance(to: after(second)) {
                if case .observation(let observation) = event.kind { found.append(observation) }
            }
        }
        return found
    }

    @Test func `every measured room has a reading within a minute, and every reading can be believed`() {
        let told = Self.observations(seed: 7, seconds: 60)
        let hospitals = LivingHospitals(seed: 7, start: Self.start)
        var readings: [String: Int] = [:]
        for observation in told {
            guard case .measurement(let reading) = observation.body else { continue }
            readings["\(observation.site) \(reading.subject) \(reading.metric)", default: 0] += 1
            let range: ClosedRange<Double> =
                switch reading.metric {
                case "MDC_TEMP_ROOM": 17...26
                case "WARDLIGHT_ROOM_HUMIDITY": 30...60
                case "WARDLIGHT_ROOM_PRESSURE": -25...25
                case "WARDLIGHT_COLD_STORE_TEMP": -90...8
                case "MDC_PULS_OXIM_SAT_O2": 85...100
                case "MDC_PULS_OXIM_PULS_RATE", "MDC_PULS_RATE_NON_INV": 40...140
                case "WARDLIGHT_GEL_DOSES", "WARDLIGHT_CALLS": 0...2_000
                case "WARDLIGHT_DOOR_OPEN", "WARDLIGHT_BED_TAKEN": 0...1
                default: 0...(-0)
                }
            #expect(range.contains(reading.value), "\(reading)")
            #expect(reading.metric.utf8.count <= Measurement.longestMetric)
        }
        for site in hospitals.sites {
            for gauge in site.gauges where gauge.monitor == nil {
                #expect(
                    readings["\(site.name) \(gauge.subject) \(gauge.metric)"] != nil,
                    "\(gauge.room ?? "") \(gauge.metric)")
            }
        }
        #expect(hospitals.measuredRooms.allSatisfy { $0.rooms.count >= 12 })
    }

    @Test func `edges name places and cards that are there, and one person lies in one bed`() {
        let told = Self.observations(seed: 7, seconds: 1_800)
        let hospitals = LivingHospitals(seed: 7, start: Self.start)
        let places = Set(hospitals.locations.map(\.id))
        let beds = Set(hospitals.locations.filter { $0.kind == .bed }.map(\.id))
        var here: [Edge.End: Edge.End] = [:]
        var at: [String: [Edge.End: Edge.End]] = [:]
        var moves = 0
        for observation in told {
            guard case .edge(let edge) = observation.body else { continue }
            for end in [edge.one, edge.other] {
                switch end {
                case .location(let id): #expect(places.contains(id), "\(id)")
                case .device(let subject): #expect(subject.hardware != nil)
                case .person(let reference):
                    // Obviously made up: a letter, a line and a number.
                    let digits = reference.dropFirst(2)
                    #expect(reference.hasPrefix("p-") && digits.count == 6 && digits.allSatisfy(\.isNumber))
                }
            }
            switch edge.relation {
            case .in:
                if edge.isEnded {
                    #expect(here.removeValue(forKey: edge.one) == edge.other)
                } else {
                    if case .location(let bed) = edge.other { #expect(beds.contains(bed)) }
                    here[edge.one] = edge.other
                }
                #expect(Set(here.values).count == here.count, "two people in one bed")
            case .at:
                if at[observation.site, default: [:]].updateValue(edge.other, forKey: edge.one) != nil { moves += 1 }
            default: break
            }
        }
        // About one of each per device, and some that were moved since.
        for (count, site) in zip([300, 220, 80], LivingHospitals.siteNames) {
            #expect(abs((at[site]?.count ?? 0) - count) <= 20, "\(site): \(at[site]?.count ?? 0)")
        }
        #expect(moves > 3 && moves < 200)
    }

    @Test func `what a device says of its bed is the bed at which it stands`() {
        for site in LivingHospitals(seed: 7, start: Self.start).sites {
            var aliases: [String: String] = [:]
            for location in site.plan.locations { for alias in location.aliases { aliases[alias] = location.id } }
            let sayers = site.campus.stations.filter(\.saysBed)
            if site.name != "harbour" { #expect(sayers.count >= 4) }
            for station in sayers {
                let bed = aliases["\(station.ward)^^\(station.bed)^SIMHOSPITAL"]
                #expect(bed != nil && site.standing.places[station.number] == bed)
                // Nobody rolls it away from where it says it is.
                #expect(!site.care.pumps.contains(station.number) && !site.care.wheeled.contains(station.number))
            }
        }
    }

    @Test func `what it holds does not grow with the days`() {
        var hospitals = LivingHospitals(seed: 5, start: Self.start, pollSeconds: 600)
        var sizes: [Int] = []
        for hour in 1...3 as ClosedRange<Int64> {
            for minute in stride(from: Int64(0), to: 60, by: 5) {
                _ = hospitals.advance(to: Self.after((hour - 1) * 3_600 + minute * 60 + 300))
            }
            sizes.append(hospitals.sites.reduce(0) { $0 + $1.timeline.held + $1.agenda.count })
        }
        #expect(sizes[2] < sizes[0] * 3 / 2 && sizes[2] < 20_000, "\(sizes)")
    }

    // MARK: Pace

    @Test(arguments: [1, 60, 600, 10_000, 0]) func `time goes as fast as the clock on the wall, so many times`(
        speed: Int
    ) {
        var pace = LivePace(speed: speed, from: Self.start)
        let times = Int64(min(max(speed, 1), 600))
        var reached = Self.start
        for tenth in 0...50 as ClosedRange<Int64> {
            guard case .play(let moment, true) = pace.step(elapsed: tenth * 100_000_000, reached: reached) else {
                Issue.record("late though nothing took time")
                return
            }
            #expect(moment.nanoseconds == Self.start.nanoseconds + tenth * 100_000_000 * times)
            reached = moment
        }
    }

    @Test func `who is late says so once, goes on from where it is, and skips nothing`() {
        var pace = LivePace(speed: 60, from: Self.start)
        var reached = Self.start
        var wall: Int64 = 0
        var late: [Int64] = []
        var rests = 0
        // Each piece takes half a second on the wall, twice as long as it should.
        for _ in 0..<40 {
            switch pace.step(elapsed: wall, reached: reached) {
            case .late(let milliseconds): late.append(milliseconds)
            case .play(let moment, let thenRest):
                #expect(moment >= reached && moment.nanoseconds - reached.nanoseconds <= 60 * 250_000_000)
                reached = moment
                wall += 500_000_000
                if thenRest { rests += 1 }
            }
        }
        #expect(late.count >= 3 && late.allSatisfy { (2_000...2_600).contains($0) }, "\(late)")
        #expect(rests <= 5)
        // Half as fast as it should be: nothing was jumped over to catch up.
        #expect(reached.nanoseconds - Self.start.nanoseconds < wall * 60 * 6 / 10)
    }
}
