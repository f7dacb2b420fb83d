//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Upkeep: what a process that runs day and night does with memory that it needed for a moment.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Memory
import Workers

/// A hospital of a hundred thousand devices is read, judged and saved in hundreds of megabytes that are free a second later.
public enum Upkeep {
    /// Once, before the first large thing: what is free goes back to the system, and what one thread gave back serves others.
    public static func begin() {
        Memory.giveBackEarly()
        Memory.share()
    }

    /// Where work runs that takes a second or more: folding, judging, saving, copying. Who asks for a row never waits behind it.
    public static let workers: any TaskExecutor = Workers(threads: max(2, ProcessInfo.processInfo.activeProcessorCount))

    /// After something large, where others may wait for some tens of milliseconds.
    public static func giveBack() { Memory.giveBack() }
}
