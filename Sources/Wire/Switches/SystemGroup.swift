//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SNMPv2-MIB: who is this agent?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The system group (RFC 3418). The contact is a person and is passed over.
public struct SystemGroup: Hashable, Sendable {
    public var summary: String?
    public var objectId: ObjectName?
    public var name: String?
    public var location: String?
    /// Hundredths of a second since the agent started; runs over after 497 days.
    public var uptime: UInt32?

    public init() {}

    private static let group: ObjectName = [1, 3, 6, 1, 2, 1, 1]

    init(_ rows: SNMPRows) {
        summary = rows.scalar(Self.group + [1])?.text
        objectId = rows.scalar(Self.group + [2])?.objectName
        if let ticks = rows.scalar(Self.group + [3])?.number { uptime = UInt32(exactly: ticks) }
        name = rows.scalar(Self.group + [5])?.text
        location = rows.scalar(Self.group + [6])?.text
    }

    /// IANA's private enterprise number in sysObjectID.
    public var enterprise: UInt32? {
        guard let numbers = objectId?.numbers, numbers.count > 6, numbers.starts(with: [1, 3, 6, 1, 4, 1]) else {
            return nil
        }
        return numbers[6]
    }

    /// Makers of switches by IANA's enterprise numbers; those of the recordings at hand.
    public var vendor: String? {
        // Cisco's small-business switches and Meraki's Catalysts are Cisco's own.
        let makers: [UInt32: String] = [
            9: "Cisco", 11: "HPE", 45: "Extreme Networks", 171: "D-Link", 207: "Allied Telesis", 248: "Hirschmann",
            318: "APC", 534: "Eaton", 674: "Dell", 890: "Zyxel", 1588: "Brocade", 1916: "Extreme Networks",
            1991: "Brocade", 2011: "Huawei", 2636: "Juniper Networks", 3955: "Linksys", 4329: "Siemens",
            6486: "Alcatel-Lucent Enterprise", 6527: "Nokia", 7428: "Microsemi", 8691: "Moxa", 11863: "TP-Link",
            12356: "Fortinet", 13742: "Raritan", 14823: "Aruba", 14988: "MikroTik", 25506: "H3C", 29671: "Cisco Meraki",
            35265: "Eltex", 40418: "SNR", 41112: "Ubiquiti", 46242: "Netonix", 47196: "Aruba", 52642: "FS",
        ]
        return enterprise.flatMap { makers[$0] }
    }
}
