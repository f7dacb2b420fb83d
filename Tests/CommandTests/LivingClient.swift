//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A program that talks to a running service with a token: hands observations in, asks, follows and is cut.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import AsyncHTTPClient
import Foundation
import Model
import NIOCore
import Support
import Wire

/// A service with a folder of its own that is started, killed and started again at the same address.
final class LivingClient {
    struct Answer {
        var status: Int
        var bytes: [UInt8]
        var text: String { String(decoding: bytes, as: UTF8.self) }
        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]) ?? [:] }
        func number(_ name: String) -> UInt64? { (json[name] as? NSNumber)?.uint64Value }
    }

    /// One event of the stream.
    struct Event: Equatable {
        var id: String
        var name: String
        var data: String
    }

    let scratch: Scratch
    let data: String
    let port: Int
    private let arguments: [String]
    private(set) var house: RunningHouse
    private(set) var token = ""

    /// Starts it, and makes a token that may read and write.
    ///
    /// - Parameters:
    ///   - demo: the made-up hospitals of this seed, at full pace; nil for one that only hears what is handed in.
    ///   - limits: more of the settings' limits.
    init(demo seed: Int?, limits: String = "") async throws {
        scratch = try Scratch()
        data = scratch.path("data")
        // One that nobody has; between here and the start somebody might take it, which the start says.
        port = Int.random(in: 20_000..<32_000)
        if let seed {
            arguments = ["demo", "--port", "\(port)", "--speed", "60", "--data", data, "--seed", "\(seed)"]
        } else {
            arguments = ["run", "--config", scratch.path("wardlight.yaml")]
            try Self.settings(scratch, data, port, limits)
        }
        house = try RunningHouse(arguments)
        guard try await house.wait(for: "answers at") != nil else { throw Failure(words: house.words) }
        let made = try Command.run(
            ["token", "create", "--data", data, "--name", "test", "--scope", "read", "--scope", "write"])
        token = made.text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard made.code == 0 else { throw Failure(words: made.errors) }
    }

    struct Failure: Error { var words: String }

    /// Other limits from the next start on.
    func use(limits: String) throws { try Self.settings(scratch, data, port, limits) }

    private static func settings(_ scratch: Scratch, _ data: String, _ port: Int, _ limits: String) throws {
        let text = """
            site: north
            data: \(data)
            server: { address: 127.0.0.1, port: \(port), plain: true }
            limits: { requestsPerSecond: 10000\(limits.isEmpty ? "" : ", " + limits) }

            """
        try scratch.write("wardlight.yaml", Array(text.utf8))
    }

    func kill9() async throws {
        house.kill9()
        _ = try await house.ended()
    }

    func restart() async throws {
        house = try RunningHouse(arguments)
        guard try await house.wait(for: "answers at") != nil else { throw Failure(words: house.words) }
    }

    /// Ends it cleanly.
    func end() async throws -> Int32? {
        house.interrupt()
        return try await house.ended()
    }

    private func request(_ path: String, _ method: String = "GET") -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .init(rawValue: method)
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        return request
    }

    /// Waits where it is told to ask less often.
    private func send(_ request: HTTPClientRequest, seconds: Int64 = 30) async throws -> Answer {
        while true {
            // A client that finds nobody tries again until this time is over.
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(seconds))
            let bytes = Array(try await response.body.collect(upTo: 64 << 20).readableBytesView)
            guard response.status == .tooManyRequests else {
                return Answer(status: Int(response.status.code), bytes: bytes)
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    func ask(_ path: String) async throws -> Answer { try await send(request(path)) }

    func post(_ observations: [Observation], key: String? = nil, seconds: Int64 = 30) async throws -> Answer {
        var request = request("/api/v1/observations", "POST")
        request.headers.add(name: "Content-Type", value: "application/x-protobuf")
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        request.body = .bytes(ByteBuffer(bytes: try ObservationForm.encode(observations)))
        return try await send(request, seconds: seconds)
    }

    /// Rows of devices for a search.
    func devices(_ words: String) async throws -> [[String: Any]] {
        let query = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try await ask("/api/v1/devices?q=\(query)").json["devices"] as? [[String: Any]] ?? []
    }

    /// Follows live changes until so many octets were read, or `enough` says so; what was cut in the middle is dropped, as
    /// a browser does.
    func follow(after last: String?, octets: Int = .max, _ enough: (Event) -> Bool) async throws {
        var request = request("/api/v1/events")
        if let last { request.headers.add(name: "Last-Event-ID", value: last) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        guard response.status == .ok else { throw Failure(words: "\(response.status)") }
        var (left, rest) = (octets, [UInt8]())
        for try await buffer in response.body {
            rest += buffer.readableBytesView.prefix(left)
            left -= min(left, buffer.readableBytes)
            for event in Self.events(of: &rest) where enough(event) { return }
            if left == 0 { return }
        }
    }

    /// Whole events; what has no end yet stays.
    private static func events(of rest: inout [UInt8]) -> [Event] {
        var events: [Event] = []
        var begin = rest.startIndex
        var place = begin
        while place + 1 < rest.endIndex {
            guard rest[place] == 0x0A, rest[place + 1] == 0x0A else {
                place += 1
                continue
            }
            var event = Event(id: "", name: "", data: "")
            for line in rest[begin..<place].split(separator: 0x0A) {
                let line = String(decoding: line, as: UTF8.self)
                if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
                if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
                if line.hasPrefix("data: ") { event.data = String(line.dropFirst(6)) }
            }
            if !event.id.isEmpty { events.append(event) }
            place += 2
            begin = place
        }
        rest.removeFirst(begin - rest.startIndex)
        return events
    }
}

/// Observations of nobody's devices, now.
enum Told {
    static var now: Timestamp { Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000) * 1_000_000) }

    static func name(_ number: UInt64, _ name: String) -> [Observation] {
        let moment = now
        let subject = Subject(hardware: HardwareAddress(bits: 0x0009_FB00_0000 + number))
        let span = Observation.Span(first: moment, last: moment)
        return [
            Observation(
                site: "north", sensor: "test", occurred: moment,
                body: .sighting(.init(subject: subject, vlan: nil, span: span, packets: 1, bytes: 60))),
            Observation(
                site: "north", sensor: "test", occurred: moment,
                body: .fact(.init(subject: subject, field: .dhcpHostname, value: name, span: span, count: 1))),
        ]
    }

    static func reading(_ number: UInt64, _ metric: String, _ value: Double) -> Observation {
        Observation(
            site: "north", sensor: "test", occurred: now,
            body: .measurement(
                Measurement(
                    subject: Subject(hardware: HardwareAddress(bits: 0x0009_FB00_0000 + number)), metric: metric,
                    value: value, unit: "Cel")))
    }
}
