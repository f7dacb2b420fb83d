//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The entrance: one-time links, passwords, sessions, forged requests.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Synchronization
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct `The entrance` {
    private static let password = "correct horse battery"

    private func field(_ name: String, of page: String) throws -> String {
        let start = try #require(page.range(of: "name=\"\(name)\" value=\""))
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    private func send(
        _ server: TestServer, _ path: String, _ form: [String: String], cookie: String? = nil,
        fields: [(String, String)] = []
    ) async throws -> Heard {
        let body = form.map { "\($0.key)=\(Percent.encoded($0.value))" }.joined(separator: "&")
        return try await server.ask(
            path, "POST", as: nil,
            fields: [("Content-Type", "application/x-www-form-urlencoded")]
                + (cookie.map { [("Cookie", $0)] } ?? []) + fields, body: Array(body.utf8))
    }

    /// Sets the first account up and gives its cookie back.
    private func setUp(_ server: TestServer) async throws -> String {
        let link = server.server.makeLink()
        let path = String(try #require(link.range(of: "/set-up").map { link[$0.lowerBound...] }))
        let page = try await server.ask(path, as: nil)
        #expect(page.status == 200)
        let begun = try await send(
            server, "/set-up",
            [
                "form": try field("form", of: page.text), "key": try field("key", of: page.text), "name": "night nurse",
                "password": Self.password, "again": Self.password,
            ])
        #expect(begun.status == 303 && begun.fields["location"] == "/")
        let cookie = try #require(begun.fields["set-cookie"])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
        return String(cookie.prefix { $0 != ";" })
    }

    @Test func `keeps strangers out of every page, and sends them to the form`() async throws {
        try await TestServer.with { server in
            for path in ["/", "/devices", "/findings", "/status", "/devices/dev-000000000000"] {
                let heard = try await server.ask(path, as: nil)
                #expect(heard.status == 303 && heard.fields["location"]?.hasPrefix("/sign-in") == true, "\(path)")
            }
            #expect(try await server.ask("/sign-in", as: nil).status == 200)
        }
    }

    @Test func `opens once with a link, then with name and password`() async throws {
        try await TestServer.with { server in
            let link = server.server.makeLink()
            let path = String(try #require(link.range(of: "/set-up").map { link[$0.lowerBound...] }))
            let page = try await server.ask(path, as: nil).text
            let (form, key) = (try field("form", of: page), try field("key", of: page))
            for (password, again) in [("short", "short"), (Self.password, "another one 123"), ("night nurse!", "")] {
                let refused = try await send(
                    server, "/set-up",
                    ["form": form, "key": key, "name": "night nurse", "password": password, "again": again])
                #expect(refused.status == 400)
            }
            let good = [
                "form": form, "key": key, "name": "night nurse", "password": Self.password, "again": Self.password,
            ]
            let begun = try await send(server, "/set-up", good)
            #expect(begun.status == 303)
            #expect(try await send(server, "/set-up", good).status == 410)
            #expect(try await server.ask(path, as: nil).status == 410)
            let kept = try #require(await server.credentials.account(named: "night nurse")?.password)
            #expect(!kept.hash.isEmpty && kept.salt.count == 16)

            let door = try await server.ask("/sign-in?next=/devices", as: nil).text
            let wrong = try await send(
                server, "/sign-in",
                ["form": try field("form", of: door), "name": "night nurse", "password": "wrong password"])
            #expect(wrong.status == 401)
            let right = try await send(
                server, "/sign-in",
                [
                    "form": try field("form", of: door), "name": "night nurse", "password": Self.password,
                    "next": "/devices",
                ])
            #expect(right.status == 303 && right.fields["location"] == "/devices")
            let cookie = String(try #require(right.fields["set-cookie"]).prefix { $0 != ";" })
            #expect(try await server.ask("/", as: nil, fields: [("Cookie", cookie)]).status == 200)
            for next in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nX: y"] {
                let heard = try await send(
                    server, "/sign-in",
                    [
                        "form": try field("form", of: door), "name": "night nurse", "password": Self.password,
                        "next": next,
                    ])
                #expect(heard.fields["location"] == "/", "\(next)")
            }
        }
    }

    @Test func `is closed for a while after too many wrong passwords`() async throws {
        try await TestServer.with { server in
            _ = try await setUp(server)
            let form = try field("form", of: try await server.ask("/sign-in", as: nil).text)
            var statuses: [Int] = []
            for _ in 0..<7 {
                statuses.append(
                    try await send(server, "/sign-in", ["form": form, "name": "x", "password": "y"]).status)
            }
            #expect(statuses == [401, 401, 401, 401, 401, 429, 429])
            let right = try await send(
                server, "/sign-in", ["form": form, "name": "night nurse", "password": Self.password])
            #expect(right.status == 429)
        }
    }

    @Test func `ends a session when it is signed out, too old or idle`() async throws {
        try await TestServer.with { server in
            let cookie = try await setUp(server)
            let page = try await server.ask("/", as: nil, fields: [("Cookie", cookie)])
            #expect(page.status == 200)
            let out = try await send(
                server, "/sign-out", ["form": try field("form", of: page.text)], cookie: cookie)
            #expect(out.status == 303)
            #expect(try await server.ask("/", as: nil, fields: [("Cookie", cookie)]).status == 303)

            for (created, used) in [(-13 * 60, 0), (-2 * 60, -61)] as [(Int64, Int64)] {
                let secret = "secret\(created)"
                await server.credentials.put(
                    WebSession(
                        digest: Secret.digest(secret), account: "night nurse", scopes: [.read],
                        created: Ward.minute(60 + created), lastUsed: Ward.minute(60 + used)))
                #expect(try await server.ask("/", as: nil, fields: [("Cookie", "wardlight=\(secret)")]).status == 303)
            }
        }
    }

    @Test func `believes no request that another site made the browser send`() async throws {
        try await TestServer.with { server in
            let cookie = try await setUp(server)
            let page = try await server.ask("/", as: nil, fields: [("Cookie", cookie)])
            let form = try field("form", of: page.text)
            #expect(try await send(server, "/sign-out", [:], cookie: cookie).status == 403)
            #expect(try await send(server, "/sign-out", ["form": "x"], cookie: cookie).status == 403)
            let cross = try await send(
                server, "/sign-out", ["form": form], cookie: cookie, fields: [("Sec-Fetch-Site", "cross-site")])
            #expect(cross.status == 403)
            let wish = Array(#"{"name": "x", "scopes": ["read"]}"#.utf8)
            let json = [("Content-Type", "application/json"), ("Cookie", cookie)]
            #expect(try await server.ask("/api/v1/tokens", "POST", as: nil, fields: json, body: wish).status == 403)
            let own = json + [("X-Wardlight-Form", form)]
            #expect(try await server.ask("/api/v1/tokens", "POST", as: nil, fields: own, body: wish).status == 201)
            #expect(try await send(server, "/sign-in", ["form": "1.x", "name": "a", "password": "b"]).status == 403)
        }
    }

    @Test func `of the demo opens with its link, once`() async throws {
        try await TestServer.with({ $0.isDemo = true }) { server in
            let link = server.server.makeLink()
            #expect(link.hasPrefix("http://127.0.0.1:\(server.port)/set-up?key="))
            let path = String(try #require(link.range(of: "/set-up").map { link[$0.lowerBound...] }))
            let first = try await server.ask(path, as: nil)
            #expect(first.status == 303 && first.fields["set-cookie"] != nil)
            #expect(try await server.ask(path, as: nil).status == 410)
        }
    }

    @Test func `is plain on loopback only`() {
        var settings = ServerSettings()
        settings.host = "0.0.0.0"
        let house = MemoryHouse(.init(knowledge: .empty))
        #expect(throws: ServerProblem.plainBeyondLoopback) {
            try WardlightServer(
                settings,
                ServerDoors(
                    lists: house, intake: house, present: house, past: house, credentials: MemoryCredentials(),
                    receipts: MemoryReceipts()),
                logger: .init(label: "test"))
        }
    }

    // MARK: While nothing can be written

    /// Keeps accounts, and no session once it is full.
    private final class FullCredentials: Credentials {
        struct Full: Error {}
        let kept = MemoryCredentials()
        let isFull = Mutex(false)

        private func writing<Value>(_ body: () async throws -> Value) async throws -> Value {
            if isFull.withLock(\.self) { throw Full() }
            return try await body()
        }

        func tokens() async throws -> [AccessToken] { await kept.tokens() }
        func token(digest: [UInt8]) async throws -> AccessToken? { await kept.token(digest: digest) }
        func add(_ token: AccessToken) async throws -> Bool { try await writing { await kept.add(token) } }
        func revoke(token id: String, at moment: Timestamp) async throws -> Bool {
            try await writing { await kept.revoke(token: id, at: moment) }
        }
        func touch(token id: String, at moment: Timestamp) async throws {
            try await writing { await kept.touch(token: id, at: moment) }
        }
        func hasAccounts() async throws -> Bool { await kept.hasAccounts() }
        func account(named name: String) async throws -> Account? { await kept.account(named: name) }
        func put(_ account: Account) async throws { try await writing { await kept.put(account) } }
        func session(digest: [UInt8]) async throws -> WebSession? { await kept.session(digest: digest) }
        func put(_ session: WebSession) async throws { try await writing { await kept.put(session) } }
        func touch(session digest: [UInt8], at moment: Timestamp) async throws {
            try await writing { await kept.touch(session: digest, at: moment) }
        }
        func end(session digest: [UInt8]) async throws { try await writing { await kept.end(session: digest) } }
    }

    @Test func `sessions begin and end in memory while the disk is full, and move to the disk when there is room`()
        async throws
    {
        let store = FullCredentials()
        let credentials = SessionsInNeed(store)
        func session(_ number: UInt8) -> WebSession {
            WebSession(
                digest: [number], account: "night nurse", scopes: [.read], created: TestServer.now,
                lastUsed: TestServer.now)
        }
        try await credentials.put(session(1))
        store.isFull.withLock { $0 = true }
        try await credentials.put(session(2))
        #expect(try await credentials.session(digest: [2])?.account == "night nurse")
        #expect(await store.kept.session(digest: [2]) == nil)
        // Signed out is signed out, though the store could not be told.
        try await credentials.end(session: [1])
        #expect(try await credentials.session(digest: [1]) == nil)
        #expect(await store.kept.session(digest: [1]) != nil)
        // Nobody makes an account that is gone tomorrow.
        await #expect(throws: FullCredentials.Full.self) {
            try await credentials.put(
                Account(name: "x", password: nil, scopes: [.read], created: TestServer.now))
        }
        for number in 3..<UInt8.max { try await credentials.put(session(number)) }
        store.isFull.withLock { $0 = false }
        try await credentials.put(session(2))
        try await credentials.end(session: [1])
        #expect(await store.kept.session(digest: [2]) != nil)
        #expect(await store.kept.session(digest: [1]) == nil)
    }

    @Test func `a link stays good when the account found no room`() async throws {
        let store = FullCredentials()
        try await TestServer.with(credentials: store) { server in
            let link = server.server.makeLink()
            let path = String(try #require(link.range(of: "/set-up").map { link[$0.lowerBound...] }))
            let page = try await server.ask(path, as: nil)
            let form = [
                "form": try field("form", of: page.text), "key": try field("key", of: page.text), "name": "night nurse",
                "password": Self.password, "again": Self.password,
            ]
            store.isFull.withLock { $0 = true }
            let refused = try await send(server, "/set-up", form)
            #expect(refused.status == 400 && refused.text.contains("is the disk full?"))
            store.isFull.withLock { $0 = false }
            #expect(try await send(server, "/set-up", form).status == 303)
        }
    }
}
