//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Safe text: which characters of a stranger may reach a person's screen, and how wide are they?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Unicode.Scalar {
    /// Whether this can move the cursor, turn the writing direction round, hide, or break a line: control and format
    /// characters (Unicode categories Cc, Cf), the line and paragraph separators, and what Unicode gives no meaning.
    ///
    /// All of Cf is meant: the bidi overrides of CVE-2021-42574, zero-width characters, tags, the byte order mark.
    var isHostile: Bool {
        if value < 0x7F { return value < 0x20 }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return true
        default: return false
        }
    }

    /// Columns that a terminal gives it: 0 for combining marks, 2 for the wide blocks of Unicode TR 11, else 1.
    var columns: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return Self.wide.contains { $0.contains(value) } ? 2 : 1
        }
    }

    /// East Asian wide and full-width blocks and the emoji that terminals draw double (TR 11, whole blocks for brevity).
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
        0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F004...0x1F004, 0x1F18E...0x1F19A, 0x1F200...0x1F64F,
        0x1F680...0x1F6FF, 0x1F7E0...0x1F7EB, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
    ]
}

public enum SafeText {
    /// The same text with every hostile character shown as U+FFFD, and at most two combining marks in a row.
    public static func neutralised(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        var marks = 0
        for scalar in text.unicodeScalars {
            if scalar.isHostile {
                result.append("\u{FFFD}")
                marks = 0
            } else if scalar.columns == 0 {
                marks += 1
                if marks <= 2 { result.append(scalar) }
            } else {
                result.append(scalar)
                marks = 0
            }
        }
        return String(result)
    }

    /// Columns that neutralised text takes on a terminal.
    static func columns(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + $1.columns }
    }

    /// Cuts to `limit` columns, the last of them `…` when something was left out.
    static func clipped(_ text: String, to limit: Int) -> String {
        if columns(text) <= limit { return text }
        if limit <= 0 { return "" }
        var result = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            if used + scalar.columns > limit - 1 { break }
            result.append(scalar)
            used += scalar.columns
        }
        return String(result) + "…"
    }

    /// Filled with spaces on the right to `width` columns.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(text)))
    }

    /// Words in lines of at most `width` columns; a word longer than that stands on a line of its own, clipped.
    static func wrapped(_ text: String, to width: Int, indent: String = "") -> [String] {
        let room = max(8, width - indent.count)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let word = clipped(String(word), to: room)
            if !line.isEmpty && columns(line) + 1 + columns(word) > room {
                lines.append(indent + line)
                line = ""
            }
            line += line.isEmpty ? word : " " + word
        }
        if !line.isEmpty { lines.append(indent + line) }
        return lines
    }

    /// `1,234,567`: people read groups of three.
    static func grouped(_ number: UInt64) -> String {
        var result = ""
        let digits = String(number)
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }

    /// `1 device`, `2 devices`.
    static func counted(_ number: UInt64, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// Parts in a thousand as a whole percentage; never `100 %` or `0 %` for what is only nearly so.
    static func percent(perMille: Int) -> String {
        let whole = (perMille + 5) / 10
        if perMille > 0 && whole == 0 { return "1 %" }
        if perMille < 1000 && whole == 100 { return "99 %" }
        return "\(whole) %"
    }
}
