//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DHCPv6, the other way round: what a device sends when it looks for a server.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension DHCPv6 {
    /// Writes a Solicit of a client whose DUID is made of its hardware address (RFC 8415, 16.2 and 11.4).
    ///
    /// - Parameters:
    ///   - transaction: The low 24 bits count.
    ///   - vendorClass: The maker's enterprise number and what it calls the device.
    ///   - request: The options asked for, in the order of the packet.
    public static func solicit(
        transaction: UInt32, client: HardwareAddress, fqdn: String? = nil,
        vendorClass: (enterprise: UInt32, text: String)? = nil, request: [UInt16]
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint8(1)
        writer.uint24(transaction & 0xFF_FFFF)
        writer.option(8) { $0.uint16(0) }  // elapsed time
        writer.option(1) { duid in
            duid.uint16(3)
            duid.uint16(1)
            duid.address(client)
        }
        writer.option(3) { association in
            association.uint32(UInt32(truncatingIfNeeded: client.bits))
            association.uint32(0)
            association.uint32(0)
        }
        if let fqdn {
            writer.option(39) { name in
                name.uint8(0)
                name.domainName(fqdn)
            }
        }
        if let vendorClass {
            writer.option(16) { vendor in
                vendor.uint32(vendorClass.enterprise)
                vendor.counted16 { $0.text(vendorClass.text) }
            }
        }
        writer.option(6) { list in
            for code in request { list.uint16(code) }
        }
        return writer.bytes
    }
}

extension ByteWriter {
    /// One option: code, length, value (RFC 8415, 21.1).
    fileprivate mutating func option(_ code: UInt16, _ body: (inout ByteWriter) -> Void) {
        uint16(code)
        counted16(body)
    }
}
