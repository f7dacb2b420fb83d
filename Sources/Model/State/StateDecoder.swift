//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// States, read: whatever the octets are, they give a value or an error, and never more than they can hold.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Reads what `StateEncoder` wrote. Every length is held against the octets that are left, every number against its type.
public final class StateDecoder: Decoder {
    private let bytes: [UInt8]
    private let end: Int
    private var at: Int
    private var texts: [String] = []
    private var moment: Int64 = 0
    private var depth = 0

    /// - Parameter range: which of the octets; those outside of the array are not there.
    public init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
        self.bytes = bytes
        let range = (range ?? bytes.indices).clamped(to: bytes.indices)
        (at, end) = (range.lowerBound, range.upperBound)
    }

    public var codingPath: [any CodingKey] { [] }
    public var userInfo: [CodingUserInfoKey: Any] { [:] }
    /// Octets that are left.
    public var remaining: Int { end - at }

    public func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(StateFieldReader(state: self))
    }
    public func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        StateElementReader(state: self, count: try length())
    }
    public func singleValueContainer() throws -> any SingleValueDecodingContainer { StateSingleReader(state: self) }

    /// Says that all was read.
    public func finish() throws { guard at == end else { throw StateTrouble.tooLong } }

    // MARK: Words

    public func flag() throws -> Bool {
        guard at < end else { throw StateTrouble.truncated }
        guard bytes[at] < 2 else { throw StateTrouble.invalid(at: at) }
        at += 1
        return bytes[at - 1] == 1
    }

    public func number() throws -> UInt64 {
        var (number, shift) = (UInt64(0), UInt64(0))
        while true {
            guard at < end else { throw StateTrouble.truncated }
            let octet = bytes[at]
            at += 1
            // The tenth octet has one bit left to give.
            guard shift < 63 || shift == 63 && octet < 2 else { throw StateTrouble.invalid(at: at - 1) }
            number |= UInt64(octet & 0x7F) << shift
            if octet < 0x80 { return number }
            shift += 7
        }
    }

    public func signed() throws -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// A number of this type; what does not fit is refused.
    public func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let before = at
        let number = Number.isSigned ? Number(exactly: try signed()) : Number(exactly: try self.number())
        guard let number else { throw StateTrouble.invalid(at: before) }
        return number
    }

    public func bits() throws -> UInt64 {
        guard end - at >= 8 else { throw StateTrouble.truncated }
        var bits: UInt64 = 0
        for place in 0..<8 { bits |= UInt64(bytes[at + place]) << UInt64(8 * place) }
        at += 8
        return bits
    }

    /// How many elements follow. Each takes an octet at least.
    public func length() throws -> Int {
        let before = at
        guard let count = Int(exactly: try number()) else { throw StateTrouble.invalid(at: before) }
        guard count <= end - at else { throw StateTrouble.truncated }
        return count
    }

    public func text() throws -> String {
        let before = at
        let number = try number()
        guard number == 0 else {
            guard number <= UInt64(texts.count) else { throw StateTrouble.invalid(at: before) }
            return texts[Int(number - 1)]
        }
        let count = try length()
        guard let text = String(validating: bytes[at..<at + count], as: UTF8.self) else {
            throw StateTrouble.invalid(at: at)
        }
        at += count
        texts.append(text)
        return text
    }

    public func timestamp() throws -> Timestamp {
        moment &+= try signed()
        return Timestamp(nanoseconds: moment)
    }

    public func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let known = type as? any StateCoded.Type, let value = try known.init(reading: self) as? Value {
            return value
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= StateEncoder.deepest else { throw StateTrouble.tooDeep }
        return try Value(from: self)
    }

    public func list<Value: StateCoded>() throws -> [Value] {
        let count = try length()
        var list: [Value] = []
        // An element may take much more room than its octets: room is taken as elements come.
        list.reserveCapacity(min(count, 1_024))
        for _ in 0..<count { list.append(try Value(reading: self)) }
        return list
    }

    public func optional<Value: StateCoded>() throws -> Value? { try flag() ? Value(reading: self) : nil }

    /// What `write(table:)` wrote, pair by pair. A table has no key twice; where octets do, who takes them decides.
    public func pairs<Key: StateCoded, Value: StateCoded>(_ take: (Key, Value) throws -> Void) throws {
        for _ in 0..<(try length()) { try take(Key(reading: self), Value(reading: self)) }
    }
}
