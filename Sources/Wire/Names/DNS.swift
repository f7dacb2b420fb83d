//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DNS, mDNS and LLMNR: what does it ask for, what does it offer?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Domain Name System messages (RFC 1035, 6762, 6763, 4795).
///
/// Of plain DNS the questions are kept, in the spelling of the asker: they tell what a device talks to. Answers are the
/// server's word about others and are not read. Of multicast DNS and LLMNR a station's own records are kept: its
/// answers, and what it claims for itself while probing.
public enum DNS {
    private static let port: UInt16 = 53
    private static let multicastPort: UInt16 = 5_353
    private static let linkLocalPort: UInt16 = 5_355
    static let headerLength = 12
    /// Some controllers ask for eighty names at once; what is beyond this number is left unread.
    private static let maximumQuestions = 256
    /// A multicast answer of 9,000 octets (RFC 6762, 17) holds some 300 records; the rest is left unread.
    private static let maximumRecords = 512

    private enum Kind { case plain, multicast, linkLocal }

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard looksRight(payload) else { return false }
        readMessage(payload, kind(of: packet), into: &facts)
        return true
    }

    private static func kind(of packet: Packet) -> Kind {
        if packet.uses(port: multicastPort) { return .multicast }
        return packet.uses(port: linkLocalPort) && !packet.uses(port: port) ? .linkLocal : .plain
    }

    /// A header with an operation and an outcome that exist (RFC 1035, 4.1.1; RFC 6895, 2.2) and something behind it.
    private static func looksRight(_ message: Span<UInt8>) -> Bool {
        guard message.count >= headerLength, let flags = message.uint16(at: 2) else { return false }
        let operation = flags >> 11 & 15
        let isAnswer = flags >> 15 == 1
        // A question has no outcome yet.
        return operation <= 6 && operation != 3 && (isAnswer || flags & 15 == 0)
    }

    // MARK: Streams

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        // RFC 1035, 4.2.2: a count of two octets before the message.
        guard let length = bytes.uint16(at: 0), length >= headerLength else { return false }
        // Some resolvers send the count alone first.
        guard bytes.count >= 2 + headerLength else { return bytes.count == 2 && length <= 1_024 }
        let message = bytes.from(2)
        guard looksRight(message), let questions = message.uint16(at: 4), questions <= 4 else { return false }
        return questions > 0 || message[2] & 0x80 != 0
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        guard let length = bytes.uint16(at: 0) else { return .more(2) }
        guard length >= headerLength else { return .notMine }
        let whole = 2 + Int(length)
        // The answers of plain DNS (zone transfers among them) are not ours to read.
        let kind = kind(of: packet)
        if kind == .plain, side == .server { return .took(whole) }
        guard bytes.count >= whole else { return whole <= 16_384 ? .more(whole) : .took(whole) }
        let message = bytes.from(2).upTo(Int(length))
        guard looksRight(message) else { return .notMine }
        readMessage(message, kind, into: &facts)
        return .took(whole)
    }

    // MARK: Messages

    private static func readMessage(_ message: Span<UInt8>, _ kind: Kind, into facts: inout Facts) {
        guard let flags = message.uint16(at: 2), let questions = message.uint16(at: 4),
            let answers = message.uint16(at: 6), let authorities = message.uint16(at: 8),
            let additionals = message.uint16(at: 10)
        else { return }
        let isAnswer = flags >> 15 == 1
        // Updates, notifications and the rest (RFC 1035, 4.1.1) ask nothing.
        guard flags >> 11 & 15 == 0 else { return }
        do throws(DNSName.Fault) {
            var at = headerLength
            try readQuestions(questions, message, &at, isAnswer ? nil : field(ofQuestions: kind), into: &facts)
            switch kind {
            case .plain: break  // the server's word about others
            case .multicast where isAnswer:
                try readRecords(Int(answers) + Int(authorities) + Int(additionals), message, &at, into: &facts)
            case .multicast:
                // Known answers are others' records; the authority section of a probe is one's own (RFC 6762, 8.2).
                try skipRecords(Int(answers), message, &at, into: &facts)
                try readRecords(Int(authorities), message, &at, into: &facts)
            case .linkLocal where isAnswer:
                try readNames(Int(answers), message, &at, into: &facts)
            case .linkLocal: break
            }
        } catch {
            facts.oddity(error == .loop ? .dnsNameLoop : .dnsBadName)
        }
    }

    private static func field(ofQuestions kind: Kind) -> Field {
        switch kind {
        case .plain: .dnsQuery
        case .multicast: .mdnsQuery
        case .linkLocal: .llmnrQuery
        }
    }

    /// Reads the names asked for; nil as field steps over them.
    private static func readQuestions(
        _ count: UInt16, _ message: Span<UInt8>, _ at: inout Int, _ field: Field?, into facts: inout Facts
    ) throws(DNSName.Fault) {
        for index in 0..<Int(count) {
            guard index < maximumQuestions else {
                facts.oddity(.dnsTooManyRecords)
                at = message.count
                return
            }
            guard at < message.count else {
                facts.oddity(.dnsTruncated)
                return
            }
            let name = try DNSName(in: message, at: at)
            at = name.end + 4
            if at > message.count { facts.oddity(.dnsTruncated) }
            guard let field, !name.isRoot else { continue }
            facts.open(field)
            facts.put(name, in: message)
            facts.close()
        }
    }

    /// One resource record (RFC 1035, 4.1.3): whose, of which type, and where its data stand.
    struct Record {
        let owner: DNSName
        let type: UInt16
        let data: Range<Int>
    }

    /// The record that begins at `at`, which steps behind it; nil where the message ends before it does.
    private static func record(in message: Span<UInt8>, _ at: inout Int) throws(DNSName.Fault) -> Record? {
        guard at < message.count else { return nil }
        let owner = try DNSName(in: message, at: at)
        guard let type = message.uint16(at: owner.end), let length = message.uint16(at: owner.end + 8) else {
            return nil
        }
        let start = owner.end + 10
        guard start + Int(length) <= message.count else { return nil }
        at = start + Int(length)
        return Record(owner: owner, type: type, data: start..<at)
    }

    private static func skipRecords(
        _ count: Int, _ message: Span<UInt8>, _ at: inout Int, into facts: inout Facts
    ) throws(DNSName.Fault) {
        for _ in 0..<min(count, maximumRecords) {
            guard try record(in: message, &at) != nil else {
                facts.oddity(.dnsTruncated)
                at = message.count
                return
            }
        }
    }

    private static func readRecords(
        _ count: Int, _ message: Span<UInt8>, _ at: inout Int, into facts: inout Facts
    ) throws(DNSName.Fault) {
        if count > maximumRecords { facts.oddity(.dnsTooManyRecords) }
        for _ in 0..<min(count, maximumRecords) {
            guard let record = try record(in: message, &at) else {
                facts.oddity(.dnsTruncated)
                return
            }
            try MulticastDNS.read(record, message, into: &facts)
        }
    }

    /// An LLMNR station answers for its own name only (RFC 4795, 2.3).
    private static func readNames(
        _ count: Int, _ message: Span<UInt8>, _ at: inout Int, into facts: inout Facts
    ) throws(DNSName.Fault) {
        for _ in 0..<min(count, 16) {
            guard let record = try record(in: message, &at) else {
                facts.oddity(.dnsTruncated)
                return
            }
            switch record.type {
            case 1, 28:
                facts.open(.llmnrName)
                facts.put(record.owner, in: message)
                facts.close()
            case 12:
                let name = try DNSName(in: message, at: record.data.lowerBound)
                facts.open(.llmnrName)
                facts.put(name, in: message)
                facts.close()
            default: break
            }
        }
    }
}
