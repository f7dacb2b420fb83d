//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: a device is open to the internet only when somebody out there was answered by it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Defense

@Suite struct `Exposure of a device` {
    private static let card = HardwareAddress(bits: 0x0200_0000_0001)
    private static let start = Timestamp(seconds: 1_772_000_000)

    private static func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    private func device(_ text: String = "10.1.0.7") throws -> Device {
        var device = Device(
            id: "dev-1", site: "main", span: .init(first: Self.start, last: Timestamp(seconds: 1_772_100_000)))
        device.mac = [Self.card]
        let address = try Self.address(text)
        if address.isV4 { device.ipv4 = [address] } else { device.ipv6 = [address] }
        return device
    }

    private func talk(
        from client: String, to server: String, answered: Bool = true, _ transport: Service.Transport = .tcp,
        site: String = "main", card: HardwareAddress = card, at second: Int64 = 60
    ) throws -> Observation {
        let moment = Timestamp(seconds: 1_772_000_000 + second)
        return Observation(
            site: site, sensor: "test", occurred: moment,
            body: .conversation(
                .init(
                    client: Subject(
                        hardware: HardwareAddress(bits: 0x0200_0000_00FE), network: try Self.address(client)),
                    server: Subject(hardware: card, network: try Self.address(server)),
                    service: Service(name: "http", port: 80, transport: transport),
                    span: .init(first: moment, last: moment), packets: 9, bytes: 900, isAnswered: answered)))
    }

    @Test func `a public address that was answered makes it open, and is named`() throws {
        var watch = ExposureWatch()
        watch.learn(try talk(from: "203.0.113.9", to: "10.1.0.7", at: 120))
        watch.learn(try talk(from: "198.51.100.4", to: "10.1.0.7", at: 60))
        let reached = try #require(watch.reached(try device()))
        #expect(reached.level == .open)
        #expect(reached.because.hasPrefix("198.51.100.4, a public address, was answered by its http (port 80) at 2026"))
        #expect(watch.reached(try device("10.1.0.8")) == nil)
    }

    @Test func `through IPv6 it is the same`() throws {
        var watch = ExposureWatch()
        watch.learn(try talk(from: "2a00:1450::5", to: "2001:db8:1::7"))
        #expect(watch.reached(try device("2001:db8:1::7"))?.level == .open)
    }

    @Test(arguments: ["10.9.0.1", "172.16.3.4", "192.168.1.9", "100.64.0.1", "169.254.1.1", "fd00::1", "fe80::1"])
    func `whoever is inside makes nothing open`(client: String) throws {
        var watch = ExposureWatch()
        watch.learn(try talk(from: client, to: client.contains(":") ? "2001:db8:1::7" : "10.1.0.7"))
        #expect(watch.reached(try device()) == nil)
        #expect(watch.reached(try device("2001:db8:1::7")) == nil)
    }

    @Test func `what was not answered, who goes out himself, and a hospital with public addresses are not open`() throws
    {
        var watch = ExposureWatch()
        watch.learn(try talk(from: "203.0.113.9", to: "10.1.0.7", answered: false))
        watch.learn(try talk(from: "203.0.113.9", to: "10.1.0.7", .udp))
        watch.learn(try talk(from: "203.0.113.9", to: "10.1.0.7", site: "other"))
        watch.learn(try talk(from: "10.1.0.7", to: "203.0.113.9"))
        #expect(watch.reached(try device()) == nil)
        // 141.42.0.0/16 belongs to the hospital itself; the next one does not.
        watch.learn(try talk(from: "141.42.200.1", to: "141.42.3.4"))
        #expect(watch.reached(try device("141.42.3.4")) == nil)
        watch.learn(try talk(from: "141.43.200.1", to: "141.42.3.4"))
        #expect(watch.reached(try device("141.42.3.4"))?.level == .open)
    }

    @Test func `an address that was another device's then says nothing of this one`() throws {
        let router = HardwareAddress(bits: 0x0200_0000_00AA)
        var watch = ExposureWatch()
        watch.learn(try talk(from: "203.0.113.9", to: "10.1.0.7", card: router, at: -90_000))
        #expect(watch.reached(try device()) == nil)
        var through = ExposureWatch()
        through.learn(try talk(from: "203.0.113.9", to: "10.1.0.7", card: router, at: 60))
        #expect(through.reached(try device())?.level == .open)
    }

    @Test func `the memory has an end, and counts what found no room`() throws {
        var watch = ExposureWatch()
        for number in 0...UInt32(ExposureWatch.mostVisits) {
            watch.learn(try talk(from: "203.0.113.9", to: IPAddress(v4: 0x0A00_0000 + number).description))
        }
        #expect(watch.overflow == 1)
    }

    @Test func `only Bluetooth is small, with a card or a network it is not`() throws {
        var device = Device(id: "dev-2", site: "main", span: .init(first: Self.start, last: Self.start))
        #expect(Exposure.withoutNetwork(device) == nil)
        device.facts = [
            FactSummary(
                field: .sightingBle, value: "c4:64:e3:01:02:03", count: 1,
                span: .init(first: Self.start, last: Self.start))
        ]
        #expect(Exposure.withoutNetwork(device)?.level == .small)
        #expect(Exposure.withoutNetwork(device)?.because.contains("c4:64:e3:01:02:03") == true)
        var wired = device
        wired.mac = [Self.card]
        #expect(Exposure.withoutNetwork(wired) == nil)
        device.facts.append(
            FactSummary(
                field: .sightingIccid, value: "8949", count: 1, span: .init(first: Self.start, last: Self.start)))
        #expect(Exposure.withoutNetwork(device) == nil)
    }
}
