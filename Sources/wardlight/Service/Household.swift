//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The household: the log, the keeper and what they need, opened together and closed together.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Actuators
import Foundation
import Inventory
import Model
import Store
import Synchronization
import Twin

/// Everything that a running Wardlight holds. One folder: `log/`, `projection.db`, `states/`; the server
/// keeps `access.db` and `receipts.db` there.
final class Household: Sendable {
    let log: SQLiteLog
    let writer: LogWriter
    let projection: Projection
    let keeper: Keeper
    let historian: Historian
    let folder: URL
    let hub: Broadcast
    /// The time of everything that is stamped here.
    let clock = HouseClock()
    /// What has to be written as soon as somebody follows the log.
    let early = Mutex<[Observation]>([])
    /// The position that came next when this process began.
    let opened: UInt64
    /// How far the lists are.
    let reached = Reached()
    private let line: BlockLine
    /// Why nothing is acknowledged, and how many observations were refused since.
    private let refused = Mutex<(words: String?, observations: Int)>((nil, 0))
    /// What sensors cannot do at the moment, by their inputs; empty where they are well.
    private let sensorTroubles = Mutex<[String: String]>([:])
    let shelfTrouble = ToldOnce("lists and search")
    /// Whether somebody is writing `early`.
    private let isSending = Mutex(false)
    let laying: Laying
    /// Who is told of findings, in the order of the settings.
    let outlets = Mutex<[FindingOutlet]>([])
    /// What was asked last of `recorded`: the oldest position, again and again.
    private let oldest = Mutex<(position: UInt64, recorded: Timestamp)?>(nil)

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
        Upkeep.begin()
        self.folder = folder
        self.hub = hub
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let log = try Logs.folder(folder.appendingPathComponent("log").path, site: site, limits: limits)
        self.log = log
        opened = try log.positions().upperBound
        projection = try Projection(
            folder.appendingPathComponent("projection.db").path,
            mark: "\(StateFile.program) \(knowledge.digest) \(try log.identity())")
        let isFilled = projection.isFilled
        keeper = Keeper(
            beginning, shelf: projection, shown: isFilled ? try projection.shown() : nil, number: projection.number,
            tell: hub.tell)
        let states = try StateFolder(folder.appendingPathComponent("states"), of: log, knowledge, limits: inventory)
        historian = Historian(log, beginning: beginning, states: states)
        laying = Laying(historian)
        let line = BlockLine()
        self.line = line
        writer = LogWriter(log, clock: { [clock] in clock.now }, committed: line.push)
        try await restore(after: isFilled ? projection.number.position : nil, progress)
    }

    /// Folds what the log holds. What the shelf has seen is recalled, the rest is told.
    private func restore(
        after shown: UInt64?, _ progress: (_ done: UInt64, _ all: UInt64) -> Void
    ) async throws {
        let kept = try log.positions()
        let all = kept.upperBound - 1
        var first = kept.lowerBound
        if let state = await historian.restore(from: first - 1, upTo: shown ?? .max) {
            await keeper.begin(with: state)
            first = state.position + 1
            Upkeep.giveBack()
        } else if first > 1 {
            await keeper.begin(after: first - 1)
            Output.note(
                "the log is kept from position \(first) on, and no saved state fits: who was not heard of since is not known."
            )
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
            if let shown, block.end - 1 > shown {
                try await keeper.learn(block)
            } else {
                try await keeper.recall(block)
            }
            await remember(block)
            // States that lie far apart are paid for by everybody who asks about the past. Of a larger hospital the one that
            // waits would take too much memory.
            if await keeper.standing.devices <= Self.manyDevices { await laying.room() }
            progress(block.end - 1, all)
        }
        // Before the whole hospital is judged for the first time.
        Upkeep.giveBack()
        // Lists that are filled answer at once; what judging finds comes to them half a second later.
        if shown == nil {
            if await isLarge { await laying.wait() }
            try await keeper.settle()
            Upkeep.giveBack()
            try projection.begin(after: await keeper.standing.number)
        }
        // Nobody should have to fold that again.
        if all >= first + Self.muchToFold { laying.take(await keeper.copy, isLast: true) }
    }

    // MARK: Living

    /// Follows the log until it is closed.
    func follow() async {
        await line.follow { block in
            // What the shelf does not take is told with the next block; the keeper's standing says why.
            do { try await keeper.learn(block) } catch { shelfTrouble.say(error) }
            reached.reach(block.end - 1)
            await remember(block)
        }
        reached.end()
    }

    /// For questions about the past, and for the next start.
    private func remember(_ block: LogBlock) async {
        guard await historian.note(block) else { return }
        let copy = await keeper.copy
        await historian.keep(copy)
        laying.take(copy)
    }

    /// Writes observations and returns when they are on the disk. A full disk is told on the status page, and what it
    /// refused is the caller's to bring again.
    ///
    /// - Parameter isHeld: whether its sensor keeps what is refused, and brings it again.
    func append(_ observations: [Observation], isHeld: Bool = false) async throws -> Range<UInt64> {
        while early.withLock({ !$0.isEmpty }) { try await sendEarly() }
        return try await write(observations, isHeld: isHeld)
    }

    private func write(_ observations: [Observation], isHeld: Bool) async throws -> Range<UInt64> {
        do {
            let positions = try await writer.append(observations)
            let before = refused.withLock { refused in
                defer { refused = (nil, 0) }
                return refused
            }
            if before.words != nil {
                Output.note("log: it writes again; refused meanwhile: \(before.observations) observations.")
            }
            return positions
        } catch let failure as LogFailure {
            let words = Words.of(failure)
            let lost = isHeld ? 0 : observations.count
            let isNew = refused.withLock { refused in
                defer { refused = (words, refused.observations + lost) }
                return refused.words != words
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
                    _ = try await append(batch, isHeld: true)
                    break
                } catch let refusal as LogWriter.Refusal where refusal == .busy {
                } catch LogFailure.full {}
                if isOver() { throw CancellationError() }
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private static let mostAtOnce = 10_000
    private static let muchToFold: UInt64 = 100_000

    /// Why nothing is acknowledged; nil while all is well.
    var trouble: String? { refused.withLock { $0.words } }

    /// When the log took a position in; nil where it is not there or cannot be read.
    func recorded(at position: UInt64) -> Timestamp? {
        if let known = oldest.withLock({ $0 }), known.position == position { return known.recorded }
        var found: Timestamp?
        struct Enough: Error {}
        do {
            try log.replay(from: position) { block in
                if block.first <= position { found = block.recorded }
                throw Enough()
            }
        } catch is Enough {} catch { return nil }
        oldest.withLock { $0 = found.map { (position, $0) } }
        return found
    }

    /// Observations that were refused since it began, without those that sensors hold and bring again.
    var refusals: Int { refused.withLock { $0.observations } }

    /// What sensors and the clock cannot do at the moment, a line each.
    var troubles: [String] {
        sensorTroubles.withLock { told in told.keys.sorted().compactMap { told[$0] }.filter { !$0.isEmpty } }
            + [clock.trouble].compactMap(\.self)
    }

    /// What a sensor's input cannot do from now on; nil when it is well.
    ///
    /// - Returns: whether that is news.
    func tell(_ input: String, _ words: String?) -> Bool {
        let line = words.map { "\(input): \($0)" } ?? ""
        return sensorTroubles.withLock { told in
            defer { told[input] = line }
            return told[input] != line
        }
    }

    /// Writes what is waiting to be written, before anything else goes in. What finds no room waits on.
    func sendEarly() async throws {
        let isMine = isSending.withLock { isSending in
            defer { isSending = true }
            return !isSending
        }
        // What comes after has to wait: the order is told, and counts.
        guard isMine else { return try await Task.sleep(for: .milliseconds(10)) }
        defer { isSending.withLock { $0 = false } }
        while true {
            let batch = early.withLock { Array($0.prefix(Self.mostAtOnce)) }
            guard !batch.isEmpty else { return }
            _ = try await write(batch, isHeld: true)
            early.withLock { $0.removeFirst(batch.count) }
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

    /// To be called when nobody follows any more. What is only a cache, or only in order, may fail: the next start does it.
    func close() async {
        await laying.wait()
        do {
            await keeper.dropView()
            try await keeper.settle()
            Upkeep.giveBack()
            let hospital = await keeper.copy
            try await historian.layAway(hospital, isLast: true)
            // What `wardlight replay` tells of this log.
            Output.note("ends at position \(hospital.position), hash \(hospital.digest())")
        } catch { Output.note("not laid away: \(Words.any(error)) The next start reads the log instead.") }
        do { try log.close() } catch {
            Output.note("log: \(Words.any(error)) Nothing is lost; the next start puts it in order.")
        }
        do { try projection.close() } catch { Output.note("lists and search: \(Words.any(error))") }
    }
}
