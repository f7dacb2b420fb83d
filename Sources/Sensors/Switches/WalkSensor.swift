//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Walks: from recordings of what switches say to observations.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Wire
import Zlib

/// Why a recording could not be read.
public enum WalkFailure: Error, Hashable, Sendable {
    case cannotOpen(path: String, errno: Int32)
    case damaged(path: String, String)
    /// Larger than is read: 256 MiB.
    case tooLarge(path: String)
    /// No row in it; `worded` when its objects are named by words.
    case notAWalk(path: String, worded: Bool)
    case nothingInFolder(path: String)
}

/// Reads recordings of switches: a file, a folder of them, or a folder of polls.
///
/// - `FILE` is one agent, one poll.
/// - `DIR/<agent>[@vlan].snmprec` is one poll of several agents.
/// - `DIR/<RFC 3339 time>/<agent>[@vlan].snmprec` is a series of polls.
public struct WalkSensor: Sendable {
    /// What a person should know of how a file was read.
    public typealias Note = (String) -> Void

    private let site: String
    private let sensor = "walk"
    private var tellers: [String: SwitchTeller] = [:]
    private let person: (@Sendable (String) -> String?)?

    /// - Parameter personKey: Hashes the names of people in wireless tables; without it they are left out.
    public init(site: String, personKey: [UInt8]? = nil) {
        self.site = site
        person = personKey.map { PersonNames.hashing(with: $0) }
    }

    /// Octets of one recording: ten times the largest switch that we know.
    private static let mostOctets = 256 << 20
    private static let endings = [".snmprec", ".snmpwalk", ".walk", ".txt"]

    /// One agent at one time: its own file, and those of its VLANs.
    private struct Poll {
        var agent: String
        var time: Timestamp?
        var files: [(path: String, vlan: UInt16?)]
    }

    /// - Parameters:
    ///   - time: When single recordings were made; nil takes each file's own time, and a note says so.
    ///   - note: Takes a line each: broken rows, files that could not be read beside others.
    /// - Throws: `WalkFailure` when nothing could be read, and whatever `emit` throws.
    public mutating func read(
        _ path: String, at time: Timestamp?, note: Note, emit: ([Observation]) throws -> Void
    ) throws {
        let polls = try Self.polls(at: path, note)
        for poll in polls {
            do { try read(poll, at: poll.time ?? time, note, emit) } catch let failure as WalkFailure {
                // One bad recording in a folder does not cost what the others hold.
                if polls.count == 1 { throw failure }
                note("\(poll.agent) is left out: \(failure.words)")
            }
        }
    }

    /// Reads what one agent answered at one poll and somebody holds in memory: its rows, those of its VLANs apart.
    public mutating func take(
        agent: String, _ contexts: [SwitchReading.VLANRows], at time: Timestamp
    ) -> [Observation] {
        var teller = tellers[agent] ?? SwitchTeller(site: site, sensor: sensor, agent: agent, person: person)
        defer { tellers[agent] = teller }
        return teller.tell(SwitchReading(contexts), at: time)
    }

    // MARK: Which files

    private static func polls(at path: String, _ note: Note) throws(WalkFailure) -> [Poll] {
        guard isFolder(path) else {
            if path != "-", !FileManager.default.fileExists(atPath: path) {
                throw .cannotOpen(path: path, errno: ENOENT)
            }
            return [Poll(agent: name(of: path).agent, time: nil, files: [(path, nil)])]
        }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        var polls = group(names.map { path + "/" + $0 }, time: nil, note)
        let moments = names.compactMap { name -> (Timestamp, String)? in
            guard let time = Timestamp(rfc3339: name), isFolder(path + "/" + name) else { return nil }
            return (time, path + "/" + name)
        }
        for (time, folder) in moments.sorted(by: { $0.0 < $1.0 }) {
            let inside = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
            polls += group(inside.map { folder + "/" + $0 }, time: time, note)
        }
        if polls.isEmpty { throw .nothingInFolder(path: path) }
        return polls
    }

    /// What a path leads to, links followed; nil where it leads nowhere.
    private static func kind(of path: String) -> FileAttributeType? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return (try? FileManager.default.attributesOfItem(atPath: target))?[.type] as? FileAttributeType
    }

    private static func isFolder(_ path: String) -> Bool { kind(of: path) == .typeDirectory }

    /// Files of one moment by their agents. A pipe or a device among them would be waited for without end; one that a
    /// person names directly is read.
    private static func group(_ paths: [String], time: Timestamp?, _ note: Note) -> [Poll] {
        var polls: [Poll] = []
        var places: [String: Int] = [:]
        for path in paths where endings.contains(where: path.hasSuffix) {
            let kind = kind(of: path)
            if kind == .typeDirectory { continue }
            guard kind == .typeRegular else {
                note("\(path): not a file, left out")
                continue
            }
            let (agent, vlan) = name(of: path)
            if let place = places[agent] {
                polls[place].files.append((path, vlan))
            } else {
                places[agent] = polls.count
                polls.append(Poll(agent: agent, time: time, files: [(path, vlan)]))
            }
        }
        return polls
    }

    /// `ward-3@12.snmprec` is VLAN 12 of the agent `ward-3`.
    private static func name(of path: String) -> (agent: String, vlan: UInt16?) {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        for ending in endings where name.hasSuffix(ending) && name.count > ending.count {
            name = String(name.dropLast(ending.count))
        }
        if let at = name.lastIndex(of: "@"), at > name.startIndex, let vlan = UInt16(name[name.index(after: at)...]),
            (1...4_094).contains(vlan)
        {
            return (String(name[..<at]), vlan)
        }
        return (name, nil)
    }

    // MARK: Reading

    private mutating func read(
        _ poll: Poll, at time: Timestamp?, _ note: Note, _ emit: ([Observation]) throws -> Void
    ) throws {
        var contexts: [SwitchReading.VLANRows] = []
        var bodies: [Observation.Body] = []
        var coverages: [Coverage] = []
        var moment = time
        for (path, vlan) in poll.files {
            let bytes = try Self.contents(of: path)
            let walk = WalkFile(bytes)
            if walk.rows.isEmpty, poll.files.count == 1, try readDetail(bytes, path, at: moment, note, emit) { return }
            if walk.rows.isEmpty { throw WalkFailure.notAWalk(path: path, worded: walk.wordedLines > 0) }
            for trouble in walk.troubles { note("\(path):\(trouble.line): \(trouble.oddity.name), left out") }
            if moment == nil, let own = Self.modified(path) {
                moment = own
                note("\(path): taken as polled at \(own), the file's own time; --at TIME says better.")
            }
            contexts.append(SwitchReading.VLANRows(SNMPRows(walk.rows), vlan: vlan))
            for (oddity, count) in walk.oddities.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                bodies.append(.oddity(Observation.Oddity(name: oddity.name, count: count)))
            }
            var coverage = Coverage(input: path)
            coverage.bytes = UInt64(bytes.count)
            coverages.append(coverage)
        }
        let when = moment ?? .epoch
        for index in coverages.indices {
            coverages[index].span = Observation.Span(first: when, last: when)
            bodies.append(.coverage(coverages[index]))
        }
        var teller = tellers[poll.agent] ?? SwitchTeller(site: site, sensor: sensor, agent: poll.agent, person: person)
        let told = teller.tell(SwitchReading(contexts), at: when)
        tellers[poll.agent] = teller
        try emit(told + bodies.map { Observation(site: site, sensor: sensor, occurred: when, body: $0) })
    }

    /// A detail file of FreeRADIUS among the recordings: where stations are on the air, as login servers heard it.
    ///
    /// - Returns: Whether it is one.
    private func readDetail(
        _ bytes: [UInt8], _ path: String, at time: Timestamp?, _ note: Note, _ emit: ([Observation]) throws -> Void
    ) throws -> Bool {
        let detail = RADIUSDetail(bytes)
        guard let first = detail.entries.first else { return false }
        let fallback = time ?? Self.modified(path) ?? .epoch
        var coverage = Coverage(input: path)
        coverage.bytes = UInt64(bytes.count)
        coverage.packets = UInt64(detail.entries.count + detail.others)
        coverage.decoded = UInt64(detail.entries.count)
        let moment = first.time ?? fallback
        var span = Observation.Span(first: moment, last: moment)
        var batch: [Observation] = []
        func say(_ body: Observation.Body, _ time: Timestamp) {
            batch.append(Observation(site: site, sensor: sensor, occurred: time, body: body))
        }
        for entry in detail.entries {
            let time = entry.time ?? fallback
            span.include(time)
            let session = entry.session
            if let station = session.wireless(person: person) { say(.wireless(station), time) }
            if !session.isOver {
                let subject = Subject(hardware: session.station, network: session.network)
                say(
                    .sighting(
                        Observation.Sighting(
                            subject: subject, vlan: nil, span: Observation.Span(first: time, last: time), packets: 0,
                            bytes: 0, isBinding: session.network != nil)), time)
            }
            if batch.count >= 4_096 {
                try emit(batch)
                batch = []
            }
        }
        coverage.span = span
        say(.coverage(coverage), span.last)
        try emit(batch)
        return true
    }

    private static func modified(_ path: String) -> Timestamp? {
        let date = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
        return date.map { Timestamp(seconds: Int64($0.timeIntervalSince1970.rounded(.down))) }
    }

    private static func contents(of path: String) throws(WalkFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var filled = 0
        do throws(InputFile.Failure) {
            let file = try InputFile(path)
            while filled <= mostOctets {
                if bytes.count - filled < 1 << 16 {
                    bytes += [UInt8](repeating: 0, count: max(1 << 18, bytes.count))
                }
                let got = try file.read(into: &bytes, at: filled, count: bytes.count - filled)
                if got == 0 { break }
                filled += got
            }
        } catch {
            switch error {
            case .isDirectory: throw .nothingInFolder(path: path)
            case .cannotOpen(let code): throw .cannotOpen(path: path, errno: code)
            case .damaged(let reason): throw .damaged(path: path, reason)
            }
        }
        guard filled <= mostOctets else { throw .tooLarge(path: path) }
        return Array(bytes[..<filled])
    }
}

extension WalkFailure {
    /// In one line, with the cure.
    public var words: String {
        switch self {
        case .cannotOpen(let path, ENOENT): "\(path): no such file."
        case .cannotOpen(let path, EACCES): "\(path): no permission to read it."
        case .cannotOpen(let path, let code): "\(path): cannot be opened (error \(code))."
        case .damaged(let path, let reason): "\(path): cannot be read (\(reason))."
        case .tooLarge(let path): "\(path): larger than 256 MiB; one file holds one switch."
        case .notAWalk(let path, true): "\(path): names its objects by words; record it with `snmpwalk -On`."
        case .notAWalk(let path, false):
            "\(path): no recording of a switch (neither .snmprec nor snmpwalk -On), nor a detail file of FreeRADIUS."
        case .nothingInFolder(let path): "\(path): no recordings in it (*.snmprec, *.snmpwalk, *.walk, *.txt)."
        }
    }
}
