//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Observations: what a sensor says. The log is made of these and nothing else.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One thing that a sensor says, at the moment it says it.
///
/// Counts are what came since the sensor last spoke of the same thing, so that sums are right however often a bounded
/// sensor has to forget and begin anew.
public struct Observation: Hashable, Sendable {
    /// Where it was seen; equal addresses at two sites are two stations.
    public var site: String
    /// Which sensor said it: an interface or the file's name.
    public var sensor: String
    /// When it happened, by the source's clock.
    public var occurred: Timestamp
    public var body: Body

    public init(site: String, sensor: String, occurred: Timestamp, body: Body) {
        self.site = site
        self.sensor = sensor
        self.occurred = occurred
        self.body = body
    }

    public enum Body: Hashable, Sendable {
        case sighting(Sighting)
        case fact(Fact)
        case conversation(Conversation)
        case oddity(Oddity)
        case coverage(Coverage)
        case knowledge(Knowledge)
        case decision(Decision)
        /// What a poll of a switch tells.
        case `switch`(Switch)
        case port(PortReport)
        case learned(LearnedAddress)
        case neighbour(SwitchNeighbour)
        case wireless(WirelessStation)
        case accessPoint(AccessPoint)
        /// What a switch says by itself, between polls.
        case event(PortEvent)
        case peripherals(PeripheralReport)
        /// What a device measured.
        case measurement(Measurement)
        /// Who or what is where and belongs to whom, from this moment on or until it.
        case edge(Edge)
        case location(LocationReport)
        /// Time went on: nothing else came, and what is old is older now.
        case tick
    }

    /// A station was there.
    public struct Sighting: Hashable, Sendable {
        public var subject: Subject
        /// 802.1Q VLAN identifier (1 to 4094), where a tag was seen.
        public var vlan: UInt16?
        public var span: Span
        /// Frames and octets on the wire that it sent.
        public var packets: UInt64
        public var bytes: UInt64
        /// Said by the station itself in ARP or neighbour discovery, so the pair of addresses is certain.
        public var isBinding: Bool

        public init(
            subject: Subject, vlan: UInt16?, span: Span, packets: UInt64, bytes: UInt64, isBinding: Bool = false
        ) {
            self.subject = subject
            self.vlan = vlan
            self.span = span
            self.packets = packets
            self.bytes = bytes
            self.isBinding = isBinding
        }
    }

    /// A station said something about itself.
    public struct Fact: Hashable, Sendable {
        public var subject: Subject
        public var field: Field
        /// At most 256 octets of UTF-8.
        public var value: String
        public var span: Span
        public var count: UInt64

        public init(subject: Subject, field: Field, value: String, span: Span, count: UInt64) {
            self.subject = subject
            self.field = field
            self.value = value
            self.span = span
            self.count = count
        }
    }

    /// Two stations talked.
    public struct Conversation: Hashable, Sendable {
        public var client: Subject
        public var server: Subject
        public var service: Service
        public var span: Span
        /// Frames and octets in both directions.
        public var packets: UInt64
        public var bytes: UInt64
        /// Whether the server side said anything but a refusal: only then it is known to offer the service.
        public var isAnswered: Bool

        public init(
            client: Subject, server: Subject, service: Service, span: Span, packets: UInt64, bytes: UInt64,
            isAnswered: Bool
        ) {
            self.client = client
            self.server = server
            self.service = service
            self.span = span
            self.packets = packets
            self.bytes = bytes
            self.isAnswered = isAnswered
        }
    }

    /// Input that broke a rule of its format, by name.
    public struct Oddity: Hashable, Sendable {
        /// `dhcp.optionOverrun`
        public var name: String
        public var count: UInt64

        public init(name: String, count: UInt64) {
            self.name = name
            self.count = count
        }
    }

    /// What can change an answer besides observations: named by its digest, so that a replay with another says so.
    public struct Knowledge: Hashable, Sendable {
        public var name: String
        /// SHA-256, hexadecimal.
        public var digest: String

        public init(name: String, digest: String) {
            self.name = name
            self.digest = digest
        }
    }

    /// First and last moment of what is reported.
    public struct Span: Hashable, Sendable {
        public var first: Timestamp
        public var last: Timestamp

        @inlinable public init(first: Timestamp, last: Timestamp) {
            self.first = first
            self.last = last
        }

        @inlinable public mutating func include(_ time: Timestamp) {
            if time < first { first = time }
            if time > last { last = time }
        }

        @inlinable public mutating func include(_ other: Span) {
            include(other.first)
            include(other.last)
        }
    }
}

/// A service that one station offers and another uses.
public struct Service: Hashable, Sendable, Comparable {
    /// Application protocol (`dicom`, `hl7`, `https`), or `tcp`/`udp` and so on where it was not recognised.
    public var name: String
    /// Transport port; 0 where the protocol has none.
    public var port: UInt16
    public var transport: Transport

    public enum Transport: UInt8, Hashable, Sendable, CaseIterable, Codable {
        case none = 0
        case tcp = 6
        case udp = 17
        case sctp = 132

        /// What stands for a protocol that was not recognised. Asked for each use of a service, so nothing is looked up.
        public var name: String {
            switch self {
            case .none: "none"
            case .tcp: "tcp"
            case .udp: "udp"
            case .sctp: "sctp"
            }
        }
    }

    public init(name: String, port: UInt16, transport: Transport) {
        self.name = name
        self.port = port
        self.transport = transport
    }

    public static func < (one: Self, other: Self) -> Bool {
        (one.name, one.port, one.transport.rawValue) < (other.name, other.port, other.transport.rawValue)
    }
}
