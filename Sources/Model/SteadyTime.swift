//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Steady time: the machine's clock, without its jumps.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// The time of a house that goes on while the machine's clock is set forward or back.
///
/// Ages, the order of what is seen and the ends of sessions are differences of moments: a clock that is set by an hour must
/// not make everything an hour old, or an hour too new to be followed by anything. So a jump is not taken part in. From then
/// on this time draws near by a tenth: an hour is made up for in ten. What is farther away than `farthest` was a clock that
/// was never set, and is followed at once.
///
/// A value: both clocks come in, as nanoseconds.
public struct SteadyTime: Hashable, Sendable {
    /// Two clocks that differ by less are the same: a machine is busy for a moment, and NTP moves clocks by milliseconds.
    public static let tolerance: Int64 = 2_000_000_000
    /// Six hours: more than daylight saving, time zones of a country or a hand could be wrong by.
    public static let farthest: Int64 = 6 * 3_600_000_000_000

    /// The moment that was told last.
    public private(set) var moment: Timestamp
    /// What the machine's clock said then.
    public private(set) var machine: Timestamp
    private var steady: Int64
    /// How far this time is ahead of the machine's clock; 0 while they are the same.
    public private(set) var lead: Int64 = 0

    /// - Parameter steady: a clock that only goes forward, from any beginning.
    public init(machine: Timestamp, steady: Int64) {
        (moment, self.machine, self.steady) = (machine, machine, steady)
    }

    /// Goes on to what both clocks say now.
    ///
    /// - Returns: by how much the machine's clock jumped since the last time; 0 when it did not.
    public mutating func advance(machine now: Timestamp, steady: Int64) -> Int64 {
        let elapsed = max(0, Self.difference(steady, self.steady))
        let jump = Self.difference(now.nanoseconds, Self.sum(machine.nanoseconds, elapsed))
        (machine, self.steady) = (now, max(steady, self.steady))
        let next = Self.sum(moment.nanoseconds, elapsed)
        let behind = Self.difference(now.nanoseconds, next)
        switch behind.magnitude {
        case ...UInt64(Self.tolerance): moment = max(moment, now)
        case ...UInt64(Self.farthest):
            let step = min(Int64(behind.magnitude), elapsed / 10)
            moment = Timestamp(nanoseconds: Self.sum(next, behind > 0 ? step : -step))
        default: moment = now
        }
        let apart = Self.difference(moment.nanoseconds, now.nanoseconds)
        lead = apart.magnitude > UInt64(Self.tolerance) ? apart : 0
        return jump.magnitude > UInt64(Self.tolerance) ? jump : 0
    }

    private static func sum(_ one: Int64, _ other: Int64) -> Int64 {
        let (sum, overflow) = one.addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }

    private static func difference(_ one: Int64, _ other: Int64) -> Int64 {
        let (difference, overflow) = one.subtractingReportingOverflow(other)
        return overflow ? (one > other ? .max : .min) : difference
    }
}
