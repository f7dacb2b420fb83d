//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Recordings of switches, read as a person reads them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

@Suite(.enabled(if: Command.isHere)) struct `The command on recordings of switches` {
    /// Two switches that hear each other, and a device that moves from the one to the other.
    private static func closet(_ name: String, mac: Int, port: Int, other: String, at folder: URL) throws {
        let table = "1.3.6.1.2.1.17.7.1.2.2.1.2.12.0.0.0.0.0"
        let rows = """
            1.3.6.1.2.1.1.5.0|4|\(name)
            1.3.6.1.2.1.17.1.1.0|4x|0000000000\(mac)
            1.3.6.1.2.1.31.1.1.1.1.1|4|Gi1/0/1
            1.3.6.1.2.1.31.1.1.1.1.24|4|Gi1/0/24
            1.3.6.1.2.1.17.1.4.1.2.1|2|1
            1.3.6.1.2.1.17.1.4.1.2.24|2|24
            \(table).7|2|\(port)
            1.0.8802.1.1.2.1.4.1.1.9.0.24.1|4|\(other)
            1.0.8802.1.1.2.1.4.1.1.7.0.24.1|4|Gi1/0/24
            1.0.8802.1.1.2.1.4.1.1.12.0.24.1|4x|2000
            """
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(rows.utf8).write(to: folder.appendingPathComponent("\(name)-closet.snmprec"))
    }

    private static func series(in folder: URL) throws {
        let first = folder.appendingPathComponent("2026-03-01T12:00:00Z")
        let second = folder.appendingPathComponent("2026-03-01T12-05-00Z")
        try closet("east", mac: 11, port: 1, other: "west", at: first)
        try closet("west", mac: 22, port: 24, other: "east", at: first)
        try closet("east", mac: 11, port: 24, other: "west", at: second)
        try closet("west", mac: 22, port: 1, other: "east", at: second)
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "wardlight-walk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func `a series of polls tells where a device is now, and since when`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.series(in: folder)
        let ran = try Command.run(["inventory", "--walk", folder.path, "--format", "json"])
        #expect(ran.code == 0 && ran.errors.isEmpty, "\(ran.errors)")
        let document = try json(ran.text)
        let devices = try #require(document["devices"] as? [[String: Any]])
        let device = try #require(
            devices.first { (($0["addresses"] as? [String: Any])?["mac"] as? [String]) == ["00:00:00:00:00:07"] })
        let place = try #require(device["place"] as? [String: Any])
        #expect(place["switch"] as? String == "west")
        #expect(place["agent"] as? String == "west-closet")
        #expect(place["port"] as? String == "Gi1/0/1")
        #expect(place["vlan"] as? Int == 12)
        #expect(place["since"] as? String == "2026-03-01T12:05:00Z")
        #expect((document["switches"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == ["east", "west"])
        #expect((document["links"] as? [Any])?.count == 1)
        let schema = try JSONSchema(House.text("docs/schema/wardlight.inventory-1.schema.json"))
        #expect(try schema.violations(of: ran.output) == [])
    }

    @Test func `saved and replayed, the topology is the same, in every form`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.series(in: folder)
        let log = folder.appendingPathComponent("ward.log").path
        #expect(try Command.run(["inventory", "--walk", folder.path, "--save", log]).code == 0)
        for format in ["text", "json", "dot"] {
            let now = try Command.run(["topology", "--walk", folder.path, "--format", format])
            let again = try Command.run(["topology", "--from", log, "--format", format])
            #expect(now.code == 0 && !now.output.isEmpty && now.output == again.output)
        }
        let drawing = try Command.run(["topology", "--walk", folder.path, "--format", "dot"]).text
        #expect(drawing.contains("\"main/east-closet\" -- \"main/west-closet\""))
    }

    @Test func `a single recording without a time takes its own, and says so; broken rows are named`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.snmpwalk").path
        try Data(".1.3.6.1.2.1.1.5.0 = STRING: \"ward\"\nrubbish\n".utf8).write(to: URL(fileURLWithPath: file))
        let ran = try Command.run(["topology", "--walk", file])
        #expect(ran.code == 0)
        #expect(ran.errors.contains("the file's own time") && ran.errors.contains("a.snmpwalk:2: walk.junk"))
        let timed = try Command.run(["topology", "--walk", file, "--at", "2026-03-01T12:00:00Z"])
        #expect(timed.text.contains("polled 2026-03-01T12:00:00Z") && !timed.errors.contains("own time"))
    }

    @Test func `what cannot be read is said in one line with its cure`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let words = folder.appendingPathComponent("w.txt").path
        try Data("IF-MIB::ifName.1 = STRING: Gi0/1\n".utf8).write(to: URL(fileURLWithPath: words))
        for (arguments, cure) in [
            (["--walk", words, "--at", "2026-03-01T12:00:00Z"], "-On"),
            (["--walk", folder.path + "/nothing"], "no such file"),
            (["--walk", words, "--at", "yesterday"], "2026-03-01T12:00:00Z"),
            (["--capture", words, "--at", "2026-03-01T12:00:00Z"], "--walk"),
        ] {
            let ran = try Command.run(["inventory"] + arguments)
            #expect(ran.code != 0 && ran.errors.contains(cure), "\(arguments): \(ran.errors)")
        }
    }

    @Test func `anonymised output keeps no name, address or serial number`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.series(in: folder)
        for command in [["inventory", "--format", "json", "--facts"], ["topology", "--format", "json"]] {
            let ran = try Command.run(command + ["--walk", folder.path, "--anonymise"])
            #expect(ran.code == 0)
            for secret in ["east", "west", "00:00:00:00:00:07", "00:00:00:00:00:11"] {
                #expect(!ran.text.contains(secret), "\(command) tells \(secret)")
            }
        }
    }
}
