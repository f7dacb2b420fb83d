//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SSDP: which UPnP device is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Simple Service Discovery Protocol (UPnP Device Architecture 2.0, section 1).
public enum SSDP {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
