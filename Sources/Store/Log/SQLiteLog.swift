//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// The log: observations in the order in which they were committed, in SQLite files.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Synchronization
import Wire

/// An append-only log of observations, hash-chained, with one owner. Opened for writing it creates what is missing;
/// nothing that was written is ever changed.
///
/// It is one file (a one-shot command's `--save`), or a folder of segments (`wardlight run`), of which the last one is
/// written to. docs/log.md tells the form.
public final class SQLiteLog: Sendable {
    /// When a folder's log goes on in a new file.
    public struct Limits: Hashable, Sendable {
        /// Octets of a segment.
        public var octets: Int
        /// Age of a segment's first block, in nanoseconds.
        public var age: Int64

        public init(octets: Int = 256 << 20, age: Int64 = 86_400_000_000_000) {
            self.octets = octets
            self.age = age
        }
    }

    private struct Live: Sendable {
        /// Let go of when the log is closed.
        var owner: LogOwner?
        var limits: Limits
        var segment: Segment
        /// Finished segments that could not be put in order yet, for want of room or because somebody reads them: complete,
        /// with a write-ahead log beside.
        var unclosed: [Segment]
        /// By the log's clock: when that is tried again.
        var tidyAt: Timestamp?
        var end: Segment.End
        /// The log's clock at the segment's first block.
        var opened: Timestamp?
        /// Whether the disk once did not confirm: nothing more is written until the log is opened anew.
        var isBroken = false
        var isClosed = false
    }

    let place: LogPlace
    /// Closes and opens what names a person; nil leaves it as it is.
    let seals: (any PersonSeals)?
    /// Whether it was opened for reading only.
    let isReader: Bool
    private let live: Mutex<Live?>

    // MARK: - Opening

    /// Opens a log in one file to append to, and makes it when it is not there. Readable to its user only.
    public convenience init(
        appendingTo path: String, site: String = "default", seals: (any PersonSeals)? = nil
    ) throws {
        try Segment.refuseDirectory(path)
        try self.init(writing: LogPlace(path: path, isFolder: false), site: site, limits: Limits(), seals: seals)
    }

    /// Opens a log in a folder of segments to append to, and makes it when it is not there.
    public convenience init(
        folder path: String, site: String, limits: Limits = Limits(), seals: (any PersonSeals)? = nil
    ) throws {
        let place = LogPlace(path: path, isFolder: true)
        try place.prepare()
        try self.init(writing: place, site: site, limits: limits, seals: seals)
    }

    private init(writing place: LogPlace, site: String, limits: Limits, seals: (any PersonSeals)?) throws {
        (self.place, self.seals) = (place, seals)
        isReader = false
        let owner = try LogOwner(of: place)
        let segments = try place.segments()
        let segment: Segment
        if let last = segments.last { try LogSum.remove(of: last.path) }
        if let last = segments.last, FileManager.default.fileExists(atPath: last.path) {
            segment = try Self.reopen(last.path, segments, site)
        } else {
            segment = try Self.begin(place.segment(at: 1), Self.beginning(site))
            try place.sync()
        }
        var end = try segment.end()
        end.recorded = try end.recorded ?? Self.recorded(before: segment.header.first, segments)
        live = Mutex(
            Live(
                owner: owner, limits: limits, segment: segment, unclosed: Self.leftOpen(segments.dropLast()), end: end,
                opened: try segment.firstRecorded()))
    }

    /// Finished segments beside which a write-ahead log was left: by a sudden end, or because somebody read them to the end.
    private static func leftOpen(_ segments: some Sequence<(first: UInt64, path: String)>) -> [Segment] {
        segments.compactMap { found in
            guard FileManager.default.fileExists(atPath: found.path + "-wal") else { return nil }
            // What cannot be opened stays as it is: `verify` and whoever reads it say why.
            guard let reading = try? Segment(reading: found.path) else { return nil }
            try? reading.close()
            guard reading.version == Segment.version else { return nil }
            return try? Segment(appendingTo: found.path, else: reading.header)
        }
    }

    /// A new segment, or nothing: a file that the disk had no room for does not stay.
    private static func begin(_ path: String, _ header: Segment.Header) throws -> Segment {
        let files = FileManager.default
        let isNew = !files.fileExists(atPath: path)
        do { return try Segment(appendingTo: path, else: header) } catch {
            for ending in ["-wal", "-shm", "-journal", ""] where isNew { try? files.removeItem(atPath: path + ending) }
            throw error
        }
    }

    /// The last segment; one that was made and not finished before the machine stopped is made again.
    private static func reopen(_ path: String, _ segments: [(first: UInt64, path: String)], _ site: String) throws
        -> Segment
    {
        guard segments.count > 1 else { return try Segment(appendingTo: path, else: beginning(site)) }
        let before = try Segment(reading: segments[segments.count - 2].path)
        defer { try? before.queue.close() }
        let end = try before.end(upTo: segments[segments.count - 1].first)
        return try Segment(
            appendingTo: path,
            else: Segment.Header(log: before.header.log, site: before.header.site, first: end.next, previous: end.hash))
    }

    /// The log's clock where a segment goes on that has no block yet.
    private static func recorded(before position: UInt64, _ segments: [(first: UInt64, path: String)]) throws
        -> Timestamp?
    {
        guard let last = segments.last(where: { $0.first < position }) else { return nil }
        let segment = try Segment(reading: last.path)
        defer { try? segment.queue.close() }
        return try segment.end(upTo: position).recorded
    }

    private static func beginning(_ site: String) -> Segment.Header {
        var generator = SystemRandomNumberGenerator()
        let log = Data((0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
        return Segment.Header(log: log, site: site, first: 1, previous: BlockChain.beginning(log: log, site: site))
    }

    /// Opens a log to read: a file, or a folder of segments. Another process may write to it meanwhile.
    public init(reading path: String, seals: (any PersonSeals)? = nil) throws {
        self.seals = seals
        guard FileManager.default.fileExists(atPath: path) else { throw LogFailure.noSuchFile(path) }
        place = LogPlace(path: path, isFolder: Segment.isDirectory(path))
        isReader = true
        live = Mutex(nil)
        guard let last = try begun().last else { throw LogFailure.notALog(path) }
        // What is damaged is told where it is read: `verify` has to be able to look at it.
        do { try Segment(reading: last.path).queue.close() } catch LogFailure.damaged {} catch LogFailure.notALog(
            let file)
        {
            if !place.isFolder { throw LogFailure.notALog(file) }
        }
    }

    deinit { live.withLock { state in if let state, !state.isClosed { _ = try? state.segment.finish() } } }

    /// When to go on in a new segment, from now on.
    public func use(_ limits: Limits) { live.withLock { $0?.limits = limits } }

    /// Writes everything into its files and lets go of them. Nothing may be appended afterwards.
    ///
    /// - Throws: `LogFailure.full`, where there was no room to put the files in order. Nothing is lost: the next one who
    ///   opens the log does it.
    public func close() throws {
        try live.withLock { state in
            guard let segment = state?.segment, state?.isClosed == false else { return }
            state?.isClosed = true
            defer { state?.owner = nil }
            // What somebody reads now keeps its write-ahead log beside it; the next one who writes puts it in order.
            if var unclosed = state?.unclosed {
                state?.unclosed = []
                try Self.tidy(&unclosed)
                for segment in unclosed { try segment.close() }
            }
            guard try segment.finish() else { return try segment.close() }
            if place.isFolder { try LogSum.write(of: segment.path) }
        }
    }

    // MARK: - Writing

    /// Writes observations as one block. When this returns they are on the disk.
    ///
    /// - Parameter now: what the machine's clock says; asked when nil. The log's own never goes back: it waits until the machine's is past it again.
    /// - Returns: the block as it was committed; nil where there was nothing to write.
    /// - Throws: `LogFailure`; nothing of the block was kept then.
    @discardableResult
    public func append(_ observations: [Observation], at now: Timestamp? = nil) throws -> LogBlock? {
        guard !observations.isEmpty else { return nil }
        let (first, recorded) = try append(
            try ObservationForm.encode(observations, sealing: seals), count: observations.count,
            at: now ?? Self.now)
        return LogBlock(first: first, recorded: recorded, observations: observations)
    }

    /// Writes what is in the log's form already, as one block.
    ///
    /// - Returns: the position of its first observation, and the log's clock.
    func append(_ bytes: [UInt8], count: Int, at now: Timestamp) throws -> (first: UInt64, recorded: Timestamp) {
        try live.withLock { state in
            guard var live = state, !live.isClosed else {
                throw LogFailure.database(place.path, "it is open for reading only")
            }
            guard !live.isBroken else {
                throw LogFailure.unconfirmed(live.segment.path, "an earlier write was not confirmed")
            }
            defer { state = live }
            // Before SQLite meets the end of the disk: what is needed to look, to sign in and to stop cleanly stays free.
            if place.isFolder, let room = place.room, room.free < bytes.count + room.reserve {
                throw LogFailure.full(place.path)
            }
            let recorded = max(now, live.end.recorded ?? now)
            do {
                try turnOver(&live, recorded)
                try tidy(&live, recorded)
                let first = live.end.next
                live.end = try live.segment.append(bytes, count: count, at: recorded, after: live.end)
                live.opened = live.opened ?? recorded
                return (first, recorded)
            } catch let failure as LogFailure {
                if case .unconfirmed = failure { live.isBroken = true }
                if case .full = failure { throw LogFailure.full(place.path) }
                throw failure
            }
        }
    }

    /// The machine's clock, to the microsecond.
    private static var now: Timestamp {
        Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) * 1_000)
    }

    /// Goes on in a new segment when this one is large or old enough.
    private func turnOver(_ live: inout Live, _ now: Timestamp) throws {
        guard place.isFolder, let opened = live.opened else { return }
        let (age, overflow) = now.nanoseconds.subtractingReportingOverflow(opened.nanoseconds)
        guard overflow || age >= live.limits.age || live.segment.octets >= live.limits.octets else { return }
        let old = live.segment
        let header = Segment.Header(
            log: old.header.log, site: old.header.site, first: live.end.next, previous: live.end.hash)
        let segment = try Self.begin(place.segment(at: live.end.next), header)
        try place.sync()
        live.segment = segment
        live.opened = nil
        live.unclosed.append(old)
        live.tidyAt = nil
    }

    /// Puts finished segments in order, now or as soon as it may be tried again.
    private func tidy(_ live: inout Live, _ now: Timestamp) throws {
        guard !live.unclosed.isEmpty, live.tidyAt.map({ now >= $0 }) ?? true else { return }
        live.tidyAt = Timestamp(nanoseconds: now.nanoseconds.addingReportingOverflow(Self.patience).partialValue)
        try Self.tidy(&live.unclosed)
    }

    /// Nanoseconds from one try to put a segment in order to the next.
    private static let patience: Int64 = 10_000_000_000

    /// Puts finished segments in order. One for which there is no room, or that somebody reads, is complete all the same, and
    /// waits.
    private static func tidy(_ unclosed: inout [Segment]) throws {
        var waiting: [Segment] = []
        defer { unclosed = waiting + unclosed }
        while let segment = unclosed.first {
            // Retention may have been quicker.
            guard FileManager.default.fileExists(atPath: segment.path) else {
                unclosed.removeFirst()
                try segment.close()
                continue
            }
            do {
                guard try segment.finish() else {
                    waiting.append(unclosed.removeFirst())
                    continue
                }
            } catch LogFailure.full { return }
            unclosed.removeFirst()
            // Without a sum the chain alone speaks for it.
            do { try LogSum.write(of: segment.path) } catch LogFailure.full {}
        }
    }

    // MARK: - Reading

    /// The segments in which something stands, ascending.
    ///
    /// A writer that ends while it makes a new segment leaves a file in which nothing stands yet; so does one that is making
    /// it right now. Who writes next begins it anew, and readers pass it over. Once it was begun the one before gets its
    /// sum, so a file that was emptied later is none of these.
    func begun() throws -> [(first: UInt64, path: String)] {
        let all = try place.segments()
        guard all.count > 1, let last = all.last,
            !FileManager.default.fileExists(atPath: LogSum.path(of: last.path)),
            !FileManager.default.fileExists(atPath: LogSum.path(of: all[all.count - 2].path)),
            Segment.isUnbegun(last.path)
        else { return all }
        return Array(all.dropLast())
    }

    /// Hands blocks on, in order, beginning with the one that holds `position`.
    ///
    /// - Throws: `LogFailure.damaged` at the first block that is missing, was changed or cannot be read, after those
    ///   before it.
    public func replay(from position: UInt64 = 1, _ body: (LogBlock) throws -> Void) throws {
        let segments = try begun()
        for (number, found) in segments.enumerated() {
            let limit = number + 1 < segments.count ? segments[number + 1].first : .max
            guard limit > position else { continue }
            let segment = try Segment(reading: found.path)
            defer { try? segment.queue.close() }
            if segment.version == 1 {
                try segment.readOld { if $0.end > position { try body($0) } }
                continue
            }
            let end = try segment.read(from: position, upTo: limit) { row in
                if row.first + UInt64(row.count) > position { try body(try segment.block(row, opening: seals)) }
            }
            guard limit == .max || end.next == limit else {
                throw LogFailure.damaged(found.path, position: end.next, "it ends before the next segment begins")
            }
        }
    }

    /// The oldest position that is kept, and the one that comes next.
    public func positions() throws -> Range<UInt64> {
        let segments = try begun()
        guard let first = segments.first, let last = segments.last else { return 1..<1 }
        if let next = live.withLock({ $0?.end.next }) { return first.first..<next }
        let segment = try Segment(reading: last.path)
        defer { try? segment.queue.close() }
        guard segment.version > 1 else {
            var next: UInt64 = 1
            try segment.readOld { next = $0.end }
            return 1..<next
        }
        return first.first..<(try segment.end().next)
    }

    /// 16 octets by chance that every segment of this log bears, hexadecimal.
    public func identity() throws -> String {
        guard let last = try begun().last else { throw LogFailure.notALog(place.path) }
        let segment = try Segment(reading: last.path)
        defer { try? segment.queue.close() }
        return segment.header.log.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Observations that are kept.
    public func count() throws -> Int {
        let positions = try positions()
        return Int(clamping: positions.upperBound - positions.lowerBound)
    }

    /// `PRAGMA synchronous` of the connection that writes: 2 is FULL.
    func synchronousLevel() throws -> Int { try live.withLock { try $0?.segment.synchronousLevel() ?? 0 } }
}
