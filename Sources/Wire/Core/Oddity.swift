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
public enum Oddity: UInt8, CaseIterable, Sendable, Hashable {
    case arpTruncated
    case captureBadBlock
    case cdpBadHeader
    case cdpTlvOverrun
    case dhcpNoCookie
    case dhcpOptionOverrun
    case dhcpTruncated
    case dhcpv6OptionOverrun
    case dhcpv6TooDeep
    case dnsBadName
    case dnsNameLoop
    case dnsTooManyRecords
    case dnsTruncated
    case eapBadLength
    case eapolTruncated
    case ethernetTruncated
    case factsFull
    case hl7SegmentTooLong
    case ipv4BadHeader
    case ipv4FragmentConflict
    case ipv4FragmentsDropped
    case ipv4LengthMismatch
    case ipv4Truncated
    case ipv6BadHeader
    case ipv6ExtensionLoop
    case ipv6Truncated
    case linkTruncated
    case linkUnknownType
    case lldpTlvOverrun
    case lldpTlvTooShort
    case mplsTooDeep
    case mqttBadLength
    case mqttTruncated
    case netbiosBadName
    case peripheralsBadLine
    case peripheralsTooMany
    case profinetBlockOverrun
    case profinetTruncated
    case radiusBadLength
    case sightingsBadLine
    case sightingsRotating
    case sightingsTooMany
    case sightingsUnknownKey
    case smbTruncated
    case snmpBadEncoding
    case stpBadHeader
    case stpTruncated
    case quicTooLong
    case streamGap
    case streamTooLong
    case streamTooMany
    case syslogMissingPriority
    case tcpBadHeader
    case tcpTruncated
    case tlsBadCertificate
    case tlsBadHello
    case tlsTooLong
    case trapBroken
    case trapOtherKind
    case trapUnknownSource
    case trapUnknownUser
    case trapVersion1
    case trapWeakProof
    case trapWrongCommunity
    case tunnelTooDeep
    case udpBadLength
    case udpTruncated
    case walkBadName
    case walkBadValue
    case walkJunk
    case walkTooManyRows
    case walkUnknownType
    case walkValueTooLong
    case wsdTooDeep
}

extension Oddity {
    /// `protocol.what`: how reports and the log call it.
    public var name: String {
        switch self {
        case .arpTruncated: "arp.truncated"
        case .captureBadBlock: "capture.badBlock"
        case .cdpBadHeader: "cdp.badHeader"
        case .cdpTlvOverrun: "cdp.tlvOverrun"
        case .dhcpNoCookie: "dhcp.noCookie"
        case .dhcpOptionOverrun: "dhcp.optionOverrun"
        case .dhcpTruncated: "dhcp.truncated"
        case .dhcpv6OptionOverrun: "dhcpv6.optionOverrun"
        case .dhcpv6TooDeep: "dhcpv6.tooDeep"
        case .dnsBadName: "dns.badName"
        case .dnsNameLoop: "dns.nameLoop"
        case .dnsTooManyRecords: "dns.tooManyRecords"
        case .dnsTruncated: "dns.truncated"
        case .eapBadLength: "eap.badLength"
        case .eapolTruncated: "eapol.truncated"
        case .ethernetTruncated: "ethernet.truncated"
        case .factsFull: "facts.full"
        case .hl7SegmentTooLong: "hl7.segmentTooLong"
        case .ipv4BadHeader: "ipv4.badHeader"
        case .ipv4FragmentConflict: "ipv4.fragmentConflict"
        case .ipv4FragmentsDropped: "ipv4.fragmentsDropped"
        case .ipv4LengthMismatch: "ipv4.lengthMismatch"
        case .ipv4Truncated: "ipv4.truncated"
        case .ipv6BadHeader: "ipv6.badHeader"
        case .ipv6ExtensionLoop: "ipv6.extensionLoop"
        case .ipv6Truncated: "ipv6.truncated"
        case .linkTruncated: "link.truncated"
        case .linkUnknownType: "link.unknownType"
        case .lldpTlvOverrun: "lldp.tlvOverrun"
        case .lldpTlvTooShort: "lldp.tlvTooShort"
        case .mplsTooDeep: "mpls.tooDeep"
        case .mqttBadLength: "mqtt.badLength"
        case .mqttTruncated: "mqtt.truncated"
        case .netbiosBadName: "netbios.badName"
        case .peripheralsBadLine: "peripherals.badLine"
        case .peripheralsTooMany: "peripherals.tooMany"
        case .profinetBlockOverrun: "profinet.blockOverrun"
        case .profinetTruncated: "profinet.truncated"
        case .radiusBadLength: "radius.badLength"
        case .sightingsBadLine: "sightings.badLine"
        case .sightingsRotating: "sightings.rotating"
        case .sightingsTooMany: "sightings.tooMany"
        case .sightingsUnknownKey: "sightings.unknownKey"
        case .smbTruncated: "smb.truncated"
        case .snmpBadEncoding: "snmp.badEncoding"
        case .stpBadHeader: "stp.badHeader"
        case .stpTruncated: "stp.truncated"
        case .quicTooLong: "quic.tooLong"
        case .streamGap: "stream.gap"
        case .streamTooLong: "stream.tooLong"
        case .streamTooMany: "stream.tooMany"
        case .syslogMissingPriority: "syslog.missingPriority"
        case .tcpBadHeader: "tcp.badHeader"
        case .tcpTruncated: "tcp.truncated"
        case .tlsBadCertificate: "tls.badCertificate"
        case .tlsBadHello: "tls.badHello"
        case .tlsTooLong: "tls.tooLong"
        case .trapBroken: "trap.broken"
        case .trapOtherKind: "trap.otherKind"
        case .trapUnknownSource: "trap.unknownSource"
        case .trapUnknownUser: "trap.unknownUser"
        case .trapVersion1: "trap.version1"
        case .trapWeakProof: "trap.weakProof"
        case .trapWrongCommunity: "trap.wrongCommunity"
        case .tunnelTooDeep: "tunnel.tooDeep"
        case .udpBadLength: "udp.badLength"
        case .udpTruncated: "udp.truncated"
        case .walkBadName: "walk.badName"
        case .walkBadValue: "walk.badValue"
        case .walkJunk: "walk.junk"
        case .walkTooManyRows: "walk.tooManyRows"
        case .walkUnknownType: "walk.unknownType"
        case .walkValueTooLong: "walk.valueTooLong"
        case .wsdTooDeep: "wsd.tooDeep"
        }
    }

    /// Place among all cases, for tables of counts.
    public var number: Int { Int(rawValue) }
}
