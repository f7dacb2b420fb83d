//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DHCPv6: the same for IPv6.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Dynamic Host Configuration Protocol for IPv6 (RFC 8415).
public enum DHCPv6 {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
