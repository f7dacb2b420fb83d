//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CoAP: which resource?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Constrained Application Protocol (RFC 7252): the path a client asks for.
///
/// It has no mark of its own but a version of two bits, so every rule of the format is held against a datagram.
public enum CoAP {
    /// Far more than any request carries: RFC 7252 lets one have a few dozen.
    private static let maximumOptions = 64

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard payload.count >= 4, payload[0] >> 6 == 1 else { return false }
        let tokenLength = Int(payload[0] & 15)
        let code = payload[1]
        // An empty message is four octets exactly (§4.1).
        if code == 0 { return tokenLength == 0 && payload.count == 4 }
        guard tokenLength <= 8, isKnown(code), let segments = scan(payload, from: 4 + tokenLength) else { return false }
        guard code < 0x20, segments > 0 else { return true }
        facts.open(.coapPath)
        var option = OptionStep(at: 4 + tokenLength)
        // `scan` has seen that all of them are whole.
        while option.next(payload) {
            guard option.number == 11 else { continue }
            facts.put(0x2F)
            facts.put(payload.from(option.start).upTo(option.length))
        }
        facts.close()
        return true
    }

    /// Requests 0.01 to 0.07, answers 2.01 to 2.05 and 2.31, errors (§12.1, RFC 7959, RFC 8132).
    private static func isKnown(_ code: UInt8) -> Bool {
        switch code {
        case 0x01...0x07, 0x41...0x45, 0x5F, 0x80...0x86, 0x88, 0x89, 0x8C, 0x8D, 0x8F, 0x96, 0x9D, 0xA0...0xA5, 0xA8:
            true
        default: false
        }
    }

    /// Goes through all options and counts the segments of the path; nil when one breaks a rule.
    private static func scan(_ payload: Span<UInt8>, from start: Int) -> Int? {
        guard start <= payload.count else { return nil }
        var option = OptionStep(at: start)
        var segments = 0
        var count = 0
        while option.next(payload) {
            count += 1
            guard count <= maximumOptions, isAllowed(option, payload) else { return nil }
            if option.number == 11 { segments += 1 }
        }
        return option.isWhole ? segments : nil
    }

    /// Lengths as §5.10 gives them; words have to be printable; unknown options only when they may be ignored (§5.4.1).
    private static func isAllowed(_ option: OptionStep, _ payload: Span<UInt8>) -> Bool {
        switch option.number {
        case 1, 4: return option.length <= 8
        case 3, 8, 11, 15, 20, 35, 39:
            guard option.length <= 255 || option.number == 35 else { return false }
            for index in option.start..<option.start + option.length where payload[index] < 0x20 { return false }
            return true
        case 5: return option.length == 0
        case 6, 7, 12, 14, 16, 17, 23, 27, 28, 60: return option.length <= 4
        case 9: return option.length <= 255
        default: return option.number & 1 == 0 && option.number < 2_100 || option.number >= 65_000
        }
    }

    /// Steps through the options (§3.1).
    private struct OptionStep {
        private var at: Int
        private(set) var number = 0
        /// Of the value.
        private(set) var start = 0
        private(set) var length = 0
        /// Whether the end was reached without breaking a rule.
        private(set) var isWhole = false

        init(at: Int) { self.at = at }

        /// Goes to the next option, if there is one.
        mutating func next(_ bytes: Span<UInt8>) -> Bool {
            guard let head = bytes.at(at) else {
                isWhole = true
                return false
            }
            at += 1
            if head == 0xFF {
                // The marker without a payload behind it is an error (§3).
                isWhole = at < bytes.count
                return false
            }
            guard let delta = extended(head >> 4, bytes), let size = extended(head & 15, bytes) else { return false }
            number += delta
            guard size <= bytes.count - at else { return false }
            start = at
            length = size
            at += size
            return true
        }

        private mutating func extended(_ nibble: UInt8, _ bytes: Span<UInt8>) -> Int? {
            switch nibble {
            case 13:
                guard let byte = bytes.at(at) else { return nil }
                at += 1
                return Int(byte) + 13
            case 14:
                guard let word = bytes.uint16(at: at) else { return nil }
                at += 2
                return Int(word) + 269
            case 15: return nil
            default: return Int(nibble)
            }
        }
    }

    // MARK: Writing

    /// A confirmable GET of a path such as `/vitals/temperature`.
    public static func get(path: String, message: UInt16) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint8(0x40)
        writer.uint8(0x01)
        writer.uint16(message)
        var previous = 0
        for segment in path.split(separator: "/") {
            let octets = Array(segment.utf8.prefix(255))
            let long = octets.count > 12
            writer.uint8(UInt8((11 - previous) << 4 | (long ? 13 : octets.count)))
            if long { writer.uint8(UInt8(octets.count - 13)) }
            writer.raw(octets)
            previous = 11
        }
        return writer.bytes
    }
}
