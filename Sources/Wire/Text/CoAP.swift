//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CoAP: which resource?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Constrained Application Protocol (RFC 7252).
public enum CoAP {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
