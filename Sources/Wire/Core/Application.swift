//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Applications: every protocol that is recognised, and how a stream of it is read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// An application protocol that a conversation was found to speak.
public enum Application: UInt8, CaseIterable, Sendable, Hashable {
    // Not recognised (yet), or given up.
    case unknown, opaque
    // Names and addresses
    case dhcp, dhcpv6, dns, mdns, llmnr, netbios, ssdp, wsd
    // Secure
    case tls, dtls, quic, socks
    // Text and management
    case http, ssh, telnet, ftp, smtp, pop3, imap, smb, snmp, radius, sip, rtsp, mqtt, coap, ntp, syslog, rdp
    case tftp, kerberos, ldap
    // Medical
    case dicom, hl7, intellivue, astm, poct1, ieee11073
    // Building and industry
    case bacnet, modbus, knx, s7, enip, opcua, profinet, dnp3
    // Other
    case tuya, capwap, edimax

    /// As `services[].protocol` names it.
    public var name: String { Self.names[Int(rawValue)] }

    /// Whether it says more than that nothing was recognised.
    public var isNamed: Bool { self != .unknown && self != .opaque }

    /// Whether its server greets first and shows people's affairs afterwards, in the same kind of lines: in a recording
    /// that begins in the middle of a session, nothing tells the one from the other.
    var talksToPeople: Bool { self == .telnet || self == .pop3 || self == .imap }

    private static let names: [String] = allCases.map { "\($0)" }
}

/// Which way a stretch of a stream went.
public enum StreamSide: Sendable, Hashable {
    case client, server
}

/// What a parser says of the bytes it was shown: always those from the first it has not taken yet.
public enum StreamProgress: Sendable, Hashable {
    /// Needs the message to be at least this long (octets from the same start) before it can go on.
    case more(Int)
    /// Took this many octets (at least one); call again with what follows. May exceed what was shown: the rest is
    /// skipped unseen as it arrives (a body, a picture, encrypted records), and nothing of it is kept.
    case took(Int)
    /// Took this many octets, and what follows is another protocol: recognise anew in both directions (after a
    /// SOCKS or CONNECT answer, after STARTTLS).
    case handOver(Int)
    /// Knows all it wants from this direction.
    case finished
    /// This is not, or no longer, the protocol it was taken for.
    case notMine
}

/// Eight octets that a stream parser may keep between calls, one per direction.
public typealias StreamMemory = UInt64
