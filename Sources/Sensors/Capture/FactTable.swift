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
        for index in value.indices { hash = (hash ^ UInt64(value[index])) &* 0x0000_0100_0000_01B3 }
        if let child { for byte in child.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 } }
        hash ^= hash >> 29
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
        while slots[slot] >= 0 {
            let at = Int(slots[slot])
            if entries[at].hash == hash, entries[at].field == field, entries[at].length == value.count,
                entries[at].end == end, entries[at].child == child, isSame(entries[at].start, value)
            {
                return (at, false)
            }
            slot = (slot + 1) & mask
        }
        slots[slot] = Int32(entries.count)
        lastSlot = slot
        entries.append(
            Entry(hash: hash, end: end, child: child, field: field, start: text.count, length: value.count))
        for index in value.indices { text.append(value[index]) }
        return (entries.count - 1, true)
    }

    private var lastSlot = 0

    private func isSame(_ start: Int, _ value: Span<UInt8>) -> Bool {
        for index in value.indices where text[start + index] != value[index] { return false }
        return true
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
