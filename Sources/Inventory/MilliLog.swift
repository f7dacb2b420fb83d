//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Natural logarithms in integers, so that every machine weighs alike.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

enum MilliLog {
    /// ln(number) in thousandths, to the nearest or one beside it.
    static func of(_ number: UInt64) -> Int {
        precondition(number > 0, "the logarithm of nothing")
        // log2 by squaring: `mantissa` is in 1 … 2 with 31 binary places, each squaring gives one more bit.
        let whole = 63 - number.leadingZeroBitCount
        var mantissa = whole >= 31 ? number >> UInt64(whole - 31) : number << UInt64(31 - whole)
        var bits = UInt64(whole)
        for _ in 0..<24 {
            mantissa = (mantissa * mantissa) >> 31
            bits <<= 1
            if mantissa >> 32 > 0 {
                mantissa >>= 1
                bits |= 1
            }
        }
        // ln 2 = 0.693147180559945
        return Int((bits * 693_147 + (500 << 24)) >> 24) / 1_000
    }

    /// ln(numerator / denominator) in thousandths.
    static func ratio(_ numerator: UInt64, _ denominator: UInt64) -> Int { of(numerator) - of(denominator) }
}
