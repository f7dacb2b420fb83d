//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// DHCPv4: does it read what clients and servers say, each about the right device?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite struct `DHCPv4 messages` {
    private let client = HardwareAddress(bits: 0x0004_F212_3456)

    /// Each fact as `who field=value`; `who` is empty for the sender.
    private func read(_ message: [UInt8]) -> [String] { Told(message, port: 67, by: DHCPv4.read).facts }

    @Test func `what a client says belongs to its hardware address, also through a relay`() {
        let message = DHCPv4.write(
            .discover, transaction: 7, client: client, relay: IPAddress(v4: 0x0A01_0203),
            options: [
                .hostname("pump-7"), .vendorClass("udhcp 1.29.2"), .parameterRequestList([1, 121, 3]),
                .clientId(client), .maxMessageSize(576), .fqdn("pump-7.ward.example"),
                .userClasses(["one", "two"]), .mudURL("https://maker.example/pump"),
                .relayInformation(circuit: "Gi1/0/7", remote: "sw-3"),
            ])
        let who = "00:04:f2:12:34:56 dhcp."
        #expect(
            read(message) == [
                who + "relayAddress=10.1.2.3", " dhcp.relayAddress=10.1.2.3", who + "hostname=pump-7",
                who + "vendorClass=udhcp 1.29.2",
                who + "parameterRequestList=1,121,3", who + "clientId=00:04:f2:12:34:56",
                who + "maxMessageSize=576", who + "fqdn=pump-7.ward.example", who + "userClass=one",
                who + "userClass=two", who + "mudURL=https://maker.example/pump", who + "circuitId=Gi1/0/7",
                who + "remoteId=sw-3",
            ])
    }

    @Test func `a server's answer names the server's domain and binds the client's address`() {
        let message = DHCPv4.write(
            .acknowledge, transaction: 7, client: client, assigned: IPAddress(v4: 0x0A01_0207),
            options: [.hostname("pump-7"), .domain("ward.example"), .leaseTime(seconds: 600)])
        let told = Told(message, port: 67, by: DHCPv4.read)
        #expect(told.facts == ["00:04:f2:12:34:56 dhcp.hostname=pump-7", " dhcp.domain=ward.example"])
        #expect(told.bindings == ["00:04:f2:12:34:56 10.1.2.7"])
    }

    @Test func `a request binds the address that the client has, or that it takes from the server it names`() {
        let address = IPAddress(v4: 0x0A01_0207)
        var renewal = DHCPv4.write(.request, transaction: 7, client: client, options: [])
        for index in 0..<4 { renewal[12 + index] = UInt8(truncatingIfNeeded: 0x0A01_0207 >> UInt32(24 - 8 * index)) }
        #expect(Told(renewal, port: 68, by: DHCPv4.read).bindings == ["00:04:f2:12:34:56 \(address)"])
        // Option 50 after a roam asks for what it had elsewhere; with option 54 it takes what it was offered here.
        var wanted = DHCPv4.write(.request, transaction: 7, client: client, options: [])
        wanted.removeLast(wanted.count - (wanted.lastIndex(of: 255) ?? wanted.count))
        wanted += [50, 4, 10, 1, 2, 7]
        #expect(Told(wanted + [255], port: 68, by: DHCPv4.read).bindings == [])
        #expect(Told(wanted + [54, 4, 10, 1, 2, 1, 255], port: 68, by: DHCPv4.read).bindings.count == 1)
    }

    @Test func `an offer binds nothing yet`() {
        let message = DHCPv4.write(
            .offer, transaction: 7, client: client, assigned: IPAddress(v4: 0x0A01_0207), options: [])
        #expect(Told(message, port: 67, by: DHCPv4.read).bindings == [])
    }

    @Test func `an option longer than 255 octets is put together, one that is only repeated counts once`() {
        let long = String(repeating: "x", count: 300)
        let split = DHCPv4.write(.request, transaction: 7, client: client, options: [.vendorClass(long)])
        // A value is kept to 256 octets.
        #expect(read(split) == ["00:04:f2:12:34:56 dhcp.vendorClass=" + String(repeating: "x", count: 256)])
        let parts = DHCPv4.write(
            .request, transaction: 7, client: client,
            options: [.parameterRequestList([1, 3]), .hostname("bed-1"), .parameterRequestList([6, 15])])
        #expect(
            read(parts) == [
                "00:04:f2:12:34:56 dhcp.parameterRequestList=1,3,6,15", "00:04:f2:12:34:56 dhcp.hostname=bed-1",
            ])
        let twice = DHCPv4.write(
            .request, transaction: 7, client: client, options: [.hostname("bed-1"), .hostname("bed-1")])
        #expect(read(twice) == ["00:04:f2:12:34:56 dhcp.hostname=bed-1"])
    }

    @Test func `options go on in the file and server name fields when the message says so`() {
        var message = DHCPv4.write(.request, transaction: 7, client: client, options: [DHCPv4.Option(52, [3])])
        message.replaceSubrange(108..<115, with: [12, 4, 0x62, 0x65, 0x64, 0x31, 255])
        message.replaceSubrange(44..<49, with: [60, 2, 0x68, 0x69, 255])
        #expect(read(message) == ["00:04:f2:12:34:56 dhcp.hostname=bed1", "00:04:f2:12:34:56 dhcp.vendorClass=hi"])
    }

    @Test(
        arguments: [
            ([0, 0x70, 0x75, 0x6D, 0x70], "pump"), ([0x70, 0x75, 0x6D, 0x70], "pump"),
            ([1, 0, 4, 0xF2, 0x12, 0x34, 0x56], "00:04:f2:12:34:56"), ([255, 1, 2, 3, 4, 0, 2], "ff010203040002"),
            ([0, 4, 0xF2], "0004f2"), ([0], "00"),
        ] as [([UInt8], String)])
    func `a client identifier is an address, a text or digits`(value: [UInt8], expected: String) {
        let message = DHCPv4.write(.request, transaction: 7, client: client, options: [DHCPv4.Option(61, value)])
        #expect(read(message) == ["00:04:f2:12:34:56 dhcp.clientId=" + expected])
    }

    @Test(
        arguments: [
            ([0, 0, 0, 0x62, 0x65, 0x64], "bed"), ([5, 0, 0, 3, 0x62, 0x65, 0x64, 1, 0x77, 0], "bed.w"),
            ([4, 0, 0, 3, 0x62, 0x65, 0x64], "bed"), ([4, 0, 0, 0x62, 0x65, 0x64], "bed"),
        ] as [([UInt8], String)])
    func `a full name is read in its old form and in that of DNS`(value: [UInt8], expected: String) {
        let message = DHCPv4.write(.request, transaction: 7, client: client, options: [DHCPv4.Option(81, value)])
        #expect(read(message) == ["00:04:f2:12:34:56 dhcp.fqdn=" + expected])
    }

    @Test func `a bare text as user class is taken as it is`() {
        let message = DHCPv4.write(.request, transaction: 7, client: client, options: [.text(77, "iPXE")])
        #expect(read(message) == ["00:04:f2:12:34:56 dhcp.userClass=iPXE"])
    }

    @Test func `an option that runs over the end is named and read as far as it goes`() {
        let whole = DHCPv4.write(.request, transaction: 7, client: client, options: [.hostname("pump-7")])
        let told = Told(Array(whole.prefix(240 + 3 + 2 + 4)), port: 67, by: DHCPv4.read)
        #expect(told.facts == ["00:04:f2:12:34:56 dhcp.hostname=pump"])
        #expect(told.oddities == [.dhcpOptionOverrun])
    }

    @Test func `neither a cut nor a changed message stops it`() {
        for message in Samples.names { Told.survives(message, ports: [67, 68], DHCPv4.read) }
    }
}

/// Expected values: the recordings' own decodings by tcpdump and Zeek, named at each; else tshark 4.0.17.
@Suite(.enabled(if: Recordings.areHere)) struct `DHCPv4 recordings` {
    private func values(_ path: String, _ field: Field, of mac: String) throws -> [String] {
        var found: [String] = []
        for fact in try Reading.facts(in: path) where fact.field == field && fact.mac == mac {
            if !found.contains(fact.value) { found.append(fact.value) }
        }
        return found
    }

    @Test func `a Raspberry Pi behind a relay names its MUD file (tcpdump)`() throws {
        let path = "dhcp/tcpd__dhcp-mud.pcap"
        let mac = "b8:27:eb:b8:53:c8"
        #expect(try values(path, .dhcpHostname, of: mac) == ["raspberrypi"])
        #expect(try values(path, .dhcpVendorClass, of: mac) == ["dhcpcd-6.11.5:Linux-4.1.18-v7+:armv7l:BCM2709"])
        #expect(
            try values(path, .dhcpParameterRequestList, of: mac) == ["1,121,33,3,6,12,15,28,42,51,54,58,59,100,101,119"]
        )
        #expect(try values(path, .dhcpMudURL, of: mac) == ["https://mudctl.example.com/.well-known/mud/v1/rasbp101"])
        #expect(try values(path, .dhcpClientId, of: mac) == [mac])
        #expect(try values(path, .dhcpMaxMessageSize, of: mac) == ["1472"])
        #expect(try values(path, .dhcpRelayAddress, of: mac) == ["62.12.173.121"])
        #expect(try Reading.read(path).values(.dhcpDomain) == ["ofcourseimright.com"])
        #expect(try Reading.read(path).bindings.contains("b8:27:eb:b8:53:c8 62.12.173.123"))
    }

    @Test func `three user classes in one option are three (tcpdump)`() throws {
        #expect(
            try values("dhcp/tcpd__dhcp-rfc3004.pcap", .dhcpUserClass, of: "00:0c:29:1f:74:06")
                == ["subopt1", "subopt2-123456789", "subopt3-12"])
    }

    @Test func `every kind of message of one client tells its name (Zeek)`() throws {
        #expect(try values("dhcp/zeek__dhcp.pcap", .dhcpHostname, of: "90:b1:1c:99:49:29") == ["btest.is.cool"])
        #expect(try Reading.read("dhcp/zeek__dhcp.pcap").values(.dhcpDomain) == ["cmu.edu"])
        #expect(try Reading.read("dhcp/zeek__dhcp.pcap").bindings.contains("90:b1:1c:99:49:29 128.2.6.189"))
    }

    @Test func `a relay's circuit and remote end belong to the client (Zeek)`() throws {
        let path = "dhcp/zeek__dhcp_ack_subscriber_id_and_agent_remote_id.pcap"
        #expect(try values(path, .dhcpCircuitId, of: "00:0a:28:00:fa:42") == ["this is only a test..."])
        #expect(try values(path, .dhcpRemoteId, of: "00:0a:28:00:fa:42") == ["13"])
        #expect(try Reading.read(path).bindings == ["00:0a:28:00:fa:42 192.168.0.10"])
    }

    @Test func `a client identifier of type 0 is text (Zeek)`() throws {
        #expect(
            try values("dhcp/zeek__hw-type0.pcap", .dhcpClientId, of: "cc:00:0a:c4:00:00")
                == ["cisco-cc00.0ac4.0000-Fa0/0"])
    }

    @Test func `a name server's name, boot file and domain belong to the server (tshark)`() throws {
        let path = "dhcp/zeek__dhcp_time_and_nameserver.pcap"
        #expect(try values(path, .dhcpBootFile, of: "00:1f:d0:85:d9:8b") == ["pxelinux.0"])
        #expect(try values(path, .dhcpDomain, of: "00:1f:d0:85:d9:8b") == ["powerpuff"])
    }

    @Test func `options in an overloaded server name are options, not a name (Suricata, tshark)`() throws {
        let path = "dhcp/suri__dhcp-option-52-overload__input.pcap"
        #expect(try values(path, .dhcpVendorClass, of: "92:dd:a4:8d:5f:de") == ["udhcp 1.36.1"])
        #expect(
            try values(path, .dhcpParameterRequestList, of: "92:dd:a4:8d:5f:de") == ["1,3,6,12,15,28,42,54,66,67,119"])
        #expect(try Reading.read(path).values(.dhcpDomain) == ["evil.corp", "legit.local"])
        let both = "dhcp/suri__dhcp-option-52-overload-both__input.pcap"
        #expect(try values(both, .dhcpParameterRequestList, of: "00:00:6c:82:dc:4e") == ["1,28,3,43"])
        #expect(try Reading.read(both).values(.dhcpServerName) == [])
    }

    @Test func `a phone behind an access point and its controller is still itself (tshark)`() throws {
        #expect(
            try values("lldp-cdp/ndpi__capwap.pcap", .dhcpHostname, of: "1c:ab:a7:f2:13:9d") == ["kawai-iPad3"])
    }

    /// IoT Sentinel, one lab; expected values from tshark, the devices' addresses from `iots__device-macs.tsv`.
    @Test(arguments: [
        ("Aria", "20:f8:5e:ca:91:52", "GainSpanca9152", "", "1,3,6,15,66,67,13,44"),
        ("HueBridge", "00:17:88:24:76:ff", "Philips-hue", "udhcp 1.19.4", "1,3,6,12,15,28,42"),
        ("Withings", "00:24:e4:24:80:2a", "", "Withings00", "1,3,28,6"),
        ("MAXGateway", "00:1a:22:03:cb:be", "KEQ0817541", "", "1,3,6,12,51,58,59"),
        ("TP-LinkPlugHS110", "50:c7:bf:00:c7:03", "HS110(EU)", "udhcp 0.9.9-pre", "1,3,6,12,15,28"),
        ("WeMoSwitch", "94:10:3e:35:01:c1", "", "udhcp 1.22.1", "1,3,6,12,15,28,42"),
    ])
    func `a device being set up tells its name, its class and its list`(
        folder: String, mac: String, name: String, vendorClass: String, list: String
    ) throws {
        var found: [Field: Set<String>] = [:]
        for path in Recordings.allCaptures() where path.hasPrefix("iot-setup/\(folder)/") {
            for fact in try Reading.facts(in: path) where fact.mac == mac {
                found[fact.field, default: []].insert(fact.value)
            }
        }
        #expect(found[.dhcpHostname] == (name.isEmpty ? nil : [name]))
        #expect(found[.dhcpVendorClass] == (vendorClass.isEmpty ? nil : [vendorClass]))
        #expect(found[.dhcpParameterRequestList] == [list])
    }
}
