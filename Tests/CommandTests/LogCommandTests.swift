//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// wardlight log: verify, export, tail.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: anybody can see what stands in a log, and whether it is what was written.
@Suite(.enabled(if: Recordings.areHere && Command.isHere)) struct `The log on the command line` {
    private let scratch: Scratch
    private let log: String

    init() throws {
        scratch = try Scratch()
        log = scratch.path("ward.log")
        let capture = try #require(Recordings.allCaptures().first { $0.hasPrefix("dhcp/") })
        let path = try Recordings.url("captures/" + capture).path
        #expect(try Command.run(["inventory", "--capture", path, "--save", log]).code == 0)
    }

    private func lines(_ arguments: [String]) throws -> [[String: Any]] {
        let result = try Command.run(["log"] + arguments)
        #expect(result.code == 0)
        return try result.text.split(separator: "\n").map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test func `is found to be what was written, and a changed octet is named`() throws {
        let good = try Command.run(["log", "verify", log])
        #expect(good.code == 0 && good.text.hasSuffix("The log is what was written.\n"))
        var bytes = try scratch.read("ward.log")
        let at = try #require(bytes.lastIndex(of: UInt8(ascii: "d")))
        bytes[at] ^= 1
        try scratch.write("changed.log", bytes)
        let bad = try Command.run(["log", "verify", scratch.path("changed.log")])
        #expect(bad.code == 1 && bad.text.contains("FAULT") && bad.text.contains("changed.log"))
    }

    @Test func `is exported in order, with position and clock`() throws {
        let all = try lines(["export", log])
        #expect(all.map { $0["position"] as? Int } == Array(1...all.count))
        #expect(all.allSatisfy { ($0["recorded"] as? String)?.hasSuffix("Z") == true })
        #expect(all.contains { (($0["observation"] as? [String: Any])?["fact"] as? [String: Any])?["field"] != nil })
        let some = try lines(["export", log, "--from", "3", "--to", "5"])
        #expect(some.map { $0["position"] as? Int } == [3, 4, 5])
        #expect(try Command.run(["log", "export", log, "--from", "5", "--to", "3"]).code != 0)
    }

    @Test func `ends with its newest lines`() throws {
        let all = try lines(["export", log])
        #expect(try lines(["tail", log, "-n", "4"]).map { $0["position"] as? Int } == Array(all.count - 3...all.count))
        #expect(try lines(["tail", log, "-n", "0"]).isEmpty)
    }

    @Test func `what is no log is refused by name`() throws {
        for verb in ["verify", "export", "tail"] {
            let nothing = try Command.run(["log", verb, scratch.path("nothing")])
            #expect(nothing.code != 0 && nothing.errors.contains("no such log"))
            try scratch.write("text", Array("no log at all".utf8))
            let text = try Command.run(["log", verb, scratch.path("text")])
            #expect(text.code != 0 && text.errors.contains("not a log"))
        }
    }

    @Test func `what was exported is imported, to the octet of its inventory`() throws {
        let exported = try Command.run(["log", "export", log])
        let folder = scratch.path("again") + "/"
        #expect(try Command.run(["log", "import", folder], input: scratch.write("lines", exported.output)).code == 0)
        #expect(try Command.run(["log", "export", folder]).text.isEmpty == false)
        let shape = ["inventory", "--format", "json", "--facts", "--from"]
        #expect(try Command.run(shape + [folder]).output == Command.run(shape + [log]).output)
    }

    @Test func `a line that is no observation is named, and what came before it is kept`() throws {
        let exported = try Command.run(["log", "export", log, "--to", "3"]).text
        let result = try Command.run(
            ["log", "import", scratch.path("part.log"), "--acknowledge"],
            input: scratch.write("lines", Array((exported + "{\"fact\": 3}\n").utf8)))
        #expect(result.code != 0 && result.errors.contains("line 4"))
        #expect(result.text.hasSuffix("3\n"))
        #expect(try lines(["export", scratch.path("part.log")]).count == 3)
    }

    @Test func `forgets a person, and still verifies`() throws {
        let home = ["XDG_STATE_HOME": scratch.path("state")]
        let device = try #require(
            (try lines(["export", log]).compactMap {
                ($0["observation"] as? [String: Any])?["sighting"] as? [String: Any]
            }).first)
        #expect(device["subject"] != nil)
        let inventory = try Command.run(["inventory", "--from", log, "--format", "json"], environment: home)
        let document = try #require(JSONSerialization.jsonObject(with: Data(inventory.output)) as? [String: Any])
        let id = try #require((document["devices"] as? [[String: Any]])?.first?["id"] as? String)
        let decided = try Command.run(
            ["correct", id, "--type", "printer", "--by", "Nora Example", "--reason", "label read", "--from", log],
            environment: home)
        #expect(decided.code == 0, "\(decided.errors)")
        let octets = Data(try scratch.read("ward.log"))
        #expect(octets.range(of: Data("Nora".utf8)) == nil && octets.range(of: Data("label read".utf8)) == nil)
        func story() throws -> String {
            try Command.run(["log", "tail", log, "-n", "1"], environment: home).text
        }
        #expect(try story().contains("Nora Example"))
        #expect(try Command.run(["log", "erase", "Nora Example"], environment: home).code == 0)
        #expect(try Command.run(["log", "erase", "Nora Example"], environment: home).code != 0)
        #expect(try story().contains("erased") && !story().contains("Nora"))
        #expect(try Command.run(["log", "verify", log], environment: home).code == 0)
    }
}
