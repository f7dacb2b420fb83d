//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Torture: does anything stop the whole road from octets to inventory?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Reports
import Sensors
import Support
import Testing
import Twin
import Wire

/// Goal: no input crashes. `make test` does a part; `make torture` sets WARDLIGHT_TORTURE and does all of it.
///
/// Everything is derived from the file's path and the number of the change: a failure repeats itself.
@Suite(.enabled(if: Recordings.areHere)) struct Torture {
    static let isFull = ProcessInfo.processInfo.environment["WARDLIGHT_TORTURE"] != nil
    /// Changed copies of each recording.
    static let changes = isFull ? 1_000 : 20
    /// Below this every length is tried also in `make test`.
    static let small = 65_536

    /// A capture that ends inside a record must be waited for, not misread. What comes before is untouched by the cut,
    /// so the reader's state at the last whole record stands for all of it.
    @Test(arguments: Recordings.allCaptures())
    func `a capture cut at every length is read as far as it goes`(path: String) throws {
        let bytes = try Recordings.capture(path)
        var reader = CaptureFile()
        var offset = 0
        while offset < bytes.count {
            let before = (reader: reader, offset: offset)
            let step = reader.next(bytes.span, &offset)
            let end = min(max(offset, before.offset), bytes.count)
            for cut in before.offset..<end {
                var reader = before.reader
                var place = before.offset
                let there = bytes.span.extracting(0..<cut)
                if case .packet(let record) = reader.next(there, &place) {
                    #expect(record.start + record.count <= cut)
                }
            }
            if case .more = step { break }
            if case .problem = step { break }
        }
    }

    @Test(arguments: Recordings.allCaptures())
    func `packets cut at every length stop nothing`(path: String) throws {
        let bytes = try Recordings.capture(path)
        let stride = Self.isFull || bytes.count <= Self.small ? 1 : 16
        var road = try Road()
        road.read(bytes) { frame, number, take in
            // Beginning at another length each time, every length comes up also in strides.
            for length in Swift.stride(from: number % stride, to: frame.count, by: stride) { take(length) }
            take(frame.count)
        }
        #expect(!road.finish().isEmpty)
    }

    @Test(arguments: Recordings.allCaptures())
    func `captures with changed octets stop nothing`(path: String) throws {
        let bytes = try Recordings.capture(path)
        var road = try Road()
        for number in 0..<Self.changes {
            var chance = Chance(seed: UInt64(number) &+ Chance.seed(of: path))
            road.read(chance.changed(bytes)) { frame, _, take in take(frame.count) }
        }
        #expect(!road.finish().isEmpty)
    }
}

/// From octets to the inventory; several captures are one input, as on the command line.
private struct Road {
    private var walk = Walk(flows: 1_024)
    private var harvest = Harvest(site: "main", sensor: "capture", personKey: Array(repeating: 7, count: 32))
    private var hospital: Hospital
    private var sink = Facts()

    init() throws { hospital = Hospital(knowledge: try #require(Rounds.knowledge)) }

    /// - Parameter each: Is given each frame, its number, and how to hand on so many of its octets.
    mutating func read(_ bytes: [UInt8], each: (_ frame: [UInt8], _ number: Int, _ take: (Int) -> Void) -> Void) {
        harvest.begin(input: "torture")
        var reader = CaptureFile()
        var offset = 0
        var number = 0
        loop: while true {
            switch reader.next(bytes.span, &offset) {
            case .packet(let record):
                number += 1
                each(Array(bytes[record.start..<record.start + record.count]), number) { length in
                    let frame = bytes.span.extracting(record.start..<record.start + length)
                    let outcome = walk.take(
                        frame, record.link, at: record.time, originalLength: record.originalLength, into: &sink)
                    harvest.take(sink, outcome, record.link, capturedLength: length, from: &walk)
                    if harvest.pending > 4_096 { _ = hospital.learn(harvest.drain()) }
                }
            case .skipped, .dropped: continue
            case .more, .problem: break loop
            }
        }
        harvest.end(problem: nil, from: &walk)
        _ = hospital.learn(harvest.drain())
    }

    /// The answer as it would be printed.
    func finish() -> [UInt8] { InventoryJSON.bytes(of: hospital.inventory.snapshot(), facts: true) }
}

/// SplitMix64 (Steele, Lea, Flood, 2014): the same changes for the same seed, everywhere.
private struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// FNV-1a of a path.
    static func seed(of path: String) -> UInt64 {
        path.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(max(1, limit)))
    }

    /// One to a hundred changes: octets set to telling values, runs taken out or doubled. The first 24 octets, without
    /// which it is no capture, only rarely.
    mutating func changed(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        let safe = below(8) == 0 ? 0 : 24
        for _ in 0...below(100) {
            guard bytes.count > safe + 8 else { return bytes }
            let place = safe + below(bytes.count - safe)
            let count = min(1 + below(8), bytes.count - place)
            switch below(8) {
            case 0: bytes.removeSubrange(place..<place + count)
            case 1: bytes.insert(contentsOf: bytes[place..<place + count], at: place)
            case 2: for index in place..<place + min(count, 4) { bytes[index] = 0xFF }
            case 3: for index in place..<place + min(count, 4) { bytes[index] = 0 }
            case 4: bytes[place] = [0x7F, 0x80, 0x3F, 0x40, 0xC0, 0x01][below(6)]
            default: bytes[place] = UInt8(below(256))
            }
        }
        return bytes
    }
}
