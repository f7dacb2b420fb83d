//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Patterns: does a text have this shape, and what stands in its holes?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What stood in one hole of a pattern.
struct Capture: Hashable, Sendable, Codable {
    let name: String
    let text: String
}

/// Literal pieces with holes between them: `cisco {model}`, `Ver {firmware:version} build {_}`.
///
/// A hole takes as little as it can before the next literal; the last one takes the rest; one that is followed by another
/// hole at once takes all that its kind accepts. The whole text must fit. No backtracking: the cost is one pass. Letters'
/// case does not matter (ASCII).
struct Template: Hashable, Sendable {
    /// What a hole accepts.
    enum Kind: String, Hashable, Sendable {
        /// At least one octet of anything.
        case any
        /// No blank, no end of line.
        case word
        case digits
        case hex
        /// Begins with a digit, or with v or r and a digit; letters, digits, `.`, `-`, `_`, `(`, `)`, `+`, `:` follow.
        case version
    }

    struct Hole: Hashable, Sendable {
        var name: String
        var kind: Kind
    }

    /// Literals, in lower case; one more than holes, the first and last may be empty.
    let literals: [[UInt8]]
    let holes: [Hole]

    /// Reads `cisco {model}`; nil where a brace is not closed, a kind unknown or two holes touch.
    init?(_ text: String) {
        var literals: [[UInt8]] = []
        var holes: [Hole] = []
        var literal: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{") else {
                literal.append(lowercased(byte))
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")), let inside = String(rest[..<end]) else {
                return nil
            }
            let parts = inside.split(separator: ":", maxSplits: 1).map(String.init)
            guard let name = parts.first, let kind = Kind(rawValue: parts.count > 1 ? parts[1] : "any") else {
                return nil
            }
            if literal.isEmpty, let before = holes.last, before.kind == .any { return nil }
            holes.append(Hole(name: name, kind: kind))
            literals.append(literal)
            literal = []
            rest = rest[rest.index(after: end)...]
        }
        literals.append(literal)
        self.literals = literals
        self.holes = holes
    }

    /// What stands in the holes; nil where the text has another shape.
    ///
    /// - Parameters:
    ///   - lower: The text in lower case.
    ///   - original: The same, as it was written.
    func match(_ lower: [UInt8], _ original: [UInt8]) -> [Capture]? {
        guard lower.starts(with: literals[0]) else { return nil }
        var captures: [Capture] = []
        var at = literals[0].count
        for (number, hole) in holes.enumerated() {
            let next = literals[number + 1]
            let isLast = number == holes.count - 1
            var end: Int
            if isLast {
                end = lower.count - next.count
                guard end >= at, lower[end...].elementsEqual(next) else { return nil }
            } else if next.isEmpty {
                end = at
                while end < lower.count, hole.accepts(octet: lower[end]) { end += 1 }
                while end > at, lower[end - 1] == UInt8(ascii: ".") { end -= 1 }
            } else {
                guard let found = lower.firstPlace(of: next, from: hole.name == "_" ? at : at + 1) else { return nil }
                end = found
            }
            guard hole.name == "_" && hole.kind == .any || hole.accepts(lower[at..<end]) else { return nil }
            if hole.name != "_" {
                captures.append(Capture(name: hole.name, text: trimmed(original[at..<end])))
            }
            at = end + next.count
        }
        return at == lower.count ? captures : nil
    }
}

extension Template.Hole {
    fileprivate func accepts(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        if kind == .any { return bytes.contains { $0 > 0x20 } }
        if kind == .version, !isDigit(first) {
            guard first == UInt8(ascii: "v") || first == UInt8(ascii: "r"), bytes.count > 1,
                isDigit(bytes[bytes.startIndex + 1])
            else { return false }
        }
        return bytes.allSatisfy(accepts(octet:))
    }

    fileprivate func accepts(octet byte: UInt8) -> Bool {
        switch kind {
        case .any: true
        case .word: byte > 0x20
        case .digits: isDigit(byte)
        case .hex: isDigit(byte) || byte >= 0x61 && byte <= 0x66
        case .version: isDigit(byte) || byte >= 0x61 && byte <= 0x7A || ".-_()+:".utf8.contains(byte)
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

extension [UInt8] {
    /// The first place at or after `start` where `needle` begins.
    func firstPlace(of needle: [UInt8], from start: Int) -> Int? {
        guard needle.count <= count else { return nil }
        guard let first = needle.first else { return start <= count ? start : nil }
        var at = start
        while at <= count - needle.count {
            if self[at] == first && self[at..<at + needle.count].elementsEqual(needle) { return at }
            at += 1
        }
        return nil
    }
}

/// ASCII letters in lower case; all else as it is.
@inline(__always)
func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

func lowercasedBytes(_ text: String) -> [UInt8] { text.utf8.map(lowercased) }

/// Without blanks at either end; broken UTF-8 at a cut becomes U+FFFD.
private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var part = bytes
    while part.first == 0x20 { part.removeFirst() }
    while part.last == 0x20 { part.removeLast() }
    return String(decoding: part, as: UTF8.self)
}
