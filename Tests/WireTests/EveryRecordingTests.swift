//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Every recording: whatever is in it, the walk comes to its end.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Support
import Testing
import Wire

@Suite(.enabled(if: Recordings.areHere)) struct `Every recording` {
    @Test(arguments: Recordings.allCaptures())
    func `is read to its end without a crash`(path: String) throws {
        let reading = try Reading.read(path)
        #expect(reading.packets > 0 || reading.problem != nil || reading.leftOver >= 0)
    }
}
