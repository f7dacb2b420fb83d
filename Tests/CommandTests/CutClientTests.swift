//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Followers that are cut, and services that are killed under them: every event once.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@Suite(.enabled(if: Command.isHere), .serialized, .timeLimit(.minutes(10))) struct `Cut clients` {
    @Test
    func `a follower that is cut at any octet, and whose service is killed twice, has seen each event once`()
        async throws
    {
        let seed = UInt64.random(in: 0...9_999)
        var chance = Chance(state: seed)
        let client = try await LivingClient(demo: 7)
        var first = ""
        try await client.follow(after: nil) { event in
            #expect(event.name == "start")
            first = event.id
            return true
        }
        var seen: [LivingClient.Event] = []
        var last = first
        var (cuts, broken) = (0, 0)
        let most = 120
        while cuts < most {
            // As many octets as one, or as a million.
            let octets = Int(chance.next() % (1 << (chance.next() % 21))) + 1
            let isKilled = cuts == most / 3 || cuts == most * 2 / 3
            let begin = Date()
            let end = seen.count + 40
            do {
                try await client.follow(after: last, octets: isKilled ? .max : octets) { event in
                    #expect(event.name == "changes", "seed \(seed): \(event.name) after \(last)")
                    seen.append(event)
                    last = event.id
                    // In the middle of what comes next.
                    if isKilled, seen.count == end { client.house.kill9() }
                    return Date().timeIntervalSince(begin) > 1 && !isKilled
                }
            } catch { broken += 1 }
            if isKilled {
                try await client.kill9()
                try await client.restart()
            }
            cuts += 1
        }
        // One who was never cut, and came late.
        var whole: [LivingClient.Event] = []
        try await client.follow(after: first) { event in
            whole.append(event)
            return event.id == last
        }
        #expect(seen.map(\.id) == whole.map(\.id), "seed \(seed)")
        #expect(seen == whole, "seed \(seed)")
        #expect(Set(seen.map(\.id)).count == seen.count, "seed \(seed)")
        #expect(seen.count >= 100, "seed \(seed): \(seen.count) events, \(broken) broken lines")
        #expect(try await client.end() == 0, "\(client.house.words)")
    }

    @Test
    func `a batch with a key that is sent until it is answered is kept once, however often the service is killed`()
        async throws
    {
        let seed = UInt64.random(in: 0...9_999)
        var chance = Chance(state: seed)
        let client = try await LivingClient(demo: nil)
        var answers: [String: UInt64] = [:]
        let (rounds, batches) = (5, 6)
        for round in 0..<rounds {
            // One after the other, and a kill at some moment of it.
            let killing = Task { [house = client.house, pause = chance.next() % 60] in
                try? await Task.sleep(for: .milliseconds(Int(pause)))
                house.kill9()
            }
            for number in 0..<batches where client.house.isRunning {
                let key = "\(round)-\(number)"
                let answer = try? await client.post(batch(round * batches + number), key: key, seconds: 2)
                if let answer, answer.status == 201 { answers[key] = answer.number("first") }
            }
            await killing.value
            try await client.kill9()
            try await client.restart()
            for number in 0..<batches {
                let key = "\(round)-\(number)"
                let answer = try await client.post(batch(round * batches + number), key: key)
                #expect(answer.status == 201, "seed \(seed) \(key): \(answer.text)")
                if let known = answers[key] {
                    #expect(answer.number("first") == known, "seed \(seed) \(key): \(answer.text)")
                    #expect(answer.json["repeated"] as? Bool == true, "seed \(seed) \(key)")
                }
                let again = try await client.post(batch(round * batches + number), key: key)
                #expect(again.number("first") == answer.number("first"), "seed \(seed) \(key)")
            }
        }
        // Every series counts what came of it: three readings a batch, each once.
        let readings = try await client.ask("/api/v1/readings").json["readings"] as? [[String: Any]] ?? []
        let ours = readings.filter { ($0["metric"] as? String)?.hasPrefix("KEY_") == true }
        let counts = ours.map { $0["count"] as? Int }
        #expect(counts == Array(repeating: 3, count: rounds * batches), "seed \(seed): \(counts)")
        // Another body under a known key, over a restart.
        #expect(try await client.post(batch(999), key: "0-0").status == 422)
        #expect(try await client.end() == 0, "\(client.house.words)")
    }

    private func batch(_ number: Int) -> [Observation] {
        var batch: [Observation] = []
        for value in 0..<3 {
            var one = Told.reading(UInt64(number) + 1, "KEY_\(number)", Double(value))
            one.occurred = Timestamp(seconds: 1_780_000_000 + Int64(value))
            batch.append(one)
        }
        return batch
    }
}

/// SplitMix64, so that a seed tells what happened.
private struct Chance {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
