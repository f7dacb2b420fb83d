//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Fronting: does this card speak for others?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Why a hardware address is taken for one that fronts for other devices.
struct Fronting: OptionSet, Hashable, Sendable, Codable {
    let rawValue: UInt8

    /// It sent from more than four IPv4 addresses, or more than the list holds, that it never bound by itself.
    static let many = Fronting(rawValue: 1)
    /// It sent from public addresses beside private ones, or from several networks of the Internet.
    static let world = Fronting(rawValue: 2)
    /// Its address is one that redundant routers share.
    static let virtual = Fronting(rawValue: 4)
    /// It relays DHCP.
    static let relay = Fronting(rawValue: 8)
    /// Two of its addresses said at one time what one device does not say twice.
    static let rivals = Fronting(rawValue: 16)
    /// It sent, at one time, from three networks in which it bound no address.
    static let networks = Fronting(rawValue: 32)
    /// It sent from an address that another card bound.
    static let elsewhere = Fronting(rawValue: 64)

    /// What later ARP can refute; the others stay true for ever.
    static let refutable: Fronting = [.many, .networks]

    /// For people.
    var reason: String {
        if contains(.virtual) { return "its address is one that redundant routers share" }
        if contains(.relay) { return "it relays DHCP" }
        if contains(.rivals) { return "two of its addresses speak for different devices at one time" }
        if contains(.world) { return "it sends from addresses of the Internet" }
        if contains(.elsewhere) { return "it sends from an address that another card holds" }
        if contains(.many) { return "it sends from more than four addresses that it never bound" }
        return "it sends from several networks at one time without an address there"
    }
}

extension HardwareAddress {
    /// Addresses of redundant routers: HSRP (RFC 2281, 5.1; version 2 `0000.0c9f.fxxx`; IPv6 `0005.73a0.0xxx`), VRRP
    /// and CARP (RFC 5798, 7.3), GLBP (`0007.b400.xxyy`).
    var isOfRedundantRouters: Bool {
        switch bits >> 8 {
        case 0x0000_0C07_AC, 0x0000_5E00_01, 0x0000_5E00_02: true
        default: bits >> 12 == 0x0000_0C9F_F || bits >> 12 == 0x0005_73A0_0 || bits >> 16 == 0x0007_B400
        }
    }
}

extension IPAddress {
    /// The card whose address the lower half is made of (RFC 4291, appendix A); nil where it is not, or not burnt in.
    var embeddedHardware: HardwareAddress? {
        guard !isV4, low >> 24 & 0xFFFF == 0xFFFE else { return nil }
        let bits = (low >> 40 ^ 0x02_0000) << 24 | low & 0xFF_FFFF
        let address = HardwareAddress(bits: bits)
        return address.isIndividual && !address.isLocallyAdministered ? address : nil
    }

    /// What stands for the organisation of a public address: the first sixteen bits of IPv4, 48 of IPv6.
    var organisation: UInt64 {
        v4.map { UInt64($0 >> 16) } ?? (high >> 16 | 1 << 63)
    }
}

extension Field {
    /// What one device says of itself in one way at a time: two addresses that differ in it are two devices.
    var isSingular: Bool {
        switch self {
        case .netbiosName, .mdnsHost, .smbNtlmHost, .smbServerGuid, .upnpUdn, .upnpSerialNumber, .upnpModelName,
            .wsdAddress, .wsdSerial, .snmpEngineId, .snmpSysName, .sshBanner, .rdpClientName, .intellivueSerial,
            .bacnetInstance, .tuyaProductKey, .s7Serial, .enipSerial, .knxSerial, .tcpSyn:
            true
        default: false
        }
    }

    /// Said by whoever opens a connection: behind a shared address, not by the one who shares it.
    var isOfClient: Bool {
        switch self {
        case .tcpSyn, .tlsJa4, .tlsSni, .tlsAlpn, .httpUserAgent, .httpHost, .dnsQuery, .smbNativeOS,
            .smbNativeLanManager, .smbNtlmHost, .smbNtlmVersion, .smbNtlmDomain, .rdpClientName,
            .dicomCallingAE, .dicomImplementationClassUID, .dicomImplementationVersion, .mqttClientId, .sipUserAgent,
            .rtspUserAgent, .ssdpUserAgent:
            true
        default: false
        }
    }

    /// Said by a router of itself, from an address of its own.
    var isOfRouter: Bool { self == .hsrpGroup || self == .vrrpGroup || self == .icmpv6Router }

    /// Spoken to neighbours only: no router carries it, so who says it is of this site.
    var isLocalSpeech: Bool {
        switch protocolName {
        case "mdns", "llmnr", "netbios", "ssdp", "wsd", "tuya", "bacnet": true
        default: false
        }
    }
}

extension Record {
    /// What speaks for its fronting for others, see `Inventory`.
    var signsOfFronting: Fronting {
        guard key.kind == .hardware else { return [] }
        var signs = fronting
        if foreignAddresses > 0 { signs.insert(.many) }
        var unbound = Int(fronted)
        var anyPrivate = false
        var publicUnbound: UInt32?
        for entry in addresses {
            guard let bits = entry.address.v4 else { continue }
            if entry.address.isPrivate { anyPrivate = anyPrivate || !entry.address.isLinkLocal }
            guard !entry.isBound, !entry.isCertain else { continue }
            unbound += 1
            // A card of a changing address may be the holder itself, with its next one.
            if entry.isElsewhere, addresses.count > 1 || isBurntIn { signs.insert(.elsewhere) }
            guard !entry.address.isPrivate else { continue }
            if let known = publicUnbound, known >> 16 != bits >> 16 { signs.insert(.world) }
            publicUnbound = bits
        }
        if unbound > 4 { signs.insert(.many) }
        if publicUnbound != nil && (anyPrivate || carriesPublicTraffic) { signs.insert(.world) }
        if sendsFromStrangeNetworks { signs.insert(.networks) }
        return signs
    }

    /// Whether it used private addresses of three /24 networks at one time, and bound none of them. Two are not enough:
    /// a plug that is set up has its own network beside the household's.
    private var sendsFromStrangeNetworks: Bool {
        guard addresses.count > 2, !addresses.contains(where: { $0.isBound && $0.address.isV4 }) else { return false }
        for one in addresses {
            var networks: Set<UInt32> = []
            for other in addresses where other.address.isPrivate && !other.address.isLinkLocal {
                guard let bits = other.address.v4, one.address == other.address || one.span.overlaps(other.span) else {
                    continue
                }
                networks.insert(bits >> 8)
            }
            if networks.count > 2 { return true }
        }
        return false
    }
}

extension Observation.Span {
    /// Whether each began before the other had ended.
    func overlaps(_ other: Self) -> Bool { first < other.last && other.first < last }
}
