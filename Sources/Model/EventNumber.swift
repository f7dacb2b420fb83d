//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Event numbers: how far in the log a reader has come.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Number of a published change: a position of the log, and which of several that were published there.
///
/// `1204` is the first at position 1204, `1204.2` the third. A reader that has `1204` has not yet seen `1204.1`.
public struct EventNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var position: UInt64
    public var part: UInt32

    public static let zero = EventNumber(position: 0)

    public init(position: UInt64, part: UInt32 = 0) { (self.position, self.part) = (position, part) }

    /// Nil where the text is no number as `description` writes it.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 31, text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) })
        else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let position = UInt64(parts[0]) else { return nil }
        var part: UInt32 = 0
        if parts.count == 2 {
            guard let number = UInt32(parts[1]) else { return nil }
            part = number
        }
        self.init(position: position, part: part)
    }

    public var description: String { part == 0 ? "\(position)" : "\(position).\(part)" }

    public static func < (one: Self, other: Self) -> Bool { (one.position, one.part) < (other.position, other.part) }
}
