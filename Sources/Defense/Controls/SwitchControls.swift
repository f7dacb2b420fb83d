//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Switch controls: is every port guarded, is anything open that nobody uses, and is like treated alike?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Weak controls that the switches themselves show (docs/controls.md). They are no contradictions: nothing has to have
/// happened for them to be there.
public enum SwitchControls {
    /// Findings about a whole switch stand at this port name.
    public static let wholeSwitch = "*"

    /// Sorted by site, agent and rule; then what is inconsistent across a site, by model.
    public static func findings(map: NetworkMap, devices: [Device], plan: SitePlan) -> [Finding] {
        let openlyAsked = Set(plan.openlyAsked)
        var found: [Finding] = []
        for state in map.switches where state.about.isForwarding {
            found += guards(of: state)
            found += openPorts(of: state)
            if openlyAsked.contains(state.about.agent) {
                found.append(
                    finding(
                        "control.defaultCommunity", "Answers to a community that every switch is sold with", .medium,
                        state, [evidence("snmp", "community", "public or private", "control.defaultCommunity")]))
            }
        }
        return found + mixedRoles(devices, plan)
    }

    // MARK: Guards (802.1X)

    private static func guards(of state: NetworkMap.SwitchState) -> [Finding] {
        let used = state.ports.filter { isEdge($0) && !$0.devices.isEmpty && $0.port.isUp != false }
        guard !used.isEmpty else { return [] }
        let open = used.filter { $0.port.isAuthorised == nil }
        if open.isEmpty { return [] }
        let isNowhere = open.count == used.count
        let rule = isNowhere ? "control.no8021X" : "control.inconsistentGuard"
        let title =
            isNowhere
            ? "No used port is guarded by 802.1X, as far as the switch tells"
            : "802.1X guards \(used.count - open.count) of \(used.count) used ports only"
        let names = evidence("dot1x", "ports without", listed(open.map(\.port.name)), rule)
        return [finding(rule, title, isNowhere ? .low : .medium, state, [names])]
    }

    // MARK: Open ports

    private static func openPorts(of state: NetworkMap.SwitchState) -> [Finding] {
        let open = state.ports.filter {
            isEdge($0) && $0.port.isEnabled == true && $0.port.isUp == false && $0.devices.isEmpty
                && $0.port.isAuthorised == nil
        }
        guard !open.isEmpty else { return [] }
        let words = open.count == 1 ? "A port is" : "\(open.count) ports are"
        return [
            finding(
                "control.openPorts", "\(words) switched on, unguarded and empty", .info, state,
                [evidence("ifTable", "ports", listed(open.map(\.port.name)), "control.openPorts")])
        ]
    }

    /// ifType of Ethernet (IANAifType: ethernetCsmacd); others are loops, bundles and VLAN interfaces.
    private static let ethernet: UInt32 = 6

    private static func isEdge(_ state: NetworkMap.PortState) -> Bool {
        !state.isUplink && !state.isAccessPoint && state.port.bundle == nil
            && (state.port.kind ?? ethernet) == ethernet
    }

    // MARK: Roles of VLANs

    private struct Model: Hashable, Comparable {
        var site: String
        var name: String
        static func < (one: Self, other: Self) -> Bool { (one.site, one.name) < (other.site, other.name) }
    }

    /// Things of one model do one work: medical, building and IoT devices of one model belong to VLANs of one role.
    private static func mixedRoles(_ devices: [Device], _ plan: SitePlan) -> [Finding] {
        guard !plan.roles.isEmpty else { return [] }
        // Of each its first card, for the words.
        var groups: [Model: [SitePlan.Role: [HardwareAddress?]]] = [:]
        for device in devices where [.medical, .building, .iot].contains(device.deviceClass) {
            guard let model = device.judgements[.model]?.value,
                let role = device.place?.vlan.flatMap({ plan.roles[$0] })
            else { continue }
            let vendor = device.judgements[.vendor].map { $0.value + " " } ?? ""
            groups[Model(site: device.site, name: vendor + model), default: [:]][role, default: []].append(
                device.mac.first)
        }
        return groups.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { model, roles in
            let sorted = roles.sorted { ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue) }
            let words = sorted.map { "\($0.key.rawValue) \($0.value.count)" }.joined(separator: ", ")
            var finding = Finding(
                rule: "control.inconsistentRoles", title: "\(model.name) is on VLANs of different roles: \(words)",
                severity: .medium,
                evidence: sorted.map { role, members in
                    let addresses = members.compactMap { $0?.description }.sorted()
                    return evidence("vlan", role.rawValue, listed(addresses), "control.inconsistentRoles")
                })
            // Those that are not where most are.
            finding.addresses = sorted.dropFirst().flatMap { $0.value.compactMap(\.self) }.sorted()
            finding.falseAlarm = "A test bench, or a ward whose VLAN has two uses."
            return finding
        }
    }

    // MARK: Words

    private static func finding(
        _ rule: String, _ title: String, _ severity: Finding.Severity, _ state: NetworkMap.SwitchState,
        _ evidence: [Evidence]
    ) -> Finding {
        var finding = Finding(rule: rule, title: title, severity: severity, evidence: evidence)
        finding.since = state.polled
        finding.place = Finding.Port(
            site: state.site, agent: state.about.agent, ifIndex: 0, port: wholeSwitch)
        return finding
    }

    private static func evidence(_ place: String, _ field: String, _ value: String, _ rule: String) -> Evidence {
        Evidence(place, field, value, rule: rule)
    }

    /// At most so many names in one line of evidence; the number stands in the title.
    private static let mostNames = 24

    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(mostNames).joined(separator: ", ")
        return names.count > mostNames ? "\(shown) and \(names.count - mostNames) more" : shown
    }
}
