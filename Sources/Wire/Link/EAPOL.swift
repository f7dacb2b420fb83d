//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// EAPOL and EAP: who asks to be let in?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// EAP over LAN (IEEE 802.1X) and EAP (RFC 3748).
public enum EAPOL {
    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
    }
}
