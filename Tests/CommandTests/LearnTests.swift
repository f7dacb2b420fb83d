//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Learn, inventory, evaluate: what was taught is used, and measured.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: a hospital teaches a device in one line and meets its name from then on.
@Suite(.enabled(if: Recordings.areHere && Command.isHere)) struct `What was taught` {
    private static func captures(_ label: String) throws -> [String] {
        let folder = try Recordings.url("captures/iot-setup/" + label)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".pcap") }
            .sorted().map { folder.appendingPathComponent($0).path }
    }

    private static func devices(_ ran: Ran) throws -> [[String: Any]] {
        let json = try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any]
        return json?["devices"] as? [[String: Any]] ?? []
    }

    private static func text(_ ran: Ran) -> String { String(decoding: ran.output, as: UTF8.self) }

    private static func hardware(_ device: [String: Any]) -> String? {
        ((device["addresses"] as? [String: Any])?["mac"] as? [String])?.first
    }

    @Test func `is written as a page, used by inventory, and given to no other device`() throws {
        let scratch = try Scratch()
        let folder = scratch.path("knowledge")
        let all = try Self.captures("Withings")
        let learn = try Command.run(
            ["learn", "--label", "Smart scale", "--vendor", "Withings", "--type", "body scale", "--model", "WS-30"]
                + ["--capture"] + all.prefix(3) + ["--capture", all[3], "--knowledge", folder])
        #expect(learn.code == 0, "\(learn.errors)")
        #expect(Self.text(learn).contains("learnt from 4 captures of 00:24:e4:24:80:2a"))
        let page = String(decoding: try scratch.read("knowledge/Smart scale.profile"), as: UTF8.self)
        #expect(page.contains("captures  4") && page.contains("withings00"))
        #expect(!page.lowercased().contains("24:80:2a") && !page.contains("24802a") && !page.contains("10.10.10."))
        let ran = try Command.run([
            "inventory", "--capture", all[5], "--knowledge", folder, "--format", "json",
        ])
        let devices = try Self.devices(ran)
        #expect(devices.count >= 2)
        for device in devices {
            let label = device["label"] as? [String: Any]
            if Self.hardware(device) == "00:24:e4:24:80:2a" {
                #expect(label?["value"] as? String == "Smart scale")
                #expect((label?["confidence"] as? Double ?? 0) > 0.7)
                #expect(((label?["evidence"] as? [[String: Any]])?.first?["rule"] as? String) == "profile.Smart scale")
                #expect((device["model"] as? [String: Any])?["value"] as? String == "WS-30")
            } else {
                #expect(label == nil)
            }
        }
    }

    @Test func `grows when it is taught again, and begins anew when asked`() throws {
        let scratch = try Scratch()
        let all = try Self.captures("Aria")
        func learn(_ more: [String]) throws -> String {
            let ran = try Command.run(["learn", "--label", "Aria", "--knowledge", scratch.url.path] + more)
            #expect(ran.code == 0, "\(ran.errors)")
            return String(decoding: try scratch.read("Aria.profile"), as: UTF8.self)
        }
        #expect(try learn(["--capture", all[0], all[1]]).contains("captures  2"))
        #expect(try learn(["--capture", all[2]]).contains("captures  3"))
        #expect(try learn(["--capture", all[3], "--replace"]).contains("captures  1"))
    }

    @Test func `does not count captures in which the device is missing, and says so`() throws {
        let scratch = try Scratch()
        let (aria, scale) = (try Self.captures("Aria")[0], try Self.captures("Withings")[0])
        let arguments = ["learn", "--label", "Aria", "--knowledge", scratch.url.path, "--device", "20:f8:5e:ca:91:52"]
        let ran = try Command.run(arguments + ["--capture", aria, scale])
        #expect(ran.code == 0)
        #expect(ran.complaints.count == 1 && ran.errors.contains("does not count"), "\(ran.errors)")
        let none = try Command.run(arguments + ["--capture", scale, "--replace"])
        #expect(none.code == 1 && none.errors.contains("nothing was learnt"))
    }

    @Test(arguments: [
        (["--label", "", "--capture", "x"], "--label is empty"), (["--label", "A"], "Nothing to learn from"),
        (["--label", "A or B", "--capture", "x"], "undecided"),
        (["--label", "A", "--capture", "/none.pcap"], "no such file"),
    ])
    func `is refused in one line with its cure`(arguments: [String], words: String) throws {
        let scratch = try Scratch()
        let ran = try Command.run(["learn", "--knowledge", scratch.url.path] + arguments)
        #expect(ran.code != 0 && ran.errors.contains(words), "\(ran.errors)")
    }

    @Test func `by a broken hand is named by file and line, and the rest is used`() throws {
        let scratch = try Scratch()
        let all = try Self.captures("Withings")
        try scratch.write("broken.profile", Array("label X\ncaptures none\n".utf8))
        let taught = try Command.run(
            ["learn", "--label", "Scale", "--knowledge", scratch.url.path, "--capture"] + all.prefix(3))
        #expect(taught.code == 0)
        let ran = try Command.run([
            "inventory", "--capture", all[4], "--knowledge", scratch.url.path, "--format", "csv",
        ])
        #expect(ran.errors.contains("broken.profile:2:"), "\(ran.errors)")
        #expect(Self.text(ran).contains(",Scale,0."))
    }

    /// The bars of the evaluation, on the half of the recordings that is given; types as in the paper.
    @Test(.timeLimit(.minutes(2))) func `is right often enough, and honest where it is not`() throws {
        let scratch = try Scratch()
        let given = try Recordings.url("captures/iot-setup")
        for name in try FileManager.default.contentsOfDirectory(atPath: given.path) {
            try FileManager.default.createSymbolicLink(
                at: scratch.url.appendingPathComponent(name),
                withDestinationURL: given.appendingPathComponent(name).resolvingSymlinksInPath())
        }
        let types = ["EdimaxCam", "EdnetCam", "WeMoInsightSwitch", "WeMoSwitch"].map { type in
            let first = type.hasSuffix("Cam") ? "1" : ""
            return "\(type)\(first)\t\(type)\n\(type)2\t\(type)\n"
        }.joined()
        try scratch.write("types.tsv", Array(types.utf8))
        let ran = try Command.run(
            [
                "evaluate", "identification", scratch.url.path, "--unseen", "--format", "json", "--plot",
                scratch.path("p.svg"),
            ])
        #expect(ran.code == 0, "\(ran.errors)")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
        func figure(_ key: String) -> Double { json[key] as? Double ?? -1 }
        #expect(figure("types") == 23)
        #expect(figure("accuracy") >= 0.95)
        #expect(figure("precision") >= 0.98)
        #expect(figure("macroF1") >= 0.94)
        #expect(figure("msPerIdentification") > 0 && figure("msPerIdentification") <= 1)
        #expect(figure("bystandersLabelled") == 0)
        let sure = try #require((json["calibration"] as? [[String: Double]])?.last)
        #expect((sure["right"] ?? 0) >= 0.9 * (sure["count"] ?? 1))
        // What is not unknown was given the name of a sibling of the same maker.
        let unseen = try #require(json["unseen"] as? [String: Any])
        #expect((unseen["unknown"] as? Double ?? 0) >= 0.75)
        let makers = ["D-Link", "Edimax", "Ednet", "Hue", "TP-Link", "WeMo"]
        for (truth, said) in unseen["confusion"] as? [String: [String: Int]] ?? [:] {
            for answer in said.keys where answer != "unknown" {
                #expect(makers.contains { truth.hasPrefix($0) && answer.hasPrefix($0) }, "\(truth): \(answer)")
            }
        }
        #expect(String(decoding: try scratch.read("p.svg"), as: UTF8.self).hasPrefix("<svg"))
    }

    @Test func `is said to be like another where nothing tells them apart`() throws {
        let scratch = try Scratch()
        for label in ["EdnetCam1", "EdnetCam2"] {
            let ran = try Command.run(
                ["learn", "--label", label, "--knowledge", scratch.url.path, "--capture"] + Self.captures(label))
            #expect(ran.code == 0)
            #expect(ran.errors.contains("could as well be of `EdnetCam1`") == (label == "EdnetCam2"), "\(ran.errors)")
        }
        let ran = try Command.run([
            "inventory", "--capture", Self.captures("EdnetCam2")[0], "--knowledge", scratch.url.path, "--format",
            "json",
        ])
        let labels = try Self.devices(ran).compactMap { ($0["label"] as? [String: Any])?["value"] as? String }
        #expect(labels.count == 1 && Set(labels[0].components(separatedBy: " or ")) == ["EdnetCam1", "EdnetCam2"])
    }

    @Test func `is found in no other network's recordings`() throws {
        let scratch = try Scratch()
        for label in ["Aria", "D-LinkCam", "HueBridge", "iKettle2", "TP-LinkPlugHS100", "WeMoSwitch", "HomeMaticPlug"] {
            let ran = try Command.run(
                ["learn", "--label", label, "--knowledge", scratch.url.path, "--capture"] + Self.captures(label))
            #expect(ran.code == 0, "\(ran.errors)")
        }
        let others = Recordings.allCaptures().filter { path in
            ["dhcp/", "mdns-ssdp-wsd/", "tls/", "mqtt/", "infra/"].contains { path.hasPrefix($0) }
        }
        #expect(others.count > 100)
        for path in others {
            let capture = try Recordings.url("captures/" + path).path
            let ran = try Command.run([
                "inventory", "--capture", capture, "--knowledge", scratch.url.path, "--format", "json",
            ])
            guard !ran.output.isEmpty else { continue }
            let labels = try Self.devices(ran).compactMap { $0["label"] }
            #expect(labels.isEmpty, "\(path): \(labels)")
        }
    }

    @Test func `is evaluated alike with the same seed`() throws {
        let given = try Recordings.url("captures/iot-setup").path
        func run() throws -> String {
            let ran = try Command.run(["evaluate", "identification", given, "--folds", "3", "--seed", "9"])
            return Self.text(ran).split(separator: "\n").filter { !$0.hasPrefix("time") }.joined(separator: "\n")
        }
        let once = try run()
        #expect(!once.isEmpty)
        #expect(try run() == once)
    }
}
