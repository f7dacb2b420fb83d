//===----------------------------------------------------------------------===//
// Wardlight · System
//
// A file takes another's place in one step.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Glibc

/// What the file system does at once or not at all.
public enum Files {
    /// Gives a file another name on the same disk; one of that name is replaced (rename(2)). Whoever opens the name meanwhile
    /// finds the old file or the new one.
    ///
    /// - Returns: nil where it was done, else the system's number of what went wrong (errno(3)).
    public static func move(_ path: String, to name: String) -> Int32? {
        unsafe rename(path, name) == 0 ? nil : errno
    }
}
