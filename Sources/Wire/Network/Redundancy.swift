//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Router redundancy: who shares an address with whom?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Hot Standby Router Protocol (RFC 2281) and Virtual Router Redundancy Protocol (RFC 5798).
public enum Redundancy {
    /// HSRP version 1 on UDP 1985: group, priority and the shared address.
    public static func readHSRP(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard payload.count >= 20, payload[0] == 0, payload[1] <= 3 else { return false }
        put(.hsrpGroup, payload[6], priority: payload[5], payload.uint32(at: 16), into: &facts)
        return true
    }

    /// VRRP versions 2 and 3 (IP protocol 112).
    public static func readVRRP(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        guard payload.count >= 8, payload[0] & 15 == 1, [2, 3].contains(payload[0] >> 4) else { return }
        put(
            .vrrpGroup, payload[1], priority: payload[2], packet.sourceNetwork.isV4 ? payload.uint32(at: 8) : nil,
            into: &facts)
    }

    private static func put(
        _ field: Field, _ group: UInt8, priority: UInt8, _ address: UInt32?, into facts: inout Facts
    ) {
        facts.open(field)
        facts.put("group ")
        facts.put(decimal: UInt64(group))
        facts.put(" priority ")
        facts.put(decimal: UInt64(priority))
        if let address {
            facts.put(" address ")
            facts.put(IPAddress(v4: address).description)
        }
        facts.close()
    }
}
