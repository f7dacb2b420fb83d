//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Neighbour discovery, written: what a station says when it takes an address. The checksum is the caller's.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension NeighborDiscovery {
    /// An unsolicited advertisement to all nodes (RFC 4861, 4.4): this address is at this card. Override is set.
    ///
    /// - Parameter bits: The hardware address.
    public static func advertisement(_ address: IPAddress, bits: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([136, 0, 0, 0, 0x20, 0, 0, 0])
        writer.address(address)
        writer.raw([2, 1])
        writer.uint48(bits)
        return writer.bytes
    }

    /// Says that the sender is a router (RFC 4861, 4.2), with a prefix of 64 bits from which hosts make addresses.
    ///
    /// - Parameter bits: The hardware address.
    public static func routerAdvertisement(lifetimeSeconds: UInt16, prefix: IPAddress, bits: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        // Hop limit 64, no flags, reachable and retransmission times left open.
        writer.raw([134, 0, 0, 0, 64, 0])
        writer.uint16(lifetimeSeconds)
        writer.raw([0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
        writer.uint48(bits)
        // On link, and for addresses of one's own making; valid for a day, preferred for four hours.
        writer.raw([3, 4, 64, 0xC0, 0, 1, 0x51, 0x80, 0, 0, 0x38, 0x40, 0, 0, 0, 0])
        writer.address(prefix)
        return writer.bytes
    }

    /// Asks for routers (RFC 4861, 4.1).
    public static func routerSolicitation(bits: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([133, 0, 0, 0, 0, 0, 0, 0])
        writer.raw([1, 1])
        writer.uint48(bits)
        return writer.bytes
    }
}
