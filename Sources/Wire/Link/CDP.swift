//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CDP: who is the Cisco neighbour?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Cisco Discovery Protocol, versions 1 and 2.
public enum CDP {
    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
    }
}
