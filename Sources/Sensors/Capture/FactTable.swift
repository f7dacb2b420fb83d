//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// The table of facts: which value of which field was said by whom, and how often?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// Facts by (address, child, field, raw value), found by one hash, bounded in number and in octets.
struct FactTable: Sendable {
    private struct Entry: Sendable {
        var hash: UInt64
        var end: FlowEnd
        var child: String?
        var isChild: Bool
        var field: Field
        var start: Int
        var length: Int
        var value = ""
        var span = Observation.Span(first: .epoch, last: .epoch)
        var count: UInt64 = 0
        var isDirty = false
    }
    private struct StateKey: Hashable {
        var end: FlowEnd
        var child: String?
        var field: Field
    }

    private let capacity: Int
    private let octets: Int
    private var slots: [Int32]
    private let mask: Int
    private var entries: [Entry] = []
    private var text: [UInt8] = []
    private var dirty: [Int32] = []
    /// Which value a single-valued field had last.
    private var current: [StateKey: Int] = [:]

    init(capacity: Int, octets: Int) {
        self.capacity = capacity
        self.octets = octets
        var size = 1_024
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
        mask = size - 1
    }

    var count: Int { entries.count }

    func isFull(adding length: Int) -> Bool {
        entries.count >= capacity || text.count + length > octets
    }

    /// The place of this fact, made when there is none; a new one must be named or removed at once.
    mutating func find(
        _ end: FlowEnd, _ child: String?, _ field: Field, _ value: Span<UInt8>
    ) -> (Int, isNew: Bool) {
        var hash = (end.hardware?.bits ?? 0) &* 0x9E37_79B9_7F4A_7C15
        if let network = end.network {
            hash = (hash ^ network.low ^ network.high &* 0xC2B2_AE3D_27D4_EB4F) &* 0xFF51_AFD7_ED55_8CCD
        }
        hash ^= UInt64(field.rawValue) << 48
        hash = Self.mix(hash, value)
        if let child { hash = Self.mix(hash, child.utf8.span) }
        hash ^= hash >> 29
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
        while slots[slot] >= 0 {
            let at = Int(slots[slot])
            // One after the other and in place: a method on the table or the entry would copy what it looks at.
            if entries[at].hash == hash, entries[at].field == field, entries[at].length == value.count,
                entries[at].end == end, Self.isSame(text.span.extracting(droppingFirst: entries[at].start), value),
                child == nil ? !entries[at].isChild : entries[at].child == child
            {
                return (at, false)
            }
            slot = (slot + 1) & mask
        }
        slots[slot] = Int32(entries.count)
        lastSlot = slot
        entries.append(
            Entry(
                hash: hash, end: end, child: child, isChild: child != nil, field: field, start: text.count,
                length: value.count))
        text.append(addingCapacity: value.count) { room in
            for index in value.indices { room.append(value[index]) }
        }
        return (entries.count - 1, true)
    }

    private var lastSlot = 0

    /// Whether `known` begins with `value`.
    @inline(__always)
    private static func isSame(_ known: Span<UInt8>, _ value: Span<UInt8>) -> Bool {
        guard known.count >= value.count else { return false }
        var at = 0
        while at <= value.count - 8 {
            if word(known, at) != word(value, at) { return false }
            at += 8
        }
        while at < value.count {
            if known[at] != value[at] { return false }
            at += 1
        }
        return true
    }

    /// Eight octets a step; one at a time this was a twelfth of the whole run.
    @inline(__always)
    private static func mix(_ start: UInt64, _ value: Span<UInt8>) -> UInt64 {
        var hash = start
        var at = 0
        while at <= value.count - 8 {
            hash = (hash ^ word(value, at)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
            at += 8
        }
        var rest: UInt64 = 0
        while at < value.count {
            rest = rest << 8 | UInt64(value[at])
            at += 1
        }
        hash = (hash ^ rest ^ UInt64(value.count) << 56) &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ hash >> 32
    }

    /// The compiler makes one load of it.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
        let part = bytes.extracting(at..<at + 8)
        let low = UInt64(part[0]) | UInt64(part[1]) << 8 | UInt64(part[2]) << 16 | UInt64(part[3]) << 24
        return low | UInt64(part[4]) << 32 | UInt64(part[5]) << 40 | UInt64(part[6]) << 48 | UInt64(part[7]) << 56
    }

    /// Takes back the entry that `find` has just made: its value may not be kept.
    mutating func removeLast() {
        slots[lastSlot] = -1
        let gone = entries.removeLast()
        text.removeLast(gone.length)
    }

    /// Gives the entry that `find` has just made its text.
    mutating func name(_ at: Int, _ value: String, at time: Timestamp) {
        entries[at].value = value
        entries[at].span = Observation.Span(first: time, last: time)
        entries[at].count = 1
        _ = becomesCurrent(at)
    }

    /// Counts a repetition; true when a single-valued field went back to this value.
    mutating func count(_ at: Int, _ time: Timestamp) -> Bool {
        entries[at].count &+= 1
        entries[at].span.include(time)
        if becomesCurrent(at) { return true }
        if !entries[at].isDirty {
            entries[at].isDirty = true
            dirty.append(Int32(at))
        }
        return false
    }

    private mutating func becomesCurrent(_ at: Int) -> Bool {
        guard entries[at].field.isState else { return false }
        let key = StateKey(end: entries[at].end, child: entries[at].child, field: entries[at].field)
        if current[key] == at { return false }
        current[key] = at
        return true
    }

    func last(_ at: Int) -> Timestamp { entries[at].span.last }

    /// What to say of this entry now; its count begins anew.
    mutating func takeReport(_ at: Int) -> Observation.Fact {
        let entry = entries[at]
        entries[at].count = 0
        entries[at].isDirty = false
        entries[at].span = Observation.Span(first: entry.span.last, last: entry.span.last)
        return Observation.Fact(
            subject: Subject(hardware: entry.end.hardware, network: entry.end.network, child: entry.child),
            field: entry.field, value: entry.value, span: entry.span, count: entry.count)
    }

    /// The entries with unreported counts, in the order in which they got them.
    mutating func takeDirty() -> [Int] {
        let places = dirty.map(Int.init).filter { entries[$0].isDirty }
        dirty.removeAll(keepingCapacity: true)
        return places
    }

    mutating func clear() {
        for slot in slots.indices { slots[slot] = -1 }
        entries.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        dirty.removeAll(keepingCapacity: true)
        current.removeAll(keepingCapacity: true)
    }
}
