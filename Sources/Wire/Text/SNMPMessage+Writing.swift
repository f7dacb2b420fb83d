//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SNMP messages, written: Basic Encoding Rules from the inside out.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SNMPMessage {
    /// The datagram.
    public var bytes: [UInt8] {
        var list: [UInt8] = []
        for binding in bindings { binding.write(to: &list) }
        return bytes(bindings: list)
    }

    /// The datagram, with bindings that are written already; `bindings` itself is passed over.
    func bytes(bindings list: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(list.count + 32)
        for number in [request, first, second] { BER.write(BER.integerTag, BER.octets(of: Int64(number)), to: &body) }
        BER.begin(BER.sequence, list.count, to: &body)
        body += list
        var inside: [UInt8] = []
        inside.reserveCapacity(body.count + community.count + 16)
        BER.write(BER.integerTag, BER.octets(of: version.rawValue), to: &inside)
        BER.write(BER.octetString, community, to: &inside)
        BER.begin(kind.rawValue, body.count, to: &inside)
        inside += body
        var message: [UInt8] = []
        message.reserveCapacity(inside.count + 6)
        BER.begin(BER.sequence, inside.count, to: &message)
        message += inside
        return message
    }
}

extension SNMPMessage.Binding {
    func write(to output: inout [UInt8]) {
        var inside: [UInt8] = []
        BER.write(BER.objectIdentifier, name.encoded, to: &inside)
        if let absence {
            BER.write(absence.rawValue, [], to: &inside)
        } else {
            value.write(to: &inside)
        }
        BER.write(BER.sequence, inside, to: &output)
    }
}

extension SNMPValue {
    func write(to output: inout [UInt8]) {
        switch self {
        case .integer(let value): BER.write(BER.integerTag, BER.octets(of: value), to: &output)
        case .octets(let octets): BER.write(BER.octetString, octets, to: &output)
        case .name(let name): BER.write(BER.objectIdentifier, name.encoded, to: &output)
        case .counter32(let value): BER.write(Tag.counter32, BER.octets(of: Int64(value)), to: &output)
        case .gauge(let value): BER.write(Tag.gauge, BER.octets(of: Int64(value)), to: &output)
        case .ticks(let value): BER.write(Tag.ticks, BER.octets(of: Int64(value)), to: &output)
        case .counter64(let value):
            // Nine octets where the highest bit is set: the number is not negative.
            let octets = BER.octets(of: Int64(bitPattern: value))
            BER.write(Tag.counter64, value >> 63 == 1 ? [0] + Self.eight(value) : octets, to: &output)
        case .address(let bits):
            BER.write(Tag.address, Self.eight(UInt64(bits)).suffix(4), to: &output)
        case .null: BER.write(Tag.null, [], to: &output)
        case .absent: BER.write(SNMPMessage.Absence.noSuchInstance.rawValue, [], to: &output)
        }
    }

    private static func eight(_ value: UInt64) -> [UInt8] {
        stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}

extension ObjectName {
    /// X.690, 8.19. One number is written as two, as net-snmp does; none as 0.0.
    var encoded: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(numbers.count + 4)
        let head = UInt64(numbers.first ?? 0) * 40 + UInt64(numbers.count > 1 ? numbers[1] : 0)
        Self.add(head, to: &octets)
        for number in numbers.dropFirst(2) { Self.add(UInt64(number), to: &octets) }
        return octets
    }

    private static func add(_ number: UInt64, to octets: inout [UInt8]) {
        var shift: UInt64 = 0
        while shift < 63, number >> (shift + 7) > 0 { shift += 7 }
        while shift > 0 {
            octets.append(UInt8(truncatingIfNeeded: number >> shift) & 0x7F | 0x80)
            shift -= 7
        }
        octets.append(UInt8(truncatingIfNeeded: number) & 0x7F)
    }
}

extension BER {
    /// Tag and length; in the long form from 128 on.
    static func begin(_ tag: UInt8, _ length: Int, to output: inout [UInt8]) {
        output.append(tag)
        switch length {
        case ..<0x80: output.append(UInt8(length))
        case ..<0x100: output += [0x81, UInt8(length)]
        case ..<0x1_0000: output += [0x82, UInt8(length >> 8), UInt8(length & 0xFF)]
        default:
            output += [0x83, UInt8(truncatingIfNeeded: length >> 16), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF)]
        }
    }

    static func write(_ tag: UInt8, _ contents: some Collection<UInt8>, to output: inout [UInt8]) {
        begin(tag, contents.count, to: &output)
        output += contents
    }

    /// The shortest form of a number (X.690, 8.3.2).
    static func octets(of value: Int64) -> [UInt8] {
        var count: Int64 = 1
        while count < 8, value >> (count * 8 - 1) != 0, value >> (count * 8 - 1) != -1 { count += 1 }
        return stride(from: (count - 1) * 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
