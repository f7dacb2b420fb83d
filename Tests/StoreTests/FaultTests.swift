//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The log on a disk that fails: power loss, no room, syncs that fail.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import CFault
import Foundation
import Model
import Support
import Testing

@testable import Store

/// Goal: what was acknowledged is there, once, whatever the disk does.
///
/// The page cache of a machine outlives a killed process, so writes that were not synced are dropped or torn here, by a
/// layer between SQLite and the disk (`CFault`).
@Suite(.serialized) struct `The log on a disk that fails` {
    private let start = Timestamp(seconds: 1_780_000_000)

    init() { #expect(fault_install() == 0) }

    private func after(_ seconds: Int) -> Timestamp {
        Timestamp(nanoseconds: start.nanoseconds + Int64(seconds) * 1_000_000_000)
    }

    private func batch(_ generator: inout SeededGenerator, from first: UInt64) -> [Observation] {
        (0..<UInt64.random(in: 1...20, using: &generator)).map { place in
            let name = String(repeating: "n", count: Int.random(in: 1...200, using: &generator))
            return Observation(
                site: "north", sensor: "test", occurred: start,
                body: .oddity(Observation.Oddity(name: name, count: first + place)))
        }
    }

    private func replay(_ path: String) throws -> [Observation] {
        var all: [Observation] = []
        try SQLiteLog(reading: path).replay { block in
            #expect(block.first == UInt64(all.count) + 1)
            all += block.observations
        }
        return all
    }

    /// What one life of a log left behind.
    private struct Life {
        var acknowledged: [Observation] = []
        /// What was handed over and not acknowledged, last.
        var pending: [Observation] = []
        var failure: LogFailure?
    }

    /// Writes up to 30 blocks, a new segment every ten, until something fails that does not pass.
    private func live(_ path: String, _ generator: inout SeededGenerator) -> Life {
        var life = Life()
        do {
            let log = try SQLiteLog(folder: path, site: "north", limits: .init(age: 10_000_000_000))
            for block in 0..<30 {
                life.pending = batch(&generator, from: UInt64(life.acknowledged.count))
                do {
                    try log.append(life.pending, at: after(block))
                    life.acknowledged += life.pending
                    life.pending = []
                } catch let failure as LogFailure {
                    life.failure = failure
                    guard case .full = failure else { break }
                    // Refused whole: the same may come again.
                    life.pending = []
                }
            }
            try log.close()
        } catch let failure as LogFailure { life.failure = failure } catch {
            Issue.record("\(error)")
        }
        return life
    }

    /// How many operations an undisturbed life has, so that faults can strike anywhere in it.
    private func operations(_ kind: fault_kind) throws -> Int {
        let scratch = try Scratch()
        var generator = SeededGenerator(seed: 0)
        fault_plan(Int32(kind.rawValue), .max)
        let life = live(scratch.path("fault/log"), &generator)
        #expect(life.failure == nil && life.acknowledged.count > 100)
        let count = fault_operations()
        fault_plan(Int32(FAULT_NONE.rawValue), 0)
        #expect(fault_power_loss(0) >= 3)
        return count
    }

    @Test func `nothing acknowledged is lost or doubled when the power goes, at any moment, 150 times`() throws {
        let most = try operations(FAULT_CRASH)
        #expect(most > 60)
        for round in 0..<150 {
            let scratch = try Scratch()
            let path = scratch.path("fault/log")
            var generator = SeededGenerator(seed: UInt64(round))
            fault_plan(Int32(FAULT_CRASH.rawValue), most * round / 150)
            let life = live(path, &generator)
            #expect(fault_power_loss(UInt64(round)) >= 0)
            try check(life, path, "round \(round)")
        }
    }

    /// Between `fork` and `exec`, a program that another test starts holds the owner's lock, too.
    private static func opened(_ path: String) throws -> SQLiteLog {
        for _ in 0..<50 {
            do { return try SQLiteLog(folder: path, site: "north") } catch LogFailure.inUse {
                Thread.sleep(forTimeInterval: 0.05)
            }
        }
        return try SQLiteLog(folder: path, site: "north")
    }

    /// What is there is what was acknowledged, and at most the one block that was under way; and it goes on.
    private func check(_ life: Life, _ path: String, _ round: String) throws {
        let log: SQLiteLog
        do { log = try Self.opened(path) } catch {
            Issue.record("\(round): \(error)")
            return
        }
        let read = try replay(path)
        #expect(
            read == life.acknowledged || read == life.acknowledged + life.pending,
            "\(round): \(read.count) of \(life.acknowledged.count)")
        var generator = SeededGenerator(seed: 99)
        let next = batch(&generator, from: 0)
        #expect(try log.append(next, at: after(100))?.first == UInt64(read.count) + 1)
        try log.close()
        #expect(try replay(path) == read + next)
        let verdict = try SQLiteLog(reading: path).verify()
        #expect(verdict.isGood, "\(round): \(verdict.faults)")
    }

    @Test func `a full disk refuses whole blocks, keeps what was acknowledged, and goes on when there is room`() throws
    {
        let most = try operations(FAULT_FULL)
        for round in 0..<60 {
            let scratch = try Scratch()
            let path = scratch.path("fault/log")
            var generator = SeededGenerator(seed: UInt64(round))
            fault_plan(Int32(FAULT_FULL.rawValue), most * round / 60)
            let life = live(path, &generator)
            #expect(fault_fired() == 1, "round \(round): the fault did not strike")
            fault_plan(Int32(FAULT_NONE.rawValue), 0)
            // Where there was no room for the first page, no log was made.
            let read = life.acknowledged.isEmpty ? [] : try replay(path)
            #expect(read == life.acknowledged, "round \(round): \(read.count) of \(life.acknowledged.count)")
            #expect(fault_power_loss(UInt64(round)) >= 0)
            try check(Life(acknowledged: life.acknowledged), path, "round \(round)")
        }
    }

    @Test func `a sync that fails ends the writing, and is never taken for one that worked`() throws {
        let most = try operations(FAULT_SYNC)
        for round in 0..<60 {
            let scratch = try Scratch()
            let path = scratch.path("fault/log")
            var generator = SeededGenerator(seed: UInt64(round))
            fault_plan(Int32(FAULT_SYNC.rawValue), most * round / 60)
            let life = live(path, &generator)
            #expect(fault_fired() == 1, "round \(round): the fault did not strike")
            guard case .unconfirmed? = life.failure else {
                Issue.record("round \(round): \(String(describing: life.failure))")
                continue
            }
            #expect(fault_power_loss(UInt64(round)) >= 0)
            try check(life, path, "round \(round)")
        }
    }
}
