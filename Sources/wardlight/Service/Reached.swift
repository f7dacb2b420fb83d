//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// How far the log was learnt, for those who wait for it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Synchronization

/// Lets whoever wrote something wait until the lists and searches have it: who is answered finds what it wrote.
///
/// As many wait as requests are under way. Everybody is let go when nothing is learnt any more.
final class Reached: Sendable {
    private struct State {
        var position: UInt64
        var isOver = false
        var waiting: [(position: UInt64, go: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    init(_ position: UInt64 = 0) { state = Mutex(State(position: position)) }

    /// All up to this position was learnt, and is on the shelf.
    func reach(_ position: UInt64) {
        let ready = state.withLock { state in
            state.position = max(state.position, position)
            let ready = state.waiting.filter { $0.position <= state.position }
            if !ready.isEmpty { state.waiting.removeAll { $0.position <= state.position } }
            return ready
        }
        for one in ready { one.go.resume() }
    }

    /// Nothing is learnt any more.
    func end() {
        let all = state.withLock { state in
            state.isOver = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in all { one.go.resume() }
    }

    func wait(for position: UInt64) async {
        await withCheckedContinuation { go in
            let isThere = state.withLock { state in
                if state.isOver || state.position >= position { return true }
                state.waiting.append((position, go))
                return false
            }
            if isThere { go.resume() }
        }
    }
}
