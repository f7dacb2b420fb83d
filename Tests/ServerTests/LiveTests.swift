//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Live changes: nothing missed, nothing repeated.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import AsyncHTTPClient
import Foundation
import Model
import NIOCore
import Synchronization
import Testing

@testable import Server

/// Reads a stream of server-sent events.
private struct Follower {
    struct Event: Equatable {
        var id: String
        var name: String
    }

    let server: TestServer

    /// Follows until `enough` says so, or the stream ends.
    func follow(after: String?, header: Bool = true, _ enough: (Event) -> Bool) async throws -> Int {
        var path = "http://127.0.0.1:\(server.port)/api/v1/events"
        if let after, !header { path += "?after=\(after)" }
        var request = HTTPClientRequest(url: path)
        request.headers.add(name: "Authorization", value: "Bearer \(server.tokens["read"] ?? "")")
        if let after, header { request.headers.add(name: "Last-Event-ID", value: after) }
        let response = try await TestServer.client.execute(request, timeout: .seconds(60))
        guard response.status == .ok else { return Int(response.status.code) }
        var rest = ""
        for try await buffer in response.body {
            rest += String(buffer: buffer)
            while let end = rest.range(of: "\n\n") {
                var event = Event(id: "", name: "")
                for line in rest[..<end.lowerBound].split(separator: "\n") {
                    if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
                    if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
                }
                rest = String(rest[end.upperBound...])
                if !event.id.isEmpty, enough(event) { return 200 }
            }
        }
        return 200
    }
}

/// When what was told, and how late it came.
private final class Times: Sendable {
    let told = Mutex<[String: ContinuousClock.Instant]>([:])
    let late = Mutex<[Duration]>([])
}

@Suite(.timeLimit(.minutes(1))) struct `Live changes` {
    @Test func `keep no session alive that nobody uses`() async throws {
        let gatekeeper = Gatekeeper(MemoryCredentials(), ServerSettings(), secret: [UInt8](repeating: 7, count: 32))
        let idle = Int64(gatekeeper.settings.limits.sessionIdleSeconds)
        let session = WebSession(
            digest: [1], account: "night nurse", scopes: [.read], created: TestServer.now, lastUsed: TestServer.now)
        try await gatekeeper.credentials.put(session)
        func later(_ seconds: Int64) -> Timestamp {
            Timestamp(nanoseconds: TestServer.now.nanoseconds + seconds * 1_000_000_000)
        }
        for seconds in stride(from: 60, to: idle, by: 60) {
            #expect(try await gatekeeper.isStill(.session(session), at: later(seconds)))
        }
        #expect(try await gatekeeper.isStill(.session(session), at: later(idle + 1)) == false)
        #expect(try await gatekeeper.credentials.session(digest: [1]) == nil)
    }

    @Test func `end for a token that is revoked and a session that is signed out while they are followed`() async throws
    {
        let settings = { (settings: inout ServerSettings) in settings.limits.heartbeatSeconds = 1 }
        try await TestServer.with(settings) { server in
            let session = WebSession(
                digest: Secret.digest("cookie"), account: "night nurse", scopes: [.read], created: TestServer.now,
                lastUsed: TestServer.now)
            await server.credentials.put(session)
            for (name, value) in [
                ("Authorization", "Bearer \(server.tokens["read"] ?? "")"), ("Cookie", "wardlight=cookie"),
            ] {
                var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)/api/v1/events")
                request.headers.add(name: name, value: value)
                let response = try await TestServer.client.execute(request, timeout: .seconds(30))
                #expect(response.status == .ok)
                var text = ""
                var isEnding = false
                // Ends by itself, or the test's time limit does.
                for try await buffer in response.body {
                    text += String(buffer: buffer)
                    guard text.contains("still here"), !isEnding else { continue }
                    isEnding = true
                    let token = await server.credentials.tokens().first { $0.name == "read" }
                    if name == "Cookie" {
                        await server.credentials.end(session: session.digest)
                    } else {
                        #expect(await server.credentials.revoke(token: token?.id ?? "", at: TestServer.now))
                    }
                }
                #expect(text.hasSuffix(": signed out\n\n"), "\(name) \(text)")
            }
        }
    }

    @Test func `come back after any cut without a gap and without a double`() async throws {
        try await TestServer.with { server in
            let most = 3_000
            await server.tell(1)
            let teller = Task {
                for position in 2...most {
                    await server.tell(UInt64(position))
                    if position % 40 == 0 { try? await Task.sleep(for: .milliseconds(1)) }
                }
            }
            var seen: [Int] = []
            var last = "0"
            var cuts = 0
            var source = SystemRandomNumberGenerator()
            while seen.last != most {
                // Cut after a random number of events; every other time the number comes in the query.
                var left = Int.random(in: 1...200, using: &source)
                _ = try await Follower(server: server).follow(after: last, header: cuts % 2 == 0) { event in
                    #expect(event.name == "changes")
                    seen.append(Int(event.id) ?? -1)
                    last = event.id
                    left -= 1
                    return left == 0 || event.id == "\(most)"
                }
                cuts += 1
            }
            await teller.value
            #expect(seen == Array(1...most))
            #expect(cuts > 10)
        }
    }

    @Test func `tell a newcomer where it stands, and who is too late to begin anew`() async throws {
        try await TestServer.with(mostEvents: 100) { server in
            for position in 1...300 { await server.tell(UInt64(position)) }
            var first: [String] = []
            _ = try await Follower(server: server).follow(after: nil) { event in
                first = [event.name, event.id]
                return true
            }
            #expect(first == ["start", "300"])
            for number in ["5", "999999"] {
                _ = try await Follower(server: server).follow(after: number) { event in
                    first = [event.name, event.id]
                    return true
                }
                #expect(first == ["reset", "300"], "\(number)")
            }
            #expect(try await server.ask("/api/v1/events?after=x").status == 400)
            #expect(try await server.ask("/api/v1/events", fields: [("Last-Event-ID", "1; 2")]).status == 400)
        }
    }

    @Test func `have so many places, and a place is free again when its follower goes`() async throws {
        try await TestServer.with({ $0.limits.subscribers = 2 }) { server in
            await server.tell(1)
            let held = (0..<2).map { _ in
                Task { try await Follower(server: server).follow(after: "1") { _ in false } }
            }
            while server.server.hub.counts.subscribers < 2 { try await Task.sleep(for: .milliseconds(5)) }
            let refused = try await server.ask("/api/v1/events")
            #expect(refused.status == 503 && refused.fields["retry-after"] != nil)
            held[0].cancel()
            _ = try? await held[0].value
            // The server learns of it with the next thing it writes.
            for position in 2...50 where server.server.hub.counts.subscribers == 2 {
                await server.tell(UInt64(position))
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(server.server.hub.counts.subscribers == 1)
            held[1].cancel()
        }
    }

    @Test func `cut who does not keep up, and go on for the others`() async throws {
        let hub = EventHub(most: 4, waiting: 8)
        let isCut = Mutex(false)
        let slow = try #require(hub.subscribe { isCut.withLock { $0 = true } })
        let quick = try #require(hub.subscribe {})
        var items = quick.items.makeAsyncIterator()
        for position in 1...20 {
            var publication = Publication(number: EventNumber(position: UInt64(position)), recorded: nil, changes: [])
            publication.event = [0x7B, 0x7D]
            hub.publish(publication)
            guard case .event(let event) = await items.next() else { break }
            #expect(event.number.position == UInt64(position))
        }
        #expect(isCut.withLock { $0 } && hub.counts.cut == 1 && hub.counts.subscribers == 1)
        var kept = 0
        for await _ in slow.items { kept += 1 }
        #expect(kept == 8)
    }

    /// Only where nothing else runs: `WARDLIGHT_MEASURE=1 scripts/test --filter 'reach 20 followers'`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["WARDLIGHT_MEASURE"] != nil))
    func `reach 20 followers within 100 ms, 99 times in 100`() async throws {
        try await TestServer.with { server in
            await server.tell(1)
            let clock = ContinuousClock()
            let times = Times()
            let most = 400
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        _ = try await Follower(server: server).follow(after: "1") { event in
                            if let begin = times.told.withLock({ $0[event.id] }) {
                                let took = clock.now - begin
                                times.late.withLock { $0.append(took) }
                            }
                            return event.id == "\(most)"
                        }
                    }
                }
                while server.server.hub.counts.subscribers < 20 { try await Task.sleep(for: .milliseconds(5)) }
                for position in 2...most {
                    times.told.withLock { $0["\(position)"] = clock.now }
                    await server.tell(UInt64(position))
                    try await Task.sleep(for: .milliseconds(2))
                }
                try await group.waitForAll()
            }
            let all = times.late.withLock { $0.sorted() }
            #expect(all.count == 20 * (most - 1))
            let p99 = all[all.count * 99 / 100]
            #expect(p99 < .milliseconds(100), "\(p99)")
        }
    }
}
