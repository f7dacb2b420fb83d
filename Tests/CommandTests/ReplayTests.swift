//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Replay: a saved log tells what the capture told, to the octet.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: the log is the ground truth; the inventory can always be made anew from it.
@Suite(.enabled(if: Recordings.areHere && Command.isHere)) struct `A saved log` {
    private static let kinds = [
        "dhcp", "lldp-cdp", "mdns-ssdp-wsd", "tls", "hl7", "dicom", "mqtt", "infra", "ics-bacnet-modbus", "formats",
        "malformed", "throughput", "iot-setup",
    ]
    /// Up to five recordings of each kind.
    static let captures: [String] = kinds.flatMap { kind in
        let all = Recordings.allCaptures().filter { $0.hasPrefix(kind + "/") }
        return stride(from: 0, to: all.count, by: max(all.count / 5, 1)).prefix(5).map { all[$0] }
    }

    @Test(arguments: captures)
    func `gives the same inventory as the capture it was saved from, in every process`(path: String) throws {
        let scratch = try Scratch()
        let capture = try Recordings.url("captures/" + path).path
        let log = scratch.path("ward.log")
        let shape = ["inventory", "--format", "json", "--facts"]
        let plain = try Command.run(shape + ["--capture", capture])
        let saving = try Command.run(shape + ["--capture", capture, "--save", log])
        #expect(saving.output == plain.output, "\(path): saving changed the answer")
        #expect(saving.code == plain.code)
        guard !plain.output.isEmpty else { return }
        let once = try Command.run(shape + ["--from", log])
        #expect(once.output == plain.output, "\(path): the replay differs")
        #expect(try Command.run(shape + ["--from", log]).output == once.output)
        let mode = try FileManager.default.attributesOfItem(atPath: log)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `may be appended to by a second run`() throws {
        let scratch = try Scratch()
        let log = scratch.path("ward.log")
        let paths = try Self.captures.prefix(2).map { try Recordings.url("captures/" + $0).path }
        let shape = ["inventory", "--format", "json", "--facts"]
        for path in paths { #expect(try Command.run(shape + ["--capture", path, "--save", log]).code == 0) }
        let replayed = try Command.run(shape + ["--from", log])
        #expect(replayed.code == 0)
        for path in paths { #expect(replayed.text.contains((path as NSString).lastPathComponent)) }
    }

    @Test func `of many captures gives the same octets in three processes, in every format`() throws {
        let scratch = try Scratch()
        let log = scratch.path("ward.log")
        let captures = try Self.captures.prefix(12).flatMap {
            ["--capture", try Recordings.url("captures/" + $0).path]
        }
        #expect(try Command.run(["inventory"] + captures + ["--save", log]).isCalm)
        for format in ["table", "json", "csv"] {
            let runs = try (0..<3).map { _ in
                try Command.run(["inventory", "--from", log, "--format", format]).output
            }
            #expect(!runs[0].isEmpty && Set(runs).count == 1, "\(format)")
        }
    }
}
