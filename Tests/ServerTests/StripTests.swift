//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Strips: how a long floor is cut.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Server

@Suite struct `A plan in strips` {
    /// Rooms side by side along a corridor, in metres.
    private func rooms(_ widths: [Int32], deep: Int32) -> [Location.Outline] {
        var left: Int32 = 0
        return widths.map { width in
            defer { left += width }
            return Location.Outline(x: left * 1_000, y: 0, width: width * 1_000, height: deep * 1_000)
        }
    }

    private func strips(_ widths: [Int32], deep: Int32) throws -> Strips {
        let outlines = rooms(widths, deep: deep)
        return try #require(Strips(outlines, whole: outlines))
    }

    @Test func `is one when it is not long, two from four and a half times as wide as high on, three from nine on`()
        throws
    {
        #expect(try strips([11, 11, 11, 11], deep: 10).count == 1)
        #expect(try strips([12, 11, 11, 11], deep: 10).count == 2)
        #expect(try strips([15, 15, 15, 15, 14, 15], deep: 10).count == 2)
        #expect(try strips([15, 15, 15, 15, 15, 15], deep: 10).count == 3)
        #expect(try strips(Array(repeating: 10, count: 90), deep: 10).count == 3)
    }

    @Test func `cuts no room, keeps all in the drawing, and puts strips below one another`() throws {
        let outlines = rooms([7, 9, 4, 13, 5, 8, 6, 4, 9, 5], deep: 9)
        let strips = try #require(Strips(outlines, whole: outlines))
        #expect(strips.count == 2)
        var last = 0
        for outline in outlines {
            let points = strips.points(of: outline)
            let width = (points.map(\.x).max() ?? 0) - (points.map(\.x).min() ?? 0)
            let metres = outline.corners.map(\.x)
            let wide = Int(metres.max() ?? 0) - Int(metres.min() ?? 0)
            #expect(abs(width - strips.scaled(wide)) <= 1)
            #expect(points.allSatisfy { (0...1_000).contains($0.x) && (0...strips.height).contains($0.y) })
            #expect(strips.strip(of: outline) >= last)
            last = strips.strip(of: outline)
        }
        #expect(last == 1)
    }

    @Test func `is whole where every cut would go through a room`() throws {
        #expect(try strips([60], deep: 5).count == 1)
        #expect(try strips([2, 60, 2], deep: 5).count == 1)
    }

    @Test func `is none where nothing has an area`() {
        #expect(Strips([], whole: []) == nil)
        let line = Location.Outline(x: 0, y: 0, width: 5, height: 0)
        #expect(Strips([line], whole: [line]) == nil)
        let wide = Location.Outline(x: .min, y: 0, width: .max, height: 1)
        #expect(Strips([wide], whole: []).map { $0.height >= 0 } ?? true)
    }
}
