//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Inventory JSON: the contract, to the octet.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@testable import Reports

/// Goal: a program that reads our JSON today can read it in five years.
@Suite struct `Inventory JSON` {
    @Test(arguments: [false, true])
    func `keeps to its published schema`(facts: Bool) throws {
        let schema = try JSONSchema(House.text("docs/schema/wardlight.inventory-1.schema.json"))
        let anonymous = Anonymiser(seed: "7".utf8).anonymise(Ward.snapshot())
        for snapshot in [Ward.snapshot(), Ward.snapshot([]), anonymous] {
            #expect(try schema.violations(of: InventoryJSON.bytes(of: snapshot, facts: facts)) == [])
        }
    }

    @Test func `the schema notices a missing key, a foreign one and a wrong value`() throws {
        let schema = try JSONSchema(House.text("docs/schema/wardlight.inventory-1.schema.json"))
        let good = String(decoding: InventoryJSON.bytes(of: Ward.snapshot([Ward.pump])), as: UTF8.self)
        for (old, new) in [
            ("\"packets\": 0,", ""), ("\"site\":", "\"sight\":"), ("\"medical\"", "\"magical\""),
            ("2023-11-14T22:13:20Z", "yesterday"), ("\"oneWayTCP\": 0.333", "\"oneWayTCP\": 1.333"),
        ] {
            let bad = good.replacingOccurrences(of: old, with: new)
            #expect(bad != good)
            #expect(try !schema.violations(of: Array(bad.utf8)).isEmpty, "\(old) became \(new)")
        }
    }

    @Test func `is the same to the octet every time, whole or in pieces`() {
        let once = InventoryJSON.bytes(of: Ward.snapshot(), facts: true)
        #expect(InventoryJSON.bytes(of: Ward.snapshot(), facts: true) == once)
        let many = Ward.snapshot(Array(repeating: Ward.monitor, count: 200))
        var pieces: [[UInt8]] = []
        InventoryJSON.write(many, facts: true) { pieces.append($0) }
        #expect(pieces.count > 5)
        #expect(Array(pieces.joined()) == InventoryJSON.bytes(of: many, facts: true))
    }

    @Test func `a device with little known has few keys, and none is guessed`() {
        let text = String(decoding: InventoryJSON.bytes(of: Ward.snapshot([Ward.pump])), as: UTF8.self)
        let expected = """
              "devices": [
                {
                  "id": "dev-00000000000a",
                  "site": "St Elsewhere",
                  "parent": "dev-0123456789ab",
                  "class": "medical",
                  "addresses": {"mac": [], "ipv4": [], "ipv6": [], "eui64": ["00A037009A0053DE"]},
                  "names": [],
                  "components": [],
                  "services": [],
                  "firstSeen": "2023-11-14T22:13:20Z",
                  "lastSeen": "2023-11-14T22:23:20.250Z",
                  "packets": 0,
                  "bytes": 0,
                  "findings": []
                }
              ],
            """
        #expect(text.contains(expected))
    }

    @Test func `a taught label stands beside the attributes, with what else it could be`() {
        let text = String(decoding: InventoryJSON.bytes(of: Ward.snapshot()), as: UTF8.self)
        #expect(text.contains("\"label\": {\n        \"value\": \"MX450 or MX400\",\n        \"confidence\": 0.94,"))
        #expect(text.contains("profile.MX800"))
    }

    @Test func `facts are listed only when asked for`() {
        let without = String(decoding: InventoryJSON.bytes(of: Ward.snapshot()), as: UTF8.self)
        let with = String(decoding: InventoryJSON.bytes(of: Ward.snapshot(), facts: true), as: UTF8.self)
        #expect(!without.contains("\"facts\""))
        #expect(with.contains(#"{"protocol": "dhcp", "field": "hostname", "value": "mon-bed7", "count": 4}"#))
    }

    @Test(arguments: [
        (0, "0.00"), (5, "0.005"), (10, "0.01"), (500, "0.50"), (620, "0.62"), (993, "0.993"), (1000, "1.00"),
        (-1, "0.00"), (2000, "1.00"),
    ])
    func `confidence has two decimals, or three where they differ from zero`(perMille: Int, text: String) {
        var json = JSONWriter()
        json.value(perMille: perMille)
        #expect(String(decoding: json.bytes, as: UTF8.self) == text)
    }

    @Test func `no control, bidi or separator character stands bare, and every value survives`() throws {
        let bytes = InventoryJSON.bytes(of: Ward.snapshot())
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.unicodeScalars.contains { $0.isHostile && $0 != "\n" })
        #expect(text.contains(#""\u001b[2J\u202egnp.exe\u2028\u0000\u007f\u009b1m""#))
        #expect(text.contains(#""\"},{\\\r\n\t""#))
        let root = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        let devices = try #require(root?["devices"] as? [[String: Any]])
        #expect(devices.last?["names"] as? [String] == Ward.hostile.names)
    }

    @Test func `coverage adds up all inputs and names a cut one`() {
        let text = String(decoding: InventoryJSON.bytes(of: Ward.snapshot()), as: UTF8.self)
        for part in [
            #""linkTypes": ["ethernet", "linux-sll2"],"#, #""duplicates": 0.015,"#, #""oneWayTCP": 0.333,"#,
            #""truncated": 0.001,"#, #""evicted": 2,"#, #""problem": "ends in the middle of a packet""#,
        ] { #expect(text.contains(part), "\(part)") }
        #expect(CoverageTotal.perMille(.max / 2, of: .max) == 499)
        #expect(CoverageTotal.perMille(0, of: 0) == 0)
        #expect(CoverageTotal.perMille(1, of: 1_000_000) == 1)
    }
}
