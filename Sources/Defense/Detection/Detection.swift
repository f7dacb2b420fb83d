//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Detection: what does not fit, by all rules together.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Learns observations and answers with findings. The same observations in the same order, the same findings.
///
/// Rules about ports see each poll once, when the next round of polls begins (`isRoundOver`) or an answer is wanted.
public struct Detection: Sendable, Codable {
    /// All rules about ports, in the order in which they are told.
    public static let rules: [any DetectionRule.Type] = [
        Swapped.self, Cloned.self, InBetween.self, HiddenHub.self, SpeaksAsBridge.self, Silent.self,
        PowerChanged.self, Slower.self, Moved.self, Absent.self, Stranger.self, SecondServer.self,
        WeakWireless.self,
    ]

    public private(set) var ports: PortWatch
    public private(set) var servers = ServerWatch()
    public private(set) var voices = VoiceWatch()

    public init(limits: WatchLimits = WatchLimits()) { ports = PortWatch(limits: limits) }

    /// Whether this observation begins a new poll of a switch whose last one has not been looked at yet: the map as it
    /// stands before it must be given to `settle` first.
    public func isRoundOver(before observation: Observation) -> Bool { ports.isRoundOver(before: observation) }

    /// Looks at all polls since the last round. Costs a pass over the map.
    public mutating func settle(_ map: NetworkMap) { ports.settle(map) }

    /// Takes one observation in.
    public mutating func learn(_ observation: Observation) {
        ports.learn(observation)
        servers.learn(observation)
        voices.learn(observation)
    }

    /// All findings now, sorted by place. A copy looks at polls that no round has looked at yet.
    public func findings(map: NetworkMap, devices: [Device]) -> [Finding] {
        var watch = ports
        watch.settle(map)
        return findings(
            Question(map: map, devices: devices, watch: watch, servers: servers, voices: voices))
    }

    private func findings(_ question: Question) -> [Finding] {
        var findings = question.watch.findings(question)
        for rule in Self.rules { findings += rule.ask(question) }
        // The same rule, from the memory and from the kind of device: told once, as the memory words it.
        var told: Set<[String]> = []
        findings = findings.filter { finding in
            let place = finding.place.map { [$0.site, $0.agent, String($0.ifIndex)] } ?? []
            return told.insert(
                [finding.rule, finding.technique ?? ""] + place + ["|"] + finding.addresses.map(\.description)
            ).inserted
        }
        return findings.sorted(by: Self.isEarlier)
    }

    /// Fills into an answer what is known here: findings, also those of each device; signatures of ports and devices;
    /// where a device was before; and among the oddities what found no room.
    ///
    /// - Parameter zones: Of switches, by agent or name, where people said so.
    public func complete(_ snapshot: inout InventorySnapshot, zones: [String: String] = [:]) {
        snapshot.findings = raised(&snapshot, zones)
        snapshot.count(.servers, servers.overflow)
        snapshot.count(.voices, voices.overflow)
        snapshot.count(.topology, snapshot.network?.overflow ?? 0)
        var owners: [String: [HardwareAddress: Int]] = [:]
        for (index, device) in snapshot.devices.enumerated() {
            for address in device.mac { owners[device.site, default: [:]][address] = index }
        }
        for finding in snapshot.findings {
            var told: Set<Int> = []
            for address in finding.addresses {
                for site in owners.keys.sorted() where finding.place == nil || finding.place?.site == site {
                    if let index = owners[site]?[address], told.insert(index).inserted {
                        snapshot.devices[index].findings.append(finding)
                    }
                }
            }
        }
    }

    /// What the rules find by the ports as they are now. Their watch is copied for it and as large as all ports; it goes here.
    private func raised(_ snapshot: inout InventorySnapshot, _ zones: [String: String]) -> [Finding] {
        var watch = ports
        watch.settle(snapshot.network ?? NetworkMap())
        watch.describe(&snapshot)
        snapshot.count(.ports, watch.overflow)
        snapshot.count(.forgotten, watch.forgotten)
        return findings(
            Question(
                map: snapshot.network ?? NetworkMap(), devices: snapshot.devices, watch: watch, servers: servers,
                voices: voices, zones: zones))
    }

    private static func isEarlier(_ one: Finding, _ other: Finding) -> Bool {
        switch (one.place, other.place) {
        case (let a?, let b?) where a != b: return a < b
        case (.some, nil): return true
        case (nil, .some): return false
        default: break
        }
        if one.rule != other.rule { return one.rule < other.rule }
        if one.addresses != other.addresses {
            return one.addresses.lexicographicallyPrecedes(other.addresses)
        }
        return one.title < other.title
    }
}
