//===----------------------------------------------------------------------===//
// Wardlight · Fuzz
//
// The list of targets: every entry point of `Wire`; those of knowledge files are in Targets+Knowledge.swift.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

extension Target {
    static let all = files + frames + datagrams + streams + knowledge

    private static let notifications: [[UInt32]] = [
        [1, 3, 6, 1, 6, 3, 1, 1, 5, 3], [1, 3, 6, 1, 4, 1, 9, 9, 215, 2, 0, 1], [1, 3, 6, 1, 4, 1, 9, 9, 215, 2, 0, 2],
        [1, 3, 6, 1, 4, 1, 9, 9, 315, 0, 0, 1], [1, 3, 6, 1, 4, 1, 11, 2, 14, 11, 5, 1, 66, 0, 1],
    ]

    private static let files = [
        Target(name: "CaptureFile", .bytes { capture($0) }),
        Target(
            name: "Walk",
            .packets {
                var walk = Walk(flows: 64)
                var seconds: Int64 = 0
                // The first octet behind the length chooses the kind of frame.
                return { frame, facts in
                    seconds += 1
                    let links: [UInt16] = [
                        1, 101, 113, 276, 127, 105, 0, 9, 50, 51, 239, 281, 283, 284, 12, 14, 104, 108, 149, 192, 226,
                        228,
                        229, 258,
                    ]
                    let link = links[Int(frame.at(0) ?? 0) % links.count]
                    _ = walk.take(
                        frame.from(1), LinkType(link), at: Timestamp(nanoseconds: seconds * 1_000_000_000),
                        originalLength: frame.count, into: &facts)
                }
            }),
        // What the recording of a switch holds, and what its tables mean.
        Target(name: "WalkFile", .bytes { _ = SwitchReading(SNMPRows(WalkFile(array($0)).rows)) }),
        // What a switch tells by itself: the envelope, and bindings of every kind of notification.
        Target(name: "SNMPEnvelope", .bytes { _ = SNMPEnvelope($0) }),
        Target(
            name: "SwitchNotification",
            .bytes { bytes in
                let rows = WalkFile(array(bytes)).rows
                let identity = ObjectName([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0])
                for kind in Self.notifications {
                    let all = [SNMPRow(identity, .name(ObjectName(kind)))] + rows
                    let events = SwitchNotification(all, agent: "a").events
                    if events.count > SwitchNotification.mostEvents { fatalError("\(events.count) events") }
                }
            }),
        // Accounting that a login server wrote down.
        Target(name: "RADIUSDetail", .bytes { _ = RADIUSDetail(array($0)) }),
        // A question to our own agents: read, answered, and written again as it was read.
        Target(
            name: "SNMPMessage",
            .bytes { bytes in
                guard let message = SNMPMessage(bytes) else { return }
                // One reader for both: what is a message has an envelope.
                guard SNMPEnvelope(bytes) != nil else { fatalError("a message without an envelope") }
                let again = message.bytes
                guard SNMPMessage(again.span) == message else { fatalError("what is written is not what was read") }
                if let answer = Self.table.answer(message),
                    answer.count > SNMPTable.mostOctets + message.community.count
                {
                    fatalError("an answer of \(answer.count) octets")
                }
            }),
        Target(
            name: "ObservationForm",
            .bytes { bytes in
                var block: [UInt8] = []
                for place in bytes.indices { block.append(bytes[place]) }
                if let known = try? ObservationForm.decode(block) { _ = try? ObservationForm.encode(known) }
            }),
        Target(
            name: "XMLScan",
            .bytes { document in
                var scan = XMLScan(document)
                var facts = Facts()
                while let step = scan.next() {
                    _ = scan.attribute("xmlns")
                    if step == .text { facts.add(.wsdModel, xml: scan.text) }
                }
            }),
    ]

    private static let table = SNMPTable(
        SNMPRows((0..<200).map { SNMPRow([1, 3, 6, 1, 2, 1, 2, 2, 1, $0 / 50, $0], .integer(Int64($0))) }))

    private static func capture(_ bytes: Span<UInt8>) {
        var file = CaptureFile()
        var walk = Walk(flows: 64)
        var facts = Facts()
        var offset = 0
        while true {
            switch file.next(bytes, &offset) {
            case .packet(let record):
                let frame = bytes.extracting(record.start..<record.start + record.count)
                _ = walk.take(
                    frame, record.link, at: record.time, originalLength: record.originalLength, into: &facts)
            case .skipped, .dropped: continue
            case .more, .problem: return
            }
        }
    }

    private static let frames = [
        Target(name: "ARP", .frame { ARP.read($0, $1, into: &$2) }),
        Target(name: "CDP", .frame { CDP.read($0, $1, into: &$2) }),
        Target(name: "EAPOL", .frame { EAPOL.read($0, $1, into: &$2) }),
        Target(name: "LLDP", .frame { LLDP.read($0, $1, into: &$2) }),
        Target(name: "NeighborDiscovery", .frame { NeighborDiscovery.read($0, $1, into: &$2) }),
        Target(name: "ProfinetDCP", .frame { ProfinetDCP.read($0, $1, into: &$2) }),
        Target(name: "STP", .frame { STP.read($0, $1, into: &$2) }),
    ]

    private static let datagrams = [
        Target(name: "BACnet", .datagram(port: 47_808) { BACnet.read($0, $1, into: &$2) }),
        Target(name: "CoAP", .datagram(port: 5_683) { CoAP.read($0, $1, into: &$2) }),
        Target(name: "DHCPv4", .datagram(port: 67) { DHCPv4.read($0, $1, into: &$2) }),
        Target(name: "DHCPv6", .datagram(port: 547) { DHCPv6.read($0, $1, into: &$2) }),
        Target(name: "DNS", .datagram(port: 53) { DNS.read($0, $1, into: &$2) }),
        Target(name: "EtherNetIP", .datagram(port: 44_818) { EtherNetIP.read($0, $1, into: &$2) }),
        Target(
            name: "Handshakes",
            .packets {
                var handshakes = DatagramHandshakes()
                let packet = Self.packet(port: 443, toServer: true, transport: 17)
                return { datagram, facts in
                    if !handshakes.readQUIC(datagram, packet, into: &facts) {
                        _ = handshakes.readDTLS(datagram, packet, into: &facts)
                    }
                }
            }),
        Target(name: "IntelliVue", .datagram(port: 24_105) { IntelliVue.read($0, $1, into: &$2) }),
        Target(name: "KNXnetIP", .datagram(port: 3_671) { KNXnetIP.read($0, $1, into: &$2) }),
        Target(name: "LLMNR", .datagram(port: 5_355) { DNS.read($0, $1, into: &$2) }),
        Target(name: "MulticastDNS", .datagram(port: 5_353) { DNS.read($0, $1, into: &$2) }),
        Target(name: "NetBIOS", .datagram(port: 137) { NetBIOS.read($0, $1, into: &$2) }),
        Target(name: "NetBIOSDatagram", .datagram(port: 138) { NetBIOS.read($0, $1, into: &$2) }),
        Target(name: "NTP", .datagram(port: 123) { NTP.read($0, $1, into: &$2) }),
        Target(name: "RADIUS", .datagram(port: 1_812) { RADIUS.read($0, $1, into: &$2) }),
        Target(name: "SIP", .datagram(port: 5_060) { SIP.read($0, $1, into: &$2) }),
        Target(name: "SNMP", .datagram(port: 161) { SNMP.read($0, $1, into: &$2) }),
        Target(name: "SSDP", .datagram(port: 1_900) { SSDP.read($0, $1, into: &$2) }),
        Target(name: "Syslog", .datagram(port: 514) { Syslog.read($0, $1, into: &$2) }),
        Target(name: "Tuya", .datagram(port: 6_666) { Tuya.read($0, $1, into: &$2) }),
        Target(name: "WSDiscovery", .datagram(port: 3_702) { WSDiscovery.read($0, $1, into: &$2) }),
    ]

    private static let streams = [
        Target(name: "ASTM", .stream(port: 4_000, ASTM.recognises) { ASTM.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "DICOM", .stream(port: 11_112, DICOM.recognises) { DICOM.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "DNSStream", .stream(port: 53, DNS.recognises) { DNS.read($0, $1, &$2, $3, into: &$4) }),
        Target(
            name: "EtherNetIPStream",
            .stream(port: 44_818, EtherNetIP.recognises) { EtherNetIP.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "FTP", .stream(port: 21, Greetings.recognises) { Greetings.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "HTTP", .stream(port: 80, HTTP.recognises) { HTTP.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "MLLP", .stream(port: 2_575, MLLP.recognises) { MLLP.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "Modbus", .stream(port: 502, Modbus.recognises) { Modbus.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "MQTT", .stream(port: 1_883, MQTT.recognises) { MQTT.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "OPCUA", .stream(port: 4_840, OPCUA.recognises) { OPCUA.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "POCT1", .stream(port: 5_000, POCT1.recognises) { POCT1.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "RDP", .stream(port: 3_389, RDP.recognises) { RDP.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "RTSP", .stream(port: 554, RTSP.recognises) { RTSP.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "S7", .stream(port: 102, S7.recognises) { S7.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "SIPStream", .stream(port: 5_060, SIP.recognises) { SIP.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "SMB", .stream(port: 445, SMB.recognises) { SMB.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "SMTP", .stream(port: 25, Greetings.recognises) { Greetings.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "SOCKS", .stream(port: 1_080, SOCKS.recognises) { SOCKS.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "SSH", .stream(port: 22, SSH.recognises) { SSH.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "SyslogStream", .stream(port: 514, Syslog.recognises) { Syslog.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "Telnet", .stream(port: 23, Telnet.recognises) { Telnet.read($0, $1, &$2, $3, into: &$4) }),
        Target(name: "TLS", .stream(port: 443, TLS.recognises) { TLS.read($0, $1, &$2, $3, into: &$4) }),
    ]
}
