//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Floor plan: the places that one file of GeoJSON draws on one floor.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Places of a plan, with what of it was left out.
public struct FloorPlan: Hashable, Sendable {
    /// In which units a plan is drawn.
    public enum Units: String, Hashable, Sendable, CaseIterable {
        /// Longitude and latitude, WGS 84 (RFC 7946, 4).
        case degrees
        /// Metres in a plane of its own, as drawing programs export.
        case metres
    }

    /// Those that hold others first.
    public var places: [Location] = []
    /// Features that are no places here, or without a name, or in a circle; counted.
    public var leftOut = 0

    /// Reads a FeatureCollection. Each feature is a `zone`, `room` (unless it says so) or `bed` by its property `kind`, and has
    /// a `name`; `id`, `parent` (the id or name of another feature; else it lies right on the floor), `aliases` (a list, or
    /// texts parted by commas) as needed. Polygons are outlines, holes are not kept; points have no outline.
    ///
    /// - Parameters:
    ///   - floor: Id of the floor; every id of the plan begins with it.
    ///   - taken: Ids that others have.
    public init(geoJSON octets: [UInt8], units: Units, on floor: String, taken: Set<String> = []) throws(PlanTrouble) {
        let reading = try PlanReading(octets)
        let points = reading.features.lazy.flatMap(\.ring)
        let projection = units == .degrees ? PlanProjection(around: points) : nil
        func metres(_ ring: [PlanFeature.Point]) -> [PlanFeature.Point] {
            switch units {
            case .metres: ring
            case .degrees: projection.map { ring.map($0.metres) } ?? []
            }
        }
        let corner = PlanBounds(reading.features.lazy.flatMap { metres($0.ring) })?.least
        var assembly = PlanAssembly(floor: floor, taken: taken)
        for feature in reading.features {
            let kind = feature.word("kind").map { Location.Kind(rawValue: $0.lowercased()) } ?? .room
            guard let kind, [.zone, .room, .bed].contains(kind), let name = feature.word("name") else {
                leftOut += 1
                continue
            }
            var aliases = feature.lists["aliases"] ?? []
            if let text = feature.word("aliases") {
                aliases += text.split(separator: ",").map { JSONText.clean(String($0), Location.longestName) }
            }
            assembly.drafts.append(
                PlanAssembly.Draft(
                    key: feature.word("id") ?? feature.id, name: name, kind: kind, parent: feature.word("parent"),
                    outline: corner.flatMap { Location.Outline(ring: metres(feature.ring), from: $0) },
                    aliases: aliases))
        }
        (places, leftOut) = assembly.places(leftOut: leftOut)
    }
}

/// Puts places of a plan under one another and gives them their ids.
struct PlanAssembly {
    struct Draft {
        /// As the plan calls it; empty where it does not.
        var key: String
        var name: String
        var kind: Location.Kind
        /// Key or name of the place that it lies in; nil for the plan's root.
        var parent: String?
        var outline: Location.Outline?
        var aliases: [String]
    }

    /// Id of the place in which all lie.
    let floor: String
    var taken: Set<String>
    var drafts: [Draft] = []

    init(floor: String, taken: Set<String>) { (self.floor, self.taken) = (floor, taken) }

    /// Outer places first, by the kinds that hold others, in the order of the plan. What lies in nothing, in a circle or in
    /// something narrower is left out and counted.
    mutating func places(leftOut before: Int) -> (places: [Location], leftOut: Int) {
        var byKey: [String: Int] = [:]
        var byName: [String: Int] = [:]
        for (number, draft) in drafts.enumerated() {
            if !draft.key.isEmpty, byKey[draft.key] == nil { byKey[draft.key] = number }
            if byName[draft.name] == nil { byName[draft.name] = number }
        }
        var places: [Location] = []
        var ids: [Int: String] = [:]
        // A kind lies in a wider one only, so one pass a kind is enough and no circle can come about.
        for kind in Location.Kind.allCases {
            for (number, draft) in drafts.enumerated() where draft.kind == kind {
                var parent = floor
                if let named = draft.parent {
                    guard let holder = byKey[named] ?? byName[named], drafts[holder].kind.mayHold(kind),
                        let id = ids[holder]
                    else { continue }
                    parent = id
                }
                guard let id = id(draft, in: parent) else { continue }
                ids[number] = id
                taken.insert(id)
                var place = Location(
                    id: id, kind: kind, name: JSONText.clean(draft.name, Location.longestName), parent: parent,
                    outline: draft.outline)
                place.aliases = Array(draft.aliases.filter { !$0.isEmpty }.prefix(Location.mostAliases))
                    .map { JSONText.clean($0, Location.longestName) }
                places.append(place)
            }
        }
        return (places, before + drafts.count - places.count)
    }

    /// Of its name; where two bear one name, of its key, else of its name and a number.
    private func id(_ draft: Draft, in parent: String) -> String? {
        let named = Location.id(of: draft.name, in: parent)
        if let named, !taken.contains(named) { return named }
        if !draft.key.isEmpty, let keyed = Location.id(of: draft.key, in: parent), !taken.contains(keyed) {
            return keyed
        }
        guard let named else { return nil }
        for number in 2...999 where !taken.contains("\(named)-\(number)") {
            return Location.isId("\(named)-\(number)") ? "\(named)-\(number)" : nil
        }
        return nil
    }
}
