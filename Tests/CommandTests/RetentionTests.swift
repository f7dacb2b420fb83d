//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Retention: a log that begins late is a hospital all the same, at the same positions.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

/// Goal: when old segments are gone and no saved state fits (an upgrade, another limit, a restored backup), positions stay
/// those of the log, what was said once still holds, and the past that is kept can be asked for.
@Suite(.enabled(if: Command.isHere)) struct `A log that begins late` {
    private static func bed(_ id: String) -> [Observation] {
        func say(_ body: Observation.Body) -> Observation {
            Observation(site: "north", sensor: "test", occurred: Told.now, body: body)
        }
        let subject = Subject(hardware: HardwareAddress(bits: 0x0009_FB00_0001))
        return [
            say(.location(.stands(Location(id: "north", kind: .site, name: "North", parent: nil)))),
            say(.location(.stands(Location(id: id, kind: .bed, name: "Bed 1", parent: "north")))),
            say(.edge(Edge(.device(subject), .at, .location(id)))),
        ]
    }

    private func segments(_ client: LivingClient) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: client.data + "/log").count { $0.hasSuffix(".wlog") }
    }

    @Test func `keeps its positions, its edges and its past when nothing but the log is left`() async throws {
        let client = try await LivingClient(demo: nil, limits: "segment: 1MiB")
        #expect(try await client.post(Self.bed("north/bed-1") + Told.name(1, "pump-1")).status == 201)
        var rounds = 0
        while try segments(client) < 4, rounds < 60 {
            rounds += 1
            let readings = (0..<4_000).map { Told.reading(UInt64($0 % 50 + 1), "MDC_TEMP_ROOM", Double($0 % 40)) }
            #expect(try await client.post(readings).status == 201)
        }
        #expect(try await client.end() == 0, "\(client.house.words)")

        let gone = try Command.run(["log", "retain", client.data + "/log", "--mebibytes", "2"])
        #expect(gone.code == 0 && gone.errors.contains("positions 1 to "), "\(gone.errors)")
        #expect(try Command.run(["log", "verify", client.data + "/log"]).code == 0)
        try client.use(limits: "segment: 1MiB, devices: 2048")
        try await client.restart()

        let log = try await client.ask("/api/v1/log")
        let oldest = try #require(log.number("oldest"))
        let position = try #require(log.number("position"))
        #expect(oldest > 1_000 && client.house.words.contains("kept from position \(oldest) on"), "\(log.text)")
        // What was said once holds, though its first word is gone.
        for path in ["/api/v1/edges", "/api/v1/edges?at=\(Self.words(Told.now))"] {
            let edges = try #require(try await client.ask(path).json["edges"] as? [[String: Any]])
            #expect(edges.count == 1, "\(path) \(edges)")
        }
        #expect(try await client.ask("/api/v1/places").text.contains("north/bed-1"))
        // The past that is kept, and the one that is not.
        let first = try await client.ask("/api/v1/readings?asof=\(oldest + 4_000)")
        #expect(first.status == 200 && first.number("position") == oldest + 4_000, "\(first.text.prefix(300))")
        #expect(first.number("keptFrom") == oldest)
        let before = try await client.ask("/api/v1/readings?asof=\(oldest - 1)")
        #expect(before.status == 410 && before.text.contains("\"oldest\": \"\(oldest)\""), "\(before.text)")
        #expect(try await client.ask("/api/v1/readings?at=2020-01-01T00:00:00Z").status == 410)
        let readings = try await client.ask("/api/v1/readings").json["readings"] as? [[String: Any]]
        #expect(try await client.end() == 0, "\(client.house.words)")

        // Again, now from what was saved: nothing counts twice.
        try await client.restart()
        #expect(try await client.ask("/api/v1/log").number("position") == position)
        let again = try await client.ask("/api/v1/readings").json["readings"] as? [[String: Any]]
        #expect(again?.count == readings?.count)
        #expect(try await client.end() == 0)
        let replayed = try Command.run(["replay", client.data + "/log", "--devices", "2048"])
        #expect(replayed.text.contains("position   \(position)\n"), "\(replayed.text)\(replayed.errors)")
        let said = client.house.words.split(separator: " ").last { $0.count >= 64 }?.prefix(64)
        #expect(said.map { replayed.text.contains($0) } ?? false, "\(client.house.words)\(replayed.text)")
    }

    private static func words(_ moment: Timestamp) -> String { moment.description }
}
