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
            #expect(past.contains("This is the past") && past.contains("0 devices found"))
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

    @Test func `and answers say what of the past is judged with other knowledge than then`() async throws {
        try await TestServer.with { server in
            func used(_ digest: String, at minute: Int64) -> Observation {
                Ward.say(.knowledge(Observation.Knowledge(name: "advisories", digest: digest)), at: minute)
            }
            let then = try await server.house.append([used("aaaa", at: 10)]).lowerBound
            _ = try await server.house.append([used("bbbb", at: 40)])
            let expected = [["name": "advisories", "then": "aaaa", "used": "bbbb"]]
            for path in ["devices", "findings", "answers", "places", "readings", "edges", "topology", "ports"] {
                #expect(try await server.ask("/api/v1/\(path)").json["otherKnowledge"] == nil)
                for question in ["asof=\(then)", "at=2026-03-02T08:25:00Z"] {
                    let heard = try await server.ask("/api/v1/\(path)?\(question)")
                    #expect(heard.json["otherKnowledge"] as? [[String: String]] == expected, "\(path) \(heard.text)")
                }
                let later = try await server.ask("/api/v1/\(path)?at=2026-03-02T08:50:00Z")
                #expect(later.status == 200 && later.json["otherKnowledge"] == nil)
            }
            let page = try await server.ask("/?asof=\(then)").text
            #expect(page.contains("Judged with what is there today"))
            #expect(page.contains("advisories (then aaaa, now bbbb)"))
            #expect(try await !server.ask("/").text.contains("Judged with what is there today"))
        }
    }

    @Test(arguments: ["/devices", "/findings"])
    func `stay in the past when a list is searched`(path: String) async throws {
        try await TestServer.with { server in
            let at = "2026-03-02T08:25:00Z"
            let page = try await server.ask("\(path)?at=\(at)&asof=30").text
            #expect(page.contains(#"<input type="hidden" name="at" value="2026-03-02T08:25:00Z">"#))
            #expect(page.contains(#"<input type="hidden" name="asof" value="30">"#))
            #expect(page.contains(#"href="/status?at=2026-03-02T08%3A25%3A00Z&amp;asof=30""#), "\(page.prefix(2000))")
            #expect(try await !server.ask(path).text.contains(#"type="hidden" name="asof""#))
        }
    }

    @Test func `tell relations in whole sentences`() {
        #expect(ChangeWords.verb("feeds", isEnded: true) == "no longer feeds")
        #expect(ChangeWords.verb("feeds", isEnded: false) == "now feeds")
        #expect(ChangeWords.verb("in", isEnded: true) == "is no longer in")
        for relation in Edge.Relation.allCases {
            #expect(!ChangeWords.verb(relation.rawValue, isEnded: true).contains("is no longer feeds"))
        }
    }

    @Test func `name the unit and the time of every value, and every field`() async throws {
        try await TestServer.with { server in
            let first = try await server.ask("/").text
            #expect(first.contains("judged to 2026-03-02 ") && first.contains("UTC, log position"))
            #expect(first.contains("room temperature: 21.4 °C at 2026-03-02 09:03:00 UTC</title>"))
            for path in Self.paths {
                let page = try await server.ask(path).text
                // One heading of the first order, and no label without a field.
                #expect(page.components(separatedBy: "<h1").count == 2, "\(path)")
                for field in page.components(separatedBy: "<input ").dropFirst()
                where !field.hasPrefix("type=\"hidden\"") {
                    #expect(
                        field.hasPrefix("id=\"at\"") || field.hasPrefix("name=\"q\""), "\(path): \(field.prefix(60))")
                }
            }
        }
    }

    @Test func `say so when nothing was observed yet`() async throws {
        try await TestServer.with(log: []) { server in
            for path in ["/", "/devices", "/findings", "/status"] {
                let page = try await server.ask(path).text
                #expect(page.contains("no moment yet") && !page.contains("1970"), "\(path)")
            }
            #expect(try await server.ask("/").text.contains("judged to no moment yet, log position 0"))
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
