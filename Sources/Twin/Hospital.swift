//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// The hospital: everything that is known, as one value that learns.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Inventory
import Ledger
import Model
import Topology

/// The hospital as the observations so far describe it. Same observations in the same order, same hospital.
///
/// A value: a copy is a fork. It asks its rooms (inventory, topology, defense) and holds their state.
public struct Hospital: Sendable {
    /// Which devices are there.
    public private(set) var inventory: Inventory
    /// Where they are plugged in.
    public private(set) var topology = Topology()
    /// What does not fit at ports, from poll to poll.
    public private(set) var detection = Detection()
    /// Who was reached from the internet.
    public private(set) var exposures = ExposureWatch()
    /// What hung on endpoints.
    public private(set) var peripherals = PeripheralWatch()
    /// What is known of USB devices, asked when the answer is made; without it nothing is compared.
    public var usbKnowledge = PeripheralKnowledge()
    public var usbNames = USBNames()
    /// What the people of this hospital say is as it should be, asked when the answer is made.
    public var allowances = Allowances()
    /// The tree of places.
    public private(set) var places = Places()
    /// Who and what is where, and whose.
    public private(set) var edges = Edges()
    /// What was measured last.
    public private(set) var readings = Readings()
    /// Who talks with whom, and on which days.
    public private(set) var activity = Activity()
    /// Who let what in, and what keeps weak devices safe.
    public private(set) var register = Register()
    /// What is known of weaknesses and of the people's own lists, asked when the answer is made.
    public var lists = Lists()
    /// The newest moment that any observation told of: ages count from there.
    public private(set) var newest: Timestamp?
    /// Position of the last observation that it learnt: how many they are, in a log that keeps all of them.
    public private(set) var position: UInt64 = 0
    /// Position of the last observation that the log no longer kept when this hospital began; zero where it kept all.
    public private(set) var origin: UInt64 = 0
    /// Digests of the knowledge that the log says was used, by name.
    public private(set) var knowledge: [String: String] = [:]

    public init(knowledge: KnowledgeBase, limits: InventoryLimits = .standard) {
        inventory = Inventory(knowledge: knowledge, limits: limits)
    }

    /// The oldest position that it learnt, where the log no longer kept older ones; nil where it kept all.
    public var keptFrom: UInt64? { origin > 0 ? origin + 1 : nil }

    /// Begins behind what a log no longer keeps, so that the first it learns has the position that it has there.
    ///
    /// - Precondition: it has learnt nothing.
    public mutating func begin(after position: UInt64) {
        precondition(self.position == origin, "a hospital that knows something begins nowhere else")
        (self.position, origin) = (position, position)
    }

    /// Takes observations in, in order, and says what they changed. A device is judged anew only when a value is new.
    public mutating func learn(_ observations: [Observation]) -> [Change] {
        var changes: [Change] = []
        for observation in observations {
            position &+= 1
            note(observation)
            // The most frequent kind by far, and nothing to the other rooms.
            if case .measurement(let measurement) = observation.body {
                learn(measurement, observation, &changes)
                continue
            }
            if learnWhere(observation, &changes) { continue }
            register.learn(observation)
            if case .knowledge(let used) = observation.body { knowledge[used.name] = used.digest }
            if detection.isRoundOver(before: observation) { detection.settle(topology.map()) }
            detection.learn(observation)
            topology.learn(observation)
            peripherals.learn(observation)
            exposures.learn(observation)
            for change in inventory.learn(observation) {
                changes.append(Change(.inventory(change), observation, at: position))
            }
            if case .conversation(let talk) = observation.body { learn(talk, site: observation.site) }
        }
        return changes
    }

    // MARK: Saved and loaded, see Hospital+State

    func write(to state: StateEncoder) throws {
        state.write(position)
        state.write(origin)
        try state.write(optional: newest)
        state.write(UInt64(knowledge.count))
        for (name, digest) in knowledge {
            state.write(name)
            state.write(digest)
        }
        try inventory.write(to: state)
        try state.write(topology)
        try state.write(detection)
        try state.write(exposures)
        try state.write(peripherals)
        try places.write(to: state)
        try state.write(edges)
        try readings.write(to: state)
        try activity.write(to: state)
        try register.write(to: state)
    }

    mutating func read(_ state: StateDecoder, _ base: KnowledgeBase, _ limits: InventoryLimits) throws {
        (position, origin) = (try state.number(), try state.number())
        newest = try state.optional()
        for _ in 0..<(try state.length()) {
            let name = try state.text()
            knowledge[name] = try state.text()
        }
        inventory = try Inventory(reading: state, knowledge: base, limits: limits)
        topology = try state.value(Topology.self)
        detection = try state.value(Detection.self)
        exposures = try state.value(ExposureWatch.self)
        peripherals = try state.value(PeripheralWatch.self)
        places = try Places(reading: state)
        edges = try state.value(Edges.self)
        readings = try Readings(reading: state)
        activity = try Activity(reading: state)
        register = try Register(reading: state)
    }

    private mutating func learn(
        _ measurement: Measurement, _ observation: Observation, _ changes: inout [Change]
    ) {
        let isNewest = readings.learn(
            measurement, site: observation.site, sensor: observation.sensor, at: observation.occurred)
        if isNewest { changes.append(Change(.reading(measurement), observation, at: position)) }
    }

    /// Places and edges, which mean nothing to the other rooms.
    private mutating func learnWhere(_ observation: Observation, _ changes: inout [Change]) -> Bool {
        switch observation.body {
        case .edge(let edge):
            if edges.learn(edge, site: observation.site, sensor: observation.sensor, at: observation.occurred) {
                changes.append(Change(.edge(edge), observation, at: position))
            }
        case .location(let report):
            if places.learn(report, at: observation.occurred) {
                changes.append(Change(.location(report), observation, at: position))
            }
        case .tick: break
        default: return false
        }
        return true
    }

    /// Both were just learnt of; a host outside is no device.
    private mutating func learn(_ talk: Observation.Conversation, site: String) {
        guard talk.isAnswered, let client = inventory.record(of: talk.client, site: site),
            let server = inventory.record(of: talk.server, site: site)
        else { return }
        activity.learn(client: client, server: server, talk)
    }

    /// What it is held against is another's from now on.
    mutating func take(listsOf other: Hospital) {
        (lists, allowances) = (other.lists, other.allowances)
        (usbKnowledge, usbNames) = (other.usbKnowledge, other.usbNames)
    }

    /// How new the picture is. What was used, how well an input was read and what a person decided about it happened at no
    /// moment of the hospital's: a loan that is written down today makes no ghosts of a capture of last month.
    private mutating func note(_ observation: Observation) {
        let moment: Timestamp
        switch observation.body {
        case .knowledge, .oddity, .decision: return
        case .coverage(let coverage):
            guard let last = coverage.span?.last else { return }
            moment = last
        default: moment = observation.occurred
        }
        newest = max(newest ?? moment, moment)
    }

    /// The whole answer now: every device with its place, the switches where they are, and what does not fit.
    ///
    /// - Parameter isBrief: leaves out of each device what only its own story tells (`Device.makeBrief`); `told` brings it
    ///   back. Nothing that is judged of the hospital as a whole is another for it.
    public func snapshot(isBrief: Bool = false) -> InventorySnapshot {
        snapshot(of: devices(.all, isBrief: isBrief))
    }

    /// Devices judged one by one, before they are held against each other.
    public struct Judged: Sendable {
        fileprivate(set) var devices: [Device]
        fileprivate(set) var downgrades: [String: Finding]

        /// With the share that comes next.
        public consuming func and(_ next: Judged) -> Judged {
            devices += next.devices
            downgrades.merge(next.downgrades) { _, new in new }
            return self
        }

        fileprivate mutating func takeDevices() -> [Device] {
            defer { devices = [] }
            return devices
        }
    }

    /// A share of the devices, each judged by itself: the longer half of a snapshot, for several processors at once.
    public func devices(_ share: Inventory.Share, isBrief: Bool) -> Judged {
        var downgrades: [String: Finding] = [:]
        let devices = inventory.devices(share) { device in
            device.weakControls = DeviceControls.findings(of: device)
            downgrades[device.id] = FirmwareDowngrade.finding(of: device)
            if isBrief { device.makeBrief() }
        }
        return Judged(devices: devices, downgrades: downgrades)
    }

    /// The snapshot of all its devices, in order.
    func snapshot(of judged: consuming Judged) -> InventorySnapshot {
        var judged = judged
        let downgrades = judged.downgrades
        var snapshot = inventory.snapshot(of: judged.takeDevices())
        if !topology.isEmpty { locate(&snapshot) }
        detection.complete(&snapshot, zones: allowances.zones)
        addPeripherals(to: &snapshot)
        leaveOutAllowed(&snapshot)
        for index in snapshot.devices.indices {
            if let finding = downgrades[snapshot.devices[index].id] { snapshot.devices[index].findings.append(finding) }
        }
        return snapshot
    }

    /// A small switch at a port where one is allowed is no finding, whether it is silent or speaks as a bridge.
    private func leaveOutAllowed(_ snapshot: inout InventorySnapshot) {
        guard !allowances.smallSwitches.isEmpty else { return }
        let rules: Set<String> = [HiddenHub.card.name, SpeaksAsBridge.card.name]
        var names: [[String]: String] = [:]
        for state in snapshot.network?.switches ?? [] { names[[state.site, state.about.agent]] = state.about.name }
        func isAllowed(_ finding: Finding) -> Bool {
            guard rules.contains(finding.rule), let place = finding.place else { return false }
            let name = names[[place.site, place.agent]]
            return allowances.smallSwitches.contains {
                $0.port == place.port && ($0.agent == place.agent || $0.agent == name)
            }
        }
        snapshot.findings.removeAll(where: isAllowed)
        for index in snapshot.devices.indices { snapshot.devices[index].findings.removeAll(where: isAllowed) }
    }

    private func locate(_ snapshot: inout InventorySnapshot) {
        let map = topology.map()
        var places: [String: [HardwareAddress: Int]] = [:]
        for (number, found) in map.places.enumerated() { places[found.site, default: [:]][found.hardware] = number }
        for index in snapshot.devices.indices {
            let device = snapshot.devices[index]
            // A device with several cards is where the first of them is plugged in.
            let number = device.mac.lazy.compactMap { places[device.site]?[$0] }.first
            snapshot.devices[index].place = number.map { map.places[$0].place }
        }
        snapshot.network = map
    }
}

/// Something that is different now.
public struct Change: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case inventory(InventoryChange)
        case reading(Measurement)
        case edge(Edge)
        case location(LocationReport)
    }

    public var kind: Kind
    public var site: String
    /// When it happened, by the source.
    public var moment: Timestamp
    /// Of the observation that changed it.
    public var position: UInt64

    init(_ kind: Kind, _ observation: Observation, at position: UInt64) {
        self.kind = kind
        site = observation.site
        moment = observation.occurred
        self.position = position
    }
}
