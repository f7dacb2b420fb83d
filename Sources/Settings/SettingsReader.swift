//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// The reader: from nodes of YAML to texts, numbers and lists, and each fault with its line.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Yams

/// Reads nodes one by one and gathers what is wrong with them, so that a person mends the file in one go.
struct SettingsReader {
    /// Where relative paths begin.
    let folder: String
    let environment: [String: String]
    private(set) var problems: [SettingsProblem] = []

    init(folder: String, environment: [String: String]) {
        self.folder = folder
        self.environment = environment
    }

    mutating func complain(_ node: Node?, _ words: String) {
        if problems.count < SettingsFailure.mostProblems {
            problems.append(SettingsProblem(line: node?.mark?.line, words))
        }
    }

    /// A text as it may be repeated to a person: one line, short.
    static func shown(_ text: String) -> String {
        let plain = text.unicodeScalars.prefix(48)
            .map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }.joined()
        return "'\(plain)\(text.unicodeScalars.count > 48 ? "…" : "")'"
    }

    // MARK: Kinds

    /// The values of a mapping by their keys; all other keys are wrong.
    mutating func mapping(_ node: Node, _ what: String, keys: [String]) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            complain(node, "\(what) takes keys with values (\(keys.joined(separator: ", "))).")
            return nil
        }
        var values: [String: Node] = [:]
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                complain(key, "\(what): a key is a plain word.")
                continue
            }
            guard keys.contains(scalar.string) else {
                let near = keys.min { Self.distance($0, scalar.string) < Self.distance($1, scalar.string) }
                let hint = near.flatMap { Self.distance($0, scalar.string) <= 2 ? "did you mean '\($0)'?" : nil }
                complain(
                    key,
                    "\(what): \(Self.shown(scalar.string)) is no setting; "
                        + (hint ?? "there are \(keys.joined(separator: ", "))."))
                continue
            }
            values[scalar.string] = value
        }
        return values
    }

    /// Letters to change, add or leave out to make one word the other; words of more than 40 letters are far apart.
    private static func distance(_ one: String, _ other: String) -> Int {
        let (a, b) = (Array(one.lowercased().utf8), Array(other.lowercased().utf8))
        guard a.count <= 40, b.count <= 40 else { return .max }
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var before = row[0]
            row[0] = i + 1
            for (j, theirs) in b.enumerated() {
                let next = min(row[j + 1] + 1, row[j] + 1, before + (letter == theirs ? 0 : 1))
                before = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }

    mutating func list(_ node: Node, _ what: String, most: Int) -> [Node] {
        guard case .sequence(let sequence) = node else {
            complain(node, "\(what) takes a list: one '- …' a line.")
            return []
        }
        guard sequence.count <= most else {
            complain(node, "\(what) holds \(sequence.count) entries; at most \(most) are read.")
            return []
        }
        return Array(sequence)
    }

    /// A text of 1 to `most` octets without control characters.
    mutating func text(_ node: Node, _ what: String, most: Int = 255) -> String? {
        guard case .scalar(let scalar) = node else {
            complain(node, "\(what) takes one value.")
            return nil
        }
        let text = scalar.string
        guard !text.isEmpty, text.utf8.count <= most, !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            complain(node, "\(what) takes a text of 1 to \(most) octets on one line.")
            return nil
        }
        return text
    }

    mutating func number(_ node: Node, _ what: String, _ range: ClosedRange<Int>) -> Int? {
        guard case .scalar(let scalar) = node, let number = Int(scalar.string), range.contains(number) else {
            complain(node, "\(what) takes a whole number from \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return number
    }

    /// Milliseconds of `500ms`, `2s`.
    mutating func milliseconds(_ node: Node, _ what: String, _ range: ClosedRange<Int>) -> Int? {
        if case .scalar(let scalar) = node {
            let text = scalar.string
            var value: Int?
            if text.hasSuffix("ms") {
                value = Int(text.dropLast(2))
            } else if text.hasSuffix("s"), let seconds = Int(text.dropLast()), seconds >= 0, seconds <= 86_400 {
                value = seconds * 1_000
            }
            if let value, range.contains(value) { return value }
        }
        complain(node, "\(what) takes a time such as 500ms or 2s, from \(range.lowerBound)ms to \(range.upperBound)ms.")
        return nil
    }

    mutating func choice<Choice: CaseIterable & RawRepresentable>(_ node: Node, _ what: String) -> Choice?
    where Choice.RawValue == String {
        if case .scalar(let scalar) = node, let found = Choice(rawValue: scalar.string) { return found }
        complain(node, "\(what) takes one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
        return nil
    }
}
