//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Torture: one capture, from memory, through the reader, the walk and the harvest, cut and changed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Model
import Reports
import Sensors
import Twin
import Wire

/// Small random numbers from a seed (SplitMix64): the same everywhere, so that a failure can be replayed.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
}

/// What a capture is sent through, small enough that its tables overflow.
struct Torture {
    /// Cuts of one frame lie this far apart in time, so that none is taken for a copy of the one before.
    private static let apart: Int64 = 25_000_000

    private var ear: Ear
    private var notes = Notes()
    private var early: [Observation] = []
    private var harvest: Harvest
    private(set) var packets = 0
    private(set) var observations = 0

    /// - Parameter isSmall: Tables of a few places, as on a sensor under flood.
    init(isSmall: Bool = true) {
        var limits = HarvestLimits()
        var streams = StreamLimits()
        limits.facts = isSmall ? 96 : 4_096
        limits.factOctets = isSmall ? 8_192 : 1 << 20
        limits.sightings = isSmall ? 16 : 4_096
        limits.conversations = isSmall ? 16 : 4_096
        if isSmall {
            streams.streams = 8
            streams.heldSegments = 8
        }
        ear = Ear(Walk(flows: isSmall ? 32 : 4_096, streams: streams), limits: limits)
        harvest = Harvest(site: "main", sensor: "torture", personKey: [7], limits: limits)
        harvest.begin(input: "torture")
    }

    private mutating func take(_ frame: Span<UInt8>, _ record: CaptureFile.Record, later: Int64 = 0) {
        packets += 1
        let time = Timestamp(nanoseconds: record.time.nanoseconds &+ later)
        ear.take(frame, record.link, at: time, originalLength: record.originalLength, into: &notes)
        if packets % 16 == 0 { takeNotes() }
    }

    private mutating func takeNotes() {
        // What is handed on in between is kept for the next time, as if it had come all at once.
        harvest.take(notes) { early += $0 }
        notes.clear()
    }

    private mutating func drain(_ hospital: inout Hospital?) {
        takeNotes()
        let found = early + harvest.drain()
        early = []
        observations += found.count
        if hospital != nil { _ = hospital?.learn(found) }
    }

    private mutating func end(_ hospital: inout Hospital?) {
        ear.end(into: &notes)
        takeNotes()
        harvest.end(problem: nil)
        drain(&hospital)
    }

    // MARK: Whole

    /// Reads a whole capture; what it taught goes through the fold and the reports, where there is a hospital.
    mutating func read(_ bytes: [UInt8], into hospital: inout Hospital?) {
        var reader = CaptureFile()
        var offset = 0
        reading: while true {
            switch reader.next(bytes.span, &offset) {
            case .packet(let record):
                take(bytes.span.extracting(record.start..<record.start + record.count), record)
                if harvest.pending > 1_024 { drain(&hospital) }
            case .skipped: continue
            case .dropped(let count): notes.dropped(count)
            case .more, .problem: break reading
            }
        }
        end(&hospital)
    }

    // MARK: Cut

    /// Reads a capture as it would be if it had been cut at each length that `stride` meets.
    ///
    /// A cut capture is a prefix: up to the packet in which it ends it is the same as the whole. So each packet is met
    /// once, with the state of the prefix: the reader is shown every length of its record, and (as by a snap length)
    /// the walk is shown every length of its frame.
    mutating func cut(_ bytes: [UInt8], every step: Int) {
        var nobody: Hospital?
        var reader = CaptureFile()
        var offset = 0
        reading: while true {
            let before = reader
            let start = offset
            let found = reader.next(bytes.span, &offset)
            for length in stride(from: start, to: offset, by: step) {
                var copy = before
                var place = start
                let prefix = bytes.span.extracting(0..<length)
                if case .packet = copy.next(prefix, &place) { preconditionFailure("a cut record was taken for whole") }
            }
            switch found {
            case .packet(let record):
                let frame = bytes.span.extracting(record.start..<record.start + record.count)
                var branch = self
                var later: Int64 = 0
                // Another first length for each packet, so that large files are not always cut at the same places.
                for length in stride(from: step == 1 ? 0 : packets % step, to: record.count, by: step) {
                    branch.take(frame.extracting(0..<length), record, later: later)
                    later &+= Self.apart
                }
                branch.end(&nobody)
                take(frame, record)
                if harvest.pending > 1_024 { drain(&nobody) }
            case .skipped: continue
            case .dropped(let count): notes.dropped(count)
            case .more, .problem: break reading
            }
        }
        end(&nobody)
    }

    // MARK: Changed

    /// Changes a few octets, anywhere or inside packets only, to anything or to one of the values that most often
    /// break a length.
    static func change(_ bytes: inout [UInt8], _ random: inout Seeded, inside packets: [Range<Int>]) {
        let telling: [UInt8] = [0, 1, 0x3F, 0x40, 0x7F, 0x80, 0xC0, 0xFE, 0xFF]
        for _ in 0..<(1 + random.below(12)) {
            var place = random.below(bytes.count)
            if !packets.isEmpty, random.below(8) != 0 {
                let packet = packets[random.below(packets.count)]
                place = packet.lowerBound + random.below(packet.count)
            }
            guard bytes.indices.contains(place) else { return }
            switch random.below(12) {
            case 0...3: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 4...7: bytes[place] ^= 1 << UInt8(random.below(8))
            // Rarely octets go or come twice: everything behind them moves.
            case 8 where random.below(8) == 0 && bytes.count > place + 8: bytes.removeSubrange(place..<place + 4)
            case 8 where random.below(8) == 0 && bytes.count > place + 8:
                bytes.insert(contentsOf: bytes[place..<place + 4], at: place)
            default: bytes[place] = telling[random.below(telling.count)]
            }
        }
    }

    /// Where the packets of a capture lie.
    static func packets(of bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var reader = CaptureFile()
        var offset = 0
        while true {
            switch reader.next(bytes.span, &offset) {
            case .packet(let record):
                if record.count > 0 { found.append(record.start..<record.start + record.count) }
            case .skipped, .dropped: continue
            case .more, .problem: return found
            }
        }
    }

    /// Every report of what was learnt, made and thrown away.
    static func report(_ hospital: Hospital) -> Int {
        let snapshot = hospital.snapshot()
        var octets = InventoryJSON.bytes(of: snapshot, facts: true).count
        octets += InventoryTable(width: 120).text(of: snapshot).utf8.count
        octets += InventoryCSV.text(of: snapshot).utf8.count
        let shared = Anonymiser(seed: [7]).anonymise(snapshot)
        octets += InventoryJSON.bytes(of: shared, facts: true).count
        for device in snapshot.devices.prefix(8) {
            octets += DeviceStory(width: 100).text(of: device, in: snapshot).count
        }
        return octets
    }
}
