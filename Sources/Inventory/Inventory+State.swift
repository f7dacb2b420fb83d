//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// The inventory, saved and loaded: what is loaded answers and learns to the bit like what was saved.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

extension Inventory {
    /// Writes all but the knowledge and the limits, which are given again when it is read.
    public func write(to state: StateEncoder) throws {
        for number in [evicted, demoted, births, decisionCount] { state.write(number) }
        for number in [joined, liveRecords, entryCount] { state.write(number) }
        try state.write(sites)
        try state.write(pool.values.elements)
        try state.write(pool.free)
        state.write(UInt64(records.count))
        // A place that is free has nothing to tell.
        for record in records {
            state.write(record.isLive)
            if record.isLive { try record.write(to: state) }
        }
        try state.write(freeRecords)
        try state.write(stubs)
        try state.write(table: places)
        try state.write(table: idPlaces)
        try state.write(Array(claimed))
        try state.write(table: leases)
        try state.write(localOrganisations)
        try state.write(sitesWithPrivate)
        try state.write(localNetworks)
        try state.write(crowded)
        try state.write(table: ties)
        try state.write(decisions)
        try state.write(corrections)
        try state.write(coverage)
        state.write(UInt64(oddities.count))
        for (name, count) in oddities {
            state.write(name)
            state.write(count)
        }
    }

    /// Reads what was written with the same knowledge and limits.
    public init(reading state: StateDecoder, knowledge: KnowledgeBase, limits: InventoryLimits) throws {
        self.init(knowledge: knowledge, limits: limits)
        evicted = try state.number()
        demoted = try state.number()
        births = try state.number()
        decisionCount = try state.number()
        joined = try state.number(Int.self)
        liveRecords = try state.number(Int.self)
        entryCount = try state.number(Int.self)
        sites = try state.list()
        for (place, name) in sites.enumerated() { siteNumbers[name] = UInt32(truncatingIfNeeded: place) }
        pool = ValuePool(values: try state.list(), free: try state.list())
        for _ in 0..<(try state.length()) {
            records.append(try state.flag() ? try Record(reading: state) : .gone)
        }
        freeRecords = try state.list()
        stubs = try state.list()
        try state.pairs { places[$0] = $1 }
        try state.pairs { idPlaces[$0] = $1 }
        claimed = TreeSet(try state.list() as [UInt64])
        try state.pairs { leases[$0] = $1 }
        localOrganisations = try state.value(Set<Organisation>.self)
        sitesWithPrivate = try state.value(Set<UInt32>.self)
        localNetworks = try state.value([LocalNetwork: LocalCards].self)
        crowded = try state.list()
        try state.pairs { ties[$0] = $1 }
        decisions = try state.value([DeviceKey: [Link]].self)
        corrections = try state.value([DeviceKey: [Correction]].self)
        coverage = try state.value([Coverage].self)
        for (place, report) in coverage.enumerated() { coveragePlaces[report.input] = place }
        for _ in 0..<(try state.length()) {
            let name = try state.text()
            oddities[name] = try state.number()
        }
        guard isSound else { throw StateTrouble.unsupported }
    }

    /// Whether every number that stands for something stands for something that is there.
    private var isSound: Bool {
        let isPlace: (Int32) -> Bool = { $0 >= 0 && Int($0) < records.count }
        let isRecord: (Int32) -> Bool = { isPlace($0) && records[Int($0)].isLive }
        let isSite: (UInt32) -> Bool = { Int($0) < sites.count }
        let isId: (UInt64) -> Bool = { $0 >> 48 == 0 }
        guard liveRecords >= 0, liveRecords <= records.count, joined >= 0, joined <= liveRecords,
            -(1 << 40)...1 << 40 ~= entryCount, births < 1 << 62, decisionCount < 1 << 62
        else { return false }
        for record in records where record.isLive {
            guard isSite(record.key.site), record.head == -1 || isRecord(record.head),
                record.members.allSatisfy(isRecord), record.rhythm.allSatisfy({ isPlace($0.place) }),
                record.born <= births, isId(record.id), isId(record.parent ?? 0), record.peers.allSatisfy(isId),
                record.absorbed.allSatisfy({ isId($0.id) }),
                record.entries.allSatisfy({ Int($0.value) < pool.values.count && pool[$0.value].uses > 0 })
            else { return false }
        }
        for value in pool.values {
            guard value.matches.allSatisfy({ Int($0.rule) < knowledge.rules.count }) else { return false }
        }
        return freeRecords.allSatisfy { $0 >= 0 && Int($0) < records.count && !records[Int($0)].isLive }
            && pool.free.allSatisfy { Int($0) < pool.values.count && pool[$0].uses == 0 }
            && stubs.allSatisfy { isSite($0.key.site) && isId($0.id) }
            && places.values.allSatisfy { $0 >= 0 ? isRecord($0) : Int(-1 - $0) < stubs.count }
            && idPlaces.values.allSatisfy(isPlace)
            && ties.values.allSatisfy { $0.places.allSatisfy(isPlace) }
            && crowded.allSatisfy(isPlace)
    }
}
