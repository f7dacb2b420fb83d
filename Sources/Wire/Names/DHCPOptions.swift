//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DHCP options: where do they stand, and which parts belong together?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Walks through the options of a DHCPv4 message: behind the cookie, then in `file`, then in `sname` when the message
/// says that these hold options too (RFC 2132, 9.3; the order is RFC 3396, 5).
///
/// An option that comes more than once is shown once, `isSplit`: its parts are one value (RFC 3396). A part that only
/// repeats the first octet by octet is a habit of some clients, not a part.
struct DHCPOptions: ~Escapable {
    private static let overloadCode: UInt8 = 52
    private static let messageTypeCode: UInt8 = 53

    private let payload: Span<UInt8>
    private let start: Int
    private var area = 0
    private var offset: Int
    private var valueRange = 0..<0
    private var seen = OptionSet256()
    private var repeated = OptionSet256()
    /// Bit 0: `file` holds options. Bit 1: `sname` does.
    private(set) var overload: UInt8 = 0
    /// Option 53; 0 where there is none, which is BOOTP.
    private(set) var messageType: UInt8 = 0
    /// Whether an option claims to be longer than what is left of its area.
    private(set) var isOverrun = false
    /// Whether the option at hand has further parts.
    private(set) var isSplit = false

    /// Looks through all options once: which are there, which more than once, whether they go on elsewhere.
    @_lifetime(copy payload)
    init(_ payload: Span<UInt8>, from start: Int) {
        self.payload = payload
        self.start = start
        offset = start
        var once = OptionSet256()
        while let (code, range) = step() {
            if once.contains(code) { repeated.insert(code) }
            once.insert(code)
            if code == Self.overloadCode, area == 0, let value = payload.at(range.lowerBound), value <= 3 {
                overload = value
            }
            if code == Self.messageTypeCode, messageType == 0 { messageType = payload.at(range.lowerBound) ?? 0 }
        }
        area = 0
        offset = start
    }

    /// The option at hand, its first part.
    var value: Span<UInt8> {
        @_lifetime(copy self) get { payload.extracting(valueRange) }
    }

    /// Goes to the next option that was not shown yet and says its code; nil at the end.
    mutating func next() -> UInt8? {
        while let (code, range) = step() {
            if seen.contains(code) { continue }
            seen.insert(code)
            valueRange = range
            isSplit = repeated.contains(code)
            return code
        }
        return nil
    }

    /// All parts of an option, one behind the other.
    ///
    /// - Parameter limit: Octets after which parts are left out.
    func joined(_ code: UInt8, limit: Int) -> [UInt8] {
        var whole: [UInt8] = []
        var others = copyFromStart()
        var first = 0..<0
        while let (other, range) = others.step() {
            guard other == code, !range.isEmpty else { continue }
            if first.isEmpty {
                first = range
            } else if isSame(first, range) {
                continue
            }
            guard whole.count + range.count <= limit else { break }
            for index in range { whole.append(payload[index]) }
        }
        return whole
    }

    @_lifetime(copy self)
    private func copyFromStart() -> DHCPOptions {
        var copy = self
        copy.area = 0
        copy.offset = start
        return copy
    }

    private func isSame(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        guard one.count == other.count else { return false }
        for index in 0..<one.count where payload[one.lowerBound + index] != payload[other.lowerBound + index] {
            return false
        }
        return true
    }

    /// Where the area at hand ends: behind the cookie, `file`, `sname`.
    private var areaEnd: Int {
        switch area {
        case 0: payload.count
        case 1: 236
        default: 108
        }
    }

    private mutating func step() -> (UInt8, Range<Int>)? {
        while area < 3 {
            if let found = stepInArea() { return found }
            area += 1
            if area == 1, overload & 1 == 0 { area = 2 }
            if area == 2, overload & 2 == 0 { area = 3 }
            offset = area == 1 ? 108 : 44
        }
        return nil
    }

    /// RFC 2132, 2: code, length, value; 0 is padding, 255 the end. A value that runs over its area ends there.
    private mutating func stepInArea() -> (UInt8, Range<Int>)? {
        let end = min(areaEnd, payload.count)
        while offset < end, payload[offset] == 0 { offset += 1 }
        guard offset < end, payload[offset] != 255 else { return nil }
        let code = payload[offset]
        guard offset + 1 < end else {
            isOverrun = true
            offset = end
            return nil
        }
        let from = offset + 2
        let to = from + Int(payload[offset + 1])
        if to > end { isOverrun = true }
        offset = min(to, end)
        return (code, from..<max(from, offset))
    }
}

/// A set of option codes in four words.
private struct OptionSet256 {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    func contains(_ code: UInt8) -> Bool {
        let bit: UInt64 = 1 << UInt64(code & 63)
        return switch code >> 6 {
        case 0: words.0 & bit != 0
        case 1: words.1 & bit != 0
        case 2: words.2 & bit != 0
        default: words.3 & bit != 0
        }
    }

    mutating func insert(_ code: UInt8) {
        let bit: UInt64 = 1 << UInt64(code & 63)
        switch code >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        default: words.3 |= bit
        }
    }
}
