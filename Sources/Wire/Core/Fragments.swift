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

    private struct Key: Hashable {
        var source: IPAddress
        var destination: IPAddress
        var identification: UInt32
        var transport: UInt8
    }
    private struct Datagram {
        var key: Key
        var time: Timestamp
        var bytes: [UInt8] = []
        var covered: [Range<Int>] = []
        var total: Int?
    }
    private var waiting: [Datagram] = []
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
        let place: Int
        if let known = waiting.firstIndex(where: { $0.key == key }) {
            place = known
        } else {
            if waiting.count >= Self.datagrams { drop(0, into: &facts) }
            waiting.append(Datagram(key: key, time: packet.time))
            place = waiting.count - 1
        }
        let end = offset + piece.count
        let overlaps = waiting[place].covered.contains { $0.overlaps(offset..<end) && $0 != offset..<end }
        if overlaps || (isLast && waiting[place].total.map { $0 != end } ?? false)
            || waiting[place].covered.count >= Self.pieces
        {
            facts.oddity(.ipv4FragmentConflict)
            discard(place)
            return nil
        }
        if end > waiting[place].bytes.count {
            kept += end - waiting[place].bytes.count
            waiting[place].bytes += [UInt8](repeating: 0, count: end - waiting[place].bytes.count)
        }
        for index in piece.indices { waiting[place].bytes[offset + index] = piece[index] }
        if !waiting[place].covered.contains(offset..<end) { waiting[place].covered.append(offset..<end) }
        if isLast { waiting[place].total = end }
        let sum = waiting[place].covered.reduce(0) { $0 + $1.count }
        if let total = waiting[place].total, sum == total, waiting[place].bytes.count == total {
            let whole = waiting[place].bytes
            kept -= whole.count
            waiting.remove(at: place)
            return whole
        }
        while kept > Self.budget, !waiting.isEmpty { drop(0, into: &facts) }
        return nil
    }

    private mutating func expire(_ now: Timestamp, into facts: inout Facts) {
        while let oldest = waiting.first {
            let (age, overflow) = now.nanoseconds.subtractingReportingOverflow(oldest.time.nanoseconds)
            guard overflow || age > Self.ageNanoseconds || age < -Self.ageNanoseconds else { return }
            drop(0, into: &facts)
        }
    }

    private mutating func drop(_ place: Int, into facts: inout Facts) {
        facts.oddity(.ipv4FragmentsDropped)
        discard(place)
    }

    private mutating func discard(_ place: Int) {
        kept -= waiting[place].bytes.count
        waiting.remove(at: place)
    }
}
