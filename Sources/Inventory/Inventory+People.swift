//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// People: who joins or parts devices by decision, also before they are seen?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Inventory {
    /// A person says that two are one device, or that they are not; of two decisions on a pair the later one holds.
    mutating func decide(
        _ one: Subject, _ other: Subject, areOne: Bool, _ decision: Observation.Decision, occurred: Timestamp,
        site name: String, _ changes: inout [InventoryChange]
    ) {
        let site = number(ofSite: name)
        guard let left = decisionKey(of: one, site), let right = decisionKey(of: other, site), left != right else {
            return
        }
        decisionCount += 1
        let link = Link(
            other: right, kind: areOne ? .person : .apart, weight: 0, reason: bounded(decision.reason),
            moment: occurred, by: bounded(decision.by), order: decisionCount)
        guard store(link, at: left) else { return }
        var back = link
        back.other = left
        _ = store(back, at: right)
        apply(link, at: left, &changes)
    }

    /// Whether what a person decided of two devices holds: nobody decided of both since.
    public func holds(_ decision: Observation.Decision, occurred: Timestamp, site name: String) -> Bool {
        switch decision.act {
        case .merge(let one, let other), .split(let one, let other):
            guard let site = siteNumbers[name], let left = decisionKey(of: one, site),
                let right = decisionKey(of: other, site)
            else { return false }
            var kind = Link.Kind.apart
            if case .merge = decision.act { kind = .person }
            // Who decided is no mark of it: the log has forgotten who was erased since.
            return (decisions[left] ?? []).contains { $0.other == right && $0.kind == kind && $0.moment == occurred }
        // Their order does not matter: the newest counts, whenever it is learnt.
        case .correct, .accept, .compensate: return true
        }
    }

    private mutating func store(_ link: Link, at key: DeviceKey) -> Bool {
        var known = decisions[key] ?? []
        known.removeAll { $0.other == link.other }
        guard known.count < limits.links, decisions.count < limits.decisions || !known.isEmpty else { return false }
        known.append(link)
        decisions[key] = known
        return true
    }

    private mutating func apply(_ link: Link, at key: DeviceKey, _ changes: inout [InventoryChange]) {
        guard let one = places[key], let other = places[link.other], one >= 0, other >= 0, one != other else { return }
        // What was decided before of the same two no longer holds.
        cut(Int(one), Int(other), link.kind == .person ? .apart : .person)
        var link = link
        link.other = records[Int(other)].key
        self.link(Int(one), Int(other), link, &changes)
    }

    /// A record begins: what was decided of it before holds from now on.
    mutating func recall(_ place: Int, _ changes: inout [InventoryChange]) {
        if decisions.isEmpty { return }
        let key = records[place].key
        if let child = records[place].child { rename(Self.bare(child, key.site), to: key) }
        for link in decisions[key] ?? [] { apply(link, at: key, &changes) }
    }

    /// A card holds an address now of which people decided: they meant the device that has the card.
    mutating func recall(_ network: IPAddress, of card: DeviceKey, _ changes: inout [InventoryChange]) {
        let key = DeviceKey(site: card.site, network: network)
        if !corrections.isEmpty, corrections[key] != nil, places[key] == nil, let place = places[card], place >= 0 {
            moveCorrections(from: key, to: card)
            judge(Int(place), &changes)
        }
        guard !decisions.isEmpty, decisions[key] != nil, places[key] == nil, let place = places[card], place >= 0 else {
            return
        }
        rename(key, to: card)
        recall(Int(place), &changes)
    }

    private mutating func rename(_ old: DeviceKey, to new: DeviceKey) {
        guard old != new, let known = decisions[old] else { return }
        decisions[old] = nil
        for link in known where link.other != new {
            _ = store(link, at: new)
            for index in (decisions[link.other] ?? []).indices where decisions[link.other]?[index].other == old {
                decisions[link.other]?[index].other = new
            }
        }
    }

    /// Whom a person means: by hardware address, else by network address, else by the identifier behind a gateway.
    func decisionKey(of subject: Subject, _ site: UInt32) -> DeviceKey? {
        if let card = subject.hardware, card.isIndividual, subject.child == nil {
            return DeviceKey(site: site, hardware: card.bits)
        }
        if let child = subject.child {
            if let key = key(of: subject, site: site), places[key] != nil { return key }
            let known = records.first { $0.isLive && $0.key.site == site && $0.child == child }
            return known?.key ?? Self.bare(child, site)
        }
        guard let network = subject.network, network.isIndividual else { return nil }
        let key = DeviceKey(site: site, network: network)
        if places[key] != nil { return key }
        if let card = holder(of: network, site) { return DeviceKey(site: site, hardware: card) }
        let senders = records.filter { record in
            record.isLive && record.key.site == site && record.key.kind == .hardware && !record.isRouter
                && record.addresses.contains { $0.address == network }
        }
        return senders.count == 1 ? senders[0].key : key
    }

    /// Stands for a child whose gateway is not known yet.
    static func bare(_ child: String, _ site: UInt32) -> DeviceKey {
        let (high, low) = digest(of: child)
        return DeviceKey(site: site, kind: .child, high: high, low: low)
    }
}
