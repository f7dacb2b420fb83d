//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Routers: does everybody behind one get what they said, and the router nothing of it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

@Suite struct `Behind a router` {
    static let router = "00:00:5e:00:53:01"

    private static func facts(_ device: Device?) -> [String] {
        (device?.facts ?? []).map { "\($0.field.path)=\($0.value)" }
    }

    @Test func `what was said before it was known as one moves to those who said it, with its counts`() throws {
        var ward = Ward()
        for host in 1...4 {
            ward.sees(Self.router, "10.7.0.\(host)")
            ward.hears(Self.router, .httpUserAgent, "agent \(host)", from: "10.7.0.\(host)")
            ward.hears(Self.router, .dnsQuery, "time.example", from: "10.7.0.\(host)")
        }
        let changes = ward.sees(Self.router, "10.7.0.5")
        ward.hears(Self.router, .httpUserAgent, "agent 5", from: "10.7.0.5")
        ward.hears(Self.router, .dnsQuery, "time.example", from: "10.7.0.5")
        let router = try #require(ward.device(Self.router))
        #expect(router.facts.isEmpty && router.ipv4.isEmpty && router.packets == 0)
        #expect(router.judgements[.role]?.value == "router")
        #expect(changes.contains { if case .fronts(true, _) = $0.kind { true } else { false } })
        for host in 1...5 {
            let device = try #require(ward.device("10.7.0.\(host)"))
            #expect(Self.facts(device) == ["http.userAgent=agent \(host)", "dns.query=time.example"])
            #expect(device.facts.allSatisfy { $0.count == 1 })
            #expect(device.packets == 1 && device.bytes == 60)
            #expect(device.parent == router.id)
            #expect(device.mac.isEmpty)
        }
    }

    /// The lease names the one who speaks, even where only one speaks.
    @Test func `what one card sends from another one's lease was said by the other`() throws {
        var ward = Ward()
        ward.sees("00:09:fb:00:00:07", "10.7.0.9", binding: true)
        ward.hears("00:1b:0d:e4:7d:01", .httpUserAgent, "monitor", from: "10.7.0.9")
        #expect(Self.facts(ward.device("00:09:fb:00:00:07")) == ["http.userAgent=monitor"])
        #expect(Self.facts(ward.device("00:1b:0d:e4:7d:01")) == [])
        #expect(ward.device("00:1b:0d:e4:7d:01")?.judgements[.role]?.value == "router")
    }

    /// A controller's second card, and a card that changes its own address.
    @Test(arguments: ["00:09:fb:00:00:0c", "02:09:fb:00:00:07"])
    func `who may be the holder itself is no router`(card: String) throws {
        var ward = Ward()
        ward.sees("00:09:fb:00:00:07", "10.7.0.9", binding: true)
        ward.hears(card, .httpUserAgent, "monitor", from: "10.7.0.9")
        #expect(ward.device(card)?.judgements[.role] == nil)
        #expect(Self.facts(ward.device(card)) == ["http.userAgent=monitor"])
    }

    @Test func `services go where they were offered from`() throws {
        var ward = Ward()
        ward.sees("00:00:5e:00:53:09", "10.9.0.9", binding: true)
        for host in 1...6 {
            ward.sees(Self.router, "10.7.0.\(host)")
            ward.talks(("00:00:5e:00:53:09", "10.9.0.9"), (Self.router, "10.7.0.\(host)"), "http", UInt16(8_000 + host))
        }
        #expect(ward.device(Self.router)?.services.isEmpty == true)
        for host in 1...6 {
            #expect(ward.device("10.7.0.\(host)")?.services.map(\.service.port) == [UInt16(8_000 + host)])
        }
    }

    @Test(arguments: [
        "00:00:0c:07:ac:05", "00:00:0c:9f:f0:07", "00:05:73:a0:00:01", "00:00:5e:00:01:07", "00:00:5e:00:02:07",
        "00:07:b4:00:01:02",
    ])
    func `an address that redundant routers share is one at once`(mac: String) throws {
        var ward = Ward()
        ward.sees(mac, "10.7.0.77")
        ward.hears(mac, .netbiosName, "PUMP-77", from: "10.7.0.77")
        let router = try #require(ward.device(mac))
        #expect(router.facts.isEmpty)
        #expect(ward.device("10.7.0.77")?.names == ["PUMP-77"])
        #expect(ward.device("10.7.0.77")?.parent == router.id)
        ward.sees(mac, "10.7.0.1", binding: true)
        #expect(ward.device(mac)?.ipv4.map(\.description) == ["10.7.0.1"])
    }

    @Test func `who relays DHCP is a router, at its own address`() throws {
        var ward = Ward()
        ward.sees(Self.router, "10.7.0.1")
        ward.hears(Self.router, .dhcpRelayAddress, "10.7.0.1", from: "10.7.0.1")
        ward.sees(Self.router, "10.7.0.8")
        ward.hears(Self.router, .sshBanner, "SSH-2.0-dropbear_2019.78", from: "10.7.0.8")
        let router = try #require(ward.device(Self.router))
        #expect(router.ipv4.map(\.description) == ["10.7.0.1"])
        #expect(Self.facts(router) == ["dhcp.relayAddress=10.7.0.1"])
        #expect(Self.facts(ward.device("10.7.0.8")) == ["ssh.banner=SSH-2.0-dropbear_2019.78"])
    }

    @Test(arguments: [true, false])
    func `two addresses of one card with two names at one time are two devices`(areBound: Bool) throws {
        var ward = Ward()
        for _ in 0..<2 {
            ward.sees(Self.router, "10.7.0.2", binding: areBound)
            ward.sees(Self.router, "10.7.0.3", binding: areBound)
            ward.hears(Self.router, .netbiosName, "PUMP-2", from: "10.7.0.2")
            ward.hears(Self.router, .netbiosName, "MONITOR-3", from: "10.7.0.3")
        }
        let router = try #require(ward.device(Self.router))
        #expect(router.facts.isEmpty && router.ipv4.isEmpty && router.names.isEmpty)
        #expect(ward.device("10.7.0.2")?.names == ["PUMP-2"])
        #expect(ward.device("10.7.0.3")?.names == ["MONITOR-3"])
    }

    @Test func `a device that moves and is renamed is no router`() {
        var ward = Ward()
        ward.sees(Self.router, "10.7.0.2")
        ward.hears(Self.router, .netbiosName, "PUMP-2", from: "10.7.0.2")
        ward.sees(Self.router, "10.8.0.3")
        ward.hears(Self.router, .netbiosName, "MONITOR-3", from: "10.8.0.3")
        ward.sees(Self.router, "10.8.0.3")
        #expect(ward.inventory.count == 1)
        #expect(ward.device(Self.router)?.judgements[.role] == nil)
    }

    @Test(arguments: [(2, false), (3, true)])
    func `three networks at one time, none of them bound, lie behind a router`(count: Int, isRouter: Bool) {
        var ward = Ward()
        for _ in 0..<2 {
            for network in 1...count { ward.sees(Self.router, "10.\(network).0.3") }
        }
        #expect(ward.inventory.count == (isRouter ? 1 + count : 1))
        #expect((ward.device(Self.router)?.judgements[.role]?.value == "router") == isRouter)
    }

    @Test func `a lease ties what a router forwards to the card that holds it`() throws {
        var ward = Ward()
        let pump = "00:03:b1:00:00:07"
        ward.hears(pump, .dhcpHostname, "pump-7")
        ward.sees(pump, "10.7.0.7", binding: true)
        for host in 3...8 { ward.sees(Self.router, "10.7.0.\(host)") }
        ward.hears(Self.router, .sshBanner, "SSH-2.0-dropbear_2019.78", from: "10.7.0.7")
        let device = try #require(ward.device("10.7.0.7"))
        #expect(device.mac.map(\.description) == [pump])
        #expect(device.names == ["pump-7"])
        #expect(Self.facts(device).contains("ssh.banner=SSH-2.0-dropbear_2019.78"))
        #expect(device.parent == ward.device(Self.router)?.id)
        #expect(ward.device(Self.router)?.facts.isEmpty == true)
    }

    @Test func `a lease that is told after the facts joins them to its card`() throws {
        var ward = Ward()
        let pump = "00:03:b1:00:00:07"
        for host in 3...8 { ward.sees(Self.router, "10.7.0.\(host)") }
        ward.hears(Self.router, .sshBanner, "SSH-2.0-dropbear_2019.78", from: "10.7.0.7")
        let id = try #require(ward.device("10.7.0.7")?.id)
        ward.hears(pump, .dhcpHostname, "pump-7")
        let changes = ward.sees(pump, "10.7.0.7", binding: true)
        let device = try #require(ward.device("10.7.0.7"))
        #expect(device.mac.map(\.description) == [pump])
        #expect(Self.facts(device) == ["dhcp.hostname=pump-7", "ssh.banner=SSH-2.0-dropbear_2019.78"])
        #expect(device.id == id)
        #expect(device.formerIds.count == 1)
        #expect(device.ties.map(\.act) == [.joined])
        #expect(changes.contains { if case .merged = $0.kind { true } else { false } })
        #expect(ward.device(pump) == device)
        #expect(ward.device(device.formerIds[0]) == device)
    }

    @Test func `a lease that goes to another card takes nothing along`() throws {
        var ward = Ward()
        for host in 3...8 { ward.sees(Self.router, "10.7.0.\(host)") }
        ward.hears(Self.router, .sshBanner, "first", from: "10.7.0.7")
        ward.sees("00:03:b1:00:00:07", "10.7.0.7", binding: true)
        ward.hears(Self.router, .sshBanner, "second", from: "10.7.0.7")
        ward.sees("00:03:b1:00:00:08", "10.7.0.7", binding: true)
        ward.hears(Self.router, .sshBanner, "third", from: "10.7.0.7")
        #expect(Self.facts(ward.device("00:03:b1:00:00:07")) == ["ssh.banner=first", "ssh.banner=second"])
        #expect(Self.facts(ward.device("00:03:b1:00:00:08")) == ["ssh.banner=third"])
    }

    @Test func `a router that answers ARP for others does not take their leases`() {
        var ward = Ward()
        for host in 3...8 { ward.sees(Self.router, "10.7.0.\(host)") }
        ward.sees("00:03:b1:00:00:07", "10.7.0.7", binding: true)
        ward.sees(Self.router, "10.7.0.7", binding: true)
        ward.hears(Self.router, .sshBanner, "mine", from: "10.7.0.7")
        #expect(Self.facts(ward.device("00:03:b1:00:00:07")) == ["ssh.banner=mine"])
        #expect(ward.device(Self.router)?.facts.isEmpty == true)
    }

    @Test func `an IPv6 address made of a hardware address is that card's`() throws {
        var ward = Ward()
        for host in 1...5 { ward.sees(Self.router, "10.7.0.\(host)") }
        // fd00::203:b1ff:fe00:7
        let address = IPAddress(high: 0xFD00_0000_0000_0000, low: 0x0203_B1FF_FE00_0007)
        let span = Observation.Span(first: Timestamp(seconds: 1_700_000_100), last: Timestamp(seconds: 1_700_000_100))
        _ = ward.inventory.learn(
            Observation(
                site: "main", sensor: "test", occurred: span.last,
                body: .fact(
                    Observation.Fact(
                        subject: Subject(hardware: HardwareAddress(Self.router), network: address), field: .mdnsHost,
                        value: "plum.local", span: span, count: 1))))
        let device = try #require(ward.device("00:03:b1:00:00:07"))
        #expect(device.names == ["plum.local"])
        #expect(device.parent == ward.device(Self.router)?.id)
    }

    @Test func `a judgement that ARP refutes is withdrawn, three times at most`() throws {
        var ward = Ward()
        for host in 1...5 {
            ward.sees(Self.router, "10.7.0.\(host)")
            ward.hears(Self.router, .httpHost, "host\(host).example", from: "10.7.0.\(host)")
        }
        #expect(ward.device(Self.router)?.judgements[.role]?.value == "router")
        let changes = ward.sees(Self.router, "10.7.0.1", binding: true)
        #expect(changes.contains { if case .fronts(false, _) = $0.kind { true } else { false } })
        let device = try #require(ward.device(Self.router))
        #expect(device.judgements[.role] == nil)
        #expect(device.ipv4.count == 5)
        #expect(device.facts.count == 5)
        #expect(ward.inventory.count == 1)
        var turns = 0
        for round in 0..<60 {
            for host in 1...5 {
                for change in ward.sees(Self.router, "10.7.\(round + 1).\(host)")
                    + ward.sees(Self.router, "10.7.\(round + 1).\(host)", binding: host % 2 == 0)
                { if case .fronts = change.kind { turns += 1 } }
            }
        }
        #expect(turns <= 5)
    }

    @Test func `public addresses behind a router are devices only where they are the site's own`() {
        var ward = Ward()
        ward.sees("00:03:b1:00:00:01", "10.7.0.1", binding: true)
        ward.sees("00:03:b1:00:00:02", "131.254.1.2", binding: true)
        for host in 1...5 { ward.sees(Self.router, "10.8.0.\(host)") }
        ward.hears(Self.router, .httpServer, "nginx", from: "131.254.7.7")
        ward.hears(Self.router, .httpServer, "Apache", from: "198.51.100.7")
        #expect(Self.facts(ward.device("131.254.7.7")) == ["http.server=nginx"])
        #expect(ward.device("198.51.100.7") == nil)
        #expect(ward.device(Self.router)?.facts.isEmpty == true)
    }

    @Test func `the only address of a router among stations seen by themselves is its own, until there is a second`()
        throws
    {
        var ward = Ward()
        ward.sees("00:03:b1:00:00:01", "10.7.0.20")
        ward.hears(Self.router, .dhcpRelayAddress, "10.1.0.1", from: "10.1.0.1")
        ward.hears(Self.router, .sshBanner, "SSH-2.0-Cisco-1.25", from: "10.7.0.1")
        let router = try #require(ward.device(Self.router))
        #expect(router.ipv4.map(\.description) == ["10.1.0.1", "10.7.0.1"])
        #expect(Self.facts(router).contains("ssh.banner=SSH-2.0-Cisco-1.25"))
        ward.hears(Self.router, .sshBanner, "SSH-2.0-dropbear_2019.78", from: "10.7.0.2")
        #expect(ward.device(Self.router)?.ipv4.map(\.description) == ["10.1.0.1"])
        #expect(Self.facts(ward.device("10.7.0.1")) == ["ssh.banner=SSH-2.0-Cisco-1.25"])
    }

    @Test func `several systems behind one address are said to be so, and not judged as one`() throws {
        var ward = Ward()
        for (_, life) in [(0, 64), (1, 64), (2, 128), (3, 128)] {
            ward.hears(
                Self.router, .tcpSyn, "4:\(life):0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0", from: "10.7.0.1")
            ward.hears(Self.router, .httpUserAgent, "Mozilla/5.0 (Windows NT 6.1)", from: "10.7.0.1")
        }
        let device = try #require(ward.device(Self.router))
        #expect(device.judgements[.role]?.value == "NAT gateway")
        #expect(device.judgements[.os] == nil)
        #expect(device.facts.count == 3)
        #expect(ward.inventory.count == 1)
    }

    @Test func `sent frames count once, for who was seen to send them`() throws {
        var ward = Ward()
        for host in 1...6 { ward.sees(Self.router, "10.7.0.\(host)") }
        ward.hears("00:03:b1:00:00:07", .dhcpHostname, "pump-7")
        ward.sees("00:03:b1:00:00:07", "10.7.0.7", binding: true)
        ward.sees(Self.router, "10.7.0.7")
        #expect(ward.device("10.7.0.7")?.packets == 2)
        ward.sees("00:03:b1:00:00:07", "10.7.0.7")
        // The router's copy is the router's again.
        #expect(ward.device("10.7.0.7")?.packets == 2)
        #expect(ward.device(Self.router)?.packets == 1)
    }
}
