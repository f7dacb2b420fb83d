//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A small hospital behind a real server on a free port of loopback.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import AsyncHTTPClient
import Foundation
import Logging
import Model
import NIOCore
import Twin

@testable import Server

/// What was asked and what came back.
struct Heard {
    var status: Int
    var fields: [String: String]
    var bytes: [UInt8]
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]) ?? [:] }
}

/// A server with doors in memory, for one test.
struct TestServer {
    let server: WardlightServer
    let house: MemoryHouse
    let credentials: MemoryCredentials
    let receipts: MemoryReceipts
    let port: Int
    let tokens: [String: String]
    static let now = Ward.minute(60)

    /// Starts a server, hands it to `body`, and stops it.
    static func with<Result>(
        _ change: (inout ServerSettings) -> Void = { _ in }, mostEvents: Int = 100_000,
        credentials other: (any Credentials)? = nil, log: [Observation] = Ward.all,
        _ body: (TestServer) async throws -> Result
    ) async throws -> Result {
        var settings = ServerSettings()
        settings.port = 0
        settings.secret = [UInt8](repeating: 7, count: 32)
        settings.now = { now }
        // A password costs next to nothing here, and nobody waits for limits that a test does not mean.
        (settings.limits.passwordCost, settings.limits.passwordLanes) = (16, 1)
        (settings.limits.rate, settings.limits.burst) = (100_000, 100_000)
        change(&settings)
        let house = MemoryHouse(Hospital(knowledge: .empty), mostEvents: mostEvents)
        if !log.isEmpty { _ = try await house.append(log) }
        let credentials = MemoryCredentials()
        var tokens: [String: String] = [:]
        for scope in AccessScope.allCases {
            let made = NewToken(name: scope.rawValue, scopes: [scope], days: 1, at: now)
            _ = await credentials.add(made.token)
            tokens[scope.rawValue] = made.secret
        }
        let all = NewToken(name: "all", scopes: AccessScope.allCases, days: 1, at: now)
        _ = await credentials.add(all.token)
        tokens["all"] = all.secret
        let receipts = MemoryReceipts()
        let server = try WardlightServer(
            settings,
            ServerDoors(
                lists: house, intake: house, present: house, past: house,
                credentials: other ?? credentials, receipts: receipts),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        await house.follow { server.hub.publish($0) }
        let running = Task { try await server.run() }
        defer { running.cancel() }
        let port = await server.listening()
        let result = try await body(
            TestServer(
                server: server, house: house, credentials: credentials, receipts: receipts, port: port, tokens: tokens))
        running.cancel()
        _ = try? await running.value
        return result
    }

    /// One request. `as` names a token's scope; nil asks without.
    func ask(
        _ path: String, _ method: String = "GET", as scope: String? = "read", fields: [(String, String)] = [],
        body: [UInt8]? = nil
    ) async throws -> Heard {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .init(rawValue: method)
        if let scope { request.headers.add(name: "Authorization", value: "Bearer \(tokens[scope] ?? scope)") }
        for (name, value) in fields { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await Self.client.execute(request, timeout: .seconds(20))
        let bytes = try await response.body.collect(upTo: 64 * 1_024 * 1_024)
        var known: [String: String] = [:]
        for (name, value) in response.headers { known[name.lowercased()] = value }
        return Heard(status: Int(response.status.code), fields: known, bytes: Array(bytes.readableBytesView))
    }

    /// Never follows redirects: tests look at them.
    static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    func tell(_ position: UInt64, _ words: String = "news") async {
        let note = ChangeNote(.deviceChanged, site: "north", moment: Self.now, what: "name", to: words)
        var publication = Publication(number: EventNumber(position: position), recorded: Self.now, changes: [note])
        publication.event = Array("{\"number\": \"\(position)\", \"position\": \(position), \"changes\": []}".utf8)
        await house.tell(publication)
    }
}

/// Observations of a small ward, by hand, with the names that hostile devices give themselves.
enum Ward {
    static func minute(_ number: Int64) -> Timestamp { Timestamp(seconds: 1_772_438_700 + 60 * number) }

    static func card(_ number: UInt64) -> Subject {
        Subject(hardware: HardwareAddress(bits: 0x0009_FB00_0000 + number))
    }

    static func say(_ body: Observation.Body, at minute: Int64, site: String = "north") -> Observation {
        Observation(site: site, sensor: "test", occurred: Self.minute(minute), body: body)
    }

    static func sighting(_ number: UInt64, at minute: Int64) -> Observation {
        let moment = Self.minute(minute)
        return say(
            .sighting(
                Observation.Sighting(
                    subject: card(number), vlan: nil, span: Observation.Span(first: moment, last: moment), packets: 1,
                    bytes: 60)), at: minute)
    }

    static func name(_ number: UInt64, _ name: String, at minute: Int64) -> Observation {
        let moment = Self.minute(minute)
        return say(
            .fact(
                Observation.Fact(
                    subject: card(number), field: .dhcpHostname, value: name,
                    span: Observation.Span(first: moment, last: moment), count: 1)), at: minute)
    }

    static func reading(_ number: UInt64, _ metric: String, _ value: Double, _ unit: String, at minute: Int64)
        -> Observation
    {
        say(.measurement(Measurement(subject: card(number), metric: metric, value: value, unit: unit)), at: minute)
    }

    static func place(
        _ id: String, _ kind: Location.Kind, _ name: String, in parent: String?, _ outline: Location.Outline? = nil
    ) -> Observation {
        say(.location(.stands(Location(id: id, kind: kind, name: name, parent: parent, outline: outline))), at: 0)
    }

    static func stands(_ number: UInt64, at place: String, at minute: Int64) -> Observation {
        say(.edge(Edge(.device(card(number)), .at, .location(place))), at: minute)
    }

    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE device; --",
        "\"\u{301} onmouseover=\"alert(1)", "<\u{301}b>", "{{{evil}}}", "\u{202E}txt.exe", "a\r\nSet-Cookie: x=1",
    ]

    static let all: [Observation] = {
        var told = [
            place("north", .site, "North", in: nil), place("north/1", .floor, "Floor 1", in: "north"),
            place("north/1/icu", .zone, "ICU", in: "north/1", .init(x: 0, y: 0, width: 24_000, height: 12_000)),
        ]
        for room in 0..<6 {
            told.append(
                place(
                    "north/1/icu/\(room)", .room, "Room \(room)", in: "north/1/icu",
                    .init(x: Int32(room % 3) * 8_000, y: Int32(room / 3) * 6_000, width: 7_600, height: 5_600)))
            told.append(place("north/1/icu/\(room)/bed", .bed, "Bed", in: "north/1/icu/\(room)"))
        }
        for card in 1...UInt64(hostile.count) {
            told += [sighting(card, at: 1), name(card, hostile[Int(card) - 1], at: 2)]
            told.append(stands(card, at: "north/1/icu/\(card % 6)", at: 3))
        }
        for card in 20...UInt64(60) {
            told += [sighting(card, at: 1), name(card, "pump-\(card)", at: 50)]
            told.append(stands(card, at: "north/1/icu/\(card % 6)", at: 3))
        }
        told.append(reading(21, "WARDLIGHT_ROOM_TEMPERATURE", 21.44, "Cel", at: 58))
        told.append(reading(22, "WARDLIGHT_GEL_DOSES", 412, "{doses}", at: 5))
        told.append(say(.edge(Edge(.person("p-4711"), .in, .location("north/1/icu/0/bed"))), at: 4))
        return told
    }()
}
