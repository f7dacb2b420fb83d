//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Rewritten recordings: is a device the same behind a router, at another site, under another address?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Sensors
import Support
import Testing
import Twin
import Wire

extension Hospital {
    /// Reads a capture to its end, as the command does.
    mutating func read(_ bytes: [UInt8], site: String) {
        hear(bytes, site: site, input: "rewritten") { _ = learn($0) }
    }
}

/// Goal: who says something is found wherever a router, a second site or a changed card puts it.
@Suite(.enabled(if: Recordings.areHere && Rounds.hasPrefixes))
struct `Rewritten recordings` {
    /// Recordings of one household each, and the devices whose addresses in them differ from each other's.
    static let recordings = [
        "iot-setup/HueBridge/Setup-A-2-STA.pcap", "iot-setup/D-LinkHomeHub/Setup-A-2-STA.pcap",
        "iot-setup/WeMoSwitch/Setup-A-1-STA.pcap", "iot-setup/TP-LinkPlugHS110/Setup-A-1-STA.pcap",
        "iot-setup/Withings/Setup-C-1-STA.pcap", "iot-setup/Lightify/Setup-C-1-STA.pcap",
    ]
    static let devices = [
        ("00:17:88:24:76:ff", "10.10.10.6"), ("1c:5f:2b:aa:fd:4e", "10.10.10.87"),
        ("94:10:3e:35:01:c1", "10.10.10.252"), ("50:c7:bf:00:c7:03", "10.10.10.20"),
        ("00:24:e4:24:80:2a", "10.10.10.21"), ("84:18:26:7b:5f:6b", "10.10.10.114"),
    ]
    static let router = HardwareAddress(bits: 0x0002_B300_0001)
    static let plain = Result { try hospital(Rewritten(recordings).capture) }

    static func hospital(_ capture: [UInt8], site: String = "main") throws -> InventorySnapshot {
        var hospital = Hospital(knowledge: try #require(Rounds.knowledge))
        hospital.read(capture, site: site)
        return hospital.snapshot()
    }

    private static func device(_ snapshot: InventorySnapshot, _ mac: String, _ ip: String) -> Device? {
        snapshot.devices.first { $0.mac.contains { $0.description == mac } }
            ?? snapshot.devices.first { $0.ipv4.contains { $0.description == ip } }
    }

    private static func facts(_ device: Device?) -> Set<String> {
        Set((device?.facts ?? []).map { "\($0.field.path)=\($0.value)" })
    }

    @Test(arguments: Rewritten.ARP.allCases, [false, true])
    func `keep their devices' facts and judgements behind one router`(arp: Rewritten.ARP, isRelayed: Bool) throws {
        var rewritten = try Rewritten(Self.recordings)
        rewritten.moveBehind(Self.router, arp: arp, relayed: isRelayed ? IPAddress(v4: 0x0A0A_0AFE) : nil)
        let snapshot = try Self.hospital(rewritten.capture)
        let plain = try Self.plain.get()
        for (mac, ip) in Self.devices {
            let before = try #require(Self.device(plain, mac, ip))
            let after = try #require(Self.device(snapshot, mac, ip), "\(mac) is gone")
            // Relaying adds its own address.
            let missing = Self.facts(before).subtracting(Self.facts(after))
            #expect(missing.isEmpty, "\(mac) lost \(missing.sorted())")
            let more = Self.facts(after).subtracting(Self.facts(before)).filter { !$0.hasPrefix("dhcp.relayAddress") }
            #expect(more.isEmpty, "\(mac) got \(more.sorted())")
            // Where its card was never named, what the card's maker said is missing, and nothing else.
            for attribute in Attribute.allCases where after.mac == before.mac {
                #expect(
                    after.judgements[attribute]?.value == before.judgements[attribute]?.value, "\(mac) \(attribute)")
            }
        }
        let router = try #require(snapshot.devices.first { $0.mac == [Self.router] })
        let own = Self.facts(router).filter { !$0.hasPrefix("dhcp.relayAddress") }
        #expect(own.isEmpty, "the router has \(own.sorted())")
        #expect(router.judgements[.role]?.value == "router")
        // A request for a lease has no address yet: nobody can tell from the frame alone whose it was.
        #expect(router.services.allSatisfy { $0.service.name == "dhcp" })
    }

    @Test func `that hold two devices only are told apart behind a router, too`() throws {
        for (first, second) in [(0, 2), (1, 5), (2, 3)] {
            var rewritten = try Rewritten([Self.recordings[first], Self.recordings[second]])
            // At one time: the second begins where the first did.
            rewritten.moveBehind(Self.router, arp: .dropped)
            let snapshot = try Self.hospital(rewritten.capture)
            let router = try #require(snapshot.devices.first { $0.mac == [Self.router] })
            #expect(Self.facts(router).isEmpty, "\(Self.recordings[first]): \(Self.facts(router).sorted())")
            #expect(Self.device(snapshot, Self.devices[first].0, Self.devices[first].1) != nil)
            #expect(Self.device(snapshot, Self.devices[second].0, Self.devices[second].1) != nil)
        }
    }

    @Test func `of two sites never mix, and each site's answer is what it is alone`() throws {
        var hospital = Hospital(knowledge: try #require(Rounds.knowledge))
        let capture = try Rewritten(Self.recordings).capture
        hospital.read(capture, site: "main")
        var other = try Rewritten(Array(Self.recordings.reversed()))
        other.replace(try #require(HardwareAddress("00:17:88:24:76:ff")), by: Self.router, in: other.frames.indices)
        hospital.read(other.capture, site: "annex")
        let both = hospital.snapshot()
        let here = try Self.plain.get().devices
        let there = try Self.hospital(other.capture, site: "annex").devices
        #expect(both.devices.filter { $0.site == "main" } == here)
        #expect(both.devices.filter { $0.site == "annex" } == there)
        #expect(both.devices.count == here.count + there.count)
        #expect(Set(both.devices.map(\.id)).count == both.devices.count)
    }

    @Test func `of a device that changes its hardware address are one device's`() throws {
        let old = try #require(HardwareAddress("00:17:88:24:76:ff"))
        var rewritten = try Rewritten([Self.recordings[0]])
        // Neighbour discovery names the card inside, where it is not rewritten.
        rewritten.frames.removeAll { $0.type == 0x86DD }
        let before = try Self.hospital(rewritten.capture)
        let count = rewritten.frames.count
        for (number, start) in stride(from: 0, to: count, by: count / 3 + 1).enumerated() {
            let new = HardwareAddress(bits: 0x0200_0000_0010 + UInt64(number))
            rewritten.replace(old, by: new, in: start..<min(count, start + count / 3 + 1))
        }
        let after = try Self.hospital(rewritten.capture)
        let plain = try #require(Self.device(before, "00:17:88:24:76:ff", "10.10.10.6"))
        let changed = try #require(Self.device(after, "02:00:00:00:00:10", "10.10.10.6"))
        #expect(changed.mac.count == 3)
        #expect(after.devices.count == before.devices.count)
        let missing = Self.facts(plain).subtracting(Self.facts(changed)).filter { !$0.hasPrefix("dhcp.clientId") }
        #expect(missing.isEmpty, "\(missing.sorted())")
    }
}
