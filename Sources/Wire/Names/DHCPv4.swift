//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DHCPv4: what does it call itself, what does it ask for?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Dynamic Host Configuration Protocol (RFC 2131, 2132).
public enum DHCPv4 {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
