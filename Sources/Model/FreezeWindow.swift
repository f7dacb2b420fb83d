//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Freeze windows: when is nothing asked of a switch?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A time in which the network is left alone: nights of maintenance, weekends of a change freeze.
public enum FreezeWindow: Hashable, Sendable {
    /// Every week on these days, from a minute of the local day (0 to 1,439) up to another (0 to 1,440), which is left
    /// out. Where the end is not after the start it reaches into the next day, and belongs to the day it starts on.
    case weekly(days: Set<Weekday>, fromMinute: Int, toMinute: Int)
    /// Once, the end left out.
    case once(from: Timestamp, to: Timestamp)

    public enum Weekday: Int, Hashable, Sendable, CaseIterable, Comparable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday

        public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
        var before: Weekday { Weekday(rawValue: (rawValue + 6) % 7) ?? .sunday }
    }

    /// - Parameter offset: Seconds by which the local clock is ahead of UTC.
    public func contains(_ time: Timestamp, offset: Int) -> Bool {
        switch self {
        case .once(let from, let to): return time >= from && time < to
        case .weekly(let days, let from, let to):
            let (utc, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
            let seconds = (rest < 0 ? utc - 1 : utc) + Int64(max(-172_800, min(172_800, offset)))
            let inDay = ((seconds % 86_400) + 86_400) % 86_400
            let day = (seconds - inDay) / 86_400
            // The first day of 1970 was a Thursday.
            guard let today = Weekday(rawValue: Int(((day + 3) % 7 + 7) % 7)) else { return false }
            let minute = Int(inDay / 60)
            if from < to { return days.contains(today) && minute >= from && minute < to }
            return days.contains(today) && minute >= from || days.contains(today.before) && minute < to
        }
    }
}
