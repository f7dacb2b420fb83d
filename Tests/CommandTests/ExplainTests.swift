//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// explain, and how soon the command is there.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing
import Wire

@Suite(.enabled(if: Command.isHere)) struct `The story of a device` {
    private let scratch: Scratch
    private let capture: String

    init() throws {
        scratch = try Scratch()
        var staged = StagedCapture()
        for number: UInt16 in [7, 8] {
            let host = StagedCapture.Host(number)
            staged.udp(
                host, 68, .init(1), 67,
                DHCPv4.write(
                    .request, transaction: 7, client: host.hardware,
                    options: [.hostname("pump-\(number)"), .vendorClass("MSFT 5.0")]))
            staged.udp(host, 50_000, .init(2), 123, [0x23] + Array(repeating: 0, count: 47))
        }
        capture = try scratch.write("ward.pcap", staged.bytes)
    }

    @Test func `is the same whether it is asked for by id, MAC, IP or name`() throws {
        let story = try Command.run(["explain", "10.1.0.7", "--capture", capture])
        #expect(story.code == 0, "\(story.errors)")
        for words in ["pump-7", "10.1.0.7", "02:00:0a:01:00:07", "MSFT 5.0"] {
            #expect(story.text.contains(words), "\(words)")
        }
        #expect(!story.text.contains("pump-8"))
        let id = try #require(story.text.firstMatch(of: #/dev-[0-9a-f]{12}/#).map { String($0.output) })
        for name in [id, "02:00:0a:01:00:07", "02-00-0A-01-00-07", "pump-7", "PUMP-7"] {
            let other = try Command.run(["explain", name, "--capture", capture])
            #expect(other.output == story.output, "\(name): \(other.errors)")
        }
    }

    @Test func `can be told from a saved log`() throws {
        let log = scratch.path("ward.log")
        #expect(try Command.run(["inventory", "--capture", capture, "--save", log]).code == 0)
        let story = try Command.run(["explain", "pump-7", "--capture", capture])
        #expect(try Command.run(["explain", "pump-7", "--from", log]).output == story.output)
    }

    @Test func `is refused, with the choices, when two devices fit`() throws {
        var staged = StagedCapture()
        for number: UInt16 in [7, 8] {
            let host = StagedCapture.Host(number)
            staged.udp(
                host, 68, .init(1), 67,
                DHCPv4.write(.request, transaction: 7, client: host.hardware, options: [.hostname("twin")]))
        }
        let path = try scratch.write("twins.pcap", staged.bytes)
        let ran = try Command.run(["explain", "twin", "--capture", path])
        #expect(ran.code == 1 && ran.output.isEmpty && ran.complaints.count == 1)
        #expect(ran.errors.contains("several devices fit"))
        #expect(ran.errors.matches(of: #/dev-[0-9a-f]{12}/#).count == 2)
    }
}

@Suite(.enabled(if: Command.isHere)) struct `The story of a device that was judged` {
    @Test func `tells its risk, its weaknesses with both texts, its row in the list and its firmware`() throws {
        let scratch = try Scratch()
        let folder = scratch.path("hospital")
        let made = ["simulate", "--seed", "7", "--minutes", "1", "--devices", "200", "--output", folder]
        #expect(try Command.run(made).code == 0)
        let json = try Command.run(["inventory", "--hospital", folder, "--format", "json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
        let devices = object?["devices"] as? [[String: Any]] ?? []
        var affected: [String] = []
        for device in devices where device["firmware"] != nil {
            let verdicts = (device["weaknesses"] as? [[String: Any]] ?? []).map { $0["verdict"] as? String }
            if verdicts.contains("affected"), let id = device["id"] as? String { affected.append(id) }
        }
        let id = try #require(affected.first)
        let story = try Command.run(["explain", id, "--hospital", folder])
        #expect(story.code == 0, "\(story.errors)")
        for part in ["Risk: likelihood ", "Affected by ", "version: seen ", "Declared", "Its firmware", "exposure "] {
            #expect(story.text.contains(part), "\(part)")
        }
        // By another moment the same advisory is younger: nothing of it is a year old.
        let before = try Command.run(["explain", id, "--hospital", folder, "--now", "2017-01-01T00:00:00Z"])
        #expect(before.code == 0 && !before.text.contains("old firmware"))
        #expect(try Command.run(["explain", id, "--hospital", folder, "--now", "yesterday"]).code != 0)
    }
}

@Suite(.enabled(if: Command.isHere)) struct `The command` {
    /// Processor time rather than the clock's: other tests run beside it.
    @Test func `reads one packet within 150 milliseconds, start included`() throws {
        let scratch = try Scratch()
        var staged = StagedCapture()
        staged.udp(.init(7), 50_000, .init(2), 123, [0x23] + Array(repeating: 0, count: 47))
        let capture = try scratch.write("one.pcap", staged.bytes)
        // The first run may have to build the prefix table.
        #expect(try Command.run(["inventory", "--capture", capture]).code == 0)
        let path = try #require(Command.path)
        let seconds = try (0..<5).map { _ in
            let ran = try Ran(
                "/bin/bash",
                ["-c", "TIMEFORMAT='%U %S'; time \"$@\" > /dev/null", "time", path, "inventory", "--capture", capture],
                environment: Command.environment)
            return ran.errors.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }.reduce(0, +)
        }
        let best = try #require(seconds.filter { $0 > 0 }.min())
        #expect(best <= 0.15, "\(seconds)")
    }

    @Test func `ends calmly when nobody reads its output`() throws {
        let scratch = try Scratch()
        var staged = StagedCapture()
        for number: UInt16 in 2...2_000 {
            let host = StagedCapture.Host(number)
            staged.udp(host, 50_000, .init(1), 123, [0x23] + Array(repeating: 0, count: 47))
        }
        let capture = try scratch.write("many.pcap", staged.bytes)
        let path = try #require(Command.path)
        let ran = try Ran(
            "/bin/bash",
            [
                "-c", "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}", "pipe", path, "inventory", "--capture", capture,
                "--format", "json",
            ],
            environment: Command.environment)
        // 141: ended by SIGPIPE, as every tool in a pipe is.
        #expect(ran.code == 0 || ran.code == 141, "\(String(describing: ran.code)) \(ran.errors)")
        #expect(ran.errors.isEmpty)
    }
}
