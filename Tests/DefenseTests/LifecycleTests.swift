//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: a system counts as unsupported on the day after its last, never when only its family is known.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model
import Support
import Testing

@Suite struct `The list of lifecycles` {
    private static func own() throws -> (list: Lifecycles, troubles: [Lifecycles.Trouble]) {
        var troubles: [Lifecycles.Trouble] = []
        return (Lifecycles(try House.text("Knowledge/lifecycles.list"), troubles: &troubles), troubles)
    }

    private func day(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text + "T00:00:00Z")) }

    @Test func `has no broken line`() throws {
        let (list, troubles) = try Self.own()
        #expect(troubles.isEmpty, "\(troubles)")
        #expect(list.count > 150)
    }

    @Test(
        arguments: [
            ("Windows XP", "2019-04-09"), ("windows xp professional SP3", "2019-04-09"),
            ("Windows XP Embedded", "2016-01-12"),
            ("Windows 7 or Server 2008 R2", "2021-10-12"), ("Windows Embedded Standard 7", "2020-10-13"),
            ("Windows Server 2008 R2 Standard", "2020-01-14"), ("Windows 8.1 or Server 2012 R2", "2023-10-10"),
            ("Windows 8 or Server 2012", "2023-10-10"), ("Windows CE", "2023-10-10"), ("Windows CE 6.0", "2018-04-10"),
            ("Windows 10 1607 or Server 2016", "2027-01-12"), ("Windows 10 1703", "2019-10-08"),
            ("Microsoft Windows 10 Version 1809", "2029-01-09"), ("Windows 6.3 (build 14393)", "2027-01-12"),
            ("10.0.19045.3803", "2025-10-14"), ("Windows 10.0.17134", "2021-05-11"), ("Windows 10", "2032-01-13"),
            ("Windows 10 2004", "2032-01-13"), ("Windows 11 24H2 or Server 2025", "2034-10-10"),
            ("Windows 6.1", "2021-10-12"),
            ("macOS 13.6.1", "2025-09-15"), ("Mac OS X 10.9.5", "2016-12-01"), ("iOS 14.8", "2021-10-26"),
            ("Android 9", "2022-01-01"), ("Android 4.4.2", "2017-10-01"), ("Ubuntu 18.04.6 LTS", "2023-05-31"),
            ("Debian GNU/Linux 10 (buster)", "2024-06-30"), ("Red Hat Enterprise Linux Server 7.9", nil),
            ("Red Hat Enterprise Linux 7.9", "2024-06-30"), ("CentOS Linux 7", "2024-06-30"),
            ("CentOS Stream 8", "2024-05-31"),
        ] as [(String, String?)])
    func `knows the last day of a system, of several the latest`(system: String, end: String?) throws {
        #expect(try Self.own().list.end(of: system) == end.map { try day($0) })
    }

    @Test(arguments: [
        "Windows", "Linux", "Linux 4.4.0-31-generic", "Windows 10 or later", "Windows 7 or something", "macOS", "iOS",
        "IOS 14.2", "Cisco IOS 15.2", "Android", "Android 10", "macOS 10.15.7", "VxWorks", "Windows 12",
        "Windows 10.0.99999",
        "Ubuntu Core 18", "", "or", "or or", "Server 2003", "7", "Windows Server 2016 or later", "iOS 15.8",
    ])
    func `says nothing where only a family is known, or nothing`(system: String) throws {
        #expect(try Self.own().list.end(of: system) == nil)
        #expect(try !Self.own().list.isUnsupported(system, at: day("2200-01-01")))
    }

    @Test func `the last day still counts, the next does not`() throws {
        let list = try Self.own().list
        let last = try #require(Timestamp(rfc3339: "2023-10-10T23:59:59.999999999Z"))
        #expect(!list.isUnsupported("Windows CE", at: last))
        #expect(list.unsupported("Windows CE", at: last) == nil)
        #expect(try list.isUnsupported("Windows CE", at: day("2023-10-11")))
        #expect(try list.unsupported("Windows CE", at: day("2026-03-02")) == "Windows CE: no updates since 2023-10-10")
        for moment in [Timestamp(nanoseconds: .min), .epoch] { #expect(!list.isUnsupported("Windows CE", at: moment)) }
        #expect(list.isUnsupported("Windows CE", at: Timestamp(nanoseconds: .max)))
    }

    @Test(arguments: [
        ("until 2020-01-01 \"A\"", "a source has to stand above it"),
        ("source \"s\"\nuntil 2020-02-30 \"A\"", "write until 2014-04-08"),
        ("source \"s\"\nuntil \"A\"", "write until"),
        ("source \"s\"\nuntil 2020-01-01 \"A", "a quotation mark is missing"), ("source", "write source"),
        ("source \"s\"\nuntil 2020-01-01", "no name and no build"),
        ("source \"s\"\nuntil 2020-01-01 A", "names stand in quotation marks"),
        ("source \"s\"\nuntil 2020-01-01 \"Linux\"", "is no name of a system"),
        ("source \"s\"\nuntil 2020-01-01 build x", "write build 14393"),
        ("source \"s\"\nuntil 2020-01-01 \"A\" build 99", "write build 14393"),
        ("source \"s\"\nuntil 2020-01-01 \"A 1\"\nuntil 2021-01-01 \"a 1\"", "stands here twice"),
        ("source \"s\"\nuntil 2020-01-01 build 7601\nuntil 2020-01-01 build 7601", "stands here twice"),
        ("ends 2020-01-01 \"A\"", "is no word here"), ("\"A\" until 2020-01-01", "begins with source or until"),
    ])
    func `a broken line is refused with its number`(text: String, reason: String) {
        var troubles: [Lifecycles.Trouble] = []
        let list = Lifecycles(text + "\nsource \"t\"\nuntil 2010-01-01 \"Kept 1\"", troubles: &troubles)
        #expect(troubles.count == 1)
        #expect(troubles.first?.reason.contains(reason) == true, "\(troubles)")
        #expect(troubles.first?.line == text.split(separator: "\n").count)
        #expect(list.isUnsupported("kept 1.2", at: Timestamp(seconds: 1_700_000_000)))
    }

    @Test func `a list without end stops, and a text without end says nothing`() {
        var troubles: [Lifecycles.Trouble] = []
        let line = "until 2020-01-01 \"A\"\n"
        _ = Lifecycles(String(repeating: line, count: 6_000), troubles: &troubles)
        #expect(troubles.last?.reason == "the list has more than 5,000 lines")
        let list = Lifecycles("source \"s\"\nuntil 2020-01-01 \"A\"", troubles: &troubles)
        #expect(list.end(of: String(repeating: "A ", count: 10_000)) == nil)
        #expect(list.end(of: "A " + String(repeating: "or A ", count: 15)) != nil)
        #expect(list.end(of: "A " + String(repeating: "or A ", count: 30)) == nil)
        #expect(list.end(of: String(repeating: "or ", count: 60)) == nil)
    }
}
