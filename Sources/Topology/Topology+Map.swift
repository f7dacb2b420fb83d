//===----------------------------------------------------------------------===//
// Wardlight · Topology
//
// The map: uplinks, places, and the ports with their devices.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Topology {
    /// One current row, with where it is.
    struct Seen {
        var agent: Int
        var row: Row
    }

    /// All that the map of one site is made of.
    struct Site {
        var name: String
        var agents: [Agent]
        /// Whose card an address is; addresses that several call their own (VRRP, HSRP) are nobody's.
        var owners: [HardwareAddress: Int] = [:]
        /// Ports that lead to another switch.
        var uplinks: Set<PortKey> = []
        /// Current rows by address.
        var seen: [HardwareAddress: [Seen]] = [:]
        /// How many addresses stand at a port.
        var crowd: [PortKey: Int] = [:]
        /// Segment of a port and an address between switches.
        var segments: [SharedSegment] = []
        /// Stations on the air, newest report first.
        var stations: [HardwareAddress: [Served]] = [:]
        /// Ports that lead to an access point.
        var pointPorts: Set<PortKey> = []
        /// Where each access point is plugged in, by any of its addresses and by its name.
        var pointsByAddress: [HardwareAddress: PortKey] = [:]
        var pointsByName: [String: PortKey] = [:]
        var limits: TopologyLimits
    }

    struct PortKey: Hashable, Comparable {
        var agent: Int
        var ifIndex: UInt32
        static func < (one: Self, other: Self) -> Bool { (one.agent, one.ifIndex) < (other.agent, other.ifIndex) }
    }

    /// The whole map now. Costs a few passes over all rows.
    public func map() -> NetworkMap {
        var map = NetworkMap()
        map.overflow = overflow
        map.asOf = newest
        let keys = agents.keys.sorted()
        var names: [String] = []
        for site in Set(keys.map(\.site) + stations.keys.map(\.site)).sorted() { names.append(site) }
        for name in names {
            var site = Site(
                name: name, agents: keys.filter { $0.site == name }.compactMap { agents[$0] }, limits: limits)
            site.collect()
            site.stations = current(at: name)
            map.links += site.links()
            site.findUplinks()
            site.findAccessPoints()
            site.findSegments(limits)
            let places = site.places()
            map.segments += site.segments
            map.places += places
            map.stations += site.stationReports()
            map.switches += site.states(places)
        }
        return map
    }
}

extension Topology.Site {
    /// Current rows: those of each agent's newest poll at ports that are not down. A static row at a port that is down
    /// proves nothing (netdisco#935).
    mutating func collect() {
        var isShared: Set<HardwareAddress> = []
        for (number, agent) in agents.enumerated() {
            for address in agent.about.ownAddresses where !isShared.contains(address) {
                if let other = owners[address], other != number {
                    isShared.insert(address)
                    owners[address] = nil
                } else {
                    owners[address] = number
                }
            }
        }
        for (number, agent) in agents.enumerated() {
            for (address, rows) in agent.table.sorted(by: { $0.key < $1.key }) {
                for row in rows where row.poll == agent.poll {
                    if row.kind == .fixed, agent.ports[row.ifIndex]?.isUp != true { continue }
                    if agent.ports[row.ifIndex]?.isUp == false { continue }
                    seen[address, default: []].append(Topology.Seen(agent: number, row: row))
                    crowd[Topology.PortKey(agent: number, ifIndex: row.ifIndex), default: 0] += 1
                }
            }
        }
    }

    /// A port is an uplink where a switch speaks LLDP or CDP, or where another switch's own card is seen.
    mutating func findUplinks() {
        for (number, agent) in agents.enumerated() {
            for neighbour in agent.neighbours where neighbour.isSwitch || peer(of: neighbour, besides: number) != nil {
                uplinks.insert(Topology.PortKey(agent: number, ifIndex: neighbour.ifIndex))
            }
        }
        for (address, owner) in owners where agents[owner].about.isForwarding {
            for sight in seen[address] ?? [] where sight.agent != owner {
                uplinks.insert(Topology.PortKey(agent: sight.agent, ifIndex: sight.row.ifIndex))
            }
        }
    }

    /// The place of each address: an edge port before an uplink, the emptier port before the fuller, the newer row
    /// before the older.
    func places() -> [DevicePlace] {
        var segmentOf: [Topology.PortKey: [Int]] = [:]
        var numbers: [String: Int] = [:]
        for (number, agent) in agents.enumerated() { numbers[agent.about.agent] = number }
        for (index, segment) in segments.enumerated() {
            for port in segment.ports {
                guard let agent = numbers[port.agent] else { continue }
                segmentOf[Topology.PortKey(agent: agent, ifIndex: port.ifIndex), default: []].append(index)
            }
        }
        let members = segments.map { Set($0.devices) }
        var places: [DevicePlace] = []
        for address in Set(seen.keys).union(stations.keys).sorted() {
            let nearest = seen[address]?.min(by: isNearer)
            if let place = wirelessPlace(of: address, insteadOf: nearest) {
                places.append(DevicePlace(site: name, hardware: address, place: place))
                continue
            }
            guard let best = nearest else { continue }
            var place = self.place(best)
            let key = Topology.PortKey(agent: best.agent, ifIndex: best.row.ifIndex)
            for index in segmentOf[key] ?? [] where members[index].contains(address) {
                place.segment = segments[index].name
            }
            var found = DevicePlace(site: name, hardware: address, place: place)
            if let sights = seen[address], sights.count > 1, !place.isUplink {
                found.others = otherEdges(of: sights, besides: best)
            }
            places.append(found)
        }
        return places
    }

    private func place(_ sight: Topology.Seen) -> Place {
        let agent = agents[sight.agent]
        let port = agent.ports[sight.row.ifIndex]
        var place = Place(
            agent: agent.about.agent, port: port?.name ?? String(sight.row.ifIndex), ifIndex: sight.row.ifIndex,
            since: sight.row.since, seen: sight.row.seen)
        place.switchName = agent.about.name
        place.vlan = sight.row.vlan ?? port?.vlan
        place.isUplink = uplinks.contains(Topology.PortKey(agent: sight.agent, ifIndex: sight.row.ifIndex))
        return place
    }

    /// Learned rows at other edge ports: an address has one card, so one place. What is on the air may be at several
    /// access points' ports for a while, and what a switch has just told ends what others said before.
    private func otherEdges(of sights: [Topology.Seen], besides best: Topology.Seen) -> [Place] {
        var seen: Set<Topology.PortKey> = [Topology.PortKey(agent: best.agent, ifIndex: best.row.ifIndex)]
        var others: [(key: Topology.PortKey, sight: Topology.Seen)] = []
        for sight in sights where sight.row.kind == .learned {
            let key = Topology.PortKey(agent: sight.agent, ifIndex: sight.row.ifIndex)
            if uplinks.contains(key) || pointPorts.contains(key) { continue }
            if let told = best.row.told, sight.row.seen < told { continue }
            if seen.insert(key).inserted { others.append((key, sight)) }
        }
        return others.sorted { $0.key < $1.key }.prefix(8).map { place($0.sight) }
    }

    func isNearer(_ one: Topology.Seen, _ other: Topology.Seen) -> Bool {
        let a = Topology.PortKey(agent: one.agent, ifIndex: one.row.ifIndex)
        let b = Topology.PortKey(agent: other.agent, ifIndex: other.row.ifIndex)
        let (farA, farB) = (uplinks.contains(a), uplinks.contains(b))
        if farA != farB { return farB }
        // What a switch has just told is newer than what another said before it.
        if let told = one.row.told, told > other.row.seen { return true }
        if let told = other.row.told, told > one.row.seen { return false }
        let (crowdA, crowdB) = (crowd[a] ?? 0, crowd[b] ?? 0)
        if crowdA != crowdB { return crowdA < crowdB }
        if one.row.seen != other.row.seen { return one.row.seen > other.row.seen }
        if a != b { return a < b }
        return (one.row.vlan ?? 0) < (other.row.vlan ?? 0)
    }

    func states(_ places: [DevicePlace]) -> [NetworkMap.SwitchState] {
        var devices: [String: [UInt32: [HardwareAddress]]] = [:]
        var others: [String: [UInt32: [HardwareAddress]]] = [:]
        for place in places {
            devices[place.place.agent, default: [:]][place.place.ifIndex, default: []].append(place.hardware)
            for other in place.others {
                others[other.agent, default: [:]][other.ifIndex, default: []].append(place.hardware)
            }
        }
        return agents.enumerated().map { number, agent in
            var neighbours: [UInt32: [SwitchNeighbour]] = [:]
            for neighbour in agent.neighbours { neighbours[neighbour.ifIndex, default: []].append(neighbour) }
            let here = devices[agent.about.agent] ?? [:]
            let ports = agent.ports.values.sorted { $0.ifIndex < $1.ifIndex }.map { port in
                let key = Topology.PortKey(agent: number, ifIndex: port.ifIndex)
                var state = NetworkMap.PortState(
                    port: port, isUplink: uplinks.contains(key), devices: here[port.ifIndex] ?? [])
                state.others = others[agent.about.agent]?[port.ifIndex] ?? []
                state.neighbours = neighbours[port.ifIndex] ?? []
                state.isAccessPoint = pointPorts.contains(key)
                return state
            }
            var state = NetworkMap.SwitchState(site: name, about: agent.about, polled: agent.polled, ports: ports)
            state.poll = agent.poll
            state.heard = agent.heard
            return state
        }
    }
}
