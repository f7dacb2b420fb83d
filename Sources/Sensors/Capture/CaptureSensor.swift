//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Capture: from files and interfaces to observations.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

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

/// Reads captures, one after the other, through one walk and one harvest: several files are one input.
public struct CaptureSensor: Sendable {
    /// How far reading has come, for a progress bar.
    public typealias Progress = (_ octets: Int, _ packets: UInt64) -> Void

    private var walk: Walk
    private var harvest: Harvest
    private var sink = Facts()
    private var packets: UInt64 = 0

    /// - Parameter personKey: Secret under which names of people are hashed.
    public init(site: String, sensor: String = "capture", personKey: [UInt8], limits: HarvestLimits = HarvestLimits()) {
        walk = Walk()
        harvest = Harvest(site: site, sensor: sensor, personKey: personKey, limits: limits)
    }

    /// Observations are handed on in batches of about this many.
    private static let batch = 4_096
    /// Octets read at a time: few enough to be still in the processor's cache when they are parsed.
    private static let chunk = 1 << 17

    /// Reads one file to its end, or to where it breaks off.
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
        let file: InputFile
        do { file = try InputFile(path) } catch {
            switch error {
            case .isDirectory: throw CaptureFailure.isDirectory(path: path)
            case .cannotOpen(let code): throw CaptureFailure.cannotOpen(path: path, errno: code)
            case .damaged(let reason): throw CaptureFailure.unsupported(path: path, reason)
            }
        }
        harvest.begin(input: name)
        var reader = CaptureFile()
        var bytes = [UInt8](repeating: 0, count: Self.chunk + 65_536)
        var filled = 0
        var consumed = 0
        var wanted = 0
        var problem: String?
        var known = false
        var lastLink: LinkType?
        var unknownLinks: Set<String> = []
        var isEnd = false
        while !isEnd {
            if bytes.count - filled < Self.chunk {
                bytes += [UInt8](repeating: 0, count: max(Self.chunk, wanted - bytes.count))
            }
            let got: Int
            do { got = try file.read(into: &bytes, at: filled, count: Self.chunk) } catch {
                if case .damaged(let reason) = error { problem = "compressed data is damaged or cut off (\(reason))" }
                break
            }
            filled += got
            if got == 0 {
                if filled == 0, consumed == 0 { throw CaptureFailure.empty(path: path) }
                if filled > 0 {
                    if consumed == 0, filled < 24 { throw CaptureFailure.notACapture(path: path) }
                    problem = "cut off in the middle of a record at octet \(consumed + filled)"
                }
                break
            }
            if filled < wanted { continue }
            var offset = 0
            wanted = 0
            steps: while true {
                let there = bytes.span.extracting(0..<filled)
                switch reader.next(there, &offset) {
                case .packet(let record):
                    if record.link != lastLink {
                        lastLink = record.link
                        if record.link.isKnown { known = true } else { unknownLinks.insert(record.link.name) }
                    }
                    take(record, there)
                    if harvest.pending >= Self.batch { try emit(harvest.drain()) }
                case .skipped: continue
                case .dropped(let count): harvest.dropped(count)
                case .more(let length):
                    wanted = length
                    break steps
                case .problem(let found):
                    if case .notACapture = found { throw CaptureFailure.notACapture(path: path) }
                    problem = Self.words(found, at: consumed + offset)
                    isEnd = true
                    break steps
                }
            }
            if offset > 0 {
                Self.moveToFront(&bytes, offset..<filled)
                filled -= offset
                consumed += offset
            }
            progress?(file.position, packets)
        }
        harvest.end(problem: problem, from: &walk)
        try emit(harvest.drain())
        if !known, !unknownLinks.isEmpty {
            throw CaptureFailure.unknownLinkTypes(path: path, unknownLinks.sorted())
        }
        return problem
    }

    private static func moveToFront(_ bytes: inout [UInt8], _ part: Range<Int>) {
        var room = bytes.mutableSpan
        for index in part { room[index - part.lowerBound] = room[index] }
    }

    @inline(__always)
    private mutating func take(_ record: CaptureFile.Record, _ bytes: Span<UInt8>) {
        packets &+= 1
        let frame = bytes.extracting(record.start..<record.start + record.count)
        let outcome = walk.take(
            frame, record.link, at: record.time, originalLength: record.originalLength, into: &sink)
        harvest.take(sink, outcome, record.link, capturedLength: record.count, from: &walk)
    }

    private static func words(_ problem: CaptureFile.Problem, at offset: Int) -> String {
        switch problem {
        case .notACapture: "not a capture file"
        case .unsupportedVersion(let major): "format version \(major) is not known (at octet \(offset))"
        case .recordTooLong(let length): "a record of \(length) octets at octet \(offset) cannot be right"
        case .badBlock: "a damaged block at octet \(offset)"
        case .unknownInterface(let number):
            "a packet of interface \(number), which was never described, at octet \(offset)"
        }
    }

    // MARK: Live

    /// Listens on an interface, and never sends.
    ///
    /// - Parameters:
    ///   - seconds: How long to listen.
    ///   - now: Seconds of a clock that never goes back, asked between packets.
    /// - Returns: Nil, or why listening ended before its time; what was heard until then has been read.
    public mutating func listen(
        _ interface: String, seconds: Double, now: () -> Double, emit: ([Observation]) throws -> Void
    ) throws -> String? {
        let live: LiveCapture
        do { live = try LiveCapture(interface: interface) } catch {
            switch error {
            case .noSuchInterface(let name): throw CaptureFailure.noSuchInterface(name)
            case .permissionDenied(let name): throw CaptureFailure.permissionDenied(interface: name)
            case .other(let reason): throw CaptureFailure.interface(interface, reason)
            }
        }
        let link = LinkType(UInt16(truncatingIfNeeded: live.linkType))
        guard link.isKnown else { throw CaptureFailure.unknownLinkTypes(path: interface, [link.name]) }
        harvest.begin(input: interface)
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let end = now() + seconds
        var problem: String?
        while now() < end {
            let step: LiveCapture.Step
            do { step = try live.next(into: &bytes) } catch {
                var reason = "\(error)"
                if case .other(let text) = error { reason = text }
                problem = "listening ended early: \(reason)"
                break
            }
            switch step {
            case .packet(let seconds, let nanoseconds, let captured, let original):
                let record = CaptureFile.Record(
                    link: link, time: Timestamp(seconds: seconds, nanoseconds: nanoseconds),
                    originalLength: original, start: 0, count: captured)
                take(record, bytes.span)
                if harvest.pending >= Self.batch { try emit(harvest.drain()) }
            case .quiet:
                if harvest.pending > 0 { try emit(harvest.drain()) }
            case .end: break
            }
        }
        harvest.dropped(live.dropped)
        harvest.end(problem: problem, from: &walk)
        try emit(harvest.drain())
        return problem
    }
}
