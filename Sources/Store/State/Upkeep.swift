//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Upkeep: what a process that runs day and night does with memory that it needed for a moment.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Memory

/// A hospital of a hundred thousand devices is read, judged and saved in hundreds of megabytes that are free a second later.
public enum Upkeep {
    /// Once, before the first large thing: what is free goes back to the system, and what one thread gave back serves others.
    public static func begin() {
        Memory.giveBackEarly()
        Memory.share()
    }

    /// After something large, where others may wait for some tens of milliseconds.
    public static func giveBack() { Memory.giveBack() }
}
