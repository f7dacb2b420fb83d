//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Living hospitals: two hospitals and a home for the elderly that go on for ever, from one seed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// Two hospitals (`north`, `south`) and an assisted-living home (`harbour`) with some 600 devices together.
///
/// A value that is asked for what comes next. The same seed, start and pause between polls give the same events in every
/// process, into whatever slices the time is cut. It holds what is under way and nothing of what is over. All of it is
/// made up: devices, people, readings.
public struct LivingHospitals: Sendable {
    /// Seconds between two polls of the switches.
    public static let pollSeconds = 30...600
    public static let siteNames = ["north", "south", "harbour"]

    private(set) var sites: [LivingSite]
    public let start: Timestamp
    /// How far time has come.
    public private(set) var now: Timestamp

    /// - Parameter pollSeconds: How often switches are asked, 30 to 600, while the story of the planted things is told; half as
    ///   often after that.
    public init(seed: UInt64, start: Timestamp, pollSeconds: Int = 30) {
        let pollSeconds = min(max(pollSeconds, Self.pollSeconds.lowerBound), Self.pollSeconds.upperBound)
        self.start = start
        now = start
        sites = Self.sketches(seed, start, pollSeconds).map(LivingSite.init)
    }

    /// All that happens after the last call and until this moment, itself included, in the order of time.
    ///
    /// An hour is some hundred thousand events: ask for pieces.
    public mutating func advance(to moment: Timestamp) -> [LiveEvent] {
        var events: [LiveEvent] = []
        while let site = nextSite, sites[site].next <= moment.nanoseconds { sites[site].step(into: &events) }
        now = max(now, moment)
        return events
    }

    /// The site at which something happens next; the first of those at the same time.
    private var nextSite: Int? {
        var found = 0
        for site in sites.indices.dropFirst() where sites[site].next < sites[found].next { found = site }
        return sites.isEmpty ? nil : found
    }

    /// Something planted, and where.
    public struct PlantedThing: Hashable, Sendable {
        public var site: String
        public var thing: Planted
    }

    /// What was planted to be found, with the first poll that can know of it.
    public var planted: [PlantedThing] {
        sites.flatMap { site in site.network.planted.map { PlantedThing(site: site.name, thing: $0) } }
    }

    /// Every place, the wider before the narrower.
    public var locations: [Location] { sites.flatMap(\.plan.locations) }

    /// Rooms in which something is measured, by site.
    public var measuredRooms: [(site: String, rooms: [String])] {
        sites.map { ($0.name, Set($0.gauges.compactMap(\.room)).sorted()) }
    }

    /// Devices of each site that show themselves, those behind gateways included; without what is planted.
    public var deviceCounts: [(site: String, devices: Int)] {
        sites.map { site in
            let here = site.campus.stations.filter { !$0.isElsewhere }
            return (site.name, here.reduce(0) { $0 + 1 + $1.children.count })
        }
    }
}

extension LivingHospitals {
    /// What the three are made of.
    private static func sketches(_ seed: UInt64, _ start: Timestamp, _ pollSeconds: Int) -> [LivingSite.Sketch] {
        let all: [(name: String, devices: Int, plan: FloorPlan, plants: Set<Planted.Kind>, minutes: Int64)] = [
            ("north", 290, .north, Set(Planted.Kind.allCases), 1),
            ("south", 210, .south, [.singleBoardComputer, .hiddenHub, .clonedAddress, .badKeyboard], 2),
            ("harbour", 80, .harbour, [.hiddenHub, .silentDevice], 8),
        ]
        return all.enumerated().map { number, house in
            var recipe = Recipe()
            // Three seconds after one another, so that they do not all speak at once.
            recipe.start = start.nanoseconds + Int64(number) * 3 * LivingSite.second
            recipe.firstNumber = number * 1_000
            let plan = house.plan
            recipe.beds = plan.beds.map { Recipe.Bed(ward: $0.ward, label: $0.label) }
            recipe.levels = plan.levels
            recipe.level = { Standing.level(of: $0, plan) }
            recipe.extras = Feeler.all(in: plan).enumerated().map { Feeler.gateway($1, level: $0) }
            recipe.plants = house.plants
            recipe.hasGuests = house.plants.contains(.secondRouter)
            recipe.guestSeconds = 2 * 4 * pollSeconds
            if house.name == "harbour" {
                recipe.mix = HomeProducts.all
                recipe.absent = HomeProducts.absent
                recipe.isFurnished = false
            }
            // Streams of one seed are told apart by small numbers: those of the sites by large ones.
            var mixer = Chance(seed: seed, stream: 0x51_7E00_0000 + UInt64(number))
            return LivingSite.Sketch(
                name: house.name, number: number, seed: mixer.next(), start: recipe.start, devices: house.devices,
                plan: plan, recipe: recipe, pollSeconds: pollSeconds, carePause: house.minutes * 60 * LivingSite.second)
        }
    }
}
