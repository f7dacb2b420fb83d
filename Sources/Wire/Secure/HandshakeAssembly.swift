//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Assembly: one handshake message put together from pieces that come in any order.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Collects pieces of a message by offset, and knows how much of its beginning is there without a gap.
struct HandshakeAssembly: Sendable {
    /// Octets of one message. A ClientHello with post-quantum key shares has some 1,800; certificates up to 10,000.
    static let maximumBytes = 16_384
    /// Stretches with gaps between that are remembered; Chrome scatters its hello over some twenty.
    static let maximumStretches = 64

    private(set) var bytes: [UInt8] = []
    /// What is there, in order, never touching each other.
    private var stretches: [Range<Int>] = []

    /// Octets that are there from the start.
    var complete: Int {
        guard let first = stretches.first, first.lowerBound == 0 else { return 0 }
        return first.upperBound
    }

    /// Adds one piece. What would go beyond the limits is left out, and the answer is false.
    mutating func insert(_ piece: Span<UInt8>, at offset: Int) -> Bool {
        guard piece.count > 0 else { return true }
        guard offset >= 0, offset <= Self.maximumBytes - piece.count else { return false }
        let end = offset + piece.count
        // Finds the stretches that the piece touches and lets it take their place.
        var low = 0
        while low < stretches.count, stretches[low].upperBound < offset { low += 1 }
        var high = low
        var joined = offset..<end
        while high < stretches.count, stretches[high].lowerBound <= end {
            joined =
                min(
                    joined.lowerBound, stretches[high].lowerBound)..<max(
                    joined.upperBound, stretches[high].upperBound)
            high += 1
        }
        guard stretches.count - (high - low) < Self.maximumStretches else { return false }
        stretches.replaceSubrange(low..<high, with: CollectionOfOne(joined))
        while bytes.count < end { bytes.append(0) }
        for index in piece.indices { bytes[offset + index] = piece[index] }
        return true
    }

    /// Gives the room back; nothing is there any more.
    mutating func clear() {
        bytes = []
        stretches = []
    }
}
