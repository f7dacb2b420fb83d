//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// STP: root and bridge of the spanning tree.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Spanning Tree Protocol in its forms: STP, RSTP, MSTP, shortest path bridging, Cisco's per-VLAN trees
/// (IEEE 802.1D clause 9, 802.1Q clause 14).
public enum STP {
    /// Where the fields stand that we read, in octets from the protocol identifier (802.1Q, figure 14-1).
    private enum Offset {
        static let root = 5
        static let bridge = 17
        /// Length of what version 3 (MSTP) adds.
        static let version3Length = 36
        /// In MSTP the sending bridge stands here; at `bridge` is then the root of its region.
        static let mstpBridge = 93
    }

    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    ///
    /// Values as `8001.00:19:06:ea:b8:80`: priority with VLAN or instance in hexadecimal, then the address.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        guard payload.uint16(at: 0) == 0, let version = payload.at(2), let type = payload.at(3) else {
            facts.oddity(.stpBadHeader)
            return
        }
        // 0 configuration, 2 rapid; 0x80 only says that the topology changed.
        guard type == 0 || type == 2 else { return }
        guard let root = identifier(payload, Offset.root), let regional = identifier(payload, Offset.bridge) else {
            facts.oddity(.stpTruncated)
            return
        }
        var bridge = regional
        if version >= 3, type == 2, let length = payload.uint16(at: Offset.version3Length), length >= 64 {
            guard let own = identifier(payload, Offset.mstpBridge) else { return facts.oddity(.stpTruncated) }
            // Cisco's older form writes the fields in another order and leaves nothing here.
            if own & 0xFFFF_FFFF_FFFF != 0 { bridge = own }
        }
        add(.stpRootId, root, into: &facts)
        add(.stpBridgeId, bridge, into: &facts)
    }

    /// Two octets of priority, six of address.
    private static func identifier(_ payload: Span<UInt8>, _ offset: Int) -> UInt64? {
        guard let high = payload.uint32(at: offset), let low = payload.uint32(at: offset + 4) else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }

    private static func add(_ field: Field, _ identifier: UInt64, into facts: inout Facts) {
        facts.open(field)
        facts.put(hexadecimal: UInt8(truncatingIfNeeded: identifier >> 56))
        facts.put(hexadecimal: UInt8(truncatingIfNeeded: identifier >> 48))
        facts.put(0x2E)
        facts.put(HardwareAddress(bits: identifier))
        facts.close()
    }
}
