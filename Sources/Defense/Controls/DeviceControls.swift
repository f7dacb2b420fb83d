//===----------------------------------------------------------------------===//
// Wardlight · Defense
//
// Device controls: which door of a device is closed, but not locked?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Weak controls of one device, as its own traffic shows them (docs/controls.md). No secret is among the evidence: none
/// was ever kept.
public enum DeviceControls {
    /// Sorted by rule; at most one of each.
    public static func findings(of device: Device) -> [Finding] {
        if device.isStub { return [] }
        return [
            clearCredential(device), community(device), oldTLS(device), plainClinical(device), telnet(device),
        ].compactMap { $0 }.sorted { $0.rule < $1.rule }
    }

    // MARK: Secrets in clear

    private static func telnet(_ device: Device) -> Finding? {
        let ports = ports(of: device, ["telnet"], .server)
        guard !ports.isEmpty else { return nil }
        let login = taken(device).filter { $0.value == "telnet login" }
        return finding(
            "control.telnet", "Offers Telnet, where everything that is typed can be read", .medium, device,
            ports.map { service($0, .server, "control.telnet") } + login.map { read($0, "control.telnet") },
            since: login.first)
    }

    /// Who asked for a login over Telnet has taken one only where somebody typed.
    private static func clearCredential(_ device: Device) -> Finding? {
        let rule = "control.clearCredential"
        let all = taken(device)
        let isTyped = all.contains { $0.value == "telnet session" }
        let secrets = all.filter { fact in
            switch fact.value {
            case "telnet session": false
            case "telnet login": isTyped
            default: !fact.value.hasPrefix("snmp ")
            }
        }
        guard !secrets.isEmpty else { return nil }
        let ways = secrets.map(\.value).joined(separator: ", ")
        return finding(
            rule, "Secrets were sent to it without encryption (\(ways))", .high, device, secrets.map { read($0, rule) },
            since: secrets.first)
    }

    private static func community(_ device: Device) -> Finding? {
        let all = taken(device).filter { $0.value.hasPrefix("snmp ") }
        let known = all.filter { $0.value.hasSuffix(" public") || $0.value.hasSuffix(" private") }
        if !known.isEmpty {
            let rule = "control.defaultCommunity"
            return finding(
                rule, "Answers SNMP to a community that everybody knows", .medium, device, known.map { read($0, rule) },
                since: known.first)
        }
        guard !all.isEmpty else { return nil }
        let rule = "control.snmpClear"
        return finding(
            rule, "Answers SNMP in a version whose community can be read", .low, device, all.map { read($0, rule) },
            since: all.first)
    }

    // MARK: Protocols without encryption

    /// Carry what belongs to patients, whoever speaks them.
    private static let clinical: Set<String> = ["hl7", "dicom", "poct1", "astm"]
    /// Are in clear, and matter where a medical device speaks them.
    private static let general: Set<String> = ["mqtt", "ftp", "http"]
    private static let secured: Set<String> = ["tls", "dtls", "quic"]

    private static func plainClinical(_ device: Device) -> Finding? {
        let rule = "control.plainClinical"
        let isMedical = device.deviceClass == .medical
        var said = ports(of: device, isMedical ? clinical.union(general) : clinical, .server).map { ($0, Side.server) }
        // Of a medical device also what it sends to others: its results, its alarms.
        if isMedical { said += ports(of: device, clinical.union(["mqtt", "ftp"]), .client).map { ($0, Side.client) } }
        guard !said.isEmpty else { return nil }
        var names: [String] = []
        for (service, _) in said where !names.contains(service.name) { names.append(service.name) }
        let isWorse = names.contains("mqtt") || names.contains("ftp")
        return finding(
            rule, "Speaks \(names.map(word).joined(separator: ", ")) without encryption", isWorse ? .medium : .low,
            device,
            said.map { self.service($0.0, $0.1, rule) }, since: nil)
    }

    private static func word(_ name: String) -> String {
        switch name {
        case "hl7": "HL7"
        case "poct1": "POCT1-A"
        default: name.uppercased()
        }
    }

    private static let old: Set<String> = ["SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "DTLS 1.0"]

    /// The version is what a server said in its hello: of a client nothing stands there.
    private static func oldTLS(_ device: Device) -> Finding? {
        let rule = "control.oldTLS"
        let chosen = device.facts.filter { $0.field == .tlsVersion && old.contains($0.value) }
        guard !chosen.isEmpty else { return nil }
        return finding(
            rule, "As a server it agreed on \(chosen.map(\.value).joined(separator: ", "))", .medium, device,
            chosen.map { read($0, rule) }, since: chosen.first)
    }

    // MARK: What they share

    private typealias Side = Device.Use.Side

    private static func taken(_ device: Device) -> [FactSummary] {
        device.facts.filter { $0.field == .clearCredentialTaken }
    }

    /// Services of these names, without those at a port where TLS is spoken, too: nobody sees what is in it.
    private static func ports(of device: Device, _ names: Set<String>, _ side: Side) -> [Service] {
        let own = device.services.filter { $0.side == side }
        let guarded = Set(own.filter { secured.contains($0.service.name) }.map(\.service.port))
        return own.map(\.service).filter { names.contains($0.name) && !guarded.contains($0.port) }
    }

    /// Pieces of evidence of one finding; a device has at most 64 services.
    private static let mostPieces = 16

    private static func finding(
        _ rule: String, _ title: String, _ severity: Finding.Severity, _ device: Device, _ evidence: [Evidence],
        since: FactSummary?
    ) -> Finding {
        var finding = Finding(
            rule: rule, title: title, severity: severity, evidence: Array(evidence.prefix(mostPieces)))
        finding.since = since?.span.first
        finding.addresses = device.mac
        return finding
    }

    private static func read(_ fact: FactSummary, _ rule: String) -> Evidence {
        Evidence(
            field: fact.field, protocolName: fact.field.protocolName, fieldName: fact.field.name, value: fact.value,
            rule: rule, seen: fact.count, weight: 0)
    }

    private static func service(_ service: Service, _ side: Side, _ rule: String) -> Evidence {
        Evidence(
            field: nil, protocolName: "service", fieldName: side.rawValue, value: "\(service.name)/\(service.port)",
            rule: rule, seen: 1, weight: 0)
    }
}
