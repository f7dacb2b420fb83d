//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Saved in the middle and loaded: recordings and pretend hospitals go on as if nothing had happened.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Sensors
import Simulator
import Support
import Testing
import Twin
import Wire

/// Goal: wherever a hospital is saved, what is loaded answers and learns to the bit like the one that never stopped.
@Suite(.enabled(if: Rounds.hasPrefixes, "Debian's ieee-data is not installed"))
struct `A hospital that was saved in the middle` {
    private static let conditions = StateConditions(program: "this one")

    /// What a sensor tells of a capture, in order.
    private static func told(_ bytes: [UInt8], site: String) -> [Observation] {
        var all: [Observation] = []
        hear(bytes, site: site, input: "capture") { all += $0 }
        return all
    }

    /// Folds, and at each of the positions saves and goes on from what was saved; and the same without a stop.
    private static func check(
        _ story: [Observation], at positions: [Int], limits: InventoryLimits = .standard,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let knowledge = try #require(Rounds.knowledge)
        var conditions = conditions
        conditions.limits = limits
        var straight = Hospital(knowledge: knowledge, limits: limits)
        var broken = straight
        var (before, last) = (0, "")
        for position in positions.sorted() + [story.count] {
            let news = Array(story[before..<position])
            let (one, other) = (straight.learn(news), broken.learn(news))
            #expect(one == other, "changes up to \(position)", sourceLocation: sourceLocation)
            let bytes = try broken.stateBytes(conditions)
            broken = try Hospital(state: bytes, conditions, knowledge: knowledge)
            last = straight.digest()
            #expect(broken.digest() == last, "saved at \(position)", sourceLocation: sourceLocation)
            before = position
        }
        #expect(!last.isEmpty)
    }

    private static func positions(_ count: Int, _ most: Int, seed: UInt64) -> [Int] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in Int.random(in: 0...most, using: &generator) }
    }

    @Test(.enabled(if: Recordings.areHere)) func `of every recording`() throws {
        var (story, seen) = ([Observation](), Set<String>())
        for (number, path) in Recordings.allCaptures().enumerated() {
            let bytes = try Recordings.capture(path)
            guard bytes.count < 1 << 20 else { continue }
            seen.insert(path)
            // Several sites, so that many devices do not become one.
            story += Self.told(bytes, site: "site-\(number % 7)")
        }
        #expect(seen.count > 100 && story.count > 10_000)
        try Self.check(story, at: Self.positions(4, story.count, seed: 3))
    }

    @Test(arguments: [7, 2_026] as [UInt64]) func `of a pretend one with switches, rogues and peripherals`(
        seed: UInt64
    ) throws {
        var story: [Observation] = []
        hearPretend(seed: seed) { story += $0 }
        try Self.check(story, at: Self.positions(5, story.count, seed: seed))
    }

    @Test func `of one whose tables are full`() throws {
        let simulated = SimulatedHospital(seed: 9, minutes: 1, devices: 300)
        var bytes: [UInt8] = []
        simulated.writeCapture { bytes += $0 }
        var limits = InventoryLimits.standard
        (limits.records, limits.stubs, limits.leases, limits.entries) = (100, 80, 60, 1_500)
        let story = Self.told(bytes, site: "main")
        try Self.check(story, at: Self.positions(6, story.count, seed: 4), limits: limits)
    }
}
