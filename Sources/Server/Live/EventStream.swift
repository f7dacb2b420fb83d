//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// GET /api/v1/events: live changes as server-sent events, without a gap and without a double.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes
import Hummingbird
import Model
import NIOCore

/// One follower's stream: first what was missed, then what happens. Read as fast as the follower takes it.
struct EventStream: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private let house: House
    private let lease: Lease
    /// The last number that the follower has; nil for one who just came.
    private let after: EventNumber?
    private let who: Who

    static func reply(_ asking: Asking, _ house: House) async throws -> Reply {
        // A browser that comes back sends the header; the query is for the first time.
        var told = asking["after"]
        if let header = asking.fields[.lastEventID] {
            if let refusal = ValueKind.number.refusal(of: header) {
                throw Problem.badParameter("Last-Event-ID", refusal)
            }
            told = header
        }
        let channel = asking.channel
        let grace = TimeAmount.seconds(Int64(house.settings.limits.stallSeconds))
        // Who is too slow may still take what waits; then the line is cut, or a dead one would stand for ever.
        let subscription = house.hub.subscribe {
            channel.eventLoop.scheduleTask(in: grace) { channel.close(promise: nil) }
        }
        guard let subscription else {
            var problem = Problem(
                .serviceUnavailable, "subscribers", "Too many follow already",
                "At most \(house.hub.most) at a time.")
            problem.fields[.retryAfter] = "10"
            throw problem
        }
        let stream = EventStream(
            house: house, lease: Lease(house.hub, subscription), after: told.flatMap { EventNumber($0) },
            who: asking.who)
        var reply = Reply(status: .ok, body: ResponseBody(asyncSequence: stream))
        reply.fields[.contentType] = "text/event-stream"
        reply.fields[.cacheControl] = "no-store"
        reply.fields[.accelBuffering] = "no"
        return reply
    }

    func makeAsyncIterator() -> Iterator { Iterator(house: house, lease: lease, after: after, who: who) }

    struct Iterator: AsyncIteratorProtocol {
        private enum Stage {
            case greeting
            case missed(after: EventNumber)
            case live(last: EventNumber)
            case over
        }

        private let house: House
        private let lease: Lease
        private let after: EventNumber?
        private let who: Who
        private var stage = Stage.greeting
        private var items: AsyncStream<EventHub.Item>.Iterator
        /// Events of one look into the past.
        private static let page = 500

        fileprivate init(house: House, lease: Lease, after: EventNumber?, who: Who) {
            (self.house, self.lease, self.after, self.who) = (house, lease, after, who)
            items = lease.subscription.items.makeAsyncIterator()
        }

        mutating func next() async throws -> ByteBuffer? {
            switch stage {
            case .greeting: return await greeting()
            case .missed(let after):
                if let missed = try await missed(after) { return missed }
                return await live(after)
            case .live(let last): return await live(last)
            case .over: return nil
            }
        }

        private mutating func greeting() async -> ByteBuffer {
            var buffer = ByteBuffer(string: "retry: 2000\n: Wardlight\n\n")
            if let after {
                stage = .missed(after: after)
            } else {
                let last = await house.doors.lists.number
                buffer.writeImmutableBuffer(EventStream.control("start", last))
                stage = .live(last: last)
            }
            return buffer
        }

        /// Some of what was missed; the subscription holds what comes meanwhile. Nil when nothing is left.
        private mutating func missed(_ after: EventNumber) async throws -> ByteBuffer? {
            switch try await house.doors.lists.events(after: after, limit: Self.page) {
            case .tooOld(let newest):
                stage = .live(last: newest)
                return EventStream.control("reset", newest)
            case .events(let missed):
                guard let end = missed.last else { return nil }
                stage = .missed(after: end.number)
                var buffer = ByteBuffer()
                for event in missed { buffer.writeImmutableBuffer(EventStream.event(event)) }
                return buffer
            }
        }

        /// Asked with every beat. Where nobody can tell at the moment, it goes on until the next.
        private func mayStay() async -> Bool {
            do { return try await house.gatekeeper.isStill(who, at: house.settings.now()) } catch { return true }
        }

        private mutating func live(_ last: EventNumber) async -> ByteBuffer? {
            stage = .live(last: last)
            while let item = await items.next(isolation: #isolation) {
                switch item {
                case .beat:
                    guard await mayStay() else {
                        stage = .over
                        return ByteBuffer(string: ": signed out\n\n")
                    }
                    return ByteBuffer(string: ": still here\n\n")
                // What was told while we caught up is passed over.
                case .event(let event) where event.number > last:
                    stage = .live(last: event.number)
                    return EventStream.event(event)
                case .event: continue
                }
            }
            stage = .over
            return ByteBuffer(string: ": cut, come back with the last number\n\n")
        }
    }

    private static func event(_ event: StoredEvent) -> ByteBuffer {
        var buffer = ByteBuffer(string: "id: \(event.number)\nevent: changes\ndata: ")
        buffer.writeBytes(event.line)
        buffer.writeStaticString("\n\n")
        return buffer
    }

    /// `start` and `reset` tell where the follower stands now.
    private static func control(_ name: String, _ number: EventNumber) -> ByteBuffer {
        ByteBuffer(string: "id: \(number)\nevent: \(name)\ndata: {\"number\": \"\(number)\"}\n\n")
    }
}

/// A follower's place: free again when nobody holds the stream any more.
private final class Lease: Sendable {
    let subscription: EventHub.Subscription
    private let hub: EventHub

    init(_ hub: EventHub, _ subscription: EventHub.Subscription) {
        (self.hub, self.subscription) = (hub, subscription)
    }

    deinit { hub.leave(subscription) }
}
