//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What was said once, and is said again before a log lets it go.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing

@testable import Twin

@Suite struct `What was said once` {
    private static func decide(_ act: Observation.Decision.Act, at minute: Int64) -> Observation {
        Ward.say(.decision(Observation.Decision(act: act, by: "Ann Example", reason: "seen")), at: minute)
    }

    private static func ends(_ card: UInt64, at place: String, at minute: Int64) -> Observation {
        var edge = Edge(.device(Ward.card(card)), .at, .location(place))
        edge.isEnded = true
        return Ward.say(.edge(edge), at: minute)
    }

    /// Old news of each kind; of each a word that holds and one that does not.
    private static let old: [(observation: Observation, holds: Bool)] = [
        (Ward.place("north", .site, in: nil), true),
        (Ward.place("icu-1", .bed, in: "north"), true),
        (Ward.place("gone", .bed, in: "north"), false),
        (Ward.stands(1, at: "icu-1", at: 1), true),
        (Ward.stands(2, at: "icu-1", at: 1), false),
        (Self.ends(2, at: "icu-1", at: 2), false),
        (Ward.stands(3, at: "icu-1", at: 1), false),
        (Ward.stands(3, at: "icu-2", at: 5), true),
        (Ward.stands(4, at: "icu-1", at: 1), true),
        (Self.ends(4, at: "icu-1", at: 60), true),
        (Self.decide(.merge(Ward.card(5), Ward.card(6)), at: 1), false),
        (Self.decide(.split(Ward.card(5), Ward.card(6)), at: 2), true),
        (Self.decide(.correct(Ward.card(1), attribute: .model, value: "P100"), at: 1), true),
        (Self.decide(.accept(Ward.card(1), Acceptance(ownership: .owned)), at: 1), true),
        (Ward.say(.knowledge(.init(name: "advisories", digest: "aaaa")), at: 0), false),
        (Ward.say(.knowledge(.init(name: "advisories", digest: "bbbb")), at: 1), true),
    ]

    private static func hospital() -> Hospital {
        var hospital = Hospital(knowledge: .empty)
        _ = hospital.learn((1...6).map { Ward.sighting($0, at: 0) } + old.map(\.observation))
        _ = hospital.learn([Ward.say(.location(.gone("gone")), at: 3)])
        return hospital
    }

    @Test(arguments: old.indices)
    func `is needed as long as it tells something of the time that is kept`(index: Int) {
        let (observation, holds) = Self.old[index]
        #expect(observation.isSaidOnce)
        #expect(Self.hospital().needs(observation, since: Ward.minute(30)) == holds, "\(observation.body)")
    }

    @Test func `is the same hospital when it is said again, and for who hears only that`() {
        let hospital = Self.hospital()
        let old = Self.old.map(\.observation)
        let remainder = hospital.remainder(of: old, since: Ward.minute(30))
        // What is said twice is said once, and what was said again is not more the next time.
        #expect(hospital.remainder(of: old + old + remainder, since: Ward.minute(30)).count == remainder.count)
        var twice = hospital
        #expect(twice.learn(remainder).allSatisfy { if case .inventory = $0.kind { true } else { false } })
        #expect(twice.edges.all == hospital.edges.all && twice.places.all == hospital.places.all)
        #expect(twice.register == hospital.register && twice.knowledge == hospital.knowledge)
        #expect(twice.snapshot() == hospital.snapshot())

        var later = Hospital(knowledge: .empty)
        _ = later.learn((1...6).map { Ward.sighting($0, at: 40) } + remainder)
        let moment = Ward.minute(40)
        #expect(later.edges.standing(at: moment) == hospital.edges.standing(at: moment))
        #expect(later.places.all == hospital.places.all && later.register == hospital.register)
        #expect(later.snapshot().devices.map(\.judgements) == hospital.snapshot().devices.map(\.judgements))
        #expect(later.snapshot().devices.map(\.mac) == hospital.snapshot().devices.map(\.mac))
    }

    @Test func `a decision holds when the log has forgotten who made it`() {
        var read = Self.decide(.split(Ward.card(5), Ward.card(6)), at: 2)
        read.body = .decision(
            Observation.Decision(act: .split(Ward.card(5), Ward.card(6)), by: "erased", reason: "erased"))
        #expect(Self.hospital().remainder(of: [read], since: Ward.minute(30)) == [read])
    }

    @Test func `an edge whose end is kept does not come back to life`() {
        let begin = Ward.stands(1, at: "icu-1", at: 1)
        let kept = [Ward.sighting(1, at: 40), Self.ends(1, at: "icu-1", at: 50)]
        var hospital = Hospital(knowledge: .empty)
        _ = hospital.learn([begin] + kept)
        let remainder = hospital.remainder(of: [begin], since: Ward.minute(30))
        #expect(remainder == [begin, Self.ends(1, at: "icu-1", at: 50)])
        // As the log stands then: the end first, and behind it what was said again.
        var later = Hospital(knowledge: .empty)
        _ = later.learn(kept + remainder)
        #expect(later.edges.all == hospital.edges.all)
        #expect(later.edges.standing(at: Ward.minute(60)).isEmpty)
        #expect(later.edges.standing(at: Ward.minute(45)).count == 1)
    }

    @Test func `is not passed over where blocks are missing`() async throws {
        let shelf = PaperShelf()
        let keeper = Keeper(Hospital(knowledge: .empty), shelf: shelf, tell: shelf.tell)
        let block = LogBlock(first: 101, recorded: Ward.minute(0), observations: [Ward.sighting(1, at: 0)])
        await #expect(throws: Keeper.Gap(expected: 1, found: 101)) { try await keeper.recall(block) }
        await #expect(throws: Keeper.Gap(expected: 1, found: 101)) { try await keeper.learn(block) }
        await keeper.begin(after: 100)
        try await keeper.learn(block)
        #expect(await keeper.standing.position == 101)
        // Half of it is known already.
        let more = LogBlock(
            first: 101, recorded: Ward.minute(0), observations: [Ward.sighting(1, at: 0), Ward.sighting(2, at: 0)])
        try await keeper.recall(more)
        #expect(await keeper.standing.position == 102)
    }
}
