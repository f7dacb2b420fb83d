//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Reading profiles: a file that somebody else may have written.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Profile {
    /// Octets of a file: `tokensAtMost` lines of the longest kind, and some comments.
    public static let octetsAtMost = 1 << 20

    /// Reads a `*.profile` file.
    ///
    /// - Parameter file: Its name, for the error.
    /// - Throws: `KnowledgeError` with the line and what to mend.
    public init(parsing text: String, file: String) throws(KnowledgeError) {
        func refuse(_ line: Int, _ problem: String) -> KnowledgeError {
            KnowledgeError(file: file, line: line, problem: problem)
        }
        guard text.utf8.count <= Self.octetsAtMost else {
            throw refuse(1, "longer than \(Self.octetsAtMost) octets; a profile is a page or two.")
        }
        var profile: Profile?
        var seenLines: Set<String> = []
        var number = 0
        var parts: [(line: Int, count: Int)] = []
        for raw in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let line = Self.trimmed(raw)
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            let (word, rest) = Self.word(of: line)
            let value = String(decoding: rest, as: UTF8.self)
            if word == "label" {
                guard profile == nil else { throw refuse(number, "a second label; one file holds one profile.") }
                if let problem = Self.problem(with: value) { throw refuse(number, "the label \(problem).") }
                profile = Profile(label: value)
                continue
            }
            guard profile != nil else { throw refuse(number, "the first line must be `label NAME`.") }
            if word != "token", !seenLines.insert(word).inserted {
                throw refuse(number, "a second `\(word)`; once is enough.")
            }
            switch word {
            case "vendor", "model", "type":
                if let problem = Self.problem(with: value) { throw refuse(number, "the \(word) \(problem).") }
                profile?.name(Attribute(rawValue: word) ?? .vendor, value)
            case "captures":
                guard let count = Int(value), count >= 1, count <= Self.capturesAtMost else {
                    throw refuse(number, "`captures` takes a number from 1 to \(Self.capturesAtMost).")
                }
                profile?.set(captures: count)
            case "token":
                let (count, kind, said) = Self.token(of: rest)
                guard let count, count >= 1, count <= Self.capturesAtMost else {
                    throw refuse(number, "a token begins with the number of captures it was seen in, from 1 on.")
                }
                guard !kind.isEmpty, !said.isEmpty else {
                    throw refuse(number, "write `token COUNT KIND VALUE`, such as `token 3 dhcp.hostname dcs-935l`.")
                }
                let token = ProfileToken(kind, said)
                guard kind.utf8.count <= 64, said.utf8.count <= ProfileToken.longest else {
                    throw refuse(number, "a token's value has at most \(ProfileToken.longest) octets.")
                }
                if said.unicodeScalars.contains(where: \.isHidden) {
                    throw refuse(number, "a token holds a character that cannot be seen.")
                }
                if profile?.counts[token] != nil { throw refuse(number, "the same token twice; keep one line.") }
                guard parts.count < Self.tokensAtMost else {
                    throw refuse(number, "more than \(Self.tokensAtMost) tokens; drop the rarest.")
                }
                parts.append((number, count))
                profile?.set(token, count)
            default:
                let lines = "label, vendor, model, type, captures, token"
                throw refuse(number, "`\(Self.shown(word))` is no line of a profile: \(lines).")
            }
        }
        guard let profile else { throw refuse(max(number, 1), "no `label NAME`: this is no profile.") }
        guard profile.captures > 0 else { throw refuse(max(number, 1), "no `captures NUMBER`.") }
        if let (line, count) = parts.first(where: { $0.count > profile.captures }) {
            throw refuse(line, "seen in \(count) captures of \(profile.captures); mend one of the two.")
        }
        self = profile
    }

    private static func shown(_ word: String) -> String {
        String(String.UnicodeScalarView(word.unicodeScalars.prefix(24).map { $0.isHidden ? "?" : $0 }))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func trimmed(_ line: Substring.UTF8View.SubSequence) -> Substring.UTF8View.SubSequence {
        var line = line.drop(while: isBlank)
        while let last = line.last, isBlank(last) { line = line.dropLast() }
        return line
    }

    /// The first word, and what follows after blanks.
    private static func word(
        of line: Substring.UTF8View.SubSequence
    ) -> (String, Substring.UTF8View.SubSequence) {
        let word = line.prefix { !isBlank($0) }
        return (String(decoding: word, as: UTF8.self), line.dropFirst(word.count).drop(while: isBlank))
    }

    private static func token(of rest: Substring.UTF8View.SubSequence) -> (count: Int?, kind: String, value: String) {
        let (count, afterCount) = word(of: rest)
        let (kind, value) = word(of: afterCount)
        return (Int(count), kind, String(decoding: value, as: UTF8.self))
    }
}
