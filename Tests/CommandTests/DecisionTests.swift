//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// correct, merge and split: what a person decides is kept in the log and holds.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

@Suite(.enabled(if: Command.isHere)) struct `A decision` {
    private let scratch: Scratch
    private let log: String
    private let capture: String
    private let who = ["--by", "Ruth Weber", "--reason", "read from the label"]

    init() throws {
        scratch = try Scratch()
        capture = try scratch.write("ward.pcap", Self.ward([7, 8]))
        log = scratch.path("ward.log")
        let saved = try Command.run(["inventory", "--capture", capture, "--save", log])
        guard saved.code == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Devices that ask for a lease with the options of one product.
    private static func ward(_ numbers: [UInt16]) -> [UInt8] {
        var staged = StagedCapture()
        for number in numbers {
            let host = StagedCapture.Host(number)
            staged.udp(
                host, 68, .init(1), 67,
                DHCPv4.write(
                    .request, transaction: 7, client: host.hardware,
                    options: [.hostname("bed-\(number)"), .vendorClass("CareBox 2000 R3")]))
            staged.udp(host, 50_000, .init(2), 123, [0x23] + Array(repeating: 0, count: 47))
        }
        return staged.bytes
    }

    private func device(_ address: String, _ input: [String]) throws -> [String: Any] {
        let ran = try Command.run(["inventory", "--format", "json"] + input)
        #expect(ran.code == 0, "\(ran.errors)")
        let root = try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any]
        let devices = root?["devices"] as? [[String: Any]] ?? []
        return try #require(
            devices.first { device in
                let addresses = device["addresses"] as? [String: Any]
                return (addresses?["ipv4"] as? [String])?.contains(address) == true
            })
    }

    private func type(_ address: String, _ input: [String]) throws -> String? {
        (try device(address, input)["type"] as? [String: Any])?["value"] as? String
    }

    @Test func `stands in every later run on the log, also after new captures came into it`() throws {
        for name in ["10.1.0.7"] {
            let ran = try Command.run(["correct", name, "--type", "infusion pump", "--from", log] + who)
            #expect(ran.code == 0, "\(ran.errors)")
            #expect(ran.text.contains("type not known became infusion pump"))
            #expect(ran.text.contains("class unknown became medical"))
        }
        #expect(try type("10.1.0.7", ["--from", log]) == "infusion pump")
        #expect(try type("10.1.0.8", ["--from", log]) == nil)
        let later = try scratch.write("later.pcap", Self.ward([7, 9]))
        #expect(try type("10.1.0.7", ["--capture", later, "--save", log]) == "infusion pump")
        #expect(try type("10.1.0.7", ["--from", log]) == "infusion pump")
        let story = try Command.run(["explain", "10.1.0.7", "--from", log])
        #expect(story.text.contains("Ruth Weber: read from the label"))
        let hidden = try Command.run(["inventory", "--from", log, "--anonymise", "--format", "json", "--facts"])
        #expect(hidden.text.contains("infusion pump"))
        for word in ["Ruth", "Weber", "label"] { #expect(!hidden.text.contains(word), "\(word)") }
        let csv = try Command.run(["inventory", "--from", log, "--format", "csv"])
        #expect(csv.text.contains("infusion pump,0.999"))
    }

    @Test func `can be changed and taken back, and says so`() throws {
        func run(_ arguments: [String]) throws -> Ran {
            try Command.run(["correct", "bed-7"] + arguments + ["--from", log] + who)
        }
        #expect(try run(["--type", "infusion pump", "--vendor", "Baxter", "--serial", "1"]).code == 0)
        let again = try run(["--type", "infusion pump"])
        #expect(again.code == 0)
        #expect(again.text.contains("Nothing changes now"))
        #expect(try run(["--type", "ventilator"]).text.contains("type infusion pump became ventilator"))
        let undone = try run(["--undo"])
        #expect(undone.text.contains("type ventilator became not known"))
        #expect(undone.text.contains("vendor Baxter became not known"))
        #expect(try type("10.1.0.7", ["--from", log]) == nil)
        let nothing = try run(["--undo"])
        #expect(nothing.code == 1 && nothing.complaints.count == 1)
    }

    @Test func `is offered as a rule that knows the like of the device elsewhere`() throws {
        let folder = scratch.path("own")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let rule = folder + "/carebox.rules"
        let arguments = [
            "correct", "02:00:0a:01:00:07", "--type", "infusion pump", "--vendor", "Baxter", "--model", "CareBox 2000",
            "--from", log, "--rule", rule,
        ]
        let ran = try Command.run(arguments + who)
        #expect(ran.code == 0, "\(ran.errors)")
        let text = try String(contentsOfFile: rule, encoding: .utf8)
        #expect(ran.text.contains(text))
        #expect(text.contains("when dhcp.vendorClass exact \"CareBox 2000 R3\""))
        #expect(text.contains("corrected by Ruth Weber on 2"))
        for individual in ["bed-7", "0a:01:00:07", "10.1.0.7"] { #expect(!text.contains(individual)) }
        // Another hospital, another device of the product.
        let other = try scratch.write("other.pcap", Self.ward([30]))
        #expect(try type("10.1.0.30", ["--capture", other]) == nil)
        #expect(try type("10.1.0.30", ["--capture", other, "--knowledge", folder]) == "infusion pump")
        // Never overwritten, and nothing is decided then.
        let before = try Data(contentsOf: URL(fileURLWithPath: rule))
        let second = try Command.run(["correct", "bed-8", "--type", "lamp", "--from", log, "--rule", rule] + who)
        #expect(second.code == 1 && second.complaints.count == 1)
        #expect(try Data(contentsOf: URL(fileURLWithPath: rule)) == before)
        #expect(try type("10.1.0.8", ["--from", log]) == nil)
    }

    @Test(arguments: [
        (["--type", "pump"], "--by"), (["--type", "pump", "--by", "R"], "--reason"),
        (["--type", "pump", "--by", " ", "--reason", "r"], "--by must say something"),
        (["--type", "pump", "--by", "R", "--reason", ""], "--reason must say something"),
        (["--by", "R", "--reason", "r"], "Say what it is"),
        (["--type", "", "--by", "R", "--reason", "r"], "--type must say something"),
        (["--type", "pump", "--undo", "--by", "R", "--reason", "r"], "--undo stands alone"),
        (["--type", "a\nb", "--by", "R", "--reason", "r"], "one line"),
        (["--type", "pump", "--rule", "x.txt", "--by", "R", "--reason", "r"], ".rules"),
    ])
    func `needs a name, a reason and something to say`(arguments: [String], complaint: String) throws {
        let ran = try Command.run(["correct", "bed-7", "--from", log] + arguments)
        #expect(ran.code != 0)
        #expect(ran.errors.contains(complaint), "\(ran.errors)")
        #expect(try type("10.1.0.7", ["--from", log]) == nil)
    }

    @Test func `about nobody, about several or in no log is refused in one line`() throws {
        for (device, log) in [
            ("10.9.9.9", log), ("dev-000000000000", log), ("nobody", log), ("bed-7", scratch.path("none.log")),
            ("bed-7", capture),
        ] {
            for command in [
                ["correct", device, "--type", "lamp"], ["merge", device, "bed-8"], ["split", device, "bed-8"],
            ] {
                let ran = try Command.run(command + ["--from", log] + who)
                #expect(ran.code == 1 && ran.complaints.count == 1, "\(command) \(ran.errors)")
                #expect(ran.output.isEmpty)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: scratch.path("none.log")))
    }

    @Test func `to merge or split is kept in the log, and nonsense is refused`() throws {
        let merged = try Command.run(["merge", "bed-7", "bed-8", "--from", log] + who)
        #expect(merged.code == 0, "\(merged.errors)")
        #expect(merged.text.contains("Kept in \(log)"))
        for command in [
            ["merge", "bed-7", "bed-7"], ["merge", "10.1.0.7", "02:00:0a:01:00:07"],
            ["split", "10.1.0.7", "10.1.0.7", "02:00:0a:01:00:07", "02:00:0a:01:00:08", "10.1.0.8"],
        ] {
            let ran = try Command.run(command + ["--from", log] + who)
            #expect(ran.code == 1 && ran.complaints.count == 1, "\(command): \(ran.text) \(ran.errors)")
        }
        let parted = try Command.run(["split", "02:00:0a:01:00:07", "02:00:0a:01:00:08", "--from", log] + who)
        #expect(parted.code == 0, "\(parted.errors)")
        #expect(try Command.run(["inventory", "--from", log]).code == 0)
    }
}
