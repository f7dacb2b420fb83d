//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CSV (RFC 4180) as programs really write it: which separator, which rows, which cells?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Reads a file of separated values row by row. Cells become text only when they are asked for.
///
/// Rows are counted as a spreadsheet counts them: a line end in quotes begins none, an empty line is one, and Excel's
/// `sep=;` stands before the first.
public struct CSVReader: Sendable {
    public static let mostOctets = 512 << 20
    public static let mostColumns = 512
    /// What a spreadsheet's cell holds at most.
    public static let longestCell = 32 << 10
    /// Within so many octets a quote must be closed, or it was none.
    private static let longestQuoted = 1 << 20
    /// After so many quotes that nobody closed, quotes of the file mean nothing.
    private static let mostUnclosed = 64

    /// One row: where its cells stand.
    public struct Row: Hashable, Sendable {
        /// From 1.
        public fileprivate(set) var number = 0
        var cells: [Cell] = []
        /// Cells beyond `mostColumns`.
        public fileprivate(set) var leftOut = 0
        /// From 0: where a quote was opened that nobody closed.
        public fileprivate(set) var unclosed: Int?

        public init() {}
        public var count: Int { cells.count }
        public var isBlank: Bool { cells.allSatisfy { $0.start == $0.end } }
    }

    struct Cell: Hashable, Sendable {
        var start: Int
        var end: Int
        /// Whether quotes stand twice in it.
        var isDoubled = false
    }

    let bytes: [UInt8]
    public let encoding: TextEncoding
    public private(set) var separator = UInt8(ascii: ",")
    var position: Int
    var rows = 0
    private var unclosed = 0
    /// Where octets stand that were no UTF-8, ascending.
    private let mended: [Int]

    /// - Parameter bytes: At most `mostOctets`; the caller sees to that.
    public init(_ bytes: [UInt8]) {
        let decoded = CSVText.decode(bytes)
        self.bytes = decoded.text
        encoding = decoded.encoding
        mended = decoded.mended
        position = decoded.start
        if let told = toldSeparator() {
            separator = told
        } else {
            separator = sniffed()
        }
    }

    init(plain bytes: [UInt8], separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        encoding = .utf8
        mended = []
        position = 0
    }

    // MARK: Rows

    /// The next row; false at the end.
    public mutating func next(_ row: inout Row) -> Bool {
        guard position < bytes.count else { return false }
        rows += 1
        row.number = rows
        row.cells.removeAll(keepingCapacity: true)
        row.leftOut = 0
        row.unclosed = nil
        while true {
            let cell = cell(&row)
            if row.cells.count < Self.mostColumns { row.cells.append(cell) } else { row.leftOut += 1 }
            guard position < bytes.count else { return true }
            let byte = bytes[position]
            position += 1
            if byte == separator {
                // A separator at the very end has an empty cell behind it.
                if position == bytes.count {
                    if row.cells.count < Self.mostColumns { row.cells.append(Cell(start: position, end: position)) }
                    return true
                }
                continue
            }
            if byte == Self.carriageReturn, position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
            return true
        }
    }

    /// A cell; leaves `position` at the separator or line end behind it, or at the end of all.
    private mutating func cell(_ row: inout Row) -> Cell {
        var start = position
        // Blanks before a quote belong to nobody.
        while start < bytes.count, bytes[start] == 0x20, start - position < 8 { start += 1 }
        if start < bytes.count, bytes[start] == Self.quote, unclosed < Self.mostUnclosed {
            if let cell = quoted(from: start + 1) { return cell }
            unclosed += 1
            row.unclosed = row.unclosed ?? row.cells.count
        }
        start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { break }
            position += 1
        }
        return Cell(start: start, end: position)
    }

    /// What stands in quotes; nil where they are not closed as they should be.
    ///
    /// `"5" monitor"` is read as it is meant. A quote with text behind it on a later line closes another cell, so the first
    /// one was left open.
    private mutating func quoted(from start: Int) -> Cell? {
        var place = start
        let last = min(bytes.count, start + Self.longestQuoted)
        var isDoubled = false
        var isBroken = false
        while place < last {
            let byte = bytes[place]
            if byte == Self.lineFeed || byte == Self.carriageReturn { isBroken = true }
            guard byte == Self.quote else {
                place += 1
                continue
            }
            if place + 1 < bytes.count, bytes[place + 1] == Self.quote {
                isDoubled = true
                place += 2
                continue
            }
            var behind = place + 1
            while behind < bytes.count, bytes[behind] == 0x20, behind - place < 8 { behind += 1 }
            if behind == bytes.count || bytes[behind] == separator || bytes[behind] == Self.lineFeed
                || bytes[behind] == Self.carriageReturn
            {
                position = behind
                return Cell(start: start, end: place, isDoubled: isDoubled)
            }
            if isBroken { return nil }
            place += 1
        }
        return nil
    }

    static let quote = UInt8(ascii: "\"")
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D

    /// Whether octets of the row were no UTF-8 in a file that is UTF-8 otherwise.
    public func isMended(_ row: Row) -> Bool {
        guard !mended.isEmpty, let start = row.cells.first?.start, let end = row.cells.last?.end else { return false }
        var (low, high) = (0, mended.count)
        while low < high {
            let middle = (low + high) / 2
            if mended[middle] < start { low = middle + 1 } else { high = middle }
        }
        return low < mended.count && mended[low] < end
    }

    // MARK: Cells

    /// Octets of a cell, without its quotes; nil where the row has no such cell.
    public func octets(_ row: Row, _ column: Int) -> ArraySlice<UInt8>? {
        guard row.cells.indices.contains(column) else { return nil }
        let cell = row.cells[column]
        return bytes[cell.start..<cell.end]
    }

    /// Whether a cell holds more than `longestCell`; its text is cut there.
    public func isTooLong(_ row: Row, _ column: Int) -> Bool {
        (octets(row, column)?.count ?? 0) > Self.longestCell
    }

    /// A cell as text: without blanks around it, controls as blanks, `="00123"` and `'00123` as what they protect.
    ///
    /// - Returns: Nil where the row has no such cell, or a blank one.
    public func text(_ row: Row, _ column: Int) -> String? {
        guard row.cells.indices.contains(column) else { return nil }
        let cell = row.cells[column]
        guard cell.start < cell.end else { return nil }
        var slice = bytes[cell.start..<min(cell.end, cell.start + Self.longestCell)]
        // Cut between scalars.
        if slice.endIndex < cell.end {
            while slice.endIndex > slice.startIndex, bytes[slice.endIndex] & 0xC0 == 0x80 { slice.removeLast() }
        }
        guard cell.isDoubled || !Self.isPlain(slice) else { return Self.trimmed(slice) }
        var plain: [UInt8] = []
        plain.reserveCapacity(slice.count)
        var isHalf = false
        for byte in slice {
            if byte == Self.quote, cell.isDoubled {
                isHalf.toggle()
                if isHalf { continue }
            } else {
                isHalf = false
            }
            plain.append(byte < 0x20 || byte == 0x7F ? 0x20 : byte)
        }
        return Self.trimmed(Self.unprotected(plain[...]))
    }

    /// Whether nothing in a cell is to be changed.
    private static func isPlain(_ slice: ArraySlice<UInt8>) -> Bool {
        if let first = slice.first, first == UInt8(ascii: "=") || first == UInt8(ascii: "'") { return false }
        return slice.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// Spreadsheets are kept from making numbers of texts by `="00123"` or `'00123`.
    private static func unprotected(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        if text.count >= 3, text.starts(with: [UInt8(ascii: "="), quote]), text.last == quote {
            return text.dropFirst(2).dropLast()
        }
        guard text.first == UInt8(ascii: "'") else { return text }
        return text.count > 2 && text.last == UInt8(ascii: "'") ? text.dropFirst().dropLast() : text.dropFirst()
    }

    private static func trimmed(_ slice: ArraySlice<UInt8>) -> String? {
        var slice = slice
        while true {
            if let first = slice.first, first == 0x20 {
                slice.removeFirst()
            } else if let last = slice.last, last == 0x20 {
                slice.removeLast()
            } else if slice.starts(with: [0xC2, 0xA0]) {
                slice.removeFirst(2)
            } else if slice.count >= 2, slice[slice.endIndex - 1] == 0xA0, slice[slice.endIndex - 2] == 0xC2 {
                slice.removeLast(2)
            } else {
                break
            }
        }
        return slice.isEmpty ? nil : String(decoding: slice, as: UTF8.self)
    }
}
