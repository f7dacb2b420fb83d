//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// BACnet/IP: which controller is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// BACnet/IP (ASHRAE 135, annex J).
public enum BACnet {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
