//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Capture lane: a capture read on several threads says what it says on one.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Sensors
import Support
import Testing
import Wire

/// Goal: threads change how long reading takes and nothing else; nobody waits for ever.
@Suite struct `Captures on several threads` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private struct Enough: Error {}

    /// What the parts say when they are put together on one thread, all of it noted before any is harvested.
    private static func plainly(_ captures: [[UInt8]]) -> [Observation] {
        var ear = Ear()
        var harvest = Harvest(site: "main", sensor: "capture", personKey: [1])
        var said: [Observation] = []
        for (index, bytes) in captures.enumerated() {
            harvest.begin(input: "capture-\(index)")
            var file = CaptureFile()
            var notes = Notes()
            var offset = 0
            reading: while true {
                switch file.next(bytes.span, &offset) {
                case .packet(let record):
                    ear.take(
                        bytes.span.extracting(record.start..<record.start + record.count), record.link,
                        at: record.time, originalLength: record.originalLength, into: &notes)
                case .skipped: continue
                case .dropped(let count): notes.dropped(count)
                case .more, .problem: break reading
                }
            }
            ear.end(into: &notes)
            harvest.take(notes) { said += $0 }
            harvest.end(problem: nil)
            said += harvest.drain()
        }
        return said
    }

    private static func sensed(_ paths: [String]) throws -> (said: [Observation], problems: [String]) {
        var sensor = CaptureSensor(site: "main", personKey: [1])
        var said: [Observation] = []
        var problems: [String] = []
        for (index, path) in paths.enumerated() {
            if let problem = try sensor.read(path, name: "capture-\(index)", emit: { said += $0 }) {
                problems.append(problem)
            }
        }
        return (said, problems)
    }

    /// Some megabytes: stations that say their names, and long downloads between.
    private static func long(stations: Int, from first: Int = 2) -> StagedCapture {
        var staged = StagedCapture()
        for number in first..<first + stations {
            let host = StagedCapture.Host(UInt16(number))
            staged.dhcp(host, name: "host-\(number)")
            guard number % 4 == 0 else { continue }
            let page = Array("HTTP/1.1 200 OK\r\nServer: box-\(number)\r\nContent-Length: 9000\r\n\r\n".utf8)
            staged.tcp(
                host, 40_000, StagedCapture.Host(1), 80,
                [
                    (.client, Array("GET / HTTP/1.1\r\nUser-Agent: browser-\(number)\r\n\r\n".utf8)),
                    (.server, page + Array(repeating: 0x78, count: 9_000)),
                ])
        }
        return staged
    }

    @Test func `a capture of many chunks says the same as on one thread, plain and packed`() throws {
        let bytes = Self.long(stations: 1_400).bytes
        try #require(bytes.count > 3 << 20)
        let expected = Self.plainly([bytes])
        try #require(expected.count > 5_000)
        let path = try scratch.write("long.pcap", bytes)
        #expect(try Self.sensed([path]).said == expected)
        try #require(try Ran("/bin/gzip", ["-1", "-k", "-n", path]).code == 0)
        #expect(try Self.sensed([path + ".gz"]).said == expected)
    }

    @Test(.enabled(if: Recordings.areHere))
    func `recordings of every kind say the same as on one thread, one after the other as well`() throws {
        let paths = Recordings.allCaptures().filter { $0.utf8.count % 7 == 0 }.prefix(80)
        try #require(paths.count > 40)
        let whole = try paths.map { ($0, try Recordings.capture($0)) }.filter { $0.1.count < 1 << 20 }
        let plain = Self.plainly(whole.map(\.1))
        var sensor = CaptureSensor(site: "main", personKey: [1])
        var said: [Observation] = []
        var coverage = 0
        for (index, (path, _)) in whole.enumerated() {
            let url = try Recordings.url("captures/" + path)
            do { _ = try sensor.read(url.path, name: "capture-\(index)") { said += $0 } } catch is CaptureFailure {
                continue
            }
            coverage += 1
        }
        // How a file ends is said by who reads it, and one that is no capture at all has no coverage.
        func words(_ all: [Observation]) -> [Observation] {
            all.filter { if case .coverage = $0.body { false } else { true } }
        }
        #expect(coverage > 40)
        #expect(words(said) == words(plain))
    }

    @Test func `damage behind the first chunks is named with its place`() throws {
        let before = Self.long(stations: 1_000).bytes
        let at = before.count
        try #require(at > 2 << 20)
        var bytes = Self.long(stations: 1_010).bytes
        try #require(Array(bytes.prefix(at)) == before)
        for index in 8..<12 { bytes[at + index] = 0xFF }
        let read = try Self.sensed([scratch.write("long.pcap", bytes)])
        #expect(read.problems.count == 1 && read.problems[0].contains("octet \(at)"))
        let whole = Self.plainly([before])
        #expect(read.said.facts == whole.facts)
        #expect(read.said.coverages.map(\.packets) == whole.coverages.map(\.packets))
    }

    @Test func `an error of who takes ends it at once, and the next capture is read`() throws {
        let path = try scratch.write("long.pcap", Self.long(stations: 1_400).bytes)
        let next = try scratch.write("next.pcap", Self.long(stations: 3).bytes)
        var sensor = CaptureSensor(site: "main", personKey: [1])
        for _ in 0..<8 {
            var batches = 0
            #expect(throws: Enough.self) {
                _ = try sensor.read(path, name: "long") { _ in
                    batches += 1
                    throw Enough()
                }
            }
            #expect(batches == 1)
            var packets: UInt64 = 0
            _ = try sensor.read(next, name: "next") { packets += $0.coverages.map(\.packets).reduce(0, +) }
            #expect(packets == UInt64(Self.long(stations: 3).frames.count))
        }
    }

    @Test func `an error of who takes ends it though the pipe is silent and stays open`() throws {
        let path = scratch.path("pipe")
        try #require(try Ran("/usr/bin/mkfifo", [path]).code == 0)
        let capture = try scratch.write("long.pcap", Self.long(stations: 1_400).bytes)
        // All of it, so that there is a batch; then nothing for a long time, and no end.
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        writer.arguments = ["-c", "exec > \"$2\"; cat \"$1\"; exec sleep 900", "writer", capture, path]
        writer.standardError = FileHandle.nullDevice
        try writer.run()
        defer { writer.terminate() }
        let clock = ContinuousClock()
        let start = clock.now
        var sensor = CaptureSensor(site: "main", personKey: [1])
        #expect(throws: Enough.self) {
            _ = try sensor.read(path, name: "pipe") { _ in throw Enough() }
        }
        #expect(clock.now - start < .seconds(400))
    }

    @Test func `progress goes on and reaches the end`() throws {
        let staged = Self.long(stations: 1_400)
        let path = try scratch.write("long.pcap", staged.bytes)
        var sensor = CaptureSensor(site: "main", personKey: [1])
        var shown: [(octets: Int, packets: UInt64)] = []
        _ = try sensor.read(path, name: "long", progress: { shown.append(($0, $1)) }, emit: { _ in })
        #expect(shown.last?.octets == staged.bytes.count)
        #expect(shown.last?.packets == UInt64(staged.frames.count))
        #expect(zip(shown, shown.dropFirst()).allSatisfy { $0.octets <= $1.octets && $0.packets <= $1.packets })
    }
}
