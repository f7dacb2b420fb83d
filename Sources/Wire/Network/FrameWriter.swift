//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Frames, written: Ethernet, 802.1Q, IPv4, IPv6, UDP and TCP with lengths and checksums that hold.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Builds frames layer by layer, the innermost payload first. What does not fit its length field is the caller's error
/// and is cut off by it.
public enum FrameWriter {
    /// EtherTypes of what is most often carried.
    public enum EtherType {
        public static let ipv4: UInt16 = 0x0800
        public static let arp: UInt16 = 0x0806
        public static let ipv6: UInt16 = 0x86DD
        public static let lldp: UInt16 = 0x88CC
    }

    /// Shortest frame without its check sequence (IEEE 802.3, 4.2.3.3).
    private static let shortestFrame = 60

    /// A frame with an EtherType, filled up with zeros to the shortest length.
    ///
    /// - Parameter vlan: 1 to 4094 for an 802.1Q tag.
    public static func ethernet(
        from source: HardwareAddress, to destination: HardwareAddress, vlan: UInt16? = nil, type: UInt16,
        _ payload: [UInt8]
    ) -> [UInt8] {
        var writer = header(source, destination, vlan)
        writer.uint16(type)
        writer.raw(payload)
        writer.zeros(shortestFrame - writer.count)
        return writer.bytes
    }

    /// A frame with a length, LLC and SNAP (IEEE 802.2; IEEE 802, 9.5): CDP and its kin.
    public static func snap(
        from source: HardwareAddress, to destination: HardwareAddress, organisation: UInt32, protocol kind: UInt16,
        _ payload: [UInt8]
    ) -> [UInt8] {
        var writer = header(source, destination, nil)
        writer.uint16(UInt16(truncatingIfNeeded: payload.count + 8))
        writer.raw([0xAA, 0xAA, 3])
        writer.uint24(organisation)
        writer.uint16(kind)
        writer.raw(payload)
        writer.zeros(shortestFrame - writer.count)
        return writer.bytes
    }

    private static func header(
        _ source: HardwareAddress, _ destination: HardwareAddress, _ vlan: UInt16?
    ) -> ByteWriter {
        var writer = ByteWriter()
        writer.address(destination)
        writer.address(source)
        if let vlan {
            writer.uint16(0x8100)
            writer.uint16(vlan & 0x0FFF)
        }
        return writer
    }

    /// An IP packet, of the version of its addresses; both must be of the same.
    ///
    /// - Parameters:
    ///   - transport: 6 TCP, 17 UDP, 58 ICMPv6.
    ///   - identification: Of IPv4 only.
    public static func packet(
        from source: IPAddress, to destination: IPAddress, transport: UInt8, timeToLive: UInt8 = 64,
        identification: UInt16 = 0, dontFragment: Bool = true, _ payload: [UInt8]
    ) -> [UInt8] {
        var writer = ByteWriter()
        if source.isV4 {
            writer.uint8(0x45)
            writer.uint8(0)
            writer.uint16(UInt16(truncatingIfNeeded: payload.count + 20))
            writer.uint16(identification)
            writer.uint16(dontFragment ? 0x4000 : 0)
            writer.uint8(timeToLive)
            writer.uint8(transport)
            writer.uint16(0)
            writer.address(source)
            writer.address(destination)
            writer.patch16(checksum(writer.bytes), at: 10)
        } else {
            writer.uint32(0x6000_0000)
            writer.uint16(UInt16(truncatingIfNeeded: payload.count))
            writer.uint8(transport)
            writer.uint8(timeToLive)
            writer.address(source)
            writer.address(destination)
        }
        writer.raw(payload)
        return writer.bytes
    }

    /// A datagram (RFC 768). Its checksum covers the addresses it will travel between.
    public static func udp(
        from source: (address: IPAddress, port: UInt16), to destination: (address: IPAddress, port: UInt16),
        _ payload: [UInt8]
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint16(source.port)
        writer.uint16(destination.port)
        writer.uint16(UInt16(truncatingIfNeeded: payload.count + 8))
        writer.uint16(0)
        writer.raw(payload)
        let sum = checksum(writer.bytes, between: source.address, and: destination.address, transport: 17)
        // Zero would mean that there is none.
        writer.patch16(sum == 0 ? 0xFFFF : sum, at: 6)
        return writer.bytes
    }

    /// Flags of a segment (RFC 9293, 3.1).
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let finish = Flags(rawValue: 1)
        public static let synchronise = Flags(rawValue: 2)
        public static let reset = Flags(rawValue: 4)
        public static let push = Flags(rawValue: 8)
        public static let acknowledge = Flags(rawValue: 16)
    }

    /// One segment (RFC 9293, 3.1).
    ///
    /// - Parameter options: A multiple of four octets, at most 40.
    public static func tcp(
        from source: (address: IPAddress, port: UInt16), to destination: (address: IPAddress, port: UInt16),
        sequence: UInt32, acknowledgement: UInt32, flags: Flags, window: UInt16, options: [UInt8] = [],
        _ payload: [UInt8] = []
    ) -> [UInt8] {
        precondition(options.count % 4 == 0 && options.count <= 40, "TCP options fill whole 32-bit words, ten at most")
        var writer = ByteWriter()
        writer.uint16(source.port)
        writer.uint16(destination.port)
        writer.uint32(sequence)
        writer.uint32(acknowledgement)
        writer.uint8(UInt8(5 + options.count / 4) << 4)
        writer.uint8(flags.rawValue)
        writer.uint16(window)
        writer.uint32(0)
        writer.raw(options)
        writer.raw(payload)
        writer.patch16(
            checksum(writer.bytes, between: source.address, and: destination.address, transport: 6), at: 16)
        return writer.bytes
    }

    // MARK: Checksums

    /// The Internet checksum (RFC 1071).
    ///
    /// - Parameter start: What was summed up before.
    public static func checksum(_ bytes: [UInt8], from start: UInt64 = 0) -> UInt16 {
        var sum = start
        var index = 0
        while index + 1 < bytes.count {
            sum &+= UInt64(bytes[index]) << 8 | UInt64(bytes[index + 1])
            index += 2
        }
        if index < bytes.count { sum &+= UInt64(bytes[index]) << 8 }
        while sum >> 16 != 0 { sum = (sum & 0xFFFF) + (sum >> 16) }
        return ~UInt16(truncatingIfNeeded: sum)
    }

    /// With the pseudo-header of RFC 9293, 3.1 or RFC 8200, 8.1 in front.
    public static func checksum(
        _ bytes: [UInt8], between source: IPAddress, and destination: IPAddress, transport: UInt8
    ) -> UInt16 {
        var sum = UInt64(transport) + UInt64(bytes.count)
        for address in [source, destination] {
            // Of a mapped IPv4 address the low 32 bits count.
            let words = address.isV4 ? [address.low & 0xFFFF_FFFF] : [address.high, address.low]
            for word in words {
                for shift in stride(from: UInt64(48), through: 0, by: -16) { sum += word >> shift & 0xFFFF }
            }
        }
        return checksum(bytes, from: sum)
    }
}
