//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Room: how much is free on the disk, and how much of that is not the log's.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation

/// Room on a disk, for who may use all of it but root's own share.
public struct DiskRoom: Hashable, Sendable {
    /// Octets that are free.
    public var free: Int
    /// Octets of the whole.
    public var size: Int

    /// Nil where the system does not tell.
    public init?(at path: String) {
        guard let facts = try? FileManager.default.attributesOfFileSystem(forPath: path),
            let free = (facts[.systemFreeSize] as? NSNumber)?.int64Value,
            let size = (facts[.systemSize] as? NSNumber)?.int64Value
        else { return nil }
        (self.free, self.size) = (Int(clamping: free), Int(clamping: size))
    }

    /// What the log leaves free: 4 MiB, or a small disk's eighth. As much as its write-ahead log has when a segment is put
    /// in order (1,000 pages), and enough for sessions, lists and the page that says that the disk is full.
    public var reserve: Int { min(4 << 20, size / 8) }

    /// Whether hardly a file can be made.
    public var isSpent: Bool { free < 64 << 10 }

    /// Why a file cannot be made or written: because the disk is full, or because it is not permitted.
    static func refusal(_ path: String, _ words: String = "cannot be created there") -> LogFailure {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let isSpent = DiskRoom(at: folder)?.isSpent ?? false
        return isSpent ? .full(path) : .database(path, words)
    }
}
