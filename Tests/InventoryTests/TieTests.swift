//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Ties: several addresses, one device, and never two devices as one.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

@Suite struct `Several addresses` {
    static let wired = "00:03:b1:00:00:01"
    static let other = "00:09:fb:00:00:02"

    private func device(_ ward: Ward, _ text: String) throws -> Device { try #require(ward.device(text)) }

    @Test(arguments: [
        (Field.upnpSerialNumber, "SN-471108"), (.lldpMedSerial, "FCH1234ABCD"), (.wsdSerial, "X9Y8Z7-1"),
        (.upnpUdn, "uuid:2f402f80-da50-11e1-9b23-001788af07f2"),
        (.ssdpUsn, "uuid:2f402f80-da50-11e1-9b23-001788af07f2::upnp:rootdevice"),
        (.wsdAddress, "urn:uuid:2f402f80-da50-11e1-9b23-001788af07f2"),
        (.smbServerGuid, "2f402f80da5011e19b23001788af07f2"), (.snmpEngineId, "80001f8804a1b2c3d4e5f60718"),
        (.dhcpClientId, "ff0011223300010001a1b2c3d4e5f60718"), (.dhcpv6ClientId, "00010001a1b2c3d4e5f6071800"),
        (.dhcpClientId, "infusomat-4711-a"), (.lldpChassisId, "00:13:21:57:ca:40"),
    ])
    func `that name one individual are one device`(field: Field, value: String) throws {
        var ward = Ward()
        ward.hears(Self.wired, field, value)
        ward.sees(Self.wired, "10.0.0.1", binding: true)
        let first = try device(ward, Self.wired)
        ward.sees(Self.other, "10.0.0.2", binding: true)
        let second = try device(ward, Self.other)
        let changes = ward.hears(Self.other, field, value)
        let both = try device(ward, Self.other)
        #expect(both.id == first.id)
        #expect(both.formerIds == [second.id])
        #expect(both.mac.map(\.description) == [Self.wired, Self.other])
        #expect(both.ipv4.map(\.description) == ["10.0.0.1", "10.0.0.2"])
        #expect(both.packets == 2)
        #expect(both.facts.map(\.count) == [2])
        #expect(both.ties.count == 1)
        #expect(both.ties.first?.field == field && both.ties.first?.value == value)
        #expect(ward.device(second.id) == both)
        #expect(ward.inventory.count == 1)
        #expect(changes.contains { $0.device == first.id && $0.kind.isMerge })
    }

    @Test(arguments: [
        (Field.upnpSerialNumber, "0000000000"), (.upnpSerialNumber, "0123456789"), (.wsdSerial, "none"),
        (.lldpMedSerial, "To be filled by O.E.M."), (.upnpSerialNumber, "1"),
        (.upnpUdn, "uuid:00000000-0000-0000-0000-000000000000"),
        (.upnpUdn, "uuid:12345678-1234-1234-1234-123456789abc"), (.smbServerGuid, "00000000000000000000000000000000"),
        (.dhcpClientId, "0000"), (.dhcpHostname, "localhost"), (.dhcpHostname, "iPhone"),
        (.dhcpHostname, "android-dhcp-13"), (.dhcpHostname, "raspberrypi"), (.dhcpHostname, "Galaxy-S10"),
        (.dhcpHostname, "pump-12"),
    ])
    func `that only share what many have stay two`(field: Field, value: String) {
        var ward = Ward()
        ward.hears(Self.wired, field, value)
        ward.hears(Self.other, field, value)
        #expect(ward.inventory.count == 2)
    }

    @Test func `with a serial number each are two, whatever else they share`() {
        var ward = Ward()
        let uuid = "uuid:2f402f80-da50-11e1-9b23-001788af07f2"
        ward.hears(Self.wired, .upnpSerialNumber, "AB-10001")
        ward.hears(Self.other, .upnpSerialNumber, "AB-10002")
        ward.hears(Self.wired, .upnpUdn, uuid)
        ward.hears(Self.other, .upnpUdn, uuid)
        #expect(ward.inventory.count == 2)
    }

    @Test func `that turn out to have serial numbers of their own are parted, exactly as they were`() throws {
        var ward = Ward()
        var alone = Ward()
        let uuid = "uuid:2f402f80-da50-11e1-9b23-001788af07f2"
        ward.hears(Self.wired, .upnpUdn, uuid)
        alone.hears(Self.wired, .upnpUdn, uuid)
        ward.hears(Self.other, .upnpUdn, uuid)
        alone.sees("00:00:00:00:00:00")
        #expect(ward.inventory.count == 1)
        ward.hears(Self.wired, .upnpSerialNumber, "AB-10001")
        alone.hears(Self.wired, .upnpSerialNumber, "AB-10001")
        let changes = ward.hears(Self.other, .upnpSerialNumber, "AB-10002")
        #expect(ward.inventory.count == 2)
        var (parted, never) = (try device(ward, Self.wired), try device(alone, Self.wired))
        // What was believed while they were one stays in the history: it was believed.
        parted.history = []
        never.history = []
        #expect(parted == never)
        #expect(changes.contains { if case .split = $0.kind { true } else { false } })
    }

    @Test func `that many others share too were a model's default all along`() {
        var ward = Ward()
        for number in 0..<9 { ward.hears("00:03:b1:00:00:0\(number)", .upnpSerialNumber, "DEFAULT-2020") }
        #expect(ward.inventory.count == 9)
    }

    @Test func `of a telephone that changes its hardware address are one device`() throws {
        var ward = Ward()
        for day in 0..<40 {
            let mac = HardwareAddress(bits: 0x0200_0000_0000 + UInt64(day)).description
            ward.sees(mac, "10.0.0.\(day + 1)")
            ward.hears(mac, .dhcpHostname, "Marias-iPhone")
            ward.sees(mac, "10.0.0.\(day + 1)")
        }
        #expect(ward.inventory.count == 1)
        #expect(ward.inventory.recordCount <= 16)
        let phone = try device(ward, "02:00:00:00:00:03")
        #expect(phone.packets == 80)
        #expect(phone.facts.map(\.count) == [40])
        #expect(phone.mac.count == 40)
        #expect(try device(ward, "02:00:00:00:00:27") == phone)
    }

    @Test func `with one name that are there at once are two telephones`() throws {
        var ward = Ward()
        for _ in 0..<4 {
            for number in 1...2 {
                ward.sees("02:00:00:00:00:0\(number)", "10.0.0.\(number)")
                ward.hears("02:00:00:00:00:0\(number)", .dhcpHostname, "Marias-iPhone")
            }
        }
        #expect(ward.inventory.count == 2)
        #expect(try device(ward, "02:00:00:00:00:01").ties.map(\.act) == [.apart])
    }

    @Test func `that talk to each other are two`() {
        for isFirst in [true, false] {
            var ward = Ward()
            ward.sees(Self.wired, "10.0.0.1")
            ward.sees(Self.other, "10.0.0.2")
            if isFirst { ward.talks((Self.wired, "10.0.0.1"), (Self.other, "10.0.0.2"), "http", 80) }
            ward.hears(Self.wired, .upnpSerialNumber, "AB-10001")
            ward.hears(Self.other, .upnpSerialNumber, "AB-10001")
            if !isFirst { ward.talks((Self.wired, "10.0.0.1"), (Self.other, "10.0.0.2"), "http", 80) }
            #expect(ward.inventory.count == 2)
        }
    }

    @Test func `of two makers with one name and one system are a notebook and its dock`() {
        var ward = Ward()
        for mac in [Self.wired, Self.other] {
            ward.hears(mac, .dhcpHostname, "LAPTOP-7KQ2M")
            ward.hears(mac, .dhcpParameterRequestList, "1,3,6,15,31,33")
            ward.hears(mac, .dhcpVendorClass, "MSFT 5.0")
            ward.hears(mac, .tcpSyn, "4:128:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0", from: nil)
        }
        #expect(ward.inventory.count == 1)
    }

    @Test func `of one maker with one name are two of a model`() {
        var ward = Ward()
        for mac in [Self.wired, "00:03:b1:00:00:02"] {
            ward.hears(mac, .dhcpHostname, "HS110(EU)")
            ward.hears(mac, .dhcpParameterRequestList, "1,3,6,15,31,33")
            ward.hears(mac, .dhcpVendorClass, "udhcp 1.22.1")
            ward.hears(mac, .tcpSyn, "4:64:0:1460:5840,2:mss,sok,ts,nop,ws:df,id+:0")
        }
        #expect(ward.inventory.count == 2)
    }

    @Test func `that one proxy announces are not its own`() {
        var ward = Ward()
        for number in 0..<6 { ward.hears(Self.wired, .mdnsHost, "sleeper-\(number)a1b2c3.local") }
        ward.hears("02:00:00:00:00:01", .mdnsHost, "sleeper-3a1b2c3.local")
        #expect(ward.inventory.count == 2)
    }

    @Test func `at two sites are two devices, whatever they share`() {
        var ward = Ward()
        for site in ["main", "annex"] {
            ward.site = site
            ward.sees(Self.wired, "10.0.0.1", binding: true)
            ward.hears(Self.wired, .upnpSerialNumber, "AB-10001")
            ward.hears("02:00:00:00:00:01", .dhcpHostname, "Marias-iPhone")
        }
        #expect(ward.inventory.count == 4)
        #expect(ward.inventory.snapshot().devices.allSatisfy { $0.ties.isEmpty && $0.formerIds.isEmpty })
    }

    @Test func `of a group that is given up come back as one stub, and the rest goes on`() {
        var limits = InventoryLimits()
        limits.records = 8
        var ward = Ward(limits: limits)
        for round in 0..<6 {
            for number in 0..<12 {
                let mac = HardwareAddress(bits: 0x0200_0000_0000 + UInt64(round * 12 + number)).description
                ward.sees(mac, "10.0.\(round).\(number + 1)")
                ward.hears(mac, .dhcpHostname, "phone-of-\(["anna", "bert", "carl", "dora"][number % 4])")
            }
        }
        #expect(ward.inventory.recordCount <= 8)
        let devices = ward.inventory.snapshot().devices
        #expect(devices.count == ward.inventory.count)
        #expect(Set(devices.map(\.id)).count == devices.count)
    }
}

extension InventoryChange.Kind {
    var isMerge: Bool { if case .merged = self { true } else { false } }
}

@Suite struct `People decide` {
    static let one = "00:03:b1:00:00:01"
    static let other = "00:09:fb:00:00:02"

    private static func facts(_ ward: inout Ward) {
        ward.sees(one, "10.0.0.1", binding: true)
        ward.hears(one, .upnpSerialNumber, "AB-10001")
        ward.sees(other, "10.0.0.2", binding: true)
        ward.hears(other, .upnpSerialNumber, "AB-10001")
    }

    private static func decide(_ ward: inout Ward, _ act: Observation.Decision.Act) {
        _ = ward.inventory.learn(
            Observation(
                site: "main", sensor: "wardlight", occurred: Timestamp(seconds: 1_700_000_500),
                body: .decision(Observation.Decision(act: act, by: "Dr. Night", reason: "I stood before it"))))
    }

    @Test(arguments: [true, false])
    func `a split holds whether it comes before or after the facts`(isFirst: Bool) throws {
        var ward = Ward()
        let act = Observation.Decision.Act.split(Ward.subject(Self.one), Ward.subject(Self.other))
        if isFirst { Self.decide(&ward, act) }
        Self.facts(&ward)
        if !isFirst { Self.decide(&ward, act) }
        #expect(ward.inventory.count == 2)
        let tie = try #require(ward.device(Self.one)?.ties.first)
        #expect(tie.act == .apart)
        #expect(tie.by == "Dr. Night" && tie.reason == "I stood before it")
    }

    @Test(arguments: [true, false])
    func `a merge joins what no rule would, by any address`(isFirst: Bool) throws {
        var ward = Ward()
        let act = Observation.Decision.Act.merge(Ward.subject(Self.one), Ward.subject(nil, "10.0.0.2"))
        if isFirst { Self.decide(&ward, act) }
        ward.sees(Self.one, "10.0.0.1", binding: true)
        ward.sees(Self.other, "10.0.0.2", binding: true)
        if !isFirst { Self.decide(&ward, act) }
        #expect(ward.inventory.count == 1)
        #expect(ward.device(Self.other)?.ties.map(\.by) == ["Dr. Night"])
    }

    @Test func `the later of two decisions holds`() {
        let pair = (Ward.subject(Self.one), Ward.subject(Self.other))
        for isFirst in [true, false] {
            var ward = Ward()
            if !isFirst { Self.facts(&ward) }
            Self.decide(&ward, .split(pair.0, pair.1))
            Self.decide(&ward, .merge(pair.1, pair.0))
            if isFirst { Self.facts(&ward) }
            #expect(ward.inventory.count == 1)
            Self.decide(&ward, .split(pair.0, pair.1))
            #expect(ward.inventory.count == 2)
        }
    }
}
