//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Notes: what many frames said, on its way from the ear to the harvest.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// What frames said, in the order in which they said it, and counts of all, also of those that said nothing.
///
/// Written by an `Ear`, read by a `Harvest`, which may be on another thread meanwhile. Used again and again, so that
/// nothing is allocated once it has grown.
public struct Notes: Sendable {
    /// Frames that said something, before the notes are handed on: few enough to stay in the processor's cache.
    static let frames = 8_192
    /// Octets of what they said, likewise.
    static let octets = 1 << 19
    /// Reports of flows, likewise; some 130 octets each.
    static let reports = 2_048

    /// Headers of a frame, as far as observations name them.
    struct Headers: Sendable {
        var time: Timestamp
        var source: HardwareAddress
        var destination: HardwareAddress
        var sourceNetwork: IPAddress
        var destinationNetwork: IPAddress
        var vlan: UInt16
        var hasNetwork: Bool

        @inline(__always)
        init(_ packet: Packet) {
            time = packet.time
            source = packet.source
            destination = packet.destination
            sourceNetwork = packet.sourceNetwork
            destinationNetwork = packet.destinationNetwork
            vlan = packet.vlan
            hasNetwork = packet.hasNetwork
        }

        /// The addresses of the sender that name somebody.
        @inline(__always)
        var sender: FlowEnd { FlowEnd(source, hasNetwork ? sourceNetwork : nil) }
        @inline(__always)
        var receiver: FlowEnd { FlowEnd(destination, hasNetwork ? destinationNetwork : nil) }
    }

    /// One frame that said something. Of each kind of thing it says how many of the next are its own.
    struct Frame: Sendable {
        var headers: Headers
        var facts: UInt16 = 0
        var bindings: UInt8 = 0
        var sessions: UInt8 = 0
        var oddities: UInt8 = 0
        var isDuplicate = false
        var isNews = false
        /// Whether one of `wrappings` is its own.
        var isWrapped = false
        /// Whether the first of its reports is that of its own flow, which is news.
        var hasReport = false
        /// Whether the counts that were due are complete with it.
        var isDue = false
        /// Flows that went.
        var departed: Int32 = 0
        /// Flows that are reported because counts are due.
        var counted: Int32 = 0

        @inline(__always)
        init(_ headers: Headers) { self.headers = headers }
    }

    /// What was counted of all frames.
    struct Tally: Sendable {
        var packets: UInt64 = 0
        var bytes: UInt64 = 0
        var decoded: UInt64 = 0
        var duplicates: UInt64 = 0
        var truncated: UInt64 = 0
        var dropped: UInt64 = 0
        var tcpConversations: UInt64 = 0
        var tcpOneWay: UInt64 = 0
        var first = Timestamp(nanoseconds: .max)
        var last = Timestamp(nanoseconds: .min)
        var links: [LinkType] = []
    }

    var frames: [Frame] = []
    /// What they said, one after the other.
    var said = Facts(isKeeping: true)
    /// Octets of it.
    var octets = 0
    var wrappings: [Headers] = []
    var reports: [FlowReport] = []
    var tally = Tally()
    /// How far reading had come, for a progress bar: octets of the file, and packets of all files.
    var position = 0
    var packets: UInt64 = 0

    public init() {
        frames.reserveCapacity(Self.frames)
    }

    /// Whether it is time to hand them on.
    @inline(__always)
    public var areFull: Bool {
        frames.count >= Self.frames || octets >= Self.octets || reports.count >= Self.reports
    }

    /// Whether no frame said anything.
    @inline(__always)
    var areSilent: Bool { frames.isEmpty }

    /// The recorder says that it lost packets.
    public mutating func dropped(_ count: UInt64) { tally.dropped &+= count }

    /// Forgets everything, keeping the room; not that of a flood.
    public mutating func clear() {
        frames.removeAll(keepingCapacity: frames.count <= Self.frames)
        said.clear()
        octets = 0
        if !wrappings.isEmpty { wrappings.removeAll(keepingCapacity: true) }
        if !reports.isEmpty { reports.removeAll(keepingCapacity: reports.count <= 2 * Self.reports) }
        tally = Tally()
    }
}
