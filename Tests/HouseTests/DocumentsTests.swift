//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The documents: is what they promise still true?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

/// Goal: a document that nobody keeps is worse than none; these are kept by a test.
@Suite struct `The documents` {
    @Test func `each control in the hazard table names a test that exists`() throws {
        let tests = try House.files(below: "Tests", endingIn: ".swift").map(House.text).joined()
        let rows = try Self.table(in: "docs/clinical-safety.md", under: "## Hazards")
        #expect(rows.count >= 5)
        for row in rows {
            let names = Self.backticked(row.last ?? "")
            #expect(!names.isEmpty, "\(row.first ?? ""): no test is named")
            for name in names { #expect(tests.contains("func `\(name)`("), "there is no test named: \(name)") }
        }
    }

    @Test func `every field that may be read is in docs fields, and no other`() throws {
        let rows = try Self.table(in: "docs/fields.md", under: "## Read from traffic")
        let listed = rows.compactMap { row in Self.backticked(row.first ?? "").first }
        let missing = Set(Field.allCases.map(\.path)).subtracting(listed).sorted()
        #expect(missing == [], "add them to docs/fields.md")
        #expect(Set(listed).subtracting(Field.allCases.map(\.path)).sorted() == [], "these do not exist any more")
        #expect(Set(listed).count == listed.count)
        for row in rows { #expect(row.count == 4 && row.allSatisfy { !$0.isEmpty }, "\(row)") }
    }

    @Test func `every oddity is in docs oddities, and no other`() throws {
        let broken = try House.text("Sources/Wire/Core/Oddity.swift").split(separator: "\n").compactMap { line in
            line.contains("    case .") ? line.split(separator: "\"").dropFirst().first.map(String.init) : nil
        }
        let known = broken + LeftOut.allCases.map(\.rawValue)
        let rows = try Self.table(in: "docs/oddities.md", under: "## All of them")
        let listed = rows.compactMap { row in Self.backticked(row.first ?? "").first }
        #expect(known.count > 10)
        #expect(Set(known).subtracting(listed).sorted() == [], "add them to docs/oddities.md")
        #expect(Set(listed).subtracting(known).sorted() == [], "these do not exist any more")
        for row in rows { #expect(row.count == 2 && row.allSatisfy { !$0.isEmpty }, "\(row)") }
    }

    @Test func `every key of the inventory JSON is described`() throws {
        let document = try House.text("docs/inventory-json.md")
        let schema = try House.text("docs/schema/wardlight.inventory-1.schema.json")
        let root = try #require(JSONSerialization.jsonObject(with: Data(schema.utf8)) as? [String: Any])
        for key in Self.keys(root) { #expect(document.contains("`\(key)`"), "docs/inventory-json.md lacks \(key)") }
    }

    @Test func `every link inside the documents leads somewhere`() throws {
        let documents =
            House.files(below: "docs", endingIn: ".md") + House.files(below: "Sources", endingIn: ".md")
            + House.files(below: "Knowledge", endingIn: ".md")
            + ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]
        for document in documents {
            let folder = House.root.appendingPathComponent(document).deletingLastPathComponent()
            for piece in try House.text(document).components(separatedBy: "](").dropFirst() {
                let target = piece.prefix { $0 != ")" && $0 != "#" && $0 != "\n" }
                if target.isEmpty || target.contains("://") || target.hasPrefix("mailto:") { continue }
                let path = folder.appendingPathComponent(String(target)).path
                #expect(FileManager.default.fileExists(atPath: path), "\(document) points to \(target)")
            }
        }
    }

    @Test func `every knowledge file cites its sources and gives examples`() throws {
        let files = House.files(below: "Knowledge", endingIn: ".rules")
        #expect(!files.isEmpty)
        for file in files {
            let lines = try House.text(file).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            let rules = lines.count { $0.hasPrefix("rule ") }
            // Spellings of makers and classes of types are conventions of ours; rules state facts.
            if rules == 0 { continue }
            #expect(lines.contains { $0.hasPrefix("source \"") }, "\(file) cites no source")
            let examples = lines.count { $0.hasPrefix("example ") }
            #expect(examples >= rules, "\(file) has \(rules) rules and \(examples) examples")
        }
    }

    // MARK: Reading documents

    /// Rows of the tables below a heading, up to the next heading of its level; without head and rule.
    private static func table(in document: String, under heading: String) throws -> [[String]] {
        let lines = try House.text(document).split(separator: "\n").map(String.init)
        guard let start = lines.firstIndex(of: heading) else { return [] }
        var rows: [[String]] = []
        var isHead = true
        for line in lines[(start + 1)...] {
            if line.hasPrefix("## ") { break }
            guard line.hasPrefix("|") else {
                isHead = true
                continue
            }
            if line.hasPrefix("| ---") || line.hasPrefix("|---") {
                isHead = false
            } else if !isHead {
                let cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false).dropLast()
                rows.append(cells.map { $0.trimmingCharacters(in: .whitespaces) })
            }
        }
        return rows
    }

    private static func backticked(_ text: String) -> [String] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    /// Names of all properties, at every depth.
    private static func keys(_ schema: [String: Any]) -> Set<String> {
        var keys = Set((schema["properties"] as? [String: Any] ?? [:]).keys)
        for value in schema.values {
            if let inner = value as? [String: Any] {
                keys.formUnion(Self.keys(inner))
                for deeper in inner.values.compactMap({ $0 as? [String: Any] }) { keys.formUnion(Self.keys(deeper)) }
            }
        }
        return keys
    }
}
