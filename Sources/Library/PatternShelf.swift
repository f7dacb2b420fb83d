//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// The shelf of patterns: which fingerprint of a file is the first that a text fits?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import PCRE
import Synchronization

/// Runs the patterns of recog files on PCRE2. A pattern is compiled when a text first needs it; one that cannot be
/// compiled, or that takes more than its limits on some text, is refused by name and never run again.
///
/// A file of nothing but slow patterns cannot hang the program either: for one text only some may take long, and a file
/// of which many are refused is not asked any more. Limits count steps, not time, so that the same observations lead to the same refusals on every machine. The inventory
/// asks once for each different value, so nothing is kept here of what was asked.
public final class PatternShelf: PatternEngine {
    private struct Slot: Sendable {
        let text: String
        let options: Pattern.Options
        /// In lower case; empty where nothing is required.
        let required: [UInt8]
        let pairs: LetterPairs
        let place: Int
    }

    private enum State: Sendable {
        case untried
        case ready(Pattern)
        case refused
    }

    private struct Refusal: Sendable {
        let place: Int
        let line: String
    }

    private struct Shared: Sendable {
        var states: [State]
        /// Patterns of each set that exceeded their limits.
        var exceeded: [Int]
        var refusals: [Refusal] = []
    }

    private let sets: [FingerprintSet]
    private let slots: [[Slot]]
    private let limits: PatternLimits
    private let shared: Mutex<Shared>

    /// - Parameter sets: In the order in which they are asked for.
    public init(_ sets: [FingerprintSet], limits: PatternLimits = .standard) {
        self.sets = sets
        self.limits = limits
        var place = 0
        var refused: [Int: RubyPattern.Fault] = [:]
        slots = sets.map { set in
            set.fingerprints.map { fingerprint in
                defer { place += 1 }
                var options: Pattern.Options = []
                if fingerprint.ignoresCase { options.insert(.caseless) }
                if fingerprint.dotFitsNewline { options.insert(.dotFitsNewline) }
                do throws(RubyPattern.Fault) {
                    let pattern = try RubyPattern(fingerprint.pattern)
                    if pattern.hasNamedGroups { options.insert(.namedGroupsOnly) }
                    let required = RequiredText.of(pattern.text)
                    return Slot(
                        text: pattern.text, options: options, required: required, pairs: LetterPairs(required),
                        place: place)
                } catch {
                    refused[place] = error
                    return Slot(text: "", options: [], required: [], pairs: LetterPairs([]), place: place)
                }
            }
        }
        shared = Mutex(
            Shared(states: Array(repeating: .untried, count: place), exceeded: Array(repeating: 0, count: sets.count)))
        for (set, fingerprints) in slots.enumerated() {
            for (number, slot) in fingerprints.enumerated() {
                if let fault = refused[slot.place] {
                    refuse(set, number, "\(fault.reason), at octet \(fault.offset)")
                }
            }
        }
    }

    /// Patterns of a file that may exceed their limits before the file is not asked any more: 4 ms each.
    private static let mostExceeding = 20
    /// Patterns that may take long for one text.
    private static let mostSlow = 25
    /// Patterns that are run for one text; of recog's some ten are.
    private static let mostRuns = 5_000

    public func firstMatch(in set: Int, of text: String) -> PatternMatch? {
        guard shared.withLock({ $0.exceeded[set] }) < Self.mostExceeding else { return nil }
        var runs = 0
        var slow = 0
        let bytes = Array(text.utf8)
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        let lower = isASCII ? bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } : []
        let pairs = LetterPairs(lower)
        for (number, slot) in slots[set].enumerated() {
            // Beyond ASCII a letter can have several forms, so nothing is certainly required.
            if isASCII, !slot.required.isEmpty {
                guard pairs.mayContain(slot.pairs), Self.contains(lower, slot.required) else { continue }
            }
            guard let pattern = pattern(set, number) else { continue }
            runs += 1
            guard runs <= Self.mostRuns else { return nil }
            do throws(Pattern.Failure) {
                guard let places = try match(pattern, bytes, &slow) else { continue }
                return PatternMatch(fingerprint: number, groups: Self.groups(places, bytes))
            } catch {
                refuse(set, number, Self.words(error))
                guard exceeds(set) < Self.mostExceeding else { return nil }
            }
        }
        return nil
    }

    /// Quickly, and if that is not enough with all that is allowed, as long as few patterns need it.
    private func match(
        _ pattern: Pattern, _ bytes: [UInt8], _ slow: inout Int
    ) throws(Pattern.Failure) -> [Range<Int>?]? {
        do throws(Pattern.Failure) {
            return try pattern.match(bytes, effort: .quick)
        } catch {
            guard error == .tooManySteps, slow < Self.mostSlow else { throw error }
            slow += 1
            return try pattern.match(bytes)
        }
    }

    /// Counts a pattern that exceeded its limits; says how many of its file have.
    private func exceeds(_ set: Int) -> Int {
        let count = shared.withLock { shared in
            shared.exceeded[set] += 1
            return shared.exceeded[set]
        }
        if count == Self.mostExceeding {
            let line =
                "\(sets[set].file): not asked any more: \(count) of its patterns take too many steps; take the file away."
            let place = slots[set].last.map { $0.place + 1 } ?? 0
            shared.withLock { $0.refusals.append(Refusal(place: place, line: line)) }
        }
        return count
    }

    /// How one fingerprint answers to any octets, whatever the others say; for examples.
    enum Answer {
        case fits([String?])
        case fitsNot
        case refused(String)
    }

    func answer(_ set: Int, _ number: Int, to bytes: [UInt8]) -> Answer {
        let slot = slots[set][number]
        do throws(Pattern.Failure) {
            let isText = String(validating: bytes, as: UTF8.self) != nil
            let found: [Range<Int>?]?
            if isText {
                guard let pattern = pattern(set, number) else { return .refused(refusal(slot.place)) }
                found = try pattern.match(bytes)
            } else {
                // Octets that are no text: every octet is a character, as Ruby has it for binary strings.
                guard pattern(set, number) != nil,
                    let pattern = try? Pattern(slot.text, slot.options.subtracting(.text), limits: limits)
                else { return .refused(refusal(slot.place)) }
                found = try pattern.match(bytes)
            }
            return found.map { .fits(Self.groups($0, bytes)) } ?? .fitsNot
        } catch {
            refuse(set, number, Self.words(error))
            return .refused(refusal(slot.place))
        }
    }

    /// Tries to compile every pattern now, which otherwise happens when a text first needs it.
    func compileAll() {
        for set in slots.indices {
            for number in slots[set].indices { _ = pattern(set, number) }
        }
    }

    public func refusals() -> [String] {
        shared.withLock { $0.refusals }.sorted { $0.place < $1.place }.map(\.line)
    }

    private func refusal(_ place: Int) -> String {
        shared.withLock { shared in shared.refusals.first { $0.place == place }?.line } ?? "it is refused"
    }

    // MARK: Patterns

    private func pattern(_ set: Int, _ number: Int) -> Pattern? {
        let slot = slots[set][number]
        switch shared.withLock({ $0.states[slot.place] }) {
        case .ready(let pattern): return pattern
        case .refused: return nil
        case .untried: break
        }
        do throws(PatternError) {
            let pattern = try Pattern(slot.text, slot.options.union(.text), limits: limits)
            shared.withLock { $0.states[slot.place] = .ready(pattern) }
            return pattern
        } catch {
            refuse(set, number, "\(error.reason), at octet \(error.offset)")
            return nil
        }
    }

    private func refuse(_ set: Int, _ number: Int, _ reason: String) {
        let place = slots[set][number].place
        let fingerprint = sets[set].fingerprints[number]
        let line =
            "\(sets[set].file):\(fingerprint.line): the pattern \(Self.shortened(fingerprint.pattern)) is not used: \(reason)."
        shared.withLock { shared in
            if case .refused = shared.states[place] { return }
            shared.states[place] = .refused
            shared.refusals.append(Refusal(place: place, line: line))
        }
    }

    private static func words(_ failure: Pattern.Failure) -> String {
        switch failure {
        case .tooManySteps: "it takes too many steps on a text; write it without repeats inside repeats"
        case .tooDeep: "it remembers too many steps on a text; write it without repeats inside repeats"
        case .tooMuchMemory: "it needs too much memory on a text; write it without repeats inside repeats"
        case .subjectTooLong(let count): "a text of \(count) octets is too long for it"
        case .other(let code): "the engine gave it up (error \(code))"
        }
    }

    /// At most sixty printable letters.
    static func shortened(_ pattern: String) -> String {
        var text = ""
        for scalar in pattern.unicodeScalars.prefix(60) {
            text.unicodeScalars.append(scalar.value >= 0x20 && scalar.value < 0x7F ? scalar : "?")
        }
        return pattern.unicodeScalars.count > 60 ? text + "…" : text
    }

    private static func groups(_ places: [Range<Int>?], _ bytes: [UInt8]) -> [String?] {
        places.dropFirst().map { range in range.map { String(decoding: bytes[$0], as: UTF8.self) } }
    }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, word.count <= text.count else { return false }
        var place = 0
        while place <= text.count - word.count {
            if text[place] == first {
                var length = 1
                while length < word.count, text[place + length] == word[length] { length += 1 }
                if length == word.count { return true }
            }
            place += 1
        }
        return false
    }
}
