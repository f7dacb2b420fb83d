//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A full disk under the running service.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: on a disk without room nothing is acknowledged, everybody is told, nothing is lost, and it goes on by itself.
@Suite(.enabled(if: HardWorld.isPermitted, HardWorld.reason), .serialized, .timeLimit(.minutes(5)))
struct `A full disk` {
    @Test func `stops acknowledging, says so everywhere, and goes on by itself with nothing lost or doubled`()
        async throws
    {
        let world = try HardWorld()
        try world.shell("ip link add wl0 type veth peer name wl1; ip link set wl0 up; ip link set wl1 up")
        let house = HardHouse(world, data: try world.disk("data", kibibytes: 24 << 10))
        try house.settings("interfaces: [{ name: wl0 }]\nlimits: { segment: 1MiB }")
        try await house.start()
        // More than a segment, so that one is closed and the next begun.
        for batch in 0..<80 { #expect(try house.post(batch, padding: 120).status == 201) }
        try world.send(Spoken.dhcp(7, name: "pump-before"), on: "wl1")
        #expect(try await house.until(seconds: 10) { try house.devices("pump-before") == 1 }, "\(house.words)")

        // The room that the log leaves to everything else, and then none at all.
        var refused: [Int] = []
        for (round, left) in [2_048, 64, 0].enumerated() {
            try world.fill(house.data, leaving: left)
            for batch in [100 + 2 * round, 101 + 2 * round] {
                let reply = try house.post(batch, padding: 60)
                #expect(reply.status == 507 && reply.type == "application/problem+json", "\(reply)")
                #expect(
                    reply.json["type"] as? String == "https://wardlight.invalid/problems/full"
                        || reply.body.contains("full"))
                refused.append(batch)
            }
        }
        try world.send(Spoken.dhcp(8, name: "pump-meanwhile"), on: "wl1")
        let status = try house.get("/status")
        #expect(status.status == 200 && status.body.contains("the disk is full"), "\(status.body)")
        #expect(status.body.contains("it goes on by itself"))
        let metrics = try house.get("/metrics").body
        #expect(
            !metrics.contains("\nwardlight_trouble 0\n") && metrics.contains("\nwardlight_log_stopped 1\n")
                && metrics.contains("\nwardlight_log_refused "), "\(metrics)")
        #expect(try house.get("/api/v1/log").body.contains("the disk is full"))
        #expect(house.words.components(separatedBy: "the disk is full").count == 2, "said once: \(house.words)")
        #expect(try house.devices("pump-meanwhile") == 0 && house.devices("pump-before") == 1)

        try world.free(house.data)
        #expect(try await world.wait(house.id, for: "it writes again", seconds: 10) != nil, "\(house.words)")
        #expect(try await house.until(seconds: 10) { try house.devices("pump-meanwhile") == 1 }, "\(house.words)")
        for batch in refused { #expect(try house.post(batch).status == 201) }
        #expect(try house.post(200).status == 201)
        #expect(try house.get("/metrics").body.contains("\nwardlight_trouble 0\n"))
        #expect(!(try house.get("/status").body.contains("the disk is full")))
        #expect(try await house.stop() == 0, "\(house.words)")
        Numbered.expect(Array(0..<80) + refused + [200], in: try house.export())
    }

    @Test func `at the start is told, and where there is a little room the service runs and waits`() async throws {
        let world = try HardWorld()
        let house = HardHouse(world, data: try world.disk("data", kibibytes: 16 << 10))
        try house.settings("sites: [{ name: North, buildings: [{ name: Main, floors: [{ name: Ground }] }] }]")
        // Before anything is there.
        try world.fill(house.data, leaving: 0)
        let first = try world.wardlight("run", "--config", house.config)
        #expect(first.code == 1 && first.errors.contains("the disk is full"), "\(first)")
        #expect(!first.errors.contains("Fatal"))
        try world.free(house.data)
        try await house.start()
        for batch in 0..<3 { #expect(try house.post(batch).status == 201) }
        #expect(try await house.stop() == 0)
        // With a log, and no room at all.
        try world.fill(house.data, leaving: 0)
        let second = try world.wardlight("run", "--config", house.config)
        #expect(second.code == 1 && second.errors.contains("the disk is full"), "\(second)")
        try world.free(house.data)
        // With less room than the log leaves to others.
        try world.fill(house.data, leaving: 1_024)
        try await house.start()
        #expect(try house.post(3).status == 507)
        #expect(try house.get("/api/v1/log").json["position"] as? Int ?? 0 >= 300)
        // Places that were read meanwhile wait, too.
        try house.settings("sites: [{ name: North, buildings: [{ name: Annex }] }]")
        try world.signal(house.id, SIGHUP)
        #expect(try await world.wait(house.id, for: "read again") != nil, "\(house.words)")
        try world.free(house.data)
        #expect(try await world.wait(house.id, for: "it writes again", seconds: 10) != nil, "\(house.words)")
        #expect(try house.post(3).status == 201)
        #expect(try await house.until(seconds: 10) { try house.get("/api/v1/places").body.contains("Annex") })
        // Stopped while there is none.
        try world.fill(house.data, leaving: 0)
        #expect(try await house.stop() == 0, "\(house.words)")
        #expect(house.words.contains("next start"), "\(house.words)")
        try world.free(house.data)
        try await house.start()
        #expect(try house.post(4).status == 201)
        #expect(try await house.stop() == 0)
        Numbered.expect(0..<5, in: try house.export())
        let replay = try world.wardlight("replay", house.data + "/log")
        #expect(replay.code == 0, "\(replay.errors)")
    }

    @Test func `of backups and downtime sheets leaves nothing half done`() async throws {
        let world = try HardWorld()
        let house = HardHouse(world, data: world.scratch.path("data"))
        let other = try world.disk("other", kibibytes: 8 << 10)
        try house.settings(
            """
            downtime: { folder: \(other)/sheets, every: 1m }
            sites: [{ name: North, zones: [{ name: ICU, rooms: [Room 1, Room 2] }] }]
            """)
        try world.fill(other, leaving: 0)
        try await house.start()
        for batch in 0..<80 { #expect(try house.post(batch, padding: 120).status == 201) }
        #expect(try await world.wait(house.id, for: "downtime sheets: ", seconds: 30) != nil, "\(house.words)")
        #expect(try world.shell("find \(other)/sheets -type f", mayFail: true).output.isEmpty)
        try world.fill(other, leaving: 100)
        try world.free(other)
        try world.fill(other, leaving: 100)
        let backup = try world.wardlight("backup", "--data", house.data, "--to", other + "/backup")
        #expect(backup.code == 1 && backup.errors.contains("the disk is full"), "\(backup)")
        #expect(try world.shell("ls \(other)").output.contains("backup") == false)
        try world.free(other)
        let whole = try world.wardlight("backup", "--data", house.data, "--to", other + "/backup")
        #expect(whole.code == 0, "\(whole.errors)")
        let sheets = try world.wardlight("downtime", "--config", house.config, "--from", house.data + "/log")
        #expect(sheets.code == 0, "\(sheets.errors)")
        for page in try world.shell("ls \(other)/sheets").output.split(separator: "\n") {
            #expect(try world.shell("tail -c 8 \(other)/sheets/\(page)").output.contains("</html>"), "\(page)")
        }
        #expect(try house.post(80).status == 201)
        #expect(try await house.stop() == 0, "\(house.words)")
        Numbered.expect(0..<81, in: try house.export())
    }
}
