//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// RADIUS: who let whom in?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Remote Authentication Dial-In User Service (RFC 2865).
public enum RADIUS {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
