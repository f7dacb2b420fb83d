//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight log retain, wardlight log measure.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model
import Store

/// Lets the oldest segments of a log go.
struct LogRetain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retain",
        abstract: "Removes the oldest segments of a log, whole, by age or size.",
        discussion:
            "What is removed cannot be brought back. Only a log in a folder has segments, and its newest one stays. Edges, "
            + "places and decisions that still hold are written again first.")

    @Argument(help: "The log: a folder of segments.") var path: String
    @Option(help: "Keep what was recorded in the last so many days.") var days: Int?
    @Option(help: "Keep at most so many mebibytes.") var mebibytes: Int?

    func validate() throws {
        guard days != nil || mebibytes != nil else { throw ValidationError("Give --days or --mebibytes.") }
        if let days, !(1...36_500).contains(days) { throw ValidationError("--days takes 1 to 36500.") }
        if let mebibytes, !(1...100_000_000).contains(mebibytes) {
            throw ValidationError("--mebibytes takes 1 to 100000000.")
        }
    }

    func run() async throws {
        guard (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil else {
            throw Stop("\(path): no folder of segments.")
        }
        let now = Int64(Date().timeIntervalSince1970)
        do {
            let log = try Logs.folder(path, site: "default")
            let retention = try Retention(
                of: log, since: days.map { Timestamp(seconds: now - Int64($0) * 86_400) },
                octets: mebibytes.map { $0 << 20 })
            let gone = retention.positions
            if !gone.isEmpty {
                let said = try Retention.said(in: log)
                try await retention.run(for: said) {
                    try log.append($0)
                } keep: {
                    try log.append($0)
                }
            }
            try log.close()
            Output.note(
                gone.isEmpty
                    ? "nothing is old or large enough to go."
                    : "positions \(gone.lowerBound) to \(gone.upperBound - 1) are gone.")
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
    }
}

/// Tells how fast a disk takes the log.
struct LogMeasuring: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measures how fast a disk takes the log, beside a bare loop of SQLite with the same octets.")

    @Argument(help: "A folder on the disk; what is written there is removed again.") var folder: String
    @Option(help: "How many observations.") var count = 500_000

    func validate() throws {
        guard (1_000...10_000_000).contains(count) else { throw ValidationError("--count takes 1000 to 10000000.") }
    }

    func run() async throws {
        do {
            let measure = try await LogMeasure.run(in: folder, count: count)
            let rate = Double(measure.observations) / measure.logSeconds
            let bare = Double(measure.observations) / measure.bareSeconds
            let lines = [
                String(
                    format: "log    %9.0f observations/s, %d blocks, each on the disk before it counts", rate,
                    measure.blocks),
                String(format: "SQLite %9.0f rows/s, inserted by a bare loop in as many transactions", bare),
                String(format: "ratio  %9.2f", rate / bare),
            ]
            Output.write(Array((lines.joined(separator: "\n") + "\n").utf8))
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
    }
}
