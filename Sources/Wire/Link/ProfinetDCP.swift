//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// PROFINET DCP: which station is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// PROFINET Discovery and Configuration Protocol (EtherType 0x8892).
public enum ProfinetDCP {
    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
    }
}
