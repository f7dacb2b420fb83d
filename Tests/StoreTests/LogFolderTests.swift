//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A log in a folder: segments, their chain, their sums, and one writer.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Support
import Synchronization
import Testing

@testable import Store

/// Goal: a log of many files reads as one, and whatever is changed in any of them is found and named.
@Suite struct `A log in a folder` {
    private let scratch: Scratch
    private let path: String
    private let start = Timestamp(seconds: 1_780_000_000)

    init() throws {
        scratch = try Scratch()
        path = scratch.path("log")
    }

    private func after(_ seconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: start.nanoseconds + seconds * 1_000_000_000)
    }

    private func oddity(_ number: UInt64) -> Observation {
        Observation(
            site: "north", sensor: "test", occurred: start, body: .oddity(Observation.Oddity(name: "n", count: number)))
    }

    /// `blocks` blocks of three observations, a new segment every four blocks.
    @discardableResult private func write(_ blocks: Int) throws -> SQLiteLog {
        let log = try SQLiteLog(folder: path, site: "north", limits: .init(age: 4_000_000_000))
        let next = try log.positions().upperBound
        for block in 0..<blocks {
            let first = next + UInt64(block) * 3
            try log.append((0..<3).map { oddity(first + $0) }, at: after(Int64(block)))
        }
        return log
    }

    @Test func `a segment that was made and not begun when its writer was killed is passed over, and begun anew`()
        throws
    {
        let log = try write(3)
        try log.close()
        // As a kill leaves them: the one before has no sum yet, and in the new one stands nothing, or a first page at most.
        let old = path + "/" + (try #require(try segments().last))
        try LogSum.remove(of: old)
        let new = LogPlace(path: path, isFolder: true).segment(at: 10)
        for isPage in [false, true] {
            #expect(FileManager.default.createFile(atPath: new, contents: nil))
            if isPage {
                let queue = try DatabaseQueue(path: new)
                try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
                try queue.close()
            }
            let reader = try SQLiteLog(reading: path)
            #expect(try reader.positions() == 1..<10 && replay().count == 9)
            #expect(try reader.verify().isGood && reader.verify(newest: 1).isGood)
            #expect(try reader.mark(at: 9) != nil && reader.identity() == log.identity())
            #expect(try reader.copy(to: scratch.path("copy-\(isPage)")).isGood)
            try write(2).close()
            #expect(try replay().count == 15 && SQLiteLog(reading: path).verify().isGood)
            guard !isPage else { break }
            for name in try FileManager.default.contentsOfDirectory(atPath: path)
            where name != old && name.contains("10.wlog") {
                try FileManager.default.removeItem(atPath: path + "/" + name)
            }
            try LogSum.remove(of: old)
        }
        // One that was begun and emptied later is found.
        try Data().write(to: URL(fileURLWithPath: new))
        #expect(!(try SQLiteLog(reading: path).verify().isGood))
    }

    private func replay(from position: UInt64 = 1) throws -> [(UInt64, Observation)] {
        var all: [(UInt64, Observation)] = []
        try SQLiteLog(reading: path).replay(from: position) { block in
            for (place, observation) in block.observations.enumerated() {
                all.append((block.first + UInt64(place), observation))
            }
        }
        return all
    }

    private func segments() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".wlog") }.sorted()
    }

    @Test func `is written to while somebody reads, in a new file, too; the old one is put in order later`() throws {
        let log = try write(4)
        let old = path + "/" + (try #require(try segments().first))
        // Who reads is in the middle of the first file when the log goes on in a second one.
        let reader = try SQLiteLog(reading: path)
        var read: UInt64 = 0
        try reader.replay { block in
            read = block.end
            guard block.first == 4 else { return }
            let began = ContinuousClock().now
            for number in 0..<3 { try log.append([oddity(13 + UInt64(number))], at: after(4 + Int64(number))) }
            #expect(try segments().count == 2)
            #expect(ContinuousClock().now - began < .seconds(3), "who writes waits for nobody who reads")
            #expect(FileManager.default.fileExists(atPath: old + "-wal"))
        }
        #expect(read == 13 && log.isHeld(old))
        try log.append([oddity(16)], at: after(5))
        #expect(log.isHeld(old), "not before it is time")
        try log.append([oddity(17)], at: after(14))
        #expect(!log.isHeld(old))
        #expect(try replay().count == 17 && SQLiteLog(reading: path).verify().isGood)

        // Somebody reads to the very end: the next one who writes puts it in order.
        try reader.replay(from: 17) { _ in try log.close() }
        let last = path + "/" + (try #require(try segments().last))
        #expect(log.isHeld(last))
        try write(5).close()
        for name in try segments() { #expect(!log.isHeld(path + "/" + name), "\(name)") }
        #expect(try replay().count == 32 && SQLiteLog(reading: path).verify().isGood)
    }

    @Test func `what a sudden end left beside a finished file is put in order by who writes next`() throws {
        let log = try write(4)
        let old = path + "/" + (try #require(try segments().first))
        try SQLiteLog(reading: path).replay { block in
            guard block.first == 1 else { return }
            try log.append([oddity(13)], at: after(4))
            try log.close()
        }
        #expect(log.isHeld(old))
        // Nobody has anything to write: it is done at the end all the same.
        try write(0).close()
        for name in try segments() { #expect(!log.isHeld(path + "/" + name), "\(name)") }
        #expect(try replay().count == 13 && SQLiteLog(reading: path).verify().isGood)
    }

    @Test func `goes on in a new file, and reads as one from any position`() throws {
        let log = try write(10)
        #expect(try segments().count == 3)
        #expect(try segments()[1] == "00000000000000000013.wlog")
        for position: UInt64 in [1, 2, 12, 13, 14, 30] {
            let read = try replay(from: position)
            // Blocks are handed on whole, so it begins at most two before.
            #expect(read.first.map { $0.0 <= position && $0.0 + 2 >= position } == true)
            #expect(read.last?.0 == 30)
            for (at, observation) in read { #expect(observation == oddity(at)) }
        }
        #expect(try replay(from: 31).isEmpty)
        #expect(try log.positions() == 1..<31)
        try log.close()
        let verdict = try SQLiteLog(reading: path).verify()
        #expect(verdict.isGood && verdict.isWhole)
        #expect(verdict.blocks == 10 && verdict.positions == 1..<31 && verdict.segments == 3 && verdict.summed == 3)
        #expect(verdict.site == "north" && verdict.head.utf8.count == 64)
    }

    @Test func `goes on where it ended, and has one writer`() throws {
        let log = try write(3)
        #expect(throws: LogFailure.inUse(path)) { try SQLiteLog(folder: path, site: "north") }
        try log.close()
        try write(3).close()
        #expect(try replay().map(\.0) == Array(1...18))
        #expect(try SQLiteLog(reading: path).verify().isGood)
    }

    @Test func `its clock never goes back`() throws {
        let log = try SQLiteLog(folder: path, site: "north")
        var blocks: [LogBlock] = []
        for seconds: Int64 in [0, 3_600, 0, 10, 3_601, -3_600] {
            blocks += [try log.append([oddity(1)], at: after(seconds))].compactMap { $0 }
        }
        #expect(blocks.map(\.recorded) == [0, 3_600, 3_600, 3_600, 3_601, 3_601].map(after))
        #expect(try log.verify().isGood)
    }

    /// Every octet of every file at rest.
    @Test func `a flipped bit is found wherever it is, and its file is named`() throws {
        try write(10).close()
        var generator = SeededGenerator(seed: 11)
        for name in try segments() {
            let file = path + "/" + name
            let whole = try #require(FileManager.default.contents(atPath: file))
            for _ in 0..<120 {
                var bytes = whole
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= UInt8(
                    1 << Int.random(in: 0..<8, using: &generator))
                try bytes.write(to: URL(fileURLWithPath: file))
                let faults = try SQLiteLog(reading: path).verify().faults
                #expect(faults.contains { $0.file == file })
            }
            try whole.write(to: URL(fileURLWithPath: file))
        }
        #expect(try SQLiteLog(reading: path).verify().isGood)
    }

    private func change(_ name: String, _ sql: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name + ".sum")
        let queue = try DatabaseQueue(path: path + "/" + name)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test(
        arguments: [
            ("UPDATE block SET recorded = recorded + 1 WHERE first = 4", 4),
            ("UPDATE block SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE first = 7", 7),
            ("DELETE FROM block WHERE first = 4", 4),
            ("DELETE FROM block WHERE first = 10", 10),
            ("UPDATE block SET hash = zeroblob(32) WHERE first = 1", 1),
            ("UPDATE block SET previous = zeroblob(32) WHERE first = 4", 4),
        ] as [(String, UInt64)])
    func `a row that is changed or taken away is found without a sum, too`(_ sql: String, _ position: UInt64) throws {
        try write(10).close()
        try change(segments()[0], sql)
        let faults = try SQLiteLog(reading: path).verify().faults
        #expect(faults.first?.position == position)
        #expect(throws: LogFailure.self) { _ = try replay() }
    }

    @Test func `a segment that is missing or of another log is found`() throws {
        try write(10).close()
        let names = try segments()
        let second = path + "/" + names[1]
        let whole = try #require(FileManager.default.contents(atPath: second))
        try FileManager.default.removeItem(atPath: second)
        #expect(try SQLiteLog(reading: path).verify().isGood == false)
        let (other, mine) = (scratch.path("other"), second)
        let stranger = try SQLiteLog(folder: other, site: "north", limits: .init(age: 4_000_000_000))
        for block in 0..<10 { try stranger.append((0..<3).map { _ in oddity(1) }, at: after(Int64(block))) }
        try stranger.close()
        try FileManager.default.copyItem(atPath: other + "/" + names[1], toPath: mine)
        try FileManager.default.removeItem(atPath: mine + ".sum")
        let faults = try SQLiteLog(reading: path).verify().faults
        #expect(faults.contains { $0.words.contains("another log") })
        try whole.write(to: URL(fileURLWithPath: second))
        #expect(try SQLiteLog(reading: path).verify().isGood)
    }

    @Test func `without its oldest segments it says from where on it is kept`() throws {
        try write(10).close()
        for ending in ["", ".sum"] { try FileManager.default.removeItem(atPath: path + "/" + segments()[0] + ending) }
        let log = try SQLiteLog(reading: path)
        #expect(try log.positions() == 13..<31)
        let verdict = try log.verify()
        #expect(verdict.isGood && !verdict.isWhole && verdict.positions == 13..<31)
    }

    @Test func `lets whole segments go, the oldest first, by age or by size, and never the one that is written to`()
        throws
    {
        let log = try write(10)
        #expect(try log.retain(since: after(3)).isEmpty)
        #expect(try log.retain(since: after(4)) == 1..<13)
        #expect(try log.positions() == 13..<31)
        #expect(try log.retain(octets: 1) == 13..<25)
        #expect(try log.retain(since: after(1_000), octets: 1).isEmpty)
        try log.append([oddity(31)], at: after(11))
        try log.close()
        #expect(try replay().map(\.0) == Array(25...31))
        let verdict = try SQLiteLog(reading: path).verify()
        #expect(verdict.isGood && !verdict.isWhole)
        #expect(throws: LogFailure.self) { try SQLiteLog(reading: path).retain(octets: 1) }
    }

    @Test func `a segment that was begun and not finished is begun again`() throws {
        try write(4).close()
        let next = path + "/00000000000000000013.wlog"
        #expect(FileManager.default.createFile(atPath: next, contents: nil))
        try write(1).close()
        #expect(try replay().map(\.0) == Array(1...15))
        #expect(try SQLiteLog(reading: path).verify().isGood)
    }

    @Test func `group commit answers each sender with its own positions, in the order of the log`() async throws {
        let log = try SQLiteLog(folder: path, site: "north")
        let seen = Seen()
        let writer = LogWriter(log, clock: { Timestamp(seconds: 1_780_000_000) }) { seen.add($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<40 {
                group.addTask {
                    for batch in 0..<5 {
                        let count = 1 + (sender + batch) % 7
                        let mine = (0..<count).map { oddity(UInt64(sender * 1_000 + batch * 10 + $0)) }
                        let positions = try await writer.append(mine)
                        // Handed on before the sender heard of it.
                        #expect(seen.observations(at: positions) == mine)
                    }
                }
            }
            try await group.waitForAll()
        }
        await writer.close()
        await #expect(throws: LogWriter.Refusal.closed) { _ = try await writer.append([oddity(1)]) }
        try log.close()
        #expect(try replay().map(\.1) == seen.all)
        let verdict = try SQLiteLog(reading: path).verify()
        #expect(verdict.isGood && verdict.blocks < 200)
    }

    @Test func `too much at once is refused, and nothing of it kept`() async throws {
        let log = try SQLiteLog(folder: path, site: "north")
        let writer = LogWriter(log, limits: .init(block: 10, waiting: 20), clock: { start }) { _ in }
        await #expect(throws: LogWriter.Refusal.tooLarge) { _ = try await writer.append((0..<11).map { oddity($0) }) }
        #expect(try await writer.append((0..<10).map { oddity($0) }) == 1..<11)
        await writer.close()
        #expect(try log.count() == 10)
    }
}

/// Blocks as they were handed on.
private final class Seen: Sendable {
    private let blocks = Mutex<[Observation]>([])

    func add(_ block: LogBlock) {
        blocks.withLock { all in
            #expect(block.first == UInt64(all.count) + 1)
            all += block.observations
        }
    }

    var all: [Observation] { blocks.withLock { $0 } }

    func observations(at positions: Range<UInt64>) -> [Observation] {
        blocks.withLock { Array($0[Int(positions.lowerBound - 1)..<Int(positions.upperBound - 1)]) }
    }
}

extension SQLiteLog {
    /// Lets go what is old or large enough.
    fileprivate func retain(since oldest: Timestamp? = nil, octets: Int? = nil) throws -> Range<UInt64> {
        let gone = try expired(since: oldest, octets: octets)
        try letGo(gone)
        return gone
    }
}

extension SQLiteLog {
    /// Whether a segment is not yet in order: a write-ahead log is beside it, and no sum.
    fileprivate func isHeld(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "-wal")
            && !FileManager.default.fileExists(atPath: LogSum.path(of: path))
    }
}
