//===----------------------------------------------------------------------===//
// Wardlight · System
//
// A file takes another's place in one step, and it is seen at once when one did.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Glibc

/// What the file system does at once or not at all.
public enum Files {
    /// What is another as soon as another file has the name, or the file was written to (stat(2)).
    public struct Mark: Hashable, Sendable {
        var device: UInt64
        var number: UInt64
        /// Octets.
        var size: Int64
        /// Of the last change, since 1970.
        var seconds: Int64
        var nanoseconds: Int64
    }

    /// Cost: one call of the system; to be asked before each use of a file is no burden.
    ///
    /// - Returns: nil where there is no such file, or it cannot be seen.
    public static func mark(of path: String) -> Mark? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Mark(
            device: UInt64(status.st_dev), number: UInt64(status.st_ino), size: Int64(status.st_size),
            seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int64(status.st_mtim.tv_nsec))
    }

    /// Gives a file another name on the same disk; one of that name is replaced (rename(2)). Whoever opens the name meanwhile
    /// finds the old file or the new one.
    ///
    /// - Returns: nil where it was done, else the system's number of what went wrong (errno(3)).
    public static func move(_ path: String, to name: String) -> Int32? {
        unsafe rename(path, name) == 0 ? nil : errno
    }
}
