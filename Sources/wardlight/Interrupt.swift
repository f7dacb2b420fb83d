//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Interrupt: Ctrl-C ends the listening, not the answer.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Synchronization

/// Whether the person has asked to stop (SIGINT), while something is listening.
enum Interrupt {
    private static let flag = Atomic<Bool>(false)

    static var isAsked: Bool { flag.load(ordering: .relaxed) }

    /// From now on Ctrl-C is noted; a second one stops the program as usual.
    static func watch() {
        signal(SIGINT) { _ in
            Interrupt.flag.store(true, ordering: .relaxed)
            signal(SIGINT, SIG_DFL)
        }
    }
}
