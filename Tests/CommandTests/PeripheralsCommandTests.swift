//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Reports of peripherals, as a person gives them to the command.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

@Suite(.enabled(if: Command.isHere)) struct `The command on peripherals` {
    private static let desk = #"{"path":"1-1","vendor":"413c","product":"2113","maker":"Dell","interfaces":["030101"]}"#
    private static let rogue =
        #"{"path":"1-3","vendor":"046d","product":"c31c","maker":"ATMEL","serial":"77777QWERT","interfaces":["030101","080650"]}"#

    private static func line(_ hour: Int, _ peripherals: [String]) -> String {
        #"{"wardlight":"peripherals/1","time":"2026-03-01T\#(hour):00:00Z","host":"ws-icu-12","#
            + #""mac":["00:1b:21:3a:4c:5d"],"peripherals":["# + peripherals.joined(separator: ",") + "]}\n"
    }

    private func json(_ ran: Ran) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
    }

    @Test func `two reports tell what came, and the log tells it again`() throws {
        let scratch = try Scratch()
        let text = Self.line(12, [Self.desk]) + "nonsense\n" + Self.line(13, [Self.desk, Self.rogue])
        let file = try scratch.write("reports.jsonl", Array(text.utf8))
        let ran = try Command.run([
            "inventory", "--peripherals", file, "--format", "json", "--save", scratch.path("log"),
        ])
        #expect(ran.code == 0)
        #expect(ran.errors.contains("reports.jsonl:2: no JSON from octet 1 on"), "\(ran.errors)")
        let schema = try JSONSchema(try House.text("docs/schema/wardlight.inventory-1.schema.json"))
        #expect(try schema.violations(of: ran.output) == [])
        let devices = try #require(try json(ran)["devices"] as? [[String: Any]])
        #expect(devices.count == 1)
        #expect(devices[0]["names"] as? [String] == ["ws-icu-12"])
        #expect((devices[0]["peripherals"] as? [[String: Any]])?.map { $0["vendor"] as? String } == ["413c", "046d"])
        #expect(devices[0]["peripheralsSeen"] as? String == "2026-03-01T13:00:00Z")
        let rules = (devices[0]["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
        #expect(rules.contains("peripheral.keyboardWithStorage") && rules.contains("peripheral.newKeyboard"))
        let again = try Command.run(["inventory", "--from", scratch.path("log"), "--format", "json"])
        let told = try #require(try json(again)["devices"] as? [[String: Any]])
        #expect((told[0]["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String } == rules)
        let story = try Command.run(["explain", "ws-icu-12", "--from", scratch.path("log")])
        #expect(story.text.contains("What hangs on it by USB"))
    }

    @Test(arguments: [
        // A maker's numbers alone do not excuse what is two things at once.
        ("413c", ["peripheral.keyboardWithStorage", "peripheral.namesDiffer", "peripheral.newKeyboard"]),
        ("046d", ["peripheral.keyboardWithStorage"]), ("046d:c31c", []),
    ])
    func `what the settings allow is no finding`(number: String, rules: [String]) throws {
        let scratch = try Scratch()
        let text = Self.line(12, [Self.desk]) + Self.line(13, [Self.desk, Self.rogue])
        let file = try scratch.write("reports.jsonl", Array(text.utf8))
        let settings = try scratch.write("settings.yaml", Array("allowed:\n  peripherals: [\"\(number)\"]\n".utf8))
        let ran = try Command.run(["inventory", "--peripherals", file, "--settings", settings, "--format", "json"])
        #expect(ran.code == 0, "\(ran.errors)")
        let findings = try json(ran)["findings"] as? [[String: Any]] ?? []
        #expect(findings.compactMap { $0["rule"] as? String }.sorted() == rules)
    }

    @Test(arguments: [["mon", "tue"], ["tue", "mon"]])
    func `the order of the files does not decide who is accused`(order: [String]) throws {
        let scratch = try Scratch()
        let other = #"{"path":"1-1","vendor":"046d","product":"c31c","maker":"Logitech","interfaces":["030101"]}"#
        try scratch.write("mon", Array(Self.line(12, [Self.desk]).utf8))
        try scratch.write("tue", Array(Self.line(13, [other]).utf8))
        let ran = try Command.run(
            ["inventory", "--format", "json"] + order.flatMap { ["--peripherals", scratch.path($0)] })
        #expect(ran.code == 0, "\(ran.errors)")
        let findings = try json(ran)["findings"] as? [[String: Any]] ?? []
        let told = findings.filter {
            ["peripheral.newKeyboard", "peripheral.becameOther"].contains($0["rule"] as? String ?? "")
        }
        #expect(!told.isEmpty)
        for finding in told {
            #expect(finding["since"] as? String == "2026-03-01T13:00:00Z")
            let evidence = finding["evidence"] as? [[String: Any]] ?? []
            let news = evidence.filter { ["new", "after"].contains($0["field"] as? String ?? "") }
            #expect(news.count == 1 && (news[0]["value"] as? String)?.hasPrefix("046d:c31c") == true, "\(evidence)")
        }
    }

    @Test func `a replay with another list of peripherals says so`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("reports.jsonl", Array(Self.line(12, [Self.desk]).utf8))
        let log = scratch.path("log")
        #expect(try Command.run(["inventory", "--peripherals", file, "--save", log]).code == 0)
        #expect(!(try Command.run(["inventory", "--from", log]).errors.contains("the log was made with")))
        let folder = scratch.url.appendingPathComponent("Knowledge")
        try FileManager.default.copyItem(at: House.root.appendingPathComponent("Knowledge"), to: folder)
        let list = folder.appendingPathComponent("peripherals.list")
        let environment = ["WARDLIGHT_KNOWLEDGE": folder.path]
        try Data((try String(contentsOf: list, encoding: .utf8) + "\n# another\n").utf8).write(to: list)
        let other = try Command.run(["inventory", "--from", log], environment: environment)
        #expect(other.errors.contains("with another Knowledge/peripherals.list ("), "\(other.errors)")
        try FileManager.default.removeItem(at: list)
        let none = try Command.run(["inventory", "--from", log], environment: environment)
        #expect(none.errors.contains("than today's (none)"), "\(none.errors)")
    }

    @Test func `a report that is shared shows no serial number`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("reports.jsonl", Array(Self.line(12, [Self.desk, Self.rogue]).utf8))
        for format in ["json", "table"] {
            let ran = try Command.run(["inventory", "--peripherals", file, "--anonymise", "--format", format])
            #expect(ran.code == 0)
            #expect(!ran.text.contains("77777QWERT") && !ran.text.contains("ws-icu-12"), "\(format)")
        }
    }

    @Test func `standard input is read, and what is no report is said with its cure`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("reports.jsonl", Array(Self.line(12, [Self.desk]).utf8))
        let piped = try Command.run(["inventory", "--peripherals", "-", "--format", "json"], input: file)
        #expect(piped.code == 0, "\(piped.errors)")
        let absent = try Command.run(["inventory", "--peripherals", scratch.path("absent")])
        #expect(absent.code != 0 && absent.errors.contains("no such file"))
        let twice = try Command.run(["inventory", "--peripherals", "-", "--capture", "-"])
        #expect(twice.code != 0 && twice.errors.contains("only once"))
    }

    @Test func `this endpoint's own report goes straight into the inventory`() throws {
        let scratch = try Scratch()
        let device = scratch.url.appendingPathComponent("bus/usb/devices/1-1/1-1:1.0")
        try FileManager.default.createDirectory(at: device, withIntermediateDirectories: true)
        for (name, text) in [
            ("1-1/idVendor", "05e0"), ("1-1/idProduct", "1200"), ("1-1/1-1:1.0/bInterfaceClass", "03"),
        ] {
            try scratch.write("bus/usb/devices/" + name, Array((text + "\n").utf8))
        }
        let ran = try Command.run([
            "peripherals", "--root", scratch.url.path, "--host", "ws-1", "--mac", "00:1b:21:3a:4c:5d", "--at",
            "2026-03-01T12:00:00Z",
        ])
        #expect(
            ran.text == #"{"wardlight":"peripherals/1","time":"2026-03-01T12:00:00Z","host":"ws-1","#
                + #""mac":["00:1b:21:3a:4c:5d"],"peripherals":[{"path":"1-1","vendor":"05e0","product":"1200","#
                + #""class":"00","interfaces":["030000"]}]}"# + "\n")
        let file = try scratch.write("own.jsonl", ran.output)
        #expect(try Command.run(["inventory", "--peripherals", file]).code == 0)
        let none = try Command.run(["peripherals", "--root", scratch.path("absent")])
        #expect(none.code != 0 && none.errors.contains("--root names another sysfs"))
    }
}
