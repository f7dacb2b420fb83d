//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Walk files: the text that net-snmp's `snmpwalk -On` writes.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension WalkFile {
    /// A value with what follows of it on the next lines, where those begin, and how many they are.
    ///
    /// A text in quotes runs to the quote at a line's end; a text without, and octets, run until a line begins with a
    /// name. What never ends within the limit is one line.
    static func joined(
        _ value: ArraySlice<UInt8>, _ text: [UInt8], _ start: Int, _ limits: WalkLimits
    ) -> (ArraySlice<UInt8>, next: Int, lines: Int) {
        let kind = withoutPrefix(value)
        let isQuoted = kind.starts(with: Array("STRING: \"".utf8)) || kind.first == quote && kind.count > 1
        if isQuoted {
            let opening = kind.first == quote ? kind.dropFirst() : kind.dropFirst(9)
            if endsQuoted(opening) { return (value, start, 0) }
        } else if !kind.starts(with: Array("STRING:".utf8)) && !kind.starts(with: Array("Hex-STRING:".utf8))
            && !kind.starts(with: Array("BITS:".utf8)) && !kind.starts(with: Array("Opaque:".utf8))
        {
            return (value, start, 0)
        }
        var whole = Array(value)
        var next = start
        var count = 0
        while next < text.count, count < limits.continuation, whole.count < limits.value {
            let end = endOfLine(text, next)
            let line = trimmed(text[next..<end])
            if !isQuoted, isNamed(line) || isNotice(line) { return (whole[...], next, count) }
            whole.append(0x0A)
            whole.append(contentsOf: isQuoted ? withoutReturn(text[next..<end]) : line)
            next = min(end + 1, text.count)
            count += 1
            if isQuoted, endsQuoted(line) { return (trimmed(whole[...]), next, count) }
        }
        // A text without quotes may end with the file; one in quotes may not.
        return isQuoted ? (value, start, 0) : (trimmed(whole[...]), next, count)
    }

    private static let quote = UInt8(ascii: "\"")

    /// Ends with a quote that no backslash takes back.
    private static func endsQuoted(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.last == quote else { return false }
        return line.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 0
    }

    /// `.1.3.6.1.2.1 = `
    static func isNamed(_ line: ArraySlice<UInt8>) -> Bool {
        guard let end = line.firstIndex(where: { !isOfName($0) }), end > line.startIndex else { return false }
        return line[end...].starts(with: [0x20, 0x3D]) && line.first != 0x20
            && ObjectName(line[..<end]) != nil
    }

    /// What snmpwalk says itself.
    private static func isNotice(_ line: ArraySlice<UInt8>) -> Bool {
        ["No more variables left", "Timeout: No Response", "Error in packet", "Error: OID not increasing"]
            .contains { line.starts(with: Array($0.utf8)) }
    }

    /// `IF-MIB::ifName.1 = `, `SNMPv2-MIB::…`
    static func isWorded(_ line: ArraySlice<UInt8>) -> Bool {
        let name = line.prefix { $0 != 0x20 }
        return name.count < line.count && Array(name).span.firstIndex(of: "::") != nil
    }

    /// `Wrong Type (should be INTEGER): STRING: "7"` says what was said all the same.
    private static func withoutPrefix(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard value.starts(with: Array("Wrong Type".utf8)),
            let colon = Array(value).span.firstIndex(of: "): ")
        else { return value }
        return value.dropFirst(colon + 3)
    }

    mutating func take(name: ArraySlice<UInt8>, walked value: ArraySlice<UInt8>, _ line: Int) {
        guard let name = ObjectName(name) else { return trouble(.walkBadName, line) }
        let value = Self.withoutPrefix(value)
        guard !value.starts(with: Array("No Such".utf8)), !value.starts(with: Array("No more variables".utf8)) else {
            return add(name, .absent, line)
        }
        if value.isEmpty || value.elementsEqual([Self.quote, Self.quote]) { return add(name, .octets([]), line) }
        if value.elementsEqual(Array("NULL".utf8)) { return add(name, .null, line) }
        if value.first == Self.quote { return add(name, .octets(Self.unquoted(value)), line) }
        guard let colon = value.firstIndex(of: UInt8(ascii: ":")) else { return trouble(.walkUnknownType, line) }
        let kind = String(decoding: value[..<colon], as: UTF8.self)
        let rest = Self.trimmed(value[(colon + 1)...])
        guard let typed = Self.typed(kind, rest) else { return trouble(.walkUnknownType, line) }
        guard let known = typed else { return trouble(.walkBadValue, line) }
        add(name, known, line)
    }

    /// Nil for a type that is not known; nil inside for a value that does not fit it.
    private static func typed(_ kind: String, _ rest: ArraySlice<UInt8>) -> SNMPValue?? {
        switch kind {
        case "STRING": .some(.octets(unquoted(rest)))
        case "Hex-STRING", "BITS": .some(.octets(leadingOctets(rest)))
        case "Opaque": .some(.octets(Array(rest)))
        case "INTEGER", "Integer32": .some(number(rest).map { .integer($0) })
        case "Counter32", "Counter": .some(number(rest).flatMap(UInt32.init(exactly:)).map { .counter32($0) })
        case "Gauge32", "Gauge", "Unsigned32", "UInteger32":
            .some(number(rest).flatMap(UInt32.init(exactly:)).map { .gauge($0) })
        case "Counter64": .some(unsigned(rest.prefix { $0 != 0x20 }).map { .counter64($0) })
        case "Timeticks": .some(number(rest).flatMap(UInt32.init(exactly:)).map { .ticks($0) })
        case "OID": .some(ObjectName(rest).map { .name($0) })
        case "IpAddress": .some(dotted(rest).map { .address($0) })
        // `Network Address: C0:A8:01:07`
        case "Network Address": .some(colonOctets(rest).map { .address($0) })
        default: nil
        }
    }

    private static func colonOctets(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard let octets = hexadecimal(part), octets.count == 1 else { return nil }
            bits = bits << 8 | UInt32(octets[0])
        }
        return bits
    }

    /// `7`, `up(1)`, `(4711) 0:00:47.11`, `12 dBm`
    private static func number(_ text: ArraySlice<UInt8>) -> Int64? {
        if let open = text.firstIndex(of: UInt8(ascii: "(")),
            let close = text[open...].firstIndex(of: UInt8(ascii: ")"))
        {
            return signed(text[(open + 1)..<close])
        }
        return signed(text.prefix { $0 != 0x20 })
    }

    /// Octets in pairs of digits up to the first word that is none: `60 00 read(1) write(2)`, and the text that
    /// `snmpwalk` may put behind them in brackets.
    private static func leadingOctets(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        for word in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) {
            guard word.count == 2, let octet = hexadecimal(word) else { break }
            octets += octet
        }
        return octets
    }

    /// Without the quotes around it, and the backslashes before quotes and backslashes within.
    private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.first == quote else { return Array(text) }
        var inner = text.dropFirst()
        if endsQuoted(inner) { inner = inner.dropLast() }
        var octets: [UInt8] = []
        octets.reserveCapacity(inner.count)
        var isEscaped = false
        for byte in inner {
            if isEscaped {
                if byte != quote, byte != UInt8(ascii: "\\") { octets.append(UInt8(ascii: "\\")) }
                octets.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                octets.append(byte)
            }
        }
        return octets
    }
}
