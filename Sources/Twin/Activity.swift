//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Activity: with whom does each device talk, by which service, and on which days?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

/// What one device does with another by one service.
public struct Peering: Hashable, Sendable {
    /// `dev-…` under which the other was listed when they talked first; it may be a former id now.
    public var peer: String
    public var service: Service
    /// Which side it takes: a client depends on its server.
    public var side: Device.Use.Side
    public var first: Timestamp
    public var last: Timestamp
    /// One bit a day, the lowest for the day of `last`, 30 of them.
    public var days: UInt32
    /// Days of the last 30, to that of `last`, on which they talked.
    public var dayCount: Int { days.nonzeroBitCount }
}

/// For each device at most 32 pairs of peer and service with their days, so that a what-if can say who would miss whom.
///
/// When there are more, those that were on the fewest days go first, then the longest silent: a scanner that tried every
/// door once does not drive out the server that is asked every day.
public struct Activity: Sendable {
    struct Key: Hashable, Sendable {
        var peer: UInt64
        var service: Service
        var side: Device.Use.Side

        /// For the hash of the hospital: the same in every build.
        var words: String { "\(side.rawValue) \(peer) \(service.name) \(service.port) \(service.transport.name)" }
    }

    struct Days: Hashable, Sendable {
        var key: Key
        var first: Timestamp
        var last: Timestamp
        var day: Int64
        var bits: UInt32
    }

    /// As the issue of what-if asks for: more than a device's everyday partners.
    public static let mostPeers = 32
    public static let mostDevices = 131_072
    static let month: UInt32 = (1 << 30) - 1

    private var peers: TreeDictionary<UInt64, [Days]> = [:]
    /// Pairs that were forgotten, and talks of devices that found no room.
    public private(set) var overflow: UInt64 = 0

    public init() {}

    public var isEmpty: Bool { peers.isEmpty }

    /// Two records talked, in a span of time.
    mutating func learn(client: UInt64, server: UInt64, _ talk: Observation.Conversation) {
        guard client != server, talk.isAnswered else { return }
        note(client, Key(peer: server, service: talk.service, side: .client), talk.span)
        note(server, Key(peer: client, service: talk.service, side: .server), talk.span)
    }

    private mutating func note(_ device: UInt64, _ key: Key, _ span: Observation.Span) {
        guard peers[device] != nil || peers.count < Self.mostDevices else { return overflow &+= 1 }
        let day = Self.day(of: span.last)
        if let place = peers[device]?.firstIndex(where: { $0.key == key }) {
            peers[device]?[place].add(span, day)
            return
        }
        peers[device, default: []].append(Days(key: key, first: span.first, last: span.last, day: day, bits: 1))
        if let known = peers[device], known.count > Self.mostPeers {
            let newest = known.map(\.day).max() ?? day
            if let least = known.indices.min(by: { known[$0].weight(newest) < known[$1].weight(newest) }) {
                peers[device]?.remove(at: least)
                overflow &+= 1
            }
        }
    }

    static func day(of moment: Timestamp) -> Int64 {
        let day: Int64 = 86_400_000_000_000
        return moment.nanoseconds >= 0 ? moment.nanoseconds / day : (moment.nanoseconds - day + 1) / day
    }

    func write(to state: StateEncoder) throws {
        try state.write(table: peers)
        state.write(overflow)
    }

    init(reading state: StateDecoder) throws {
        try state.pairs { peers[$0] = $1 }
        overflow = try state.number()
    }

    /// What some records did, as one device: by peer, then service.
    func peerings(of records: [UInt64], name: (UInt64) -> String) -> [Peering] {
        var found: [Key: Days] = [:]
        for record in records {
            for days in peers[record] ?? [] {
                if let known = found[days.key] { found[days.key] = known.joined(days) } else { found[days.key] = days }
            }
        }
        return found.values.map { days in
            Peering(
                peer: name(days.key.peer), service: days.key.service, side: days.key.side, first: days.first,
                last: days.last, days: days.bits)
        }.sorted { ($0.peer, $0.service, $0.side.rawValue) < ($1.peer, $1.service, $1.side.rawValue) }
    }

    /// Everything, by record, in the order in which it was heard: the canonical form.
    var all: [(record: UInt64, days: [Days])] { peers.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 } }
}

extension Activity.Days: StateCoded {
    func write(to state: StateEncoder) {
        state.write(bits: key.peer)
        key.service.write(to: state)
        state.write(key.side == .server)
        state.write(first)
        state.write(last)
        state.write(day)
        state.write(UInt64(bits))
    }

    init(reading state: StateDecoder) throws {
        key = Activity.Key(
            peer: try state.bits(), service: try Service(reading: state), side: try state.flag() ? .server : .client)
        (first, last) = (try state.timestamp(), try state.timestamp())
        (day, bits) = (try state.signed(), try state.number(UInt32.self))
    }
}

extension Activity.Days {
    mutating func add(_ span: Observation.Span, _ day: Int64) {
        first = min(first, span.first)
        last = max(last, span.last)
        if day > self.day {
            bits = day - self.day >= 30 ? 1 : (bits << UInt32(day - self.day) | 1) & Activity.month
            self.day = day
        } else if self.day - day < 30 {
            bits |= 1 << UInt32(self.day - day)
        }
    }

    func joined(_ other: Self) -> Self {
        var (newer, older) = day >= other.day ? (self, other) : (other, self)
        if newer.day - older.day < 30 { newer.bits |= older.bits << UInt32(newer.day - older.day) & Activity.month }
        newer.first = min(newer.first, older.first)
        newer.last = max(newer.last, older.last)
        older.bits = 0
        return newer
    }

    /// What is kept rather: talks on more of the last 30 days, then newer ones, then the order of the keys.
    func weight(_ newest: Int64) -> (Int, Int64, UInt64) {
        let age = newest - day
        let bits = age >= 30 ? 0 : (bits << UInt32(age)) & Activity.month
        return (bits.nonzeroBitCount, last.nanoseconds, key.peer)
    }
}
