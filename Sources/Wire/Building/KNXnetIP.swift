//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// KNXnet/IP: which gateway is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// KNXnet/IP (EN 50090, ISO 22510) device information.
public enum KNXnetIP {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
