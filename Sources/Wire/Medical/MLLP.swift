//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// HL7 v2 over MLLP: who sends, and for which devices?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// HL7 version 2 messages in MLLP frames. Patient segments are never kept.
public enum MLLP {
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
