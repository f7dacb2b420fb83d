//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// WS-Discovery: which printer, scanner or medical device is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// WS-Discovery and DPWS, with the scopes of IEEE 11073 SDC.
public enum WSDiscovery {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
