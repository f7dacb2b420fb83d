//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Row index: which rows can name a device at all? The others need not be compared with it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// The rows of one house (or of all) by the words and numbers of their products.
///
/// Every way in which `NameSearch` finds a row needs something in common with the device: the whole text, a number, a word.
/// The index gives at least the rows that have it, often a few more, never fewer: which of them agree is decided there. So a
/// rule that is added to `NameSearch` needs its key here, and `RowIndexTests` walks all rows without the index and compares.
struct RowIndex: Sendable {
    /// All of its rows, ascending.
    let rows: [Int]

    /// By the product's folded text.
    private var texts = Postings()
    /// By the cores of its numbers (`450`), and those with an x (`5x0`) by their length.
    private var cores = Postings()
    private var patterns: [Int: [Int]] = [:]
    /// By the letters of its spans (`mx` of `MX400-MX850`).
    private var spans = Postings()
    /// Products without numbers: by their least common word, for all of their words have to be seen; and by short names.
    private var wholes = Postings()
    /// By each word, also those in parentheses, and short names.
    private var words = Postings()
    /// By each of the words between strokes (`EPIQ/Affiniti`): one of them is enough.
    private var alternatives = Postings()
    /// Products of which nothing is left but words that never decide: every part of a device may be theirs.
    private var blank: [Int] = []
    private var systems: [Int] = []

    /// Rows that are parts: by the first word of their kind, by their family, and as their publisher describes them.
    private var kinds = Postings()
    private var families = Postings()
    private var mentioning: [(row: Int, name: [UInt8])] = []

    /// - Parameter rows: ascending.
    init(_ rows: [Int], of all: [AdvisoryRow]) {
        self.rows = rows
        for index in rows {
            let row = all[index]
            addWords(of: row.words, index)
            for model in row.models { addWords(of: model, index) }
        }
        for index in rows {
            let row = all[index]
            addProduct(row.words, index)
            for model in row.models { addProduct(model, index) }
            if row.isSystem { systems.append(index) }
            if row.words.words.isEmpty, !row.words.hasNumbers { blank.append(index) }
            guard row.words.isPart else { continue }
            if let kind = row.words.kinds.first { kinds.add(index, at: kind) }
            if let family = row.words.familyWord { families.add(index, at: family) }
            if !row.mentions.isEmpty { mentioning.append((index, row.mentions)) }
        }
    }

    private mutating func addWords(of product: ProductWords, _ row: Int) {
        for word in product.words { words.add(row, at: word) }
        for word in product.asides { words.add(row, at: word) }
        for word in product.aliases { words.add(row, at: word) }
        if product.isOrdinary { for word in product.brand { words.add(row, at: word) } }
    }

    private mutating func addProduct(_ product: ProductWords, _ row: Int) {
        texts.add(row, at: product.folded)
        for number in product.numbers {
            // One that has an x is equal to itself, too.
            cores.add(row, at: number.core)
            let length = number.core.utf8.count
            if number.core.utf8.contains(UInt8(ascii: "x")) { patterns[length, default: []].append(row) }
        }
        for span in product.spans { spans.add(row, at: span.prefix) }
        guard !product.hasNumbers else { return }
        for word in product.alternatives { alternatives.add(row, at: word) }
        if let rarest = words.rarest(of: product.words) { wholes.add(row, at: rarest) }
        for alias in product.aliases { wholes.add(row, at: alias) }
    }

    // MARK: - Asking

    /// The rows that are worth a look, ascending, each once.
    func rows(for search: NameSearch) -> [Int] {
        var found: [Int] = []
        guard search.hasMaker else {
            // Only a product by its full name counts, so a family is none.
            if let model = search.model { addNamed(by: model, families: false, to: &found) }
            return found.ascending()
        }
        if search.systems != nil { found += systems }
        if let model = search.model {
            addNamed(by: model, families: true, to: &found)
            addParts(of: model, search, to: &found)
        } else if let label = search.label {
            addNamed(by: label, families: true, to: &found)
        }
        for component in search.components { addComponent(component, to: &found) }
        return found.ascending()
    }

    /// Rows whose product may agree with this name (`ProductWords.agreement(with:)`).
    private func addNamed(by seen: ProductWords, families: Bool, to found: inout [Int]) {
        found += texts[seen.folded]
        for number in seen.numbers {
            found += cores[number.core]
            found += patterns[number.core.utf8.count] ?? []
            // `MX 450`: the letters may stand apart.
            let letters = number.prefix.isEmpty ? seen.words.last ?? "" : number.prefix
            found += spans[letters]
            found += wholes[number.prefix]
        }
        for word in seen.words { found += wholes[word] }
        for word in seen.asides { found += wholes[word] }
        if (2...3).contains(seen.words.count) { found += wholes[seen.words.joined()] }
        if families { for word in seen.words { found += alternatives[word] } }
        // The family alone: all that was seen stands in the product's name.
        if families, !seen.hasNumbers, let rarest = words.rarest(of: seen.words) { found += words[rarest] }
    }

    /// Rows that may be this component (`ProductWords.agreement(withPart:of:)`).
    private func addComponent(_ part: ProductWords, to found: inout [Int]) {
        addNamed(by: part, families: true, to: &found)
        found += blank
        // Either the product knows every word that is no kind of part, or there are none and it shares one of the kinds.
        let own = part.words.filter { !ProductWords.partWords.contains($0) }
        if let rarest = words.rarest(of: own) {
            found += words[rarest]
        } else {
            for word in part.words { found += words[word] }
        }
    }

    /// Rows for parts that such a device may have, or has in another kind.
    private func addParts(of model: ProductWords, _ search: NameSearch, to found: inout [Int]) {
        for component in search.components {
            for word in component.words { found += kinds[word] }
        }
        for word in model.words { found += families[word] }
        guard let mention = search.mention else { return }
        for (row, name) in mentioning where name.holds(mention) { found.append(row) }
    }
}

/// Rows by a word.
private struct Postings: Sendable {
    private var rows: [String: [Int]] = [:]

    subscript(key: String) -> [Int] { rows[key] ?? [] }

    mutating func add(_ row: Int, at key: String) {
        if rows[key]?.last != row { rows[key, default: []].append(row) }
    }

    /// The word with the fewest rows, which may be none; of equals the first.
    func rarest(of words: [String]) -> String? { words.min { self[$0].count < self[$1].count } }
}

extension [Int] {
    fileprivate func ascending() -> [Int] {
        var result: [Int] = []
        for row in sorted() where row != result.last { result.append(row) }
        return result
    }
}

extension [UInt8] {
    /// Whether this text stands in it somewhere.
    func holds(_ piece: [UInt8]) -> Bool {
        guard let first = piece.first, piece.count <= count else { return false }
        for start in 0...(count - piece.count) where self[start] == first {
            if self[start..<start + piece.count].elementsEqual(piece) { return true }
        }
        return false
    }
}
