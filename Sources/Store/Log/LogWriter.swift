//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Group commit: whoever writes while the disk is busy shares the next sync.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Synchronization
import Wire

/// Takes batches from many senders, commits them together, and tells each sender when its own is on the disk.
///
/// Batches are encoded by their senders, so that processors share that work, and joined here: two batches in protocol
/// buffers, one behind the other, are one batch. Committed blocks are handed on in the order of their positions before any
/// sender hears that they are kept.
public final class LogWriter: Sendable {
    /// What may wait for the disk. Beyond it senders are asked to come again.
    public struct Limits: Hashable, Sendable {
        /// Observations of one block.
        public var block: Int
        /// Observations that wait.
        public var waiting: Int

        public init(block: Int = 50_000, waiting: Int = 500_000) {
            (self.block, self.waiting) = (block, waiting)
        }
    }

    /// Why a batch was not taken.
    public enum Refusal: Error, Hashable, Sendable {
        /// Too much waits for the disk.
        case busy
        case tooLarge
        case closed
    }

    private struct Batch {
        var observations: [Observation]
        var bytes: [UInt8]
        var answer: CheckedContinuation<Range<UInt64>, any Error>
    }

    private struct State {
        var waiting: [Batch] = []
        var count = 0
        var isClosed = false
    }

    /// State shared with the thread that writes.
    private final class Desk: Sendable {
        let state = Mutex(State())
        let news = DispatchSemaphore(value: 0)
        let isDone = DispatchSemaphore(value: 0)
    }

    private let desk = Desk()
    private let limits: Limits
    private let seals: (any PersonSeals)?

    /// - Parameters:
    ///   - clock: the machine's clock.
    ///   - committed: takes each block after it is on the disk, on the writer's own thread, in order.
    public init(
        _ log: SQLiteLog, limits: Limits = Limits(), clock: @escaping @Sendable () -> Timestamp,
        committed: @escaping @Sendable (LogBlock) -> Void
    ) {
        (self.limits, seals) = (limits, log.seals)
        let desk = desk
        let thread = Thread { Self.work(desk, log, limits, clock, committed) }
        thread.name = "log"
        thread.start()
    }

    /// Returns when the observations are on the disk and were handed on.
    ///
    /// - Returns: their positions.
    /// - Throws: `Refusal`, or the `LogFailure` for which nothing of them was kept.
    public func append(_ observations: [Observation]) async throws -> Range<UInt64> {
        guard !observations.isEmpty else { return 0..<0 }
        guard observations.count <= limits.block else { throw Refusal.tooLarge }
        let bytes = try ObservationForm.encode(observations, sealing: seals)
        return try await withCheckedThrowingContinuation { answer in
            let refusal: Refusal? = desk.state.withLock { state in
                if state.isClosed { return .closed }
                if state.count + observations.count > limits.waiting { return .busy }
                state.count += observations.count
                state.waiting.append(Batch(observations: observations, bytes: bytes, answer: answer))
                return nil
            }
            if let refusal { answer.resume(throwing: refusal) } else { desk.news.signal() }
        }
    }

    /// Observations that wait for the disk.
    public var waiting: Int { desk.state.withLock { $0.count } }

    /// Takes nothing more in, and returns when all that was taken is committed or refused. To be called once.
    public func close() async {
        desk.state.withLock { $0.isClosed = true }
        desk.news.signal()
        let desk = desk
        await withCheckedContinuation { answer in
            let thread = Thread {
                desk.isDone.wait()
                answer.resume()
            }
            thread.start()
        }
    }

    private static func work(
        _ desk: Desk, _ log: SQLiteLog, _ limits: Limits, _ clock: @Sendable () -> Timestamp,
        _ committed: @Sendable (LogBlock) -> Void
    ) {
        while true {
            desk.news.wait()
            let (batches, isOver) = desk.state.withLock { state in
                let taken = Self.take(&state, limits.block)
                return (taken, taken.isEmpty && state.isClosed)
            }
            if isOver { break }
            if !batches.isEmpty { commit(batches, log, clock(), committed) }
        }
        desk.isDone.signal()
    }

    /// As many whole batches as fit into a block. Each has its signal, so what is left has one, too.
    private static func take(_ state: inout State, _ most: Int) -> [Batch] {
        var count = 0
        var end = 0
        while end < state.waiting.count, end == 0 || count + state.waiting[end].observations.count <= most {
            count += state.waiting[end].observations.count
            end += 1
        }
        let taken = Array(state.waiting[..<end])
        state.waiting.removeFirst(end)
        state.count -= count
        return taken
    }

    private static func commit(
        _ batches: [Batch], _ log: SQLiteLog, _ now: Timestamp, _ committed: (LogBlock) -> Void
    ) {
        var observations = batches[0].observations
        var bytes = batches[0].bytes
        for batch in batches.dropFirst() {
            observations += batch.observations
            bytes += batch.bytes
        }
        do {
            let (first, recorded) = try log.append(bytes, count: observations.count, at: now)
            committed(LogBlock(first: first, recorded: recorded, observations: observations))
            var next = first
            for batch in batches {
                let end = next + UInt64(batch.observations.count)
                batch.answer.resume(returning: next..<end)
                next = end
            }
        } catch {
            for batch in batches { batch.answer.resume(throwing: error) }
        }
    }
}
