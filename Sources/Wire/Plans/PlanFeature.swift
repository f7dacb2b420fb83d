//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// A feature of a floor plan: a named shape, as GeoJSON (RFC 7946) and IMDF tell it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One `Feature` of a plan, not yet a place.
struct PlanFeature: Hashable, Sendable {
    /// A corner as it stands in the file: longitude and latitude in degrees, or metres.
    struct Point: Hashable, Sendable {
        var x: Double
        var y: Double
    }

    var id = ""
    /// IMDF's `feature_type`.
    var type = ""
    /// Texts among its properties, by key; numbers and words as they stand there.
    var words: [String: String] = [:]
    /// Lists of texts among its properties.
    var lists: [String: [String]] = [:]
    /// Its outer ring, not closed; empty where it has none. Of several polygons the one with the largest area.
    var ring: [Point] = []

    /// A property; nil where it says nothing.
    func word(_ key: String) -> String? { words[key].flatMap { $0.isEmpty ? nil : $0 } }

    /// Twice the area of a ring, by its corners (the shoelace formula); for comparing only.
    static func area(_ ring: [Point]) -> Double {
        guard var before = ring.last else { return 0 }
        var sum = 0.0
        for corner in ring {
            sum += before.x * corner.y - corner.x * before.y
            before = corner
        }
        return abs(sum)
    }
}

/// Why a plan cannot be read.
public enum PlanTrouble: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLarge(mebibytes: Int)
    /// The octet at which it is no JSON, from 1.
    case notJSON(octet: Int)
    case notACollection
    case tooManyFeatures(most: Int)
    case tooManyCorners(most: Int)

    public var description: String {
        switch self {
        case .tooLarge(let mebibytes): "larger than \(mebibytes) MiB"
        case .notJSON(let octet): "no JSON at octet \(octet)"
        case .notACollection: "no FeatureCollection of GeoJSON"
        case .tooManyFeatures(let most): "more than \(most) features"
        case .tooManyCorners(let most): "more than \(most) corners"
        }
    }
}

/// What is read of one file at most.
enum PlanLimits {
    static let mebibytes = 32
    /// As many as there may be places.
    static let features = 65_536
    static let corners = 1 << 20
    /// Of one ring; a room that is drawn with more is a scan, not a plan.
    static let ring = 1_024
    static let properties = 64
    /// Octets of a text that is kept.
    static let text = 256
    /// Texts of a list that are kept.
    static let list = Location.mostAliases
}
