//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Edges: who is where, who wears what, what feeds whom, since when.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What ties two ends together, from the moment at which it was observed.
public struct Edge: Hashable, Sendable {
    /// One end of an edge.
    public enum End: Hashable, Sendable, Codable {
        case device(Subject)
        /// `Location.id`.
        case location(String)
        /// A reference of the hospital's own (a number, never a name), which is sealed in the log.
        case person(String)
    }

    public enum Relation: String, Hashable, Sendable, CaseIterable, Codable {
        /// A person lies in a bed, a vehicle stands at a site: one at a time.
        case `in`
        /// A device stands at a place: one at a time.
        case at
        /// A device is there for a person, or for a bed: several at a time.
        case assigned
        /// A device gives something to a person: a drug, air.
        case feeds
        /// A device or place holds another: a rack its pumps, a refrigerator its drug.
        case holds
        /// A device is plugged into another.
        case connected

        /// Whether a newer edge of the same `one` ends the older.
        public var isExclusive: Bool { self == .in || self == .at }
    }

    public var one: End
    public var relation: Relation
    public var other: End
    /// It ended at the observation's moment; else it began.
    public var isEnded: Bool

    public init(_ one: End, _ relation: Relation, _ other: End, isEnded: Bool = false) {
        self.one = one
        self.relation = relation
        self.other = other
        self.isEnded = isEnded
    }

    /// Octets of a person's reference.
    public static let longestReference = 64
}
