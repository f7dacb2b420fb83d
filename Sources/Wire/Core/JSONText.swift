//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Texts in lines of JSON that we write: quoted, and cut where they are too long.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// How a text is written into a line of JSON (RFC 8259, 7).
enum JSONText {
    /// At most so many octets, cut between characters.
    static func cut(_ text: String, _ most: Int) -> String {
        guard text.utf8.count > most else { return text }
        var kept = String.UnicodeScalarView()
        var octets = 0
        for scalar in text.unicodeScalars {
            octets += UTF8.width(scalar)
            if octets > most { break }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// As a reader of such a line would have it: controls are blanks, none stands at the ends, and it is cut.
    static func clean(_ text: String, _ most: Int) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            scalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
        }
        return trimmed(cut(trimmed(String(scalars)), most))
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { $0 != " " }), let last = scalars.lastIndex(where: { $0 != " " })
        else { return "" }
        return String(scalars[first...last])
    }

    static func quoted(_ text: String) -> String {
        var line = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line += "\\\""
            case "\\": line += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: line += "\\u\(digits(scalar.value, 4))"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line + "\""
    }

    /// So many hexadecimal digits at least.
    static func digits(_ number: UInt32, _ count: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
