//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// The belt between two threads: loads go one way, in order, and their room comes back.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Synchronization

/// Carries loads from one thread to another. Those that are under way are bounded by the empty ones that there are.
///
/// Either side may go at any time: who sends is told so, who takes gets what was sent before.
final class Belt<Load: Sendable>: Sendable {
    private struct State {
        var filled: [Load] = []
        var empty: [Load] = []
        var isLeft = false
    }
    private let state = Mutex(State())
    /// Loads that wait, and the end. (A semaphore may not end below where it began, so both begin at none.)
    private let waiting = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: 0)

    /// - Parameter empty: Loads to begin with; as many may wait.
    init(_ empty: [Load]) {
        state.withLock { $0.empty = empty }
        for _ in empty { room.signal() }
    }

    // MARK: Who sends

    /// Hands a load over, once there is room, and leaves an empty one in its place; false when nobody takes any more.
    func send(_ load: inout Load) -> Bool {
        room.wait()
        let isTaken = state.withLock { state in
            guard !state.isLeft, var empty = state.empty.popLast() else { return false }
            swap(&empty, &load)
            state.filled.append(empty)
            return true
        }
        if isTaken { waiting.signal() }
        return isTaken
    }

    /// Whether nobody takes any more.
    var isLeft: Bool { state.withLock { $0.isLeft } }

    /// Nothing more is sent.
    func close() { waiting.signal() }

    // MARK: Who takes

    /// Waits for the next load; nil after the last, once.
    func next() -> Load? {
        waiting.wait()
        return state.withLock { $0.filled.isEmpty ? nil : $0.filled.removeFirst() }
    }

    /// Gives the room of a load back.
    func giveBack(_ load: consuming Load) {
        // Moved and not copied, so that its room is nobody else's.
        var empty = Optional(load)
        state.withLock { state in
            if let empty = empty.take() { state.empty.append(empty) }
        }
        room.signal()
    }

    /// Nothing more is taken.
    func leave() {
        state.withLock { $0.isLeft = true }
        room.signal()
    }
}
