//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// STP: which bridge is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Spanning Tree bridge protocol data units (IEEE 802.1D, 802.1w, 802.1Q).
public enum STP {
    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
    }
}
