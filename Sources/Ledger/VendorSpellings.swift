//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Spellings of makers: is the maker in the list the one that was seen?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Compares makers, each pair of spellings once.
struct VendorSpellings {
    private let names: VendorNames
    private var known: [String: [String: Bool]] = [:]
    private var identities: [String: String] = [:]

    init(_ names: VendorNames) { self.names = names }

    /// One maker, brands of one house, or one name with more words behind it (`Philips`, `Philips Healthcare`).
    mutating func agree(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        if let answer = known[one]?[other] { return answer }
        let answer = names.isSameHouse(one, other) || Self.begins(one, with: other) || Self.begins(other, with: one)
        known[one, default: [:]][other] = answer
        return answer
    }

    /// Equal for all spellings of one maker.
    mutating func identity(_ name: String) -> String {
        if let answer = identities[name] { return answer }
        let answer = names.identity(name)
        identities[name] = answer
        return answer
    }

    private static func begins(_ one: String, with other: String) -> Bool {
        let (words, fewer) = (Words.split(one), Words.split(other))
        return !fewer.isEmpty && words.starts(with: fewer)
    }
}
