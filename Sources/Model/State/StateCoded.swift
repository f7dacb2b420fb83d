//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// States of the small nouns that every large table is made of, by hand.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension UInt64: StateCoded {
    public func write(to state: StateEncoder) { state.write(self) }
    public init(reading state: StateDecoder) throws { self = try state.number() }
}

extension UInt32: StateCoded {
    public func write(to state: StateEncoder) { state.write(self) }
    public init(reading state: StateDecoder) throws { self = try state.number(UInt32.self) }
}

extension Int32: StateCoded {
    public func write(to state: StateEncoder) { state.write(Int64(self)) }
    public init(reading state: StateDecoder) throws { self = try state.number(Int32.self) }
}

extension String: StateCoded {
    public func write(to state: StateEncoder) { state.write(self) }
    public init(reading state: StateDecoder) throws { self = try state.text() }
}

extension Timestamp: StateCoded {
    public func write(to state: StateEncoder) { state.write(self) }
    public init(reading state: StateDecoder) throws { self = try state.timestamp() }
}

extension HardwareAddress: StateCoded {
    public func write(to state: StateEncoder) { state.write(bits) }
    public init(reading state: StateDecoder) throws { self.init(bits: try state.number()) }
}

extension IPAddress: StateCoded {
    public func write(to state: StateEncoder) {
        state.write(high)
        state.write(low)
    }
    public init(reading state: StateDecoder) throws { self.init(high: try state.number(), low: try state.number()) }
}

extension Observation.Span: StateCoded {
    public func write(to state: StateEncoder) {
        state.write(first)
        state.write(last)
    }
    public init(reading state: StateDecoder) throws {
        self.init(first: try state.timestamp(), last: try state.timestamp())
    }
}

extension Subject: StateCoded {
    public func write(to state: StateEncoder) throws {
        try state.write(optional: hardware)
        try state.write(optional: network)
        try state.write(optional: child)
    }
    public init(reading state: StateDecoder) throws {
        self.init(hardware: try state.optional(), network: try state.optional(), child: try state.optional())
    }
}

extension Blocks: Codable where Element: Codable {
    public func encode(to encoder: any Encoder) throws { try elements.encode(to: encoder) }
    public init(from decoder: any Decoder) throws { self.init(try [Element](from: decoder)) }
}
