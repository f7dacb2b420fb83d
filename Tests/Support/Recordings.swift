//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Recordings: public captures with known answers, read from beside the checkout. Absent for most readers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Wire

/// Finds the recordings and runs them through `Wire`.
public enum Recordings {
    /// `../shared/data` beside the checkout, or where `WARDLIGHT_RECORDINGS` says.
    public static let root: URL? = {
        let environment = ProcessInfo.processInfo.environment["WARDLIGHT_RECORDINGS"]
        var candidates = environment.map { [URL(fileURLWithPath: $0)] } ?? []
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/" {
            candidates.append(folder.appendingPathComponent("shared/data"))
            folder = folder.deletingLastPathComponent()
        }
        return candidates.first { FileManager.default.fileExists(atPath: $0.appendingPathComponent("captures").path) }
    }()

    /// Whether the recordings are here. Suites that need them say `.enabled(if: Recordings.areHere)`.
    public static var areHere: Bool { root != nil }

    /// `dhcp/pcpp__Dhcp1.pcap` below the captures.
    public static func capture(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url("captures/" + path)))
    }

    public static func url(_ path: String) throws -> URL {
        guard let root else { throw CocoaError(.fileNoSuchFile) }
        return root.appendingPathComponent(path)
    }

    /// Every capture below the recordings, by path, sorted.
    public static func allCaptures() -> [String] {
        guard let base = root?.appendingPathComponent("captures"),
            let walker = FileManager.default.enumerator(atPath: base.path)
        else { return [] }
        return walker.compactMap { $0 as? String }
            .filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") || $0.hasSuffix(".cap") }
            .sorted()
    }
}
