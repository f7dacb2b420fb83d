//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Masquerade: does somebody speak where, or for whom, somebody else should?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Findings that need more than one device: what answered at an address before, and who speaks for whom.
struct Masquerade {
    let knowledge: KnowledgeBase

    /// - Parameter told: brings back what was left out of a device.
    func addFindings(to devices: inout [Device], told: (Device) -> Device) {
        addScripts(&devices)
        addGateways(&devices, told)
    }

    // MARK: A script where a scanner was

    /// One thing that a DICOM node said of its software, and whether that is a scanner's or a script's.
    private struct Identity {
        var device: Int
        var isScript: Bool
        var says: String
        var fact: FactSummary
        var rule: String
        var weight: Int
    }

    private struct Place: Hashable {
        var site: String
        var address: IPAddress
    }

    /// A toolkit's identity is weak for the maker, but strong for "this is not the modality it was yesterday".
    private func addScripts(_ devices: inout [Device]) {
        var order: [Place] = []
        var identities: [Place: [Identity]] = [:]
        for (number, device) in devices.enumerated() {
            let own = device.facts.compactMap { identity(of: $0, device: number) }
            if own.isEmpty { continue }
            for address in device.ipv4 + device.ipv6 {
                let place = Place(site: device.site, address: address)
                if identities[place] == nil { order.append(place) }
                identities[place, default: []] += own
            }
        }
        for place in order {
            let all = identities[place] ?? []
            guard let script = all.filter(\.isScript).min(by: { $0.fact.span.first < $1.fact.span.first }),
                let scanner = all.filter({ !$0.isScript && $0.fact.span.first < script.fact.span.first })
                    .max(by: { ($0.weight, $1.fact.value) < ($1.weight, $0.fact.value) })
            else { continue }
            let finding = Finding(
                rule: FindingRule.script.rawValue,
                title: "\(script.says) speaks where \(scanner.says) was: it is not the modality it was before",
                severity: .high, sides: [side(scanner, "before"), side(script, "now")])
            if !devices[script.device].findings.contains(where: { $0.rule == finding.rule }) {
                devices[script.device].findings.append(finding)
            }
        }
    }

    private func identity(of fact: FactSummary, device: Int) -> Identity? {
        guard fact.field == .dicomImplementationClassUID || fact.field == .dicomImplementationVersion else {
            return nil
        }
        var scanner: Identity?
        for match in knowledge.matches(.fact(fact.field), fact.value) {
            let rule = knowledge.rules[Int(match.rule)]
            guard rule.conditions.count == 1 else { continue }
            for statement in rule.says where statement.weight >= Self.audible {
                guard let said = statement.value.filled(with: match.captures, value: fact.value) else { continue }
                if statement.attribute == .role, said.hasPrefix("DICOM script") {
                    return Identity(
                        device: device, isScript: true, says: "a \(said)", fact: fact, rule: rule.id,
                        weight: statement.weight)
                }
                guard statement.attribute == .type, let kind = knowledge.kinds.kind(.type, said),
                    kind == "imaging modality", statement.weight > scanner?.weight ?? 0
                else { continue }
                scanner = Identity(
                    device: device, isScript: false, says: "the software of a scanner (\(said))", fact: fact,
                    rule: rule.id,
                    weight: statement.weight)
            }
        }
        return scanner
    }

    private static let audible = 600

    private func side(_ identity: Identity, _ when: String) -> Finding.Side {
        let field = identity.fact.field
        return Finding.Side(
            says: identity.says, layers: ["DICOM, \(when)"],
            evidence: [
                Evidence(
                    field: field, protocolName: field.protocolName, fieldName: field.name, value: identity.fact.value,
                    rule: identity.rule, seen: identity.fact.count, weight: identity.weight)
            ])
    }

    // MARK: A gateway of another maker

    /// Types that speak for devices of any maker: what they are made for.
    private static let integrators: Set<String> = [
        "medical gateway", "server", "health record server", "laboratory middleware", "central station",
        "patient monitor", "anesthesia machine", "workstation", "virtual machine", "nurse call station",
    ]

    private func addGateways(_ devices: inout [Device], _ told: (Device) -> Device) {
        var places: [String: Int] = [:]
        for (number, device) in devices.enumerated() { places[device.id] = number }
        var strangers: [Int: [Finding.Side]] = [:]
        var order: [Int] = []
        for child in devices {
            guard let parent = child.parent.flatMap({ places[$0] }), isStranger(child, behind: devices[parent]),
                let maker = firmMaker(of: told(child))
            else { continue }
            let gateway = told(devices[parent])
            guard let own = firmMaker(of: gateway), knowledge.isMedical(maker: own.value),
                knowledge.isMedical(maker: maker.value), !knowledge.kinds.areOne(own.value, maker.value),
                !Self.integrators.contains(gateway.judgements[.type]?.value.lowercased() ?? "")
            else { continue }
            if strangers[parent] == nil {
                order.append(parent)
                strangers[parent] = [side(own, "hardware address of the gateway")]
            }
            let known = strangers[parent] ?? []
            if known.count < 4 && !known.contains(where: { $0.says == maker.value }) {
                strangers[parent]?.append(side(maker, "identifier of the device behind it"))
            }
        }
        for place in order {
            guard let sides = strangers[place], sides.count > 1 else { continue }
            let others = sides.dropFirst().map(\.says).joined(separator: ", ")
            devices[place].findings.append(
                Finding(
                    rule: FindingRule.gateway.rawValue,
                    title: "A device of \(sides[0].says), no gateway, speaks for devices of \(others)",
                    severity: .medium, sides: sides))
        }
    }

    /// By what is believed alone, before the evidence is asked: two medical makers that are not one.
    private func isStranger(_ child: Device, behind gateway: Device) -> Bool {
        guard let maker = child.judgements[.vendor]?.value, let own = gateway.judgements[.vendor]?.value else {
            return false
        }
        return knowledge.isMedical(maker: own) && knowledge.isMedical(maker: maker)
            && !knowledge.kinds.areOne(own, maker)
    }

    /// What the prefix of its address or EUI-64 says, where that is no module's maker.
    private func firmMaker(of device: Device) -> Judgement? {
        guard let judgement = device.judgements[.vendor], judgement.confidence >= 600,
            judgement.evidence.contains(where: { $0.protocolName == "ieee" || $0.protocolName == "mac" }),
            !knowledge.isModule(maker: judgement.value)
        else { return nil }
        return judgement
    }

    private func side(_ judgement: Judgement, _ layer: String) -> Finding.Side {
        Finding.Side(says: judgement.value, layers: [layer], evidence: Array(judgement.evidence.prefix(3)))
    }
}
