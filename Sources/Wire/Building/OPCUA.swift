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

    /// Answers longer than this are not looked into for the server's name.
    private static let longestAnswer: UInt32 = 16_384
    /// Messages of one direction that are looked at: the names come in the first few, if at all.
    private static let mostMessages: StreamMemory = 8

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        guard bytes.count >= 8 else { return .more(8) }
        guard let length = bytes.uint32(at: 4)?.byteSwapped, length >= 8, memory < mostMessages else {
            return .finished
        }
        if bytes.starts(with: "HELF") {
            guard length >= 32, length <= longestHello else { return .finished }
            guard bytes.count >= Int(length) else { return .more(Int(length)) }
            // Version, four sizes, then the URL behind its length.
            if let size = bytes.uint32(at: 28)?.byteSwapped, size <= length - 32 {
                facts.add(.opcuaEndpoint, bytes.from(32).upTo(Int(size)))
            }
            return .finished
        }
        guard side == .server, length <= longestAnswer else { return .finished }
        guard bytes.starts(with: "ACKF") || bytes.starts(with: "OPNF") || bytes.starts(with: "MSGF") else {
            return .finished
        }
        memory += 1
        if bytes[0] == UInt8(ascii: "M") {
            guard bytes.count >= Int(length) else {
                memory -= 1
                return .more(Int(length))
            }
            if readEndpoints(bytes.upTo(Int(length)), into: &facts) { return .finished }
        }
        return .took(Int(length))
    }

    /// The answer to GetEndpoints (OPC 10000-4, 5.4.4), when it is not encrypted: the first endpoint's application name.
    private static func readEndpoints(_ bytes: Span<UInt8>, into facts: inout Facts) -> Bool {
        // Channel, token, sequence and request (16 octets), then the numeric type 431 in four octets.
        guard bytes.uint32(at: 24) == 0x0100_AF01 else { return false }
        // Time, handle, result (16), no diagnostics (1), no strings (4), no further header (3), count of endpoints (4).
        var at = 28
        guard bytes.at(at + 16) == 0, bytes.uint32(at: at + 17) == 0xFFFF_FFFF, bytes.at(at + 23) == 0 else {
            return true
        }
        at += 28
        // Endpoint, application and product URL.
        for _ in 0..<3 { at += 4 + Int(length(of: bytes, at: at)) }
        // A localized text: which parts it has, language, text.
        guard let parts = bytes.at(at) else { return true }
        at += 1
        if parts & 1 != 0 { at += 4 + Int(length(of: bytes, at: at)) }
        if parts & 2 != 0 {
            facts.add(.opcuaApplicationName, bytes.from(at + 4).upTo(Int(length(of: bytes, at: at))))
        }
        return true
    }

    /// Length of a string whose length stands here; 0 for none.
    private static func length(of bytes: Span<UInt8>, at index: Int) -> UInt32 {
        guard let length = bytes.uint32(at: index)?.byteSwapped, length <= longestAnswer else { return 0 }
        return length
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
