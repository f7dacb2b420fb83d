//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// The walk: one frame, layer by layer, to the facts in it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Walks frames through their layers and hands what they say to a sink.
///
/// Keeps what has to be remembered between frames, all of it bounded: flows, streams, fragments, handshakes.
public struct Walk: Sendable {
    /// Tunnels and mirrors one inside the other before the rest is left alone.
    static let maximumDepth: UInt8 = 8

    /// What became of one frame.
    public struct Outcome: Sendable, Hashable {
        public var isDecoded = false
        public var isDuplicate = false
        /// The flow was met for the first time, or spoke a protocol not known before.
        public var isNews = false
        /// It came in a tunnel or a mirror's wrapping, whose headers are `Walk.outer`.
        public var isWrapped = false
        /// Which flow it was counted in.
        public var flow = -1
        /// What it said, in numbers.
        public var told = Facts.Told()
        /// Flows had to make room, or changed hands: their last reports wait in `takeDeparted`.
        public var hasDeparted = false
    }

    public internal(set) var packet = Packet()
    /// The outermost headers of the last packet that was wrapped.
    public internal(set) var outer = Packet()
    var flows: FlowTable
    var streams: StreamBuffers
    var fragments = Fragments()
    var handshakes = DatagramHandshakes()
    var duplicates = DuplicateFilter()
    var outcome = Outcome()

    /// - Parameter flows: Flows held at a time.
    public init(flows: Int = 65_536, streams: StreamLimits = StreamLimits()) {
        self.flows = FlowTable(capacity: flows)
        self.streams = StreamBuffers(streams)
    }

    /// Reads one frame. `facts` is cleared first, unless it keeps, and holds afterwards what this frame said.
    public mutating func take(
        _ frame: Span<UInt8>, _ link: LinkType, at time: Timestamp, originalLength: Int, into facts: inout Facts
    ) -> Outcome {
        facts.begin()
        packet = Packet()
        packet.time = time
        packet.length = originalLength
        outcome = Outcome()
        read(frame, link, into: &facts)
        if outcome.isDecoded, !outcome.isDuplicate, outcome.flow < 0 {
            if duplicates.isCopy(frame, packet) {
                outcome.isDuplicate = true
                facts.forget()
            } else {
                count()
            }
        }
        outcome.told = facts.told
        outcome.hasDeparted = !flows.departed.isEmpty
        return outcome
    }

    /// Reads what stands behind a link type.
    mutating func read(_ frame: Span<UInt8>, _ link: LinkType, into facts: inout Facts) {
        switch link.number {
        case 1: ethernet(frame, into: &facts)
        case 0, 108: loopback(frame, isBigEndian: link == .loop, into: &facts)
        case 12, 14, 101, 228, 229: raw(frame, into: &facts)
        case 113: linuxCooked(frame, into: &facts)
        case 276: linuxCooked2(frame, into: &facts)
        case 105: ieee80211(frame, into: &facts)
        case 127: radiotap(frame, into: &facts)
        case 9: ppp(frame, into: &facts)
        case 50, 104: hdlc(frame, into: &facts)
        case 51: pppoe(frame, into: &facts)
        case 239: nflog(frame, into: &facts)
        case 281...284: switchTag(frame, link, into: &facts)
        case 192: perPacketInformation(frame, into: &facts)
        case 258, 149: pktap(frame, into: &facts)
        case 226: solarisIPNet(frame, into: &facts)
        default: facts.oddity(.linkUnknownType)
        }
    }

    /// Counts the packet in its flow. Called once the innermost headers are known, before any payload is read.
    @discardableResult
    mutating func count() -> (flow: Int, fromA: Bool) {
        var isNew = false
        var fromA = false
        let at = flows.find(packet, isNew: &isNew, fromA: &fromA)
        if isNew {
            forget(flow: at)
            flows.flows[at].clientIsA = clientIsA(fromA: fromA)
            outcome.isNews = true
        }
        flows.count(at, packet, fromA: fromA)
        if packet.isTCP, packet.tcpFlags & 2 != 0 { handshake(at, fromA) }
        outcome.flow = at
        return (at, fromA)
    }

    /// Who is the client? The sender of a SYN; else the end whose port is not the well-known one.
    private func clientIsA(fromA: Bool) -> Bool {
        if packet.isTCP, packet.tcpFlags & 2 != 0 { return packet.tcpFlags & 16 == 0 ? fromA : !fromA }
        let source = WellKnownPort.rank(packet.sourcePort)
        let destination = WellKnownPort.rank(packet.destinationPort)
        if source == destination { return fromA }
        return source < destination ? !fromA : fromA
    }

    /// A SYN says who the client is, and that what the flow knew of its streams is over.
    private mutating func handshake(_ at: Int, _ fromA: Bool) {
        let isAnswer = packet.tcpFlags & 16 != 0
        if !isAnswer, flows.flows[at].hasData {
            // The same ports again: a new connection.
            flows.settle(at)
            flows.flows[at].sawA = fromA
            flows.flows[at].sawB = !fromA
            forget(flow: at)
            endStreams(at)
            flows.flows[at].application = .unknown
            flows.flows[at].isProven = false
            flows.flows[at].hasData = false
            flows.flows[at].tries = 0
        }
        flows.flows[at].clientIsA = isAnswer ? !fromA : fromA
        flows.flows[at].sawStart = true
        if isAnswer { flows.flows[at].isAnswered = true }
        if !flows.flows[at].hasData { synchronise(at, fromA) }
    }

    private mutating func endStreams(_ at: Int) {
        if flows.flows[at].streamA.buffer >= 0 { flows.orphanedBuffers.append(flows.flows[at].streamA.buffer) }
        if flows.flows[at].streamB.buffer >= 0 { flows.orphanedBuffers.append(flows.flows[at].streamB.buffer) }
        flows.flows[at].streamA = StreamState()
        flows.flows[at].streamB = StreamState()
    }

    /// What a flow counted since it was last asked; nil when that is nothing.
    ///
    /// - Parameter flow: `Outcome.flow`.
    public mutating func report(flow: Int) -> FlowReport? { flows.report(flow) }

    /// What a flow was found to speak.
    public func application(flow: Int) -> Application { flows.flows[flow].application }

    /// The last reports of flows that had to make room or changed hands, in the order in which they went.
    public mutating func takeDeparted() -> [FlowReport] {
        defer { flows.departed.removeAll(keepingCapacity: true) }
        return flows.departed
    }

    /// Reports every flow that counted something since the last round, in the order in which they began to.
    public mutating func reportAll(_ body: (FlowReport) -> Void) {
        for at in flows.counted {
            flows.flows[Int(at)].isListed = false
            if let report = flows.report(Int(at)) { body(report) }
        }
        flows.counted.removeAll(keepingCapacity: true)
    }

    /// TCP conversations with payload so far, and those of them seen in one direction only.
    public var tcpTally: (all: UInt64, oneWay: UInt64) { flows.tcpTally }
}

/// Which of two ports is the server's?
enum WellKnownPort {
    /// Lower is more likely the server's.
    @inline(__always)
    static func rank(_ port: UInt16) -> Int {
        if port == 0 { return 70_000 }
        if port < 1_024 { return Int(port) }
        if isKnown(port) { return 1_024 }
        return port < 32_768 ? 2_000 : 3_000 + Int(port >> 14)
    }

    /// A switch and not a set: it is asked once a flow, and a set hashes.
    private static func isKnown(_ port: UInt16) -> Bool {
        switch port {
        case 1433, 1645, 1646, 1812, 1813, 1883, 1900, 2222, 2575, 2761, 2762, 3306, 3389, 3671, 3702, 4070, 4840,
            5060, 5061, 5353, 5355, 5432, 5683, 5900, 6379, 6661, 8000, 8008, 8009, 8080, 8443, 8883, 9100, 9200,
            10001, 11112, 20000, 24005, 24105, 27017, 44818, 47808:
            true
        default: false
        }
    }
}
