//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Groups: which records are one device?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Records are never mixed: a group is a list of them, made anew from all their ties whenever one comes or goes. So a
/// tie that turns out wrong is undone exactly, and the order in which ties and decisions came does not matter.
extension Inventory {
    /// The oldest record of a record's device.
    func head(of place: Int) -> Int { records[place].head >= 0 ? Int(records[place].head) : place }

    func id(of place: Int) -> UInt64 { records[head(of: place)].id }

    /// All records of one device, oldest first.
    func members(of place: Int) -> [Int] {
        let head = head(of: place)
        return records[head].members.isEmpty ? [head] : records[head].members.map(Int.init)
    }

    // MARK: Links

    func isLinked(_ place: Int, _ other: DeviceKey, _ kind: Link.Kind) -> Bool {
        records[place].links.contains { $0.kind == kind && $0.other == other }
    }

    /// Enters a tie or a barrier at both ends, in place of an older one of its kind, and groups anew.
    mutating func link(_ one: Int, _ other: Int, _ link: Link, _ changes: inout [InventoryChange]) {
        guard one != other else { return }
        var back = link
        back.other = records[one].key
        guard put(link, one), put(back, other) else {
            cut(one, other, link.kind)
            return
        }
        regroup(one, link.moment, &changes)
        if !link.kind.isJoining { regroup(other, link.moment, &changes) }
    }

    private mutating func put(_ link: Link, _ place: Int) -> Bool {
        if let known = records[place].links.firstIndex(where: { $0.kind == link.kind && $0.other == link.other }) {
            records[place].links[known] = link
            return true
        }
        guard records[place].links.count < limits.links else { return false }
        records[place].links.append(link)
        return true
    }

    /// Takes a link away at both ends; whoever calls groups anew.
    mutating func cut(_ one: Int, _ other: Int, _ kind: Link.Kind) {
        let (mine, theirs) = (records[one].key, records[other].key)
        records[one].links.removeAll { $0.kind == kind && $0.other == theirs }
        records[other].links.removeAll { $0.kind == kind && $0.other == mine }
    }

    /// Takes all links of a kind away.
    mutating func unlink(_ kind: Link.Kind, _ place: Int, _ changes: inout [InventoryChange]) {
        var isCut = false
        for link in records[place].links where link.kind == kind {
            guard let other = places[link.other], other >= 0 else { continue }
            cut(place, Int(other), kind)
            isCut = true
        }
        records[place].links.removeAll { $0.kind == kind }
        if isCut { regroup(place, records[place].span.last, &changes) }
    }

    /// A record goes by another key from now on.
    mutating func rename(_ old: DeviceKey, to new: DeviceKey, _ place: Int) {
        records[place].key = new
        moveCorrections(from: old, to: new)
        for link in records[place].links {
            guard let other = places[link.other], other >= 0 else { continue }
            for index in records[Int(other)].links.indices where records[Int(other)].links[index].other == old {
                records[Int(other)].links[index].other = new
            }
        }
    }

    // MARK: Grouping

    /// Makes the groups of all records that ties connect with this one.
    mutating func regroup(_ start: Int, _ time: Timestamp, _ changes: inout [InventoryChange]) {
        let cluster = cluster(around: start)
        guard cluster.count > 1 || records[start].head >= 0 else { return }
        var groups = Partition(cluster.count)
        for edge in edges(in: cluster) {
            let (one, other) = (groups.root(edge.one), groups.root(edge.other))
            if one == other || !mayJoin(groups.members(one), groups.members(other), cluster, edge.link) { continue }
            groups.join(one, other)
        }
        let before = cluster.map { head(of: $0) }
        var isChanged: [Int] = []
        for root in cluster.indices where groups.root(root) == root {
            // The cluster is sorted by age, so that the root is the oldest.
            let members = groups.members(root).map { cluster[$0] }
            let list = members.count > 1 ? members.map(Int32.init) : []
            let head = cluster[root]
            if records[head].members != list || members.contains(where: { self.head(of: $0) != head }) {
                isChanged.append(head)
            }
            for member in members {
                records[member].head = members.count > 1 ? Int32(head) : -1
                records[member].members = member == head ? list : []
                if member != head { records[member].judged = [] }
            }
        }
        joined += cluster.indices.count { groups.root($0) != $0 }
        joined -= zip(cluster, before).count { $0 != $1 }
        report(cluster, before, groups, &changes)
        for head in isChanged { judge(head, &changes) }
        // Not now: whoever called may hold the place of a record that would go.
        for head in isChanged where records[head].members.count > limits.members { crowded.append(Int32(head)) }
    }

    /// A record and all that ties or a present group connect it with, oldest first; bounded, nearest first.
    private func cluster(around start: Int) -> [Int] {
        var found = [start]
        var seen: Set<Int> = [start]
        var next = 0
        while next < found.count, found.count < 256 {
            let place = found[next]
            next += 1
            for link in records[place].links where link.kind.isJoining {
                guard let other = places[link.other], other >= 0 else { continue }
                if seen.insert(Int(other)).inserted { found.append(Int(other)) }
            }
            for other in members(of: place) where seen.insert(other).inserted { found.append(other) }
        }
        return found.sorted { records[$0].born < records[$1].born }
    }

    private struct Edge {
        let one: Int
        let other: Int
        let link: Link
    }

    /// Ties inside a cluster: what people decided first, then bindings, then by weight; equals by age.
    private func edges(in cluster: [Int]) -> [Edge] {
        var index: [Int: Int] = [:]
        for (number, place) in cluster.enumerated() { index[place] = number }
        var edges: [Edge] = []
        for (number, place) in cluster.enumerated() {
            for link in records[place].links where link.kind.isJoining {
                guard let other = places[link.other], let end = index[Int(other)], number < end else { continue }
                edges.append(Edge(one: number, other: end, link: link))
            }
        }
        return edges.sorted { left, right in
            if left.link.kind != right.link.kind { return left.link.kind.rawValue < right.link.kind.rawValue }
            if left.link.weight != right.link.weight { return left.link.weight > right.link.weight }
            return left.one != right.one ? left.one < right.one : left.other < right.other
        }
    }

    private func mayJoin(_ left: [Int], _ right: [Int], _ cluster: [Int], _ link: Link) -> Bool {
        for one in left {
            let place = cluster[one]
            for other in right {
                let key = records[cluster[other]].key
                for barrier in records[place].links where barrier.other == key && !barrier.kind.isJoining {
                    switch (barrier.kind, link.kind) {
                    case (.apart, .person): if barrier.order > link.order { return false }
                    case (.apart, _): return false
                    case (.talk, .rule): return false
                    case (.atOnce, .rule): if !link.isStrong { return false }
                    default: break
                    }
                }
                if link.kind == .rule, isContradicted(place, cluster[other], byNames: !link.isStrong) { return false }
            }
        }
        return true
    }

    /// Says who came to whom, and who went.
    private func report(
        _ cluster: [Int], _ before: [Int], _ groups: Partition, _ changes: inout [InventoryChange]
    ) {
        for (number, place) in cluster.enumerated() {
            let now = cluster[groups.root(number)]
            let past = before[number]
            if now != place, let index = cluster.firstIndex(of: now),
                before[index] != past || past == place && now != past
            {
                let link = records[place].links.filter { $0.kind.isJoining }.max { $0.weight < $1.weight }
                changes.append(
                    InventoryChange(
                        device: Self.text(ofID: records[now].id),
                        kind: .merged(
                            with: Self.text(ofID: records[place].id), because: link?.reason ?? "they share another")))
            }
            if past != place, let index = cluster.firstIndex(of: past), groups.root(index) != groups.root(number) {
                let link = records[place].links.last { !$0.kind.isJoining }
                changes.append(
                    InventoryChange(
                        device: Self.text(ofID: records[place].id),
                        kind: .split(
                            from: Self.text(ofID: records[past].id),
                            because: link?.reason ?? "what tied them is not theirs alone")))
            }
        }
    }

    // MARK: For good

    /// Makes groups smaller that have grown beyond the limit; only between two observations.
    mutating func thinOut() {
        if crowded.isEmpty { return }
        for head in crowded where records[Int(head)].members.count > limits.members { absorbOldest(of: Int(head)) }
        crowded.removeAll(keepingCapacity: true)
    }

    /// Adds the members longest unseen to the oldest record, until the group is small enough: a telephone that takes a
    /// new address every day has had hundreds.
    private mutating func absorbOldest(of head: Int) {
        while records[head].members.count > limits.members / 2 {
            let candidates = records[head].members.dropFirst().map(Int.init)
            guard
                let oldest = candidates.min(by: { one, other in
                    (records[one].span.last, records[one].key) < (records[other].span.last, records[other].key)
                })
            else { return }
            absorb(oldest, into: head)
        }
    }

    /// The latest addresses that are remembered of those that were absorbed.
    private static let mostAbsorbed = 64

    /// Adds one record to another for good; what its address says goes there.
    mutating func absorb(_ place: Int, into head: Int) {
        let gone = records[place]
        releaseMarks(place)
        // What tied it to others ties the record that it goes to.
        for link in gone.links {
            guard let other = places[link.other], other >= 0 else { continue }
            records[Int(other)].links.removeAll { $0.other == gone.key && $0.kind == link.kind }
            guard Int(other) != head, !isLinked(head, link.other, link.kind) else { continue }
            var back = link
            back.other = records[head].key
            if put(link, head), !put(back, Int(other)) { cut(head, Int(other), link.kind) }
        }
        var moved = [UInt8](repeating: Entry.own, count: 256)
        for (index, address) in gone.addresses.enumerated() where gone.isOwn(UInt8(index)) {
            if let known = records[head].addresses.firstIndex(where: { $0.address == address.address }) {
                moved[index] = UInt8(known)
            } else {
                let now = list(address.address, bound: address.isBound, address.span, head)
                if now != Entry.foreign { moved[index] = now }
            }
        }
        for entry in gone.entries { add(entry.said(from: moved[Int(entry.origin)]), to: head) }
        for service in gone.services {
            _ = records[head].add(service.use, from: moved[Int(service.origin)], limit: limits.services)
        }
        records[head].span.include(gone.span)
        records[head].packets &+= gone.packets
        records[head].bytes &+= gone.bytes
        records[head].hasFacts = records[head].hasFacts || gone.hasFacts
        for old in gone.absorbed {
            if places[old.key] == Int32(place) { places[old.key] = Int32(head) }
            if idPlaces[old.id] == Int32(place) { idPlaces[old.id] = Int32(head) }
        }
        records[head].absorbed += gone.absorbed
        records[head].absorbed.append(Absorbed(key: gone.key, id: gone.id))
        while records[head].absorbed.count > Self.mostAbsorbed {
            let old = records[head].absorbed.removeFirst()
            if places[old.key] == Int32(head) { places[old.key] = nil }
            idPlaces[old.id] = nil
        }
        places[gone.key] = Int32(head)
        records[head].members.removeAll { $0 == Int32(place) }
        if records[head].members.count < 2 {
            records[head].members = []
            records[head].head = -1
        }
        records[head].rhythm.removeAll { $0.place == Int32(place) }
        // Whoever asks for the id that was taken in is told of the one that took it.
        idPlaces[gone.id] = Int32(head)
        records[place] = .gone
        freeRecords.append(Int32(place))
        liveRecords -= 1
        joined -= 1
    }

    // MARK: There at once?

    /// Four turns, one and the other twice, within three minutes of each other: a telephone that changes its address
    /// does not do so.
    private static let atOnceSeconds: Int64 = 180

    /// Notes that a record was active.
    mutating func beat(_ place: Int, _ time: Timestamp, _ changes: inout [InventoryChange]) {
        guard records[place].head >= 0, records[place].isRandom else { return }
        let head = Int(records[place].head)
        if let last = records[head].rhythm.last, last.place == Int32(place) || time <= last.time { return }
        records[head].rhythm.append(Beat(place: Int32(place), time: time))
        if records[head].rhythm.count > 4 { records[head].rhythm.removeFirst() }
        let beats = records[head].rhythm
        guard beats.count == 4, beats[0].place == beats[2].place, beats[1].place == beats[3].place else { return }
        let (length, isLong) = beats[3].time.nanoseconds.subtractingReportingOverflow(beats[0].time.nanoseconds)
        guard !isLong, length <= Self.atOnceSeconds * 1_000_000_000 else { return }
        let other = Int(beats[2].place)
        guard other != place, records[other].isLive, records[other].isRandom,
            !isLinked(place, records[other].key, .atOnce)
        else { return }
        records[head].rhythm = []
        link(
            place, other,
            Link(
                other: records[other].key, kind: .atOnce, weight: 0,
                reason: "both addresses were in use at once, and one name is all that tied them", moment: time),
            &changes)
        if head != self.head(of: place) || head != self.head(of: other) { strike(place, other, &changes) }
    }

    /// Two stations talked: then they are two.
    mutating func met(
        _ client: DeviceKey, _ server: DeviceKey, _ time: Timestamp, _ changes: inout [InventoryChange]
    ) {
        guard client != server, let one = places[client], let other = places[server], one >= 0, other >= 0, one != other
        else { return }
        let (left, right) = (Int(one), Int(other))
        remember(records[right].id, at: left)
        remember(records[left].id, at: right)
        guard records[left].head >= 0, records[left].head == records[right].head,
            !isLinked(left, records[right].key, .talk)
        else { return }
        separate(left, right, time, &changes)
    }

    mutating func separate(_ one: Int, _ other: Int, _ time: Timestamp, _ changes: inout [InventoryChange]) {
        let key = records[other].key
        link(
            one, other,
            Link(other: key, kind: .talk, weight: 0, reason: "they talked to each other", moment: time), &changes)
    }

    /// Peers that are remembered: a device on a ward talks to a few servers.
    private static let mostPeers = 8

    private mutating func remember(_ id: UInt64, at place: Int) {
        if records[place].peers.contains(id) { return }
        if records[place].peers.count >= Self.mostPeers { records[place].peers.removeFirst() }
        records[place].peers.append(id)
    }
}

/// Sets that are joined step by step. The smallest member is the root.
private struct Partition {
    private var parents: [Int]

    init(_ count: Int) { parents = Array(0..<count) }

    func root(_ place: Int) -> Int {
        var place = place
        while parents[place] != place { place = parents[place] }
        return place
    }

    func members(_ root: Int) -> [Int] { parents.indices.filter { self.root($0) == root } }

    mutating func join(_ one: Int, _ other: Int) { parents[max(one, other)] = min(one, other) }
}
