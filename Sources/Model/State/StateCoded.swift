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

extension Array: StateCoded where Element: StateCoded {
    public func write(to state: StateEncoder) throws { try state.write(self) }
    public init(reading state: StateDecoder) throws { self = try state.list() }
}

extension Dictionary: StateCoded where Key: StateCoded, Value: StateCoded {
    public func write(to state: StateEncoder) throws { try state.write(table: self) }
    public init(reading state: StateDecoder) throws {
        self.init()
        try state.pairs { self[$0] = $1 }
    }
}

extension Field: StateCoded {
    public func write(to state: StateEncoder) { state.write(UInt64(rawValue)) }
    public init(reading state: StateDecoder) throws {
        guard let field = Field(rawValue: try state.number(UInt16.self)) else { throw StateTrouble.unsupported }
        self = field
    }
}

extension Service: StateCoded {
    public func write(to state: StateEncoder) {
        state.write(name)
        state.write(UInt64(port))
        state.write(UInt64(transport.rawValue))
    }
    public init(reading state: StateDecoder) throws {
        let (name, port) = (try state.text(), try state.number(UInt16.self))
        guard let transport = Transport(rawValue: try state.number(UInt8.self)) else { throw StateTrouble.unsupported }
        self.init(name: name, port: port, transport: transport)
    }
}

extension BeliefChange: StateCoded {
    public func write(to state: StateEncoder) throws {
        state.write(moment)
        state.write(attribute.rawValue)
        try state.write(optional: from)
        try state.write(optional: to)
        state.write(confidence)
        try state.write(optional: field)
        state.write(protocolName)
        state.write(fieldName)
        state.write(value)
    }
    public init(reading state: StateDecoder) throws {
        let moment = try state.timestamp()
        guard let attribute = Attribute(rawValue: try state.text()) else { throw StateTrouble.unsupported }
        self.init(
            moment: moment, attribute: attribute, from: try state.optional(), to: try state.optional(),
            confidence: try state.number(Int.self), field: try state.optional(), protocolName: try state.text(),
            fieldName: try state.text(), value: try state.text())
    }
}

extension Blocks: Codable where Element: Codable {
    public func encode(to encoder: any Encoder) throws { try elements.encode(to: encoder) }
    public init(from decoder: any Decoder) throws { self.init(try [Element](from: decoder)) }
}
