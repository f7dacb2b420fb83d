//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Rules: if a device says this, what does it mean?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One way in which a value can fulfil a condition. Letters' case does not matter (ASCII).
enum Test: Hashable, Sendable {
    case exact([UInt8])
    case prefix([UInt8])
    case suffix([UInt8])
    case contains([UInt8])
    case template(Template)
    /// It is the first of the fingerprints of a set that the text fits; `form` makes the value what the set expects.
    case pattern(set: Int, fingerprint: Int, form: FingerprintFeed.Form)
    /// A stack's signature; which ones belong to the rule is known to `StackIndex`.
    case stack
    /// Whatever the value.
    case any
}

/// A rule's condition was fulfilled by a value.
struct RuleMatch: Hashable, Sendable, Codable {
    let rule: UInt32
    let condition: UInt8
    let captures: [Capture]
}

/// A text that may have holes to be filled: `Windows {version}`, `{value}` for the whole value of the first condition.
struct Filling: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case text(String)
        case hole(String)
    }
    private let pieces: [Piece]

    init(_ pieces: [Piece]) { self.pieces = pieces }

    init?(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.hole(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    /// The same for texts of others: a brace that opens no name stands for itself. Nil where there is no hole.
    init?(loosely text: String) {
        var pieces: [Piece] = []
        var literal = ""
        var rest = text[...]
        while let character = rest.first {
            rest.removeFirst()
            if character == "{", let close = rest.firstIndex(where: { "{} \t\n\r".contains($0) }),
                rest[close] == "}", close > rest.startIndex
            {
                if !literal.isEmpty { pieces.append(.text(literal)) }
                literal = ""
                pieces.append(.hole(String(rest[..<close])))
                rest = rest[rest.index(after: close)...]
            } else {
                literal.append(character)
            }
        }
        if !literal.isEmpty { pieces.append(.text(literal)) }
        self.pieces = pieces
        if holes.isEmpty { return nil }
    }

    /// Its text where it has no hole.
    var constant: String? {
        var text = ""
        for piece in pieces {
            guard case .text(let part) = piece else { return nil }
            text += part
        }
        return text
    }

    /// Its pieces, with each hole replaced by what `find` gives for its name; nil where that gives nothing.
    func replacing(_ find: (String) -> Filling?) -> Filling? {
        var result: [Piece] = []
        for piece in pieces {
            switch piece {
            case .text: result.append(piece)
            case .hole(let name):
                guard let found = find(name) else { return nil }
                result += found.pieces
            }
        }
        return result.count <= 64 ? Filling(result) : nil
    }

    /// This, a blank, and the other.
    func followed(by other: Filling) -> Filling { Filling(pieces + [.text(" ")] + other.pieces) }

    /// Names of its holes.
    var holes: [String] {
        pieces.compactMap { if case .hole(let name) = $0 { name } else { nil } }
    }

    /// Nil where a hole stays empty.
    func filled(with captures: [Capture], value: String) -> String? {
        if pieces.count == 1, case .text(let text) = pieces[0] { return text }
        var result = ""
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .hole("value"): result += value
            case .hole(let name):
                guard let capture = captures.first(where: { $0.name == name }), !capture.text.isEmpty else {
                    return nil
                }
                result += capture.text
            }
        }
        return result.isEmpty ? nil : result
    }
}

/// A rule of `Knowledge/`: conditions on what one device said, and what follows from them.
struct Rule: Sendable {
    struct Condition: Sendable {
        var signal: Signal
        /// One of them must hold.
        var tests: [Test]
    }

    struct Statement: Sendable {
        var attribute: Attribute
        var value: Filling
        /// Milli-log-odds; negative speaks against.
        var weight: Int
    }

    struct Part: Sendable {
        var kind: String
        var model: Filling?
        var firmware: Filling?
        var serial: Filling?
    }

    /// A value that must fulfil the rule, and what the rule must then say.
    struct Example: Sendable {
        var given: [(signal: Signal, value: String)]
        var expected: [(attribute: Attribute, value: String)]
        var line: Int
    }

    var id: String
    var conditions: [Condition] = []
    var says: [Statement] = []
    var parts: [Part] = []
    /// Kinds of things that it speaks for when layers are compared (`Contradiction.swift`).
    var marks: [(kind: String, weight: Int)] = []
    /// Where the fact is published.
    var source = ""
    var examples: [Example] = []
    var file: String
    var line: Int

    /// Names of what its conditions take out of the values.
    var holes: [String] {
        conditions.flatMap(\.tests).flatMap { test -> [String] in
            if case .template(let template) = test { return template.holes.map(\.name) }
            return []
        }
    }

    func components(with captures: [Capture], _ value: String) -> [Device.Component] {
        parts.compactMap { part in
            let made = Device.Component(
                kind: part.kind, model: part.model?.filled(with: captures, value: value),
                firmware: part.firmware?.filled(with: captures, value: value),
                serial: part.serial?.filled(with: captures, value: value))
            return made.model == nil && made.firmware == nil && made.serial == nil ? nil : made
        }
    }
}
