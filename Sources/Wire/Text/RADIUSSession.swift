//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// RADIUS accounting: which station is at which access point, in which network, since it was let in?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One request of accounting (RFC 2866) about a station that is named by its hardware address (RFC 3580, 3.21).
public struct RADIUSSession: Hashable, Sendable {
    public var station: HardwareAddress
    /// Framed-IP-Address, or Framed-IPv6-Address.
    public var network: IPAddress?
    /// NAS-Identifier, else NAS-IP-Address: who let it in.
    public var server: String?
    /// The radio of an access point, before the colon of Called-Station-Id (RFC 3580, 3.20).
    public var accessPoint: HardwareAddress?
    public var ssid: String?
    /// NAS-Port-Id.
    public var port: String?
    public var user: Secret?
    /// NAS-Port-Type says a cable: 15 is Ethernet.
    public var isWired = false
    /// Acct-Status-Type 2, or that the server begins or ends (7, 8).
    public var isOver = false
    /// WLAN-AKM-Suite and WLAN-Pairwise-Cipher (RFC 7268, 3).
    public var security: WirelessSecurity?

    public init(station: HardwareAddress) { self.station = station }

    /// The station's place, for who tells of it; nil for one on a cable.
    public func wireless(person: (@Sendable (String) -> String?)?) -> WirelessStation? {
        if isWired { return nil }
        var found = WirelessStation(agent: server ?? "radius", hardware: station)
        found.network = network
        found.accessPointAddress = accessPoint
        found.ssid = ssid
        found.security = security
        found.user = user.flatMap { person?($0.revealed()) }
        found.isGone = isOver
        return found
    }
}

/// Attributes as they come, from a packet or from a file, made a session at the end.
struct RADIUSSessionBuilder {
    private var status: UInt32?
    private var station: HardwareAddress?
    private var session = RADIUSSession(station: HardwareAddress(bits: 0))
    private var serverAddress: String?
    private var portType: UInt32?
    private var cipher: UInt32?

    mutating func setStatus(_ value: UInt32) { status = value }
    mutating func setPortType(_ value: UInt32) { portType = value }
    mutating func setStation(_ text: some Collection<UInt8>) { station = Self.hardware(text) }
    mutating func setUser(_ text: String) { session.user = Secret(text) }
    mutating func setServer(_ text: String) { session.server = text }
    mutating func setServer(_ address: IPAddress) { serverAddress = address.description }
    mutating func setPort(_ text: String) { session.port = text }
    mutating func setNetwork(_ address: IPAddress) {
        if session.network == nil, address.isIndividual { session.network = address }
    }

    /// `00-11-22-33-44-50:clinical`. Names may hold colons; the address never has more than seventeen letters.
    mutating func setCalled(_ text: some Collection<UInt8>) {
        let bytes = Array(text)
        for length in [17, 14, 12] where bytes.count >= length {
            guard let hardware = Self.hardware(bytes[..<length]), bytes.count == length || bytes[length] == 0x3A else {
                continue
            }
            session.accessPoint = hardware
            if bytes.count > length + 1 { session.ssid = SNMPValue.text(Array(bytes[(length + 1)...])) }
            return
        }
    }

    /// IEEE 802.11's table of suites: 00-0F-AC and a number.
    mutating func setSuite(_ value: UInt32) {
        guard value >> 8 == 0x0F_AC else { return }
        switch value & 0xFF {
        case 1, 3, 5, 11, 12, 13: session.security = .enterprise
        case 2, 4, 6, 8, 9: session.security = .sharedKey
        case 18: session.security = .open
        default: break
        }
    }
    mutating func setCipher(_ value: UInt32) {
        if value >> 8 == 0x0F_AC { cipher = value & 0xFF }
    }

    /// Nil when it does not name a station, or says nothing of where it is.
    var result: RADIUSSession? {
        guard let status, let station, station.isIndividual else { return nil }
        switch status {
        case 1, 3: break
        case 2, 7, 8: break
        default: return nil
        }
        var found = session
        found.station = station
        found.isOver = status != 1 && status != 3
        found.server = found.server ?? serverAddress
        found.isWired = portType == 15
        switch cipher {
        case 1, 5: found.security = .wep
        case 2: found.security = .tkip
        default: break
        }
        return found
    }

    /// `00-10-A4-23-19-C0`, `00:10:a4:23:19:c0`, `0010.a423.19c0` or twelve bare digits.
    static func hardware(_ text: some Collection<UInt8>) -> HardwareAddress? {
        guard text.count >= 12, text.count <= 17 else { return nil }
        var bits: UInt64 = 0
        var digits = 0
        for byte in text {
            if let digit = hexadecimalDigit(byte) {
                bits = bits << 4 | UInt64(digit)
                digits += 1
            } else if byte != 0x2D && byte != 0x3A && byte != 0x2E {
                return nil
            }
        }
        return digits == 12 ? HardwareAddress(bits: bits) : nil
    }
}

extension RADIUS {
    /// Reads the attributes of a request of accounting.
    static func session(_ attributes: Span<UInt8>) -> RADIUSSession? {
        var builder = RADIUSSessionBuilder()
        var reader = ByteReader(attributes)
        // Every turn takes at least two octets.
        while reader.count >= 2, let kind = try? reader.uint8(), let size = try? reader.uint8() {
            guard size >= 2, let value = try? reader.take(Int(size) - 2) else { break }
            read(kind, value, into: &builder)
        }
        return builder.result
    }

    private static func read(_ kind: UInt8, _ value: Span<UInt8>, into builder: inout RADIUSSessionBuilder) {
        func octets() -> [UInt8] {
            var octets: [UInt8] = []
            for index in value.indices { octets.append(value[index]) }
            return octets
        }
        switch kind {
        case 1: if let text = SNMPValue.text(octets()) { builder.setUser(text) }
        case 4, 95: if let address = SNMPValue.network(octets()) { builder.setServer(address) }
        case 8, 168: if let address = SNMPValue.network(octets()) { builder.setNetwork(address) }
        case 30: builder.setCalled(octets())
        case 31: builder.setStation(octets())
        case 32: if let text = SNMPValue.text(octets()) { builder.setServer(text) }
        case 40: if let number = value.uint32(at: 0) { builder.setStatus(number) }
        case 61: if let number = value.uint32(at: 0) { builder.setPortType(number) }
        case 87: if let text = SNMPValue.text(octets()) { builder.setPort(text) }
        case 186: if let number = value.uint32(at: 0) { builder.setCipher(number) }
        case 188: if let number = value.uint32(at: 0) { builder.setSuite(number) }
        default: break
        }
    }
}
