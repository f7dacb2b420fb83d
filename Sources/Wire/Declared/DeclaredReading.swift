//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Declared lists: from the rows of a CSV file to assets, and what could not be read.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Why a file is no list of assets.
public enum DeclaredRefusal: Error, Hashable, Sendable {
    case empty
    case tooLarge
    /// Its first octets are those of something else: `an Excel workbook`.
    case otherKind(String)
    /// No column by which a row could be found; the headings that it has.
    case nothingIdentifies([String])

    /// In one line, with the cure.
    public var words: String {
        switch self {
        case .empty: return "empty; a list of assets has a line of headings and a row for each asset."
        case .tooLarge: return "larger than 512 MiB; export fewer columns, or split it."
        case .otherKind(let kind): return "\(kind), no CSV; save it as CSV (UTF-8) and give that."
        case .nothingIdentifies(let headings):
            let shown = headings.prefix(Self.mostShown).map { "'\(Self.short($0))'" }.joined(separator: ", ")
            let more = headings.count > Self.mostShown ? " and \(headings.count - Self.mostShown) more" : ""
            return "no column for an asset tag, a serial number or a hardware address; its headings are "
                + "\(shown.isEmpty ? "blank" : shown)\(more). Name one of them in the settings, under declared: columns:."
        }
    }

    private static let mostShown = 24

    private static func short(_ text: String) -> String {
        let plain = text.unicodeScalars.prefix(48).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }
            .joined()
        return plain + (text.unicodeScalars.count > 48 ? "…" : "")
    }
}

/// A list of assets as it was read from one file.
public struct DeclaredReading: Sendable {
    public private(set) var assets: [DeclaredAsset] = []
    /// In the order of the rows; the first `mostTroubles`.
    public private(set) var troubles: [DeclaredList.Trouble] = []
    public private(set) var troublesLeftOut = 0
    /// Addresses that name nobody, and words such as `n/a` where an address should be.
    public private(set) var placeholders = 0
    /// Which heading was taken for what, in the order of the file.
    public private(set) var columns: [(column: DeclaredColumn, heading: String)] = []
    public let encoding: TextEncoding
    public let separator: UInt8

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
    private static let mostAbove = 20

    private let source: String
    private var reader: CSVReader
    private var row = CSVReader.Row()
    private var map = DeclaredMap()
    private var pool: [String: String] = [:]
    private var days = DeclaredDays()
    /// Words of status that are not known: the first row of each, and how many.
    private var strangeStatuses: [String: (line: Int, count: Int)] = [:]
    private var rowsLeftOut = 0

    /// - Parameters:
    ///   - source: Name of the file, as rows and troubles name it.
    ///   - columns: Our names to the file's headings, where those are not the usual ones.
    public init(
        _ bytes: [UInt8], source: String, columns: [DeclaredColumn: String] = [:]
    ) throws(DeclaredRefusal) {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= CSVReader.mostOctets else { throw .tooLarge }
        if let kind = Self.kind(bytes) { throw .otherKind(kind) }
        self.source = source
        reader = CSVReader(bytes)
        encoding = reader.encoding
        separator = reader.separator
        try readHeadings(columns)
        decideNetwork()
        while reader.next(&row) { readRow() }
        finish()
    }

    /// What people mistake for a CSV file.
    private static func kind(_ bytes: [UInt8]) -> String? {
        let kinds: [([UInt8], String)] = [
            ([0x50, 0x4B, 0x03, 0x04], "an Excel workbook or another zip file"),
            ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook"), ([0x1F, 0x8B], "a gzip file"),
            (Array("%PDF".utf8), "a PDF"), (Array("SQLite format 3".utf8), "a database"),
        ]
        return kinds.first { bytes.starts(with: $0.0) }?.1
    }

    // MARK: Headings

    /// The first row in which two headings are known, one of them by which rows are found.
    private mutating func readHeadings(_ named: [DeclaredColumn: String]) throws(DeclaredRefusal) {
        var first: [String] = []
        for _ in 0..<Self.mostAbove {
            guard reader.next(&row) else { break }
            let headings = (0..<row.count).map { reader.text(row, $0) ?? "" }
            if headings.allSatisfy(\.isEmpty) { continue }
            let map = DeclaredMap(headings, named)
            if first.isEmpty || headings.count > first.count { first = headings }
            guard map.isIdentifying, map.known.count > 1 || headings.count(where: { !$0.isEmpty }) == 1 else {
                continue
            }
            self.map = map
            columns = map.known.map { ($0.column, headings[$0.place]) }
            for (column, heading) in map.absent {
                tell(row.number, heading, "'\(heading)' is named for \(column.rawValue) and is no heading of this file")
            }
            if row.leftOut > 0 {
                tell(row.number, nil, "\(row.leftOut) columns beyond \(CSVReader.mostColumns) are not read")
            }
            return
        }
        if first.isEmpty { throw .empty }
        throw .nothingIdentifies(first.filter { !$0.isEmpty })
    }

    /// A heading such as `Network` may stand over yes and no, or over names of networks.
    private mutating func decideNetwork() {
        guard let place = map.doubtfulNetwork else { return }
        var ahead = reader
        var row = CSVReader.Row()
        var flags = 0
        var others = 0
        var rows = 0
        while rows < 500, ahead.next(&row) {
            rows += 1
            guard let text = ahead.text(row, place), !DeclaredWords.isNothing(DeclaredWords.plain(text)) else {
                continue
            }
            // A lone number may be a VLAN's.
            if DeclaredValues.flag(text) != nil { flags += 1 } else { others += 1 }
        }
        guard flags > 0, others == 0, map.places[.networkCapable] == nil else { return }
        map.places[.networkCapable] = map.places[.network]
        map.places[.network] = nil
        for index in columns.indices where columns[index].column == .network { columns[index].column = .networkCapable }
    }

    // MARK: Rows

    private mutating func readRow() {
        if row.isBlank { return }
        guard assets.count < Self.mostRows else {
            rowsLeftOut += 1
            return
        }
        tellShape()
        var asset = DeclaredAsset(source: source, line: row.number, site: pooled(value(.site)) ?? "")
        asset.tag = value(.tag).flatMap(Self.something)
        asset.serial = value(.serial).flatMap(Self.something)
        asset.vendor = pooled(value(.vendor).flatMap(Self.something))
        asset.model = pooled(value(.model).flatMap(Self.something))
        asset.type = pooled(value(.type).flatMap(Self.something))
        asset.firmware = pooled(value(.firmware).flatMap(Self.something))
        asset.owner = pooled(value(.owner).flatMap(Self.something))
        asset.network = pooled(value(.network).flatMap(Self.something))
        asset.room = pooled(room())
        if let serial = asset.serial, Self.isRounded(serial) {
            tell(.serial, "a spreadsheet rounded the serial number; format the column as text and export it again")
        }
        readHardware(into: &asset)
        readStatus(into: &asset)
        readCapability(into: &asset)
        readDay(into: &asset)
        assets.append(asset)
    }

    private mutating func tellShape() {
        if let column = row.unclosed {
            tell(row.number, map.heading(column), "a quote is opened and not closed")
        }
        if row.leftOut > 0 {
            tell(row.number, nil, "\(row.leftOut) cells beyond \(CSVReader.mostColumns) are not read")
        }
        if row.count > map.width {
            let extra = (map.width..<row.count).filter { reader.text(row, $0) != nil }
            if let first = extra.first {
                tell(
                    row.number, "\(first + 1)",
                    "\(row.count) cells under \(map.width) headings; a separator inside a text needs quotes around it")
            }
        } else if row.count < map.width, row.count < map.last {
            tell(row.number, map.heading(row.count), "the row ends before this column; what is missing counts as blank")
        }
    }

    /// The text of a column; cut where it is longer than any fact may be.
    private mutating func value(_ column: DeclaredColumn) -> String? {
        guard let place = map.places[column]?.first else { return nil }
        guard let text = reader.text(row, place) else { return nil }
        guard text.utf8.count > Self.longestValue else { return text }
        tell(row.number, map.heading(place), "longer than \(Self.longestValue) octets; cut there")
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: Self.longestValue)
        while text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }

    /// Nothing, where somebody wrote that there is nothing.
    private static func something(_ text: String) -> String? {
        DeclaredWords.isNothing(DeclaredWords.plain(text)) && text.utf8.allSatisfy { $0 < 0x80 } ? nil : text
    }

    /// One text for all rows that say the same: makers, models and rooms are few.
    private mutating func pooled(_ text: String?) -> String? {
        guard let text, text.utf8.count >= 16 else { return text }
        if let known = pool[text] { return known }
        if pool.count < Self.mostPooled { pool[text] = text }
        return text
    }

    private static let mostPooled = 65_536

    /// Building, floor, ward, location and room as one text, from the coarse to the fine.
    private mutating func room() -> String? {
        var parts: [String] = []
        for column in [DeclaredColumn.building, .floor, .ward, .location, .room] {
            guard var text = value(column).flatMap(Self.something) else { continue }
            // A number alone says nothing of what it numbers.
            if text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
                if column == .floor { text = "floor \(text)" }
                if column == .room { text = "room \(text)" }
            }
            if !parts.contains(text) { parts.append(text) }
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private mutating func readHardware(into asset: inout DeclaredAsset) {
        for place in map.places[.mac] ?? [] {
            guard let text = reader.text(row, place) else { continue }
            let cell = HardwareCell(text)
            placeholders += cell.placeholders
            for address in cell.addresses
            where !asset.hardware.contains(address) && asset.hardware.count < HardwareCell.most {
                asset.hardware.append(address)
            }
            if let problem = cell.problem { tell(row.number, map.heading(place), "no hardware address: \(problem)") }
        }
    }

    private mutating func readStatus(into asset: inout DeclaredAsset) {
        guard let text = value(.status).flatMap(Self.something) else { return }
        if let status = DeclaredValues.status(text) {
            asset.status = status
            asset.isStatusSaid = true
        } else if let known = strangeStatuses[text] {
            strangeStatuses[text] = (known.line, known.count + 1)
        } else if strangeStatuses.count < Self.mostTroubles {
            strangeStatuses[text] = (row.number, 1)
        } else {
            troublesLeftOut += 1
        }
    }

    private mutating func readCapability(into asset: inout DeclaredAsset) {
        guard map.places[.networkCapable] != nil else {
            // Who has an address of a network card can be on a network; else the list does not say.
            if !asset.hardware.isEmpty { asset.isNetworkCapable = true }
            return
        }
        guard let text = value(.networkCapable) else { return }
        if let flag = DeclaredValues.flag(text) {
            asset.isNetworkCapable = flag
        } else if Self.looksLikeAddress(text) {
            asset.isNetworkCapable = true
        } else if Self.something(text) != nil, text != "?" {
            tell(.networkCapable, "neither yes nor no; taken as not known")
        }
    }

    /// `10.2.3.4` in a column for yes and no.
    private static func looksLikeAddress(_ text: String) -> Bool {
        IPAddress(text) != nil || HardwareAddress(text) != nil
    }

    private mutating func readDay(into asset: inout DeclaredAsset) {
        guard let text = value(.lastService) else { return }
        switch DeclaredDay(text) {
        case .day(let day): asset.lastService = day
        case .either(let first, let second, let year): days.add(first, second, year: year, asset: assets.count)
        case .none: return
        case .broken: tell(.lastService, "no day that a calendar has")
        }
    }

    /// Whether a spreadsheet wrote a number as a power of ten: `1.23457E+11`.
    static func isRounded(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let power = bytes.lastIndex(of: UInt8(ascii: "+")), power >= 2, (2...3).contains(bytes.count - power),
            bytes[power - 1] | 0x20 == UInt8(ascii: "e")
        else { return false }
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        guard isDigit(bytes[0]), bytes[(power + 1)...].allSatisfy(isDigit) else { return false }
        let mantissa = bytes[..<(power - 1)]
        return mantissa.count == 1
            || (mantissa[1] == UInt8(ascii: ".") || mantissa[1] == UInt8(ascii: ","))
                && mantissa.dropFirst(2).allSatisfy(isDigit)
    }

    // MARK: Troubles

    private mutating func tell(_ column: DeclaredColumn, _ words: String) {
        tell(row.number, map.places[column]?.first.flatMap(map.heading), words)
    }

    private mutating func tell(_ line: Int, _ column: String?, _ words: String) {
        if troubles.count < Self.mostTroubles {
            troubles.append(DeclaredList.Trouble(source: source, line: line, column: column, words: words))
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
        let heading = map.places[.status]?.first.flatMap(map.heading)
        for (word, found) in strangeStatuses.sorted(by: { $0.value.line < $1.value.line }) {
            let more = found.count > 1 ? ", as in \(found.count - 1) more rows" : ""
            tell(found.line, heading, "'\(word.prefix(48))' is no status that is known\(more); counts as in service")
        }
        if rowsLeftOut > 0 {
            tell(row.number, nil, "\(rowsLeftOut) rows beyond \(Self.mostRows) are not read")
        }
        troubles = troubles.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
            .map(\.element)
        pool = [:]
    }
}

/// Which column of a file holds what.
struct DeclaredMap: Sendable {
    /// Only hardware addresses have several.
    var places: [DeclaredColumn: [Int]] = [:]
    /// Named in the settings, and not there.
    private(set) var absent: [(column: DeclaredColumn, heading: String)] = []
    private(set) var doubtfulNetwork: Int?
    private var headings: [String] = []

    init() {}

    init(_ headings: [String], _ named: [DeclaredColumn: String]) {
        self.headings = headings
        var taken: Set<Int> = []
        for column in DeclaredColumn.allCases {
            guard let name = named[column] else { continue }
            let plain = DeclaredWords.plain(name)
            let place =
                headings.firstIndex(of: name)
                ?? headings.firstIndex { !plain.isEmpty && DeclaredWords.plain($0) == plain }
            if let place, taken.insert(place).inserted {
                places[column] = [place]
            } else {
                absent.append((column, name))
            }
        }
        var ranks: [DeclaredColumn: Int] = [:]
        for (place, heading) in headings.enumerated() where !taken.contains(place) {
            guard let meaning = DeclaredHeadings.meaning(of: heading) else { continue }
            if meaning.column == .mac {
                places[.mac, default: []].append(place)
            } else if named[meaning.column] == nil || places[meaning.column] == nil {
                if let rank = ranks[meaning.column], rank <= meaning.rank { continue }
                ranks[meaning.column] = meaning.rank
                places[meaning.column] = [place]
            }
        }
        if named[.network] == nil, let place = places[.network]?.first,
            DeclaredHeadings.doubtful.contains(DeclaredWords.plain(headings[place]))
        {
            doubtfulNetwork = place
        }
    }

    var isIdentifying: Bool { places.keys.contains(where: \.isIdentifying) }
    var width: Int { headings.count }
    /// Columns up to the last that is read.
    var last: Int { (places.values.joined().max() ?? -1) + 1 }

    /// What was found, in the order of the file.
    var known: [(column: DeclaredColumn, place: Int)] {
        places.flatMap { column, places in places.map { (column: column, place: $0) } }
            .sorted { ($0.place, $0.column.rawValue) < ($1.place, $1.column.rawValue) }
    }

    /// As a person finds it: the heading, else the number of the column.
    func heading(_ place: Int) -> String? {
        headings.indices.contains(place) && !headings[place].isEmpty ? headings[place] : "\(place + 1)"
    }
}
