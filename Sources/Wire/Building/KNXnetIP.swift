//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// KNXnet/IP: which gateway is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// KNXnet/IP (ISO 22510, EN 13321-2): device information in answers to a search or a description request.
public enum KNXnetIP {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard payload.at(0) == 6, payload.at(1) == 0x10 || payload.at(1) == 0x20,
            let service = payload.uint16(at: 2), let length = payload.uint16(at: 4), length >= 6,
            Int(length) <= payload.count
        else { return false }
        let body = payload.upTo(Int(length))
        switch service {
        case 0x0202, 0x020C:  // Search answer, also the extended one: an endpoint stands in front
            readBlocks(body.from(6 + Int(body.at(6) ?? 0)), into: &facts)
        case 0x0204: readBlocks(body.from(6), into: &facts)
        default: break
        }
        return true
    }

    /// Description blocks: length, type, content.
    private static func readBlocks(_ bytes: Span<UInt8>, into facts: inout Facts) {
        var at = 0
        for _ in 0..<16 {
            guard let length = bytes.at(at), length >= 2, Int(length) <= bytes.count - at else { return }
            if bytes[at + 1] == 1 { readDevice(bytes.from(at).upTo(Int(length)), into: &facts) }
            at += Int(length)
        }
    }

    /// Device information: medium, status, individual address, project, serial number, multicast and hardware address,
    /// name (30 octets, ISO 8859-1).
    private static func readDevice(_ block: Span<UInt8>, into facts: inout Facts) {
        guard block.count >= 54, let address = block.uint16(at: 4) else { return }
        switch block[2] {
        case 0x02: facts.add(.knxMedium, "TP")
        case 0x04: facts.add(.knxMedium, "PL")
        case 0x10: facts.add(.knxMedium, "RF")
        case 0x20: facts.add(.knxMedium, "IP")
        default: break
        }
        facts.open(.knxIndividualAddress)
        facts.put(decimal: UInt64(address >> 12))
        facts.put(0x2E)
        facts.put(decimal: UInt64(address >> 8 & 15))
        facts.put(0x2E)
        facts.put(decimal: UInt64(address & 0xFF))
        facts.close()
        facts.open(.knxSerial)
        facts.put(hexadecimal: block.from(8).upTo(6))
        facts.close()
        let name = block.from(24).upTo(30)
        facts.open(.knxFriendlyName)
        for index in name.indices {
            if name[index] == 0 { break }
            facts.put(unit: UInt16(name[index]))
        }
        facts.close()
    }

    // MARK: Writing

    /// Description response with a device information block (and the list of services that must follow it).
    ///
    /// - Parameters:
    ///   - serial: 48 bits.
    ///   - individualAddress: Area, line and device in 4, 4 and 8 bits.
    public static func description(
        friendlyName: String, serial: UInt64, individualAddress: UInt16, hardwareAddress: HardwareAddress
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw([6, 0x10, 0x02, 0x04, 0, 0])
        writer.raw([54, 1, 0x02, 0])
        writer.uint16(individualAddress)
        writer.uint16(0)
        writer.uint48(serial)
        writer.uint32(0xE000_170C)
        writer.address(hardwareAddress)
        writer.text(friendlyName, width: 29)
        writer.uint8(0)
        // Core 1, device management 1, tunnelling 1.
        writer.raw([8, 2, 2, 1, 3, 1, 4, 1])
        writer.patch16(UInt16(truncatingIfNeeded: writer.count), at: 4)
        return writer.bytes
    }
}
