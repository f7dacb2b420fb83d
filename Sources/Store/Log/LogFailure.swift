//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// What can go wrong with a log.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Why a log could not be used.
public enum LogFailure: Error, Hashable, Sendable {
    case noSuchFile(String)
    case isDirectory(String)
    /// It is no log of ours.
    case notALog(String)
    /// Written by a newer version.
    case newer(String, version: Int)
    /// What stands at this position (or should) is not what was written.
    case damaged(String, position: UInt64, String)
    case notDurable(String, String)
    /// Another process writes to it.
    case inUse(String)
    /// No room is left. Nothing of what was handed over was kept; later it may go in.
    case full(String)
    /// The disk did not confirm a write. Nothing more is written here: what the disk holds has to be read anew.
    case unconfirmed(String, String)
    case database(String, String)
}
