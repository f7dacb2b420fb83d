//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Flows: who talks to whom, bounded, and counted until somebody asks.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What was counted of one flow since it was last reported.
public struct FlowReport: Sendable, Hashable {
    public struct End: Sendable, Hashable {
        public var hardware = HardwareAddress.zero
        public var network = IPAddress(high: 0, low: 0)
        public var port: UInt16 = 0
        public var packets: UInt64 = 0
        public var bytes: UInt64 = 0

        /// The station's own address on the link, or nil where it names nobody.
        public var subject: Subject {
            Subject(
                hardware: hardware.isIndividual ? hardware : nil,
                network: network.isIndividual && network.high != Flow.linkMark ? network : nil)
        }
    }
    public var client: End
    public var server: End
    /// IP protocol number; 0 for frames without IP.
    public var transport: UInt8
    public var vlan: UInt16
    public var application: Application
    public var span: Observation.Span
    /// Whether the server side said anything but a refusal.
    public var isAnswered: Bool
    /// Whether nothing of this flow was reported before.
    public var isFirst: Bool
}

/// One flow. `a` is the end with the lower address and port.
struct Flow: Sendable {
    /// Stands in the upper half of an address that is really a hardware address (frames without IP).
    static let linkMark: UInt64 = 0xFFFF_FFFF_FFFF_FFFF

    var addressA = IPAddress(high: 0, low: 0)
    var addressB = IPAddress(high: 0, low: 0)
    var portA: UInt16 = 0
    var portB: UInt16 = 0
    var transport: UInt8 = 0
    var application = Application.unknown
    var clientIsA = true
    var isAnswered = false
    var isUsed = false
    var wasTouched = false
    var wasReported = false
    var isListed = false
    var hasData = false
    var sawA = false
    var sawB = false
    var isProven = false
    /// Whether its SYN was seen, so that what comes first is its beginning.
    var sawStart = false
    var tries: UInt8 = 0
    var vlan: UInt16 = 0
    var next: Int32 = -1
    var hardwareA = HardwareAddress.zero
    var hardwareB = HardwareAddress.zero
    var packetsA: UInt32 = 0
    var packetsB: UInt32 = 0
    var bytesA: UInt64 = 0
    var bytesB: UInt64 = 0
    var first = Timestamp.epoch
    var last = Timestamp.epoch
    var streamA = StreamState()
    var streamB = StreamState()
}

// One packet touches many fields: these run on the flow in its place, found and checked once.
extension Flow {
    /// Whether the same address now speaks from another card: what was counted belongs to the first.
    @inline(__always)
    func changesHands(_ hardware: HardwareAddress, fromA: Bool) -> Bool {
        let known = fromA ? hardwareA : hardwareB
        return known != hardware && known.bits != 0 && hardware.bits != 0
    }

    /// Counts one packet; true when the flow has to be listed for the next round of reports.
    @inline(__always)
    mutating func count(_ packet: Packet, fromA: Bool) -> Bool {
        if packet.time < first { first = packet.time }
        if packet.time > last { last = packet.time }
        wasTouched = true
        let isUnlisted = packetsA == 0 && packetsB == 0 && !isListed
        if isUnlisted { isListed = true }
        if fromA {
            if packet.source.bits != 0 { hardwareA = packet.source }
            packetsA &+= 1
            bytesA &+= UInt64(truncatingIfNeeded: packet.length)
            sawA = true
        } else {
            if packet.source.bits != 0 { hardwareB = packet.source }
            packetsB &+= 1
            bytesB &+= UInt64(truncatingIfNeeded: packet.length)
            sawB = true
        }
        // An answer: anything from the server, over TCP data and not a refusal. SYNs are the walk's affair.
        if fromA != clientIsA {
            if packet.isTCP {
                if packet.tcpFlags & 6 == 0, packet.tcpFlags & 8 != 0 { isAnswered = true }
            } else {
                isAnswered = true
            }
        }
        return isUnlisted
    }
}

/// Where one direction of a TCP stream stands.
struct StreamState: Sendable {
    var sequence: UInt32 = 0
    /// Octets of a message already known not to matter.
    var skip: Int = 0
    var memory: StreamMemory = 0
    /// Index into the stream buffers, or -1.
    var buffer: Int32 = -1
    /// Octets the parser asked for before it is called again.
    var needed: Int32 = 0
    var isSynchronised = false
    var isFinished = false
    /// Segments of this direction waiting for a missing one.
    var held: UInt8 = 0
    /// Whether the other end acknowledged what is missing here.
    var isGapKnown = false
    /// Whether payload of this direction was read.
    var hasBegun = false
}

/// The flows of one input. Holds `capacity` at a time; when full, one that was quiet since the hand last passed is
/// reported and makes room.
struct FlowTable: Sendable {
    let capacity: Int
    var flows: [Flow] = []
    private var heads: [Int32]
    private let mask: Int
    private var hand = 0
    /// Reports of flows that had to go, until the harvest takes them.
    var departed: [FlowReport] = []

    /// - Parameter capacity: Flows at a time; about 250 octets each.
    init(capacity: Int) {
        self.capacity = capacity
        var size = 1_024
        while size < capacity * 2 { size *= 2 }
        heads = Array(repeating: -1, count: size)
        mask = size - 1
    }

    /// The flow of this packet, made when there is none.
    @inline(__always)
    mutating func find(_ packet: Packet, isNew: inout Bool, fromA: inout Bool) -> Int {
        let source: IPAddress
        let destination: IPAddress
        if packet.hasNetwork {
            source = packet.sourceNetwork
            destination = packet.destinationNetwork
        } else {
            source = IPAddress(high: Flow.linkMark, low: packet.source.bits)
            destination = IPAddress(high: Flow.linkMark, low: packet.destination.bits)
        }
        fromA =
            source.low != destination.low
            ? source.low < destination.low
            : source.high != destination.high
                ? source.high < destination.high : packet.sourcePort <= packet.destinationPort
        let a = fromA ? source : destination
        let b = fromA ? destination : source
        let portA = fromA ? packet.sourcePort : packet.destinationPort
        let portB = fromA ? packet.destinationPort : packet.sourcePort
        let ports = UInt64(portA) << 16 | UInt64(portB) | UInt64(packet.transport) << 32
        var hash = (a.low ^ a.high &* 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 32
        hash = (hash ^ b.low ^ b.high &* 0xC2B2_AE3D_27D4_EB4F) &* 0xC4CE_B9FE_1A85_EC53
        hash ^= hash >> 29
        hash = (hash ^ ports) &* 0x9E37_79B9_7F4A_7C15
        let slot = Int(truncatingIfNeeded: hash >> 32) & mask
        var index = heads[slot]
        while index >= 0 {
            let at = Int(index)
            if flows[at].portA == portA, flows[at].portB == portB, flows[at].addressA == a, flows[at].addressB == b,
                flows[at].transport == packet.transport
            {
                isNew = false
                return at
            }
            index = flows[at].next
        }
        isNew = true
        let at = makeRoom()
        var flow = Flow()
        flow.addressA = a
        flow.addressB = b
        flow.portA = portA
        flow.portB = portB
        flow.transport = packet.transport
        flow.isUsed = true
        flow.first = packet.time
        flow.last = packet.time
        flow.vlan = packet.vlan
        flow.next = heads[slot]
        // Its place may still stand in the list of the flow that was here before.
        flow.isListed = flows[at].isListed
        flows[at] = flow
        heads[slot] = Int32(at)
        return at
    }

    private func slot(of flow: Flow) -> Int {
        let ports = UInt64(flow.portA) << 16 | UInt64(flow.portB) | UInt64(flow.transport) << 32
        var hash =
            (flow.addressA.low ^ flow.addressA.high &* 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 32
        hash = (hash ^ flow.addressB.low ^ flow.addressB.high &* 0xC2B2_AE3D_27D4_EB4F) &* 0xC4CE_B9FE_1A85_EC53
        hash ^= hash >> 29
        hash = (hash ^ ports) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash >> 32) & mask
    }

    /// A free place; the second-chance clock finds a quiet flow when there is none.
    private mutating func makeRoom() -> Int {
        if flows.count < capacity {
            flows.append(Flow())
            return flows.count - 1
        }
        for _ in 0..<(capacity * 2) {
            hand = hand + 1 == capacity ? 0 : hand + 1
            if flows[hand].wasTouched {
                flows[hand].wasTouched = false
            } else {
                break
            }
        }
        remove(hand)
        return hand
    }

    /// Flows with something counted since the last round of reports, in the order in which they began.
    var counted: [Int32] = []
    /// TCP flows with payload that have gone, and those of them seen in one direction only.
    private(set) var tcpGone: (all: UInt64, oneWay: UInt64) = (0, 0)

    /// TCP flows with payload so far, and those of them seen in one direction only.
    var tcpTally: (all: UInt64, oneWay: UInt64) {
        var tally = tcpGone
        for flow in flows where flow.isUsed && flow.transport == 6 && flow.hasData {
            tally.all += 1
            if !(flow.sawA && flow.sawB) { tally.oneWay += 1 }
        }
        return tally
    }

    /// Buffers of a flow that went, for the streams to take back.
    var orphanedBuffers: [Int32] = []

    /// Counts a TCP flow with payload as one that has gone: it leaves, or its ports carry a new connection.
    mutating func settle(_ at: Int) {
        guard flows[at].transport == 6, flows[at].hasData else { return }
        tcpGone.all += 1
        if !(flows[at].sawA && flows[at].sawB) { tcpGone.oneWay += 1 }
    }

    private mutating func remove(_ at: Int) {
        if let report = report(at) { departed.append(report) }
        settle(at)
        if flows[at].streamA.buffer >= 0 { orphanedBuffers.append(flows[at].streamA.buffer) }
        if flows[at].streamB.buffer >= 0 { orphanedBuffers.append(flows[at].streamB.buffer) }
        let place = slot(of: flows[at])
        var index = heads[place]
        if index == Int32(at) {
            heads[place] = flows[at].next
        } else {
            while index >= 0 {
                let following = flows[Int(index)].next
                if following == Int32(at) {
                    flows[Int(index)].next = flows[at].next
                    break
                }
                index = following
            }
        }
        flows[at].isUsed = false
    }

    /// Counts one packet.
    @inline(__always)
    mutating func count(_ at: Int, _ packet: Packet, fromA: Bool) {
        if flows[at].changesHands(packet.source, fromA: fromA), let report = report(at) { departed.append(report) }
        if flows[at].count(packet, fromA: fromA) { counted.append(Int32(at)) }
    }

    /// What was counted since last time, and begins counting anew; nil when there is nothing.
    mutating func report(_ at: Int) -> FlowReport? {
        let flow = flows[at]
        guard flow.isUsed, flow.packetsA > 0 || flow.packetsB > 0 else { return nil }
        let isLink = flow.addressA.high == Flow.linkMark
        let none = IPAddress(high: 0, low: 0)
        let a = FlowReport.End(
            hardware: isLink ? HardwareAddress(bits: flow.addressA.low) : flow.hardwareA,
            network: isLink ? none : flow.addressA, port: flow.portA, packets: UInt64(flow.packetsA),
            bytes: flow.bytesA)
        let b = FlowReport.End(
            hardware: isLink ? HardwareAddress(bits: flow.addressB.low) : flow.hardwareB,
            network: isLink ? none : flow.addressB, port: flow.portB, packets: UInt64(flow.packetsB),
            bytes: flow.bytesB)
        let report = FlowReport(
            client: flow.clientIsA ? a : b, server: flow.clientIsA ? b : a, transport: flow.transport,
            vlan: flow.vlan, application: flow.application,
            span: Observation.Span(first: flow.first, last: flow.last), isAnswered: flow.isAnswered,
            isFirst: !flow.wasReported)
        flows[at].wasReported = true
        flows[at].packetsA = 0
        flows[at].packetsB = 0
        flows[at].bytesA = 0
        flows[at].bytesB = 0
        // The next report begins with the next packet.
        flows[at].first = Timestamp(nanoseconds: .max)
        flows[at].last = Timestamp(nanoseconds: .min)
        return report
    }
}
