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

    /// Asks for routers (RFC 4861, 4.1).
    public static func routerSolicitation(bits: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([133, 0, 0, 0, 0, 0, 0, 0])
        writer.raw([1, 1])
        writer.uint48(bits)
        return writer.bytes
    }
}
