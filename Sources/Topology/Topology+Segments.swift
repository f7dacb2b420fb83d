//===----------------------------------------------------------------------===//
// Wardlight · Topology
//
// Shared segments: several devices behind one port, or between two switches that nobody joins by name.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Topology.Site {
    mutating func findSegments(_ limits: TopologyLimits) {
        var found = between(limits)
        // Ports that face another switch lead to it.
        for segment in found {
            for port in segment.ports {
                guard let agent = agents.firstIndex(where: { $0.about.agent == port.agent }) else { continue }
                uplinks.insert(Topology.PortKey(agent: agent, ifIndex: port.ifIndex))
            }
        }
        found += atEdges()
        segments = found.sorted { ($0.ports.first ?? .none, $0.name) < ($1.ports.first ?? .none, $1.name) }
    }

    /// Several addresses at one edge port. A telephone with a computer behind it is not a segment (netdisco#862).
    private func atEdges() -> [SharedSegment] {
        var at: [Topology.PortKey: Set<HardwareAddress>] = [:]
        // Who is on the air shares no cable, and an access point's port is no hub.
        for (address, sights) in seen where owners[address] == nil && stations[address] == nil {
            for sight in sights {
                let key = Topology.PortKey(agent: sight.agent, ifIndex: sight.row.ifIndex)
                // Alone at its port: most of them by far.
                if crowd[key] == 1 { continue }
                if !uplinks.contains(key), !pointPorts.contains(key) { at[key, default: []].insert(address) }
            }
        }
        return at.sorted { $0.key < $1.key }.compactMap { key, devices in
            let agent = agents[key.agent]
            let hasPhone = agent.neighbours.contains {
                $0.ifIndex == key.ifIndex && $0.abilities.contains(.telephone)
            }
            guard devices.count > (hasPhone ? 2 : 1) else { return nil }
            return segment([key], devices.sorted())
        }
    }

    private func segment(_ keys: [Topology.PortKey], _ devices: [HardwareAddress]) -> SharedSegment? {
        let ports = keys.map { key in
            let agent = agents[key.agent]
            return SharedSegment.Member(
                agent: agent.about.agent, ifIndex: key.ifIndex,
                port: agent.ports[key.ifIndex]?.name ?? String(key.ifIndex))
        }.sorted()
        guard let first = ports.first else { return nil }
        return SharedSegment(name: "\(first.agent)/\(first.port)", site: name, ports: ports, devices: devices)
    }

    /// Lowekamp's rule (SIGCOMM 2001): two switches face each other with ports a and b when every address that both
    /// know is behind a, behind b, or both: seen by the one through a while the other has it at another port, or the
    /// reverse. Three shared addresses decide. Those behind both are on the segment between.
    ///
    /// Only switches that name no switch as their neighbour need guessing.
    private func between(_ limits: TopologyLimits) -> [SharedSegment] {
        let silent = agents.indices.filter { number in
            agents[number].about.isForwarding && !agents[number].neighbours.contains { $0.isSwitch }
        }.prefix(limits.silentSwitches)
        var tables: [Int: [HardwareAddress: UInt32]] = [:]
        let wanted = Set(silent)
        guard wanted.count > 1 else { return [] }
        for (address, sights) in seen where sights.contains(where: { wanted.contains($0.agent) }) {
            // An address at two ports of one switch decides nothing.
            var once: [Int: UInt32] = [:]
            var twice: Set<Int> = []
            for sight in sights where wanted.contains(sight.agent) {
                if let other = once[sight.agent], other != sight.row.ifIndex { twice.insert(sight.agent) }
                once[sight.agent] = sight.row.ifIndex
            }
            for (agent, ifIndex) in once where !twice.contains(agent) { tables[agent, default: [:]][address] = ifIndex }
        }
        var found: [SharedSegment] = []
        for (place, one) in silent.enumerated() {
            for other in silent.dropFirst(place + 1) {
                guard let a = tables[one], let b = tables[other], let pair = facing(a, b) else { continue }
                let keys = [
                    Topology.PortKey(agent: one, ifIndex: pair.a), Topology.PortKey(agent: other, ifIndex: pair.b),
                ]
                if let segment = segment(keys, pair.shared) { found.append(segment) }
            }
        }
        return found
    }

    private struct Pair: Hashable {
        var a: UInt32
        var b: UInt32
    }

    /// The two ports that face each other, and what is on both sides' segment; nil where fewer than three addresses
    /// are shared or they contradict every pair.
    private func facing(
        _ one: [HardwareAddress: UInt32], _ other: [HardwareAddress: UInt32]
    ) -> (a: UInt32, b: UInt32, shared: [HardwareAddress])? {
        let isSmaller = one.count <= other.count
        var counts: [Pair: Int] = [:]
        var ofA: [UInt32: Int] = [:]
        var ofB: [UInt32: Int] = [:]
        var all = 0
        for address in (isSmaller ? one : other).keys {
            guard let a = one[address], let b = other[address] else { continue }
            counts[Pair(a: a, b: b), default: 0] += 1
            ofA[a, default: 0] += 1
            ofB[b, default: 0] += 1
            all += 1
        }
        guard all >= 3 else { return nil }
        // One in fifty may be stale: a device that has just moved.
        let fitting = counts.filter { pair, count in
            let explained = (ofA[pair.a] ?? 0) + (ofB[pair.b] ?? 0) - count
            return (all - explained) * 50 <= all
        }
        let best = fitting.sorted { one, other in
            one.value != other.value
                ? one.value > other.value : (one.key.a, one.key.b) < (other.key.a, other.key.b)
        }.first
        guard let best, best.value >= 3 else { return nil }
        let shared = one.keys.filter { one[$0] == best.key.a && other[$0] == best.key.b }
        return (best.key.a, best.key.b, shared.sorted())
    }
}

extension SharedSegment.Member {
    fileprivate static var none: Self { SharedSegment.Member(agent: "", ifIndex: 0, port: "") }
}
