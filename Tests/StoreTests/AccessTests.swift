//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Access: tokens, accounts and sessions outlive the process, and no secret is among them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing

@testable import Store

@Suite struct `Who may ask` {
    private func with<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wardlight-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appending(path: "access.sqlite").path())
    }

    private static let now = Timestamp(seconds: 1_772_438_700)

    private func token(_ number: Int, expires: Timestamp? = nil) -> AccessToken {
        AccessToken(
            id: "tok-\(number)", name: "'; DROP TABLE token; --", digest: [UInt8](repeating: UInt8(number), count: 32),
            scopes: [.read, .admin], created: Timestamp(seconds: Int64(number)), expires: expires)
    }

    @Test func `is kept over a restart, readable for its user only`() async throws {
        try await with { path in
            let account = Account(
                name: "night nurse", password: .init(salt: [1, 2], cost: 16, lanes: 1, hash: [3, 4]), scopes: [.read],
                created: Self.now)
            let session = WebSession(
                digest: [9, 9], account: "night nurse", scopes: [.read], created: Self.now, lastUsed: Self.now)
            do {
                let store = try AccessStore(path: path)
                #expect(try await !store.hasAccounts())
                #expect(try await store.add(token(1, expires: Self.now)))
                #expect(try await store.add(token(2)))
                try await store.put(account)
                try await store.put(Account(name: "demo", password: nil, scopes: [.read], created: Self.now))
                try await store.put(session)
            }
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let store = try AccessStore(path: path)
            #expect(try await store.tokens() == [token(1, expires: Self.now), token(2)])
            #expect(try await store.token(digest: token(2).digest) == token(2))
            #expect(try await store.token(digest: [0]) == nil)
            #expect(try await store.account(named: "night nurse") == account)
            #expect(try await store.account(named: "demo")?.password == nil)
            #expect(try await store.account(named: "Night Nurse") == nil)
            #expect(try await store.session(digest: [9, 9]) == session)
            try await store.end(session: [9, 9])
            #expect(try await store.session(digest: [9, 9]) == nil)
        }
    }

    @Test func `ends when it is revoked, and stays ended since then`() async throws {
        try await with { path in
            let store = try AccessStore(path: path)
            _ = try await store.add(token(1))
            #expect(try await store.revoke(token: "tok-1", at: Self.now))
            #expect(try await store.revoke(token: "tok-1", at: Timestamp(seconds: 1_900_000_000)))
            #expect(try await !store.revoke(token: "tok-7", at: Self.now))
            try await store.touch(token: "tok-1", at: Self.now)
            let kept = try #require(try await store.tokens().first)
            #expect(kept.revoked == Self.now && kept.lastUsed == Self.now && !kept.isGood(at: Self.now))
        }
    }
}
