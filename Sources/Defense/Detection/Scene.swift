//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// The scene: the map of one round, so that a rule finds quickly whose card an address is and what is at a port.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

struct Scene {
    let map: NetworkMap
    /// Switches with a new poll in this round.
    var fresh: Set<AgentKey> = []
    private var owners: [String: [HardwareAddress: String]] = [:]
    private var names: [String: Set<String>] = [:]
    private var addresses: [String: Set<IPAddress>] = [:]
    private var indices: [AgentKey: Int] = [:]
    /// VLANs in which the addresses at a port are.
    private var vlans: [AgentKey: [UInt32: Set<UInt16>]] = [:]

    init(_ map: NetworkMap) {
        self.map = map
        for (index, state) in map.switches.enumerated() {
            indices[AgentKey(site: state.site, agent: state.about.agent)] = index
            for address in state.about.ownAddresses {
                owners[state.site, default: [:]][address] = state.about.agent
            }
            if let chassis = state.about.chassis { owners[state.site, default: [:]][chassis] = state.about.agent }
            if let name = state.about.name, !name.isEmpty, name != "<private>" {
                names[state.site, default: []].insert(name)
            }
            if let address = state.about.address { addresses[state.site, default: []].insert(address) }
        }
        for found in map.places {
            guard let vlan = found.place.vlan, !found.place.isUplink else { continue }
            let key = AgentKey(site: found.site, agent: found.place.agent)
            vlans[key, default: [:]][found.place.ifIndex, default: []].insert(vlan)
        }
    }

    /// The switch whose card an address is.
    func owner(of address: HardwareAddress, at site: String) -> String? { owners[site]?[address] }

    /// Whether a neighbour is a switch that was asked itself.
    func isAsked(_ neighbour: SwitchNeighbour, at site: String) -> Bool {
        if let hardware = neighbour.hardware, owner(of: hardware, at: site) != nil { return true }
        if let address = neighbour.address, addresses[site]?.contains(address) == true { return true }
        guard let name = neighbour.name ?? neighbour.chassis else { return false }
        // Nexus adds the serial number in parentheses, CDP the domain.
        return names[site]?.contains(name) == true || names[site]?.contains(String(name.prefix { $0 != "(" })) == true
    }

    func vlanCount(_ key: AgentKey, _ ifIndex: UInt32) -> Int { vlans[key]?[ifIndex]?.count ?? 0 }

    func state(_ key: AgentKey) -> NetworkMap.SwitchState? { indices[key].map { map.switches[$0] } }

    /// A port of a switch; ports stand in the order of their numbers.
    func port(_ key: AgentKey, _ ifIndex: UInt32) -> NetworkMap.PortState? {
        guard let ports = state(key)?.ports else { return nil }
        var low = 0
        var high = ports.count
        while low < high {
            let middle = (low + high) / 2
            if ports[middle].port.ifIndex < ifIndex { low = middle + 1 } else { high = middle }
        }
        return low < ports.count && ports[low].port.ifIndex == ifIndex ? ports[low] : nil
    }
}
