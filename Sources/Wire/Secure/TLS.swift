//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// TLS: ClientHello and certificates.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Transport Layer Security handshakes (RFC 5246, 8446) in a stream.
///
/// Reads until encryption begins. A handshake message may lie in several records, and one record may hold several
/// messages, so the octets of the messages are followed across the record headers.
public enum TLS {
    /// Longest hello or certificate that is read; what the stream layer collects, less room for record headers.
    static let maximumMessage = 30_000
    /// Records over which one message may be spread: a hello in records of one octet each is an evasion, not a client.
    private static let maximumRecords = 512

    private enum ContentType {
        static let changeCipherSpec: UInt8 = 20
        static let alert: UInt8 = 21
        static let handshake: UInt8 = 22
        static let applicationData: UInt8 = 23
        static let heartbeat: UInt8 = 24
    }

    enum HandshakeType {
        static let clientHello: UInt8 = 1
        static let serverHello: UInt8 = 2
        static let certificate: UInt8 = 11
        /// HelloRequest to Finished, and those that are numbered beyond (IANA, TLS HandshakeType).
        static func isKnown(_ type: UInt8) -> Bool {
            switch type {
            case 0...6, 8, 11...16, 20...25, 67: true
            default: false
            }
        }
    }

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        if bytes[0] & 0x80 != 0 { return isOldHello(bytes) }
        guard bytes[0] == ContentType.handshake, (bytes.at(1) ?? 3) == 3, (bytes.at(2) ?? 0) <= 4 else { return false }
        guard let length = bytes.uint16(at: 3) else { return true }
        guard length > 0, length <= maximumRecord else { return false }
        guard let type = bytes.at(5) else { return true }
        guard HandshakeType.isKnown(type), (bytes.at(6) ?? 0) == 0 else { return false }
        guard type == HandshakeType.clientHello || type == HandshakeType.serverHello, length > 5 else { return true }
        // The message's own version: 3.x, or a draft of 1.3.
        guard let major = bytes.at(9) else { return true }
        return major == 3 || (major == 0x7F && type == HandshakeType.serverHello)
    }

    /// RFC 5246, section 6.2.3: 2^14 and what encryption may add.
    private static let maximumRecord: UInt16 = 16_384 + 2_048

    /// What is kept between calls, packed into a `StreamMemory`.
    private struct State {
        /// Octets of the current handshake record not yet taken.
        var record: Int
        /// Octets of the current message not yet taken.
        var message: Int
        /// Whether this direction said ClientHello.
        var isClient: Bool

        init(_ memory: StreamMemory) {
            record = Int(memory & 0xFFFF)
            message = Int(memory >> 16 & 0xFFFF_FFFF)
            isClient = memory >> 48 & 1 != 0
        }
        var memory: StreamMemory { UInt64(record) | UInt64(message) << 16 | (isClient ? 1 << 48 : 0) }
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        var state = State(memory)
        if side == .client { state.isClient = true }
        var at = 0
        while at < bytes.count {
            if state.record == 0 {
                if at == 0, let length = oldHelloLength(bytes) { return .took(length) }
                guard let length = bytes.uint16(at: at + 3) else { return pause(at, 5, state, &memory) }
                guard bytes[at + 1] == 3, length <= maximumRecord else { return .notMine }
                switch bytes[at] {
                case ContentType.handshake:
                    at += 5
                    state.record = Int(length)
                case ContentType.alert, ContentType.heartbeat: at += 5 + Int(length)
                case ContentType.changeCipherSpec, ContentType.applicationData: return .finished
                default: return .notMine
                }
            } else if state.message > 0 {
                let step = min(state.message, state.record)
                at += step
                state.message -= step
                state.record -= step
            } else {
                switch readMessage(bytes, at, &state, into: &facts) {
                case .goOn: break
                case .wait(let end): return pause(at, end - at, state, &memory)
                case .end(let progress): return progress
                }
            }
        }
        memory = state.memory
        return .took(at)
    }

    /// Reports a ClientHello that lies whole in these octets, records and all: as EAP carries it (RFC 5216, section 3).
    static func readHello(_ bytes: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        guard bytes.at(0) == ContentType.handshake, bytes.at(5) == HandshakeType.clientHello,
            recognises(bytes, packet)
        else { return }
        var memory: StreamMemory = 0
        _ = read(bytes, .client, &memory, packet, into: &facts)
    }

    /// Takes what is done with; when that is nothing, asks for more.
    private static func pause(
        _ at: Int, _ needed: Int, _ state: State, _ memory: inout StreamMemory
    ) -> StreamProgress {
        guard at > 0 else { return .more(needed) }
        memory = state.memory
        return .took(at)
    }

    private enum Step {
        case goOn
        /// Needs the octets up to this position.
        case wait(Int)
        case end(StreamProgress)
    }

    /// Reads one handshake message that begins at `at`, inside a record, and leaves its length in `state`.
    private static func readMessage(
        _ bytes: Span<UInt8>, _ at: Int, _ state: inout State, into facts: inout Facts
    ) -> Step {
        switch reach(bytes, at, state.record, 4) {
        case .missing(let end): return .wait(end)
        case .broken: return .end(.notMine)
        case .here, .scattered: break
        }
        let header = collect(bytes, at, state.record, 4)
        guard header.count == 4, HandshakeType.isKnown(header[0]) else { return .end(.notMine) }
        let type = header[0]
        let length = Int(header[1]) << 16 | Int(header[2]) << 8 | Int(header[3])
        var wanted = 0
        switch type {
        case HandshakeType.clientHello, HandshakeType.serverHello: wanted = length
        case HandshakeType.certificate where length >= 6:
            // Of the list only the first, which is the bearer's own: list length (3), its length (3), itself.
            switch reach(bytes, at, state.record, 10) {
            case .missing(let end): return .wait(end)
            case .broken: return .end(.notMine)
            case .here, .scattered: break
            }
            let lengths = collect(bytes, at, state.record, 10)
            guard lengths.count == 10 else { break }
            wanted = min(length, 6 + Int(lengths[7]) << 16 + Int(lengths[8]) << 8 + Int(lengths[9]))
        default: break
        }
        if wanted > maximumMessage {
            facts.oddity(.tlsTooLong)
            wanted = 0
        }
        if type == HandshakeType.clientHello { state.isClient = true }
        if type == HandshakeType.serverHello { state.isClient = false }
        let side: StreamSide = state.isClient ? .client : .server
        var version: UInt16?
        if wanted > 0 {
            switch reach(bytes, at, state.record, 4 + wanted) {
            case .missing(let end): return .wait(end)
            case .broken: return .end(.notMine)
            case .here: version = report(type, bytes.extracting(at + 4..<at + 4 + wanted), side, into: &facts)
            case .scattered:
                let copy = collect(bytes, at, state.record, 4 + wanted)
                version = report(type, copy.span.from(4), side, into: &facts)
            }
        }
        // All that follows a ServerHello of TLS 1.3 is encrypted.
        if let version, type == HandshakeType.serverHello, version >= 0x0304 { return .end(.finished) }
        state.message = 4 + length
        return .goOn
    }

    /// Reports one message's body; returns the version that a ServerHello chose.
    private static func report(
        _ type: UInt8, _ body: Span<UInt8>, _ side: StreamSide, into facts: inout Facts
    ) -> UInt16? {
        switch type {
        case HandshakeType.clientHello: ClientHello.report(body, .tcp, into: &facts)
        case HandshakeType.serverHello: return ServerHello.report(body, into: &facts)
        case HandshakeType.certificate: Certificate.read(body.from(6), from: side, into: &facts)
        default: break
        }
        return nil
    }

    // MARK: Across records

    private enum Reach {
        /// All of it lies in the current record, and is here.
        case here
        /// All of it is here, with record headers in between.
        case scattered
        /// The octets up to this position are needed, at the least.
        case missing(Int)
        /// Something else than a handshake record comes in between.
        case broken
    }

    /// Whether `wanted` handshake octets from `at` on are here, when `record` octets are left in the current record.
    private static func reach(_ bytes: Span<UInt8>, _ at: Int, _ record: Int, _ wanted: Int) -> Reach {
        if wanted <= record { return at + wanted <= bytes.count ? .here : .missing(at + wanted) }
        var left = wanted - record
        var next = at + record
        var records = 0
        while true {
            guard let length = bytes.uint16(at: next + 3) else { return .missing(next + 5) }
            guard bytes[next] == ContentType.handshake, bytes[next + 1] == 3, length <= maximumRecord,
                records < maximumRecords
            else { return .broken }
            records += 1
            next += 5
            if left <= Int(length) { return next + left <= bytes.count ? .scattered : .missing(next + left) }
            left -= Int(length)
            next += Int(length)
        }
    }

    /// Copies `wanted` handshake octets, without the record headers in between. Call after `reach`.
    private static func collect(_ bytes: Span<UInt8>, _ at: Int, _ record: Int, _ wanted: Int) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(wanted)
        var next = at
        var left = record
        while copy.count < wanted {
            if left == 0 {
                guard let length = bytes.uint16(at: next + 3) else { break }
                left = Int(length)
                next += 5
                continue
            }
            guard let octet = bytes.at(next) else { break }
            copy.append(octet)
            next += 1
            left -= 1
        }
        return copy
    }

    // MARK: SSL 2.0's form

    /// Whether these octets are a ClientHello in the form of SSL 2.0, which old clients sent first (RFC 5246,
    /// appendix E.2): two octets length with the high bit set, type 1, version, lengths of three parts that add up.
    private static func isOldHello(_ bytes: Span<UInt8>) -> Bool {
        guard let length = bytes.uint16(at: 0), bytes.at(2) == 1, let version = bytes.uint16(at: 3),
            version == 2 || (version >= 0x0300 && version <= 0x0303), let ciphers = bytes.uint16(at: 5),
            let session = bytes.uint16(at: 7), let challenge = bytes.uint16(at: 9)
        else { return false }
        return length >= 0x8000 && ciphers > 0 && ciphers % 3 == 0 && session <= 32 && challenge >= 16
            && challenge <= 32 && Int(length & 0x7FFF) == 9 + Int(ciphers) + Int(session) + Int(challenge)
    }

    /// Octets of such a hello with its header. It has no extensions, and JA4 does not cover it: it is stepped over.
    private static func oldHelloLength(_ bytes: Span<UInt8>) -> Int? {
        guard isOldHello(bytes), let length = bytes.uint16(at: 0) else { return nil }
        return 2 + Int(length & 0x7FFF)
    }
}
