//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Coverage: how much of the truth did the sensor see?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What one input held and how well it could be read. Counts are since the last report of the same input.
public struct Coverage: Hashable, Sendable, Codable {
    /// The file's name as given, `-`, or the interface.
    public var input: String
    public var packets: UInt64 = 0
    /// Packets of which at least the link layer could be read.
    public var decoded: UInt64 = 0
    /// Octets on the wire.
    public var bytes: UInt64 = 0
    public var span: Observation.Span?
    /// Names of the link types met (`ethernet`, `linux-sll2`), sorted.
    public var linkTypes: [String] = []
    /// Packets seen twice because both sides of a mirror were recorded; counted once elsewhere.
    public var duplicates: UInt64 = 0
    /// Packets cut by the snap length.
    public var truncated: UInt64 = 0
    /// Packets that the kernel or the recorder says it lost.
    public var dropped: UInt64 = 0
    /// TCP conversations with data, and those of which only one direction was seen.
    public var tcpConversations: UInt64 = 0
    public var tcpOneWay: UInt64 = 0
    /// Records of the sensor's own bounded tables that had to be reported early to make room.
    public var flushed: UInt64 = 0
    /// Set when the input ended badly: what, and where.
    public var problem: String?
    /// What to do about the problem.
    public var cure: String?

    public init(input: String) {
        self.input = input
    }
}

extension Coverage {
    /// Adds what another report says, of the same input or, for a total, of another. At most 64 link types are named.
    public mutating func add(_ other: Coverage) {
        packets &+= other.packets
        decoded &+= other.decoded
        bytes &+= other.bytes
        duplicates &+= other.duplicates
        truncated &+= other.truncated
        dropped &+= other.dropped
        tcpConversations &+= other.tcpConversations
        tcpOneWay &+= other.tcpOneWay
        flushed &+= other.flushed
        if let theirs = other.span {
            if span == nil { span = theirs } else { span?.include(theirs) }
        }
        for name in other.linkTypes where !linkTypes.contains(name) && linkTypes.count < 64 { linkTypes.append(name) }
        linkTypes.sort()
        if let trouble = other.problem { (problem, cure) = (trouble, other.cure) }
    }
}
