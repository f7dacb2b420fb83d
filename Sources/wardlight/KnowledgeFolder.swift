//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Knowledge: where the rules and the vendors' prefixes are found.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Library
import Model

/// Our own knowledge, and what the options add to it.
enum KnowledgeFolder {
    /// Says what could not be read, and goes on with the rest.
    static func load(extra: [String]) throws -> KnowledgeBase {
        guard let own = PrefixLibrary.ownFolder() else { throw Stop("\(LibraryFailure.noOwnKnowledge)") }
        do {
            let loaded = try KnowledgeLoader.load(own: own, extra: extra, prefixes: prefixes())
            for note in loaded.notes { Output.note(note) }
            return loaded.base
        } catch { throw Stop("\(error)") }
    }

    /// Which spellings are one maker.
    static func prefixes() -> PrefixTable { PrefixLibrary.load(cache: Folders.cache, note: Output.note) }
}

/// Where this user's files go (XDG Base Directory Specification).
enum Folders {
    static var cache: URL { folder("XDG_CACHE_HOME", ".cache") }
    static var state: URL { folder("XDG_STATE_HOME", ".local/state") }
    static var data: URL { folder("XDG_DATA_HOME", ".local/share") }

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
