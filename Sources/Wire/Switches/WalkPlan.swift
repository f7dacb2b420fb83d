//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// The walk plan: what a switch is asked for. Columns that a decoder here reads, and nothing beside them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What is asked of an agent, in the order in which it is asked.
///
/// Whoever teaches a decoder a new object adds it here; `WalkPlanTests` reads every recording with and without what the
/// plan leaves out and finds what was forgotten.
public enum WalkPlan {
    /// An object that says whether a group of columns may have changed since the last poll.
    public enum Marker: Int, Hashable, Sendable, CaseIterable, Comparable {
        case interfaces, parts, neighbours, vlans

        public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

        /// All of them must be answered, and be the same as before.
        public var objects: [ObjectName] {
            switch self {
            // ifTableLastChange (RFC 2863)
            case .interfaces: [[1, 3, 6, 1, 2, 1, 31, 1, 5, 0]]
            // entLastChangeTime (RFC 6933)
            case .parts: [[1, 3, 6, 1, 2, 1, 47, 1, 4, 1, 0]]
            // lldpStatsRemTablesLastChangeTime (IEEE 802.1AB)
            case .neighbours: [[1, 0, 8802, 1, 1, 2, 1, 2, 1, 0]]
            // dot1qNumVlans, dot1qVlanNumDeletes (RFC 4363): one to see what came, one to see what went
            case .vlans: [[1, 3, 6, 1, 2, 1, 17, 7, 1, 1, 4, 0], [1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 1, 0]]
            }
        }
    }

    /// One column of a table.
    public struct Column: Hashable, Sendable {
        public var name: ObjectName
        /// While this marker is the same and the agent did not start anew, the rows of the last poll are kept.
        public var stays: Marker?

        public init(_ name: ObjectName, stays: Marker? = nil) {
            self.name = name
            self.stays = stays
        }

        /// The entry that it is a column of: columns of one entry are asked together.
        public var entry: ArraySlice<UInt32> { name.numbers.dropLast() }
    }

    public static let objectId: ObjectName = [1, 3, 6, 1, 2, 1, 1, 2, 0]
    public static let upTime: ObjectName = [1, 3, 6, 1, 2, 1, 1, 3, 0]
    /// vtpVlanState of CISCO-VTP-MIB, by domain and VLAN; 1 is operational.
    public static let vlanStates: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 46, 1, 3, 1, 1, 2]
    /// Columns that hold the agent's own hardware addresses.
    public static let ownAddresses: ObjectName = [1, 3, 6, 1, 2, 1, 2, 2, 1, 6]
    /// dot1dBaseBridgeAddress.
    public static let bridgeAddress: ObjectName = [1, 3, 6, 1, 2, 1, 17, 1, 1, 0]

    /// Single objects.
    public static let singles: [ObjectName] = [
        // sysDescr, sysObjectID, sysUpTime, sysName, sysLocation; sysContact is a person and stays unasked
        [1, 3, 6, 1, 2, 1, 1, 1, 0], objectId, upTime, [1, 3, 6, 1, 2, 1, 1, 5, 0], [1, 3, 6, 1, 2, 1, 1, 6, 0],
        bridgeAddress,
        // dot1dStpTopChanges, dot1dStpDesignatedRoot, dot1dStpRootPort
        [1, 3, 6, 1, 2, 1, 17, 2, 4, 0], [1, 3, 6, 1, 2, 1, 17, 2, 5, 0], [1, 3, 6, 1, 2, 1, 17, 2, 7, 0],
        // lldpLocChassisIdSubtype, lldpLocChassisId
        [1, 0, 8802, 1, 1, 2, 1, 3, 1, 0], [1, 0, 8802, 1, 1, 2, 1, 3, 2, 0],
    ]

    /// Tables of the agent as a whole.
    static let columns: [Column] =
        // ifTable: index, descr, type and address stay; speed, states, last change, frames in and out
        of([1, 3, 6, 1, 2, 1, 2, 2, 1], [1, 2, 3, 6], stays: .interfaces)
        + of([1, 3, 6, 1, 2, 1, 2, 2, 1], [5, 7, 8, 9, 11, 17])
        // ifXTable: name and alias stay; frames in and out, ifHighSpeed
        + of([1, 3, 6, 1, 2, 1, 31, 1, 1, 1], [1, 18], stays: .interfaces)
        + of([1, 3, 6, 1, 2, 1, 31, 1, 1, 1], [7, 11, 15])
        // dot3adAggPortAttachedAggID
        + of([1, 2, 840, 10006, 300, 43, 1, 2, 1, 1], [13])
        // dot3StatsTable: FCS errors, late collisions, duplex
        + of([1, 3, 6, 1, 2, 1, 10, 7, 2, 1], [3, 8, 19])
        // dot1dBasePortIfIndex
        + of([1, 3, 6, 1, 2, 1, 17, 1, 4, 1], [2])
        // dot1qVlanFdbId, dot1qVlanStaticName; dot1qPvid
        + of([1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 2, 1], [3], stays: .vlans)
        + of([1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 3, 1], [1], stays: .vlans)
        // dot1qVlanCurrentEgressPorts, dot1qVlanStaticEgressPorts: which VLAN of a shared table it is
        + of([1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 2, 1], [4]) + of([1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 3, 1], [2])
        + of([1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 5, 1], [1])
        // IEEE8021-Q-BRIDGE-MIB and Nortel: names of VLANs
        + of([1, 3, 111, 2, 802, 1, 1, 4, 1, 4, 3, 1], [3], stays: .vlans)
        + of([1, 3, 6, 1, 4, 1, 2272, 1, 3, 2, 1], [2], stays: .vlans)
        // CISCO-VTP-MIB: state and name; CISCO-VLAN-MEMBERSHIP-MIB: vmVlan
        + of([1, 3, 6, 1, 4, 1, 9, 9, 46, 1, 3, 1, 1], [2, 4]) + of([1, 3, 6, 1, 4, 1, 9, 9, 68, 1, 2, 2, 1], [2])
        // the forwarding tables
        + of([1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1], [2, 3, 1]) + of([1, 3, 6, 1, 2, 1, 17, 4, 3, 1], [2, 3, 1])
        // lldpLocPortTable; lldpRemTable, lldpRemManAddrTable, lldpXMedRemInventoryTable
        + of([1, 0, 8802, 1, 1, 2, 1, 3, 7, 1], [2, 3, 4], stays: .interfaces)
        + of([1, 0, 8802, 1, 1, 2, 1, 4, 1, 1], [4, 5, 6, 7, 8, 9, 10, 11, 12], stays: .neighbours)
        + of([1, 0, 8802, 1, 1, 2, 1, 4, 2, 1], [3, 4, 5], stays: .neighbours)
        + of([1, 0, 8802, 1, 1, 2, 1, 5, 4795, 1, 3, 3, 1], [1, 2, 3, 4, 5, 6, 7], stays: .neighbours)
        // lldpXdot3RemPortTable; lldpV2Xdot3RemEEETable
        + of([1, 0, 8802, 1, 1, 2, 1, 5, 4623, 1, 3, 1, 1], [3], stays: .neighbours)
        + of([1, 3, 111, 2, 802, 3, 1, 5, 1, 3, 4, 1], [3], stays: .neighbours)
        // cdpCacheTable
        + of([1, 3, 6, 1, 4, 1, 9, 9, 23, 1, 2, 1, 1], [4, 5, 6, 7, 8, 9, 11, 12])
        // pethPsePortTable, pethMainPseTable, and the makers' milliwatts
        + of([1, 3, 6, 1, 2, 1, 105, 1, 1, 1], [3, 6, 10]) + of([1, 3, 6, 1, 2, 1, 105, 1, 3, 1, 1], [2, 3, 4])
        + SwitchReading.milliwatts.map { Column($0) } + SwitchReading.milliwattsOfInterface.map { Column($0) }
        // ifMauTable: type; ifMauAutoNegTable: state, what we offer, what the other end offers
        + of([1, 3, 6, 1, 2, 1, 26, 2, 1, 1], [3]) + of([1, 3, 6, 1, 2, 1, 26, 5, 1, 1], [1, 10, 11])
        // entPhysicalTable; entPhySensorTable: type, scale and precision stay, the value does not
        + of([1, 3, 6, 1, 2, 1, 47, 1, 1, 1, 1], [2, 4, 5, 7, 8, 9, 10, 11, 12, 13], stays: .parts)
        + of([1, 3, 6, 1, 2, 1, 99, 1, 1, 1], [1, 2, 3], stays: .parts) + of([1, 3, 6, 1, 2, 1, 99, 1, 1, 1], [4])
        // ipNetToMediaPhysAddress, ipNetToPhysicalPhysAddress; ipAdEntAddr, ipAddressIfIndex
        + of([1, 3, 6, 1, 2, 1, 4, 22, 1], [2]) + of([1, 3, 6, 1, 2, 1, 4, 35, 1], [4])
        + of([1, 3, 6, 1, 2, 1, 4, 20, 1], [1]) + of([1, 3, 6, 1, 2, 1, 4, 34, 1], [3])
        // dot1dStpPortTable: state, designated bridge; dot1dStpPortOperEdgePort
        + of([1, 3, 6, 1, 2, 1, 17, 2, 15, 1], [3, 8]) + of([1, 3, 6, 1, 2, 1, 17, 2, 19, 1], [3])
        // dot1xAuthAuthControlledPortStatus and …Control, dot1xAuthLastEapolFrameSource; cpsIfViolationCount, …LastMacAddress
        + of([1, 0, 8802, 1, 1, 1, 1, 2, 1, 1], [5, 6])
        + of([1, 0, 8802, 1, 1, 1, 1, 2, 2, 1], [12])
        + of([1, 3, 6, 1, 4, 1, 9, 9, 315, 1, 2, 1, 1], [9, 10])

    /// What Cisco IOS shows one VLAN at a time: ports, forwarding table, spanning tree.
    public static let columnsOfVLAN: [Column] =
        of([1, 3, 6, 1, 2, 1, 17, 1, 4, 1], [2]) + of([1, 3, 6, 1, 2, 1, 17, 4, 3, 1], [2, 3, 1])
        + of([1, 3, 6, 1, 2, 1, 17, 2, 15, 1], [3, 8]) + of([1, 3, 6, 1, 2, 1, 17, 2, 19, 1], [3])

    public static let singlesOfVLAN: [ObjectName] = [
        [1, 3, 6, 1, 2, 1, 17, 2, 4, 0], [1, 3, 6, 1, 2, 1, 17, 2, 5, 0], [1, 3, 6, 1, 2, 1, 17, 2, 7, 0],
    ]

    /// Subtrees of which one row is asked for where no column above has one: so that a MIB counts as missing only where
    /// it is.
    ///
    /// - Parameter objectId: sysObjectID.
    public static func presences(of objectId: ObjectName?) -> [ObjectName] {
        let isCisco = objectId?.hasPrefix([1, 3, 6, 1, 4, 1, 9]) ?? false
        return (SwitchReading.mibs + (isCisco ? SwitchReading.ciscoMibs : [])).flatMap(\.objects)
    }

    /// VLANs whose own context is worth asking: Cisco's, operational, without 1002 to 1005, which are no Ethernet and whose
    /// question leaves a failed login in the switch's log each time (librenms#1196, #11004). In order.
    public static func vlansToAsk(_ rows: SNMPRows) -> [UInt16] {
        guard SystemGroup(rows).enterprise == 9 else { return [] }
        var vlans: Set<UInt16> = []
        for cell in rows.column(vlanStates) where cell.index.count == 2 && cell.value.number == 1 {
            guard let vlan = SwitchReading.vlan(cell.index.last ?? 0), !(1_002...1_005).contains(vlan) else { continue }
            vlans.insert(vlan)
        }
        return vlans.sorted()
    }

    static func of(_ entry: ObjectName, _ numbers: [UInt32], stays: Marker? = nil) -> [Column] {
        numbers.map { Column(entry + [$0], stays: stays) }
    }
}
