//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Rows of declared lists: which are assets, and which are titles, totals and headings that stand among them?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension DeclaredReading {
    mutating func readRow() {
        if row.isBlank { return }
        guard assets.count < Self.mostRows else {
            rowsLeftOut += 1
            return
        }
        var asset = DeclaredAsset(source: source, line: row.number, site: "")
        asset.tag = number(.tag)
        asset.serial = number(.serial)
        readHardware(into: &asset)
        asset.model = pooled(word(.model))
        guard isAsset(asset) else { return }
        tellShape()
        asset.site = pooled(word(.site)) ?? ""
        asset.vendor = pooled(word(.vendor))
        asset.type = pooled(word(.type))
        asset.firmware = pooled(word(.firmware))
        asset.owner = pooled(word(.owner))
        asset.network = pooled(word(.network))
        asset.room = pooled(room())
        for (column, text) in [(DeclaredColumn.serial, asset.serial), (.tag, asset.tag)] {
            guard let text, Self.isRounded(text) else { continue }
            let what = column == .serial ? "serial number" : "asset tag"
            tell(column, "a spreadsheet rounded the \(what); format the column as text and export it again")
        }
        readStatus(into: &asset)
        readCapability(into: &asset)
        readDay(into: &asset)
        assets.append(asset)
    }

    // MARK: What is no asset

    /// Whether the row is one; if not, it is told why, unless nothing stands in it.
    private mutating func isAsset(_ asset: DeclaredAsset) -> Bool {
        let isNamed = asset.tag != nil || asset.serial != nil || !asset.hardware.isEmpty
        if isNamed, asset.serial != nil || !asset.hardware.isEmpty || asset.model != nil { return !isHeadings() }
        if isNamed, isHeadings() { return false }
        var cells: [(place: Int, text: String)] = []
        for place in 0..<row.count {
            if let text = reader.text(row, place), !DeclaredWords.plain(text).isEmpty { cells.append((place, text)) }
        }
        // Blanks, or a line of dashes below the headings.
        guard let first = cells.first else { return false }
        if DeclaredWords.isFooter(first.text) {
            tell(
                row.number, map.heading(first.place), "'\(Self.short(first.text))': a line of totals or notes, no asset"
            )
            return false
        }
        if isNamed, cells.count > 1 || map.known.count < 3 || !Self.isTitle(first.text) { return true }
        // A title between the rows has a cell or two; what says maker, model or kind is an asset that nobody can find.
        let words = isNamed ? 0 : [DeclaredColumn.vendor, .model, .type].count { word($0) != nil }
        if words == 0 || cells.count < 3 && words < cells.count {
            tell(
                row.number, map.heading(first.place),
                "'\(Self.short(first.text))': no asset tag, serial number or address, so no asset")
            return false
        }
        tellOnce(identifying, "no asset tag, serial number or address; it is found by its place at best")
        return true
    }

    /// `Ward: ICU`, `see also the list of 2019`: no number, or too many words for one.
    private static func isTitle(_ text: String) -> Bool {
        !text.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } || DeclaredWords.split(text).count > 3
    }

    /// Whether the headings stand here again, as at the top of each page.
    private mutating func isHeadings() -> Bool {
        guard let place = firstPlace, reader.text(row, place) == map.text(place) else { return false }
        let known = map.known
        guard known.count > 1, known.allSatisfy({ (reader.text(row, $0.place) ?? "") == map.text($0.place) }) else {
            return false
        }
        tellOnce(map.heading(place), "the headings stand here again, no asset")
        return true
    }

    /// The column by which rows are found.
    private var identifying: String? {
        map.known.first { $0.column.isIdentifying }.flatMap { map.heading($0.place) }
    }

    static func short(_ text: String) -> String {
        text.unicodeScalars.count > 48 ? String(text.unicodeScalars.prefix(47).map(Character.init)) + "…" : text
    }

    private mutating func tellShape() {
        if let column = row.unclosed {
            tell(row.number, map.heading(column), "a quote is opened and not closed")
        }
        if reader.isMended(row) {
            tellOnce(nil, "octets that are no UTF-8, as the rest of the file is; read as Windows-1252")
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
            tellOnce(map.heading(row.count), "the row ends before this column", "; what is missing counts as blank")
        }
    }
}
