//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// ARP: which card answers for which address?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Address Resolution Protocol (RFC 826, RFC 5227) for IPv4 over Ethernet.
public enum ARP {
    /// Reads one message: what the sender says of itself. Probes (sender 0.0.0.0) bind nothing.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        guard payload.count >= 28 else { return facts.oddity(.arpTruncated) }
        guard payload.uint16(at: 0) == 1 || payload.uint16(at: 0) == 6, payload.uint16(at: 2) == 0x0800,
            payload[4] == 6, payload[5] == 4
        else { return }
        var reader = ByteReader(payload.from(8))
        guard let hardware = try? reader.uint48(), let network = try? reader.uint32() else { return }
        facts.bind(HardwareAddress(bits: hardware), to: IPAddress(v4: network))
    }

    /// One message. A request asks who has `target`; a reply tells `to`.
    public static func write(
        isReply: Bool, from sender: (HardwareAddress, IPAddress), to target: (HardwareAddress, IPAddress)
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint16(1)
        writer.uint16(0x0800)
        writer.uint8(6)
        writer.uint8(4)
        writer.uint16(isReply ? 2 : 1)
        writer.address(sender.0)
        writer.address(sender.1)
        writer.address(target.0)
        writer.address(target.1)
        return writer.bytes
    }
}
