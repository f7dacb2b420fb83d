//===----------------------------------------------------------------------===//
// Wardlight · Topology
//
// The topology: which device is behind which port of which switch?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// How much is kept. A hospital of 1,000 switches and 20,000 devices, each seen by some dozen switches, fits ten times.
public struct TopologyLimits: Sendable, StateGiven {
    public var agents = 4_096
    public var portsOfAnAgent = 4_096
    public var neighboursOfAnAgent = 4_096
    /// Rows of all forwarding tables together.
    public var rows = 4_000_000
    /// Stations of all controllers together, and access points of one.
    public var stations = 400_000
    public var accessPointsOfAnAgent = 10_000
    /// How long what a login server said holds without another word: it may never hear of a device that walked away.
    public var sessionSeconds: Int64 = 86_400
    /// How much newer a row of a switch must be before it outweighs a controller: a station that leaves stands in
    /// forwarding tables for 300 seconds by default, twice that is certain.
    public var lingerSeconds: Int64 = 600
    /// Switches without a neighbour between which segments are looked for, at a site: the work grows by their square.
    public var silentSwitches = 64

    public init() {}
}

/// Learns what polls of switches say, and answers where each device is. The same observations in the same order give
/// the same topology.
public struct Topology: Sendable, Codable {
    public let limits: TopologyLimits
    var agents: [AgentKey: Agent] = [:]
    var rows = 0
    var overflow: UInt64 = 0
    /// Stations by who says so; a login server is no agent that is asked.
    var stations: [AgentKey: [HardwareAddress: Served]] = [:]
    var stationCount = 0
    /// The newest moment that was told.
    var newest: Timestamp?

    public init(limits: TopologyLimits = TopologyLimits()) { self.limits = limits }

    struct AgentKey: Hashable, Comparable, Codable {
        var site: String
        var agent: String
        static func < (one: Self, other: Self) -> Bool { (one.site, one.agent) < (other.site, other.agent) }
    }

    /// One row of a forwarding table, through the polls that confirm it.
    struct Row: Codable {
        var ifIndex: UInt32
        var vlan: UInt16?
        var kind: LearnedAddress.Kind
        var since: Timestamp
        var seen: Timestamp
        var poll: UInt32
        /// When the switch told it by itself.
        var told: Timestamp?
    }

    /// A station at an access point, through the polls that confirm it.
    struct Served: Codable {
        var station: WirelessStation
        var since: Timestamp
        var seen: Timestamp
        /// Of its agent; nil where nobody polls it.
        var poll: UInt32?
    }

    struct Agent: Codable {
        var about: Switch
        var polled: Timestamp
        var poll: UInt32 = 0
        var ports: [UInt32: SwitchPort] = [:]
        var table: [HardwareAddress: [Row]] = [:]
        var neighbours: [SwitchNeighbour] = []
        var accessPoints: [AccessPoint] = []
        /// When it last told something by itself.
        var heard: Timestamp?
    }

    /// Whether any switch or controller has said anything.
    public var isEmpty: Bool { agents.isEmpty && stations.isEmpty }

    /// Takes one observation in; all that are not of switches pass by.
    public mutating func learn(_ observation: Observation) {
        let time = observation.occurred
        switch observation.body {
        case .switch(let about): begin(about, observation.site, time)
        case .port(let report):
            change(observation.site, report.agent) { agent, limits in
                guard agent.ports[report.port.ifIndex] != nil || agent.ports.count < limits.portsOfAnAgent else {
                    return false
                }
                agent.ports[report.port.ifIndex] = report.port
                return true
            }
        case .neighbour(let neighbour):
            change(observation.site, neighbour.agent) { agent, limits in
                guard agent.neighbours.count < limits.neighboursOfAnAgent else { return false }
                agent.neighbours.append(neighbour)
                return true
            }
        case .learned(let learned): place(learned, observation.site, time)
        case .accessPoint(let point):
            change(observation.site, point.agent) { agent, limits in
                guard agent.accessPoints.count < limits.accessPointsOfAnAgent else { return false }
                agent.accessPoints.append(point)
                return true
            }
        case .wireless(let station): serve(station, observation.site, time)
        case .event(let event): hear(event, observation.site, time)
        default: return
        }
        newest = max(newest ?? time, time)
    }

    mutating func change(
        _ site: String, _ name: String, _ change: (inout Agent, TopologyLimits) -> Bool
    ) {
        let key = AgentKey(site: site, agent: name)
        guard var agent = agents.removeValue(forKey: key) else { return overflow &+= 1 }
        if !change(&agent, limits) { overflow &+= 1 }
        agents[key] = agent
    }

    /// A new poll: rows that neither this nor the last one confirms are forgotten.
    private mutating func begin(_ about: Switch, _ site: String, _ time: Timestamp) {
        let key = AgentKey(site: site, agent: about.agent)
        guard var agent = agents.removeValue(forKey: key) else {
            guard agents.count < limits.agents else { return overflow &+= 1 }
            agents[key] = Agent(about: about, polled: time)
            return
        }
        let last = agent.poll
        var kept: [HardwareAddress: [Row]] = [:]
        var count = 0
        var before = 0
        for (hardware, rows) in agent.table {
            before += rows.count
            let fresh = rows.filter { $0.poll == last }
            if !fresh.isEmpty { kept[hardware] = fresh }
            count += fresh.count
        }
        rows -= before - count
        agent.table = kept
        agent.about = about
        agent.polled = time
        agent.poll &+= 1
        agent.neighbours = []
        agent.accessPoints = []
        agents[key] = agent
        forgetStations(of: key, before: last)
    }

    private mutating func place(_ learned: LearnedAddress, _ site: String, _ time: Timestamp) {
        let key = AgentKey(site: site, agent: learned.agent)
        guard learned.hardware.isIndividual, let poll = agents[key]?.poll else { return overflow &+= 1 }
        // An address may be in several VLANs at several ports; more than eight is noise.
        var there = agents[key]?.table[learned.hardware] ?? []
        if let known = there.firstIndex(where: { $0.ifIndex == learned.ifIndex && $0.vlan == learned.vlan }) {
            there[known].seen = time
            there[known].poll = poll
            there[known].kind = learned.kind
        } else {
            guard there.count < 8, rows < limits.rows else { return overflow &+= 1 }
            rows += 1
            there.append(
                Row(
                    ifIndex: learned.ifIndex, vlan: learned.vlan, kind: learned.kind, since: time, seen: time,
                    poll: poll))
        }
        agents[key]?.table[learned.hardware] = there
    }
}
