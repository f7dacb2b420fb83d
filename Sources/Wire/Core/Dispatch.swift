//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Dispatch: which parser reads this datagram, this stream?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Chooses the parser: for datagrams by port first and by their own marks second, for streams by their first octets.
enum Dispatch {
    // MARK: Datagrams

    /// Reads one UDP payload and says what it spoke.
    @inline(__always)
    static func datagram(
        _ payload: Span<UInt8>, _ packet: Packet, _ handshakes: inout DatagramHandshakes, into facts: inout Facts
    ) -> Application? {
        guard payload.count > 0 else { return nil }
        // The lower port is nearly always the server's, so it is tried first.
        let low = min(packet.sourcePort, packet.destinationPort)
        let high = max(packet.sourcePort, packet.destinationPort)
        if let application = byPort(low, payload, packet, &handshakes, &facts) { return application }
        if let application = byPort(high, payload, packet, &handshakes, &facts) { return application }
        return byMark(payload, packet, &handshakes, &facts)
    }

    private static func byPort(
        _ port: UInt16, _ payload: Span<UInt8>, _ packet: Packet, _ handshakes: inout DatagramHandshakes,
        _ facts: inout Facts
    ) -> Application? {
        switch port {
        case 53: DNS.read(payload, packet, into: &facts) ? .dns : nil
        case 67, 68, 4011: DHCPv4.read(payload, packet, into: &facts) ? .dhcp : nil
        case 123: NTP.read(payload, packet, into: &facts) ? .ntp : nil
        case 137, 138: NetBIOS.read(payload, packet, into: &facts) ? .netbios : nil
        case 161, 162: SNMP.read(payload, packet, into: &facts) ? .snmp : nil
        case 443: handshakes.readQUIC(payload, packet, into: &facts) ? .quic : nil
        case 514: Syslog.read(payload, packet, into: &facts) ? .syslog : nil
        case 546, 547: DHCPv6.read(payload, packet, into: &facts) ? .dhcpv6 : nil
        case 1645, 1646, 1700, 1812, 1813, 3799: RADIUS.read(payload, packet, into: &facts) ? .radius : nil
        case 1900: SSDP.read(payload, packet, into: &facts) ? .ssdp : nil
        case 1985: Redundancy.readHSRP(payload, packet, into: &facts) ? .opaque : nil
        case 2222, 44818: EtherNetIP.read(payload, packet, into: &facts) ? .enip : nil
        case 3671: KNXnetIP.read(payload, packet, into: &facts) ? .knx : nil
        case 3702: WSDiscovery.read(payload, packet, into: &facts) ? .wsd : nil
        case 5060: SIP.read(payload, packet, into: &facts) ? .sip : nil
        // CAPWAP control: DTLS behind a preamble of four octets (RFC 5415, section 4.2).
        case 5246 where payload[0] == 1: handshakes.readDTLS(payload.from(4), packet, into: &facts) ? .capwap : nil
        case 5353: DNS.read(payload, packet, into: &facts) ? .mdns : nil
        case 5355: DNS.read(payload, packet, into: &facts) ? .llmnr : nil
        case 5683: CoAP.read(payload, packet, into: &facts) ? .coap : nil
        case 6666, 6667, 7000: Tuya.read(payload, packet, into: &facts) ? .tuya : nil
        case 20560: Edimax.read(payload, packet, into: &facts) ? .edimax : nil
        case 24005, 24105: IntelliVue.read(payload, packet, into: &facts) ? .intellivue : nil
        case 47808...47823: BACnet.read(payload, packet, into: &facts) ? .bacnet : nil
        default: nil
        }
    }

    /// On ports of their own choice only what marks itself beyond doubt is recognised.
    private static func byMark(
        _ payload: Span<UInt8>, _ packet: Packet, _ handshakes: inout DatagramHandshakes, _ facts: inout Facts
    ) -> Application? {
        switch payload[0] {
        case 0x16: handshakes.readDTLS(payload, packet, into: &facts) ? .dtls : nil
        case 0x80...0xFF where payload.count >= 1_200: handshakes.readQUIC(payload, packet, into: &facts) ? .quic : nil
        case 0x41...0x5A where payload.count >= 32:
            SIP.read(payload, packet, into: &facts) ? .sip : (SSDP.read(payload, packet, into: &facts) ? .ssdp : nil)
        default: nil
        }
    }

    // MARK: Streams

    /// What a stream speaks whose next unread octets (at least one) are these; nil when they say nothing.
    static func recognise(_ bytes: Span<UInt8>, _ packet: Packet) -> Application? {
        let first = bytes[0]
        switch first {
        case 0x16, 0x80...0x8F: if TLS.recognises(bytes, packet) { return .tls }
        case 0x0B where MLLP.recognises(bytes, packet): return .hl7
        case 0x4D where MLLP.recognises(bytes, packet): return .hl7
        case 0x01, 0x02:
            if DICOM.recognises(bytes, packet) { return .dicom }
            if ASTM.recognises(bytes, packet) { return .astm }
        case 0x05:
            if ASTM.recognises(bytes, packet) { return .astm }
            if SOCKS.recognises(bytes, packet) { return .socks }
        case 0x04 where SOCKS.recognises(bytes, packet): return .socks
        case 0x10 where MQTT.recognises(bytes, packet): return .mqtt
        case 0x03:
            if S7.recognises(bytes, packet) { return .s7 }
            if RDP.recognises(bytes, packet) { return .rdp }
        case 0x3C where POCT1.recognises(bytes, packet): return .poct1
        case 0xFF where Telnet.recognises(bytes, packet): return .telnet
        case 0x00, 0x81, 0x82: if SMB.recognises(bytes, packet) { return .smb }
        case 0x41...0x5A:
            if HTTP.recognises(bytes, packet) { return .http }
            if SSH.recognises(bytes, packet) { return .ssh }
            if SIP.recognises(bytes, packet) { return .sip }
            if RTSP.recognises(bytes, packet) { return .rtsp }
            if OPCUA.recognises(bytes, packet) { return .opcua }
            if ASTM.recognises(bytes, packet) { return .astm }
        default: break
        }
        return byServerPort(bytes, packet)
    }

    /// Protocols without a mark of their own are believed on their usual port when they look right.
    private static func byServerPort(_ bytes: Span<UInt8>, _ packet: Packet) -> Application? {
        switch min(packet.sourcePort, packet.destinationPort) {
        case 21 where Greetings.recognises(bytes, packet): return .ftp
        case 23 where Telnet.recognises(bytes, packet): return .telnet
        case 25, 465, 587: if Greetings.recognises(bytes, packet) { return .smtp }
        case 53 where DNS.recognises(bytes, packet): return .dns
        case 110 where Greetings.recognises(bytes, packet): return .pop3
        case 143 where Greetings.recognises(bytes, packet): return .imap
        case 5355 where DNS.recognises(bytes, packet): return .llmnr
        case 502 where Modbus.recognises(bytes, packet): return .modbus
        case 514, 601: if Syslog.recognises(bytes, packet) { return .syslog }
        default: break
        }
        if packet.uses(port: 1_883), MQTT.recognises(bytes, packet) { return .mqtt }
        if packet.uses(port: 44_818), EtherNetIP.recognises(bytes, packet) { return .enip }
        if packet.uses(port: 5_355), DNS.recognises(bytes, packet) { return .llmnr }
        return nil
    }

    /// Lets the stream's parser read on.
    static func read(
        _ application: Application, _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory,
        _ packet: Packet, into facts: inout Facts
    ) -> StreamProgress {
        switch application {
        case .tls: TLS.read(bytes, side, &memory, packet, into: &facts)
        case .http: HTTP.read(bytes, side, &memory, packet, into: &facts)
        case .ssh: SSH.read(bytes, side, &memory, packet, into: &facts)
        case .telnet: Telnet.read(bytes, side, &memory, packet, into: &facts)
        case .ftp, .smtp, .pop3, .imap: Greetings.read(bytes, side, &memory, packet, into: &facts)
        case .smb: SMB.read(bytes, side, &memory, packet, into: &facts)
        case .sip: SIP.read(bytes, side, &memory, packet, into: &facts)
        case .rtsp: RTSP.read(bytes, side, &memory, packet, into: &facts)
        case .mqtt: MQTT.read(bytes, side, &memory, packet, into: &facts)
        case .socks: SOCKS.read(bytes, side, &memory, packet, into: &facts)
        case .rdp: RDP.read(bytes, side, &memory, packet, into: &facts)
        case .syslog: Syslog.read(bytes, side, &memory, packet, into: &facts)
        case .dns, .llmnr: DNS.read(bytes, side, &memory, packet, into: &facts)
        case .dicom: DICOM.read(bytes, side, &memory, packet, into: &facts)
        case .hl7: MLLP.read(bytes, side, &memory, packet, into: &facts)
        case .astm: ASTM.read(bytes, side, &memory, packet, into: &facts)
        case .poct1: POCT1.read(bytes, side, &memory, packet, into: &facts)
        case .modbus: Modbus.read(bytes, side, &memory, packet, into: &facts)
        case .s7: S7.read(bytes, side, &memory, packet, into: &facts)
        case .enip: EtherNetIP.read(bytes, side, &memory, packet, into: &facts)
        case .opcua: OPCUA.read(bytes, side, &memory, packet, into: &facts)
        default: .notMine
        }
    }
}
