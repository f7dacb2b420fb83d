//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Forwarding: which address each switch has learned at which port.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The forwarding tables of all switches at one moment, as the tree of cables makes them.
///
/// Whoever speaks with the router is known on the way to it: at its own port, and at the downlinks above. Upwards, a
/// closet knows the router and the switches above, and a few others of its VLANs who have just called to everybody.
struct Forwarding: Sendable {
    struct Row: Hashable, Sendable, Comparable {
        var vlan: UInt16
        var hardware: HardwareAddress
        var port: Int
        var isFixed = false
        static func < (one: Self, other: Self) -> Bool {
            (one.vlan, one.hardware, one.port) < (other.vlan, other.hardware, other.port)
        }
    }
    /// By switch; each sorted.
    var tables: [[Row]]
    /// VLANs of each switch, sorted.
    var vlans: [[UInt16]]

    init(_ fabric: Fabric) {
        let switches = fabric.switches
        var tables = [[Row]](repeating: [], count: switches.count)
        var vlans = [Set<UInt16>](repeating: [Area.management.vlan], count: switches.count)
        // Who was heard by everybody a moment ago, by the switch above its closet.
        var callers: [Int: [(closet: Int, row: Row)]] = [:]
        for closet in switches {
            for (number, port) in closet.ports.enumerated() where !port.isUplink {
                for occupant in port.occupants {
                    let row = Row(
                        vlan: occupant.vlan, hardware: occupant.hardware, port: number, isFixed: occupant.isFixed)
                    tables[closet.number].append(row)
                    vlans[closet.number].insert(occupant.vlan)
                    // What is stale or written by hand is known here only.
                    guard !occupant.isStale, !occupant.isFixed, port.isUp else { continue }
                    Self.climb(switches, from: closet.number, row, &tables, &vlans)
                    if occupant.hardware.bits % 8 == 3, let up = closet.uplink, let above = closet.ports[up].peer {
                        callers[above, default: []].append((closet.number, row))
                    }
                }
            }
        }
        for closet in switches {
            guard let up = closet.uplink, let above = closet.ports[up].peer else { continue }
            for vlan in vlans[closet.number].sorted() {
                tables[closet.number].append(Row(vlan: vlan, hardware: switches[0].hardware, port: up))
            }
            tables[closet.number].append(
                Row(vlan: Area.management.vlan, hardware: switches[above].hardware, port: up))
            // The switch itself speaks with the management, so those above know it.
            Self.climb(
                switches, from: closet.number,
                Row(vlan: Area.management.vlan, hardware: closet.hardware, port: up), &tables, &vlans)
            for (other, row) in (callers[above] ?? []).prefix(64)
            where other != closet.number && vlans[closet.number].contains(row.vlan) {
                tables[closet.number].append(Row(vlan: row.vlan, hardware: row.hardware, port: up))
            }
        }
        let minute = Int(fabric.now / 60_000_000_000)
        self.tables = tables.enumerated().map { number, rows in
            Self.settle(rows.sorted(), minute, switches[number])
        }
        self.vlans = vlans.map { $0.sorted() }
    }

    /// A table has one row an address and VLAN. What people wrote stays; of two who say they are the same, now the one
    /// and now the other has spoken last; a closet hears its own all the time, and another's only when it calls to everybody.
    private static func settle(_ rows: [Row], _ minute: Int, _ owner: SimulatedSwitch) -> [Row] {
        var settled: [Row] = []
        var first = 0
        while first < rows.count {
            var end = first + 1
            while end < rows.count, rows[end].vlan == rows[first].vlan, rows[end].hardware == rows[first].hardware {
                end += 1
            }
            let same = rows[first..<end]
            let own = owner.rank == .access ? same.first { !owner.ports[$0.port].isUplink } : nil
            settled.append(same.first(where: \.isFixed) ?? own ?? same[first + minute % same.count])
            first = end
        }
        return settled
    }

    private static func climb(
        _ switches: [SimulatedSwitch], from closet: Int, _ row: Row, _ tables: inout [[Row]],
        _ vlans: inout [Set<UInt16>]
    ) {
        var here = closet
        // Three floors of switches at most.
        for _ in 0..<4 {
            guard let up = switches[here].uplink, let above = switches[here].ports[up].peer else { return }
            tables[above].append(Row(vlan: row.vlan, hardware: row.hardware, port: switches[here].ports[up].peerPort))
            vlans[above].insert(row.vlan)
            here = above
        }
    }
}
