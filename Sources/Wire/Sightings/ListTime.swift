//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Moments as other programs' lists write them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Reads the moments of exports: RFC 3339, seconds since 1970, and the dates of spreadsheets.
public struct ListTime: Hashable, Sendable {
    /// Seconds east of Greenwich, for moments that do not say where they are.
    public var zone: Int64
    /// Whether 3/4/2026 is the third of April. A number above 12 decides by itself.
    public var isDayFirst: Bool

    public init(zone: Int64 = 0, isDayFirst: Bool = false) {
        self.zone = zone
        self.isDayFirst = isDayFirst
    }

    /// `+01:00`, `-0530`, `Z`; nil for anything else.
    public static func zone(_ text: some StringProtocol) -> Int64? {
        if ["z", "utc", "gmt"].contains(text.lowercased()) { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = String(text.dropFirst().filter { $0 != ":" })
        guard digits.utf8.count == 2 || digits.utf8.count == 4, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let hours = Int64(digits.prefix(2)), let minutes = Int64(digits.utf8.count == 4 ? digits.suffix(2) : "0"),
            hours <= 14, minutes < 60
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (sign == "-" ? -1 : 1)
    }

    private enum Token: Hashable {
        case number(Int64, digits: Int)
        case word(String)
        case mark(UInt8)
    }

    /// The moment that a text names; nil where it names none.
    public func callAsFunction(_ text: some StringProtocol) -> Timestamp? {
        if let time = Timestamp(rfc3339: text) { return time }
        guard text.utf8.count <= 48, let tokens = Self.tokens(text) else { return nil }
        if let epoch = Self.epoch(tokens) { return epoch }
        var rest = tokens[...]
        let hasDots = tokens.count > 1 && tokens[1] == .mark(0x2E)
        guard let (year, month, day) = date(&rest, hasDots) else { return nil }
        guard let (hour, minute, second, fraction, offset) = clock(&rest), rest.isEmpty else { return nil }
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let years = String(repeating: "0", count: max(0, 4 - "\(year)".utf8.count)) + "\(year)"
        let plain = "\(years)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))Z"
        guard let time = Timestamp(rfc3339: plain) else { return nil }
        let (nanoseconds, isOver) = time.nanoseconds.subtractingReportingOverflow(
            (offset ?? zone) * 1_000_000_000 - fraction)
        return isOver ? nil : Timestamp(nanoseconds: nanoseconds)
    }

    private static func tokens(_ text: some StringProtocol) -> [Token]? {
        var tokens: [Token] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39:
                if case .number(let value, let digits) = tokens.last {
                    guard digits < 17 else { return nil }
                    tokens[tokens.count - 1] = .number(value * 10 + Int64(byte - 0x30), digits: digits + 1)
                } else {
                    tokens.append(.number(Int64(byte - 0x30), digits: 1))
                }
            case 0x41...0x5A, 0x61...0x7A:
                let letter = String(Unicode.Scalar(byte | 0x20))
                if case .word(let word) = tokens.last {
                    tokens[tokens.count - 1] = .word(word + letter)
                } else {
                    tokens.append(.word(letter))
                }
            case 0x20, 0x2C: tokens.append(.mark(0x20))
            case 0x2B, 0x2D, 0x2E, 0x2F, 0x3A: tokens.append(.mark(byte))
            default: return nil
            }
        }
        // Of blanks in a row one stays, and none at the ends.
        var plain: [Token] = []
        for token in tokens where !(token == .mark(0x20) && (plain.last == .mark(0x20) || plain.isEmpty)) {
            plain.append(token)
        }
        if plain.last == .mark(0x20) { plain.removeLast() }
        return plain.isEmpty ? nil : plain
    }

    /// Seconds, milli- or microseconds since 1970: of the years 2001 to 2286 their digits tell which.
    private static func epoch(_ tokens: [Token]) -> Timestamp? {
        guard case .number(let value, let digits) = tokens[0] else { return nil }
        if tokens.count == 1 {
            switch digits {
            case 9...10: return Timestamp(seconds: value)
            case 13: return Timestamp(nanoseconds: value * 1_000_000)
            case 16: return Timestamp(nanoseconds: value * 1_000)
            default: return nil
            }
        }
        guard digits == 10, tokens.count == 3, tokens[1] == .mark(0x2E), case .number = tokens[2] else { return nil }
        return Timestamp(seconds: value)
    }

    // MARK: Dates

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func month(_ word: String) -> Int64? {
        guard word.utf8.count >= 3, let place = months.firstIndex(of: String(word.prefix(3))) else { return nil }
        return Int64(place) + 1
    }

    /// - Parameter hasDots: 3.4.2026 is written where the day comes first.
    private func date(
        _ rest: inout ArraySlice<Token>, _ hasDots: Bool
    ) -> (year: Int64, month: Int64, day: Int64)? {
        // A day of the week says nothing.
        if case .word(let word) = rest.first, Self.month(word) == nil {
            rest.removeFirst()
            while case .mark = rest.first { rest.removeFirst() }
        }
        var parts: [Token] = []
        while parts.count < 3, let token = rest.first {
            rest.removeFirst()
            switch token {
            case .number, .word: parts.append(token)
            case .mark(let mark): guard mark != 0x3A, mark != 0x2B else { return nil }
            }
        }
        guard parts.count == 3 else { return nil }
        switch (parts[0], parts[1], parts[2]) {
        case (.number(let year, digits: 4), .number(let month, digits: _), .number(let day, digits: _)):
            return (year, month, day)
        case (.number(let one, digits: _), .number(let other, digits: _), .number(let year, let digits)):
            guard digits == 4 || digits == 2 else { return nil }
            let years = digits == 2 ? 2_000 + year : year
            let isDayFirst = one > 12 || other <= 12 && (self.isDayFirst || hasDots)
            return isDayFirst ? (years, other, one) : (years, one, other)
        case (.number(let day, digits: _), .word(let word), .number(let year, digits: 4)),
            (.word(let word), .number(let day, digits: _), .number(let year, digits: 4)):
            return Self.month(word).map { (year, $0, day) }
        default: return nil
        }
    }

    // MARK: Clocks

    private typealias Clock = (hour: Int64, minute: Int64, second: Int64, fraction: Int64, offset: Int64?)

    /// What stands behind the date: nothing, or a time with half of the day and zone.
    private func clock(_ rest: inout ArraySlice<Token>) -> Clock? {
        func drop(_ mark: UInt8) -> Bool {
            guard rest.first == .mark(mark) else { return false }
            rest.removeFirst()
            return true
        }
        func number() -> (value: Int64, digits: Int)? {
            guard case .number(let value, let digits) = rest.first else { return nil }
            rest.removeFirst()
            return (value, digits)
        }
        while rest.first == .mark(0x20) || rest.first == .word("t") || rest.first == .word("at")
            || rest.first == .mark(0x2D)
        {
            rest.removeFirst()
        }
        if rest.isEmpty { return (0, 0, 0, 0, nil) }
        guard var hour = number()?.value, drop(0x3A), let minute = number()?.value else { return nil }
        var second: Int64 = 0
        var fraction: Int64 = 0
        if drop(0x3A) {
            guard let read = number() else { return nil }
            second = read.value
            if drop(0x2E) {
                guard let read = number(), read.digits <= 9 else { return nil }
                fraction = read.value
                for _ in read.digits..<9 { fraction *= 10 }
            }
        }
        while drop(0x20) {}
        if case .word(let word) = rest.first, word == "am" || word == "pm" {
            guard hour >= 1, hour <= 12 else { return nil }
            hour = hour % 12 + (word == "pm" ? 12 : 0)
            rest.removeFirst()
            while drop(0x20) {}
        }
        let (isRight, offset) = Self.offset(&rest)
        return isRight ? (hour, minute, second, fraction, offset) : nil
    }

    /// `Z`, `UTC`, `+01:00`, `-0500`; nothing is right, too.
    private static func offset(_ rest: inout ArraySlice<Token>) -> (isRight: Bool, seconds: Int64?) {
        switch rest.first {
        case nil: return (true, nil)
        case .word(let word):
            guard word == "z" || word == "utc" || word == "gmt" else { return (false, nil) }
            rest.removeFirst()
            return (rest.isEmpty, 0)
        case .mark(let mark) where mark == 0x2B || mark == 0x2D:
            rest.removeFirst()
            guard case .number(var hours, let digits) = rest.first else { return (false, nil) }
            rest.removeFirst()
            var minutes: Int64 = 0
            if digits == 4 {
                (hours, minutes) = (hours / 100, hours % 100)
            } else if rest.first == .mark(0x3A), case .number(let read, digits: 2) = rest.dropFirst().first {
                minutes = read
                rest.removeFirst(2)
            }
            guard rest.isEmpty, hours <= 14, minutes < 60 else { return (false, nil) }
            return (true, (hours * 3_600 + minutes * 60) * (mark == 0x2D ? -1 : 1))
        default: return (false, nil)
        }
    }
}
