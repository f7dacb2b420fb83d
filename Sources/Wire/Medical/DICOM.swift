//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DICOM: which modality, which software?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// DICOM upper layer associations (PS3.8, section 9.3).
///
/// Only the association is read: who calls whom, with which software, for what. Images and patient groups come in P-DATA
/// units after it and are never looked at.
public enum DICOM {
    /// A-ASSOCIATE-RQ and -AC have the same fixed part: header, version, titles, reserved octets.
    private static let fixedPart = 74
    /// Requests with very many contexts are read as far as this, which leaves room in the 32 KiB a stream may collect;
    /// of what follows only the user information is looked for.
    private static let mostCollected = 30_000
    /// A-ASSOCIATE units beyond this are no DICOM: 128 contexts with 64 syntaxes each are some 550 KB.
    private static let longest = 1 << 20

    /// Whether a stream that begins with these octets (at least one) speaks it.
    ///
    /// On any port: an association unit with protocol version 1 whose titles are printable.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        guard let type = bytes.at(0), type == 1 || type == 2, bytes.at(1) == 0,
            let length = bytes.uint32(at: 2), length >= UInt32(fixedPart - 6), length <= UInt32(longest)
        else { return false }
        // Some stacks send the first six octets in a packet of their own: too little, unless the port says the same.
        guard bytes.count >= 10 else {
            return bytes.count == 6 && (packet.uses(port: 104) || packet.uses(port: 11_112))
        }
        guard bytes.uint16(at: 6) == 1, bytes.uint16(at: 8) == 0 else { return false }
        for index in 10..<max(min(42, bytes.count), 10) {
            // Some answers leave the reserved copies of the titles at zero.
            let byte = bytes[index]
            guard (byte >= 0x20 && byte != 0x7F) || byte == 0 else { return false }
        }
        guard let next = bytes.at(fixedPart) else { return true }
        return next == 0x10 || next == 0x20 || next == 0x21 || next == 0x50
    }

    /// What is kept between calls.
    private struct State {
        var titlesReported = false
        /// Octets of the unit's items that are still to come, when it was too long to be collected.
        var itemsLeft: UInt32 = 0

        init(_ memory: StreamMemory) {
            titlesReported = memory & 1 != 0
            itemsLeft = UInt32(truncatingIfNeeded: memory >> 32)
        }
        var memory: StreamMemory { (titlesReported ? 1 : 0) | UInt64(itemsLeft) << 32 }
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        var state = State(memory)
        defer { memory = state.memory }
        if state.itemsLeft > 0 { return readLateItem(bytes, &state, into: &facts) }

        guard let type = bytes.at(0), bytes.at(1) == 0 else { return bytes.count < 2 ? .more(6) : .notMine }
        guard type == 1 || type == 2 else {
            // Rejected, data, release, abort: nothing more to learn from this side.
            return type >= 3 && type <= 7 ? .finished : .notMine
        }
        guard let length = bytes.uint32(at: 2) else { return .more(6) }
        guard length >= UInt32(fixedPart - 6), length <= UInt32(longest) else { return .notMine }
        guard bytes.count >= fixedPart else { return .more(fixedPart) }
        if !state.titlesReported {
            // At once, so that a capture that was cut off still tells who called.
            state.titlesReported = true
            if type == 1 { facts.add(.dicomCallingAE, bytes.from(26).upTo(16)) }
            facts.add(.dicomCalledAE, bytes.from(10).upTo(16))
        }
        let whole = 6 + Int(length)
        let wanted = min(whole, mostCollected)
        guard bytes.count >= wanted else { return .more(wanted) }
        let used = readItems(bytes.upTo(whole).from(fixedPart), isRequest: type == 1, into: &facts)
        if whole <= mostCollected { return .finished }
        let taken = fixedPart + used
        guard taken < whole else { return .finished }
        state.itemsLeft = UInt32(whole - taken)
        return .took(taken)
    }

    /// Goes through the complete items that are there and says how many octets they were.
    private static func readItems(_ items: Span<UInt8>, isRequest: Bool, into facts: inout Facts) -> Int {
        var at = 0
        while let length = items.uint16(at: at + 2), Int(length) <= items.count - at - 4 {
            let value = items.from(at + 4).upTo(Int(length))
            switch items[at] {
            case 0x20 where isRequest: readContext(value, into: &facts)
            case 0x50: readUserInformation(value, into: &facts)
            default: break
            }
            at += 4 + Int(length)
        }
        if isRequest { reportTransferSyntaxes(items.upTo(at), into: &facts) }
        return at
    }

    /// One item of a unit that was too long to be collected.
    private static func readLateItem(
        _ bytes: Span<UInt8>, _ state: inout State, into facts: inout Facts
    ) -> StreamProgress {
        guard let length = bytes.uint16(at: 2) else { return .more(4) }
        let whole = 4 + Int(length)
        if bytes[0] == 0x50 {
            guard bytes.count >= min(whole, 4_096) else { return .more(min(whole, 4_096)) }
            readUserInformation(bytes.upTo(whole).from(4), into: &facts)
            return .finished
        }
        guard UInt32(whole) < state.itemsLeft else { return .finished }
        state.itemsLeft -= UInt32(whole)
        return .took(whole)
    }

    /// Presentation context: what kind of object or service is asked for (PS3.8, 9.3.2.2).
    private static func readContext(_ value: Span<UInt8>, into facts: inout Facts) {
        var at = 4
        while let length = value.uint16(at: at + 2), Int(length) <= value.count - at - 4 {
            if value[at] == 0x30 { facts.add(.dicomAbstractSyntax, value.from(at + 4).upTo(Int(length))) }
            at += 4 + Int(length)
        }
    }

    /// Implementation class UID and version name (PS3.7, D.3.3.2). User identity (0x58) is not looked at.
    private static func readUserInformation(_ value: Span<UInt8>, into facts: inout Facts) {
        var at = 0
        while let length = value.uint16(at: at + 2), Int(length) <= value.count - at - 4 {
            let text = value.from(at + 4).upTo(Int(length))
            switch value[at] {
            case 0x52: facts.add(.dicomImplementationClassUID, text)
            case 0x55: facts.add(.dicomImplementationVersion, text)
            default: break
            }
            at += 4 + Int(length)
        }
    }

    // MARK: Transfer syntaxes

    /// How many different transfer syntaxes are told apart; the value is cut at 256 octets anyway, which is some twelve.
    private static let mostSyntaxes = 16

    /// All transfer syntaxes offered in any context, each once, in order of first appearance, comma-separated.
    private static func reportTransferSyntaxes(_ items: Span<UInt8>, into facts: inout Facts) {
        // Positions and lengths within `items` of those already reported.
        var starts = InlineArray<16, Int>(repeating: 0)
        var lengths = InlineArray<16, Int>(repeating: 0)
        var known = 0
        var size = 0
        facts.open(.dicomTransferSyntaxes)
        var at = 0
        while let length = items.uint16(at: at + 2), Int(length) <= items.count - at - 4 {
            defer { at += 4 + Int(length) }
            guard items[at] == 0x20 else { continue }
            let end = at + 4 + Int(length)
            var inner = at + 8
            while inner + 4 <= end, let count = items.uint16(at: inner + 2), inner + 4 + Int(count) <= end {
                defer { inner += 4 + Int(count) }
                guard items[inner] == 0x40, known < mostSyntaxes else { continue }
                let text = items.from(inner + 4).upTo(Int(count)).trimmed()
                if text.count == 0 { continue }
                var isNew = true
                for index in 0..<known where items.from(starts[index]).upTo(lengths[index]).trimmed().isEqual(to: text)
                {
                    isNew = false
                }
                // Never half a name: what does not fit is left out.
                guard isNew, size + text.count + 1 <= Facts.maximumValue else { continue }
                if known > 0 { facts.put(0x2C) }
                facts.put(text)
                size += text.count + 1
                starts[known] = inner + 4
                lengths[known] = Int(count)
                known += 1
            }
        }
        facts.close()
    }
}
