//===----------------------------------------------------------------------===//
// Wardlight · Topology
//
// Events: what a switch tells between polls changes the map at once.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Topology {
    /// A switch told something by itself. One that was never asked is known from then on, without ports.
    mutating func hear(_ event: PortEvent, _ site: String, _ time: Timestamp) {
        let key = AgentKey(site: site, agent: event.agent)
        // Taken out and put back, so that its tables are not copied.
        var agent: Agent
        if let known = agents.removeValue(forKey: key) {
            agent = known
        } else {
            guard agents.count < limits.agents else { return overflow &+= 1 }
            agent = Agent(about: Switch(agent: event.agent), polled: time)
        }
        // An old notification that comes late changes nothing that is newer.
        let isLate = (agent.heard ?? time) > time
        agent.heard = max(agent.heard ?? time, time)
        if !isLate { apply(event, to: &agent, time) }
        agents[key] = agent
    }

    private mutating func apply(_ event: PortEvent, to agent: inout Agent, _ time: Timestamp) {
        let ifIndex = event.ifIndex ?? event.bridgePort.flatMap { agent.interface(ofBridgePort: $0) }
        switch event.kind {
        case .linkUp, .linkDown:
            guard let ifIndex else { return overflow &+= 1 }
            let isUp = event.kind == .linkUp
            if agent.ports[ifIndex]?.isUp != isUp { agent.ports[ifIndex]?.lastChange = time }
            agent.ports[ifIndex]?.isUp = isUp
            // Nothing is behind a cable that is out.
            if !isUp { forget(in: &agent) { _, row in row.ifIndex == ifIndex } }
        case .learned, .moved:
            guard let hardware = event.hardware, hardware.isIndividual, let ifIndex else { return overflow &+= 1 }
            learn(hardware, at: ifIndex, event.vlan, in: &agent, time)
        case .removed:
            guard let hardware = event.hardware else { return overflow &+= 1 }
            forget(in: &agent) { address, row in
                address == hardware && (ifIndex == nil || row.ifIndex == ifIndex)
                    && (event.vlan == nil || row.vlan == nil || row.vlan == event.vlan)
            }
        case .violation:
            guard let ifIndex else { return overflow &+= 1 }
            let count = agent.ports[ifIndex]?.violations ?? 0
            agent.ports[ifIndex]?.violations = count &+ 1
        case .coldStart:
            // Devices are most likely where they were; the next poll says.
            agent.about.uptimeSeconds = 0
        }
    }

    private mutating func learn(
        _ hardware: HardwareAddress, at ifIndex: UInt32, _ vlan: UInt16?, in agent: inout Agent, _ time: Timestamp
    ) {
        var there = agent.table[hardware] ?? []
        let before = there.count
        // In one VLAN an address is at one port of a switch.
        there.removeAll { $0.ifIndex != ifIndex && (vlan == nil || $0.vlan == nil || $0.vlan == vlan) }
        if let known = there.firstIndex(where: { $0.ifIndex == ifIndex && (vlan == nil || $0.vlan == vlan) }) {
            there[known].seen = max(there[known].seen, time)
            there[known].poll = agent.poll
            there[known].told = time
        } else if there.count < 8, rows < limits.rows {
            there.append(
                Row(
                    ifIndex: ifIndex, vlan: vlan, kind: .learned, since: time, seen: time, poll: agent.poll,
                    told: time))
        } else {
            overflow &+= 1
        }
        rows += there.count - before
        agent.table[hardware] = there
        // A port at which an address is learned is up.
        agent.ports[ifIndex]?.isUp = true
    }

    private mutating func forget(in agent: inout Agent, where isGone: (HardwareAddress, Row) -> Bool) {
        for (address, there) in agent.table {
            let kept = there.filter { !isGone(address, $0) }
            guard kept.count != there.count else { continue }
            rows -= there.count - kept.count
            agent.table[address] = kept.isEmpty ? nil : kept
        }
    }
}

extension Topology.Agent {
    /// The port that the bridge calls so; two of one number are none.
    func interface(ofBridgePort number: UInt32) -> UInt32? {
        let found = ports.values.filter { $0.bridgePort == number }
        return found.count == 1 ? found[0].ifIndex : nil
    }
}
