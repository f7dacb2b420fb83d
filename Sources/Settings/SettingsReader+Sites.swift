//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// Places in the settings: sites, buildings, floors, zones, rooms, beds and vehicles, each where it lies.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Yams

extension SettingsReader {
    /// The tree of `sites:`, those that hold others first.
    mutating func sites(_ node: Node, _ run: inout RunSettings) {
        var tree = PlaceTree()
        places(node, "sites", kind: .site, in: nil, &tree)
        (run.places, run.plans, run.underlays) = (tree.places, tree.plans, tree.underlays)
    }

    /// What was read of the tree so far.
    struct PlaceTree {
        var places: [Location] = []
        var plans: [RunSettings.Plan] = []
        var underlays: [RunSettings.Underlay] = []
        /// Where each id was said first.
        var lines: [String: Int] = [:]
        var isFull = false
    }

    /// Under which key the places of a kind stand.
    private static func key(of kind: Location.Kind) -> String {
        switch kind {
        case .site: "sites"
        case .building: "buildings"
        case .floor: "floors"
        case .zone: "zones"
        case .room: "rooms"
        case .bed: "beds"
        case .vehicle: "vehicles"
        }
    }

    private mutating func places(
        _ node: Node, _ what: String, kind: Location.Kind, in parent: Location?, _ tree: inout PlaceTree
    ) {
        for (number, entry) in list(node, what, most: RunSettings.mostPlaces).enumerated() {
            if tree.isFull { return }
            guard tree.places.count < RunSettings.mostPlaces else {
                tree.isFull = true
                return complain(
                    entry, "sites: more than \(RunSettings.mostPlaces) places; at most so many are kept.")
            }
            place(entry, "\(what)[\(number + 1)]", kind: kind, in: parent, &tree)
        }
    }

    private mutating func place(
        _ node: Node, _ what: String, kind: Location.Kind, in parent: Location?, _ tree: inout PlaceTree
    ) {
        let inner = Location.Kind.allCases.filter { kind.mayHold($0) }
        // A bed or a room that has a name and nothing else: `beds: [1, 2, 3]`.
        var values: [String: Node] = [:]
        if case .scalar = node, kind == .bed || kind == .room || kind == .vehicle {
            values["name"] = node
        } else {
            var keys = ["name", "id", "aliases"] + (kind == .site || kind == .vehicle ? [] : ["at"])
            if kind == .site || kind == .building || kind == .floor { keys.append("plan") }
            if kind == .floor { keys.append("underlay") }
            guard let found = mapping(node, what, keys: keys + inner.map(Self.key)) else { return }
            values = found
        }
        guard let nameNode = values["name"] else {
            return complain(node, "\(what): 'name' is missing: as people call it.")
        }
        guard let name = text(nameNode, "\(what): name", most: Location.longestName) else { return }
        let idNode = values["id"] ?? nameNode
        guard let id = id(values["id"], nameNode, name, what, in: parent) else { return }
        if let line = tree.lines[id] {
            return complain(
                idNode,
                "\(what): the id \(Self.shown(id)) is taken by line \(line); give it another name, or an id of its own."
            )
        }
        tree.lines[id] = idNode.mark?.line ?? 0
        var place = Location(id: id, kind: kind, name: name, parent: parent?.id)
        if let node = values["aliases"] { place.aliases = aliases(node, "\(what): aliases") }
        if let node = values["at"] { place.outline = rectangle(node, "\(what): at") }
        tree.places.append(place)
        if let node = values["plan"], let plan = plan(node, "\(what): plan", of: place) { tree.plans.append(plan) }
        if let node = values["underlay"], let underlay = underlay(node, "\(what): underlay", of: place) {
            tree.underlays.append(underlay)
        }
        for kind in inner {
            let key = Self.key(of: kind)
            if let node = values[key] { places(node, "\(what): \(key)", kind: kind, in: place, &tree) }
        }
    }

    private mutating func id(
        _ given: Node?, _ nameNode: Node, _ name: String, _ what: String, in parent: Location?
    ) -> String? {
        if let given {
            guard let id = text(given, "\(what): id", most: Location.longestId) else { return nil }
            guard Location.isId(id) else {
                complain(given, "\(what): id takes letters, digits and - . _ / only, such as north/2/icu.")
                return nil
            }
            return id
        }
        guard let id = Location.id(of: name, in: parent?.id) else {
            complain(
                nameNode,
                "\(what): no id of at most \(Location.longestId) letters can be made of \(Self.shown(name)); "
                    + "give it one: 'id: …'.")
            return nil
        }
        return id
    }

    private mutating func aliases(_ node: Node, _ what: String) -> [String] {
        list(node, what, most: Location.mostAliases).compactMap { text($0, what, most: Location.longestName) }
    }

    /// `{geojson: FILE, units: metres}`, or `{imdf: FOLDER, level: NAME}`.
    private mutating func plan(_ node: Node, _ what: String, of place: Location) -> RunSettings.Plan? {
        guard let values = mapping(node, what, keys: ["geojson", "units", "imdf", "level"]) else { return nil }
        guard (values["geojson"] == nil) != (values["imdf"] == nil) else {
            complain(node, "\(what) takes either {geojson: FILE} or {imdf: FOLDER}.")
            return nil
        }
        if let file = values["geojson"] {
            guard place.kind == .floor else {
                complain(file, "\(what): geojson draws one floor; give it to one of the floors, or take imdf.")
                return nil
            }
            if let extra = values["level"] {
                complain(extra, "\(what): 'level' belongs to imdf; leave it out.")
                return nil
            }
            var units = PlanUnits.degrees
            if let node = values["units"] {
                guard let chosen: PlanUnits = choice(node, "\(what): units") else { return nil }
                units = chosen
            }
            return path(file, "\(what): geojson").map {
                RunSettings.Plan(place: place.id, form: .geoJSON(isMetres: units == .metres), path: $0)
            }
        }
        guard let folder = values["imdf"], let path = path(folder, "\(what): imdf") else { return nil }
        if let extra = values["units"] {
            complain(extra, "\(what): 'units' belongs to geojson; leave it out.")
            return nil
        }
        let level = values["level"].flatMap { text($0, "\(what): level", most: Location.longestName) }
        guard (level != nil) == (place.kind == .floor) else {
            complain(
                node,
                place.kind == .floor
                    ? "\(what): 'level' is missing: which level of the map this floor is."
                    : "\(what): 'level' goes with a floor; without it all levels of the map become floors.")
            return nil
        }
        return RunSettings.Plan(place: place.id, form: .indoorMap(level: level), path: path)
    }

    private enum PlanUnits: String, CaseIterable { case degrees, metres }

    /// `{image: FILE, at: [x, y, width, height]}`
    private mutating func underlay(_ node: Node, _ what: String, of place: Location) -> RunSettings.Underlay? {
        guard let values = mapping(node, what, keys: ["image", "at"]) else { return nil }
        guard let image = values["image"], let at = values["at"] else {
            complain(node, "\(what) takes {image: FILE.png, at: [x, y, width, height]}.")
            return nil
        }
        guard let path = path(image, "\(what): image"), let outline = rectangle(at, "\(what): at") else { return nil }
        guard path.lowercased().hasSuffix(".png") else {
            complain(image, "\(what): image takes a file that ends with .png.")
            return nil
        }
        return RunSettings.Underlay(place: place.id, path: path, outline: outline)
    }

    /// `[x, y, width, height]` in metres from the floor's south-west corner.
    mutating func rectangle(_ node: Node, _ what: String) -> Location.Outline? {
        let words =
            "\(what) takes [x, y, width, height] in metres from the floor's south-west corner, such as [12.5, 0, 4, 5]."
        guard case .sequence(let sequence) = node, sequence.count == 4 else {
            complain(node, words)
            return nil
        }
        let numbers = sequence.compactMap { entry -> Int32? in
            guard case .scalar(let scalar) = entry, let metres = Double(scalar.string) else { return nil }
            return Location.millimetres(metres)
        }
        guard numbers.count == 4, numbers[2] > 0, numbers[3] > 0 else {
            complain(node, words)
            return nil
        }
        return Location.Outline(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }
}
