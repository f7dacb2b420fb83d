//===----------------------------------------------------------------------===//
// Wardlight · Topology
//
// Links: both ends of a cable, joined from what each end heard.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Topology.Site {
    /// Which of the switches that were asked a neighbour is: by one of its cards, by its address, else by a name that
    /// only one of them has.
    func peer(of neighbour: SwitchNeighbour, besides agent: Int) -> Int? {
        if let hardware = neighbour.hardware, let owner = owners[hardware], owner != agent { return owner }
        if let address = neighbour.address {
            let having = agents.indices.filter { agents[$0].about.address == address }
            if having.count == 1, having[0] != agent { return having[0] }
        }
        guard let name = neighbour.name ?? neighbour.chassis else { return nil }
        // CDP adds the domain, and on Nexus the serial number in parentheses.
        let short = name.prefix { $0 != "(" }
        let named = agents.indices.filter { index in
            guard let own = agents[index].about.name, !own.isEmpty, own != "<private>" else { return false }
            return own == name || own == short
        }
        return named.count == 1 && named[0] != agent ? named[0] : nil
    }

    /// The port of `agent` that the neighbour calls its own.
    private func port(of agent: Int, called neighbour: SwitchNeighbour) -> SwitchPort? {
        let ports = agents[agent].ports
        for text in [neighbour.port, neighbour.portSummary].compactMap({ $0 }) {
            let named = ports.values.filter { $0.name == text }
            if named.count == 1 { return named.first }
            // LLDP may give the number of the interface.
            if named.isEmpty, let number = UInt32(text), let port = ports[number] { return port }
        }
        return nil
    }

    /// Each cable once, sorted by its first end.
    func links() -> [SwitchLink] {
        struct Cable: Hashable {
            var one: Topology.PortKey
            var other: Topology.PortKey
        }
        var joined: [Cable: Set<SwitchNeighbour.Voice>] = [:]
        var outside: [[String]: SwitchLink] = [:]
        for (number, agent) in agents.enumerated() {
            for neighbour in agent.neighbours {
                let here = Topology.PortKey(agent: number, ifIndex: neighbour.ifIndex)
                if let peer = peer(of: neighbour, besides: number),
                    let there = port(of: peer, called: neighbour)?.ifIndex ?? backwards(from: peer, to: number)
                {
                    let other = Topology.PortKey(agent: peer, ifIndex: there)
                    joined[Cable(one: min(here, other), other: max(here, other)), default: []].insert(neighbour.via)
                } else {
                    add(neighbour, at: here, to: &outside)
                }
            }
        }
        var links = joined.sorted { ($0.key.one, $0.key.other) < ($1.key.one, $1.key.other) }.map { cable, via in
            SwitchLink(
                site: name, one: end(cable.one), other: end(cable.other), isBetweenSwitches: true,
                via: via.sorted { $0.rawValue < $1.rawValue })
        }
        links += outside.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
        return links
    }

    /// The only port at which the peer hears this agent.
    private func backwards(from peer: Int, to agent: Int) -> UInt32? {
        let ports = Set(
            agents[peer].neighbours.filter { self.peer(of: $0, besides: peer) == agent }.map(\.ifIndex))
        return ports.count == 1 ? ports.first : nil
    }

    private func end(_ key: Topology.PortKey) -> SwitchLink.End {
        let agent = agents[key.agent]
        return SwitchLink.End(
            agent: agent.about.agent, ifIndex: key.ifIndex, port: agent.ports[key.ifIndex]?.name,
            name: agent.about.name, chassis: agent.about.chassis?.description)
    }

    /// A neighbour that was not asked itself; what it says by both protocols is one cable.
    private func add(
        _ neighbour: SwitchNeighbour, at here: Topology.PortKey, to outside: inout [[String]: SwitchLink]
    ) {
        // Sorted by agent and port: numbers as texts of one length.
        func wide(_ number: some BinaryInteger) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, 10 - text.count)) + text
        }
        let key = [
            wide(here.agent), wide(here.ifIndex), neighbour.chassis ?? neighbour.name ?? "", neighbour.port ?? "",
        ]
        if var known = outside[key] {
            if !known.via.contains(neighbour.via) { known.via.append(neighbour.via) }
            known.via.sort { $0.rawValue < $1.rawValue }
            known.isBetweenSwitches = known.isBetweenSwitches || neighbour.isSwitch
            outside[key] = known
            return
        }
        outside[key] = SwitchLink(
            site: name, one: end(here),
            other: SwitchLink.End(port: neighbour.port, name: neighbour.name, chassis: neighbour.chassis),
            isBetweenSwitches: neighbour.isSwitch, via: [neighbour.via])
    }
}
