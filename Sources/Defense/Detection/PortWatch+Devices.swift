//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Devices through the polls: what is normal for each, where it was, and whether it is still there.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension PortWatch {
    /// Differences that make a signature another one: hardware, power, or the link.
    static let strangeness = 20

    /// Learns the normal of the device at the other end: what was alike in three polls. Another signature takes its place
    /// when it was alike in three polls, too; what a poll does not say stays as it was.
    mutating func learnNormal(_ look: PortLook) {
        guard let hardware = look.direct, look.port.isUp != false else { return }
        let key = DeviceKey(site: look.place.site, hardware: hardware)
        guard var memory = devices[key] ?? newDevice(at: look.polled) else { return }
        // Flaps are the cable's history, not the device's normal.
        var now = look.signature
        now.flaps = nil
        guard let normal = memory.normal else {
            memory.normal = now
            memory.normalPort = look.place
            memory.confirmations = 1
            devices[key] = memory
            return
        }
        let isAtHome = memory.normalPort == look.place
        let apart = normal.differences(to: now).filter { isAtHome || $0.part.isOfDevice }.reduce(0) { $0 + $1.points }
        if apart < Self.strangeness {
            memory.confirmations = min(memory.confirmations + 1, 1 << 30)
            if isAtHome, !look.hasFlapped, look.isAwake { memory.awake = min(memory.awake + 1, 1 << 30) }
            memory.normal = isAtHome ? normal.filled(with: now) : now.filled(with: normal)
            memory.normalPort = look.place
            memory.strange = nil
            memory.strangePolls = 0
        } else {
            let isAsBefore = memory.strange.map { $0.distance(to: now) < Self.strangeness } ?? false
            memory.strangePolls = isAsBefore ? memory.strangePolls + 1 : 1
            memory.strange = isAsBefore ? memory.strange?.filled(with: now) : now
            if memory.strangePolls >= limits.pollsOfANormal {
                memory.normal = memory.strange
                memory.normalPort = look.place
                memory.confirmations = memory.strangePolls
                memory.awake = 0
                memory.strange = nil
                memory.strangePolls = 0
            }
        }
        devices[key] = memory
    }

    private mutating func newDevice(at time: Timestamp) -> DeviceMemory? {
        guard devices.count < limits.devices else {
            overflow &+= 1
            return nil
        }
        return DeviceMemory(firstSeen: time, lastSeen: time)
    }

    /// Follows every address that has a place: where it is, where it was.
    mutating func follow(_ scene: Scene) {
        var seen: Set<DeviceKey> = []
        var moved: [[String]: [DeviceKey]] = [:]
        for found in scene.map.places where !found.place.isUplink {
            let agent = AgentKey(site: found.site, agent: found.place.agent)
            let key = DeviceKey(site: found.site, hardware: found.hardware)
            seen.insert(key)
            // On the air it roams: where it is says nothing of a cable.
            if found.place.wireless != nil { continue }
            guard scene.fresh.contains(agent), let state = scene.state(agent),
                var memory = devices[key] ?? newDevice(at: state.polled)
            else { continue }
            memory.lastSeen = state.polled
            memory.polls &+= 1
            memory.missed = 0
            let old = Self.stay(found, at: state.polled, in: &memory, limits)
            lookForClone(of: found, memory, key, scene, at: state.polled)
            if let old {
                moved[[found.site, old, found.place.agent], default: []].append(key)
            }
            devices[key] = memory
        }
        // A closet that was rebuilt moves many at once, from one switch to another, or within a stack.
        for (way, keys) in moved where keys.count >= 4 && way[1] != way[2] || keys.count >= 8 {
            for key in keys {
                guard let last = devices[key]?.stays.indices.last else { continue }
                devices[key]?.stays[last].isRebuilding = true
            }
        }
        for (key, memory) in devices where !seen.contains(key) {
            guard let last = memory.stays.last,
                scene.fresh.contains(AgentKey(site: key.site, agent: last.port.agent))
            else { continue }
            devices[key]?.missed = min(memory.missed + 1, 1 << 30)
        }
    }

    /// One address at two edge ports, or at them in turn while both are up.
    private mutating func lookForClone(
        of found: DevicePlace, _ memory: DeviceMemory, _ key: DeviceKey, _ scene: Scene, at time: Timestamp
    ) {
        let suspect = CaseKey(rule: Self.cloneRule, site: key.site, agent: "", ifIndex: 0, hardware: key.hardware.bits)
        guard !Cloned.isExempt(key.hardware), stations[key] == nil else { return }
        var ports = found.others.isEmpty ? [] : Cloned.ports(of: found, scene)
        var isInTurn = false
        if ports.count < 2, memory.returns >= Cloned.returns, let other = memory.other,
            let here = memory.stays.last?.port,
            [here, other].allSatisfy({ port in
                let state = scene.port(AgentKey(site: port.site, agent: port.agent), port.ifIndex)
                return state?.port.isUp == true && state?.isUplink == false
            })
        {
            ports = [here, other].sorted()
            isInTurn = true
        }
        guard let first = ports.first, ports.count > 1 else {
            if cases[suspect] != nil { judge(.fits, suspect, Cloned.card, at: found.finding, time) }
            return
        }
        let suspicion = Cloned.suspicion(key.hardware, at: ports, isInTurn: isInTurn)
        judge(.suspicious(suspicion), suspect, Cloned.card, at: first, time)
    }

    private static let cloneRule = Detection.rules.firstIndex { $0 == Cloned.self } ?? 0

    /// Whether it came after its first switch was first looked at.
    func isNewcomer(_ memory: DeviceMemory, at site: String) -> Bool {
        guard let first = memory.stays.first, let agent = agents[AgentKey(site: site, agent: first.port.agent)] else {
            return false
        }
        return memory.firstSeen > agent.begun
    }

    /// Takes in where it is now; the old switch's agent when that is a move that two polls confirm.
    private static func stay(
        _ found: DevicePlace, at time: Timestamp, in memory: inout DeviceMemory, _ limits: WatchLimits
    ) -> String? {
        let port = Finding.Port(
            site: found.site, agent: found.place.agent, ifIndex: found.place.ifIndex, port: found.place.port)
        let now = Stay(
            port: port, switchName: found.place.switchName, vlan: found.place.vlan, since: time, until: time)
        guard let last = memory.stays.indices.last else {
            memory.stays = [now]
            return nil
        }
        if memory.stays[last].isSame(as: now) {
            memory.stays[last].port = port
            memory.stays[last].vlan = now.vlan ?? memory.stays[last].vlan
            memory.stays[last].until = time
            memory.stays[last].polls = min(memory.stays[last].polls + 1, 1 << 30)
            if let next = memory.next {
                memory.returns = min(memory.returns + 1, 1 << 30)
                memory.other = next.port
                memory.steady = 0
            } else {
                memory.steady = min(memory.steady + 1, 1 << 30)
                // Four polls at one place: that was a walk with a laptop between two docks.
                if memory.steady >= 4 { memory.returns = 0 }
            }
            memory.next = nil
            return nil
        }
        guard var next = memory.next, next.isSame(as: now) else {
            memory.next = now
            return nil
        }
        next.until = time
        next.polls += 1
        memory.next = nil
        memory.returns = 0
        let old = memory.stays[last].port.agent
        memory.stays.append(next)
        // The first place stays: it is where the device belongs.
        if memory.stays.count > limits.staysOfADevice { memory.stays.remove(at: 1) }
        return old
    }
}

extension DevicePlace {
    var finding: Finding.Port {
        Finding.Port(site: site, agent: place.agent, ifIndex: place.ifIndex, port: place.port)
    }
}

extension PhysicalSignature {
    /// With what the other knows and this does not; what both know stays.
    func filled(with other: PhysicalSignature) -> PhysicalSignature {
        var result = self
        result.speed = speed ?? other.speed
        result.duplex = duplex ?? other.duplex
        result.medium = medium ?? other.medium
        result.offers = offers ?? other.offers
        result.says = says ?? other.says
        result.wake = wake ?? other.wake
        switch (power, other.power) {
        case (nil, let theirs): result.power = theirs
        case (.drawn(let deviceClass, let band), .drawn(let theirClass, let theirBand)):
            result.power = .drawn(deviceClass: deviceClass ?? theirClass, band: band ?? theirBand)
        default: break
        }
        return result
    }
}
