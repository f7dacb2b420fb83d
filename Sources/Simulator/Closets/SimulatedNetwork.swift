//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// The simulated network: what every switch answers at every poll.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// The switches of a simulated hospital through a series of polls. Made by `SimulatedHospital.network`.
///
/// The same seed, devices, ports, polls and interval give the same rows everywhere.
public struct SimulatedNetwork: Sendable {
    /// One agent, as a person would name it.
    public struct Agent: Hashable, Sendable {
        /// The recording's name.
        public var name: String
        public var address: IPAddress
        /// sysName.
        public var systemName: String
        public var portCount: Int
    }

    let campus: Campus
    let story: Story
    /// When each poll is.
    public let times: [Timestamp]
    public let agents: [Agent]

    /// Polls: three to learn what is normal, and three that show what is not. At most a day of five minutes each.
    public static let pollCounts = 6...288
    /// Seconds between two polls.
    public static let intervals = 30...3_600

    init(_ campus: Campus, _ fabric: Fabric, polls: Int, every seconds: Int) {
        self.campus = campus
        let polls = min(max(polls, Self.pollCounts.lowerBound), Self.pollCounts.upperBound)
        let every = min(max(seconds, Self.intervals.lowerBound), Self.intervals.upperBound)
        story = Story(campus, fabric, polls: polls, every: every)
        times = (0..<polls).map(story.time)
        agents = fabric.switches.map {
            Agent(name: $0.agent, address: $0.address, systemName: $0.name, portCount: $0.ports.count)
        }
    }

    /// What was planted, in the order of its kinds.
    public var planted: [Planted] { story.planted }

    /// The hospital at its first poll.
    public var first: Moment { Moment(self) }

    /// The hospital at one poll. A value; `next` is the one after.
    public struct Moment: Sendable {
        /// Number of the poll, from 0.
        public private(set) var poll = 0
        public var time: Timestamp { Timestamp(nanoseconds: fabric.now) }
        private let story: Story
        private(set) var fabric: Fabric
        private var forwarding: Forwarding

        init(_ network: SimulatedNetwork) {
            story = network.story
            fabric = network.story.first
            for happening in story.happenings where happening.poll == 0 { happening.change(&fabric) }
            forwarding = Forwarding(fabric)
        }

        /// Goes on to the next poll; says whether there is one.
        public mutating func advance() -> Bool {
            guard poll + 1 < story.polls else { return false }
            poll += 1
            fabric.pass(seconds: story.every)
            for happening in story.happenings where happening.poll == poll { happening.change(&fabric) }
            forwarding = Forwarding(fabric)
            return true
        }

        /// VLANs for which this agent is asked by a community of its own (`public@12`); empty for all but Cisco's.
        public func contexts(of agent: Int) -> [UInt16] {
            guard fabric.switches.indices.contains(agent), fabric.switches[agent].manner == .ios else { return [] }
            return forwarding.vlans[agent]
        }

        /// All that an agent answers.
        ///
        /// - Parameter vlan: For the community of this VLAN; nil for the agent as a whole.
        public func rows(of agent: Int, vlan: UInt16? = nil) -> SNMPRows {
            guard fabric.switches.indices.contains(agent) else { return SNMPRows([]) }
            var rows = AgentRows(agent, fabric, forwarding)
            rows.write(vlan: vlan)
            return SNMPRows(rows.rows)
        }
    }
}

extension SimulatedHospital {
    /// The hospital's switches.
    ///
    /// - Parameters:
    ///   - polls: How often they are asked, 6 to 288; the first is when the traffic begins.
    ///   - seconds: From one poll to the next, 30 to 3,600.
    public func network(polls: Int = 8, every seconds: Int = 300) -> SimulatedNetwork {
        SimulatedNetwork(campus, fabric, polls: polls, every: seconds)
    }
}
