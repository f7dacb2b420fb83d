//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// LLDP: who is the neighbour, and on which port?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Link Layer Discovery Protocol (IEEE 802.1AB), with LLDP-MED (ANSI/TIA-1057).
///
/// A frame is a row of elements, each with a type of 7 bits and a length of 9 bits; the first three name chassis, port
/// and time to live, in this order.
public enum LLDP {
    /// Kinds of elements (IEEE 802.1AB, 8.4).
    enum Kind {
        static let end: UInt8 = 0
        static let chassis: UInt8 = 1
        static let port: UInt8 = 2
        static let timeToLive: UInt8 = 3
        static let portDescription: UInt8 = 4
        static let systemName: UInt8 = 5
        static let systemDescription: UInt8 = 6
        static let capabilities: UInt8 = 7
        static let managementAddress: UInt8 = 8
        static let organisation: UInt8 = 127
    }

    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        var reader = ByteReader(payload)
        var profinet = false
        // Every turn takes at least two octets, so the loop ends with the frame.
        while reader.count >= 2, let header = try? reader.uint16() {
            let kind = UInt8(truncatingIfNeeded: header >> 9)
            if kind == Kind.end { break }
            guard let value = try? reader.take(Int(header & 0x1FF)) else {
                facts.oddity(.lldpTlvOverrun)
                break
            }
            readElement(kind, value, &profinet, into: &facts)
        }
        if profinet { readStationName(payload, into: &facts) }
    }

    private static func readElement(
        _ kind: UInt8, _ value: Span<UInt8>, _ profinet: inout Bool, into facts: inout Facts
    ) {
        switch kind {
        case Kind.chassis: readIdentifier(value, .lldpChassisId, hardware: 4, network: 5, into: &facts)
        case Kind.port: readIdentifier(value, .lldpPortId, hardware: 3, network: 4, into: &facts)
        case Kind.portDescription: facts.add(.lldpPortDescription, value)
        case Kind.systemName: facts.add(.lldpSystemName, value)
        case Kind.systemDescription: facts.add(.lldpSystemDescription, value)
        case Kind.capabilities: readCapabilities(value, into: &facts)
        case Kind.managementAddress: readManagementAddress(value, into: &facts)
        case Kind.organisation: readOrganisation(value, &profinet, into: &facts)
        default: break
        }
    }

    /// Chassis and port differ only in the numbers of their subtypes (IEEE 802.1AB, tables 8-2 and 8-3).
    private static func readIdentifier(
        _ value: Span<UInt8>, _ field: Field, hardware: UInt8, network: UInt8, into facts: inout Facts
    ) {
        guard let subtype = value.at(0), value.count > 1 else {
            facts.oddity(.lldpTlvTooShort)
            return
        }
        let identifier = value.from(1)
        if subtype == hardware {
            guard identifier.count == 6 else { return facts.oddity(.lldpTlvTooShort) }
            facts.addHardwareAddress(field, identifier)
        } else if subtype == network {
            facts.addNetworkAddress(field, family: identifier[0], identifier.from(1))
        } else {
            facts.add(field, identifier)
        }
    }

    /// Names of the capability bits, lowest first (IEEE 802.1AB, table 8-4).
    static let capabilityNames: [String] = [
        "other", "repeater", "bridge", "wlan-ap", "router", "telephone", "docsis", "station", "c-vlan", "s-vlan",
        "two-port-relay",
    ]

    /// What is switched on, comma-separated; the first 16 bits, what the machine could do, are passed over.
    private static func readCapabilities(_ value: Span<UInt8>, into facts: inout Facts) {
        guard let enabled = value.uint16(at: 2) else { return facts.oddity(.lldpTlvTooShort) }
        facts.addNames(.lldpCapabilities, capabilityNames, bits: UInt32(enabled))
    }

    /// Length (of family and address), family, address; behind it interface and object identifier, which we pass over.
    private static func readManagementAddress(_ value: Span<UInt8>, into facts: inout Facts) {
        guard let length = value.at(0), length >= 2, let family = value.at(1), value.count > Int(length) else {
            facts.oddity(.lldpTlvTooShort)
            return
        }
        facts.addNetworkAddress(.lldpManagementAddress, family: family, value.from(2).upTo(Int(length) - 1))
    }
}

extension Facts {
    /// Adds an address as text, given its family (IANA address family numbers: 1 IPv4, 2 IPv6, 6 IEEE 802); others are
    /// no fact, and `0.0.0.0` is nobody's address.
    mutating func addNetworkAddress(_ field: Field, family: UInt8, _ address: Span<UInt8>) {
        switch (family, address.count) {
        case (1, 4), (2, 16):
            guard let network = networkAddress(address), !network.isUnspecified else { return }
            add(field, network.description)
        case (6, 6): addHardwareAddress(field, address)
        default: break
        }
    }

    /// Adds six octets as `aa:bb:cc:dd:ee:ff`.
    mutating func addHardwareAddress(_ field: Field, _ octets: Span<UInt8>) {
        var reader = ByteReader(octets)
        guard let bits = try? reader.uint48() else { return }
        open(field)
        put(HardwareAddress(bits: bits))
        close()
    }

    /// Adds the names of the bits that are set, lowest first, comma-separated.
    mutating func addNames(_ field: Field, _ names: [String], bits: UInt32) {
        open(field)
        var first = true
        for index in names.indices where index < 32 && bits >> UInt32(index) & 1 == 1 {
            if !first { put(0x2C) }
            put(names[index])
            first = false
        }
        close()
    }
}

/// Four octets as IPv4, sixteen as IPv6; nil for any other number.
func networkAddress(_ octets: Span<UInt8>) -> IPAddress? {
    var reader = ByteReader(octets)
    if octets.count == 4, let bits = try? reader.uint32() { return IPAddress(v4: bits) }
    if octets.count == 16, let high = try? reader.uint64(), let low = try? reader.uint64() {
        return IPAddress(high: high, low: low)
    }
    return nil
}
