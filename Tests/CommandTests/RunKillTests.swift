//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The whole service, killed at any moment while gateways hand things in.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import FoundationNetworking
import Support
import Synchronization
import Testing

/// Goal: what a killed service acknowledged is in its log, once; what it did not acknowledge is there once or not at all;
/// and what it makes of its log is what anybody makes of it.
@Suite(.enabled(if: Command.isHere), .serialized) struct `A killed service` {
    private let scratch: Scratch
    private let port: UInt16

    init() throws {
        scratch = try Scratch()
        port = try Server.freePort()
        let text = """
            site: north
            data: \(scratch.path("data"))
            server: { address: 127.0.0.1, port: \(port), plain: true }
            limits: { segment: 1MiB, requestsPerSecond: 10000 }
            """
        try scratch.write("wardlight.yaml", Array(text.utf8))
    }

    private var log: String { scratch.path("data/log") }

    private func start() async throws -> RunningHouse {
        let house = try RunningHouse(["run", "--config", scratch.path("wardlight.yaml")])
        #expect(try await house.address(after: "answers at") != nil, "\(house.words)")
        return house
    }

    /// Ten kills in one log's life; `WARDLIGHT_SERVICE_KILLS` for more (`make torture`).
    @Test(.timeLimit(.minutes(600)))
    func `has what it acknowledged, once, and comes back to the very hospital that its log tells`() async throws {
        let rounds = ProcessInfo.processInfo.environment["WARDLIGHT_SERVICE_KILLS"].flatMap(Int.init) ?? 10
        var generator = SeededGenerator(seed: 11)
        var acknowledged: Set<Int> = []
        var next = 0
        var token = ""
        var house = try await start()
        let made = try Command.run([
            "token", "create", "--data", scratch.path("data"), "--name", "gateway", "--scope", "read", "--scope",
            "write",
        ])
        token = made.text.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(made.code == 0, "\(made.errors)")
        for round in 0..<rounds {
            let poster = Poster(port: port, token: token, from: next)
            let work = Task { await poster.work(senders: 4) }
            try await Task.sleep(for: .milliseconds(Int.random(in: 5...800, using: &generator)))
            house.kill9()
            _ = try await house.ended()
            await work.value
            acknowledged.formUnion(poster.acknowledged)
            next = poster.next
            house = try await start()
            #expect(house.isRunning, "round \(round): \(house.words)")
        }
        let last = Poster(port: port, token: token, from: next)
        #expect(await last.post(next))
        acknowledged.insert(next)
        house.interrupt()
        #expect(try await house.ended() == 0, "\(house.words)")
        #expect(acknowledged.count > rounds, "\(acknowledged.count) batches")
        let verdict = try Command.run(["log", "verify", log])
        #expect(verdict.code == 0, "\(verdict.text)\(verdict.errors)")
        let found = Numbered.counts(in: try Command.run(["log", "export", log]).text)
        #expect(acknowledged.subtracting(found.keys).isEmpty, "lost: \(acknowledged.subtracting(found.keys).sorted())")
        for (batch, places) in found {
            #expect(places.count == Numbered.size && places.values.allSatisfy { $0 == 1 }, "batch \(batch)")
            #expect(batch <= next)
        }
        try compare()
    }

    /// The hospital that the service laid away at its end, against a fold of the log from its beginning.
    private func compare() throws {
        let states = try FileManager.default.contentsOfDirectory(atPath: scratch.path("data/states"))
            .filter { $0.hasSuffix(".state") }
        let newest = try #require(states.max { Self.position(of: $0) < Self.position(of: $1) })
        let anew = try Command.run(["replay", log])
        let live = try Command.run(["replay", log, "--from-state", scratch.path("data/states/\(newest)")])
        #expect(anew.code == 0 && live.code == 0, "\(anew.errors)\(live.errors)")
        #expect(!live.errors.contains("folded from its beginning"), "\(live.errors)")
        #expect(anew.text == live.text && anew.text.contains("position   \(Self.position(of: newest))"))
    }

    private static func position(of name: String) -> Int { Int(name.prefix { $0 != "_" }) ?? 0 }
}

/// Hands batches in, several at a time, until nobody answers.
private final class Poster: Sendable {
    private struct State {
        var next: Int
        var acknowledged: Set<Int> = []
    }
    private let state: Mutex<State>
    private let url: URL
    private let token: String
    private let session: URLSession

    init(port: UInt16, token: String, from first: Int) {
        state = Mutex(State(next: first))
        url = URL(string: "http://127.0.0.1:\(port)/api/v1/observations") ?? URL(fileURLWithPath: "/")
        self.token = token
        let settings = URLSessionConfiguration.ephemeral
        settings.timeoutIntervalForRequest = 10
        session = URLSession(configuration: settings)
    }

    var acknowledged: Set<Int> { state.withLock { $0.acknowledged } }
    var next: Int { state.withLock { $0.next } }

    func work(senders: Int) async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<senders {
                group.addTask { [self] in
                    while true {
                        let number = state.withLock { state in
                            defer { state.next += 1 }
                            return state.next
                        }
                        guard await post(number) else { return }
                        state.withLock { _ = $0.acknowledged.insert(number) }
                    }
                }
            }
        }
    }

    /// Whether it was acknowledged.
    func post(_ number: Int) async -> Bool {
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.setValue("application/x-ndjson", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(Numbered.batch(number).utf8)
        guard let (_, response) = try? await session.data(for: request) else { return false }
        return (response as? HTTPURLResponse)?.statusCode == 201
    }
}
