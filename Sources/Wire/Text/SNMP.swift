//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SNMP: version, sysDescr, engine.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Simple Network Management Protocol (RFC 1157, 3416, 3412). The community is never kept.
public enum SNMP {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
