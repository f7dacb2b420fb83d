//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Sightings: files of lines in which other systems say what they saw, as observations.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Wire
import Zlib

/// Why a file of sightings, or one to be made of others, could not be read at all.
public enum SightingFailure: Error, Hashable, Sendable {
    case cannotOpen(path: String, errno: Int32)
    case isDirectory(path: String)
    case damaged(path: String, String)
    case noSightings(path: String, first: String?)

    /// In one line, with the cure.
    public var words: String {
        switch self {
        case .cannotOpen(let path, ENOENT): "\(path): no such file."
        case .cannotOpen(let path, EACCES): "\(path): no permission to read it."
        case .cannotOpen(let path, let code): "\(path): cannot be opened (error \(code))."
        case .isDirectory(let path): "\(path): a directory; name the files in it."
        case .damaged(let path, let reason): "\(path): cannot be read (\(reason))."
        case .noSightings(let path, let first?):
            "\(path): no sighting in it (\(first)). `wardlight sightings convert --from FORMAT` makes them of other lists."
        case .noSightings(let path, nil): "\(path): empty; docs/sightings.md has the form."
        }
    }
}

/// Reads files of sightings, plain or gzip; `-` is standard input. Memory stays flat however long they are.
public struct SightingSensor: Sendable {
    private let site: String

    public init(site: String) { self.site = site }

    /// Lines of one file: a day of a large hospital's leases, accounting and flows ten times over.
    public static let mostLines = 50_000_000
    private static let mostNamed = 16

    /// What is counted while one file is read.
    private struct Tally {
        var lines: UInt64 = 0
        var broken: UInt64 = 0
        var rotating: UInt64 = 0
        var beyond: UInt64 = 0
        var withUnknown: UInt64 = 0
        var first: String?
        /// In the order in which they came.
        var unknown: [(key: String, count: UInt64)] = []
        var unknownPlaces: [String: Int] = [:]
        var span: Observation.Span?

        mutating func count(unknown key: String) {
            if let place = unknownPlaces[key] {
                unknown[place].count += 1
            } else if unknown.count < SightingLine.Limits.unknownKeys {
                unknownPlaces[key] = unknown.count
                unknown.append((key, 1))
            }
        }
    }

    /// - Parameter note: Takes a line each: sightings that were refused, with their place and cure, and unknown keys.
    public func read(_ path: String, note: (String) -> Void, emit: ([Observation]) throws -> Void) throws {
        var roll = SightingRoll()
        var tally = Tally()
        let octets = try Self.lines(of: path, longest: SightingLine.Limits.line) { number in
            Self.refuse(.lineTooLong(most: SightingLine.Limits.line), number, path, &tally, note)
        } take: { line, number in
            if tally.lines + tally.broken >= UInt64(Self.mostLines) {
                tally.beyond += 1
            } else {
                Self.take(line, number, path, &roll, &tally, note)
                if roll.isFull { try say(&roll, emit) }
            }
        }
        try say(&roll, emit)
        if tally.lines == 0, tally.rotating == 0 {
            throw SightingFailure.noSightings(path: path, first: tally.first)
        }
        if tally.broken > UInt64(Self.mostNamed) {
            note("\(path): \(tally.broken - UInt64(Self.mostNamed)) more lines left out")
        }
        if !tally.unknown.isEmpty {
            let all = tally.unknown.map { "`\($0.key)` (\($0.count))" }.joined(separator: ", ")
            note("\(path): keys that are not known are passed over: \(all)")
        }
        try emit(summary(tally, path, octets))
    }

    private static func refuse(
        _ trouble: LineTrouble, _ number: Int, _ path: String, _ tally: inout Tally, _ note: (String) -> Void
    ) {
        tally.broken += 1
        let words = SightingLine.words(trouble)
        if tally.first == nil { tally.first = "line \(number): \(words)" }
        if tally.broken <= UInt64(mostNamed) { note("\(path):\(number): \(words); left out") }
    }

    private static func take(
        _ line: Span<UInt8>, _ number: Int, _ path: String, _ roll: inout SightingRoll, _ tally: inout Tally,
        _ note: (String) -> Void
    ) {
        if line.isBlank { return }
        do throws(LineTrouble) {
            var hasUnknown = false
            let sighting = try SightingLine(line) { key in
                hasUnknown = true
                tally.count(unknown: key)
            }
            if hasUnknown { tally.withUnknown += 1 }
            guard roll.add(sighting) else {
                tally.rotating += 1
                return
            }
            tally.lines += 1
            if tally.span == nil { tally.span = sighting.span } else { tally.span?.include(sighting.span) }
        } catch {
            refuse(error, number, path, &tally, note)
        }
    }

    private func say(_ roll: inout SightingRoll, _ emit: ([Observation]) throws -> Void) throws {
        var batch: [Observation] = []
        for (body, occurred) in roll.take() {
            batch.append(Observation(site: site, sensor: "sightings", occurred: occurred, body: body))
            if batch.count == 4_096 {
                try emit(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        if !batch.isEmpty { try emit(batch) }
    }

    /// What of the file could be read.
    private func summary(_ tally: Tally, _ path: String, _ octets: UInt64) -> [Observation] {
        let all = tally.lines + tally.broken + tally.rotating + tally.beyond
        var coverage = Coverage(input: path)
        coverage.bytes = octets
        coverage.span = tally.span
        if tally.broken > 0 {
            coverage.problem = "\(tally.broken) of \(all) lines were refused"
            coverage.cure = "mend the export that wrote them; docs/sightings.md has the form"
        }
        if tally.beyond > 0 {
            coverage.problem = "\(tally.beyond) of \(all) lines were not read"
            coverage.cure = "split the file"
        }
        var bodies: [Observation.Body] = [.coverage(coverage)]
        let counts: [(Oddity, UInt64)] = [
            (.sightingsBadLine, tally.broken), (.sightingsRotating, tally.rotating), (.sightingsTooMany, tally.beyond),
            (.sightingsUnknownKey, tally.withUnknown),
        ]
        for (oddity, count) in counts where count > 0 {
            bodies.append(.oddity(Observation.Oddity(name: oddity.name, count: count)))
        }
        let time = tally.span?.last ?? .epoch
        return bodies.map { Observation(site: site, sensor: "sightings", occurred: time, body: $0) }
    }

    // MARK: Lines

    /// Hands out the lines of a file, one after the other.
    ///
    /// - Returns: How many octets there were.
    static func lines(
        of path: String, longest: Int, tooLong: (Int) throws -> Void, take: (Span<UInt8>, Int) throws -> Void
    ) throws -> UInt64 {
        var splitter = LineSplitter(longest: longest)
        var octets: UInt64 = 0
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        let file: InputFile
        do throws(InputFile.Failure) { file = try InputFile(path) } catch { throw SightingFailure(error, path) }
        while true {
            let got: Int
            do throws(InputFile.Failure) {
                got = try file.read(into: &bytes, at: 0, count: bytes.count)
            } catch { throw SightingFailure(error, path) }
            if got == 0 { break }
            octets += UInt64(got)
            try splitter.feed(bytes, count: got, tooLong: tooLong, take: take)
        }
        try splitter.finish(tooLong: tooLong, take: take)
        return octets
    }
}

extension SightingFailure {
    init(_ failure: InputFile.Failure, _ path: String) {
        switch failure {
        case .isDirectory: self = .isDirectory(path: path)
        case .cannotOpen(let code): self = .cannotOpen(path: path, errno: code)
        case .damaged(let reason): self = .damaged(path: path, reason)
        }
    }
}

extension Span<UInt8> {
    fileprivate var isBlank: Bool {
        for index in indices where self[index] != 0x20 && self[index] != 0x09 && self[index] != 0x0D { return false }
        return true
    }
}
