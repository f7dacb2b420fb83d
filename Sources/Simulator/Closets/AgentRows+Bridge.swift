//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Agent rows: forwarding tables, VLANs, spanning tree and neighbours.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

extension AgentRows {
    /// Number of a port in the bridge tables: its place among the ports, which no maker makes ifIndex by law.
    private func basePort(_ number: Int) -> UInt32 { UInt32(number + 1) }

    /// What stands in a forwarding row.
    private func portNumber(_ number: Int) -> UInt32 {
        closet.manner == .extreme ? closet.ports[number].ifIndex : basePort(number)
    }

    /// Number of the table in which a VLAN learns.
    private func tableNumber(_ vlan: UInt16) -> UInt32 {
        switch closet.manner {
        // Counted in the order in which they were made: never the VLAN.
        case .aruba: UInt32((vlans.firstIndex(of: vlan) ?? 0) + 1)
        case .juniper: UInt32(vlan) << 16
        case .ios, .extreme: UInt32(vlan)
        }
    }

    /// BRIDGE-MIB and, but for Cisco, Q-BRIDGE-MIB.
    mutating func bridge(vlan: UInt16?) {
        let bridge: ObjectName = [1, 3, 6, 1, 2, 1, 17]
        add(bridge, [1, 1, 0], .octets(Self.octets(closet.hardware)))
        add(bridge, [1, 2, 0], .integer(Int64(closet.ports.count)))
        for (number, port) in closet.ports.enumerated() where port.takesPart(in: vlan) {
            add(bridge, [1, 4, 1, 2, basePort(number)], .integer(Int64(port.ifIndex)))
        }
        for row in table where vlan == nil || row.vlan == vlan {
            let address = Self.numbers(row.hardware)
            let port = SNMPValue.integer(Int64(portNumber(row.port)))
            let status = SNMPValue.integer(row.isFixed ? 5 : 3)
            if closet.manner == .ios {
                add(bridge, [4, 3, 1, 1] + address, .octets(Self.octets(row.hardware)))
                add(bridge, [4, 3, 1, 2] + address, port)
                add(bridge, [4, 3, 1, 3] + address, status)
            } else {
                add(bridge, [7, 1, 2, 2, 1, 2, tableNumber(row.vlan)] + address, port)
                add(bridge, [7, 1, 2, 2, 1, 3, tableNumber(row.vlan)] + address, status)
            }
        }
        spanningTree(vlan)
        guard closet.manner != .ios else { return }
        for vlan in vlans {
            if closet.manner != .extreme {
                add(bridge, [7, 1, 4, 2, 1, 3, 0, UInt32(vlan)], .gauge(tableNumber(vlan)))
            }
            add(bridge, [7, 1, 4, 3, 1, 1, UInt32(vlan)], text: Self.name(vlan))
        }
        for (number, port) in closet.ports.enumerated() {
            add(bridge, [7, 1, 4, 5, 1, 1, basePort(number)], .gauge(UInt32(port.vlan)))
        }
    }

    private static func name(_ vlan: UInt16) -> String { Area(rawValue: vlan).map { "\($0)" } ?? "VLAN\(vlan)" }

    /// CISCO-VTP-MIB and CISCO-VLAN-MEMBERSHIP-MIB: which VLANs there are to ask for, and each port's own.
    mutating func vlanNames() {
        add([1, 3, 6, 1, 2, 1, 17], [1, 1, 0], .octets(Self.octets(closet.hardware)))
        let vtp: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 46, 1, 3, 1, 1]
        // Four that every one of them has, and that are never asked.
        for vlan in [1] + vlans + [1_002, 1_003, 1_004, 1_005] {
            add(vtp, [2, 1, UInt32(vlan)], .integer(1))
            add(vtp, [3, 1, UInt32(vlan)], .integer(vlan > 1_001 ? 2 : 1))
            add(vtp, [4, 1, UInt32(vlan)], text: Self.name(vlan))
        }
        for port in closet.ports where !port.isUplink {
            add([1, 3, 6, 1, 4, 1, 9, 9, 68, 1, 2, 2, 1, 2], [port.ifIndex], .integer(Int64(port.vlan)))
        }
    }

    private mutating func spanningTree(_ vlan: UInt16?) {
        let tree: ObjectName = [1, 3, 6, 1, 2, 1, 17, 2]
        func identifier(_ bridge: HardwareAddress) -> SNMPValue { .octets([0x80, 0] + Self.octets(bridge)) }
        add(tree, [4, 0], .counter32(3))
        add(tree, [5, 0], identifier(fabric.switches[0].hardware))
        add(tree, [7, 0], .integer(closet.uplink.map { Int64(basePort($0)) } ?? 0))
        for (number, port) in closet.ports.enumerated() where port.takesPart(in: vlan) {
            let base = basePort(number)
            add(tree, [15, 1, 3, base], .integer(port.isUp ? 5 : 1))
            let upper = closet.uplink == number ? port.peer.map { fabric.switches[$0].hardware } : nil
            add(tree, [15, 1, 8, base], identifier(port.bridge ?? upper ?? closet.hardware))
            // dot1dStpPortOperEdgePort (RFC 4318); not a Cisco IOS habit.
            if closet.manner != .ios {
                add(tree, [19, 1, 3, base], .integer(port.isUplink || port.bridge != nil ? 2 : 1))
            }
        }
    }

    // MARK: Neighbours

    /// LLDP-MIB, LLDP-EXT-MED-MIB and CISCO-CDP-MIB.
    mutating func neighbours() {
        let local: ObjectName = [1, 0, 8802, 1, 1, 2, 1, 3]
        add(local, [1, 0], .integer(4))
        add(local, [2, 0], .octets(Self.octets(closet.hardware)))
        add(local, [3, 0], text: closet.name)
        for (number, port) in closet.ports.enumerated() {
            add(local, [7, 1, 2, basePort(number)], .integer(5))
            add(local, [7, 1, 3, basePort(number)], text: port.name)
            guard port.isUp else { continue }
            var cards = port.cards
            if let peer = port.peer { cards += self.cards(of: fabric.switches[peer], at: port.peerPort) }
            for (place, card) in cards.enumerated() {
                if card.isCDP {
                    if closet.manner == .ios { cdp(card, port.ifIndex, UInt32(place + 1)) }
                } else {
                    lldp(card, basePort(number), UInt32(place + 1))
                }
            }
        }
    }

    /// What another switch says of itself at one of its ports.
    private func cards(of peer: SimulatedSwitch, at port: Int) -> [Card] {
        let name = peer.ports[port].name
        let card = Card(
            hardware: peer.hardware, name: peer.name, summary: peer.summary, port: name,
            abilities: peer.rank == .core ? 0x28 : 0x20, network: peer.address)
        guard peer.manner == .ios else { return [card] }
        var old = card
        old.isCDP = true
        old.port = peer.ports[port].descr
        old.platform = "cisco \(peer.model)"
        old.abilities = peer.rank == .core ? 0x29 : 0x28
        return [card, old]
    }

    private mutating func lldp(_ card: Card, _ port: UInt32, _ place: UInt32) {
        let entry: ObjectName = [1, 0, 8802, 1, 1, 2, 1, 4, 1, 1]
        let index: [UInt32] = [0, port, place]
        add(entry, [4] + index, .integer(4))
        add(entry, [5] + index, .octets(Self.octets(card.hardware)))
        add(entry, [6] + index, .integer(card.serial == nil ? 5 : 7))
        add(entry, [7] + index, text: card.port)
        add(entry, [9] + index, text: card.name)
        add(entry, [10] + index, text: card.summary)
        let bits: [UInt8] = [UInt8(truncatingIfNeeded: card.abilities), 0]
        add(entry, [11] + index, .octets(bits))
        add(entry, [12] + index, .octets(bits))
        if let network = card.network?.v4 {
            let numbers: [UInt32] = [network >> 24, network >> 16 & 255, network >> 8 & 255, network & 255]
            add([1, 0, 8802, 1, 1, 2, 1, 4, 2, 1, 3], index + [1, 4] + numbers, .integer(2))
        }
        let med: ObjectName = [1, 0, 8802, 1, 1, 2, 1, 5, 4795, 1, 3, 3, 1]
        if let serial = card.serial { add(med, [4] + index, text: serial) }
        if let maker = card.maker { add(med, [5] + index, text: maker) }
        if let model = card.model { add(med, [6] + index, text: model) }
    }

    private mutating func cdp(_ card: Card, _ ifIndex: UInt32, _ place: UInt32) {
        let entry: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 23, 1, 2, 1, 1]
        let index = [ifIndex, place]
        func octets(_ bits: UInt32) -> SNMPValue {
            .octets(stride(from: UInt32(24), through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) })
        }
        add(entry, [3] + index, .integer(1))
        if let network = card.network?.v4 { add(entry, [4] + index, octets(network)) }
        add(entry, [5] + index, text: card.summary)
        add(entry, [6] + index, text: card.name)
        add(entry, [7] + index, text: card.port)
        add(entry, [8] + index, text: card.platform)
        add(entry, [9] + index, octets(card.abilities))
        add(entry, [12] + index, .integer(3))
    }
}
