//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Declared lists: from a CSV file to assets, and what of it could not be read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// A list of assets as it was read from one file.
public struct DeclaredReading: Sendable {
    public internal(set) var assets: [DeclaredAsset] = []
    /// In the order of the rows; the first `mostTroubles`.
    public private(set) var troubles: [DeclaredList.Trouble] = []
    public private(set) var troublesLeftOut = 0
    /// Addresses that name nobody, and words such as `n/a` where an address should be.
    public internal(set) var placeholders = 0
    /// Which heading was taken for what, in the order of the file.
    public private(set) var columns: [(column: DeclaredColumn, heading: String)] = []
    public let encoding: TextEncoding
    public var separator: UInt8 { reader.separator }

    /// How the file was read, as one text: with other columns the same octets say something else.
    public var mapping: String {
        "\(encoding.rawValue) \(separator)\n" + columns.map { "\($0.column.rawValue) \($0.heading)\n" }.joined()
    }

    /// A hospital group's assets of ten years.
    public static let mostRows = 2_000_000
    public static let mostTroubles = 1_000
    /// Octets of UTF-8 of a value, as of every fact.
    public static let longestValue = 256
    /// Titles and blank lines above the headings.
    private static let mostAbove = 40
    /// Rows below the first that may be headings, in which better ones are looked for.
    private static let mostBelow = 3
    /// Rows that are looked at where only the values tell what a column holds.
    private static let mostAhead = 500

    let source: String
    var reader: CSVReader
    var row = CSVReader.Row()
    var map = DeclaredMap()
    var pool: [String: String] = [:]
    var days = DeclaredDays()
    /// Words that stand in many rows and are told once: the first row of each, and how many.
    private var repeated: [Repeated: (line: Int, count: Int)] = [:]
    var rowsLeftOut = 0
    /// The first column that is read.
    private(set) var firstPlace: Int?

    private struct Repeated: Hashable {
        var column: String?
        var words: String
        var ending: String
    }

    /// - Parameters:
    ///   - source: Name of the file, as rows and troubles name it.
    ///   - columns: Our names to the file's headings, where those are not the usual ones.
    public init(
        _ bytes: [UInt8], source: String, columns: [DeclaredColumn: String] = [:]
    ) throws(DeclaredRefusal) {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= CSVReader.mostOctets else { throw .tooLarge }
        if let kind = DeclaredRefusal.kind(bytes) { throw .otherKind(kind) }
        self.source = source
        reader = CSVReader(bytes)
        encoding = reader.encoding
        if let inner = reader.unwrapped() { reader = CSVReader(inner) }
        try readHeadings(columns)
        decideNetwork()
        try decideTag()
        firstPlace = map.known.first?.place
        while reader.next(&row) { readRow() }
        finish()
    }

    // MARK: Headings

    /// The first row in which two headings are known, one of them by which rows are found; a row shortly below it in
    /// which more are known is the better one, for the first was a line of groups (`Asset`, `Location`).
    private mutating func readHeadings(_ named: [DeclaredColumn: String]) throws(DeclaredRefusal) {
        var first: [String] = []
        var best: (reader: CSVReader, row: CSVReader.Row, map: DeclaredMap)?
        /// A row in which a serial number, an address or a tag is all that is known.
        var weak: (reader: CSVReader, row: CSVReader.Row, map: DeclaredMap)?
        var left = Self.mostAbove
        while left > 0, reader.next(&row) {
            left -= 1
            let headings = (0..<row.count).map { reader.text(row, $0) ?? "" }
            if headings.allSatisfy(\.isEmpty) { continue }
            let map = DeclaredMap(headings, named)
            if first.isEmpty || headings.count > first.count { first = headings }
            guard map.isIdentifying else { continue }
            if map.known.count == 1, headings.count(where: { !$0.isEmpty }) != 1 {
                if weak == nil, map.isSure { weak = (reader, row, map) }
                continue
            }
            if best == nil { left = min(left, Self.mostBelow) }
            if best.map({ map.known.count > $0.map.known.count }) ?? true { best = (reader, row, map) }
        }
        guard let best = best ?? weak else {
            if first.isEmpty { throw .empty }
            throw .nothingIdentifies(first.filter { !$0.isEmpty })
        }
        (reader, row, map) = best
        columns = map.known.map { ($0.column, map.text($0.place)) }
        for (column, heading) in map.absent {
            tell(row.number, heading, "'\(heading)' is named for \(column.rawValue) and is no heading of this file")
        }
        if row.leftOut > 0 {
            tell(row.number, nil, "\(row.leftOut) columns beyond \(CSVReader.mostColumns) are not read")
        }
    }

    /// A heading such as `Network` may stand over yes and no, or over names of networks.
    private mutating func decideNetwork() {
        guard let place = map.doubtfulNetwork else { return }
        // A lone number may be a VLAN's.
        let texts = ahead(place)
        guard !texts.isEmpty, texts.allSatisfy({ DeclaredValues.flag($0) != nil }), map.places[.networkCapable] == nil
        else { return }
        rename(.network, to: .networkCapable)
    }

    /// A heading such as `Equipment` may stand over numbers of devices, or over words for what they are.
    private mutating func decideTag() throws(DeclaredRefusal) {
        guard let place = map.doubtfulTag else { return }
        let texts = ahead(place)
        let numbers = texts.count { text in
            text.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } && !text.contains(" ")
        }
        if numbers * 10 >= texts.count * 9 { return }
        rename(.tag, to: .type)
        guard map.isIdentifying else { throw .nothingIdentifies(columns.map(\.heading)) }
    }

    /// What a column says in the first rows.
    private func ahead(_ place: Int) -> [String] {
        var ahead = reader
        var row = CSVReader.Row()
        var texts: [String] = []
        var rows = 0
        while rows < Self.mostAhead, ahead.next(&row) {
            rows += 1
            if let text = ahead.text(row, place), DeclaredWords.something(text) != nil { texts.append(text) }
        }
        return texts
    }

    private mutating func rename(_ from: DeclaredColumn, to other: DeclaredColumn) {
        let isFree = map.places[other] == nil
        map.move(from, to: other)
        if isFree {
            for index in columns.indices where columns[index].column == from { columns[index].column = other }
        } else {
            columns.removeAll { $0.column == from }
        }
    }

    // MARK: Troubles

    mutating func tell(_ column: DeclaredColumn, _ words: String) {
        tell(row.number, map.places[column]?.first.flatMap(map.heading), words)
    }

    mutating func tell(_ line: Int, _ column: String?, _ words: String) {
        if troubles.count < Self.mostTroubles {
            troubles.append(DeclaredList.Trouble(source: source, line: line, column: column, words: words))
        } else {
            troublesLeftOut += 1
        }
    }

    /// Tells what many rows have in common once, at the first of them, with their number.
    mutating func tellOnce(_ column: String?, _ words: String, _ ending: String = "") {
        let key = Repeated(column: column, words: words, ending: ending)
        if let known = repeated[key] {
            repeated[key] = (known.line, known.count + 1)
        } else if repeated.count < Self.mostTroubles {
            repeated[key] = (row.number, 1)
        } else {
            troublesLeftOut += 1
        }
    }

    private mutating func finish() {
        let (known, unknown) = days.resolved()
        for entry in known { assets[entry.asset].lastService = entry.day }
        if let first = unknown.first {
            let words =
                if case .unknown(isContradiction: true) = days.order {
                    "some days of the column have the month first, some the day"
                } else { "month or day first? Both fit every row" }
            tell(
                assets[first].line, map.places[.lastService]?.first.flatMap(map.heading),
                "\(words); \(unknown.count == 1 ? "the day of this row is" : "the days of \(unknown.count) rows are") not known"
            )
        }
        let told = repeated.sorted {
            ($0.value.line, $0.key.column ?? "", $0.key.words) < ($1.value.line, $1.key.column ?? "", $1.key.words)
        }
        for (key, found) in told {
            let more = found.count == 1 ? "" : ", as in \(found.count - 1) more row\(found.count == 2 ? "" : "s")"
            tell(found.line, key.column, key.words + more + key.ending)
        }
        repeated = [:]
        if rowsLeftOut > 0 {
            tell(row.number, nil, "\(rowsLeftOut) rows beyond \(Self.mostRows) are not read")
        }
        troubles = troubles.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
            .map(\.element)
        pool = [:]
    }
}
