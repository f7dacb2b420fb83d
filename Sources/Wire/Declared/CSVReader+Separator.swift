//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CSV: what stands between the cells, and are the rows what the program wrote or what a spreadsheet made of them?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension CSVReader {
    // MARK: The separator

    private static let separators: [UInt8] = [
        UInt8(ascii: ";"), 0x09, UInt8(ascii: "|"), UInt8(ascii: ","),
    ]

    /// What Excel writes and reads in the first line: `sep=;`.
    mutating func toldSeparator() -> UInt8? {
        let word = Array("sep=".utf8)
        guard bytes.count - position > word.count,
            zip(bytes[position...], word).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
        else { return nil }
        let place = position + word.count
        let separator = bytes[place]
        guard separator >= 0x20 && separator < 0x7F || separator == 0x09, separator != Self.quote else { return nil }
        var end = place + 1
        guard end == bytes.count || bytes[end] == Self.lineFeed || bytes[end] == Self.carriageReturn else { return nil }
        if end < bytes.count, bytes[end] == Self.carriageReturn { end += 1 }
        if end < bytes.count, bytes[end] == Self.lineFeed { end += 1 }
        position = end
        return separator
    }

    /// Rows and octets that are looked at to find the separator.
    private static let sampledRows = 64
    private static let sampledOctets = 256 << 10

    /// The one that gives most rows the same number of columns, two at least; of equal ones that with more columns.
    func sniffed() -> UInt8 {
        let sample = bytes[position...].prefix(Self.sampledOctets)
        let isWhole = sample.endIndex == bytes.count
        var best: (separator: UInt8, share: Int, columns: Int)?
        for candidate in Self.separators {
            var reader = CSVReader(plain: Array(sample), separator: candidate)
            var row = Row()
            var counts: [Int: Int] = [:]
            var rows = 0
            while rows < Self.sampledRows, reader.next(&row) {
                // The last row of a sample may be half of one.
                if !isWhole, reader.position == sample.count, rows > 0 { break }
                if row.count == 1, row.isBlank { continue }
                rows += 1
                counts[row.count, default: 0] += 1
            }
            guard rows > 0 else { continue }
            // Titles above the table and broken rows are few; of equal counts the wider.
            let usual = counts.filter { $0.key > 1 }.max { ($0.value, $0.key) < ($1.value, $1.key) }
            guard let usual else { continue }
            let share = usual.value * 1_000 / rows
            if best.map({ (share, usual.key) > ($0.share, $0.columns) }) ?? true {
                best = (candidate, share, usual.key)
            }
        }
        return best?.separator ?? UInt8(ascii: ",")
    }

    // MARK: Rows in quotes

    /// What a spreadsheet made of a file whose separator it did not know: each row is one cell in quotes, with quotes
    /// doubled. The rows as they were; nil where the file is none of that kind.
    func unwrapped() -> [UInt8]? {
        var reader = self
        var row = Row()
        var rows = 0
        while rows < Self.sampledRows, reader.next(&row) {
            if row.isBlank { continue }
            rows += 1
            guard row.count == 1, let text = reader.octets(row, 0), reader.isQuoted(row),
                text.contains(where: Self.separators.contains)
            else { return nil }
        }
        guard rows > 1 else { return nil }
        reader = self
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        while reader.next(&row) {
            if let text = reader.text(row, 0) { result += Array(text.utf8) }
            result.append(Self.lineFeed)
        }
        return result
    }

    private func isQuoted(_ row: Row) -> Bool {
        guard let cell = row.cells.first, cell.start > 0 else { return false }
        return bytes[cell.start - 1] == Self.quote
    }
}
