//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// One block of AES-128, for the mask over a QUIC header.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Single blocks of AES-128 (FIPS 197). Only where every key is public: QUIC's header protection, Tuya's broadcasts.
///
/// `Crypto` offers no bare block, and the package that does would double what must be built. Nothing secret may ever
/// go through here: it takes no care to run in constant time.
struct AESBlock: Sendable {
    /// Eleven round keys of sixteen octets.
    let roundKeys: [UInt8]

    /// - Parameter key: Sixteen octets; shorter ones are filled up with zeros.
    init(key: [UInt8]) {
        var keys = Array(key.prefix(16))
        keys += Array(repeating: 0, count: 16 - keys.count)
        var round: UInt8 = 1
        while keys.count < 176 {
            let last = keys.count - 4
            var word = [keys[last], keys[last + 1], keys[last + 2], keys[last + 3]]
            if keys.count % 16 == 0 {
                word = [word[1], word[2], word[3], word[0]].map { Self.substitution[Int($0)] }
                word[0] ^= round
                round = Self.doubled(round)
            }
            for index in 0..<4 { keys.append(keys[keys.count - 16] ^ word[index]) }
        }
        roundKeys = keys
    }

    /// The enciphered form of the first sixteen octets; what is missing counts as zero.
    func encipher(_ block: Span<UInt8>) -> [UInt8] {
        var state: [UInt8] = []
        state.reserveCapacity(16)
        for index in 0..<16 { state.append((block.at(index) ?? 0) ^ roundKeys[index]) }
        for round in 1...10 {
            // Substitute, and shift row r by r columns; octets stand column by column.
            var next: [UInt8] = []
            next.reserveCapacity(16)
            for index in 0..<16 { next.append(Self.substitution[Int(state[(index * 5) % 16])]) }
            if round < 10 {
                for column in stride(from: 0, to: 16, by: 4) { Self.mix(&next, column) }
            }
            for index in 0..<16 { state[index] = next[index] ^ roundKeys[16 * round + index] }
        }
        return state
    }

    /// FIPS 197, section 5.1.3.
    static func mix(_ state: inout [UInt8], _ column: Int) {
        let (a, b, c, d) = (state[column], state[column + 1], state[column + 2], state[column + 3])
        let all = a ^ b ^ c ^ d
        state[column] = a ^ all ^ doubled(a ^ b)
        state[column + 1] = b ^ all ^ doubled(b ^ c)
        state[column + 2] = c ^ all ^ doubled(c ^ d)
        state[column + 3] = d ^ all ^ doubled(d ^ a)
    }

    /// Twice this element of the field (FIPS 197, section 4.2.1).
    static func doubled(_ value: UInt8) -> UInt8 { value << 1 ^ (value & 0x80 == 0 ? 0 : 0x1B) }

    /// FIPS 197, section 5.1.1, worked out: each element's inverse, turned and added up.
    static let substitution: [UInt8] = {
        var table = [UInt8](repeating: 0x63, count: 256)
        // 3 generates all elements but 0; `inverse` walks the other way round.
        var element: UInt8 = 1
        var inverse: UInt8 = 1
        for _ in 0..<255 {
            element ^= doubled(element)
            inverse ^= inverse << 1
            inverse ^= inverse << 2
            inverse ^= inverse << 4
            if inverse & 0x80 != 0 { inverse ^= 0x09 }
            var sum = inverse
            for turn: UInt8 in 1...4 { sum ^= inverse << turn | inverse >> (8 - turn) }
            table[Int(element)] = sum ^ 0x63
        }
        return table
    }()
}
