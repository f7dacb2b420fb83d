//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// BACnet/IP: which controller is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// BACnet/IP (ASHRAE 135: clauses 6 and 20, annex J).
///
/// Read are I-Am and I-Have announcements and the answers to property reads about the *device object*: its name, maker, model,
/// versions, place. A device behind a BACnet router becomes a child of the router.
public enum BACnet {
    /// Object type `device`.
    private static let deviceType: UInt32 = 8
    /// Instance that stands for "whichever device is asked" (clause 12.11).
    static let anyInstance: UInt32 = 4_194_303
    private static let mostProperties = 256

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard payload.at(0) == 0x81, let function = payload.at(1), function <= 0x0C,
            let length = payload.uint16(at: 2), length >= 4, Int(length) <= payload.count
        else { return false }
        let body = payload.upTo(Int(length))
        switch function {
        case 0x0A, 0x0B:  // Original unicast, original broadcast
            readNetwork(body.from(4), into: &facts)
            return body.at(4) == 1
        default:
            // Forwarded frames and those handed to a broadcast server speak for another station of the same network,
            // which is seen itself elsewhere: nothing of them is this sender's. The rest manages broadcast tables.
            return true
        }
    }

    /// Network layer (clause 6.2): version, control, addresses when the ends are on other networks.
    private static func readNetwork(_ bytes: Span<UInt8>, into facts: inout Facts) {
        guard bytes.at(0) == 1, let control = bytes.at(1) else { return }
        guard control & 0x80 == 0 else { return }
        var at = 2
        if control & 0x20 != 0 {
            guard let length = bytes.at(at + 2) else { return }
            at += 3 + Int(length)
        }
        var isRouted = false
        if control & 0x08 != 0 {
            guard let length = bytes.at(at + 2) else { return }
            at += 3 + Int(length)
            isRouted = true
        }
        if control & 0x20 != 0 { at += 1 }
        readApplication(bytes.from(at), isRouted: isRouted, into: &facts)
        facts.about = .sender
    }

    private static func readApplication(_ bytes: Span<UInt8>, isRouted: Bool, into facts: inout Facts) {
        guard let first = bytes.at(0) else { return }
        switch first >> 4 {
        case 1 where bytes.at(1) == 0: readIAm(bytes.from(2), isRouted: isRouted, into: &facts)
        case 1 where bytes.at(1) == 1: readIHave(bytes.from(2), isRouted: isRouted, into: &facts)
        case 3:  // Complex acknowledgement; of a segmented one only the first part
            var at = 2
            if first & 0x08 != 0 {
                guard bytes.at(2) == 0 else { return }
                at = 4
            }
            switch bytes.at(at) {
            case 12: readProperty(bytes.from(at + 1), isRouted: isRouted, into: &facts)
            case 14: readProperties(bytes.from(at + 1), isRouted: isRouted, into: &facts)
            default: break
            }
        default: break
        }
    }

    /// Device object, longest message, segmentation, vendor (clause 16.10).
    private static func readIAm(_ bytes: Span<UInt8>, isRouted: Bool, into facts: inout Facts) {
        guard bytes.at(0) == 0xC4, let object = bytes.uint32(at: 1), object >> 22 == deviceType else { return }
        var at = 5
        for _ in 0..<2 {
            guard let tag = Tag(bytes, at: at) else { return }
            at = tag.end
        }
        guard let vendor = Tag(bytes, at: at), vendor.isApplication(2), let number = vendor.unsigned(bytes) else {
            return
        }
        guard name(object & 0x3F_FFFF, isRouted: isRouted, into: &facts) else { return }
        facts.add(.bacnetVendorId, decimal: number)
    }

    /// Device object, another object, its name (clause 16.9): the device's own name when the two are one.
    private static func readIHave(_ bytes: Span<UInt8>, isRouted: Bool, into facts: inout Facts) {
        guard bytes.at(0) == 0xC4, let device = bytes.uint32(at: 1), device >> 22 == deviceType,
            bytes.at(5) == 0xC4, bytes.uint32(at: 6) == device, let value = Tag(bytes, at: 10)
        else { return }
        guard name(device & 0x3F_FFFF, isRouted: isRouted, into: &facts) else { return }
        put(.bacnetObjectName, value, bytes, into: &facts)
    }

    /// Says whom the facts are about, and its instance. False when there is no room for one more child.
    private static func name(_ instance: UInt32, isRouted: Bool, into facts: inout Facts) -> Bool {
        facts.about = .sender
        if isRouted {
            facts.aboutChild("bacnet:\(instance)")
            if facts.about == .sender { return false }
        }
        if instance != anyInstance { facts.add(.bacnetInstance, decimal: instance) }
        return true
    }

    // MARK: Properties

    /// One object, one property, its value (clause 15.5).
    private static func readProperty(_ bytes: Span<UInt8>, isRouted: Bool, into facts: inout Facts) {
        guard let object = Tag(bytes, at: 0), object.isContext(0), let identifier = object.unsigned(bytes),
            identifier >> 22 == deviceType, let property = Tag(bytes, at: object.end), property.isContext(1),
            let number = property.unsigned(bytes)
        else { return }
        var at = property.end
        if let index = Tag(bytes, at: at), index.isContext(2) { at = index.end }
        guard let opening = Tag(bytes, at: at), opening.isOpening(3) else { return }
        guard name(identifier & 0x3F_FFFF, isRouted: isRouted, into: &facts) else { return }
        report(number, bytes, at: opening.end, into: &facts)
    }

    /// Objects, each with a list of properties and their values or errors (clause 15.7).
    private static func readProperties(_ bytes: Span<UInt8>, isRouted: Bool, into facts: inout Facts) {
        var at = 0
        var isDevice = false
        var property: UInt32?
        for _ in 0..<mostProperties {
            guard let tag = Tag(bytes, at: at) else { return }
            if tag.isContext(0) {
                guard let identifier = tag.unsigned(bytes) else { return }
                isDevice = identifier >> 22 == deviceType
                if isDevice { isDevice = name(identifier & 0x3F_FFFF, isRouted: isRouted, into: &facts) }
            } else if tag.isContext(2) {
                property = tag.unsigned(bytes)
            } else if tag.isOpening(4) || tag.isOpening(5) {
                if isDevice, tag.isOpening(4), let property { report(property, bytes, at: tag.end, into: &facts) }
                guard let end = skip(bytes, from: tag.end) else { return }
                at = end
                property = nil
                continue
            }
            at = tag.end
        }
    }

    /// Position behind the closing tag that belongs to an opening tag just read.
    private static func skip(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var at = start
        var depth = 1
        for _ in 0..<1_024 {
            guard let tag = Tag(bytes, at: at) else { return nil }
            at = tag.end
            if tag.opens { depth += 1 }
            if tag.closes { depth -= 1 }
            if depth == 0 { return at }
        }
        return nil
    }

    private static func report(_ property: UInt32, _ bytes: Span<UInt8>, at start: Int, into facts: inout Facts) {
        guard let value = Tag(bytes, at: start) else { return }
        switch property {
        case 12: put(.bacnetSoftware, value, bytes, into: &facts)
        case 28: put(.bacnetDescription, value, bytes, into: &facts)
        case 44: put(.bacnetFirmware, value, bytes, into: &facts)
        case 58: put(.bacnetLocation, value, bytes, into: &facts)
        case 70: put(.bacnetModelName, value, bytes, into: &facts)
        case 75 where value.isApplication(12):
            if let object = value.unsigned(bytes), object >> 22 == deviceType, object & 0x3F_FFFF != anyInstance {
                facts.add(.bacnetInstance, decimal: object & 0x3F_FFFF)
            }
        case 77: put(.bacnetObjectName, value, bytes, into: &facts)
        case 120 where value.isApplication(2):
            if let number = value.unsigned(bytes) { facts.add(.bacnetVendorId, decimal: number) }
        case 121: put(.bacnetVendorName, value, bytes, into: &facts)
        default: break
        }
    }

    /// A character string (clause 20.2.9): first octet says how it is written.
    private static func put(_ field: Field, _ tag: Tag, _ bytes: Span<UInt8>, into facts: inout Facts) {
        guard tag.isApplication(7), let set = bytes.at(tag.start) else { return }
        let text = bytes.from(tag.start + 1).upTo(tag.length - 1)
        switch set {
        case 4:  // UCS-2
            facts.open(field)
            var at = 0
            while let unit = text.uint16(at: at) {
                if unit != 0 { facts.put(unit: unit) }
                at += 2
            }
            facts.close()
        case 5:  // ISO 8859-1
            facts.open(field)
            for index in text.indices where text[index] != 0 { facts.put(unit: UInt16(text[index])) }
            facts.close()
        default: facts.add(field, text)
        }
    }

    /// A tag (clause 20.2.1): number, class, and where its value lies.
    private struct Tag {
        let number: UInt8
        let isContextSpecific: Bool
        let opens: Bool
        let closes: Bool
        let start: Int
        let length: Int

        /// Nil when the tag or its value is not all there.
        init?(_ bytes: Span<UInt8>, at position: Int) {
            guard let first = bytes.at(position) else { return nil }
            var at = position + 1
            var number = first >> 4
            if number == 15 {
                guard let extended = bytes.at(at) else { return nil }
                number = extended
                at += 1
            }
            self.number = number
            isContextSpecific = first & 8 != 0
            let kind = first & 7
            opens = isContextSpecific && kind == 6
            closes = isContextSpecific && kind == 7
            var length = Int(kind)
            if opens || closes || (!isContextSpecific && number == 1) {
                // A boolean's value is in the tag itself.
                length = 0
            } else if kind == 5 {
                guard let next = bytes.at(at) else { return nil }
                at += 1
                if next == 254 {
                    guard let long = bytes.uint16(at: at) else { return nil }
                    length = Int(long)
                    at += 2
                } else if next == 255 {
                    guard let long = bytes.uint32(at: at) else { return nil }
                    length = Int(long)
                    at += 4
                } else {
                    length = Int(next)
                }
            }
            guard length <= bytes.count - at else { return nil }
            start = at
            self.length = length
        }

        var end: Int { start + length }
        func isApplication(_ wanted: UInt8) -> Bool { !isContextSpecific && number == wanted }
        func isContext(_ wanted: UInt8) -> Bool { isContextSpecific && !opens && !closes && number == wanted }
        func isOpening(_ wanted: UInt8) -> Bool { opens && number == wanted }

        /// Up to 32 bits.
        func unsigned(_ bytes: Span<UInt8>) -> UInt32? {
            guard (1...4).contains(length) else { return nil }
            var value: UInt32 = 0
            for index in start..<end { value = value << 8 | UInt32(bytes[index]) }
            return value
        }
    }
}
