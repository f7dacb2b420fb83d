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
    mutating func sites(_ node: Node) -> [Location] {
        var tree = PlaceTree()
        places(node, "sites", kind: .site, in: nil, &tree)
        return tree.places
    }

    /// What was read of the tree so far.
    struct PlaceTree {
        var places: [Location] = []
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
            let keys = ["name", "id", "aliases"] + (kind == .site || kind == .vehicle ? [] : ["at"])
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
