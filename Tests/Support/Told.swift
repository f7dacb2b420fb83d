//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Told: what one datagram parser says of one message, as plain text.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// The facts of one datagram.
public struct Told: Sendable {
    public typealias Parser = (Span<UInt8>, Packet, inout Facts) -> Bool

    public private(set) var isRecognised = false
    /// `who protocol.field=value`, in order; `who` is empty for the sender.
    public private(set) var facts: [String] = []
    public private(set) var bindings: [String] = []
    public private(set) var oddities: [Oddity] = []

    public init(_ message: [UInt8], port: UInt16, from source: IPAddress? = nil, by parser: Parser) {
        var packet = Packet()
        packet.transport = 17
        packet.sourcePort = port
        packet.destinationPort = port
        packet.hasNetwork = source != nil
        if let source { packet.sourceNetwork = source }
        var sink = Facts()
        isRecognised = parser(message.span, packet, &sink)
        for entry in sink.entries {
            var who = ""
            if case .station(let address) = entry.about { who = address.description }
            facts.append("\(who) \(entry.field.path)=\(String(decoding: array(sink.value(of: entry)), as: UTF8.self))")
        }
        bindings = sink.bindings.map { "\($0.hardware) \($0.network)" }
        oddities = sink.oddities
    }

    /// Cuts a message at every length, and changes every octet of it to a few telling values; all must end calmly.
    public static func survives(_ message: [UInt8], ports: [UInt16], _ parser: Parser) {
        for port in ports {
            for length in 0...message.count { _ = Told(Array(message.prefix(length)), port: port, by: parser) }
            var changed = message
            for index in message.indices {
                for value: UInt8 in [0, 1, 0x3F, 0x40, 0x7F, 0xC0, 0xFF] {
                    changed[index] = value
                    _ = Told(changed, port: port, by: parser)
                }
                changed[index] = message[index]
            }
        }
    }
}

/// One message of every name format, as our writers make them.
public enum Samples {
    private static let station = HardwareAddress(bits: 0x0004_F212_3456)
    private static let address = IPAddress(v4: 0x0A01_0207)

    public static let names: [[UInt8]] = [
        DHCPv4.write(
            .request, transaction: 7, client: station, relay: address,
            options: [
                .hostname("pump-7"), .clientId(station), .fqdn("pump-7.ward.example"), .userClasses(["one", "two"]),
                .relayInformation(circuit: "Gi1/0/7", remote: "sw-3"), DHCPv4.Option(52, [3]),
            ]),
        DHCPv6.solicit(
            transaction: 7, client: station, fqdn: "pump-7.ward.example", vendorClass: (311, "MSFT 5.0"),
            request: [24, 23]),
        DNS.query("time.example", transaction: 7),
        DNS.announcement(
            host: "pump-7.local", addresses: [address],
            services: [.init(instance: "Pump 7", type: "_http._tcp.local", port: 80, texts: ["a=b"])]),
        NetBIOS.registration(of: "PUMP-7", address: address, transaction: 7),
        SSDP.notify(type: "upnp:rootdevice", usn: "uuid:1", server: "Linux UPnP/1.0", location: "http://10.1.2.7/"),
        WSDiscovery.hello(
            .init(
                address: "urn:uuid:1", types: [.device, .medicalDevice], scopes: ["sdc.ctxt.loc:/a"], transports: []),
            message: "urn:uuid:2"),
    ]
}
