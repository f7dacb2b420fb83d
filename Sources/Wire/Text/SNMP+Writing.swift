//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SNMP, written: an agent answers with its system group.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension SNMP {
    /// A version 2c response with `sysDescr.0` and, where given, `sysObjectID.0` and `sysName.0`.
    ///
    /// - Parameter objectIdentifier: numbers of `sysObjectID`, the first two 1 and 3.
    public static func writeResponse(
        request: Int32, sysDescr: String, objectIdentifier: [UInt32] = [], sysName: String = "",
        community: String = "public"
    ) -> [UInt8] {
        var bindings = binding(1, BER.octetString, Array(sysDescr.utf8))
        if objectIdentifier.count > 2 {
            bindings += binding(2, BER.objectIdentifier, encode(objectIdentifier))
        }
        if !sysName.isEmpty { bindings += binding(5, BER.octetString, Array(sysName.utf8)) }
        let bits = UInt32(bitPattern: request)
        let identifier = stride(from: UInt32(24), through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }
        let message =
            element(BER.integerTag, identifier) + element(BER.integerTag, [0]) + element(BER.integerTag, [0])
            + element(BER.sequence, bindings)
        return element(
            BER.sequence,
            element(BER.integerTag, [1]) + element(BER.octetString, Array(community.utf8))
                + element(Message.response, message))
    }

    /// A version 2c question for objects of the system group by number: 1 `sysDescr`, 2 `sysObjectID`, 5 `sysName`.
    public static func writeRequest(request: Int32, objects: [UInt8], community: String = "public") -> [UInt8] {
        let bits = UInt32(bitPattern: request)
        let identifier = stride(from: UInt32(24), through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }
        let bindings = objects.flatMap { binding($0, 5, []) }
        let message =
            element(BER.integerTag, identifier) + element(BER.integerTag, [0]) + element(BER.integerTag, [0])
            + element(BER.sequence, bindings)
        return element(
            BER.sequence,
            element(BER.integerTag, [1]) + element(BER.octetString, Array(community.utf8)) + element(0xA0, message))
    }

    /// `1.3.6.1.2.1.1.n.0` and its value.
    private static func binding(_ number: UInt8, _ tag: UInt8, _ value: [UInt8]) -> [UInt8] {
        element(
            BER.sequence,
            element(BER.objectIdentifier, [0x2B, 6, 1, 2, 1, 1, number, 0]) + element(tag, value))
    }

    private static func encode(_ numbers: [UInt32]) -> [UInt8] {
        var octets = [UInt8(truncatingIfNeeded: numbers[0] &* 40 &+ numbers[1])]
        for number in numbers.dropFirst(2) {
            var groups = [UInt8(number & 0x7F)]
            var rest = number >> 7
            while rest > 0 {
                groups.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
                rest >>= 7
            }
            octets += groups
        }
        return octets
    }

    /// Tag, length in the short form or with two octets, value.
    private static func element(_ tag: UInt8, _ value: [UInt8]) -> [UInt8] {
        if value.count < 0x80 { return [tag, UInt8(value.count)] + value }
        return [tag, 0x82, UInt8(truncatingIfNeeded: value.count >> 8), UInt8(truncatingIfNeeded: value.count)] + value
    }
}
