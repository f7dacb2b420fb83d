//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SSDP: which UPnP device is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Simple Service Discovery Protocol (UPnP Device Architecture 2.0, section 1).
public enum SSDP {
    /// A message has some ten lines; the rest is left unread.
    private static let maximumLines = 64

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        let isRequest = payload.starts(with: "NOTIFY * HTTP/1.") || payload.starts(with: "M-SEARCH * HTTP/1.")
        let isResponse = payload.starts(with: "HTTP/1.")
        guard isRequest || isResponse else { return false }
        // HTTP over datagrams could be something else; an answer to a search names what it found.
        if isResponse, !packet.uses(port: 1_900), !hasHeader("ST", payload), !hasHeader("USN", payload) { return false }
        var at = 0
        for index in 0..<maximumLines {
            guard let line = line(payload, &at) else { break }
            if index > 0 { readHeader(payload.extracting(line), into: &facts) }
        }
        return true
    }

    private static func readHeader(_ line: Span<UInt8>, into facts: inout Facts) {
        guard let field = field(ofHeader: line), let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        facts.add(field, line.from(colon + 1))
    }

    private static func field(ofHeader line: Span<UInt8>) -> Field? {
        // The first letter first: a name is compared only where it may fit.
        switch line.at(0).map(asciiLowerCase) {
        case 0x73:  // s
            if isHeader("SERVER", line) { return .ssdpServer }
            if isHeader("ST", line) { return .ssdpSt }
        case 0x75:  // u
            if isHeader("USN", line) { return .ssdpUsn }
            if isHeader("USER-AGENT", line) { return .ssdpUserAgent }
        case 0x6E:  // n
            if isHeader("NT", line) { return .ssdpSt }
        case 0x6C:  // l
            if isHeader("LOCATION", line) { return .ssdpLocation }
        case 0x61:  // a
            if isHeader("AL", line) { return .ssdpLocation }
        default: break
        }
        return nil
    }

    /// Whether the line's name is this one, in either case (RFC 9110, 5.1), perhaps with blanks before the colon.
    private static func isHeader(_ name: String, _ line: Span<UInt8>) -> Bool {
        guard line.matchesIgnoringCase(name, at: 0) else { return false }
        var at = name.utf8.count
        while let byte = line.at(at), byte == 0x20 || byte == 0x09 { at += 1 }
        return line.at(at) == UInt8(ascii: ":")
    }

    private static func hasHeader(_ name: String, _ payload: Span<UInt8>) -> Bool {
        var at = 0
        for _ in 0..<maximumLines {
            guard let line = line(payload, &at) else { return false }
            if isHeader(name, payload.extracting(line)) { return true }
        }
        return false
    }

    /// The next line, without its end; nil at the empty line or the end. Some devices leave out the carriage returns.
    private static func line(_ payload: Span<UInt8>, _ at: inout Int) -> Range<Int>? {
        guard at < payload.count else { return nil }
        let start = at
        let newline = payload.firstIndex(of: 0x0A, from: at) ?? payload.count
        at = newline + 1
        let end = newline > start && payload.at(newline - 1) == 0x0D ? newline - 1 : newline
        return end > start ? start..<end : nil
    }
}
