//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Goal: importing keeps whole, checked copies under safe names; twice is once, and old never replaces new.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Library
import Model
import Support
import Testing

@Suite struct `Importing advisories` {
    let scratch: Scratch
    let folder: URL

    init() throws {
        scratch = try Scratch()
        folder = scratch.url.appendingPathComponent("into")
    }

    private func run(_ paths: String..., others: [URL] = []) -> [AdvisoryImport.Line] {
        AdvisoryImport.run(paths, into: folder, others: others).lines
    }

    private var kept: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    @Test func `a checked file is copied with its checksum and signature, and is checked again at each load`() throws {
        let bytes = Made.csaf("ICSMA-24-001-01")
        let file = try scratch.put("from/Some Name.json", bytes)
        try scratch.put("from/Some Name.json.sha512", Array("\(Made.checksum(bytes))  Some Name.json".utf8))
        try scratch.put("from/Some Name.json.asc", Array("signature".utf8))
        let lines = run(scratch.path("from"))
        #expect(lines.map(\.outcome) == [.imported] && lines[0].verification == .checksum && lines[0].path == file)
        #expect(kept == ["icsma-24-001-01.json", "icsma-24-001-01.json.asc", "icsma-24-001-01.json.sha512"])
        #expect(try scratch.read("into/icsma-24-001-01.json") == bytes)
        #expect(AdvisoryLibrary.load([folder.path]).set.advisories.first?.verification == .checksum)
        // Whoever changes the copy breaks it.
        try scratch.put("into/icsma-24-001-01.json", bytes + [0x20])
        let library = AdvisoryLibrary.load([folder.path])
        #expect(library.set.isEmpty && library.refusals.count == 1)
        #expect(run(scratch.path("from")).map(\.outcome) == [.imported])
        #expect(AdvisoryLibrary.load([folder.path]).set.advisories.count == 1)
    }

    @Test func `importing twice changes nothing; a checksum that comes later is taken`() throws {
        let bytes = Made.csaf("X-1")
        try scratch.put("from/a.json", bytes)
        #expect(run(scratch.path("from")).map(\.outcome) == [.imported])
        let before =
            try FileManager.default.attributesOfItem(atPath: folder.path + "/x-1.json")[.modificationDate] as? Date
        #expect(run(scratch.path("from")).map(\.outcome) == [.unchanged])
        #expect(run(folder.path).map(\.outcome) == [.unchanged])
        let after =
            try FileManager.default.attributesOfItem(atPath: folder.path + "/x-1.json")[.modificationDate] as? Date
        #expect(before == after && kept == ["x-1.json"])
        try scratch.put("from/a.json.sha512", Array(Made.checksum(bytes).utf8))
        #expect(run(scratch.path("from")).map(\.outcome) == [.imported])
        #expect(run(scratch.path("from")).map(\.outcome) == [.unchanged])
        #expect(kept == ["x-1.json", "x-1.json.sha512"])
    }

    @Test func `a newer revision replaces, an older one does not, wherever the newer is`() throws {
        let one = try scratch.put("1.json", Made.csaf("X-1", revision: "9"))
        let two = try scratch.put("2.json", Made.csaf("X-1", revision: "10"))
        #expect(run(one).map(\.outcome) == [.imported])
        #expect(run(two, one).map(\.outcome) == [.imported, .older(than: "10")])
        #expect(AdvisoryLibrary.load([folder.path]).set.advisories.map(\.revision) == ["10"])
        let third = scratch.url.appendingPathComponent("other")
        let lines = AdvisoryImport.run(
            [one, two], into: third, others: [folder, scratch.url.appendingPathComponent("no")]
        ).lines
        #expect(lines.map(\.outcome) == [.older(than: "10"), .unchanged])
        #expect(!FileManager.default.fileExists(atPath: third.path))
    }

    @Test func `names come from what stands inside, and lead nowhere else`() throws {
        for (index, id) in ["../../etc/passwd", "/etc/x", "a b", "a_b", "..", "-rf", String(repeating: "é", count: 99)]
            .enumerated()
        {
            try scratch.put("from/\(index).json", Made.csaf(id))
        }
        let lines = run(scratch.path("from"))
        #expect(lines.count == 7 && lines.allSatisfy { $0.outcome == .imported })
        #expect(kept.count == 7 && Set(kept).count == 7)
        for name in kept where name != "a_b.json" {
            #expect(
                name.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "_.-".utf8.contains($0)
                })
            #expect(name.hasPrefix("advisory_") && name.utf8.count < 140)
        }
        #expect(run(scratch.path("from")).allSatisfy { $0.outcome == .unchanged })
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted() == ["from", "into"])
    }

    @Test func `catalogues and forecasts have one place each, packed or not`() throws {
        try scratch.put("from/1/kev.json", Made.exploited("2024-01-01", "CVE-2024-0001"))
        try scratch.put("from/1/epss.csv", Made.forecasts("2024-01-01", "0.1"))
        try scratch.put("from/1/nvd.json", Made.nvd("CVE-2024-0001"))
        try scratch.put("from/1/many.json", Made.nvd("CVE-2024-0001", "CVE-2024-0002"))
        #expect(run(scratch.path("from/1")).allSatisfy { $0.outcome == .imported })
        #expect(kept.count == 4 && kept.contains("nvd-cve-2024-0001.json") && kept.contains("epss_scores.csv"))
        try scratch.put("from/2/kev.json", Made.exploited("2024-01-02", "CVE-2024-0002"))
        try scratch.put("from/2/x", Made.packed(Made.forecasts("2024-01-02", "0.2")))
        #expect(run(scratch.path("from/2"), scratch.path("from/1")).map(\.outcome).prefix(2) == [.imported, .imported])
        #expect(kept.count == 4 && kept.contains("epss_scores.csv.gz") && !kept.contains("epss_scores.csv"))
        let set = AdvisoryLibrary.load([folder.path]).set
        #expect(set.exploited.keys.sorted() == ["CVE-2024-0002"] && set.forecasts.count == 1)
    }

    @Test func `what is broken is refused by name and never copied`() throws {
        try scratch.put("from/bad.json", Array("{".utf8))
        try scratch.put("from/wrong.json", Made.csaf("X-1"))
        try scratch.put("from/wrong.json.sha512", Array(Made.checksum([1]).utf8))
        let lines = run(scratch.path("from"), scratch.path("none"))
        #expect(lines.count == 3 && kept.isEmpty)
        for line in lines {
            guard case .refused = line.outcome else {
                Issue.record("\(line)")
                continue
            }
        }
    }

    @Test func `a folder that cannot be written is said for each file`() throws {
        let file = try scratch.put("a.json", Made.csaf("X-1"))
        let place = URL(fileURLWithPath: try scratch.put("file", [])).appendingPathComponent("into")
        let lines = AdvisoryImport.run([file], into: place).lines
        guard case .refused(let reason) = lines.first?.outcome else {
            Issue.record("\(lines)")
            return
        }
        #expect(reason.hasPrefix("it cannot be kept in"))
    }
}
