//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// NTP: version and stratum.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Network Time Protocol (RFC 5905).
public enum NTP {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
