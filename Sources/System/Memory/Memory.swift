//===----------------------------------------------------------------------===//
// Wardlight · System
//
// Memory that was needed for a moment goes back to the system.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import CMemory

/// How the process treats memory that it does not need any more.
public enum Memory {
    /// Once for the process.
    private static let isGivenBack = wardlight_give_back() == 1

    /// Has large blocks given back to the system as soon as they are free.
    ///
    /// The C library (glibc) otherwise learns from the first large block that it should keep such, and a process that
    /// reads a large capture holds up to a seventh more than it uses (`Benchmarks/run`).
    ///
    /// - Returns: Whether the C library agreed.
    @discardableResult public static func giveBackEarly() -> Bool { isGivenBack }

    /// Has all threads take their memory from two places, for a process that runs long: otherwise each thread that once
    /// judged a large hospital keeps room for one. Before any other thread begins.
    ///
    /// - Returns: Whether the C library agreed.
    @discardableResult public static func share() -> Bool { wardlight_share() == 1 }

    /// Gives back all that is free now. Walks through what is held: some tens of milliseconds for a gigabyte, during which
    /// others wait.
    public static func giveBack() { _ = wardlight_trim() }
}
