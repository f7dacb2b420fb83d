//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Notifications: what traps and informs say of a port, maker by maker, and what says nothing.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

@Suite struct `What a switch tells by itself` {
    private static let identity: ObjectName = [1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]
    private let mac = HardwareAddress(bits: 0x0003_B112_3456)
    private let octets: [UInt8] = [0x00, 0x03, 0xB1, 0x12, 0x34, 0x56]

    private func name(_ text: String) -> ObjectName { ObjectName(Array(text.utf8)) ?? [0, 0] }

    private func events(_ kind: String, _ bindings: [(String, SNMPValue)]) -> [PortEvent] {
        let rows =
            [SNMPRow([1, 3, 6, 1, 2, 1, 1, 3, 0], .ticks(7)), SNMPRow(Self.identity, .name(name(kind)))]
            + bindings.map { SNMPRow(name($0.0), $0.1) }
        return SwitchNotification(rows, agent: "sw").events
    }

    @Test func `link up and link down name the port by a value, or by the index of what they say of it`() {
        let table: [(String, [(String, SNMPValue)], PortEvent.Kind)] = [
            ("1.3.6.1.6.3.1.1.5.4", [("1.3.6.1.2.1.2.2.1.1.10101", .integer(10_101))], .linkUp),
            ("1.3.6.1.6.3.1.1.5.3", [("1.3.6.1.2.1.2.2.1.1.10101", .integer(10_101))], .linkDown),
            ("1.3.6.1.6.3.1.1.5.3", [("1.3.6.1.2.1.2.2.1.8.10101", .integer(2))], .linkDown),
        ]
        for (kind, bindings, expected) in table {
            #expect(events(kind, bindings) == [PortEvent(agent: "sw", kind: expected, ifIndex: 10_101)])
        }
        #expect(events("1.3.6.1.6.3.1.1.5.3", []).isEmpty)
        #expect(events("1.3.6.1.6.3.1.1.5.3", [("1.3.6.1.2.1.2.2.1.1.0", .integer(0))]).isEmpty)
        #expect(events("1.3.6.1.6.3.1.1.5.3", [("1.3.6.1.2.1.2.2.1.1.1", .integer(-1))]).first?.ifIndex == 1)
    }

    @Test func `cold and warm start begin the counters anew; a failed login says nothing of a port`() {
        #expect(events("1.3.6.1.6.3.1.1.5.1", []) == [PortEvent(agent: "sw", kind: .coldStart)])
        #expect(events("1.3.6.1.6.3.1.1.5.2", []) == [PortEvent(agent: "sw", kind: .coldStart)])
        #expect(events("1.3.6.1.6.3.1.1.5.5", []).isEmpty)
    }

    @Test func `Cisco packs several addresses into one, with the number of the bridge's port`() {
        let message: [UInt8] =
            [1, 0, 12] + octets + [0, 7] + [2, 0, 13] + octets + [0, 8] + [0, 0, 14] + octets + [0, 9]
        let found = events(
            "1.3.6.1.4.1.9.9.215.2.0.1", [("1.3.6.1.4.1.9.9.215.1.1.8.1.2.5", .octets(message))])
        #expect(
            found == [
                PortEvent(agent: "sw", kind: .learned, bridgePort: 7, hardware: mac, vlan: 12),
                PortEvent(agent: "sw", kind: .removed, bridgePort: 8, hardware: mac, vlan: 13),
            ])
        for cut in 0..<11 {
            let short = events(
                "1.3.6.1.4.1.9.9.215.2.0.1",
                [("1.3.6.1.4.1.9.9.215.1.1.8.1.2.5", .octets(Array(message.prefix(cut))))])
            #expect(short.isEmpty)
        }
        let group = [1, 0, 12] + [UInt8](repeating: 0xFF, count: 6) + [0, 7]
        #expect(
            events("1.3.6.1.4.1.9.9.215.2.0.1", [("1.3.6.1.4.1.9.9.215.1.1.8.1.2.5", .octets(group))]).isEmpty)
    }

    @Test func `Cisco tells a move by its new port`() {
        let base = "1.3.6.1.4.1.9.9.215.1.3"
        let found = events(
            "1.3.6.1.4.1.9.9.215.2.0.2",
            [
                ("\(base).3.0", .octets(octets)), ("\(base).4.0", .integer(12)), ("\(base).5.0", .integer(3)),
                ("\(base).6.0", .integer(9)),
            ])
        #expect(found == [PortEvent(agent: "sw", kind: .moved, bridgePort: 9, hardware: mac, vlan: 12)])
    }

    @Test func `Cisco's port security names the port and whom it refused`() {
        let found = events(
            "1.3.6.1.4.1.9.9.315.0.0.1",
            [
                ("1.3.6.1.2.1.2.2.1.1.10101", .integer(10_101)),
                ("1.3.6.1.2.1.31.1.1.1.1.10101", .octets(Array("Gi1/0/1".utf8))),
                ("1.3.6.1.4.1.9.9.315.1.2.1.1.10.10101", .octets(octets)),
            ])
        #expect(found == [PortEvent(agent: "sw", kind: .violation, ifIndex: 10_101, hardware: mac)])
    }

    @Test(
        arguments: [
            (1, PortEvent.Kind.learned, 4), (2, .moved, 4), (3, .removed, 3), (4, .removed, 3),
        ] as [(Int64, PortEvent.Kind, UInt32)])
    func `HP tells learned, moved, removed and aged, by interfaces`(
        action: Int64, kind: PortEvent.Kind, port: UInt32
    ) {
        let base = "1.3.6.1.4.1.11.2.14.11.5.1.66.1"
        let found = events(
            "1.3.6.1.4.1.11.2.14.11.5.1.66.0.1",
            [
                ("\(base).6.0", .integer(action)), ("\(base).7.0", .octets(octets)), ("\(base).8.0", .integer(3)),
                ("\(base).9.0", .integer(4)), ("\(base).10.0", .integer(20)),
            ])
        #expect(found == [PortEvent(agent: "sw", kind: kind, ifIndex: port, hardware: mac, vlan: 20)])
        #expect(
            events(
                "1.3.6.1.4.1.11.2.14.11.5.1.66.0.1", [("\(base).6.0", .integer(9)), ("\(base).7.0", .octets(octets))]
            ).isEmpty)
    }

    @Test func `what is unknown, nameless or endless says nothing, or no more than it may`() {
        #expect(events("1.3.6.1.4.1.9.9.41.2.0.1", [("1.3.6.1.2.1.2.2.1.1.1", .integer(1))]).isEmpty)
        #expect(SwitchNotification([], agent: "sw").kind == nil)
        let tuple = [1, 0, 12] + octets + [0, 7]
        let many = (0..<40).map { row in
            (
                "1.3.6.1.4.1.9.9.215.1.1.8.1.2.\(row)",
                SNMPValue.octets(Array(repeatElement(tuple, count: 23).joined()))
            )
        }
        #expect(events("1.3.6.1.4.1.9.9.215.2.0.1", many).count == SwitchNotification.mostEvents)
    }
}
