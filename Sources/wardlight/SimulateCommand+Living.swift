//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight simulate --living: the demo's hospitals as a log that can be replayed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Store

extension SimulateCommand {
    /// Monday, 2 March 2026, 07:30 UTC, as the other simulation.
    static let livingStart = Timestamp(seconds: 1_772_436_600)
    /// Simulated time of one block of the log, in nanoseconds.
    private static let block: Int64 = 5_000_000_000

    /// `living.wlog`, each block recorded at the simulated time at which it ends, and `living.json`: the truth.
    func writeLiving(_ folder: URL) throws {
        let path = folder.appendingPathComponent("living.wlog").path
        // A log is only ever added to: another hospital behind this one would be no hospital.
        if FileManager.default.fileExists(atPath: path) {
            throw Stop("\(path): is there already; remove it, or choose another folder.")
        }
        var feed = DemoFeed(seed: seed, start: Self.livingStart)
        let end = feed.start.nanoseconds + Int64(minutes) * 60_000_000_000
        do {
            let log = try Logs.appending(to: path, site: "living")
            while feed.now.nanoseconds < end {
                let moment = Timestamp(nanoseconds: min(feed.now.nanoseconds + Self.block, end))
                try log.append(feed.advance(to: moment), at: moment)
            }
            try log.close()
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        try write("living.json", feed.truth.truth, folder)
    }
}
