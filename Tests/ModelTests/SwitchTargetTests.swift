//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Switch targets: secrets stay secret, and a freeze window knows its hours.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@Suite struct `A switch that is asked` {
    @Test func `whoever prints it prints no secret`() {
        let user = Credential.user(
            "ward-reader", authentication: .init(.sha256, Secret("first-word")),
            privacy: .init(.aes128, Secret("second-word")))
        for credential in [Credential.community(Secret("first-word")), user] {
            var target = SwitchTarget(agent: "sw", host: "192.0.2.1", site: "house", credential: credential)
            target.retries = 2
            var dumped = ""
            dump(target, to: &dumped)
            for text in [
                "\(target)", String(reflecting: target), "\(credential)", String(reflecting: credential),
                "\([credential])", "\(Optional(credential) as Any)", dumped,
            ] {
                #expect(!text.contains("word"), "\(text.count) characters")
                #expect(text.contains("•••"))
            }
        }
        if case .user(_, let authentication?, let privacy?) = user {
            #expect("\(authentication)\(privacy)\(authentication.passphrase)" == "•••••••••")
            #expect(authentication.passphrase.revealed() == "first-word")
        }
    }

    @Test func `a weekly freeze begins with its first minute and ends before its last`() throws {
        // 2026-03-02 was a Monday.
        let lunch = FreezeWindow.weekly(days: [.monday], fromMinute: 720, toMinute: 780)
        let table: [(String, Bool)] = [
            ("2026-03-02T11:59:59Z", false), ("2026-03-02T12:00:00Z", true), ("2026-03-02T12:59:59Z", true),
            ("2026-03-02T13:00:00Z", false), ("2026-03-03T12:30:00Z", false), ("2026-03-09T12:30:00Z", true),
            ("1969-12-29T12:30:00Z", true), ("1969-12-30T12:30:00Z", false),
        ]
        for (text, isFrozen) in table {
            let time = try #require(Timestamp(rfc3339: text))
            #expect(lunch.contains(time, offset: 0) == isFrozen, "\(text)")
            let elsewhere = Timestamp(seconds: time.nanoseconds / 1_000_000_000 - 7_200)
            #expect(lunch.contains(elsewhere, offset: 7_200) == isFrozen)
        }
    }

    @Test func `a freeze over midnight belongs to the day it starts on`() throws {
        let night = FreezeWindow.weekly(days: [.friday], fromMinute: 1_320, toMinute: 360)
        let table: [(String, Bool)] = [
            ("2026-03-06T21:59:00Z", false), ("2026-03-06T22:00:00Z", true), ("2026-03-07T05:59:59Z", true),
            ("2026-03-07T06:00:00Z", false), ("2026-03-07T22:30:00Z", false), ("2026-03-06T05:00:00Z", false),
        ]
        for (text, isFrozen) in table {
            #expect(night.contains(try #require(Timestamp(rfc3339: text)), offset: 0) == isFrozen, "\(text)")
        }
        let day = FreezeWindow.weekly(days: [.saturday], fromMinute: 0, toMinute: 1_440)
        #expect(day.contains(try #require(Timestamp(rfc3339: "2026-03-07T23:59:59Z")), offset: 0))
        #expect(!day.contains(try #require(Timestamp(rfc3339: "2026-03-08T00:00:00Z")), offset: 0))
    }

    @Test func `a freeze that comes once leaves its end out`() throws {
        let from = try #require(Timestamp(rfc3339: "2026-12-20T00:00:00+01:00"))
        let to = try #require(Timestamp(rfc3339: "2027-01-06T00:00:00+01:00"))
        let freeze = FreezeWindow.once(from: from, to: to)
        #expect(freeze.contains(from, offset: 0) && !freeze.contains(to, offset: 0))
        #expect(!freeze.contains(Timestamp(nanoseconds: from.nanoseconds - 1), offset: 0))
    }
}
