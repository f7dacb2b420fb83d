//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Sightings, as a person gives them to the command.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: what no tap sees is counted, once, with its class and its place.
@Suite(.enabled(if: Command.isHere)) struct `The command on sightings` {
    private static let lines = """
        {"at":"2026-03-01T10:00:00Z","source":"rtls","mac":"00:0c:cc:01:02:03","type":"RTLS tag","place":"OR 1"}
        {"at":"2026-03-01T11:00:00Z","source":"rtls","mac":"00:0c:cc:01:02:03","type":"RTLS tag","place":{"building":"East","floor":2,"room":"204"}}
        {"at":"2026-03-01T12:00:00Z","source":"rtls","mac":"00:0c:cc:01:02:03","type":"RTLS tag","place":"OR 1"}
        {"at":"2026-03-01T09:30:00Z","source":"sim","imei":"490154203237518","iccid":"8944110068000000005","type":"RPM hub"}
        {"at":"2026-03-01T09:40:00Z","source":"mdm","mac":"a4:83:e7:00:00:01","imei":"356938035643809","serial":"DMPX4711","vendor":"Apple","model":"iPhone 14","os":"iOS 17.5","type":"Mobile Phone","assetTag":"0042"}
        {"at":"2026-03-01T09:50:00Z","source":"sim","imei":"356938035643809","iccid":"8944110068000000013"}
        {"at":"2026-03-01T12:00:00Z","source":"ble-gateway","ble":"4a:11:22:33:44:55","bleName":"Polar H10 A1B2C3D4"}
        {"at":"2026-03-01T12:00:00Z","source":"ble-gateway","ble":"00:a0:50:33:44:55","gateway":"ac:23:3f:00:00:01"}
        {"at":"2026-03-01T12:00:00Z","source":"ble-gateway","ble":"00:a0:50:33:44:55","gateway":"ac:23:3f:00:00:02"}
        {"at":"2026-03-01T12:00:00Z","source":"ble-gateway","ble":"5b:11:22:33:44:55"}
        {"at":"2026-03-01T12:00:00Z","source":"dhcp-lease","mac":"00:1b:21:3a:4c:5d","ip":"10.1.2.3","name":"cart-7"}
        {"at":"2026-03-01T12:00:00Z","source":"flow","ip":"10.1.2.3","serves":["tcp/22"]}

        """

    private func devices(_ ran: Ran) throws -> [[String: Any]] {
        let root = try #require(try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
        return try #require(root["devices"] as? [[String: Any]])
    }

    private func value(_ device: [String: Any], _ key: String) -> String? {
        (device[key] as? [String: Any])?["value"] as? String
    }

    private func one(_ all: [[String: Any]], _ identifier: String) throws -> [String: Any] {
        let found = all.filter { ($0["identifiers"] as? [String] ?? []).contains(identifier) }
        #expect(found.count == 1, "\(identifier)")
        return try #require(found.first)
    }

    @Test func `every device that another system saw is there once`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("sightings.jsonl", Array(Self.lines.utf8))
        let ran = try Command.run(["inventory", "--sightings", file, "--format", "json", "--save", scratch.path("log")])
        #expect(ran.code == 0 && ran.errors.isEmpty, "\(ran.errors)")
        let schema = try JSONSchema(try House.text("docs/schema/wardlight.inventory-1.schema.json"))
        #expect(try schema.violations(of: ran.output) == [])
        let all = try devices(ran)
        #expect(all.count == 6)
        let hub = try one(all, "imei:490154203237518")
        #expect(hub["class"] as? String == "medical" && value(hub, "type") == "telehealth hub" && hub["parent"] == nil)
        // Known by its Wi-Fi address to the one list, and by its IMEI to the other.
        let phone = try one(all, "iccid:8944110068000000013")
        #expect(phone["class"] as? String == "mobile" && value(phone, "type") == "smartphone")
        #expect(value(phone, "serial") == "DMPX4711" && value(phone, "vendor") == "Apple")
        #expect((phone["identifiers"] as? [String])?.contains("tag:0042") == true)
        let tag = try one(all, "ble:00:a0:50:33:44:55")
        #expect(tag["class"] as? String == "iot" && tag["parent"] != nil)
        #expect(all.contains { value($0, "model") == "Polar H10" })
        let tracker = try #require(all.first { ($0["locations"] as? [Any])?.count == 2 })
        let places = tracker["locations"] as? [[String: Any]] ?? []
        #expect(places.map { $0["room"] as? String } == ["OR 1", "204"] && places[1]["facility"] as? String == "East")
        // It went back to the first.
        #expect(places[0]["until"] == nil && places[1]["until"] != nil)
        let cart = try #require(all.first { ($0["names"] as? [String]) == ["cart-7"] })
        #expect((cart["services"] as? [[String: Any]])?.first?["port"] as? Int == 22)
        let again = try Command.run(["inventory", "--from", scratch.path("log"), "--format", "json"])
        #expect(try devices(again).count == 6)
        let table = try Command.run(["inventory", "--sightings", file])
        #expect(table.text.contains("imei:49015420323751") && table.text.contains("OR 1"))
        let story = try Command.run(["explain", "490154203237518", "--sightings", file])
        #expect(story.code == 0 && story.text.contains("telehealth hub"), "\(story.errors)")
    }

    @Test func `shared without names and numbers they tell nobody's`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("sightings.jsonl", Array(Self.lines.utf8))
        let ran = try Command.run(["inventory", "--sightings", file, "--format", "json", "--facts", "--anonymise"])
        #expect(ran.code == 0, "\(ran.errors)")
        for secret in [
            "490154203237518", "8944110068000000005", "DMPX4711", "0042\"", "cart-7", "A1B2C3D4", "OR 1",
            "a4:83:e7:00:00:01",
            "00:a0:50:33:44:55",
        ] {
            #expect(!ran.text.contains(secret), "\(secret)")
        }
        #expect(ran.text.contains("telehealth hub"))
    }

    @Test func `what is no sighting is told with its cure`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("list.csv", Array("serial,os\nX1,iOS\n".utf8))
        let ran = try Command.run(["inventory", "--sightings", file])
        #expect(ran.code != 0 && ran.errors.contains("sightings convert"), "\(ran.errors)")
        let none = try Command.run(["inventory", "--sightings", scratch.path("none")])
        #expect(none.code != 0 && none.errors.contains("no such file"))
    }

    @Test func `lists of other systems become sightings, through a pipe as well`() throws {
        let scratch = try Scratch()
        let leases = """
            lease 10.1.2.3 {
              starts 4 2024/05/02 10:00:00;
              binding state active;
              hardware ethernet 00:1b:21:3a:4c:5d;
              client-hostname "cart-7";
            }

            """
        let sims = """
            ICCID;IMEI;MSISDN;Last Session
            8944110068000000005;490154203237518;+447700900123;02.05.2024 12:00

            """
        let files = [
            try scratch.write("dhcpd.leases", Array(leases.utf8)), try scratch.write("sims.csv", Array(sims.utf8)),
        ]
        let made = try Command.run(["sightings", "convert", "--zone", "+02:00"] + files)
        #expect(made.code == 0, "\(made.errors)")
        #expect(made.text.split(separator: "\n").count == 2 && !made.text.contains("7700900123"))
        #expect(made.errors.contains("isc-dhcp, 1 rows, 1 sightings") && made.errors.contains("left out on purpose"))
        #expect(made.errors.contains("MSISDN") && made.text.contains("2024-05-02T10:00:00Z"))
        let piped = try scratch.write("made.jsonl", made.output)
        let ran = try Command.run(["inventory", "--sightings", "-", "--format", "json"], input: piped)
        let all = try devices(ran)
        #expect(all.count == 2 && all.contains { $0["names"] as? [String] == ["cart-7"] })
        let leased = try #require(all.first { $0["names"] as? [String] == ["cart-7"] })
        let unsettled = leased["unsettled"] as? [String] ?? []
        #expect(unsettled.count == 1 && unsettled[0].contains("dhcp-lease"))
    }

    @Test(arguments: [
        (["--zone", "Berlin"], "no zone"), (["--at", "noon"], "no moment"), (["--inside", "10.0.0.1"], "no network"),
        (["--from", "gossip"], "gossip"), ([], "nothing in it tells what it is"),
        (["--from", "mdm"], "not read as mdm"),
    ])
    func `what cannot be converted is told with its cure`(options: [String], words: String) throws {
        let scratch = try Scratch()
        let file = try scratch.write("list.csv", Array("a,b\n1,2\n".utf8))
        let ran = try Command.run(["sightings", "convert"] + options + [file])
        #expect(ran.code != 0 && ran.errors.contains(words), "\(ran.errors)")
        #expect(ran.text.isEmpty)
    }
}
