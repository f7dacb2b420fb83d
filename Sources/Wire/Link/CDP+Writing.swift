//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CDP, written: version 2 as an access switch sends it every minute.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension CDP {
    /// What a neighbour says of itself; empty texts and nils are left out.
    public struct Announcement: Hashable, Sendable {
        public var deviceId: String
        public var portId: String
        public var platform = ""
        public var software = ""
        public var addresses: [IPAddress] = []
        /// Bits of `CDP.capabilityNames`.
        public var capabilities: UInt32 = 0
        public var nativeVlan: UInt16?
        public var isFullDuplex: Bool?
        public var powerMilliwatts: UInt16?
        public var timeToLiveSeconds: UInt8 = 180

        public init(deviceId: String, portId: String) {
            self.deviceId = deviceId
            self.portId = portId
        }
    }

    /// Where Cisco's link protocols send (SNAP 00000C/2000 behind it).
    public static let group = HardwareAddress(bits: 0x0100_0CCC_CCCC)

    /// The payload behind the SNAP header.
    public static func write(_ announcement: Announcement) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint8(2)
        writer.uint8(announcement.timeToLiveSeconds)
        writer.uint16(0)
        writer.element(Kind.deviceId) { $0.text(announcement.deviceId) }
        if !announcement.software.isEmpty { writer.element(Kind.software) { $0.text(announcement.software) } }
        if !announcement.platform.isEmpty { writer.element(Kind.platform) { $0.text(announcement.platform) } }
        if !announcement.addresses.isEmpty {
            writer.element(Kind.addresses) { body in
                body.uint32(UInt32(announcement.addresses.count))
                for address in announcement.addresses { body.cdpAddress(address) }
            }
        }
        writer.element(Kind.portId) { $0.text(announcement.portId) }
        writer.element(Kind.capabilities) { $0.uint32(announcement.capabilities) }
        if let vlan = announcement.nativeVlan { writer.element(Kind.nativeVlan) { $0.uint16(vlan) } }
        if let full = announcement.isFullDuplex { writer.element(Kind.duplex) { $0.uint8(full ? 1 : 0) } }
        if let power = announcement.powerMilliwatts {
            writer.element(Kind.powerConsumption) { $0.uint16(power) }
        }
        writer.patch16(checksum(writer.bytes), at: 2)
        return writer.bytes
    }

    /// The Internet checksum (RFC 1071), except that an odd last octet counts as a signed low octet and, when negative,
    /// one less in both halves: what Cisco's machines compute, and tshark checks.
    static func checksum(_ bytes: [UInt8]) -> UInt16 {
        var sum: UInt32 = 0
        var index = 0
        while index + 1 < bytes.count {
            sum += UInt32(bytes[index]) << 8 | UInt32(bytes[index + 1])
            index += 2
        }
        if index < bytes.count {
            let last = bytes[index]
            sum += last & 0x80 == 0 ? UInt32(last) : 0xFF00 | UInt32(last) &- 1
        }
        while sum >> 16 != 0 { sum = (sum & 0xFFFF) + (sum >> 16) }
        return ~UInt16(truncatingIfNeeded: sum)
    }
}

extension ByteWriter {
    /// Kind, length with these four octets, value.
    fileprivate mutating func element(_ kind: UInt16, _ write: (inout ByteWriter) -> Void) {
        uint16(kind)
        let at = count
        uint16(0)
        write(&self)
        patch16(UInt16(truncatingIfNeeded: count - at + 2), at: at)
    }

    fileprivate mutating func cdpAddress(_ address: IPAddress) {
        if address.isV4 {
            raw([1, 1, 0xCC])  // NLPID, IPv4
            uint16(4)
        } else {
            raw([2, 8, 0xAA, 0xAA, 3, 0, 0, 0, 0x86, 0xDD])  // 802.2, IPv6
            uint16(16)
        }
        self.address(address)
    }
}
