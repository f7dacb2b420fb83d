//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Time zone of a site: what did the clock on the ward's wall say?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A time zone as a table, so that rooms that know no clock can show times as the ward's clock showed them.
public struct SiteZone: Hashable, Sendable {
    /// From a moment on, clocks stand so far from UTC.
    public struct Change: Hashable, Sendable {
        public var from: Timestamp
        /// Seconds east of UTC.
        public var offset: Int
        /// `UTC+2`
        public var name: String

        public init(from: Timestamp, offset: Int, name: String) {
            (self.from, self.offset, self.name) = (from, offset, name)
        }
    }

    /// Of the IANA time zone database: `Europe/Berlin`.
    public let name: String
    private let first: Change
    /// Ascending.
    private let changes: [Change]

    /// Two changes a year for more than a hundred years.
    public static let mostChanges = 512
    /// No zone is further from UTC (UTC+14, and UTC-12, with room for what may come).
    public static let offsets = -86_400...86_400
    public static let utc = SiteZone("UTC", first: Change(from: Timestamp(nanoseconds: .min), offset: 0, name: "UTC"))

    /// - Parameters:
    ///   - first: Holds before all changes.
    ///   - changes: In any order; beyond `mostChanges` the latest are left out.
    public init(_ name: String, first: Change, changes: [Change] = []) {
        func bounded(_ change: Change) -> Change {
            Change(
                from: change.from,
                offset: min(max(change.offset, Self.offsets.lowerBound), Self.offsets.upperBound), name: change.name)
        }
        self.name = name
        self.first = bounded(first)
        self.changes = Array(changes.sorted { $0.from < $1.from }.prefix(Self.mostChanges)).map(bounded)
    }

    /// What holds at a moment.
    public func change(at moment: Timestamp) -> Change {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].from <= moment { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : changes[low - 1]
    }

    /// `2026-03-29 03:00:12 UTC+2`
    public func words(_ moment: Timestamp) -> String {
        let (date, clock) = parts(moment)
        return "\(date) \(clock) \(change(at: moment).name)"
    }

    /// `2026-03-29 03:00`, for tables that name the zone elsewhere.
    public func minute(_ moment: Timestamp) -> String {
        let (date, clock) = parts(moment)
        return "\(date) \(clock.prefix(5))"
    }

    private func parts(_ moment: Timestamp) -> (date: Substring, clock: Substring) {
        let offset = Int64(change(at: moment).offset)
        let (seconds, rest) = moment.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let text = Timestamp(seconds: seconds - (rest < 0 ? 1 : 0) + offset).description
        return (text.prefix(10), text.dropFirst(11).prefix(8))
    }
}
