//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// QUIC Initials and DTLS handshakes: a ClientHello that comes in several datagrams.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Puts handshakes together that come in datagrams. Bounded: few at a time, few octets each, oldest given up.
public struct DatagramHandshakes: Sendable {
    /// Directions of conversations that are remembered: with the 16 KiB of each, at most 16 MiB.
    public static let maximumConversations = 1_024

    /// One direction of a conversation.
    private struct Key: Hashable {
        let source: IPAddress
        let destination: IPAddress
        let ports: UInt32

        init(_ packet: Packet) {
            source = packet.sourceNetwork
            destination = packet.destinationNetwork
            ports = UInt32(packet.sourcePort) << 16 | UInt32(packet.destinationPort)
        }

        /// The other direction's.
        init(answering packet: Packet) {
            source = packet.destinationNetwork
            destination = packet.sourceNetwork
            ports = UInt32(packet.destinationPort) << 16 | UInt32(packet.sourcePort)
        }
    }

    private struct Conversation {
        var key: Key
        /// QUIC: what the keys follow from, and the keys.
        var version: QUICKeys.Version?
        var connection: [UInt8] = []
        var keys: QUICKeys?
        /// DTLS: number of the message that is being put together.
        var sequence: UInt16 = 0
        var assembly = HandshakeAssembly()
        var isDone = false
        /// QUIC: whether the server's hello was read as well.
        var isAnswered = false
    }

    private var conversations: [Conversation] = []
    private var places: [Key: Int] = [:]
    /// The place that is given up next.
    private var oldest = 0

    public init() {}

    private mutating func add(_ conversation: Conversation) -> Int {
        if conversations.count < Self.maximumConversations {
            places[conversation.key] = conversations.count
            conversations.append(conversation)
            return conversations.count - 1
        }
        let place = oldest
        oldest = (oldest + 1) % Self.maximumConversations
        places[conversations[place].key] = nil
        places[conversation.key] = place
        conversations[place] = conversation
        return place
    }

    // MARK: QUIC

    /// Reads one QUIC datagram (RFC 9000, 9001, 9369) and says whether it is one.
    public mutating func readQUIC(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        var start = 0
        var isQUIC = false
        for _ in 0..<QUIC.maximumPackets {
            switch QUIC.header(payload, at: start) {
            case .none: return isQUIC
            case .other(let end):
                isQUIC = true
                start = end
            case .initial(let initial):
                isQUIC = true
                start = initial.end
                readInitial(payload, initial, packet, into: &facts)
            }
        }
        return isQUIC
    }

    private mutating func readInitial(
        _ datagram: Span<UInt8>, _ initial: QUIC.Initial, _ packet: Packet, into facts: inout Facts
    ) {
        let key = Key(packet)
        // The client's first identifier makes the keys, also after it took over the server's choice.
        if let place = places[key], let keys = conversations[place].keys,
            conversations[place].version == initial.version
        {
            let isSame = equal(conversations[place].connection, datagram, initial.connection)
            if conversations[place].isDone, isSame { return }
            if let frames = QUIC.open(datagram, initial, keys) {
                if !conversations[place].isDone { take(frames, at: place, into: &facts) }
                return
            }
            if isSame { return }
        }
        if let place = places[Key(answering: packet)], conversations[place].version == initial.version {
            return readAnswer(datagram, initial, place, into: &facts)
        }
        // A client chooses at least eight octets (RFC 9000, section 7.2); a server answers to fewer.
        guard initial.connection.count >= 8 else { return }
        let connection = array(datagram.extracting(initial.connection))
        let keys = QUICKeys(initial.version, connection: connection)
        guard let frames = QUIC.open(datagram, initial, keys) else { return }
        var conversation = Conversation(key: key)
        conversation.version = initial.version
        conversation.connection = connection
        conversation.keys = keys
        if let place = places[key] {
            conversations[place] = conversation
            take(frames, at: place, into: &facts)
        } else {
            take(frames, at: add(conversation), into: &facts)
        }
    }

    /// Opens a server's Initial, whose keys follow from the client's first identifier as well. Its hello is short and
    /// comes in one piece; the certificates after it are out of reach.
    private mutating func readAnswer(
        _ datagram: Span<UInt8>, _ initial: QUIC.Initial, _ place: Int, into facts: inout Facts
    ) {
        guard !conversations[place].isAnswered else { return }
        let keys = QUICKeys(initial.version, connection: conversations[place].connection, .server)
        guard let frames = QUIC.open(datagram, initial, keys) else { return }
        var assembly = HandshakeAssembly()
        _ = QUIC.collect(frames.span, into: &assembly)
        guard assembly.complete >= 4, assembly.bytes[0] == TLS.HandshakeType.serverHello else { return }
        let length = Int(assembly.bytes[1]) << 16 | Int(assembly.bytes[2]) << 8 | Int(assembly.bytes[3])
        guard assembly.complete >= 4 + length else { return }
        conversations[place].isAnswered = true
        _ = ServerHello.report(assembly.bytes.span.extracting(4..<4 + length), into: &facts)
    }

    private func equal(_ known: [UInt8], _ datagram: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard known.count == range.count else { return false }
        for index in known.indices where known[index] != datagram[range.lowerBound + index] { return false }
        return true
    }

    /// Adds the frames of an opened Initial, and reports the hello once it is whole.
    private mutating func take(_ frames: [UInt8], at place: Int, into facts: inout Facts) {
        if !QUIC.collect(frames.span, into: &conversations[place].assembly) { facts.oddity(.quicTooLong) }
        let complete = conversations[place].assembly.complete
        guard complete >= 4 else { return }
        let bytes = conversations[place].assembly.bytes
        guard bytes[0] == TLS.HandshakeType.clientHello else {
            finish(place)
            return
        }
        let length = Int(bytes[1]) << 16 | Int(bytes[2]) << 8 | Int(bytes[3])
        guard complete >= 4 + length else { return }
        ClientHello.report(bytes.span.extracting(4..<4 + length), .quic, into: &facts)
        if let version = conversations[place].version {
            facts.open(.quicVersion)
            version.put(into: &facts)
            facts.close()
        }
        finish(place)
    }

    private mutating func finish(_ place: Int) {
        conversations[place].isDone = true
        conversations[place].assembly.clear()
    }

    // MARK: DTLS

    /// Reads one DTLS datagram (RFC 6347, 9147) and says whether it is one.
    public mutating func readDTLS(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        var start = 0
        for part in 0..<DTLS.maximumParts {
            guard let record = DTLS.record(payload, at: start) else { return part > 0 }
            start = record.contents.upperBound
            // Beyond epoch 0 all is encrypted.
            guard record.type == 22, record.epoch == 0 else { continue }
            var at = record.contents.lowerBound
            for piece in 0..<DTLS.maximumParts where at < record.contents.upperBound {
                guard let fragment = DTLS.fragment(payload, at: at, end: record.contents.upperBound) else {
                    if part == 0, piece == 0 { return false }
                    break
                }
                at = fragment.contents.upperBound
                take(fragment, payload.extracting(fragment.contents), packet, into: &facts)
            }
        }
        return true
    }

    /// Reports a message that is whole, and collects one that is not.
    private mutating func take(
        _ fragment: DTLS.Fragment, _ piece: Span<UInt8>, _ packet: Packet, into facts: inout Facts
    ) {
        switch fragment.type {
        case TLS.HandshakeType.clientHello, TLS.HandshakeType.serverHello, TLS.HandshakeType.certificate: break
        default: return
        }
        if fragment.isWhole { return report(fragment.type, piece, into: &facts) }
        let key = Key(packet)
        let place = places[key] ?? add(Conversation(key: key))
        if conversations[place].keys != nil || conversations[place].sequence != fragment.sequence {
            conversations[place] = Conversation(key: key)
            conversations[place].sequence = fragment.sequence
        }
        guard !conversations[place].isDone else { return }
        guard conversations[place].assembly.insert(piece, at: fragment.offset) else {
            facts.oddity(.tlsTooLong)
            return
        }
        guard conversations[place].assembly.complete >= fragment.length else { return }
        let bytes = conversations[place].assembly.bytes
        finish(place)
        report(fragment.type, bytes.span.upTo(fragment.length), into: &facts)
    }

    private func report(_ type: UInt8, _ body: Span<UInt8>, into facts: inout Facts) {
        switch type {
        case TLS.HandshakeType.clientHello: ClientHello.report(body, .datagrams, into: &facts)
        case TLS.HandshakeType.serverHello: _ = ServerHello.report(body, into: &facts)
        default: Certificate.read(body.from(6), from: .server, into: &facts)
        }
    }
}
