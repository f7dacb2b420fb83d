//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// HL7 v2 over MLLP: who sends, and for which devices?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// HL7 version 2 messages in MLLP frames (HL7 Transport Specification: MLLP, release 1).
///
/// Read segment by segment. Of a message only MSH, PV1-3, OBR-3, OBX-18 and PRT are looked at, and of these only what
/// names software, a device or the bed it serves; every other segment is skipped as it comes, and nothing of it is kept.
public enum MLLP {
    private static let startBlock: UInt8 = 0x0B
    private static let endBlock: UInt8 = 0x1C
    /// Some senders put one in front of their message.
    private static let byteOrderMark = "\u{FEFF}"
    /// A segment longer than this (a picture in OBX-5) is skipped.
    private static let longestSegment = 16_384
    /// How much of a message is waited for so that the bed (PV1-3) and the devices behind it are read together.
    private static let longestWait = 16_384

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        var at = 0
        if bytes[0] == startBlock {
            at = bytes.matches(byteOrderMark, at: 1) ? 4 : 1
            // Some stacks send the first octets in a packet of their own; a start block alone says too little.
            if bytes.count < 5 {
                return bytes.at(1) == 0x4D && (bytes.at(2) ?? 0x53) == 0x53 && (bytes.at(3) ?? 0x48) == 0x48
            }
        }
        if isHeader(bytes, at: at, "MSH") { return true }
        return at > 0 && (isHeader(bytes, at: at, "FHS") || isHeader(bytes, at: at, "BHS"))
    }

    /// `MSH`, the field separator, two to five encoding characters, the separator again.
    private static func isHeader(_ bytes: Span<UInt8>, at start: Int, _ name: String) -> Bool {
        guard bytes.matches(name, at: start), let separator = bytes.at(start + 3), isPunctuation(separator) else {
            return false
        }
        var index = start + 4
        while let byte = bytes.at(index), byte != separator, index < start + 10 {
            guard isPunctuation(byte) else { return false }
            index += 1
        }
        return bytes.at(index) == separator && index >= start + 6
    }

    /// What is kept between calls: the delimiters of the message, and whom it comes from.
    struct State {
        var isSkipping = false
        /// The message holds observations (ORU): the place in it is where the device is, too.
        var holdsObservations = false
        var component = UInt8(ascii: "^")
        var repetition = UInt8(ascii: "~")
        /// 40 bits made from the sender's own EUI-64 (MSH-3); 0 when it gave none.
        var sender: UInt64 = 0

        init() {}
        init(_ memory: StreamMemory) {
            guard memory != 0 else { return }
            isSkipping = memory & 1 != 0
            holdsObservations = memory & 2 != 0
            component = UInt8(truncatingIfNeeded: memory >> 8)
            repetition = UInt8(truncatingIfNeeded: memory >> 16)
            sender = memory >> 24
        }
        var memory: StreamMemory {
            (isSkipping ? 1 : 0) | (holdsObservations ? 2 : 0) | UInt64(component) << 8 | UInt64(repetition) << 16
                | (sender & 0xFF_FFFF_FFFF) << 24
        }

        /// 40 bits of an EUI-64, never 0. Two devices of one message that share them would be taken for one: 1 in 10¹².
        static func mark(_ eui64: UInt64) -> UInt64 {
            let mixed = (eui64 ^ eui64 >> 32) &* 0x9E37_79B9_7F4A_7C15
            return max(mixed >> 24, 1)
        }
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        var state = State(memory)
        var device = DeviceReader(packet)
        var at = 0
        while at < bytes.count {
            if isBreak(bytes[at]) {
                state.isSkipping = false
                if bytes[at] == endBlock { device.endMessage(into: &facts) }
                at += 1
                continue
            }
            if bytes[at] == 0xEF, !state.isSkipping {
                if bytes.matches(byteOrderMark, at: at) {
                    at += 3
                    continue
                }
                if bytes.count - at < 3 { break }
            }
            let end = endOfSegment(bytes, from: at)
            if state.isSkipping || !isWanted(bytes, at: at) {
                // Too little to know its name: wait for the rest of it.
                if end == nil, !state.isSkipping, bytes.count - at < 3 { break }
                state.isSkipping = end == nil
                at = end ?? bytes.count
                continue
            }
            guard let end else {
                if bytes.count - at <= longestSegment { break }
                facts.oddity(.hl7SegmentTooLong)
                state.isSkipping = true
                at = bytes.count
                continue
            }
            if state.holdsObservations, bytes.matches("PV1", at: at), !hasWholeMessage(bytes, from: end),
                bytes.count - at < longestWait
            {
                break
            }
            readSegment(bytes.extracting(at..<end), &state, &device, into: &facts)
            at = end
        }
        facts.about = .sender
        memory = state.memory
        return at > 0 ? .took(at) : .more(bytes.count + 1)
    }

    @inline(__always)
    private static func isBreak(_ byte: UInt8) -> Bool {
        byte == 0x0D || byte == 0x0A || byte == startBlock || byte == endBlock
    }

    private static func endOfSegment(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            if isBreak(bytes[index]) { return index }
            index += 1
        }
        return nil
    }

    /// Whether the message ends in what is there, by its end block or because the next one begins.
    private static func hasWholeMessage(_ bytes: Span<UInt8>, from start: Int) -> Bool {
        var index = start
        while index < bytes.count {
            if bytes[index] == endBlock || bytes[index] == startBlock { return true }
            if isBreak(bytes[index]), isHeader(bytes, at: index + 1, "MSH") { return true }
            index += 1
        }
        return false
    }

    /// Whether the segment that begins here is one of the five that are looked at.
    private static func isWanted(_ bytes: Span<UInt8>, at start: Int) -> Bool {
        switch bytes[start] {
        case UInt8(ascii: "M"): bytes.matches("MSH", at: start)
        case UInt8(ascii: "O"): bytes.matches("OBR", at: start) || bytes.matches("OBX", at: start)
        case UInt8(ascii: "P"): bytes.matches("PRT", at: start) || bytes.matches("PV1", at: start)
        default: false
        }
    }

    private static func readSegment(
        _ segment: Span<UInt8>, _ state: inout State, _ device: inout DeviceReader, into facts: inout Facts
    ) {
        guard let separator = segment.at(3), isPunctuation(separator) else { return }
        facts.about = .sender
        switch segment[2] {
        case UInt8(ascii: "H"):
            device.endMessage(into: &facts)
            readHeader(segment, separator, &state, into: &facts)
        case UInt8(ascii: "1"):
            if state.holdsObservations { device.readVisit(segment, separator, state) }
        case UInt8(ascii: "R"): device.readOrder(segment, separator, state, into: &facts)
        case UInt8(ascii: "X"): device.readObservation(segment, separator, state, into: &facts)
        default: device.readParticipation(segment, separator, state, into: &facts)
        }
    }

    /// MSH: the separator itself counts as MSH-1, so that the piece number is one less than the field's.
    private static func readHeader(
        _ segment: Span<UInt8>, _ separator: UInt8, _ state: inout State, into facts: inout Facts
    ) {
        let encoding = segment.piece(1, by: separator)
        state.component = encoding.at(0) ?? UInt8(ascii: "^")
        state.repetition = encoding.at(1) ?? UInt8(ascii: "~")
        let application = segment.piece(2, by: separator)
        facts.add(.hl7SendingApplication, application)
        facts.add(.hl7SendingFacility, segment.piece(3, by: separator))
        facts.add(.hl7ReceivingApplication, segment.piece(4, by: separator))
        facts.add(.hl7ReceivingFacility, segment.piece(5, by: separator))
        let type = segment.piece(8, by: separator)
        facts.add(.hl7MessageType, type)
        state.holdsObservations = type.starts(with: "ORU")
        facts.add(.hl7Version, segment.piece(11, by: separator))
        facts.add(.hl7Profile, segment.piece(20, by: separator))
        state.sender = 0
        let text = eui64Text(application, component: state.component)
        if let eui64 = text.eui64() {
            state.sender = State.mark(eui64)
            facts.add(.hl7Eui64, text)
        }
    }

    /// The component in front of `EUI-64` when it is one: third of an entity identifier, second of a hierarchic
    /// designator (HL7 v2.6, chapter 2A); empty otherwise.
    @_lifetime(copy field)
    static func eui64Text(_ field: Span<UInt8>, component: UInt8) -> Span<UInt8> {
        for index in 1..<8 {
            let type = field.piece(index, by: component).trimmed()
            if type.equalsIgnoringCase("EUI-64") || type.equalsIgnoringCase("EUI64") {
                let text = field.piece(index - 1, by: component).trimmed()
                if text.eui64() != nil { return text }
            }
        }
        return field.upTo(0)
    }
}
