//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Weak wireless: devices on a network that anybody may join, listen to, or take the key of.
//
// - Inputs: what controllers, access points and login servers say of each station's network and its guard.
// - Evidence: network, guard, who says so, and the access points.
// - ATT&CK: T1669 Wi-Fi Networks (a way in by the air).
// - A false alarm: a network for guests that leads only to the Internet, or old devices that are kept apart.
// - Guards: one finding a network's name, not one a device; only the newest word on a station counts; what nobody says
//   how it is guarded is no finding.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One finding a network name at a site, however many access points offer it: open, WEP and TKIP are no guard, and a key
/// that all share leaves with the first device that is lost, stolen or sold (WPA2-PSK, SAE).
///
/// How a network is guarded is only what its controller says; one that says nothing gives no finding.
public enum WeakWireless: DetectionRule {
    /// T1669, Wi-Fi Networks: initial access by a network's weak guard.
    public static let card = RuleCard(
        name: "network.weakWireless", technique: "T1669", severity: .medium,
        falseAlarm: "A network for guests that is meant to be open and leads only to the Internet, or old devices that "
            + "know no better and are kept apart.", polls: 1)

    public static func ask(_ question: Question) -> [Finding] { findings(in: question.map) }

    private struct Network: Hashable, Comparable {
        var site: String
        var ssid: String
        static func < (one: Self, other: Self) -> Bool { (one.site, one.ssid) < (other.site, other.ssid) }
    }

    private struct Use {
        var security: WirelessSecurity
        var stations: Set<HardwareAddress> = []
        var points: Set<String> = []
        var agents: Set<String> = []
        var since: Timestamp
    }

    /// Sorted by site, then by the network's name.
    public static func findings(in map: NetworkMap) -> [Finding] {
        var uses: [Network: Use] = [:]
        for station in map.stations {
            // Only the newest word counts: the station has left the others.
            guard let report = station.reports.first, let ssid = report.ssid, let security = report.security,
                security.isWeak
            else { continue }
            let network = Network(site: station.site, ssid: ssid)
            var use = uses[network] ?? Use(security: security, since: report.since)
            use.security = WirelessSecurity.weaker(use.security, security) ?? security
            use.stations.insert(station.hardware)
            if let point = report.accessPoint { use.points.insert(point) }
            use.agents.insert(report.agent)
            use.since = min(use.since, report.since)
            uses[network] = use
        }
        return uses.sorted { $0.key < $1.key }.map { finding($0.key, $0.value) }
    }

    private static func finding(_ network: Network, _ use: Use) -> Finding {
        let count = "\(use.stations.count) device\(use.stations.count == 1 ? "" : "s")"
        let words: (title: String, severity: Finding.Severity) =
            switch use.security {
            case .open: ("\(count) on a wireless network without a key: \(network.ssid)", .medium)
            case .wep: ("\(count) on a wireless network with WEP, which is broken: \(network.ssid)", .medium)
            case .tkip: ("\(count) on a wireless network with TKIP, which is outdated: \(network.ssid)", .medium)
            case .sharedKey, .enterprise: ("\(count) on a wireless network with one key for all: \(network.ssid)", .low)
            }
        let stations = use.stations.sorted()
        let evidence =
            use.agents.sorted().prefix(8).map { agent in
                Evidence(
                    field: nil, protocolName: "wireless", fieldName: "security",
                    value: "\(network.ssid): \(use.security.rawValue), says \(agent)", rule: card.name,
                    seen: UInt64(use.stations.count), weight: 1_000)
            }
            + use.points.sorted().prefix(8).map { point in
                Evidence(
                    field: nil, protocolName: "wireless", fieldName: "accessPoint", value: point, rule: card.name,
                    seen: 1,
                    weight: 0)
            }
        let suspicion = Suspicion(
            words.title, severity: words.severity, addresses: stations, evidence: Array(evidence))
        return finding(suspicion, since: use.since, place: nil)
    }
}
