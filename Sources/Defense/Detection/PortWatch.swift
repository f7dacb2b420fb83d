//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Port watch: does a port still say what it said?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

/// Follows ports and devices from poll to poll. The same observations in the same order, the same memory.
///
/// A round ends when a switch begins a poll while its last one has not been looked at. All switches that were polled
/// since are then looked at together, with the map as it stands: so each poll is looked at once, and an address at two
/// switches is seen at both.
public struct PortWatch: Sendable, Codable {
    public let limits: WatchLimits
    var agents: [AgentKey: AgentMemory] = [:]
    var devices: TreeDictionary<DeviceKey, DeviceMemory> = [:]
    var cases: [CaseKey: Case] = [:]
    /// Wireless stations, by the access point that lists them, and when it did last.
    var stations: [DeviceKey: [Attachment]] = [:]
    /// Switches that were polled since the last round.
    private var round: Set<AgentKey> = []
    /// What found no room.
    public internal(set) var overflow: UInt64 = 0
    /// Addresses that were forgotten to make room.
    public internal(set) var forgotten: UInt64 = 0

    /// An access point that lists a station.
    struct Attachment: Hashable, Sendable, Codable {
        var accessPoint: String
        var first: Timestamp
        var last: Timestamp
    }

    public init(limits: WatchLimits = WatchLimits()) { self.limits = limits }

    public func isRoundOver(before observation: Observation) -> Bool {
        guard case .switch(let about) = observation.body else { return false }
        return round.contains(AgentKey(site: observation.site, agent: about.agent))
    }

    public mutating func learn(_ observation: Observation) {
        switch observation.body {
        case .switch(let about):
            guard round.count < limits.agents else { return overflow &+= 1 }
            round.insert(AgentKey(site: observation.site, agent: about.agent))
        case .wireless(let station): attach(station, observation)
        default: break
        }
    }

    private mutating func attach(_ station: WirelessStation, _ observation: Observation) {
        let key = DeviceKey(site: observation.site, hardware: station.hardware)
        var list = stations[key] ?? []
        let name = station.accessPoint ?? station.accessPointAddress?.description ?? station.agent
        if station.isGone {
            list.removeAll { $0.accessPoint == name }
            stations[key] = list.isEmpty ? nil : list
            return
        }
        if list.isEmpty, stations.count >= limits.devices { return overflow &+= 1 }
        if let index = list.firstIndex(where: { $0.accessPoint == name }) {
            list[index].last = observation.occurred
        } else {
            // The oldest is forgotten: a station is near a few access points.
            if list.count >= 8, let oldest = list.indices.min(by: { list[$0].last < list[$1].last }) {
                list.remove(at: oldest)
            }
            list.append(Attachment(accessPoint: name, first: observation.occurred, last: observation.occurred))
        }
        stations[key] = list
    }

    // MARK: Looking

    /// Looks at all switches that were polled since they were last looked at.
    public mutating func settle(_ map: NetworkMap) {
        round = []
        var scene = Scene(map)
        for state in map.switches {
            let key = AgentKey(site: state.site, agent: state.about.agent)
            if let known = agents[key], known.poll == state.poll, known.polled == state.polled { continue }
            guard agents[key] != nil || agents.count < limits.agents else {
                overflow &+= 1
                continue
            }
            if scene.fresh.isEmpty { makeRoom(map) }
            scene.fresh.insert(key)
            look(at: state, key, scene)
        }
        guard !scene.fresh.isEmpty else { return }
        follow(scene)
    }

    private mutating func look(at state: NetworkMap.SwitchState, _ key: AgentKey, _ scene: Scene) {
        var memory =
            agents.removeValue(forKey: key)
            ?? AgentMemory(
                poll: state.poll, polled: state.polled, begun: state.polled, uptimeSeconds: state.about.uptimeSeconds)
        // All links come up when a switch starts: that is no news of what is plugged in.
        let hasRestarted = Self.hasRestarted(memory, state)
        let trusted = Self.isTableTrusted(state)
        let wayOut = Self.wayOut(state)
        let uplinks = Self.knownUplinks(state, scene)
        for port in state.ports {
            guard memory.ports[port.port.ifIndex] != nil || memory.ports.count < limits.portsOfAnAgent else {
                overflow &+= 1
                continue
            }
            var before = memory.ports[port.port.ifIndex] ?? PortMemory()
            let look = self.look(
                at: port, of: state, before: before, scene, isTableTrusted: trusted, hasRestarted: hasRestarted,
                lastPolled: memory.polls == 0 ? nil : memory.polled, wayOut: wayOut, uplinks: uplinks)
            for (number, rule) in Detection.rules.enumerated() {
                judge(rule.look(at: look), by: number, rule.card, at: look)
            }
            if look.direct != nil { learnNormal(look) }
            Self.remember(look, in: &before)
            memory.ports[port.port.ifIndex] = before
        }
        memory.poll = state.poll
        memory.polls &+= 1
        memory.polled = state.polled
        memory.uptimeSeconds = state.about.uptimeSeconds
        agents[key] = memory
    }

    private static func hasRestarted(_ memory: AgentMemory, _ state: NetworkMap.SwitchState) -> Bool {
        guard let before = memory.uptimeSeconds, let now = state.about.uptimeSeconds else { return false }
        return now < before
    }

    /// A table that knows somebody at most of the ports that are up can say that nobody is at another; one of VLAN 1 only
    /// (Cisco without contexts), or of a maker whose table is empty, cannot.
    private static func isTableTrusted(_ state: NetworkMap.SwitchState) -> Bool {
        var known = 0
        var silent = 0
        for port in state.ports
        where port.port.isUp == true && (port.port.kind ?? 6) == 6 && port.port.bundle == nil && !port.isUplink {
            if !port.devices.isEmpty || !port.others.isEmpty {
                known += 1
            } else if port.neighbours.isEmpty {
                silent += 1
            }
        }
        return known > 0 && known >= silent
    }

    /// Ports that lead to switches that were asked; two are enough to know that one port is not the only way out.
    private static func knownUplinks(_ state: NetworkMap.SwitchState, _ scene: Scene) -> [UInt32] {
        let found = state.ports.lazy.filter { port in
            port.isUplink
                && (port.neighbours.isEmpty || port.neighbours.contains { scene.isAsked($0, at: state.site) })
        }
        return found.prefix(2).map(\.port.ifIndex)
    }

    /// Desk switches have five or eight ports: more addresses than that at the fullest port of a switch whose uplink nobody
    /// names are the rest of the network.
    private static func wayOut(_ state: NetworkMap.SwitchState) -> UInt32? {
        guard !state.ports.contains(where: \.isUplink) else { return nil }
        let fullest = state.ports.max { ($0.devices.count, $1.port.ifIndex) < ($1.devices.count, $0.port.ifIndex) }
        return fullest.flatMap { $0.devices.count > 8 ? $0.port.ifIndex : nil }
    }

    private func look(
        at state: NetworkMap.PortState, of owner: NetworkMap.SwitchState, before: PortMemory, _ scene: Scene,
        isTableTrusted: Bool, hasRestarted: Bool, lastPolled: Timestamp?, wayOut: UInt32?, uplinks: [UInt32]
    ) -> PortLook {
        let port = state.port
        let site = owner.site
        let place = Finding.Port(
            site: site, agent: owner.about.agent, ifIndex: port.ifIndex, port: port.name)
        let devices = state.devices.filter { !Exempt.isRedundancy($0) }
        let telephone = state.neighbours.first { $0.abilities.contains(.telephone) }?.hardware
        let direct = state.isUplink ? nil : telephone ?? (devices.count == 1 ? devices.first : nil)
        let hasFlapped = !hasRestarted && Self.hasFlapped(port, before)
        let known = direct.flatMap { self.devices[DeviceKey(site: site, hardware: $0)] }
        let isLearned = (known?.confirmations ?? 0) >= limits.pollsOfANormal
        let flaps = before.polls == 0 ? nil : before.flaps + (hasFlapped ? 1 : 0)
        var foreign: HardwareAddress?
        if let bridge = port.designatedBridge, bridge != owner.about.chassis, scene.owner(of: bridge, at: site) == nil {
            foreign = bridge
        }
        let seconds = (before.framesTold ?? lastPolled).map { Cloned.seconds(from: $0, to: owner.polled) } ?? 0
        var newFrames: UInt64?
        if let now = port.framesIn, let then = before.framesIn, now >= then { newFrames = now - then }
        return PortLook(
            place: place, polled: owner.polled, port: port, isUplink: state.isUplink, devices: devices,
            others: state.others, neighbours: state.neighbours, direct: direct,
            signature: PhysicalSignature(port, flaps: flaps),
            normal: isLearned ? known?.normal : nil, confirmations: known?.confirmations ?? 0,
            isAtHome: known?.normalPort.map { $0.agent == place.agent && $0.port == place.port } ?? true,
            hasFlapped: hasFlapped, newFrames: newFrames, secondsSince: seconds,
            wasAwake: (known?.awake ?? 0) >= 2, isHeard: before.isHeard && !hasFlapped,
            edgePolls: before.edgePolls, pollsWithoutBridge: before.pollsWithoutBridge, hadBridge: before.hadBridge,
            foreignBridge: foreign, isTableTrusted: isTableTrusted,
            wireless: devices.count { stations[DeviceKey(site: site, hardware: $0)] != nil },
            isPeered: state.neighbours.contains { scene.isAsked($0, at: site) },
            leadsToAccessPoint: state.isAccessPoint,
            vlanCount: scene.vlanCount(AgentKey(site: site, agent: place.agent), port.ifIndex),
            hasOtherUplink: uplinks.contains { $0 != port.ifIndex }, isWayOut: port.ifIndex == wayOut)
    }

    /// lastChange is counted from a clock of hundredths that drifts: two seconds are the same moment.
    private static func hasFlapped(_ port: SwitchPort, _ before: PortMemory) -> Bool {
        guard before.polls > 0 else { return false }
        if let was = before.isUp, let now = port.isUp, was != now { return true }
        guard let then = before.lastChange, let now = port.lastChange else { return false }
        let (apart, overflow) = now.nanoseconds.subtractingReportingOverflow(then.nanoseconds)
        return overflow || apart > 2_000_000_000
    }

    private static func remember(_ look: PortLook, in memory: inout PortMemory) {
        let hasBridge = look.foreignBridge != nil || look.neighbours.contains(where: \.isSwitch)
        if memory.polls == 0 { memory.hadBridge = hasBridge }
        memory.changes = memory.changes << 1 | (look.hasFlapped ? 1 : 0)
        memory.isUp = look.port.isUp
        memory.lastChange = look.port.lastChange
        if memory.framesIn != look.port.framesIn || memory.framesTold == nil { memory.framesTold = look.polled }
        memory.framesIn = look.port.framesIn
        memory.isHeard = look.isHeard || !look.devices.isEmpty || !look.others.isEmpty || !look.neighbours.isEmpty
        if !look.isUplink, !look.devices.isEmpty { memory.edgePolls &+= 1 }
        if !hasBridge { memory.pollsWithoutBridge &+= 1 }
        memory.polls &+= 1
    }

    // MARK: Cases

    mutating func judge(_ verdict: Verdict, by rule: Int, _ card: RuleCard, at look: PortLook) {
        let isOfAddress = card.isEvent && look.direct != nil
        let key = CaseKey(
            rule: rule, site: look.place.site, agent: isOfAddress ? "" : look.place.agent,
            ifIndex: isOfAddress ? 0 : look.place.ifIndex, hardware: isOfAddress ? look.direct?.bits ?? 0 : 0)
        judge(verdict, key, card, at: look.place, look.polled)
    }

    mutating func judge(
        _ verdict: Verdict, _ key: CaseKey, _ card: RuleCard, at place: Finding.Port, _ time: Timestamp
    ) {
        switch verdict {
        case .cannotSay: return
        case .fits:
            guard var known = cases[key] else { return }
            if !known.isConfirmed {
                cases[key] = nil
            } else if known.ended == nil {
                known.ended = time
                cases[key] = known
            }
        case .suspicious(let suspicion):
            guard var known = cases[key] else {
                guard cases.count < limits.cases else { return overflow &+= 1 }
                var new = Case(suspicion: suspicion, place: place, first: time, last: time)
                new.polls = suspicion.spans
                new.isConfirmed = card.polls <= suspicion.spans && card.seconds == 0
                cases[key] = new
                return
            }
            if known.isConfirmed, known.ended != nil {
                // It is so again: the first time stays what is told.
                known.ended = nil
            }
            if known.isConfirmed, known.suspicion.isDoubtful, !suspicion.isDoubtful { known.suspicion = suspicion }
            if known.last != time { known.polls &+= 1 }
            known.last = time
            if !known.isConfirmed {
                // That the link went down is seen once, when it began.
                let cut = known.suspicion.evidence.filter { piece in
                    piece.fieldName == "link" && !suspicion.evidence.contains { $0.fieldName == "link" }
                }
                known.suspicion = suspicion
                known.suspicion.evidence += cut
                known.place = place
                let (apart, overflow) = time.nanoseconds.subtractingReportingOverflow(known.first.nanoseconds)
                known.isConfirmed =
                    known.polls >= card.polls && !overflow && apart >= card.seconds * 1_000_000_000
            }
            cases[key] = known
        }
    }

    /// Cases that have held, as findings.
    func findings(_ question: Question) -> [Finding] {
        cases.keys.sorted().compactMap { key in
            guard let known = cases[key], known.isConfirmed, Detection.rules.indices.contains(key.rule) else {
                return nil
            }
            let rule = Detection.rules[key.rule]
            let card = rule.card
            var finding = Finding(
                rule: card.name, title: known.suspicion.title, severity: known.suspicion.severity,
                evidence: known.suspicion.evidence)
            finding.technique = card.technique
            finding.falseAlarm = card.falseAlarm
            finding.since = known.first
            finding.place = known.place
            finding.addresses = known.suspicion.addresses.sorted()
            if let ended = known.ended, !card.isEvent { finding.title += ", until \(ended)" }
            return rule.confirm(&finding, in: question) ? finding : nil
        }
    }
}
