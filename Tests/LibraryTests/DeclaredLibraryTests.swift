//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Declared lists from files: what is refused and why, several as one, their age and their digest.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Library
import Model
import Support
import Testing

/// Goal: what a person gives is read as one list, or refused by its name with the cure.
@Suite struct `Lists of assets` {
    private let scratch: Scratch
    private let now = Timestamp(rfc3339: "2026-03-01T12:00:00Z") ?? .epoch

    init() throws { scratch = try Scratch() }

    private func write(_ name: String, _ text: String, changed: String? = nil) throws -> String {
        let path = try scratch.write(name, Array(text.utf8))
        if let changed {
            let seconds = try #require(Timestamp(rfc3339: changed)).nanoseconds / 1_000_000_000
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: TimeInterval(seconds))], ofItemAtPath: path)
        }
        return path
    }

    private func refusal(_ paths: [String], _ columns: [String: String] = [:]) -> String? {
        do throws(DeclaredFailure) {
            _ = try DeclaredLibrary.load(paths, columns: columns)
            return nil
        } catch { return error.words }
    }

    @Test func `from several files are one, in the order given, as old as the oldest`() throws {
        let biomed = try write("biomed.csv", "Asset Tag,Serial\nB-1,S1\n", changed: "2026-02-01T08:00:00Z")
        let other = try write("it.csv", "Inventar-Nr.;MAC\nI-1;0009fb000001\n", changed: "2026-01-01T08:00:00Z")
        let loaded = try DeclaredLibrary.load([biomed, other], now: now)
        #expect(loaded.list.assets.map(\.tag) == ["B-1", "I-1"])
        #expect(loaded.list.assets.map(\.source) == ["biomed.csv", "it.csv"])
        #expect(loaded.list.asOf == Timestamp(rfc3339: "2026-01-01T08:00:00Z"))
        #expect(loaded.notes.count == 2)
        #expect(loaded.notes[1].contains("1 rows, UTF-8, separator ;: Inventar-Nr. = tag, MAC = mac"))
    }

    @Test func `have a digest that follows octets, columns and order, and nothing else`() throws {
        let first = try write("a.csv", "Asset Tag,Nr\nB-1,S1\n", changed: "2026-02-01T08:00:00Z")
        let second = try write("b.csv", "Asset Tag,Nr\nB-2,S2\n")
        func digest(_ paths: [String], _ columns: [String: String] = [:]) throws -> String {
            try DeclaredLibrary.load(paths, columns: columns).list.digest
        }
        let plain = try digest([first, second])
        #expect(plain.utf8.count == 64)
        #expect(try digest([first, second]) == plain)
        #expect(try digest([second, first]) != plain)
        #expect(try digest([first, second], ["serial": "Nr"]) != plain)
        let copy = try write("elsewhere.csv", "Asset Tag,Nr\nB-1,S1\n", changed: "2020-01-01T00:00:00Z")
        #expect(try digest([copy, second]) == plain)
        _ = try write("a.csv", "Asset Tag,Nr\nB-1,S3\n")
        #expect(try digest([first, second]) != plain)
    }

    @Test func `with columns named in the settings are read by them, and a name that is none of ours is refused`()
        throws
    {
        let path = try write("a.csv", "Kennung;Nr\nB-1;S1\n")
        let loaded = try DeclaredLibrary.load([path], columns: ["tag": "kennung", "serial": "NR"])
        #expect(loaded.list.assets.first?.tag == "B-1" && loaded.list.assets.first?.serial == "S1")
        #expect(
            refusal([path], ["colour": "Nr"])
                == "declared: columns: 'colour' is no column; docs/declared.md lists them.")
    }

    @Test func `that are not there, a folder, empty or something else are refused by name`() throws {
        #expect(refusal([scratch.path("none.csv")]) == "\(scratch.path("none.csv")): no such file.")
        #expect(refusal([scratch.url.path]) == "\(scratch.url.path): a directory; name the lists in it.")
        #expect(refusal(["/dev/zero"]) == "/dev/zero: no permission to read it.")
        let empty = try write("empty.csv", "")
        #expect(try #require(refusal([empty])).hasPrefix("\(empty): empty;"))
        let book = try scratch.write("book.xlsx", [0x50, 0x4B, 3, 4, 0, 0])
        #expect(try #require(refusal([book])).hasPrefix("\(book): an Excel workbook"))
        let colours = try write("colours.csv", "Colour,Price\nred,2\n")
        #expect(try #require(refusal([colours])).contains("its headings are 'Colour', 'Price'"))
        // One bad file among good ones stops, by its name: half a list would make ghosts of nothing.
        let good = try write("good.csv", "Asset Tag\nB-1\n")
        #expect(try #require(refusal([good, colours])).hasPrefix("\(colours):"))
    }

    @Test func `through a link are read, with the age of the file behind it`() throws {
        let path = try write("real.csv", "Asset Tag,Serial\nB-1,S1\n", changed: "2025-12-24T00:00:00Z")
        let link = scratch.path("link.csv")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        let loaded = try DeclaredLibrary.load([link])
        #expect(loaded.list.asOf == Timestamp(rfc3339: "2025-12-24T00:00:00Z"))
        #expect(loaded.list.assets.first?.source == "link.csv")
    }

    @Test func `keep a thousand troubles of all files together, and count the rest`() throws {
        let text = "Tag,Mac\n" + (0..<700).map { "T\($0),00:09:fb:12:34:5\($0 % 6)g\n" }.joined()
        let loaded = try DeclaredLibrary.load([try write("a.csv", text), try write("b.csv", text)])
        #expect(loaded.list.troubles.count == 1_000 && loaded.list.troublesLeftOut == 400)
        #expect(loaded.list.assets.count == 1_400)
        #expect(loaded.list.troubles[700].source == "b.csv" && loaded.list.troubles[700].line == 2)
    }

    @Test(arguments: DirtyExport.all)
    func `of other systems load with all of their rows`(export: DirtyExport) throws {
        let loaded = try DeclaredLibrary.load([try scratch.write("export.csv", export.bytes)])
        #expect(loaded.list.assets.count == export.rows.count)
        #expect(loaded.list.troubles.count == export.told.count)
    }
}
