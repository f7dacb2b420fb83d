//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// CSV files: every encoding, separator, quote and line end that programs write.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Testing
import Wire

/// All cells of a file as text, blank ones as nothing.
private func cells(_ bytes: [UInt8]) -> [[String]] {
    var reader = CSVReader(bytes)
    var row = CSVReader.Row()
    var rows: [[String]] = []
    while reader.next(&row) { rows.append((0..<row.count).map { reader.text(row, $0) ?? "" }) }
    return rows
}

private func cells(_ text: String) -> [[String]] { cells(Array(text.utf8)) }

/// Goal: what stands in the spreadsheet is what is read.
@Suite struct `A CSV file` {
    @Test(arguments: [",", ";", "\t", "|"])
    func `is read with each separator, also where others stand in its cells`(separator: String) {
        let rows = [["a", "b", "c"], ["1, 2", "x;y|z", "tab"], ["", "", "9"], ["p", "", ""]]
        let text = rows.map { row in
            row.map { $0.contains(",") || $0.contains(";") ? "\"\($0)\"" : $0 }.joined(separator: separator)
        }
        #expect(cells(text.joined(separator: "\n")) == rows)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `is read with each line end, with and without one at its end`(end: String) {
        for tail in ["", end] { #expect(cells("a,b\(end)1,2\(tail)") == [["a", "b"], ["1", "2"]]) }
        #expect(cells("a,b\(end)\"1\(end)2\",3") == [["a", "b"], ["1\(end == "\r\n" ? "  " : " ")2", "3"]])
    }

    @Test func `with quotes, doubled quotes, and quotes that mean inches`() {
        #expect(cells("a,b\n\"x \"\"y\"\" z\",\"\"\n") == [["a", "b"], ["x \"y\" z", ""]])
        #expect(
            cells("a,b\n\"15\" monitor\",2\n19\" rack,3\n") == [
                ["a", "b"], ["15\" monitor", "2"], ["19\" rack", "3"],
            ])
        #expect(cells("a,b\n \"x\" , 2 \n") == [["a", "b"], ["x", "2"]])
    }

    @Test func `with a quote that nobody closed loses that cell and nothing behind it`() {
        var reader = CSVReader(Array("a,b\n1,\"open\n2,\"x\"\n3,\"y\"\n".utf8))
        var row = CSVReader.Row()
        var rows: [[String]] = []
        var unclosed: [Int: Int] = [:]
        while reader.next(&row) {
            rows.append((0..<row.count).map { reader.text(row, $0) ?? "" })
            if let column = row.unclosed { unclosed[row.number] = column }
        }
        #expect(rows == [["a", "b"], ["1", "\"open"], ["2", "x"], ["3", "y"]])
        #expect(unclosed == [2: 1])
        #expect(cells("a,b\n1,\"open") == [["a", "b"], ["1", "\"open"]])
    }

    @Test func `told by sep in its first line, is read with that, and the line is no row`() {
        #expect(cells("sep=;\r\na;b,c\r\n1;2\r\n") == [["a", "b,c"], ["1", "2"]])
        #expect(cells("SEP=\t\na\tb\n") == [["a", "b"]])
        #expect(cells("sep=;x\na,b\n1,2\n") == [["sep=;x"], ["a", "b"], ["1", "2"]])
        #expect(cells("sep=") == [["sep="]])
    }

    @Test func `is read in each encoding, with and without a mark`() {
        let text = "Gerät;Größe\nMonitor µ;5 €\nÉlan 🏥;x\n"
        let rows = [["Gerät", "Größe"], ["Monitor µ", "5 €"], ["Élan 🏥", "x"]]
        let utf16 = Array(text.utf16)
        let little = utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let big = utf16.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
        for (bytes, encoding) in [
            (Array(text.utf8), TextEncoding.utf8), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
            ([0xFF, 0xFE] + little, .utf16Little), ([0xFE, 0xFF] + big, .utf16Big), (little, .utf16Little),
            (big, .utf16Big),
        ] {
            #expect(cells(bytes) == rows)
            #expect(CSVReader(bytes).encoding == encoding)
        }
        // é, ü, € and typographic quotes of Windows.
        let windows = Array("caf".utf8) + [0xE9, 0x3B, 0xFC, 0x62, 0x0A, 0x80, 0x3B, 0x93, 0x78, 0x94, 0x0A]
        #expect(cells(windows) == [["café", "üb"], ["€", "“x”"]])
        #expect(CSVReader(windows).encoding == .windows1252)
    }

    @Test func `cut anywhere, in any encoding, is read as far as it goes`() {
        let text = "Gerät;\"Größe\"\r\n\"a\"\"b\";🏥\r\n"
        let wide: [UInt8] =
            [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        for bytes in [Array(text.utf8), wide, [0xEF, 0xBB, 0xBF] + Array(text.utf8)] {
            for count in 0...bytes.count { #expect(cells(Array(bytes.prefix(count))).count <= 3) }
        }
        // A surrogate alone.
        #expect(cells([0xFF, 0xFE, 0x00, 0xD8, 0x2C, 0x00, 0x61, 0x00]) == [["\u{FFFD}", "a"]])
    }

    @Test func `with what spreadsheets do to protect texts and what strangers do with formulas`() {
        #expect(
            cells("a,b\n\"=\"\"00123\"\"\",'00456\n=\"00789\",=cmd|' /C calc'!A0\n")
                == [["a", "b"], ["00123", "00456"], ["00789", "=cmd|' /C calc'!A0"]])
        #expect(
            cells([0x61, 0x2C, 0x62, 0x0A, 0x01, 0x7F, 0x78, 0x00, 0x2C, 0x1B, 0x5B, 0x0A])
                == [["a", "b"], ["x", "["]])
    }

    @Test func `of 200 and of 512 columns is read whole, and what is beyond is counted`() {
        for (count, leftOut) in [(200, 0), (512, 0), (513, 1)] {
            var reader = CSVReader(Array((1...count).map { "c\($0)" }.joined(separator: ";").utf8))
            var row = CSVReader.Row()
            let isThere = reader.next(&row)
            #expect(isThere)
            #expect(row.count == min(count, 512) && row.leftOut == leftOut)
        }
    }

    @Test func `with a cell of 32 KiB is read, and a longer one is cut between letters`() {
        for extra in [0, 1] {
            let long = String(repeating: "ä", count: 16_384) + String(repeating: "x", count: extra)
            var reader = CSVReader(Array("a,b\n\"\(long)\",2\n".utf8))
            var row = CSVReader.Row()
            _ = reader.next(&row)
            let isThere = reader.next(&row)
            #expect(isThere)
            #expect(reader.text(row, 0)?.utf8.count == 32_768)
            #expect(reader.isTooLong(row, 0) == (extra == 1))
            #expect(reader.text(row, 1) == "2")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `of nothing but quotes, separators or line ends takes no time`() {
        for unit in ["\"", "\"a\n", ",", "\n", "\"\n\"x", "\"\"\""] {
            let bytes = Array(String(repeating: unit, count: 2_000_000 / unit.utf8.count).utf8)
            var reader = CSVReader(bytes)
            var row = CSVReader.Row()
            var rows = 0
            while reader.next(&row) { rows += 1 }
            #expect(rows <= bytes.count)
        }
    }
}
