//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A simulated hospital through the command: written, read, and what was planted in it shown.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

@Suite(.enabled(if: Command.isHere, "wardlight is not built"))
struct `A simulated hospital by the command` {
    /// Goal: `make demo-inventory` shows what was planted.
    @Test func `shows what was planted at its ports, where it is`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wardlight-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try Command.run(["simulate", "--devices", "200", "--output", folder.path]).code == 0)
        let ran = try Command.run(["inventory", "--hospital", folder.path, "--format", "json"])
        #expect(ran.code == 0)
        let answer = try #require(JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
        let truth = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent("network.json")))
                as? [String: Any])
        let findings = try #require(answer["findings"] as? [[String: Any]])
        let planted = try #require(truth["planted"] as? [[String: Any]])
        #expect(planted.count == 13)
        for thing in planted {
            let found = findings.contains { finding in
                let place = finding["place"] as? [String: Any]
                let isHere =
                    place?["agent"] as? String == thing["switch"] as? String
                    && place?["port"] as? String == thing["port"] as? String
                let addresses = finding["addresses"] as? [String] ?? []
                return isHere || (thing["mac"] as? String).map(addresses.contains) ?? false
            }
            #expect(found, "\(thing["what"] ?? "")")
        }
        #expect((answer["switches"] as? [Any])?.count == 11)
    }

    /// Goal: the README's first screen is what a person gets.
    @Test func `is shown in the README as make demo-inventory shows it`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wardlight-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        // What the Makefile says.
        #expect(try Command.run(["simulate", "--seed", "7", "--minutes", "10", "--output", folder.path]).code == 0)
        let ran = try Command.run(["inventory", "--hospital", folder.path], environment: ["COLUMNS": "120"])
        #expect(ran.code == 0)
        let answered = try Command.run(
            ["answers", "--hospital", folder.path, "--show", "3"], environment: ["COLUMNS": "120"])
        #expect(answered.code == 0)
        let shown = Set((ran.text + answered.text).split(separator: "\n"))
        let readme = try House.text("README.md")
        let block = try #require(
            readme.components(separatedBy: "DEMO-TABLE-BEGIN").last?.components(separatedBy: "<!-- DEMO-TABLE-END")
                .first)
        let quoted = block.components(separatedBy: "```").dropFirst().first?.split(separator: "\n") ?? []
        #expect(quoted.count > 50)
        let invented = quoted.filter { $0 != "…" && !shown.contains($0) }
        #expect(invented == [])
    }

    @Test(arguments: [
        ["--polls", "5"], ["--ports", "36"], ["--step", "5s"], ["--serve", "0"], ["--serve", "nobody:x"],
        ["--serve", "192.0.2.1:10161"], ["--poll-every", "1s"],
    ])
    func `says what is wrong with an option, and its cure`(words: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wardlight-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let ran = try Command.run(["simulate", "--output", folder.path] + words)
        #expect(ran.code != 0 && !ran.errors.isEmpty && !ran.errors.contains("Fatal"))
    }
}
