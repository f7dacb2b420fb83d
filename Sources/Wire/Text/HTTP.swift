//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// HTTP/1: request and response headers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Hypertext Transfer Protocol 1.x headers (RFC 9112), and UPnP descriptions in bodies.
///
/// Of every message on a connection `User-Agent`, `Host`, `Server`, `X-Powered-By` and the realm of
/// `WWW-Authenticate` are read, and of `Authorization` that it is Basic; of the rest nothing: no address, no cookie, no
/// credential, no body.
public enum HTTP {
    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        // Some devices send the method in a segment of its own.
        MessageGrammar.http.begins(bytes) == .yes
            || (bytes.count < 8 && (bytes.starts(with: "GET ") || bytes.starts(with: "POST ")))
    }

    /// Reads what is there of one direction of a stream. Which side it is shows in the messages themselves.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        MessageReader.read(.http, bytes, &memory, into: &facts)
    }

    // MARK: Writing

    /// One request; `Content-Length` is added when there is a body.
    public static func request(
        _ method: String, _ target: String, host: String, headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) -> [UInt8] {
        message("\(method) \(target) HTTP/1.1", [("Host", host)] + headers, body, alwaysCounted: false)
    }

    /// One answer, with its `Content-Length`.
    public static func response(
        _ status: Int, _ reason: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) -> [UInt8] {
        message("HTTP/1.1 \(status) \(reason)", headers, body, alwaysCounted: true)
    }

    private static func message(
        _ line: String, _ headers: [(name: String, value: String)], _ body: [UInt8], alwaysCounted: Bool
    ) -> [UInt8] {
        MessageGrammar.write(
            line, headers + (alwaysCounted || !body.isEmpty ? [("Content-Length", "\(body.count)")] : []), body)
    }
}

extension MessageGrammar {
    /// A whole message.
    static func write(_ line: String, _ headers: [(name: String, value: String)], _ body: [UInt8] = []) -> [UInt8] {
        var writer = ByteWriter()
        writer.text("\(line)\r\n")
        for header in headers { writer.text("\(header.name): \(header.value)\r\n") }
        writer.text("\r\n")
        writer.raw(body)
        return writer.bytes
    }
}
