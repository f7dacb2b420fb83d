//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SSH: the banner of either side.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Secure Shell identification string (RFC 4253, 4.2).
public enum SSH {
    /// With its line end, the string has at most 255 octets.
    private static let maximumLength = 255

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        bytes.starts(with: "SSH-")
    }

    /// Reads what is there of one direction of a stream: the banner, and nothing behind it.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        // The mark may come in pieces.
        guard bytes.count >= 4 else { return "SSH-".utf8.starts(with: array(bytes)) ? .more(4) : .finished }
        guard bytes.starts(with: "SSH-") else { return .finished }
        guard let end = bytes.upTo(maximumLength).firstIndex(of: 0x0A) else {
            return bytes.count < maximumLength ? .more(bytes.count + 1) : .finished
        }
        facts.add(.sshBanner, bytes.upTo(end))
        return .finished
    }

    /// The banner with its line end.
    public static func write(banner: String) -> [UInt8] { Array(banner.utf8) + [0x0D, 0x0A] }
}
