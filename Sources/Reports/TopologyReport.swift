//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// The topology for people, as text and as a drawing for Graphviz.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

public enum TopologyReport {
    /// Each switch with its ports in use, then links and segments.
    public static func text(of map: NetworkMap, findings: [Finding] = []) -> String {
        if map.switches.isEmpty && map.stations.isEmpty { return "No switch was read.\n" }
        var lines: [String] = []
        var marks: [Finding.Port: [String]] = [:]
        for finding in findings {
            guard let place = finding.place else { continue }
            marks[place, default: []].append("! \(finding.severity.rawValue): \(finding.title)")
        }
        for state in map.switches { lines += paragraph(state, marks, asOf: map.asOf ?? state.polled) + [""] }
        lines += air(map)
        if !map.links.isEmpty {
            lines.append("Links")
            lines += map.links.map { "  \(end($0.one)) — \(end($0.other))" } + [""]
        }
        if !map.segments.isEmpty {
            lines.append("Shared segments")
            for segment in map.segments {
                let ports = segment.ports.map { "\($0.agent) \($0.port)" }.joined(separator: ", ")
                lines.append("  \(segment.devices.count) devices at \(ports)")
            }
            lines.append("")
        }
        return lines.map { SafeText.neutralised($0) }.joined(separator: "\n")
    }

    /// Stations by their access points.
    private static func air(_ map: NetworkMap) -> [String] {
        struct Point: Hashable {
            var site: String
            var name: String
            var ssid: String
            var security: String
        }
        var counts: [Point: Int] = [:]
        for place in map.places {
            guard let wireless = place.place.wireless else { continue }
            let point = Point(
                site: place.site, name: place.place.port, ssid: wireless.ssid ?? "?",
                security: wireless.security?.title ?? "not known how it is guarded")
            counts[point, default: 0] += 1
        }
        if counts.isEmpty { return [] }
        let sorted = counts.sorted { one, other in
            (one.key.site, one.key.name, one.key.ssid, one.key.security)
                < (other.key.site, other.key.name, other.key.ssid, other.key.security)
        }
        return ["On the air"]
            + sorted.map { "  \($0.key.name) · \($0.key.ssid), \($0.key.security) · \($0.value) stations" } + [""]
    }

    private static func paragraph(
        _ state: NetworkMap.SwitchState, _ marks: [Finding.Port: [String]], asOf: Timestamp
    ) -> [String] {
        let about = state.about
        let what = product(about.vendor, about.model)
        let count = state.ports.map(\.devices.count).reduce(0, +)
        var lines = ["\(title(about)) · \(what.isEmpty ? "unknown model" : what) · \(count) devices"]
        let heard = state.heard.map { ", told something itself at \($0)" } ?? ""
        lines.append("  polled \(state.polled), \(state.polled.age(at: asOf)) before the newest answer\(heard)")
        if !about.missingMibs.isEmpty {
            lines.append("  does not answer \(about.missingMibs.joined(separator: ", "))")
        }
        if about.unplacedRows > 0 { lines.append("  \(about.unplacedRows) forwarding rows name no port") }
        for port in state.ports {
            let key = Finding.Port(
                site: state.site, agent: about.agent, ifIndex: port.port.ifIndex, port: port.port.name)
            let marks = marks[key] ?? []
            if !port.devices.isEmpty || port.isUplink || !marks.isEmpty { lines.append("  " + line(port)) }
            lines += marks.map { "    " + $0 }
        }
        return lines
    }

    /// `graph { … }` for `dot -Tsvg`: switches, links between them, and shared segments.
    public static func dot(of map: NetworkMap) -> String {
        var lines = ["graph wardlight {", "  node [shape=box fontname=\"sans-serif\"];"]
        for state in map.switches {
            let count = state.ports.map(\.devices.count).reduce(0, +)
            let label = quoted("\(title(state.about))\n\(count) devices")
            lines.append("  \(quoted(state.site + "/" + state.about.agent)) [label=\(label)];")
        }
        for link in map.links where link.isBetweenSwitches {
            let ends = [link.one, link.other].map { end in
                quoted(link.site + "/" + (end.agent ?? end.chassis ?? end.name ?? "?"))
            }
            if link.other.agent == nil {
                let label = quoted(link.other.name ?? link.other.chassis ?? "?")
                lines.append("  \(ends[1]) [label=\(label) style=dashed];")
            }
            let label = quoted("\(link.one.port ?? "?") – \(link.other.port ?? "?")")
            lines.append("  \(ends[0]) -- \(ends[1]) [label=\(label)];")
        }
        for segment in map.segments {
            let name = quoted("segment \(segment.site)/\(segment.name)")
            lines.append("  \(name) [shape=ellipse label=\(quoted("\(segment.devices.count) devices share it"))];")
            for port in segment.ports {
                lines.append("  \(quoted(segment.site + "/" + port.agent)) -- \(name) [label=\(quoted(port.port))];")
            }
        }
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    private static func title(_ about: Switch) -> String {
        guard let name = about.name, name != about.agent else { return about.agent }
        return "\(name) (\(about.agent))"
    }

    private static func line(_ state: NetworkMap.PortState) -> String {
        var words = [state.port.name]
        if let vlan = state.port.vlan { words.append("VLAN \(vlan)") }
        if state.isUplink { words.append("uplink") }
        if state.isAccessPoint { words.append("access point") }
        if let power = state.port.poe?.deviceClass { words.append("PoE class \(power)") }
        var shown = state.devices.prefix(4).map(\.description)
        if state.devices.count > 4 { shown.append("and \(state.devices.count - 4) more") }
        if !shown.isEmpty { words.append(shown.joined(separator: ", ")) }
        return words.joined(separator: " · ")
    }

    private static func end(_ end: SwitchLink.End) -> String {
        [end.name ?? end.agent ?? end.chassis ?? "?", end.port].compactMap { $0 }.joined(separator: " ")
    }

    /// A text of DOT: quotes and backslashes escaped, line feeds as `\n`, other control characters made spaces.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
            }
        }
        return result + "\""
    }
}
