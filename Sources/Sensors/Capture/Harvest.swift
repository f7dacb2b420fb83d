//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Harvest: from facts in packets to observations worth writing down.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// How much one harvest remembers. What does not fit is reported at once and forgotten; nothing is lost, since counts
/// in observations are sums since the last report.
public struct HarvestLimits: Sendable, Hashable {
    /// Distinct (address, protocol, field, value) remembered; about 200 octets each with their text.
    public var facts = 65_536
    /// Octets of their raw values.
    public var factOctets = 6 << 20
    /// Distinct pairs of addresses remembered.
    public var sightings = 65_536
    /// Distinct (client, server, service) remembered.
    public var conversations = 65_536
    /// Counts are reported at most this often, in seconds of the capture.
    public var reportSeconds: Int64 = 60

    public init() {}
}

/// Rolls up what packets say into observations: one when a value is new, one when a state changes, and counts at most
/// once a minute. A pure value: packets in, observations out.
public struct Harvest: Sendable {
    private let site: String
    private let sensor: String
    private let limits: HarvestLimits
    private let privacy: Privacy

    private var facts: FactTable
    private var sightings: [SightingKey: Int] = [:]
    private var sightingTallies: [Tally<SightingKey>] = []
    private var conversations: [ConversationKey: Int] = [:]
    private var conversationTallies: [Tally<ConversationKey>] = []
    private var dirtySightings: [Int32] = []
    private var dirtyConversations: [Int32] = []
    private var oddities = [UInt64](repeating: 0, count: Oddity.allCases.count)
    private var hasOddities = false
    private var highest = Timestamp(nanoseconds: .min)
    private var nextReport = Timestamp(nanoseconds: .min)
    private var coverage = Coverage(input: "")
    private var linkTypes: [LinkType] = []
    private var tallied: (all: UInt64, oneWay: UInt64) = (0, 0)
    private var output: [Observation] = []

    struct SightingKey: Hashable {
        var hardware: HardwareAddress?
        var network: IPAddress?
        var vlan: UInt16
        var isBinding: Bool

        /// Everything in two words: hashing field by field costs more than the look-up itself.
        func hash(into hasher: inout Hasher) {
            hasher.combine((hardware?.bits ?? 0) ^ UInt64(vlan) << 48)
            if let network { hasher.combine(network.low ^ network.high &* 0x9E37_79B9_7F4A_7C15) }
        }
    }
    struct ConversationKey: Hashable {
        var client: SightingKey
        var server: SightingKey
        var application: Application
        var transport: UInt8
        var port: UInt16

        func hash(into hasher: inout Hasher) {
            client.hash(into: &hasher)
            server.hash(into: &hasher)
            hasher.combine(UInt32(port) << 16 | UInt32(application.rawValue) << 8 | UInt32(transport))
        }
    }
    struct Tally<Key: Sendable>: Sendable {
        var key: Key
        var span: Observation.Span
        var packets: UInt64 = 0
        var bytes: UInt64 = 0
        var isAnswered = false
        var isDirty = false
    }

    /// - Parameters:
    ///   - sensor: Name of the interface or `capture`; stands in every observation.
    ///   - personKey: Secret of this installation under which names of people are hashed.
    public init(site: String, sensor: String, personKey: [UInt8], limits: HarvestLimits = HarvestLimits()) {
        self.site = site
        self.sensor = sensor
        self.limits = limits
        privacy = Privacy(key: personKey)
        facts = FactTable(capacity: limits.facts, octets: limits.factOctets)
    }

    // MARK: Input

    /// From now on packets come from this file or interface.
    public mutating func begin(input: String) {
        coverage = Coverage(input: input)
        linkTypes.removeAll()
    }

    /// Takes what one frame said. `walk` is asked for the counts of its flow when they are due.
    @inline(__always)
    public mutating func take(
        _ sink: Facts, _ outcome: Walk.Outcome, _ link: LinkType, capturedLength: Int, from walk: inout Walk
    ) {
        note(walk.packet, outcome, link, capturedLength)
        if !sink.oddities.isEmpty { count(sink.oddities) }
        // Who wraps (an access point, a tunnel's end, the mirroring switch) is a station as well.
        if outcome.isWrapped { meetForwarder(walk.outer, walk.outer.hasNetwork ? walk.outer.sourceNetwork : nil) }
        if outcome.isDuplicate { return meetForwarder(walk.packet, nil) }
        if outcome.isNews { meet(outcome, &walk) }
        if !sink.bindings.isEmpty { bind(sink, walk.packet) }
        if !sink.entries.isEmpty { learn(sink, walk.packet) }
        if !sink.sessions.isEmpty { serve(sink, walk.packet) }
        if outcome.hasDeparted {
            for report in walk.takeDeparted() { absorb(report) }
        }
        if walk.packet.time > highest {
            highest = walk.packet.time
            if highest >= nextReport { reportCounts(&walk) }
        }
    }

    private mutating func note(_ packet: Packet, _ outcome: Walk.Outcome, _ link: LinkType, _ capturedLength: Int) {
        coverage.packets &+= 1
        coverage.bytes &+= UInt64(packet.length)
        if outcome.isDecoded { coverage.decoded &+= 1 }
        if outcome.isDuplicate { coverage.duplicates &+= 1 }
        if capturedLength < packet.length { coverage.truncated &+= 1 }
        if coverage.span == nil {
            coverage.span = Observation.Span(first: packet.time, last: packet.time)
        } else {
            coverage.span?.include(packet.time)
        }
        if linkTypes.last != link, !linkTypes.contains(link) { linkTypes.append(link) }
    }

    /// The recorder says that it lost packets.
    public mutating func dropped(_ count: UInt64) { coverage.dropped &+= count }

    /// The input has ended, badly if `problem` says so: everything counted so far is reported.
    public mutating func end(problem: String?, from walk: inout Walk) {
        var sink = Facts()
        while let outcome = walk.takeWaiting(into: &sink) {
            if !sink.oddities.isEmpty { count(sink.oddities) }
            if outcome.isNews { meet(outcome, &walk) }
            learn(sink, walk.packet)
        }
        for report in walk.takeDeparted() { absorb(report) }
        let tally = walk.tcpTally
        coverage.tcpConversations = tally.all > tallied.all ? tally.all - tallied.all : 0
        coverage.tcpOneWay = tally.oneWay > tallied.oneWay ? tally.oneWay - tallied.oneWay : 0
        tallied = tally
        reportCounts(&walk)
        coverage.problem = problem
        emitCoverage()
    }

    /// Observations since last asked, in the order in which they were made.
    public mutating func drain() -> [Observation] {
        defer { output.removeAll(keepingCapacity: true) }
        return output
    }

    public var pending: Int { output.count }

    // MARK: Facts

    private mutating func learn(_ sink: Facts, _ packet: Packet) {
        let sender = FlowEnd(packet.source, packet.hasNetwork ? packet.sourceNetwork : nil)
        for entry in sink.entries {
            var end = sender
            var child: String?
            switch entry.about {
            case .sender: break
            case .receiver: end = FlowEnd(packet.destination, packet.hasNetwork ? packet.destinationNetwork : nil)
            case .station(let address): end = FlowEnd(address, nil)
            case .child(let index): child = sink.children[index]
            }
            guard end.hardware != nil || end.network != nil else { continue }
            let value = sink.value(of: entry)
            if facts.isFull(adding: value.count) { flushFacts() }
            let (at, isNew) = facts.find(end, child, entry.field, value)
            if isNew {
                guard let text = privacy.text(of: value, entry.field) else {
                    facts.removeLast()
                    continue
                }
                facts.name(at, text, at: packet.time)
                emit(at, packet.time)
            } else {
                let isBack = facts.count(at, packet.time)
                if isBack { emit(at, packet.time) }
            }
        }
    }

    private mutating func emit(_ at: Int, _ time: Timestamp) {
        let fact = facts.takeReport(at)
        append(.fact(fact), at: time)
    }

    private mutating func flushFacts() {
        coverage.flushed &+= UInt64(facts.count)
        for at in facts.takeDirty() { emit(at, facts.last(at)) }
        facts.clear()
    }

    // MARK: Stations and conversations

    /// A flow is new, or now known by name.
    private mutating func meet(_ outcome: Walk.Outcome, _ walk: inout Walk) {
        let packet = walk.packet
        let end = FlowEnd(packet.source, packet.hasNetwork ? packet.sourceNetwork : nil)
        if end.hardware != nil || end.network != nil {
            let key = SightingKey(
                hardware: end.hardware, network: end.network, vlan: packet.vlan, isBinding: false)
            let (at, isNew) = sighting(key, Observation.Span(first: packet.time, last: packet.time))
            if isNew { emitSighting(at, packet.time) }
        }
        // Without a name the flow's counts wait for the minute's report: it may still say what it speaks.
        guard outcome.flow >= 0, walk.application(flow: outcome.flow).isNamed else { return }
        if let report = walk.report(flow: outcome.flow) { absorb(report) }
    }

    /// What it forwards is counted elsewhere or nowhere, but the card that sent it on is there: a router's, whose
    /// packets may be copies only; an access point's.
    private mutating func meetForwarder(_ packet: Packet, _ network: IPAddress?) {
        let end = FlowEnd(packet.source, network)
        guard end.hardware != nil else { return }
        let key = SightingKey(hardware: end.hardware, network: end.network, vlan: packet.vlan, isBinding: false)
        let (at, isNew) = sighting(key, Observation.Span(first: packet.time, last: packet.time))
        if isNew { emitSighting(at, packet.time) }
    }

    private mutating func bind(_ sink: Facts, _ packet: Packet) {
        for binding in sink.bindings {
            let key = SightingKey(
                hardware: binding.hardware, network: binding.network, vlan: packet.vlan, isBinding: true)
            let (at, isNew) = sighting(key, Observation.Span(first: packet.time, last: packet.time))
            if isNew {
                emitSighting(at, packet.time)
            } else {
                touch(at, Observation.Span(first: packet.time, last: packet.time))
            }
        }
    }

    /// Accounting tells where a station is on the air, and its address.
    private mutating func serve(_ sink: Facts, _ packet: Packet) {
        for session in sink.sessions {
            let privacy = privacy
            if let station = session.wireless(person: { privacy.name($0) }) {
                append(.wireless(station), at: packet.time)
            }
            let key = SightingKey(
                hardware: session.station, network: session.network, vlan: 0, isBinding: session.network != nil)
            let (at, isNew) = sighting(key, Observation.Span(first: packet.time, last: packet.time))
            if isNew { emitSighting(at, packet.time) }
        }
    }

    /// Adds what a flow counted to its stations and its conversation.
    private mutating func absorb(_ report: FlowReport) {
        absorb(report.client, report)
        absorb(report.server, report)
        guard report.transport == 6 || report.transport == 17 || report.transport == 132 else { return }
        let key = ConversationKey(
            client: key(report.client), server: key(report.server), application: report.application,
            transport: report.transport, port: Self.port(of: report))
        let at: Int
        var isNew = false
        if let known = conversations[key] {
            at = known
            conversationTallies[at].span.include(report.span)
        } else {
            if conversationTallies.count >= limits.conversations { flushConversations() }
            isNew = true
            at = conversationTallies.count
            conversations[key] = at
            conversationTallies.append(Tally(key: key, span: report.span))
        }
        conversationTallies[at].packets &+= report.client.packets &+ report.server.packets
        conversationTallies[at].bytes &+= report.client.bytes &+ report.server.bytes
        let isAnswer = report.isAnswered && !conversationTallies[at].isAnswered
        if report.isAnswered { conversationTallies[at].isAnswered = true }
        // A conversation is news once it has a name; without one it waits for the minute's report.
        if report.application.isNamed && (isNew || isAnswer) {
            emitConversation(at, report.span.last)
        } else if !conversationTallies[at].isDirty {
            conversationTallies[at].isDirty = true
            dirtyConversations.append(Int32(at))
        }
    }

    private mutating func absorb(_ end: FlowReport.End, _ report: FlowReport) {
        guard end.packets > 0 else { return }
        let subject = end.subject
        guard subject.hardware != nil || subject.network != nil else { return }
        let key = SightingKey(
            hardware: subject.hardware, network: subject.network, vlan: report.vlan, isBinding: false)
        let (at, isNew) = sighting(key, report.span)
        sightingTallies[at].packets &+= end.packets
        sightingTallies[at].bytes &+= end.bytes
        if isNew { emitSighting(at, report.span.last) } else { touch(at, report.span) }
    }

    private func key(_ end: FlowReport.End) -> SightingKey {
        let subject = end.subject
        return SightingKey(hardware: subject.hardware, network: subject.network, vlan: 0, isBinding: false)
    }

    /// Ports of the dynamic range say nothing of a service that was not recognised.
    private static func port(of report: FlowReport) -> UInt16 {
        report.application.isNamed || report.server.port < 32_768 ? report.server.port : 0
    }

    private mutating func sighting(_ key: SightingKey, _ span: Observation.Span) -> (Int, isNew: Bool) {
        if let at = sightings[key] { return (at, false) }
        if sightingTallies.count >= limits.sightings { flushSightings() }
        let at = sightingTallies.count
        sightings[key] = at
        sightingTallies.append(Tally(key: key, span: span))
        return (at, true)
    }

    private mutating func touch(_ at: Int, _ span: Observation.Span) {
        sightingTallies[at].span.include(span)
        if !sightingTallies[at].isDirty {
            sightingTallies[at].isDirty = true
            dirtySightings.append(Int32(at))
        }
    }

    private mutating func emitSighting(_ at: Int, _ time: Timestamp) {
        let tally = sightingTallies[at]
        append(
            .sighting(
                Observation.Sighting(
                    subject: Subject(hardware: tally.key.hardware, network: tally.key.network),
                    vlan: tally.key.vlan == 0 ? nil : tally.key.vlan, span: tally.span, packets: tally.packets,
                    bytes: tally.bytes, isBinding: tally.key.isBinding)), at: time)
        reset(&sightingTallies[at])
    }

    private mutating func emitConversation(_ at: Int, _ time: Timestamp) {
        let tally = conversationTallies[at]
        let transport = Service.Transport(rawValue: tally.key.transport) ?? .none
        append(
            .conversation(
                Observation.Conversation(
                    client: Subject(hardware: tally.key.client.hardware, network: tally.key.client.network),
                    server: Subject(hardware: tally.key.server.hardware, network: tally.key.server.network),
                    service: Service(
                        name: tally.key.application.isNamed ? tally.key.application.name : "\(transport)",
                        port: tally.key.port,
                        transport: transport), span: tally.span, packets: tally.packets, bytes: tally.bytes,
                    isAnswered: tally.isAnswered)), at: time)
        reset(&conversationTallies[at])
    }

    private func reset<Key>(_ tally: inout Tally<Key>) {
        tally.packets = 0
        tally.bytes = 0
        tally.isDirty = false
        tally.span = Observation.Span(first: tally.span.last, last: tally.span.last)
    }

    // MARK: Reporting

    /// Reports every count that changed since the last round.
    private mutating func reportCounts(_ walk: inout Walk) {
        let (next, overflow) = highest.nanoseconds.addingReportingOverflow(limits.reportSeconds * 1_000_000_000)
        nextReport = Timestamp(nanoseconds: overflow ? .max : next)
        walk.reportAll { absorb($0) }
        for at in facts.takeDirty() { emit(at, facts.last(at)) }
        flushDirtySightings()
        flushDirtyConversations()
        emitOddities()
    }

    private mutating func flushDirtySightings() {
        for at in dirtySightings where sightingTallies[Int(at)].isDirty {
            emitSighting(Int(at), sightingTallies[Int(at)].span.last)
        }
        dirtySightings.removeAll(keepingCapacity: true)
    }

    private mutating func flushDirtyConversations() {
        for at in dirtyConversations where conversationTallies[Int(at)].isDirty {
            emitConversation(Int(at), conversationTallies[Int(at)].span.last)
        }
        dirtyConversations.removeAll(keepingCapacity: true)
    }

    private mutating func flushSightings() {
        coverage.flushed &+= UInt64(sightingTallies.count)
        flushDirtySightings()
        sightings.removeAll(keepingCapacity: true)
        sightingTallies.removeAll(keepingCapacity: true)
    }

    private mutating func flushConversations() {
        coverage.flushed &+= UInt64(conversationTallies.count)
        flushDirtyConversations()
        conversations.removeAll(keepingCapacity: true)
        conversationTallies.removeAll(keepingCapacity: true)
    }

    private mutating func count(_ found: [Oddity]) {
        hasOddities = true
        for oddity in found { oddities[oddity.number] &+= 1 }
    }

    private mutating func emitOddities() {
        guard hasOddities else { return }
        hasOddities = false
        for oddity in Oddity.allCases where oddities[oddity.number] > 0 {
            append(
                .oddity(Observation.Oddity(name: oddity.name, count: oddities[oddity.number])), at: highest)
            oddities[oddity.number] = 0
        }
    }

    private mutating func emitCoverage() {
        coverage.linkTypes = Array(Set(linkTypes.map(\.name))).sorted()
        append(.coverage(coverage), at: highest)
        coverage = Coverage(input: coverage.input)
    }

    private mutating func append(_ body: Observation.Body, at time: Timestamp) {
        output.append(Observation(site: site, sensor: sensor, occurred: time, body: body))
    }
}

/// The addresses of one end that name somebody.
struct FlowEnd: Hashable, Sendable {
    var hardware: HardwareAddress?
    var network: IPAddress?

    @inline(__always)
    init(_ hardware: HardwareAddress, _ network: IPAddress?) {
        self.hardware = hardware.isIndividual ? hardware : nil
        self.network = network.flatMap { $0.isIndividual ? $0 : nil }
    }
}
