//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Chance: the one source of everything that differs between two devices.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): 64 bits of state, the same numbers everywhere for the same seed.
struct Chance: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A stream of its own for one purpose, so that what others draw does not move it.
    init(seed: UInt64, stream: UInt64) {
        var mixer = Chance(seed: seed ^ stream &* 0xD6E8_FEB8_6659_FD93)
        state = mixer.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// 0 to `bound - 1`; 0 where the bound is 0. The bias is below one in 2³² for the small bounds used here.
    mutating func below(_ bound: Int) -> Int { bound > 0 ? Int(next() >> 1) % bound : 0 }
    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }
    mutating func happens(inHundred part: Int) -> Bool { below(100) < part }
    mutating func pick<Element>(_ list: [Element]) -> Element {
        precondition(!list.isEmpty, "there must be something to pick from")
        return list[below(list.count)]
    }
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 24) } }
    /// Decimal digits, the first not zero.
    mutating func digits(_ count: Int) -> String {
        String(within(1...9)) + (1..<max(count, 1)).map { _ in String(below(10)) }.joined()
    }
    /// Upper-case hexadecimal digits.
    mutating func hexadecimal(_ count: Int) -> String {
        (0..<count).map { _ in String(below(16), radix: 16, uppercase: true) }.joined()
    }
    /// A random UUID (RFC 9562, version 4), in lower case.
    mutating func uuid() -> String {
        let text = hexadecimal(32).lowercased()
        var parts: [Substring] = []
        var rest = text[...]
        for length in [8, 4, 4, 4] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        parts[2] = "4" + parts[2].dropFirst()
        parts[3] = "a" + parts[3].dropFirst()
        return (parts + [rest]).joined(separator: "-")
    }
}
