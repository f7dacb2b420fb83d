//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Is this device that product? Numbers have to agree; words that only say what kind of thing it is do not count.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension ProductWords {
    /// How far what was seen agrees with what the advisory names.
    enum Agreement: Int, Hashable, Sendable, Comparable {
        /// Another product.
        case none
        /// The family is named, the model is not known.
        case family
        /// All words of the product are there, and others besides: `Infinity Delta` in `Infinity Delta XL`.
        case narrower
        case same

        static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    /// What was seen at the device against this product of an advisory.
    func agreement(with seen: ProductWords) -> Agreement {
        if !folded.isEmpty, folded == seen.folded { return .same }
        guard !isEmpty, !seen.isEmpty else { return .none }
        if hasNumbers, seen.hasNumbers { return numbered(seen) }
        // A device that only tells its family; a product without numbers is all of its models.
        if !hasNumbers, (2...3).contains(seen.words.count), aliases.contains(seen.words.joined()) { return .same }
        let has = hasAllWords(seen)
        if hasNumbers {
            return seen.words.allSatisfy(knows) && shares(seen) ? .family : .none
        }
        guard has else {
            if seen.words.allSatisfy(knows), shares(seen), !seen.hasNumbers || isOneOf(seen) { return .family }
            return isBrand(seen) ? .family : .none
        }
        // `HTML5` is a name of its own, and no model's number.
        let isOther = seen.numbers.contains { $0.prefix.utf8.count >= 4 && !knows($0.prefix) }
        return seen.words.allSatisfy { knows($0) || isAlias($0) } && !isOther ? .same : .narrower
    }

    /// The same words and numbers, whatever else was written.
    func isNamed(like other: ProductWords) -> Bool {
        !isEmpty && words == other.words && numbers == other.numbers && spans == other.spans
    }

    /// Words or numbers that the other has not.
    func saysMore(than other: ProductWords) -> Bool {
        words.contains { !other.knows($0) } || numbers.contains { !other.numbers.contains($0) }
    }

    /// Both have numbers: one has to be the same, and no word may stand against it.
    private func numbered(_ seen: ProductWords) -> Agreement {
        let agreeing = seen.numbers.filter { has($0, of: seen) }
        guard !agreeing.isEmpty else { return .none }
        let prefixes = Set(numbers.map(\.prefix) + spans.map(\.prefix))
        let strange = seen.words.filter { !knows($0) && !isAlias($0) && !prefixes.contains($0) }
        // A bare number is no name: `64` or `7` may be anything.
        let isBare = seen.words.isEmpty && agreeing.allSatisfy { $0.prefix.isEmpty && $0.core.utf8.count < 4 }
        if isBare { return .none }
        let isComplete = agreeing.count == seen.numbers.count
        // A number with letters of its own (`B450`) tells a product of one maker; other words are families then.
        let isOwn = words.isEmpty && agreeing.contains { !$0.prefix.isEmpty && $0.core.utf8.count > 1 }
        // `4000 T2` is more than a 4000.
        if strange.isEmpty || isOwn, isComplete {
            return qualifiers.allSatisfy(seen.numbers.contains) ? .same : .narrower
        }
        // Words besides the number differ: only a family name in common makes it worth a look.
        // A number of two letters and four digits (`EX1150`) is hardly another product's.
        return strange.isEmpty || shares(seen) || agreeing.contains(where: \.isTelling) ? .narrower : .none
    }

    /// `EPIQ 7` of `EPIQ/Affiniti`: one of the words between the strokes, and all of the others.
    private func isOneOf(_ seen: ProductWords) -> Bool {
        seen.words.contains(where: alternatives.contains)
            && words.allSatisfy { alternatives.contains($0) || seen.words.contains($0) }
    }

    /// `Orthanc` of `Orthanc server`: without its maker's name nothing of its own is left of the product.
    private func isBrand(_ seen: ProductWords) -> Bool {
        !brand.isEmpty && isOrdinary && !seen.hasNumbers
            && seen.words.allSatisfy { brand.contains($0) || words.contains($0) }
            && seen.words.contains(where: brand.contains)
    }

    private func has(_ number: Number, of seen: ProductWords) -> Bool {
        if spans.contains(where: { $0.contains(number) }) { return true }
        if number.prefix.isEmpty, let word = seen.words.last {
            let joined = Number(prefix: word, core: number.core)
            if spans.contains(where: { $0.contains(joined) }) { return true }
        }
        return numbers.contains { mine in
            guard Self.isSame(mine.core, number.core) else { return false }
            if mine.prefix == number.prefix { return true }
            // `PCU 8015` and `PCU8015`: letters that stand apart on the one side.
            if mine.prefix.isEmpty { return knows(number.prefix) }
            if number.prefix.isEmpty {
                return seen.words.contains(mine.prefix) || (words.isEmpty && numbers.count == 1)
            }
            return false
        }
    }

    /// `5x0` is 500 to 590, `2CD63xx` 2CD6300 to 2CD6399; one x at the end is a letter.
    private static func isSame(_ pattern: String, _ core: String) -> Bool {
        if pattern == core { return true }
        let (one, other) = (pattern.utf8, core.utf8)
        guard one.count == other.count, one.contains(UInt8(ascii: "x")),
            one.last != UInt8(ascii: "x") || one.dropLast().last == UInt8(ascii: "x")
        else { return false }
        return zip(one, other).allSatisfy { $0 == $1 || ($0 == UInt8(ascii: "x") && (48...57).contains($1)) }
    }

    private func isAlias(_ word: String) -> Bool { aliases.contains(word) }

    /// All words of the product, or one of its short names.
    private func hasAllWords(_ seen: ProductWords) -> Bool {
        if !words.isEmpty, words.allSatisfy({ word in seen.knows(word) || seen.numbers.contains { $0.prefix == word } })
        {
            return true
        }
        return aliases.contains { alias in seen.words.contains(alias) }
    }

    /// The first word of either is a word of the other: the family.
    private func shares(_ seen: ProductWords) -> Bool {
        seen.words.contains { words.contains($0) || isAlias($0) }
    }
}
