//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// One block of AES-128, the other way round.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension AESBlock {
    /// The clear form of the first sixteen octets (FIPS 197, section 5.3); what is missing counts as zero.
    func decipher(_ block: Span<UInt8>) -> [UInt8] {
        var state: [UInt8] = []
        state.reserveCapacity(16)
        for index in 0..<16 { state.append((block.at(index) ?? 0) ^ roundKeys[160 + index]) }
        var next = state
        for round in stride(from: 9, through: 0, by: -1) {
            for index in 0..<16 { next[(index * 5) % 16] = Self.inverseSubstitution[Int(state[index])] }
            for index in 0..<16 { state[index] = next[index] ^ roundKeys[16 * round + index] }
            if round > 0 {
                for column in stride(from: 0, to: 16, by: 4) { Self.unmix(&state, column) }
            }
        }
        return state
    }

    /// Section 5.3.3: mixing once more than three times is not mixing at all, so a little is taken off first.
    private static func unmix(_ state: inout [UInt8], _ column: Int) {
        let even = doubled(doubled(state[column] ^ state[column + 2]))
        let odd = doubled(doubled(state[column + 1] ^ state[column + 3]))
        state[column] ^= even
        state[column + 1] ^= odd
        state[column + 2] ^= even
        state[column + 3] ^= odd
        mix(&state, column)
    }

    private static let inverseSubstitution: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 256)
        for value in 0..<256 { table[Int(substitution[value])] = UInt8(value) }
        return table
    }()
}
