//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Capture: from files and interfaces to observations.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Memory
import Model
import Pcap
import Wire
import Zlib

/// Why a capture could not be read, in the words of the one who gave it.
public enum CaptureFailure: Error, Hashable, Sendable {
    case cannotOpen(path: String, errno: Int32)
    case isDirectory(path: String)
    case empty(path: String)
    case notACapture(path: String)
    case unsupported(path: String, String)
    case unknownLinkTypes(path: String, [String])
    case noSuchInterface(String)
    case permissionDenied(interface: String)
    case interface(String, String)
}

/// Reads captures, one after the other, through one ear and one harvest: several files are one input.
public struct CaptureSensor: Sendable {
    /// How far reading has come, for a progress bar.
    public typealias Progress = (_ octets: Int, _ packets: UInt64) -> Void

    /// Nil while it is lent to the thread that reads.
    private var ear: Ear?
    private let limits: HarvestLimits
    private var harvest: Harvest
    /// Used again and again by frames that are handed over one by one.
    private var notes = Notes()

    /// - Parameter personKey: Secret under which names of people are hashed.
    public init(site: String, sensor: String = "capture", personKey: [UInt8], limits: HarvestLimits = HarvestLimits()) {
        // Captures need large pieces for a moment each.
        Memory.giveBackEarly()
        self.limits = limits
        harvest = Harvest(site: site, sensor: sensor, personKey: personKey, limits: limits)
    }

    /// Reads one file to its end, or to where it breaks off.
    ///
    /// The file is read and heard on two threads of its own, while what it said before is harvested on this one; what
    /// comes out, and in which order, does not depend on that. An error of `emit` ends them, too; a later call begins
    /// without memory of the packets before.
    ///
    /// - Parameters:
    ///   - path: A pcap or pcapng file, plain or gzip; `-` is standard input.
    ///   - name: What coverage calls it.
    ///   - emit: Takes the observations, in order.
    /// - Returns: Nil, or what was wrong with the end of the file; what came before it has been read.
    /// - Throws: `CaptureFailure` when nothing could be read, and whatever `emit` throws.
    public mutating func read(
        _ path: String, name: String, progress: Progress? = nil, emit: ([Observation]) throws -> Void
    ) throws -> String? {
        harvest.begin(input: name)
        let lane = CaptureLane(path, ear.take() ?? Ear(limits: limits))
        defer { lane.leave() }
        while let notes = lane.next() {
            try harvest.take(notes, emit: emit)
            progress?(notes.position, notes.packets)
            lane.giveBack(notes)
        }
        let end = lane.end()
        ear = end.ear
        switch end.outcome {
        case .failed(let failure): throw failure
        case .read(let problem, let failure):
            harvest.end(problem: problem)
            try emit(harvest.drain())
            if let failure { throw failure }
            return problem
        }
    }

    // MARK: Frame by frame

    /// From now on frames are handed over one by one; coverage calls them so.
    public mutating func begin(input: String) { harvest.begin(input: input) }

    /// Hears one Ethernet frame. Counts are told by the time of the frames, as with any other input.
    ///
    /// - Returns: what is worth writing down, mostly nothing.
    public mutating func take(_ frame: [UInt8], at time: Timestamp) -> [Observation] {
        var ear = self.ear.take() ?? Ear(limits: limits)
        ear.take(frame.span, .ethernet, at: time, originalLength: frame.count, into: &notes)
        self.ear = ear
        var told: [Observation] = []
        harvest.take(notes) { told += $0 }
        notes.clear()
        return harvest.pending > 0 ? told + harvest.drain() : told
    }

    /// What was heard and counted since this was last asked.
    public mutating func coverage() -> [Observation] {
        harvest.end(problem: nil)
        return harvest.drain()
    }

    // MARK: Live

    /// How a live wire is listened to.
    public struct Listening: Sendable {
        /// How long to listen, in seconds.
        public var seconds: Double
        /// From one report of how much was heard to the next; nil tells it at the end only.
        public var coverageSeconds: Double?
        /// The moment of a frame, given the one that the kernel stamped it with.
        public var moment: @Sendable (Timestamp) -> Timestamp = { $0 }
        /// Told once, when the interface is open.
        public var opened: @Sendable () throws -> Void = {}

        public init(seconds: Double) { self.seconds = seconds }
    }

    /// News waits no longer for more of it, on a wire that is never quiet: seconds.
    private static let patience = 0.5

    /// Listens on an interface, and never sends.
    ///
    /// - Parameter now: Seconds of a clock that never goes back, asked between packets.
    /// - Returns: Nil, or why listening ended before its time; what was heard until then has been read.
    public mutating func listen(
        _ interface: String, _ listening: Listening, now: () -> Double, emit: ([Observation]) throws -> Void
    ) throws -> String? {
        let live = try Self.open(interface)
        let link = LinkType(UInt16(truncatingIfNeeded: live.linkType))
        guard link.isKnown else { throw CaptureFailure.unknownLinkTypes(path: interface, [link.name]) }
        try listening.opened()
        harvest.begin(input: interface)
        var ear = self.ear.take() ?? Ear(limits: limits)
        defer { self.ear = ear }
        var notes = Notes()
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var clock = now()
        let end = clock + listening.seconds
        var told = clock
        var counted = clock
        var lost: UInt64 = 0
        var problem: String?
        while clock < end {
            let step: LiveCapture.Step
            do { step = try live.next(into: &bytes) } catch {
                var reason = "\(error)"
                if case .other(let text) = error { reason = text }
                problem = "listening ended early: \(reason)"
                break
            }
            clock = now()
            switch step {
            case .packet(let seconds, let nanoseconds, let captured, let original):
                ear.take(
                    bytes.span.extracting(0..<captured), link,
                    at: listening.moment(Timestamp(seconds: seconds, nanoseconds: nanoseconds)),
                    originalLength: original, into: &notes)
                if !notes.areSilent {
                    try harvest.take(notes, emit: emit)
                    notes.clear()
                }
                guard clock - told >= Self.patience else { continue }
            case .quiet, .end: break
            }
            if let pause = listening.coverageSeconds, clock - counted >= pause {
                counted = clock
                let dropped = live.dropped
                notes.dropped(dropped > lost ? dropped - lost : 0)
                lost = max(lost, dropped)
                try harvest.take(notes, emit: emit)
                notes.clear()
                harvest.report()
            }
            told = clock
            if harvest.pending > 0 { try emit(harvest.drain()) }
        }
        let dropped = live.dropped
        notes.dropped(dropped > lost ? dropped - lost : 0)
        ear.end(into: &notes)
        try harvest.take(notes, emit: emit)
        harvest.end(problem: problem)
        try emit(harvest.drain())
        return problem
    }

    private static func open(_ interface: String) throws(CaptureFailure) -> LiveCapture {
        do { return try LiveCapture(interface: interface) } catch {
            switch error {
            case .noSuchInterface(let name): throw CaptureFailure.noSuchInterface(name)
            case .permissionDenied(let name): throw CaptureFailure.permissionDenied(interface: name)
            case .other(let reason): throw CaptureFailure.interface(interface, reason)
            }
        }
    }
}
