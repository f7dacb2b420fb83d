//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Rule index: which rules does a value meet, without asking all of them?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Rules by signal and kind of test: exact texts and prefixes in dictionaries, the rest in short lists.
struct RuleIndex: Sendable {
    private struct Target: Sendable {
        let rule: UInt32
        let condition: UInt8
        let test: Test
    }

    private struct Shelf: Sendable {
        var exact: [[UInt8]: [Target]] = [:]
        var prefix: [[UInt8]: [Target]] = [:]
        /// Lengths of the prefixes, falling, so that of a rule's alternatives the most exact one fills the holes; templates
        /// stand under their first literal.
        var prefixLengths: [Int] = []
        var others: [Target] = []
    }

    /// A set of fingerprints that is asked for a field.
    private struct PatternShelf: Sendable {
        let set: Int
        let form: FingerprintFeed.Form
        /// Number of the rule of its first fingerprint.
        let first: UInt32
    }

    private var shelves: [Signal: Shelf] = [:]
    private var patterns: [Signal: [PatternShelf]] = [:]
    private let engine: (any PatternEngine)?
    private let stacks: StackIndex

    /// - Parameter sets: Sets of fingerprints with the numbers of their first rules, in the order that the engine knows.
    init(
        _ rules: [Rule], sets: [(set: FingerprintSet, first: Int)] = [], engine: (any PatternEngine)? = nil,
        stacks: StackIndex = StackIndex()
    ) {
        self.engine = engine
        self.stacks = stacks
        for (place, (set, first)) in sets.enumerated() {
            for feed in FingerprintFeed.feeds(for: set.key) {
                patterns[.fact(feed.field), default: []].append(
                    PatternShelf(set: place, form: feed.form, first: UInt32(first)))
            }
        }
        for (number, rule) in rules.enumerated() {
            for (place, condition) in rule.conditions.enumerated() {
                for test in condition.tests {
                    add(Target(rule: UInt32(number), condition: UInt8(place), test: test), condition.signal)
                }
            }
        }
        for signal in Array(shelves.keys) { shelves[signal]?.prefixLengths.sort(by: >) }
    }

    private mutating func add(_ target: Target, _ signal: Signal) {
        switch target.test {
        case .pattern, .stack: return
        default: break
        }
        var shelf = shelves.removeValue(forKey: signal) ?? Shelf()
        var prefix: [UInt8] = []
        switch target.test {
        case .exact(let text): shelf.exact[text, default: []].append(target)
        case .prefix(let text): prefix = text
        case .template(let template): prefix = template.literals[0]
        case .suffix, .contains, .any, .pattern, .stack: break
        }
        if !prefix.isEmpty {
            shelf.prefix[prefix, default: []].append(target)
            if !shelf.prefixLengths.contains(prefix.count) { shelf.prefixLengths.append(prefix.count) }
        } else if case .exact = target.test {
        } else {
            shelf.others.append(target)
        }
        shelves[signal] = shelf
    }

    /// Every condition that a value fulfils, each once, in the order of the rules.
    func matches(_ signal: Signal, _ text: String) -> [RuleMatch] {
        var found = communityMatches(signal, text)
        guard let shelf = shelves[signal] else { return found }
        let original = Array(text.utf8)
        let lower = original.map(lowercased)
        func tryAll(_ targets: [Target]) {
            for target in targets {
                guard let captures = target.test.match(lower, original) else { continue }
                let isKnown = found.contains { $0.rule == target.rule && $0.condition == target.condition }
                if isKnown { continue }
                found.append(RuleMatch(rule: target.rule, condition: target.condition, captures: captures))
            }
        }
        if let targets = shelf.exact[lower] { tryAll(targets) }
        for length in shelf.prefixLengths where length <= lower.count {
            if let targets = shelf.prefix[Array(lower[..<length])] { tryAll(targets) }
        }
        tryAll(shelf.others)
        return found.sorted { ($0.rule, $0.condition) < ($1.rule, $1.condition) }
    }

    /// Up to the first control character, without blanks around it: a pattern's group may span lines, a name does not.
    private static func line(_ text: String) -> String {
        var scalars = text.unicodeScalars.prefix { $0.value >= 0x20 && $0.value != 0x7F }
        while scalars.last == " " { scalars.removeLast() }
        while scalars.first == " " { scalars.removeFirst() }
        return String(scalars)
    }

    /// Of each set of fingerprints the first that fits, and the best stack signature.
    private func communityMatches(_ signal: Signal, _ text: String) -> [RuleMatch] {
        var found: [RuleMatch] = []
        if let engine {
            for shelf in patterns[signal] ?? [] {
                guard let match = engine.firstMatch(in: shelf.set, of: shelf.form.text(of: text)) else { continue }
                let captures = match.groups.enumerated().compactMap { place, text in
                    text.map { Capture(name: String(place + 1), text: Self.line($0)) }
                }
                found.append(
                    RuleMatch(rule: shelf.first + UInt32(match.fingerprint), condition: 0, captures: captures))
            }
        }
        if let rule = stacks.rule(signal, text) { found.append(RuleMatch(rule: rule, condition: 0, captures: [])) }
        return found
    }
}

extension Test {
    func match(_ lower: [UInt8], _ original: [UInt8]) -> [Capture]? {
        switch self {
        case .exact(let text): lower == text ? [] : nil
        case .prefix(let text): lower.starts(with: text) ? [] : nil
        case .suffix(let text):
            lower.count >= text.count && lower[(lower.count - text.count)...].elementsEqual(text) ? [] : nil
        case .contains(let text): lower.firstPlace(of: text, from: 0) != nil ? [] : nil
        case .template(let template): template.match(lower, original)
        case .any: []
        case .pattern, .stack: nil
        }
    }
}
