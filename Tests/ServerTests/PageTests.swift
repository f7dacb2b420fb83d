//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The pages: what a stranger wrote stays text.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct `The pages` {
    private static let paths = [
        "/", "/devices", "/devices?q=pump", "/findings", "/status", "/?at=2026-03-02T08:10", "/devices?asof=30",
    ]

    @Test func `show, to who may see them, what is there`() async throws {
        try await TestServer.with { server in
            let first = try await server.ask("/").text
            #expect(first.contains("Floor 1") && first.contains("<polygon") && first.contains("21.4 °C"))
            #expect(first.contains("412 doses (stale)"))
            let devices = try await server.ask("/devices?q=pump-21").text
            #expect(devices.contains("pump-21") && !devices.contains("pump-22"))
            let past = try await server.ask("/devices?q=pump&at=2026-03-02T08:10").text
            #expect(past.contains("This is the past") && past.contains("0 found"))
            #expect(try await server.ask("/status").text.contains("Followers"))
            #expect(try await server.ask("/?at=never").status == 400)
            #expect(try await server.ask("/?at=1999-01-01T00:00").status == 410)
            #expect(try await server.ask("/devices/dev-000000000000").status == 404)
        }
    }

    @Test func `never let a device write markup`() async throws {
        try await TestServer.with { server in
            var pages: [String] = []
            for path in Self.paths { pages.append(try await server.ask(path).text) }
            let list = try await server.ask("/api/v1/devices?limit=1000").json["devices"] as? [[String: Any]]
            for id in try #require(list).compactMap({ $0["id"] as? String }).prefix(12) {
                pages.append(try await server.ask("/devices/\(id)").text)
            }
            for page in pages {
                #expect(
                    !page.contains("<script>") && !page.contains("<img src=x") && !page.contains("onerror=alert(1)>"))
                #expect(!page.unicodeScalars.contains("\u{202E}"))
                // Whatever follows it, a quotation mark of a stranger is none of ours.
                #expect(!page.contains("\"\u{301}") && !page.contains("<\u{301}"))
                let quoted = page.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
                #expect(!quoted.contains { $0.first == "\u{301}" })
                // Every script is a file of ours.
                #expect(page.components(separatedBy: "<script").count - 1 <= 1)
                #expect(!page.contains(" style=\""))
            }
        }
    }

    @Test func `escape scalar by scalar`() {
        let escaped = EscapedText().escapeText("<\u{301}b a=\"\u{301}x\"\u{200D}'&`")
        for scalar in escaped.unicodeScalars { #expect(!"<>\"'`".unicodeScalars.contains(scalar)) }
        #expect(EscapedText().escapeText("a&b") == "a&amp;b")
    }

    @Test func `tell the browser to believe nothing but our own files`() async throws {
        try await TestServer.with { server in
            for path in ["/", "/sign-in", "/no-such-page", "/assets/wardlight.js"] {
                let fields = try await server.ask(path).fields
                let policy = try #require(fields["content-security-policy"])
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "\(path)")
                #expect(!policy.contains("unsafe") && !policy.contains("*"))
                #expect(fields["x-content-type-options"] == "nosniff" && fields["referrer-policy"] == "no-referrer")
            }
        }
    }

    @Test func `show times in the zone of the site, also when clocks are set`() {
        let clock = ZoneClock("Europe/Vienna")
        #expect(clock.words(Timestamp(seconds: 1_772_438_700)) == "2026-03-02 09:05:00")
        #expect(clock.words(Timestamp(seconds: 1_783_000_000)) == "2026-07-02 15:46:40")
        for seconds in [1_772_438_700, 1_783_000_000, 1_774_745_999, 1_774_746_001] as [Int64] {
            let moment = Timestamp(seconds: seconds)
            #expect(clock.moment(of: clock.field(moment)) == moment)
        }
        #expect(clock.moment(of: "2026-03-02T08:05:00Z") == Timestamp(seconds: 1_772_438_700))
        #expect(clock.moment(of: "tomorrow") == nil)
        #expect(ZoneClock("Nowhere/Land").name == "UTC")
    }
}
