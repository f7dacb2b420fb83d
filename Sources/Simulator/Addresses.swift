//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Addresses: how a station gets its own, by DHCP and in IPv6.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// What a DHCP client says of itself.
struct Lease: Sendable {
    var host: String?
    var vendorClass: String?
    /// Option 55, in its order.
    var wants: [UInt8]
    var fullName: String?
    var userClass: String?
    var maxMessageSize: UInt16?

    func options(_ hardware: HardwareAddress) -> [DHCPv4.Option] {
        var options: [DHCPv4.Option] = [.clientId(hardware)]
        if let host { options.append(.hostname(host)) }
        if let fullName { options.append(.fqdn(fullName)) }
        if let maxMessageSize { options.append(.maxMessageSize(maxMessageSize)) }
        if let vendorClass { options.append(.vendorClass(vendorClass)) }
        if let userClass { options.append(.userClasses([userClass])) }
        options.append(.parameterRequestList(wants))
        return options
    }
}

extension Station {
    /// Gets its address by DHCP when it wakes, through the router's relay; renews it later.
    mutating func leases(_ lease: Lease) {
        if let host = lease.host { isCalled(host) }
        does(after: 0, every: 0) { stage in
            stage.obtainAddress(lease)
            if !stage.me.isBehindRelay { stage.announceAddress() }
        }
        guard !isBehindRelay else { return }
        does(after: 240, every: 900) { $0.renewAddress(lease) }
    }

    /// Has a fixed address, and says so when it wakes.
    mutating func hasFixedAddress() {
        does(after: 0, every: 600) { $0.announceAddress() }
    }

    /// The address of its link that it makes of its hardware address (RFC 4291, appendix A).
    mutating func hasLinkLocal() -> IPAddress {
        let bits = hardware.bits
        let low = (bits >> 24 ^ 0x02_0000) << 40 | 0xFF_FE00_0000 | bits & 0xFF_FFFF
        let own = IPAddress(high: 0xFE80_0000_0000_0000, low: low)
        linkLocal = own
        return own
    }

    /// Has an address in IPv6 too (RFC 4862): looks whether it is free, tells that it has it, looks for routers.
    mutating func speaksIPv6() {
        let bits = hardware.bits
        let own = hasLinkLocal()
        does(after: 1, every: 0) { stage in
            stage.discover(from: own, to: 0xFF02_0000_0000_0000, 1, NeighborDiscovery.advertisement(own, bits: bits))
            stage.pause(microseconds: 2_000...40_000)
            stage.discover(from: own, to: 0xFF02_0000_0000_0000, 2, NeighborDiscovery.routerSolicitation(bits: bits))
        }
    }
}

extension Stage {
    /// Four messages, each seen twice: in the client's VLAN, and between the relay and the server.
    mutating func obtainAddress(_ lease: Lease) {
        let transaction = UInt32(truncatingIfNeeded: chance.next() >> 8)
        let own = lease.options(me.hardware)
        let server = self[.names]
        let port = campus.circuit(of: me)
        let given: [DHCPv4.Option] = [
            .server(server.address), .leaseTime(seconds: 86_400), .subnetMask(IPAddress(v4: 0xFFFF_0000)),
            .router(me.area.router), .nameServer(server.address), .domain("hospital.example"),
        ]
        let rounds: [(DHCPv4.MessageType, DHCPv4.MessageType, [DHCPv4.Option])] = [
            (.discover, .offer, []),
            (.request, .acknowledge, [.requestedAddress(me.address), .server(server.address)]),
        ]
        for (question, answer, more) in rounds {
            let options = Array(own.prefix(1)) + more + Array(own.dropFirst())
            tell(DHCPv4.write(question, transaction: transaction, client: me.hardware, options: options))
            pause(microseconds: 150...800)
            let path = DHCPv4.Option.relayInformation(circuit: port.circuit, remote: port.remote)
            relay(
                toServer: true,
                DHCPv4.write(
                    question, transaction: transaction, client: me.hardware, relay: me.area.router,
                    options: options + [path]))
            pause(microseconds: 400...4_000)
            relay(
                toServer: false,
                DHCPv4.write(
                    answer, transaction: transaction, client: me.hardware, assigned: me.address, relay: me.area.router,
                    options: given + [path]))
            pause(microseconds: 150...800)
            hear(
                DHCPv4.write(
                    answer, transaction: transaction, client: me.hardware, assigned: me.address, options: given))
            pause(microseconds: 1_000...30_000)
        }
    }

    private mutating func tell(_ message: [UInt8]) {
        guard !me.isBehindRelay else { return mention(me.hardware.bits) }
        var own = end(me, 68)
        own.address = IPAddress(v4: 0)
        let all = End(hardware: .broadcast, address: IPAddress(v4: .max), port: 67, stack: me.stack, timeToLive: 64)
        datagram(own, all, message)
    }

    private mutating func hear(_ message: [UInt8]) {
        guard !me.isBehindRelay else { return }
        let router = self[.router]
        let relay = End(
            hardware: router.hardware, address: me.area.router, port: 67, stack: router.stack, timeToLive: 64)
        datagram(relay, end(me, 68), message)
    }

    private mutating func relay(toServer: Bool, _ message: [UInt8]) {
        let router = self[.router]
        let relay = End(
            hardware: router.hardware, address: me.area.router, port: 67, stack: router.stack, timeToLive: 64)
        let server = self[.names]
        let far = End(
            hardware: server.hardware, address: server.address, port: 67, stack: server.stack,
            timeToLive: server.stack.timeToLive)
        if toServer { datagram(relay, far, message, in: .server) } else { datagram(far, relay, message, in: .server) }
    }

    /// Offers an address, and itself as router, to somebody who has just asked: a server that nobody wanted. The
    /// client has taken the first offer, which was the hospital's own.
    mutating func offer(to client: Station) {
        let transaction = UInt32(truncatingIfNeeded: chance.next() >> 8)
        let all = End(hardware: .broadcast, address: IPAddress(v4: .max), port: 68, stack: me.stack, timeToLive: 64)
        let message = DHCPv4.write(
            .offer, transaction: transaction, client: client.hardware,
            assigned: IPAddress(v4: 0xC0A8_0100 | UInt32(chance.within(100...199))),
            options: [
                .server(me.address), .leaseTime(seconds: 7_200), .subnetMask(IPAddress(v4: 0xFFFF_FF00)),
                .router(me.address), .nameServer(me.address),
            ])
        datagram(end(me, 67), all, message)
    }

    mutating func renewAddress(_ lease: Lease) {
        let transaction = UInt32(truncatingIfNeeded: chance.next() >> 8)
        let server = self[.names]
        let question = DHCPv4.write(
            .request, transaction: transaction, client: me.hardware, current: me.address,
            options: lease.options(me.hardware))
        let answer = DHCPv4.write(
            .acknowledge, transaction: transaction, client: me.hardware, current: me.address, assigned: me.address,
            options: [
                .server(server.address), .leaseTime(seconds: 86_400), .subnetMask(IPAddress(v4: 0xFFFF_0000)),
                .router(me.area.router),
            ])
        ask(me, server, 67, as: "dhcp", from: 68, question, answer)
    }

    /// A neighbour discovery message to a group of the link.
    ///
    /// - Parameter area: Where it is heard; in this station's own VLAN when left out.
    mutating func discover(
        from own: IPAddress, to high: UInt64, _ low: UInt64, _ message: [UInt8], in area: Area? = nil
    ) {
        let group = IPAddress(high: high, low: low)
        var body = message
        let sum = FrameWriter.checksum(body, between: own, and: group, transport: 58)
        body[2] = UInt8(sum >> 8)
        body[3] = UInt8(sum & 0xFF)
        let packet = FrameWriter.packet(from: own, to: group, transport: 58, timeToLive: 255, body)
        let hardware = HardwareAddress(bits: 0x3333_0000_0000 | low & 0xFFFF_FFFF)
        send(
            FrameWriter.ethernet(
                from: me.hardware, to: hardware, vlan: (area ?? me.area).vlan, type: FrameWriter.EtherType.ipv6, packet)
        )
    }
}
