//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The keeper: what is told, in which order, and what the shelf shows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Testing

@testable import Twin

@Suite struct `The keeper` {
    private func kept(_ shelf: PaperShelf) async throws -> Keeper {
        let keeper = Keeper(Hospital(knowledge: .empty), shelf: shelf, tell: shelf.tell)
        // A shelf that shows nothing yet is filled without a word.
        try await keeper.settle()
        return keeper
    }

    @Test func `a new device is on the shelf when its change is told`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(log.write([Ward.sighting(1, at: 0)]))
        let note = try #require(shelf.notes.first)
        #expect(note.kind == .deviceAppeared)
        #expect(shelf.rows.withLock { $0[note.device ?? ""] } != nil)
        #expect(shelf.told.withLock { $0.last?.number } == EventNumber(position: 1))
    }

    @Test func `knows the addresses of what turned out to be medical`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let rules = """
            source "a test"
            class medical type "infusion pump"
            rule pump
              when dhcp.hostname prefix "pump"
              says type "infusion pump" 4000
              example "pump-1" -> type "infusion pump"
            """
        let knowledge = try KnowledgeBase(rules: [("own.rules", rules)], prefixes: .empty)
        let keeper = Keeper(Hospital(knowledge: knowledge), shelf: shelf, tell: shelf.tell)
        try await keeper.settle()
        let address = IPAddress(v4: 0x0A00_0001)
        var sighting = Ward.sighting(1, at: 0)
        if case .sighting(var body) = sighting.body {
            body.subject.network = address
            sighting.body = .sighting(body)
        }
        try await keeper.learn(log.write([sighting, Ward.sighting(2, at: 0)]))
        try await keeper.settle()
        #expect(await keeper.medicalAddresses.isEmpty)
        // It says later what it is.
        try await keeper.learn(log.write([Ward.fact(1, .dhcpHostname, "pump-1", at: 1)]))
        try await keeper.settle()
        let row = try #require(shelf.rows.withLock { $0.values.first { $0.deviceClass == .medical } })
        #expect(await keeper.medicalAddresses == [address: row.id])
    }

    @Test func `numbers only grow, and each is told once`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        for minute in 0..<20 {
            try await keeper.learn(
                log.write([Ward.sighting(UInt64(minute % 7 + 1), at: Int64(minute)), Ward.reading(3, 20, at: 1)]))
            if minute % 3 == 0 { try await keeper.settle() }
        }
        let numbers = shelf.told.withLock { $0.map(\.number) }
        #expect(numbers.count > 20)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `what was written while the hospital was judged is not taken back`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(log.write([Ward.sighting(1, at: 0), Ward.fact(1, .dhcpHostname, "before", at: 0)]))
        try await keeper.learn(log.write(Ward.poll("sw-1", [1], at: 1)))
        let judged = HospitalView(await keeper.beginJudging())
        // Meanwhile: a newer name, and a new device that was seen long ago.
        try await keeper.learn(log.write([Ward.fact(1, .dhcpHostname, "after", at: 9), Ward.sighting(2, at: -500)]))
        try await keeper.show(judged)
        let rows = shelf.rows.withLock { $0.values.sorted { $0.firstSeen < $1.firstSeen } }
        #expect(rows.count == 2)
        #expect(rows.last?.lastSeen == Ward.minute(9))
        #expect(rows.last?.name == "after")
        #expect(rows.last?.port == "sw-1 p1")
        #expect(!shelf.notes.contains { $0.kind == .deviceGone })
        // And the next judging, which knows all of it, has nothing to put right.
        try await keeper.settle()
        #expect(shelf.rows.withLock { $0.values.max { $0.firstSeen < $1.firstSeen } } == rows.last)
    }

    @Test func `a device that is on the shelf can be asked for at once`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(log.write([Ward.sighting(1, at: 0)]))
        let before = await keeper.lastView()
        try await keeper.learn(log.write([Ward.sighting(2, at: 1)]))
        let id = try #require(shelf.notes.last { $0.kind == .deviceAppeared }?.device)
        #expect(before.device(id) == nil)
        let view = await keeper.lastView(knowing: id)
        #expect(view.device(id)?.id == id && view.row(id) != nil)
        // Of what nobody lists, any view does.
        #expect(await keeper.lastView(knowing: "dev-000000000000").position == view.position)
    }

    @Test func `lists that came while the hospital was judged count at once`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(log.write([Ward.sighting(1, at: 0)]))
        let judged = HospitalView(await keeper.beginJudging())
        await keeper.use { $0.lists = Lists() }
        try await keeper.show(judged)
        // Nothing was learnt since, and it is judged again all the same.
        #expect(try await keeper.settle())
        #expect(try await keeper.settle() == false)
    }

    @Test func `a block that is known already changes nothing`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        let block = log.write([Ward.sighting(1, at: 0), Ward.sighting(2, at: 0)])
        try await keeper.learn(block)
        let told = shelf.notes.count
        try await keeper.learn(block)
        #expect(shelf.notes.count == told)
        #expect(await keeper.standing.position == 2)
    }

    @Test func `the port of a device is told when the hospital is judged`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(log.write([Ward.sighting(7, at: 0)]))
        try await keeper.learn(log.write(Ward.poll("sw-1", [7], at: 1)))
        try await keeper.settle()
        let moved = try #require(shelf.notes.first { $0.kind == .deviceMoved })
        #expect(moved.what == "port")
        #expect(moved.to == "sw-1 p7")
        // Plugged in elsewhere.
        try await keeper.learn(log.write(Ward.poll("sw-1", [], at: 6) + Ward.poll("sw-2", [7], at: 6)))
        try await keeper.learn(log.write(Ward.poll("sw-1", [], at: 11) + Ward.poll("sw-2", [7], at: 11)))
        try await keeper.settle()
        #expect(shelf.notes.last { $0.kind == .deviceMoved }?.to == "sw-2 p7")
    }

    @Test func `an edge gives the device its place, and a late one does not take it back`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(log.write(Ward.tree + [Ward.sighting(1, at: 0), Ward.stands(1, at: "icu-2", at: 10)]))
        try await keeper.learn(log.write([Ward.stands(1, at: "icu-1", at: 5)]))
        let view = await keeper.freshView()
        let row = try #require(view.rows.first)
        #expect(row.whereabouts?.location == "icu-2")
        #expect(row.whereabouts?.path == ["icu-2", "icu", "north"])
        #expect(row.whereabouts?.since == Ward.minute(10))
    }

    @Test func `a late reading is counted and does not overwrite a newer one`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(log.write([Ward.sighting(1, at: 0), Ward.reading(1, 21.5, at: 10)]))
        try await keeper.learn(log.write([Ward.reading(1, 18, at: 4)]))
        let reading = try #require(await keeper.copy.readings.all.first)
        #expect(reading.value == 21.5)
        #expect(reading.count == 2)
        #expect(shelf.notes.filter { $0.kind == .reading }.map(\.to) == ["21.5"])
    }

    @Test func `a medical device that nobody hears for an hour is stale, and is told so once`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = Keeper(
            Hospital(knowledge: .empty), shelf: shelf, ages: AgeLimits.of(medical: 60, other: 600), tell: shelf.tell)
        try await keeper.settle()
        try await keeper.learn(log.write([Ward.sighting(1, at: 0)]))
        try await keeper.settle()
        try await keeper.learn(log.write([Ward.say(.tick, at: 11)]))
        try await keeper.settle()
        try await keeper.learn(log.write([Ward.say(.tick, at: 12)]))
        try await keeper.settle()
        #expect(shelf.notes.filter { $0.kind == .deviceStale }.count == 1)
        try await keeper.learn(log.write([Ward.sighting(1, at: 13)]))
        try await keeper.settle()
        #expect(shelf.notes.last?.kind == .deviceBack)
    }

    @Test func `what a full shelf refused is shown later, and until then the trouble is told`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        shelf.isFull.withLock { $0 = true }
        await #expect(throws: PaperShelf.Full.self) { try await keeper.learn(log.write([Ward.sighting(1, at: 0)])) }
        #expect(await keeper.standing.trouble != nil)
        #expect(await keeper.standing.position == 1)
        shelf.isFull.withLock { $0 = false }
        try await keeper.settle()
        #expect(shelf.rows.withLock(\.count) == 1)
        #expect(shelf.notes.map(\.kind) == [.deviceAppeared])
        #expect(await keeper.standing.trouble == nil)
    }

    @Test func `what happened while the shelf refused is told when it takes again, with nothing new to learn`()
        async throws
    {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(log.write(Ward.tree + [Ward.sighting(1, at: 0)]))
        try await keeper.settle()
        shelf.told.withLock { $0 = [] }
        shelf.isFull.withLock { $0 = true }
        let news = [Ward.stands(1, at: "icu-1", at: 1), Ward.reading(1, 21, at: 1), Ward.sighting(2, at: 1)]
        await #expect(throws: PaperShelf.Full.self) { try await keeper.learn(log.write([news[0]])) }
        for one in news.dropFirst() { try await keeper.learn(log.write([one])) }
        // Judged in vain, twice.
        for _ in 0..<2 { await #expect(throws: PaperShelf.Full.self) { try await keeper.settle() } }
        #expect(shelf.notes.isEmpty)
        shelf.isFull.withLock { $0 = false }
        #expect(try await keeper.settle())
        #expect(Set(shelf.notes.map(\.kind)).isSuperset(of: [.edgeBegan, .reading, .deviceAppeared]), "\(shelf.notes)")
        #expect(shelf.notes.count { $0.kind == .edgeBegan } == 1 && shelf.notes.count { $0.kind == .reading } == 1)
        let numbers = shelf.told.withLock { $0.map(\.number) }
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        #expect(try await keeper.settle() == false)
    }

    @Test func `a keeper that begins again tells what the shelf has not seen, and nothing twice`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(log.write([Ward.sighting(1, at: 0)]))
        try await keeper.settle()
        let number = await keeper.standing.number
        // Committed, and then the machine stopped.
        log.write([Ward.sighting(2, at: 1)])
        let again = Keeper(
            Hospital(knowledge: .empty), shelf: shelf,
            shown: (shelf.rows.withLock { Array($0.values) }, shelf.findings.withLock { Array($0.values) }),
            number: number, tell: shelf.tell)
        var blocks: [LogBlock] = []
        try log.replay(from: 1) { blocks.append($0) }
        for block in blocks {
            if block.end - 1 > number.position { try await again.learn(block) } else { try await again.recall(block) }
        }
        try await again.settle()
        #expect(shelf.notes.map(\.kind) == [.deviceAppeared, .deviceAppeared])
        #expect(Set(shelf.notes.map(\.device)).count == 2)
    }

    @Test func `a person is never told by the reference`() async throws {
        let (log, shelf) = (PaperLog(), PaperShelf())
        let keeper = try await kept(shelf)
        try await keeper.learn(
            log.write(Ward.tree + [Ward.say(.edge(Edge(.person("p-10482"), .in, .location("icu-1"))), at: 1)]))
        let lines = shelf.told.withLock { $0.map { String(decoding: $0.event, as: UTF8.self) } }.joined()
        #expect(lines.contains("edge.began"))
        #expect(!lines.contains("10482"))
    }
}

extension AgeLimits {
    /// In seconds.
    static func of(medical: Int64, other: Int64) -> AgeLimits {
        var ages = AgeLimits()
        ages.medical = medical * 1_000_000_000
        ages.other = other * 1_000_000_000
        return ages
    }
}
