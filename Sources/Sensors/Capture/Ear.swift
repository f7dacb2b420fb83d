//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Ear: frames in, notes out.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// Hears frames and notes what they say. The half of listening that sees every octet; the other half is the `Harvest`,
/// which only sees the notes, so that each may have a thread of its own. A pure value.
public struct Ear: Sendable {
    private var walk: Walk
    private let reportSeconds: Int64
    private var highest = Timestamp(nanoseconds: .min)
    private var nextReport = Timestamp(nanoseconds: .min)
    /// Heard so far, of all inputs.
    private(set) var packets: UInt64 = 0
    private var tallied: (all: UInt64, oneWay: UInt64) = (0, 0)

    public init(_ walk: Walk = Walk(), limits: HarvestLimits = HarvestLimits()) {
        self.walk = walk
        reportSeconds = limits.reportSeconds
    }

    /// Takes notes that are full and leaves empty ones. Who has none hears on, and the notes grow.
    public typealias Full = (_ notes: inout Notes) -> Void

    /// Hears one frame.
    ///
    /// - Parameter full: Asked only where one frame brings out counts of so many flows that they fill several notes.
    public mutating func take(
        _ frame: Span<UInt8>, _ link: LinkType, at time: Timestamp, originalLength: Int, into notes: inout Notes,
        full: Full = { _ in }
    ) {
        let outcome = walk.take(frame, link, at: time, originalLength: originalLength, into: &notes.said)
        count(outcome, link, capturedLength: frame.count, &notes.tally)
        packets &+= 1
        if outcome.isDuplicate {
            // What a copy says was said before; who sent it on is there.
            var copy = Notes.Frame(Notes.Headers(walk.packet))
            copy.isDuplicate = true
            if outcome.isWrapped { wrap(&copy, &notes) }
            say(outcome.told, &copy, &notes)
            notes.frames.append(copy)
            return
        }
        let isLater = time > highest
        if isLater { highest = time }
        let isDue = isLater && time >= nextReport
        if outcome.told.isNothing, !outcome.isNews, !outcome.isWrapped, !outcome.hasDeparted, !isDue { return }
        note(outcome, &notes)
        if isDue { report(&notes, full) }
    }

    private mutating func note(_ outcome: Walk.Outcome, _ notes: inout Notes) {
        var frame = Notes.Frame(Notes.Headers(walk.packet))
        if outcome.isWrapped { wrap(&frame, &notes) }
        say(outcome.told, &frame, &notes)
        if outcome.isNews { meet(outcome, &frame, &notes) }
        if outcome.hasDeparted { depart(&frame, &notes) }
        notes.frames.append(frame)
    }

    /// The input has ended: says what waited, and counts.
    public mutating func end(into notes: inout Notes, full: Full = { _ in }) {
        while let outcome = walk.takeWaiting(into: &notes.said) {
            var frame = Notes.Frame(Notes.Headers(walk.packet))
            say(outcome.told, &frame, &notes)
            if outcome.isNews { meet(outcome, &frame, &notes) }
            notes.frames.append(frame)
        }
        var last = bareFrame
        depart(&last, &notes)
        notes.frames.append(last)
        let tally = walk.tcpTally
        notes.tally.tcpConversations &+= tally.all > tallied.all ? tally.all - tallied.all : 0
        notes.tally.tcpOneWay &+= tally.oneWay > tallied.oneWay ? tally.oneWay - tallied.oneWay : 0
        tallied = tally
        report(&notes, full)
    }

    // MARK: Parts of a note

    @inline(__always)
    private func count(_ outcome: Walk.Outcome, _ link: LinkType, capturedLength: Int, _ tally: inout Notes.Tally) {
        tally.packets &+= 1
        tally.bytes &+= UInt64(walk.packet.length)
        if outcome.isDecoded { tally.decoded &+= 1 }
        if outcome.isDuplicate { tally.duplicates &+= 1 }
        if capturedLength < walk.packet.length { tally.truncated &+= 1 }
        if walk.packet.time < tally.first { tally.first = walk.packet.time }
        if walk.packet.time > tally.last { tally.last = walk.packet.time }
        if tally.links.last != link, !tally.links.contains(link) { tally.links.append(link) }
    }

    @inline(__always)
    private func say(_ told: Facts.Told, _ frame: inout Notes.Frame, _ notes: inout Notes) {
        if told.isNothing { return }
        frame.facts = told.facts
        frame.bindings = told.bindings
        frame.sessions = told.sessions
        frame.oddities = told.oddities
        notes.octets = Int(told.octets)
    }

    private func wrap(_ frame: inout Notes.Frame, _ notes: inout Notes) {
        frame.isWrapped = true
        notes.wrappings.append(Notes.Headers(walk.outer))
    }

    /// A flow is new, or now known by name; without one its counts wait: it may still say what it speaks.
    private mutating func meet(_ outcome: Walk.Outcome, _ frame: inout Notes.Frame, _ notes: inout Notes) {
        frame.isNews = true
        guard outcome.flow >= 0, walk.application(flow: outcome.flow).isNamed,
            let report = walk.report(flow: outcome.flow)
        else { return }
        frame.hasReport = true
        notes.reports.append(report)
    }

    private mutating func depart(_ frame: inout Notes.Frame, _ notes: inout Notes) {
        let departed = walk.takeDeparted()
        frame.departed = Int32(departed.count)
        notes.reports += departed
    }

    /// A frame that is none: the time of the latest, and nothing else.
    private var bareFrame: Notes.Frame {
        var packet = Packet()
        packet.time = highest
        return Notes.Frame(Notes.Headers(packet))
    }

    /// Counts are due: those of flows, as many in one note as is well, and the sign that these are all.
    private mutating func report(_ notes: inout Notes, _ full: Full) {
        let (next, overflow) = highest.nanoseconds.addingReportingOverflow(reportSeconds * 1_000_000_000)
        nextReport = Timestamp(nanoseconds: overflow ? .max : next)
        var frame = bareFrame
        walk.reportAll { report in
            notes.reports.append(report)
            frame.counted += 1
            guard notes.reports.count >= Notes.reports else { return }
            notes.frames.append(frame)
            frame.counted = 0
            full(&notes)
        }
        frame.isDue = true
        notes.frames.append(frame)
    }
}
