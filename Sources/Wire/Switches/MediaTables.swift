//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// MAU-MIB: which medium, and what does the other end's hardware offer?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The medium of a port (RFC 4836).
public struct PortMedium: Hashable, Sendable {
    /// `1000BASE-T full duplex`
    public var kind: String?
    public var isNegotiating: Bool?
    /// What this port offers, and what the device at its other end does: names of the capability bits, in their order.
    public var offered: [String] = []
    public var partner: [String] = []
    /// What the other end says of itself by LLDP (IEEE 802.3, 79.3.1): what it offers.
    public var partnerSaid: [String] = []
    /// Microseconds that its receiver needs to wake up (IEEE 802.3, 79.3.5: Receive Tw).
    public var wakeMicroseconds: UInt32?

    public init() {}
}

extension SwitchReading {
    private static let mau: ObjectName = [1, 3, 6, 1, 2, 1, 26, 2, 1, 1]
    private static let negotiation: ObjectName = [1, 3, 6, 1, 2, 1, 26, 5, 1, 1]
    private static let kinds: ObjectName = [1, 3, 6, 1, 2, 1, 26, 4]

    mutating func readMedia(_ rows: SNMPRows) {
        var found: [UInt32: PortMedium] = [:]
        // A port with several attachments is described by its first.
        func each(_ entry: ObjectName, _ number: UInt32, _ change: (inout PortMedium, SNMPValue) -> Void) {
            for cell in rows.column(entry, number) {
                guard cell.index.count == 2, cell.index.last == 1, let ifIndex = cell.index.first else { continue }
                change(&found[ifIndex, default: PortMedium()], cell.value)
            }
        }
        each(Self.mau, 3) { medium, value in
            guard let name = value.objectName, name.hasPrefix(Self.kinds), name.numbers.count == 9 else { return }
            medium.kind = Self.kind(name.numbers[8])
        }
        each(Self.negotiation, 1) { $0.isNegotiating = $1.number.map { $0 == 1 } }
        each(Self.negotiation, 10) { $0.offered = Self.capabilities($1.octets ?? []) }
        each(Self.negotiation, 11) { $0.partner = Self.capabilities($1.octets ?? []) }
        media = found
    }

    /// IANAifMauTypeListBits, numbers from 1.
    private static func kind(_ number: UInt32) -> String? {
        let names = [
            "AUI", "10BASE5", "FOIRL", "10BASE2", "10BASE-T", "10BASE-FP", "10BASE-FB", "10BASE-FL", "10BROAD36",
            "10BASE-T half duplex", "10BASE-T full duplex", "10BASE-FL half duplex", "10BASE-FL full duplex",
            "100BASE-T4", "100BASE-TX half duplex", "100BASE-TX full duplex", "100BASE-FX half duplex",
            "100BASE-FX full duplex", "100BASE-T2 half duplex", "100BASE-T2 full duplex", "1000BASE-X half duplex",
            "1000BASE-X full duplex", "1000BASE-LX half duplex", "1000BASE-LX full duplex", "1000BASE-SX half duplex",
            "1000BASE-SX full duplex", "1000BASE-CX half duplex", "1000BASE-CX full duplex", "1000BASE-T half duplex",
            "1000BASE-T full duplex", "10GBASE-X", "10GBASE-LX4", "10GBASE-R", "10GBASE-ER", "10GBASE-LR",
            "10GBASE-SR", "10GBASE-W", "10GBASE-EW", "10GBASE-LW", "10GBASE-SW", "10GBASE-CX4", "2BASE-TL",
            "10PASS-TS", "100BASE-BX10-D", "100BASE-BX10-U", "100BASE-LX10", "1000BASE-BX10-D", "1000BASE-BX10-U",
            "1000BASE-LX10", "1000BASE-PX10-D", "1000BASE-PX10-U", "1000BASE-PX20-D", "1000BASE-PX20-U", "10GBASE-T",
        ]
        return number >= 1 && number <= UInt32(names.count) ? names[Int(number) - 1] : nil
    }

    /// IANAifMauAutoNegCapBits: bits from the left.
    static func capabilities(_ octets: [UInt8]) -> [String] {
        let names = LinkAbilities.names
        return names.indices.filter { $0 / 8 < octets.count && octets[$0 / 8] >> (7 - $0 % 8) & 1 == 1 }
            .map { names[$0] }
    }
}
