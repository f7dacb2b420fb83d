//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Cloned: is one address in two places at once?
//
// - Inputs: edge ports at which the newest polls have an address, or where it appears in turn; access points that list it.
// - Evidence: both places.
// - ATT&CK: T1036 Masquerading.
// - A false alarm: a server with one address on two cards (some clusters), or an uplink that nobody named.
// - Guards: an older row ages within 300 s (dot1dTpAgingTime, RFC 4188), so both must be there in two polls that are as
//   far apart; a port that is down proves nothing; bundles, crowded ports, access points and their stations, guests of
//   virtual machines, shared addresses of routers, two VLANs of one switch, and one switch under two names are left out.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum Cloned: DetectionRule {
    public static let card = RuleCard(
        name: "port.cloned", technique: "T1036", severity: .high,
        falseAlarm: "A cluster that uses one address on two cards, or an uplink that neither end names.", polls: 2,
        seconds: 300, isEvent: true)

    /// A telephone, its computer and a little more; behind a fuller port is a switch.
    static let crowd = 4
    /// Polls one after the other in which the address was back where it belongs after it had been elsewhere.
    static let returns: UInt32 = 2

    /// Ports of one address that count, sorted; fewer than two are no clone.
    static func ports(of found: DevicePlace, _ scene: Scene) -> [Finding.Port] {
        var ports: [(Finding.Port, UInt16?)] = []
        for place in [found.place] + found.others {
            let key = AgentKey(site: found.site, agent: place.agent)
            guard let state = scene.port(key, place.ifIndex), state.port.isUp != false, !state.isUplink,
                !state.isAccessPoint,
                state.devices.count <= crowd, state.port.bundle == nil, state.port.kind != 161,
                !state.neighbours.contains(where: { $0.isSwitch || $0.abilities.contains(.accessPoint) })
            else { continue }
            let port = Finding.Port(site: found.site, agent: place.agent, ifIndex: place.ifIndex, port: place.port)
            // One switch may have one card of a router in each of its VLANs.
            if ports.contains(where: { $0.0.agent == port.agent && $0.1 != place.vlan }) { continue }
            // One switch that is known under two names.
            if let chassis = scene.state(key)?.about.chassis,
                ports.contains(where: {
                    $0.0.ifIndex == port.ifIndex && $0.0.agent != port.agent
                        && scene.state(AgentKey(site: found.site, agent: $0.0.agent))?.about.chassis == chassis
                })
            {
                continue
            }
            ports.append((port, place.vlan))
        }
        return ports.map(\.0).sorted()
    }

    static func suspicion(_ address: HardwareAddress, at ports: [Finding.Port], isInTurn: Bool) -> Suspicion {
        Suspicion(
            isInTurn ? "one address is in two places in turn" : "one address is in two places at once",
            severity: card.severity, addresses: [address],
            evidence: ports.prefix(4).map { Evidence("bridge", "port", "\($0.agent) \($0.port)", rule: card.name) })
    }

    static func isExempt(_ address: HardwareAddress) -> Bool {
        Exempt.isGuest(address) || Exempt.isRedundancy(address) || Exempt.isDock(address)
    }

    public static func confirm(_ finding: inout Finding, in question: Question) -> Bool {
        guard let place = finding.place, let address = finding.addresses.first,
            let device = question.device(address, at: place.site)
        else { return true }
        // Routers and firewalls have one address on many cards.
        return device.deviceClass != .network && device.judgements[.type]?.value != "virtual machine"
    }

    /// Two access points that list the same station at once, both anew within a minute, and that for longer than a row
    /// ages: a station that roams leaves one of them.
    public static func ask(_ question: Question) -> [Finding] {
        let watch = question.watch
        return watch.stations.keys.sorted().compactMap { key in
            guard let list = watch.stations[key], list.count > 1, !isExempt(key.hardware) else { return nil }
            let newest = list.map(\.last).max() ?? .epoch
            let together = list.filter {
                seconds(from: $0.last, to: newest) <= 60 && seconds(from: $0.first, to: $0.last) >= card.seconds
            }.sorted { $0.accessPoint < $1.accessPoint }
            guard together.count > 1 else { return nil }
            let since = together.map(\.first).max() ?? newest
            return finding(
                Suspicion(
                    "two access points have one address at once", severity: card.severity, addresses: [key.hardware],
                    evidence: together.prefix(4).map {
                        Evidence("wireless", "accessPoint", $0.accessPoint, rule: card.name)
                    }), since: since, place: nil)
        }
    }

    static func seconds(from one: Timestamp, to other: Timestamp) -> Int64 {
        let (apart, overflow) = other.nanoseconds.subtractingReportingOverflow(one.nanoseconds)
        return overflow ? .max : apart / 1_000_000_000
    }
}
