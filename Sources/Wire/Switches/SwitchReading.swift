//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Switch readings: all that one agent said at one time, understood.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What one agent's rows mean. A value made of rows by pure decoders, one a family of MIBs; what the agent does not say
/// is absent, never guessed.
public struct SwitchReading: Hashable, Sendable {
    public var system = SystemGroup()
    /// By ifIndex, ascending.
    public var interfaces: [Interface] = []
    /// dot1dBasePortIfIndex.
    public var basePorts: [UInt32: UInt32] = [:]
    public var forwarding: [ForwardingRow] = []
    /// Forwarding rows that name no port of this agent's, or port 0.
    public var unplacedRows = 0
    /// Addresses that the forwarding table calls the bridge's own.
    public var bridgeAddresses: Set<HardwareAddress> = []
    /// Untagged VLAN by ifIndex.
    public var portVLAN: [UInt32: UInt16] = [:]
    /// Base ports that belong to each VLAN, tagged or not.
    public var members: [UInt16: Set<UInt32>] = [:]
    /// Names of VLANs by number.
    public var vlans: [UInt16: String] = [:]
    public var neighbours: [SwitchNeighbour] = []
    public var medInventory: [MediaInventory] = []
    public var power: [UInt32: PortPower] = [:]
    public var powerSupplies: [PowerSupply] = []
    public var media: [UInt32: PortMedium] = [:]
    /// Ports whose neighbour said by LLDP what its link offers.
    var lldpSpeakers: Set<UInt32> = []
    public var parts: [PhysicalPart] = []
    /// By ifIndex.
    public var transceivers: [UInt32: Transceiver] = [:]
    public var sensors: [PhysicalSensor] = []
    public var addresses: [AddressBinding] = []
    public var ownAddresses: [IPAddress] = []
    public var spanningTree = SpanningTree()
    public var access: [UInt32: PortAccess] = [:]
    /// Stations in the order of the tables, one each.
    public var wirelessClients: [WirelessClient] = []
    /// Their `agent` is empty: who tells of them names it.
    public var accessPoints: [AccessPoint] = []
    public var wirelessNetworks: [WirelessNetwork] = []
    /// What the maker's own MIBs say of the whole, and whether that is better than ENTITY-MIB's.
    public var makers = MakersIdentity()
    public var makersComeFirst = false
    /// In the order in which they are asked.
    public var missingMibs: [String] = []
    /// LLDP's own chassis identifier, or the bridge's address.
    public var chassis: HardwareAddress?

    public init() {}

    /// Reads all tables of one agent.
    public init(_ rows: SNMPRows) {
        self.init([VLANRows(rows, vlan: nil)])
    }

    /// Rows of one agent in one context.
    public struct VLANRows: Sendable {
        public var rows: SNMPRows
        /// The VLAN for which they were asked (`community@12`, context `vlan-12`); nil for the agent as a whole.
        public var vlan: UInt16?

        public init(_ rows: SNMPRows, vlan: UInt16?) {
            self.rows = rows
            self.vlan = vlan
        }
    }

    /// Reads one agent from several contexts: Cisco IOS shows its bridge one VLAN at a time.
    public init(_ contexts: [VLANRows]) {
        let whole = contexts.first { $0.vlan == nil } ?? contexts.first ?? VLANRows(SNMPRows([]), vlan: nil)
        let rows = whole.rows
        system = SystemGroup(rows)
        interfaces = Interface.read(rows)
        for context in contexts { readBasePorts(context.rows) }
        readIEEEBasePorts(rows)
        readVLANs(rows)
        readMembers(rows)
        readMakersVLANs(rows)
        for context in contexts { readForwarding(context.rows, vlan: context.vlan) }
        readMakersForwarding(rows)
        finishForwarding()
        readChassis(rows)
        readMedia(rows)
        readLLDP(rows)
        readCDP(rows)
        readMakersNeighbours(rows)
        readPower(rows)
        readParts(rows)
        readMakersIdentity(rows)
        readTransceivers(rows)
        readAddresses(rows)
        for context in contexts { readSpanningTree(context.rows) }
        readAccess(rows)
        readWireless(rows)
        missingMibs = Self.missing(in: contexts.map(\.rows), of: system)
    }

    /// An interface by its number.
    public func interface(_ ifIndex: UInt32) -> Interface? {
        var low = 0
        var high = interfaces.count
        while low < high {
            let middle = (low + high) / 2
            if interfaces[middle].ifIndex < ifIndex { low = middle + 1 } else { high = middle }
        }
        return low < interfaces.count && interfaces[low].ifIndex == ifIndex ? interfaces[low] : nil
    }
}

extension SwitchReading {
    /// The MIBs that are asked for, with an object that each agent that has it answers.
    static let mibs: [(name: String, objects: [ObjectName])] = [
        ("SNMPv2-MIB", [[1, 3, 6, 1, 2, 1, 1]]),
        ("IF-MIB", [[1, 3, 6, 1, 2, 1, 2, 2], [1, 3, 6, 1, 2, 1, 31, 1, 1]]),
        ("EtherLike-MIB", [[1, 3, 6, 1, 2, 1, 10, 7]]),
        ("BRIDGE-MIB", [[1, 3, 6, 1, 2, 1, 17, 1], [1, 3, 6, 1, 2, 1, 17, 4]]),
        ("Q-BRIDGE-MIB", [[1, 3, 6, 1, 2, 1, 17, 7]]),
        ("LLDP-MIB", [[1, 0, 8802, 1, 1, 2, 1, 3], [1, 0, 8802, 1, 1, 2, 1, 4]]),
        ("LLDP-EXT-MED-MIB", [[1, 0, 8802, 1, 1, 2, 1, 5, 4795]]),
        ("POWER-ETHERNET-MIB", [[1, 3, 6, 1, 2, 1, 105]]),
        ("MAU-MIB", [[1, 3, 6, 1, 2, 1, 26]]),
        ("ENTITY-MIB", [[1, 3, 6, 1, 2, 1, 47, 1]]),
        ("ENTITY-SENSOR-MIB", [[1, 3, 6, 1, 2, 1, 99]]),
        ("IP-MIB", [[1, 3, 6, 1, 2, 1, 4, 22], [1, 3, 6, 1, 2, 1, 4, 35]]),
    ]
    static let ciscoMibs: [(name: String, objects: [ObjectName])] = [
        ("CISCO-CDP-MIB", [[1, 3, 6, 1, 4, 1, 9, 9, 23]]),
        ("CISCO-VTP-MIB", [[1, 3, 6, 1, 4, 1, 9, 9, 46]]),
    ]

    static func missing(in contexts: [SNMPRows], of system: SystemGroup) -> [String] {
        let wanted = mibs + (system.enterprise == 9 ? ciscoMibs : [])
        return wanted.filter { mib in
            !mib.objects.contains { object in contexts.contains { $0.has(object) } }
        }.map(\.name)
    }
}
