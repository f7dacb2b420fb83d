//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Time: when was it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A moment, in nanoseconds since 1970-01-01T00:00:00Z. Reaches from 1677 to 2262; what lies outside is clamped.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let nanoseconds: Int64

    @inlinable public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Clamps to what 64 bits of nanoseconds can hold.
    public init(seconds: Int64, nanoseconds: Int64 = 0) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = product.addingReportingOverflow(nanoseconds)
        self.nanoseconds = overflow || carried ? (seconds < 0 ? .min : .max) : sum
    }

    @inlinable public static var epoch: Timestamp { Timestamp(nanoseconds: 0) }

    @inlinable public static func < (one: Self, other: Self) -> Bool { one.nanoseconds < other.nanoseconds }

    /// RFC 3339 in UTC, with as many digits of the second (0, 3, 6 or 9) as it needs.
    public var description: String {
        var seconds = nanoseconds / 1_000_000_000
        var fraction = nanoseconds % 1_000_000_000
        if fraction < 0 {
            fraction += 1_000_000_000
            seconds -= 1
        }
        var days = seconds / 86_400
        var inDay = seconds % 86_400
        if inDay < 0 {
            inDay += 86_400
            days -= 1
        }
        let (year, month, day) = Self.civil(fromDays: days)
        // Written digit by digit: a large answer holds some hundred thousand of them.
        var text: [UInt8] = []
        text.reserveCapacity(30)
        let parts = [
            (year, 4, "-"), (month, 2, "-"), (day, 2, "T"), (inDay / 3600, 2, ":"), (inDay / 60 % 60, 2, ":"),
        ]
        for (number, width, after) in parts {
            Self.write(number, width, to: &text)
            text += after.utf8
        }
        Self.write(inDay % 60, 2, to: &text)
        if fraction != 0 {
            text.append(UInt8(ascii: "."))
            if fraction % 1_000_000 == 0 {
                Self.write(fraction / 1_000_000, 3, to: &text)
            } else if fraction % 1_000 == 0 {
                Self.write(fraction / 1_000, 6, to: &text)
            } else {
                Self.write(fraction, 9, to: &text)
            }
        }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// A number that is not negative, in just so many digits.
    private static func write(_ number: Int64, _ width: Int, to text: inout [UInt8]) {
        var place: Int64 = 1
        for _ in 1..<width { place *= 10 }
        while place > 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / place % 10))
            place /= 10
        }
    }

    /// Proleptic Gregorian date of a day number, by the 400-year cycle (146,097 days) counted from 0000-03-01.
    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
