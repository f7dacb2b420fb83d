//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// OPC UA: hello and endpoint.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// OPC Unified Architecture connection protocol (OPC 10000-6, 7.1.2): the endpoint a client asks for.
public enum OPCUA {
    /// A URL has at most 4,096 octets (7.1.2.3).
    private static let longestHello: UInt32 = 4_096 + 32

    /// Whether a stream that begins with these octets (at least one) speaks it: hello, acknowledge, error or reverse
    /// hello with a length that can be.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        guard let length = bytes.uint32(at: 4)?.byteSwapped, length >= 16, length <= longestHello else { return false }
        return bytes.starts(with: "HELF") || bytes.starts(with: "ACKF") || bytes.starts(with: "ERRF")
            || bytes.starts(with: "RHEF")
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        guard bytes.count >= 8 else { return .more(8) }
        guard bytes.starts(with: "HELF") else { return .finished }
        guard let length = bytes.uint32(at: 4)?.byteSwapped, length >= 32, length <= longestHello else {
            return .finished
        }
        guard bytes.count >= Int(length) else { return .more(Int(length)) }
        // Version, four sizes, then the URL behind its length.
        if let size = bytes.uint32(at: 28)?.byteSwapped, size <= length - 32 {
            facts.add(.opcuaEndpoint, bytes.from(32).upTo(Int(size)))
        }
        return .finished
    }

    // MARK: Writing

    /// A client's hello.
    public static func hello(endpoint: String) -> [UInt8] {
        var writer = ByteWriter()
        writer.text("HELF")
        writer.uint32LittleEndian(UInt32(endpoint.utf8.count + 32))
        for value: UInt32 in [0, 65_536, 65_536, 0, 0] { writer.uint32LittleEndian(value) }
        writer.uint32LittleEndian(UInt32(endpoint.utf8.count))
        writer.text(endpoint)
        return writer.bytes
    }

    /// A server's acknowledgement.
    public static func acknowledge() -> [UInt8] {
        var writer = ByteWriter()
        writer.text("ACKF")
        for value: UInt32 in [28, 0, 65_536, 65_536, 0, 0] { writer.uint32LittleEndian(value) }
        return writer.bytes
    }
}
