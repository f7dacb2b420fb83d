//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Philips IntelliVue: announce and association.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// IntelliVue data export over LAN (Philips Data Export Interface Programming Guide, 4535 645 88011).
///
/// A monitor announces itself (connect indication, UDP 24005) and, once asked for data on UDP 24105, describes itself
/// (MDS create event). Both are event reports about the monitor with a list of attributes. Poll results, which carry
/// what is measured and who the patient is, are never looked at.
public enum IntelliVue {
    static let announcePort: UInt16 = 24_005
    static let dataPort: UInt16 = 24_105

    /// Attributes beyond this many are not the list of one monitor (a real one holds 11 to 17).
    private static let mostAttributes = 64

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        if payload.at(0) == 0, payload.at(1) == 0 { return readConnectIndication(payload, into: &facts) }
        if payload.uint16(at: 0) == 0xE100 { return readOperation(payload, into: &facts) }
        return isSession(payload)
    }

    /// Nomenclature, remote operation, event report of type 0x0D17 about the monitor, attributes.
    private static func readConnectIndication(_ payload: Span<UInt8>, into facts: inout Facts) -> Bool {
        guard isEvent(payload, 0x0D17) else { return false }
        facts.open(.intellivueProtocolVersion)
        facts.put(decimal: UInt64(payload[2]))
        facts.put(0x2E)
        facts.put(decimal: UInt64(payload[3]))
        facts.close()
        readAttributes(payload.from(28), into: &facts)
        return true
    }

    /// Session 0xE100 and context, then a remote operation. Only the monitor's description of itself (0x0D06) is read.
    private static func readOperation(_ payload: Span<UInt8>, into facts: inout Facts) -> Bool {
        guard let type = payload.uint16(at: 4), (1...5).contains(type), type != 4,
            let length = payload.uint16(at: 6), Int(length) <= payload.count - 8
        else { return false }
        // Behind the event's head stands the managed object once more (six octets), then the attributes.
        if isEvent(payload, 0x0D06) { readAttributes(payload.from(34), into: &facts) }
        return true
    }

    /// Whether a remote operation (at 4) invokes an event report of this type about a medical device system (class
    /// 0x21, or 0x23 for a single bed).
    private static func isEvent(_ payload: Span<UInt8>, _ type: UInt16) -> Bool {
        guard payload.uint16(at: 4) == 1, let length = payload.uint16(at: 6), Int(length) <= payload.count - 8,
            let command = payload.uint16(at: 10), command <= 1,
            let object = payload.uint16(at: 14), object == 0x21 || object == 0x23
        else { return false }
        return payload.uint16(at: 24) == type
    }

    /// Association, its answer, refusal, release or abort: session type, length, and a presentation layer's first octet.
    private static func isSession(_ payload: Span<UInt8>) -> Bool {
        guard let type = payload.at(0), let length = payload.at(1), payload.count >= 4 else { return false }
        switch type {
        case 0x0D, 0x0E:  // Connect, accept: 5 8 19 1 0 22 1 2 …
            return length >= 14 && payload.at(2) == 5 && payload.at(3) == 8 && payload.at(4) == 0x13
        case 0x09, 0x0A, 0x0C, 0x19:  // Finish, disconnect, refuse, abort
            return length >= 2 && length != 0xFF && Int(length) == payload.count - 2
        default: return false
        }
    }

    // MARK: Attributes

    private static func readAttributes(_ list: Span<UInt8>, into facts: inout Facts) {
        guard let count = list.uint16(at: 0) else { return }
        var at = 4
        for _ in 0..<min(Int(count), mostAttributes) {
            guard let type = list.uint16(at: at), let length = list.uint16(at: at + 2) else { return }
            let value = list.from(at + 4).upTo(Int(length))
            readAttribute(type, value, into: &facts)
            at += 4 + Int(length)
        }
    }

    private static func readAttribute(_ type: UInt16, _ value: Span<UInt8>, into facts: inout Facts) {
        switch type {
        case 0x0928:  // System model: manufacturer, model number
            let maker = Int(value.uint16(at: 0) ?? 0)
            let model = Int(value.uint16(at: 2 + maker) ?? 0)
            facts.add(.intellivueProductName, untilZero(value.from(4 + maker).upTo(model)))
        case 0x092D: readProduction(value, into: &facts)
        case 0x0948 where value.count >= 4:  // Nomenclature version: major, minor
            facts.open(.intellivueProtocolVersion)
            facts.put(decimal: UInt64(value.uint16(at: 0) ?? 0))
            facts.put(0x2E)
            facts.put(decimal: UInt64(value.uint16(at: 2) ?? 0))
            facts.close()
        case 0x0984:  // System identifier: a hardware address behind its length
            putHexadecimal(.intellivueSystemId, value.from(2).upTo(Int(value.uint16(at: 0) ?? 0)), into: &facts)
        case 0x091E:  // Bed label
            putWide(.intellivueBedLabel, value.from(2).upTo(Int(value.uint16(at: 0) ?? 0)), into: &facts)
        case 0xF135:  // Label of the monitor in the announcement; no length in front
            putWide(.intellivueSystemLabel, value, into: &facts)
        case 0xF100:  // Own hardware address, IPv4 address, mask
            if value.count >= 10, let high = value.uint16(at: 0), let low = value.uint32(at: 2),
                let address = value.uint32(at: 6), address != 0
            {
                facts.bind(HardwareAddress(bits: UInt64(high) << 32 | UInt64(low)), to: IPAddress(v4: address))
            }
        default: break
        }
    }

    /// Production specification: entries of kind, component (8 product, 0x50 main board, 0x58 application), text.
    private static func readProduction(_ value: Span<UInt8>, into facts: inout Facts) {
        guard let count = value.uint16(at: 0) else { return }
        var at = 4
        for _ in 0..<min(Int(count), 32) {
            guard let kind = value.uint16(at: at), let component = value.uint16(at: at + 2),
                let length = value.uint16(at: at + 4)
            else { return }
            let text = untilZero(value.from(at + 6).upTo(Int(length)))
            switch (kind, component) {
            case (1, 8): facts.add(.intellivueSerial, text)
            case (2, 8): facts.add(.intellivueProductName, text)
            case (2, 0x58): facts.add(.intellivueOption, text)
            case (3, 8): facts.add(.intellivueHardware, text)
            case (4, 0x58): facts.add(.intellivueSoftware, text)
            default: break
            }
            at += 6 + Int(length)
        }
    }

    @_lifetime(copy text)
    private static func untilZero(_ text: Span<UInt8>) -> Span<UInt8> {
        text.upTo(text.firstIndex(of: 0) ?? text.count)
    }

    private static func putHexadecimal(_ field: Field, _ value: Span<UInt8>, into facts: inout Facts) {
        facts.open(field)
        for index in value.indices {
            if index > 0 { facts.put(0x3A) }
            facts.put(hexadecimal: value[index])
        }
        facts.close()
    }

    /// UTF-16, big-endian, until a zero.
    private static func putWide(_ field: Field, _ value: Span<UInt8>, into facts: inout Facts) {
        facts.open(field)
        var at = 0
        while let unit = value.uint16(at: at), unit != 0 {
            facts.put(unit: unit)
            at += 2
        }
        facts.close()
    }
}

extension Facts {
    /// One character of the basic plane, as UTF-8; half of a surrogate pair becomes U+FFFD.
    mutating func put(unit: UInt16) {
        let unit = (0xD800...0xDFFF).contains(unit) ? 0xFFFD : unit
        switch unit {
        case 0..<0x80: put(UInt8(unit))
        case 0x80..<0x800:
            put(UInt8(0xC0 | unit >> 6))
            put(UInt8(0x80 | unit & 0x3F))
        default:
            put(UInt8(0xE0 | unit >> 12))
            put(UInt8(0x80 | unit >> 6 & 0x3F))
            put(UInt8(0x80 | unit & 0x3F))
        }
    }
}
