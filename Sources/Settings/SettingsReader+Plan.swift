//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// The plan of the site in the settings: where switches stand, what a VLAN is for, which networks are for guests.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Yams

extension SettingsReader {
    /// `places: {ward-3: {building: East wing, floor: 2, closet: E2-1}}`
    mutating func places(_ node: Node, _ plan: inout SitePlan) {
        for (key, value) in entries(node, "places", most: SettingsFile.mostSwitches) {
            guard let agent = text(key, "places") else { continue }
            let what = "places: \(Self.shown(agent))"
            guard let parts = mapping(value, what, keys: ["site", "building", "floor", "closet"]) else { continue }
            let words = { (reader: inout Self, name: String) -> String? in
                parts[name].flatMap { reader.text($0, "\(what): \(name)", most: 64) }
            }
            let closet = SitePlan.Closet(
                site: words(&self, "site"), building: words(&self, "building"), floor: words(&self, "floor"),
                closet: words(&self, "closet"))
            guard closet != SitePlan.Closet() else {
                complain(value, "\(what) takes at least one of site, building, floor, closet.")
                continue
            }
            plan.closets[agent] = closet
        }
    }

    /// `vlans: {20: medical, 90: voice}`
    mutating func vlans(_ node: Node, _ plan: inout SitePlan) {
        for (key, value) in entries(node, "vlans", most: 4_094) {
            guard let number = number(key, "vlans: the number of a VLAN", 1...4_094) else { continue }
            guard let role: SitePlan.Role = choice(value, "vlans: \(number)") else { continue }
            plan.roles[UInt16(number)] = role
        }
    }

    /// `guestNetworks: [Visitors]`: names of wireless networks.
    mutating func guestNetworks(_ node: Node, _ plan: inout SitePlan) {
        for entry in list(node, "guestNetworks", most: SettingsFile.mostNetworks) {
            if let name = text(entry, "guestNetworks", most: 32) { plan.guestNetworks.append(name) }
        }
    }

    /// `expected: [ward-3]`: switches that should be among those that answer.
    mutating func expected(_ node: Node, _ plan: inout SitePlan) {
        for entry in list(node, "expected", most: SettingsFile.mostSwitches) {
            if let name = text(entry, "expected") { plan.expectedSwitches.append(name) }
        }
    }

    /// `declared: {columns: {tag: Inv. Nr., mac: LAN}}`: headings of a declared list that are not the usual ones.
    mutating func declared(_ node: Node, _ plan: inout SitePlan) {
        guard let values = mapping(node, "declared", keys: ["columns"]), let columns = values["columns"],
            let named = mapping(columns, "declared: columns", keys: DeclaredColumn.allCases.map(\.rawValue))
        else { return }
        for column in DeclaredColumn.allCases {
            guard let value = named[column.rawValue] else { continue }
            plan.columns[column.rawValue] = text(value, "declared: columns: \(column.rawValue)", most: 128)
        }
    }

    /// Keys of any name, each with its value.
    private mutating func entries(_ node: Node, _ what: String, most: Int) -> [(key: Node, value: Node)] {
        guard case .mapping(let mapping) = node else {
            complain(node, "\(what) takes names, each with its value.")
            return []
        }
        guard mapping.count <= most else {
            complain(node, "\(what) holds \(mapping.count) names; at most \(most) are read.")
            return []
        }
        return mapping.map { (key: $0.key, value: $0.value) }
    }
}
