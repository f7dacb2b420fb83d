//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Days as people and spreadsheets write them: which one is it, or which two may it be?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a cell for a day says.
enum DeclaredDay: Hashable, Sendable {
    case day(Timestamp)
    /// Two numbers and a year; which of them is the month is for the column as a whole to say.
    case either(Int, Int, year: Int)
    case none
    case broken

    init(_ text: String) {
        let plain = DeclaredWords.plain(text)
        if DeclaredWords.isNothing(plain) || Self.nevers.contains(plain) || Self.isBlank(plain) {
            self = .none
            return
        }
        self = Self.read(text)
    }

    private static let nevers: Set<String> = [
        "never", "nie", "jamais", "nunca", "ka", "nd", "nc", "so", "sd", "no", "new",
    ]

    /// What SAP, MySQL and SQL Server have where no day is kept: `00.00.0000`, `0000-00-00`, `1900-01-01`, `9999-12-31`.
    private static func isBlank(_ plain: String) -> Bool {
        let digits = plain.prefix(8)
        return plain.utf8.allSatisfy { $0 == 0x30 }
            || digits == "00000000" || digits == "19000101" || digits == "01011900" || digits == "111900"
            || digits == "99991231" || digits == "31129999" || digits == "12319999"
    }

    /// A day at midnight UTC; nil for what no calendar has, and outside 1900 to 2199.
    static func day(_ year: Int, _ month: Int, _ day: Int) -> Timestamp? {
        guard (1900...2199).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return Timestamp(rfc3339: "\(year)-\(two(month))-\(two(day))T00:00:00Z")
    }

    /// A day by the number that Excel keeps for it, in the system of 1900, which has a 29 February 1900 as number 60.
    static func excel(_ number: Int) -> Timestamp? {
        guard number >= 1, number <= 109_574, number != 60 else { return nil }
        // 25,569 is 1970-01-01.
        let days = Int64(number < 60 ? number + 1 : number) - 25_569
        return Timestamp(seconds: days * 86_400)
    }

    // MARK: Reading

    private static func read(_ text: String) -> DeclaredDay {
        let words = text.lowercased().split { $0 == " " || $0 == "," || $0 == "t" && text.first?.isNumber == true }
        guard let first = words.first else { return .none }
        if let named = named(text) { return named }
        let parts = first.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "." || $0 == "/" }
        let numbers = parts.compactMap { part in
            (1...8).contains(part.utf8.count) && part.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) ? Int(part) : nil
        }
        guard numbers.count == parts.count else { return .broken }
        switch numbers.count {
        case 1: return single(parts[0], numbers[0])
        case 2 where first.contains("."):
            // `46082.5`: noon of a numbered day.
            return parts[0].utf8.count == 5 ? single(parts[0], numbers[0]) : .broken
        case 3:
            if parts[0].utf8.count == 4 { return known(numbers[0], numbers[1], numbers[2]) }
            guard parts[2].utf8.count == 4 || parts[2].utf8.count == 2 else { return .broken }
            let year = parts[2].utf8.count == 2 ? century(numbers[2]) : numbers[2]
            if first.contains(".") { return known(year, numbers[1], numbers[0]) }
            let isEither =
                Self.day(year, numbers[0], numbers[1]) != nil || Self.day(year, numbers[1], numbers[0]) != nil
            return isEither ? .either(numbers[0], numbers[1], year: year) : .broken
        default: return .broken
        }
    }

    /// `46082`, `20260301`; a year alone is no day.
    private static func single(_ text: Substring, _ number: Int) -> DeclaredDay {
        switch text.utf8.count {
        case 5: excel(number).map { .day($0) } ?? .broken
        case 8: known(number / 10_000, number / 100 % 100, number % 100)
        default: .broken
        }
    }

    private static func known(_ year: Int, _ month: Int, _ day: Int) -> DeclaredDay {
        Self.day(year, month, day).map { .day($0) } ?? .broken
    }

    private static func century(_ year: Int) -> Int { year < 70 ? 2_000 + year : 1_900 + year }

    // MARK: Names of months

    private static let months: [String: Int] = {
        let names: [[String]] = [
            ["jan", "january", "januar", "janvier", "janv", "enero", "ene"],
            ["feb", "february", "februar", "fevrier", "fev", "fevr", "febrero"],
            ["mar", "march", "marz", "maerz", "mrz", "mars", "marzo"],
            ["apr", "april", "avril", "avr", "abril", "abr"],
            ["may", "mai", "mayo"], ["jun", "june", "juni", "juin", "junio"],
            ["jul", "july", "juli", "juillet", "juil", "julio"],
            ["aug", "august", "aout", "agosto", "ago"], ["sep", "sept", "september", "septembre", "septiembre"],
            ["oct", "october", "okt", "oktober", "octobre", "octubre"],
            ["nov", "november", "novembre", "noviembre"],
            ["dec", "december", "dez", "dezember", "decembre", "diciembre", "dic"],
        ]
        var months: [String: Int] = [:]
        for (number, spellings) in names.enumerated() { for spelling in spellings { months[spelling] = number + 1 } }
        return months
    }()

    /// `1 Mar 2026`, `01-Mar-26`, `March 1, 2026`, `Mar 1st 2026`; nil where no month has a name.
    private static func named(_ text: String) -> DeclaredDay? {
        // Without the name of the day and small words: `Mo, 1. März 2026`, `domingo 1 de marzo de 2026`.
        let words = text.split { !$0.isLetter && !$0.isNumber }.prefix(10).map { DeclaredWords.plain($0) }
            .filter { $0.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false || months[$0] != nil }
        guard words.count >= 3 else { return nil }
        func number(_ word: String) -> Int? {
            var digits = word
            for ending in ["st", "nd", "rd", "th", "er"] where digits.hasSuffix(ending) { digits.removeLast(2) }
            return digits.utf8.count <= 4 ? Int(digits) : nil
        }
        // `2026-Mar-01`
        if let found = months[words[1]], words[0].utf8.count == 4, let year = Int(words[0]), let day = number(words[2])
        {
            return known(year, found, day)
        }
        let month: Int
        let day: Int?
        if let found = months[words[1]] {
            (month, day) = (found, number(words[0]))
        } else if let found = months[words[0]] {
            (month, day) = (found, number(words[1]))
        } else {
            return nil
        }
        guard let day, let year = number(words[2]), words[2].utf8.count == 4 || words[2].utf8.count == 2 else {
            return .broken
        }
        return known(words[2].utf8.count == 2 ? century(year) : year, month, day)
    }
}

/// A column of days, in which some are told only once all are known.
struct DeclaredDays: Sendable {
    /// Rows whose day is one of two: place in the list of assets, and both numbers.
    private var open: [(asset: Int, first: Int, second: Int, year: Int)] = []
    private var needsDayFirst = 0
    private var needsMonthFirst = 0

    enum Order: Hashable, Sendable {
        case dayFirst, monthFirst
        /// Both fit all rows, or neither does.
        case unknown(isContradiction: Bool)
    }

    mutating func add(_ first: Int, _ second: Int, year: Int, asset: Int) {
        open.append((asset, first, second, year))
        if first > 12 { needsDayFirst += 1 }
        if second > 12 { needsMonthFirst += 1 }
    }

    var order: Order {
        switch (needsDayFirst > 0, needsMonthFirst > 0) {
        case (true, false): .dayFirst
        case (false, true): .monthFirst
        case (let both, _): .unknown(isContradiction: both)
        }
    }

    /// Days of the rows, as far as they can be said, and the rows of which they cannot.
    func resolved() -> (days: [(asset: Int, day: Timestamp)], unknown: [Int]) {
        var days: [(asset: Int, day: Timestamp)] = []
        var unknown: [Int] = []
        let order = order
        for entry in open {
            let dayFirst = DeclaredDay.day(entry.year, entry.second, entry.first)
            let monthFirst = DeclaredDay.day(entry.year, entry.first, entry.second)
            let day: Timestamp? =
                switch order {
                case .dayFirst: dayFirst
                case .monthFirst: monthFirst
                // The same both ways, or possible one way only.
                case .unknown:
                    dayFirst == monthFirst
                        ? dayFirst : dayFirst == nil ? monthFirst : monthFirst == nil ? dayFirst : nil
                }
            if let day { days.append((entry.asset, day)) } else { unknown.append(entry.asset) }
        }
        return (days, unknown)
    }
}
