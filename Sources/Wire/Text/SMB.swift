//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SMB: negotiation and NTLMSSP names.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Server Message Block 1 to 3 and NTLMSSP (MS-SMB, MS-SMB2, MS-NLMP).
public enum SMB {
    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        false
    }


    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        .notMine
    }
}
