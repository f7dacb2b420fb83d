//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Receipts: the same key, the same answer, however often a sensor asks.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Synchronization

/// Remembers for which key which positions were given, while this process runs. The oldest are forgotten first.
final class Receipts: Sendable {
    enum Claim {
        case mine, running, other
        case done(Range<UInt64>)
    }

    private struct Receipt {
        var digest: [UInt8]
        var range: Range<UInt64>?
    }

    /// A sensor asks again within minutes; a thousand sensors send ten batches in that time.
    static let most = 10_000

    private let state = Mutex<(receipts: [String: Receipt], order: [String])>(([:], []))

    func claim(_ key: String, digest: [UInt8]) -> Claim {
        state.withLock { state in
            if let known = state.receipts[key] {
                guard known.digest == digest else { return .other }
                return known.range.map { .done($0) } ?? .running
            }
            if state.order.count >= Self.most {
                for key in state.order.prefix(Self.most / 10) { state.receipts[key] = nil }
                state.order.removeFirst(Self.most / 10)
            }
            state.receipts[key] = Receipt(digest: digest)
            state.order.append(key)
            return .mine
        }
    }

    func finish(_ key: String, _ range: Range<UInt64>) { state.withLock { $0.receipts[key]?.range = range } }

    /// It was not taken in: the key is free again.
    func forget(_ key: String) {
        state.withLock { state in
            state.receipts[key] = nil
            state.order.removeAll { $0 == key }
        }
    }
}
