//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Fingerprints of the community: a pattern for one kind of text, and what a text that fits it tells.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One fingerprint of a recog file (github.com/rapid7/recog): a regular expression and the parameters that it yields.
public struct Fingerprint: Sendable {
    /// Where a parameter's value comes from.
    public enum Source: Hashable, Sendable {
        /// What stood in this group, from 1.
        case group(Int)
        /// This text; `{name}` in it stands for another parameter's value.
        case text(String)
    }

    public struct Parameter: Hashable, Sendable {
        public var name: String
        public var source: Source

        public init(name: String, source: Source) {
            self.name = name
            self.source = source
        }
    }

    /// A text that must fit, and what it must yield.
    public struct Example: Sendable {
        public var text: [UInt8]
        public var expected: [(name: String, value: String)]
        public var line: Int
        /// A file beside the fingerprints that holds the text instead.
        public var file: String?

        public init(text: [UInt8], expected: [(name: String, value: String)], line: Int, file: String? = nil) {
            self.text = text
            self.expected = expected
            self.line = line
            self.file = file
        }
    }

    /// As it stands in the file: Ruby's syntax.
    public var pattern: String
    public var ignoresCase = false
    public var dotFitsNewline = false
    public var description = ""
    public var parameters: [Parameter] = []
    public var examples: [Example] = []
    /// In parts of a thousand, of the fingerprint as a whole; recog's own default where it says nothing is 850.
    public var certainty: Int?
    public var line: Int

    public init(pattern: String, line: Int) {
        self.pattern = pattern
        self.line = line
    }

    /// Every parameter's value for a text whose groups are these (from group 1; nil for one that took no part), as
    /// recog's own reader computes it: `{name}` is filled, a version without a value is `-` inside a CPE name, and a
    /// parameter that needs another without a value is left out.
    public func values(_ groups: [String?]) -> [String: String] {
        var values: [String: String] = [:]
        for parameter in parameters {
            switch parameter.source {
            case .text(let text): values[parameter.name] = text
            case .group(let number):
                values[parameter.name] = number >= 1 && number <= groups.count ? groups[number - 1] : nil
            }
        }
        for parameter in parameters {
            guard case .text(let text) = parameter.source, let filling = Filling(loosely: text) else { continue }
            for hole in filling.holes {
                let isVersionOfName = parameter.name.hasSuffix(".cpe23") && hole.hasSuffix(".version")
                guard let value = values[hole] ?? (isVersionOfName ? "-" : nil) else {
                    values[parameter.name] = nil
                    break
                }
                guard let said = values[parameter.name], said.utf8.count + value.utf8.count <= 4_096 else { break }
                values[parameter.name] = said.replacing("{\(hole)}", with: value)
            }
        }
        return values
    }
}

/// The fingerprints of one file. Of a text that fits several the first one counts.
public struct FingerprintSet: Sendable {
    /// Name of the file, for people.
    public var file: String
    /// What its patterns are for, in recog's words: `http_header.server`.
    public var key: String
    public var `protocol`: String?
    /// In parts of a thousand: how much recog prefers what this file says.
    public var preference: Int?
    public var fingerprints: [Fingerprint]
    /// SHA-256 of the file, hexadecimal.
    public var digest: String

    public init(
        file: String, key: String, protocol: String?, preference: Int?, fingerprints: [Fingerprint], digest: String
    ) {
        self.file = file
        self.key = key
        self.protocol = `protocol`
        self.preference = preference
        self.fingerprints = fingerprints
        self.digest = digest
    }
}

/// The first fingerprint of a set that a text fits.
public struct PatternMatch: Hashable, Sendable {
    /// Its place in the set.
    public var fingerprint: Int
    /// What stood in its groups, from group 1; nil for a group that took no part.
    public var groups: [String?]

    public init(fingerprint: Int, groups: [String?]) {
        self.fingerprint = fingerprint
        self.groups = groups
    }
}

/// Runs patterns. The floor above does it with an engine that bounds every match; equal questions have equal answers.
public protocol PatternEngine: Sendable {
    /// - Parameter set: Place of the set among those that the knowledge was made of.
    func firstMatch(in set: Int, of text: String) -> PatternMatch?
    /// Patterns that were taken out of use, and why: one line each, in the order of the files.
    func refusals() -> [String]
}

extension FingerprintSet {
    /// Paths of our fields whose values are shown to its patterns; empty where we keep nothing of the kind.
    public var fields: [String] { FingerprintFeed.feeds(for: key).map(\.field.path) }
}
