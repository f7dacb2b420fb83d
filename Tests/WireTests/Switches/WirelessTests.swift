//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Wireless tables that no public recording holds: rows written after the MIBs.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

/// Rows of one agent, written as `1.3.6|value`.
private struct Agent {
    var rows: [SNMPRow] = []

    mutating func say(_ name: String, _ value: SNMPValue) {
        if let name = ObjectName(Array(name.utf8)) { rows.append(SNMPRow(name, value)) }
    }
    mutating func say(_ name: String, _ number: Int64) { say(name, .integer(number)) }
    mutating func say(_ name: String, _ text: String) { say(name, .octets(Array(text.utf8))) }
    mutating func say(_ name: String, mac: [UInt8]) { say(name, .octets(mac)) }
    mutating func say(_ name: String, v4: UInt32) { say(name, .address(v4)) }

    var reading: SwitchReading { SwitchReading(SNMPRows(rows)) }
    func client(_ last: UInt64) -> WirelessClient? {
        reading.wirelessClients.first { $0.hardware.bits == 0x0002_0000_0000 | last }
    }
}

/// 00:02:00:00:00:NN as numbers of an index.
private func index(_ last: Int) -> String { "0.2.0.0.0.\(last)" }

@Suite struct `Stations of an Airespace controller` {
    private static let stations = "1.3.6.1.4.1.14179.2.1.4.1"
    private static let networks = "1.3.6.1.4.1.14179.2.1.1.1"

    private func agent() -> Agent {
        var agent = Agent()
        agent.say("1.3.6.1.4.1.14179.2.2.1.1.3.0.17.34.51.68.80", "ap-ward-3")
        agent.say("1.3.6.1.4.1.14179.2.2.1.1.16.0.17.34.51.68.80", "AIR-AP2802I")
        agent.say("1.3.6.1.4.1.14179.2.2.1.1.33.0.17.34.51.68.80", mac: [0, 0x11, 0x22, 0x33, 0x44, 0x60])
        return agent
    }

    private func add(
        _ agent: inout Agent, _ last: Int, ssid: String, status: Int64 = 3, cipher: Int64 = 0, method: Int64 = 6
    ) {
        agent.say("\(Self.stations).2.\(index(last))", v4: 0x0A00_0000 + UInt32(last))
        agent.say("\(Self.stations).3.\(index(last))", "nurse\(last)")
        agent.say("\(Self.stations).4.\(index(last))", mac: [0, 0x11, 0x22, 0x33, 0x44, 0x50])
        agent.say("\(Self.stations).7.\(index(last))", ssid)
        agent.say("\(Self.stations).9.\(index(last))", status)
        agent.say("\(Self.stations).29.\(index(last))", 40)
        agent.say("\(Self.stations).31.\(index(last))", cipher)
        agent.say("\(Self.stations).32.\(index(last))", method)
        agent.say("1.3.6.1.4.1.14179.2.1.6.1.1.\(index(last))", Int64(-60))
    }

    @Test func `each has its access point by name, its network, its VLAN and its signal`() throws {
        var agent = agent()
        add(&agent, 7, ssid: "clinical", method: 2)
        let client = try #require(agent.client(7))
        #expect(client.accessPoint == "ap-ward-3" && client.ssid == "clinical" && client.vlan == 40)
        #expect(
            client.signal == -60 && client.security == .enterprise && client.networks == [IPAddress(v4: 0x0A00_0007)])
        #expect(agent.reading.accessPoints.map(\.hardware) == [HardwareAddress(bits: 0x0011_2233_4460)])
        #expect(agent.reading.accessPoints.map(\.radio) == [HardwareAddress(bits: 0x0011_2233_4450)])
    }

    @Test(arguments: [0, 1, 5, 6, 7, 8] as [Int64])
    func `one that is idle, probing, leaving or excluded is not there`(status: Int64) {
        var agent = agent()
        add(&agent, 7, ssid: "clinical", status: status)
        #expect(agent.reading.wirelessClients.isEmpty)
    }

    @Test(
        arguments: [
            (2, 6, WirelessSecurity.wep), (3, 6, .wep), (4, 6, .wep), (1, 6, .tkip), (1, 2, .tkip), (5, 6, .open),
            (0, 0, .enterprise), (0, 5, .enterprise), (0, 6, nil), (7, 6, nil),
        ] as [(Int64, Int64, WirelessSecurity?)])
    func `its cipher and its way to log in say how it is guarded`(
        cipher: Int64, method: Int64, security: WirelessSecurity?
    ) {
        var agent = agent()
        add(&agent, 7, ssid: "clinical", cipher: cipher, method: method)
        #expect(agent.client(7)?.security == security)
    }

    @Test func `a network with one key for all says so for its stations`() {
        var agent = agent()
        for (number, ssid, key) in [(1, "pumps", 1), (2, "clinical", 0)] as [(Int, String, Int64)] {
            agent.say("\(Self.networks).2.\(number)", ssid)
            agent.say("\(Self.networks).53.\(number)", 1)
            agent.say("\(Self.networks).56.\(number)", key)
        }
        add(&agent, 7, ssid: "pumps")
        add(&agent, 8, ssid: "clinical")
        #expect(agent.client(7)?.security == .sharedKey && agent.client(8)?.security == .enterprise)
        #expect(agent.reading.wirelessNetworks.map(\.security) == [.sharedKey, .enterprise])
    }

    @Test func `the network's own columns say what is open, WEP and TKIP`() {
        var agent = agent()
        let columns = [8, 13, 16, 53]
        for (number, on) in [(1, nil), (2, 8), (3, 16), (4, 13)] as [(Int, Int?)] {
            agent.say("\(Self.networks).2.\(number)", "n\(number)")
            for column in columns { agent.say("\(Self.networks).\(column).\(number)", column == on ? 1 : 0) }
        }
        #expect(agent.reading.wirelessNetworks.map(\.security) == [.open, .wep, .tkip, .wep])
    }
}

@Suite struct `Stations of other makers` {
    @Test func `a lightweight client table adds what Airespace leaves out, and its wired ones are no stations`() throws
    {
        var agent = Agent()
        let table = "1.3.6.1.4.1.9.9.599.1.3.1.1"
        agent.say("1.3.6.1.4.1.9.9.513.1.1.1.1.5.0.17.34.51.68.80", "ap-9")
        agent.say("1.3.6.1.4.1.9.9.513.1.1.1.1.2.0.17.34.51.68.80", mac: [0, 0x11, 0x22, 0x33, 0x44, 0x61])
        for (last, way) in [(7, 7), (8, 8)] as [(Int, Int64)] {
            agent.say("\(table).6.\(index(last))", way)
            agent.say("\(table).8.\(index(last))", mac: [0, 0x11, 0x22, 0x33, 0x44, 0x50])
            agent.say("\(table).13.\(index(last))", 12)
            agent.say("\(table).28.\(index(last))", "clinical")
        }
        let client = try #require(agent.client(7))
        #expect(client.accessPoint == "ap-9" && client.ssid == "clinical" && client.vlan == 12 && !client.isWired)
        #expect(agent.client(8)?.isWired == true)
        var teller = SwitchTeller(site: "main", sensor: "walk", agent: "wlc")
        let stations = teller.tell(agent.reading, at: .epoch).compactMap {
            if case .wireless(let station) = $0.body { station.hardware.bits & 0xFF } else { nil }
        }
        #expect(stations == [7])
    }

    @Test func `Aironet keeps the network's name in the index, with its length`() throws {
        var agent = Agent()
        agent.say("1.3.6.1.2.1.1.5.0", "ap-lone")
        let table = "1.3.6.1.4.1.9.9.273.1.2.1.1"
        agent.say("\(table).16.1.4.119.97.114.100.\(index(7))", .octets([10, 0, 0, 7]))
        agent.say("\(table).17.1.4.119.97.114.100.\(index(7))", 30)
        // The length lies: no station.
        agent.say("\(table).16.1.9.119.97.114.100.\(index(8))", .octets([10, 0, 0, 8]))
        agent.say("\(table).16.1.4294967295.\(index(9))", .octets([10, 0, 0, 9]))
        let client = try #require(agent.client(7))
        #expect(client.ssid == "ward" && client.vlan == 30 && client.accessPoint == "ap-lone")
        #expect(agent.reading.wirelessClients.count == 1)
    }

    @Test(
        arguments: [
            (14, 5, WirelessSecurity.sharedKey), (13, 5, .enterprise), (22, 4, .tkip), (5, 2, .wep), (1, 6, .open),
            (19, 5, .sharedKey), (9, 3, .wep), (99, 5, nil),
        ] as [(Int64, Int64, WirelessSecurity?)])
    func `Huawei says how each station is guarded`(method: Int64, cipher: Int64, security: WirelessSecurity?) throws {
        var agent = Agent()
        let table = "1.3.6.1.4.1.2011.6.139.18.1.2.1"
        agent.say("\(table).4.\(index(7))", "ap-4")
        agent.say("\(table).16.\(index(7))", "profile-of-the-controller")
        agent.say("\(table).18.\(index(7))", "ward")
        agent.say("\(table).19.\(index(7))", 3)
        agent.say("\(table).20.\(index(7))", method)
        agent.say("\(table).21.\(index(7))", cipher)
        agent.say("\(table).25.\(index(7))", v4: 0x0A00_0007)
        agent.say("\(table).42.\(index(7))", Int64(-71))
        // Aged out, and the spare copy on the second controller.
        agent.say("\(table).19.\(index(8))", 1)
        agent.say("\(table).19.\(index(9))", 5)
        let client = try #require(agent.client(7))
        #expect(client.ssid == "ward" && client.accessPoint == "ap-4" && client.security == security)
        #expect(client.signal == -71 && agent.reading.wirelessClients.count == 1)
    }

    @Test(
        arguments: [
            ("open", WirelessSecurity.open), ("wpa2-psk", .sharedKey), ("WPA2 Pre-shared Keys", .sharedKey),
            ("wpa2-eap", .enterprise), ("WPA2 Enterprise", .enterprise), ("wpa3-sae", .sharedKey), ("wep64", .wep),
            ("wpa-psk-tkip", .tkip), ("osen", nil),
        ] as [(String, WirelessSecurity?)])
    func `Cambium says it in words`(words: String, security: WirelessSecurity?) throws {
        var agent = Agent()
        agent.say("1.3.6.1.2.1.1.5.0", "cnpilot-2")
        agent.say("1.3.6.1.4.1.17713.22.1.4.1.2.1", "ward")
        agent.say("1.3.6.1.4.1.17713.22.1.4.1.5.1", words)
        agent.say("1.3.6.1.4.1.17713.22.1.3.1.2.5", "00-02-00-00-00-07")
        agent.say("1.3.6.1.4.1.17713.22.1.3.1.2.6", "00:02:00:00:00:08")
        agent.say("1.3.6.1.4.1.17713.22.1.3.1.3.6", "10.0.0.8")
        agent.say("1.3.6.1.4.1.17713.22.1.3.1.5.6", "ward")
        agent.say("1.3.6.1.4.1.17713.22.1.3.1.10.6", 5_000)
        let client = try #require(agent.client(8))
        #expect(client.networks == [IPAddress(v4: 0x0A00_0008)] && client.accessPoint == "cnpilot-2")
        #expect(client.security == security && client.vlan == nil)
    }

    @Test func `what an Aruba lists on a wire is a device and no station`() throws {
        var agent = Agent()
        let table = "1.3.6.1.4.1.14823.2.2.1.4.1.2.1"
        for (last, wired) in [(7, 1), (8, 2)] as [(Int, Int64)] {
            agent.say("\(table).23.\(index(last)).10.0.0.\(last)", wired)
            agent.say("\(table).35.\(index(last)).10.0.0.\(last)", 9)
        }
        #expect(agent.client(7)?.isWired == true)
        #expect(agent.client(8)?.isWired == false && agent.client(8)?.security == .sharedKey)
    }

    @Test func `tables that are cut, shifted or too wide name nobody and stop nothing`() {
        var agent = Agent()
        for table in [
            "1.3.6.1.4.1.14179.2.1.4.1", "1.3.6.1.4.1.14179.2.2.1.1", "1.3.6.1.4.1.9.9.599.1.3.1.1",
            "1.3.6.1.4.1.9.9.273.1.2.1.1", "1.3.6.1.4.1.14823.2.2.1.4.1.2.1", "1.3.6.1.4.1.14823.2.2.1.5.2.1.7.1",
            "1.3.6.1.4.1.14823.2.2.1.5.2.1.8.1", "1.3.6.1.4.1.14823.2.3.3.1.2.4.1", "1.3.6.1.4.1.2011.6.139.18.1.2.1",
            "1.3.6.1.4.1.2011.6.139.17.1.2.1", "1.3.6.1.4.1.17713.22.1.3.1",
        ] {
            for column in [2, 3, 5, 16, 28] {
                agent.say("\(table).\(column).1", "x")
                agent.say("\(table).\(column).4294967295.4294967295", .octets([]))
                agent.say("\(table).\(column).300.0.0.0.0.1", .null)
                agent.say("\(table).\(column).255.255.255.255.255.255", .integer(.min))
            }
        }
        #expect(agent.reading.wirelessClients.isEmpty)
    }
}
