//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Stories from a seed: what the sensors of a small ward say in some hours, and what goes wrong on the way to the log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Support

/// 500 observations of every kind, then faults: some lost, some doubled, some in another order, some late, a clock that is
/// set. The same seed tells the same story everywhere.
struct SeededStory {
    static let length = 500

    let seed: UInt64
    /// As they come to the log.
    private(set) var observations: [Observation] = []
    /// Every third ward has more devices than room.
    let limits: InventoryLimits
    var chance: SeededGenerator

    private var told: [Observation] = []
    private var now: Int64
    private let cards: [HardwareAddress]
    private let sites: [String]

    init(seed: UInt64) {
        self.seed = seed
        chance = SeededGenerator(seed: seed &* 0x9E37_79B9 &+ 1)
        now = 1_772_438_700
        var limits = InventoryLimits.standard
        if seed % 3 == 0 {
            (limits.records, limits.stubs, limits.leases, limits.members) = (12, 8, 10, 3)
            (limits.entries, limits.services, limits.links) = (90, 4, 6)
        }
        self.limits = limits
        let makers: [UInt64] = [0x0003_B1, 0x0009_FB, 0x0050_56, 0x0200_00, 0x0000_5E]
        let count = Int.random(in: 4...24, using: &chance)
        var cards: [HardwareAddress] = []
        for number in 0..<count {
            let maker = makers[Int.random(in: 0..<makers.count, using: &chance)]
            cards.append(HardwareAddress(bits: maker << 24 | UInt64(number % 7) << 8 | UInt64(number)))
        }
        self.cards = cards
        sites = seed % 5 == 0 ? ["main", "north"] : ["main"]
        while told.count < Self.length { tellSomething() }
        told.removeLast(told.count - Self.length)
        observations = faulty(told)
    }

    // MARK: Chance

    mutating func draw(_ range: Range<Int>) -> Int { Int.random(in: range, using: &chance) }
    private mutating func isOne(in count: Int) -> Bool { draw(0..<count) == 0 }
    private mutating func pick<Value>(_ list: [Value]) -> Value { list[draw(0..<list.count)] }

    // MARK: Who

    /// Mostly a card with the address that it has; at times with another's, none, a public one or a name behind it.
    private mutating func subject() -> Subject {
        let number = draw(0..<cards.count)
        var subject = Subject(hardware: cards[number], network: address(number))
        switch draw(0..<24) {
        case 0: subject.network = address(draw(0..<cards.count))
        case 1: subject.hardware = nil
        case 2: subject.network = nil
        case 3: subject.network = IPAddress(v4: 0x0808_0800 | UInt32(draw(0..<4)))
        case 4:
            subject.child = pick([
                "serial:77\(draw(0..<3))", "eui64:00A037009A0053D\(draw(0..<4))", "udi:(01)0\(draw(0..<3))",
            ])
        case 5: subject = Subject(hardware: cards[0], network: IPAddress(v4: 0x0A00_0100 | UInt32(draw(0..<250))))
        default: break
        }
        return subject
    }

    private func address(_ number: Int) -> IPAddress {
        number % 9 == 8
            ? IPAddress(high: 0xFD00_0000_0000_0000, low: UInt64(number))
            : IPAddress(v4: 0x0A00_0010 | UInt32(number) << 8)
    }

    private mutating func span() -> Observation.Span {
        let first = now - Int64(draw(0..<90))
        return Observation.Span(first: Timestamp(seconds: first), last: Timestamp(seconds: now))
    }

    // MARK: What

    private mutating func tell(_ body: Observation.Body, _ sensor: String = "wire") {
        told.append(
            Observation(
                site: pick(sites), sensor: sensor, occurred: Timestamp(seconds: now, nanoseconds: 1_000), body: body))
    }

    private mutating func tellSomething() {
        now += Int64(isOne(in: 40) ? draw(0..<90_000) : draw(0..<20))
        switch draw(0..<100) {
        case ..<22: tellSighting()
        case ..<44: tellFact()
        case ..<58: tellTalk()
        case ..<74: tellReading()
        case ..<80: tellEdge()
        case ..<84: tellPlace()
        case ..<88: tellDecision()
        case ..<92: tellPoll()
        case ..<94: tellRadio()
        case ..<96: tellPeripherals()
        case 96:
            tell(
                .event(
                    PortEvent(
                        agent: "closet-\(draw(0..<3))", kind: pick(PortEvent.Kind.allCases),
                        ifIndex: UInt32(draw(1..<9)),
                        hardware: pick(cards), vlan: isOne(in: 2) ? 10 : nil)), "traps")
        case 97: tell(.oddity(.init(name: pick(["dhcp.optionOverrun", "dns.loop"]), count: UInt64(draw(1..<9)))))
        case 98:
            var coverage = Coverage(input: pick(["eth0", "closet-1"]))
            (coverage.packets, coverage.span) = (UInt64(draw(0..<900)), span())
            if isOne(in: 3) { (coverage.problem, coverage.cure) = ("cut off", "read it again") }
            tell(.coverage(coverage))
        default: tell(isOne(in: 2) ? .tick : .knowledge(.init(name: "rules", digest: "\(draw(0..<3))")))
        }
    }

    private mutating func tellSighting() {
        tell(
            .sighting(
                .init(
                    subject: subject(), vlan: pick([nil, 10, 20]), span: span(), packets: UInt64(draw(1..<400)),
                    bytes: UInt64(draw(60..<90_000)), isBinding: isOne(in: 3))))
    }

    private static let said: [(Field, [String])] = [
        (.dhcpHostname, ["pump-4711A", "pump-4712B", "monitor07", "Ward-PC-031", "printer", "B450-Bed12"]),
        (.dhcpVendorClass, ["MSFT 5.0", "udhcp 1.33.1", "dhcpcd-8.1.2:Linux-5.10", "ArubaAP"]),
        (.dhcpClientId, ["01:00:03:b1:00:00:01", "ff12345678000100012233445566778899aa"]),
        (.httpServer, ["Apache/2.4.41 (Ubuntu)", "lighttpd/1.4.59", "GoAhead-Webs"]),
        (.tcpSyn, ["4:64:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"]), (.lldpSystemName, ["sw-1", "sw-2"]),
        (.upnpSerialNumber, ["SN-100200", "SN-100300"]), (.hl7Serial, ["77000123", "77000124"]),
        (.lldpMedSerial, ["FCH1234ABCD"]), (.snmpSysDescr, ["Cisco IOS Software, C2960 Software, Version 15.0(2)SE"]),
        (.icmpv6Router, ["lifetime 0", "lifetime 1800"]), (.mdnsHost, ["echo-7f3a21", "living"]),
        (.smbNtlmHost, ["WARD-PC-031"]), (.sightingSerial, ["SN-100200"]), (.agentHost, ["WARD-PC-031"]),
    ]

    private mutating func tellFact() {
        let (field, values) = pick(Self.said)
        tell(
            .fact(
                .init(subject: subject(), field: field, value: pick(values), span: span(), count: UInt64(draw(1..<5)))))
    }

    private mutating func tellTalk() {
        let service = pick([
            Service(name: "hl7", port: 2_575, transport: .tcp), Service(name: "dicom", port: 104, transport: .tcp),
            Service(name: "dns", port: 53, transport: .udp), Service(name: "dhcp", port: 67, transport: .udp),
            Service(name: "tcp", port: UInt16(draw(1..<9_000)), transport: .tcp),
        ])
        tell(
            .conversation(
                .init(
                    client: subject(), server: subject(), service: service, span: span(), packets: 9, bytes: 1_200,
                    isAnswered: !isOne(in: 4))))
    }

    private mutating func tellReading() {
        let metric = pick([("MDC_PULS_OXIM_SAT_O2", "%"), ("MDC_TEMP_ROOM", "Cel"), ("WARDLIGHT_GEL_DOSES", "{doses}")])
        tell(
            .measurement(
                Measurement(
                    subject: subject(), metric: metric.0, value: Double(draw(0..<1_000)) / 10, unit: metric.1,
                    quality: pick(Measurement.Quality.allCases))), "gateway-\(draw(0..<2))")
    }

    private mutating func end() -> Edge.End {
        switch draw(0..<3) {
        case 0: .device(subject())
        case 1: .location("main/icu/\(draw(0..<6))")
        default: .person("p-\(draw(0..<5))")
        }
    }

    private mutating func tellEdge() {
        tell(.edge(Edge(end(), pick(Edge.Relation.allCases), end(), isEnded: isOne(in: 4))), "adt")
    }

    private mutating func tellPlace() {
        let id = "main/icu/\(draw(0..<6))"
        if isOne(in: 5) { return tell(.location(.gone(id)), "plan") }
        var place = Location(
            id: id, kind: pick([.room, .bed, .zone]), name: "\(draw(0..<9))", parent: pick([nil, "main/icu"]))
        if isOne(in: 3) { place.outline = .init(x: 0, y: 0, width: Int32(draw(1..<9_000)), height: 3_000) }
        if isOne(in: 3) { place.aliases = ["ICU^\(draw(0..<4))^1"] }
        tell(.location(.stands(place)), "plan")
    }

    private mutating func tellDecision() {
        let (one, other) = (subject(), subject())
        let until = Timestamp(seconds: now + 86_400)
        let act: Observation.Decision.Act =
            switch draw(0..<6) {
            case 0:
                .correct(one, attribute: pick(Attribute.allCases), value: pick([nil, "Alaris 8100", "infusion pump"]))
            case 1: .merge(one, other)
            case 2: .split(one, other)
            case 3: .accept(one, pick([nil, Acceptance(ownership: .loaner, until: until)]))
            default:
                .compensate(
                    one, advisory: pick([nil, "CVE-2020-1"]),
                    pick([nil, CompensatingControl(advisory: nil, measure: "cable", owner: "IT", review: until)]))
            }
        tell(.decision(.init(act: act, by: pick(["A. Night", "B. Day"]), reason: "seen \(draw(0..<3))")), "desk")
    }

    /// A whole poll, at one moment: the switch, its ports, who is learned there, who speaks.
    private mutating func tellPoll() {
        let agent = "closet-\(draw(0..<2))"
        var about = Switch(agent: agent)
        (about.name, about.uptimeSeconds, about.forwardingRows) = (agent, Int64(draw(0..<90_000)), 8)
        if isOne(in: 2) { about.ownAddresses = [cards[0]] }
        let site = sites[0]
        func add(_ body: Observation.Body) {
            told.append(Observation(site: site, sensor: "poll", occurred: Timestamp(seconds: now), body: body))
        }
        add(.switch(about))
        for number in 1..<6 {
            var port = SwitchPort(ifIndex: UInt32(number), name: "Gi1/0/\(number)")
            (port.isUp, port.speed, port.mau) = (
                !isOne(in: 5), pick([100_000_000, 1_000_000_000]), "1000BASE-T full duplex"
            )
            if isOne(in: 2) {
                port.poe = PortPower(isEnabled: true, detection: .delivering, milliwatts: UInt32(draw(0..<9_000)))
            }
            port.framesIn = UInt64(draw(0..<100_000))
            add(.port(PortReport(agent: agent, port: port)))
            let card = isOne(in: 6) ? pick(cards) : cards[number % cards.count]
            add(
                .learned(
                    LearnedAddress(agent: agent, hardware: card, ifIndex: UInt32(number), vlan: 10, kind: .learned)))
        }
        if isOne(in: 3) {
            var neighbour = SwitchNeighbour(agent: agent, ifIndex: 5, via: .lldp)
            (neighbour.name, neighbour.abilities) = ("closet-\(draw(0..<2))", [.bridge])
            add(.neighbour(neighbour))
        }
    }

    private mutating func tellRadio() {
        if isOne(in: 3) {
            return tell(.accessPoint(AccessPoint(agent: "controller", hardware: pick(cards))), "poll")
        }
        var station = WirelessStation(agent: "controller", hardware: pick(cards))
        (station.accessPoint, station.ssid) = ("ap-\(draw(0..<3))", "ward")
        (station.security, station.isGone) = (pick([.open, .enterprise]), isOne(in: 4))
        tell(.wireless(station), "poll")
    }

    private mutating func tellPeripherals() {
        let kinds = [
            Peripheral(
                path: "1-1", vendorId: 0x046D, productId: 0xC31C, interfaces: [.init(kind: 3, subkind: 1, wording: 1)]),
            Peripheral(
                path: "1-2", vendorId: 0x0781, productId: 0x5567, interfaces: [.init(kind: 8, subkind: 6, wording: 80)]),
            Peripheral(
                path: "1-1", vendorId: 0x16C0, productId: 0x0483, interfaces: [.init(kind: 3, subkind: 1, wording: 1)]),
        ]
        let card = pick(cards)
        var there = kinds
        there.removeAll { _ in isOne(in: 2) }
        var report = PeripheralReport(host: Subject(hardware: card), hostName: "desk", peripherals: there)
        report.cards = [card]
        tell(.peripherals(report), "agent")
    }

    // MARK: Faults

    /// One in twelve or so meets with something on its way.
    private mutating func faulty(_ told: [Observation]) -> [Observation] {
        var arrived: [(place: Int, turn: Int, observation: Observation)] = []
        var clock: Int64 = 0
        for (place, one) in told.enumerated() {
            // A sensor's clock is set an hour back or forward, and right again later.
            if isOne(in: 120) { clock = pick([0, -3_600, 3_600]) }
            var observation = one
            if clock != 0, one.sensor != "desk" {
                observation.occurred = Timestamp(seconds: one.occurred.nanoseconds / 1_000_000_000 + clock)
            }
            switch draw(0..<60) {
            case 0: continue
            case 1:
                arrived.append((place, 0, observation))
                arrived.append((place + draw(0..<40), 1, observation))
            case 2: arrived.append((place + 2, 1, observation))
            case 3: arrived.append((place + draw(1..<120), 1, observation))
            default: arrived.append((place, 0, observation))
            }
        }
        return arrived.enumerated().sorted { one, other in
            (one.element.place, one.element.turn, one.offset) < (other.element.place, other.element.turn, other.offset)
        }.map(\.element.observation)
    }
}
