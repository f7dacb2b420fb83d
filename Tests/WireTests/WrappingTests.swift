//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Wrappings: whatever a mirror or a tunnel puts around a frame, the frame inside is read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `Wrapped traffic` {
    private static let inner = Cable.tcp(Cable.request, sequence: 1)

    /// A frame from one switch to a collector.
    private static func outer(_ transport: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let packet = FrameWriter.packet(
            from: IPAddress(v4: 0xC000_0201), to: IPAddress(v4: 0xC000_0202), transport: transport, payload)
        return FrameWriter.ethernet(
            from: HardwareAddress(bits: 0x0019_0600_0001), to: HardwareAddress(bits: 0x0019_0600_0002),
            type: FrameWriter.EtherType.ipv4, packet)
    }

    private static func outerUDP(_ port: UInt16, _ payload: [UInt8]) -> [UInt8] {
        outer(
            17,
            FrameWriter.udp(
                from: (IPAddress(v4: 0xC000_0201), 50_000), to: (IPAddress(v4: 0xC000_0202), port), payload))
    }

    private static let packet = Array(inner[14...])

    /// Name, frame, and whether the inner frame's hardware addresses are there.
    private static let wrappings: [(String, [UInt8], Bool)] = [
        ("ERSPAN I", outer(47, [0, 0, 0x88, 0xBE] + inner), true),
        ("ERSPAN II", outer(47, [0x10, 0, 0x88, 0xBE, 0, 0, 0, 1] + [0x10, 0x01, 0, 0, 0, 0, 0, 0] + inner), true),
        (
            "ERSPAN III",
            outer(47, [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1] + [0x20, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + inner), true
        ),
        (
            "ERSPAN III with a sub-header",
            outer(
                47,
                [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1] + [0x20, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
                    + [UInt8](repeating: 0, count: 8) + inner), true
        ),
        ("GRE with Ethernet", outer(47, [0, 0, 0x65, 0x58] + inner), true),
        ("GRE with IP and a key", outer(47, [0x20, 0, 8, 0, 0, 0, 0, 9] + packet), false),
        ("VXLAN", outerUDP(4_789, [8, 0, 0, 0, 0, 0, 9, 0] + inner), true),
        ("Geneve with an option", outerUDP(6_081, [1, 0, 0x65, 0x58, 0, 0, 9, 0, 0, 0, 0, 0] + inner), true),
        ("GTP-U", outerUDP(2_152, [0x30, 0xFF, 0, UInt8(packet.count), 0, 0, 0, 1] + packet), false),
        (
            "GTP-U with an extension header",
            outerUDP(
                2_152,
                [0x34, 0xFF, 0, UInt8(packet.count + 8), 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0] + packet), false
        ),
        ("IP in IP", outer(4, packet), false),
        ("CAPWAP data, 802.3", outerUDP(5_247, [0, 0x10, 0x02, 0, 0, 0, 0, 0] + inner), true),
        (
            "802.1Q and QinQ",
            Array(inner[..<12]) + [0x88, 0xA8, 0, 5, 0x81, 0, 0, 7] + Array(inner[12...]), true
        ),
        ("MPLS", Array(inner[..<12]) + [0x88, 0x47, 0, 1, 0, 0x40, 0, 2, 1, 0x40] + packet, true),
        (
            "PPPoE",
            Array(inner[..<12]) + [0x88, 0x64, 0x11, 0, 0, 1, 0, UInt8(packet.count + 2), 0, 0x21] + packet, true
        ),
    ]

    @Test(arguments: 0..<15)
    func `the request inside is read, and belongs to the station inside`(number: Int) throws {
        let (name, frame, hasHardware) = Self.wrappings[number]
        var cable = Cable()
        cable.add(frame)
        let fact = try #require(cable.read().facts.first { $0.field == .httpUserAgent }, "\(name)")
        #expect(fact.value == "Ward/1.0", "\(name)")
        #expect(fact.ip == "10.0.0.1", "\(name)")
        #expect(fact.mac == (hasHardware ? Cable.client.description : ""), "\(name)")
    }

    @Test func `wrappings without end are given up, by name`() {
        var packet = Self.packet
        for _ in 0..<12 {
            packet = FrameWriter.packet(
                from: Cable.clientAddress, to: Cable.serverAddress, transport: 4, packet)
        }
        var cable = Cable()
        cable.add(
            FrameWriter.ethernet(from: Cable.client, to: Cable.server, type: FrameWriter.EtherType.ipv4, packet))
        #expect(cable.read().oddities[.tunnelTooDeep] == 1)
        #expect(cable.read().values(.httpUserAgent).isEmpty)
    }
}
