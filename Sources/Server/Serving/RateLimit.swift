//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Rate limits: so many requests a second of one client, with some at once.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Synchronization

/// Buckets that fill as time goes on (token buckets). Bounded: full buckets are forgotten first.
final class RateLimit: Sendable {
    private struct Bucket {
        /// Thousandths of a request that are left.
        var left: Int
        /// Milliseconds.
        var filled: Int
    }

    private struct State {
        var buckets: [String: Bucket] = [:]
        var perSecond: Int
        var burst: Int

        func level(_ bucket: Bucket, _ now: Int) -> Int {
            let elapsed = max(0, min(now - bucket.filled, 3_600_000))
            return min(burst * 1_000, bucket.left + elapsed * perSecond)
        }
    }

    private let state: Mutex<State>
    /// Clients that are told apart; when there are more, all buckets that are full again are forgotten.
    static let most = 8_192

    init(perSecond: Int, burst: Int) { state = Mutex(State(perSecond: max(1, perSecond), burst: max(1, burst))) }

    /// Other rates from now on.
    func use(perSecond: Int, burst: Int) {
        state.withLock { ($0.perSecond, $0.burst) = (max(1, perSecond), max(1, burst)) }
    }

    /// Nil when it may; else after how many seconds to come back.
    func refusal(of client: String, atMilliseconds now: Int) -> Int? {
        state.withLock { state in
            let burst = state.burst
            if state.buckets[client] == nil, state.buckets.count >= Self.most {
                let known = state
                state.buckets = known.buckets.filter { known.level($0.value, now) < burst * 1_000 }
                // So many busy clients at once are an attack: nobody new.
                if state.buckets.count >= Self.most { return 1 }
            }
            var bucket = state.buckets[client] ?? Bucket(left: burst * 1_000, filled: now)
            bucket.left = state.level(bucket, now)
            bucket.filled = now
            defer { state.buckets[client] = bucket }
            guard bucket.left >= 1_000 else { return max(1, (1_000 - bucket.left) / (state.perSecond * 1_000)) }
            bucket.left -= 1_000
            return nil
        }
    }
}

/// Attempts within a time: sign-ins of one address.
final class AttemptLimit: Sendable {
    private let attempts = Mutex<[String: [Int]]>([:])
    private let most: Int
    private let milliseconds: Int

    init(most: Int, seconds: Int) { (self.most, milliseconds) = (most, seconds * 1_000) }

    /// Counts one attempt. Nil when it may; else after how many seconds to come back.
    func refusal(of client: String, atMilliseconds now: Int) -> Int? {
        attempts.withLock { attempts in
            if attempts.count >= RateLimit.most {
                attempts = attempts.filter { $0.value.last.map { now - $0 < milliseconds } ?? false }
                if attempts.count >= RateLimit.most { return milliseconds / 1_000 }
            }
            var recent = (attempts[client] ?? []).filter { now - $0 < milliseconds && $0 <= now }
            defer { attempts[client] = recent }
            if recent.count >= most, let first = recent.first { return max(1, (milliseconds - (now - first)) / 1_000) }
            recent.append(now)
            return nil
        }
    }

    /// It was the right password.
    func forget(_ client: String) { attempts.withLock { $0[client] = nil } }
}
