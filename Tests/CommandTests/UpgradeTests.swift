//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Upgrades: what an earlier release wrote is opened by this one, and what a later one wrote is refused by name.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import FoundationNetworking
import Support
import Testing

/// A copy of a store that an earlier release wrote (Tests/Fixtures/releases/README.md).
private struct OldStore {
    let scratch: Scratch
    let port: Int
    let token: String
    /// What the release told of its own log.
    let replay: String
    private static let releases = House.root.appendingPathComponent("Tests/Fixtures/releases")

    init(_ release: String, port: Int, settings more: String = "") throws {
        scratch = try Scratch()
        self.port = port
        let source = Self.releases.appendingPathComponent(release)
        for name in ["data", "home"] {
            try FileManager.default.copyItem(
                at: source.appendingPathComponent(name), to: scratch.url.appendingPathComponent(name))
        }
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: source.appendingPathComponent(name)), as: UTF8.self)
        }
        token = try text("token").trimmingCharacters(in: .whitespacesAndNewlines)
        replay = try text("replay")
        let settings = try text("wardlight.yaml").replacing("DATA", with: scratch.path("data"))
            .replacing("PORT", with: "\(port)")
        try scratch.write("wardlight.yaml", Array((settings + more).utf8))
        // A version control system keeps no modes.
        for name in try FileManager.default.subpathsOfDirectory(atPath: scratch.url.path) {
            let path = scratch.path(name)
            let kind = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            let mode = kind == .typeDirectory ? 0o700 : 0o600
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
    }

    var log: String { scratch.path("data/log") + "/" }
    var segment: String { "data/log/00000000000000000001.wlog" }

    var environment: [String: String] {
        [
            "XDG_STATE_HOME": scratch.path("home"),
            "WARDLIGHT_KNOWLEDGE": Self.releases.appendingPathComponent("knowledge").path,
        ]
    }

    func run(_ arguments: [String]) throws -> Ran { try Command.run(arguments, environment: environment) }

    func live() throws -> RunningHouse {
        try RunningHouse(["run", "--config", scratch.path("wardlight.yaml")], environment: environment)
    }

    func ask(_ path: String, body: String? = nil) async throws -> (status: Int, json: [String: Any]) {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)/api/v1/\(path)")))
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        if let body {
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(body.utf8)
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, json ?? [:])
    }

    /// As a later release would mark a database of its own: `PRAGMA user_version` stands at octet 60 of the file.
    func mark(_ name: String, version: UInt8) throws -> [UInt8] {
        var octets = try scratch.read(name)
        octets.replaceSubrange(60..<64, with: [0, 0, 0, version])
        try scratch.write(name, octets)
        return octets
    }
}

/// Goal: nobody loses a night's log to an upgrade, and nobody's older program eats a newer one's.
@Suite(.enabled(if: Command.isHere), .serialized) struct `A store of an earlier release` {
    @Test(arguments: ["first"]) func `is what was written, and replays to the hash that its own release told`(
        release: String
    ) throws {
        let store = try OldStore(release, port: 0)
        let verdict = try store.run(["log", "verify", store.log])
        #expect(verdict.code == 0 && verdict.text.hasSuffix("The log is what was written.\n"), "\(verdict.errors)")
        let replay = try store.run(["replay", store.log])
        #expect(replay.text == store.replay, "\(replay.errors)")
    }

    @Test(arguments: ["first"]) func `is opened: its caches are made anew, its tokens are still good, and it goes on`(
        release: String
    ) async throws {
        let store = try OldStore(release, port: 18_457, settings: "guestNetworks: [SIM-GUEST]\n")
        let house = try store.live()
        try #require(try await house.address(after: "answers at") != nil, "\(house.words)")
        // What another program laid away is a cache, and is not believed.
        #expect(house.words.contains("another release saved it; it is only a cache, and the log is read instead."))
        #expect(house.words.contains("the log holds 53 observations of 5 devices"), "\(house.words)")
        // Lists and search are filled again.
        let all = try await store.ask("devices")
        #expect(all.status == 200 && all.json["total"] as? Int == 5)
        #expect(try await store.ask("devices?q=pump-3").json["total"] as? Int == 1)
        let readings = try await store.ask("readings").json["readings"] as? [[String: Any]]
        #expect(readings?.compactMap { $0["value"] as? Double }.sorted() == [22.5, 23.5, 24.5, 25.5, 26.5])
        // The past of before the upgrade.
        let past = try await store.ask("readings?asof=32").json["readings"] as? [[String: Any]]
        #expect(past?.compactMap { $0["value"] as? Double }.sorted() == [21.5, 22.5, 23.5, 24.5, 25.5])
        // The settings were others then, and the answer says so once the new ones are in the log.
        var other: [String: String]?
        for _ in 0..<100 where other == nil {
            try await Task.sleep(for: .milliseconds(100))
            let all = try await store.ask("devices?asof=32").json["otherKnowledge"] as? [[String: String]]
            other = all?.first { $0["name"] == "settings" }
        }
        #expect(other?["then"]?.hasPrefix("e3b0c44298fc") == true && other?["used"]?.count == 64, "\(house.words)")
        let tick = """
            [{"site": "north", "sensor": "fixture", "occurred": "1790002000000000000", "tick": {}}]
            """
        let receipt = try await store.ask("observations", body: tick)
        #expect(receipt.status == 201 || receipt.status == 200, "\(receipt.json)")
        #expect((receipt.json["first"] as? Int ?? 0) > 53)
        house.interrupt()
        #expect(try await house.ended() == 0, "\(house.words)")
        // A replay in another process comes to the hash of the live one.
        let end = try #require(house.words.split(separator: "\n").last { $0.contains("ends at position") })
        let hash = try #require(end.split(separator: " ").last)
        let replay = try store.run(["replay", store.log])
        #expect(replay.text.contains("hash       \(hash)"), "\(end)\n\(replay.text)")
    }

    @Test func `of a later release is refused by its version, and not an octet of it is touched`() async throws {
        let store = try OldStore("first", port: 18_458)
        let octets = try store.mark(store.segment, version: 9)
        for arguments in [
            ["run", "--config", store.scratch.path("wardlight.yaml")], ["replay", store.log],
            ["log", "verify", store.log],
        ] {
            let ran = try store.run(arguments)
            #expect(ran.code == 1, "\(arguments)")
            let words = ran.text + ran.errors
            #expect(words.contains("newer") && words.contains("version 9"), "\(words)")
        }
        #expect(try store.scratch.read(store.segment) == octets)
    }

    @Test func `with accounts of a later release is not started, and they stay as they are`() async throws {
        let store = try OldStore("first", port: 18_459)
        let octets = try store.mark("data/access.db", version: 9)
        let ran = try store.run(["run", "--config", store.scratch.path("wardlight.yaml")])
        #expect(ran.code == 1 && ran.errors.contains("access.db") && ran.errors.contains("newer release"))
        #expect(try store.scratch.read("data/access.db") == octets)
    }
}
