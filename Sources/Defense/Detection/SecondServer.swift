//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Second servers: does an endpoint hand out addresses, or say that it is the way out?
//
// - Inputs: answered DHCP conversations and router advertisements of captures, the kind and the place of who sent them.
// - Evidence: the server, and the one that was there before it.
// - ATT&CK: T1557.003 DHCP Spoofing; T1557 Adversary-in-the-Middle for router advertisements.
// - A false alarm: a server of the engineers on hardware that Wardlight takes for an endpoint; a test bench.
// - From the first polls on: a known kind of endpoint; and, whoever it is, one that is alone at an edge port in a VLAN of
//   endpoints in which the real server is not.
// - Guards: another server must be known at the site, for the first one heard may be the right one; network devices and
//   servers are meant to do it, unless they stand alone among endpoints; one that hands over (VRRP, HSRP) counts with its
//   group; what is not known is told where it began after the other; an advertisement of lifetime 0 says that it is no
//   router (RFC 4861, 4.2); that it says it is a router makes nobody one.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Who serves, as captures show it; bounded: a hospital has a dozen, an attacker may pretend thousands.
public struct ServerWatch: Sendable, Codable {
    static let most = 4_096

    enum Kind: String, Hashable, Sendable, CaseIterable { case dhcp, router }

    struct Key: Hashable, Comparable, Sendable, Codable {
        var kind: String
        var device: DeviceKey
        static func < (one: Self, other: Self) -> Bool { (one.kind, one.device) < (other.kind, other.device) }
    }

    struct Server: Sendable, Codable {
        var network: IPAddress?
        var first: Timestamp
        var last: Timestamp
        var count: UInt64
    }

    var servers: [Key: Server] = [:]
    public private(set) var overflow: UInt64 = 0

    mutating func learn(_ observation: Observation) {
        switch observation.body {
        case .conversation(let talk) where talk.isAnswered && talk.service.name == "dhcp":
            note(.dhcp, talk.server, observation.site, talk.span)
        case .fact(let fact) where fact.field == .icmpv6Router && fact.value != "lifetime 0":
            note(.router, fact.subject, observation.site, fact.span)
        default: break
        }
    }

    private mutating func note(_ kind: Kind, _ subject: Subject, _ site: String, _ span: Observation.Span) {
        guard let hardware = subject.hardware, hardware.isIndividual, !Exempt.isRedundancy(hardware) else { return }
        let key = Key(kind: kind.rawValue, device: DeviceKey(site: site, hardware: hardware))
        if var known = servers[key] {
            known.first = min(known.first, span.first)
            known.last = max(known.last, span.last)
            known.count &+= 1
            servers[key] = known
        } else if servers.count < Self.most {
            servers[key] = Server(network: subject.network, first: span.first, last: span.last, count: 1)
        } else {
            overflow &+= 1
        }
    }
}

public enum SecondServer: DetectionRule {
    public static let card = RuleCard(
        name: "network.secondServer", technique: "T1557.003", severity: .high,
        falseAlarm: "A server of the engineers on hardware that is taken for an endpoint, or a test bench.")

    fileprivate static let serving: Set<String> = [
        "server", "file server", "router", "firewall", "switch", "access point", "wireless controller", "NAT gateway",
        "virtual machine", "cable modem", "gateway",
    ]

    /// Whether it is made to serve; nil where nothing is known of it.
    private static func isServer(_ device: Device?) -> Bool? {
        guard let device else { return nil }
        if let type = device.judgements[.type] {
            if serving.contains(type.value) { return true }
            if type.confidence >= Presence.sure { return false }
        }
        if device.deviceClass == .network {
            // Its own advertisements are what is in question.
            let evidence = device.judgements[.role]?.evidence ?? []
            let isOnlySaid = !evidence.isEmpty && evidence.allSatisfy { $0.protocolName == "icmpv6" }
            return isOnlySaid ? nil : true
        }
        if device.judgements[.type] != nil { return nil }
        return device.deviceClass == .unknown || device.deviceClass == .it ? nil : false
    }

    public static func ask(_ question: Question) -> [Finding] {
        var findings: [Finding] = []
        if question.servers.servers.count < 2 { return [] }
        let endpoints = Endpoints(question)
        for kind in ServerWatch.Kind.allCases {
            let all = question.servers.servers.filter { $0.key.kind == kind.rawValue }.sorted { $0.key < $1.key }
            for (key, server) in all {
                let device = question.device(key.device.hardware, at: key.device.site)
                let others = all.filter { other in
                    other.key.device.site == key.device.site && other.key != key
                        && (device == nil
                            || question.device(other.key.device.hardware, at: key.device.site)?.id != device?.id)
                }
                guard let rival = others.min(by: { ($0.value.first, $0.key) < ($1.value.first, $1.key) }) else {
                    continue
                }
                let rivalDevice = question.device(rival.key.device.hardware, at: key.device.site)
                let (isAlone, isRivalAlone) = (
                    endpoints.isAlone(device, question), endpoints.isAlone(rivalDevice, question)
                )
                // The one stands alone among endpoints, the other is elsewhere and may well be the right one.
                let isOutOfPlace =
                    isAlone && !isRivalAlone && rivalDevice?.place?.vlan != device?.place?.vlan
                    && (isServer(rivalDevice) ?? (rivalDevice?.place != nil))
                switch isServer(device) {
                case true?: if !isOutOfPlace || !isBroughtAlong(device) { continue }
                case false?: break
                case nil:
                    // Who was heard first may be the wrong one.
                    if !isOutOfPlace, rival.value.first >= server.first || isRivalAlone && !isAlone { continue }
                }
                findings.append(finding(kind, key, server, rival.key, device))
            }
        }
        return findings
    }

    /// What people carry under their arm: no kind that a hospital's network is built of.
    private static func isBroughtAlong(_ device: Device?) -> Bool {
        guard let type = device?.judgements[.type]?.value else { return true }
        return ["NAT gateway", "cable modem", "gateway", "router", "access point"].contains(type)
            && device?.judgements[.role]?.value != "switch"
    }

    /// VLANs in which endpoints are at home, by what is known of who is there.
    private struct Endpoints {
        private var counts: [String: (endpoints: Int, others: Int)] = [:]

        init(_ question: Question) {
            for device in question.devices {
                guard let place = device.place, !place.isUplink, let vlan = place.vlan else { continue }
                let isInfrastructure =
                    device.deviceClass == .network
                    || SecondServer.serving.contains(device.judgements[.type]?.value ?? "")
                let key = "\(device.site)\u{0}\(vlan)"
                if isInfrastructure {
                    counts[key, default: (0, 0)].others += 1
                } else if device.deviceClass != .unknown {
                    counts[key, default: (0, 0)].endpoints += 1
                }
            }
        }

        /// Whether it stands alone at an edge port of a VLAN with at least three endpoints, and more of them than of others.
        func isAlone(_ device: Device?, _ question: Question) -> Bool {
            guard let device, let place = device.place, !place.isUplink, place.wireless == nil, let vlan = place.vlan,
                let count = counts["\(device.site)\u{0}\(vlan)"], count.endpoints >= 3,
                count.endpoints > count.others * 2
            else { return false }
            let port = question.port(
                Finding.Port(site: device.site, agent: place.agent, ifIndex: place.ifIndex, port: place.port))
            return port.map { $0.devices.count == 1 && $0.neighbours.isEmpty } ?? false
        }
    }

    private static func finding(
        _ kind: ServerWatch.Kind, _ key: ServerWatch.Key, _ server: ServerWatch.Server, _ rival: ServerWatch.Key,
        _ device: Device?
    ) -> Finding {
        let isDHCP = kind == .dhcp
        var found = finding(
            Suspicion(
                isDHCP
                    ? "an endpoint hands out network addresses beside the real DHCP server"
                    : "an endpoint says that it is a router beside the real one", severity: card.severity,
                addresses: [key.device.hardware],
                evidence: [
                    Evidence(
                        isDHCP ? "dhcp" : "icmpv6", "server", server.network?.description ?? "-", rule: card.name,
                        seen: server.count),
                    Evidence(isDHCP ? "dhcp" : "icmpv6", "other", rival.device.hardware.description, rule: card.name),
                ]), since: server.first,
            place: device?.place.map {
                Finding.Port(site: key.device.site, agent: $0.agent, ifIndex: $0.ifIndex, port: $0.port)
            })
        if !isDHCP { found.technique = "T1557" }
        return found
    }
}
