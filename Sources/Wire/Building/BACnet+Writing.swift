//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// BACnet/IP, the other way round: announcements and answers for the simulator.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension BACnet {
    /// Properties of a device object, by number.
    public enum Property: UInt8, Sendable, Hashable {
        case applicationSoftware = 12
        case description = 28
        case firmwareRevision = 44
        case location = 58
        case modelName = 70
        case objectName = 77
        case vendorName = 121
    }

    /// I-Am: instance (22 bits) and vendor number, broadcast.
    public static func iAm(instance: UInt32, vendorId: UInt16) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([0x10, 0x00, 0xC4])
        writer.uint32(8 << 22 | instance & 0x3F_FFFF)
        writer.raw([0x22, 0x05, 0xC4, 0x91, 0x03, 0x22])
        writer.uint16(vendorId)
        return frame(function: 0x0B, control: 0, writer.bytes)
    }

    /// Who-Is, broadcast.
    public static func whoIs() -> [UInt8] { frame(function: 0x0B, control: 0, [0x10, 0x08]) }

    /// Asks for one property of the device object.
    public static func readProperty(_ property: Property, instance: UInt32, invoke: UInt8) -> [UInt8] {
        frame(function: 0x0A, control: 4, [0x00, 0x05, invoke, 0x0C] + reference(property, instance))
    }

    /// Answers with a text.
    public static func answer(_ property: Property, _ text: String, instance: UInt32, invoke: UInt8) -> [UInt8] {
        let octets = Array(text.utf8.prefix(200))
        var body: [UInt8] = [0x30, invoke, 0x0C] + reference(property, instance) + [0x3E]
        let length = UInt8(octets.count + 1)
        body += length < 5 ? [0x70 | length] : [0x75, length]
        body += [0] + octets + [0x3F]
        return frame(function: 0x0A, control: 0, body)
    }

    private static func reference(_ property: Property, _ instance: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint8(0x0C)
        writer.uint32(8 << 22 | instance & 0x3F_FFFF)
        writer.raw([0x19, property.rawValue])
        return writer.bytes
    }

    private static func frame(function: UInt8, control: UInt8, _ body: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([0x81, function])
        writer.uint16(UInt16(truncatingIfNeeded: body.count + 6))
        writer.raw([1, control])
        writer.raw(body)
        return writer.bytes
    }
}
