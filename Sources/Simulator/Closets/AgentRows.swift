//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Agent rows: what one switch answers, in its maker's way.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// Makes the rows of one agent in one context. Columns are written one after another; the table sorts them.
struct AgentRows {
    let closet: SimulatedSwitch
    let fabric: Fabric
    let table: [Forwarding.Row]
    let vlans: [UInt16]
    private(set) var rows: [SNMPRow] = []

    init(_ number: Int, _ fabric: Fabric, _ forwarding: Forwarding) {
        closet = fabric.switches[number]
        self.fabric = fabric
        table = forwarding.tables[number]
        vlans = forwarding.vlans[number]
    }

    /// - Parameter vlan: The VLAN asked for (`community@12`); nil for the agent as a whole. Only Cisco's answer differs.
    mutating func write(vlan: UInt16?) {
        if let vlan {
            guard closet.manner == .ios, vlans.contains(vlan) else { return }
            bridge(vlan: vlan)
            return
        }
        system()
        interfaces()
        media()
        if closet.manner == .ios { vlanNames() } else { bridge(vlan: nil) }
        power()
        guards()
        parts()
        let others = rows.count
        neighbours()
        marks(neighbours: rows[others...])
        addresses()
    }

    /// What says whether a table changed: ifTableLastChange, entLastChangeTime, lldpStatsRemTablesLastChangeTime and, where
    /// VLANs are told by Q-BRIDGE, dot1qNumVlans and dot1qVlanNumDeletes. Ports, parts and VLANs stay as they were at the
    /// start. The neighbours' time is made of their rows: it differs when they do, and is no time that anything happened.
    private mutating func marks(neighbours: ArraySlice<SNMPRow>) {
        add([1, 3, 6, 1, 2, 1, 31, 1, 5], [0], .ticks(0))
        add([1, 3, 6, 1, 2, 1, 47, 1, 4, 1], [0], .ticks(0))
        // FNV-1a, 32 bits.
        var mark: UInt32 = 0x811C_9DC5
        for row in neighbours {
            for number in row.name.numbers { mark = (mark ^ number) &* 0x0100_0193 }
            for octet in row.value.octets ?? [] { mark = (mark ^ UInt32(octet)) &* 0x0100_0193 }
        }
        add([1, 0, 8802, 1, 1, 2, 1, 2, 1], [0], .ticks(mark))
        guard closet.manner != .ios else { return }
        add([1, 3, 6, 1, 2, 1, 17, 7, 1, 1, 4], [0], .gauge(UInt32(vlans.count)))
        add([1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 1], [0], .ticks(0))
    }

    mutating func add(_ name: ObjectName, _ index: [UInt32], _ value: SNMPValue) {
        rows.append(SNMPRow(name + index, value))
    }
    mutating func add(_ name: ObjectName, _ index: [UInt32], text: String) {
        add(name, index, .octets(Array(text.utf8)))
    }

    /// Hundredths of a second since the agent started; runs over after 497 days.
    func ticks(_ time: Int64) -> SNMPValue {
        .ticks(UInt32(truncatingIfNeeded: max(time - closet.started, 0) / 10_000_000))
    }

    static func octets(_ hardware: HardwareAddress) -> [UInt8] {
        stride(from: UInt64(40), through: 0, by: -8).map { UInt8(truncatingIfNeeded: hardware.bits >> $0) }
    }
    static func numbers(_ hardware: HardwareAddress) -> [UInt32] { octets(hardware).map(UInt32.init) }

    // MARK: System

    private mutating func system() {
        let group: ObjectName = [1, 3, 6, 1, 2, 1, 1]
        add(group, [1, 0], text: closet.summary)
        add(group, [2, 0], .name(ObjectName(closet.objectId)))
        add(group, [3, 0], ticks(fabric.now))
        add(group, [5, 0], text: closet.name)
        add(group, [6, 0], text: "Synthetic hospital, closet \(closet.number)")
        add(group, [7, 0], .integer(closet.rank == .core ? 6 : 2))
    }

    private mutating func parts() {
        let entry: ObjectName = [1, 3, 6, 1, 2, 1, 47, 1, 1, 1, 1]
        let isStack = closet.members > 1
        if isStack {
            add(entry, [2, 1], text: "Stack of \(closet.members)")
            add(entry, [4, 1], .integer(0))
            add(entry, [5, 1], .integer(11))
        }
        for member in 1...max(closet.members, 1) {
            let index = UInt32(isStack ? member * 1_000 : 1)
            add(entry, [2, index], text: closet.model)
            add(entry, [4, index], .integer(isStack ? 1 : 0))
            add(entry, [5, index], .integer(3))
            add(entry, [7, index], text: isStack ? "Switch \(member)" : "Chassis")
            add(entry, [10, index], text: closet.firmware)
            add(entry, [11, index], text: isStack && member > 1 ? closet.serial + "-\(member)" : closet.serial)
            add(entry, [12, index], text: "synthetic")
            add(entry, [13, index], text: closet.model)
        }
    }

    /// Its own address; the router's table of everybody's.
    private mutating func addresses() {
        func numbers(_ address: IPAddress) -> [UInt32] {
            let bits = address.v4 ?? 0
            return [bits >> 24, bits >> 16 & 255, bits >> 8 & 255, bits & 255]
        }
        add([1, 3, 6, 1, 2, 1, 4, 20, 1, 1], numbers(closet.address), .address(closet.address.v4 ?? 0))
        guard closet.rank == .core else { return }
        for other in fabric.switches {
            for port in other.ports {
                for occupant in port.occupants where !occupant.isStale && !occupant.isFixed {
                    guard let network = occupant.network, network.v4 != nil else { continue }
                    add(
                        [1, 3, 6, 1, 2, 1, 4, 22, 1, 2], [UInt32(occupant.vlan)] + numbers(network),
                        .octets(Self.octets(occupant.hardware)))
                }
            }
        }
    }
}
