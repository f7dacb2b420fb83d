//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Observations that gateways hand in.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing
import Wire

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct `Observations over HTTP` {
    private func post(
        _ server: TestServer, _ body: [UInt8], _ type: String = "application/json", key: String? = nil,
        as scope: String = "write"
    ) async throws -> Heard {
        try await server.ask(
            "/api/v1/observations", "POST", as: scope,
            fields: [("Content-Type", type)] + (key.map { [("Idempotency-Key", $0)] } ?? []), body: body)
    }

    private var some: [Observation] {
        [Ward.reading(21, "MDC_TEMP_ROOM", 20.5, "Cel", at: 59), Ward.stands(21, at: "north/1/icu/2", at: 59)]
    }

    @Test func `are taken in three forms, with their positions`() async throws {
        try await TestServer.with { server in
            let lines = try some.map { try ObservationForm.json($0) }
            let begin = UInt64(Ward.all.count) + 1
            for (number, (body, type)) in [
                (Array("[\(lines.joined(separator: ", "))]".utf8), "application/json"),
                (Array(lines.joined(separator: "\n").utf8), "application/x-ndjson"),
                (try ObservationForm.encode(some), "application/x-protobuf"),
            ].enumerated() {
                let heard = try await post(server, body, type)
                #expect(heard.status == 201, "\(type): \(heard.text)")
                #expect(heard.json["first"] as? UInt64 == begin + UInt64(number) * 2)
                #expect(heard.json["next"] as? UInt64 == begin + UInt64(number) * 2 + 2)
            }
            let shown = try await server.ask("/api/v1/readings?metric=MDC_TEMP_ROOM").text
            #expect(shown.contains("20.5"))
        }
    }

    @Test func `with the same key are taken in once`() async throws {
        try await TestServer.with { server in
            let body = try ObservationForm.encode(some)
            let first = try await post(server, body, "application/x-protobuf", key: "batch-1")
            let again = try await post(server, body, "application/x-protobuf", key: "batch-1")
            #expect(first.json["first"] as? Int == again.json["first"] as? Int)
            #expect(first.json["repeated"] as? Bool == false && again.json["repeated"] as? Bool == true)
            let other = try ObservationForm.encode(some + some)
            #expect(try await post(server, other, "application/x-protobuf", key: "batch-1").status == 422)
            #expect(try await server.ask("/api/v1/log").json["position"] as? Int == Ward.all.count + 2)
        }
    }

    @Test func `of a process that was killed before it answered are found in the log, or taken in now`() async throws {
        try await TestServer.with { server in
            let body = try ObservationForm.encode(some)
            let sender = try #require(await server.credentials.tokens().first { $0.name == "write" })
            func begin(_ key: String, after position: UInt64) async {
                await server.receipts.begin(
                    receipt: Secret.digest("token \(sender.id) \(key)"), digest: Secret.digest(of: body),
                    after: position, at: TestServer.now)
            }
            // Killed before the log had it.
            let before = await server.house.position
            await begin("lost", after: before)
            let lost = try await post(server, body, "application/x-protobuf", key: "lost")
            #expect(lost.status == 201 && lost.json["repeated"] as? Bool == false)
            // Killed after the log had it, behind others of the same block.
            let position = await server.house.position
            _ = try await server.house.append([Ward.name(33, "between", at: 55)] + some)
            await begin("kept", after: position)
            let kept = try await post(server, body, "application/x-protobuf", key: "kept")
            #expect(kept.status == 201 && kept.json["repeated"] as? Bool == true, "\(kept.text)")
            #expect(kept.json["first"] as? UInt64 == position + 2 && kept.json["next"] as? UInt64 == position + 4)
            #expect(await server.house.position == position + 3)
            // The same key of another sender is another key.
            let other = try await post(server, body, "application/x-protobuf", key: "kept", as: "all")
            #expect(other.json["repeated"] as? Bool == false)
        }
    }

    @Test func `are refused whole, with the number of the bad one`() async throws {
        try await TestServer.with { server in
            let good = try ObservationForm.json(some[0])
            let far = Observation(
                site: "north", sensor: "test", occurred: Ward.minute(60 * 48), body: some[0].body)
            let bad: [String] = [
                "{}", "{\"site\": \"x\"}", "nonsense", "{\"site\": 5}", try ObservationForm.json(far),
                try ObservationForm.json(Observation(site: "", sensor: "s", occurred: Ward.minute(1), body: .tick)),
                try ObservationForm.json(Ward.name(1, String(repeating: "x", count: 300), at: 1)),
                good.replacing("20.5", with: "\"NaN\""),
            ]
            for line in bad {
                let heard = try await post(server, Array("[\(good), \(line)]".utf8))
                #expect(heard.status == 400, "\(line) \(heard.text)")
            }
            let heard = try await post(server, Array("[\(good), \(bad[4])]".utf8))
            #expect(heard.json["index"] as? String == "1")
            for body in ["", "[", "[]", "[1,2", "\"x\"", "[{},]", "null", "[[[[[[[[[[[[[[[[[[[[[["] {
                #expect(try await post(server, Array(body.utf8)).status == 400, "\(body)")
            }
            #expect(try await post(server, [0xFF, 0xFF, 0xFF], "application/x-protobuf").status == 400)
            #expect(try await post(server, Array("[\(good)]".utf8), "text/plain").status == 415)
            #expect(try await server.ask("/api/v1/log").json["position"] as? Int == Ward.all.count)
        }
    }

    @Test func `that decide or change knowledge are for who administers`() async throws {
        try await TestServer.with { server in
            let used = Observation(
                site: "north", sensor: "test", occurred: Ward.minute(1),
                body: .knowledge(Observation.Knowledge(name: "rules", digest: "00")))
            let body = try ObservationForm.encode([used])
            #expect(try await post(server, body, "application/x-protobuf").status == 403)
            #expect(try await post(server, body, "application/x-protobuf", as: "all").status == 201)
        }
    }

    @Test func `are answered by what the log says: busy, full, too large, stopped`() async throws {
        try await TestServer.with { server in
            let body = try ObservationForm.encode(some)
            for (failure, status) in [
                (IntakeFailure.busy(seconds: 3), 503), (.full("no room on /var"), 507), (.tooLarge, 413),
                (.stopped("a sync failed"), 503),
            ] {
                await server.house.refuse(failure)
                let heard = try await post(server, body, "application/x-protobuf", key: "again")
                #expect(heard.status == status, "\(failure)")
            }
            await server.house.refuse(nil)
            // What was refused did not use the key up.
            #expect(try await post(server, body, "application/x-protobuf", key: "again").status == 201)
        }
    }

    @Test func `in a body that is too large are not read`() async throws {
        try await TestServer.with({ $0.limits.body = 10_000 }) { server in
            let heard = try await post(server, [UInt8](repeating: 0x20, count: 20_000))
            #expect(heard.status == 413)
        }
    }
}
