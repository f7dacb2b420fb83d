//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// What is found at ports, from recordings to every form of the answer.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

@Suite(.enabled(if: Command.isHere)) struct `The command on rogue hardware` {
    /// Polls of one switch with two ports, a minute apart, each with rows of its own besides.
    private static func series(_ polls: Int, in folder: URL, rows: (_ poll: Int) -> [String]) throws {
        let always = [
            "1.3.6.1.2.1.1.5.0|4|ward-3-secret-name", "1.3.6.1.2.1.17.1.1.0|4x|000000000011",
            "1.3.6.1.2.1.2.2.1.8.1|2|1", "1.3.6.1.2.1.2.2.1.8.2|2|1",
            "1.3.6.1.2.1.31.1.1.1.1.1|4|Gi1/0/1", "1.3.6.1.2.1.31.1.1.1.1.2|4|Gi1/0/2",
            "1.3.6.1.2.1.17.1.4.1.2.1|2|1", "1.3.6.1.2.1.17.1.4.1.2.2|2|2",
        ]
        for poll in 0..<polls {
            let moment = folder.appendingPathComponent("2026-03-01T12:0\(poll):00Z")
            try FileManager.default.createDirectory(at: moment, withIntermediateDirectories: true)
            let text = (always + rows(poll)).joined(separator: "\n") + "\n"
            try Data(text.utf8).write(to: moment.appendingPathComponent("ward-3-closet.snmprec"))
        }
    }

    /// In VLAN 12: the address 00:09:fb:00:00:NUMBER at a port.
    private static func learned(_ number: Int, at port: Int) -> String {
        "1.3.6.1.2.1.17.7.1.2.2.1.2.12.0.9.251.0.0.\(number)|2|\(port)"
    }

    /// Six polls: from the fifth on, a board answers with the monitor's address at port 1.
    private static func series(in folder: URL) throws {
        try series(6, in: folder) { poll in
            let isBoard = poll >= 4
            return [
                "1.3.6.1.2.1.31.1.1.1.15.1|66|\(isBoard ? 1_000 : 100)",
                "1.3.6.1.2.1.26.5.1.1.11.1.1|4x|\(isBoard ? "000f" : "6c00")", learned(7, at: 1), learned(8, at: 2),
            ]
        }
    }

    /// Three polls of one switch with three cards behind its second port.
    @Test(arguments: [
        (#"{switch: ward-3-closet, port: Gi1/0/2}"#, 0), (#"{switch: ward-3-secret-name, port: Gi1/0/2}"#, 0),
        (#"{switch: ward-3-closet, port: Gi1/0/1}"#, 1),
    ])
    func `a small switch is no finding where the settings allow one`(allowed: String, count: Int) throws {
        let scratch = try Scratch()
        try Self.series(3, in: scratch.url.appendingPathComponent("walks")) { _ in
            [Self.learned(1, at: 1)] + [7, 8, 9].map { Self.learned($0, at: 2) }
        }
        let settings = try scratch.write("settings.yaml", Array("allowed:\n  smallSwitches: [\(allowed)]\n".utf8))
        let ran = try Command.run([
            "inventory", "--walk", scratch.path("walks"), "--settings", settings, "--format", "json",
        ])
        #expect(ran.code == 0, "\(ran.errors)")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
        let findings = document["findings"] as? [[String: Any]] ?? []
        #expect(findings.compactMap { $0["rule"] as? String } == [String](repeating: "port.hiddenHub", count: count))

        // Saved with settings, a replay tells the same with them, and says so when they are others or absent.
        let log = scratch.path("log")
        let shape = ["inventory", "--format", "json"]
        let saved = try Command.run(
            shape + ["--walk", scratch.path("walks"), "--settings", settings, "--save", log])
        let same = try Command.run(shape + ["--from", log, "--settings", settings])
        #expect(same.output == saved.output && !same.errors.contains("other settings"), "\(same.errors)")
        let without = try Command.run(shape + ["--from", log])
        #expect(without.errors.contains("the log was made with other settings ("), "\(without.errors)")
        #expect(without.errors.contains("than today's (none): answers may differ; give the --settings FILE of then."))
        let zoned = try scratch.write("zones.yaml", Array("zones: {imaging: [ward-3-closet]}\n".utf8))
        let other = try Command.run(shape + ["--from", log, "--settings", zoned])
        #expect(other.errors.contains("other settings (") && !other.errors.contains("(none)"), "\(other.errors)")
    }

    @Test func `a log that was made without settings says so when there are some today`() throws {
        let scratch = try Scratch()
        let folder = scratch.url.appendingPathComponent("walks")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.series(in: folder)
        let log = scratch.path("log")
        #expect(try Command.run(["inventory", "--walk", folder.path, "--save", log]).code == 0)
        #expect(!(try Command.run(["inventory", "--from", log]).errors.contains("the log was made with")))
        let zones = try scratch.write("zones.yaml", Array("zones: {imaging: [ward-3-closet]}\n".utf8))
        let ran = try Command.run(["inventory", "--from", log, "--settings", zones])
        #expect(ran.errors.contains("the log was made with other settings (none) than today's ("), "\(ran.errors)")
    }

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "wardlight-rogue-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func `a swap is told in every form, with its place and since when`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.series(in: folder)
        let ran = try Command.run(["inventory", "--walk", folder.path, "--format", "json"])
        #expect(ran.code == 0, "\(ran.errors)")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
        let findings = try #require(document["findings"] as? [[String: Any]])
        #expect(findings.map { $0["rule"] as? String } == ["port.swapped"])
        #expect(findings.first?["since"] as? String == "2026-03-01T12:04:00Z")
        #expect(findings.first?["technique"] as? String == "T1036")
        #expect((findings.first?["place"] as? [String: Any])?["port"] as? String == "Gi1/0/1")
        #expect(findings.first?["addresses"] as? [String] == ["00:09:fb:00:00:07"])
        let devices = try #require(document["devices"] as? [[String: Any]])
        let monitor = try #require(devices.first { ("\($0["addresses"] ?? "")").contains("00:09:fb:00:00:07") })
        #expect((monitor["findings"] as? [[String: Any]])?.first?["rule"] as? String == "port.swapped")
        #expect((monitor["signature"] as? [String: Any])?["text"] as? String == "pw1:100?:?:6c00:?:?:?:?")
        let schema = try JSONSchema(House.text("docs/schema/wardlight.inventory-1.schema.json"))
        #expect(try schema.violations(of: ran.output) == [])

        let table = try Command.run(["inventory", "--walk", folder.path]).text
        #expect(table.contains("Found at ports (1)"))
        #expect(table.contains("ward-3-closet Gi1/0/1: other hardware answers behind the same address"))
        let topology = try Command.run(["topology", "--walk", folder.path]).text
        #expect(topology.contains("! high: other hardware answers behind the same address"))
        let story = try Command.run(["explain", "00:09:fb:00:00:07", "--walk", folder.path]).text
        #expect(story.contains("Where it is plugged in"))
        #expect(story.contains("ATT&CK") && story.contains("T1036"))
    }

    @Test func `saved and replayed it is the same, and anonymised it names nobody`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.series(in: folder)
        let log = folder.appendingPathComponent("ward.log").path
        let first = try Command.run(["inventory", "--walk", folder.path, "--save", log, "--format", "json"])
        let again = try Command.run(["inventory", "--from", log, "--format", "json"])
        #expect(first.code == 0 && again.output == first.output)
        let hidden = try Command.run(["inventory", "--from", log, "--format", "json", "--anonymise"]).text
        #expect(hidden.contains("port.swapped"))
        for secret in ["ward-3-closet", "ward-3-secret-name", "00:09:fb:00:00:07"] {
            #expect(!hidden.contains(secret), "\(secret)")
        }
    }
}
