//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Names in the order in which people count: `bed 2` before `bed 10`.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// As people sort names: `bed 2` before `bed 10`.
enum NaturalOrder {
    static func isBefore(_ one: String, _ other: String) -> Bool {
        let (mine, theirs) = (pieces(one), pieces(other))
        for (left, right) in zip(mine, theirs) where left != right {
            if let a = left.number, let b = right.number, a != b { return a < b }
            return left.text < right.text
        }
        return mine.count == theirs.count ? one < other : mine.count < theirs.count
    }

    private struct Piece: Equatable {
        var text: String
        var number: UInt64?
    }

    /// Runs of digits and of everything else, in small letters.
    private static func pieces(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var run = ""
        var isDigits = false
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
        func end() { if !run.isEmpty { pieces.append(Piece(text: run, number: isDigits ? UInt64(run) : nil)) } }
        for scalar in text.lowercased().unicodeScalars {
            if isDigit(scalar) != isDigits {
                end()
                run = ""
                isDigits = isDigit(scalar)
            }
            run.unicodeScalars.append(scalar)
        }
        end()
        return pieces
    }
}
