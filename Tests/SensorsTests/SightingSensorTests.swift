//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Files of sightings: what is said of them, and what is left out.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Sensors
import Support
import Testing

/// Goal: one bad line costs itself, and nobody wonders what became of the others.
@Suite struct `A file of sightings` {
    private static func read(_ text: String) throws -> (told: [Observation], notes: [String]) {
        let scratch = try Scratch()
        let path = try scratch.write("sightings.jsonl", Array(text.utf8))
        var told: [Observation] = []
        var notes: [String] = []
        try SightingSensor(site: "main").read(path) {
            notes.append($0.replacingOccurrences(of: path, with: "FILE"))
        } emit: {
            told += $0
        }
        return (told, notes)
    }

    @Test func `is told with its place and time, and broken lines with their number`() throws {
        let (told, notes) = try Self.read(
            """
            {"at":"2026-03-01T12:00:00Z","source":"rtls","mac":"00:0c:cc:01:02:03","place":"ICU 2","battery":90}
            no JSON

            {"at":"2026-03-01T12:05:00Z","source":"rtls","mac":"00:0c:cc:01:02:03","place":"ICU 2","battery":89}
            {"at":"2026-03-01T12:05:00Z","ble":"4a:11:22:33:44:55"}
            """)
        #expect(
            notes == [
                "FILE:2: no JSON from octet 1 on; write one whole object on each line; left out",
                "FILE: keys that are not known are passed over: `battery` (2)",
            ])
        let facts = told.compactMap { observation -> String? in
            if case .fact(let fact) = observation.body { return "\(fact.field.path) \(fact.value) \(fact.count)" }
            return nil
        }
        #expect(facts == ["sighting.source rtls 2", "sighting.place ICU 2 2"])
        let oddities = told.compactMap { observation -> String? in
            if case .oddity(let oddity) = observation.body { return "\(oddity.name) \(oddity.count)" }
            return nil
        }
        #expect(oddities == ["sightings.badLine 1", "sightings.rotating 1", "sightings.unknownKey 2"])
        let coverage = told.compactMap { observation -> Coverage? in
            if case .coverage(let coverage) = observation.body { return coverage }
            return nil
        }
        #expect(coverage.count == 1 && coverage[0].problem == "1 of 4 lines were refused" && coverage[0].cure != nil)
        #expect(told.allSatisfy { $0.site == "main" && $0.sensor == "sightings" })
    }

    @Test func `without a sighting says what it is instead`() throws {
        for text in ["", "\n\n", "name,mac\nx,y\n"] {
            #expect(throws: SightingFailure.self) { try Self.read(text) }
        }
        #expect(throws: SightingFailure.isDirectory(path: "/tmp")) {
            try SightingSensor(site: "main").read("/tmp", note: { _ in }, emit: { _ in })
        }
    }

    @Test func `more devices than are held at once are told in several turns, and none is lost`() throws {
        var text = ""
        for number in 0..<140_000 {
            text +=
                "{\"at\":\"2026-03-01T12:00:00Z\",\"ip\":\"10.\(number >> 16).\(number >> 8 & 255).\(number & 255 | 1)\"}\n"
        }
        let (told, _) = try Self.read(text)
        let sightings = told.count { if case .sighting = $0.body { true } else { false } }
        #expect(sightings >= 70_000 && sightings <= 80_000)
    }
}
