//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The event hub: hands every change on to whoever follows, and waits for nobody.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Synchronization

/// Hands events on. Each follower has a buffer with a bound; who does not keep up is cut and comes back by its number.
public final class EventHub: Sendable {
    enum Item: Sendable {
        case event(StoredEvent)
        /// Nothing happened: the line is alive.
        case beat
    }

    /// What was counted, for the status page.
    public struct Counts: Hashable, Sendable {
        public var subscribers = 0
        public var events: UInt64 = 0
        /// Followers that were too slow.
        public var cut: UInt64 = 0
        /// Followers for whom there was no place.
        public var refused: UInt64 = 0
    }

    struct Subscription: Sendable {
        let id: UInt64
        /// Ends when the follower was too slow, or the server stops.
        let items: AsyncStream<Item>
    }

    private struct Subscriber {
        var continuation: AsyncStream<Item>.Continuation
        var onCut: @Sendable () -> Void
    }

    private struct State {
        var subscribers: [UInt64: Subscriber] = [:]
        var next: UInt64 = 0
        var counts = Counts()
        var isClosed = false
        var most: Int
        /// The newest notes that are no readings, the newest last.
        var recent: [ChangeNote] = []
    }

    /// Notes that the first page can show.
    private static let mostRecent = 40

    private let state: Mutex<State>
    private let waiting: Int

    init(most: Int, waiting: Int) {
        state = Mutex(State(most: most))
        self.waiting = waiting
    }

    /// Followers at a time.
    var most: Int { state.withLock { $0.most } }

    /// Another bound for who comes from now on.
    func use(most: Int) { state.withLock { $0.most = most } }

    public var counts: Counts {
        state.withLock { state in
            var counts = state.counts
            counts.subscribers = state.subscribers.count
            return counts
        }
    }

    /// Tells all followers. Publications without notes are nothing to them. Returns at once.
    public func publish(_ publication: Publication) {
        guard !publication.event.isEmpty else { return }
        let notes = publication.changes.filter { $0.kind != .reading }.suffix(Self.mostRecent)
        if !notes.isEmpty {
            state.withLock { $0.recent = Array(($0.recent + notes).suffix(Self.mostRecent)) }
        }
        send(.event(StoredEvent(number: publication.number, line: publication.event)))
    }

    /// What was told since the start, the newest first; without readings, which come all the time.
    var recent: [ChangeNote] { state.withLock { $0.recent.reversed() } }

    func beat() { send(.beat) }

    /// Nil when there is no place.
    ///
    /// - Parameter onCut: called at most once, when this follower is too slow.
    func subscribe(onCut: @escaping @Sendable () -> Void) -> Subscription? {
        state.withLock { state in
            guard !state.isClosed, state.subscribers.count < state.most else {
                state.counts.refused &+= 1
                return nil
            }
            let (items, continuation) = AsyncStream.makeStream(
                of: Item.self, bufferingPolicy: .bufferingOldest(waiting))
            state.next &+= 1
            state.subscribers[state.next] = Subscriber(continuation: continuation, onCut: onCut)
            return Subscription(id: state.next, items: items)
        }
    }

    func leave(_ subscription: Subscription) {
        let gone = state.withLock { $0.subscribers.removeValue(forKey: subscription.id) }
        gone?.continuation.finish()
    }

    /// Ends every stream; nobody is taken any more.
    func close() {
        let all = state.withLock { state in
            state.isClosed = true
            defer { state.subscribers = [:] }
            return Array(state.subscribers.values)
        }
        for subscriber in all { subscriber.continuation.finish() }
    }

    private func send(_ item: Item) {
        let slow = state.withLock { state in
            if case .event = item { state.counts.events &+= 1 }
            var slow: [Subscriber] = []
            for (id, subscriber) in state.subscribers {
                if case .dropped = subscriber.continuation.yield(item) {
                    slow.append(subscriber)
                    state.subscribers[id] = nil
                    state.counts.cut &+= 1
                }
            }
            return slow
        }
        for subscriber in slow {
            subscriber.continuation.finish()
            subscriber.onCut()
        }
    }
}
