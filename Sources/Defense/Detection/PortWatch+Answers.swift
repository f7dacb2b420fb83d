//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Answers: signatures of ports and devices, and where each device was before.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension PortWatch {
    public func describe(_ snapshot: inout InventorySnapshot) {
        guard var map = snapshot.network else { return }
        // Nobody else holds it meanwhile, so its ports are changed where they stand: those of two thousand switches are felt.
        snapshot.network = nil
        for index in map.switches.indices {
            let state = map.switches[index]
            let memory = agents[AgentKey(site: state.site, agent: state.about.agent)]
            for number in state.ports.indices where state.ports[number].port.isUp == true {
                let port = state.ports[number].port
                let flaps = memory?.ports[port.ifIndex].flatMap { $0.polls > 1 ? $0.flaps : nil }
                let signature = PhysicalSignature(port, flaps: flaps)
                if signature != PhysicalSignature() { map.switches[index].ports[number].signature = signature }
            }
        }
        snapshot.network = map
        for index in snapshot.devices.indices {
            let device = snapshot.devices[index]
            for address in device.mac {
                guard let known = devices[DeviceKey(site: device.site, hardware: address)] else { continue }
                if snapshot.devices[index].signature == nil, let normal = known.normal,
                    known.confirmations >= limits.pollsOfANormal || known.polls <= known.confirmations
                {
                    snapshot.devices[index].signature = DeviceSignature(
                        signature: normal, polls: known.confirmations,
                        isLearned: known.confirmations >= limits.pollsOfANormal)
                }
                for (number, stay) in known.stays.enumerated() where known.stays.count > 1 {
                    snapshot.devices[index].stays.append(
                        PlaceStay(
                            port: stay.port, switchName: stay.switchName, vlan: stay.vlan, since: stay.since,
                            until: number < known.stays.count - 1 ? stay.until : nil))
                }
            }
        }
    }
}
