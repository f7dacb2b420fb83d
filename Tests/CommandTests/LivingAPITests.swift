//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The API of a running service: hostile names on its pages, and searches that see what was just written.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@Suite(.enabled(if: Command.isHere), .serialized, .timeLimit(.minutes(10))) struct `The API of the living service` {
    /// What a device may call itself that means harm.
    private static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "'; DROP TABLE device; --",
        "\" OR 1=1 UNION SELECT body FROM finding --", "%' AND '1'='1", "NEAR(alpha beta) AND text:gamma*",
        "\"\u{301} onmouseover=\"alert(3)", "{{{evil}}} {{#all}}", "../../../etc/passwd", "javascript:alert(4)",
        "=cmd|'/c calc'!A1", "ansi\u{1B}[31mred \u{0} end", "\u{202E}txt.exe", "</textarea><svg/onload=alert(5)>",
    ]

    @Test func `shows what hostile devices call themselves as text, and finds them by it`() async throws {
        let client = try await LivingClient(demo: 7)
        // A person looks at the pages, a gateway hands in.
        let base = try #require(try await client.house.enter(), "\(client.house.words)")
        for (number, name) in Self.hostile.enumerated() {
            let answer = try await client.post(Told.name(UInt64(number) + 1, name))
            #expect(answer.status == 201, "\(name) \(answer.text)")
        }
        var ids: [String] = []
        for (number, name) in Self.hostile.enumerated() {
            // What no name may hold is left out before it is kept.
            let found = try await client.devices(name.contains("\u{1B}") ? "31mred" : name)
            let mac = HardwareAddress(bits: 0x0009_FB00_0001 + UInt64(number)).description
            let row = try #require(found.first { ($0["mac"] as? [String])?.contains(mac) == true }, "\(name) \(found)")
            ids.append(try #require(row["id"] as? String))
        }
        // Lists have a device at once, its own page when the hospital was judged again.
        let last = try #require(URL(string: "/devices/\(ids.last ?? "")", relativeTo: base))
        let end = Date().addingTimeInterval(30)
        while try await client.house.get(last).status != 200, Date() < end {
            try await Task.sleep(for: .milliseconds(100))
        }
        var pages = ["/", "/findings", "/status", "/devices"]
        pages += ids.map { "/devices/\($0)" }
        pages += Self.hostile.compactMap {
            $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics).map { "/devices?q=\($0)" }
        }
        var escaped = 0
        let metrics = try await client.ask("/metrics").text
        let lines = metrics.split(separator: "\n")
        let names = lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
        #expect(names.count > 20 && Set(names).count == names.count, "named twice: \(metrics)")
        let series = lines.filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: " ").first }
        #expect(Set(series).count == series.count)
        for page in pages {
            let url = try #require(URL(string: page, relativeTo: base))
            let (status, body) = try await client.house.get(url, accept: "text/html")
            let text = String(decoding: body, as: UTF8.self)
            #expect(status == 200, "\(page) \(text.prefix(300))")
            for bad in [
                "<script>alert", "<img src=x", "<svg/onload", "onmouseover=\"alert", "\u{202E}", "\u{1B}", "\u{0}",
                "href=\"javascript:",
            ] { #expect(!text.unicodeScalars.contains(subsequence: bad), "\(bad) in \(page)") }
            if text.contains("&lt;script&gt;alert(1)") { escaped += 1 }
        }
        #expect(escaped >= 2, "shown, and as text")
        // Nothing was dropped, and other searches are what they were.
        #expect(try await client.ask("/api/v1/devices?limit=1").number("total") ?? 0 >= UInt64(Self.hostile.count))
        for path in [
            "/api/v1/devices/..%2f..%2faccess.db", "/api/v1/devices/%2e%2e/%2e%2e/access.db", "/assets/..%2faccess.db",
            "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/../../etc/passwd", "/assets/....//....//etc/passwd",
            "/assets/wardlight.css%00.txt",
        ] {
            let answer = try await client.ask(path)
            #expect(answer.status == 404 || answer.status == 400, "\(path) \(answer.status)")
            #expect(!answer.text.contains("root:") && !answer.text.contains("SQLite format"), "\(path)")
        }
        #expect(try await client.end() == 0)
    }

    @Test func `finds what was just written, at once and from then on, while the hospital is judged`() async throws {
        let client = try await LivingClient(demo: 7)
        let most = 120
        for number in 1...most {
            let answer = try await client.post(Told.name(UInt64(number), "fresh-\(number)x"))
            #expect(answer.status == 201, "\(answer.text)")
            #expect(try await client.devices("fresh-\(number)x").count == 1, "device \(number), at once")
            if number > 1 {
                // The one before is judged meanwhile, or was.
                #expect(try await client.devices("fresh-\(number - 1)x").count == 1, "device \(number - 1), later")
            }
        }
        for number in 1...most {
            #expect(try await client.devices("fresh-\(number)x").count == 1, "device \(number), at the end")
        }
        #expect(try await client.end() == 0)
    }
}

extension String.UnicodeScalarView {
    /// By scalars: what a combining mark was put behind is still found.
    fileprivate func contains(subsequence text: String) -> Bool {
        let (all, some) = (Array(self), Array(text.unicodeScalars))
        guard !some.isEmpty, all.count >= some.count else { return false }
        return (0...(all.count - some.count)).contains { start in
            all[start] == some[0] && all[start..<(start + some.count)].elementsEqual(some)
        }
    }
}
