//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// What the server counts of itself.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Synchronization

/// Requests by route and status, and how long they took.
final class RequestCounts: Sendable {
    struct Key: Hashable, Comparable {
        var route: String
        var status: Int
        static func < (one: Self, other: Self) -> Bool { (one.route, one.status) < (other.route, other.status) }
    }
    struct Histogram {
        /// One for each bound, and one for what is slower.
        var counts = [UInt64](repeating: 0, count: RequestCounts.bounds.count + 1)
        var sum: Double = 0
    }
    struct Snapshot {
        var requests: [(key: Key, count: UInt64)]
        var durations: [(route: String, histogram: Histogram)]
    }

    /// Seconds.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    private let state = Mutex<(requests: [Key: UInt64], durations: [String: Histogram])>(([:], [:]))

    /// - Parameter route: an id of the route table, so that there are few.
    func count(_ route: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.requests[Key(route: route, status: status), default: 0] &+= 1
            let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            state.durations[route, default: Histogram()].counts[place] &+= 1
            state.durations[route]?.sum += seconds
        }
    }

    var snapshot: Snapshot {
        state.withLock { state in
            Snapshot(
                requests: state.requests.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 },
                durations: state.durations.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 })
        }
    }
}
