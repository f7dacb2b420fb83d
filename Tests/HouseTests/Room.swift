//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The floor plan, as Package.swift, the READMEs and the imports each tell it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support

/// One room as Package.swift declares it.
struct Room {
    var name: String
    /// Relative to the checkout: `Sources/Wire`.
    var path: String
    /// 0 to 4; nil for the cellar.
    var floor: Int?
    /// Modules of its dependencies.
    var dependencies: Set<String>

    /// Modules of the toolchain: no dependency to declare, but a README names them all the same.
    static let toolchain: Set<String> = [
        "Foundation", "Dispatch", "Synchronization", "Glibc", "Musl", "FoundationEssentials", "_Concurrency",
    ]

    var files: [String] { House.files(below: path, endingIn: ".swift") }

    /// What the README's line `**May import:** …` allows, without what stands in parentheses; nil when there is none.
    func allowed() -> Set<String>? {
        guard let readme = try? House.text(path + "/README.md"), let start = readme.range(of: "**May import:**") else {
            return nil
        }
        var depth = 0
        var text = ""
        for line in readme[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false) {
            if !text.isEmpty && (line.isEmpty || line.hasPrefix("- ") || line.hasPrefix("#")) { break }
            for character in line + " " {
                if character == "(" { depth += 1 }
                if depth == 0 { text.append(character) }
                if character == ")" { depth -= 1 }
            }
        }
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        let listed = Set(words).subtracting(["and", "nothing"])
        // The small half of Foundation, which generated code prefers where it is there.
        return listed.contains("Foundation") ? listed.union(["FoundationEssentials"]) : listed
    }

    /// Modules that one file imports.
    static func imports(of file: String) throws -> Set<String> {
        var modules: Set<String> = []
        for line in try House.text(file).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                words[..<place].allSatisfy({
                    $0.hasPrefix("@") || ["public", "internal", "private", "package"].contains($0)
                })
            else { continue }
            let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "typealias", "let", "var"]
            let name = kinds.contains(words[place + 1]) && place + 2 < words.count ? words[place + 2] : words[place + 1]
            modules.insert(String(name.prefix { $0 != "." }))
        }
        return modules
    }

    /// Every room of the plan, in its order.
    static func all() throws -> [Room] {
        let plan = try House.text("Package.swift")
        var products: [String: String] = [:]
        for line in plan.split(separator: "\n") where line.contains("Target.Dependency.product(name:") {
            let words = line.split(separator: " ")
            if words.count > 1 { products[String(words[1])] = quoted(String(line)).first }
        }
        var rooms: [Room] = []
        var floor: Int?
        for statement in statements(plan) {
            if let mark = statement.range(of: "// Floor ") { floor = Int(statement[mark.upperBound...].prefix(1)) }
            if statement.contains("// Tests") { break }
            guard let kind = [".room(", ".executableTarget("].first(where: statement.contains),
                let start = statement.range(of: kind)
            else { continue }
            let body = String(statement[start.upperBound...])
            guard let name = quoted(body).first else { continue }
            var below: [String] = []
            if let open = body.firstIndex(of: "["), let close = body[open...].firstIndex(of: "]") {
                for item in body[body.index(after: open)..<close].split(separator: ",") {
                    let item = item.trimmingCharacters(in: .whitespacesAndNewlines)
                    if !item.isEmpty { below.append(quoted(item).first ?? products[item] ?? item) }
                }
            }
            let path = body.range(of: "path: ").flatMap { quoted(String(body[$0.upperBound...])).first }
            rooms.append(
                Room(name: name, path: path ?? "Sources/" + name, floor: floor, dependencies: Set(below)))
        }
        return rooms
    }

    /// The list of targets cut into one piece each, every piece with the comments before it.
    private static func statements(_ plan: String) -> [String] {
        guard let start = plan.range(of: "    targets: [") else { return [] }
        var pieces: [String] = []
        var piece = ""
        for line in plan[start.upperBound...].split(separator: "\n") {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.hasPrefix("."), !piece.isEmpty, line.prefix(while: { $0 == " " }).count == 8 {
                pieces.append(piece)
                piece = ""
            }
            if trimmed.hasPrefix("//"), !piece.isEmpty {
                pieces.append(piece)
                piece = ""
            }
            piece += line + "\n"
        }
        return pieces + [piece]
    }

    private static func quoted(_ text: String) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
