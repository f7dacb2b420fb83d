//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Pace: when may this switch be asked again? Never faster than its keeper allows, and slower when it struggles.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One switch's pace. All times are nanoseconds of a clock that only goes forward; they come in, none is asked for.
///
/// One question is under way at a time. When an answer takes twice as long as usual, the switch is left alone for as long
/// as that answer took, then twice as long, up to eight times; when it recovers, the pauses halve again. An answer that
/// stays slow becomes the usual one with time: a switch whose forwarding table is slower than the rest is read to its end.
struct Pace: Hashable, Sendable {
    static let mostSlowness = 8
    /// What a pause may be: longer ones would only keep the poll from ending.
    static let longestPause: Int64 = 2_000_000_000
    /// Below this a doubled latency is the network's noise and no struggle.
    static let noise: Int64 = 20_000_000

    private let gap: Int64
    private(set) var slowness = 1
    private(set) var backOffs = 0
    private var usual: [Bool: Int64] = [:]
    private var calm = 0
    private(set) var nextSend: Int64 = .min

    init(requestsPerSecond: Int) {
        gap = 1_000_000_000 / Int64(max(1, min(requestsPerSecond, 1_000)))
    }

    /// The slower of what short and long answers usually take.
    var usualLatency: Int64 { max(usual[true] ?? 0, usual[false] ?? 0) }

    mutating func sent(at now: Int64) { nextSend = now + gap * Int64(slowness) }

    /// - Parameter isLong: Whether many rows were asked for: such answers are compared with each other only.
    mutating func heard(after latency: Int64, isLong: Bool, at now: Int64) {
        defer { if slowness > 1 { pause(latency * Int64(slowness - 1), at: now) } }
        guard let before = usual[isLong] else {
            usual[isLong] = latency
            return
        }
        if latency > 2 * before + Self.noise {
            calm = 0
            backOffs += 1
            slowness = min(Self.mostSlowness, slowness * 2)
            // What stays slow is no struggle but its way (a large table): after some thirty answers it is the usual.
            usual[isLong] = before + min(latency, Self.longestPause) / 16
        } else if slowness > 1 {
            calm += 1
            if calm >= 4 {
                calm = 0
                slowness /= 2
            }
        } else {
            usual[isLong] = (before * 7 + latency) / 8
        }
    }

    /// Nobody answered in time: that is more than double.
    mutating func missed(at now: Int64) {
        calm = 0
        backOffs += 1
        slowness = min(Self.mostSlowness, slowness * 2)
        nextSend = max(nextSend, now + gap * Int64(slowness))
    }

    private mutating func pause(_ length: Int64, at now: Int64) {
        nextSend = max(nextSend, now + min(length, Self.longestPause))
    }
}
