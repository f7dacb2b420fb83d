//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// LLDP, elements of organisations: MED inventory, 802.1, 802.3 and PROFINET.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension LLDP {
    /// Who defined an element: its first three octets.
    enum Organisation {
        /// ANSI/TIA-1057, media endpoint discovery.
        static let med: UInt32 = 0x0012BB
        /// IEEE 802.1, virtual LANs.
        static let bridging: UInt32 = 0x0080C2
        /// IEEE 802.3, cables and power.
        static let ethernet: UInt32 = 0x00120F
        /// PROFIBUS and PROFINET International (IEC 61158-6-10).
        static let profinet: UInt32 = 0x000ECF
    }

    static func readOrganisation(_ value: Span<UInt8>, _ profinet: inout Bool, into facts: inout Facts) {
        var reader = ByteReader(value)
        guard let organisation = try? reader.uint24(), let subtype = try? reader.uint8() else {
            facts.oddity(.lldpTlvTooShort)
            return
        }
        let body = reader.rest()
        switch organisation {
        case Organisation.med: readMED(subtype, body, into: &facts)
        case Organisation.bridging: readBridging(subtype, body, into: &facts)
        case Organisation.ethernet: readEthernet(subtype, body, into: &facts)
        case Organisation.profinet: profinet = true
        default: break
        }
    }

    /// ANSI/TIA-1057, 10.2. The location element (3) may hold a street address and is passed over.
    private static func readMED(_ subtype: UInt8, _ body: Span<UInt8>, into facts: inout Facts) {
        switch subtype {
        case 1:
            // Class 1 generic endpoint, 2 media endpoint, 3 telephone, 4 network device.
            guard let deviceClass = body.at(2) else { return facts.oddity(.lldpTlvTooShort) }
            facts.add(.lldpMedDeviceClass, decimal: deviceClass)
        case 4: readMEDPower(body, into: &facts)
        case 5: facts.add(.lldpMedHardware, body)
        case 6: facts.add(.lldpMedFirmware, body)
        case 7: facts.add(.lldpMedSoftware, body)
        case 8: facts.add(.lldpMedSerial, body)
        case 9: facts.add(.lldpMedManufacturer, body)
        case 10: facts.add(.lldpMedModel, body)
        case 11: facts.add(.lldpMedAsset, body)
        default: break
        }
    }

    /// Whether it gives or takes power, and how much: `pd 6.3W`. Value in tenths of a watt.
    private static func readMEDPower(_ body: Span<UInt8>, into facts: inout Facts) {
        guard let kind = body.at(0), let tenths = body.uint16(at: 1) else { return facts.oddity(.lldpTlvTooShort) }
        facts.open(.lldpMedPower)
        facts.put(kind >> 6 == 0 ? "pse " : "pd ")
        facts.put(tenthsOfWatt: tenths)
        facts.close()
    }

    /// IEEE 802.1Q, annex D.
    private static func readBridging(_ subtype: UInt8, _ body: Span<UInt8>, into facts: inout Facts) {
        switch subtype {
        case 1:
            guard let vlan = body.uint16(at: 0) else { return facts.oddity(.lldpTlvTooShort) }
            // Zero says that the port knows none.
            if vlan != 0 { facts.add(.lldpVlan, decimal: vlan) }
        case 3:
            guard let length = body.at(2), body.count >= 3 + Int(length) else {
                return facts.oddity(.lldpTlvTooShort)
            }
            facts.add(.lldpVlanName, body.from(3).upTo(Int(length)))
        default: break
        }
    }

    /// IEEE 802.3, clause 79.
    private static func readEthernet(_ subtype: UInt8, _ body: Span<UInt8>, into facts: inout Facts) {
        switch subtype {
        case 1: readMacPhy(body, into: &facts)
        case 2: readPower(body, into: &facts)
        case 4:
            guard let octets = body.uint16(at: 0) else { return facts.oddity(.lldpTlvTooShort) }
            facts.add(.lldpMtu, decimal: octets)
        default: break
        }
    }

    /// What the port's chip offers, a signature of the hardware: `autoneg=3 pmd=6c01 mau=001e` (hexadecimal; RFC 4836
    /// has the names of the bits and of the operational type).
    private static func readMacPhy(_ body: Span<UInt8>, into facts: inout Facts) {
        guard body.count >= 5 else { return facts.oddity(.lldpTlvTooShort) }
        facts.open(.lldpMacPhy)
        facts.put("autoneg=")
        facts.put(decimal: UInt64(body[0]))
        facts.put(" pmd=")
        facts.put(hexadecimal: body.from(1).upTo(2))
        facts.put(" mau=")
        facts.put(hexadecimal: body.from(3).upTo(2))
        facts.close()
    }

    /// `pd class=3 requested=12.9W allocated=12.9W`; requested and allocated only in the long form.
    private static func readPower(_ body: Span<UInt8>, into facts: inout Facts) {
        guard body.count >= 3 else { return facts.oddity(.lldpTlvTooShort) }
        facts.open(.lldpPower)
        facts.put(body[0] & 1 == 1 ? "pse" : "pd")
        // Written as class + 1 (RFC 3621, pethPsePortPowerClassifications).
        if case 1...5 = body[2] {
            facts.put(" class=")
            facts.put(decimal: UInt64(body[2] - 1))
        }
        if let requested = body.uint16(at: 4), let allocated = body.uint16(at: 6) {
            facts.put(" requested=")
            facts.put(tenthsOfWatt: requested)
            facts.put(" allocated=")
            facts.put(tenthsOfWatt: allocated)
        }
        facts.close()
    }

    /// PROFINET devices announce their name of station as a local chassis id, or, since version 2.4, behind the port's:
    /// `port-001.plc-ward3` (IEC 61158-6-10, "LLDP mode"). Looks at the first two elements again.
    static func readStationName(_ payload: Span<UInt8>, into facts: inout Facts) {
        var reader = ByteReader(payload)
        for kind in [Kind.chassis, Kind.port] {
            guard let header = try? reader.uint16(), header >> 9 == UInt16(kind),
                let value = try? reader.take(Int(header & 0x1FF)), value.at(0) == 7
            else { continue }
            let identifier = value.from(1)
            if kind == Kind.chassis {
                // A fixed 24 columns of model, number and version stand here in the newer mode: not a name.
                if identifier.firstIndex(of: 0x20) == nil { facts.add(.lldpStationName, identifier) }
            } else if identifier.starts(with: "port-"), let dot = identifier.firstIndex(of: 0x2E) {
                facts.add(.lldpStationName, identifier.from(dot + 1))
            }
        }
    }
}

extension Facts {
    /// `12.9W`
    mutating func put(tenthsOfWatt tenths: UInt16) {
        put(decimal: UInt64(tenths / 10))
        put(0x2E)
        put(decimal: UInt64(tenths % 10))
        put(0x57)
    }
}
