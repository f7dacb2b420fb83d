//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Parsing: one parser on octets made by hand, its facts as plain text.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// Runs a single parser, without the walk around it.
public struct Parsing: Sendable {
    /// `lldp.systemName=ward-3`, in order; behind `station aa:bb:cc:dd:ee:ff ` when it is another's.
    public private(set) var facts: [String] = []
    public private(set) var oddities: [Oddity] = []
    /// What the last direction read answered last.
    public private(set) var progress: StreamProgress?

    /// One frame or datagram.
    public init(_ bytes: [UInt8], _ read: (Span<UInt8>, inout Facts) -> Void) {
        var sink = Facts()
        read(bytes.span, &sink)
        note(sink)
    }

    /// Pieces of a conversation in the order in which they came, collected as the walk collects them.
    ///
    /// - Parameter apart: milliseconds between two pieces.
    public init(
        pieces: [(side: StreamSide, bytes: [UInt8])], port: UInt16, apart: Int64 = 0,
        _ read: (Span<UInt8>, StreamSide, inout StreamMemory, Packet, inout Facts) -> StreamProgress
    ) {
        var waiting: [StreamSide: [UInt8]] = [:]
        var memory: [StreamSide: StreamMemory] = [:]
        var isOver: Set<StreamSide> = []
        var time: Int64 = 0
        for (side, bytes) in pieces where !isOver.contains(side) {
            time += apart
            waiting[side, default: []] += bytes
            var packet = Packet()
            packet.time = Timestamp(nanoseconds: time * 1_000_000)
            packet.sourcePort = side == .server ? port : 50_000
            packet.destinationPort = side == .server ? 50_000 : port
            turns: while let next = waiting[side], !next.isEmpty {
                var sink = Facts()
                let answer = read(next.span, side, &memory[side, default: 0], packet, &sink)
                note(sink)
                progress = answer
                switch answer {
                case .more: break turns
                case .took(let length): waiting[side] = Array(next.dropFirst(max(length, 1)))
                case .handOver, .finished, .notMine:
                    isOver.insert(side)
                    break turns
                }
            }
        }
    }

    private mutating func note(_ sink: Facts) {
        oddities += sink.oddities
        for entry in sink.entries {
            let value = String(decoding: array(sink.value(of: entry)), as: UTF8.self)
            let whose = if case .station(let address) = entry.about { "station \(address) " } else { "" }
            facts.append("\(whose)\(entry.field.path)=\(value)")
        }
    }
}
