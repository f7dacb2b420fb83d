//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DNS names: what is written here, and behind the pointers?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Where a domain name stands in a message, checked: all its labels are there and its pointers lead somewhere.
struct DNSName: Sendable {
    /// RFC 1035, 2.3.4: 255 octets, with the counts of the labels and the last, empty one.
    static let maximumLength = 255
    static let maximumLabel = 63

    /// Why a name could not be read.
    enum Fault: Error, Hashable {
        /// A pointer leads forward, to itself or round in a circle.
        case loop
        /// It is longer than a name may be, a count has a meaning that no standard gave it, or it runs over the end.
        case broken
    }

    /// Where it begins in the message.
    let start: Int
    /// Where the message goes on behind it.
    let end: Int
    /// Octets with the counts and the last, empty label: 1 for the root.
    let length: Int

    /// Reads the name that begins at `start`.
    init(in message: Span<UInt8>, at start: Int) throws(Fault) {
        self.start = start
        var at = start
        var behind: Int?
        var length = 1
        // A pointer leads to a prior place (RFC 1035, 4.1.4): each further back than the last, so there is an end.
        var limit = start
        while true {
            guard let count = message.at(at) else { throw .broken }
            switch count {
            case 0:
                end = behind ?? at + 1
                self.length = length
                return
            case 1...63:
                length += 1 + Int(count)
                guard length <= Self.maximumLength, at + Int(count) < message.count else { throw .broken }
                at += 1 + Int(count)
            case 0xC0...0xFF:
                guard let low = message.at(at + 1) else { throw .broken }
                if behind == nil { behind = at + 2 }
                at = Int(count & 0x3F) << 8 | Int(low)
                guard at < limit else { throw .loop }
                limit = at
            default: throw .broken
            }
        }
    }

    /// The next label from `at` on: where its octets stand; nil at the end. Steps `at` behind it.
    func label(in message: Span<UInt8>, _ at: inout Int) -> Range<Int>? {
        var jumps = 0
        while let count = message.at(at), count != 0 {
            if count <= 63 {
                let from = at + 1
                at = from + Int(count)
                return at <= message.count ? from..<at : nil
            }
            jumps += 1
            guard count >= 0xC0, jumps <= 128, let low = message.at(at + 1) else { return nil }
            at = Int(count & 0x3F) << 8 | Int(low)
        }
        return nil
    }

    /// Whether it is the root, which is nobody's name.
    var isRoot: Bool { length <= 1 }

    /// Whether the name ends with these labels, ASCII letters being equal in either case.
    func hasSuffix(_ first: String, _ second: String, in message: Span<UInt8>) -> Bool {
        var at = start
        var before = 0..<0
        var last = 0..<0
        while let label = label(in: message, &at) {
            before = last
            last = label
        }
        return message.extracting(before).equalsIgnoringCase(first)
            && message.extracting(last).equalsIgnoringCase(second)
    }

    /// Whether it is the type of a service: `_ipp._tcp.local` (RFC 6763, 7).
    func isServiceType(in message: Span<UInt8>) -> Bool {
        var at = start
        guard let first = label(in: message, &at) else { return false }
        return message.at(first.lowerBound) == UInt8(ascii: "_")
    }

    /// Whether it is one instance of a service: a name before a type (RFC 6763, 4.1).
    func isInstance(in message: Span<UInt8>) -> Bool {
        var at = start
        guard let first = label(in: message, &at), let second = label(in: message, &at),
            let third = label(in: message, &at)
        else { return false }
        return message.at(first.lowerBound) != UInt8(ascii: "_") && message.at(second.lowerBound) == UInt8(ascii: "_")
            && message.at(third.lowerBound) == UInt8(ascii: "_")
    }
}

extension Facts {
    /// Puts a name with dots between its labels, as it is written, without the last dot.
    mutating func put(_ name: DNSName, in message: Span<UInt8>, skipping labels: Int = 0) {
        var at = name.start
        var index = 0
        while index < 128, let label = name.label(in: message, &at) {
            if index > labels { put(UInt8(ascii: ".")) }
            if index >= labels { put(message.extracting(label)) }
            index += 1
        }
    }
}
