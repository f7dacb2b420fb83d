//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Coverage of all inputs together: how much was seen, and how well?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The inputs' coverage added up; shares are parts in a thousand.
struct CoverageTotal {
    /// The sums; its `input` is empty.
    let sums: Coverage
    var duplicates: Int { Self.perMille(sums.duplicates, of: sums.packets) }
    var truncated: Int { Self.perMille(sums.truncated, of: sums.packets) }
    var oneWayTCP: Int { Self.perMille(sums.tcpOneWay, of: sums.tcpConversations) }

    init(_ snapshot: InventorySnapshot) {
        var sums = Coverage(input: "")
        for input in snapshot.coverage { sums.add(input) }
        self.sums = sums
    }

    /// Rounded down, at least 1 when there is any, at most 1000; 0 of 0 is 0.
    static func perMille(_ part: UInt64, of whole: UInt64) -> Int {
        guard whole > 0, part > 0 else { return 0 }
        if part >= whole { return 1000 }
        return max(1, Int(whole.dividingFullWidth(part.multipliedFullWidth(by: 1000)).quotient))
    }
}
