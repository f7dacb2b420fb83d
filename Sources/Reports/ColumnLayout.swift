//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Columns: a text table that fits a terminal, whatever stands in its cells.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One column of a text table.
struct Column {
    var title: String
    /// Narrower than this it says nothing; then the column is left out instead.
    var least: Int
    /// Wider than this it would push the others out.
    var most: Int
    /// The column with the highest number leaves first when the terminal is too narrow.
    var dispensable: Int
}

/// Lays rows of cells out in columns, within a width.
struct ColumnLayout {
    /// Width of each column that stays, and its place among the given ones.
    private(set) var columns: [(index: Int, width: Int)]
    private static let gap = 2

    /// - Parameters:
    ///   - rows: Neutralised cells, one for each column.
    ///   - width: Columns of the terminal.
    init(_ columns: [Column], rows: [[String]], width: Int) {
        var wanted = columns.map { SafeText.columns($0.title) }
        var used = columns.map { _ in false }
        for row in rows {
            for (index, cell) in row.enumerated() where index < wanted.count {
                wanted[index] = max(wanted[index], SafeText.columns(cell))
                if !cell.isEmpty && cell != InventoryTable.nothing { used[index] = true }
            }
        }
        // A column in which nobody has anything is only noise.
        var kept = columns.indices.filter { used[$0] }
        func total(_ width: (Int) -> Int) -> Int {
            kept.reduce(0) { $0 + width($1) } + Self.gap * max(0, kept.count - 1)
        }
        func least(_ index: Int) -> Int { min(columns[index].least, wanted[index]) }
        while kept.count > 1 && total(least) > width {
            guard let gone = kept.max(by: { columns[$0].dispensable < columns[$1].dispensable }) else { break }
            kept.removeAll { $0 == gone }
        }
        var widths = wanted.enumerated().map { min($0.element, columns[$0.offset].most) }
        var excess = total { widths[$0] } - width
        while excess > 0 {
            // Take from the one that has most to spare, one at a time; at most the sum of all widths.
            guard let widest = kept.max(by: { widths[$0] - least($0) < widths[$1] - least($1) }),
                widths[widest] > least(widest)
            else { break }
            widths[widest] -= 1
            excess -= 1
        }
        self.columns = kept.map { ($0, widths[$0]) }
    }

    /// One row as a line without trailing spaces.
    func line(_ cells: [String]) -> String {
        var line = ""
        for (place, column) in columns.enumerated() {
            if place > 0 { line += String(repeating: " ", count: Self.gap) }
            let cell = SafeText.clipped(cells[column.index], to: column.width)
            line += place == columns.count - 1 ? cell : SafeText.padded(cell, to: column.width)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
