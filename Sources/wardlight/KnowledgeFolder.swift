//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Knowledge: where the rules and the vendors' prefixes are found.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory

/// Finds and reads knowledge: our own rules, more folders by option, and IEEE's prefixes from Debian's `ieee-data`.
enum KnowledgeFolder {
    static func load(extra: [String]) throws -> KnowledgeBase {
        var rules: [(name: String, text: String)] = []
        guard let own = ownFolder() else {
            throw Stop("the Knowledge folder is missing: set WARDLIGHT_KNOWLEDGE to where it is.")
        }
        rules += try read(own)
        for folder in extra {
            let more = try read(URL(fileURLWithPath: folder, isDirectory: true))
            if more.isEmpty { throw Stop("\(folder): no *.rules in it.") }
            rules += more
        }
        do { return try KnowledgeBase(rules: rules, prefixes: prefixes()) } catch { throw Stop("\(error)") }
    }

    /// `WARDLIGHT_KNOWLEDGE`, beside the program's ancestors (a checkout), or where a package puts it.
    private static func ownFolder() -> URL? {
        if let path = ProcessInfo.processInfo.environment["WARDLIGHT_KNOWLEDGE"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        var candidates: [URL] = []
        if var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent() {
            candidates.append(folder.appendingPathComponent("../share/wardlight/knowledge", isDirectory: true))
            while folder.path != "/" {
                candidates.append(folder.appendingPathComponent("Knowledge", isDirectory: true))
                folder.deleteLastPathComponent()
            }
        }
        candidates.append(URL(fileURLWithPath: "/usr/share/wardlight/knowledge", isDirectory: true))
        return candidates.first { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// Every `*.rules` of a folder, by name.
    private static func read(_ folder: URL) throws -> [(name: String, text: String)] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
            throw Stop("\(folder.path): no such folder, or it cannot be read.")
        }
        return try names.filter { $0.hasSuffix(".rules") }.sorted().map { name in
            let file = folder.appendingPathComponent(name)
            guard let data = try? Data(contentsOf: file), data.count <= 16 << 20,
                let text = String(data: data, encoding: .utf8)
            else { throw Stop("\(file.path): cannot be read as UTF-8 of at most 16 MiB.") }
            return (name, text)
        }
    }

    // MARK: Prefixes

    private static let sources = ["oui.csv", "mam.csv", "oui36.csv"].map { "/usr/share/ieee-data/" + $0 }

    /// The vendors' prefixes, built once and kept under the digest of their sources.
    private static func prefixes() -> PrefixTable {
        let bytes = sources.compactMap { FileManager.default.contents(atPath: $0).map { [UInt8]($0) } }
        guard bytes.count == sources.count else {
            Output.note("vendors of hardware addresses are unknown: install Debian's ieee-data.")
            return .empty
        }
        let cache = Folders.cache.appendingPathComponent("prefixes-\(PrefixTable.digest(of: bytes).prefix(24)).bin")
        if let kept = FileManager.default.contents(atPath: cache.path),
            let table = PrefixTable(serialized: [UInt8](kept))
        {
            return table
        }
        let table = PrefixTable(builtFrom: bytes)
        // A cache: when it cannot be written the table is built again next time.
        if (try? FileManager.default.createDirectory(at: Folders.cache, withIntermediateDirectories: true)) != nil {
            do { try Data(table.serialized).write(to: cache, options: .atomic) } catch {
                Output.note("the prefix table cannot be kept in \(Folders.cache.path): starting takes longer.")
            }
        }
        return table
    }
}

/// Where this user's files go (XDG Base Directory Specification).
enum Folders {
    static var cache: URL { folder("XDG_CACHE_HOME", ".cache") }
    static var state: URL { folder("XDG_STATE_HOME", ".local/state") }

    private static func folder(_ variable: String, _ fallback: String) -> URL {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment[variable].map { URL(fileURLWithPath: $0, isDirectory: true) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(fallback, isDirectory: true)
        return base.appendingPathComponent("wardlight", isDirectory: true)
    }
}

/// The secret of this installation under which names of people are hashed.
struct PersonKey {
    let bytes: [UInt8]
    /// What the user should know of it.
    let note: String?

    /// Reads the key, or makes one: 32 random octets, readable to this user only.
    static func load() throws -> PersonKey {
        let file = Folders.state.appendingPathComponent("person.key")
        if let data = FileManager.default.contents(atPath: file.path), data.count >= 16 {
            return PersonKey(bytes: [UInt8](data), note: nil)
        }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        try? FileManager.default.createDirectory(at: Folders.state, withIntermediateDirectories: true)
        let isKept = FileManager.default.createFile(
            atPath: file.path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        return PersonKey(
            bytes: bytes,
            note: isKept ? nil : "no key can be kept in \(Folders.state.path): hashed names differ from run to run.")
    }
}
