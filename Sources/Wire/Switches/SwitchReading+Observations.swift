//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// From a reading to observations: what one poll of one switch tells the hospital.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Turns readings of one agent into observations: one of the switch, one a port when something about it is new, one a
/// learned address and neighbour, one a binding of addresses, and facts about neighbours under their own address.
public struct SwitchTeller: Sendable {
    public let site: String
    public let sensor: String
    public let agent: String
    /// Addresses of one forwarding table that are told; the rest is counted as unplaced.
    public static let mostAddresses = 100_000
    private var ports: [UInt32: SwitchPort] = [:]
    private let person: (@Sendable (String) -> String?)?
    /// Polls for which a port's counters are told although it is in use: its link has changed, and who is awake there is a
    /// question.
    private var curious: [UInt32: Int] = [:]
    private static let curiosity = 3

    /// - Parameter person: Makes a keyed hash of a person's name, as wireless tables hold them; nil drops them.
    public init(site: String, sensor: String, agent: String, person: (@Sendable (String) -> String?)? = nil) {
        self.site = site
        self.sensor = sensor
        self.agent = agent
        self.person = person
    }

    public mutating func tell(
        _ reading: SwitchReading, address: IPAddress? = nil, at time: Timestamp
    ) -> [Observation] {
        var bodies: [Observation.Body] = []
        var agentSelf = reading.asSwitch(agent: agent, address: address)
        let told = reading.forwarding.prefix(Self.mostAddresses)
        agentSelf.unplacedRows += reading.forwarding.count - told.count
        bodies.append(.switch(agentSelf))
        // Counters of a port that is known to be in use are no news by themselves: a poll would else tell every port anew.
        let used = Set(told.map(\.ifIndex))
        for port in reading.ports(at: time) {
            if let before = ports[port.ifIndex] {
                let left = curious[port.ifIndex] ?? 0
                curious[port.ifIndex] = left > 1 ? left - 1 : nil
                if port.says(as: before, countersCount: left > 0 || !used.contains(port.ifIndex)) { continue }
                if port.speed != before.speed || port.duplex != before.duplex || port.partner != before.partner {
                    curious[port.ifIndex] = Self.curiosity
                }
            }
            if ports[port.ifIndex] == nil, port.isUp == true, used.contains(port.ifIndex), port.speed ?? 0 > 0,
                port.speed ?? 0 < 1_000_000_000
            {
                // Whether who is slow talks while it is: then it does not sleep, and that is all that its hardware can do.
                curious[port.ifIndex] = Self.curiosity
            }
            ports[port.ifIndex] = port
            bodies.append(.port(PortReport(agent: agent, port: port)))
        }
        for row in told {
            bodies.append(
                .learned(
                    LearnedAddress(
                        agent: agent, hardware: row.hardware, ifIndex: row.ifIndex, vlan: row.vlan, kind: row.kind)))
        }
        for neighbour in reading.neighbours {
            var neighbour = neighbour
            neighbour.agent = agent
            bodies.append(.neighbour(neighbour))
        }
        let span = Observation.Span(first: time, last: time)
        bodies += reading.wirelessBodies(agent: agent, span, person: person)
        bodies += reading.sightings(span) + reading.neighbourFacts(span) + reading.selfFacts(agentSelf, span)
        return bodies.map { Observation(site: site, sensor: sensor, occurred: time, body: $0) }
    }
}

extension SwitchPort {
    /// Whether it says nothing new; counters of frames only where they are asked for.
    func says(as before: SwitchPort, countersCount: Bool) -> Bool {
        if countersCount { return self == before }
        var plain = self
        plain.framesIn = before.framesIn
        plain.framesOut = before.framesOut
        plain.badFrames = before.badFrames
        return plain == before
    }
}

extension SwitchReading {
    /// What the agent says of itself.
    func asSwitch(agent: String, address: IPAddress?) -> Switch {
        var found = Switch(agent: agent)
        found.name = system.name
        found.summary = system.summary
        found.objectId = system.objectId?.description
        found.location = system.location
        found.address = address ?? ownAddresses.first { $0.isV4 } ?? ownAddresses.first
        found.chassis = chassis
        let part = chassisPart
        found.vendor = system.vendor ?? part?.maker
        // A chassis may be described by what its keeper calls the switch; then its own name says more.
        let isNamed = part?.summary == system.name || system.enterprise == 2011
        let described = isNamed ? part?.name ?? part?.summary : part?.summary
        found.model =
            (makersComeFirst ? makers.model : nil) ?? part?.model ?? makers.model ?? describedModel ?? described
        found.firmware =
            (makersComeFirst ? makers.firmware : nil) ?? part?.software ?? makers.firmware ?? describedFirmware
            ?? part?.firmware
        // Where the chassis has no number, that of its first board stands for it.
        found.serial =
            (makersComeFirst ? makers.serial : nil) ?? part?.serial ?? makers.serial
            ?? parts.first { $0.kind == .module && $0.serial != nil }?.serial
        let cards = interfaces.compactMap(\.hardware) + bridgeAddresses + (chassis.map { [$0] } ?? [])
        found.ownAddresses = Array(Set(cards).sorted().prefix(4_096))
        found.uptimeSeconds = system.uptime.map { Int64($0) / 100 }
        found.forwardingRows = forwarding.count
        found.unplacedRows = unplacedRows
        found.missingMibs = missingMibs
        return found
    }

    /// All ports in order of their numbers, with what each family of MIBs says of them.
    public func ports(at time: Timestamp) -> [SwitchPort] {
        var bridgePorts: [UInt32: UInt32] = [:]
        for (number, ifIndex) in basePorts { bridgePorts[ifIndex] = min(bridgePorts[ifIndex] ?? .max, number) }
        return interfaces.map { interface in
            var port = SwitchPort(ifIndex: interface.ifIndex, name: interface.title)
            port.kind = interface.kind
            port.isUp = interface.isUp
            port.isEnabled = interface.isEnabled
            port.speed = interface.speed
            port.duplex = interface.duplex
            port.poe = power[interface.ifIndex]
            port.mau = media[interface.ifIndex]?.kind
            port.partner = media[interface.ifIndex]?.partner ?? []
            port.transceiver = transceivers[interface.ifIndex]
            port.vlan = portVLAN[interface.ifIndex]
            port.lateCollisions = interface.lateCollisions
            port.badFrames = interface.badFrames
            port.spanningTree = spanningTree.states[interface.ifIndex]
            if let medium = media[interface.ifIndex] {
                port.isNegotiating = medium.isNegotiating
                port.offered = medium.offered
                port.partnerSaid = medium.partnerSaid
                port.wakeMicroseconds = medium.wakeMicroseconds
            }
            port.framesIn = interface.framesIn
            port.framesOut = interface.framesOut
            port.designatedBridge = spanningTree.designated[interface.ifIndex]
            port.isEdge = spanningTree.edges[interface.ifIndex]
            port.isAuthorised = access[interface.ifIndex]?.isAuthorised
            port.violations = access[interface.ifIndex]?.violations.map(UInt64.init)
            port.bundle = interface.bundle
            port.bridgePort = bridgePorts[interface.ifIndex]
            // Both count hundredths since the agent started; a change in the future is a counter that ran over.
            if let change = interface.lastChange, change > 0, let now = system.uptime, now >= change {
                let ago = Int64(now - change) * 10_000_000
                let (moment, overflow) = time.nanoseconds.subtractingReportingOverflow(ago)
                if !overflow { port.lastChange = Timestamp(nanoseconds: moment) }
            }
            return port
        }
    }

    /// The switch itself is a device: what its system group says is what its answers on the wire would.
    func selfFacts(_ found: Switch, _ span: Observation.Span) -> [Observation.Body] {
        guard found.chassis != nil || found.address != nil else { return [] }
        let subject = Subject(hardware: found.chassis, network: found.address)
        let said: [(Field, String?)] = [
            (.snmpSysDescr, found.summary), (.snmpSysObjectId, found.objectId), (.snmpSysName, found.name),
            (.snmpSysLocation, found.location),
        ]
        return said.compactMap { field, value in
            value.map { .fact(Observation.Fact(subject: subject, field: field, value: $0, span: span, count: 1)) }
        }
    }

    /// Every learned address is a device; ARP and neighbour tables bind it to its network address.
    func sightings(_ span: Observation.Span) -> [Observation.Body] {
        var bodies: [Observation.Body] = []
        var seen: Set<HardwareAddress> = []
        for row in forwarding where row.kind == .learned && seen.insert(row.hardware).inserted {
            bodies.append(.sighting(Self.sighting(Subject(hardware: row.hardware), row.vlan, span, isBinding: false)))
        }
        for binding in addresses {
            let subject = Subject(hardware: binding.hardware, network: binding.network)
            bodies.append(.sighting(Self.sighting(subject, nil, span, isBinding: true)))
        }
        return bodies
    }

    private static func sighting(
        _ subject: Subject, _ vlan: UInt16?, _ span: Observation.Span, isBinding: Bool
    ) -> Observation.Sighting {
        Observation.Sighting(subject: subject, vlan: vlan, span: span, packets: 0, bytes: 0, isBinding: isBinding)
    }

    /// What a neighbour said by LLDP and CDP is a fact about the neighbour, as if its frames had been seen here.
    func neighbourFacts(_ span: Observation.Span) -> [Observation.Body] {
        var bodies: [Observation.Body] = []
        func say(_ hardware: HardwareAddress, _ field: Field, _ value: String?) {
            guard let value else { return }
            bodies.append(
                .fact(
                    Observation.Fact(
                        subject: Subject(hardware: hardware), field: field, value: value, span: span, count: 1)))
        }
        for neighbour in neighbours {
            guard let hardware = neighbour.hardware else { continue }
            if neighbour.via == .lldp {
                say(hardware, .lldpSystemName, neighbour.name)
                say(hardware, .lldpSystemDescription, neighbour.summary)
            } else {
                say(hardware, .cdpDeviceId, neighbour.name)
                say(hardware, .cdpPlatform, neighbour.platform)
                say(hardware, .cdpSoftware, neighbour.summary)
            }
        }
        for inventory in medInventory {
            guard let hardware = inventory.hardware else { continue }
            say(hardware, .lldpMedHardware, inventory.hardwareRevision)
            say(hardware, .lldpMedFirmware, inventory.firmware)
            say(hardware, .lldpMedSoftware, inventory.software)
            say(hardware, .lldpMedSerial, inventory.serial)
            say(hardware, .lldpMedManufacturer, inventory.maker)
            say(hardware, .lldpMedModel, inventory.model)
            say(hardware, .lldpMedAsset, inventory.asset)
        }
        return bodies
    }
}
