//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Stress: do the books balance whatever comes, in whatever order, in little room?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

/// Goal: no sequence of observations loses a device, lists one twice, or counts a frame twice.
@Suite struct `Whatever comes` {
    /// A hostile week: few addresses, few values, everything claimed by everybody.
    private struct Week {
        private var state: UInt64
        private var seconds: Int64 = 1_700_000_000
        private static let cards: [UInt64] = [
            0x0003_B100_0001, 0x0003_B100_0002, 0x0009_FB00_0003, 0x0200_0000_0001, 0x0200_0000_0002, 0x0200_0000_0003,
            0x0200_0000_0004, 0x0000_5E00_0101, 0x0000_0C07_AC01, 0x0002_B300_0001, 0x0002_B300_0002,
        ]
        private static let facts: [(Field, [String])] = [
            (.dhcpHostname, ["Marias-iPhone", "pump-4711", "LAPTOP-7KQ2M1"]),
            (.netbiosName, ["PUMP-4711", "WARD-3-PC"]),
            (.upnpSerialNumber, ["AB-10001", "AB-10002", "AB-10003"]), (.dhcpVendorClass, ["MSFT 5.0", "udhcp 1.2"]),
            (.upnpUdn, ["uuid:2f402f80-da50-11e1-9b23-001788af07f2", "uuid:3f402f80-da50-11e1-9b23-001788af07f2"]),
            (.tcpSyn, ["4:64:0:1460:1,8:mss:df:0", "4:128:0:1460:1,8:mss:df:0"]), (.dhcpRelayAddress, ["10.0.0.1"]),
            (.sshBanner, ["SSH-2.0-a", "SSH-2.0-b"]), (.httpServer, ["nginx", "Apache"]), (.hsrpGroup, ["1"]),
        ]

        init(seed: UInt64) { state = seed }

        private mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }

        private mutating func address() -> IPAddress? {
            switch next(8) {
            case 0: nil
            case 1: IPAddress(v4: 0xC633_6400 | UInt32(next(6)))
            case 2: IPAddress(high: 0xFE80_0000_0000_0000, low: 0x0203_B1FF_FE00_0000 | UInt64(next(4)))
            case 3: IPAddress(high: 0xFD00_0000_0000_0000, low: 0x0203_B1FF_FE00_0000 | UInt64(next(4)))
            default: IPAddress(v4: 0x0A00_0000 | UInt32(next(3)) << 8 | UInt32(next(8) + 1))
            }
        }

        private mutating func subject() -> Subject {
            let card = next(12) == 0 ? nil : HardwareAddress(bits: Self.cards[next(Self.cards.count)])
            let child = next(40) == 0 ? ["eui64:0003B1FFFE000001", "serial:AB-10001"][next(2)] : nil
            return Subject(hardware: card, network: address(), child: child)
        }

        mutating func observation() -> (Observation, frames: UInt64) {
            seconds += Int64(next(20))
            let span = Observation.Span(
                first: Timestamp(seconds: seconds - Int64(next(5))), last: Timestamp(seconds: seconds))
            var frames: UInt64 = 0
            let body: Observation.Body
            switch next(20) {
            case 0..<8:
                let subject = subject()
                let isBinding = next(4) == 0 && subject.child == nil
                let isSomebody = subject.hardware != nil || subject.network != nil || subject.child != nil
                frames = isBinding || !isSomebody ? 0 : UInt64(next(3))
                body = .sighting(
                    Observation.Sighting(
                        subject: subject, vlan: nil, span: span, packets: frames, bytes: 60 * frames,
                        isBinding: isBinding))
            case 8..<16:
                let (field, values) = Self.facts[next(Self.facts.count)]
                body = .fact(
                    Observation.Fact(
                        subject: subject(), field: field, value: values[next(values.count)], span: span, count: 1))
            case 16..<19:
                body = .conversation(
                    Observation.Conversation(
                        client: subject(), server: subject(), service: Service(name: "http", port: 80, transport: .tcp),
                        span: span, packets: 2, bytes: 99, isAnswered: next(2) == 0))
            default:
                let (one, other) = (subject(), subject())
                body = .decision(
                    Observation.Decision(
                        act: next(2) == 0 ? .merge(one, other) : .split(one, other), by: "A", reason: "B"))
            }
            return (
                Observation(site: next(9) == 0 ? "annex" : "main", sensor: "t", occurred: span.last, body: body), frames
            )
        }
    }

    private static func check(_ inventory: Inventory, _ frames: UInt64, isWhole: Bool, _ place: String) {
        let snapshot = inventory.snapshot()
        #expect(snapshot.devices.count == inventory.count, "\(place)")
        let ids = snapshot.devices.map(\.id)
        #expect(Set(ids).count == ids.count, "\(place): an id twice")
        let counted = snapshot.devices.reduce(UInt64(0)) { $0 + $1.packets }
        if isWhole {
            #expect(counted == frames, "\(place): \(counted) of \(frames) frames")
        } else {
            #expect(counted <= frames, "\(place): \(counted) of \(frames) frames")
        }
        for device in snapshot.devices {
            #expect(!device.formerIds.contains(device.id), "\(place)")
            #expect(device.parent != device.id, "\(place)")
            let facts = device.facts.map { "\($0.field.path)=\($0.value)" }
            #expect(Set(facts).count == facts.count, "\(place): a fact twice")
        }
        // Every record is in the group that it says it is in.
        for (index, record) in inventory.records.enumerated() where record.isLive {
            #expect(inventory.members(of: index).contains(index), "\(place)")
            #expect(record.entries.map(\.key) == record.entries.map(\.key).sorted(), "\(place)")
            #expect(inventory.places[record.key] == Int32(index), "\(place)")
        }
        let entries = inventory.records.reduce(0) { $0 + ($1.isLive ? $1.entries.count : 0) }
        #expect(entries == inventory.entryCount, "\(place)")
    }

    @Test(arguments: [1, 2, 3, 5, 8, 13], [false, true])
    func `the books balance`(seed: UInt64, isTight: Bool) {
        var limits = InventoryLimits()
        limits.members = 3
        if isTight {
            limits.records = 9
            limits.stubs = 8
            limits.links = 4
            limits.leases = 5
            limits.addresses = 3
            limits.services = 2
        }
        var inventory = Inventory(knowledge: Shelf.knowledge ?? .empty, limits: limits)
        var week = Week(seed: seed)
        var frames: UInt64 = 0
        for number in 0..<3_000 {
            let (observation, sent) = week.observation()
            frames += sent
            _ = inventory.learn(observation)
            if number % 97 == 0 { Self.check(inventory, frames, isWhole: !isTight, "seed \(seed), \(number)") }
        }
        var again = Inventory(knowledge: Shelf.knowledge ?? .empty, limits: limits)
        again.localNetworks.reserveCapacity(5_000)
        week = Week(seed: seed)
        for _ in 0..<3_000 { _ = again.learn(week.observation().0) }
        #expect(again.snapshot() == inventory.snapshot())
    }
}
