//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// MQTT, the other way round: CONNECT and PUBLISH.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension MQTT {
    /// Protocol levels as CONNECT carries them.
    public enum Version: UInt8, Sendable {
        case v31 = 3
        case v311 = 4
        case v5 = 5
    }

    /// A CONNECT with a clean session and 60 seconds keep-alive (MQTT 3.1.1 §3.1).
    public static func connect(
        clientId: String, version: Version = .v311, userName: String? = nil, password: String? = nil
    )
        -> [UInt8]
    {
        var body = ByteWriter()
        text(version == .v31 ? "MQIsdp" : "MQTT", into: &body)
        body.uint8(version.rawValue)
        body.uint8(userName == nil ? 0x02 : password == nil ? 0x82 : 0xC2)
        body.uint16(60)
        if version == .v5 { body.uint8(0) }
        text(clientId, into: &body)
        if let userName { text(userName, into: &body) }
        if userName != nil, let password { text(password, into: &body) }
        return packet(0x10, body.bytes)
    }

    /// The broker's consent.
    public static func connected(version: Version = .v311) -> [UInt8] {
        packet(0x20, version == .v5 ? [0, 0, 0] : [0, 0])
    }

    /// A PUBLISH with quality of service 0.
    public static func publish(topic: String, payload: [UInt8], version: Version = .v311) -> [UInt8] {
        var body = ByteWriter()
        text(topic, into: &body)
        if version == .v5 { body.uint8(0) }
        body.raw(payload)
        return packet(0x30, body.bytes)
    }

    private static func text(_ text: String, into writer: inout ByteWriter) {
        writer.counted16 { $0.text(text) }
    }

    private static func packet(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint8(type)
        var length = body.count
        repeat {
            writer.uint8(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
            length >>= 7
        } while length > 0
        writer.raw(body)
        return writer.bytes
    }
}
