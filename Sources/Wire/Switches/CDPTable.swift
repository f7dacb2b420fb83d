//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CISCO-CDP-MIB: who is at the other end, in Cisco's own words?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SwitchReading {
    /// cdpCacheEntry, by ifIndex and a number.
    private static let cache: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 23, 1, 2, 1, 1]

    mutating func readCDP(_ rows: SNMPRows) {
        var found: [[UInt32]: SwitchNeighbour] = [:]
        func each(_ number: UInt32, _ change: (inout SwitchNeighbour, SNMPValue) -> Void) {
            for cell in rows.column(Self.cache, number) {
                guard cell.index.count == 2, let ifIndex = cell.index.first, ifIndex > 0 else { continue }
                change(
                    &found[Array(cell.index), default: SwitchNeighbour(agent: "", ifIndex: ifIndex, via: .cdp)],
                    cell.value)
            }
        }
        each(4) { neighbour, value in
            if let address = value.network, address.isIndividual { neighbour.address = address }
        }
        each(5) { $0.summary = $1.text }
        each(6) { neighbour, value in
            guard let octets = value.octets else { return }
            // HP fills this table from LLDP as well, with addresses in six octets (SNMP::Info's munge_hp_c_id).
            neighbour.hardware = SwitchReading.looseHardware(octets)
            neighbour.name = neighbour.hardware == nil ? value.text : nil
            neighbour.chassis = neighbour.hardware?.description ?? value.text
            // `SEP001122334455`: Cisco's telephones put their address into their name.
            if let name = neighbour.name, name.hasPrefix("SEP"), name.utf8.count == 15 {
                neighbour.hardware = HardwareAddress(name.dropFirst(3))
            }
        }
        each(7) { neighbour, value in
            guard let octets = value.octets else { return }
            neighbour.port =
                octets.count == 6 && octets.contains { $0 < 0x20 || $0 > 0x7E }
                ? SwitchReading.looseHardware(octets)?.description ?? value.text : value.text
        }
        each(8) { $0.platform = $1.text }
        each(9) { neighbour, value in
            guard let octets = value.octets else { return }
            neighbour.abilities = Self.abilities(octets)
        }
        each(11) { $0.vlan = $1.number.flatMap { SwitchReading.vlan($0) } }
        each(12) { $0.duplex = $1.number.flatMap { $0 == 2 ? .half : $0 == 3 ? .full : nil } }
        for (_, neighbour) in found.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
        where
            neighbour.chassis != nil || neighbour.port != nil
        {
            var neighbour = neighbour
            if Self.isAccessPoint(neighbour.platform), !neighbour.abilities.contains(.accessPoint) {
                neighbour.abilities = (neighbour.abilities + [.accessPoint]).sorted()
            }
            neighbours.append(neighbour)
        }
    }

    /// Cisco's access points say that they bridge, and nothing else: `cisco AIR-AP2802I-E-K9`, `cisco C9120AXI-E`,
    /// `cisco CW9166I-E`. Who stands behind one is at its port, not on another switch.
    private static func isAccessPoint(_ platform: String?) -> Bool {
        guard let platform else { return false }
        let model = platform.hasPrefix("cisco ") ? platform.dropFirst(6) : platform[...]
        return model.hasPrefix("AIR-AP") || model.hasPrefix("AIR-CAP") || model.hasPrefix("AIR-LAP")
            || model.hasPrefix("C91") && model.contains("AX") || model.hasPrefix("CW91")
    }

    /// The capabilities TLV: 32 bits, in four octets or as text without leading zeros.
    private static func abilities(_ octets: [UInt8]) -> [SwitchNeighbour.Ability] {
        let isText = octets.count != 4 && octets.allSatisfy { hexadecimalDigit($0) != nil } && !octets.isEmpty
        var bits: UInt32 = 0
        for octet in octets.suffix(isText ? 8 : 4) {
            bits = isText ? bits << 4 | UInt32(hexadecimalDigit(octet) ?? 0) : bits << 8 | UInt32(octet)
        }
        var abilities: Set<SwitchNeighbour.Ability> = []
        if bits & 0x01 != 0 { abilities.insert(.router) }
        // Transparent bridge, source-route bridge, switch.
        if bits & 0x0E != 0 { abilities.insert(.bridge) }
        if bits & 0x10 != 0 { abilities.insert(.station) }
        if bits & 0x40 != 0 { abilities.insert(.repeater) }
        if bits & 0x80 != 0 { abilities.insert(.telephone) }
        return abilities.sorted()
    }
}
