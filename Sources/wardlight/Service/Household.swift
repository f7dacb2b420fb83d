//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The household: the log, the keeper and what they need, opened together and closed together.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import Store
import Synchronization
import Twin

/// Everything that a running Wardlight holds. One folder: `log/`, `projection.db`, `states/`.
final class Household: Sendable {
    let log: SQLiteLog
    let writer: LogWriter
    let projection: Projection
    let keeper: Keeper
    let historian: Historian
    let folder: URL
    let hub: Broadcast
    /// What has to be written as soon as somebody follows the log.
    let early = Mutex<[Observation]>([])
    private let line: BlockLine
    /// Why nothing is acknowledged; nil while all is well.
    private let logTrouble = Mutex<String?>(nil)

    /// Opens what the folder holds, and brings the hospital to where the log ends.
    ///
    /// - Parameters:
    ///   - beginning: a hospital that has learnt nothing, with the knowledge and lists of today.
    ///   - hub: is told every publication, in order.
    ///   - progress: how far the log was read, a few times a second.
    init(
        folder: URL, site: String, beginning: Hospital, knowledge: KnowledgeBase, inventory: InventoryLimits,
        limits: SQLiteLog.Limits, hub: Broadcast, progress: (_ done: UInt64, _ all: UInt64) -> Void
    ) async throws {
        self.folder = folder
        self.hub = hub
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let log = try Logs.folder(folder.appendingPathComponent("log").path, site: site, limits: limits)
        self.log = log
        projection = try Projection(
            folder.appendingPathComponent("projection.db").path,
            mark: "\(StateFile.program) \(knowledge.digest) \(try log.identity())")
        let isFilled = projection.isFilled
        let shown = isFilled ? try projection.shown() : nil
        keeper = Keeper(
            beginning, shelf: projection,
            shown: shown.map { [number = projection.number] in ($0.devices, $0.findings, number) },
            tell: hub.tell)
        let states = try StateFolder(folder.appendingPathComponent("states"), of: log, knowledge, limits: inventory)
        historian = Historian(log, beginning: beginning, states: states)
        let line = BlockLine()
        self.line = line
        writer = LogWriter(log, clock: { Timestamp.now }, committed: line.push)
        try await restore(after: isFilled ? projection.number.position : nil, progress)
    }

    /// Folds what the log holds. What the shelf has seen is recalled, the rest is told.
    private func restore(
        after shown: UInt64?, _ progress: (_ done: UInt64, _ all: UInt64) -> Void
    ) async throws {
        let all = try log.positions().upperBound - 1
        var first: UInt64 = 1
        if let state = await historian.restore(upTo: shown ?? .max) {
            await keeper.begin(with: state)
            first = state.position + 1
        }
        let (blocks, more) = AsyncThrowingStream.makeStream(of: LogBlock.self)
        let room = DispatchSemaphore(value: 32)
        let log = log
        let reader = Thread { [first] in
            do {
                try log.replay(from: first) { block in
                    room.wait()
                    more.yield(block)
                }
                more.finish()
            } catch { more.finish(throwing: error) }
        }
        reader.stackSize = 4 << 20
        reader.start()
        for try await block in blocks {
            room.signal()
            if let shown, block.end - 1 > shown { try await keeper.learn(block) } else { await keeper.recall(block) }
            await remember(block)
            progress(block.end - 1, all)
        }
        try await keeper.settle()
        if shown == nil { try projection.begin(after: await keeper.standing.number) }
    }

    // MARK: Living

    /// Follows the log until it is closed.
    func follow() async {
        await line.follow { block in
            // What the shelf does not take is told with the next block; the keeper's standing says why.
            do { try await keeper.learn(block) } catch { Output.note("projection: \(error)") }
            await remember(block)
        }
    }

    /// For questions about the past, and for the next start.
    private func remember(_ block: LogBlock) async {
        guard await historian.note(block) else { return }
        let copy = await keeper.copy
        await historian.keep(copy)
        do { try await historian.layAway(copy) } catch { Output.note("states: \(error)") }
    }

    /// Judges the hospital again and again: half a second after the last time, and never more than a quarter of the time.
    func settle() async {
        let clock = ContinuousClock()
        while !Task.isCancelled {
            let start = clock.now
            do { try await keeper.settle() } catch { Output.note("projection: \(error)") }
            let pause = max(.milliseconds(500), (clock.now - start) * 3)
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    /// Time goes on in the log even when nobody says anything.
    func tick(site: String, every pause: Duration = .seconds(30)) async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: pause) } catch { return }
            let tick = Observation(site: site, sensor: "wardlight", occurred: Timestamp.now, body: .tick)
            do { _ = try await append([tick]) } catch {}
        }
    }

    /// Writes observations and returns when they are on the disk. A full disk is told on the status page, and what it
    /// refused is the caller's to bring again.
    func append(_ observations: [Observation]) async throws -> Range<UInt64> {
        do {
            let positions = try await writer.append(observations)
            logTrouble.withLock { $0 = nil }
            return positions
        } catch let failure as LogFailure {
            let words = Words.of(failure)
            let isNew = logTrouble.withLock { trouble in
                defer { trouble = words }
                return trouble != words
            }
            if isNew { Output.note("log: \(words)") }
            throw failure
        }
    }

    /// For sensors, which have threads of their own: brings observations until they are in the log, however long that takes.
    ///
    /// - Throws: `LogFailure` where the log takes nothing any more, ever; `CancellationError` when it is to end.
    func bring(_ observations: [Observation], isOver: @Sendable () -> Bool) async throws {
        for start in stride(from: 0, to: observations.count, by: Self.mostAtOnce) {
            let batch = Array(observations[start..<min(start + Self.mostAtOnce, observations.count)])
            while true {
                do {
                    _ = try await append(batch)
                    break
                } catch let refusal as LogWriter.Refusal where refusal == .busy {
                } catch LogFailure.full {}
                if isOver() { throw CancellationError() }
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private static let mostAtOnce = 10_000

    var trouble: String? { logTrouble.withLock { $0 } }

    /// Writes what is waiting to be written.
    func sendEarly() async throws {
        let waiting = early.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for start in stride(from: 0, to: waiting.count, by: Self.mostAtOnce) {
            _ = try await append(Array(waiting[start..<min(start + Self.mostAtOnce, waiting.count)]))
        }
    }

    /// Other lists from now on, for today and for the past.
    func use(_ change: @escaping @Sendable (inout Hospital) -> Void) async {
        await keeper.use(change)
        await historian.use(change)
    }

    /// Writes what was taken and takes nothing more; whoever follows comes to the end.
    func finish() async {
        await writer.close()
        line.finish()
    }

    /// To be called when nobody follows any more.
    func close() async throws {
        do {
            try await keeper.settle()
            try await historian.layAway(await keeper.copy, isLast: true)
        } catch { Output.note("not laid away: \(error)") }
        try log.close()
        try projection.close()
    }
}
