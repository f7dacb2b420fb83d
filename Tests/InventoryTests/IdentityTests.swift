//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Identity: which observations speak of one device?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

@Suite struct Identity {
    static let router = "00:00:5e:00:53:01"
    static let pc = "00:00:5e:00:53:02"

    @Test func `a hardware address is one device however many addresses it has`() throws {
        var ward = Ward()
        ward.sees(Self.pc, "10.0.0.5", binding: true)
        ward.sees(Self.pc, "10.0.0.6", binding: true)
        let device = try #require(ward.device("10.0.0.6"))
        #expect(device.ipv4.map(\.description) == ["10.0.0.5", "10.0.0.6"])
        #expect(device == ward.device(Self.pc))
        #expect(ward.inventory.count == 1)
    }

    @Test func `the id is the hash of site and hardware address`() throws {
        var ward = Ward()
        ward.sees("00:03:b1:00:00:01", "10.0.0.5")
        // printf 'main\0mac:00:03:b1:00:00:01' | sha256sum
        #expect(ward.device("10.0.0.5")?.id == "dev-1e67c44f1562")
    }

    @Test func `two devices with one name get two ids, kept for life`() throws {
        var ward = Ward()
        ward.hears("02:00:00:00:00:01", .dhcpHostname, "iPhone")
        ward.hears("02:00:00:00:00:02", .dhcpHostname, "iPhone")
        let first = try #require(ward.device("02:00:00:00:00:01")?.id)
        let second = try #require(ward.device("02:00:00:00:00:02")?.id)
        #expect(first != second)
        ward.hears("02:00:00:00:00:01", .dhcpHostname, "Marias-iPhone")
        #expect(ward.device("02:00:00:00:00:01")?.id == first)
    }

    @Test func `without a hardware address the network address stands for the device`() throws {
        var ward = Ward()
        ward.hears(nil, .sshBanner, "SSH-2.0-OpenSSH_8.2p1 Ubuntu-4ubuntu0.11", from: "192.0.2.7")
        let device = try #require(ward.device("192.0.2.7"))
        #expect(device.mac.isEmpty)
        #expect(device.judgements[.os]?.value == "Linux Ubuntu")
    }

    @Test func `group and zero addresses are nobody`() {
        var ward = Ward()
        ward.sees("ff:ff:ff:ff:ff:ff", "255.255.255.255")
        ward.sees("01:00:5e:00:00:fb", "224.0.0.251")
        ward.sees("00:00:00:00:00:00", "0.0.0.0")
        #expect(ward.inventory.count == 0)
    }

    @Test func `what the Internet says through a router is nobody's here`() throws {
        var ward = Ward()
        ward.sees(Self.router, "10.0.0.1", binding: true)
        ward.sees(Self.pc, "10.0.0.5", binding: true)
        ward.talks((Self.pc, "10.0.0.5"), (Self.router, "203.0.113.9"), "http", 80)
        ward.hears(Self.router, .httpServer, "Microsoft-IIS/7.5", from: "203.0.113.9")
        let device = try #require(ward.device(Self.router))
        #expect(device.judgements[.role]?.value == "router")
        #expect(device.judgements[.os] == nil)
        #expect(device.facts.isEmpty)
        #expect(ward.inventory.count == 2)
        #expect(device.ipv4.map(\.description) == ["10.0.0.1"])
        #expect(device.services.isEmpty)
        #expect(device.deviceClass == .network)
    }

    @Test(arguments: [(4, false), (5, true)])
    func `more than four addresses that it never bound make a router`(count: Int, isRouter: Bool) throws {
        var ward = Ward()
        for host in 0..<count { ward.sees(Self.router, "10.7.0.\(host + 1)") }
        let device = try #require(ward.device(Self.router))
        #expect((device.judgements[.role]?.value == "router") == isRouter)
        #expect(device.ipv4.count == (isRouter ? 0 : count))
        #expect(ward.inventory.count == (isRouter ? 1 + count : 1))
    }

    @Test func `a server with many bound addresses is no router`() throws {
        var ward = Ward()
        for host in 0..<12 { ward.sees(Self.pc, "10.7.0.\(host + 1)", binding: true) }
        #expect(ward.device(Self.pc)?.judgements[.role] == nil)
        #expect(ward.device(Self.pc)?.ipv4.count == 12)
    }

    @Test func `link-level words of a router are its own`() throws {
        var ward = Ward()
        for host in 0..<9 { ward.sees(Self.router, "10.7.0.\(host + 1)") }
        ward.hears(Self.router, .cdpPlatform, "cisco WS-C3560-24TS")
        ward.hears(Self.router, .httpUserAgent, "Mozilla/5.0 (Windows NT 6.1)", from: "10.7.0.3")
        let device = try #require(ward.device(Self.router))
        #expect(device.judgements[.model]?.value == "WS-C3560-24TS")
        #expect(device.judgements[.os] == nil)
    }

    @Test func `devices behind a gateway are devices with the gateway as parent`() throws {
        var ward = Ward()
        let gateway = "00:00:5e:00:53:10"
        ward.sees(gateway, "10.0.0.9", binding: true)
        ward.hears(gateway, .hl7SendingApplication, "PUMPSERVER", from: "10.0.0.9")
        ward.hears(
            gateway, .hl7Eui64, "001A010000000001", from: "10.0.0.9", child: "eui64:001A010000000001")
        ward.hears(gateway, .hl7DeviceModel, "Medfusion 4000", from: "10.0.0.9", child: "eui64:001A010000000001")
        ward.hears(gateway, .hl7Serial, "SN-4711", from: "10.0.0.9", child: "serial:SN-4711")
        let parent = try #require(ward.device(gateway))
        let pump = try #require(ward.device("001A010000000001"))
        #expect(pump.parent == parent.id)
        #expect(pump.eui64 == ["001A010000000001"])
        #expect(pump.ipv4.isEmpty && pump.mac.isEmpty)
        #expect(pump.judgements[.type]?.value == "syringe pump")
        #expect(parent.judgements[.role]?.value == "gateway")
        #expect(parent.judgements[.type]?.value == "medical gateway")
        let children = ward.inventory.snapshot().devices.filter { $0.parent == parent.id }
        #expect(children.count == 2)
        #expect(children.contains { $0.judgements[.serial]?.value == "SN-4711" })
    }

    @Test func `explain finds a device by id, address and unique name only`() throws {
        var ward = Ward()
        ward.hears(Self.pc, .dhcpHostname, "monitor-12")
        ward.sees(Self.pc, "10.0.0.5")
        ward.hears(Self.router, .dhcpHostname, "twin")
        ward.hears("00:00:5e:00:53:03", .dhcpHostname, "Twin")
        let id = try #require(ward.device(Self.pc)?.id)
        #expect(ward.device(id)?.id == id)
        #expect(ward.device("10.0.0.5")?.id == id)
        #expect(ward.device("0000.5e00.5302")?.id == id)
        #expect(ward.device("Monitor-12")?.id == id)
        #expect(ward.inventory.device(matching: "nobody") == DeviceMatch.none)
        guard case .several(let twins) = ward.inventory.device(matching: "twin") else {
            Issue.record("two devices are called twin")
            return
        }
        #expect(twins.count == 2)
    }

    @Test func `equal addresses at two sites are two devices`() {
        var ward = Ward()
        ward.sees(Self.pc, "10.0.0.5")
        ward.site = "annex"
        ward.sees(Self.pc, "10.0.0.5")
        let devices = ward.inventory.snapshot().devices
        #expect(devices.map(\.site) == ["annex", "main"])
        #expect(devices[0].id != devices[1].id)
    }
}
