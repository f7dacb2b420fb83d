//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The API: lists, pages, filters, the past, who may ask what.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct `The API` {
    @Test func `says who may ask: nobody without a token, and each scope its own`() async throws {
        try await TestServer.with { server in
            #expect(try await server.ask("/api/v1/devices", as: nil).status == 401)
            #expect(try await server.ask("/api/v1/devices", as: "wl_guess").status == 401)
            #expect(try await server.ask("/api/v1/devices", as: "write").status == 403)
            #expect(try await server.ask("/api/v1/tokens", as: "read").status == 403)
            #expect(try await server.ask("/metrics", as: nil).status == 401)
            #expect(try await server.ask("/api/v1/openapi.json", as: nil).status == 401)
            for path in ["/healthz", "/readyz"] { #expect(try await server.ask(path, as: nil).status == 200) }
            let refused = try await server.ask("/api/v1/devices", as: nil)
            #expect(refused.fields["content-type"] == "application/problem+json")
            #expect(refused.fields["www-authenticate"]?.hasPrefix("Bearer") == true)
            #expect(refused.fields["content-security-policy"]?.contains("default-src 'none'") == true)
            #expect(refused.fields["x-content-type-options"] == "nosniff")
        }
    }

    @Test func `a token that was revoked or has ended is good for nothing`() async throws {
        try await TestServer.with { server in
            let made = try await server.ask(
                "/api/v1/tokens", "POST", as: "admin", fields: [("Content-Type", "application/json")],
                body: Array(#"{"name": "gateway", "scopes": ["read"], "days": 1}"#.utf8))
            #expect(made.status == 201)
            let secret = try #require(made.json["token"] as? String)
            let id = try #require(made.json["id"] as? String)
            #expect(try await server.ask("/api/v1/log", as: secret).status == 200)
            let list = try await server.ask("/api/v1/tokens", as: "admin")
            #expect(list.text.contains(id) && !list.text.contains(secret))
            #expect(try await server.ask("/api/v1/tokens/\(id)", "DELETE", as: "admin").status == 204)
            #expect(try await server.ask("/api/v1/log", as: secret).status == 401)
            var old = NewToken(name: "old", scopes: [.read], days: 1, at: Ward.minute(-3_000))
            old.token.expires = Ward.minute(59)
            _ = await server.credentials.add(old.token)
            #expect(try await server.ask("/api/v1/log", as: old.secret).status == 401)
        }
    }

    @Test func `pages follow each other without a gap or a double, however small`() async throws {
        try await TestServer.with { server in
            let whole = try await server.ask("/api/v1/devices?limit=1000")
            let all = try #require(whole.json["devices"] as? [[String: Any]]).compactMap { $0["id"] as? String }
            #expect(all.count == whole.json["total"] as? Int && all.count > 40)
            var seen: [String] = []
            var path = "/api/v1/devices?limit=7"
            while true {
                let page = try await server.ask(path).json
                seen += try #require(page["devices"] as? [[String: Any]]).compactMap { $0["id"] as? String }
                guard let next = page["next"] as? String else { break }
                path = "/api/v1/devices?limit=7&cursor=\(next)"
            }
            #expect(seen == all)
        }
    }

    @Test func `a cursor that was changed, or belongs to another question, is refused`() async throws {
        try await TestServer.with { server in
            let next = try #require(try await server.ask("/api/v1/devices?limit=3").json["next"] as? String)
            var refusals = 0
            for place in next.indices {
                var changed = next
                changed.replaceSubrange(place...place, with: next[place] == "A" ? "B" : "A")
                if try await server.ask("/api/v1/devices?limit=3&cursor=\(changed)").status == 400 { refusals += 1 }
            }
            #expect(refusals == next.count)
            #expect(try await server.ask("/api/v1/devices?q=pump&cursor=\(next)").status == 400)
            #expect(try await server.ask("/api/v1/findings?cursor=\(next)").status == 400)
            #expect(try await server.ask("/api/v1/devices?limit=5&cursor=\(next)").status == 200)
        }
    }

    @Test func `what is unknown, doubled or does not fit is refused by name`() async throws {
        try await TestServer.with { server in
            for query in [
                "colour=red", "limit=0", "limit=1001", "limit=x", "class=toaster", "stale=maybe", "limit=1&limit=2",
                "at=yesterday", "asof=-1", "q=", "%FF=1", "cursor=%00", "location=a%20b",
            ] {
                let heard = try await server.ask("/api/v1/devices?" + query)
                #expect(heard.status == 400, "\(query)")
                #expect(heard.fields["content-type"] == "application/problem+json")
                #expect(heard.json["title"] is String)
            }
            #expect(try await server.ask("/api/v1/devices?q=" + String(repeating: "x", count: 5_000)).status == 414)
            let refused = try await server.ask("/api/v1/devices", "PUT")
            #expect(refused.status == 405 && refused.fields["allow"] == "GET")
        }
    }

    @Test func `paths that climb or hide are no paths`() async throws {
        try await TestServer.with { server in
            for path in [
                "/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd",
                "/api/v1/devices/..%2f..%2fetc%2fpasswd",
                "/api/v1/devices/dev-000000000000%00", "//etc/passwd", "/api/v1//devices", "/api/v1/devices/",
                "/assets/wardlight.css/..", "/%",
            ] {
                let heard = try await server.ask(path)
                #expect(heard.status == 404, "\(path)")
                #expect(!heard.text.contains("root:"))
            }
        }
    }

    @Test func `an answer that did not change is not sent again`() async throws {
        try await TestServer.with { server in
            for path in ["/api/v1/devices?limit=5", "/api/v1/places", "/api/v1/answers", "/api/v1/openapi.json"] {
                let first = try await server.ask(path)
                let tag = try #require(first.fields["etag"])
                let again = try await server.ask(path, fields: [("If-None-Match", tag)])
                #expect(again.status == 304 && again.bytes.isEmpty, "\(path)")
            }
            let tag = try #require(try await server.ask("/api/v1/devices?limit=5").fields["etag"])
            _ = try await server.house.append([Ward.name(20, "aaa-first", at: 59)])
            #expect(
                try await server.ask("/api/v1/devices?limit=5", fields: [("If-None-Match", tag)]).status == 200)
        }
    }

    @Test func `shows the past on both axes, and says when it is gone or not yet there`() async throws {
        try await TestServer.with { server in
            let before = try await server.ask("/api/v1/devices?q=pump&at=2026-03-02T08:10:00Z")
            #expect(before.status == 200 && before.json["total"] as? Int == 0)
            let after = try await server.ask("/api/v1/devices?q=pump")
            #expect(after.json["total"] as? Int == 41)
            let early = try await server.ask("/api/v1/devices?asof=20")
            #expect(early.json["position"] as? Int == 20)
            #expect(try await server.ask("/api/v1/devices?asof=99999999").status == 404)
            let gone = try await server.ask("/api/v1/answers?at=1999-01-01T00:00:00Z")
            #expect(gone.status == 410 && gone.json["oldest"] as? String == "1")
            #expect(try await server.ask("/api/v1/places?at=2026-03-02T09:10:00%2B01:00").status == 200)
        }
    }

    @Test func `people are references, and only who administers sees them`() async throws {
        try await TestServer.with { server in
            let seen = try await server.ask("/api/v1/edges?relation=in")
            #expect(seen.text.contains("\"person\"") && !seen.text.contains("p-4711"))
            #expect(try await server.ask("/api/v1/edges?relation=in", as: "all").text.contains("p-4711"))
        }
    }

    @Test func `one device comes with its evidence, and its history with stays and readings`() async throws {
        try await TestServer.with { server in
            let list = try await server.ask("/api/v1/devices?q=pump-21")
            let id = try #require((list.json["devices"] as? [[String: Any]])?.first?["id"] as? String)
            let device = try await server.ask("/api/v1/devices/\(id)").json
            #expect(device["id"] as? String == id)
            #expect((device["facts"] as? [[String: Any]])?.contains { $0["value"] as? String == "pump-21" } == true)
            let history = try await server.ask("/api/v1/devices/\(id)/history").json
            #expect((history["edges"] as? [Any])?.count == 1)
            let reading = try #require((history["readings"] as? [[String: Any]])?.first)
            #expect(reading["value"] as? Double == 21.44 && reading["stale"] as? Bool == false)
            let stale = try await server.ask("/api/v1/readings?stale=true").json
            #expect((stale["readings"] as? [[String: Any]])?.map { $0["metric"] as? String } == ["WARDLIGHT_GEL_DOSES"])
        }
    }

    @Test func `places are counted with all that lies in them`() async throws {
        try await TestServer.with { server in
            let places = try #require(try await server.ask("/api/v1/places").json["places"] as? [[String: Any]])
            let site = try #require(places.first { $0["id"] as? String == "north" })
            #expect(site["beds"] as? Int == 6 && site["devices"] as? Int == 49)
            let room = try await server.ask("/api/v1/places?location=north/1/icu/0").json["places"] as? [[String: Any]]
            #expect(room?.count == 2)
            #expect(try await server.ask("/api/v1/places?location=nowhere").status == 404)
        }
    }

    @Test func `a client that asks too often waits, others do not`() async throws {
        try await TestServer.with({ ($0.limits.rate, $0.limits.burst) = (1, 5) }) { server in
            var statuses: [Int] = []
            for _ in 0..<8 { statuses.append(try await server.ask("/api/v1/log").status) }
            #expect(statuses.count { $0 == 200 } == 5 && statuses.count { $0 == 429 } == 3)
            #expect(try await server.ask("/api/v1/log").fields["retry-after"] != nil)
            #expect(try await server.ask("/api/v1/log", as: "all").status == 200)
        }
    }

    @Test func `an IPv6 subnet counts as one client, an IPv4 address as itself`() {
        #expect(Gate.whom(limitsCount: "2001:db8:1:2:3::9") == Gate.whom(limitsCount: "2001:db8:1:2::1"))
        #expect(Gate.whom(limitsCount: "2001:db8:1:2::1") != Gate.whom(limitsCount: "2001:db8:1:3::1"))
        #expect(Gate.whom(limitsCount: "192.0.2.1") == "192.0.2.1")
        #expect(Gate.whom(limitsCount: "::ffff:192.0.2.1") != Gate.whom(limitsCount: "::ffff:192.0.2.2"))
    }

    @Test func `metrics count requests by route, never by what was asked`() async throws {
        try await TestServer.with { server in
            _ = try await server.ask("/api/v1/devices?q=secret-word")
            _ = try await server.ask("/no/such/page")
            let text = try await server.ask("/metrics").text
            #expect(text.contains("wardlight_http_requests_total{route=\"listDevices\",status=\"200\"} 1"))
            #expect(text.contains("route=\"none\",status=\"404\""))
            #expect(
                text.contains("wardlight_http_request_duration_seconds_bucket{route=\"listDevices\",le=\"+Inf\"} 1"))
            #expect(!text.contains("secret-word"))
        }
    }
}
