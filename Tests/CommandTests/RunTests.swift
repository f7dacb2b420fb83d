//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The service as a person runs it: it lives, is killed, comes back, and ends cleanly.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

@Suite(.enabled(if: Command.isHere), .serialized) struct `The living service` {
    @Test func `the demo shows some 600 devices of three sites within a minute, and Ctrl-C ends it cleanly`()
        async throws
    {
        let scratch = try Scratch()
        let house = try RunningHouse(["demo", "--port", "0", "--speed", "60", "--data", scratch.path("data")])
        let base = try #require(try await house.enter(), "\(house.words)")
        var total = 0
        var sites: Set<String> = []
        let end = Date().addingTimeInterval(60)
        while Date() < end, total < 500 || sites.count < 3 {
            try await Task.sleep(for: .milliseconds(500))
            let list = try await house.json(base.appendingPathComponent("api/v1/devices"))
            total = list?["total"] as? Int ?? 0
            for site in ["north", "south", "harbour"] {
                let url = try #require(URL(string: "api/v1/devices?site=\(site)&limit=1", relativeTo: base))
                if (try await house.json(url)?["total"] as? Int ?? 0) > 0 { sites.insert(site) }
            }
        }
        #expect(total >= 500, "\(total) devices; \(house.words)")
        #expect(sites.count == 3)
        house.interrupt()
        #expect(try await house.ended() == 0, "\(house.words)")
        let verdict = try Command.run(["log", "verify", scratch.path("data/log") + "/"])
        #expect(verdict.code == 0, "\(verdict.text)\(verdict.errors)")
    }

    @Test func `a service that is killed comes back, and its log replays to one hash`()
        async throws
    {
        let scratch = try Scratch()
        let data = scratch.path("data")
        var positions: [UInt64] = []
        for round in 0..<3 {
            let house = try RunningHouse([
                "demo", "--port", "0", "--speed", "60", "--data", data, "--seed", "\(round + 7)",
            ])
            let base = try #require(try await house.enter(), "\(house.words)")
            try await Task.sleep(for: .seconds(2))
            let log = try #require(try await house.json(base.appendingPathComponent("api/v1/log")))
            positions.append((log["position"] as? NSNumber)?.uint64Value ?? 0)
            house.kill9()
            _ = try await house.ended()
        }
        #expect(positions[0] > 0 && positions[0] < positions[1] && positions[1] < positions[2], "\(positions)")
        #expect(try Command.run(["log", "verify", data + "/log/"]).code == 0)
        let first = try Command.run(["replay", data + "/log/"])
        let second = try Command.run(["replay", data + "/log/"])
        #expect(first.code == 0 && first.text == second.text)
    }

    @Test
    func `run starts from a settings file, reads it again at SIGHUP, and keeps what it had when the file is wrong`()
        async throws
    {
        let scratch = try Scratch()
        func settings(_ more: String) throws {
            let text = """
                site: north
                data: \(scratch.path("data"))
                server: { address: 127.0.0.1, port: 18443, plain: true }
                sites:
                  - name: North
                    buildings:
                      - name: Main
                        floors:
                          - name: Ground
                            rooms:
                              - { name: Room 1, at: [0, 0, 4, 5] }
                \(more)
                """
            try scratch.write("wardlight.yaml", Array(text.utf8))
        }
        try settings("")
        let house = try RunningHouse(["run", "--config", scratch.path("wardlight.yaml")])
        let base = try #require(try await house.address(after: "answers at"), "\(house.words)")
        #expect(try await house.wait(for: "set up the first account here, once: http") != nil)
        #expect(try await house.get(base.appendingPathComponent("healthz")).status == 200)
        #expect(try await house.get(base.appendingPathComponent("api/v1/devices")).status == 401)
        try settings("polls: { every: 10m }")
        house.hangUp()
        #expect(try await house.wait(for: "read again") != nil, "\(house.words)")
        try settings("pols: { every: 10m }")
        house.hangUp()
        #expect(try await house.wait(for: "nothing of it is used") != nil, "\(house.words)")
        #expect(house.words.contains("did you mean 'polls'?"))
        #expect(try await house.get(base.appendingPathComponent("readyz")).status == 200)
        house.interrupt()
        #expect(try await house.ended() == 0, "\(house.words)")
        let replay = try Command.run(["replay", scratch.path("data/log") + "/"])
        #expect(replay.code == 0, "\(replay.errors)")
        // The next start goes on from what was laid away.
        let again = try RunningHouse(["run", "--config", scratch.path("wardlight.yaml")])
        #expect(try await again.wait(for: "no setting") != nil, "\(again.words)")
        #expect(try await again.ended() == 1)
    }

    @Test func `a backup that is restored on an empty machine has the same hash`() async throws {
        let scratch = try Scratch()
        let data = scratch.path("data")
        let house = try RunningHouse(["demo", "--port", "0", "--speed", "60", "--data", data])
        #expect(try await house.address(after: "open once") != nil, "\(house.words)")
        try await Task.sleep(for: .seconds(3))
        // While it goes on.
        let backup = try Command.run(["backup", "--data", data, "--to", scratch.path("backup")])
        #expect(backup.code == 0, "\(backup.errors)")
        house.interrupt()
        #expect(try await house.ended() == 0)
        let elsewhere = ["XDG_STATE_HOME": scratch.path("other-home")]
        let restore = try Command.run(
            ["restore", scratch.path("backup"), "--data", scratch.path("restored")], environment: elsewhere)
        #expect(restore.code == 0, "\(restore.errors)")
        let position = try Command.run(["log", "verify", scratch.path("backup/log")]).text
        #expect(position.contains("The log is what was written."))
        let kept = try Command.run(["replay", scratch.path("backup/log") + "/"])
        let restored = try Command.run(["replay", scratch.path("restored/log") + "/"], environment: elsewhere)
        #expect(kept.code == 0 && kept.text == restored.text, "\(kept.text)\n\(restored.text)\(restored.errors)")
        // As of the backup's last position the log that went on tells the same.
        let count = kept.text.split(separator: "\n").first.flatMap { $0.split(separator: " ").last }.map(String.init)
        let then = try Command.run(["replay", data + "/log/", "--asof", count ?? ""])
        #expect(then.text == kept.text, "\(then.text)\(then.errors)")
        // A flipped bit is found, and nothing is restored over something.
        let second = try Command.run(
            ["restore", scratch.path("backup"), "--data", scratch.path("restored")], environment: elsewhere)
        #expect(second.code == 1 && second.errors.contains("not empty"), "\(second.errors)")
        // The service stands on it and goes on.
        let port = try Server.freePort()
        let text = "data: \(scratch.path("restored"))\nserver: { address: 127.0.0.1, port: \(port), plain: true }\n"
        let settings = try scratch.write("wardlight.yaml", Array(text.utf8))
        let stands = try RunningHouse(["run", "--config", settings], environment: elsewhere)
        let base = try #require(try await stands.address(after: "answers at"), "\(stands.words)")
        #expect(stands.words.contains("the log holds \(count ?? "?") observations"), "\(stands.words)")
        let ready = Date().addingTimeInterval(30)
        while try await stands.get(base.appendingPathComponent("readyz")).status != 200, Date() < ready {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(Date() < ready, "\(stands.words)")
        stands.interrupt()
        #expect(try await stands.ended() == 0, "\(stands.words)")
        let hash = try #require(stands.words.split(separator: " ").last?.prefix(64))
        let last = try Command.run(["replay", scratch.path("restored/log") + "/"], environment: elsewhere)
        #expect(last.text.contains("hash       \(hash)\n"), "\(last.text)\(stands.words)")
    }
}
