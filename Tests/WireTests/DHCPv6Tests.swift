//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// DHCPv6: does it read what clients say, also behind relays?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `DHCPv6 messages` {
    private let solicit = DHCPv6.solicit(
        transaction: 7, client: HardwareAddress(bits: 0x0004_F212_3456), fqdn: "pump-7.ward.example",
        vendorClass: (311, "MSFT 5.0"), request: [24, 23, 17])
    private let said = [
        "dhcpv6.clientId=000300010004f2123456", "dhcpv6.fqdn=pump-7.ward.example", "dhcpv6.enterprise=311",
        "dhcpv6.vendorClass=MSFT 5.0", "dhcpv6.optionRequest=24,23,17",
    ]

    /// Wraps a message as a relay does: RFC 8415, 9; the peer is fe80::204:f2ff:fe99:9999.
    private func relayed(_ message: [UInt8], more options: [UInt8] = []) -> [UInt8] {
        [12, 0] + [UInt8](repeating: 0, count: 16)
            + [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 2, 4, 0xF2, 0xFF, 0xFE, 0x99, 0x99, 0x99]
            + [0, 9, UInt8(message.count >> 8), UInt8(message.count & 255)] + message + options
    }

    @Test func `what a client says belongs to the sender`() {
        #expect(Told(solicit, port: 547, by: DHCPv6.read).facts == said.map { " " + $0 })
    }

    @Test func `behind a relay it belongs to the hardware address in the client's identifier`() {
        let told = Told(relayed(solicit, more: [0, 18, 0, 3, 0x65, 0x74, 0x68]), port: 547, by: DHCPv6.read)
        #expect(told.facts == (said + ["dhcpv6.relayInterfaceId=eth"]).map { "00:04:f2:12:34:56 " + $0 })
    }

    @Test func `a relay's word about the hardware address comes first`() {
        let message = relayed(solicit, more: [0, 79, 0, 8, 0, 1, 0, 4, 0xF2, 0, 0, 1])
        #expect(Told(message, port: 547, by: DHCPv6.read).facts == said.map { "00:04:f2:00:00:01 " + $0 })
    }

    @Test func `with neither, the client's link-local address tells`() {
        // DUID-UUID (RFC 6355) instead of the hardware address.
        let message = relayed([1, 0, 0, 7, 0, 1, 0, 4, 0, 4, 0xAA, 0xBB])
        #expect(Told(message, port: 547, by: DHCPv6.read).facts == ["00:04:f2:99:99:99 dhcpv6.clientId=0004aabb"])
    }

    @Test func `relays behind relays have an end`() {
        var message = solicit
        for _ in 0..<8 { message = relayed(message) }
        #expect(Told(message, port: 547, by: DHCPv6.read).facts.count == 5)
        message = relayed(message)
        #expect(Told(message, port: 547, by: DHCPv6.read).facts == [])
        #expect(Told(message, port: 547, by: DHCPv6.read).oddities == [.dhcpv6TooDeep])
    }

    @Test func `neither a cut nor a changed message stops it`() {
        for message in Samples.names + [relayed(relayed(solicit))] {
            Told.survives(message, ports: [547], DHCPv6.read)
        }
    }
}

/// Expected values: tcpdump's decodings beside the recordings.
@Suite(.enabled(if: Recordings.areHere)) struct `DHCPv6 recordings` {
    @Test func `a cable modem behind a relay tells its model, firmware and serial`() throws {
        let reading = try Reading.read("dhcp/tcpd__dhcpv6-vendor-specific-information.pcap")
        #expect(reading.values(.dhcpv6Enterprise) == ["4491"])
        #expect(reading.values(.dhcpv6VendorClass) == ["docsis3.0"])
        #expect(reading.values(.dhcpv6RelayInterfaceId) == ["54d46ffa109a"])
        let options = reading.values(.dhcpv6VendorOptions)
        for expected in ["2=ECM", "6=drg7908-P15-14-v302r12111a", "9=DRG7908", "10=Cisco"] {
            #expect(options.contains(expected))
        }
        #expect(
            reading.facts.filter { $0.field == .dhcpv6ClientId }.map { "\($0.mac) \($0.value)" }
                == ["54:d4:6f:fa:10:9a 0003000154d46ffa109a"])
    }

    @Test func `a switch tells its maker`() throws {
        let reading = try Reading.read("dhcp/tcpd__dhcpv4v6-rfc5970-rfc8572.pcap")
        #expect(reading.values(.dhcpv6Enterprise) == ["30065"])
        #expect(reading.values(.dhcpv6VendorOptions).contains("1=Arista"))
        #expect(reading.values(.dhcpv6OptionRequest) == ["136,24,23", "59,24,23"])
        #expect(reading.values(.dhcpv6ServerId).contains("0001000129d0819cce0db48a3384"))
    }

    @Test func `an identifier made of a UUID is kept as digits`() throws {
        let reading = try Reading.read("dhcp/tcpd__dhcpv6-rfc6355-duid-uuid.pcap")
        #expect(reading.values(.dhcpv6ClientId) == ["0004a256e92e40abd0d2a3ab3b3ff2ff8998"])
        #expect(reading.bindings.contains("48:5b:39:e7:14:84 2a02:2788:7c8:4dd:4a5b:39ff:fee7:1484"))
    }
}
