//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Fragments: datagrams that came in pieces, put together within limits.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Puts IP fragments together (RFC 791 3.2, RFC 8200 4.5). Overlaps that disagree drop the datagram (RFC 5722).
struct Fragments: Sendable {
    /// Datagrams at a time; a hospital's fragmented traffic is rare (large HL7 over UDP tunnels, DNSSEC).
    private static let datagrams = 64
    private static let pieces = 64
    /// All octets kept at a time.
    private static let budget = 2 << 20
    private static let ageNanoseconds: Int64 = 30_000_000_000

    fileprivate struct Key: Hashable {
        var source: IPAddress
        var destination: IPAddress
        var identification: UInt32
        var transport: UInt8
    }
    fileprivate struct Datagram {
        var key: Key
        var bytes: [UInt8] = []
        var covered: [Range<Int>] = []
        var size = 0
        var total: Int?
    }
    /// What finds a datagram without touching it; the datagrams themselves keep their places and their room.
    private struct Waiting {
        var identification: UInt32
        var place: UInt8
        var time: Timestamp
    }
    /// The oldest first.
    private var waiting: [Waiting] = []
    private var places: [Datagram] = []
    private var free: [UInt8] = []
    private var kept = 0

    /// Adds one piece; the whole payload once it is complete.
    mutating func add(
        _ piece: Span<UInt8>, at offset: Int, isLast: Bool, identification: UInt32, _ packet: Packet,
        into facts: inout Facts
    ) -> [UInt8]? {
        guard offset + piece.count <= 65_535 else {
            facts.oddity(.ipv4FragmentConflict)
            return nil
        }
        let key = Key(
            source: packet.sourceNetwork, destination: packet.destinationNetwork, identification: identification,
            transport: packet.transport)
        expire(packet.time, into: &facts)
        let known = waiting.firstIndex { $0.identification == identification && places[Int($0.place)].key == key }
        if known == nil, waiting.count >= Self.datagrams { drop(0, into: &facts) }
        let rank = known ?? begin(key, packet.time)
        let place = Int(waiting[rank].place)
        let before = places[place].bytes.count
        guard places[place].take(piece, at: offset, isLast: isLast, atMost: Self.pieces) else {
            facts.oddity(.ipv4FragmentConflict)
            discard(rank)
            return nil
        }
        kept += places[place].bytes.count - before
        if places[place].isWhole {
            let whole = places[place].bytes
            discard(rank)
            return whole
        }
        while kept > Self.budget, !waiting.isEmpty { drop(0, into: &facts) }
        return nil
    }

    /// A new datagram, last in the row; gives its rank.
    private mutating func begin(_ key: Key, _ time: Timestamp) -> Int {
        let place: UInt8
        if let left = free.popLast() {
            place = left
            places[Int(place)].begin(key)
        } else {
            place = UInt8(places.count)
            places.append(Datagram(key: key))
        }
        waiting.append(Waiting(identification: key.identification, place: place, time: time))
        return waiting.count - 1
    }

    private mutating func expire(_ now: Timestamp, into facts: inout Facts) {
        while let oldest = waiting.first {
            let (age, overflow) = now.nanoseconds.subtractingReportingOverflow(oldest.time.nanoseconds)
            guard overflow || age > Self.ageNanoseconds || age < -Self.ageNanoseconds else { return }
            drop(0, into: &facts)
        }
    }

    private mutating func drop(_ rank: Int, into facts: inout Facts) {
        facts.oddity(.ipv4FragmentsDropped)
        discard(rank)
    }

    private mutating func discard(_ rank: Int) {
        let gone = waiting.remove(at: rank)
        kept -= places[Int(gone.place)].bytes.count
        places[Int(gone.place)].clear()
        free.append(gone.place)
    }
}

extension Fragments.Datagram {
    fileprivate mutating func begin(_ key: Fragments.Key) {
        self.key = key
    }

    /// Forgets everything; room for an ordinary packet is kept for the next one.
    fileprivate mutating func clear() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 4_096)
        covered.removeAll(keepingCapacity: true)
        size = 0
        total = nil
    }

    /// Puts one piece in; false when it contradicts the others, or there are too many.
    fileprivate mutating func take(_ piece: Span<UInt8>, at offset: Int, isLast: Bool, atMost pieces: Int) -> Bool {
        let range = offset..<offset + piece.count
        var isKnown = false
        for other in covered {
            if other == range { isKnown = true } else if other.overlaps(range) { return false }
        }
        if isLast, let total, total != range.upperBound { return false }
        if covered.count >= pieces { return false }
        if range.upperBound > bytes.count {
            let missing = range.upperBound - bytes.count
            bytes.append(addingCapacity: missing) { room in room.append(repeating: 0, count: missing) }
        }
        bytes.overwrite(from: offset, with: piece)
        if !isKnown {
            covered.append(range)
            size += range.count
        }
        if isLast { total = range.upperBound }
        return true
    }

    fileprivate var isWhole: Bool { total == size && bytes.count == size }
}
