//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Time, read: the moment that a text of RFC 3339 names.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Timestamp {
    /// Reads `2026-03-01T12:00:00Z`, with a fraction of at most nine digits, with `+01:00` for `Z`, and with `-` for the
    /// colons, as file names on Windows need it; nil for anything else, and for moments beyond what fits.
    public init?(rfc3339 text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40 else { return nil }
        func number(_ from: Int, _ count: Int) -> Int64? {
            guard from + count <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[from..<from + count] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            }
            return value
        }
        func isMark(_ place: Int, _ marks: String) -> Bool { place < bytes.count && marks.utf8.contains(bytes[place]) }
        guard let year = number(0, 4), isMark(4, "-"), let month = number(5, 2), isMark(7, "-"),
            let day = number(8, 2), isMark(10, "Tt_ "), let hour = number(11, 2), isMark(13, ":-"),
            let minute = number(14, 2), isMark(16, ":-"), let second = number(17, 2), year >= 1678, year <= 2261,
            (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        var place = 19
        var nanoseconds: Int64 = 0
        if isMark(place, ".") {
            place += 1
            var unit: Int64 = 100_000_000
            let start = place
            while let digit = number(place, 1) {
                guard place - start < 9 else { return nil }
                nanoseconds += digit * unit
                unit /= 10
                place += 1
            }
            guard place > start else { return nil }
        }
        var offset: Int64 = 0
        if isMark(place, "Zz") {
            place += 1
        } else if isMark(place, "+-"), let hours = number(place + 1, 2), isMark(place + 3, ":-"),
            let minutes = number(place + 4, 2), hours < 24, minutes < 60
        {
            offset = (hours * 3_600 + minutes * 60) * (isMark(place, "-") ? -1 : 1)
            place += 6
        } else {
            return nil
        }
        guard place == bytes.count else { return nil }
        let inDay = hour * 3_600 + minute * 60 + second
        self.init(
            seconds: Self.days(year, month, day) * 86_400 + inDay - offset, nanoseconds: nanoseconds)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01, by the 400-year cycle counted from 0000-03-01.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
