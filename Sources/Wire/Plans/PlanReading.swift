//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Reading a FeatureCollection of GeoJSON (RFC 7946): shapes and the few properties that matter.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The features of one file, in its order.
struct PlanReading: Hashable, Sendable {
    var features: [PlanFeature] = []
    private var corners = 0

    /// - Parameter octets: The whole file. What it nests is stepped over by counting, so nobody can deepen a recursion.
    init(_ octets: [UInt8]) throws(PlanTrouble) {
        guard octets.count <= PlanLimits.mebibytes << 20 else { throw .tooLarge(mebibytes: PlanLimits.mebibytes) }
        var line = octets
        // A byte order mark, and line ends between values: blanks to the reader, which knows one line only.
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.replaceSubrange(0..<3, with: [0x20, 0x20, 0x20]) }
        for place in line.indices where line[place] == 0x0A { line[place] = 0x20 }
        var reader = JSONLineReader(line.span)
        do throws(LineTrouble) { try collection(&reader) } catch {
            switch error {
            case .tooLong(let key, _) where key == Self.full: throw .tooManyFeatures(most: PlanLimits.features)
            case .tooLong(let key, _) where key == Self.cornered: throw .tooManyCorners(most: PlanLimits.corners)
            case .badValue(let key, _) where key == Self.other: throw .notACollection
            default: throw .notJSON(octet: reader.column)
            }
        }
    }

    private static let full = "features"
    private static let cornered = "coordinates"
    private static let other = "type"

    private mutating func collection(_ reader: inout JSONLineReader) throws(LineTrouble) {
        try reader.mark(UInt8(ascii: "{"))
        var isFirst = true
        var isCollection = false
        while let key = try reader.key(isFirst: &isFirst) {
            switch key {
            case "type" where reader.begins(with: 0x22):
                isCollection = try reader.text(of: key, most: 64) == "FeatureCollection"
            case "features" where reader.begins(with: UInt8(ascii: "[")):
                try reader.mark(UInt8(ascii: "["))
                var first = true
                while try reader.hasValue(isFirst: &first) {
                    guard features.count < PlanLimits.features else {
                        throw .tooLong(key: Self.full, most: PlanLimits.features)
                    }
                    guard reader.begins(with: UInt8(ascii: "{")) else {
                        try reader.skip()
                        continue
                    }
                    features.append(try feature(&reader))
                }
            default: try reader.skip()
            }
        }
        try reader.end()
        guard isCollection else { throw .badValue(key: Self.other, wanted: "FeatureCollection") }
    }

    private mutating func feature(_ reader: inout JSONLineReader) throws(LineTrouble) -> PlanFeature {
        var feature = PlanFeature()
        try reader.mark(UInt8(ascii: "{"))
        var isFirst = true
        while let key = try reader.key(isFirst: &isFirst) {
            switch key {
            case "id": feature.id = try reader.word(most: PlanLimits.text) ?? ""
            case "feature_type": feature.type = try reader.word(most: PlanLimits.text) ?? ""
            case "properties" where reader.begins(with: UInt8(ascii: "{")): try properties(&reader, &feature)
            case "geometry" where reader.begins(with: UInt8(ascii: "{")): try geometry(&reader, &feature)
            default: try reader.skip()
            }
        }
        return feature
    }

    // MARK: Properties

    private func properties(_ reader: inout JSONLineReader, _ feature: inout PlanFeature) throws(LineTrouble) {
        try reader.mark(UInt8(ascii: "{"))
        var isFirst = true
        var count = 0
        while let key = try reader.longKey(isFirst: &isFirst) {
            count += 1
            if count > PlanLimits.properties {
                try reader.skip()
            } else if reader.begins(with: UInt8(ascii: "[")) {
                feature.lists[key] = try texts(&reader)
            } else if reader.begins(with: UInt8(ascii: "{")) {
                // IMDF's labels: {"en": "Ward 3"}; the first language that says something.
                feature.words[key] = try label(&reader)
            } else if let word = try reader.word(most: PlanLimits.text) {
                feature.words[key] = word
            }
        }
    }

    private func texts(_ reader: inout JSONLineReader) throws(LineTrouble) -> [String] {
        var found: [String] = []
        try reader.mark(UInt8(ascii: "["))
        var isFirst = true
        while try reader.hasValue(isFirst: &isFirst) {
            if let word = try reader.word(most: PlanLimits.text), found.count < PlanLimits.list { found.append(word) }
        }
        return found
    }

    private func label(_ reader: inout JSONLineReader) throws(LineTrouble) -> String {
        var found = ""
        try reader.mark(UInt8(ascii: "{"))
        var isFirst = true
        while try reader.longKey(isFirst: &isFirst) != nil {
            if let word = try reader.word(most: PlanLimits.text), found.isEmpty { found = word }
        }
        return found
    }

    // MARK: Shapes

    /// Polygons and several of them; other shapes are no rooms. The kind may stand before or behind the corners, so rings
    /// are known by how deep they lie.
    private mutating func geometry(
        _ reader: inout JSONLineReader, _ feature: inout PlanFeature
    ) throws(LineTrouble) {
        try reader.mark(UInt8(ascii: "{"))
        var isFirst = true
        var type = ""
        var rings: [[PlanFeature.Point]] = []
        while let key = try reader.longKey(isFirst: &isFirst) {
            switch key {
            case "type": type = try reader.word(most: PlanLimits.text) ?? ""
            case "coordinates" where reader.begins(with: UInt8(ascii: "[")): rings = try self.rings(&reader)
            default: try reader.skip()
            }
        }
        guard type == "Polygon" || type == "MultiPolygon" else { return }
        // The first of the largest: holes are smaller than what they are in.
        var largest = -1.0
        for ring in rings where ring.count >= 3 {
            let area = PlanFeature.area(ring)
            if area > largest { (feature.ring, largest) = (ring, area) }
        }
    }

    /// All lists of positions, however deep they lie, without one that closes a ring.
    private mutating func rings(_ reader: inout JSONLineReader) throws(LineTrouble) -> [[PlanFeature.Point]] {
        var rings: [[PlanFeature.Point]] = []
        var ring: [PlanFeature.Point] = []
        var position: [Double] = []
        var depth = 0
        // Whether the list that ended last was a position.
        var wasPosition = false
        repeat {
            switch try reader.step() {
            case .opened:
                depth += 1
                // Point 1, line 2, polygon 3, several 4.
                guard depth <= 4 else { throw .badValue(key: "coordinates", wanted: "positions") }
                position = []
                wasPosition = false
            case .number(let number):
                wasPosition = true
                if position.count < 3 { position.append(number) }
            case .closed:
                depth -= 1
                if wasPosition {
                    corners += 1
                    guard corners <= PlanLimits.corners else {
                        throw .tooLong(key: Self.cornered, most: PlanLimits.corners)
                    }
                    if position.count >= 2, ring.count <= PlanLimits.ring {
                        ring.append(PlanFeature.Point(x: position[0], y: position[1]))
                    }
                    (position, wasPosition) = ([], false)
                } else {
                    if ring.count > 1, ring.first == ring.last { ring.removeLast() }
                    // What was cut has another shape; no shape is better.
                    if !ring.isEmpty, ring.count <= PlanLimits.ring { rings.append(ring) }
                    ring = []
                }
            }
        } while depth > 0
        return rings
    }
}
