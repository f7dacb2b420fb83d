//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// LLDP: neighbours, their ports, and LLDP-MED's inventory.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `LLDP by hand` {
    private func check(_ bytes: [UInt8]) -> Parsing {
        Parsing(bytes) { LLDP.read($0, Packet(), into: &$1) }
    }

    /// One element: type in seven bits, length in nine.
    private func element(_ kind: Int, _ value: [UInt8]) -> [UInt8] {
        [UInt8(kind << 1 | value.count >> 8), UInt8(value.count & 255)] + value
    }

    private var infusionPump: LLDP.Announcement {
        var announcement = LLDP.Announcement(chassis: HardwareAddress(bits: 0x0003_B100_0102), port: "eth0")
        announcement.portDescription = "bed side"
        announcement.systemName = "pump-12"
        announcement.systemDescription = "Plum 360 15.10"
        announcement.capabilities = 1 << 7
        announcement.managementAddress = IPAddress(v4: 0x0A01_0203)
        announcement.vlan = 120
        var med = LLDP.Inventory()
        med.hardware = "rev 3"
        med.firmware = "15.10.00.010"
        med.software = "15.10"
        med.serial = "SN-4711"
        med.manufacturer = "ICU Medical"
        med.model = "Plum 360"
        med.asset = "BM-00042"
        announcement.med = med
        return announcement
    }

    @Test func `what is written is read again, to the letter`() {
        #expect(
            check(LLDP.write(infusionPump)).facts == [
                "lldp.chassisId=00:03:b1:00:01:02", "lldp.portId=eth0", "lldp.portDescription=bed side",
                "lldp.systemName=pump-12", "lldp.systemDescription=Plum 360 15.10", "lldp.capabilities=station",
                "lldp.managementAddress=10.1.2.3", "lldp.vlan=120", "lldp-med.deviceClass=1",
                "lldp-med.hardware=rev 3", "lldp-med.firmware=15.10.00.010", "lldp-med.software=15.10",
                "lldp-med.serial=SN-4711", "lldp-med.manufacturer=ICU Medical", "lldp-med.model=Plum 360",
                "lldp-med.asset=BM-00042",
            ])
    }

    @Test func `an IPv6 management address is written in its short form`() {
        var announcement = infusionPump
        announcement.managementAddress = IPAddress(high: 0x2001_0DB8_0000_0000, low: 0x12)
        #expect(check(LLDP.write(announcement)).facts.contains("lldp.managementAddress=2001:db8::12"))
    }

    @Test(arguments: [
        ([4, 0, 1, 2, 3, 4, 5], "lldp.chassisId=00:01:02:03:04:05"),  // hardware address
        ([5, 1, 192, 0, 2, 7], "lldp.chassisId=192.0.2.7"),  // network address, IPv4
        ([5, 2, 0x20, 1, 0x0D, 0xB8] + Array(repeating: 0, count: 11) + [9], "lldp.chassisId=2001:db8::9"),
        ([7, 0x70, 0x6C, 0x63], "lldp.chassisId=plc"),  // assigned by the owner
        ([6, 0x65, 0x6D, 0x30], "lldp.chassisId=em0"),  // interface name
    ])
    func `a chassis is named as its subtype says`(value: [UInt8], fact: String) {
        #expect(check(element(1, value)).facts == [fact])
    }

    @Test(arguments: [
        ([3, 0, 1, 2, 3, 4, 5], "lldp.portId=00:01:02:03:04:05"), ([4, 1, 192, 0, 2, 7], "lldp.portId=192.0.2.7"),
        ([5, 0x47, 0x69, 0x31], "lldp.portId=Gi1"), ([1, 0x61, 0x62], "lldp.portId=ab"),
    ])
    func `a port has subtypes of its own`(value: [UInt8], fact: String) {
        #expect(check(element(2, value)).facts == [fact])
    }

    @Test func `power and cable are told in their units`() {
        let mdi = element(127, [0, 0x12, 0x0F, 2, 0x0E, 1, 4, 0x41, 0, 129, 0, 130])
        let med = element(127, [0, 0x12, 0xBB, 4, 0x52, 0, 63])
        let phy = element(127, [0, 0x12, 0x0F, 1, 3, 0x6C, 0x01, 0, 0x1E])
        let mtu = element(127, [0, 0x12, 0x0F, 4, 0x05, 0xEE])
        #expect(
            check(mdi + med + phy + mtu).facts == [
                "lldp.power=pd class=3 requested=12.9W allocated=13.0W", "lldp-med.power=pd 6.3W",
                "lldp.macPhy=autoneg=3 pmd=6c01 mau=001e", "lldp.mtu=1518",
            ])
    }

    @Test func `a street address in the location element is not kept`() {
        #expect(check(element(127, [0, 0x12, 0xBB, 3, 2, 5, 0] + Array("DE".utf8))).facts.isEmpty)
    }

    @Test func `the newer PROFINET mode names the station behind the port`() {
        let frame =
            element(1, [7] + Array("IM151-3 PN          6ES7 151".utf8))
            + element(2, [7] + Array("port-001.ward3-plc".utf8))
            + element(127, [0, 0x0E, 0xCF, 2, 0, 0, 0, 0])
        #expect(check(frame).facts.last == "lldp.stationName=ward3-plc")
    }

    @Test func `an element that ends behind the frame is counted and not reported`() {
        let found = check(element(5, Array("ward".utf8)) + [6 << 1, 50, 0x61, 0x62])
        #expect(found.facts == ["lldp.systemName=ward"])
        #expect(found.oddities == [.lldpTlvOverrun])
    }

    @Test func `nothing breaks wherever the frame is cut`() {
        let frame = LLDP.write(infusionPump)
        for length in 0...frame.count { _ = check(Array(frame.prefix(length))) }
    }
}

/// Expected values from the `.expected.tcpdump.out` beside each recording, or from tshark 4.0.17 on it.
@Suite(.enabled(if: Recordings.areHere)) struct `LLDP in recordings` {
    @Test func `two Catalyst switches announce themselves to each other`() throws {
        let reading = try Reading.read("lldp-cdp/tcpd__LLDP_and_CDP.pcap")
        let first = reading.facts.filter { $0.mac == "00:18:ba:98:68:8f" && $0.field.protocolName == "lldp" }
        #expect(
            Array(Set(first.map { "\($0.field.path)=\($0.value)" })).sorted() == [
                "lldp.capabilities=bridge", "lldp.chassisId=00:18:ba:98:68:8f",
                "lldp.macPhy=autoneg=3 pmd=0036 mau=0010", "lldp.portDescription=FastEthernet0/13",
                "lldp.portId=Fa0/13",
                "lldp.systemDescription=Cisco IOS Software, C3560 Software (C3560-ADVIPSERVICESK9-M), Version 12.2(44)SE,"
                    + " RELEASE SOFTWARE (fc1)\nCopyright (c) 1986-2008 by Cisco Systems, Inc.\n"
                    + "Compiled Sat 05-Jan-08 00:15 by weiliu",
                "lldp.systemName=S1.cisco.com", "lldp.vlan=1",
            ])
        #expect(reading.values(.lldpPortId) == ["Fa0/13", "Uplink to S1"])
        #expect(reading.oddities.isEmpty)
    }

    @Test func `a Summit, and a ProCurve with LLDP-MED`() throws {
        let reading = try Reading.read("lldp-cdp/arkime__wireshark-lldp.pcap")
        #expect(reading.values(.lldpSystemName) == ["ProCurve Switch 2600-8-PWR", "Summit300-48"])
        #expect(
            reading.values(.lldpSystemDescription) == [
                "ProCurve J8762A Switch 2600-8-PWR, revision H.08.89, ROM H.08.5X (/sw/code/build/fish(ts_08_5))",
                "Summit300-48 - Version 7.4e.1 (Build 5) by Release_Master 05/27/05 04:53:11",
            ])
        #expect(reading.values(.lldpManagementAddress) == ["00:01:30:f9:ad:a0", "15.255.122.148"])
        #expect(reading.values(.lldpChassisId) == ["00:01:30:f9:ad:a0", "00:04:96:1f:a7:26", "00:13:21:57:ca:40"])
        #expect(reading.values(.lldpVlanName) == ["v2-0488-03-0505"])
        #expect(reading.values(.lldpMtu) == ["1522"])
        #expect(reading.values(.lldpMedDeviceClass) == ["4"])
    }

    @Test func `a switch with four-pair power says how much it gives`() throws {
        let reading = try Reading.read("lldp-cdp/lldpd__8023bt.pcap")
        #expect(reading.values(.lldpSystemName) == ["cisco-bt-switch"])
        #expect(reading.values(.lldpPortId) == ["Gi1/0/2"])
        #expect(reading.values(.lldpManagementAddress) == ["192.168.1.1"])
        #expect(reading.values(.lldpPower) == ["pse class=4 requested=71.0W allocated=51.0W"])
    }

    @Test func `PROFINET stations give their names`() throws {
        let plant = try Reading.read("ics-bacnet-modbus/malcolm__PROFINET.pcap")
        #expect(plant.values(.lldpStationName) == ["siemens-x208-switch", "versamax-pns11"])
        let office = try Reading.read("lldp-cdp/iti__Profinet_Failed.pcap")
        #expect(office.values(.lldpStationName) == ["scada-pc-060839"])
        #expect(
            office.values(.lldpSystemDescription) == [
                "Dell Inc. OptiPlex 990,01,G22XB2S + HMI", "Siemens AG SIMATIC S7 MULTIPORT SCALANCE X 200 FAM",
            ])
    }

    @Test func `frames mirrored through ERSPAN are read like any other`() throws {
        let reading = try Reading.read("lldp-cdp/tcpd__erspan-type-i-4.pcap")
        #expect(reading.values(.lldpSystemName) == ["Device B", "Device C"])
        #expect(reading.values(.lldpChassisId) == ["00:23:89:af:cc:fd", "00:23:89:af:d2:52"])
        #expect(reading.values(.lldpManagementAddress) == ["30.1.1.1", "40.1.1.1"])
        #expect(reading.values(.lldpVlanName) == ["VLAN 0010", "VLAN 0012"])
    }

    @Test(arguments: [
        ("lldpd__med-loc-malformed", "defensics"), ("tcpd__hoobr_safeputs", "0000000000"),
    ])
    func `what can be read of broken frames is read`(name: String, systemName: String) throws {
        let folder = name.hasPrefix("lldpd") ? "lldp-cdp" : "malformed"
        #expect(try Reading.read("\(folder)/\(name).pcap").values(.lldpSystemName) == [systemName])
    }

    @Test func `a maximum frame size that is cut off is an oddity`() throws {
        #expect(try Reading.read("malformed/tcpd__lldp_8023_mtu-oobr.pcap").oddities[.lldpTlvTooShort] == 1)
    }
}
