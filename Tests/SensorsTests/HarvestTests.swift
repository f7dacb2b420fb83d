//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Harvest: what is worth writing down, and how often?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Sensors
import Support
import Testing
import Wire

/// Goal: the log's rate follows facts, not packets, and no count is ever lost.
@Suite struct `Harvest of observations` {
    private static let pump = StagedCapture.Host(7)
    private static let start: Int64 = 1_700_000_000

    /// One DHCP frame that says this name, as often as asked; a new identification each, so none is a copy.
    private static func saying(_ names: [String], host: StagedCapture.Host = pump) -> [[UInt8]] {
        var staged = StagedCapture()
        for name in names { staged.dhcp(host, name: name) }
        return staged.frames.map(\.bytes)
    }

    @Test func `a new value is said at once, its repetition is not`() {
        var harvesting = Harvesting()
        let frames = Self.saying(["pump-7", "pump-7", "pump-7"])
        let first = harvesting.take(frames[0], at: Timestamp(seconds: Self.start))
        #expect(first.facts(.dhcpHostname).map(\.value) == ["pump-7"])
        #expect(first.facts(.dhcpHostname).first?.subject.hardware == Self.pump.hardware)
        #expect(first.sightings.contains { $0.subject.hardware == Self.pump.hardware })
        #expect(harvesting.take(frames[1], at: Timestamp(seconds: Self.start + 1)).isEmpty)
        #expect(harvesting.take(frames[2], at: Timestamp(seconds: Self.start + 2)).isEmpty)
        #expect(harvesting.end().facts(.dhcpHostname).map(\.count) == [2])
    }

    @Test func `a state that goes back to an earlier value is news again`() {
        var harvesting = Harvesting()
        for (index, frame) in Self.saying(["ward-3", "ward-4", "ward-3", "ward-3"]).enumerated() {
            harvesting.take(frame, at: Timestamp(seconds: Self.start + Int64(index)))
        }
        #expect(harvesting.all.facts(.dhcpHostname).map(\.value) == ["ward-3", "ward-4", "ward-3"])
        harvesting.end()
        let counts = harvesting.all.facts(.dhcpHostname).filter { $0.value == "ward-3" }.map(\.count)
        #expect(counts == [1, 1, 1])
    }

    @Test func `counts are said at most once a minute, and add up`() {
        var harvesting = Harvesting()
        let frames = Self.saying(Array(repeating: "pump-7", count: 600))
        for (second, frame) in frames.enumerated() {
            harvesting.take(frame, at: Timestamp(seconds: Self.start + Int64(second)))
        }
        harvesting.end()
        let said = harvesting.all.facts(.dhcpHostname)
        #expect(said.map(\.count).reduce(0, +) == 600)
        #expect((10...12).contains(said.count), "\(said.count)")
        for (one, next) in zip(said.dropFirst(), said.dropFirst(2)).dropLast() {
            #expect(next.span.last.nanoseconds - one.span.last.nanoseconds >= 60_000_000_000)
        }
        let seen = harvesting.all.sightings.filter { $0.subject.hardware == Self.pump.hardware && !$0.isBinding }
        #expect(seen.map(\.packets).reduce(0, +) == 600)
        #expect(seen.count <= 13)
    }

    @Test func `a flood of packets without news is a handful of observations`() {
        var harvesting = Harvesting()
        let frames = Self.saying(Array(repeating: "pump-7", count: 20_000))
        for (index, frame) in frames.enumerated() {
            harvesting.take(frame, at: Timestamp(nanoseconds: Self.start * 1_000_000_000 + Int64(index) * 1_000_000))
        }
        harvesting.end()
        #expect(harvesting.all.count < 20, "\(harvesting.all.count)")
    }

    @Test func `sums are right although every table was flushed again and again`() {
        var limits = HarvestLimits()
        limits.facts = 8
        limits.sightings = 8
        limits.conversations = 4
        var harvesting = Harvesting(limits: limits, flows: 8)
        var staged = StagedCapture()
        staged.step = 700_000_000
        for round in 0..<40 {
            for number in 2...30 {
                let host = StagedCapture.Host(UInt16(number))
                staged.dhcp(host, name: "host-\(number)", vendorClass: round % 2 == 0 ? "even" : "odd")
            }
        }
        harvesting.take(staged)
        let last = harvesting.end()
        #expect((last.coverages.first?.flushed ?? 0) > 0)
        for number in 2...30 {
            let host = StagedCapture.Host(UInt16(number))
            let mine = harvesting.all.facts.filter { $0.subject.hardware == host.hardware }
            func sum(_ field: Field, _ value: String) -> UInt64 {
                mine.filter { $0.field == field && $0.value == value }.map(\.count).reduce(0, +)
            }
            #expect(sum(.dhcpHostname, "host-\(number)") == 40)
            #expect(sum(.dhcpVendorClass, "even") == 20)
            #expect(sum(.dhcpVendorClass, "odd") == 20)
            let seen = harvesting.all.sightings.filter { $0.subject.hardware == host.hardware && !$0.isBinding }
            #expect(seen.map(\.packets).reduce(0, +) == 40)
        }
        #expect(harvesting.all.conversations.map(\.packets).reduce(0, +) == harvesting.frames)
        #expect(harvesting.all.conversations.map(\.bytes).reduce(0, +) == harvesting.octets)
        #expect(harvesting.all.coverages.map(\.packets).reduce(0, +) == harvesting.frames)
    }

    @Test func `time that goes back widens the span at both ends`() {
        var harvesting = Harvesting()
        let frames = Self.saying(["pump-7", "pump-7", "pump-7", "pump-7"])
        for (frame, second) in zip(frames, [100, 40, 170, 5] as [Int64]) {
            harvesting.take(frame, at: Timestamp(seconds: Self.start + second))
        }
        harvesting.end()
        let said = harvesting.all.facts(.dhcpHostname)
        #expect(said.map(\.span.first).min() == Timestamp(seconds: Self.start + 5))
        #expect(said.map(\.span.last).max() == Timestamp(seconds: Self.start + 170))
        #expect(said.map(\.count).reduce(0, +) == 4)
        let seen = harvesting.all.sightings.filter { $0.subject.hardware == Self.pump.hardware && !$0.isBinding }
        #expect(seen.map(\.span.first).min() == Timestamp(seconds: Self.start + 5))
        #expect(seen.map(\.span.last).max() == Timestamp(seconds: Self.start + 170))
        #expect(seen.map(\.packets).reduce(0, +) == 4)
        let span = harvesting.all.coverages.first?.span
        #expect(span?.first == Timestamp(seconds: Self.start + 5))
        #expect(span?.last == Timestamp(seconds: Self.start + 170))
    }

    @Test func `times at both ends of what can be said are borne`() {
        var harvesting = Harvesting()
        for time in [Int64.max, .min, 0, .max, .min] {
            for frame in Self.saying(["pump-7", "pump-8"]) { harvesting.take(frame, at: Timestamp(nanoseconds: time)) }
        }
        harvesting.end()
        #expect(harvesting.all.facts(.dhcpHostname).map(\.count).reduce(0, +) == 10)
    }

    @Test func `what a mirror recorded twice counts once`() {
        var harvesting = Harvesting()
        let frame = Self.saying(["pump-7"])[0]
        harvesting.take(frame, at: Timestamp(seconds: Self.start))
        harvesting.take(frame, at: Timestamp(seconds: Self.start, nanoseconds: 4_000))
        harvesting.end()
        #expect(harvesting.all.facts(.dhcpHostname).map(\.count).reduce(0, +) == 1)
        #expect(harvesting.all.coverages.first?.duplicates == 1)
        #expect(harvesting.all.coverages.first?.packets == 2)
        let seen = harvesting.all.sightings.filter { $0.subject.hardware == Self.pump.hardware && !$0.isBinding }
        #expect(seen.map(\.packets).reduce(0, +) == 1)
    }

    @Test func `the second input has its own coverage, and stations known before are not news`() {
        var ear = Ear(Walk(flows: 64))
        var notes = Notes()
        var harvest = Harvest(site: "main", sensor: "test", personKey: [1])
        let frames = Self.saying(["pump-7", "pump-7"])
        var said: [[Observation]] = []
        for (index, frame) in frames.enumerated() {
            harvest.begin(input: "file-\(index)")
            ear.take(
                frame.span, .ethernet, at: Timestamp(seconds: Self.start + Int64(index)),
                originalLength: frame.count, into: &notes)
            ear.end(into: &notes)
            var early: [Observation] = []
            harvest.take(notes) { early += $0 }
            notes.clear()
            harvest.end(problem: index == 1 ? "cut off" : nil)
            said.append(early + harvest.drain())
        }
        #expect(said.flatMap { $0 }.coverages.map(\.input) == ["file-0", "file-1"])
        #expect(said.flatMap { $0 }.coverages.map(\.packets) == [1, 1])
        #expect(said.flatMap { $0 }.coverages.map(\.problem) == [nil, "cut off"])
        #expect(said[0].facts(.dhcpHostname).map(\.count) == [1])
        #expect(said[1].facts(.dhcpHostname).map(\.count) == [1])
    }
}
