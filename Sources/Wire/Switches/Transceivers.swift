//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Transceivers: what is plugged into each port's cage, as ENTITY-MIB or the maker's own MIB tells?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SwitchReading {
    /// Tables of makers, with the columns of kind, maker, model and serial number; 0 where there is none. By ifIndex, or by
    /// the part's number in ENTITY-MIB.
    private static let tables:
        [(entry: ObjectName, kind: UInt32, maker: UInt32, model: UInt32, serial: UInt32, isPart: Bool)] =
            [
                // HP-TRANSCEIVER-MIB, hpicfXcvrInfoTable.
                ([1, 3, 6, 1, 4, 1, 11, 2, 14, 11, 5, 1, 82, 1, 1, 1, 1], 5, 0, 3, 4, false),
                // ELTEX-PHY-MIB, eltPhdTransceiverInfoTable.
                ([1, 3, 6, 1, 4, 1, 35265, 1, 23, 53, 1, 1, 1], 3, 5, 10, 6, false),
                // FS-MIB of Centec's FSOS, transbasicinformationTable.
                ([1, 3, 6, 1, 4, 1, 52642, 1, 37, 1, 10, 1, 1], 1, 2, 3, 4, false),
                // HUAWEI-ENTITY-EXTENT-MIB, hwOpticalModuleInfoTable.
                ([1, 3, 6, 1, 4, 1, 2011, 5, 25, 31, 1, 1, 3, 1], 0, 24, 25, 4, true),
            ]

    mutating func readTransceivers(_ rows: SNMPRows) {
        // entAliasMappingIdentifier: part, logical entity; it names the interface's own row.
        var interfaceOfPart: [UInt32: UInt32] = [:]
        for cell in rows.column([1, 3, 6, 1, 2, 1, 47, 1, 3, 2, 1, 2]) where cell.index.count == 2 {
            guard let part = cell.index.first, let name = cell.value.objectName, let ifIndex = name.numbers.last,
                name.hasPrefix([1, 3, 6, 1, 2, 1, 2, 2, 1, 1])
            else { continue }
            interfaceOfPart[part] = ifIndex
        }
        var byName: [String: UInt32] = [:]
        for interface in interfaces {
            for name in [interface.name, interface.descr] { if let name { byName[name] = interface.ifIndex } }
        }
        func ifIndex(of part: PhysicalPart) -> UInt32? {
            interfaceOfPart[part.index] ?? part.name.flatMap { byName[$0] }
        }
        var found: [UInt32: Transceiver] = [:]
        var portsInside: [UInt32: [UInt32]] = [:]
        for part in parts where part.kind == .port {
            guard let ifIndex = ifIndex(of: part) else { continue }
            if let above = part.containedIn { portsInside[above, default: []].append(ifIndex) }
            // Some give the port itself the label of what is in it.
            if part.serial != nil { found[ifIndex] = Self.transceiver(part) }
        }
        // A module with one port in it is a transceiver; one with more is a board.
        for part in parts where part.kind == .module && part.serial != nil {
            guard let ports = portsInside[part.index] ?? ifIndex(of: part).map({ [$0] }), ports.count == 1 else {
                continue
            }
            found[ports[0]] = Self.transceiver(part)
        }
        let partsByIndex = Dictionary(parts.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        for table in Self.tables {
            for cell in rows.column(table.entry, table.serial) where cell.index.count == 1 {
                guard let serial = cell.value.text, let number = cell.index.first else { continue }
                let place =
                    table.isPart ? partsByIndex[number].flatMap(ifIndex(of:)) ?? interfaceOfPart[number] : number
                guard let place, interface(place) != nil else { continue }
                func text(_ column: UInt32) -> String? {
                    column == 0 ? nil : rows[table.entry + [column, number]]?.text
                }
                found[place] = Transceiver(
                    kind: text(table.kind), maker: text(table.maker), model: text(table.model), serial: serial)
            }
        }
        transceivers = found
    }

    private static func transceiver(_ part: PhysicalPart) -> Transceiver {
        Transceiver(kind: part.summary, maker: part.maker, model: part.model, serial: part.serial)
    }
}
