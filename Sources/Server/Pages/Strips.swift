//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Strips: a long corridor with its rooms is drawn in pieces below one another, so that it can be read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Where a plan is cut, and where a point of it is drawn. The model has millimetres from the left and from the bottom; the
/// drawing has thousandths of the widest strip from the left and from the top.
struct Strips {
    /// Left edges of the strips and the right end of the last, in millimetres, ascending.
    private let cuts: [Int]
    private let top: Int
    private let bottom: Int
    private let widest: Int

    /// Between two strips, in the drawing's units.
    private static let gap = 16
    /// How many times wider than high a plan may be before it is cut, and a strip then is at least.
    private static let longest = 9
    private static let most = 3

    /// Nil where the outlines span no area.
    ///
    /// - Parameter whole: what must not be cut: rooms, beds, vehicles.
    init?(_ outlines: [Location.Outline], whole: [Location.Outline]) {
        let corners = outlines.flatMap(\.corners)
        guard let left = corners.map(\.x).min(), let right = corners.map(\.x).max(), right > left,
            let bottom = corners.map(\.y).min(), let top = corners.map(\.y).max(), top > bottom
        else { return nil }
        (self.top, self.bottom) = (Int(top), Int(bottom))
        cuts = Self.cuts(Int(left), Int(right), height: Int(top) - Int(bottom), whole)
        widest = zip(cuts, cuts.dropFirst()).map { $1 - $0 }.max() ?? 1
    }

    private static func cuts(_ left: Int, _ right: Int, height: Int, _ whole: [Location.Outline]) -> [Int] {
        let width = right - left
        // Half of `longest`: from four and a half times as wide as high on, two; from nine on, three.
        let wanted = min(most, 1 + 2 * width / (longest * height))
        guard wanted > 1 else { return [left, right] }
        let spans = whole.compactMap { outline -> (left: Int, right: Int)? in
            let xs = outline.corners.map { Int($0.x) }
            return xs.min().flatMap { low in xs.max().map { (low, $0) } }
        }
        let edges = Set(spans.map(\.left)).sorted().filter { edge in
            edge > left && edge < right && !spans.contains { $0.left < edge && edge < $0.right }
        }
        var cuts = [left]
        for number in 1..<wanted {
            let ideal = left + width * number / wanted
            // Nearest to where it ought to be; none where every strip would be much longer than the others.
            guard let edge = edges.min(by: { abs($0 - ideal) < abs($1 - ideal) }),
                abs(edge - ideal) * 4 * wanted <= width, edge > cuts[cuts.count - 1]
            else { return [left, right] }
            cuts.append(edge)
        }
        return cuts + [right]
    }

    var count: Int { cuts.count - 1 }
    /// Of the drawing.
    var height: Int { count * step - Self.gap }
    private var step: Int { scaled(top - bottom) + Self.gap }

    func scaled(_ length: Int) -> Int { length * 1_000 / widest }

    /// The strip in which the middle of an outline lies.
    func strip(of outline: Location.Outline) -> Int {
        let xs = outline.corners.map { Int($0.x) }
        guard let low = xs.min(), let high = xs.max() else { return 0 }
        let middle = low + (high - low) / 2
        return max(0, (cuts.dropLast().lastIndex { $0 <= middle }) ?? 0)
    }

    /// Corners as they are drawn; what goes beyond its strip ends there.
    func points(of outline: Location.Outline) -> [(x: Int, y: Int)] {
        let strip = strip(of: outline)
        return outline.corners.map { corner in
            let x = min(max(Int(corner.x), cuts[strip]), cuts[strip + 1])
            return (scaled(x - cuts[strip]), strip * step + scaled(top - Int(corner.y)))
        }
    }
}
