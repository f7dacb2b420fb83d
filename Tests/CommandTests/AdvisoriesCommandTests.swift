//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: a person imports advisories, sees what became of each file, and finds them again.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

@Suite(.enabled(if: Command.isHere)) struct `wardlight advisories` {
    let scratch: Scratch
    let environment: [String: String]

    init() throws {
        scratch = try Scratch()
        let knowledge = scratch.url.appendingPathComponent("knowledge")
        try FileManager.default.createDirectory(at: knowledge, withIntermediateDirectories: true)
        environment = ["WARDLIGHT_KNOWLEDGE": knowledge.path, "XDG_DATA_HOME": scratch.path("data")]
    }

    private func run(_ arguments: String...) throws -> Ran {
        try Command.run(["advisories"] + arguments, environment: environment)
    }

    static func advisory(_ id: String, revision: String = "1") -> [UInt8] {
        Array(
            """
            {"document": {"csaf_version": "2.0", "title": "A \\u001b[31mpump", "publisher": {"name": "P"},
             "tracking": {"id": "\(id)", "version": "\(revision)"}}, "product_tree": {}, "vulnerabilities": []}
            """.utf8)
    }

    @Test func `imports into the knowledge folder, once, and lists what is there`() throws {
        let file = try scratch.write("a.json", Self.advisory("X-1", revision: "2"))
        let first = try run("import", file)
        #expect(first.code == 0 && first.complaints.isEmpty)
        let place = scratch.path("knowledge/advisories")
        #expect(first.text.hasPrefix("1 imported into \(place) (1 unverified), 0 unchanged, 0 older"))
        #expect(FileManager.default.fileExists(atPath: place + "/x-1.json"))
        #expect(try run("import", file).text.hasPrefix("0 imported into \(place) (0 unverified), 1 unchanged"))
        let old = try run("import", try scratch.write("b.json", Self.advisory("X-1")))
        #expect(old.code == 0 && old.text.contains("1 older than what is there"))
        #expect(old.complaints.count == 1 && old.errors.contains("X-1 is older than the copy that is there (2)"))
        let list = try run("list")
        #expect(list.code == 0 && list.text.contains("X-1") && list.text.contains("unverified"))
        #expect(list.text.contains("1 advisory with 0 rows, 1 of them unverified") && !list.text.contains("\u{1B}"))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(try run("list", "--format", "json").output)) as? [String: Any])
        #expect(json["schema"] as? String == "wardlight.advisories/1")
        #expect(((json["advisories"] as? [[String: Any]])?.first)?["revision"] as? String == "2")
    }

    @Test func `a refused file is named and ends with 1, the others are imported all the same`() throws {
        try scratch.write("good.json", Self.advisory("X-1"))
        try scratch.write("wrong.json", Self.advisory("X-2"))
        try scratch.write("wrong.json.sha512", Array(String(repeating: "0", count: 128).utf8))
        try scratch.write("cut.json", Self.advisory("X-3").dropLast(9))
        let ran = try run("import", scratch.url.path, "--into", scratch.path("into"))
        #expect(ran.code == 1 && ran.complaints.count == 2)
        #expect(ran.errors.contains("cut.json: it is no whole JSON") && ran.errors.contains("wrong.json: its SHA-512"))
        #expect(ran.text.hasPrefix("1 imported") && ran.text.contains("2 refused"))
        let list = try run("list", "--advisories", scratch.path("into"))
        #expect(list.code == 0 && list.text.contains("X-1") && !list.text.contains("X-2"))
    }

    @Test func `where nothing is imported, that is said; a path that is not there stops`() throws {
        #expect(try run("list").text.hasPrefix("No advisory is imported"))
        let missing = try run("list", "--advisories", scratch.path("none"))
        #expect(missing.code == 1 && missing.complaints.count == 1 && missing.errors.contains("no such folder or file"))
        #expect(try run("import", scratch.path("none")).code == 1)
        #expect(try run("import").code != 0)
    }

    @Test func `a knowledge folder that cannot be written leaves the user's own, which is found again`() throws {
        // A file where the folder would be: nobody can write there, root neither.
        try scratch.write("knowledge/advisories", [])
        let ran = try run("import", try scratch.write("a.json", Self.advisory("X-1")))
        #expect(ran.code == 0 && ran.complaints.count == 1 && ran.errors.contains("is not yours to write"))
        #expect(ran.text.contains(scratch.path("data/wardlight/advisories")))
        #expect(try run("list").text.contains("X-1"))
    }

    @Test(.enabled(if: Recordings.areHere)) func `the given set is imported whole, and in a moment`() throws {
        let given = try Recordings.url("advisories").path
        let ran = try run("import", given)
        #expect(ran.code == 0 && ran.complaints.count == 1 && ran.errors.contains("a JSON schema"))
        #expect(try run("import", given).text.hasPrefix("0 imported"))
        let list = try run("list").text
        #expect(list.contains("Known exploited: 1,404 CVEs, as of 2025-08-25."))
        #expect(list.contains("ICSMA-17-017-01") && !list.contains("refused"))
    }
}
