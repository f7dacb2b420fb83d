//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Places in the settings: the tree, its ids, and what cannot lie in what.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Settings
import Testing

private func places(_ text: String) throws(SettingsFailure) -> [Location] {
    try SettingsFile(text: text, path: "wardlight.yaml", folder: "/nowhere", site: "main", environment: [:])
        .run.places ?? []
}

private func complaints(_ text: String) -> [String] {
    do throws(SettingsFailure) {
        _ = try places(text)
        return []
    } catch { return error.lines }
}

@Suite struct `Places in the settings` {
    @Test func `what holds others comes first, and each knows where it lies`() throws {
        let found = try places(
            """
            sites:
              - name: North
                buildings:
                  - name: A
                    floors: [{name: "0", rooms: [Lobby, {name: Lab, beds: [1, 2]}]}]
                vehicles: [{name: RTW 7, beds: [stretcher]}]
                rooms: [Porch]
            """)
        var seen: Set<String> = []
        for place in found {
            #expect(place.parent.map(seen.contains) ?? (place.kind == .site))
            #expect(Location.isId(place.id))
            seen.insert(place.id)
        }
        #expect(found.first { $0.id == "north/rtw-7/stretcher" }?.kind == .bed)
        #expect(found.first { $0.id == "north/a/0/lab/2" }?.parent == "north/a/0/lab")
        #expect(found.first { $0.id == "north/porch" }?.kind == .room)
    }

    @Test func `an id that is given stays when the name changes, and what lies there begins with it`() throws {
        let found = try places("sites:\n  - {name: Anything, id: n-1, rooms: [{name: Küche, id: n/k}, Café]}\n")
        #expect(found.map(\.id) == ["n-1", "n/k", "n-1/cafe"])
    }

    @Test(arguments: [
        ("sites:\n  - name: A\n    rooms:\n      - name: B\n        rooms: [C]\n", 5, "'rooms' is no setting"),
        ("sites:\n  - name: A\n    vehicles:\n      - name: B\n        rooms: [C]\n", 5, "'rooms' is no setting"),
        ("sites:\n  - name: A\n    rooms: [B, b]\n", 3, "is taken by line 3"),
        ("sites:\n  - name: A\n  - name: B\n    id: a\n", 4, "the id 'a' is taken by line 2"),
        ("sites:\n  - rooms: [B]\n", 2, "'name' is missing"),
        ("sites:\n  - name: '***'\n", 2, "give it one"),
        ("sites:\n  - name: A\n    id: a b\n", 3, "letters, digits"),
        ("sites:\n  - name: A\n    rooms:\n      - {name: B, at: [0, 0, 0, 1]}\n", 4, "in metres"),
        ("sites:\n  - name: A\n    rooms:\n      - {name: B, at: [0, 0, 1]}\n", 4, "in metres"),
        ("sites:\n  - name: A\n    rooms:\n      - {name: B, at: [nan, 0, 1, 1]}\n", 4, "in metres"),
        ("sites:\n  - name: A\n    rooms:\n      - {name: B, at: [0, 0, 100001, 1]}\n", 4, "in metres"),
        ("sites:\n  - name: A\n    aliases: A\n", 3, "takes a list"),
        ("sites:\n  - name: A\n    at: [0, 0, 1, 1]\n", 3, "'at' is no setting"),
        ("sites: {name: A}\n", 1, "takes a list"),
        ("sites:\n  - name: A\n    plan: {geojson: a}\n", 3, "give it to one of the floors"),
        ("sites:\n  - name: A\n    plan: {imdf: a, level: 1}\n", 3, "'level' goes with a floor"),
        ("sites:\n  - name: A\n    floors:\n      - {name: 1, plan: {imdf: a}}\n", 4, "'level' is missing"),
        ("sites:\n  - name: A\n    floors:\n      - {name: 1, plan: {imdf: a, geojson: b}}\n", 4, "either"),
        (
            "sites:\n  - name: A\n    floors:\n      - {name: 1, plan: {geojson: b, units: feet}}\n", 4,
            "degrees, metres"
        ),
        ("sites:\n  - name: A\n    floors:\n      - {name: 1, underlay: {image: a.png}}\n", 4, "takes {image"),
        (
            "sites:\n  - name: A\n    floors:\n      - {name: 1, underlay: {image: a.svg, at: [0, 0, 1, 1]}}\n", 4,
            "ends with .png"
        ),
    ])
    func `each mistake is named with its line and its cure`(text: String, line: Int, words: String) {
        let lines = complaints(text)
        #expect(lines.contains { $0.hasPrefix("wardlight.yaml:\(line): ") && $0.contains(words) }, "\(lines)")
    }

    @Test func `plans and pictures are named with their whole paths`() throws {
        let run = try SettingsFile(
            text: """
                sites:
                  - name: A
                    plan: { imdf: map }
                    floors:
                      - { name: "1", plan: { geojson: plans/1.geojson, units: metres } }
                      - { name: "2", plan: { imdf: /maps/a, level: "2" }, underlay: { image: 2.png, at: [0, 0, 60, 20] } }
                """, path: "wardlight.yaml", folder: "/etc/wardlight", site: "main", environment: [:]
        ).run
        #expect(
            run.plans == [
                RunSettings.Plan(place: "a", form: .indoorMap(level: nil), path: "/etc/wardlight/map"),
                RunSettings.Plan(
                    place: "a/1", form: .geoJSON(isMetres: true), path: "/etc/wardlight/plans/1.geojson"),
                RunSettings.Plan(place: "a/2", form: .indoorMap(level: "2"), path: "/maps/a"),
            ])
        #expect(
            run.underlays == [
                RunSettings.Underlay(
                    place: "a/2", path: "/etc/wardlight/2.png",
                    outline: Location.Outline(x: 0, y: 0, width: 60_000, height: 20_000))
            ])
    }

    @Test func `more places than are kept are told once, not dropped in silence`() {
        let rooms = (0...RunSettings.mostPlaces).map(String.init).joined(separator: ",")
        let lines = complaints("sites:\n  - {name: A, rooms: [\(rooms)]}\n")
        #expect(lines.count == 1 && lines[0].contains("at most 65536"), "\(lines.prefix(3))")
        let beds = (0..<40_000).map(String.init).joined(separator: ",")
        let two = "[{name: X, beds: [\(beds)]}, {name: Y, beds: [\(beds)]}]"
        let full = complaints("sites:\n  - {name: A, rooms: \(two)}\n")
        #expect(full.count == 1 && full[0].contains("more than 65536 places"), "\(full.prefix(3))")
    }
}
