//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Naming: what of a row's texts is the product, what its versions, what a condition?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The two texts of a row, taken apart.
struct Naming {
    var product: String
    var range: VersionRange
    var parts: [(name: String, range: VersionRange)] = []
    var orderedAs: String?
    var namesModels = false

    init(_ row: AffectedProduct) {
        product = row.product
        range = VersionRange(row.versions).closed(by: row.name)
        if range.isProse { takeCondition(row.versions) }
        if range.isAll { takeVersionOfName() }
        namesModels = range.isList && (Self.saysModel(row) || models.allSatisfy(Self.looksLikeModel))
    }

    /// `v6.x (with Wireless Battery Modules v9 | v11)`, `v8.x model 35700BAX2`.
    private mutating func takeCondition(_ text: String) {
        if let open = text.firstIndex(of: "(") {
            let base = VersionRange(String(text[..<open]))
            guard !base.isProse, let part = Self.part(text[text.index(after: open)...]) else { return }
            range = VersionRange(text, meaning: base.meaning)
            parts.append(part)
            return
        }
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count >= 3, words[words.count - 2].lowercased() == "model" else { return }
        let base = VersionRange(words.dropLast(2).joined(separator: " "))
        guard !base.isProse, !base.isAll else { return }
        range = VersionRange(text, meaning: base.meaning)
        orderedAs = String(words[words.count - 1])
    }

    /// `with Wireless Battery Modules >= 22D19 | <= v22D28)`: a name, then versions.
    private static func part(_ text: Substring) -> (name: String, range: VersionRange)? {
        let cleaned = text.filter { $0 != "(" && $0 != ")" }
        let words = cleaned.split(separator: " ", omittingEmptySubsequences: true)
        let name = words.prefix { word in
            word.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) || $0 == 45 }
                && word.utf8.count > 1
        }
        let useful = name.filter { !["with", "and", "or", "the"].contains($0.lowercased()) }
        guard !useful.isEmpty, !VersionText.markers.contains(useful[0].uppercased()) else { return nil }
        let range = VersionRange(words.dropFirst(name.count).joined(separator: " "))
        guard !range.isProse, !range.isAll, !ProductWords(useful.joined(separator: " ")).isEmpty else { return nil }
        return (useful.joined(separator: " "), range)
    }

    /// The texts in the place of versions, one by one, for models among them.
    var models: [String] {
        range.text.split(separator: "|", omittingEmptySubsequences: true).prefix(16).map { String($0).trimmingBlanks }
    }

    /// `IntelliSpace Portal 8.0.x`: the versions stand in the name.
    private mutating func takeVersionOfName() {
        let words = product.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count > 1, let last = words.last, let version = VersionText(String(last)), version.isOpen,
            version.tokens.allSatisfy(\.isNumber), last.contains(".")
        else { return }
        range = VersionRange(String(last))
        product = words.dropLast().joined(separator: " ")
    }

    /// `Model 3120`, `Models: 2131 and 2141`: what stands where versions should are models.
    private static func saysModel(_ row: AffectedProduct) -> Bool {
        func endsWithModel(_ text: Substring) -> Bool {
            let words = text.lowercased().split { !$0.isLetter }
            return words.last == "model" || words.last == "models"
        }
        if endsWithModel(Substring(row.product)) { return true }
        guard let name = row.name, name.utf8.count <= 1_024,
            let piece = row.versions.split(whereSeparator: { $0 == " " || $0 == "|" }).first
        else { return false }
        var rest = Substring(name)
        while let found = rest.firstRange(of: piece) {
            if endsWithModel(rest[..<found.lowerBound]) { return true }
            rest = rest[found.upperBound...]
        }
        return false
    }

    /// `620`, `650c`, `24950`, `MMT-1754`: three digits or more without a dot, and few letters.
    private static func looksLikeModel(_ text: String) -> Bool {
        var rest = Substring(text)
        let letters = rest.prefix { $0.isASCII && $0.isLetter }
        if !letters.isEmpty {
            rest = rest.dropFirst(letters.count)
            guard letters.utf8.count <= 4, rest.popFirst() == "-" else { return false }
        }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let tail = rest.dropFirst(digits.count)
        return (3...6).contains(digits.utf8.count) && tail.utf8.count <= 1
            && tail.allSatisfy { $0.isASCII && $0.isLetter }
    }

    /// `Xeleris 3.1`, `SIMATIC WinCC OA V3.19`: a release at the end of a name, and the name before it.
    static func edition(of product: String) -> (name: String, version: VersionText)? {
        let words = product.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count > 1, let last = words.last, let version = VersionText(String(last)), !version.isOpen,
            !version.isDate, version.tokens.count > 1 || last.first == "V", version.tokens.count <= 3,
            version.tokens.allSatisfy({ $0.isNumber && $0.startsPart }),
            last.drop(while: { $0 == "V" || $0 == "v" }).utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 })
        else { return nil }
        return (words.dropLast().joined(separator: " "), version)
    }

    /// `ICSMA-18-086-01 Philips Alice 6 Vulnerabilities (Update A)`: the product of a title.
    static func subject(of title: String) -> String {
        let dropped: Set<String> = [
            "vulnerability", "vulnerabilities", "update", "advisory", "medical", "multiple", "ics",
        ]
        let words = title.split(whereSeparator: { $0 == " " || $0 == "(" || $0 == ")" || $0 == "_" })
        return words.filter { word in
            let lower = word.lowercased()
            return !dropped.contains(lower) && !lower.hasPrefix("icsma-") && word.utf8.count > 1
                || word.utf8.allSatisfy { (48...57).contains($0) }
        }.joined(separator: " ")
    }
}

extension Substring {
    /// Where a piece of text stands first. Texts here are short.
    fileprivate func firstRange(of piece: Substring) -> Range<Index>? {
        guard !piece.isEmpty else { return nil }
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(piece) { return at..<index(at, offsetBy: piece.count) }
            at = index(after: at)
        }
        return nil
    }
}
