//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// NetBIOS names: what is it called?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// NetBIOS name and datagram services (RFC 1001, 1002).
public enum NetBIOS {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
