//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CDP: what a Cisco neighbour says of itself.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Cisco Discovery Protocol, versions 1 and 2 (behind SNAP 00000C/2000). Element numbers as tshark's `cdp.tlv.type`.
public enum CDP {
    /// Kinds of elements.
    enum Kind {
        static let deviceId: UInt16 = 0x01
        static let addresses: UInt16 = 0x02
        static let portId: UInt16 = 0x03
        static let capabilities: UInt16 = 0x04
        static let software: UInt16 = 0x05
        static let platform: UInt16 = 0x06
        static let nativeVlan: UInt16 = 0x0A
        static let duplex: UInt16 = 0x0B
        static let powerConsumption: UInt16 = 0x10
        static let systemName: UInt16 = 0x14
        static let managementAddresses: UInt16 = 0x16
        static let powerRequested: UInt16 = 0x19
        static let serial: UInt16 = 0x1001
    }

    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        // Version, time to live in seconds, checksum.
        guard payload.count >= 4, case 1...2 = payload[0] else { return facts.oddity(.cdpBadHeader) }
        var reader = ByteReader(payload.from(4))
        // Every turn takes at least four octets.
        while reader.count >= 4, let kind = try? reader.uint16(), let length = try? reader.uint16() {
            guard length >= 4, let value = try? reader.take(Int(length) - 4) else {
                facts.oddity(.cdpTlvOverrun)
                break
            }
            readElement(kind, value, into: &facts)
        }
    }

    private static func readElement(_ kind: UInt16, _ value: Span<UInt8>, into facts: inout Facts) {
        switch kind {
        case Kind.deviceId: facts.add(.cdpDeviceId, value)
        case Kind.addresses, Kind.managementAddresses: readAddresses(value, into: &facts)
        case Kind.portId: facts.add(.cdpPortId, value)
        case Kind.capabilities:
            if let bits = value.uint32(at: 0) { facts.addNames(.cdpCapabilities, capabilityNames, bits: bits) }
        case Kind.software: facts.add(.cdpSoftware, value)
        case Kind.platform: facts.add(.cdpPlatform, value)
        case Kind.nativeVlan:
            if let vlan = value.uint16(at: 0) { facts.add(.cdpNativeVlan, decimal: vlan) }
        case Kind.duplex:
            if let full = value.at(0) { facts.add(.cdpDuplex, full == 0 ? "half" : "full") }
        case Kind.powerConsumption:
            if let milliwatts = value.uint16(at: 0) { addPower(UInt32(milliwatts), into: &facts) }
        case Kind.powerRequested:
            // Request and management identifiers stand before the first of the wishes.
            if let milliwatts = value.uint32(at: 4) { addPower(milliwatts, into: &facts) }
        case Kind.systemName: facts.add(.cdpSystemName, value)
        case Kind.serial: facts.add(.cdpSerial, value)
        default: break
        }
    }

    /// Names of the capability bits, lowest first.
    static let capabilityNames: [String] = [
        "router", "transparent-bridge", "source-route-bridge", "switch", "host", "igmp", "repeater", "voip-phone",
        "remotely-managed", "camera", "two-port-relay",
    ]

    /// How much the device draws: `6300mW`.
    private static func addPower(_ milliwatts: UInt32, into facts: inout Facts) {
        guard milliwatts > 0, milliwatts < 200_000 else { return }
        facts.open(.cdpPower)
        facts.put(decimal: UInt64(milliwatts))
        facts.put("mW")
        facts.close()
    }

    /// A count, then per address: type and length of the protocol, the protocol, length of the address, the address.
    private static func readAddresses(_ value: Span<UInt8>, into facts: inout Facts) {
        var reader = ByteReader(value)
        guard let count = try? reader.uint32() else { return facts.oddity(.cdpTlvOverrun) }
        // A Cisco router lists one per protocol; 16 is generous.
        for _ in 0..<min(count, 16) {
            guard (try? reader.skip(1)) != nil, let size = try? reader.uint8(), (try? reader.skip(Int(size))) != nil,
                let length = try? reader.uint16(), let address = try? reader.take(Int(length))
            else { return facts.oddity(.cdpTlvOverrun) }
            // NLPID CC is IPv4 and 802.2 8 octets ending in 86DD is IPv6; both are told by their lengths too.
            switch (size, length) {
            case (1, 4): facts.addNetworkAddress(.cdpAddress, family: 1, address)
            case (8, 16): facts.addNetworkAddress(.cdpAddress, family: 2, address)
            default: break
            }
        }
    }
}
