//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// BRIDGE-MIB and Q-BRIDGE-MIB: which address is behind which port, in which VLAN?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One row of a forwarding table with a place.
public struct ForwardingRow: Hashable, Sendable {
    public var hardware: HardwareAddress
    public var ifIndex: UInt32
    public var vlan: UInt16?
    public var kind: LearnedAddress.Kind

    public init(hardware: HardwareAddress, ifIndex: UInt32, vlan: UInt16?, kind: LearnedAddress.Kind) {
        self.hardware = hardware
        self.ifIndex = ifIndex
        self.vlan = vlan
        self.kind = kind
    }
}

extension SwitchReading {
    private static let bridge: ObjectName = [1, 3, 6, 1, 2, 1, 17]
    private static let plainTable: ObjectName = [1, 3, 6, 1, 2, 1, 17, 4, 3, 1]
    private static let vlanTable: ObjectName = [1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1]
    private static let currentVLANs: ObjectName = [1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 2, 1]
    private static let staticVLANs: ObjectName = [1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 3, 1]
    private static let portVLANs: ObjectName = [1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 5, 1]
    /// vtpVlanName of CISCO-VTP-MIB, and vmVlan of CISCO-VLAN-MEMBERSHIP-MIB.
    private static let ciscoVLANs: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 46, 1, 3, 1, 1]
    private static let ciscoMembership: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 68, 1, 2, 2, 1]

    mutating func readBasePorts(_ rows: SNMPRows) {
        for cell in rows.column(Self.bridge + [1, 4, 1], 2) {
            guard cell.index.count == 1, let port = cell.index.first, port > 0, let number = cell.value.number,
                let ifIndex = UInt32(exactly: number), ifIndex > 0
            else { continue }
            basePorts[port] = ifIndex
        }
    }

    static func vlan(_ number: some BinaryInteger) -> UInt16? {
        number >= 1 && number <= 4_094 ? UInt16(number) : nil
    }

    mutating func readVLANs(_ rows: SNMPRows) {
        for cell in rows.column(Self.currentVLANs, 3) {
            if cell.index.count == 2, let vlan = Self.vlan(cell.index.last ?? 0) { vlans[vlan] = vlans[vlan] ?? "" }
        }
        for cell in rows.column(Self.staticVLANs, 1) {
            if cell.index.count == 1, let vlan = Self.vlan(cell.index.last ?? 0) { vlans[vlan] = cell.value.text ?? "" }
        }
        for cell in rows.column(Self.ciscoVLANs, 4) {
            if cell.index.count == 2, let vlan = Self.vlan(cell.index.last ?? 0) { vlans[vlan] = cell.value.text ?? "" }
        }
        // IEEE8021-Q-BRIDGE-MIB (component, VLAN), and Nortel's rcVlanName, which Extreme's BOSS and VOSS still answer.
        for name: ObjectName in [
            [1, 3, 111, 2, 802, 1, 1, 4, 1, 4, 3, 1, 3], [1, 3, 6, 1, 4, 1, 2272, 1, 3, 2, 1, 2],
        ] {
            for cell in rows.column(name) where cell.index.count <= 2 {
                if let vlan = Self.vlan(cell.index.last ?? 0) { vlans[vlan] = cell.value.text ?? "" }
            }
        }
        for cell in rows.column(Self.portVLANs, 1) {
            guard cell.index.count == 1, let port = cell.index.first, let ifIndex = ifIndex(ofBasePort: port),
                let number = cell.value.number, let vlan = Self.vlan(number)
            else { continue }
            portVLAN[ifIndex] = vlan
        }
        for cell in rows.column(Self.ciscoMembership, 2) {
            guard cell.index.count == 1, let ifIndex = cell.index.first, let number = cell.value.number,
                let vlan = Self.vlan(number)
            else { continue }
            portVLAN[ifIndex] = vlan
        }
    }

    /// Which interface a port number of the bridge tables means.
    ///
    /// 1. What dot1dBasePortIfIndex says. Never assumed equal.
    /// 2. Some makers put ifIndex where the port number belongs (LibreNMS bridge.inc.php).
    /// 3. TP-Link JetStream numbers ports of `gigabitEthernet 1/0/N` (jetstream.inc.php), Nexus with private VLANs of
    ///    `Ethernet1/N` (librenms#12853): the only Ethernet interface whose name ends so.
    ///
    /// Port 0 is not known.
    func ifIndex(ofBasePort port: UInt32) -> UInt32? {
        if port == 0 { return nil }
        if let ifIndex = basePorts[port] { return ifIndex }
        if interface(port) != nil { return port }
        for ending in ["1/0/\(port)", "Ethernet1/\(port)"] {
            if let ifIndex = onlyInterface(endingIn: ending) { return ifIndex }
        }
        // An agent that shows no interface at all but numbers its ports.
        return interfaces.isEmpty && basePorts.isEmpty ? port : nil
    }

    /// The only interface with a name that ends in these numbers: `1/0/3` is not the end of `11/0/3`.
    func onlyInterface(endingIn ending: String) -> UInt32? {
        var found: UInt32?
        for interface in interfaces {
            let name = interface.title
            guard name.hasSuffix(ending) else { continue }
            if let before = name.dropLast(ending.count).last, before.isNumber || before == "/" { continue }
            if let earlier = found, earlier != interface.ifIndex { return nil }
            found = interface.ifIndex
        }
        return found
    }

    /// FdbId to VLAN: they are equal on many switches and not on HP's, Aruba's and Alcatel's (librenms#11121, #11134).
    private func vlansOfTables(_ rows: SNMPRows) -> [UInt32: [UInt16]] {
        var map: [UInt32: [UInt16]] = [:]
        for cell in rows.column(Self.currentVLANs, 3) {
            guard cell.index.count == 2, let vlan = Self.vlan(cell.index.last ?? 0), let number = cell.value.number,
                let table = UInt32(exactly: number)
            else { continue }
            map[table, default: []].append(vlan)
        }
        map.merge(makersTables(rows)) { standard, _ in standard }
        return map
    }

    private struct FoundRow {
        var hardware: HardwareAddress?
        var port: Int64?
        var status: Int64?
    }

    /// dot1dTpFdbStatus and dot1qTpFdbStatus (RFC 4188, RFC 4363).
    private enum Status {
        static let invalid: Int64 = 2
        static let learned: Int64 = 3
        static let own: Int64 = 4
        static let fixed: Int64 = 5
    }

    /// Rows stand in the column of ports, in that of states, or in both: 61 and 60 in one real switch.
    mutating func readForwarding(_ rows: SNMPRows, vlan context: UInt16?) {
        let tables = vlansOfTables(rows)
        var known: Set<HardwareAddress> = []
        for (index, row) in Self.found(in: rows, Self.vlanTable) where index.count > 6 {
            // Zyxel puts the length of the address before the address.
            let isCounted = index.count == 8 && index[1] == 6
            guard index.count == 7 || isCounted, let hardware = Self.hardware(index[(isCounted ? 2 : 1)...]) else {
                if index.count != 7 { unplacedRows += 1 }
                continue
            }
            known.insert(hardware)
            // A table that the map does not name is that of the VLAN of its number, if there is such a VLAN.
            let same = Self.vlan(index[0]).flatMap { tables.isEmpty || vlans[$0] != nil ? [$0] : nil }
            place(hardware, row, vlans: tables[index[0]] ?? same, context)
        }
        for (index, row) in Self.found(in: rows, Self.plainTable) {
            // Netonix numbers its rows from 1; the address stands in the first column, if anywhere.
            if index.count != 6, row.hardware == nil { unplacedRows += 1 }
            // The table without VLANs shows the same rows again.
            guard let hardware = index.count == 6 ? Self.hardware(index[...]) : row.hardware, !known.contains(hardware)
            else { continue }
            place(hardware, row, vlans: nil, context)
        }
    }

    /// Rows of both columns by their index, in order.
    private static func found(in rows: SNMPRows, _ table: ObjectName) -> [(key: [UInt32], value: FoundRow)] {
        var found: [[UInt32]: FoundRow] = [:]
        for cell in rows.column(table, 2) { found[Array(cell.index), default: FoundRow()].port = cell.value.number }
        for cell in rows.column(table, 3) { found[Array(cell.index), default: FoundRow()].status = cell.value.number }
        for cell in rows.column(table, 1) {
            let index = Array(cell.index)
            if found[index] != nil, let address = cell.value.hardware, address.isIndividual {
                found[index]?.hardware = address
            }
        }
        return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    static func hardware(_ numbers: ArraySlice<UInt32>) -> HardwareAddress? {
        var bits: UInt64 = 0
        for number in numbers {
            guard number < 256 else { return nil }
            bits = bits << 8 | UInt64(number)
        }
        let address = HardwareAddress(bits: bits)
        return address.isIndividual ? address : nil
    }

    private mutating func place(_ hardware: HardwareAddress, _ row: FoundRow, vlans: [UInt16]?, _ context: UInt16?) {
        if row.status == Status.own {
            bridgeAddresses.insert(hardware)
            return
        }
        if row.status == Status.invalid { return }
        guard let number = row.port, let port = UInt32(exactly: number), let ifIndex = ifIndex(ofBasePort: port) else {
            unplacedRows += 1
            return
        }
        var vlan = context
        if let vlans {
            vlan = vlans.count == 1 ? vlans[0] : self.vlan(of: port, ifIndex, among: vlans) ?? context
        }
        forwarding.append(
            ForwardingRow(
                hardware: hardware, ifIndex: ifIndex, vlan: vlan,
                kind: row.status == Status.fixed ? .fixed : .learned))
    }

    /// Several VLANs learn together: the port may be a member of only one of them, or one is its untagged VLAN.
    private func vlan(of port: UInt32, _ ifIndex: UInt32, among vlans: [UInt16]) -> UInt16? {
        let own = vlans.filter { members[$0]?.contains(port) == true }
        if own.count == 1 { return own[0] }
        return portVLAN[ifIndex].flatMap { vlans.contains($0) ? $0 : nil }
    }

    /// dot1qVlanCurrentEgressPorts, else dot1qVlanStaticEgressPorts: bits of base ports, from the left.
    mutating func readMembers(_ rows: SNMPRows) {
        for (column, places) in [(Self.staticVLANs + [2], 1), (Self.currentVLANs + [4], 2)] {
            for cell in rows.column(column) where cell.index.count == places {
                guard let vlan = Self.vlan(cell.index.last ?? 0), let octets = cell.value.octets else { continue }
                var ports: Set<UInt32> = []
                for (place, octet) in octets.prefix(512).enumerated() where octet != 0 {
                    for bit in 0..<8 where octet >> (7 - UInt8(bit)) & 1 == 1 {
                        ports.insert(UInt32(place * 8 + bit + 1))
                    }
                }
                members[vlan] = ports
            }
        }
    }

    /// The same row from two contexts counts once; an address at two ports in two VLANs is two rows.
    mutating func finishForwarding() {
        var seen: Set<ForwardingRow> = []
        forwarding = forwarding.filter { seen.insert($0).inserted }
    }
}
