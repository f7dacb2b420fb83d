//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Message state: where in a conversation of text messages one direction stands, in eight octets.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What `MessageReader` must remember between two segments of one direction; packs into a `StreamMemory`.
struct MessageState {
    enum Mode: UInt64 {
        /// Before the first line of a message. Zero, so that fresh memory means this.
        case startLine
        case headers
        /// Inside a header line that is too long to be of interest.
        case longLine
        /// At the first octet of a body of `length` octets.
        case body
        /// At the size of a chunk (RFC 9112 §7.1).
        case chunkSize
        case trailers
        /// Waiting for a segment that begins with a message.
        case lost
        /// At the first octet of a small XML body of `length` octets.
        case xmlBody
        /// At the first octet of an XML body that ends with the connection.
        case xmlUntilClose
    }

    struct Flags: OptionSet {
        let rawValue: UInt64
        static let response = Flags(rawValue: 1 << 0)
        static let success = Flags(rawValue: 1 << 1)
        static let bodiless = Flags(rawValue: 1 << 2)
        static let chunked = Flags(rawValue: 1 << 3)
        static let counted = Flags(rawValue: 1 << 4)
        static let typed = Flags(rawValue: 1 << 5)
        static let xml = Flags(rawValue: 1 << 6)
        static let encoded = Flags(rawValue: 1 << 7)
        /// The message asks for a tunnel, or for another protocol from here on.
        static let connect = Flags(rawValue: 1 << 8)
        static let switched = Flags(rawValue: 1 << 9)
    }

    /// Longest body that is believed: 2^38 octets, so that sums stay far from overflow.
    static let maximumLength = 1 << 38

    var mode = Mode.startLine
    var flags: Flags = []
    /// Segments in a row that did not begin with a message, while lost.
    var misses: UInt64 = 0
    /// Of the body, in octets.
    var length = 0

    init(_ memory: StreamMemory) {
        mode = Mode(rawValue: memory & 0xF) ?? .lost
        flags = Flags(rawValue: memory >> 4 & 0xFFF)
        misses = memory >> 16 & 0xFF
        length = Int(memory >> 24)
    }

    var memory: StreamMemory {
        let low = mode.rawValue | flags.rawValue << 4 | misses << 16
        return low | UInt64(truncatingIfNeeded: min(length, Self.maximumLength)) << 24
    }
}
