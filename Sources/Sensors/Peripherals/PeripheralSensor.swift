//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Reports of peripherals: files of lines that agents on endpoints wrote, as observations.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Wire
import Zlib

/// Why a file of reports could not be read at all.
public enum PeripheralFailure: Error, Hashable, Sendable {
    case cannotOpen(path: String, errno: Int32)
    case isDirectory(path: String)
    case damaged(path: String, String)
    case tooLarge(path: String)
    case noReports(path: String, first: String?)

    /// In one line, with the cure.
    public var words: String {
        switch self {
        case .cannotOpen(let path, ENOENT): "\(path): no such file."
        case .cannotOpen(let path, EACCES): "\(path): no permission to read it."
        case .cannotOpen(let path, let code): "\(path): cannot be opened (error \(code))."
        case .isDirectory(let path): "\(path): a directory; name the files of reports in it."
        case .damaged(let path, let reason): "\(path): cannot be read (\(reason))."
        case .tooLarge(let path): "\(path): larger than 64 MiB; split it."
        case .noReports(let path, let first?): "\(path): no report of peripherals in it (\(first))."
        case .noReports(let path, nil): "\(path): empty; `wardlight peripherals` writes such reports."
        }
    }
}

/// Reads files of reports, plain or gzip; `-` is standard input.
public struct PeripheralSensor: Sendable {
    private let site: String
    private static let mostOctets = 64 << 20

    public init(site: String) { self.site = site }

    /// Files in the order of their first reports, so that the order in which they are named does not decide what was there
    /// first. Standard input, pipes and what cannot be read come last, in the order given.
    public static func inOrder(_ paths: [String]) -> [String] {
        guard paths.count > 1 else { return paths }
        let begun = paths.enumerated().map { (path: $1, time: beginning(of: $1), number: $0) }
        return begun.sorted { one, other in
            switch (one.time, other.time) {
            case (let a?, let b?) where a != b: a < b
            case (.some, nil): true
            case (nil, .some): false
            default: one.number < other.number
            }
        }.map(\.path)
    }

    /// Time of the oldest report near the beginning of a file: of its first lines, as they are written line by line.
    private static func beginning(of path: String) -> Timestamp? {
        // A pipe can be read once only.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let kind = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        guard path != "-", kind == .typeRegular, let bytes = try? contents(of: path) else { return nil }
        return PeripheralFile(Array(bytes.prefix(mostPeeked))).lines.first?.time
    }

    /// A line is at most half as long.
    private static let mostPeeked = 1 << 20

    /// - Parameter note: Takes a line each: reports that were refused, with their place and cure.
    public func read(
        _ path: String, note: (String) -> Void, emit: ([Observation]) throws -> Void
    ) throws {
        let bytes = try Self.contents(of: path)
        let file = PeripheralFile(bytes)
        let broken = file.oddities[.peripheralsBadLine] ?? 0
        if file.lines.isEmpty {
            throw PeripheralFailure.noReports(
                path: path, first: file.troubles.first.map { "line \($0.line): \($0.words)" })
        }
        for trouble in file.troubles { note("\(path):\(trouble.line): \(trouble.words); left out") }
        if broken > UInt64(file.troubles.count) {
            note("\(path): \(broken - UInt64(file.troubles.count)) more lines left out")
        }
        let last = file.lines[file.lines.count - 1].time
        var batch: [Observation] = []
        for line in file.lines {
            batch += Self.bodies(line).map {
                Observation(site: site, sensor: "peripherals", occurred: line.time, body: $0)
            }
            if batch.count >= 4_096 {
                try emit(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        var coverage = Coverage(input: path)
        coverage.bytes = UInt64(bytes.count)
        coverage.span = Observation.Span(first: file.lines[0].time, last: last)
        if broken > 0 {
            coverage.problem = "\(broken) of \(broken + UInt64(file.lines.count)) reports were refused"
            coverage.cure = "mend the agents that wrote them; docs/peripherals.md has the format"
        }
        var bodies: [Observation.Body] = [.coverage(coverage)]
        for (oddity, count) in file.oddities.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            bodies.append(.oddity(Observation.Oddity(name: oddity.name, count: count)))
        }
        try emit(batch + bodies.map { Observation(site: site, sensor: "peripherals", occurred: last, body: $0) })
    }

    /// What one report tells: its host was there, with these cards, called so, and this hung on it.
    public static func bodies(_ line: PeripheralLine) -> [Observation.Body] {
        let span = Observation.Span(first: line.time, last: line.time)
        var bodies: [Observation.Body] = []
        for card in line.report.cards {
            let subject = Subject(hardware: card)
            bodies.append(
                .sighting(Observation.Sighting(subject: subject, vlan: nil, span: span, packets: 0, bytes: 0)))
            if line.report.cards.count > 1, let own = line.report.host.hardware {
                bodies.append(
                    .fact(
                        Observation.Fact(
                            subject: subject, field: .agentCard, value: own.description, span: span, count: 1)))
            }
        }
        if let name = line.report.hostName {
            bodies.append(
                .fact(
                    Observation.Fact(subject: line.report.host, field: .agentHost, value: name, span: span, count: 1)))
        }
        return bodies + [.peripherals(line.report)]
    }

    private static func contents(of path: String) throws(PeripheralFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var filled = 0
        do throws(InputFile.Failure) {
            let file = try InputFile(path)
            while filled <= mostOctets {
                if bytes.count - filled < 1 << 16 { bytes += [UInt8](repeating: 0, count: max(1 << 18, bytes.count)) }
                let got = try file.read(into: &bytes, at: filled, count: bytes.count - filled)
                if got == 0 { break }
                filled += got
            }
        } catch {
            switch error {
            case .isDirectory: throw .isDirectory(path: path)
            case .cannotOpen(let code): throw .cannotOpen(path: path, errno: code)
            case .damaged(let reason): throw .damaged(path: path, reason)
            }
        }
        guard filled <= mostOctets else { throw .tooLarge(path: path) }
        return Array(bytes[..<filled])
    }
}
