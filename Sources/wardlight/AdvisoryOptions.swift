//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Which advisories are used: the imported ones, and those that a person names for this run.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Library
import Model

/// Options of every command that compares devices with advisories.
struct AdvisoryOptions: ParsableArguments {
    @Option(
        name: .customLong("advisories"),
        help: "Also use these advisories: a file or a folder (docs/advisories.md); may be repeated.")
    var paths: [String] = []

    /// More lines than this nobody reads; `advisories list` has them all.
    static let mostNotes = 16

    /// What is imported and what is named.
    ///
    /// - Parameter extra: Further folders, of a hospital that lies in one.
    func load(also extra: [String] = []) throws -> AdvisorySet {
        let library = try library(also: extra)
        for line in library.refusals.prefix(Self.mostNotes) { Output.note("advisories: \(line); not used.") }
        if library.refusals.count > Self.mostNotes {
            Output.note(
                "advisories: \(library.refusals.count - Self.mostNotes) more are refused; see `advisories list`.")
        }
        return library.set
    }

    /// Stops where a path that a person named holds nothing that can be used.
    func library(also extra: [String] = []) throws -> AdvisoryLibrary {
        for path in paths where !FileManager.default.fileExists(atPath: path) {
            throw Stop("\(path): no such folder or file.")
        }
        return AdvisoryLibrary.load(AdvisoryFolders.standing.map(\.path) + extra + paths)
    }
}

/// Where imported advisories are.
enum AdvisoryFolders {
    /// Of the knowledge folder and of this user; those that are there.
    static var standing: [URL] {
        [ofKnowledge, ofUser].compactMap { $0 }.filter { FileManager.default.fileExists(atPath: $0.path) }
    }

    private static var ofKnowledge: URL? {
        PrefixLibrary.ownFolder()?.appendingPathComponent("advisories", isDirectory: true)
    }
    private static var ofUser: URL { Folders.data.appendingPathComponent("advisories", isDirectory: true) }

    /// The knowledge folder's where it can be written, else this user's, which is said.
    static func forImport(note: (String) -> Void) -> URL {
        let files = FileManager.default
        if let own = ofKnowledge {
            if (try? files.createDirectory(at: own, withIntermediateDirectories: true)) != nil,
                files.isWritableFile(atPath: own.path)
            {
                return own
            }
            note("\(own.path) is not yours to write: advisories go to \(ofUser.path), for you alone.")
        }
        return ofUser
    }
}
