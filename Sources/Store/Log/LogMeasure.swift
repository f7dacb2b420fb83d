//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// How fast does this disk take the log, beside the least that SQLite does?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import GRDB
import Model
import Wire

/// One run of the log beside one of bare SQLite, on the same disk, with the same octets.
public struct LogMeasure: Sendable {
    /// Observations that each of the two wrote.
    public var observations: Int
    /// Seconds until the last was acknowledged: encoded, chained, on the disk, handed on.
    public var logSeconds: Double
    /// Syncs of the log: its blocks.
    public var blocks: Int
    /// Seconds of a loop that inserts a row an observation, in as many transactions.
    public var bareSeconds: Double

    /// Writes facts as a sensor says them, from eight senders at once, into a folder of its own that is removed afterwards.
    ///
    /// - Parameter count: 1,000 to 10,000,000.
    public static func run(in folder: String, count: Int) async throws -> LogMeasure {
        let count = min(max(count, 1_000), 10_000_000)
        let path = folder + "/wardlight-measure-\(UUID().uuidString)"
        let place = LogPlace(path: path, isFolder: true)
        try place.prepare()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let clock = ContinuousClock()

        let log = try SQLiteLog(folder: path + "/log", site: "measure")
        let writer = LogWriter(log, clock: { Timestamp(seconds: 1_780_000_000) }) { _ in }
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<Self.senders {
                group.addTask {
                    var at = sender * Self.batch
                    while at < count {
                        _ = try await writer.append(Self.facts(at..<min(at + Self.batch, count)))
                        at += Self.senders * Self.batch
                    }
                }
            }
            try await group.waitForAll()
        }
        let logSeconds = Self.seconds(clock.now - start)
        await writer.close()
        try log.close()
        let blocks = try SQLiteLog(reading: path + "/log").verify().blocks
        let bare = try bare(path + "/bare.sqlite", count: count, transactions: max(1, blocks), clock)
        return LogMeasure(observations: count, logSeconds: logSeconds, blocks: blocks, bareSeconds: bare)
    }

    private static let senders = 8
    private static let batch = 1_000

    private static func facts(_ numbers: Range<Int>) -> [Observation] {
        numbers.map { number in
            let moment = Timestamp(nanoseconds: 1_780_000_000_000_000_000 + Int64(number) * 1_000)
            let subject = Subject(hardware: HardwareAddress(bits: 0x0200_0000_0000 + UInt64(number % 50_000)))
            return Observation(
                site: "measure", sensor: "eth0", occurred: moment,
                body: .fact(
                    Observation.Fact(
                        subject: subject, field: .dhcpHostname, value: "PUMP-\(number)",
                        span: Observation.Span(first: moment, last: moment), count: 1)))
        }
    }

    /// The octets are made before the clock runs: only SQLite is measured.
    private static func bare(
        _ path: String, count: Int, transactions: Int, _ clock: ContinuousClock
    ) throws -> Double {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        let row = Data(try ObservationForm.encode(facts(0..<1)))
        return try Segment.translate(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write {
                try $0.execute(sql: "CREATE TABLE row (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
            }
            let each = (count + transactions - 1) / transactions
            let start = clock.now
            for first in stride(from: 0, to: count, by: each) {
                try queue.write { database in
                    let statement = try database.cachedStatement(sql: "INSERT INTO row (bytes) VALUES (?)")
                    for _ in first..<min(first + each, count) { try statement.execute(arguments: [row]) }
                }
            }
            let seconds = Self.seconds(clock.now - start)
            try queue.close()
            return seconds
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
