//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Indoor map: floors, departments and rooms of a building in the Indoor Mapping Data Format (IMDF 1.0.0, an OGC
// community standard since 2021).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Places of an IMDF archive, which is a folder with a file of GeoJSON for each type of feature.
public struct IndoorMap: Hashable, Sendable {
    /// Types of feature that are read, as their files are called (`unit.geojson`). Fixtures and openings are no places.
    public static let types = ["venue", "building", "level", "section", "unit"]

    private var features: [PlanFeature] = []

    public init() {}

    /// Takes one file in.
    public mutating func add(_ octets: [UInt8], type: String) throws(PlanTrouble) {
        for var feature in try PlanReading(octets).features {
            if feature.type.isEmpty { feature.type = type }
            guard features.count < PlanLimits.features else { throw .tooManyFeatures(most: PlanLimits.features) }
            features.append(feature)
        }
    }

    /// What a map's levels are called, lowest first, to choose one.
    public var levels: [String] { sortedLevels.map(Self.name) }

    private var sortedLevels: [PlanFeature] {
        features.filter { $0.type == "level" }.sorted { one, other in
            let mine = (Self.ordinal(one), one.id)
            return mine < (Self.ordinal(other), other.id)
        }
    }

    private static func ordinal(_ level: PlanFeature) -> Int {
        level.word("ordinal").flatMap { Double($0) }.flatMap { Int(exactly: $0.rounded()) } ?? 0
    }

    private static func name(_ feature: PlanFeature) -> String {
        feature.word("name") ?? feature.word("short_name") ?? feature.word("alt_name") ?? feature.word("ordinal") ?? ""
    }

    /// Places of one level, in a floor that is known: departments (`section`) are zones, rooms (`unit`) lie in the floor.
    ///
    /// - Parameter level: Its id, name, short name or ordinal.
    /// - Returns: nil where the map has no such level.
    public func plan(of level: String, on floor: String, taken: Set<String> = []) -> FloorPlan? {
        let found = sortedLevels.first { feature in
            feature.id == level || ["name", "short_name", "ordinal"].contains { feature.word($0) == level }
        }
        guard let found, let frame else { return nil }
        var assembly = PlanAssembly(floor: floor, taken: taken)
        assembly.drafts = drafts(of: found, parent: nil, frame)
        var plan = FloorPlan()
        (plan.places, plan.leftOut) = assembly.places(leftOut: 0)
        return plan
    }

    /// All levels of the map as floors of a site or building, with what lies in them.
    public func plan(in place: String, taken: Set<String> = []) -> FloorPlan {
        var plan = FloorPlan()
        guard let frame else { return plan }
        var assembly = PlanAssembly(floor: place, taken: taken)
        for level in sortedLevels {
            let name = level.word("short_name") ?? Self.name(level)
            assembly.drafts.append(
                PlanAssembly.Draft(
                    key: level.id, name: name.isEmpty ? level.id : name, kind: .floor, parent: nil,
                    outline: frame.outline(level.ring), aliases: []))
            assembly.drafts += drafts(of: level, parent: level.id, frame)
        }
        (plan.places, plan.leftOut) = assembly.places(leftOut: 0)
        return plan
    }

    private func drafts(of level: PlanFeature, parent: String?, _ frame: Frame) -> [PlanAssembly.Draft] {
        features.filter { ($0.type == "unit" || $0.type == "section") && $0.word("level_id") == level.id }
            .map { feature in
                // Rooms without a name are known by their category: `elevator`, `restroom`, `walkway`.
                let name = feature.word("name") ?? feature.word("alt_name") ?? feature.word("category") ?? ""
                return PlanAssembly.Draft(
                    key: feature.id, name: name, kind: feature.type == "section" ? .zone : .room, parent: parent,
                    outline: frame.outline(feature.ring), aliases: feature.word("alt_name").map { [$0] } ?? [])
            }
    }

    /// All floors are drawn from the same corner, so that stairs lie over stairs.
    private struct Frame {
        var projection: PlanProjection
        var corner: PlanFeature.Point

        func outline(_ ring: [PlanFeature.Point]) -> Location.Outline? {
            Location.Outline(ring: ring.map(projection.metres), from: corner)
        }
    }

    /// Around the venue's centre; without a venue around that of everything.
    private var frame: Frame? {
        let venue = features.first { $0.type == "venue" && !$0.ring.isEmpty }
        let drawn = features.filter { $0.type == "level" || $0.type == "unit" || $0.type == "section" }
        guard let projection = PlanProjection(around: venue?.ring ?? drawn.flatMap(\.ring)),
            let bounds = PlanBounds(drawn.lazy.flatMap(\.ring).map(projection.metres))
        else { return nil }
        return Frame(projection: projection, corner: bounds.least)
    }
}

extension FloorPlan {
    init() {}
}
