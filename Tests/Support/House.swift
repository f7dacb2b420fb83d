//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The house itself: finds the checkout's files for tests that read them (documents, plan, schema).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation

public enum House {
    /// The folder of Package.swift, from this file's own place.
    public static let root = URL(fileURLWithPath: #filePath)
        .resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    public static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// Paths below a folder, relative to the root, sorted; only those that end as told. Hidden folders are left out.
    public static func files(below folder: String, endingIn suffix: String = "") -> [String] {
        guard let walker = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path) else {
            return []
        }
        return walker.compactMap { $0 as? String }
            .filter { $0.hasSuffix(suffix) && !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            .map { folder + "/" + $0 }
            .sorted()
    }
}
