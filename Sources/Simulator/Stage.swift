//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Stage: where a station acts: it speaks, and frames come out in time.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// What one act of a station puts on the wire, as the mirror port of its VLAN sees it.
///
/// A partner in another VLAN is seen with the router's hardware address and one hop less to live, as it would be.
struct Stage: Sendable {
    let campus: Campus
    let me: Station
    var chance: Chance
    /// Nanoseconds since 1970; grows as the act goes on.
    var time: Int64
    private(set) var frames: [(time: Int64, bytes: [UInt8])] = []
    /// Who was found to use or offer what.
    private(set) var uses: [(station: Int, use: Device.Use, isNear: Bool)] = []
    /// Who showed which weak control besides those that services are.
    private(set) var lapses: [(station: Int, rule: String)] = []
    /// Devices that others spoke of, by hardware address or EUI-64.
    private(set) var mentions: [(bits: UInt64, time: Int64)] = []

    init(_ campus: Campus, _ me: Station, _ chance: Chance, time: Int64) {
        self.campus = campus
        self.me = me
        self.chance = chance
        self.time = time
    }

    subscript(role: Role) -> Station { campus[role] }

    /// `YYYYMMDDHHMMSS`
    var stamp: String { String(rfc3339.filter(\.isNumber)) }
    /// To the second, in UTC.
    var rfc3339: String { Timestamp(nanoseconds: time / 1_000_000_000 * 1_000_000_000).description }

    mutating func pause(microseconds: ClosedRange<Int>) { time += Int64(chance.within(microseconds)) * 1_000 }
    mutating func port() -> UInt16 { UInt16(chance.within(49_152...65_500)) }

    mutating func send(_ frame: [UInt8]) { frames.append((time, frame)) }

    mutating func note(
        _ station: Station, _ name: String, _ port: UInt16, _ side: Device.Use.Side, _ kind: Service.Transport
    ) {
        let use = Device.Use(service: Service(name: name, port: port, transport: kind), side: side)
        uses.append((station.number, use, station.area == me.area && !station.isElsewhere))
    }

    mutating func lapse(_ station: Station, _ rule: String) { lapses.append((station.number, rule)) }

    /// The packet that comes next speaks for this device.
    mutating func mention(_ bits: UInt64) { mentions.append((bits, time)) }

    // MARK: Link

    /// A frame of this station's own that no bridge passes on, so without a tag.
    mutating func speaks(type: UInt16, to group: HardwareAddress, _ payload: [UInt8]) {
        send(FrameWriter.ethernet(from: me.hardware, to: group, type: type, payload))
    }

    /// Asks who has an address of its own VLAN, and is told.
    mutating func resolve(_ partner: Station) {
        let isNear = partner.area == me.area && !partner.isElsewhere
        let hardware = isNear ? partner.hardware : self[.router].hardware
        let address = isNear ? addressInMyArea(of: partner) : me.area.router
        let question = ARP.write(isReply: false, from: (me.hardware, me.address), to: (.zero, address))
        send(
            FrameWriter.ethernet(
                from: me.hardware, to: .broadcast, vlan: me.area.vlan, type: FrameWriter.EtherType.arp, question))
        pause(microseconds: 80...900)
        let answer = ARP.write(isReply: true, from: (hardware, address), to: (me.hardware, me.address))
        send(
            FrameWriter.ethernet(
                from: hardware, to: me.hardware, vlan: me.area.vlan, type: FrameWriter.EtherType.arp, answer))
        pause(microseconds: 80...400)
    }

    /// Tells everybody which address it has (RFC 5227, 2.3).
    mutating func announceAddress() {
        for address in me.addresses.prefix(1) {
            let text = ARP.write(isReply: false, from: (me.hardware, address), to: (.zero, address))
            send(
                FrameWriter.ethernet(
                    from: me.hardware, to: .broadcast, vlan: me.area.vlan, type: FrameWriter.EtherType.arp, text))
            pause(microseconds: 200...2_000)
        }
    }

    // MARK: Network

    /// One end of a talk as it looks in this station's VLAN.
    struct End: Sendable {
        var hardware: HardwareAddress
        var address: IPAddress
        var port: UInt16
        var stack: Stack
        var timeToLive: UInt8
    }

    private func addressInMyArea(of station: Station) -> IPAddress {
        station.addresses.first { $0 == me.area.router } ?? station.address
    }

    func end(_ station: Station, _ port: UInt16) -> End {
        let isNear =
            station.area == me.area && !station.isElsewhere || station.addresses.contains(me.area.router)
        return End(
            hardware: isNear ? station.hardware : self[.router].hardware,
            address: isNear ? addressInMyArea(of: station) : station.address, port: port, stack: station.stack,
            timeToLive: station.stack.timeToLive - (isNear ? 0 : 1))
    }

    /// A server out on the Internet, some hops behind the router.
    func outside(_ address: IPAddress, _ port: UInt16) -> End {
        End(hardware: self[.router].hardware, address: address, port: port, stack: .linux, timeToLive: 52)
    }

    /// - Parameter area: Where it is seen; in this station's own VLAN when left out.
    mutating func datagram(_ from: End, _ to: End, _ payload: [UInt8], in area: Area? = nil) {
        let body = FrameWriter.udp(from: (from.address, from.port), to: (to.address, to.port), payload)
        carry(from, to, transport: 17, body, in: area)
    }

    mutating func carry(_ from: End, _ to: End, transport: UInt8, _ body: [UInt8], in area: Area? = nil) {
        let packet = FrameWriter.packet(
            from: from.address, to: to.address, transport: transport, timeToLive: from.timeToLive,
            identification: UInt16(chance.within(1...65_535)), body)
        let type = from.address.isV4 ? FrameWriter.EtherType.ipv4 : FrameWriter.EtherType.ipv6
        let vlan = (area ?? me.area).vlan
        send(FrameWriter.ethernet(from: from.hardware, to: to.hardware, vlan: vlan, type: type, packet))
    }

    /// To everybody in its VLAN.
    mutating func broadcast(from source: UInt16, to port: UInt16, _ payload: [UInt8], subnet: Bool = false) {
        let group = End(
            hardware: .broadcast, address: subnet ? me.area.broadcast : IPAddress(v4: .max), port: port,
            stack: me.stack,
            timeToLive: 64)
        datagram(end(me, source), group, payload)
    }

    /// To a group (RFC 1112, 6.4: its low 23 bits make the hardware address).
    mutating func multicast(from source: UInt16, to group: UInt32, _ port: UInt16, _ payload: [UInt8], hops: UInt8 = 1)
    {
        var own = end(me, source)
        own.timeToLive = hops
        let hardware = HardwareAddress(bits: 0x0100_5E00_0000 | UInt64(group & 0x7F_FFFF))
        let everybody = End(
            hardware: hardware, address: IPAddress(v4: group), port: port, stack: me.stack, timeToLive: hops)
        datagram(own, everybody, payload)
    }

    /// A question and its answer, as datagrams.
    mutating func ask(
        _ client: Station, _ server: Station, _ port: UInt16, as name: String, from source: UInt16? = nil,
        _ question: [UInt8], _ answer: [UInt8]?
    ) {
        let mine = end(client, source ?? self.port())
        let theirs = end(server, port)
        if chance.happens(inHundred: 20) { resolve(client.number == me.number ? server : client) }
        datagram(mine, theirs, question)
        note(client, name, port, .client, .udp)
        guard let answer else { return }
        pause(microseconds: 300...9_000)
        datagram(theirs, mine, answer)
        note(server, name, port, .server, .udp)
        pause(microseconds: 50...400)
    }
}
