//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Judging: what do all the facts of a device add up to?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Votes for one value of one attribute.
private struct Candidate {
    var value: String
    var strongest = Int.min
    var score = 0
    /// The most that any of its votes has from what its rule says beside it.
    var tied = 0
    var evidence: [(vote: Vote, weight: Int)] = []
}

/// What one rule says of one attribute because of one value.
struct Vote {
    var attribute: Attribute
    var value: String
    var weight: Int
    var rule: Int
    /// The value that fulfilled the rule's first condition.
    var entry: Entry
    /// What the same rule says of the vendor and the model.
    var vendor: String?
    var model: String?
    /// The device says something else by now.
    var isPast = false
    /// What its rule gives to the other two of maker, model and type, a quarter of it.
    var tied = 0
}

struct Verdict {
    var judgements: [Attribute: Judgement] = [:]
    var components: [Device.Component] = []
    /// All that the rules say, undiscounted.
    var votes: [Vote] = []
    /// What people say.
    var corrections: [Attribute: Correction] = [:]
}

extension Inventory {
    /// Nothing is said of an attribute below this, in parts of a thousand.
    static let leastConfidence = 300
    /// However much evidence agrees, the sum for one value stays below: rules are not independent witnesses.
    static let greatestScore = 6_500

    /// Judges the device of a record anew and reports what has changed.
    mutating func judge(_ some: Int, _ changes: inout [InventoryChange]) {
        let place = head(of: some)
        let record = view(of: place)
        let verdict = verdict(on: record)
        let judgements = verdict.judgements
        var now: [Judged] = []
        for attribute in Attribute.allCases {
            let new = judgements[attribute]
            let old = record.judged.first { $0.attribute == attribute }
            if let new {
                now.append(Judged(attribute: attribute, value: new.value, confidence: new.confidence))
            }
            if new?.value != old?.value {
                let change = verdict.change(
                    of: attribute, from: old?.value, correction: verdict.corrections[attribute],
                    at: record.span.last, pool)
                History.add(change, to: &records[place].history)
                changes.append(
                    InventoryChange(
                        device: Self.text(ofID: record.id),
                        kind: .judged(attribute, from: old?.value, to: new?.value, confidence: new?.confidence ?? 0)))
            }
        }
        records[place].judged = now
    }

    func verdict(on record: Record) -> Verdict {
        var verdict = Verdict(corrections: corrections(of: record))
        let votes = gather(record, &verdict.components)
        verdict.votes = votes
        // Vendor first, then model: what other rules say hangs on them.
        verdict.judge(.vendor, votes, knowledge, pool)
        verdict.apply(verdict.corrections[.vendor])
        let vendor = verdict.judgements[.vendor].flatMap { $0.confidence >= 600 ? $0.value : nil }
        let bound = votes.map { vote in vote.discounted(vendor: vendor, model: nil) }
        verdict.judge(.model, bound, knowledge, pool)
        verdict.apply(verdict.corrections[.model])
        let model = verdict.judgements[.model].flatMap { $0.confidence >= 600 ? $0.value : nil }
        let rest = votes.map { vote in vote.discounted(vendor: vendor, model: model) }
        for attribute in [Attribute.type, .os, .firmware, .serial, .role] {
            verdict.judge(attribute, rest, knowledge, pool)
            verdict.apply(verdict.corrections[attribute])
        }
        return verdict
    }

    /// All votes of the rules that the record's own values fulfil, and the components they tell of.
    private func gather(_ record: Record, _ components: inout [Device.Component]) -> [Vote] {
        var votes: [Vote] = []
        // Rules of several conditions: which were fulfilled, and by what.
        var partial: [UInt32: [(condition: UInt8, entry: Entry, captures: [Capture])]] = [:]
        var order: [UInt32] = []
        var place = 0
        while place < record.entries.count {
            let signal = record.entries[place].signal
            let latest = signal.field?.isState == true ? latestValue(of: signal, in: record, from: place) : nil
            while place < record.entries.count, record.entries[place].signal == signal {
                let entry = record.entries[place]
                place += 1
                if record.isShared, signal.field?.isOfClient == true { continue }
                let value = pool[entry.value]
                let isPast = latest != nil && entry.value != latest
                for match in value.matches {
                    let rule = knowledge.rules[Int(match.rule)]
                    if rule.conditions.count == 1 {
                        votes += knowledge.votes(
                            of: Int(match.rule), entry, value.text, match.captures, isPast: isPast)
                        if !isPast { components += rule.components(with: match.captures, value.text) }
                    } else if !isPast {
                        if partial[match.rule] == nil { order.append(match.rule) }
                        partial[match.rule, default: []].append((match.condition, entry, match.captures))
                    }
                }
            }
        }
        for number in order.sorted() {
            let rule = knowledge.rules[Int(number)]
            var captures: [Capture] = []
            var first: Entry?
            var isWhole = true
            for condition in rule.conditions.indices {
                // Of several values that fulfil a condition the alphabetically first is taken.
                let matching = (partial[number] ?? []).filter { Int($0.condition) == condition }
                guard let best = matching.min(by: { pool[$0.entry.value].text < pool[$1.entry.value].text }) else {
                    isWhole = false
                    break
                }
                captures += best.captures
                if condition == 0 { first = best.entry }
            }
            guard isWhole, let first else { continue }
            votes += knowledge.votes(of: Int(number), first, pool[first.value].text, captures, isPast: false)
            components += rule.components(with: captures, pool[first.value].text)
        }
        var seen: Set<Device.Component> = []
        components = components.filter { seen.insert($0).inserted }.sorted { $0.order < $1.order }
        if components.count > 16 { components.removeLast(components.count - 16) }
        return strongestOnly(votes)
    }

    /// The number of the value last said of a state; what a router only carried says nothing of the router.
    private func latestValue(of signal: Signal, in record: Record, from start: Int) -> UInt32? {
        var best: Entry?
        for entry in record.entries[start...] {
            guard entry.signal == signal else { break }
            guard record.isOwn(entry.origin) || signal.field?.isLinkLevel == true else { continue }
            if let known = best {
                guard
                    entry.last > known.last
                        || entry.last == known.last && pool[entry.value].text > pool[known.value].text
                else { continue }
            }
            best = entry
        }
        return best?.value
    }

    /// Of one rule and one field only the strongest vote for a value counts, however many texts led to it.
    private func strongestOnly(_ votes: [Vote]) -> [Vote] {
        struct Source: Hashable {
            let rule: Int
            let signal: Signal
            let attribute: Attribute
            let value: String
        }
        var best: [Source: Int] = [:]
        var kept: [Vote] = []
        for vote in votes {
            let source = Source(
                rule: vote.rule, signal: vote.entry.signal, attribute: vote.attribute, value: vote.value.lowercased())
            guard let known = best[source] else {
                best[source] = kept.count
                kept.append(vote)
                continue
            }
            let (old, new) = (kept[known], vote)
            let isBetter =
                abs(new.weight) != abs(old.weight)
                ? abs(new.weight) > abs(old.weight)
                : new.entry.count != old.entry.count
                    ? new.entry.count > old.entry.count : pool[new.entry.value].text < pool[old.entry.value].text
            if isBetter { kept[known] = new }
        }
        return latestPastOnly(kept)
    }

    /// Of what a device said before it said something else only the latest counts for each rule, or else the past would
    /// outvote the present where a state changes often.
    private func latestPastOnly(_ votes: [Vote]) -> [Vote] {
        guard votes.contains(where: \.isPast) else { return votes }
        struct Source: Hashable {
            let rule: Int
            let signal: Signal
            let attribute: Attribute
        }
        var latest: [Source: Int] = [:]
        for (place, vote) in votes.enumerated() where vote.isPast {
            let source = Source(rule: vote.rule, signal: vote.entry.signal, attribute: vote.attribute)
            guard let known = latest[source] else {
                latest[source] = place
                continue
            }
            let (old, new) = (votes[known].entry, vote.entry)
            if new.last != old.last ? new.last > old.last : pool[new.value].text < pool[old.value].text {
                latest[source] = place
            }
        }
        let kept = Set(latest.values)
        return votes.enumerated().filter { !$0.element.isPast || kept.contains($0.offset) }.map(\.element)
    }
}

extension Vote {
    /// Counts a quarter where its rule speaks of another vendor or model than was found.
    fileprivate func discounted(vendor: String?, model: String?) -> Vote {
        var vote = self
        let isOther = Self.differ(self.vendor, vendor) || Self.differ(self.model, model)
        if isOther && attribute != .vendor && !(attribute == .model && model != nil) {
            vote.weight /= 4
            vote.tied /= 4
        }
        return vote
    }

    /// "Medfusion" and "Medfusion 4000" are one.
    private static func differ(_ said: String?, _ found: String?) -> Bool {
        guard let said = said?.lowercased(), let found = found?.lowercased() else { return false }
        return !said.hasPrefix(found) && !found.hasPrefix(said)
    }
}

extension Verdict {
    fileprivate mutating func judge(
        _ attribute: Attribute, _ votes: [Vote], _ knowledge: KnowledgeBase, _ pool: ValuePool
    ) {
        var places: [String: Int] = [:]
        var candidates: [Candidate] = []
        for vote in votes where vote.attribute == attribute {
            let key = vote.value.lowercased()
            let place: Int
            if let known = places[key] {
                place = known
            } else {
                place = candidates.count
                places[key] = place
                candidates.append(Candidate(value: vote.value))
            }
            // Written as the strongest witness writes it.
            if vote.weight > candidates[place].strongest
                || vote.weight == candidates[place].strongest && vote.value < candidates[place].value
            {
                candidates[place].strongest = vote.weight
                candidates[place].value = vote.value
            }
            candidates[place].score += vote.weight
            candidates[place].tied = max(candidates[place].tied, vote.tied)
            candidates[place].evidence.append((vote, vote.weight))
        }
        guard !candidates.isEmpty else { return }
        for place in candidates.indices { candidates[place].score += candidates[place].tied }
        candidates = Candidate.joined(candidates) { knowledge.isGeneral($0, over: $1, of: attribute) }
        candidates.sort { one, other in
            if one.score != other.score { return one.score > other.score }
            // Two versions with equal evidence: before and after an update, so the one that was heard last. What a device
            // is does not change with the last word.
            if attribute == .firmware || attribute == .os, one.lastHeard != other.lastHeard {
                return one.lastHeard > other.lastHeard
            }
            return one.value < other.value
        }
        let confidences = Odds.confidences(of: candidates.map { min($0.score, Inventory.greatestScore) })
        let best = candidates[0]
        guard best.score > 0, confidences[0] >= Inventory.leastConfidence else { return }
        judgements[attribute] = Judgement(
            value: best.value, confidence: confidences[0], evidence: best.written(knowledge, pool),
            others: candidates.dropFirst().prefix(8).map {
                Judgement.Rival(value: $0.value, evidence: $0.written(knowledge, pool))
            })
    }
}

extension Candidate {
    /// When something last spoke for it.
    fileprivate var lastHeard: Timestamp {
        evidence.filter { $0.weight > 0 }.map(\.vote.entry.last).max() ?? Timestamp(nanoseconds: .min)
    }

    /// "Linux" speaks for "Linux 4.1" too, and "imaging modality" for "CT scanner": what is more general than another
    /// candidate is no rival to it, but joins it.
    ///
    /// - Parameter isGeneral: Whether its first argument is the more general one; both in lower case.
    fileprivate static func joined(_ all: [Candidate], _ isGeneral: (String, String) -> Bool) -> [Candidate] {
        if all.count < 2 { return all }
        let keys = all.map { $0.value.lowercased() }
        return all.indices.compactMap { place in
            var own = all[place]
            for other in all.indices where other != place && all[other].score > 0 {
                if isGeneral(keys[place], keys[other]) { return nil }
                if own.score > 0, isGeneral(keys[other], keys[place]) {
                    own.score += all[other].score
                    own.evidence += all[other].evidence
                }
            }
            return own
        }
    }

    /// Evidence, strongest first, at most 16 pieces.
    fileprivate func written(_ knowledge: KnowledgeBase, _ pool: ValuePool) -> [Evidence] {
        let pieces = evidence.map { vote, weight in
            let signal = vote.entry.signal
            return Evidence(
                field: signal.field, protocolName: signal.protocolName, fieldName: signal.name,
                value: pool[vote.entry.value].text, rule: knowledge.rules[vote.rule].id, seen: vote.entry.count,
                weight: weight)
        }
        return Array(
            pieces.sorted { one, other in
                if one.weight != other.weight { return one.weight > other.weight }
                return (one.rule, one.fieldName, one.value) < (other.rule, other.fieldName, other.value)
            }.prefix(16))
    }
}

extension Device.Component {
    fileprivate var order: (String, String, String, String) { (kind, model ?? "", firmware ?? "", serial ?? "") }
}
