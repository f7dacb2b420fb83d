//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SOCKS: what is it tunnelling to?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// SOCKS 4 and 5 (RFC 1928): read to reach what is inside.
public enum SOCKS {
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
