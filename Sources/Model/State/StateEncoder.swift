//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// States, written: a value's fields one after the other, as few octets as they need.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Why octets are no state, or a value cannot be one.
public enum StateTrouble: Error, Hashable, Sendable {
    /// The octets ended within a value.
    case truncated
    /// At this octet stands what no state has there.
    case invalid(at: Int)
    /// Values within values, deeper than any state has.
    case tooDeep
    /// After the last value stands something else.
    case tooLong
    /// Something that this form has no words for: nothing where a value is asked for.
    case unsupported
}

/// What is written and read often: by hand instead of field by field.
public protocol StateCoded: Codable {
    func write(to state: StateEncoder) throws
    init(reading state: StateDecoder) throws
}

extension StateCoded {
    public func encode(to encoder: any Encoder) throws {
        guard let state = encoder as? StateEncoder else { throw StateTrouble.unsupported }
        try write(to: state)
    }

    public init(from decoder: any Decoder) throws {
        guard let state = decoder as? StateDecoder else { throw StateTrouble.unsupported }
        try self.init(reading: state)
    }
}

/// What is not saved with a state but given by the program: its limits.
public protocol StateGiven: Codable {
    init()
}

extension StateGiven {
    public func encode(to encoder: any Encoder) {}
    public init(from decoder: any Decoder) { self.init() }
}

/// Writes values that the same program reads again: a cache, no form of exchange (docs/decisions/state-snapshots.md).
///
/// Fields have no names; they stand in the order in which they are declared. Numbers are LEB128, those with a sign folded
/// (zigzag) first. A text is written once; from then on its number stands for it. Moments are told as what passed since the one
/// before. What may be missing has an octet in front: 0 or 1. Lists have their length in front.
public final class StateEncoder: Encoder {
    /// States hold no trees: the deepest value of the hospital is some twelve levels down.
    static let deepest = 48

    public private(set) var bytes: [UInt8] = []
    private var numbers: [String: UInt64] = [:]
    private var moment: Int64 = 0
    private var depth = 0

    /// - Parameter head: octets that stand before the values.
    public init(_ head: [UInt8] = []) { bytes = head }

    public var codingPath: [any CodingKey] { [] }
    public var userInfo: [CodingUserInfoKey: Any] { [:] }

    public func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        assert(Key(stringValue: "\u{0}") == nil, "tables by name are written by hand: their keys would be lost")
        return KeyedEncodingContainer(StateFieldWriter(state: self))
    }
    public func unkeyedContainer() -> any UnkeyedEncodingContainer {
        StateElementWriter(state: self, start: beginList())
    }
    public func singleValueContainer() -> any SingleValueEncodingContainer { StateSingleWriter(state: self) }

    // MARK: Words

    public func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    public func write(_ number: UInt64) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    public func write(_ number: Int64) { write(UInt64(bitPattern: number << 1 ^ number >> 63)) }
    public func write(_ number: UInt32) { write(UInt64(number)) }
    public func write(_ number: Int) { write(Int64(number)) }

    /// All 64 bits, as they are: for hashes and addresses, which have no small values.
    public func write(bits: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }

    public func write(_ text: String) {
        if let number = numbers[text] { return write(number) }
        numbers[text] = UInt64(numbers.count) + 1
        bytes.append(0)
        write(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    public func write(_ time: Timestamp) {
        write(time.nanoseconds &- moment)
        moment = time.nanoseconds
    }

    public func write<Value: Encodable>(_ value: Value) throws {
        if let known = value as? any StateCoded { return try known.write(to: self) }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw StateTrouble.tooDeep }
        try value.encode(to: self)
    }

    public func write<Value: StateCoded>(_ list: [Value]) throws {
        write(UInt64(list.count))
        for value in list { try value.write(to: self) }
    }

    public func write<Value: StateCoded>(optional value: Value?) throws {
        write(value != nil)
        try value?.write(to: self)
    }

    /// What stands behind all values.
    public func append(_ octets: some Sequence<UInt8>) { bytes.append(contentsOf: octets) }

    /// A table, in whatever order it has; `pairs` reads it.
    public func write<Key: StateCoded, Value: StateCoded>(table: some Collection<(key: Key, value: Value)>) throws {
        write(UInt64(table.count))
        for (key, value) in table {
            try key.write(to: self)
            try value.write(to: self)
        }
    }

    // MARK: Lists whose length is known when they end

    func beginList() -> Int {
        bytes.append(0)
        return bytes.count - 1
    }

    /// Writes the length of a list that began at a place: one octet, or more where it has grown.
    func setLength(_ count: UInt64, at start: Int) {
        var (rest, place) = (count, start)
        while rest > 0x7F {
            // The octet behind was there before when the length already took as many.
            let hadMore = bytes[place] & 0x80 != 0
            bytes[place] = UInt8(truncatingIfNeeded: rest) | 0x80
            rest >>= 7
            place += 1
            if !hadMore { bytes.insert(0, at: place) }
        }
        bytes[place] = UInt8(truncatingIfNeeded: rest)
    }
}
