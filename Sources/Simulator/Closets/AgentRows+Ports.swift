//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Agent rows: ports, their media, and the power they give.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

extension AgentRows {
    /// IF-MIB and EtherLike-MIB.
    mutating func interfaces() {
        let entry: ObjectName = [1, 3, 6, 1, 2, 1, 2, 2, 1]
        let long: ObjectName = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1]
        let ethernet: ObjectName = [1, 3, 6, 1, 2, 1, 10, 7, 2, 1]
        let own = SNMPValue.octets(Self.octets(closet.hardware))
        for port in closet.ports {
            let index = port.ifIndex
            let speed = port.isUp ? port.physique?.speed ?? 0 : 0
            add(entry, [1, index], .integer(Int64(index)))
            add(entry, [2, index], text: port.descr)
            add(entry, [3, index], .integer(6))
            add(entry, [5, index], .gauge(UInt32(min(UInt64(speed) * 1_000_000, 0xFFFF_FFFF))))
            add(entry, [6, index], own)
            add(entry, [7, index], .integer(closet.isSwitchedOff(port) ? 2 : 1))
            add(entry, [8, index], .integer(port.isUp ? 1 : 2))
            add(entry, [9, index], ticks(port.lastChange))
            add(entry, [14, index], .counter32(UInt32(port.badFrames)))
            add(entry, [20, index], .counter32(0))
            add(long, [1, index], text: port.name)
            add(long, [6, index], .counter64(port.framesIn &* 310))
            add(long, [7, index], .counter64(port.framesIn))
            add(long, [10, index], .counter64(port.framesOut &* 270))
            add(long, [11, index], .counter64(port.framesOut))
            add(long, [15, index], .gauge(UInt32(speed)))
            add(ethernet, [3, index], .counter32(UInt32(port.badFrames)))
            add(ethernet, [8, index], .counter32(UInt32(port.lateCollisions)))
            let isFull = port.physique?.isFull ?? true
            add(ethernet, [19, index], .integer(!port.isUp ? 1 : isFull ? 3 : 2))
        }
        guard closet.rank == .core else { return }
        // The router's legs, one a VLAN.
        for vlan in vlans {
            let index = UInt32(vlan)
            add(entry, [1, index], .integer(Int64(index)))
            add(entry, [2, index], text: "Vlan\(vlan)")
            add(entry, [3, index], .integer(53))
            add(entry, [6, index], own)
            add(entry, [8, index], .integer(1))
            add(long, [1, index], text: "Vl\(vlan)")
        }
    }

    /// MAU-MIB: medium, and what both ends offer.
    mutating func media() {
        let mau: ObjectName = [1, 3, 6, 1, 2, 1, 26, 2, 1, 1, 3]
        let negotiation: ObjectName = [1, 3, 6, 1, 2, 1, 26, 5, 1, 1]
        let kinds: ObjectName = [1, 3, 6, 1, 2, 1, 26, 4]
        let offered: [UInt8] = [0x6C, 0x23]
        for port in closet.ports where port.isUp {
            guard let physique = port.physique else { continue }
            let kind: UInt32 =
                switch (physique.speed, physique.isFull) {
                case (10, false): 10
                case (10, true): 11
                case (100, false): 15
                case (100, true): 16
                case (1_000, _): 30
                default: 36
                }
            add(mau, [port.ifIndex, 1], .name(kinds + [kind]))
            guard physique.speed < 10_000 else { continue }
            add(negotiation, [1, port.ifIndex, 1], .integer(1))
            add(negotiation, [10, port.ifIndex, 1], .octets(offered))
            guard closet.manner != .juniper else { continue }
            let bits = physique.offer.rawValue
            add(
                negotiation, [11, port.ifIndex, 1],
                .octets([UInt8(bits >> 8), UInt8(truncatingIfNeeded: bits)]))
        }
    }

    /// IEEE8021-PAE-MIB: dot1xAuthAuthControlledPortStatus and …Control (2 auto, 3 forced open).
    mutating func guards() {
        guard closet.tellsGuards else { return }
        let entry: ObjectName = [1, 0, 8802, 1, 1, 1, 1, 2, 1, 1]
        for port in closet.ports where !port.isUplink {
            add(entry, [5, port.ifIndex], .integer(!port.isGuarded || port.isUp ? 1 : 2))
            add(entry, [6, port.ifIndex], .integer(port.isGuarded ? 2 : 3))
        }
    }

    /// POWER-ETHERNET-MIB and the maker's own milliwatts.
    mutating func power() {
        guard closet.rank == .access else { return }
        let entry: ObjectName = [1, 3, 6, 1, 2, 1, 105, 1, 1, 1]
        let watts: ObjectName? =
            switch closet.manner {
            case .ios: [1, 3, 6, 1, 4, 1, 9, 9, 402, 1, 2, 1, 9]
            case .aruba: [1, 3, 6, 1, 4, 1, 11, 2, 14, 11, 1, 9, 1, 1, 1, 3]
            case .extreme, .juniper: nil
            }
        var total = 0
        for port in closet.ports where port.group != 9 {
            let index = [port.group, port.number]
            let power = port.isUp ? port.physique?.power : nil
            // A device draws a little more or less from poll to poll.
            let draw = power.map { $0.milliwatts + Int(fabric.now / 1_000_000_000 + Int64(port.ifIndex) * 37) % 61 * 3 }
            total += draw ?? 0
            add(entry, [3] + index, .integer(1))
            add(entry, [6] + index, .integer(power == nil ? 2 : 3))
            add(entry, [10] + index, .integer(Int64((power?.deviceClass ?? 0) + 1)))
            if let watts { add(watts, index, .gauge(UInt32(draw ?? 0))) }
        }
        let main: ObjectName = [1, 3, 6, 1, 2, 1, 105, 1, 3, 1, 1]
        for member in 1...UInt32(max(closet.members, 1)) {
            add(main, [2, member], .gauge(740))
            add(main, [3, member], .integer(1))
            add(main, [4, member], .gauge(UInt32(total / 1_000 / max(closet.members, 1))))
        }
    }
}

extension SimulatedSwitch {
    func isSwitchedOff(_ port: SimulatedPort) -> Bool { closesUnused && !port.isUp }
}
