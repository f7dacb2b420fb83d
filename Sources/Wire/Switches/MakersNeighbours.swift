//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Neighbours in other MIBs than LLDP's first: LLDP of 2009, Nokia, TP-Link, Foundry's FDP, MikroTik's MNDP.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SwitchReading {
    mutating func readMakersNeighbours(_ rows: SNMPRows) {
        // LLDP-V2-MIB (IEEE 802.1AB-2009) has its columns one further; TIMETRA-LLDP-MIB has them as the first LLDP-MIB.
        // Both know a neighbour by time, ifIndex, group address and number.
        readWideLLDP(rows, [1, 3, 111, 2, 802, 1, 1, 13, 1, 4, 1, 1], firstColumn: 5)
        readWideLLDP(rows, [1, 3, 6, 1, 4, 1, 6527, 3, 1, 2, 59, 4, 1, 1], firstColumn: 4)
        readTPLink(rows)
        readFDP(rows)
        readMNDP(rows)
        readThrift(rows)
    }

    /// lldpV2Xdot3RemRxTwSys of LLDP-EXT-DOT3-V2-MIB (IEEE 802.3.1): how long the only neighbour at a port needs to wake up.
    /// The table is by interface; no public recording has it, so the index of its sisters is understood as well.
    private mutating func readThrift(_ rows: SNMPRows) {
        var found: [UInt32: [Int64]] = [:]
        for cell in rows.column([1, 3, 111, 2, 802, 3, 1, 5, 1, 3, 4, 1], 3) {
            let index = Array(cell.index)
            guard index.count == 1 || index.count == 4, let wake = cell.value.number, wake > 0, wake <= 65_535 else {
                continue
            }
            found[index.count == 1 ? index[0] : index[1], default: []].append(wake)
        }
        for (ifIndex, wakes) in found where wakes.count == 1 {
            guard neighbours.count(where: { $0.ifIndex == ifIndex && $0.via == .lldp }) == 1 else { continue }
            media[ifIndex, default: PortMedium()].wakeMicroseconds = UInt32(wakes[0])
        }
    }

    /// A neighbour that a port has told already is not told twice.
    private mutating func add(_ neighbour: SwitchNeighbour) {
        let isKnown = neighbours.contains {
            $0.ifIndex == neighbour.ifIndex
                && ($0.hardware != nil && $0.hardware == neighbour.hardware
                    || $0.name != nil && $0.name == neighbour.name)
        }
        if !isKnown { neighbours.append(neighbour) }
    }

    private mutating func readWideLLDP(_ rows: SNMPRows, _ entry: ObjectName, firstColumn: UInt32) {
        var found: [[UInt32]: LLDPWords] = [:]
        func each(_ number: UInt32, _ change: (inout LLDPWords, SNMPValue) -> Void) {
            for cell in rows.column(entry, firstColumn + number) where cell.index.count == 4 {
                // The time does not tell neighbours apart.
                change(&found[Array(cell.index.dropFirst()), default: LLDPWords()], cell.value)
            }
        }
        each(0) { $0.chassisKind = $1.number }
        each(1) { $0.chassis = $1.octets }
        each(2) { $0.portKind = $1.number }
        each(3) { $0.port = $1.octets }
        each(4) { $0.portSummary = $1.text }
        each(5) { $0.name = $1.text }
        each(6) { $0.summary = $1.text }
        each(7) { $0.supported = $1.octets }
        each(8) { $0.enabled = $1.octets }
        for (index, words) in found.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard interfaces.isEmpty || interface(index[0]) != nil else { continue }
            if words.isSomething { add(words.neighbour(at: index[0])) }
        }
    }

    /// TPLINK-LLDPINFO-MIB, by ifIndex and number; everything is text.
    private mutating func readTPLink(_ rows: SNMPRows) {
        let entry: ObjectName = [1, 3, 6, 1, 4, 1, 11863, 6, 35, 1, 2, 2, 1]
        for cell in rows.column(entry, 4) where cell.index.count == 2 {
            guard let ifIndex = cell.index.first, interface(ifIndex) != nil else { continue }
            func text(_ number: UInt32) -> String? { rows[entry + [number] + Array(cell.index)]?.text }
            var neighbour = SwitchNeighbour(agent: "", ifIndex: ifIndex, via: .lldp)
            neighbour.hardware = cell.value.octets.flatMap(Self.looseHardware)
            neighbour.chassis = neighbour.hardware?.description ?? cell.value.text
            let port = text(6)
            neighbour.port = port.flatMap { Self.looseHardware(Array($0.utf8))?.description } ?? port
            neighbour.portSummary = text(8)
            neighbour.name = text(9)
            neighbour.summary = text(10)
            let words = (text(12) ?? text(11) ?? "").lowercased().split { !$0.isLetter }
            let known: [Substring: SwitchNeighbour.Ability] = [
                "bridge": .bridge, "router": .router, "repeater": .repeater, "telephone": .telephone,
                "wlan": .accessPoint,
                "station": .station, "other": .other,
            ]
            neighbour.abilities = Set(words.compactMap { known[$0] }).sorted()
            if neighbour.chassis != nil || neighbour.name != nil { add(neighbour) }
        }
    }

    /// FOUNDRY-SN-SWITCH-GROUP-MIB, snFdpCacheTable by ifIndex and number: Foundry's own protocol and Cisco's.
    private mutating func readFDP(_ rows: SNMPRows) {
        let entry: ObjectName = [1, 3, 6, 1, 4, 1, 1991, 1, 1, 3, 20, 1, 2, 1, 1]
        for cell in rows.column(entry, 3) where cell.index.count == 2 {
            guard let ifIndex = cell.index.first, ifIndex > 0 else { continue }
            func value(_ number: UInt32) -> SNMPValue? { rows[entry + [number] + Array(cell.index)] }
            // snFdpCacheVendorId: 1 is FDP, 2 CDP.
            let isFDP = value(10)?.number != 2
            var neighbour = SwitchNeighbour(agent: "", ifIndex: ifIndex, via: isFDP ? .fdp : .cdp)
            neighbour.name = cell.value.text
            neighbour.chassis = cell.value.text
            neighbour.address = value(5)?.network.flatMap { $0.isIndividual ? $0 : nil }
            neighbour.summary = value(6)?.text
            neighbour.port = value(7)?.text
            neighbour.platform = value(8)?.text
            let words = (value(9)?.text ?? "").lowercased()
            for (word, ability): (String, SwitchNeighbour.Ability) in [
                ("router", .router), ("bridge", .bridge), ("switch", .bridge), ("phone", .telephone),
                ("host", .station),
            ] where words.contains(word) && !neighbour.abilities.contains(ability) {
                neighbour.abilities.append(ability)
            }
            neighbour.abilities.sort()
            if neighbour.name != nil { add(neighbour) }
        }
    }

    /// MIKROTIK-MIB, mtxrNeighborTable; the port of the other end is not told.
    private mutating func readMNDP(_ rows: SNMPRows) {
        let entry: ObjectName = [1, 3, 6, 1, 4, 1, 14988, 1, 1, 11, 1, 1]
        for cell in rows.column(entry, 8) where cell.index.count == 1 {
            guard let number = cell.value.number, let ifIndex = UInt32(exactly: number), interface(ifIndex) != nil
            else {
                continue
            }
            func value(_ number: UInt32) -> SNMPValue? { rows[entry + [number] + Array(cell.index)] }
            var neighbour = SwitchNeighbour(agent: "", ifIndex: ifIndex, via: .mndp)
            neighbour.address = value(2)?.network.flatMap { $0.isIndividual ? $0 : nil }
            neighbour.hardware = value(3)?.octets.flatMap(Self.looseHardware)
            neighbour.chassis = neighbour.hardware?.description
            neighbour.summary = value(4)?.text
            neighbour.platform = value(5)?.text
            neighbour.name = value(6)?.text
            if neighbour.chassis != nil || neighbour.name != nil { add(neighbour) }
        }
    }
}
