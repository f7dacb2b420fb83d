//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Walk files: what a switch said over SNMP, as `.snmprec` recordings and as the text of `snmpwalk -On`.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// How much of a recording is kept.
public struct WalkLimits: Sendable {
    /// Rows: ten tables of 100,000 forwarding entries.
    public var rows = 1_000_000
    /// Octets of a value: as many as a datagram can carry.
    public var value = 65_536
    /// Lines over which one text may run: a banner of a screen.
    public var continuation = 64
    /// Broken lines that are named one by one; all are counted.
    public var named = 16

    public init() {}
}

/// A recording of one agent, line by line. Reads both forms, even mixed; a broken line costs itself only.
///
/// - `.snmprec` (snmpsim): `1.3.6.1.2.1.1.5.0|4|ward-3`; tags are the BER tags, `x` behind one means hexadecimal, `e`
///   escaped; `2:numeric|initial=5,…` are values that snmpsim varies, read as what they begin with.
/// - `snmpwalk -On`: `.1.3.6.1.2.1.1.5.0 = STRING: "ward-3"`, with texts and octets that run over several lines.
public struct WalkFile: Sendable {
    public struct Trouble: Hashable, Sendable {
        /// From 1.
        public var line: Int
        public var oddity: Oddity

        public init(line: Int, oddity: Oddity) {
            self.line = line
            self.oddity = oddity
        }
    }

    /// In the order of the file.
    public private(set) var rows: [SNMPRow] = []
    public private(set) var oddities: [Oddity: UInt64] = [:]
    /// The first broken lines.
    public private(set) var troubles: [Trouble] = []
    /// Lines that were not blank and no comment.
    public private(set) var lines = 0
    /// Lines that name objects by words: `IF-MIB::ifName.1`, what snmpwalk writes without `-On`.
    public private(set) var wordedLines = 0

    private let limits: WalkLimits

    public init(_ text: [UInt8], limits: WalkLimits = WalkLimits()) {
        self.limits = limits
        var start = 0
        var number = 0
        // A mark of byte order, as Windows editors put it.
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        while start < text.count {
            number += 1
            let end = Self.endOfLine(text, start)
            let line = Self.trimmed(text[start..<end])
            let first = start
            start = min(end + 1, text.count)
            guard let head = line.first, head != UInt8(ascii: "#") else { continue }
            lines += 1
            let nameEnd = line.firstIndex { !Self.isOfName($0) } ?? line.endIndex
            if nameEnd < line.endIndex, line[nameEnd] == UInt8(ascii: "|") {
                // The value as it stands: blanks belong to it, a carriage return does not.
                take(record: Self.withoutReturn(text[first..<end]), number)
            } else if line[nameEnd...].starts(with: [0x20, 0x3D]) {
                let value = Self.trimmed(line[nameEnd...].dropFirst(2))
                let (whole, next, more) = Self.joined(value, text, start, limits)
                take(name: line[..<nameEnd], walked: whole, number)
                start = next
                number += more
            } else {
                wordedLines += Self.isWorded(line) ? 1 : 0
                // The last line of a finished walk is no trouble.
                if !line.starts(with: Array("No more variables left".utf8)) { trouble(.walkJunk, number) }
            }
        }
    }

    mutating func trouble(_ oddity: Oddity, _ line: Int) {
        oddities[oddity, default: 0] += 1
        if troubles.count < limits.named { troubles.append(Trouble(line: line, oddity: oddity)) }
    }

    mutating func add(_ name: ObjectName, _ value: SNMPValue, _ line: Int) {
        guard rows.count < limits.rows else { return trouble(.walkTooManyRows, line) }
        if case .octets(let octets) = value, octets.count > limits.value {
            trouble(.walkValueTooLong, line)
            return rows.append(SNMPRow(name, .octets(Array(octets[..<limits.value]))))
        }
        rows.append(SNMPRow(name, value))
    }

    // MARK: Recordings

    private mutating func take(record line: ArraySlice<UInt8>, _ number: Int) {
        let parts = line.split(separator: UInt8(ascii: "|"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return trouble(.walkJunk, number) }
        guard let name = ObjectName(Self.trimmed(parts[0])) else { return trouble(.walkBadName, number) }
        switch Self.value(tag: Self.trimmed(parts[1]), parts[2]) {
        case .success(let value): add(name, value, number)
        case .failure(let problem): trouble(problem.oddity, number)
        }
    }

    struct Problem: Error { var oddity: Oddity }

    /// The value behind a tag: `2`, `4x`, `64`, `2:numeric`.
    private static func value(tag: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Result<SNMPValue, Problem> {
        let isVaried = tag.contains(UInt8(ascii: ":"))
        let plain = tag.prefix { $0 != UInt8(ascii: ":") }
        let digits = plain.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard let code = Array(digits).span.decimal(), code < 256, plain.count - digits.count <= 1 else {
            return .failure(Problem(oddity: .walkUnknownType))
        }
        var form = plain.count > digits.count ? plain.last ?? 0 : 0
        guard form == 0 || form == UInt8(ascii: "x") || form == UInt8(ascii: "e") else {
            return .failure(Problem(oddity: .walkUnknownType))
        }
        var text = text
        if isVaried {
            guard let (start, isHexadecimal) = beginning(ofVaried: text) else {
                return .failure(Problem(oddity: .walkUnknownType))
            }
            text = start
            if isHexadecimal { form = UInt8(ascii: "x") }
        }
        if form != 0 {
            guard let octets = form == UInt8(ascii: "x") ? hexadecimal(text) : unescaped(text) else {
                return .failure(Problem(oddity: .walkBadValue))
            }
            return typed(code, octets: octets)
        }
        return typed(code, text: text)
    }

    /// What a variation module of snmpsim begins with: `initial=`, `value=`, `hexvalue=`, else `offset=`, `min=`, else 0.
    private static func beginning(ofVaried text: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, isHexadecimal: Bool)? {
        var found: [String: ArraySlice<UInt8>] = [:]
        for part in text.split(separator: UInt8(ascii: ","), maxSplits: 32) {
            let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { found[String(decoding: trimmed(pair[0]), as: UTF8.self)] = trimmed(pair[1]) }
        }
        if let value = found["hexvalue"] { return (value, true) }
        for key in ["initial", "value", "offset", "min"] {
            if let value = found[key] { return (value, false) }
        }
        return (ArraySlice([0x30]), false)
    }

    private static func typed(_ code: Int, text: ArraySlice<UInt8>) -> Result<SNMPValue, Problem> {
        let bare = trimmed(text)
        let bad = Result<SNMPValue, Problem>.failure(Problem(oddity: .walkBadValue))
        switch code {
        case 2: return signed(bare).map { .success(.integer($0)) } ?? bad
        case 4, 68: return .success(.octets(Array(text)))
        case 5: return .success(.null)
        case 6: return ObjectName(bare).map { .success(.name($0)) } ?? bad
        case 64: return dotted(bare).map { .success(.address($0)) } ?? bad
        case 65: return unsigned32(bare).map { .success(.counter32($0)) } ?? bad
        case 66: return unsigned32(bare).map { .success(.gauge($0)) } ?? bad
        case 67: return unsigned32(bare).map { .success(.ticks($0)) } ?? bad
        case 70: return unsigned(bare).map { .success(.counter64($0)) } ?? bad
        case 128, 129, 130: return .success(.absent)
        default: return .failure(Problem(oddity: .walkUnknownType))
        }
    }

    private static func typed(_ code: Int, octets: [UInt8]) -> Result<SNMPValue, Problem> {
        switch code {
        case 4, 68: return .success(.octets(octets))
        case 64:
            guard octets.count == 4 else { return .failure(Problem(oddity: .walkBadValue)) }
            return .success(.address(octets.reduce(0) { $0 << 8 | UInt32($1) }))
        default: return typed(code, text: octets[...])
        }
    }
}
