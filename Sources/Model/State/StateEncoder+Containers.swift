//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// States, written: what Codable asks of a form, in its many words.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Fields in the order in which they are declared; of an enum, the name of its case comes first.
struct StateFieldWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let state: StateEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws { state.write(false) }
    func encode(_ value: Bool, forKey key: Key) throws { state.write(value) }
    func encode(_ value: String, forKey key: Key) throws { state.write(value) }
    func encode(_ value: Double, forKey key: Key) throws { state.write(bits: value.bitPattern) }
    func encode(_ value: Float, forKey key: Key) throws { state.write(UInt64(value.bitPattern)) }
    func encode(_ value: Int, forKey key: Key) throws { state.write(Int64(value)) }
    func encode(_ value: Int8, forKey key: Key) throws { state.write(Int64(value)) }
    func encode(_ value: Int16, forKey key: Key) throws { state.write(Int64(value)) }
    func encode(_ value: Int32, forKey key: Key) throws { state.write(Int64(value)) }
    func encode(_ value: Int64, forKey key: Key) throws { state.write(Int64(value)) }
    func encode(_ value: UInt, forKey key: Key) throws { state.write(UInt64(value)) }
    func encode(_ value: UInt8, forKey key: Key) throws { state.write(UInt64(value)) }
    func encode(_ value: UInt16, forKey key: Key) throws { state.write(UInt64(value)) }
    func encode(_ value: UInt32, forKey key: Key) throws { state.write(UInt64(value)) }
    func encode(_ value: UInt64, forKey key: Key) throws { state.write(UInt64(value)) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try state.write(value) }

    private func encode<Value>(_ value: Value?, _ write: (Value) throws -> Void) rethrows {
        state.write(value != nil)
        if let value { try write(value) }
    }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { encode(value) { state.write($0) } }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { encode(value) { state.write($0) } }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
        encode(value) { state.write(bits: $0.bitPattern) }
    }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
        encode(value) { state.write(UInt64($0.bitPattern)) }
    }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { encode(value) { state.write(Int64($0)) } }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { encode(value) { state.write(Int64($0)) } }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { encode(value) { state.write(Int64($0)) } }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { encode(value) { state.write(Int64($0)) } }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { encode(value) { state.write(Int64($0)) } }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { encode(value) { state.write(UInt64($0)) } }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { encode(value) { state.write(UInt64($0)) } }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { encode(value) { state.write(UInt64($0)) } }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { encode(value) { state.write(UInt64($0)) } }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { encode(value) { state.write(UInt64($0)) } }
    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        try encode(value) { try state.write($0) }
    }

    /// Only asked for the payload of an enum's case: `key` is the case.
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        state.write(key.stringValue)
        return KeyedEncodingContainer(StateFieldWriter<Nested>(state: state))
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { state.unkeyedContainer() }
    func superEncoder() -> any Encoder { state }
    func superEncoder(forKey key: Key) -> any Encoder { state }
}

/// Elements, their number in front.
struct StateElementWriter: UnkeyedEncodingContainer {
    let state: StateEncoder
    let start: Int
    private(set) var count = 0
    var codingPath: [any CodingKey] { [] }

    init(state: StateEncoder, start: Int) { (self.state, self.start) = (state, start) }

    private mutating func more() {
        count += 1
        state.setLength(UInt64(count), at: start)
    }

    mutating func encodeNil() throws { throw StateTrouble.unsupported }
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        more()
        try state.write(value)
    }
    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        more()
        return state.container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        more()
        return state.unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder {
        more()
        return state
    }
}

/// One value: a number or text by itself, or the raw value of an enum.
struct StateSingleWriter: SingleValueEncodingContainer {
    let state: StateEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil() throws { throw StateTrouble.unsupported }
    func encode(_ value: Bool) throws { state.write(value) }
    func encode(_ value: String) throws { state.write(value) }
    func encode(_ value: Double) throws { state.write(bits: value.bitPattern) }
    func encode(_ value: Float) throws { state.write(UInt64(value.bitPattern)) }
    func encode(_ value: Int) throws { state.write(Int64(value)) }
    func encode(_ value: Int8) throws { state.write(Int64(value)) }
    func encode(_ value: Int16) throws { state.write(Int64(value)) }
    func encode(_ value: Int32) throws { state.write(Int64(value)) }
    func encode(_ value: Int64) throws { state.write(Int64(value)) }
    func encode(_ value: UInt) throws { state.write(UInt64(value)) }
    func encode(_ value: UInt8) throws { state.write(UInt64(value)) }
    func encode(_ value: UInt16) throws { state.write(UInt64(value)) }
    func encode(_ value: UInt32) throws { state.write(UInt64(value)) }
    func encode(_ value: UInt64) throws { state.write(UInt64(value)) }
    func encode<Value: Encodable>(_ value: Value) throws { try state.write(value) }
}
