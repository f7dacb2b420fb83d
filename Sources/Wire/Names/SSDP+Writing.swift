//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SSDP, the other way round: a device announces itself, looks for others, and answers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension SSDP {
    /// Writes the announcement of a device or a service (UPnP Device Architecture 2.0, 1.2.2).
    public static func notify(type: String, usn: String, server: String, location: String) -> [UInt8] {
        lines(
            "NOTIFY * HTTP/1.1", "HOST: 239.255.255.250:1900", "CACHE-CONTROL: max-age=1800", "LOCATION: " + location,
            "NT: " + type, "NTS: ssdp:alive", "SERVER: " + server, "USN: " + usn)
    }

    /// Writes a search (1.3.2).
    public static func search(for type: String, userAgent: String? = nil) -> [UInt8] {
        let agent = userAgent.map { ["USER-AGENT: " + $0] } ?? []
        return lines(
            ["M-SEARCH * HTTP/1.1", "HOST: 239.255.255.250:1900", "MAN: \"ssdp:discover\"", "MX: 2", "ST: " + type]
                + agent)
    }

    /// Writes the answer to a search (1.3.3).
    public static func response(type: String, usn: String, server: String, location: String) -> [UInt8] {
        lines(
            "HTTP/1.1 200 OK", "CACHE-CONTROL: max-age=1800", "EXT: ", "LOCATION: " + location, "SERVER: " + server,
            "ST: " + type, "USN: " + usn)
    }

    private static func lines(_ lines: String...) -> [UInt8] { Self.lines(lines) }

    private static func lines(_ lines: [String]) -> [UInt8] {
        Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
