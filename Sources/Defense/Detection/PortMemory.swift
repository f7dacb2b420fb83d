//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Memory: what is kept of each port, each address and each suspicion from poll to poll.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// How much is kept. Integers only; what finds no room is counted.
public struct WatchLimits: Sendable, StateGiven {
    /// As many as the topology holds.
    public var agents = 4_096
    public var portsOfAnAgent = 4_096
    /// Ten times the 20,000 devices of a large hospital.
    public var devices = 200_000
    /// Places of one device: a pump that moves twice a day tells a week.
    public var staysOfADevice = 16
    /// A hospital where every twentieth port is odd at once is not a hospital with findings but one with a fault.
    public var cases = 16_384
    /// Polls in which a device must look the same before its signature is its normal: with two, a booting driver that is
    /// polled twice would be.
    public var pollsOfANormal: UInt32 = 3

    public init() {}
}

/// A switch at a site.
struct AgentKey: Hashable, Comparable, Codable {
    var site: String
    var agent: String
    static func < (one: Self, other: Self) -> Bool { (one.site, one.agent) < (other.site, other.agent) }
}

/// An address at a site.
struct DeviceKey: Hashable, Comparable {
    var site: String
    var hardware: HardwareAddress
    static func < (one: Self, other: Self) -> Bool { (one.site, one.hardware) < (other.site, other.hardware) }
}

extension DeviceKey: StateCoded {
    func write(to state: StateEncoder) {
        state.write(site)
        hardware.write(to: state)
    }

    init(reading state: StateDecoder) throws {
        self.init(site: try state.text(), hardware: try HardwareAddress(reading: state))
    }
}

/// What is kept of one switch.
struct AgentMemory: Sendable, Codable {
    /// Number of the last poll that was looked at.
    var poll: UInt32
    /// Polls looked at.
    var polls: UInt32 = 0
    var polled: Timestamp
    /// The first poll that was looked at.
    var begun: Timestamp
    var uptimeSeconds: Int64?
    var ports: [UInt32: PortMemory] = [:]
}

/// What is kept of one port.
struct PortMemory: Sendable, Codable {
    var polls: UInt32 = 0
    var isUp: Bool?
    var lastChange: Timestamp?
    var framesIn: UInt64?
    /// The poll at which that count was told: switches' counters are told only while they are a question.
    var framesTold: Timestamp?
    /// A bit a poll, the newest lowest: whether the link changed since the poll before.
    var changes: UInt16 = 0
    /// Whether anybody was heard at it since its link came up.
    var isHeard = false
    /// Polls in which it was an edge port with a device, and those in which it was looked at without a foreign bridge.
    var edgePolls: UInt32 = 0
    var pollsWithoutBridge: UInt32 = 0
    /// Whether a bridge spoke at it when it was first looked at: an uplink to a switch that is not asked.
    var hadBridge = false

    var flaps: Int { changes.nonzeroBitCount }
}

/// What is kept of one address.
struct DeviceMemory: Sendable, Codable {
    /// The learned normal, and in how many polls it held.
    var normal: PhysicalSignature?
    var confirmations: UInt32 = 0
    /// Polls in which it talked while it was like its normal: then it does not sleep.
    var awake: UInt32 = 0
    /// Another signature, and in how many polls in a row; it becomes the normal in its turn.
    @Seldom var strange: PhysicalSignature?
    var strangePolls: UInt32 = 0
    /// Port at which the normal was learned: speed, duplex and power are compared there only.
    var normalPort: Finding.Port?
    /// Oldest first; the last one is where it is.
    var stays: [Stay] = []
    /// Where it seems to be now: it counts as moved when a second poll says so.
    @Seldom var next: Stay?
    /// How often it was back after it had seemed to be elsewhere, in polls that came one after the other.
    var returns: UInt32 = 0
    /// The other place of those returns, and polls since the last one.
    @Seldom var other: Finding.Port?
    var steady: UInt32 = 0
    var firstSeen: Timestamp
    var lastSeen: Timestamp
    /// Polls in which it was seen, and polls of its switch since it was not.
    var polls: UInt32 = 0
    var missed: UInt32 = 0
}

/// A value that few of a hundred thousand have: where there is none it takes eight octets and not its own size.
@propertyWrapper struct Seldom<Value: Sendable & Codable>: Sendable, Codable {
    private var stored: [Value] = []

    init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    var wrappedValue: Value? {
        get { stored.first }
        set { stored = newValue.map { [$0] } ?? [] }
    }
}

/// Where a device was, and when.
struct Stay: Hashable, Sendable, Codable {
    var port: Finding.Port
    var switchName: String?
    var vlan: UInt16?
    var since: Timestamp
    var until: Timestamp
    var polls: UInt32 = 1
    /// It came with several others from the same switch: the switch was rebuilt, not the device moved.
    var isRebuilding = false

    /// The same socket: a stack that numbers its interfaces anew keeps their names.
    func isSame(as other: Stay) -> Bool {
        port.site == other.port.site && port.agent == other.port.agent
            && (port.port == other.port.port || port.ifIndex == other.port.ifIndex)
    }
}

/// One suspicion through the polls.
struct Case: Sendable, Codable {
    var suspicion: Suspicion
    var place: Finding.Port
    var first: Timestamp
    var last: Timestamp
    var polls: UInt32 = 1
    var isConfirmed = false
    /// When it was over; nil while it holds.
    var ended: Timestamp?
}

struct CaseKey: Hashable, Comparable, Codable {
    var rule: Int
    var site: String
    var agent: String
    var ifIndex: UInt32
    /// Rules about an address follow it wherever it is; others have 0 here.
    var hardware: UInt64

    static func < (one: Self, other: Self) -> Bool {
        if one.rule != other.rule { return one.rule < other.rule }
        return (one.site, one.agent, one.ifIndex, one.hardware)
            < (other.site, other.agent, other.ifIndex, other.hardware)
    }
}
