//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// How a TCP stack greets: options, window and quirks of its SYN.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A TCP stack's signature, written as p0f 3 writes it (lcamtuf.coredump.cx/p0f3/README, section 5):
/// `version:ttl:options:mss:window,scale:layout:quirks:payload`.
public enum TCPSignature {
    /// Reads the header of a SYN or SYN+ACK.
    static func read(_ header: Span<UInt8>, _ packet: Packet, payloadLength: Int, into facts: inout Facts) {
        let isAnswer = packet.tcpFlags & 16 != 0
        let options = Options(header)
        facts.open(isAnswer ? .tcpSynAck : .tcpSyn)
        facts.put(packet.sourceNetwork.isV4 ? "4:" : "6:")
        facts.put(decimal: initialTimeToLive(packet.timeToLive))
        facts.put(":0:")
        if let size = options.maximumSegment { facts.put(decimal: UInt64(size)) } else { facts.put("*") }
        facts.put(":")
        facts.put(decimal: UInt64(header.uint16(at: 14) ?? 0))
        facts.put(",")
        facts.put(decimal: UInt64(options.scale ?? 0))
        facts.put(":")
        layout(header, into: &facts)
        facts.put(":")
        quirks(header, packet, options, isAnswer: isAnswer, into: &facts)
        facts.put(payloadLength == 0 ? ":0" : ":+")
        facts.close()
    }

    /// Stacks start at 32, 64, 128 or 255; routers on the way take one each.
    private static func initialTimeToLive(_ seen: UInt8) -> UInt64 {
        seen <= 32 ? 32 : seen <= 64 ? 64 : seen <= 128 ? 128 : 255
    }

    private struct Options {
        var maximumSegment: UInt16?
        var scale: UInt8?
        var ownTimestamp: UInt32?
        var peerTimestamp: UInt32?

        init(_ header: Span<UInt8>) {
            TCPSignature.eachOption(header) { kind, at in
                switch kind {
                case 2: maximumSegment = header.uint16(at: at + 2)
                case 3: scale = header.at(at + 2)
                case 8:
                    ownTimestamp = header.uint32(at: at + 2)
                    peerTimestamp = header.uint32(at: at + 6)
                default: break
                }
            }
        }
    }

    /// At most 40 octets of options; a length below two would never end.
    private static func eachOption(_ header: Span<UInt8>, _ body: (UInt8, Int) -> Void) {
        var at = 20
        for _ in 0..<40 {
            guard let kind = header.at(at) else { return }
            if kind == 0 {
                body(0, at)
                return
            }
            body(kind, at)
            if kind == 1 {
                at += 1
                continue
            }
            guard let length = header.at(at + 1), length >= 2 else { return }
            at += Int(length)
        }
    }

    private static func layout(_ header: Span<UInt8>, into facts: inout Facts) {
        var isFirst = true
        var sink = Names()
        eachOption(header) { kind, at in sink.add(kind, padding: header.count - at - 1) }
        for index in 0..<sink.count {
            if !isFirst { facts.put(",") }
            isFirst = false
            let (kind, padding) = sink.at(index)
            switch kind {
            case 0:
                facts.put("eol+")
                facts.put(decimal: UInt64(padding))
            case 1: facts.put("nop")
            case 2: facts.put("mss")
            case 3: facts.put("ws")
            case 4: facts.put("sok")
            case 5: facts.put("sack")
            case 8: facts.put("ts")
            default:
                facts.put("?")
                facts.put(decimal: UInt64(kind))
            }
        }
    }

    /// The kinds in order, without allocating.
    private struct Names {
        private var kinds: InlineArray<40, UInt8> = .init(repeating: 0)
        private(set) var count = 0
        private var lastPadding = 0

        mutating func add(_ kind: UInt8, padding: Int) {
            guard count < 40 else { return }
            kinds[count] = kind
            lastPadding = max(padding, 0)
            count += 1
        }
        func at(_ index: Int) -> (UInt8, Int) { (kinds[index], lastPadding) }
    }

    private static func quirks(
        _ header: Span<UInt8>, _ packet: Packet, _ options: Options, isAnswer: Bool, into facts: inout Facts
    ) {
        var isFirst = true
        func add(_ name: String, _ facts: inout Facts) {
            if !isFirst { facts.put(",") }
            isFirst = false
            facts.put(name)
        }
        if packet.sourceNetwork.isV4 {
            if packet.dontFragment {
                add("df", &facts)
                if packet.identification != 0 { add("id+", &facts) }
            } else if packet.identification == 0 {
                add("id-", &facts)
            }
        }
        if packet.tcpFlags & 0xC0 != 0 { add("ecn", &facts) }
        if packet.tcpSequence == 0 { add("seq-", &facts) }
        if !isAnswer, header.uint32(at: 8) ?? 0 != 0 { add("ack+", &facts) }
        if options.ownTimestamp == 0 { add("ts1-", &facts) }
        if !isAnswer, options.peerTimestamp ?? 0 != 0 { add("ts2+", &facts) }
        if options.scale ?? 0 > 14 { add("exws", &facts) }
    }
}
