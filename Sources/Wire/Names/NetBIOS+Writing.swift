//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// NetBIOS, the other way round: a station claims its name.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension NetBIOS {
    /// Writes the broadcast with which a station registers a name (RFC 1002, 4.2.2).
    ///
    /// - Parameters:
    ///   - name: At most 15 octets; written in capitals by habit of the stations.
    ///   - suffix: 0 workstation, 0x20 file server.
    public static func registration(
        of name: String, suffix: UInt8 = 0, isGroup: Bool = false, address: IPAddress, transaction: UInt16
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint16(transaction)
        writer.uint16(0x2910)  // registration, recursion desired, broadcast
        writer.uint32(0x0001_0000)
        writer.uint32(0x0000_0001)
        writer.netbiosName(name, suffix)
        writer.uint16(nameType)
        writer.uint16(1)
        writer.uint16(0xC00C)  // the name above
        writer.uint16(nameType)
        writer.uint16(1)
        writer.uint32(300_000)  // seconds
        writer.uint16(6)
        writer.uint16(isGroup ? 0x8000 : 0)  // a broadcast node
        writer.uint32(address.v4 ?? 0)
        return writer.bytes
    }
}

extension ByteWriter {
    /// RFC 1001, 14.1: sixteen octets, each as two letters, in one label.
    fileprivate mutating func netbiosName(_ name: String, _ suffix: UInt8) {
        uint8(32)
        var padded = Array(name.utf8.prefix(15))
        while padded.count < 15 { padded.append(0x20) }
        for octet in padded + [suffix] {
            uint8(0x41 + (octet >> 4))
            uint8(0x41 + (octet & 15))
        }
        uint8(0)
    }
}
