//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// wardlight simulate --living: the demo's hospitals as a log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: what the demo shows can be kept, replayed anywhere, and compared with the truth.
@Suite(.enabled(if: Command.isHere)) struct `Living hospitals as a log` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func write(_ folder: String, minutes: Int = 1) throws -> (code: Int32?, errors: String) {
        let result = try Command.run(
            ["simulate", "--living", "--seed", "7", "--minutes", "\(minutes)", "--output", scratch.path(folder)],
            environment: ["XDG_STATE_HOME": scratch.path("state")])
        return (result.code, result.errors)
    }

    /// The line of a replay that begins so.
    private func replayed(_ word: String, _ folder: String) throws -> String {
        let result = try Command.run(
            ["replay", scratch.path(folder + "/living.wlog")], environment: ["XDG_STATE_HOME": scratch.path("state")])
        #expect(result.code == 0)
        return try #require(result.text.split(separator: "\n").first { $0.hasPrefix(word) }).description
    }

    @Test func `is the same hospital when it is written twice, and its log is what was written`() throws {
        #expect(try write("one").code == 0)
        #expect(try write("two").code == 0)
        let hash = try replayed("hash", "one")
        #expect(try replayed("hash", "two") == hash)
        #expect(try replayed("recorded", "one").hasSuffix("2026-03-02T07:31:00Z"))
        let check = try Command.run(["log", "verify", scratch.path("one/living.wlog")])
        #expect(check.code == 0 && check.text.hasSuffix("The log is what was written.\n"))
        #expect(try scratch.read("one/living.json") == scratch.read("two/living.json"))
    }

    @Test func `has its truth beside it, which is marked as made up`() throws {
        #expect(try write("one").code == 0)
        let truth = try #require(
            JSONSerialization.jsonObject(with: Data(scratch.read("one/living.json"))) as? [String: Any])
        #expect(truth["synthetic"] as? Bool == true && truth["to"] as? String == "2026-03-02T07:31:00Z")
        let sites = try #require(truth["sites"] as? [[String: Any]])
        #expect(sites.map { $0["site"] as? String } == ["north", "south", "harbour"])
        for site in sites {
            for key in ["planted", "edges", "ports", "measuredRooms"] {
                #expect((site[key] as? [Any])?.isEmpty == false, "\(site["site"] ?? "") has no \(key)")
            }
        }
    }

    @Test func `is never written over another log`() throws {
        #expect(try write("one").code == 0)
        let before = try scratch.read("one/living.wlog")
        let again = try write("one")
        #expect(again.code != 0 && again.errors.contains("is there already"))
        #expect(try scratch.read("one/living.wlog") == before)
        let both = try Command.run(
            ["simulate", "--living", "--devices", "500", "--output", scratch.path("other")])
        #expect(both.code != 0 && both.errors.contains("--living has devices"))
    }
}
