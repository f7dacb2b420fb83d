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
/// once a minute. A pure value: notes in, observations out.
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
    private var coverage = Coverage(input: "")
    private var linkTypes: [LinkType] = []
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

    /// Observations are handed on in batches of about this many.
    static let batch = 4_096

    /// Takes what frames said; `emit` gets observations once there is a batch of them.
    public mutating func take(_ notes: Notes, emit: ([Observation]) throws -> Void) rethrows {
        count(notes.tally)
        var place = Place()
        for frame in notes.frames {
            take(frame, notes, &place)
            if output.count >= Self.batch { try emit(drain()) }
            if frame.isDue { try reportCounts(at: frame.headers.time, emit: emit) }
        }
    }

    /// How far the things that were said are taken.
    private struct Place {
        var facts = 0
        var bindings = 0
        var sessions = 0
        var oddities = 0
        var wrappings = 0
        var reports = 0
    }

    @inline(__always)
    private mutating func take(_ frame: Notes.Frame, _ notes: Notes, _ place: inout Place) {
        for _ in 0..<frame.oddities {
            count(notes.said.oddities[place.oddities])
            place.oddities += 1
        }
        // Who wraps (an access point, a tunnel's end, the mirroring switch) is a station as well.
        if frame.isWrapped {
            let outer = notes.wrappings[place.wrappings]
            place.wrappings += 1
            meet(outer, outer.sender, needsHardware: true)
        }
        // What it forwards is counted elsewhere or nowhere, but the card that sent it on is there: a router's, whose
        // packets may be copies only; an access point's.
        if frame.isDuplicate {
            place.facts += Int(frame.facts)
            place.bindings += Int(frame.bindings)
            place.sessions += Int(frame.sessions)
            return meet(frame.headers, FlowEnd(frame.headers.source, nil), needsHardware: true)
        }
        if frame.isNews {
            meet(frame.headers, frame.headers.sender, needsHardware: false)
            if frame.hasReport { absorb(1, notes, &place) }
        }
        for _ in 0..<frame.bindings {
            bind(notes.said.bindings[place.bindings], frame.headers)
            place.bindings += 1
        }
        for _ in 0..<frame.facts {
            learn(notes.said.entries[place.facts], notes.said, frame.headers)
            place.facts += 1
        }
        for _ in 0..<frame.sessions {
            serve(notes.said.sessions[place.sessions], frame.headers)
            place.sessions += 1
        }
        absorb(frame.departed, notes, &place)
        absorb(frame.counted, notes, &place)
    }

    @inline(__always)
    private mutating func absorb(_ count: Int32, _ notes: Notes, _ place: inout Place) {
        for _ in 0..<count {
            absorb(notes.reports[place.reports])
            place.reports += 1
        }
    }

    private mutating func count(_ tally: Notes.Tally) {
        coverage.packets &+= tally.packets
        coverage.bytes &+= tally.bytes
        coverage.decoded &+= tally.decoded
        coverage.duplicates &+= tally.duplicates
        coverage.truncated &+= tally.truncated
        coverage.dropped &+= tally.dropped
        coverage.tcpConversations &+= tally.tcpConversations
        coverage.tcpOneWay &+= tally.tcpOneWay
        for link in tally.links where !linkTypes.contains(link) { linkTypes.append(link) }
        guard tally.packets > 0 else { return }
        let span = Observation.Span(first: tally.first, last: tally.last)
        if coverage.span == nil { coverage.span = span } else { coverage.span?.include(span) }
    }

    /// The input has ended, badly if `problem` says so, and all notes of it are taken.
    public mutating func end(problem: String?) {
        coverage.problem = problem
        emitCoverage()
    }

    /// Tells how much was heard since the last time, where anything was; the input goes on.
    public mutating func report() {
        guard coverage.packets > 0 || coverage.dropped > 0 else { return }
        coverage.problem = nil
        emitCoverage()
    }

    /// Observations since last asked, in the order in which they were made.
    public mutating func drain() -> [Observation] {
        // As much room again and not more: a flood would else leave its room to every batch after it.
        var drained: [Observation] = []
        drained.reserveCapacity(min(output.count, Self.batch + Self.batch / 4))
        swap(&drained, &output)
        return drained
    }

    public var pending: Int { output.count }

    // MARK: Facts

    @inline(__always)
    private mutating func learn(_ entry: Facts.Entry, _ said: Facts, _ headers: Notes.Headers) {
        var child: String?
        let end: FlowEnd
        switch entry.about {
        case .sender: end = headers.sender
        case .receiver: end = headers.receiver
        case .station(let address): end = FlowEnd(address, nil)
        case .child(let index):
            end = headers.sender
            child = said.children[index]
        }
        guard end.hardware != nil || end.network != nil else { return }
        let value = said.value(of: entry)
        if facts.isFull(adding: value.count) { flushFacts() }
        let (at, isNew) = facts.find(end, child, entry.field, value)
        if isNew {
            guard let text = privacy.text(of: value, entry.field) else { return facts.removeLast() }
            facts.name(at, text, at: headers.time)
            emit(at, headers.time)
        } else {
            let isBack = facts.count(at, headers.time)
            if isBack { emit(at, headers.time) }
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

    private mutating func meet(_ headers: Notes.Headers, _ end: FlowEnd, needsHardware: Bool) {
        guard end.hardware != nil || end.network != nil && !needsHardware else { return }
        let key = SightingKey(hardware: end.hardware, network: end.network, vlan: headers.vlan, isBinding: false)
        let (at, isNew) = sighting(key, Observation.Span(first: headers.time, last: headers.time))
        if isNew { emitSighting(at, headers.time) }
    }

    private mutating func bind(_ binding: Facts.Binding, _ headers: Notes.Headers) {
        let key = SightingKey(
            hardware: binding.hardware, network: binding.network, vlan: headers.vlan, isBinding: true)
        let span = Observation.Span(first: headers.time, last: headers.time)
        let (at, isNew) = sighting(key, span)
        if isNew { emitSighting(at, headers.time) } else { touch(at, span) }
    }

    /// Accounting tells where a station is on the air, and its address.
    private mutating func serve(_ session: RADIUSSession, _ headers: Notes.Headers) {
        let privacy = privacy
        if let station = session.wireless(person: { privacy.name($0) }) {
            append(.wireless(station), at: headers.time)
        }
        let key = SightingKey(
            hardware: session.station, network: session.network, vlan: 0, isBinding: session.network != nil)
        let (at, isNew) = sighting(key, Observation.Span(first: headers.time, last: headers.time))
        if isNew { emitSighting(at, headers.time) }
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
                        name: tally.key.application.isNamed ? tally.key.application.name : transport.name,
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

    /// Reports every count that changed since the last round, in batches: there may be very many.
    private mutating func reportCounts(at time: Timestamp, emit: ([Observation]) throws -> Void) rethrows {
        highest = time
        for at in facts.takeDirty() {
            self.emit(at, facts.last(at))
            if output.count >= Self.batch { try emit(drain()) }
        }
        for at in dirtySightings where sightingTallies[Int(at)].isDirty {
            emitSighting(Int(at), sightingTallies[Int(at)].span.last)
            if output.count >= Self.batch { try emit(drain()) }
        }
        dirtySightings.removeAll(keepingCapacity: true)
        for at in dirtyConversations where conversationTallies[Int(at)].isDirty {
            emitConversation(Int(at), conversationTallies[Int(at)].span.last)
            if output.count >= Self.batch { try emit(drain()) }
        }
        dirtyConversations.removeAll(keepingCapacity: true)
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

    private mutating func count(_ oddity: Oddity) {
        hasOddities = true
        oddities[oddity.number] &+= 1
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
