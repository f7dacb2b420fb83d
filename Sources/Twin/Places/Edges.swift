//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// Edges: who and what was where, and whose it was, from when until when.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

/// An edge with the time in which it holds.
public struct StandingEdge: Hashable, Sendable {
    public var site: String
    public var one: Edge.End
    public var relation: Edge.Relation
    public var other: Edge.End
    public var since: Timestamp
    /// The first moment at which it held no more; nil while it does.
    public var until: Timestamp?
    /// Who said so.
    public var sensor: String

    public func holds(at moment: Timestamp) -> Bool { since <= moment && until.map { moment < $0 } ?? true }
}

/// All edges of the hospital with their times. A copy shares what both know.
///
/// News may come late and in any order: each edge has its place by when it began, so that the answer for a moment does
/// not depend on when we heard of it.
public struct Edges: Sendable, Codable {
    struct Key: Hashable, Sendable, Codable {
        var site: String
        var one: Edge.End
        var relation: Edge.Relation
        /// Nil where a newer edge ends the older (`Relation.isExclusive`).
        var other: Edge.End?
    }

    struct Stay: Hashable, Sendable, Codable {
        var other: Edge.End
        var since: Timestamp
        /// When it was said to be over.
        var until: Timestamp?
        var sensor: String
    }

    /// Each device, person and vehicle of a large hospital has some of them.
    public static let most = 262_144
    /// Stays of one key that are remembered; the oldest go first. A bed sees a patient every few days.
    public static let mostStays = 64

    private var stays: TreeDictionary<Key, [Stay]> = [:]
    /// What found no room: edges of new ends, and the oldest stays of known ones.
    public private(set) var overflow: UInt64 = 0

    public init() {}

    public var isEmpty: Bool { stays.isEmpty }
    /// Ends and relations that are known.
    public var count: Int { stays.count }

    /// Takes an edge in that began, or ended, at a moment.
    ///
    /// - Returns: whether anything is different now.
    @discardableResult
    public mutating func learn(_ edge: Edge, site: String, sensor: String, at moment: Timestamp) -> Bool {
        let key = Key(
            site: site, one: edge.one, relation: edge.relation, other: edge.relation.isExclusive ? nil : edge.other)
        guard stays[key] != nil || stays.count < Self.most else {
            overflow &+= 1
            return false
        }
        var told = stays[key] ?? []
        let changed = edge.isEnded ? Self.end(edge.other, at: moment, &told) : begin(edge.other, sensor, moment, &told)
        if changed { stays[key] = told.isEmpty ? nil : told }
        return changed
    }

    private mutating func begin(_ other: Edge.End, _ sensor: String, _ moment: Timestamp, _ told: inout [Stay]) -> Bool
    {
        let place = told.firstIndex { $0.since > moment } ?? told.count
        if place > 0 {
            let before = told[place - 1]
            // Said again while it holds.
            if before.other == other, before.until.map({ moment < $0 }) ?? true { return false }
            if before.since == moment {
                // Two words for one moment: the later one in the log counts.
                told[place - 1] = Stay(other: other, since: moment, until: nil, sensor: sensor)
                return true
            }
        }
        if place < told.count, told[place].other == other, told[place].until.map({ $0 > moment }) ?? true {
            // It began earlier than we thought.
            told[place].since = moment
            return true
        }
        told.insert(Stay(other: other, since: moment, until: nil, sensor: sensor), at: place)
        if told.count > Self.mostStays {
            told.removeFirst()
            overflow &+= 1
        }
        return true
    }

    private static func end(_ other: Edge.End, at moment: Timestamp, _ told: inout [Stay]) -> Bool {
        guard let place = told.lastIndex(where: { $0.since <= moment && $0.other == other }) else { return false }
        if let until = told[place].until, until <= moment { return false }
        told[place].until = moment
        return true
    }

    /// When a stay that began at a moment was said to be over; nil where it was not, or where there is none.
    func ending(of edge: Edge, site: String, at moment: Timestamp) -> Timestamp? {
        let key = Key(
            site: site, one: edge.one, relation: edge.relation, other: edge.relation.isExclusive ? nil : edge.other)
        return stays[key]?.first { $0.other == edge.other && $0.since == moment }?.until
    }

    /// Whether what was said of an edge at a moment still tells something of the time since `oldest`.
    func tells(_ edge: Edge, site: String, at moment: Timestamp, since oldest: Timestamp) -> Bool {
        let key = Key(
            site: site, one: edge.one, relation: edge.relation, other: edge.relation.isExclusive ? nil : edge.other)
        guard let told = stays[key] else { return false }
        if edge.isEnded { return moment > oldest && told.contains { $0.other == edge.other && $0.until == moment } }
        guard let place = told.firstIndex(where: { $0.other == edge.other && $0.since == moment }) else { return false }
        return Self.end(of: place, key, told).map { $0 > oldest } ?? true
    }

    /// The first moment at which a stay held no more: when it was ended, or when the next one began.
    private static func end(of place: Int, _ key: Key, _ told: [Stay]) -> Timestamp? {
        let next = key.other == nil && place + 1 < told.count ? told[place + 1].since : nil
        return [told[place].until, next].compactMap(\.self).min()
    }

    /// Every edge that was ever told and is remembered, by site, end, relation and time.
    public var all: [StandingEdge] {
        var found: [StandingEdge] = []
        for (key, told) in stays {
            for (place, stay) in told.enumerated() {
                found.append(
                    StandingEdge(
                        site: key.site, one: key.one, relation: key.relation, other: stay.other, since: stay.since,
                        until: Self.end(of: place, key, told), sensor: stay.sensor))
            }
        }
        return found.sorted()
    }

    /// The edges that hold at a moment.
    public func standing(at moment: Timestamp) -> [StandingEdge] { all.filter { $0.holds(at: moment) } }
}

extension StandingEdge: Comparable {
    public static func < (one: Self, other: Self) -> Bool {
        let mine = (one.site, one.one.sortKey, one.relation.rawValue, one.since, one.other.sortKey)
        return mine < (other.site, other.one.sortKey, other.relation.rawValue, other.since, other.other.sortKey)
    }
}

extension Edge.End {
    /// The same for the same end in every process.
    public var sortKey: String {
        switch self {
        case .device(let subject):
            "device " + (subject.hardware?.description ?? "") + " " + (subject.network?.description ?? "") + " "
                + (subject.child ?? "")
        case .location(let id): "location " + id
        case .person(let reference): "person " + reference
        }
    }
}
