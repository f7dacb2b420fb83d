//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Fabric: the switches of the hospital, their ports, and what is plugged into them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Somebody whose frames come through a port.
struct Occupant: Hashable, Sendable {
    var hardware: HardwareAddress
    var vlan: UInt16
    var network: IPAddress?
    /// Number of the station; nil for what the capture never shows.
    var station: Int?
    /// In the table, but not there any more, or not yet: nothing is true about it.
    var isStale = false
    /// Written there by people.
    var isFixed = false
    /// Says it is somebody else.
    var isClone = false

    /// Whether the device is truly here.
    var isTrue: Bool { !isStale && !isFixed && !isClone }
}

/// What is heard at a port by LLDP or CDP.
struct Card: Hashable, Sendable {
    var isCDP = false
    var hardware: HardwareAddress
    var name: String
    var summary: String
    var port: String
    /// LLDP's capability bits from the left; CDP's 32 bits.
    var abilities: UInt32
    var platform = ""
    var network: IPAddress?
    var serial: String?
    var maker: String?
    var model: String?
}

struct SimulatedPort: Sendable {
    var ifIndex: UInt32
    /// ifName and ifDescr.
    var name: String
    var descr: String
    /// Slot and number, as the power tables count.
    var group: UInt32
    var number: UInt32
    /// Untagged VLAN.
    var vlan: UInt16 = 1
    var isUplink = false
    /// The switch at the other end.
    var peer: Int?
    var peerPort = 0

    /// Whether it lets nobody in without 802.1X.
    var isGuarded = false

    var isUp = false
    var lastChange: Int64
    var physique: Physique?
    var occupants: [Occupant] = []
    var cards: [Card] = []
    /// Another bridge than ours speaks for the segment.
    var bridge: HardwareAddress?
    var framesIn: UInt64 = 0
    var framesOut: UInt64 = 0
    /// Frames a minute.
    var rate = 0
    var lateCollisions = 0
    var badFrames = 0

    /// Whether the bridge of a VLAN has it; nil stands for all of them.
    func takesPart(in wanted: UInt16?) -> Bool {
        guard let wanted else { return true }
        return isUplink || vlan == wanted || occupants.contains { $0.vlan == wanted }
    }

    /// Whether what is plugged in calls itself a router by LLDP or CDP.
    var saysRouter: Bool { cards.contains { $0.abilities & ($0.isCDP ? 0x01 : 0x08) != 0 } }
    var isAccessPoint: Bool { cards.contains { !$0.isCDP && $0.abilities == 0x10 } }
    var isFree: Bool { !isUplink && !isUp && occupants.isEmpty }
}

struct SimulatedSwitch: Sendable {
    enum Rank: Sendable { case core, distribution, access }
    /// The maker's way of answering.
    enum Manner: Sendable {
        /// One VLAN at a time, CDP, power by member and port.
        case ios
        /// Number of a table is not the VLAN; ports are numbers.
        case aruba
        /// The interface stands where the bridge port belongs; VLANs are their own tables.
        case extreme
        /// Says nothing of what the other end offers.
        case juniper
    }
    var number: Int
    var station: Int
    var rank: Rank
    var manner: Manner
    var name: String
    var agent: String
    var summary: String
    var objectId: [UInt32]
    var model: String
    var firmware: String
    var serial: String
    var hardware: HardwareAddress
    var address: IPAddress
    /// When it started, nanoseconds since 1970.
    var started: Int64
    var ports: [SimulatedPort]
    /// Towards the core.
    var uplink: Int?
    /// How many units are stacked to it.
    var members = 1
    /// Whether ports that nobody uses are switched off.
    var closesUnused = false
    /// Whether it answers the tables of 802.1X.
    var tellsGuards = false
}

/// A port of a switch.
struct Jack: Hashable, Sendable, Comparable {
    var closet: Int
    var port: Int
    static func < (one: Self, other: Self) -> Bool { (one.closet, one.port) < (other.closet, other.port) }
}

/// All switches at one moment. A value: what happens next is a copy with changes.
struct Fabric: Sendable {
    var switches: [SimulatedSwitch] = []
    /// Nanoseconds since 1970.
    var now: Int64

    init(now: Int64) { self.now = now }

    subscript(jack: Jack) -> SimulatedPort {
        get { switches[jack.closet].ports[jack.port] }
        set { switches[jack.closet].ports[jack.port] = newValue }
    }

    /// Puts a plug in. The link comes up now.
    mutating func plug(_ occupants: [Occupant], _ physique: Physique, at jack: Jack, rate: Int = 600) {
        self[jack].occupants = occupants
        self[jack].physique = physique
        self[jack].isUp = true
        self[jack].lastChange = now
        self[jack].rate = rate
        if let vlan = occupants.last?.vlan { self[jack].vlan = vlan }
    }

    /// Pulls the plug, or what is at its other end is switched off.
    mutating func unplug(_ jack: Jack) {
        self[jack].occupants = []
        self[jack].cards = []
        self[jack].physique = nil
        self[jack].bridge = nil
        self[jack].isUp = false
        self[jack].lastChange = now
        self[jack].rate = 0
    }

    /// Time goes on, and frames are counted.
    mutating func pass(seconds: Int) {
        now += Int64(seconds) * 1_000_000_000
        for closet in switches.indices {
            for port in switches[closet].ports.indices where switches[closet].ports[port].isUp {
                let frames = UInt64(switches[closet].ports[port].rate * seconds / 60)
                switches[closet].ports[port].framesIn += frames
                switches[closet].ports[port].framesOut += frames * 2
            }
        }
    }

    /// Where a station is now; nil where it is switched off.
    func jack(of hardware: HardwareAddress) -> Jack? {
        for closet in switches {
            for (number, port) in closet.ports.enumerated()
            where port.occupants.contains(where: { $0.hardware == hardware && $0.isTrue }) {
                return Jack(closet: closet.number, port: number)
            }
        }
        return nil
    }

    /// Edge ports in order, with what is there.
    func jacks(where isWanted: (SimulatedPort) -> Bool) -> [Jack] {
        switches.flatMap { closet in
            closet.ports.indices.filter { !closet.ports[$0].isUplink && isWanted(closet.ports[$0]) }
                .map { Jack(closet: closet.number, port: $0) }
        }
    }
}
