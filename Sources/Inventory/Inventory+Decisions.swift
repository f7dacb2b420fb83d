//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Decisions: what a person said, and what follows from it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What a person said that an attribute of a device is.
struct Correction: Hashable, Sendable, Codable {
    var attribute: Attribute
    /// Nil where an earlier correction was taken back.
    var value: String?
    var by: String
    var reason: String
    var occurred: Timestamp

    /// The later word counts; of two at one moment the greater text, so that their order in the log does not matter.
    func outranks(_ other: Self) -> Bool {
        if occurred != other.occurred { return occurred > other.occurred }
        return (value ?? "", by, reason) > (other.value ?? "", other.by, other.reason)
    }

    /// Who said it, and why.
    var evidence: Evidence {
        Evidence(
            field: nil, protocolName: Self.protocolName, fieldName: "correction", value: "\(by): \(reason)",
            rule: "person.correction", seen: 1, weight: Self.weight)
    }

    static let protocolName = "person"
    /// Above every sum of rules (`Inventory.greatestScore`).
    static let weight = 7_000
    /// Parts in a thousand: a person who reads the label errs, too, but seldom.
    static let confidence = 999
}

extension Inventory {
    /// Takes in what a person decided. It holds also where its device is first seen later.
    mutating func learn(
        _ decision: Observation.Decision, occurred: Timestamp, site: String, _ changes: inout [InventoryChange]
    ) {
        switch decision.act {
        case .merge(let one, let other):
            decide(one, other, areOne: true, decision, occurred: occurred, site: site, &changes)
        case .split(let one, let other):
            decide(one, other, areOne: false, decision, occurred: occurred, site: site, &changes)
        case .correct(let subject, let attribute, let value):
            correct(subject, attribute, value, decision, occurred: occurred, site: site, &changes)
        // What a device is does not depend on who let it in.
        case .accept, .compensate: break
        }
    }

    private mutating func correct(
        _ subject: Subject, _ attribute: Attribute, _ value: String?, _ decision: Observation.Decision,
        occurred: Timestamp, site: String, _ changes: inout [InventoryChange]
    ) {
        let number = number(ofSite: site)
        guard let key = decisionKey(of: subject, number) else { return }
        let correction = Correction(
            attribute: attribute, value: value.map(bounded), by: decision.by, reason: decision.reason,
            occurred: occurred)
        if let known = corrections[key]?.firstIndex(where: { $0.attribute == attribute }) {
            if let old = corrections[key]?[known], !correction.outranks(old) { return }
            corrections[key]?[known] = correction
        } else {
            guard corrections[key] != nil || corrections.count < limits.correctedDevices else { return }
            corrections[key, default: []].append(correction)
        }
        rejudge(key, subject, &changes)
    }

    /// Whether any decision is kept for a device: what a person spoke of is not given up while others can be.
    func isCorrected(_ place: Int) -> Bool { !corrections.isEmpty && corrections[records[place].key] != nil }

    /// What people say of a record, by attribute. Of several addresses that are one device the later word counts.
    func corrections(of record: Record) -> [Attribute: Correction] {
        if corrections.isEmpty { return [:] }
        var latest: [Attribute: Correction] = [:]
        var keys = [record.key] + record.absorbed.map(\.key)
        if let child = record.child { keys.append(Self.bare(child, record.key.site)) }
        for member in record.members.dropFirst() {
            keys.append(records[Int(member)].key)
            keys += records[Int(member)].absorbed.map(\.key)
        }
        for correction in keys.flatMap({ corrections[$0] ?? [] }) {
            if let known = latest[correction.attribute], !correction.outranks(known) { continue }
            latest[correction.attribute] = correction
        }
        return latest.filter { $0.value.value != nil }
    }

    /// A record goes by another key from now on, or a card is known for an address of which a person spoke.
    mutating func moveCorrections(from old: DeviceKey, to new: DeviceKey) {
        guard !corrections.isEmpty, old != new, let moving = corrections[old] else { return }
        corrections[old] = nil
        var known = corrections[new] ?? []
        for correction in moving {
            if let same = known.firstIndex(where: { $0.attribute == correction.attribute }) {
                if correction.outranks(known[same]) { known[same] = correction }
            } else {
                known.append(correction)
            }
        }
        corrections[new] = known
    }

    /// How a decision may name a device, so that it holds for later captures of the site: by its hardware address, else
    /// its network address, else as the child that it is. Nil where there is no such device, or only counts of it.
    public func subject(ofDevice id: String) -> Subject? {
        for place in records.indices where records[place].isLive && head(of: place) == place {
            if Self.text(ofID: records[place].id) == id { return subject(of: records[place]) }
        }
        for stub in stubs where Self.text(ofID: stub.id) == id { return Subject(of: stub.key) }
        return nil
    }

    private func subject(of record: Record) -> Subject? {
        guard let child = record.child else { return Subject(of: record.key) }
        // An EUI-64, UDI, IMEI and so on stands for itself; a bare serial number needs its gateway, where it has one.
        if Self.isOneAnywhere(child) || record.parent == nil { return Subject(child: child) }
        guard let parent = record.parent, let gateway = records.first(where: { $0.isLive && $0.id == parent }) else {
            return nil
        }
        var subject = Subject(of: gateway.key)
        subject.child = child
        return subject
    }
}

extension Subject {
    fileprivate init(of key: DeviceKey) {
        self.init()
        switch key.kind {
        case .hardware: hardware = HardwareAddress(bits: key.low)
        case .network: network = IPAddress(high: key.high, low: key.low)
        case .child: break
        }
    }
}

extension Verdict {
    /// What a person said goes before what was concluded; what the rules would say stays visible.
    mutating func apply(_ correction: Correction?) {
        guard let correction, let value = correction.value else { return }
        let concluded = judgements[correction.attribute]
        var judgement = Judgement(
            value: value, confidence: Correction.confidence, evidence: [correction.evidence])
        if let concluded {
            if concluded.value.lowercased() == value.lowercased() {
                judgement.evidence += concluded.evidence
                judgement.others = concluded.others
            } else {
                let rival = Judgement.Rival(value: concluded.value, evidence: concluded.evidence)
                // One of the others may be what the person said: then it speaks for it.
                let agreeing = concluded.others.first { $0.value.lowercased() == value.lowercased() }
                judgement.evidence += agreeing?.evidence ?? []
                judgement.others = [rival] + concluded.others.filter { $0.value.lowercased() != value.lowercased() }
            }
        }
        judgements[correction.attribute] = judgement
    }
}
