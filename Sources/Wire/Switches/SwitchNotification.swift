//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Notifications: what a trap or an inform says of a port (RFC 3416, 4.2.6 and 4.2.7).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A notification's bindings, understood. Link state and restarts by RFC 3418 and RFC 2863; learned addresses as Cisco
/// and HP tell them; port security as Cisco does.
public struct SwitchNotification: Hashable, Sendable {
    /// snmpTrapOID.0; nil where it is missing, which no agent may do.
    public let kind: ObjectName?
    /// In the order in which they are told; empty for kinds that say nothing of a port.
    public let events: [PortEvent]

    /// What one message can hold: Cisco packs 23 addresses into 254 octets, and a message has room for some of those.
    public static let mostEvents = 512

    private static let identity: ObjectName = [1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]
    private static let standard: ObjectName = [1, 3, 6, 1, 6, 3, 1, 1, 5]
    private static let ciscoChanged: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 215, 2, 0, 1]
    private static let ciscoMoved: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 215, 2, 0, 2]
    private static let ciscoRefused: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 315, 0, 0]
    private static let hpChanged: ObjectName = [1, 3, 6, 1, 4, 1, 11, 2, 14, 11, 5, 1, 66, 0, 1]

    /// - Parameter agent: Under which name its switch is kept.
    public init(_ rows: [SNMPRow], agent: String) {
        kind = rows.first { $0.name == Self.identity }?.value.objectName
        let notice = Notice(rows: rows, agent: agent)
        guard let kind else {
            events = []
            return
        }
        var found: [PortEvent]
        switch kind {
        case Self.ciscoChanged: found = notice.ciscoChanged()
        case Self.ciscoMoved: found = notice.ciscoMoved()
        case Self.hpChanged: found = notice.hpChanged()
        case _ where kind.hasPrefix(Self.ciscoRefused): found = notice.ciscoRefused()
        case _ where kind.hasPrefix(Self.standard): found = notice.standard(kind.numbers.last ?? 0)
        default: found = []
        }
        if found.count > Self.mostEvents { found.removeLast(found.count - Self.mostEvents) }
        events = found
    }
}

/// The bindings of one notification.
private struct Notice {
    let rows: [SNMPRow]
    let agent: String

    private static let interface: ObjectName = [1, 3, 6, 1, 2, 1, 2, 2, 1]
    private static let ciscoHistory: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 215, 1, 1, 8, 1, 2]
    private static let ciscoMove: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 215, 1, 3]
    private static let lastAddress: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 315, 1, 2, 1, 1, 10]
    private static let hp: ObjectName = [1, 3, 6, 1, 4, 1, 11, 2, 14, 11, 5, 1, 66, 1]

    private func value(below name: ObjectName) -> SNMPValue? { rows.first { $0.name.hasPrefix(name) }?.value }

    private func number(below name: ObjectName) -> UInt32? {
        value(below: name)?.number.flatMap { UInt32(exactly: $0) }.flatMap { $0 > 0 ? $0 : nil }
    }
    private func hardware(below name: ObjectName) -> HardwareAddress? {
        value(below: name)?.hardware.flatMap { $0.isIndividual && $0.bits != 0 ? $0 : nil }
    }
    private func vlan(below name: ObjectName) -> UInt16? {
        number(below: name).flatMap { (1...4_094).contains($0) ? UInt16($0) : nil }
    }

    /// ifIndex: as a value, else as the index of whatever is said of the interface. Some agents say one, some the other.
    private var ifIndex: UInt32? {
        if let said = number(below: Self.interface + [1]) { return said }
        for row in rows where row.name.hasPrefix(Self.interface) && row.name.numbers.count == 11 {
            if let last = row.name.numbers.last, last > 0 { return last }
        }
        return nil
    }

    func standard(_ number: UInt32) -> [PortEvent] {
        switch number {
        // After a warm start the counters begin at zero as well.
        case 1, 2: return [PortEvent(agent: agent, kind: .coldStart)]
        case 3, 4:
            guard let ifIndex else { return [] }
            return [PortEvent(agent: agent, kind: number == 3 ? .linkDown : .linkUp, ifIndex: ifIndex)]
        default: return []
        }
    }

    /// cmnHistMacChangedMsg: tuples of eleven octets, the operation, VLAN, address and dot1dBasePort; an operation of 0
    /// ends them.
    func ciscoChanged() -> [PortEvent] {
        var events: [PortEvent] = []
        for row in rows where row.name.hasPrefix(Self.ciscoHistory) {
            guard let octets = row.value.octets else { continue }
            var place = 0
            while place + 11 <= octets.count, events.count < SwitchNotification.mostEvents {
                let part = octets[place..<place + 11].map { UInt64($0) }
                place += 11
                let operation = part[0]
                if operation == 0 { break }
                let hardware = HardwareAddress(bits: part[3..<9].reduce(0) { $0 << 8 | $1 })
                guard operation <= 2, hardware.isIndividual else { continue }
                let vlan = UInt16(part[1] << 8 | part[2])
                let port = UInt32(part[9] << 8 | part[10])
                events.append(
                    PortEvent(
                        agent: agent, kind: operation == 1 ? .learned : .removed, bridgePort: port > 0 ? port : nil,
                        hardware: hardware, vlan: (1...4_094).contains(vlan) ? vlan : nil))
            }
        }
        return events
    }

    func ciscoMoved() -> [PortEvent] {
        guard let hardware = hardware(below: Self.ciscoMove + [3]), let port = number(below: Self.ciscoMove + [6])
        else { return [] }
        return [
            PortEvent(
                agent: agent, kind: .moved, bridgePort: port, hardware: hardware,
                vlan: vlan(below: Self.ciscoMove + [4]))
        ]
    }

    /// cpsSecureMacAddrViolation and its like for trunks and interfaces.
    func ciscoRefused() -> [PortEvent] {
        guard let ifIndex = ifIndex ?? rows.first(where: { $0.name.hasPrefix(Self.lastAddress) })?.name.numbers.last
        else { return [] }
        return [
            PortEvent(
                agent: agent, kind: .violation, ifIndex: ifIndex, hardware: hardware(below: Self.lastAddress))
        ]
    }

    /// hpicfMacNotifyMacAddressTableChange: learned, moved, removed, aged; both ports are interfaces.
    func hpChanged() -> [PortEvent] {
        guard let hardware = hardware(below: Self.hp + [7]) else { return [] }
        let (from, to) = (number(below: Self.hp + [8]), number(below: Self.hp + [9]))
        let vlan = vlan(below: Self.hp + [10])
        switch number(below: Self.hp + [6]) {
        // Where it only learns, some firmware leaves the second port out.
        case 1:
            guard let port = to ?? from else { return [] }
            return [PortEvent(agent: agent, kind: .learned, ifIndex: port, hardware: hardware, vlan: vlan)]
        case 2:
            guard let to else { return [] }
            return [PortEvent(agent: agent, kind: .moved, ifIndex: to, hardware: hardware, vlan: vlan)]
        case 3, 4:
            return [PortEvent(agent: agent, kind: .removed, ifIndex: from ?? to, hardware: hardware, vlan: vlan)]
        default: return []
        }
    }
}
