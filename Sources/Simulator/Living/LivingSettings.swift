//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Settings of the living hospitals: where each switch stands, and what each VLAN is for.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension LivingHospitals {
    /// What `wardlight.yaml` says of the sites, but for their switches: closets by name of the switch, roles of VLANs, the
    /// guests' network.
    public var settings: String {
        var lines = ["places:"]
        for site in sites {
            var names: [String: Location] = [:]
            for location in site.plan.locations { names[location.id] = location }
            for closet in site.fabric.switches {
                guard let room = site.standing.places[closet.station].flatMap({ names[$0] }) else { continue }
                let floor = site.plan.rooms.first { $0.id == room.id }.map { $0.level + 1 } ?? 1
                let zone = room.parent.flatMap { names[$0] }?.name ?? ""
                let parts = [
                    ("site", names[site.name]?.name ?? site.name),
                    ("building", names[site.plan.building]?.name ?? ""), ("floor", "\(floor)"),
                    ("closet", "\(zone), \(room.name)"),
                ]
                let words = parts.map { "\($0): \"\($1)\"" }.joined(separator: ", ")
                lines.append("  \(closet.agent): { \(words) }")
            }
        }
        lines.append("vlans:")
        for area in Area.allCases {
            if let role = Premises.role(area) { lines.append("  \(area.vlan): \(role.rawValue)") }
        }
        lines.append("guestNetworks: [SIM-GUEST]")
        lines.append("expected:")
        lines += sites.flatMap { $0.fabric.switches.map { "  - \($0.agent)" } }
        return lines.joined(separator: "\n") + "\n"
    }
}
