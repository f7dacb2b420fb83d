//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// RTSP: which camera, which viewer?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Real Time Streaming Protocol (RFC 2326): `User-Agent` and `Server`.
public enum RTSP {
    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        MessageGrammar.rtsp.begins(bytes) == .yes
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        MessageReader.read(.rtsp, bytes, &memory, into: &facts)
    }

    // MARK: Writing

    /// A viewer's OPTIONS (RFC 2326 §10.1).
    public static func options(_ url: String, userAgent: String, sequence: Int = 1) -> [UInt8] {
        MessageGrammar.write("OPTIONS \(url) RTSP/1.0", [("CSeq", "\(sequence)"), ("User-Agent", userAgent)])
    }

    /// The camera's answer.
    public static func answer(server: String, sequence: Int = 1) -> [UInt8] {
        MessageGrammar.write(
            "RTSP/1.0 200 OK",
            [
                ("CSeq", "\(sequence)"), ("Server", server),
                ("Public", "OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, PAUSE"),
            ])
    }
}
