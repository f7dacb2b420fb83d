//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Values of JSON whose kind is not known before: words, numbers, and steps through lists.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension JSONLineReader {
    /// The next key, of which at most 64 octets are told; a longer one is told as empty. Nil at the object's end.
    mutating func longKey(isFirst: inout Bool) throws(LineTrouble) -> String? {
        if has(UInt8(ascii: "}")) { return nil }
        if !isFirst { try mark(UInt8(ascii: ",")) }
        isFirst = false
        let name = try word(most: 64, isText: true) ?? ""
        try mark(UInt8(ascii: ":"))
        return name
    }

    /// A text, a number or true and false, as it stands there; nil for null, for lists and objects, and for what is longer
    /// than `most` octets, which are stepped over.
    mutating func word(most: Int, isText: Bool = false) throws(LineTrouble) -> String? {
        if begins(with: 0x22) {
            var ahead = self
            try ahead.skip()
            // An octet takes six at most where it is escaped.
            guard ahead.column - column <= 6 * most + 2 else {
                try skip()
                return nil
            }
            var trial = self
            do { _ = try trial.text(of: "value", most: most) } catch {
                guard case .tooLong = error else { throw error }
                try skip()
                return nil
            }
            return try text(of: "value", most: most)
        }
        guard !isText else { throw .notJSON(column: column) }
        guard !begins(with: UInt8(ascii: "{")), !begins(with: UInt8(ascii: "[")) else {
            try skip()
            return nil
        }
        let word = try plainWord(most: most)
        return word == "null" ? nil : word
    }

    /// What comes next in lists of numbers.
    enum Step {
        case opened
        case closed
        case number(Double)
    }

    /// The next bracket or number; commas between them are stepped over.
    mutating func step() throws(LineTrouble) -> Step {
        _ = has(UInt8(ascii: ","))
        if has(UInt8(ascii: "[")) { return .opened }
        if has(UInt8(ascii: "]")) { return .closed }
        let place = column
        guard let number = Double(try plainWord(most: 64)), number.isFinite else { throw .notJSON(column: place) }
        return .number(number)
    }
}
