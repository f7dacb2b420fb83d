//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// A copy of a log while it is written to: what a backup holds.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB

extension SQLiteLog {
    /// Copies every segment into a folder that is empty or not there yet. Whoever writes to the log goes on meanwhile; what
    /// was committed when the last segment's turn came is in the copy.
    ///
    /// - Returns: the copy, walked from its first block to its last.
    /// - Throws: `LogFailure`; what was copied then stays, to be looked at and thrown away.
    public func copy(to folder: String) throws -> LogVerdict {
        let files = FileManager.default
        if files.fileExists(atPath: folder) {
            guard let there = try? files.contentsOfDirectory(atPath: folder), there.isEmpty else {
                throw LogFailure.database(folder, "it is not empty; a backup goes into a folder of its own")
            }
        }
        let target = LogPlace(path: folder, isFolder: true)
        try target.prepare()
        let segments = try begun()
        for (number, found) in segments.enumerated() {
            let path = target.segment(at: found.first)
            guard files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
                throw LogFailure.database(path, "cannot be created there")
            }
            try Self.copy(found.path, to: path)
            // The last one goes on; a sum is for what is closed.
            if number + 1 < segments.count { try LogSum.write(of: path) }
        }
        try target.sync()
        return try SQLiteLog(reading: folder).verify()
    }

    /// Page by page, as SQLite itself copies a database that is in use.
    private static func copy(_ source: String, to target: String) throws {
        let segment = try Segment(reading: source)
        defer { try? segment.queue.close() }
        try Segment.translate(target) {
            let queue = try DatabaseQueue(path: target)
            try segment.queue.backup(to: queue)
            try queue.close()
        }
        guard let handle = FileHandle(forUpdatingAtPath: target) else { return }
        defer { try? handle.close() }
        do { try handle.synchronize() } catch { throw LogFailure.unconfirmed(target, "\(error)") }
    }
}
