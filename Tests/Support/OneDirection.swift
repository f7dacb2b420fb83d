//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// One direction: a stream parser fed piece by piece, as the walk would feed it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// What a stream parser made of one direction of a stream that came in pieces.
public struct OneDirection {
    public typealias Parser = (Span<UInt8>, inout StreamMemory, inout Facts) -> StreamProgress

    /// `http.server=nginx`, in the order they were read.
    public var facts: [String] = []
    public var oddities: [Oddity] = []
    /// The last answer.
    public var last = StreamProgress.took(0)
    /// What was handed over, with the octets that came after it.
    public var handedOver: [UInt8]?

    /// Feeds `bytes` in pieces of `size` octets until the parser has had enough.
    public init(_ bytes: [UInt8], pieces size: Int = .max, _ parser: Parser) {
        var sink = Facts()
        var memory: StreamMemory = 0
        var waiting: [UInt8] = []
        var skip = 0
        var at = 0
        while at < bytes.count {
            let end = at + min(size, bytes.count - at)
            let skipped = min(skip, end - at)
            skip -= skipped
            waiting += bytes[(at + skipped)..<end]
            at = end
            loop: while !waiting.isEmpty {
                last = parser(waiting.span, &memory, &sink)
                switch last {
                case .more: break loop
                case .took(let count):
                    skip = max(count - waiting.count, 0)
                    waiting.removeFirst(min(count, waiting.count))
                    if count < 1 { break loop }
                case .handOver(let count):
                    handedOver = Array((waiting + bytes[at...]).dropFirst(count))
                    at = bytes.count
                    break loop
                case .finished, .notMine:
                    at = bytes.count
                    break loop
                }
            }
            note(&sink)
        }
    }

    private mutating func note(_ sink: inout Facts) {
        for entry in sink.entries {
            facts.append("\(entry.field.path)=" + String(decoding: array(sink.value(of: entry)), as: UTF8.self))
        }
        oddities += sink.oddities
        sink.clear()
    }
}
