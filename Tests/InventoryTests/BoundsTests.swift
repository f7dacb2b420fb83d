//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Bounds: what happens when there is too much?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Testing

@testable import Inventory

@Suite struct Bounds {
    private static func mac(_ number: Int) -> String {
        HardwareAddress(bits: 0x0011_0000_0000 + UInt64(number)).description
    }

    @Test func `when records are full a quarter is demoted, those without facts first`() throws {
        var limits = InventoryLimits()
        limits.records = 8
        var ward = Ward(limits: limits)
        ward.hears(Self.mac(0), .dhcpHostname, "pump-1")
        for number in 1..<9 { ward.sees(Self.mac(number), "10.0.0.\(number)") }
        #expect(ward.inventory.recordCount == 7)
        #expect(ward.inventory.count == 9)
        #expect(ward.inventory.demoted == 2)
        #expect(ward.device(Self.mac(0))?.isStub == false)
        #expect(ward.device(Self.mac(1))?.isStub == true)
        #expect(ward.device(Self.mac(2))?.isStub == true)
        #expect(ward.device(Self.mac(3))?.isStub == false)
    }

    @Test func `a stub counts on, and becomes a full record when it says something`() throws {
        var limits = InventoryLimits()
        limits.records = 4
        var ward = Ward(limits: limits)
        for number in 0..<5 { ward.sees(Self.mac(number)) }
        let id = try #require(ward.device(Self.mac(0))?.id)
        #expect(ward.device(Self.mac(0))?.isStub == true)
        ward.sees(Self.mac(0))
        #expect(ward.device(Self.mac(0))?.packets == 2)
        ward.hears(Self.mac(0), .dhcpHostname, "monitor-1")
        let device = try #require(ward.device(Self.mac(0)))
        #expect(!device.isStub)
        #expect(device.packets == 2)
        #expect(device.id == id)
        #expect(device.names == ["monitor-1"])
    }

    @Test func `when stubs are full the oldest quarter is forgotten and counted`() {
        var limits = InventoryLimits()
        limits.records = 4
        limits.stubs = 8
        var ward = Ward(limits: limits)
        for number in 0..<40 { ward.sees(Self.mac(number)) }
        #expect(ward.inventory.count <= 12)
        #expect(ward.inventory.evicted == UInt64(40 - ward.inventory.count))
        #expect(ward.inventory.snapshot().evicted == ward.inventory.evicted)
        #expect(ward.device(Self.mac(0)) == nil)
        #expect(ward.device(Self.mac(39)) != nil)
    }

    @Test func `a field keeps at least 64 values, a device 256 and more only for other fields`() throws {
        var ward = Ward()
        for number in 0..<400 { ward.hears(Self.mac(1), .dnsQuery, "host\(number).example") }
        for number in 0..<100 { ward.hears(Self.mac(1), .httpHost, "host\(number).example") }
        let device = try #require(ward.device(Self.mac(1)))
        #expect(device.facts.count { $0.field == .dnsQuery } == 256)
        #expect(device.facts.count { $0.field == .httpHost } == 64)
        #expect(device.overflow == 400 - 256 + 100 - 64)
    }

    @Test func `services and addresses are bounded`() throws {
        var ward = Ward()
        for number in 0..<100 {
            ward.sees(Self.mac(1), "10.0.1.\(number + 1)", binding: true)
            ward.sees(Self.mac(2), "10.0.2.\(number + 1)", binding: true)
            ward.talks((Self.mac(2), "10.0.2.1"), (Self.mac(1), "10.0.1.1"), "http", UInt16(8_000 + number))
        }
        #expect(ward.device(Self.mac(1))?.services.count == 64)
        #expect((ward.device(Self.mac(1))?.ipv4.count ?? 99) <= 16)
    }

    @Test func `texts are cut to 256 octets between characters`() throws {
        var ward = Ward()
        ward.hears(Self.mac(1), .dhcpHostname, String(repeating: "ä", count: 200))
        ward.hears(Self.mac(2), .dhcpHostname, "x" + String(repeating: "ä", count: 200))
        #expect(ward.device(Self.mac(1))?.names == [String(repeating: "ä", count: 128)])
        #expect(ward.device(Self.mac(2))?.names == ["x" + String(repeating: "ä", count: 127)])
    }

    /// Octets in memory now, from the second field of `statm`; nil elsewhere than on Linux.
    private static func resident() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4_096 }
    }

    @Test func `a million hardware addresses stay small`() throws {
        let before = Self.resident() ?? 0
        var inventory = Inventory(knowledge: Shelf.knowledge ?? .empty)
        for number in 0..<1_000_000 {
            let time = Timestamp(seconds: Int64(number))
            let span = Observation.Span(first: time, last: time)
            let subject = Subject(
                hardware: HardwareAddress(bits: 0x0011_0000_0000 + UInt64(number)),
                network: IPAddress(v4: 0x0A00_0000 + UInt32(number)))
            let sighting = Observation.Sighting(subject: subject, vlan: nil, span: span, packets: 1, bytes: 60)
            _ = inventory.learn(Observation(site: "main", sensor: "t", occurred: time, body: .sighting(sighting)))
            guard number % 8 == 0 else { continue }
            let fact = Observation.Fact(
                subject: subject, field: .dhcpHostname, value: "host-\(number)", span: span, count: 1)
            _ = inventory.learn(Observation(site: "main", sensor: "t", occurred: time, body: .fact(fact)))
        }
        #expect(inventory.recordCount <= 16_384)
        #expect(inventory.count <= 16_384 + 131_072)
        #expect(inventory.evicted == UInt64(1_000_000 - inventory.count))
        // Alone it is 53 MiB (see `InventoryLimits`); the other tests run beside it in this process. Without limits it would be
        // more than a gibibyte.
        let grown = ((Self.resident() ?? 0) - before) >> 20
        #expect(grown < 512, "\(grown) MiB")
        print("A million hardware addresses: \(grown) MiB more")
    }

    @Test func `long values of many devices stay within the pool`() throws {
        var limits = InventoryLimits()
        limits.poolBytes = 1 << 20
        var ward = Ward(limits: limits)
        for device in 0..<200 {
            for number in 0..<100 {
                let text = String(repeating: "x", count: 200) + "\(device)-\(number)"
                ward.hears(Self.mac(device), .dnsQuery, text)
            }
        }
        #expect(ward.inventory.textBytes <= limits.poolBytes + 512)
        #expect(ward.inventory.demoted > 0)
        #expect(ward.inventory.count == 200)
    }
}
