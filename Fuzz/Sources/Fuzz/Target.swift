//===----------------------------------------------------------------------===//
// Wardlight · Fuzz
//
// Targets: how each kind of parser is fed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// One entry point of `Wire`, and how octets get into it.
struct Target: Sendable {
    typealias Recognise = @Sendable (Span<UInt8>, Packet) -> Bool
    typealias ReadStream =
        @Sendable (Span<UInt8>, StreamSide, inout StreamMemory, Packet, inout Facts) -> StreamProgress

    enum Kind: Sendable {
        /// A UDP payload, to and from this port.
        case datagram(port: UInt16, @Sendable (Span<UInt8>, Packet, inout Facts) -> Bool)
        /// What stands behind an EtherType, or behind an LLC header.
        case frame(@Sendable (Span<UInt8>, Packet, inout Facts) -> Void)
        /// One direction of a stream.
        case stream(port: UInt16, Recognise, ReadStream)
        /// Several packets, each behind its length.
        case packets(@Sendable () -> (Span<UInt8>, inout Facts) -> Void)
        case bytes(@Sendable (Span<UInt8>) -> Void)
    }

    let name: String
    let kind: Kind

    init(name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// Parsers are reentrant; one sink serves all inputs, as in the sensor.
    nonisolated(unsafe) private static var facts = Facts()

    func feed(_ input: Span<UInt8>) {
        Self.facts.clear()
        switch kind {
        case .datagram(let port, let read):
            _ = read(input, Self.packet(port: port, toServer: input.count & 1 == 0, transport: 17), &Self.facts)
        case .frame(let read): read(input, Self.packet(port: 0, toServer: true, transport: 0), &Self.facts)
        case .stream(let port, let recognise, let read): Self.stream(input, port, recognise, read)
        case .packets(let begin):
            let read = begin()
            var reader = ByteReader(input)
            while let length = try? reader.uint16() {
                read(reader.takeUpTo(Int(length)), &Self.facts)
                Self.look()
            }
        case .bytes(let read): read(input)
        }
        Self.look()
    }

    /// Everything in the sink must be there to be read.
    private static func look() {
        for entry in facts.entries { precondition(facts.value(of: entry).count > 0, "an empty fact") }
    }

    static func packet(port: UInt16, toServer: Bool, transport: UInt8) -> Packet {
        var packet = Packet()
        packet.source = HardwareAddress(bits: 0x0200_0000_0001)
        packet.destination = HardwareAddress(bits: 0x0200_0000_0002)
        packet.hasNetwork = true
        packet.sourceNetwork = IPAddress(v4: 0x0A00_0001)
        packet.destinationNetwork = IPAddress(v4: 0x0A00_0002)
        packet.transport = transport
        packet.sourcePort = toServer ? 50_000 : port
        packet.destinationPort = toServer ? port : 50_000
        return packet
    }

    /// Feeds a stream as the walk does, and holds the parser to its part of the contract.
    private static func stream(_ input: Span<UInt8>, _ port: UInt16, _ recognise: Recognise, _ read: ReadStream) {
        guard let choice = input.at(0) else { return }
        let side: StreamSide = choice & 1 == 0 ? .client : .server
        let size = [Int.max, 1, 7, 100, 536, 1_460, 3, 17][Int(choice >> 1 & 7)]
        let packet = Self.packet(port: port, toServer: side == .client, transport: 6)
        var memory: StreamMemory = 0
        var at = 1
        var start = 1
        if input.count > 1 { _ = recognise(input.from(1), packet) }
        while at < input.count {
            let end = at + min(size, input.count - at)
            at = end
            var isWaiting = false
            while start < end, !isWaiting {
                let shown = input.extracting(start..<end)
                switch read(shown, side, &memory, packet, &facts) {
                case .more(let length):
                    precondition(length > 0)
                    isWaiting = true
                case .took(let count):
                    precondition(count > 0, "took nothing")
                    start += min(count, input.count - start)
                    at = max(at, start)
                case .handOver(let count):
                    precondition(count >= 0)
                    return
                case .finished, .notMine: return
                }
            }
            // The walk gives up a stream that wants more than it may collect.
            if end - start > 32_768 { return }
            if facts.entries.count > 128 { facts.clear() }
        }
    }
}
