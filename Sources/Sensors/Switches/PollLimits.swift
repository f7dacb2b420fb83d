//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Poll limits: what one agent may cost, and by what it may be medical.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

/// What one agent may cost.
public struct PollLimits: Hashable, Sendable {
    /// Agents under way at the same time.
    public var inFlight = 256
    /// How long one agent may take: a core switch with 20,000 addresses needs half a minute at 50 questions a second.
    public var secondsPerAgent = 180
    /// No switch at hand has more than 32,768 addresses.
    public var rowsPerColumn = 65_536
    public var rowsPerAgent = 250_000
    /// Rows of all agents under way: about 1 GiB.
    public var rowsAtOnce = 4_000_000
    /// Bindings in one answer: of 30 octets each they fit an Ethernet frame.
    public var bindings = 48
    /// Columns asked side by side.
    public var columnsAtOnce = 12
    public var vlans = 512
    /// Every so many polls everything is read again, whatever the markers say.
    public var wholeEvery = 10

    /// Whether there is a next poll for which rows are kept: some 200 KiB a switch.
    public var isRepeated = true

    public init() {}
}

/// What is known of an agent, by which it may be medical.
public enum MedicalHint: Hashable, Sendable {
    /// Before anything is sent.
    case address(IPAddress)
    /// sysObjectID, the first thing that is asked.
    case objectId(ObjectName)
    /// Of its bridge or one of its cards.
    case hardware(HardwareAddress)
}

/// Says why an agent is medical and must be left alone; nil for all others.
public typealias MedicalJudge = (MedicalHint) -> String?
