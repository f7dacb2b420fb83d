//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// Prefixes: who was given which hardware addresses, from Debian's ieee-data.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory

/// Finds our own Knowledge folder and the vendors' prefixes.
public enum PrefixLibrary {
    private static let sources = ["oui.csv", "mam.csv", "oui36.csv"].map { "/usr/share/ieee-data/" + $0 }

    /// The vendors' prefixes, built once and kept under the digest of their sources.
    ///
    /// - Parameter note: Told what the person should know.
    public static func load(cache folder: URL, note: (String) -> Void) -> PrefixTable {
        let bytes = sources.compactMap { FileManager.default.contents(atPath: $0).map { [UInt8]($0) } }
        guard bytes.count == sources.count else {
            note("vendors of hardware addresses are unknown: install Debian's ieee-data.")
            return .empty
        }
        let cache = folder.appendingPathComponent("prefixes-\(PrefixTable.digest(of: bytes).prefix(24)).bin")
        if let kept = FileManager.default.contents(atPath: cache.path),
            let table = PrefixTable(serialized: [UInt8](kept))
        {
            return table
        }
        let table = PrefixTable(builtFrom: bytes)
        // A cache: when it cannot be written the table is built again next time.
        if (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)) != nil {
            do { try Data(table.serialized).write(to: cache, options: .atomic) } catch {
                note("the prefix table cannot be kept in \(folder.path): starting takes longer.")
            }
        }
        return table
    }

    /// `WARDLIGHT_KNOWLEDGE`, beside the program's ancestors (a checkout), or where a package puts it.
    public static func ownFolder() -> URL? {
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
}
