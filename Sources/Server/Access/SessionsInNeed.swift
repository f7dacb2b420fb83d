//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Sessions while nothing can be written: a full disk must not keep out those who come to see why.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Synchronization

/// Credentials as the store keeps them; a session that it cannot write begins and ends in memory, until the next start.
/// Accounts and tokens are never anywhere but in the store.
final class SessionsInNeed: Credentials {
    /// Who signs in while a disk is full; the oldest has to sign in again when more come.
    static let most = 256

    private let store: any Credentials
    /// In the order in which they came; nil for one that ended though the store still has it.
    private let held = Mutex<[(digest: [UInt8], session: WebSession?)]>([])

    init(_ store: any Credentials) { self.store = store }

    func session(digest: [UInt8]) async throws -> WebSession? {
        if let known = held.withLock({ $0.first { $0.digest == digest } }) { return known.session }
        return try await store.session(digest: digest)
    }

    func put(_ session: WebSession) async throws {
        do {
            try await store.put(session)
            forget(session.digest)
        } catch { hold(session.digest, session) }
    }

    func end(session digest: [UInt8]) async throws {
        do {
            try await store.end(session: digest)
            forget(digest)
        } catch { hold(digest, nil) }
    }

    /// One that is held moves to the store when it can be written.
    func touch(session digest: [UInt8], at moment: Timestamp) async throws {
        guard let known = held.withLock({ $0.first { $0.digest == digest } }) else {
            return try await store.touch(session: digest, at: moment)
        }
        guard var session = known.session else { return }
        session.lastUsed = moment
        try await store.put(session)
        // Signed out meanwhile is signed out.
        let hasEnded = held.withLock { held in !held.contains { $0.digest == digest && $0.session != nil } }
        if hasEnded { try await end(session: digest) } else { forget(digest) }
    }

    private func hold(_ digest: [UInt8], _ session: WebSession?) {
        held.withLock { held in
            held.removeAll { $0.digest == digest }
            if held.count >= Self.most { held.removeFirst() }
            held.append((digest, session))
        }
    }

    private func forget(_ digest: [UInt8]) { held.withLock { $0.removeAll { $0.digest == digest } } }

    // MARK: As they are

    func tokens() async throws -> [AccessToken] { try await store.tokens() }
    func token(digest: [UInt8]) async throws -> AccessToken? { try await store.token(digest: digest) }
    func add(_ token: AccessToken) async throws -> Bool { try await store.add(token) }
    func revoke(token id: String, at moment: Timestamp) async throws -> Bool {
        try await store.revoke(token: id, at: moment)
    }
    func touch(token id: String, at moment: Timestamp) async throws { try await store.touch(token: id, at: moment) }
    func hasAccounts() async throws -> Bool { try await store.hasAccounts() }
    func account(named name: String) async throws -> Account? { try await store.account(named: name) }
    func put(_ account: Account) async throws { try await store.put(account) }
}
