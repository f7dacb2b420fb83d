//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Syslog: which host and which program send messages; never what they say.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Syslog (RFC 5424), the older form that RFC 3164 describes, and how Cisco's and Fortinet's machines bend it.
public enum Syslog {
    /// A message over TCP longer than this is not read: host and program stand at its beginning.
    private static let maximumMessage = 2_048
    /// Messages of one TCP stream that are looked at; they rarely name new programs after these.
    private static let maximumMessages: UInt64 = 64

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard let start = afterPriority(payload) else {
            // RFC 3164, 4.3.3 lets a message come without its priority; text on the port is believed to be one.
            guard payload.count >= 8, isText(payload.upTo(32)) else { return false }
            facts.oddity(.syslogMissingPriority)
            return true
        }
        readHeader(payload.from(start), into: &facts)
        return true
    }

    // MARK: Over TCP (RFC 6587): `51 <13>Oct …`, or one message a line

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        let counted = countedLength(bytes)
        return afterPriority(bytes.from(counted?.start ?? 0)) != nil
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        guard side == .client, memory < maximumMessages else { return .finished }
        let length: Int
        let message: Span<UInt8>
        if let counted = countedLength(bytes) {
            length = counted.start + counted.length
            guard bytes.count >= min(length, maximumMessage) else { return .more(min(length, maximumMessage)) }
            message = bytes.upTo(length).from(counted.start)
        } else {
            guard let end = bytes.firstIndex(of: 0x0A) else {
                return bytes.count < maximumMessage ? .more(bytes.count + 1) : .finished
            }
            length = end + 1
            message = bytes.upTo(end)
        }
        memory += 1
        if let start = afterPriority(message) { readHeader(message.from(start), into: &facts) }
        return .took(length)
    }

    /// Digits and a blank in front of a message: its length in octets.
    private static func countedLength(_ bytes: Span<UInt8>) -> (start: Int, length: Int)? {
        guard let blank = bytes.upTo(7).firstIndex(of: 0x20), let length = bytes.upTo(blank).decimal(), length > 0,
            blank + 1 >= bytes.count || bytes[blank + 1] == 0x3C
        else { return nil }
        return (blank + 1, length)
    }

    // MARK: Headers

    /// Where the message goes on behind `<0>` to `<191>`.
    private static func afterPriority(_ text: Span<UInt8>) -> Int? {
        guard text.at(0) == 0x3C, let end = text.upTo(5).firstIndex(of: 0x3E),
            let priority = text.upTo(end).from(1).decimal(), priority <= 191
        else { return nil }
        return end + 1
    }

    private static func readHeader(_ text: Span<UInt8>, into facts: inout Facts) {
        if text.starts(with: "1 ") { return readStructured(text.from(2), into: &facts) }
        if text.starts(with: "date=") { return readKeys(text, into: &facts) }
        var rest = text
        // Cisco counts its messages, and may put its name behind the number: `88: R1: *Sep 22 …`.
        if let colon = rest.upTo(12).firstIndex(of: 0x3A), rest.upTo(colon).decimal() != nil {
            rest = rest.from(colon + 1).trimmed()
            if timestampLength(rest) == nil, let end = rest.upTo(256).firstIndex(of: 0x20), end > 1,
                rest[end - 1] == 0x3A
            {
                if isHost(rest.upTo(end - 1)) { facts.add(.syslogHost, rest.upTo(end - 1)) }
                rest = rest.from(end).trimmed()
                if rest.at(0) == 0x5B, let close = rest.firstIndex(of: "]: ") { rest = rest.from(close + 3) }
            }
        }
        let stamp = timestampLength(rest)
        rest = rest.from(stamp ?? 0)
        if rest.at(0) == 0x3A { rest = rest.from(1) }
        rest = rest.trimmed()
        // Cisco's mnemonic stands for a program: `%SYS-5-CONFIG_I`.
        if let length = programLength(rest) {
            facts.add(.syslogProgram, rest.upTo(length))
        } else if stamp != nil, let blank = rest.upTo(256).firstIndex(of: 0x20), isHost(rest.upTo(blank)) {
            facts.add(.syslogHost, rest.upTo(blank))
            let program = rest.from(blank).trimmed()
            if let length = programLength(program) { facts.add(.syslogProgram, program.upTo(length)) }
        }
    }

    /// RFC 5424, 6.2: time, host, program, each ended by a blank, `-` for none.
    private static func readStructured(_ text: Span<UInt8>, into facts: inout Facts) {
        guard let time = text.upTo(40).firstIndex(of: 0x20) else { return }
        let fromHost = text.from(time + 1)
        guard let host = fromHost.upTo(256).firstIndex(of: 0x20) else { return }
        if isHost(fromHost.upTo(host)) { facts.add(.syslogHost, fromHost.upTo(host)) }
        let fromProgram = fromHost.from(host + 1)
        guard let program = fromProgram.upTo(49).firstIndex(of: 0x20) else { return }
        if isProgram(fromProgram.upTo(program)) { facts.add(.syslogProgram, fromProgram.upTo(program)) }
    }

    /// Fortinet writes keys and values: `date=… time=… devname="ward-fw" …`.
    private static func readKeys(_ text: Span<UInt8>, into facts: inout Facts) {
        guard let key = text.upTo(256).firstIndex(of: " devname=") else { return }
        var name = text.from(key + 9)
        if name.at(0) == 0x22 { name = name.from(1) }
        var length = 0
        while length < min(name.count, 256), name[length] != 0x20, name[length] != 0x22 { length += 1 }
        if isHost(name.upTo(length)) { facts.add(.syslogHost, name.upTo(length)) }
    }

    // MARK: Words

    /// Length of a time at the front: `Sep 12 19:16:12`, `*Sep 22 2021 13:47:45.672 UTC`, `2013-09-12T19:16:43+04:00`.
    private static func timestampLength(_ text: Span<UInt8>) -> Int? {
        // RFC 3339: a digit first, `T` in the eleventh column.
        if let first = text.at(0), isDigit(first), text.at(4) == 0x2D, text.at(10) == 0x54 {
            return text.upTo(40).firstIndex(of: 0x20)
        }
        var index = 0
        // Cisco marks a clock that was never set (`*`) or lost its server (`.`).
        if text.at(0) == 0x2A || text.at(0) == 0x2E { index = 1 }
        guard isMonth(text, at: index), text.at(index + 3) == 0x20 else { return nil }
        // Day, and with Cisco also the year, before `hh:mm:ss`.
        guard let colon = text.upTo(index + 16).firstIndex(of: 0x3A, from: index), text.at(colon + 3) == 0x3A,
            let second = text.at(colon + 5), isDigit(second)
        else { return nil }
        index = colon + 6
        if text.at(index) == 0x2E {
            index += 1
            while let digit = text.at(index), isDigit(digit) { index += 1 }
        }
        // A zone of three or four capitals, when a colon ends it.
        if text.at(index) == 0x20, let colon = text.from(index).upTo(6).firstIndex(of: 0x3A), colon >= 4 {
            index += colon
        }
        return index
    }

    private static func isMonth(_ text: Span<UInt8>, at index: Int) -> Bool {
        for month in ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        where text.matches(month, at: index) {
            return true
        }
        return false
    }

    /// Length of a program's name at the front, which `[` or `:` must end.
    private static func programLength(_ text: Span<UInt8>) -> Int? {
        var length = 0
        // RFC 5424, 6.2.5: up to 48 octets.
        while let octet = text.at(length), length <= 48, isWord(octet) { length += 1 }
        guard length > 0, length <= 48, let next = text.at(length), next == 0x3A || next == 0x5B else { return nil }
        // `10:22:` is a time.
        return isDigit(text[0]) ? nil : length
    }

    private static func isProgram(_ text: Span<UInt8>) -> Bool {
        guard text.count > 0, !(text.count == 1 && text[0] == 0x2D) else { return false }
        for index in text.indices where !isWord(text[index]) { return false }
        return true
    }

    private static func isWord(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x25, 0x2D...0x2F, 0x5F, 0x28, 0x29: true
        default: false
        }
    }

    /// Letters, digits, dots, dashes, underlines, colons (IPv6), and not all of it a dash.
    private static func isHost(_ text: Span<UInt8>) -> Bool {
        guard text.count > 0, text.count <= 255, !(text.count == 1 && text[0] == 0x2D) else { return false }
        for index in text.indices {
            switch text[index] {
            case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: break
            default: return false
            }
        }
        return true
    }

    private static func isDigit(_ octet: UInt8) -> Bool { octet >= 0x30 && octet <= 0x39 }

    private static func isText(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where text[index] < 0x20 || text[index] > 0x7E { return false }
        return true
    }

    // MARK: Writing

    /// A message as RFC 5424 has it.
    ///
    /// - Parameters:
    ///   - priority: eight times the facility plus the severity, 0 to 191.
    ///   - time: as RFC 3339 writes it.
    public static func write(
        priority: UInt8, time: String, host: String, program: String, process: Int, text: String
    ) -> [UInt8] {
        Array("<\(priority)>1 \(time) \(host) \(program) \(process) - - \(text)".utf8)
    }
}
