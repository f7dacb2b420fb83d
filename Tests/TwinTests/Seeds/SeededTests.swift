//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Deterministic simulation: the same story gives the same hospital, however it is cut, and wherever it is saved.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Inventory
import Model
import Support
import Testing

@testable import Twin

/// Goal: whatever is lost, doubled, late or out of order on its way, the log alone decides what the hospital is, to the bit.
///
/// `make seeds N=10000` runs more of them (`WARDLIGHT_SEEDS`, beginning at `WARDLIGHT_FIRST_SEED`), and `WARDLIGHT_SEEDS_SUM`
/// names a file for the hash of all hashes, which another process must find, too.
@Suite struct `Deterministic simulation` {
    private static let count = number("WARDLIGHT_SEEDS") ?? 200
    private static let first = UInt64(number("WARDLIGHT_FIRST_SEED") ?? 1)

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap(Int.init) }

    private static let knowledge: KnowledgeBase? = {
        let files = House.files(below: "Knowledge", endingIn: ".rules")
        let rules = files.compactMap { path in (try? House.text(path)).map { (name: path, text: $0) } }
        return try? KnowledgeBase(rules: rules, prefixes: .empty)
    }()

    /// Folds one story in every way that must come to the same, and gives its hash.
    private static func run(_ seed: UInt64, _ knowledge: KnowledgeBase) throws -> (hash: String, wrong: [String]) {
        var wrong: [String] = []
        var story = SeededStory(seed: seed)
        let all = story.observations
        let conditions = StateConditions(program: "seeds", limits: story.limits)
        let asof = story.draw(0..<all.count)

        // One at a time, with a fork at a position on the way.
        var straight = Hospital(knowledge: knowledge, limits: story.limits)
        for observation in all.prefix(asof) { _ = straight.learn([observation]) }
        let then = straight
        for observation in all.dropFirst(asof) { _ = straight.learn([observation]) }
        let hash = straight.digest()
        if straight.position != UInt64(all.count) { wrong.append("seed \(seed): counts \(straight.position)") }

        // In blocks of any size, saved and loaded on the way; as of the position on the way the same as the fork.
        let saved = story.draw(0..<all.count)
        var other = Hospital(knowledge: knowledge, limits: story.limits)
        var at = 0
        for stop in [min(asof, saved), max(asof, saved), all.count] {
            while at < stop {
                let next = min(stop, at + story.draw(1..<64))
                _ = other.learn(Array(all[at..<next]))
                at = next
            }
            if at == asof, other.digest() != then.digest() { wrong.append("seed \(seed): is another as of \(asof)") }
            if at == saved {
                other = try Hospital(state: other.stateBytes(conditions), conditions, knowledge: knowledge)
            }
        }
        if other.digest() != hash { wrong.append("seed \(seed): is another when saved at \(saved)") }
        wrong += strayReadings(straight, all).map { "seed \(seed): \($0)" }
        return (hash, wrong)
    }

    /// Series whose reading is not the newest that came, by a count of our own.
    private static func strayReadings(_ hospital: Hospital, _ all: [Observation]) -> [String] {
        struct Series: Hashable {
            var site: String
            var subject: Subject
            var metric: String
        }
        var newest: [Series: (occurred: Timestamp, value: Double, count: UInt64)] = [:]
        for observation in all {
            guard case .measurement(let told) = observation.body else { continue }
            let key = Series(site: observation.site, subject: told.subject, metric: told.metric)
            var series = newest[key] ?? (occurred: observation.occurred, value: told.value, count: 0)
            if series.occurred <= observation.occurred {
                (series.occurred, series.value) = (observation.occurred, told.value)
            }
            series.count += 1
            newest[key] = series
        }
        let found = hospital.readings.all
        var wrong = found.count == newest.count ? [] : ["\(found.count) series for \(newest.count)"]
        for reading in found {
            let key = Series(site: reading.site, subject: reading.subject, metric: reading.metric)
            let truth = newest[key]
            if truth?.occurred != reading.occurred || truth?.value != reading.value || truth?.count != reading.count {
                wrong.append("\(key) is \(reading.value)")
            }
        }
        return wrong
    }

    @Test func `holds whatever happens on the way to the log`() async throws {
        let knowledge = try #require(Self.knowledge)
        let seeds = Self.first..<Self.first + UInt64(Self.count)
        let lanes = UInt64(max(1, min(ProcessInfo.processInfo.activeProcessorCount, 16)))
        var hashes: [UInt64: String] = [:]
        var wrong: [String] = []
        try await withThrowingTaskGroup(of: [(seed: UInt64, hash: String, wrong: [String])].self) { group in
            for lane in 0..<lanes {
                group.addTask { @concurrent in
                    try stride(from: seeds.lowerBound + lane, to: seeds.upperBound, by: Int(lanes)).map { seed in
                        let (hash, wrong) = try Self.run(seed, knowledge)
                        return (seed, hash, wrong)
                    }
                }
            }
            for try await lane in group {
                for found in lane {
                    hashes[found.seed] = found.hash
                    wrong += found.wrong
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.sorted().prefix(20))")
        #expect(hashes.count == Self.count)
        // No two stories are the same, so that a hash that says nothing would be seen.
        #expect(Set(hashes.values).count == Self.count)
        if let path = ProcessInfo.processInfo.environment["WARDLIGHT_SEEDS_SUM"] {
            var sum = SHA256()
            for seed in seeds { sum.update(data: Array((hashes[seed] ?? "").utf8)) }
            let text = sum.finalize().map { hexadecimal($0) }.joined()
            try Data("\(text) \(seeds.lowerBound) \(seeds.count)\n".utf8).write(to: URL(fileURLWithPath: path))
        }
    }

    @Test func `tells the same story for the same seed, with every kind of observation and of fault in it`() {
        #expect(SeededStory(seed: 4).observations == SeededStory(seed: 4).observations)
        #expect(SeededStory(seed: 4).observations != SeededStory(seed: 5).observations)
        let all = (1...20).map { SeededStory(seed: $0) }
        let kinds = Set(all.flatMap(\.observations).map { String("\($0.body)".prefix { $0 != "(" }) })
        #expect(kinds.count == 19, "\(kinds.sorted())")
        for story in all {
            #expect((400...600).contains(story.observations.count))
            let late = zip(story.observations, story.observations.dropFirst()).filter { $0.occurred > $1.occurred }
            #expect(late.count > 5)
        }
    }
}
