//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Bytes: borrow, step, never index by hand. The only place that compares with the end.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// There were fewer bytes than the format promises.
public struct Truncated: Error, Hashable, Sendable {
    @inlinable public init() {}
}

/// Steps through borrowed bytes; cannot outlive them. All integers are big-endian unless the name says otherwise.
public struct ByteReader: ~Escapable {
    @usableFromInline let bytes: Span<UInt8>
    /// Octets read so far.
    public private(set) var offset: Int
    @usableFromInline let end: Int

    @_lifetime(copy bytes)
    @inline(__always)
    public init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
        offset = 0
        end = bytes.count
    }

    /// Octets left.
    @inline(__always)
    public var count: Int { end - offset }
    @inline(__always)
    public var isEmpty: Bool { offset >= end }

    @inline(__always)
    private mutating func advance(by length: Int) throws(Truncated) -> Int {
        let at = offset
        guard length >= 0, length <= end - at else { throw Truncated() }
        offset = at + length
        return at
    }

    @inline(__always)
    public mutating func uint8() throws(Truncated) -> UInt8 {
        bytes[try advance(by: 1)]
    }

    @inline(__always)
    public mutating func uint16() throws(Truncated) -> UInt16 {
        let at = try advance(by: 2)
        return UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1])
    }

    @inline(__always)
    public mutating func uint24() throws(Truncated) -> UInt32 {
        let at = try advance(by: 3)
        return UInt32(bytes[at]) << 16 | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2])
    }

    @inline(__always)
    public mutating func uint32() throws(Truncated) -> UInt32 {
        let at = try advance(by: 4)
        return UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
            | UInt32(bytes[at + 3])
    }

    @inline(__always)
    public mutating func uint48() throws(Truncated) -> UInt64 {
        let high = UInt64(try uint16())
        return high << 32 | UInt64(try uint32())
    }

    @inline(__always)
    public mutating func uint64() throws(Truncated) -> UInt64 {
        let high = UInt64(try uint32())
        return high << 32 | UInt64(try uint32())
    }

    @inline(__always)
    public mutating func uint16LittleEndian() throws(Truncated) -> UInt16 { (try uint16()).byteSwapped }
    @inline(__always)
    public mutating func uint32LittleEndian() throws(Truncated) -> UInt32 { (try uint32()).byteSwapped }
    @inline(__always)
    public mutating func uint64LittleEndian() throws(Truncated) -> UInt64 { (try uint64()).byteSwapped }

    @inline(__always)
    public mutating func skip(_ length: Int) throws(Truncated) {
        _ = try advance(by: length)
    }

    /// The next `length` octets, borrowed.
    @_lifetime(copy self)
    @inline(__always)
    public mutating func take(_ length: Int) throws(Truncated) -> Span<UInt8> {
        let at = try advance(by: length)
        return bytes.extracting(at..<at + length)
    }

    /// As many of the next `length` octets as there are.
    @_lifetime(copy self)
    @inline(__always)
    public mutating func takeUpTo(_ length: Int) -> Span<UInt8> {
        let at = offset
        let size = Swift.min(Swift.max(length, 0), end - at)
        offset = at + size
        return bytes.extracting(at..<at + size)
    }

    /// All that is left, borrowed.
    @_lifetime(copy self)
    @inline(__always)
    public mutating func rest() -> Span<UInt8> { takeUpTo(end - offset) }

    /// The octet `ahead` of the next one, without stepping; nil beyond the end.
    @inline(__always)
    public func peek(_ ahead: Int = 0) -> UInt8? {
        ahead >= 0 && ahead < end - offset ? bytes[offset + ahead] : nil
    }
}

extension Span where Element == UInt8 {
    /// The part from `start` on, empty when beyond the end.
    @_lifetime(copy self)
    @inline(__always)
    public func from(_ start: Int) -> Span<UInt8> {
        extracting(Swift.min(Swift.max(start, 0), count)..<count)
    }

    /// The first `length` octets, or fewer when there are not so many.
    @_lifetime(copy self)
    @inline(__always)
    public func upTo(_ length: Int) -> Span<UInt8> {
        extracting(0..<Swift.min(Swift.max(length, 0), count))
    }

    /// Octet at `index`, or nil beyond the end.
    @inline(__always)
    public func at(_ index: Int) -> UInt8? {
        index >= 0 && index < count ? self[index] : nil
    }

    /// Big-endian 16 bits at `index`, or nil beyond the end.
    @inline(__always)
    public func uint16(at index: Int) -> UInt16? {
        index >= 0 && index <= count - 2 ? UInt16(self[index]) << 8 | UInt16(self[index + 1]) : nil
    }

    /// Big-endian 32 bits at `index`, or nil beyond the end.
    @inline(__always)
    public func uint32(at index: Int) -> UInt32? {
        guard index >= 0, index <= count - 4 else { return nil }
        return UInt32(self[index]) << 24 | UInt32(self[index + 1]) << 16 | UInt32(self[index + 2]) << 8
            | UInt32(self[index + 3])
    }

    /// Whether it begins with these octets.
    @inline(__always)
    public func starts(with text: String) -> Bool {
        matches(text, at: 0)
    }

    /// Whether these octets stand at `start`.
    public func matches(_ text: String, at start: Int) -> Bool {
        let wanted = text.utf8.span
        guard start >= 0, start <= count - wanted.count else { return false }
        for index in wanted.indices where wanted[index] != self[start &+ index] { return false }
        return true
    }

    /// Like `matches`, with ASCII letters equal in either case.
    public func matchesIgnoringCase(_ text: String, at start: Int) -> Bool {
        let wanted = text.utf8.span
        guard start >= 0, start <= count - wanted.count else { return false }
        for index in wanted.indices
        where wanted[index] != self[start &+ index]
            && asciiLowerCase(wanted[index]) != asciiLowerCase(self[start &+ index])
        {
            return false
        }
        return true
    }

    /// Position of the first such octet at or after `start`.
    @inline(__always)
    public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        var index = Swift.max(start, 0)
        while index < count {
            if self[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// Position of the first occurrence of these octets at or after `start`.
    public func firstIndex(of text: String, from start: Int = 0) -> Int? {
        var index = Swift.max(start, 0)
        let length = text.utf8.count
        while index <= count - length {
            if matches(text, at: index) { return index }
            index += 1
        }
        return nil
    }

    /// The part without spaces, tabs, line ends and NULs at either end.
    @_lifetime(copy self)
    public func trimmed() -> Span<UInt8> {
        var low = 0
        var high = count
        while low < high, isBlank(self[low]) { low += 1 }
        while high > low, isBlank(self[high - 1]) { high -= 1 }
        return extracting(low..<high)
    }

    /// The value of a decimal number, if there is nothing else and it fits.
    public func decimal() -> Int? {
        guard count > 0, count <= 18 else { return nil }
        var value = 0
        for index in indices {
            guard case 0x30...0x39 = self[index] else { return nil }
            value = value * 10 + Int(self[index] - 0x30)
        }
        return value
    }
}

extension [UInt8] {
    /// Adds borrowed octets at the end: one check for room, not one an octet.
    @inline(__always)
    mutating func add(_ bytes: Span<UInt8>) {
        append(addingCapacity: bytes.count) { room in
            for index in bytes.indices { room.append(bytes[index]) }
        }
    }

    /// Writes borrowed octets over those from `start` on, which must be there.
    @inline(__always)
    mutating func overwrite(from start: Int, with bytes: Span<UInt8>) {
        var room = mutableSpan
        for index in bytes.indices { room[start &+ index] = bytes[index] }
    }
}

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0 || byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

@inline(__always)
func asciiLowerCase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

/// A copy, for tests and for writers; not for the packet path.
public func array(_ bytes: Span<UInt8>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.add(bytes)
    return copy
}
