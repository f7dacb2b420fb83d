//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// Switches in the settings: whom to ask, with which secret, and how gently.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Yams

extension SettingsReader {
    /// How a switch is asked; also what `defaults:` may set.
    static let manners = ["requestsPerSecond", "timeout", "retries"]
    static let credentials = ["version", "community", "user", "authentication", "privacy"]

    private enum Version: String, CaseIterable {
        case two = "2c"
        case three = "3"
    }

    /// One entry of `switches:`; nil when something is missing or wrong.
    mutating func target(
        _ node: Node, _ what: String, defaults: [String: Node], site: String, freezes: [FreezeWindow]
    ) -> SwitchTarget? {
        let before = problems.count
        let keys =
            ["name", "host", "port", "site", "allowedSmallSwitches", "freeze", "otherAddresses"] + Self.manners
            + Self.credentials
        guard let own = mapping(node, what, keys: keys) else { return nil }
        guard let hostNode = own["host"], let host = self.host(hostNode, "\(what): host") else {
            if own["host"] == nil { complain(node, "\(what): 'host' is missing: the switch's name or address.") }
            return nil
        }
        let port = own["port"].flatMap { number($0, "\(what): port", 1...65_535) } ?? 161
        let usual = port == 161 ? host : "\(host):\(port)"
        let name = own["name"].flatMap { text($0, "\(what): name", most: 128) } ?? usual
        let theirSite = own["site"].flatMap { text($0, "\(what): site", most: 64) } ?? site
        // A switch that says how it is asked is not mixed with the defaults.
        let source = Self.credentials.contains { own[$0] != nil } ? own : defaults
        guard let credential = credential(source, node, what) else { return nil }
        var target = SwitchTarget(
            agent: name, host: host, port: UInt16(port), site: theirSite, credential: credential)
        func manner(_ key: String) -> Node? { own[key] ?? defaults[key] }
        if let node = manner("requestsPerSecond") {
            target.requestsPerSecond =
                number(node, "\(what): requestsPerSecond", SwitchTarget.requestRates) ?? target.requestsPerSecond
        }
        if let node = manner("timeout") {
            target.timeoutMilliseconds =
                milliseconds(node, "\(what): timeout", SwitchTarget.timeouts) ?? target.timeoutMilliseconds
        }
        if let node = manner("retries") {
            target.retries = number(node, "\(what): retries", SwitchTarget.retryCounts) ?? target.retries
        }
        target.freezes = freezes
        if let node = own["freeze"] { target.freezes += self.freezes(node, "\(what): freeze") }
        if let node = own["allowedSmallSwitches"] {
            target.allowedSmallSwitches = list(node, "\(what): allowedSmallSwitches", most: 4_096).compactMap {
                text($0, "\(what): allowedSmallSwitches")
            }
        }
        if let node = own["otherAddresses"] {
            target.otherAddresses = list(node, "\(what): otherAddresses", most: 64).compactMap { entry in
                guard let text = text(entry, "\(what): otherAddresses") else { return nil }
                guard let address = IPAddress(text) else {
                    complain(entry, "\(what): otherAddresses: \(Self.shown(text)) is no address in numbers.")
                    return nil
                }
                return address
            }
        }
        return problems.count == before ? target : nil
    }

    /// A name or an address; nothing that net-snmp would take for a transport of another kind.
    mutating func host(_ node: Node, _ what: String) -> String? {
        guard let text = text(node, what, most: 253) else { return nil }
        if IPAddress(text) != nil { return text }
        let isName = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x2E || byte == 0x5F
        }
        if isName, !text.hasPrefix("-"), !text.hasPrefix(".") { return text }
        complain(node, "\(what): \(Self.shown(text)) is neither a name nor an address; the port stands in 'port'.")
        return nil
    }

    private mutating func credential(_ values: [String: Node], _ node: Node, _ what: String) -> Credential? {
        let version: Version
        if let given = values["version"] {
            guard let chosen: Version = choice(given, "\(what): version") else { return nil }
            version = chosen
        } else {
            version = values["user"] == nil ? .two : .three
        }
        switch version {
        case .two:
            for key in ["user", "authentication", "privacy"] {
                if let extra = values[key] {
                    complain(extra, "\(what): '\(key)' belongs to version 3; write version: 3, or leave it out.")
                    return nil
                }
            }
            guard let community = values["community"] else {
                complain(node, "\(what): 'community' is missing; write community: {file: PATH}, or {env: NAME}.")
                return nil
            }
            return secret(community, "\(what): community").map { .community($0.secret) }
        case .three: return user(values, node, what)
        }
    }

    private mutating func user(_ values: [String: Node], _ node: Node, _ what: String) -> Credential? {
        if let extra = values["community"] {
            complain(extra, "\(what): 'community' belongs to version 2c; leave it out, or write version: 2c.")
            return nil
        }
        guard let nameNode = values["user"], let name = text(nameNode, "\(what): user", most: 32) else {
            if values["user"] == nil { complain(node, "\(what): 'user' is missing: version 3 asks as a user.") }
            return nil
        }
        var authentication: Credential.Authentication?
        if let node = values["authentication"] {
            let part = "\(what): authentication"
            guard let found = secret(node, part, and: ["method"], leastOctets: 8) else { return nil }
            guard let methodNode = found.values["method"] else {
                complain(node, "\(part): 'method' is missing, such as sha256.")
                return nil
            }
            guard let method: Credential.Authentication.Method = choice(methodNode, "\(part): method") else {
                return nil
            }
            authentication = Credential.Authentication(method, found.secret)
        }
        var privacy: Credential.Privacy?
        if let node = values["privacy"] {
            let part = "\(what): privacy"
            guard authentication != nil else {
                complain(node, "\(part) needs 'authentication' (RFC 3414); without it there is no key.")
                return nil
            }
            guard let found = secret(node, part, and: ["method"], leastOctets: 8) else { return nil }
            guard let methodNode = found.values["method"] else {
                complain(node, "\(part): 'method' is missing, such as aes128.")
                return nil
            }
            guard let method: Credential.Privacy.Method = choice(methodNode, "\(part): method") else { return nil }
            privacy = Credential.Privacy(method, found.secret)
        }
        return .user(name, authentication: authentication, privacy: privacy)
    }
}
