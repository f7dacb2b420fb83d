//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The fold beside the sensor: what was heard is kept and understood while the next is heard.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Store
import Synchronization
import Twin

/// Appends observations to the log and folds them on a thread of its own, in order, so that listening waits neither for
/// the disk nor for a judgement. At most two batches wait; then the sensor does.
final class FoldLane: Sendable {
    private struct State {
        var waiting: [[Observation]] = []
        var isClosed = false
        var failure: (any Error)?
        var hospital: Hospital?
    }

    private final class Desk: Sendable {
        let state = Mutex(State())
        /// Batches that wait, and the end. (A semaphore may not end below where it began, so both begin at none.)
        let filled = DispatchSemaphore(value: 0)
        let room = DispatchSemaphore(value: 0)
        let isDone = DispatchSemaphore(value: 0)
    }
    private let desk = Desk()

    init(_ hospital: Hospital, log: SQLiteLog?) {
        let desk = self.desk
        desk.state.withLock { $0.hospital = hospital }
        for _ in 0..<2 { desk.room.signal() }
        let thread = Thread { Self.fold(desk, log) }
        thread.name = "fold"
        thread.stackSize = 8 << 20
        thread.start()
    }

    deinit { close() }

    private func close() {
        desk.state.withLock { $0.isClosed = true }
        desk.filled.signal()
    }

    private static func fold(_ desk: Desk, _ log: SQLiteLog?) {
        var taken = desk.state.withLock { $0.hospital.take() }
        guard var hospital = taken.take() else { return }
        while true {
            desk.filled.wait()
            let batch = desk.state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
            guard let batch else { break }
            do {
                try log?.append(batch)
                _ = hospital.learn(batch)
            } catch {
                desk.state.withLock { $0.failure = $0.failure ?? error }
            }
            desk.room.signal()
        }
        desk.state.withLock { $0.hospital = hospital }
        desk.isDone.signal()
    }

    /// - Throws: What went wrong with an earlier batch; nothing after it counts.
    func send(_ batch: [Observation]) throws {
        desk.room.wait()
        let failure = desk.state.withLock { state in
            if state.failure == nil { state.waiting.append(batch) }
            return state.failure
        }
        if let failure {
            desk.room.signal()
            throw failure
        }
        desk.filled.signal()
    }

    /// Waits until all is folded, and gives the hospital back. To be called once.
    func finish() throws -> Hospital? {
        close()
        desk.isDone.wait()
        var failure: (any Error)?
        let hospital = desk.state.withLock { state in
            failure = state.failure
            return state.hospital.take()
        }
        if let failure { throw failure }
        return hospital
    }
}
