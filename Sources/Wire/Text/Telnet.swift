//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Telnet: what a machine says before it asks who you are.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Telnet (RFC 854). Only the server's lines before the first prompt are read; of what is typed only that there are lines.
public enum Telnet {
    private enum Command {
        static let escape: UInt8 = 255
        static let subnegotiation: UInt8 = 250
        static let endOfSubnegotiation: UInt8 = 240
    }
    /// Lines that are kept; a notice of the law may be longer, but names the machine at its beginning.
    private static let maximumLines: UInt64 = 12
    /// Octets in which a line must end.
    private static let maximumLine = 1_024
    private static let port: UInt16 = 23

    /// Whether a stream that begins with these octets (at least one) speaks it.
    ///
    /// A negotiation is the mark. Bare text is believed only from the usual port and with the words of a greeting: a
    /// capture may begin in the middle of a session, whose screens are nobody's business.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        if bytes[0] == Command.escape {
            if packet.uses(port: port) { return bytes.count < 2 || isNegotiation(bytes, at: 0) }
            return isNegotiation(bytes, at: 0) && isNegotiation(bytes, at: 3)
        }
        guard packet.sourcePort == port else { return false }
        let beginning = bytes.upTo(maximumLine)
        for word in greetings where beginning.firstIndex(of: word) != nil { return true }
        return false
    }

    private static let greetings: [String] = ["elcome", "ogin:", "sername:", "assword", "Diagnostic Terminal"]

    /// WILL, WONT, DO or DONT, and one of the options that exist (IANA, "Telnet Options").
    private static func isNegotiation(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        guard bytes.at(index) == Command.escape, let verb = bytes.at(index + 1) else { return false }
        guard verb >= 251, verb <= 254 else { return false }
        return bytes.at(index + 2).map { $0 < 50 } ?? true
    }

    /// What is remembered of the server's direction between calls.
    private struct Memory {
        /// Lines reported.
        var lines: UInt64
        /// Octets of an unfinished line that looked as if it asked something; 0 for none.
        var questionLength: Int
        /// When it was seen, in milliseconds of the capture's clock, as far as 40 bits go.
        var questionTime: UInt64

        init(_ bits: StreamMemory) {
            lines = bits & 0xFF
            questionLength = Int(bits >> 8 & 0xFFFF)
            questionTime = bits >> 24
        }
        var bits: StreamMemory { lines | UInt64(questionLength) << 8 | questionTime << 24 }
    }

    /// Reads what is there of one direction of a stream, a line a call.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        if side == .client { return readTyped(bytes, &memory, into: &facts) }
        var remembered = Memory(memory)
        guard remembered.lines < maximumLines else { return .finished }
        let now = milliseconds(packet)
        // A program writes on within a moment even when it sends single letters; a person thinks first. So what waited
        // was a prompt, and what follows is the echo of what was typed.
        if remembered.questionLength > 0, now &- remembered.questionTime > patienceMilliseconds {
            _ = addLine(bytes.upTo(remembered.questionLength), into: &facts)
            return .finished
        }
        var index = 0
        var hasText = false
        // To the end of the line, over commands.
        while index < min(bytes.count, maximumLine) {
            let octet = bytes[index]
            if octet == Command.escape {
                guard let length = commandLength(bytes, at: index) else {
                    // A command that has not come whole; whatever stands before it waits with it.
                    if !hasText && index > 0 { return .took(index) }
                    return .more(bytes.count + 1)
                }
                index += length
            } else if octet == 0x0A || octet == 0x0D {
                index += 1
                guard hasText else { return .took(index) }
                memory = remembered.lines + 1
                return addLine(bytes.upTo(index), into: &facts) ? .finished : .took(index)
            } else {
                if !isBlank(octet) { hasText = true }
                index += 1
            }
        }
        guard bytes.count < maximumLine else { return .finished }
        guard hasText else { return index > 0 ? .took(index) : .more(1) }
        if promptEnd(bytes) != nil {
            _ = addLine(bytes, into: &facts)
            return .finished
        }
        if endsInQuestion(bytes) {
            remembered.questionLength = bytes.count
            remembered.questionTime = now
            memory = remembered.bits
        }
        return .more(bytes.count + 1)
    }

    private static let patienceMilliseconds: UInt64 = 200

    private static func milliseconds(_ packet: Packet) -> UInt64 {
        UInt64(bitPattern: packet.time.nanoseconds / 1_000_000) & 0xFF_FFFF_FFFF
    }

    /// Octets of the command at `index`; nil when its end has not come.
    private static func commandLength(_ bytes: Span<UInt8>, at index: Int) -> Int? {
        guard let verb = bytes.at(index + 1) else { return nil }
        switch verb {
        case 251...254: return index + 2 < bytes.count ? 3 : nil
        case Command.subnegotiation:
            var end = index + 2
            while end + 1 < bytes.count {
                if bytes[end] == Command.escape {
                    if bytes[end + 1] == Command.endOfSubnegotiation { return end + 2 - index }
                    end += 1
                }
                end += 1
            }
            return nil
        default: return 2
        }
    }

    /// Adds one line without commands, terminal controls and what was typed at a prompt; says whether there was one.
    private static func addLine(_ line: Span<UInt8>, into facts: inout Facts) -> Bool {
        let prompt = promptEnd(line)
        let end = prompt ?? line.count
        var index = 0
        var isBegun = false
        // A blank waits until something follows, so that none stand at the end.
        var blanks = 0
        facts.open(.telnetBanner)
        while index < end {
            let octet = line[index]
            if octet == Command.escape {
                index += commandLength(line, at: index) ?? 2
            } else if octet == 0x1B {
                index += controlLength(line, at: index)
            } else {
                if isBlank(octet) {
                    if isBegun { blanks += 1 }
                } else if octet > 0x20 && octet != 0x7F {
                    for _ in 0..<min(blanks, Facts.maximumValue) { facts.put(0x20) }
                    blanks = 0
                    isBegun = true
                    facts.put(octet)
                }
                index += 1
            }
        }
        facts.close()
        if prompt != nil { facts.takes(.telnetLogin) }
        return prompt != nil
    }

    /// Lines that somebody types until it is said that they can be read: a name and a password, at the least.
    private static let maximumTyped: UInt64 = 2

    /// Counts the lines of the client's side; nothing of them is kept. The highest bit says that a line has begun.
    private static func readTyped(
        _ bytes: Span<UInt8>, _ memory: inout StreamMemory, into facts: inout Facts
    ) -> StreamProgress {
        let begun: UInt64 = 1 << 63
        var index = 0
        while index < bytes.count {
            let octet = bytes[index]
            if octet == Command.escape {
                guard let length = commandLength(bytes, at: index) else {
                    guard bytes.count - index < maximumLine else { return .finished }
                    return index > 0 ? .took(index) : .more(bytes.count + 1)
                }
                index += length
                continue
            }
            index += 1
            if octet == 0x0D || octet == 0x0A {
                if memory & begun != 0 { memory = memory & ~begun + 1 }
                guard memory & ~begun < maximumTyped else {
                    facts.gave(.telnetSession)
                    return .finished
                }
            } else if octet > 0x20, octet != 0x7F {
                memory |= begun
            }
        }
        return .took(index)
    }

    /// Octets of a terminal's control sequence (ECMA-48, 5.4): `ESC [ 2 J`.
    private static func controlLength(_ line: Span<UInt8>, at index: Int) -> Int {
        guard line.at(index + 1) == 0x5B else { return 2 }
        var end = index + 2
        while let octet = line.at(end), end < index + 16 {
            end += 1
            if octet >= 0x40 && octet <= 0x7E { break }
        }
        return end - index
    }

    /// Where a question for a name or a password ends.
    private static func promptEnd(_ line: Span<UInt8>) -> Int? {
        var index = 0
        while let colon = line.firstIndex(of: 0x3A, from: index) {
            for word in ["login", "user", "username", "user name", "password", "passwd", "passcode"]
            where line.matchesIgnoringCase(word, at: colon - word.utf8.count) {
                return colon + 1
            }
            index = colon + 1
        }
        return nil
    }

    /// Whether the last visible octet is one that asks: `:`, `>`, `#`, `$`, `%`, `?`.
    private static func endsInQuestion(_ bytes: Span<UInt8>) -> Bool {
        var index = bytes.count - 1
        while index >= 0, isBlank(bytes[index]) { index -= 1 }
        guard let last = bytes.at(index) else { return false }
        return last == 0x3A || last == 0x3E || last == 0x23 || last == 0x24 || last == 0x25 || last == 0x3F
    }

    /// Two negotiations (will echo, will suppress go-ahead), the lines, and a prompt.
    public static func write(lines: [String], prompt: String) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([255, 251, 1, 255, 251, 3])
        for line in lines { writer.text(line + "\r\n") }
        writer.text(prompt)
        return writer.bytes
    }
}
