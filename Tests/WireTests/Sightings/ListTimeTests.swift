//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Moments of other programs' lists.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

/// Goal: a moment is understood as it was meant, or not at all.
@Suite struct `Moments in lists` {
    @Test(arguments: [
        ("2024-05-02T10:00:00Z", "2024-05-02T10:00:00Z"), ("2024-05-02T12:00:00+02:00", "2024-05-02T10:00:00Z"),
        ("2024-05-02 11:00:00", "2024-05-02T10:00:00Z"), ("2024/05/02 11:00:00.250", "2024-05-02T10:00:00.25Z"),
        ("2024-05-02T12:00:00+0200", "2024-05-02T10:00:00Z"), ("2024-05-02 11:00", "2024-05-02T10:00:00Z"),
        ("2024-05-02", "2024-05-01T23:00:00Z"), ("02.05.2024 11:00", "2024-05-02T10:00:00Z"),
        ("05/02/2024 11:00:00 AM", "2024-05-02T10:00:00Z"), ("5/2/24 1:00 PM", "2024-05-02T12:00:00Z"),
        ("5/2/2024 12:30 AM", "2024-05-01T23:30:00Z"), ("25/12/2024 11:00", "2024-12-25T10:00:00Z"),
        ("2 May 2024 11:00:00", "2024-05-02T10:00:00Z"), ("May 2, 2024 11:00:00 AM", "2024-05-02T10:00:00Z"),
        ("Thu, 02 May 2024 10:00:00 GMT", "2024-05-02T10:00:00Z"), ("1714644000", "2024-05-02T10:00:00Z"),
        ("1714644000.123", "2024-05-02T10:00:00Z"), ("1714644000250", "2024-05-02T10:00:00.25Z"),
    ])
    func `are read as they were meant`(text: String, moment: String) throws {
        let found = try #require(ListTime(zone: 3_600)(text), "\(text)")
        #expect(found == Timestamp(rfc3339: moment), "\(text) is \(found)")
    }

    @Test func `the third of April is the fourth of March elsewhere`() {
        #expect(ListTime()("3/4/2026 00:00") == Timestamp(rfc3339: "2026-03-04T00:00:00Z"))
        #expect(ListTime(isDayFirst: true)("3/4/2026 00:00") == Timestamp(rfc3339: "2026-04-03T00:00:00Z"))
    }

    @Test(arguments: [
        "", " ", "yesterday", "never", "12:00", "2024-13-02", "2024-02-30 10:00", "31/31/2024", "2024-05-02 25:00",
        "2024-05-02 10:00 CEST", "99999999999999999999", "1", "2024-05-02 13:00 PM", "2024-05-02T10:00:00+99:00",
        "0000-00-00 00:00:00", "2024-05-02 10:00:00 and more", "9999-12-31 23:59:59",
    ])
    func `that are none are none`(text: String) {
        #expect(ListTime()(text) == nil)
    }

    @Test(arguments: [("+01:00", 3_600), ("-0530", -19_800), ("UTC", 0), ("Z", 0), ("+05", 18_000)])
    func `zones are read`(text: String, seconds: Int64) {
        #expect(ListTime.zone(text) == seconds)
    }

    @Test(arguments: ["", "Berlin", "+1", "+25:00", "01:00", "+01:60"]) func `and nothing else is a zone`(text: String)
    {
        #expect(ListTime.zone(text) == nil)
    }
}
