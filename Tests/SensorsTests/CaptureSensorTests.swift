//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Capture sensor: files of every kind, whole, packed, cut and damaged.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Sensors
import Support
import Testing
import Wire

/// Goal: what can be read of a file is read, and what was wrong with it is said.
@Suite struct `Captures from files` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// What reading files in order gave.
    private struct Result {
        var observations: [Observation] = []
        var problems: [String?] = []
        var names: [String] { Set(observations.facts(.dhcpHostname).map(\.value)).sorted() }
        var packets: UInt64 { observations.coverages.map(\.packets).reduce(0, +) }
    }

    private func read(_ paths: String...) throws -> Result {
        var sensor = CaptureSensor(site: "main", personKey: [1])
        var result = Result()
        for path in paths {
            result.problems.append(
                try sensor.read(path, name: path) { result.observations += $0 })
        }
        return result
    }

    private func failure(_ path: String) throws -> CaptureFailure? {
        do {
            _ = try read(path)
            return nil
        } catch let failure as CaptureFailure { return failure }
    }

    private static func staged(_ hosts: ClosedRange<UInt16>, startSeconds: Int64 = 1_700_000_000) -> StagedCapture {
        var staged = StagedCapture()
        staged.time = Timestamp(seconds: startSeconds)
        for number in hosts { staged.dhcp(.init(number), name: "host-\(number)") }
        return staged
    }

    private func packed(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = try scratch.write(name, bytes)
        let ran = try Ran("/bin/gzip", ["-k", "-n", path])
        try #require(ran.code == 0)
        return path + ".gz"
    }

    @Test func `a plain file and its gzip say the same`() throws {
        let bytes = Self.staged(2...40).bytes
        let plain = try read(try scratch.write("a.pcap", bytes))
        let packed = try read(try packed("b.pcap", bytes))
        #expect(plain.problems == [nil] && packed.problems == [nil])
        #expect(plain.packets == 39)
        #expect(plain.observations.facts == packed.observations.facts)
    }

    @Test func `two gzip files put together are one capture`() throws {
        let bytes = Self.staged(2...40).bytes
        let first = try Data(contentsOf: URL(fileURLWithPath: packed("c", Array(bytes.prefix(1_000)))))
        let second = try Data(contentsOf: URL(fileURLWithPath: packed("d", Array(bytes.dropFirst(1_000)))))
        #expect(try read(try scratch.write("both.gz", [UInt8](first + second))).packets == 39)
    }

    @Test func `a pipe is read as it comes`() throws {
        let path = scratch.path("pipe")
        try #require(try Ran("/usr/bin/mkfifo", [path]).code == 0)
        let bytes = Self.staged(2...40).bytes
        let writer = Thread {
            guard let handle = FileHandle(forWritingAtPath: path) else { return }
            var rest = bytes[...]
            while !rest.isEmpty {
                handle.write(Data(rest.prefix(777)))
                rest = rest.dropFirst(777)
            }
            try? handle.close()
        }
        writer.start()
        let result = try read(path)
        #expect(result.problems == [nil])
        #expect(result.packets == 39)
    }

    @Test func `a file cut in a record gives all before it and names the cut`() throws {
        let bytes = Self.staged(2...11).bytes
        let result = try read(try scratch.write("cut.pcap", Array(bytes.dropLast(9))))
        #expect(result.packets == 9)
        #expect(result.names.count == 9)
        #expect(result.problems[0]?.contains("cut off") == true)
        #expect(result.observations.coverages.first?.problem == result.problems[0])
    }

    @Test func `a file cut between two records is whole`() throws {
        let nine = Self.staged(2...10).bytes
        let ten = Self.staged(2...11).bytes
        #expect(try read(try scratch.write("nine.pcap", Array(ten.prefix(nine.count)))).problems == [nil])
    }

    @Test func `a header without records is an empty capture, not an error`() throws {
        let result = try read(try scratch.write("header.pcap", CaptureWriter().bytes))
        #expect(result.problems == [nil])
        #expect(result.packets == 0)
        #expect(result.observations.coverages.count == 1)
    }

    @Test func `a cut gzip gives what was in it and names the cut`() throws {
        let path = try packed("whole.pcap", Self.staged(2...400).bytes)
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let result = try read(try scratch.write("short.gz", [UInt8](data.prefix(data.count * 2 / 3))))
        #expect(result.packets > 100 && result.packets < 399)
        #expect(result.problems[0]?.contains("compressed data") == true)
    }

    @Test func `a damaged gzip gives what came before the damage and names it`() throws {
        let path = try packed("sound.pcap", Self.staged(2...4_000).bytes)
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        for index in bytes.count * 3 / 4..<bytes.count * 3 / 4 + 64 { bytes[index] ^= 0x5A }
        let result = try read(try scratch.write("damaged.gz", bytes))
        #expect(result.packets > 100 && result.packets < 3_999)
        // Damage undoes to nonsense before zlib can tell; the first impossible record is a name for it, too.
        #expect(result.problems[0]?.isEmpty == false)
    }

    @Test func `what is no capture is refused by name`() throws {
        let text = try scratch.write("notes.txt", Array("Dear colleague, the capture is in the other file.".utf8))
        #expect(try failure(text) == .notACapture(path: text))
        let short = try scratch.write("short", [0xD4])
        #expect(try failure(short) == .notACapture(path: short))
        let half = try scratch.write("half.pcap", Array(CaptureWriter().bytes.prefix(23)))
        #expect(try failure(half) == .notACapture(path: half))
        let empty = try scratch.write("empty.pcap", [])
        #expect(try failure(empty) == .empty(path: empty))
        let packedText = try packed("letter", Array(repeating: 0x41, count: 5_000))
        #expect(try failure(packedText) == .notACapture(path: packedText))
        #expect(try failure(scratch.url.path) == .isDirectory(path: scratch.url.path))
        let missing = scratch.path("missing.pcap")
        #expect(try failure(missing) == .cannotOpen(path: missing, errno: 2))
    }

    @Test func `a section header that is cut is no capture either`() throws {
        let path = try scratch.write(
            "cut.pcapng", [0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0])
        #expect(try failure(path) == .notACapture(path: path))
    }

    @Test func `frames of an unknown kind only are refused by name`() throws {
        var writer = CaptureWriter(link: LinkType(147))
        writer.add(Array(repeating: 0, count: 64), at: .epoch)
        let path = try scratch.write("user0.pcap", writer.bytes)
        #expect(try failure(path) == .unknownLinkTypes(path: path, ["link-type-147"]))
    }

    @Test func `a later format version is named`() throws {
        var bytes = Self.staged(2...3).bytes
        bytes[5] = 9
        let result = try read(try scratch.write("version.pcap", bytes))
        #expect(result.problems[0]?.contains("version 9") == true)
        #expect(result.packets == 0)
    }

    @Test func `a record that cannot be so long ends the reading there`() throws {
        var bytes = Self.staged(2...11).bytes
        let at = Self.staged(2...6).bytes.count
        for index in 8..<12 { bytes[at + index] = 0xFF }
        let result = try read(try scratch.write("long.pcap", bytes))
        #expect(result.packets == 5)
        #expect(result.problems[0]?.contains("octet \(at)") == true)
    }

    @Test func `several files are one input, in the order given, though time goes back`() throws {
        let late = try scratch.write("late.pcap", Self.staged(2...5, startSeconds: 1_700_001_000).bytes)
        let early = try scratch.write("early.pcap", Self.staged(4...8, startSeconds: 1_700_000_000).bytes)
        let result = try read(late, early)
        #expect(result.names == (2...8).map { "host-\($0)" })
        #expect(result.observations.coverages.map(\.packets) == [4, 5])
        let shared = result.observations.facts(.dhcpHostname).filter { $0.value == "host-4" }
        #expect(shared.map(\.span.first).min() == Timestamp(seconds: 1_700_000_000))
        #expect(shared.map(\.span.last).max() == Timestamp(seconds: 1_700_001_000, nanoseconds: 20_000_000))
        #expect(shared.map(\.count).reduce(0, +) == 2)
    }

    @Test func `a cut file does not spoil the next`() throws {
        let cut = try scratch.write("first.pcap", Array(Self.staged(2...5).bytes.dropLast(3)))
        let whole = try scratch.write("second.pcap", Self.staged(6...9).bytes)
        let result = try read(cut, whole)
        #expect(result.problems[0] != nil && result.problems[1] == nil)
        #expect(result.observations.coverages.map { $0.problem == nil } == [false, true])
        #expect(result.packets == 7)
    }

    @Test func `a record as large as is believed is read`() throws {
        var writer = CaptureWriter()
        writer.add(Array(repeating: 0xFF, count: CaptureFile.maximumRecord), at: .epoch)
        writer.add(Array(repeating: 0xFF, count: CaptureFile.maximumRecord), at: .epoch)
        let result = try read(try scratch.write("large.pcap", writer.bytes))
        #expect(result.packets == 2)
        #expect(result.problems == [nil])
    }
}
