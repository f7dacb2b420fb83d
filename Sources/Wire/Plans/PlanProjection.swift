//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// From longitude and latitude to metres around one place.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A local equirectangular projection of WGS 84: around its centre a degree has one length to the north and one to the
/// east. Within a kilometre it errs by less than a millimetre to the north and some centimetres to the east.
struct PlanProjection: Hashable, Sendable {
    let centre: PlanFeature.Point
    private let metresEast: Double
    private let metresNorth: Double

    /// The middle of all corners' bounds; nil where there are none, or they are no places on Earth.
    init?(around points: some Sequence<PlanFeature.Point>) {
        guard let bounds = PlanBounds(points), (-180...180).contains(bounds.least.x),
            (-180...180).contains(bounds.most.x),
            (-90...90).contains(bounds.least.y), (-90...90).contains(bounds.most.y)
        else { return nil }
        centre = PlanFeature.Point(
            x: (bounds.least.x + bounds.most.x) / 2, y: (bounds.least.y + bounds.most.y) / 2)
        // Lengths of a degree on the WGS 84 ellipsoid: series in cosines of multiples of the latitude (US National
        // Geospatial-Intelligence Agency, "Length of a Degree of Latitude and Longitude").
        let c = Self.cosine(degrees: centre.y)
        let c2 = 2 * c * c - 1
        let c3 = 4 * c * c * c - 3 * c
        let c4 = 2 * c2 * c2 - 1
        let c5 = 16 * c * c * c * c * c - 20 * c * c * c + 5 * c
        metresNorth = 111_132.92 - 559.82 * c2 + 1.175 * c4
        metresEast = 111_412.84 * c - 93.5 * c3 + 0.118 * c5
    }

    func metres(_ point: PlanFeature.Point) -> PlanFeature.Point {
        PlanFeature.Point(x: (point.x - centre.x) * metresEast, y: (point.y - centre.y) * metresNorth)
    }

    /// The cosine of -90 to 90 degrees by its Taylor series: the same to the bit on every machine, and exact to 1e-12.
    static func cosine(degrees: Double) -> Double {
        let angle = degrees * 3.141592653589793 / 180
        let square = angle * angle
        var (sum, term) = (1.0, 1.0)
        for step in stride(from: 1.0, through: 21.0, by: 2.0) {
            term *= -square / (step * (step + 1))
            sum += term
        }
        return sum
    }
}

/// The least and largest coordinates of points.
struct PlanBounds: Hashable, Sendable {
    var least: PlanFeature.Point
    var most: PlanFeature.Point

    init?(_ points: some Sequence<PlanFeature.Point>) {
        var found: PlanBounds?
        for point in points {
            if found == nil {
                found = PlanBounds(point)
            } else {
                found?.include(point)
            }
        }
        guard let found else { return nil }
        self = found
    }

    private init(_ point: PlanFeature.Point) { (least, most) = (point, point) }

    private mutating func include(_ point: PlanFeature.Point) {
        least = PlanFeature.Point(x: min(least.x, point.x), y: min(least.y, point.y))
        most = PlanFeature.Point(x: max(most.x, point.x), y: max(most.y, point.y))
    }
}

extension Location.Outline {
    /// The shape in metres, from a corner of its floor; nil when it lies too far from it or has no area. Of a shape with
    /// too many corners those go first whose going changes it least (Visvalingam and Whyatt, 1993).
    init?(ring: [PlanFeature.Point], from origin: PlanFeature.Point) {
        var corners: [Point] = []
        for point in ring {
            guard let x = Location.millimetres(point.x - origin.x), let y = Location.millimetres(point.y - origin.y)
            else {
                return nil
            }
            let corner = Point(x: x, y: y)
            if corners.last != corner { corners.append(corner) }
        }
        if corners.count > 1, corners.first == corners.last { corners.removeLast() }
        while corners.count > Self.mostCorners {
            var least = (area: Int64.max, place: 0)
            for place in corners.indices {
                let before = corners[place == 0 ? corners.count - 1 : place - 1]
                let after = corners[place + 1 == corners.count ? 0 : place + 1]
                let area = Self.area(before, corners[place], after)
                if area < least.area { least = (area, place) }
            }
            corners.remove(at: least.place)
        }
        guard corners.count >= 3,
            corners.indices.contains(where: { place in
                Self.area(corners[0], corners[place], corners[place + 1 == corners.count ? 0 : place + 1]) > 0
            })
        else { return nil }
        self.init(corners: corners)
    }

    /// Twice the area of a triangle. Coordinates are within 100 km, so products stay below 2^56.
    private static func area(_ a: Point, _ b: Point, _ c: Point) -> Int64 {
        let (abx, aby) = (Int64(b.x) - Int64(a.x), Int64(b.y) - Int64(a.y))
        let (acx, acy) = (Int64(c.x) - Int64(a.x), Int64(c.y) - Int64(a.y))
        return abs(abx * acy - acx * aby)
    }
}
