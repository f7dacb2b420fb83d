//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The historian: two axes of time, and what is no longer kept.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Synchronization
import Testing

@testable import Twin

@Suite struct `The historian` {
    /// A busy hour with late news: every tenth observation comes some minutes after it happened.
    private func story(_ seed: UInt64, count: Int) -> [Observation] {
        var chance = SeededGenerator(seed: seed)
        var told = Ward.tree
        for number in 0..<count {
            let late = Int64.random(in: 0..<10, using: &chance) == 0 ? Int64.random(in: 1...30, using: &chance) : 0
            let minute = Int64(number / 10) - late
            let card = UInt64.random(in: 1...12, using: &chance)
            switch Int.random(in: 0..<5, using: &chance) {
            case 0: told.append(Ward.sighting(card, at: minute))
            case 1: told.append(Ward.fact(card, .dhcpHostname, "pump-\(card)", at: minute))
            case 2: told.append(Ward.reading(card, Double(number % 40), at: minute))
            case 3: told.append(Ward.stands(card, at: "icu-\(card % 4 + 1)", at: minute))
            default: told.append(Ward.talk(card, card % 12 + 1, at: minute))
            }
        }
        return told
    }

    /// - Parameter position: what came until there is no longer kept.
    private func folded(_ observations: [Observation], after position: UInt64 = 0) -> Hospital {
        var hospital = Hospital(knowledge: .empty)
        hospital.begin(after: position)
        _ = hospital.learn(observations)
        return hospital
    }

    /// In blocks of twenty, which nobody followed.
    private func written(_ story: [Observation]) -> PaperLog {
        let log = PaperLog()
        for start in stride(from: 0, to: story.count, by: 20) { log.write(Array(story[start..<start + 20])) }
        return log
    }

    /// A log and a historian that followed it, with many checkpoints.
    private func followed(_ story: [Observation]) async -> (PaperLog, Historian) {
        let log = PaperLog()
        var limits = Historian.Limits()
        (limits.interval, limits.checkpoints) = (40, 6)
        let beginning = Hospital(knowledge: .empty)
        let historian = Historian(log, beginning: beginning, limits: limits)
        var hospital = beginning
        for start in stride(from: 0, to: story.count, by: 17) {
            let block = log.write(Array(story[start..<min(start + 17, story.count)]))
            _ = hospital.learn(block.observations)
            if await historian.note(block) { await historian.keep(hospital) }
        }
        return (log, historian)
    }

    @Test(arguments: [1, 7, 2026] as [UInt64])
    func `as of a position is a fresh fold of so many observations`(seed: UInt64) async throws {
        let story = story(seed, count: 700)
        let (_, historian) = await followed(story)
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<24 {
            let position = UInt64.random(in: 1...UInt64(story.count), using: &chance)
            let past = try await historian.hospital(at: nil, asof: position)
            #expect(past.hospital.digest() == folded(Array(story.prefix(Int(position)))).digest())
        }
    }

    @Test(arguments: [1, 7, 2026] as [UInt64])
    func `at a moment counts all that had happened by then, late news included`(seed: UInt64) async throws {
        let story = story(seed, count: 700)
        let (_, historian) = await followed(story)
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<24 {
            let moment = Ward.minute(Int64.random(in: -5...75, using: &chance))
            let position =
                Bool.random(using: &chance) ? UInt64.random(in: 1...UInt64(story.count), using: &chance) : nil
            let past = try await historian.hospital(at: moment, asof: position)
            let happened = story.prefix(position.map { Int($0) } ?? story.count).filter { $0.occurred <= moment }
            #expect(past.hospital.digest() == folded(happened).digest(), "at \(moment), as of \(position ?? 0)")
        }
    }

    /// Keeps what is laid away; of the broken ones it gives nothing back.
    private final class PaperStates: States {
        let kept = Mutex<[StateMark: Hospital]>([:])
        let newest = Mutex<[UInt8]?>(nil)
        let isBroken: @Sendable (StateMark) -> Bool

        init(isBroken: @escaping @Sendable (StateMark) -> Bool) { self.isBroken = isBroken }

        func marks() -> [StateMark] { kept.withLock { $0.keys.sorted { $0.position < $1.position } } }
        func hospital(at mark: StateMark) -> Hospital? { isBroken(mark) ? nil : kept.withLock { $0[mark] } }
        func keep(_ hospital: Hospital, _ mark: StateMark, index: [UInt8]) {
            kept.withLock { $0[mark] = hospital }
            newest.withLock { $0 = index }
        }
        func index() -> [UInt8]? { newest.withLock(\.self) }
        func forget(_ marks: [StateMark]) { kept.withLock { kept in for mark in marks { kept[mark] = nil } } }
    }

    @Test(arguments: [0, 2, 1] as [UInt64])
    func `the past begins at states that were laid away, and broken ones cost time alone`(divisor: UInt64) async throws
    {
        let story = story(11, count: 900)
        // None, every second one, all of them.
        let states = PaperStates { mark in divisor > 0 && (mark.position / 17) % divisor == 0 }
        var limits = Historian.Limits()
        (limits.interval, limits.stateInterval, limits.devices) = (40, 60, 0)
        let log = PaperLog()
        let beginning = Hospital(knowledge: .empty)
        let historian = Historian(log, beginning: beginning, states: states, limits: limits)
        var hospital = beginning
        for start in stride(from: 0, to: story.count, by: 17) {
            let block = log.write(Array(story[start..<min(start + 17, story.count)]))
            _ = hospital.learn(block.observations)
            guard await historian.note(block) else { continue }
            await historian.keep(hospital)
            try await historian.layAway(hospital)
        }
        #expect(states.marks().count > 3)
        var chance = SeededGenerator(seed: divisor)
        for _ in 0..<12 {
            let position = UInt64.random(in: 1...UInt64(story.count), using: &chance)
            let asof = try await historian.hospital(at: nil, asof: position).hospital
            #expect(asof.digest() == folded(Array(story.prefix(Int(position)))).digest(), "\(position)")
            let moment = Ward.minute(Int64.random(in: 0...80, using: &chance))
            let at = try await historian.hospital(at: moment, asof: position).hospital
            let then = story.prefix(Int(position)).filter { $0.occurred <= moment }
            #expect(at.digest() == folded(then).digest(), "\(position) at \(moment)")
        }
    }

    @Test func `late news corrects the hospital's time and never the log's`() async throws {
        let log = PaperLog()
        let historian = Historian(log, beginning: Hospital(knowledge: .empty))
        log.write(Ward.tree + [Ward.sighting(1, at: 0), Ward.stands(1, at: "icu-1", at: 0)])
        let before = try log.positions().upperBound - 1
        // At minute 20 somebody says: since minute 10 it stood at bed 3.
        log.write([Ward.stands(1, at: "icu-3", at: 10)])
        func place(_ past: PastHospital) throws -> String? {
            HospitalView(past.hospital, at: past.at).rows.first?.whereabouts?.location
        }
        #expect(try place(await historian.hospital(at: Ward.minute(14), asof: nil)) == "icu-3")
        #expect(try place(await historian.hospital(at: Ward.minute(14), asof: before)) == "icu-1")
        #expect(try place(await historian.hospital(at: Ward.minute(9), asof: nil)) == "icu-1")
    }

    @Test func `what is older than retention is gone, and the oldest that can be asked for is named`() async throws {
        let (log, historian) = await followed(story(3, count: 600))
        log.oldest.withLock { $0 = 200 }
        let failure = await #expect(throws: PastFailure.self) { try await historian.hospital(at: nil, asof: 100) }
        guard case .gone(let oldest, let moment)? = failure else {
            Issue.record("refused as \(String(describing: failure))")
            return
        }
        #expect(oldest >= 199)
        #expect(moment != nil)
        let past = try await historian.hospital(at: nil, asof: oldest)
        #expect(past.hospital.position == oldest)
    }

    @Test func `the past that is kept is told without anything saved, and says from where on`() async throws {
        let story = story(5, count: 594)
        let log = written(story)
        log.oldest.withLock { $0 = 201 }
        let historian = Historian(log, beginning: Hospital(knowledge: .empty))
        let past = try await historian.hospital(at: nil, asof: 300).hospital
        #expect(past.position == 300 && past.keptFrom == 201)
        #expect(past.digest() == folded(Array(story[200..<300]), after: 200).digest())
        await #expect(throws: PastFailure.self) { try await historian.hospital(at: nil, asof: 200) }
        // The hospital's time where the log begins now.
        let moment = try #require(story[200..<220].filter { !$0.isSaidOnce }.map(\.occurred).max())
        await #expect(throws: PastFailure.gone(oldest: 201, moment: moment)) {
            try await historian.hospital(at: Timestamp(nanoseconds: moment.nanoseconds - 1), asof: nil)
        }
        #expect(try await historian.hospital(at: moment, asof: nil).hospital.keptFrom == 201)
    }

    /// What is read at once ends in the middle of a block; who asks may mean a position before or behind that end.
    @Test func `as of a position in a block that is read in two parts is so many observations`() async throws {
        let log = PaperLog()
        let beginning = Hospital(knowledge: .empty)
        let historian = Historian(log, beginning: beginning)
        var story: [Observation] = []
        for number in 0..<66_000 {
            story.append(Ward.reading(UInt64(number % 12 + 1), Double(number), at: Int64(number / 60)))
        }
        for start in stride(from: 0, to: story.count, by: 1_000) {
            let block = log.write(Array(story[start..<start + 1_000]))
            _ = await historian.note(block)
        }
        for position in [65_000, 65_001, 65_400, 65_536, 65_537, 65_999, 66_000] {
            let past = try await historian.hospital(at: nil, asof: UInt64(position)).hospital
            #expect(past.digest() == folded(Array(story.prefix(position))).digest(), "\(position)")
        }
    }

    @Test func `what goes while it is read is not missing in the answer`() async throws {
        let story = story(6, count: 594)
        let log = written(story)
        log.going.withLock { $0 = 201 }
        let historian = Historian(log, beginning: Hospital(knowledge: .empty))
        let past = try await historian.hospital(at: nil, asof: 300).hospital
        #expect(past.keptFrom == 201 && past.digest() == folded(Array(story[200..<300]), after: 200).digest())

        let gone = Historian(log, beginning: Hospital(knowledge: .empty))
        log.oldest.withLock { $0 = 1 }
        await #expect(throws: PastFailure.self) { try await gone.hospital(at: nil, asof: 100) }
    }

    @Test func `a position that the log has not reached is refused with the newest`() async throws {
        let (log, historian) = await followed(story(4, count: 50))
        let newest = try log.positions().upperBound - 1
        await #expect(throws: PastFailure.future(newest: newest)) {
            try await historian.hospital(at: nil, asof: newest + 1)
        }
    }
}
