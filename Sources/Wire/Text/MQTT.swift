//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// MQTT: client identifiers and topics.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// MQTT 3.1, 3.1.1 and 5.0 (OASIS standards; protocol levels 3, 4 and 5).
///
/// Of CONNECT the client identifier, the version and the user name are read, of the password only that there is one; of a client's PUBLISH
/// the topic, never the payload, and of SUBSCRIBE the topics it asks for. What a broker publishes was written by
/// someone else and is no fact about the broker.
public enum MQTT {
    /// Longer than any identifier or topic that is believed; real ones have 10 to 100 octets.
    static let maximumText = 1_024
    /// Topics of one SUBSCRIBE; more are left alone.
    static let maximumTopics = 64
    /// Type 8 with the flags that it must have (MQTT 5.0 §3.8.1).
    private static let subscribe: UInt8 = 0x82
    /// The fixed header: type, and a length of at most four octets.
    private static let maximumHeader = 5
    /// Segments behind a gap without a packet that proves itself until the stream is left alone.
    private static let maximumMisses: UInt64 = 255

    /// Whether a stream that begins with these octets (at least one) speaks it: CONNECT says so by itself, PUBLISH in
    /// a conversation whose beginning was not seen is believed on port 1883 when nothing about it is wrong.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        guard let header = FixedHeader(bytes) else { return false }
        if bytes[0] == 0x10 { return protocolLevel(bytes.from(header.size)) != nil }
        return header.isPublish && packet.uses(port: 1_883) && isStrict(bytes, header)
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        // The broker's side holds nothing of its own.
        if side == .server { return .finished }
        // The memory is 0 at the beginning and behind a gap: then what comes next has to prove itself.
        if memory & 1 == 0 {
            guard recognises(bytes, packet) || isShort(bytes) else {
                // CONNECT shows its level within 14 octets.
                if bytes.count < 14, bytes[0] == 0x10 || bytes[0] >> 4 == 3 { return .more(bytes.count + 1) }
                memory += 2
                return memory > 2 * maximumMisses ? .finished : .took(bytes.count)
            }
            memory = 1
        }
        var at = 0
        while at < bytes.count {
            let rest = bytes.from(at)
            guard let header = FixedHeader(rest) else {
                if rest.count < maximumHeader { return at > 0 ? .took(at) : .more(rest.count + 1) }
                facts.oddity(.mqttBadLength)
                return .notMine
            }
            // Types 0 and, before version 5, 15 do not exist.
            if rest[0] >> 4 == 0 { return .notMine }
            let whole = header.size + header.length
            let wanted = octetsWanted(rest, header)
            if rest.count < wanted { return at > 0 ? .took(at) : .more(wanted) }
            let packetBytes = rest.from(header.size).upTo(min(header.length, wanted))
            if rest[0] == 0x10 {
                do throws(Truncated) {
                    try readConnect(packetBytes, into: &facts)
                } catch {
                    facts.oddity(.mqttTruncated)
                }
            } else if header.isPublish {
                readPublish(packetBytes, into: &facts)
            } else if rest[0] == subscribe, rest.count >= whole {
                readSubscribe(packetBytes, into: &facts)
            }
            if rest.count < whole { return .took(at + whole) }
            at += whole
        }
        return .took(at)
    }

    /// PINGREQ and DISCONNECT: two octets, in a segment of their own.
    private static func isShort(_ bytes: Span<UInt8>) -> Bool {
        bytes.count == 2 && (bytes[0] == 0xC0 || bytes[0] == 0xE0) && bytes[1] == 0
    }

    // MARK: Packets

    /// Type and length (MQTT 5.0 §2.1).
    private struct FixedHeader {
        let size: Int
        /// Of what follows, in octets: at most 268,435,455.
        let length: Int
        let isPublish: Bool

        init?(_ bytes: Span<UInt8>) {
            var value = 0
            for index in 1..<5 {
                guard let byte = bytes.at(index) else { return nil }
                value |= Int(byte & 0x7F) << (7 * (index - 1))
                if byte < 0x80 {
                    size = index + 1
                    length = value
                    isPublish = bytes[0] >> 4 == 3
                    return
                }
            }
            return nil
        }
    }

    /// How much of the packet has to be there before it is worth reading.
    private static func octetsWanted(_ bytes: Span<UInt8>, _ header: FixedHeader) -> Int {
        if bytes[0] == 0x10 { return header.size + min(header.length, 4 * maximumText) }
        if bytes[0] == subscribe, header.length <= 4 * maximumText { return header.size + header.length }
        guard header.isPublish, header.length >= 2 else { return header.size }
        guard let topic = bytes.uint16(at: header.size) else { return header.size + 2 }
        return header.size + min(header.length, 2 + min(Int(topic), Facts.maximumValue))
    }

    /// The protocol level when this is how a CONNECT's variable header begins (MQTT 5.0 §3.1.2).
    private static func protocolLevel(_ bytes: Span<UInt8>) -> UInt8? {
        let level: UInt8?
        if bytes.matches("MQTT", at: 2), bytes.uint16(at: 0) == 4 {
            level = bytes.at(6)
        } else if bytes.matches("MQIsdp", at: 2), bytes.uint16(at: 0) == 6 {
            level = bytes.at(8)
        } else {
            level = nil
        }
        // A bridge to another broker sets the highest bit.
        guard let level, (3...5).contains(level & 0x7F) else { return nil }
        return level & 0x7F
    }

    private static func readConnect(_ bytes: Span<UInt8>, into facts: inout Facts) throws(Truncated) {
        guard let level = protocolLevel(bytes) else { return }
        var reader = ByteReader(bytes)
        try reader.skip(Int(try reader.uint16()) + 1)
        let flags = try reader.uint8()
        try reader.skip(2)
        facts.add(.mqttVersion, level == 3 ? "3.1" : level == 4 ? "3.1.1" : "5.0")
        if level == 5 { try skipProperties(&reader) }
        facts.add(.mqttClientId, try reader.take(Int(try reader.uint16())))
        if flags & 0x04 != 0 {
            // The will: its topic and its message are words for later, not for now.
            if level == 5 { try skipProperties(&reader) }
            try reader.skip(Int(try reader.uint16()))
            try reader.skip(Int(try reader.uint16()))
        }
        if flags & 0x80 != 0 { facts.add(.mqttUserName, try reader.take(Int(try reader.uint16()))) }
        // That there is a password, and not an empty one.
        if flags & 0x40 != 0, try reader.uint16() > 0 { facts.gave(.mqttPassword) }
    }

    private static func skipProperties(_ reader: inout ByteReader) throws(Truncated) {
        var length = 0
        for shift in 0..<4 {
            let byte = try reader.uint8()
            length |= Int(byte & 0x7F) << (7 * shift)
            if byte < 0x80 { break }
        }
        try reader.skip(length)
    }

    /// An empty topic stands for one that an alias named before (MQTT 5.0 §3.3.2.3.4): nothing new.
    private static func readPublish(_ bytes: Span<UInt8>, into facts: inout Facts) {
        guard let length = bytes.uint16(at: 0) else { return }
        facts.add(.mqttTopic, bytes.from(2).upTo(Int(length)))
    }

    /// SUBSCRIBE: a packet identifier, properties from version 5 on, then topics, each with an octet of options. Which
    /// version it is need not be known: read as the wrong one, the lengths do not add up.
    private static func readSubscribe(_ bytes: Span<UInt8>, into facts: inout Facts) {
        var at = 2
        if !isTopicList(bytes, from: at) {
            var reader = ByteReader(bytes.from(2))
            guard (try? skipProperties(&reader)) != nil else { return }
            at = 2 + reader.offset
            guard isTopicList(bytes, from: at) else { return }
        }
        for _ in 0..<maximumTopics {
            guard let length = bytes.uint16(at: at) else { return }
            facts.add(.mqttTopic, bytes.from(at + 2).upTo(Int(length)))
            at += 3 + Int(length)
        }
    }

    private static func isTopicList(_ bytes: Span<UInt8>, from start: Int) -> Bool {
        var at = start
        while let length = bytes.uint16(at: at) {
            guard length > 0, let options = bytes.at(at + 2 + Int(length)), options & 0xC0 == 0 else { return false }
            at += 3 + Int(length)
        }
        return at == bytes.count && at > start
    }

    /// Whether a PUBLISH is beyond doubt: a printable topic without wildcards, and lengths that add up.
    private static func isStrict(_ bytes: Span<UInt8>, _ header: FixedHeader) -> Bool {
        let quality = bytes[0] >> 1 & 3
        // Quality of service 3 does not exist, and 0 is never sent again.
        if quality == 3 || (quality == 0 && bytes[0] & 8 != 0) { return false }
        guard let length = bytes.uint16(at: header.size) else { return false }
        let topic = Int(length)
        guard topic > 0, topic <= maximumText, header.length >= 2 + topic + (quality > 0 ? 2 : 0),
            bytes.count >= header.size + 2 + topic
        else { return false }
        for index in header.size + 2..<header.size + 2 + topic {
            let byte = bytes[index]
            if byte <= 0x20 || byte >= 0x7F || byte == 0x23 || byte == 0x2B { return false }
        }
        // What follows in the segment has to be the beginning of another packet.
        guard let next = bytes.at(header.size + header.length) else { return true }
        return next >> 4 != 0
    }
}
