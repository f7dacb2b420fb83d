//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SNMP messages, whole: a question to an agent, or its answer, read and written.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// One message of version 1 or 2c (RFC 1157; RFC 1901; RFC 3416, 3). Sensors keep none of it: `SNMP.read` is what looks
/// at captures. This is for agents that answer, and for tests of those that ask.
public struct SNMPMessage: Hashable, Sendable {
    public enum Version: Int64, Hashable, Sendable { case v1 = 0, v2c = 1 }
    /// Tags of the messages; version 1's trap has another form and is not read.
    public enum Kind: UInt8, Hashable, Sendable {
        case get = 0xA0, getNext, response, set
        case getBulk = 0xA5, inform, trap, report
    }
    /// What kept an agent from answering (RFC 3416, 3); only those that are used here.
    public enum Failure {
        public static let none: Int32 = 0
        public static let tooBig: Int32 = 1
        public static let noSuchName: Int32 = 2
        public static let general: Int32 = 5
        public static let notWritable: Int32 = 17
    }
    /// Why a name has no value.
    public enum Absence: UInt8, Hashable, Sendable { case noSuchObject = 0x80, noSuchInstance, endOfView }
    public struct Binding: Hashable, Sendable {
        public var name: ObjectName
        public var value: SNMPValue
        /// Set where the value is `.absent`.
        public var absence: Absence?

        public init(_ name: ObjectName, _ value: SNMPValue = .null) {
            self.name = name
            self.value = value
        }
        public init(_ name: ObjectName, _ absence: Absence) {
            self.name = name
            value = .absent
            self.absence = absence
        }
    }

    public var version: Version
    public var community: [UInt8]
    public var kind: Kind
    public var request: Int32
    /// Error status; how many names are asked once only, in `getBulk`.
    public var first: Int32
    /// Which binding is at fault, from 1; how often the others are asked, in `getBulk`.
    public var second: Int32
    public var bindings: [Binding]

    public init(
        _ kind: Kind, version: Version = .v2c, community: [UInt8], request: Int32, first: Int32 = 0, second: Int32 = 0,
        _ bindings: [Binding]
    ) {
        self.version = version
        self.community = community
        self.kind = kind
        self.request = request
        self.first = first
        self.second = second
        self.bindings = bindings
    }

    /// Bindings of one message: 64 KiB of the shortest.
    public static let mostBindings = 16_384

    /// Reads one datagram; nil when it is none, is broken anywhere, or is of another version.
    public init?(_ datagram: Span<UInt8>) {
        var reader = ByteReader(datagram)
        guard var inside = SNMPEnvelope.inside(&reader), let read = SNMPEnvelope.read(&inside),
            let version = read.envelope.plainVersion,
            let header = BER.header(&inside), let kind = Kind(rawValue: header.tag),
            var body = BER.inner(&inside, header.length),
            let request = BER.integer(&body).flatMap(Int32.init(exactly:)),
            let first = BER.integer(&body).flatMap(Int32.init(exactly:)),
            let second = BER.integer(&body).flatMap(Int32.init(exactly:)),
            let list = BER.header(&body), list.tag == BER.sequence, var rest = BER.inner(&body, list.length)
        else { return nil }
        self.init(
            kind, version: version, community: read.community, request: request, first: first, second: second, [])
        while !rest.isEmpty {
            guard bindings.count < Self.mostBindings, let header = BER.header(&rest), header.tag == BER.sequence,
                var one = BER.inner(&rest, header.length), let binding = Binding(&one)
            else { return nil }
            bindings.append(binding)
        }
    }
}

extension SNMPEnvelope {
    /// Versions that are read whole: those without encryption.
    fileprivate var plainVersion: SNMPMessage.Version? {
        switch self {
        case .version1: .v1
        case .community: .v2c
        case .user: nil
        }
    }
}

extension SNMPMessage.Binding {
    /// A name, then its value.
    fileprivate init?(_ reader: inout ByteReader) {
        guard let header = BER.header(&reader), header.tag == BER.objectIdentifier,
            let encoded = try? reader.take(header.length), let name = ObjectName(encoded: encoded),
            let about = BER.header(&reader), let octets = try? reader.take(about.length)
        else { return nil }
        if let absence = SNMPMessage.Absence(rawValue: about.tag) {
            self.init(name, absence)
        } else {
            guard let value = SNMPValue(tag: about.tag, octets) else { return nil }
            self.init(name, value)
        }
    }
}

extension SNMPValue {
    /// Tags of RFC 2578, 7.1 and RFC 3416, 3.
    enum Tag {
        static let null: UInt8 = 0x05
        static let address: UInt8 = 0x40
        static let counter32: UInt8 = 0x41
        static let gauge: UInt8 = 0x42
        static let ticks: UInt8 = 0x43
        static let opaque: UInt8 = 0x44
        static let counter64: UInt8 = 0x46
    }

    /// Reads a value; nil for a tag that SNMP does not have and for lengths that do not fit the type.
    init?(tag: UInt8, _ octets: Span<UInt8>) {
        /// Some agents leave out the zero that keeps a large number from being negative; none is negative here.
        func unsigned(_ most: Int) -> UInt64? {
            guard octets.count >= 1, octets.count <= most + 1, octets.count <= most || octets[0] == 0 else {
                return nil
            }
            var value: UInt64 = 0
            for index in octets.indices { value = value << 8 | UInt64(octets[index]) }
            return value
        }
        switch tag {
        case BER.integerTag:
            guard octets.count >= 1, octets.count <= 8 else { return nil }
            var value: Int64 = octets[0] & 0x80 == 0 ? 0 : -1
            for index in octets.indices { value = value << 8 | Int64(octets[index]) }
            self = .integer(value)
        case BER.octetString, Tag.opaque: self = .octets(array(octets))
        case Tag.null: self = .null
        case BER.objectIdentifier:
            guard let name = ObjectName(encoded: octets) else { return nil }
            self = .name(name)
        case Tag.address:
            guard octets.count == 4, let bits = octets.uint32(at: 0) else { return nil }
            self = .address(bits)
        case Tag.counter32, Tag.gauge, Tag.ticks:
            guard let value = unsigned(4).map({ UInt32(truncatingIfNeeded: $0) }) else { return nil }
            self = tag == Tag.counter32 ? .counter32(value) : tag == Tag.gauge ? .gauge(value) : .ticks(value)
        case Tag.counter64:
            guard let value = unsigned(8) else { return nil }
            self = .counter64(value)
        default: return nil
        }
    }
}

extension ObjectName {
    /// Reads X.690, 8.19: seven bits an octet, the first two numbers in one; nil when it is broken or too long.
    init?(encoded: Span<UInt8>) {
        var numbers: [UInt32] = []
        numbers.reserveCapacity(encoded.count + 1)
        var number: UInt64 = 0
        guard encoded.count >= 1, encoded[encoded.count - 1] & 0x80 == 0 else { return nil }
        for index in encoded.indices {
            number = number << 7 | UInt64(encoded[index] & 0x7F)
            guard number <= 0xFFFF_FFFF else { return nil }
            guard encoded[index] & 0x80 == 0 else { continue }
            if numbers.isEmpty {
                let root = min(number / 40, 2)
                numbers.append(UInt32(root))
                number -= root * 40
            }
            guard numbers.count < Self.mostNumbers else { return nil }
            numbers.append(UInt32(number))
            number = 0
        }
        self.init(numbers)
    }
}
