//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Oddities: how input can break the rules of its format, each by name.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A rule of a format that some input broke. Counted, shown, never a reason to stop.
///
/// One case per way to be broken, named `protocol.what`. Kept in alphabetical order of the names.
public enum Oddity: String, CaseIterable, Sendable, Hashable {
    case arpTruncated = "arp.truncated"
    case captureBadBlock = "capture.badBlock"
    case cdpBadHeader = "cdp.badHeader"
    case cdpTlvOverrun = "cdp.tlvOverrun"
    case dhcpNoCookie = "dhcp.noCookie"
    case dhcpOptionOverrun = "dhcp.optionOverrun"
    case dhcpTruncated = "dhcp.truncated"
    case dhcpv6OptionOverrun = "dhcpv6.optionOverrun"
    case dhcpv6TooDeep = "dhcpv6.tooDeep"
    case dnsBadName = "dns.badName"
    case dnsNameLoop = "dns.nameLoop"
    case dnsTooManyRecords = "dns.tooManyRecords"
    case dnsTruncated = "dns.truncated"
    case eapBadLength = "eap.badLength"
    case eapolTruncated = "eapol.truncated"
    case ethernetTruncated = "ethernet.truncated"
    case factsFull = "facts.full"
    case ipv4BadHeader = "ipv4.badHeader"
    case ipv4FragmentConflict = "ipv4.fragmentConflict"
    case ipv4FragmentsDropped = "ipv4.fragmentsDropped"
    case ipv4LengthMismatch = "ipv4.lengthMismatch"
    case ipv4Truncated = "ipv4.truncated"
    case ipv6BadHeader = "ipv6.badHeader"
    case ipv6ExtensionLoop = "ipv6.extensionLoop"
    case ipv6Truncated = "ipv6.truncated"
    case linkTruncated = "link.truncated"
    case linkUnknownType = "link.unknownType"
    case lldpTlvOverrun = "lldp.tlvOverrun"
    case lldpTlvTooShort = "lldp.tlvTooShort"
    case mplsTooDeep = "mpls.tooDeep"
    case mqttBadLength = "mqtt.badLength"
    case mqttTruncated = "mqtt.truncated"
    case netbiosBadName = "netbios.badName"
    case profinetBlockOverrun = "profinet.blockOverrun"
    case profinetTruncated = "profinet.truncated"
    case radiusBadLength = "radius.badLength"
    case smbTruncated = "smb.truncated"
    case snmpBadEncoding = "snmp.badEncoding"
    case stpBadHeader = "stp.badHeader"
    case stpTruncated = "stp.truncated"
    case quicTooLong = "quic.tooLong"
    case streamGap = "stream.gap"
    case streamTooLong = "stream.tooLong"
    case streamTooMany = "stream.tooMany"
    case syslogMissingPriority = "syslog.missingPriority"
    case tcpBadHeader = "tcp.badHeader"
    case tcpTruncated = "tcp.truncated"
    case tlsBadCertificate = "tls.badCertificate"
    case tlsBadHello = "tls.badHello"
    case tlsTooLong = "tls.tooLong"
    case tunnelTooDeep = "tunnel.tooDeep"
    case udpBadLength = "udp.badLength"
    case udpTruncated = "udp.truncated"
    case wsdTooDeep = "wsd.tooDeep"
}

extension Oddity {
    /// Place among all cases, for tables of counts.
    public var number: Int { Self.numbers[self] ?? 0 }

    private static let numbers = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}
