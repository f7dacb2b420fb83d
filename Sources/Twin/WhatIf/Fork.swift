//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// The fork: who is out of reach, who misses whom, and at which beds.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model

/// A view in which something is supposed to have happened.
struct Fork {
    private let view: HospitalView
    private var lost: [String: String] = [:]
    private var sites: Set<String> = []
    private var because: [String] = []
    /// Beds to which a device is assigned by an edge.
    private let assignedBeds: [String: [String]]

    init(_ view: HospitalView) {
        self.view = view
        var found: [String: [String]] = [:]
        for edge in view.edges where edge.relation == .assigned {
            guard case .device(let subject) = edge.one, case .location(let bed) = edge.other,
                let id = view.hospital.inventory.id(of: subject, site: edge.site)
            else { continue }
            found[id, default: []].append(bed)
        }
        assignedBeds = found
    }

    // MARK: Suppositions

    /// What is plugged into it, and what is reached only through it.
    mutating func fail(_ agent: String) throws(WhatIfFailure) {
        let switches = view.snapshot.network?.switches ?? []
        guard let first = switches.first(where: { $0.about.agent == agent || $0.about.name == agent }) else {
            throw .noSuchSwitch(agent)
        }
        sites.insert(first.site)
        let cut = unreachable(from: first.about.agent, site: first.site, switches)
        because.append(
            cut.count == 1
                ? "The switch \(first.about.agent) passes nothing on."
                : "Without \(first.about.agent) \(cut.count - 1) more switches have no way to the rest.")
        for device in view.snapshot.devices where device.site == first.site {
            guard let place = device.place else { continue }
            let agents = [place.agent, place.wireless?.port?.agent].compactMap(\.self)
            guard let through = agents.first(where: { cut.contains($0) }) else { continue }
            lost[device.id] =
                through == first.about.agent
                ? "plugged into \(through) \(place.port)" : "on \(through), which is reached through \(agent)"
        }
        let unplaced = view.snapshot.devices.count { $0.site == first.site && $0.place == nil && $0.parent == nil }
        if unplaced > 0 {
            because.append("\(unplaced) devices of \(first.site) have no known port; they may be behind it, too.")
        }
        followGateways()
    }

    /// Switches that have no way to the largest remaining part of the network.
    private func unreachable(from agent: String, site: String, _ switches: [NetworkMap.SwitchState]) -> Set<String> {
        let agents = switches.filter { $0.site == site }.map(\.about.agent)
        var neighbours: [String: [String]] = [:]
        for link in view.snapshot.network?.links ?? [] where link.site == site && link.isBetweenSwitches {
            guard let one = link.one.agent, let other = link.other.agent, one != agent, other != agent else { continue }
            neighbours[one, default: []].append(other)
            neighbours[other, default: []].append(one)
        }
        var parts: [[String]] = []
        var seen: Set<String> = [agent]
        for start in agents where !seen.contains(start) {
            var part: [String] = []
            var next = [start]
            while let one = next.popLast() {
                guard seen.insert(one).inserted else { continue }
                part.append(one)
                next += neighbours[one] ?? []
            }
            parts.append(part)
        }
        // Where no links are known, each switch is a part of its own: then nobody is said to depend on another.
        guard !neighbours.isEmpty, let rest = parts.max(by: { $0.count < $1.count }) else { return [agent] }
        return Set(agents).subtracting(rest).union([agent])
    }

    mutating func quarantine(_ id: String) throws(WhatIfFailure) {
        guard let device = view.device(id) else { throw .noSuchDevice(id) }
        sites.insert(device.site)
        lost[device.id] = "kept from all others"
        followGateways()
    }

    mutating func close(_ id: String) throws(WhatIfFailure) {
        guard view.hospital.places[id] != nil else { throw .noSuchPlace(id) }
        for row in view.rows where row.whereabouts?.path.contains(id) ?? false {
            lost[row.id] = "stands in it"
            sites.insert(row.site)
        }
        if sites.isEmpty { sites = Set(view.rows.map(\.site)) }
        followGateways()
    }

    /// Who speaks through a gateway that is out of reach is out of reach.
    private mutating func followGateways() {
        var changed = true
        while changed {
            changed = false
            for device in view.snapshot.devices where lost[device.id] == nil {
                guard let parent = device.parent, lost[parent] != nil else { continue }
                lost[device.id] = "speaks through \(parent)"
                changed = true
            }
        }
    }

    // MARK: What follows

    func consequences(of supposition: Supposition) -> Consequences {
        let ids = lost.keys.sorted()
        let lostDevices = ids.compactMap { id in
            view.row(id).map { row in
                Consequences.Lost(
                    device: id, name: row.name ?? row.model ?? row.type ?? id, isClinical: isClinical(row),
                    places: places(of: row), because: lost[id] ?? "")
            }
        }
        let missed = missed(by: ids)
        let ground = ground()
        let hit = Set(
            (lostDevices.filter(\.isClinical).flatMap(\.places) + missed.filter(\.isClinical).flatMap(\.places))
                .filter { view.hospital.places[$0]?.kind == .bed })
        let beds: [String]? = ground.known == 0 ? nil : hit.sorted()
        let floating = lostDevices.filter { $0.isClinical && $0.places.isEmpty }.count
        let doubtful = floating > 0 && beds != nil ? doubtfulBeds(without: hit) : []
        let people = people(in: hit.union(doubtful))
        return Consequences(
            supposition: supposition, lost: lostDevices, missed: missed, beds: beds, doubtfulBeds: doubtful,
            people: people, ground: ground, because: because + words(ground, floating, doubtful.count))
    }

    private func isClinical(_ row: DeviceSummary) -> Bool {
        row.deviceClass == .medical || row.deviceClass == .unknown && row.whereabouts != nil
    }

    private func places(of row: DeviceSummary) -> [String] {
        let standing = row.whereabouts.map { [$0.location] } ?? []
        let assigned = assignedBeds[row.id] ?? []
        return Array(Set(standing + assigned)).sorted()
    }

    /// Who asks something of those that are lost, on how many of the last 30 days.
    private func missed(by ids: [String]) -> [Consequences.Missed] {
        var found: [Consequences.Missed] = []
        for id in ids {
            for peering in view.hospital.peerings(of: id) where peering.side == .server {
                guard lost[peering.peer] == nil, let row = view.row(peering.peer) else { continue }
                found.append(
                    Consequences.Missed(
                        device: row.id, peer: id, service: peering.service, days: peering.dayCount,
                        isClinical: isClinical(row), places: places(of: row)))
            }
        }
        return found.sorted {
            ($1.days, $0.device, $0.peer, $0.service) < ($0.days, $1.device, $1.peer, $1.service)
        }
    }

    private func ground() -> Consequences.Ground {
        let beds = bedsHere
        let clinical = view.rows.filter { sites.contains($0.site) && isClinical($0) }
        let placed = Set(clinical.flatMap { places(of: $0) })
        return Consequences.Ground(
            beds: beds.count, known: beds.count { placed.contains($0.id) }, clinical: clinical.count,
            unplaced: clinical.count { places(of: $0).isEmpty })
    }

    /// Unknown counts as attached: any bed of these sites may be where a device without a place stands.
    private func doubtfulBeds(without hit: Set<String>) -> [String] {
        let placed = Set(
            view.rows.filter { isClinical($0) && lost[$0.id] == nil }.flatMap { places(of: $0) })
        return bedsHere.map(\.id).filter { !hit.contains($0) && !placed.contains($0) }
    }

    /// Beds of the sites concerned; all of them where the tree does not know those sites by name.
    private var bedsHere: [Location] {
        let tree = view.hospital.places
        let all = tree.all
        let roots = Set(all.filter { $0.kind == .site }.map(\.id)).intersection(sites)
        return all.filter { bed in
            bed.kind == .bed && (roots.isEmpty || tree.path(to: bed.id).contains { roots.contains($0.id) })
        }
    }

    private func people(in beds: Set<String>) -> Int {
        var people: Set<String> = []
        for edge in view.edges where edge.relation == .in {
            if case .person = edge.one, case .location(let bed) = edge.other, beds.contains(bed) {
                people.insert(edge.one.sortKey)
            }
        }
        return people.count
    }

    private func words(_ ground: Consequences.Ground, _ floating: Int, _ doubtful: Int) -> [String] {
        guard ground.known > 0 else {
            return [
                "Cannot say which beds lose monitoring: no clinical device of these sites is known to stand at a bed. "
                    + "Beds come from SDC locations, HL7 PV1-3, imports or people."
            ]
        }
        var lines = ["Devices are known at \(ground.known) of \(ground.beds) beds, unknown at \(ground.unknown)."]
        if floating > 0 {
            lines.append(
                "\(floating) clinical devices that would be out of reach have no known bed; each may stand at any of "
                    + "\(doubtful) beds of which nothing is known.")
        }
        return lines
    }
}

extension Hospital {
    /// With whom a device talks, by its id.
    public func peerings(of id: String) -> [Peering] {
        guard let device = inventory.device(id: id) else { return [] }
        let records = ([device.id] + device.formerIds).compactMap { UInt64($0.dropFirst(4), radix: 16) }
        return activity.peerings(of: records) { number in
            let id = Inventory.id(ofRecord: number)
            return inventory.device(id: id)?.id ?? id
        }
    }
}
