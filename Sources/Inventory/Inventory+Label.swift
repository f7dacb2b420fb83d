//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Labels: what was a device like this one called when somebody taught us?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Inventory {
    /// The label of the profile that fits; what its teacher said of vendor, model and type votes in the verdict.
    func label(of device: Device, isRouter: Bool, _ verdict: inout Verdict) -> Judgement? {
        if knowledge.profiles.profiles.isEmpty { return nil }
        var device = device
        // What a router carries was said by those behind it.
        if isRouter { device.facts.removeAll { !$0.field.isLinkLevel } }
        let tokens = device.profileTokens()
        guard let (label, profiles) = knowledge.profiles.judgement(of: tokens) else { return nil }
        guard label.confidence >= Self.confidenceToVote else { return label }
        for attribute in Profile.teachable {
            // Of several that cannot be told apart, only what all say.
            let values = profiles.map { $0.attributes[attribute] }
            guard let value = values[0], values.allSatisfy({ $0 == value }) else { continue }
            verdict.add(
                attribute, value,
                Evidence(
                    field: nil, protocolName: "profile", fieldName: "label", value: label.value,
                    rule: "profile.\(profiles[0].label)", seen: 0, weight: Self.weightOfTeaching))
        }
        return label
    }

    /// A doubtful label says nothing of the maker.
    static let confidenceToVote = 700
    /// As much as a rule whose one field names the product (Knowledge/README.md).
    static let weightOfTeaching = 3_000
}

extension Verdict {
    /// Adds one more vote to what was judged already.
    mutating func add(_ attribute: Attribute, _ value: String, _ piece: Evidence) {
        var all: [Judgement.Rival] = []
        if let old = judgements[attribute] {
            all = [Judgement.Rival(value: old.value, evidence: old.evidence)] + old.others
        }
        if let known = all.firstIndex(where: { Self.agree($0.value, value) }) {
            all[known].evidence.append(piece)
        } else {
            all.append(Judgement.Rival(value: value, evidence: [piece]))
        }
        for place in all.indices { all[place].evidence.sort { $0.weight > $1.weight } }
        // What a person said stands; the teaching is shown beside it.
        if corrections[attribute] != nil, let old = judgements[attribute] {
            judgements[attribute] = Judgement(
                value: old.value, confidence: old.confidence, evidence: all[0].evidence,
                others: Array(all.dropFirst().prefix(8)))
            return
        }
        let scores = all.map { rival in min(Inventory.greatestScore, rival.evidence.map(\.weight).reduce(0, +)) }
        let order = all.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
        let confidences = Odds.confidences(of: order.map { scores[$0] })
        guard confidences[0] >= Inventory.leastConfidence else { return }
        judgements[attribute] = Judgement(
            value: all[order[0]].value, confidence: confidences[0], evidence: all[order[0]].evidence,
            others: order.dropFirst().prefix(8).map { all[$0] })
    }

    /// "WeMo Switch" and "WeMo Switch F7C027" are one.
    private static func agree(_ one: String, _ other: String) -> Bool {
        let (one, other) = (one.lowercased(), other.lowercased())
        return one == other || one.hasPrefix(other + " ") || other.hasPrefix(one + " ")
    }
}
