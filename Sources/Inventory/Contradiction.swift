//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Contradiction: do independent layers say things that cannot both be true?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What is worth a person's look, by name. `docs/findings.md` tells each with an example; a test keeps it complete.
public enum FindingRule: String, CaseIterable, Sendable {
    /// The card's maker says one thing, two other layers say another.
    case hardware = "contradiction.hardware"
    /// So does what it tells the switch.
    case neighbours = "contradiction.neighbours"
    /// It speaks as a medical device, and two other layers say a single-board computer.
    case purpose = "contradiction.purpose"
    /// A gateway of one medical maker speaks for a device of another.
    case gateway = "contradiction.gateway"
    /// A script answers where a scanner was.
    case script = "dicom.scriptWhereScannerWas"
}

/// What one layer says for one kind of thing.
private struct Tally {
    var weight = 0
    /// As the strongest vote words it.
    var says = ""
    var strongest = 0
    var votes: [Vote] = []

    mutating func add(_ vote: Vote, says text: String, _ amount: Int) {
        weight += amount
        votes.append(vote)
        if amount > strongest || amount == strongest && text < says {
            strongest = amount
            says = text
        }
    }
}

/// Which layer speaks for which kind of thing, and which system.
private struct Claims {
    private var tallies: [Layer: [String: Tally]] = [:]
    private var systems: [Layer: [Vote]] = [:]
    private var makers: [Layer: Vote] = [:]

    /// A hint below this is no word of a layer.
    static let audible = 600
    /// Against another layer only what is firm counts.
    static let firm = 1_500
    /// Two layers that are not firm each must be together.
    static let firmTogether = 2_400
    /// Of a system alone: TCP options tell it with no more.
    static let systemHint = 500

    init(_ votes: [Vote], _ knowledge: KnowledgeBase) {
        var marked: Set<[Int]> = []
        for vote in votes where vote.weight > 0 {
            guard let layer = vote.entry.signal.layer else { continue }
            for mark in knowledge.rules[vote.rule].marks
            where marked.insert([vote.rule, Int(layer.rawValue)]).inserted {
                tallies[layer, default: [:]][mark.kind, default: Tally()].add(vote, says: mark.kind, mark.weight)
            }
            switch vote.attribute {
            case .type, .os:
                if vote.attribute == .os, vote.weight >= Self.systemHint { systems[layer, default: []].append(vote) }
                guard let kind = knowledge.kinds.kind(vote.attribute, vote.value) else { continue }
                tallies[layer, default: [:]][kind, default: Tally()].add(vote, says: vote.value, vote.weight)
            case .vendor:
                if vote.weight > makers[layer]?.weight ?? 0 { makers[layer] = vote }
                guard layer == .hardware, vote.weight >= Self.firm, vote.vendor != nil,
                    knowledge.kinds.kind(.vendor, vote.value) != nil || knowledge.isMedical(maker: vote.value)
                else { continue }
                let kind = knowledge.kinds.kind(.vendor, vote.value) ?? "medical device"
                tallies[layer, default: [:]][kind, default: Tally()].add(vote, says: kind, Self.audible)
            default: break
            }
        }
    }

    func tally(_ layer: Layer, _ kind: String) -> Tally? {
        guard let tally = tallies[layer]?[kind], tally.weight >= Claims.audible else { return nil }
        return tally
    }

    /// Kinds that a layer says aloud; few of all there are.
    private func audible(_ layer: Layer, _ knowledge: KnowledgeBase) -> [(kind: String, tally: Tally)] {
        (tallies[layer] ?? [:]).filter { $1.weight >= Claims.audible && knowledge.kinds.all.contains($0) }
            .map { ($0.key, $0.value) }
    }

    /// All that a layer says, the firmest first.
    func spoken(_ layer: Layer, _ knowledge: KnowledgeBase) -> [(kind: String, tally: Tally)] {
        audible(layer, knowledge).sorted { ($1.tally.weight, $0.kind) < ($0.tally.weight, $1.kind) }
    }

    /// Kinds that others than the odd one say, in alphabetical order.
    func kinds(besides odd: Layer, _ knowledge: KnowledgeBase) -> [String] {
        Set(tallies.keys.flatMap { $0 == odd ? [] : audible($0, knowledge).map(\.kind) }).sorted()
    }

    func maker(_ layer: Layer) -> Vote? { makers[layer] }

    /// Votes of a layer that says no more than a system which such a thing has.
    func support(_ layer: Layer, _ kind: String, _ kinds: KindTable) -> [Vote] {
        (systems[layer] ?? []).filter { kinds.runs(kind, system: $0.value) }
    }

    /// Whether the layer says anything of a kind that goes with this one.
    func agrees(_ layer: Layer, with kind: String, _ knowledge: KnowledgeBase) -> Bool {
        audible(layer, knowledge).contains { other, _ in
            other == kind || knowledge.isMedical(kind: other) && knowledge.isMedical(kind: kind)
        }
    }
}

extension Inventory {
    /// Contradictions between the layers of one device.
    ///
    /// One layer (the odd one) says one kind of thing; at least two others agree on a kind that cannot be the same thing,
    /// one of them in so many words and firmly, and they are more than those that agree with the odd one. A module's or
    /// adapter's maker, a system alone, a router and what is behind a gateway never contradict.
    func contradictions(in record: Record, _ votes: [Vote]) -> [Finding] {
        guard !record.isRouter, !record.isShared, record.child == nil else { return [] }
        let claims = Claims(votes, knowledge)
        for (odd, rule) in [(Layer.hardware, FindingRule.hardware), (.neighbours, .neighbours), (.purpose, .purpose)] {
            for (said, tally) in claims.spoken(odd, knowledge) where isHeard(odd, said, tally.weight) {
                var best: (kind: String, sides: [Finding.Side], layers: Int, weight: Int)?
                for other in claims.kinds(besides: odd, knowledge) where knowledge.kinds.areClashing(said, other) {
                    // A pump that speaks from a single-board computer is no pump; a viewer on a workstation is one.
                    if odd == .purpose && other != Self.board { continue }
                    guard let against = side(against: odd, for: other, said: said, claims) else { continue }
                    let agreeing = Layer.allCases.count { $0 == odd || claims.agrees($0, with: said, knowledge) }
                    guard against.layers > agreeing else { continue }
                    if let best, (best.layers, best.weight) >= (against.layers, against.weight) { continue }
                    let first = Finding.Side(
                        says: tally.says, layers: [odd.title],
                        evidence: evidence(tally.votes + (claims.maker(odd).map { [$0] } ?? [])))
                    best = (other, [first, against.side], against.layers, against.weight)
                }
                guard let best else { continue }
                return [finding(rule, odd, said, best.kind, best.sides, claims)]
            }
        }
        return []
    }

    private static let board = "single-board computer"

    /// Whether what the odd layer says is firm enough to be contradicted.
    private func isHeard(_ odd: Layer, _ kind: String, _ weight: Int) -> Bool {
        switch odd {
        case .hardware: weight >= Claims.audible
        case .purpose: weight >= Claims.firm && knowledge.isMedical(kind: kind)
        default: weight >= Claims.firm
        }
    }

    /// What the other layers say together for a kind; nil where it is too little.
    private func side(
        against odd: Layer, for kind: String, said: String, _ claims: Claims
    ) -> (side: Finding.Side, layers: Int, weight: Int)? {
        var votes: [Vote] = []
        var layers: [Layer] = []
        var spoken: [Int] = []
        var says = (text: kind, weight: 0)
        for layer in Layer.allCases where layer != odd {
            guard let tally = claims.tally(layer, kind) else { continue }
            layers.append(layer)
            spoken.append(tally.weight)
            votes += tally.votes
            if tally.strongest > says.weight { says = (tally.says, tally.strongest) }
        }
        let strongest = spoken.max() ?? 0
        guard strongest >= Claims.firm || spoken.count >= 2 && spoken.reduce(0, +) >= Claims.firmTogether else {
            return nil
        }
        for layer in Layer.allCases where layer != odd && !layers.contains(layer) {
            if claims.agrees(layer, with: said, knowledge) { continue }
            let support = claims.support(layer, kind, knowledge.kinds)
            if support.isEmpty { continue }
            layers.append(layer)
            votes += support
        }
        guard layers.count >= 2 else { return nil }
        layers.sort { $0.rawValue < $1.rawValue }
        let side = Finding.Side(says: says.text, layers: layers.map(\.title), evidence: evidence(votes))
        return (side, layers.count, spoken.reduce(0, +))
    }

    private func finding(
        _ rule: FindingRule, _ odd: Layer, _ said: String, _ other: String, _ sides: [Finding.Side], _ claims: Claims
    ) -> Finding {
        let maker = odd == .hardware ? claims.maker(odd).map { " (\($0.value))" } ?? "" : ""
        let list = sides[1].layers
        let others = list.dropLast().joined(separator: ", ") + (list.count > 1 ? " and " : "") + (list.last ?? "")
        let title = "Its \(odd.title) says \(sides[0].says)\(maker), but \(others) say \(sides[1].says)"
        let isClinical = knowledge.isMedical(kind: said) || knowledge.isMedical(kind: other)
        return Finding(rule: rule.rawValue, title: title, severity: isClinical ? .high : .medium, sides: sides)
    }

    /// Votes as evidence: the strongest of each field first, at most eight pieces, none twice.
    func evidence(_ votes: [Vote]) -> [Evidence] {
        var pieces: [Evidence] = []
        let sorted = votes.sorted { one, other in
            if one.weight != other.weight { return one.weight > other.weight }
            return (one.rule, one.entry.key) < (other.rule, other.entry.key)
        }
        var layers: [Layer: Int] = [:]
        for vote in sorted {
            let signal = vote.entry.signal
            let rule = knowledge.rules[vote.rule].id
            let value = pool[vote.entry.value].text
            if pieces.contains(where: { $0.rule == rule && $0.value == value }) { continue }
            // Two pieces a layer, so that every layer is shown.
            if let layer = signal.layer {
                if layers[layer, default: 0] >= 2 { continue }
                layers[layer, default: 0] += 1
            }
            pieces.append(
                Evidence(
                    field: signal.field, protocolName: signal.protocolName, fieldName: signal.name, value: value,
                    rule: rule, seen: vote.entry.count, weight: vote.weight))
            if pieces.count == 8 { break }
        }
        return pieces
    }
}
