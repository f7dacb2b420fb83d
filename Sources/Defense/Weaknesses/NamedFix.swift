//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Fixed versions: does what an advisory says one can do name a version that is mended?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Looks for the name of a mended version in the words of remediations.
///
/// It only has to be found that there is one: rows for all versions (`vers:all/*`) then need a person where the firmware is
/// not known. Too many is safe, too few is not; but telephone numbers, laws and standards are no versions.
enum NamedFix {
    /// Versions that the remediations name, in their order; at most 16.
    static func versions(in remediations: [Remediation]) -> [VersionText] {
        var found: [VersionText] = []
        for remediation in remediations
        where remediation.category != .noFixPlanned && remediation.category != .noneAvailable {
            for version in versions(in: remediation.details) where !found.contains(version) {
                found.append(version)
                if found.count == 16 { return found }
            }
        }
        return found
    }

    /// Octets of one remediation that are read.
    private static let longest = 8_192

    /// What stands before a number that is no version of the product.
    private static let strangers: Set<String> = [
        "tls", "ssl", "smb", "section", "sections", "windows", "server", "microsoft", "ieee", "iso", "iec", "rfc",
        "nist", "fips",
        "port", "ports", "cvss", "tel", "telephone", "phone", "call", "cve", "kb", "page", "step", "table", "figure",
        "by",
        "end", "q", "quarter", "usb", "bluetooth", "wpa", "http", "snmp", "sql", "java", "iis", "ip", "article", "aes",
        "sha",
        "cwe", "ms", "chapter", "since", "january", "february", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december", "log4j", "openssl",
    ]
    /// What stands before a version.
    private static let leaders: Set<String> = [
        "version", "versions", "release", "releases", "revision", "rev", "firmware", "software", "sw", "fw", "ver",
        "build",
    ]
    /// What a sentence says in which a version is offered.
    private static let verbs: Set<String> = [
        "update", "updates", "updated", "updating", "upgrade", "upgrades", "upgraded", "upgrading", "release",
        "released", "releases", "fix",
        "fixes", "fixed", "patch", "patched", "patches", "resolve", "resolved", "resolves", "remediate", "remediated",
        "remediates", "mitigate",
        "mitigated", "available", "install", "version", "versions", "newer", "later", "latest", "addressed",
        "corrected", "include",
        "includes", "higher",
    ]

    static func versions(in text: String) -> [VersionText] {
        var found: [VersionText] = []
        for sentence in sentences(text) {
            let words = sentence.map { trimmed($0) }
            guard words.contains(where: { verbs.contains($0.lowercased()) }) else { continue }
            for (at, word) in words.enumerated() where isCandidate(word) {
                let before = at > 0 ? words[at - 1].lowercased() : ""
                if strangers.contains(before) { continue }
                let isLed = leaders.contains(before)
                let glued = gluedName(word)
                guard isLed || isDistinct(word) || glued != nil, let version = VersionText(glued ?? word),
                    !version.isDate
                else { continue }
                if !found.contains(version) { found.append(version) }
            }
        }
        return found
    }

    /// Words, sentence by sentence. A dot inside a word ends none.
    private static func sentences(_ text: String) -> [[Substring]] {
        var result: [[Substring]] = [[]]
        let cut = text.utf8.count > longest ? Substring(text.unicodeScalars.prefix(longest)) : Substring(text)
        for word in cut.split(whereSeparator: {
            $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "," || $0 == ";" || $0 == "(" || $0 == ")"
        }) {
            result[result.count - 1].append(word)
            if word.last == "." || word.last == "!" || word.last == ":" { result.append([]) }
        }
        return result
    }

    private static func trimmed(_ word: Substring) -> String {
        var word = word
        while let last = word.last, ".:!\"'”".contains(last) { word.removeLast() }
        while let first = word.first, "\"'“".contains(first) { word.removeFirst() }
        return String(word)
    }

    /// It has a digit and only what versions are written with.
    private static func isCandidate(_ word: String) -> Bool {
        guard word.utf8.count <= 24, word.utf8.contains(where: { (48...57).contains($0) }) else { return false }
        let lower = word.lowercased()
        if lower.hasPrefix("cve") || lower.hasPrefix("kb") || lower.hasPrefix("tls") || lower.hasPrefix("smb")
            || lower.hasPrefix("ics")
        {
            return false
        }
        return word.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 46 || $0 == 95
                || $0 == 45
        }
    }

    /// `1.2.1`, `v3`, `VF10.1`, `012U000093`: a version by its own look. Telephone numbers and years are none.
    private static func isDistinct(_ word: String) -> Bool {
        let bytes = Array(word.utf8)
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        let digitsOnly = bytes.allSatisfy { (48...57).contains($0) || $0 == 46 }
        if parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }), parts[0].utf8.count <= 5 {
            // An address of the network has four numbers, and the first is no version's.
            if digitsOnly, parts.count == 4, let first = Int(parts[0]), first >= 100 { return false }
            return parts.dropFirst().contains { $0.utf8.first.map { (48...57).contains($0) } == true }
                && !word.contains("-")
        }
        if bytes.first == UInt8(ascii: "v") || bytes.first == UInt8(ascii: "V"), bytes.count >= 2,
            (48...57).contains(bytes[1])
        {
            return true
        }
        // `012U000093`: digits, a letter, digits.
        guard let version = VersionText(word) else { return false }
        return version.tokens.count == 3 && version.tokens[0].isNumber && version.tokens[1].isSeries && bytes.count >= 6
    }

    /// `PrisMaxv3`: a name and a version without a blank.
    private static func gluedName(_ word: String) -> String? {
        guard let at = word.utf8.lastIndex(of: UInt8(ascii: "v")), at != word.utf8.startIndex else { return nil }
        let tail = word[word.utf8.index(after: at)...]
        let head = word[..<at]
        guard !tail.isEmpty, tail.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }), head.utf8.count >= 3,
            head.utf8.allSatisfy({ (65...90).contains($0) || (97...122).contains($0) })
        else { return nil }
        return String(tail)
    }
}
