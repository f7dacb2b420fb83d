//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The description: it and the router are one.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing
import Wire

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct `The description` {
    private func document() throws -> [String: Any] {
        let bytes = OpenAPI.bytes(of: APITable.routes)
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Test func `names every route of the API, and nothing that is none`() async throws {
        let paths = try #require(try document()["paths"] as? [String: [String: Any]])
        var told: Set<String> = []
        for (path, methods) in paths { for method in methods.keys { told.insert("\(method.uppercased()) \(path)") } }
        #expect(told == Set(APITable.routes.map { "\($0.method.rawValue) \($0.path)" }))
        // The server answers what stands in these two tables, and nothing else (`WardlightServer`).
        for page in PageTable.routes {
            #expect(!page.path.hasPrefix("/api") && !told.contains("\(page.method.rawValue) \(page.path)"))
        }
        try await TestServer.with { server in
            for operation in told {
                let words = operation.split(separator: " ")
                if words[1] == "/api/v1/events" { continue }
                let path = words[1].replacing(
                    "{id}", with: words[1].contains("findings") ? "fnd-0123456789ab" : "dev-0123456789ab")
                let heard = try await server.ask(
                    String(path), String(words[0]), as: "all", body: words[0] == "POST" ? [] : nil)
                // It leads somewhere: an id may be unknown, a body empty, but the path and the method are there.
                #expect(heard.status != 405 && heard.status < 500, "\(operation) \(heard.status)")
                #expect(path.contains("-0123456789ab") || heard.status != 404, "\(operation)")
                for other in ["PATCH", "PUT"] {
                    #expect(try await server.ask(String(path), other, as: "all").status == 405, "\(other) \(path)")
                }
            }
        }
    }

    @Test func `has an answer and a schema for every reference`() throws {
        let text = String(decoding: OpenAPI.bytes(of: APITable.routes), as: UTF8.self)
        let schemas = try #require(
            (try document()["components"] as? [String: Any])?["schemas"] as? [String: Any])
        for piece in text.components(separatedBy: "#/components/schemas/").dropFirst() {
            let name = String(piece.prefix { $0 != "\"" })
            #expect(schemas[name] != nil, "\(name)")
        }
        for route in APITable.routes {
            #expect(!route.answers.isEmpty, "\(route.id)")
            for name in route.path.split(separator: "/").filter({ $0.hasPrefix("{") }) {
                #expect(route.parameters.contains { "{\($0.name)}" == name && $0.place == .path && $0.isRequired })
            }
        }
        #expect(Set(APITable.routes.map(\.id)).count == APITable.routes.count)
    }

    @Test func `every hardware address and every moment of today fits what is described`() throws {
        let schemas = try #require((try document()["components"] as? [String: Any])?["schemas"] as? [String: Any])
        let subject = try #require((schemas["Subject"] as? [String: Any])?["properties"] as? [String: [String: Any]])
        let hardware = try Regex(try #require(subject["hardware"]?["pattern"] as? String))
        let top: UInt64 = 1 << 48
        var fitting: [UInt64] = [1, 0x0009_FB00_0001, 0x5AF3_107A_3FFF, 0x5AF3_107A_4000, 0xF8B1_56A0_0001, top - 1]
        // One more and one less at each of its digits.
        for power in 0..<15 {
            let step = (0..<power).reduce(UInt64(1)) { step, _ in step * 10 }
            fitting.append(top - 1 - step)
            #expect("\(top - 1 + step)".wholeMatch(of: hardware) == nil, "\(top - 1 + step)")
        }
        for bits in fitting { #expect("\(bits)".wholeMatch(of: hardware) != nil, "\(bits)") }
        for text in ["", "0", "-1", "007"] { #expect(text.wholeMatch(of: hardware) == nil, "\(text)") }

        let moment = try Regex(
            try #require((schemas["Moment"] as? [String: Any])?["pattern"] as? String))
        for seconds: Int64 in [1_000_000_000, 1_795_404_600, 4_102_444_800] {
            let text = "\(Timestamp(seconds: seconds).nanoseconds)"
            #expect(text.wholeMatch(of: moment) != nil, "\(text)")
        }
    }

    @Test func `describes what may be handed in, to the last field, and all of it is taken`() async throws {
        let moment = Timestamp(seconds: 1_700_000_000)
        let subject = Subject(
            hardware: HardwareAddress(bits: 0x0200_0000_0042), network: IPAddress(v4: 0x0A00_0001),
            child: "serial:FR-0042")
        let span = Observation.Span(first: moment, last: moment)
        var coverage = Coverage(input: "gateway 7")
        (coverage.packets, coverage.decoded, coverage.bytes, coverage.span) = (7, 6, 5, span)
        (coverage.linkTypes, coverage.duplicates, coverage.truncated, coverage.dropped) = (["Ethernet"], 4, 3, 2)
        (coverage.tcpConversations, coverage.tcpOneWay, coverage.flushed) = (1, 1, 1)
        (coverage.problem, coverage.cure) = ("it stopped", "start it")
        let bed = Location(
            id: "north/2/icu/4", kind: .bed, name: "bed 4", parent: "north/2/icu",
            outline: Location.Outline(x: 0, y: 0, width: 1_000, height: 2_000), aliases: ["ICU^4^1"])
        let service = Service(name: "hl7", port: 2_575, transport: .tcp)
        let bodies: [(form: String, bodies: [Observation.Body])] = [
            (
                "measurement",
                [
                    .measurement(
                        Measurement(subject: subject, metric: "SpO2", value: 97, unit: "%", quality: .questionable))
                ]
            ),
            (
                "sighting",
                [
                    .sighting(
                        Observation.Sighting(
                            subject: subject, vlan: 7, span: span, packets: 1, bytes: 64, isBinding: true))
                ]
            ),
            (
                "fact",
                Field.allCases.map {
                    .fact(Observation.Fact(subject: subject, field: $0, value: "x", span: span, count: 1))
                }
            ),
            (
                "conversation",
                [
                    .conversation(
                        Observation.Conversation(
                            client: subject, server: subject, service: service, span: span, packets: 1, bytes: 64,
                            isAnswered: true))
                ]
            ),
            ("edge", [.edge(Edge(.person("r-1"), .in, .location(bed.id), isEnded: true))]),
            ("location", [.location(.stands(bed)), .location(.gone(bed.id))]),
            ("oddity", [.oddity(Observation.Oddity(name: "ip.short", count: 2))]), ("coverage", [.coverage(coverage)]),
            ("tick", [.tick]),
        ]
        let schemas = try #require((try document()["components"] as? [String: Any])?["schemas"] as? [String: Any])
        let forms = try #require((schemas["Observation"] as? [String: Any])?["oneOf"] as? [[String: Any]])
        #expect(forms.count == bodies.count)
        let fields = try #require((schemas["Field"] as? [String: Any])?["enum"] as? [String])
        #expect(fields == Field.allCases.map(\.path))
        var lines: [String] = []
        for (form, (name, bodies)) in zip(forms, bodies) {
            let described = try #require(form["properties"] as? [String: [String: Any]])
            #expect(Set(described.keys) == ["site", "sensor", "occurred", name])
            let schema = try #require(described[name])
            let choices = schema["oneOf"] as? [[String: Any]] ?? [schema]
            var told: Set<String> = []
            for body in bodies {
                let line = try ObservationForm.json(
                    Observation(site: "main", sensor: "gateway", occurred: moment, body: body))
                let root = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                told.formUnion(try #require(root[name] as? [String: Any]).keys)
                lines.append(line)
            }
            let names = choices.compactMap { $0["properties"] as? [String: Any] }.flatMap(\.keys)
            #expect(Set(names) == told, "\(name)")
        }
        try await TestServer.with { [lines] server in
            let body = Array(lines.joined(separator: "\n").utf8)
            let heard = try await server.ask(
                "/api/v1/observations", "POST", as: "write", fields: [("Content-Type", "application/x-ndjson")],
                body: body)
            #expect(heard.status == 201, "\(heard.text.prefix(500))")
        }
    }

    @Test func `describes kinds as they are checked`() throws {
        let good: [(ValueKind, [String], [String])] = [
            (
                .device, ["dev-0123456789ab"],
                ["dev-0123456789AB", "dev-0123456789abc", "fnd-0123456789ab", "", "dev-012345678\u{661}b"]
            ),
            (.location, ["north/1/icu", "a", "A-b_c.d"], ["", "a b", "ä", String(repeating: "a", count: 129)]),
            (.number, ["1", "1204.2", "0"], ["", ".", "1.", "1.2.3", "-1", "1234567890123456789"]),
            (
                .moment,
                [
                    "2026-11-23T03:14:00Z", "2026-11-23T03:14:00.5+01:00", "0001-01-01T00:00:00Z",
                    "9999-12-31T23:59:59Z",
                ],
                ["2026", "2026-13-01T00:00:00Z", "0001-02-30T00:00:00Z", "now"]
            ),
            (.position, ["0", "9223372036854775807"], ["-1", "9223372036854775808", "1.0", "+1", ""]),
            (
                .key, ["a", "gw7-000123", "\"x\"", String(repeating: "~", count: 128)],
                ["", "a b", "\u{7F}", "ä", "a\n", String(repeating: "a", count: 129)]
            ),
            (.flag, ["true", "false"], ["True", "1", ""]), (.text(1...3), ["a", "äöü"], ["", "abcd"]),
        ]
        for (kind, fitting, refused) in good {
            for text in fitting { #expect(kind.refusal(of: text) == nil, "\(kind) \(text)") }
            for text in refused { #expect(kind.refusal(of: text) != nil, "\(kind) \(text)") }
            guard let pattern = kind.pattern else { continue }
            let expression = try Regex(pattern).asciiOnlyDigits()
            for text in fitting { #expect(text.wholeMatch(of: expression) != nil, "\(pattern) \(text)") }
            for text in refused { #expect(text.wholeMatch(of: expression) == nil, "\(pattern) \(text)") }
        }
    }
}
