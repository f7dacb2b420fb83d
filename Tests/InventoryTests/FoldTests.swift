//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Determinism: same observations, same inventory; and knowledge that is refused.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

@Suite struct `Same observations` {
    /// A day on a ward with 300 devices, made of a small linear congruential generator.
    static func day(into ward: inout Ward) {
        var state: UInt64 = 42
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        let facts: [(Field, [String])] = [
            (.dhcpHostname, ["pump-1", "DESKTOP-1", "iPhone", "HS110(EU)"]),
            (.dhcpVendorClass, ["MSFT 5.0", "udhcp 1.22.1", "android-dhcp-9", "ArubaAP"]),
            (.cdpPlatform, ["cisco WS-C3560-24TS", "cisco AIR-CAP2602I-Q-K9"]),
            (.hl7SendingApplication, ["Mindray", "MINDRAY_EGATEWAY^00A0370027000143^EUI-64"]),
            (.hl7SendingFacility, ["BS-200E", "Gateway"]), (.lldpMedFirmware, ["1.0", "2.0", "3.0"]),
        ]
        for _ in 0..<4_000 {
            let mac = HardwareAddress(bits: 0x0003_B100_0000 + next(300)).description
            let ip = "10.0.\(next(4)).\(next(250) + 1)"
            switch next(4) {
            case 0: ward.sees(mac, ip, binding: next(2) == 0)
            case 1: ward.talks((mac, ip), ("00:03:b1:00:00:01", "203.0.113.\(next(9) + 1)"), "http", UInt16(next(90)))
            default:
                let (field, values) = facts[Int(next(UInt64(facts.count)))]
                ward.hears(mac, field, values[Int(next(UInt64(values.count)))], from: next(2) == 0 ? ip : nil)
            }
        }
    }

    /// A dictionary of another size walks in another order; the trees do so in another process, which `make seeds` tries.
    @Test func `give the same snapshot whatever the order of dictionaries`() {
        var limits = InventoryLimits()
        limits.records = 64
        var one = Ward(limits: limits)
        Self.day(into: &one)
        for _ in 0..<4 {
            var padded = limits
            padded.oddities += 1
            var other = Ward(limits: padded)
            other.inventory.localNetworks.reserveCapacity(Int.random(in: 1_000...9_000))
            Self.day(into: &other)
            #expect(one.inventory.snapshot() == other.inventory.snapshot())
        }
    }

    @Test func `give a sorted answer`() throws {
        var ward = Ward()
        Self.day(into: &ward)
        let devices = ward.inventory.snapshot().devices
        let addresses = devices.compactMap(\.mac.first)
        #expect(addresses == addresses.sorted())
        for device in devices {
            #expect(device.services == device.services.sorted())
            #expect(device.ipv4 == device.ipv4.sorted())
            #expect(device.names == device.names.sorted())
        }
    }
}

@Suite struct `Coverage advice` {
    private func advice(_ change: (inout Coverage) -> Void) -> [String] {
        var inventory = Inventory(knowledge: .empty)
        var report = Coverage(input: "eth1")
        report.packets = 1_000
        report.tcpConversations = 10
        change(&report)
        _ = inventory.learn(
            Observation(site: "main", sensor: "eth1", occurred: .epoch, body: .coverage(report)))
        return inventory.snapshot().advice
    }

    @Test func `a good mirror port needs none`() {
        #expect(advice { _ in }.isEmpty)
        #expect(advice { $0.duplicates = 50 }.isEmpty)
        #expect(advice { $0.tcpOneWay = 5 }.isEmpty)
        #expect(advice { $0.truncated = 10 }.isEmpty)
    }

    @Test func `each fault is named with its cure`() {
        #expect(advice { $0.duplicates = 51 }.first?.contains("seen twice") == true)
        #expect(advice { $0.tcpOneWay = 6 }.first?.contains("one direction") == true)
        #expect(advice { $0.truncated = 11 }.first?.contains("snap length") == true)
        #expect(advice { $0.dropped = 1 }.first?.contains("lost") == true)
    }
}

@Suite struct `Knowledge that is refused` {
    @Test(arguments: [
        ("rule a\n  when dhcp.hostname exact \"x\"\n  says os \"y\"\n", 1, "source"),
        ("source \"here\"\nrule a\n  when dhcp.nothing exact \"x\"\n", 3, "dhcp.nothing"),
        ("source \"here\"\nrule a\n  when dhcp.hostname like \"x\"\n", 3, "like"),
        ("source \"here\"\nrule a\n  when dhcp.hostname template \"{a}{b}\"\n", 3, "template"),
        ("source \"here\"\nrule a\n  when dhcp.hostname exact \"x\"\n  says colour \"y\"\n", 4, "colour"),
        ("source \"here\"\nrule a\n  when dhcp.hostname exact \"x\"\n  says os \"{v}\"\n", 2, "hole"),
        ("source \"here\n", 1, "quotation"), ("bananas\n", 1, "bananas"),
    ])
    func `names the line and the fault`(text: String, line: Int, word: String) {
        do {
            _ = try KnowledgeBase(rules: [("x.rules", text)], prefixes: .empty)
            Issue.record("this should not be read")
        } catch {
            #expect(error.file == "x.rules")
            #expect(error.line == line)
            #expect(error.problem.contains(word), "\(error)")
        }
    }

    @Test func `the digest changes with every text`() throws {
        let rule = "source \"here\"\nrule a\n  when dhcp.hostname exact \"x\"\n  says os \"y\"\n"
        let one = try KnowledgeBase(rules: [("x.rules", rule)], prefixes: .empty).digest
        let other = try KnowledgeBase(rules: [("x.rules", rule + "\n")], prefixes: .empty).digest
        #expect(one != other)
        #expect(one.count == 64)
    }
}
