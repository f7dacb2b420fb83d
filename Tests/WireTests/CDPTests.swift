//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// CDP: Cisco neighbours, in both versions.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `CDP by hand` {
    private func check(_ bytes: [UInt8]) -> Parsing {
        Parsing(bytes) { CDP.read($0, Packet(), into: &$1) }
    }

    private var phone: [UInt8] {
        var announcement = CDP.Announcement(deviceId: "SEP001122334455", portId: "Port 1")
        announcement.platform = "Cisco IP Phone 8841"
        announcement.software = "sip88xx.12-8-1-0001-455.loads"
        announcement.addresses = [IPAddress(v4: 0x0A01_0203), IPAddress(high: 0x2001_0DB8_0000_0000, low: 1)]
        announcement.capabilities = 0x490
        announcement.nativeVlan = 20
        announcement.isFullDuplex = true
        announcement.powerMilliwatts = 6_300
        return CDP.write(announcement)
    }

    @Test func `what is written is read again, to the letter`() {
        #expect(
            check(phone).facts == [
                "cdp.deviceId=SEP001122334455", "cdp.software=sip88xx.12-8-1-0001-455.loads",
                "cdp.platform=Cisco IP Phone 8841", "cdp.address=10.1.2.3", "cdp.address=2001:db8::1",
                "cdp.portId=Port 1", "cdp.capabilities=host,voip-phone,two-port-relay", "cdp.nativeVlan=20",
                "cdp.duplex=full", "cdp.power=6300mW",
            ])
    }

    @Test func `an address of zeros is nobody's`() {
        var announcement = CDP.Announcement(deviceId: "S1", portId: "Fa0/13")
        announcement.addresses = [IPAddress(v4: 0)]
        #expect(!check(CDP.write(announcement)).facts.contains { $0.hasPrefix("cdp.address") })
    }

    @Test func `lengths that lie are counted`() {
        #expect(check([2, 180, 0, 0, 0, 1, 0, 3]).oddities == [.cdpTlvOverrun])
        #expect(check([2, 180, 0, 0, 0, 1, 0, 200, 0x41]).oddities == [.cdpTlvOverrun])
        #expect(check([9, 180, 0, 0]).oddities == [.cdpBadHeader])
        // A count of addresses without addresses.
        #expect(check([2, 180, 0, 0, 0, 2, 0, 8, 255, 255, 255, 255]).oddities == [.cdpTlvOverrun])
    }

    @Test func `nothing breaks wherever the frame is cut`() {
        for length in 0...phone.count { _ = check(Array(phone.prefix(length))) }
    }
}

/// Expected values from the `.expected.tcpdump.out` beside each recording, or from tshark 4.0.17 on it.
@Suite(.enabled(if: Recordings.areHere)) struct `CDP in recordings` {
    @Test func `two Catalyst switches, version 2`() throws {
        let reading = try Reading.read("lldp-cdp/tcpd__LLDP_and_CDP.pcap")
        let second = reading.facts.filter { $0.mac == "00:19:2f:a7:b2:8d" && $0.field.protocolName == "cdp" }
        #expect(
            Array(Set(second.map { "\($0.field.path)=\($0.value)" })).sorted() == [
                "cdp.capabilities=switch,igmp", "cdp.deviceId=S2", "cdp.duplex=full", "cdp.nativeVlan=1",
                "cdp.platform=cisco WS-C3560G-24PS", "cdp.portId=GigabitEthernet0/13",
                "cdp.software=Cisco IOS Software, C3560 Software (C3560-ADVIPSERVICESK9-M), Version 12.2(44)SE,"
                    + " RELEASE SOFTWARE (fc1)\nCopyright (c) 1986-2008 by Cisco Systems, Inc.\n"
                    + "Compiled Sat 05-Jan-08 00:15 by weiliu",
            ])
        #expect(reading.values(.cdpDeviceId) == ["S1", "S2"])
    }

    @Test func `an old router, version 1`() throws {
        let reading = try Reading.read("lldp-cdp/zeek__cdp-v1.pcap")
        #expect(reading.values(.cdpDeviceId) == ["R1"])
        #expect(reading.values(.cdpPlatform) == ["cisco 1601"])
        #expect(reading.values(.cdpPortId) == ["Ethernet0"])
        #expect(reading.values(.cdpAddress) == ["192.168.10.1"])
        #expect(reading.values(.cdpCapabilities) == ["router"])
    }

    @Test func `an access point asks for power, and names its sub-interfaces`() throws {
        let reading = try Reading.read("lldp-cdp/ndpi__capwap.pcap")
        #expect(reading.values(.cdpDeviceId) == ["APb838.61f3.05ac"])
        #expect(reading.values(.cdpPlatform) == ["cisco AIR-CAP2602I-Q-K9"])
        #expect(reading.values(.cdpPortId) == ["GigabitEthernet0", "GigabitEthernet0.1"])
        #expect(reading.values(.cdpPower) == ["13000mW", "15400mW"])
    }

    @Test func `routers on a serial line, behind Cisco's HDLC`() throws {
        let reading = try Reading.read("lldp-cdp/tcpd__HDLC.pcap")
        #expect(reading.values(.cdpDeviceId) == ["R0", "R1"])
        #expect(reading.values(.cdpPlatform) == ["Cisco 3725"])
        #expect(reading.values(.cdpAddress) == ["10.0.0.1", "10.0.0.2"])
    }
}
