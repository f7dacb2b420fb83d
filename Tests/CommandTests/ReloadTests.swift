//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Settings that are read again while the service runs.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

@Suite(.enabled(if: HardWorld.isPermitted, HardWorld.reason), .serialized, .timeLimit(.minutes(5)))
struct `Settings that are read again` {
    @Test func `bring other places and limits at once, and a wrong file changes nothing`() async throws {
        let world = try HardWorld()
        let house = HardHouse(world, data: world.scratch.path("data"))
        func settings(_ body: String, _ place: String, _ more: String = "") throws {
            try house.settings(
                """
                limits: { body: \(body), requestsPerSecond: 1000, segment: 1MiB }
                sites: [{ name: North, buildings: [{ name: \(place) }] }]
                \(more)
                """)
        }
        func hangUp(_ words: String, times: Int = 1) async throws {
            try world.signal(house.id, SIGHUP)
            #expect(try await world.wait(house.id, for: words, times: times, seconds: 20) != nil, "\(house.words)")
        }
        try settings("4KiB", "Main")
        try await house.start()
        #expect(try house.post(0).status == 413)
        try settings("1MiB", "Annex")
        try await hangUp("read again.")
        #expect(try house.post(0).status == 201)
        #expect(try await house.until(seconds: 10) { try house.get("/api/v1/places").body.contains("Annex") })
        #expect(!(try house.get("/api/v1/places").body.contains("\"Main\"")))

        // A mistake on line 4, and one in a plan that is only read when everything else was.
        try settings("2KB", "Tower")
        try await hangUp("nothing of it is used")
        #expect(house.words.contains("wardlight.yaml:4: limits: body takes a size"), "\(house.words)")
        try world.scratch.write("floor.geojson", Array("{".utf8))
        try settings("2KiB", "Tower", "")
        try house.settings(
            """
            limits: { body: 2KiB }
            sites: [{ name: North, buildings: [{ name: Tower, floors: [{ name: "1", plan: { geojson: floor.geojson } }] }] }]
            """)
        try await hangUp("nothing of it is used", times: 2)
        #expect(try house.post(1).status == 201, "the limit is the one before")
        #expect(try house.get("/api/v1/places").body.contains("Annex"))

        // What cannot change while it runs is named.
        try settings("1KiB", "Annex", "timeZone: Europe/Berlin")
        try await hangUp("From the next start on: timeZone.")
        #expect(try house.post(2).status == 413)
        #expect(try await house.stop() == 0, "\(house.words)")
    }
}
