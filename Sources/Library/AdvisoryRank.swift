//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// Two copies of one advisory: which of them counts?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// The higher revision, then the later update, then one with a checksum, then the greater digest: never the order in which
/// files are read.
struct AdvisoryRank: Comparable {
    private let revision: Revision
    private let updated: Timestamp?
    private let isVerified: Bool
    let digest: String

    init(_ advisory: Advisory) {
        revision = Revision(advisory.revision)
        updated = advisory.updated
        isVerified = advisory.verification == .checksum
        digest = advisory.digest
    }

    init(_ catalogue: ExploitedCatalogue, _ file: CheckedAdvisoryFile) {
        revision = Revision("")
        updated = catalogue.released
        isVerified = file.verification == .checksum
        digest = file.digest
    }

    init(_ table: ForecastTable, _ file: CheckedAdvisoryFile) {
        revision = Revision("")
        updated = table.date
        isVerified = file.verification == .checksum
        digest = file.digest
    }

    static func == (one: Self, other: Self) -> Bool { !(one < other) && !(other < one) }

    static func < (one: Self, other: Self) -> Bool {
        if one.revision != other.revision { return one.revision < other.revision }
        if one.updated != other.updated {
            guard let before = one.updated, let after = other.updated else { return one.updated == nil }
            return before < after
        }
        if one.isVerified != other.isVerified { return other.isVerified }
        return one.digest < other.digest
    }
}

/// A revision as CSAF counts them: an integer or a semantic version (CSAF 2.0, 3.1.11). Others are compared alike.
struct Revision: Comparable {
    /// Runs of digits without leading zeros and of letters; zeros at the end are gone, so that `1` is `1.0.0`.
    private let pieces: [String]
    /// What stands behind the first `-`; a version without it is the finished one.
    private let draft: [String]?

    init(_ text: String) {
        let plain = text.prefix { $0 != "+" }.lowercased()
        let halves = plain.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        var pieces = halves.first.map(Self.split) ?? []
        while pieces.last == "0" { pieces.removeLast() }
        self.pieces = pieces
        draft = halves.count > 1 ? Self.split(halves[1]) : nil
    }

    static func < (one: Self, other: Self) -> Bool {
        if let isBelow = isBelow(one.pieces, other.pieces) { return isBelow }
        guard let first = one.draft else { return false }
        guard let second = other.draft else { return true }
        return isBelow(first, second) ?? false
    }

    /// Nil where they are the same.
    private static func isBelow(_ one: [String], _ other: [String]) -> Bool? {
        for index in 0..<max(one.count, other.count) {
            let (a, b) = (index < one.count ? one[index] : "0", index < other.count ? other[index] : "0")
            if a == b { continue }
            // A number comes before a word; of two numbers the longer is larger.
            let (isNumberA, isNumberB) = (a.first?.isNumber == true, b.first?.isNumber == true)
            if isNumberA != isNumberB { return isNumberA }
            if isNumberA, a.utf8.count != b.utf8.count { return a.utf8.count < b.utf8.count }
            return a < b
        }
        return nil
    }

    private static func split(_ text: some StringProtocol) -> [String] {
        var pieces: [String] = []
        var piece = ""
        func isDigit(_ character: Character?) -> Bool { character.map { ("0"..."9").contains($0) } ?? false }
        func end() {
            guard let first = piece.first else { return }
            let shorter = isDigit(first) ? String(piece.drop { $0 == "0" }) : piece
            pieces.append(shorter.isEmpty ? "0" : shorter)
            piece = ""
        }
        for character in text.prefix(200) {
            if !character.isLetter && !isDigit(character) {
                end()
                continue
            }
            if let last = piece.last, isDigit(last) != isDigit(character) { end() }
            piece.append(character)
        }
        end()
        return pieces
    }
}
