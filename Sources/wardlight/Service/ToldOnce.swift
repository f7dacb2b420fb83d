//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Told once: a trouble that goes on is one line, not thousands.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Synchronization

/// Says once what is wrong, and once that it is over.
final class ToldOnce: Sendable {
    private let what: String
    private let told = Mutex<String?>(nil)

    init(_ what: String) { self.what = what }

    func say(_ failure: any Error) {
        let words = Words.any(failure)
        let isNew = told.withLock { told in
            defer { told = words }
            return told != words
        }
        if isNew { Output.note("\(what): \(words)") }
    }

    func isOver() {
        let was = told.withLock { told in
            defer { told = nil }
            return told
        }
        if was != nil { Output.note("\(what): all is well again.") }
    }
}
