//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Profiles: can a person read them, and can nobody's file do harm?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

/// Goal: a profile is a page that a person can review and share.
@Suite struct `A profile` {
    private static func camera() throws -> Profile {
        var profile = try #require(Profile(label: "D-Link camera"))
        profile.name(.vendor, "D-Link")
        profile.name(.model, "DCS-935L")
        profile.name(.type, "network camera")
        profile.learn([ProfileToken("dhcp.hostname", "dcs-935l"), ProfileToken("domain", "mydlink.com")])
        profile.learn([ProfileToken("dhcp.hostname", "dcs-935l")])
        return profile
    }

    @Test func `reads like a page`() throws {
        let lines = try Self.camera().text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines == [
                "label     D-Link camera", "vendor    D-Link", "model     DCS-935L", "type      network camera",
                "captures  2", "token    2  dhcp.hostname  dcs-935l", "token    1  domain         mydlink.com",
            ])
    }

    @Test func `comes back as it was written`() throws {
        var profile = try Self.camera()
        profile.learn([
            ProfileToken("http.userAgent", "wget/1.13 # (linux) é"), ProfileToken("ssdp.usn", "socket-1_0-#"),
        ])
        let again = try Profile(parsing: profile.text, file: "a.profile")
        #expect(again == profile)
        #expect(try Profile(parsing: profile.text.replacingOccurrences(of: "\n", with: "\r\n"), file: "a") == profile)
        #expect(again.text == profile.text)
    }

    @Test(arguments: [
        ("", 1, "no `label"), ("captures 1", 1, "must be `label"), ("label", 1, "is empty"),
        ("label A\nlabel B", 2, "a second label"), ("label A or B\ncaptures 1", 1, "undecided"),
        ("label A", 1, "no `captures"), ("label A\ncaptures 0", 2, "from 1 to"),
        ("label A\ncaptures x", 2, "from 1 to"),
        ("label A\ncaptures 99999999999999999999", 2, "from 1 to"), ("label A\ncaptures 1\ncaptures 2", 3, "a second"),
        ("label A\ncaptures 1\ntoken 2 a b", 3, "seen in 2 captures of 1"),
        ("label A\ncaptures 1\ntoken 1 a", 3, "write `token"), ("label A\ncaptures 1\ntoken", 3, "begins with"),
        ("label A\ncaptures 1\ntoken -1 a b", 3, "begins with"),
        ("label A\ncaptures 1\ntoken 1 a b\ntoken 1 a b", 4, "twice"),
        ("label A\ncaptures 1\nwhat 1", 3, "no line of a profile"),
        ("label A\nvendor \u{202E}x\ncaptures 1", 2, "seen"),
        ("label A\ncaptures 1\ntoken 1 a b\u{7}", 3, "cannot be seen"),
        ("label A\ncaptures 1\ntoken 1 a \(String(repeating: "b", count: 161))", 3, "at most"),
        ("label \(String(repeating: "b", count: 97))", 1, "longer than"),
    ])
    func `that is broken is refused with its line`(text: String, line: Int, words: String) {
        do {
            _ = try Profile(parsing: text, file: "x.profile")
            Issue.record("accepted: \(text)")
        } catch {
            #expect(error.file == "x.profile" && error.line == line, "\(error)")
            #expect(error.problem.contains(words), "\(error)")
        }
    }

    @Test func `has bounds: tokens, octets, captures`() throws {
        var profile = try #require(Profile(label: "A"))
        profile.learn([ProfileToken("client", "kept")])
        profile.learn((0..<3_000).map { ProfileToken("client", "\($0)") } + [ProfileToken("client", "kept")])
        #expect(profile.counts.count == Profile.tokensAtMost)
        #expect(profile.counts[ProfileToken("client", "kept")] == 2)
        let many = (0...Profile.tokensAtMost).map { "token 1 client \($0)" }.joined(separator: "\n")
        #expect(throws: KnowledgeError.self) { try Profile(parsing: "label A\ncaptures 1\n" + many, file: "x") }
        let long = "label A\n" + String(repeating: "#\n", count: Profile.octetsAtMost)
        #expect(throws: KnowledgeError.self) { try Profile(parsing: long, file: "x") }
    }

    @Test(arguments: [
        ("D-Link camera", "D-Link camera.profile"), ("../../etc/passwd", "etc-passwd.profile"), ("a/b", "a-b.profile"),
        (".hidden", "hidden.profile"), ("病院", "病院.profile"), ("///", "label.profile"),
    ])
    func `has a file name that stays in its folder`(label: String, name: String) throws {
        let file = try #require(Profile(label: label)).fileName
        #expect(file == name && !file.contains("/") && !file.hasPrefix("."))
    }

    @Test func `every cut of one is read or refused, never a stop`() throws {
        let text = Array(try Self.camera().text.utf8)
        for end in text.indices {
            _ = try? Profile(parsing: String(decoding: text[..<end], as: UTF8.self), file: "x")
        }
    }
}

/// Goal: weights are the same on every machine.
@Suite struct `Logarithms` {
    @Test(
        arguments: [
            (1, 0), (2, 693), (3, 1_099), (10, 2_303), (1_000_000, 13_816), (UInt64.max, 44_361),
        ] as [(UInt64, Int)])
    func `are the natural ones, in thousandths`(number: UInt64, expected: Int) {
        #expect(abs(MilliLog.of(number) - expected) <= 1)
    }
}
