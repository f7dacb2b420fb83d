//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Switches: where does a device plug in, and what does its port say?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What an agent that answers SNMP says of itself: a switch, a router, or any device that holds such tables.
public struct Switch: Hashable, Sendable, Codable {
    /// How it was asked: the recording's name, or `host:port`. The only identity that never lies: many switches have no
    /// name, and several the same.
    public var agent: String
    /// sysName, exactly as recorded.
    public var name: String?
    /// sysDescr.
    public var summary: String?
    /// sysObjectID: `1.3.6.1.4.1.9.1.2664`.
    public var objectId: String?
    /// sysLocation.
    public var location: String?
    public var address: IPAddress?
    /// Bridge or LLDP chassis address.
    public var chassis: HardwareAddress?
    public var vendor: String?
    public var model: String?
    public var firmware: String?
    public var serial: String?
    /// Its cards' addresses, sorted, at most 4,096: who sees one of them sees this switch.
    public var ownAddresses: [HardwareAddress] = []
    /// Seconds since it started.
    public var uptimeSeconds: Int64?
    /// Rows of its forwarding tables that name a place.
    public var forwardingRows: Int = 0
    /// Rows of its forwarding tables that name no port of its.
    public var unplacedRows: Int = 0
    /// MIBs that it does not answer, in the order in which they are asked.
    public var missingMibs: [String] = []

    public init(agent: String) { self.agent = agent }

    /// Whether it forwards for others: it has a forwarding table.
    public var isForwarding: Bool { forwardingRows > 0 }
}

/// One port, as its switch describes it.
public struct SwitchPort: Hashable, Sendable, Codable {
    public enum Duplex: String, Hashable, Sendable, CaseIterable, Codable { case half, full }

    public var ifIndex: UInt32
    public var name: String
    /// ifType (IANAifType): 6 is Ethernet.
    public var kind: UInt32?
    public var isUp: Bool?
    /// Whether it is switched on by its keeper.
    public var isEnabled: Bool?
    /// Bits a second.
    public var speed: UInt64?
    public var duplex: Duplex?
    public var poe: PortPower?
    /// Medium: `1000BASE-T full duplex` (MAU-MIB).
    public var mau: String?
    /// What the other end's hardware offers in autonegotiation: its signature.
    public var partner: [String] = []
    /// What is plugged into its cage, where it has one.
    public var transceiver: Transceiver?
    /// Untagged VLAN.
    public var vlan: UInt16?
    /// When its link last changed.
    public var lastChange: Timestamp?
    /// Frames that came late in a collision: a hub behind the port.
    public var lateCollisions: UInt64?
    public var badFrames: UInt64?
    public var spanningTree: SpanningTreeState?
    /// Whether autonegotiation is switched on, and what this end offers in it.
    public var isNegotiating: Bool?
    public var offered: [String] = []
    /// What the other end says by LLDP 802.3 that it offers (MAC/PHY configuration TLV).
    public var partnerSaid: [String] = []
    /// How long the other end needs to wake up (LLDP 802.3 Energy-Efficient Ethernet), in microseconds.
    public var wakeMicroseconds: UInt32?
    /// Frames from and to the port since the switch started.
    public var framesIn: UInt64?
    public var framesOut: UInt64?
    /// Bridge that spanning tree hears on the port as the segment's own; the switch itself where it is that.
    public var designatedBridge: HardwareAddress?
    /// Whether spanning tree takes it for a port at which no bridge is (dot1dStpPort's OperEdgePort, RFC 4318).
    public var isEdge: Bool?
    /// Whether 802.1X has let the device in; nil where it does not guard the port.
    public var isAuthorised: Bool?
    /// How often port security was broken.
    public var violations: UInt64?
    /// Its number as the bridge counts (dot1dBasePort): how some notifications name it.
    public var bridgePort: UInt32?
    /// ifIndex of the bundle of links (IEEE 802.1AX) that it belongs to: addresses are learned there, not here.
    public var bundle: UInt32?

    public init(ifIndex: UInt32, name: String) {
        self.ifIndex = ifIndex
        self.name = name
    }
}

/// A transceiver, by its label.
public struct Transceiver: Hashable, Sendable, Codable {
    /// `10GBASE-LR`, in its maker's words.
    public var kind: String?
    public var maker: String?
    public var model: String?
    public var serial: String?

    public init(kind: String? = nil, maker: String? = nil, model: String? = nil, serial: String? = nil) {
        self.kind = kind
        self.maker = maker
        self.model = model
        self.serial = serial
    }
}

/// dot1dStpPortState (RFC 4188).
public enum SpanningTreeState: String, Hashable, Sendable, CaseIterable, Codable {
    case disabled, blocking, listening, learning, forwarding, broken
}

/// Power over Ethernet at one port (RFC 3621).
public struct PortPower: Hashable, Sendable, Codable {
    public enum Detection: String, Hashable, Sendable, CaseIterable, Codable {
        case disabled, searching, delivering, fault, test, otherFault
    }
    public var isEnabled: Bool?
    public var detection: Detection?
    /// Class of the powered device, 0 to 4; only said while power is delivered.
    public var deviceClass: Int?
    /// What it draws.
    public var milliwatts: UInt32?

    public init(
        isEnabled: Bool? = nil, detection: Detection? = nil, deviceClass: Int? = nil, milliwatts: UInt32? = nil
    ) {
        self.isEnabled = isEnabled
        self.detection = detection
        self.deviceClass = deviceClass
        self.milliwatts = milliwatts
    }
}

/// Where a device is plugged in.
public struct Place: Hashable, Sendable {
    /// Agent of the switch (`Switch.agent`), and its name where it has one.
    public var agent: String
    public var switchName: String?
    public var port: String
    public var ifIndex: UInt32
    public var vlan: UInt16?
    /// The shared segment behind the port, where several devices share it.
    public var segment: String?
    /// Whether the port leads to another switch: the device is beyond it, on a switch that was not asked.
    public var isUplink = false
    /// Where it is on the air: `agent` is then who says so, `port` the access point's name, and `ifIndex` 0.
    public var wireless: Wireless?
    /// Since when it was seen at this port, and when last.
    public var since: Timestamp
    public var seen: Timestamp

    /// A place at an access point.
    public struct Wireless: Hashable, Sendable {
        public var accessPoint: String?
        /// Of the radio or of the access point, as its controller says.
        public var accessPointAddress: HardwareAddress?
        public var ssid: String?
        public var security: WirelessSecurity?
        /// Where the access point itself is plugged in.
        public var port: SharedSegment.Member?

        public init() {}
    }

    public init(agent: String, port: String, ifIndex: UInt32, since: Timestamp, seen: Timestamp) {
        self.agent = agent
        self.port = port
        self.ifIndex = ifIndex
        self.since = since
        self.seen = seen
    }
}
