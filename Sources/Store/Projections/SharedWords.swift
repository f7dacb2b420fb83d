//===----------------------------------------------------------------------===//
// Wardlight · Store
//
// Shared words: what stands in a hundred thousand rows stands in memory once.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Texts that were read, each kept once. Makers, models and the words of findings repeat in every row.
struct SharedWords {
    /// Texts are forgotten from then on as they come: names that never repeat gain nothing.
    static let most = 65_536
    private var known: Set<String> = []

    mutating func share(_ text: inout String) {
        // Up to 15 octets lie in the value itself.
        guard text.utf8.count > 15 else { return }
        if let place = known.firstIndex(of: text) {
            text = known[place]
        } else if known.count < Self.most {
            known.insert(text)
        }
    }

    mutating func share(_ text: inout String?) {
        guard var some = text else { return }
        share(&some)
        text = some
    }
}

/// A row that holds words.
protocol Wordy {
    mutating func share(_ words: inout SharedWords)
}

extension DeviceSummary: Wordy {
    mutating func share(_ words: inout SharedWords) {
        words.share(&site)
        words.share(&vendor)
        words.share(&type)
        words.share(&model)
        words.share(&os)
        words.share(&firmware)
        words.share(&agent)
        words.share(&parent)
    }
}

extension FindingSummary: Wordy {
    mutating func share(_ words: inout SharedWords) {
        words.share(&site)
        words.share(&finding.rule)
        words.share(&finding.title)
        words.share(&finding.falseAlarm)
        for place in finding.evidence.indices { finding.evidence[place].share(&words) }
        for side in finding.sides.indices {
            words.share(&finding.sides[side].says)
            for place in finding.sides[side].evidence.indices { finding.sides[side].evidence[place].share(&words) }
        }
    }
}

extension Evidence {
    fileprivate mutating func share(_ words: inout SharedWords) {
        words.share(&protocolName)
        words.share(&fieldName)
        words.share(&value)
        words.share(&rule)
    }
}
