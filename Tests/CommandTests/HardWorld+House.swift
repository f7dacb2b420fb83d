//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A service in a hard world: its settings, its token, and what the test handed it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing
import Wire

/// Numbered observations: each batch is told by its number, each observation by its place in it.
enum Numbered {
    static let size = 100

    /// Lines of a batch. The moment of each is its own, so that each can be found again.
    static func batch(_ number: Int, padding: Int = 0) -> String {
        (0..<size).map { place in
            let moment = 1_780_000_000_000_000_000 + (number * size + place) * 1_000
            let name = "n" + String(repeating: "x", count: padding)
            return #"{"site":"north","sensor":"batch-\#(number)","occurred":"\#(moment)","#
                + #""oddity":{"name":"\#(name)","count":"1"}}"#
        }.joined(separator: "\n") + "\n"
    }

    /// How often each observation stands in a log's export, by its moment.
    static func counts(in export: String) -> [Int: [Int: Int]] {
        var found: [Int: [Int: Int]] = [:]
        for line in export.split(separator: "\n") where line.contains("\"batch-") {
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let record = object["observation"] as? [String: Any],
                let batch = (record["sensor"] as? String).flatMap({ Int($0.dropFirst(6)) }),
                let moment = (record["occurred"] as? String).flatMap({ Int($0) })
            else { continue }
            found[batch, default: [:]][(moment - 1_780_000_000_000_000_000) / 1_000 - batch * size, default: 0] += 1
        }
        return found
    }

    /// Every batch whole and once, and no other.
    static func expect(_ batches: some Sequence<Int>, in export: String, _ comment: Comment = "") {
        let found = counts(in: export)
        #expect(found.keys.sorted() == batches.sorted(), comment)
        for (batch, places) in found {
            #expect(places.count == size && places.values.allSatisfy { $0 == 1 }, "batch \(batch) \(comment)")
        }
    }
}

/// A running service in a hard world.
final class HardHouse {
    let world: HardWorld
    let data: String
    let port: Int
    private(set) var id = -1
    private(set) var token = ""

    init(_ world: HardWorld, data: String, port: Int = 8_443) {
        (self.world, self.data, self.port) = (world, data, port)
    }

    var config: String { world.scratch.path("wardlight.yaml") }

    /// Writes the settings, with more lines below the usual ones.
    func settings(_ more: String = "") throws {
        let text = """
            site: north
            data: \(data)
            server: { address: 127.0.0.1, port: \(port), plain: true }
            \(more)

            """
        try world.scratch.write("wardlight.yaml", Array(text.utf8))
    }

    /// Starts it and waits until it answers.
    func start(environment: [String: String] = [:]) async throws {
        id = try world.start("run", "--config", config, environment: environment)
        let line = try await world.wait(id, for: "answers at", seconds: 120)
        #expect(line != nil, "\(words)")
        guard token.isEmpty else { return }
        let made = try world.wardlight(
            "token", "create", "--data", data, "--name", "gateway", "--scope", "read", "--scope", "write")
        #expect(made.code == 0, "\(made.errors)")
        token = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    var words: String { (try? world.look(id).words) ?? "" }

    func get(_ target: String) throws -> HardWorld.Reply { try world.http("GET", target, port: port, token: token) }

    func post(_ batch: Int, padding: Int = 0) throws -> HardWorld.Reply {
        try world.http(
            "POST", "/api/v1/observations", port: port, token: token, body: Numbered.batch(batch, padding: padding))
    }

    /// What the API lists.
    func devices(_ text: String) throws -> Int {
        try get("/api/v1/devices?q=\(text)").json["total"] as? Int ?? -1
    }

    /// Asks until it is so.
    func until(seconds: Double, _ isSo: () throws -> Bool) async throws -> Bool {
        let end = Date().addingTimeInterval(seconds)
        repeat {
            if try isSo() { return true }
            try await Task.sleep(for: .milliseconds(200))
        } while Date() < end
        return false
    }

    func stop() async throws -> Int? {
        try world.signal(id, SIGINT)
        return try await world.ended(id)
    }

    /// Walks the log and gives it out.
    func export() throws -> String {
        let verdict = try world.wardlight("log", "verify", data + "/log")
        #expect(verdict.code == 0, "\(verdict.output)\(verdict.errors)")
        return try world.wardlight("log", "export", data + "/log").output
    }
}

/// A device's first words on a wire.
enum Spoken {
    static func dhcp(_ number: UInt16, name: String) -> [[UInt8]] {
        var staged = StagedCapture()
        let host = StagedCapture.Host(number)
        staged.udp(
            host, 68, .init(1), 67,
            DHCPv4.write(.request, transaction: 7, client: host.hardware, options: [.hostname(name)]))
        return staged.frames.map(\.bytes)
    }
}
