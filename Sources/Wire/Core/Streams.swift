//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Streams: TCP put back in order, as far as identification needs, within limits.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// How much of streams is kept, and for how long.
public struct StreamLimits: Sendable, Hashable {
    /// Octets collected of one direction before its parser gives up: a certificate chain with post-quantum keys fits.
    public var bytesPerStream = 32_768
    /// Directions that may wait for more octets at a time.
    public var streams = 512
    /// Segments that may wait for a missing one, in all and of one direction.
    public var heldSegments = 512
    public var heldPerStream = 8
    /// A direction that waited longer gives its place up first, in seconds of the capture.
    public var ageSeconds: Int64 = 60
    /// Segments that said nothing before a stream is left alone.
    public var tries: UInt8 = 32

    public init() {}
}

struct StreamBuffers: Sendable {
    struct Buffer: Sendable {
        var bytes: [UInt8] = []
        var flow: Int32 = -1
        var isA = false
        var touched = Timestamp.epoch
    }
    struct Held: Sendable {
        var flow: Int32
        var isA: Bool
        var sequence: UInt32
        var time: Timestamp
        var bytes: [UInt8]
    }
    let limits: StreamLimits
    var buffers: [Buffer] = []
    var free: [Int32] = []
    var held: [Held] = []

    init(_ limits: StreamLimits) {
        self.limits = limits
    }
}

extension Walk {
    /// Fewer octets than this at the beginning of a stream are kept until there are as many.
    private static let fewOctets = 16

    /// Takes one TCP segment with payload of flow `at` and lets its parser read what is now in order.
    mutating func segment(_ payload: Span<UInt8>, flow at: Int, fromA: Bool, into facts: inout Facts) {
        if flows.flows[at].application == .opaque { return }
        var stream = fromA ? flows.flows[at].streamA : flows.flows[at].streamB
        if stream.isFinished { return }
        var sequence = packet.tcpSequence
        if packet.tcpFlags & 2 != 0 { sequence &+= 1 }
        if !stream.isSynchronised {
            stream.isSynchronised = true
            stream.sequence = sequence
        }
        var bytes = payload
        var ahead = Int32(bitPattern: sequence &- stream.sequence)
        if ahead < -Self.farthestRepeat || (ahead == -1 && !stream.hasBegun && bytes.count > 1) {
            // No repetition lies that far back: a firewall numbers the octets anew, or the SYN was not counted.
            release(&stream)
            stream.memory = 0
            stream.skip = 0
            stream.sequence = sequence
            ahead = 0
        }
        if ahead > 0, stream.skip >= Int(ahead) {
            // What is missing was to be skipped anyway.
            stream.skip -= Int(ahead)
            stream.sequence = sequence
            ahead = 0
        }
        if ahead < 0 {
            let known = -Int(ahead)
            guard known < bytes.count else { return store(stream, at, fromA) }
            bytes = bytes.from(known)
        } else if ahead > 0 {
            if hold(bytes, sequence, at, fromA, stream) {
                if stream.held == 0 { stream.isGapKnown = false }
                stream.held &+= 1
                return store(stream, at, fromA)
            }
            // Too much is waiting, or too far apart: the missing segment is given up.
            facts.oddity(.streamGap)
            release(&stream)
            stream.memory = 0
            stream.skip = 0
            if stream.held > 0 {
                store(stream, at, fromA)
                resume(at, fromA, into: &facts)
                // At least one waits no longer, so this comes to an end.
                return segment(payload, flow: at, fromA: fromA, into: &facts)
            }
            stream.sequence = sequence
        }
        take(bytes, &stream, at, fromA, into: &facts)
        store(stream, at, fromA)
        if stream.held > 0 { drainHeld(at, fromA, into: &facts) }
    }

    private mutating func store(_ stream: StreamState, _ at: Int, _ fromA: Bool) {
        if fromA { flows.flows[at].streamA = stream } else { flows.flows[at].streamB = stream }
    }

    /// Octets that are next in order.
    private mutating func take(
        _ segment: Span<UInt8>, _ stream: inout StreamState, _ at: Int, _ fromA: Bool, into facts: inout Facts
    ) {
        stream.sequence &+= UInt32(truncatingIfNeeded: segment.count)
        stream.hasBegun = true
        var bytes = segment
        if stream.skip > 0 {
            let size = min(stream.skip, bytes.count)
            stream.skip -= size
            bytes = bytes.from(size)
            if bytes.isEmpty { return }
        }
        if stream.buffer < 0 {
            let left = parse(bytes, &stream, at, fromA, into: &facts)
            if left < bytes.count, !stream.isFinished { collect(bytes.from(left), &stream, at, fromA, into: &facts) }
            return
        }
        goOn(with: bytes, &stream, at, fromA, into: &facts)
    }

    /// Adds octets to what was collected, and lets the parser read once it has what it asked for.
    private mutating func goOn(
        with bytes: Span<UInt8>, _ stream: inout StreamState, _ at: Int, _ fromA: Bool, into facts: inout Facts
    ) {
        let index = Int(stream.buffer)
        let room = streams.limits.bytesPerStream - streams.buffers[index].bytes.count
        let size = min(room, bytes.count)
        streams.buffers[index].bytes.add(bytes.upTo(size))
        streams.buffers[index].touched = packet.time
        if streams.buffers[index].bytes.count < Int(stream.needed), room > bytes.count { return }
        // Taken out so that the parser may read while the table changes.
        var collected: [UInt8] = []
        swap(&collected, &streams.buffers[index].bytes)
        let left = parse(collected.span, &stream, at, fromA, into: &facts)
        let isSilent = flows.flows[at].application == .unknown && left >= collected.count
        collected.removeFirst(min(left, collected.count))
        let isFull =
            collected.count >= streams.limits.bytesPerStream
            || Int(stream.needed) > streams.limits.bytesPerStream
        if !stream.isFinished, !collected.isEmpty, isFull {
            facts.oddity(.streamTooLong)
            stream.isFinished = true
        }
        let isKept = !stream.isFinished && !collected.isEmpty
        swap(&collected, &streams.buffers[index].bytes)
        if !isKept { release(&stream) }
        if stream.isFinished { return }
        if isSilent {
            // The first octets said nothing; the segment itself may begin a message.
            let left = parse(bytes, &stream, at, fromA, into: &facts)
            if left < bytes.count, !stream.isFinished { collect(bytes.from(left), &stream, at, fromA, into: &facts) }
        } else if size < bytes.count {
            // What found no room before is next.
            stream.sequence &-= UInt32(truncatingIfNeeded: bytes.count - size)
            take(bytes.from(size), &stream, at, fromA, into: &facts)
        }
    }

    /// Lets the parser read; returns how many octets need not be kept.
    private mutating func parse(
        _ bytes: Span<UInt8>, _ stream: inout StreamState, _ at: Int, _ fromA: Bool, into facts: inout Facts
    ) -> Int {
        var offset = 0
        // A segment of the largest size holds at most this many of the shortest messages.
        for _ in 0..<4_096 {
            if offset >= bytes.count { return offset }
            let rest = bytes.from(offset)
            var application = flows.flows[at].application
            if application == .unknown {
                guard let found = Dispatch.recognise(rest, packet) else {
                    if rest.count < Self.fewOctets, stream.buffer < 0, flows.flows[at].tries == 0 {
                        // Too little to tell by; a stream may begin in small pieces.
                        flows.flows[at].tries = 1
                        stream.needed = Int32(Self.fewOctets)
                        return offset
                    }
                    flows.flows[at].tries &+= 1
                    if flows.flows[at].tries >= streams.limits.tries { flows.flows[at].application = .opaque }
                    return bytes.count
                }
                application = found
                flows.flows[at].application = found
                flows.flows[at].tries = 0
            }
            let side: StreamSide = flows.flows[at].clientIsA == fromA ? .client : .server
            if side == .server, application.talksToPeople, !flows.flows[at].sawStart {
                flows.flows[at].isProven = true
                stream.isFinished = true
                return bytes.count
            }
            switch Dispatch.read(application, rest, side, &stream.memory, packet, into: &facts) {
            case .more(let length):
                stream.needed = Int32(clamping: max(length, rest.count + 1))
                return offset
            case .took(let length):
                guard length > 0 else {
                    stream.isFinished = true
                    return bytes.count
                }
                if length > rest.count {
                    stream.skip = length - rest.count
                    return bytes.count
                }
                offset += length
            case .handOver(let length):
                flows.flows[at].application = .unknown
                stream.memory = 0
                readAnew(at, isA: !fromA)
                offset += max(length, 0)
            case .finished:
                stream.isFinished = true
                return bytes.count
            case .notMine:
                flows.flows[at].tries &+= 4
                stream.memory = 0
                // A stream that proved itself before keeps its name, and reading starts again at the next segment.
                if !flows.flows[at].isProven { flows.flows[at].application = .unknown }
                if flows.flows[at].tries >= streams.limits.tries { stream.isFinished = true }
                return bytes.count
            }
            flows.flows[at].isProven = true
        }
        return bytes.count
    }

    /// What this direction was taken for no longer holds; reading starts with its next octet.
    private mutating func readAnew(_ at: Int, isA: Bool) {
        var stream = isA ? flows.flows[at].streamA : flows.flows[at].streamB
        release(&stream)
        stream.memory = 0
        stream.isFinished = false
        store(stream, at, isA)
    }

    // MARK: Gaps

    /// Octets: windows are smaller.
    private static let farthestRepeat: Int32 = 1 << 24

    /// A SYN says where its direction begins, so that a segment that overtakes the first one is known to be early.
    mutating func synchronise(_ at: Int, _ fromA: Bool) {
        if fromA {
            flows.flows[at].streamA.isSynchronised = true
            flows.flows[at].streamA.sequence = packet.tcpSequence &+ 1
        } else {
            flows.flows[at].streamB.isSynchronised = true
            flows.flows[at].streamB.sequence = packet.tcpSequence &+ 1
        }
    }

    /// The other end has what this recording lacks: it is no use waiting for it any longer.
    mutating func acknowledge(_ number: UInt32, _ at: Int, _ fromA: Bool) {
        if fromA {
            guard flows.flows[at].streamB.held > 0 else { return }
            let missing = Int32(bitPattern: number &- flows.flows[at].streamB.sequence)
            if missing > 0 { flows.flows[at].streamB.isGapKnown = true }
        } else {
            guard flows.flows[at].streamA.held > 0 else { return }
            let missing = Int32(bitPattern: number &- flows.flows[at].streamA.sequence)
            if missing > 0 { flows.flows[at].streamA.isGapKnown = true }
        }
    }

    /// Reads on behind a gap that stays one. Done with the next packet of the same direction, whose sender the facts
    /// are about; where the other direction is not heard, its last one has to do.
    mutating func giveUpGap(_ at: Int, _ fromA: Bool, into facts: inout Facts) {
        if (fromA ? flows.flows[at].streamA.held : flows.flows[at].streamB.held) == 0 { return }
        let isLast = packet.tcpFlags & 5 != 0 && !(flows.flows[at].sawA && flows.flows[at].sawB)
        guard isLast || (fromA ? flows.flows[at].streamA.isGapKnown : flows.flows[at].streamB.isGapKnown) else {
            return
        }
        leaveGap(at, fromA, into: &facts)
    }

    private mutating func leaveGap(_ at: Int, _ fromA: Bool, into facts: inout Facts) {
        let before = flows.flows[at].application
        var stream = fromA ? flows.flows[at].streamA : flows.flows[at].streamB
        facts.oddity(.streamGap)
        release(&stream)
        stream.memory = 0
        stream.skip = 0
        stream.isGapKnown = false
        store(stream, at, fromA)
        resume(at, fromA, into: &facts)
        let now = flows.flows[at].application
        if now != before, now != .opaque, now != .unknown { outcome.isNews = true }
    }

    /// The recording has ended: reads one direction on whose segments still wait for a missing one.
    ///
    /// - Returns: What `take` would say of its sender; nil when nothing waits any longer. `packet` is the sender's.
    public mutating func takeWaiting(into facts: inout Facts) -> Outcome? {
        facts.begin()
        guard let first = streams.held.first else { return nil }
        let at = Int(first.flow)
        let flow = flows.flows[at]
        packet = Packet()
        packet.time = first.time
        packet.vlan = flow.vlan
        packet.source = first.isA ? flow.hardwareA : flow.hardwareB
        packet.destination = first.isA ? flow.hardwareB : flow.hardwareA
        packet.hasNetwork = true
        packet.sourceNetwork = first.isA ? flow.addressA : flow.addressB
        packet.destinationNetwork = first.isA ? flow.addressB : flow.addressA
        packet.sourcePort = first.isA ? flow.portA : flow.portB
        packet.destinationPort = first.isA ? flow.portB : flow.portA
        packet.transport = flow.transport
        outcome = Outcome()
        outcome.isDecoded = true
        outcome.flow = at
        let waiting = streams.held.count
        leaveGap(at, first.isA, into: &facts)
        // Every round takes at least one, so there is an end.
        if streams.held.count >= waiting { streams.held.removeFirst() }
        outcome.told = facts.told
        return outcome
    }

    // MARK: Waiting

    private mutating func collect(
        _ bytes: Span<UInt8>, _ stream: inout StreamState, _ at: Int, _ fromA: Bool, into facts: inout Facts
    ) {
        if Int(stream.needed) > streams.limits.bytesPerStream || bytes.count >= streams.limits.bytesPerStream {
            facts.oddity(.streamTooLong)
            stream.isFinished = true
            return
        }
        guard let index = freeBuffer() else {
            facts.oddity(.streamTooMany)
            return
        }
        streams.buffers[index].bytes.add(bytes)
        streams.buffers[index].flow = Int32(at)
        streams.buffers[index].isA = fromA
        streams.buffers[index].touched = packet.time
        stream.buffer = Int32(index)
    }

    /// A buffer nobody uses; when all are in use, the one that waited longest, if it waited long enough.
    private mutating func freeBuffer() -> Int? {
        takeBackOrphans()
        if let index = streams.free.popLast() { return Int(index) }
        if streams.buffers.count < streams.limits.streams {
            streams.buffers.append(StreamBuffers.Buffer())
            return streams.buffers.count - 1
        }
        var oldest = 0
        for index in streams.buffers.indices where streams.buffers[index].touched < streams.buffers[oldest].touched {
            oldest = index
        }
        let age = packet.time.nanoseconds.subtractingReportingOverflow(streams.buffers[oldest].touched.nanoseconds)
        guard !age.overflow, abs(age.partialValue / 1_000_000_000) > streams.limits.ageSeconds else { return nil }
        let flow = Int(streams.buffers[oldest].flow)
        if streams.buffers[oldest].isA {
            flows.flows[flow].streamA.buffer = -1
            flows.flows[flow].streamA.isFinished = true
        } else {
            flows.flows[flow].streamB.buffer = -1
            flows.flows[flow].streamB.isFinished = true
        }
        streams.buffers[oldest].bytes.removeAll(keepingCapacity: true)
        return oldest
    }

    private mutating func takeBackOrphans() {
        for index in flows.orphanedBuffers { free(index) }
        flows.orphanedBuffers.removeAll(keepingCapacity: true)
    }

    private mutating func free(_ index: Int32) {
        streams.buffers[Int(index)].bytes.removeAll(keepingCapacity: true)
        streams.buffers[Int(index)].flow = -1
        streams.free.append(index)
    }

    private mutating func release(_ stream: inout StreamState) {
        guard stream.buffer >= 0 else { return }
        free(stream.buffer)
        stream.buffer = -1
    }

    /// Keeps a segment that came too early; false when it must not wait.
    private mutating func hold(
        _ bytes: Span<UInt8>, _ sequence: UInt32, _ at: Int, _ fromA: Bool, _ stream: StreamState
    ) -> Bool {
        let distance = Int(sequence &- stream.sequence)
        guard flows.flows[at].application != .opaque, distance <= streams.limits.bytesPerStream,
            Int(stream.held) < streams.limits.heldPerStream
        else { return false }
        if streams.held.count >= streams.limits.heldSegments {
            // The oldest waits no longer; its flow finds the gap by itself.
            let gone = streams.held.removeFirst()
            if gone.flow == Int32(at), gone.isA == fromA { return false }
            decreaseHeld(gone)
        }
        streams.held.append(
            .init(flow: Int32(at), isA: fromA, sequence: sequence, time: packet.time, bytes: array(bytes)))
        return true
    }

    private mutating func decreaseHeld(_ gone: StreamBuffers.Held) {
        let flow = Int(gone.flow)
        if gone.isA {
            if flows.flows[flow].streamA.held > 0 { flows.flows[flow].streamA.held -= 1 }
        } else if flows.flows[flow].streamB.held > 0 {
            flows.flows[flow].streamB.held -= 1
        }
    }

    /// Reads the waiting segments that have become next.
    private mutating func drainHeld(_ at: Int, _ fromA: Bool, into facts: inout Facts) {
        for _ in 0..<streams.limits.heldPerStream {
            var stream = fromA ? flows.flows[at].streamA : flows.flows[at].streamB
            guard stream.held > 0 else { return }
            guard
                let place = streams.held.firstIndex(where: { segment in
                    segment.flow == Int32(at) && segment.isA == fromA
                        && Int32(bitPattern: segment.sequence &- stream.sequence) <= Int32(clamping: stream.skip)
                })
            else { return }
            let segment = streams.held.remove(at: place)
            stream.held -= 1
            let ahead = Int(Int32(bitPattern: segment.sequence &- stream.sequence))
            if ahead > 0 {
                stream.skip -= ahead
                stream.sequence = segment.sequence
            }
            let known = max(-ahead, 0)
            if known < segment.bytes.count, !stream.isFinished {
                take(segment.bytes.span.from(known), &stream, at, fromA, into: &facts)
            }
            store(stream, at, fromA)
        }
    }

    /// Goes on at the earliest waiting segment, leaving the gap behind.
    private mutating func resume(_ at: Int, _ fromA: Bool, into facts: inout Facts) {
        var stream = fromA ? flows.flows[at].streamA : flows.flows[at].streamB
        var earliest: Int?
        for index in streams.held.indices
        where streams.held[index].flow == Int32(at) && streams.held[index].isA == fromA {
            if let known = earliest,
                Int32(bitPattern: streams.held[index].sequence &- streams.held[known].sequence) >= 0
            {
                continue
            }
            earliest = index
        }
        if let earliest {
            stream.sequence = streams.held[earliest].sequence
        } else {
            stream.held = 0
        }
        store(stream, at, fromA)
        drainHeld(at, fromA, into: &facts)
    }

    /// What a flow that goes still had waiting.
    mutating func forget(flow at: Int) {
        takeBackOrphans()
        if streams.held.contains(where: { $0.flow == Int32(at) }) {
            streams.held.removeAll { $0.flow == Int32(at) }
        }
    }
}
