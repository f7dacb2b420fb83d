//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// IEEE 802.1X and Cisco's port security: who was let in at a port?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Access control at one port.
public struct PortAccess: Hashable, Sendable {
    /// dot1xAuthAuthControlledPortStatus; nil where the port is forced open.
    public var isAuthorised: Bool?
    /// Who spoke EAPOL last; nobody's name is read.
    public var eapolSource: HardwareAddress?
    /// cpsIfSecureLastMacAddress and cpsIfViolationCount.
    public var lastSecure: HardwareAddress?
    public var violations: UInt32?

    public init() {}
}

extension SwitchReading {
    private static let authenticator: ObjectName = [1, 0, 8802, 1, 1, 1, 1, 2]
    private static let security: ObjectName = [1, 3, 6, 1, 4, 1, 9, 9, 315, 1, 2, 1, 1]

    mutating func readAccess(_ rows: SNMPRows) {
        var found: [UInt32: PortAccess] = [:]
        func each(_ name: ObjectName, _ change: (inout PortAccess, SNMPValue) -> Void) {
            for cell in rows.column(name) {
                guard cell.index.count == 1, let ifIndex = cell.index.first else { continue }
                change(&found[ifIndex, default: PortAccess()], cell.value)
            }
        }
        each(Self.authenticator + [1, 1, 5]) { $0.isAuthorised = $1.number.map { $0 == 1 } }
        // dot1xAuthAuthControlledPortControl 3: forced open, so nobody is asked.
        each(Self.authenticator + [1, 1, 6]) { if $1.number == 3 { $0.isAuthorised = nil } }
        each(Self.authenticator + [2, 1, 12]) { $0.eapolSource = $1.hardware.flatMap { $0.isIndividual ? $0 : nil } }
        each(Self.security + [9]) { $0.violations = $1.number.flatMap(UInt32.init(exactly:)) }
        each(Self.security + [10]) { $0.lastSecure = $1.hardware.flatMap { $0.isIndividual ? $0 : nil } }
        access = found
    }
}
