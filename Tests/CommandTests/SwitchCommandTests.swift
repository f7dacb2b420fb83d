//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Switches asked by the built command, as a person asks them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

@Suite(.enabled(if: Command.isHere), .serialized) struct `The command asks switches` {
    private static let rows = """
        1.3.6.1.2.1.1.1.0|4|A switch
        1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1
        1.3.6.1.2.1.1.3.0|67|1000
        1.3.6.1.2.1.1.5.0|4|east
        1.3.6.1.2.1.2.2.1.8.1|2|1
        1.3.6.1.2.1.31.1.1.1.1.1|4|Gi1/0/1
        1.3.6.1.2.1.17.1.4.1.2.1|2|1
        1.3.6.1.2.1.17.7.1.2.2.1.2.12.0.0.0.0.0.7|2|1

        """

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func `a named switch tells its devices and their places; the community is told to nobody`() throws {
        let (server, ports) = try Server.badAgents(["plain"], rows: Self.rows)
        let name = "127.0.0.1:\(ports["plain"] ?? 0)"
        let ran = try Command.run(
            ["inventory", "--switch", name, "--format", "json"], environment: ["WARDLIGHT_COMMUNITY": "quietword"])
        _ = server
        #expect(ran.code == 0 && ran.errors.isEmpty, "\(ran.errors)")
        let document = try json(ran.text)
        let devices = try #require(document["devices"] as? [[String: Any]])
        let place = devices.compactMap { $0["place"] as? [String: Any] }.first
        #expect(place?["switch"] as? String == "east" && place?["port"] as? String == "Gi1/0/1")
        #expect(place?["agent"] as? String == name)
        #expect(!ran.text.contains("quietword"))
        let schema = try JSONSchema(House.text("docs/schema/wardlight.inventory-1.schema.json"))
        #expect(try schema.violations(of: ran.output) == [])
    }

    @Test func `several polls go into the log, one after the other`() throws {
        let scratch = try Scratch()
        let (server, ports) = try Server.badAgents(["plain"], rows: Self.rows)
        let name = "127.0.0.1:\(ports["plain"] ?? 0)"
        let log = scratch.path("ward.log")
        let ran = try Command.run(
            ["inventory", "--switch", name, "--polls", "2", "--every", "1s", "--save", log, "--format", "json"],
            environment: ["WARDLIGHT_COMMUNITY": "quietword"])
        _ = server
        #expect(ran.code == 0, "\(ran.errors)")
        let inputs = try #require((try json(ran.text)["coverage"] as? [String: Any])?["inputs"] as? [[String: Any]])
        let from = inputs.first?["from"] as? String
        #expect(from != nil && from != inputs.first?["to"] as? String)
        let again = try Command.run(["inventory", "--from", log, "--format", "json"])
        #expect(again.output == ran.output)
        #expect(try !String(decoding: scratch.read("ward.log"), as: UTF8.self).contains("quietword"))
    }

    @Test func `what cannot be asked is one line with its cure, and no secret in it`() throws {
        let scratch = try Scratch()
        let open = try scratch.write("open", Array("quietword\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: open)
        let closed = try scratch.write("closed", Array("quietword\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: closed)
        for (arguments, environment, cure) in [
            (["--switch", "127.0.0.1:9"], [:], "WARDLIGHT_COMMUNITY"),
            (["--switch", "127.0.0.1:9", "--community-file", open], [:], "chmod 600"),
            (["--switch", "127.0.0.1:9", "--community-file", closed], [:], "SNMP on"),
            (["--switch", "127.0.0.1:9"], ["WARDLIGHT_SNMP_USER": "ward"], "authentication and privacy"),
            (
                ["--switch", "127.0.0.1:9"],
                [
                    "WARDLIGHT_SNMP_USER": "ward", "WARDLIGHT_SNMP_AUTHENTICATION": "quietword",
                    "WARDLIGHT_SNMP_AUTHENTICATION_METHOD": "rot13",
                ], "sha256"
            ),
            (["--switch", "a b"], [:], "HOST:PORT"),
            (["--switch", "127.0.0.1:99999"], [:], "HOST:PORT"),
            (["--switch", "127.0.0.1", "--polls", "0"], [:], "--polls takes"),
            (["--switch", "127.0.0.1", "--every", "soon"], [:], "30s"),
            (["--switches", "--settings", scratch.path("nothing.yaml")], [:], "no such file"),
        ] as [([String], [String: String], String)] {
            let ran = try Command.run(["inventory"] + arguments, environment: environment)
            #expect(ran.code != 0 && ran.errors.contains(cure), "\(arguments): \(ran.errors)")
            #expect(!ran.errors.contains("quietword") && !ran.text.contains("quietword"))
        }
    }

    @Test(arguments: ["1.3.6.1.4.1.3592.1.2", "1.3.6.1.4.1.54260.3"])
    func `a medical device is asked who it is, and then never again`(objectId: String) throws {
        let rows = Self.rows.replacing("1.3.6.1.4.1.99999.1", with: objectId)
        let (server, ports) = try Server.badAgents(["plain"], rows: rows)
        let ran = try Command.run(
            ["inventory", "--switch", "127.0.0.1:\(ports["plain"] ?? 0)", "--format", "json"],
            environment: ["WARDLIGHT_COMMUNITY": "public"])
        _ = server
        #expect(ran.code == 0 || ran.code == 1)
        #expect(ran.errors.contains("is that of a medical device"))
        #expect(ran.errors.contains("never asks a medical device"))
        let document = try json(ran.text)
        #expect((document["devices"] as? [Any])?.isEmpty == true && (document["switches"] as? [Any] ?? []).isEmpty)
    }
}
