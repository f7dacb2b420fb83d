//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// LLDP with LLDP-MED and IEEE 802.3: who is the neighbour?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Link Layer Discovery Protocol (IEEE 802.1AB), with LLDP-MED (ANSI/TIA-1057).
public enum LLDP {
    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
    }
}
