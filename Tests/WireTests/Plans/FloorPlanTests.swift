//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Floor plans: rooms from GeoJSON and IMDF, and what hostile or broken files come to.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

private func plan(
    _ text: String, units: FloorPlan.Units = .metres, taken: Set<String> = []
) throws(PlanTrouble) -> FloorPlan {
    try FloorPlan(geoJSON: Array(text.utf8), units: units, on: "n/2", taken: taken)
}

private func collection(_ features: String...) -> String {
    #"{"type": "FeatureCollection", "features": [\#(features.joined(separator: ",\n"))]}"#
}

private func feature(_ properties: String, _ ring: String = "[[0,0],[5,0],[5,4],[0,4],[0,0]]") -> String {
    #"{"type": "Feature", "properties": {\#(properties)}, "geometry": {"type": "Polygon", "coordinates": [\#(ring)]}}"#
}

@Suite struct `A floor plan in GeoJSON` {
    @Test func `becomes rooms in their wards, with beds, outer places first, whatever order they stand in`() throws {
        let found = try plan(
            collection(
                #"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,1]},"properties":{"kind":"bed","name":"1","parent":"r4","aliases":["ICU^4^1"]}}"#,
                feature(#""name": "Room 4", "id": "r4", "parent": "ICU", "aliases": "R4, four""#),
                feature(#""name": "ICU", "kind": "Zone""#, "[[0,0],[20,0],[20,10],[0,10],[0,0]]")))
        #expect(found.places.map(\.id) == ["n/2/icu", "n/2/icu/room-4", "n/2/icu/room-4/1"])
        #expect(found.places.map(\.kind) == [.zone, .room, .bed] && found.leftOut == 0)
        #expect(found.places[1].aliases == ["R4", "four"] && found.places[2].aliases == ["ICU^4^1"])
        #expect(found.places[1].outline == Location.Outline(x: 0, y: 0, width: 5_000, height: 4_000))
        #expect(found.places[2].outline == nil)
    }

    @Test func `in degrees is laid out in metres from its south-west corner`() throws {
        // 0.0001 degrees of longitude at 52 degrees north are 6.87 m, of latitude 11.13 m.
        let found = try plan(
            collection(
                feature(
                    #""name": "Lab""#, "[[13.0,52.0],[13.0001,52.0],[13.0001,52.0001],[13.0,52.0001],[13.0,52.0]]")),
            units: .degrees)
        let corners = try #require(found.places.first?.outline?.corners)
        #expect(corners.count == 4 && corners[0] == Location.Outline.Point(x: 0, y: 0))
        #expect(abs(corners[2].x - 6_869) <= 2 && abs(corners[2].y - 11_126) <= 2, "\(corners[2])")
    }

    @Test func `of several polygons the largest counts, and holes are not kept`() throws {
        let found = try plan(
            #"""
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"U"},"geometry":
              {"coordinates":[[[[0,0],[1,0],[1,1],[0,1],[0,0]]],
                [[[5,0],[9,0],[9,9],[5,9],[5,0]],[[6,1],[7,1],[7,2],[6,2],[6,1]]]],"type":"MultiPolygon"}}]}
            """#)
        #expect(found.places.first?.outline?.corners.count == 4)
        #expect(found.places.first?.outline == Location.Outline(x: 0, y: 0, width: 4_000, height: 9_000))
    }

    @Test func `with more corners than are kept loses those that matter least`() throws {
        let round = (0..<400).map { step -> String in
            let angle = Double(step) / 400
            // A square with 100 corners a side.
            let side = Int(angle * 4)
            let along = (angle * 4 - Double(side)) * 10
            return switch side {
            case 0: "[\(along),0]"
            case 1: "[10,\(along)]"
            case 2: "[\(10 - along),10]"
            default: "[0,\(10 - along)]"
            }
        }
        let outline = try plan(collection(feature(#""name": "R""#, "[\(round.joined(separator: ","))]"))).places.first?
            .outline
        let corners = try #require(outline?.corners)
        #expect(corners.count == Location.Outline.mostCorners)
        for (x, y) in [(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)] {
            #expect(corners.contains(Location.Outline.Point(x: Int32(x), y: Int32(y))))
        }
    }

    @Test func `names that come twice, and ids that are taken, get ids of their own`() throws {
        let room = feature(#""name": "WC""#)
        let found = try plan(collection(room, room, feature(#""name": "WC", "id": "wc-south""#)), taken: ["n/2/wc"])
        #expect(found.places.map(\.id) == ["n/2/wc-2", "n/2/wc-3", "n/2/wc-south"])
    }

    @Test func `what is no place, hangs in a circle or has no name is left out and counted`() throws {
        let found = try plan(
            collection(
                feature(#""name": "A", "kind": "zone", "parent": "B""#),
                feature(#""name": "B", "kind": "zone", "parent": "A""#), feature(#""kind": "room""#),
                feature(#""name": "door", "kind": "opening""#), feature(#""name": "C", "parent": "nobody""#),
                "17", feature(#""name": "D""#)))
        #expect(found.places.map(\.name) == ["D"] && found.leftOut == 5)
    }

    @Test(arguments: [
        ("", PlanTrouble.notJSON(octet: 1)), ("[]", .notJSON(octet: 1)), (#"{"type":"Feature"}"#, .notACollection),
        (#"{"features":[]}"#, .notACollection), ("{\"type\": \"FeatureCollection\",", .notJSON(octet: 29)),
    ])
    func `what is no plan is told`(text: String, trouble: PlanTrouble) {
        do throws(PlanTrouble) {
            _ = try plan(text)
            Issue.record("it was read")
        } catch {
            if case .notJSON = trouble, case .notJSON = error { return }
            #expect(error == trouble)
        }
    }

    @Test func `numbers that are none, far corners and deep nesting are no trouble`() throws {
        for ring in ["[[1e308,0],[5,0],[5,4]]", "[[0,0],[200001,0],[5,4]]", "[[0,0],[0,0],[0,0]]", "[]", "[[1],[2]]"] {
            let found = try plan(collection(feature(#""name": "R""#, ring)))
            #expect(found.places.count == 1 && found.places[0].outline == nil, "\(ring)")
        }
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: PlanTrouble.self) { try plan(collection(feature(#""name": "R""#, deep))) }
        #expect(throws: PlanTrouble.self) { try plan("{\"a\":" + deep) }
        #expect(throws: PlanTrouble.self) { try plan(collection(feature(#""name": "R""#, "[[nan,0]]"))) }
        let far = try plan(collection(feature(#""name": "R""#, "[[181,0],[5,0],[5,4]]")), units: .degrees)
        #expect(far.places[0].outline == nil)
    }

    @Test func `every cut of a plan is refused, and none stops the reader`() throws {
        let whole = Array(
            collection(feature(#""name": "Räum\u00e9 \"4\"", "n": {"de": "x"}, "l": [1, "a", null], "t": true"#)).utf8)
        #expect(try FloorPlan(geoJSON: whole, units: .metres, on: "n").places.count == 1)
        for length in 0..<whole.count {
            #expect(throws: PlanTrouble.self) {
                try FloorPlan(geoJSON: Array(whole.prefix(length)), units: .metres, on: "n")
            }
        }
    }
}

@Suite struct `An indoor map` {
    private func map() throws -> IndoorMap {
        func file(_ type: String, _ features: String) -> [UInt8] {
            Array(#"{"type":"FeatureCollection","name":"\#(type)","features":[\#(features)]}"#.utf8)
        }
        func one(_ id: String, _ type: String, _ properties: String, _ x: Double, _ y: Double, _ size: Double) -> String
        {
            let ring = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
                .map { "[\($0.0),\($0.1)]" }.joined(separator: ",")
            return """
                {"id":"\(id)","type":"Feature","feature_type":"\(type)","properties":{\(properties)},
                "geometry":{"type":"Polygon","coordinates":[[\(ring)]]}}
                """
        }
        var map = IndoorMap()
        try map.add(file("venue", one("v", "venue", #""name":{"en":"Clinic"}"#, 9, 50, 0.01)), type: "venue")
        try map.add(
            file(
                "level",
                one("l1", "level", #""ordinal":1,"name":{"en":"First"},"short_name":{"en":"1"}"#, 9, 50, 0.001) + ","
                    + one("l0", "level", #""ordinal":0,"name":{"en":"Ground"},"short_name":{"en":"G"}"#, 9, 50, 0.001)),
            type: "level")
        try map.add(
            file("section", one("s", "section", #""level_id":"l1","name":{"de":"ITS"}"#, 9, 50, 0.0005)),
            type: "section")
        try map.add(
            file(
                "unit",
                one(
                    "u1", "unit", #""level_id":"l1","category":"room","name":{"en":"Bay 1"},"alt_name":{"en":"ICU^1"}"#,
                    9.0001, 50.0001, 0.0001)
                    + "," + one("u2", "unit", #""level_id":"l0","category":"elevator","name":null"#, 9, 50, 0.0001)),
            type: "unit")
        return map
    }

    @Test func `gives the rooms of one level, which is chosen by any of its names`() throws {
        let map = try map()
        #expect(map.levels == ["Ground", "First"])
        for level in ["1", "First", "l1"] {
            let found = try #require(map.plan(of: level, on: "n/1"))
            #expect(found.places.map(\.id) == ["n/1/its", "n/1/bay-1"] && found.leftOut == 0)
            #expect(found.places[1].aliases == ["ICU^1"] && found.places[1].kind == .room)
        }
        #expect(map.plan(of: "7", on: "n/1") == nil && IndoorMap().plan(of: "1", on: "n") == nil)
    }

    @Test func `gives all floors of a building, drawn from one corner`() throws {
        let found = try map().plan(in: "n")
        #expect(found.places.map(\.id) == ["n/g", "n/1", "n/1/its", "n/g/elevator", "n/1/bay-1"])
        #expect(found.places[0].kind == .floor)
        let corner = try #require(found.places[4].outline?.corners.first)
        // 0.0001 degrees from the corner of the level: 7.17 m east, 11.12 m north at 50 degrees.
        #expect(abs(corner.x - 7_170) <= 10 && abs(corner.y - 11_124) <= 10, "\(corner)")
    }
}
