//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Odds: how sure is it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Confidence from milli-log-odds, in integers only, so that every machine gives the same.
enum Odds {
    /// round(2^30 · exp(-2^k / 1000)) for k = 0 … 14.
    private static let powers: [UInt64] = [
        1_072_668_619, 1_071_596_486, 1_069_455_435, 1_065_186_158, 1_056_698_664, 1_039_926_024, 1_007_175_199,
        944_735_372, 831_228_610, 643_488_952, 385_640_219, 138_504_783, 17_866_096, 297_276, 82,
    ]

    /// 2^30 · exp(-distance / 1000)
    private static func weight(below distance: Int) -> UInt64 {
        guard distance < 1 << 15 else { return 0 }
        var weight: UInt64 = 1 << 30
        for (bit, power) in powers.enumerated() where distance >> bit & 1 == 1 {
            weight = (weight * power + (1 << 29)) >> 30
        }
        return weight
    }

    /// Parts in a thousand that each candidate is the right one, where "something else" has log-odds of 0; never 1000.
    static func confidences(of scores: [Int]) -> [Int] {
        let top = max(0, scores.max() ?? 0)
        let weights = scores.map { weight(below: top - max(-30_000, $0)) }
        let sum = weights.reduce(weight(below: top), +)
        return weights.map { min(999, Int(($0 * 1_000 + sum / 2) / sum)) }
    }
}
