//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Forwarding tables and VLANs in other MIBs than the old ones: IEEE 802.1Q of today, Alcatel, Huawei, Juniper, TP-Link,
// Extreme.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SwitchReading {
    private static let ieeeBridge: ObjectName = [1, 3, 111, 2, 802, 1, 1, 4, 1]

    /// Base ports of IEEE8021-BRIDGE-MIB, by component and port.
    mutating func readIEEEBasePorts(_ rows: SNMPRows) {
        for cell in rows.column([1, 3, 111, 2, 802, 1, 1, 2, 1, 1, 4, 1, 3]) {
            guard cell.index.count == 2, let port = cell.index.last, port > 0, let number = cell.value.number,
                let ifIndex = UInt32(exactly: number), ifIndex > 0, basePorts[port] == nil
            else { continue }
            basePorts[port] = ifIndex
        }
    }

    /// VLANs by number with their names, and untagged VLANs by port.
    mutating func readMakersVLANs(_ rows: SNMPRows) {
        // jnxExVlanTag and jnxExVlanName by a number of their own; jnxL2aldVlanTag and -Name the same (JUNIPER-VLAN-MIB,
        // JUNIPER-L2ALD-MIB); extremeVlanIfVlanId and -Descr by the VLAN's interface (EXTREME-VLAN-MIB).
        for (tag, name): (ObjectName, ObjectName) in [
            ([1, 3, 6, 1, 4, 1, 2636, 3, 40, 1, 5, 1, 5, 1, 5], [1, 3, 6, 1, 4, 1, 2636, 3, 40, 1, 5, 1, 5, 1, 2]),
            ([1, 3, 6, 1, 4, 1, 2636, 3, 48, 1, 3, 1, 1, 3], [1, 3, 6, 1, 4, 1, 2636, 3, 48, 1, 3, 1, 1, 2]),
            ([1, 3, 6, 1, 4, 1, 1916, 1, 2, 1, 2, 1, 10], [1, 3, 6, 1, 4, 1, 1916, 1, 2, 1, 2, 1, 2]),
        ] {
            for cell in rows.column(tag) {
                guard let number = cell.value.number, let vlan = Self.vlan(number) else { continue }
                vlans[vlan] = rows[name + Array(cell.index)]?.text ?? vlans[vlan] ?? ""
            }
        }
        // TPLINK-DOT1Q-VLAN-MIB: vlanConfigTable by VLAN, vlanPortPvid by ifIndex.
        for cell in rows.column([1, 3, 6, 1, 4, 1, 11863, 6, 14, 1, 2, 1, 1, 2]) where cell.index.count == 1 {
            if let vlan = Self.vlan(cell.index.last ?? 0) { vlans[vlan] = cell.value.text ?? "" }
        }
        for cell in rows.column([1, 3, 6, 1, 4, 1, 11863, 6, 14, 1, 1, 1, 1, 2]) {
            guard cell.index.count == 1, let ifIndex = cell.index.first, interface(ifIndex) != nil,
                let number = cell.value.number, let vlan = Self.vlan(number)
            else { continue }
            portVLAN[ifIndex] = vlan
        }
        // IEEE8021-Q-BRIDGE-MIB, by component and base port.
        for cell in rows.column(Self.ieeeBridge + [4, 5, 1, 1]) {
            guard cell.index.count == 2, let ifIndex = ifIndex(ofBasePort: cell.index.last ?? 0),
                let number = cell.value.number, let vlan = Self.vlan(number), portVLAN[ifIndex] == nil
            else { continue }
            portVLAN[ifIndex] = vlan
        }
    }

    /// Numbers of forwarding tables that only the maker's own MIB leads to a VLAN.
    func makersTables(_ rows: SNMPRows) -> [UInt32: [UInt16]] {
        var map: [UInt32: [UInt16]] = [:]
        func add(_ table: UInt32?, _ number: Int64?) {
            guard let table, let vlan = number.flatMap({ Self.vlan($0) }) else { return }
            if map[table]?.contains(vlan) != true { map[table, default: []].append(vlan) }
        }
        // Juniper EX: the VLAN's own number is that of its table.
        for cell in rows.column([1, 3, 6, 1, 4, 1, 2636, 3, 40, 1, 5, 1, 5, 1, 5]) where cell.index.count == 1 {
            add(cell.index.first, cell.value.number)
        }
        // Juniper ELS: jnxL2aldVlanFdbId says which table.
        for cell in rows.column([1, 3, 6, 1, 4, 1, 2636, 3, 48, 1, 3, 1, 1, 3]) {
            let table = rows[[1, 3, 6, 1, 4, 1, 2636, 3, 48, 1, 3, 1, 1, 5] + Array(cell.index)]?.number
            add(table.flatMap(UInt32.init(exactly:)), cell.value.number)
        }
        // Extreme EXOS: the VLAN's interface.
        for cell in rows.column([1, 3, 6, 1, 4, 1, 1916, 1, 2, 1, 2, 1, 10]) where cell.index.count == 1 {
            if let table = cell.index.first, table > 4_094 { add(table, cell.value.number) }
        }
        // ieee8021QBridgeVlanFdbId, by time, component and VLAN.
        for cell in rows.column(Self.ieeeBridge + [4, 2, 1, 4]) where cell.index.count == 3 {
            add(cell.value.number.flatMap(UInt32.init(exactly:)), cell.index.last.map(Int64.init))
        }
        return map
    }

    /// Rows of makers' own forwarding tables.
    mutating func readMakersForwarding(_ rows: SNMPRows) {
        var found: [ForwardingRow] = []
        func add(_ hardware: ArraySlice<UInt32>, _ ifIndex: UInt32?, vlan: UInt32?) {
            guard let address = Self.hardware(hardware), let ifIndex, ifIndex > 0,
                interfaces.isEmpty || interface(ifIndex) != nil
            else {
                unplacedRows += 1
                return
            }
            found.append(
                ForwardingRow(hardware: address, ifIndex: ifIndex, vlan: vlan.flatMap { Self.vlan($0) }, kind: .learned)
            )
        }
        // ALCATEL-IND1-MAC-ADDRESS-MIB, slMacAddressDisposition by ifIndex, VLAN, address; 1 is forwarding.
        for cell in rows.column([1, 3, 6, 1, 4, 1, 6486, 800, 1, 2, 1, 8, 1, 1, 1, 1, 3]) where cell.index.count == 8 {
            let index = Array(cell.index)
            if cell.value.number == 1 { add(index[2...], index[0], vlan: index[1]) }
        }
        readAlcatel(rows, add)
        // HUAWEI-L2MAM-MIB, hwDynFdbPort by address, VLAN and the name of a virtual switch; it holds the ifIndex.
        for cell in rows.column([1, 3, 6, 1, 4, 1, 2011, 5, 25, 42, 2, 1, 3, 1, 4]) where cell.index.count >= 7 {
            let index = Array(cell.index.prefix(7))
            add(index[..<6], cell.value.number.flatMap(UInt32.init(exactly:)), vlan: index[6])
        }
        // EXTREME-FDB-MIB, extremeFdbMacExosFdbTable: interfaces of port and VLAN stand in columns.
        let exos: ObjectName = [1, 3, 6, 1, 4, 1, 1916, 1, 16, 4, 1]
        for cell in rows.column(exos + [3]) {
            let index = Array(cell.index)
            guard index.count >= 6 else { continue }
            let place = rows[[1, 3, 6, 1, 4, 1, 1916, 1, 2, 1, 2, 1, 10] + Array(index.dropFirst(6))]?.number
            add(
                index[..<6], cell.value.number.flatMap(UInt32.init(exactly:)),
                vlan: place.flatMap(UInt32.init(exactly:)))
        }
        let ieee = Self.ieeeBridge + [2, 2, 1]
        let tables = makersTables(rows)
        for cell in rows.column(ieee + [2]) where cell.index.count == 8 {
            let index = Array(cell.index)
            let status = rows[ieee + [3] + index]?.number
            // 3 is learned, 5 by hand; 2 is invalid and 4 the bridge's own.
            guard status == nil || status == 3 || status == 5, let number = cell.value.number else { continue }
            let vlan = tables[index[1]].map { $0.count == 1 ? UInt32($0[0]) : nil } ?? index[1]
            add(index[2...], UInt32(exactly: number).flatMap(ifIndex(ofBasePort:)), vlan: vlan)
        }
        // What the old tables say as well is not said twice.
        var known = Set(forwarding.map { KnownRow(hardware: $0.hardware, vlan: $0.vlan) })
        for row in found where known.insert(KnownRow(hardware: row.hardware, vlan: row.vlan)).inserted {
            forwarding.append(row)
        }
    }

    private struct KnownRow: Hashable {
        var hardware: HardwareAddress
        var vlan: UInt16?
    }

    /// alaSlMacAddressGlobalTable of AOS 7 and later (1.3.6.1.4.1.6486.801.1.2.1.8.1.1.8.1) puts more in front: domain (1 is
    /// VLAN; the others are tunnels and services), kind of place, ifIndex, VLAN, a part of it, address.
    private func readAlcatel(_ rows: SNMPRows, _ add: (ArraySlice<UInt32>, UInt32?, UInt32?) -> Void) {
        var seen: Set<[UInt32]> = []
        for cell in rows.column([1, 3, 6, 1, 4, 1, 6486, 801, 1, 2, 1, 8, 1, 1]) {
            // Behind it: table, entry, column.
            let index = Array(cell.index.dropFirst(3))
            guard index.count == 8 || index.count == 11, seen.insert(index).inserted else { continue }
            if index.count == 11, index[0] > 1 { continue }
            let place = index.count == 11 ? 2 : 0
            add(index[(index.count - 6)...], index[place], index[place + 1])
        }
    }
}
