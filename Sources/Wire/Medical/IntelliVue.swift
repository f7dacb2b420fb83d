//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Philips IntelliVue: announce and association.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// IntelliVue data export over LAN (connect indication on UDP 24005, association on UDP 24105).
public enum IntelliVue {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
