//===----------------------------------------------------------------------===//
// Wardlight · Topology
//
// On the air: which access point serves a station, and at which port of which switch is that access point?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Topology {
    /// A controller, an access point or a login server says where a station is, or that it has left.
    mutating func serve(_ station: WirelessStation, _ site: String, _ time: Timestamp) {
        let key = AgentKey(site: site, agent: station.agent)
        guard station.hardware.isIndividual else { return overflow &+= 1 }
        let known = stations[key]?[station.hardware]
        if station.isGone {
            guard known != nil else { return }
            stations[key]?[station.hardware] = nil
            stationCount -= 1
            return
        }
        if known == nil {
            guard stationCount < limits.stations, stations[key] != nil || stations.count < limits.agents else {
                return overflow &+= 1
            }
            stationCount += 1
        }
        // Another access point is another place.
        let isSame =
            known.map { one in
                one.station.accessPoint == station.accessPoint
                    && (one.station.accessPoint != nil
                        || one.station.accessPointAddress == station.accessPointAddress)
            } ?? false
        stations[key, default: [:]][station.hardware] = Served(
            station: station, since: isSame ? known?.since ?? time : time, seen: time, poll: agents[key]?.poll)
    }

    /// A new poll of a controller: stations that its last one did not confirm are forgotten.
    mutating func forgetStations(of key: AgentKey, before last: UInt32) {
        guard let all = stations[key] else { return }
        let kept = all.filter { $0.value.poll == last }
        stationCount -= all.count - kept.count
        stations[key] = kept.isEmpty ? nil : kept
    }

    /// Stations at a site that are there by the newest word of each agent, the newest report first.
    func current(at site: String) -> [HardwareAddress: [Served]] {
        var found: [HardwareAddress: [Served]] = [:]
        for (key, served) in stations.sorted(by: { $0.key < $1.key }) where key.site == site {
            let agent = agents[key]
            for (address, one) in served {
                if let poll = one.poll {
                    guard poll == agent?.poll else { continue }
                } else if let newest {
                    let age = newest.nanoseconds.subtractingReportingOverflow(one.seen.nanoseconds)
                    guard !age.overflow, age.partialValue / 1_000_000_000 <= limits.sessionSeconds else { continue }
                }
                found[address, default: []].append(one)
            }
        }
        return found.mapValues { reports in
            reports.sorted { ($1.seen, $0.station.agent) < ($0.seen, $1.station.agent) }
        }
    }
}

extension Topology.Site {
    /// A port leads to an access point where one speaks LLDP or CDP, where the cable's end of one is seen, or where two
    /// or more stations of one access point stand and at most one other address: its own.
    mutating func findAccessPoints() {
        for (number, agent) in agents.enumerated() {
            for neighbour in agent.neighbours where neighbour.abilities.contains(.accessPoint) {
                let key = Topology.PortKey(agent: number, ifIndex: neighbour.ifIndex)
                pointPorts.insert(key)
                if let hardware = neighbour.hardware { pointsByAddress[hardware] = key }
                if let name = neighbour.name { pointsByName[name] = key }
            }
        }
        for agent in agents {
            for point in agent.accessPoints {
                let sights = (seen[point.hardware] ?? []).filter {
                    !uplinks.contains(Topology.PortKey(agent: $0.agent, ifIndex: $0.row.ifIndex))
                }
                let key =
                    pointsByAddress[point.hardware] ?? point.name.flatMap { pointsByName[$0] }
                    ?? sights.min(by: isNearer).map { Topology.PortKey(agent: $0.agent, ifIndex: $0.row.ifIndex) }
                guard let key else { continue }
                pointPorts.insert(key)
                pointsByAddress[point.hardware] = key
                if let radio = point.radio { pointsByAddress[radio] = key }
                if let name = point.name { pointsByName[name] = key }
            }
        }
        findCrowdedPoints()
    }

    private mutating func findCrowdedPoints() {
        var behind: [Topology.PortKey: [String: Int]] = [:]
        for (address, reports) in stations {
            guard let point = reports.first?.station.accessPoint else { continue }
            for sight in seen[address] ?? [] {
                let key = Topology.PortKey(agent: sight.agent, ifIndex: sight.row.ifIndex)
                if !uplinks.contains(key), !pointPorts.contains(key) {
                    behind[key, default: [:]][point, default: 0] += 1
                }
            }
        }
        for (key, points) in behind.sorted(by: { $0.key < $1.key }) {
            guard points.count == 1, let point = points.first, point.value >= 2, let all = crowd[key],
                all - point.value <= 1
            else { continue }
            pointPorts.insert(key)
            if pointsByName[point.key] == nil { pointsByName[point.key] = key }
        }
    }

    /// Where a station is on the air; nil when it is not, or when a switch has newer word of it at a port that leads
    /// neither to an access point nor to another switch: it was plugged in.
    func wirelessPlace(of address: HardwareAddress, insteadOf wired: Topology.Seen?) -> Place? {
        guard let served = stations[address]?.first else { return nil }
        if let wired {
            let key = Topology.PortKey(agent: wired.agent, ifIndex: wired.row.ifIndex)
            if !uplinks.contains(key), !pointPorts.contains(key) {
                let (lead, overflow) = wired.row.seen.nanoseconds.subtractingReportingOverflow(served.seen.nanoseconds)
                let isTold = wired.row.told.map { $0 > served.seen } ?? false
                if isTold || !overflow && lead / 1_000_000_000 > limits.lingerSeconds { return nil }
            }
        }
        let station = served.station
        var place = Place(
            agent: station.agent,
            port: station.accessPoint ?? station.accessPointAddress?.description ?? "wireless", ifIndex: 0,
            since: served.since, seen: served.seen)
        place.switchName = agents.first { $0.about.agent == station.agent }?.about.name
        place.vlan = station.vlan
        var wireless = Place.Wireless()
        wireless.accessPoint = station.accessPoint
        wireless.accessPointAddress = station.accessPointAddress
        wireless.ssid = station.ssid
        wireless.security = station.security
        let key =
            station.accessPoint.flatMap { pointsByName[$0] }
            ?? station.accessPointAddress.flatMap { pointsByAddress[$0] }
        if let key {
            let agent = agents[key.agent]
            wireless.port = SharedSegment.Member(
                agent: agent.about.agent, ifIndex: key.ifIndex,
                port: agent.ports[key.ifIndex]?.name ?? String(key.ifIndex))
        }
        place.wireless = wireless
        return place
    }

    func stationReports() -> [StationReports] {
        stations.sorted { $0.key < $1.key }.map { address, served in
            StationReports(
                site: name, hardware: address,
                reports: served.prefix(16).map { one in
                    var report = StationReports.Report(agent: one.station.agent, since: one.since, seen: one.seen)
                    report.accessPoint = one.station.accessPoint
                    report.accessPointAddress = one.station.accessPointAddress
                    report.ssid = one.station.ssid
                    report.security = one.station.security
                    return report
                })
        }
    }
}
