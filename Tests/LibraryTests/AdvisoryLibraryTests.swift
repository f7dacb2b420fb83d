//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: whatever lies in a folder of advisories, in whatever order: what is whole is loaded, what is not is named.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Library
import Model
import Support
import Testing

/// Advisories as tests make them.
enum Made {
    static func csaf(
        _ id: String, revision: String = "1", updated: String = "2024-01-01T00:00:00Z", title: String = "A pump",
        vendor: String = "Maker"
    ) -> [UInt8] {
        Array(
            """
            {"document": {"csaf_version": "2.0", "title": "\(title)", "publisher": {"name": "P"},
              "tracking": {"id": "\(id)", "version": "\(revision)", "current_release_date": "\(updated)"}},
             "product_tree": {"branches": [{"category": "vendor", "name": "\(vendor)", "branches": [{"category":
              "product_name", "name": "Pump", "branches": [{"category": "product_version_range", "name": "< 2",
              "product": {"name": "Pump < 2", "product_id": "A"}}]}]}]},
             "vulnerabilities": [{"cve": "CVE-2024-0001", "product_status": {"known_affected": ["A"]}}]}
            """.utf8)
    }

    static func nvd(_ ids: String..., modified: String = "2024-01-01T00:00:00.000") -> [UInt8] {
        let items = ids.map { #"{"cve": {"id": "\#($0)", "lastModified": "\#(modified)", "configurations": []}}"# }
        return Array(#"{"vulnerabilities": [\#(items.joined(separator: ","))]}"#.utf8)
    }

    static func exploited(_ date: String, _ cves: String...) -> [UInt8] {
        let entries = cves.map { #"{"cveID": "\#($0)"}"# }.joined(separator: ",")
        return Array(
            #"{"catalogVersion": "\#(date)", "dateReleased": "\#(date)T00:00:00Z", "vulnerabilities": [\#(entries)]}"#
                .utf8)
    }

    static func forecasts(_ date: String, _ probability: String) -> [UInt8] {
        Array("#model_version:v1,score_date:\(date)\ncve,epss,percentile\nCVE-2024-0001,\(probability),0.5\n".utf8)
    }

    static func checksum(_ bytes: [UInt8]) -> String {
        SHA512.hash(data: bytes).map { hexadecimal($0) }.joined()
    }

    /// gzip (RFC 1952) with one stored block, which every reader undoes.
    static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let size = UInt16(bytes.count)
        let length = [UInt8(truncatingIfNeeded: size), UInt8(size >> 8)]
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + length + length.map { ~$0 } + bytes + little(~crc)
            + little(UInt32(bytes.count))
    }
}

extension Scratch {
    /// A file in a folder of its own.
    @discardableResult
    func put(_ path: String, _ bytes: [UInt8]) throws -> String {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path
    }
}

@Suite struct `A folder of advisories` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test(.enabled(if: Recordings.areHere)) func `the given ones load whole, with nothing refused`() throws {
        let folder = try Recordings.url("advisories").path
        let library = AdvisoryLibrary.load([folder])
        #expect(library.refusals == [])
        #expect(library.set.advisories.count > 80 && library.set.exploited.count > 1_000)
        #expect(library.set.advisories.allSatisfy { $0.verification == .unverified && $0.digest.count == 64 })
        #expect(library.set.advisories.map(\.id) == library.set.advisories.map(\.id).sorted())
        #expect(library.notes.count == 1 && library.notes[0].contains("a JSON schema"))
        #expect(library.set.asOf == library.set.exploitedAsOf && library.set.digest.count == 64)
    }

    @Test func `of several copies the same one counts, in whatever order and under whatever names`() throws {
        let copies: [(String, [UInt8])] = [
            ("a", Made.csaf("X-1", revision: "9")), ("b", Made.csaf("X-1", revision: "10", title: "first")),
            ("c", Made.csaf("X-1", revision: "10.0.0", updated: "2024-02-01T00:00:00Z", title: "later")),
            ("d", Made.csaf("X-1", revision: "10", updated: "2024-02-01T00:00:00Z", title: "checked")),
            ("e", Made.csaf("Y-2")), ("f", Made.nvd("CVE-2024-0001", "X-9999-0001".replacing("X", with: "CVE"))),
            ("g", Made.nvd("CVE-2024-0001", modified: "2025-01-01T00:00:00.000")),
            ("h", Made.exploited("2024-01-01", "CVE-2024-0001")), ("i", Made.exploited("2024-01-02", "CVE-2024-0002")),
            ("j", Made.forecasts("2024-01-01", "0.1")), ("k", Made.packed(Made.forecasts("2024-01-02", "0.2"))),
        ]
        var sets: [AdvisorySet] = []
        var chance: UInt64 = 1
        for round in 0..<12 {
            var order = copies.indices.map { $0 }
            for index in order.indices.dropFirst() {
                chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                order.swapAt(index, Int(chance >> 33) % (index + 1))
            }
            var paths: [String] = []
            for (place, index) in order.enumerated() {
                let (name, bytes) = copies[index]
                let path = try scratch.put("\(round)/\(place % 3)/\(place)-\(name).json", bytes)
                if name == "d" {
                    try scratch.put("\(round)/\(place % 3)/\(place)-d.json.sha512", Array(Made.checksum(bytes).utf8))
                }
                paths.append(path)
            }
            // As a folder, and file by file.
            sets.append(AdvisoryLibrary.load(round % 2 == 0 ? [scratch.path("\(round)")] : paths).set)
        }
        #expect(Set(sets).count == 1)
        let set = sets[0]
        #expect(set.advisories.map(\.id) == ["CVE-2024-0001", "CVE-9999-0001", "X-1", "Y-2"])
        #expect(set.advisories[2].title == "checked" && set.advisories[2].verification == .checksum)
        #expect(set.advisories[0].updated == Timestamp(rfc3339: "2025-01-01T00:00:00Z"))
        #expect(set.exploited.keys.sorted() == ["CVE-2024-0002"])
        #expect(set.forecasts["CVE-2024-0001"]?.probability == 20_000)
    }

    @Test func `a publisher's words on a CVE and NVD's stand side by side`() throws {
        try scratch.put("a.json", Made.csaf("CVE-2024-0001", revision: "3"))
        try scratch.put("b.json", Made.nvd("CVE-2024-0001"))
        let library = AdvisoryLibrary.load([scratch.url.path])
        #expect(library.set.advisories.map(\.id) == ["CVE-2024-0001", "CVE-2024-0001 (NVD)"])
        #expect(library.origins["CVE-2024-0001"]?.hasSuffix("a.json") == true)
    }

    @Test func `the digest is of what counts, and of how it was checked`() throws {
        let empty = AdvisoryLibrary.load([scratch.url.path]).set
        #expect(empty.digest.isEmpty && empty.isEmpty && empty.asOf == nil)
        let bytes = Made.csaf("X-1", revision: "2")
        try scratch.put("b.json", bytes)
        let one = AdvisoryLibrary.load([scratch.url.path]).set
        try scratch.put("a.json", Made.csaf("X-1", revision: "1"))
        let two = AdvisoryLibrary.load([scratch.url.path]).set
        #expect(one == two)
        try scratch.put("b.json.sha512", Array("\(Made.checksum(bytes).uppercased())  b.json\n".utf8))
        let three = AdvisoryLibrary.load([scratch.url.path]).set
        #expect(three.digest != one.digest && three.advisories.first?.verification == .checksum)
    }

    @Test func `checksums are read as people write them`() throws {
        let bytes = Made.csaf("X-1")
        let hash = Made.checksum(bytes)
        let other = String(repeating: "ab", count: 64)
        try scratch.put("a.json", bytes)
        for (text, isGood) in [
            (hash, true), ("\(hash)  a.json", true), ("\(hash) *a.json\r\n", true), ("\(hash)\tother.json", true),
            ("\(other)  b.json\n\(hash)  ./x/a.json\n", true), ("\(other)  a.json\n\(hash)  b.json\n", false),
            (other, false),
            ("", false), ("no hash", false), (String(hash.dropLast()), false),
            ("\(other)  b.json\n\(hash)  c.json\n", false),
        ] {
            try scratch.put("a.json.sha512", Array(text.utf8))
            let library = AdvisoryLibrary.load([scratch.url.path])
            #expect((library.set.advisories.first?.verification == .checksum) == isGood, "\(text)")
            #expect(library.refusals.isEmpty == isGood && library.set.isEmpty == !isGood, "\(text)")
        }
    }

    @Test func `what is broken is refused by its name, and the rest loads`() throws {
        let good = Made.csaf("X-1")
        try scratch.put("good.json", good)
        try scratch.put("sub/good-2.json", Made.csaf("X-2"))
        try scratch.put("cut.json", Array(good.dropLast(20)))
        try scratch.put("empty.json", [])
        try scratch.put("page.json", Array("<html>".utf8))
        try scratch.put("other.json", Array(#"{"a": 1}"#.utf8))
        try scratch.put(
            "next.json", Array(String(decoding: good, as: UTF8.self).replacing("\"2.0\"", with: "\"2.1\"").utf8))
        try scratch.put("nameless.json", Made.csaf(""))
        try scratch.put("wrong.json", good)
        try scratch.put("wrong.json.sha512", Array(String(repeating: "0", count: 128).utf8))
        try scratch.put("huge.json", good + Array(repeating: 0x20, count: 17 << 20))
        try scratch.put("cut.csv.gz", Array(Made.packed(Made.forecasts("2024-01-01", "0.1")).dropLast(30)))
        // What lies beside advisories is no mistake.
        try scratch.put("README.md", Array("# About".utf8))
        try scratch.put("changes.csv", Array("\"a.json\",\"2024-01-01\"\n".utf8))
        try scratch.put("good.json.asc", Array("-----BEGIN PGP SIGNATURE-----".utf8))
        try scratch.put("index.json", Array(#"{"canonical_url": "https://x.example", "metadata_version": "2.0"}"#.utf8))
        try scratch.put(".hidden.json", Array("x".utf8))
        let library = AdvisoryLibrary.load([scratch.url.path])
        #expect(library.set.advisories.map(\.id) == ["X-1", "X-2"])
        let reasons = [
            "cut.csv.gz: its gzip is damaged", "cut.json: it is no whole JSON", "empty.json: it is empty",
            "huge.json: CSAF documents of more than 16 MiB", "nameless.json: it has no document.tracking.id",
            "next.json: it is CSAF 2.1", "other.json: it is JSON, but neither", "page.json: it is neither JSON nor",
            "wrong.json: its SHA-512 is not the one of wrong.json.sha512",
        ]
        #expect(library.refusals.count == reasons.count)
        for (refusal, reason) in zip(library.refusals, reasons) { #expect(refusal.contains(reason), "\(refusal)") }
        #expect(
            library.notes.count == 1 && library.notes[0].contains("index.json: it is a list of where advisories are"))
    }

    @Test func `a file that a person names must be one; what is not there is said`() throws {
        let readme = try scratch.put("README.md", Array("# About".utf8))
        let library = AdvisoryLibrary.load([readme, scratch.path("none"), scratch.path("none.json")])
        #expect(library.refusals.count == 3 && library.set.isEmpty)
    }

    @Test func `pipes are not waited for, and folders with themselves in them end`() throws {
        try scratch.put("a/b/good.json", Made.csaf("X-1"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("a/b/up"), withDestinationPath: scratch.path("a"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("a/nowhere.json"), withDestinationPath: scratch.path("none"))
        _ = try Ran("/usr/bin/mkfifo", [scratch.path("a/pipe.json")])
        let library = AdvisoryLibrary.load([scratch.url.path, scratch.path("a")])
        #expect(library.set.advisories.count == 1)
        #expect(library.refusals.count == 2 && library.refusals.allSatisfy { $0.contains("it is not waited for") })
    }
}
