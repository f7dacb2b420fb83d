//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// States, read: what Codable asks of a form, in its many words.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

struct StateFieldReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let state: StateDecoder
    var codingPath: [any CodingKey] { [] }

    /// Asked once, of an enum: which case it is. Tables by name are not written so (`StateEncoder.container`).
    var allKeys: [Key] {
        guard let name = try? state.text(), let key = Key(stringValue: name) else { return [] }
        return [key]
    }
    func contains(_ key: Key) -> Bool { true }
    /// Asked before each value that may be missing.
    func decodeNil(forKey key: Key) throws -> Bool { try !state.flag() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try state.flag() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try state.text() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { Double(bitPattern: try state.bits()) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        Float(bitPattern: try state.number(UInt32.self))
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try state.number(Int.self) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try state.number(Int8.self) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try state.number(Int16.self) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try state.number(Int32.self) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try state.number(Int64.self) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try state.number(UInt.self) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try state.number(UInt8.self) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try state.number(UInt16.self) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try state.number(UInt32.self) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try state.number(UInt64.self) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try state.value(type) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { KeyedDecodingContainer(StateFieldReader<Nested>(state: state)) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try state.unkeyedContainer() }
    func superDecoder() throws -> any Decoder { state }
    func superDecoder(forKey key: Key) throws -> any Decoder { state }
}

struct StateElementReader: UnkeyedDecodingContainer {
    let state: StateDecoder
    let total: Int
    private(set) var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { total }
    var isAtEnd: Bool { currentIndex >= total }

    init(state: StateDecoder, count: Int) { (self.state, total) = (state, count) }

    private mutating func next() throws {
        guard currentIndex < total else { throw StateTrouble.truncated }
        currentIndex += 1
    }

    mutating func decodeNil() throws -> Bool { throw StateTrouble.unsupported }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next()
        return try state.value(type)
    }
    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try next()
        return try state.container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next()
        return try state.unkeyedContainer()
    }
    mutating func superDecoder() throws -> any Decoder {
        try next()
        return state
    }
}

struct StateSingleReader: SingleValueDecodingContainer {
    let state: StateDecoder
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) throws -> Bool { try state.flag() }
    func decode(_ type: String.Type) throws -> String { try state.text() }
    func decode(_ type: Double.Type) throws -> Double { Double(bitPattern: try state.bits()) }
    func decode(_ type: Float.Type) throws -> Float { Float(bitPattern: try state.number(UInt32.self)) }
    func decode(_ type: Int.Type) throws -> Int { try state.number(Int.self) }
    func decode(_ type: Int8.Type) throws -> Int8 { try state.number(Int8.self) }
    func decode(_ type: Int16.Type) throws -> Int16 { try state.number(Int16.self) }
    func decode(_ type: Int32.Type) throws -> Int32 { try state.number(Int32.self) }
    func decode(_ type: Int64.Type) throws -> Int64 { try state.number(Int64.self) }
    func decode(_ type: UInt.Type) throws -> UInt { try state.number(UInt.self) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try state.number(UInt8.self) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try state.number(UInt16.self) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try state.number(UInt32.self) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try state.number(UInt64.self) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try state.value(type) }
}
