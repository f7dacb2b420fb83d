//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// The network map: switches with their ports, links between them, shared segments, and where each device is.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What the polls of all switches together say about places.
public struct NetworkMap: Hashable, Sendable {
    public struct SwitchState: Hashable, Sendable {
        public var site: String
        public var about: Switch
        /// When it was last asked; when it was first heard, where it never was.
        public var polled: Timestamp
        /// Polls before this one.
        public var poll: UInt32 = 0
        /// When it last told something by itself.
        public var heard: Timestamp?
        /// By ifIndex, ascending.
        public var ports: [PortState]

        public init(site: String, about: Switch, polled: Timestamp, ports: [PortState]) {
            self.site = site
            self.about = about
            self.polled = polled
            self.ports = ports
        }
    }

    public struct PortState: Hashable, Sendable {
        public var port: SwitchPort
        /// Leads to another switch.
        public var isUplink: Bool
        /// Leads to an access point: many addresses there are no hub, and they come and go.
        public var isAccessPoint = false
        /// Addresses whose place it is, sorted.
        public var devices: [HardwareAddress]
        /// Addresses that were learned here as well, but whose place is another edge port, sorted.
        public var others: [HardwareAddress] = []
        /// Who spoke LLDP or CDP at it in the newest poll.
        public var neighbours: [SwitchNeighbour] = []
        /// What its hardware says of the other end, where a device is at its other end.
        public var signature: PhysicalSignature?

        public init(port: SwitchPort, isUplink: Bool, devices: [HardwareAddress]) {
            self.port = port
            self.isUplink = isUplink
            self.devices = devices
        }
    }

    /// Sorted by site, then agent.
    public var switches: [SwitchState] = []
    /// Sorted.
    public var links: [SwitchLink] = []
    public var segments: [SharedSegment] = []
    /// Sorted by site, then address.
    public var places: [DevicePlace] = []
    /// Stations on the air, sorted by site, then address.
    public var stations: [StationReports] = []
    /// The newest moment that any switch or controller told of: how old an answer is counts from there.
    public var asOf: Timestamp?
    /// Rows and notices that found no room or no port to stand at.
    public var overflow: UInt64 = 0

    public init() {}
}

/// Where one address is.
public struct DevicePlace: Hashable, Sendable {
    public var site: String
    public var hardware: HardwareAddress
    public var place: Place
    /// Other edge ports at which the newest polls have it as well, sorted; at most 8.
    public var others: [Place] = []

    public init(site: String, hardware: HardwareAddress, place: Place) {
        self.site = site
        self.hardware = hardware
        self.place = place
    }
}

/// Which access points report one station, as of the newest poll of each controller.
public struct StationReports: Hashable, Sendable {
    public struct Report: Hashable, Sendable {
        /// Who says so.
        public var agent: String
        public var accessPoint: String?
        public var accessPointAddress: HardwareAddress?
        public var ssid: String?
        public var security: WirelessSecurity?
        /// Since when it is at this access point, and when that was said last.
        public var since: Timestamp
        public var seen: Timestamp

        public init(agent: String, since: Timestamp, seen: Timestamp) {
            self.agent = agent
            self.since = since
            self.seen = seen
        }
    }
    public var site: String
    public var hardware: HardwareAddress
    /// Newest first, then by agent; at least one.
    public var reports: [Report]

    public init(site: String, hardware: HardwareAddress, reports: [Report]) {
        self.site = site
        self.hardware = hardware
        self.reports = reports
    }
}

/// A cable, as LLDP or CDP tell it.
public struct SwitchLink: Hashable, Sendable {
    /// One end of it.
    public struct End: Hashable, Sendable {
        /// Nil where the other end is no switch that was asked.
        public var agent: String?
        public var ifIndex: UInt32?
        public var port: String?
        public var name: String?
        public var chassis: String?

        public init(
            agent: String? = nil, ifIndex: UInt32? = nil, port: String? = nil, name: String? = nil,
            chassis: String? = nil
        ) {
            self.agent = agent
            self.ifIndex = ifIndex
            self.port = port
            self.name = name
            self.chassis = chassis
        }
    }
    public var site: String
    public var one: End
    public var other: End
    /// Whether the other end forwards for others.
    public var isBetweenSwitches: Bool
    /// Sorted.
    public var via: [SwitchNeighbour.Voice]

    public init(site: String, one: End, other: End, isBetweenSwitches: Bool, via: [SwitchNeighbour.Voice]) {
        self.site = site
        self.one = one
        self.other = other
        self.isBetweenSwitches = isBetweenSwitches
        self.via = via
    }
}

/// Several devices behind one port, or between ports that face each other: a hub or a switch that nobody manages, a
/// wireless access point, a host of virtual machines.
public struct SharedSegment: Hashable, Sendable {
    public struct Member: Hashable, Sendable, Comparable {
        public var agent: String
        public var ifIndex: UInt32
        public var port: String

        public init(agent: String, ifIndex: UInt32, port: String) {
            self.agent = agent
            self.ifIndex = ifIndex
            self.port = port
        }

        public static func < (one: Self, other: Self) -> Bool {
            (one.agent, one.ifIndex) < (other.agent, other.ifIndex)
        }
    }
    /// Its first port: `sw-ward-3/Gi1/0/7`.
    public var name: String
    public var site: String
    /// Ports that lead to it, sorted.
    public var ports: [Member]
    /// Devices on it, sorted.
    public var devices: [HardwareAddress]

    public init(name: String, site: String, ports: [Member], devices: [HardwareAddress]) {
        self.name = name
        self.site = site
        self.ports = ports
        self.devices = devices
    }
}
