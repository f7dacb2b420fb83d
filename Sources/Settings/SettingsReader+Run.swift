//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// The service in the settings: its folder, interfaces, door and limits.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Yams

extension SettingsReader {
    static let runKeys = [
        "data", "interfaces", "polls", "traps", "timeZone", "server", "limits", "syslog", "webhook", "downtime",
        "backup",
        "sites",
    ]

    mutating func run(_ values: [String: Node], site: String, _ run: inout RunSettings) {
        if let node = values["data"], let path = path(node, "data") { run.data = path }
        if let node = values["interfaces"] { run.interfaces = interfaces(node, site: site) }
        if let node = values["polls"], let parts = mapping(node, "polls", keys: ["every"]), let every = parts["every"] {
            run.pollSeconds = seconds(every, "polls: every", RunSettings.pollIntervals) ?? run.pollSeconds
        }
        if let node = values["traps"] { run.traps = traps(node) }
        if let node = values["timeZone"], let zone = timeZone(node) { run.zone = zone }
        if let node = values["server"] { server(node, &run.server) }
        if let node = values["limits"] { limits(node, &run.limits) }
        if let node = values["syslog"] { run.syslog = syslog(node) }
        if let node = values["webhook"] { run.webhooks = webhooks(node) }
        if let node = values["downtime"] { run.downtime = copies(node, "downtime", everySeconds: 3_600) }
        if let node = values["backup"] { run.backup = copies(node, "backup", everySeconds: 86_400) }
        if let node = values["sites"] { sites(node, &run) }
    }

    // MARK: Interfaces

    private mutating func interfaces(_ node: Node, site: String) -> [RunSettings.Interface] {
        var found: [RunSettings.Interface] = []
        for (number, entry) in list(node, "interfaces", most: RunSettings.mostInterfaces).enumerated() {
            let what = "interfaces[\(number + 1)]"
            guard let parts = mapping(entry, what, keys: ["name", "site"]) else { continue }
            guard let nameNode = parts["name"] else {
                complain(entry, "\(what): 'name' is missing, such as eth1; `ip link` lists them.")
                continue
            }
            // 15 octets: IFNAMSIZ of Linux, less the zero at its end.
            guard let name = text(nameNode, "\(what): name", most: 15) else { continue }
            guard !name.contains("/"), !name.contains(where: \.isWhitespace), name != ".", name != ".." else {
                complain(nameNode, "\(what): \(Self.shown(name)) is no name of an interface; `ip link` lists them.")
                continue
            }
            guard !found.contains(where: { $0.name == name }) else {
                complain(entry, "\(what): \(Self.shown(name)) is heard already; leave one of them out.")
                continue
            }
            let site = parts["site"].flatMap { text($0, "\(what): site", most: 64) } ?? site
            found.append(RunSettings.Interface(name: name, site: site))
        }
        return found
    }

    // MARK: Doors

    private mutating func traps(_ node: Node) -> RunSettings.Traps? {
        guard let values = mapping(node, "traps", keys: ["address", "port"]) else { return nil }
        var traps = RunSettings.Traps()
        if let node = values["address"], let text = text(node, "traps: address", most: 64) {
            if IPAddress(text) == nil {
                complain(node, "traps: address: \(Self.shown(text)) is no address in numbers, such as 192.0.2.5.")
            } else {
                traps.address = text
            }
        }
        if let node = values["port"], let port = number(node, "traps: port", 1...65_535) { traps.port = UInt16(port) }
        return traps
    }

    private mutating func server(_ node: Node, _ server: inout RunSettings.Server) {
        let keys = ["address", "port", "hostName", "plain", "certificate", "key"]
        guard let values = mapping(node, "server", keys: keys) else { return }
        if let node = values["address"], let text = text(node, "server: address", most: 64) {
            if IPAddress(text) == nil {
                complain(node, "server: address: \(Self.shown(text)) is no address in numbers, such as 0.0.0.0 or ::.")
            } else {
                server.address = text
            }
        }
        if let node = values["port"], let port = number(node, "server: port", 1...65_535) {
            server.port = UInt16(port)
        }
        if let node = values["hostName"], let name = host(node, "server: hostName") { server.hostName = name }
        if let node = values["plain"] { server.plain = flag(node, "server: plain") ?? false }
        if let node = values["certificate"] { server.certificate = path(node, "server: certificate") }
        if let node = values["key"] { server.key = path(node, "server: key") }
        if (values["certificate"] == nil) != (values["key"] == nil) {
            complain(node, "server takes both certificate and key, or neither; `wardlight init` makes them.")
        }
        if server.plain, !server.isLoopback {
            complain(
                values["plain"] ?? node,
                "server: 'plain' sends passwords in clear, so it goes with address 127.0.0.1 or ::1 only; leave it out."
            )
        }
    }

    // MARK: Limits

    private mutating func limits(_ node: Node, _ limits: inout RunSettings.Limits) {
        let keys = ["devices", "retention", "segment", "subscribers", "requestsPerSecond", "body"]
        guard let values = mapping(node, "limits", keys: keys) else { return }
        if let node = values["devices"] {
            limits.devices = number(node, "limits: devices", RunSettings.Limits.deviceCounts) ?? limits.devices
        }
        if let node = values["retention"] {
            let range = Int(RunSettings.Limits.retentions.lowerBound)...Int(RunSettings.Limits.retentions.upperBound)
            if let seconds = seconds(node, "limits: retention", range) { limits.retentionSeconds = Int64(seconds) }
        }
        if let node = values["segment"] {
            limits.segmentOctets =
                octets(node, "limits: segment", RunSettings.Limits.segmentSizes) ?? limits.segmentOctets
        }
        if let node = values["subscribers"] {
            limits.subscribers =
                number(node, "limits: subscribers", RunSettings.Limits.subscriberCounts) ?? limits.subscribers
        }
        if let node = values["requestsPerSecond"] {
            limits.requestsPerSecond =
                number(node, "limits: requestsPerSecond", RunSettings.Limits.requestRates) ?? limits.requestsPerSecond
        }
        if let node = values["body"] {
            limits.bodyOctets = octets(node, "limits: body", RunSettings.Limits.bodySizes) ?? limits.bodyOctets
        }
    }

    // MARK: What is told to others

    private mutating func syslog(_ node: Node) -> [RunSettings.Syslog] {
        var found: [RunSettings.Syslog] = []
        for (number, entry) in list(node, "syslog", most: RunSettings.mostOutlets).enumerated() {
            let what = "syslog[\(number + 1)]"
            guard let values = mapping(entry, what, keys: ["host", "port", "ca"]) else { continue }
            guard let hostNode = values["host"] else {
                complain(entry, "\(what): 'host' is missing: the collector's name or address.")
                continue
            }
            guard let host = host(hostNode, "\(what): host") else { continue }
            let port = values["port"].flatMap { self.number($0, "\(what): port", 1...65_535) } ?? 6_514
            found.append(
                RunSettings.Syslog(
                    host: host, port: UInt16(port), authorities: values["ca"].flatMap { path($0, "\(what): ca") }))
        }
        return found
    }

    private mutating func webhooks(_ node: Node) -> [RunSettings.Webhook] {
        var found: [RunSettings.Webhook] = []
        for (number, entry) in list(node, "webhook", most: RunSettings.mostOutlets).enumerated() {
            let what = "webhook[\(number + 1)]"
            guard let values = mapping(entry, what, keys: ["url", "secret"]) else { continue }
            guard let urlNode = values["url"], let secretNode = values["secret"] else {
                complain(entry, "\(what) takes url (https://…) and secret ({file: PATH} or {env: NAME}).")
                continue
            }
            guard let url = text(urlNode, "\(what): url", most: 2_048) else { continue }
            guard let parts = URLComponents(string: url), parts.scheme == "https", parts.host?.isEmpty == false,
                parts.user == nil, parts.password == nil, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else {
                complain(
                    urlNode, "\(what): url begins with https:// and names a host; no name or password stands in it.")
                continue
            }
            guard let secret = secret(secretNode, "\(what): secret", leastOctets: 8) else { continue }
            found.append(RunSettings.Webhook(url: url, secret: secret.secret))
        }
        return found
    }

    private mutating func copies(_ node: Node, _ what: String, everySeconds: Int) -> RunSettings.Copies? {
        guard let values = mapping(node, what, keys: ["folder", "every"]) else { return nil }
        guard let folderNode = values["folder"] else {
            complain(node, "\(what): 'folder' is missing: where it is written to.")
            return nil
        }
        guard let folder = path(folderNode, "\(what): folder") else { return nil }
        let every = values["every"].flatMap { seconds($0, "\(what): every", RunSettings.copyIntervals) }
        return RunSettings.Copies(folder: folder, everySeconds: every ?? everySeconds)
    }

    // MARK: Kinds

    /// A whole path; what does not begin with `/` begins where the settings are.
    mutating func path(_ node: Node, _ what: String) -> String? {
        guard let text = text(node, what, most: 4_096) else { return nil }
        guard !text.utf8.contains(0) else {
            complain(node, "\(what) takes the path of a file.")
            return nil
        }
        return text.hasPrefix("/") ? text : folder + "/" + text
    }

    private mutating func flag(_ node: Node, _ what: String) -> Bool? {
        if case .scalar(let scalar) = node {
            if scalar.string == "true" { return true }
            if scalar.string == "false" { return false }
        }
        complain(node, "\(what) takes true or false.")
        return nil
    }

    /// Seconds of `30s`, `5m`, `1h`, `400d`.
    mutating func seconds(_ node: Node, _ what: String, _ range: ClosedRange<Int>) -> Int? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        if case .scalar(let scalar) = node, let last = scalar.string.last, let unit = units[last],
            let number = Int(scalar.string.dropLast()), number > 0
        {
            let (seconds, overflow) = number.multipliedReportingOverflow(by: unit)
            if !overflow, range.contains(seconds) { return seconds }
        }
        func shown(_ seconds: Int) -> String {
            for (unit, letter) in [(86_400, "d"), (3_600, "h"), (60, "m")] where seconds % unit == 0 {
                return "\(seconds / unit)\(letter)"
            }
            return "\(seconds)s"
        }
        complain(
            node,
            "\(what) takes a time such as 30s, 5m, 1h or 2d, from \(shown(range.lowerBound)) to "
                + "\(shown(range.upperBound)).")
        return nil
    }

    /// Octets of `65536`, `512KiB`, `256MiB`, `1GiB`.
    private mutating func octets(_ node: Node, _ what: String, _ range: ClosedRange<Int>) -> Int? {
        let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)]
        if case .scalar(let scalar) = node {
            let text = scalar.string
            let unit = units.first { text.hasSuffix($0.0) }
            let digits = unit == nil ? text[...] : text.dropLast(3)
            if let number = Int(digits.filter { $0 != " " }), number > 0 {
                let (octets, overflow) = number.multipliedReportingOverflow(by: unit?.1 ?? 1)
                if !overflow, range.contains(octets) { return octets }
            }
        }
        func shown(_ octets: Int) -> String {
            for (unit, size) in units.reversed() where octets % size == 0 { return "\(octets / size)\(unit)" }
            return "\(octets)"
        }
        complain(
            node, "\(what) takes a size such as 256MiB, from \(shown(range.lowerBound)) to \(shown(range.upperBound)).")
        return nil
    }
}
