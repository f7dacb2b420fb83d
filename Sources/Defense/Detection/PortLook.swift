//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// A look at a port: what it says now, what it said before, and who is at its other end.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One port after a new poll of its switch.
public struct PortLook: Sendable {
    public let place: Finding.Port
    public let polled: Timestamp
    public let port: SwitchPort
    public let isUplink: Bool
    /// Addresses whose place it is, sorted; those of routers that stand by for each other left out.
    public let devices: [HardwareAddress]
    /// Addresses that were learned here as well, but whose place is another port.
    public let others: [HardwareAddress]
    public let neighbours: [SwitchNeighbour]
    /// The device at the other end of the cable: the only one, or the telephone that others are behind.
    public let direct: HardwareAddress?
    /// What its hardware says now.
    public let signature: PhysicalSignature
    /// The learned normal of the direct device; nil until it was seen alike in three polls.
    public let normal: PhysicalSignature?
    /// Polls in which the normal held, and whether it was learned at this port.
    public let confirmations: UInt32
    public let isAtHome: Bool
    /// Whether the link changed since the poll before.
    public let hasFlapped: Bool
    /// Frames to one address that came in since the poll before; nil where that is not known.
    public let newFrames: UInt64?
    /// Seconds in which they came.
    public let secondsSince: Int64
    /// Whether the direct device talked in two polls at least while it was like its normal: it was awake, and that is all
    /// that its hardware can do.
    public let wasAwake: Bool
    /// Whether anybody was heard at it since its link came up.
    public let isHeard: Bool
    public let edgePolls: UInt32
    public let pollsWithoutBridge: UInt32
    public let hadBridge: Bool
    /// A bridge that spanning tree hears here and that is no switch that was asked.
    public let foreignBridge: HardwareAddress?
    /// Whether the switch's forwarding table is complete enough to say that nobody is at a port.
    public let isTableTrusted: Bool
    /// Addresses at it that a wireless controller or access point lists as its stations.
    public let wireless: Int
    /// A switch that was asked itself is known to be at the other end.
    public let isPeered: Bool
    let leadsToAccessPoint: Bool
    /// VLANs in which its addresses are; more than a telephone's and a computer's are a trunk.
    public let vlanCount: Int
    /// Whether another port of the switch leads to a switch that is known: this one is not its only way out.
    public let hasOtherUplink: Bool
    /// The fullest port of a switch of which no uplink is known: a way out it must have.
    public let isWayOut: Bool

    /// Whether a neighbour that was heard has this ability.
    public func hears(_ ability: SwitchNeighbour.Ability) -> Bool {
        neighbours.contains { $0.abilities.contains(ability) }
    }

    /// A telephone lets a computer through; an access point whole wards.
    public var hasTelephone: Bool { hears(.telephone) }
    public var hasAccessPoint: Bool { leadsToAccessPoint || hears(.accessPoint) || wireless > 0 }

    /// Frames a minute: a card that sleeps answers a few questions, one that is awake talks.
    static let talk: UInt64 = 30

    /// Whether who is at the other end talked since the poll before.
    public var isAwake: Bool {
        guard let newFrames, secondsSince > 0 else { return false }
        let (frames, overflow) = newFrames.multipliedReportingOverflow(by: 60)
        return overflow || frames / UInt64(secondsSince) >= Self.talk
    }

    /// Whether the other end stopped offering its fast speeds and differs in nothing else of its own.
    public var hasOnlySlowed: Bool {
        guard let normal, let before = normal.offers, let now = signature.offers, now.fastest < before.fastest else {
            return false
        }
        return differences.allSatisfy { !$0.part.isOfDevice || $0.isOnlyFaster || $0.points < 20 }
            && differences.contains { $0.part == .offers && $0.isOnlyFaster }
    }

    /// Several cables that are one: addresses are learned at the bundle.
    public var isBundle: Bool {
        port.bundle != nil || port.kind == 161
            || ["po", "port-channel", "ae", "trk", "lag", "bond", "bridge-aggregation", "eth-trunk"].contains {
                let name = port.name.lowercased()
                return name.hasPrefix($0) && name.dropFirst($0.count).first.map { !$0.isLetter } ?? false
            }
    }

    /// Differences from the normal that count here: at another port only those of the device itself.
    public var differences: [PhysicalSignature.Difference] {
        guard let normal else { return [] }
        return normal.differences(to: signature).filter { isAtHome || $0.part.isOfDevice }
    }
}
