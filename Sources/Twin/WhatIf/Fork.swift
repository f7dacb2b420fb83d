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
    /// Devices of which it is not known whether they are out of reach: they count as attached.
    private var doubtful: Set<String> = []
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
    mutating func fail(_ name: String, site: String?) throws(WhatIfFailure) {
        let failing = try failing(name, site)
        let (agent, site) = (failing.about.agent, failing.site)
        sites.insert(site)
        let reach = Reach(without: agent, site: site, view.snapshot.network ?? NetworkMap())
        because += reach.words
        for device in view.snapshot.devices where device.site == site {
            guard let place = device.place else { continue }
            let agents = [place.agent, place.wireless?.port?.agent].compactMap(\.self)
            if let through = agents.first(where: { reach.cut.contains($0) }) {
                lost[device.id] =
                    through == agent
                    ? "plugged into \(through) \(place.port)" : "on \(through), which is reached through \(agent)"
            } else if agents.contains(where: { reach.doubtful.contains($0) }) {
                doubtful.insert(device.id)
            }
        }
        let unplaced = view.snapshot.devices.filter { $0.site == site && $0.place == nil && $0.parent == nil }
        if !unplaced.isEmpty {
            because.append(
                unplaced.count == 1
                    ? "1 device of \(site) has no known port; it may be behind it, too."
                    : "\(unplaced.count) devices of \(site) have no known port; they may be behind it, too.")
            doubtful.formUnion(unplaced.map(\.id))
        }
        followGateways()
    }

    /// The one switch that is meant: by its agent, else by its name.
    private func failing(_ name: String, _ site: String?) throws(WhatIfFailure) -> NetworkMap.SwitchState {
        let here = (view.snapshot.network?.switches ?? []).filter { state in site.map { state.site == $0 } ?? true }
        let byAgent = here.filter { $0.about.agent == name }
        let found = byAgent.isEmpty ? here.filter { $0.about.name == name } : byAgent
        guard let first = found.first else { throw .noSuchSwitch(name) }
        guard found.count == 1 else { throw .manySwitches(name, found.map { "\($0.about.agent) of \($0.site)" }) }
        return first
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

    /// Who speaks through a gateway that is out of reach is out of reach; who speaks through a doubtful one is doubtful.
    private mutating func followGateways() {
        var changed = true
        while changed {
            changed = false
            for device in view.snapshot.devices where lost[device.id] == nil {
                guard let parent = device.parent else { continue }
                if lost[parent] != nil {
                    lost[device.id] = "speaks through \(parent)"
                    changed = true
                } else if doubtful.contains(parent), doubtful.insert(device.id).inserted {
                    changed = true
                }
            }
        }
        doubtful.subtract(lost.keys)
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
        let open = view.rows.filter { doubtful.contains($0.id) && isClinical($0) }
        let floating =
            lostDevices.count { $0.isClinical && $0.places.isEmpty } + open.count { places(of: $0).isEmpty }
        let unsure = beds == nil ? [] : doubtfulBeds(of: open, isFloating: floating > 0, without: hit)
        let people = people(in: hit.union(unsure))
        return Consequences(
            supposition: supposition, lost: lostDevices, missed: missed, beds: beds, doubtfulBeds: unsure,
            people: people, ground: ground, because: because + words(ground, floating, unsure.count))
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

    /// Unknown counts as attached: a device of which it is not known whether it is out of reach may leave its bed alone, and
    /// one without a place may stand at any bed of these sites of which nothing is known.
    private func doubtfulBeds(of open: [DeviceSummary], isFloating: Bool, without hit: Set<String>) -> [String] {
        var beds = Set(open.flatMap { places(of: $0) })
        if isFloating {
            let placed = Set(
                view.rows.filter { isClinical($0) && lost[$0.id] == nil }.flatMap { places(of: $0) })
            beds.formUnion(bedsHere.map(\.id).filter { !placed.contains($0) })
        }
        return beds.subtracting(hit).filter { view.hospital.places[$0]?.kind == .bed }.sorted()
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
                floating == 1
                    ? "1 clinical device that is or may be out of reach has no known bed; it may stand at any bed of which "
                        + "nothing is known."
                    : "\(floating) clinical devices that are or may be out of reach have no known bed; each may stand at any "
                        + "bed of which nothing is known.")
        }
        if doubtful > 0 { lines.append("Of \(doubtful) more beds nobody can say whether they lose monitoring.") }
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
