//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Neighbour discovery: ARP's work in IPv6, and who is a router.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// ICMPv6 neighbour and router discovery (RFC 4861). Only messages with hop limit 255 are believed (section 6.1, 7.1).
public enum NeighborDiscovery {
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        guard packet.timeToLive == 255, let type = payload.at(0) else { return }
        switch type {
        case 133: options(payload, from: 8, owner: packet.sourceNetwork, wanted: 1, into: &facts)
        case 134:
            facts.open(.icmpv6Router)
            facts.put("lifetime ")
            facts.put(decimal: UInt64(payload.uint16(at: 6) ?? 0))
            facts.close()
            options(payload, from: 16, owner: packet.sourceNetwork, wanted: 1, into: &facts)
        case 135: options(payload, from: 24, owner: packet.sourceNetwork, wanted: 1, into: &facts)
        case 136:
            var reader = ByteReader(payload.from(8))
            guard let high = try? reader.uint64(), let low = try? reader.uint64() else { return }
            options(payload, from: 24, owner: IPAddress(high: high, low: low), wanted: 2, into: &facts)
        default: break
        }
    }

    /// Options are counted in units of eight octets; zero would never end.
    private static func options(
        _ payload: Span<UInt8>, from start: Int, owner: IPAddress, wanted: UInt8, into facts: inout Facts
    ) {
        var at = start
        for _ in 0..<32 {
            guard let type = payload.at(at), let units = payload.at(at + 1), units > 0 else { return }
            let end = at + Int(units) * 8
            guard end <= payload.count else { return }
            if type == wanted, units == 1 {
                var reader = ByteReader(payload.extracting(at + 2..<end))
                if let hardware = try? reader.uint48() { facts.bind(HardwareAddress(bits: hardware), to: owner) }
            } else if type == 3, units == 4 {
                prefix(payload.extracting(at..<end), into: &facts)
            }
            at = end
        }
    }

    private static func prefix(_ option: Span<UInt8>, into facts: inout Facts) {
        var reader = ByteReader(option.from(16))
        guard let high = try? reader.uint64(), let low = try? reader.uint64(), let length = option.at(2) else { return }
        facts.add(.icmpv6Prefix, IPAddress(high: high, low: low).description + "/\(length)")
    }
}
