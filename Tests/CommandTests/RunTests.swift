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

    @Test func `a service that is killed comes back with the same hospital, and the log replays to its hash`()
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
}
