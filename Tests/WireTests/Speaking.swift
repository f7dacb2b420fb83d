//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Speaking: what a format's parser says of octets that were written for the purpose.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

@testable import Wire

/// Facts of hand-made messages, as `field=value`, with the child in front when the fact is about one.
enum Speaking {
    static func lines(_ facts: Facts) -> [String] {
        facts.entries.map { entry in
            let value = String(decoding: array(facts.value(of: entry)), as: UTF8.self)
            let line = "\(entry.field.path)=\(value)"
            if case .child(let index) = entry.about { return "[\(facts.children[index])] " + line }
            return line
        }
    }

    /// One datagram. Nil when the parser did not take it for its own.
    static func datagram(
        _ bytes: [UInt8], _ packet: Packet = Packet(), _ read: (Span<UInt8>, Packet, inout Facts) -> Bool
    ) -> [String]? {
        var facts = Facts()
        guard read(bytes.span, packet, &facts) else { return nil }
        return lines(facts)
    }

    typealias StreamParser = (Span<UInt8>, StreamSide, inout StreamMemory, Packet, inout Facts) -> StreamProgress

    /// One direction of a stream, shown in pieces as they would arrive; obeys the parser like the walk does.
    static func stream(
        _ pieces: [[UInt8]], _ side: StreamSide = .client, _ packet: Packet = Packet(), _ read: StreamParser
    ) -> [String] {
        var found: [String] = []
        var memory: StreamMemory = 0
        var waiting: [UInt8] = []
        var skip = 0
        for piece in pieces {
            let size = min(skip, piece.count)
            skip -= size
            waiting += piece.dropFirst(size)
            var facts = Facts()
            loop: while !waiting.isEmpty {
                switch read(waiting.span, side, &memory, packet, &facts) {
                case .more: break loop
                case .took(let count), .handOver(let count):
                    guard count > 0 else { return found + ["took nothing"] }
                    skip = max(count - waiting.count, 0)
                    waiting.removeFirst(min(count, waiting.count))
                case .finished: return found + lines(facts)
                case .notMine: return found + lines(facts) + ["notMine"]
                }
            }
            found += lines(facts)
        }
        return found
    }

    /// Pieces of at most `size` octets.
    static func cut(_ bytes: [UInt8], every size: Int) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    }

    static func recognises(
        _ bytes: [UInt8], port: UInt16 = 0, _ judge: (Span<UInt8>, Packet) -> Bool
    ) -> Bool {
        var packet = Packet()
        packet.destinationPort = port
        return judge(bytes.span, packet)
    }
}
