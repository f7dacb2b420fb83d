//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// History: when did a belief change, and what made it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// How many changes of belief a record keeps: the first eight tell how the device came to be known, the last ones what
/// is going on now. A device that changes more often than this is told by the last ones alone.
enum History {
    static let first = 8
    static let all = 32

    static func add(_ change: BeliefChange, to list: inout [BeliefChange]) {
        if list.count >= all { list.remove(at: first) }
        list.append(change)
    }
}

extension Verdict {
    /// The change of one attribute, with the newest word that speaks for the new value.
    func change(
        of attribute: Attribute, from old: String?, correction: Correction?, at moment: Timestamp, _ pool: ValuePool
    ) -> BeliefChange {
        let new = judgements[attribute]
        var change = BeliefChange(
            moment: moment, attribute: attribute, from: old, to: new?.value, confidence: new?.confidence ?? 0,
            field: nil, protocolName: "", fieldName: "", value: "")
        if let correction, correction.value == new?.value {
            let evidence = correction.evidence
            change.moment = correction.occurred
            change.protocolName = evidence.protocolName
            change.fieldName = evidence.fieldName
            change.value = evidence.value
            return change
        }
        let said = new?.value.lowercased()
        var cause: Vote?
        for vote in votes where vote.attribute == attribute {
            // Against everything, or for what is believed now.
            guard said.map({ vote.weight > 0 && vote.value.lowercased() == $0 }) ?? (vote.weight < 0) else { continue }
            if cause.map({ vote.isNewer(than: $0, pool) }) ?? true { cause = vote }
        }
        if let cause {
            change.moment = cause.entry.last
            change.field = cause.entry.signal.field
            change.protocolName = cause.entry.signal.protocolName
            change.fieldName = cause.entry.signal.name
            change.value = pool[cause.entry.value].text
        }
        return change
    }
}

extension Vote {
    /// Said last; of several at one moment what had not been said before, then the heavier, then by text.
    fileprivate func isNewer(than other: Vote, _ pool: ValuePool) -> Bool {
        if entry.last != other.entry.last { return entry.last > other.entry.last }
        if entry.first != other.entry.first { return entry.first > other.entry.first }
        if weight != other.weight { return weight > other.weight }
        return pool[entry.value].text < pool[other.entry.value].text
    }
}
