//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// --declared with lists as other systems export them: read, counted, and what is wrong told by row and column.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: a person gives what their system exports, and sees what of it could not be read.
@Suite(.enabled(if: Command.isHere)) struct `A list given to the command` {
    private let scratch: Scratch
    private let capture: String

    init() throws {
        scratch = try Scratch()
        var staged = StagedCapture()
        staged.udp(.init(7), 50_000, .init(2), 123, [0x23] + Array(repeating: 0, count: 47))
        capture = try scratch.write("ward.pcap", staged.bytes)
    }

    private func inventory(_ list: String) throws -> Ran {
        try Command.run(["inventory", "--capture", capture, "--declared", list, "--format", "json"])
    }

    @Test(arguments: DirtyExport.all)
    func `is counted row by row, and told by row and column`(export: DirtyExport) throws {
        let ran = try inventory(try scratch.write("export.csv", export.bytes))
        #expect(ran.code == 0, "\(ran.errors)")
        let root = try #require(try JSONSerialization.jsonObject(with: Data(ran.output)) as? [String: Any])
        let declared = try #require(root["declared"] as? [String: Any])
        let rows = try #require(declared["rows"] as? [[String: Any]])
        let lines = rows.compactMap { row in (row["line"] as? Int).map { "\($0)" } }
        let expected = export.rows.map { row in String(row.prefix { $0 != "|" }) }
        #expect(lines == expected)
        #expect((declared["troubles"] as? [Any])?.count == export.told.count)
        for told in export.told {
            // `9 Asset Tag: 'Total'` is told as `row 9, column Asset Tag: 'Total'`.
            let (line, rest) = (told.prefix { $0 != " " }, told.drop { $0 != " " }.dropFirst())
            let place = rest.hasPrefix(": ") ? "row \(line)\(rest)" : "row \(line), column \(rest)"
            #expect(ran.errors.contains("export.csv: \(place)"), "\(place) is not in \(ran.errors)")
        }
    }

    @Test func `that is none is refused by its name, with what it is`() throws {
        for (name, bytes, words) in [
            ("book.csv", [0x50, 0x4B, 0x03, 0x04] as [UInt8], "an Excel workbook"),
            ("page.csv", Array("<html><table>".utf8), "a web page or XML"), ("none.csv", [], "empty"),
            ("colours.csv", Array("Colour;Price\nred;2\n".utf8), "its headings are 'Colour', 'Price'"),
        ] {
            let ran = try inventory(try scratch.write(name, bytes))
            #expect(ran.code == 1 && ran.complaints.count == 1, "\(ran.errors)")
            #expect(ran.errors.contains(name) && ran.errors.contains(words), "\(ran.errors)")
        }
    }
}
