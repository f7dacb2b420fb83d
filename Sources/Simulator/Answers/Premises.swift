//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Premises: in which building and closet each switch stands, what each VLAN is for, and the settings that say so.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What the people of the simulated hospital write into `wardlight.yaml`.
struct Premises: Sendable {
    /// By number of the switch; nil where nobody wrote it down.
    let closets: [SitePlan.Closet?]
    let agents: [String]
    /// One that should answer and does not, in some hospitals.
    let silent: String?

    private static let buildings = ["East wing", "West wing", "Tower"]

    init(_ campus: Campus, _ fabric: Fabric) {
        var chance = Chance(seed: campus.seed, stream: 0x9EE5)
        let forgets = campus.seed % 5 == 3
        closets = fabric.switches.map { about in
            if about.rank != .access {
                return SitePlan.Closet(
                    site: "Main hospital", building: "Main building", floor: "0", closet: "DC-\(about.number + 1)")
            }
            // One closet of some hospitals stands in no plan.
            if forgets, about.number == fabric.switches.count - 1 { return nil }
            let building = buildings(about.number)
            let floor = 1 + about.number / Self.buildings.count % 4
            return SitePlan.Closet(
                site: "Main hospital", building: building, floor: "\(floor)",
                closet: "\(building.first ?? "E")\(floor)-\(chance.within(1...3))")
        }
        agents = fabric.switches.map(\.agent)
        silent = campus.seed % 3 == 1 ? "sim-acc-spare" : nil

        func buildings(_ number: Int) -> String { Self.buildings[number % Self.buildings.count] }
    }

    static func role(_ area: Area) -> SitePlan.Role? {
        switch area {
        case .server: .server
        case .infusion, .monitoring, .pointOfCare: .medical
        case .imaging: .imaging
        case .laboratory: .laboratory
        case .building: .building
        case .security: .security
        case .voice: .voice
        case .office: .office
        case .guest: .guest
        case .management: .management
        case .practice: nil
        }
    }

    /// The settings, but for the site and its switches.
    var text: String {
        var lines = ["places:"]
        for (agent, closet) in zip(agents, closets) {
            guard let closet else { continue }
            let parts = [
                ("site", closet.site), ("building", closet.building), ("floor", closet.floor),
                ("closet", closet.closet),
            ]
            let words = parts.compactMap { name, value in value.map { "\(name): \"\($0)\"" } }
            lines.append("  \(agent): { \(words.joined(separator: ", ")) }")
        }
        lines.append("vlans:")
        for area in Area.allCases { if let role = Self.role(area) { lines.append("  \(area.vlan): \(role.rawValue)") } }
        lines.append("guestNetworks: [SIM-GUEST]")
        lines.append("expected:")
        lines += (agents + [silent].compactMap { $0 }).map { "  - \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }
}
