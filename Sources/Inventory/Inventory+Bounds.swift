//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Bounds: who is given up when there is no room?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Inventory {
    /// Makes room for one more record: demotes a quarter of them to stubs when any of the tables is full.
    mutating func makeRoom(_ changes: inout [InventoryChange]) {
        guard
            liveRecords >= limits.records || pool.bytes >= limits.poolBytes || entryCount >= limits.entries
        else { return }
        var candidates: [(hasFacts: Bool, last: Timestamp, key: DeviceKey, place: Int)] = []
        candidates.reserveCapacity(liveRecords)
        for place in records.indices where records[place].isLive && head(of: place) == place {
            // A device stays or goes as a whole.
            var (hasFacts, last) = (records[place].hasFacts || isCorrected(place), records[place].span.last)
            for other in records[place].members {
                hasFacts = hasFacts || records[Int(other)].hasFacts || isCorrected(Int(other))
                last = max(last, records[Int(other)].span.last)
            }
            candidates.append((hasFacts, last, records[place].key, place))
        }
        candidates.sort { one, other in
            if one.hasFacts != other.hasFacts { return !one.hasFacts }
            return one.last != other.last ? one.last < other.last : one.key < other.key
        }
        for candidate in candidates.prefix(max(1, liveRecords / 4)) { demote(candidate.place, &changes) }
    }

    private mutating func demote(_ place: Int, _ changes: inout [InventoryChange]) {
        if stubs.count >= limits.stubs { evictStubs(&changes) }
        for other in records[place].members.dropFirst() { absorb(Int(other), into: place) }
        let record = records[place]
        releaseMarks(place)
        for link in record.links {
            guard let other = places[link.other], other >= 0 else { continue }
            records[Int(other)].links.removeAll { $0.other == record.key }
        }
        for gone in record.absorbed {
            if places[gone.key] == Int32(place) { places[gone.key] = nil }
            claimed.remove(gone.id)
            idPlaces[gone.id] = nil
        }
        for entry in record.entries { pool.release(entry.value) }
        entryCount -= record.entries.count
        idPlaces[record.id] = nil
        records[place] = .gone
        freeRecords.append(Int32(place))
        liveRecords -= 1
        demoted &+= 1
        places[record.key] = -1 - Int32(stubs.count)
        stubs.append(
            Stub(
                key: record.key, id: record.id, span: record.span, packets: record.packets, bytes: record.bytes))
        changes.append(InventoryChange(device: Self.text(ofID: record.id), kind: .demoted))
    }

    /// Forgets the oldest quarter of the stubs, ties by address.
    private mutating func evictStubs(_ changes: inout [InventoryChange]) {
        let order = stubs.indices.sorted { one, other in
            let (left, right) = (stubs[one], stubs[other])
            return left.span.last != right.span.last ? left.span.last < right.span.last : left.key < right.key
        }
        var isGoing = [Bool](repeating: false, count: stubs.count)
        for place in order.prefix(max(1, stubs.count / 4)) { isGoing[place] = true }
        var kept: [Stub] = []
        kept.reserveCapacity(limits.stubs)
        for (place, stub) in stubs.enumerated() {
            if isGoing[place] {
                places[stub.key] = nil
                claimed.remove(stub.id)
                evicted &+= 1
                changes.append(InventoryChange(device: Self.text(ofID: stub.id), kind: .evicted))
            } else {
                places[stub.key] = -1 - Int32(kept.count)
                kept.append(stub)
            }
        }
        stubs = kept
    }

    /// Takes a stub out; the last one moves into its place.
    mutating func removeStub(at place: Int) {
        let last = stubs.removeLast()
        if place < stubs.count {
            stubs[place] = last
            places[last.key] = -1 - Int32(place)
        }
    }
}

extension Record {
    var isLive: Bool { key.site != .max }
}
