//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// RADIUS: which station asks to be let in, at which switch or access point.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Remote Authentication Dial In User Service (RFC 2865, 2866, 3579). Passwords and secrets are never kept.
public enum RADIUS {
    /// What a packet is (RFC 2865, 3; RFC 2866, 3; RFC 5176, 2.3).
    enum Code {
        static let accessRequest: UInt8 = 1
        static let accountingRequest: UInt8 = 4

        static func isKnown(_ code: UInt8) -> Bool {
            switch code {
            case 1...5, 11...13, 40...45: true
            default: false
            }
        }
    }

    enum Attribute {
        static let userName: UInt8 = 1
        static let nasAddress: UInt8 = 4
        static let vendorSpecific: UInt8 = 26
        static let calledStation: UInt8 = 30
        static let callingStation: UInt8 = 31
        static let nasIdentifier: UInt8 = 32
        static let eapMessage: UInt8 = 79
        static let nasAddressV6: UInt8 = 95
    }

    /// Code, identifier, length, authenticator.
    static let headerLength = 20

    /// Reads one datagram and says whether it is one.
    ///
    /// Only requests for access and accounting speak of their sender, the network access server; the user name in them
    /// is that of the station calling, when it is named by its hardware address, and else the sender's.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard let code = payload.at(0), Code.isKnown(code), let length = payload.uint16(at: 2),
            length >= headerLength, length <= 4_096, payload.count >= headerLength
        else { return false }
        if Int(length) > payload.count { facts.oddity(.radiusBadLength) }
        guard code == Code.accessRequest || code == Code.accountingRequest else { return true }
        let attributes = payload.upTo(Int(length)).from(headerLength)
        let station = callingStation(attributes)
        let ownAbout = facts.about
        var reader = ByteReader(attributes)
        // Every turn takes at least two octets.
        while reader.count >= 2, let kind = try? reader.uint8(), let size = try? reader.uint8() {
            guard size >= 2, let value = try? reader.take(Int(size) - 2) else {
                facts.oddity(.radiusBadLength)
                break
            }
            if let station, kind == Attribute.userName || kind == Attribute.eapMessage {
                facts.about = .station(station)
            }
            readAttribute(kind, value, into: &facts)
            facts.about = ownAbout
        }
        if code == Code.accountingRequest, let session = session(attributes) { facts.hear(session) }
        return true
    }

    private static func readAttribute(_ kind: UInt8, _ value: Span<UInt8>, into facts: inout Facts) {
        switch kind {
        case Attribute.userName: facts.add(.radiusUserName, value)
        case Attribute.nasAddress: facts.addNetworkAddress(.radiusNasAddress, family: 1, value)
        case Attribute.nasAddressV6: facts.addNetworkAddress(.radiusNasAddress, family: 2, value)
        case Attribute.nasIdentifier: facts.add(.radiusNasIdentifier, value)
        case Attribute.calledStation: facts.add(.radiusCalledStation, value)
        case Attribute.callingStation: facts.add(.radiusCallingStation, value)
        case Attribute.vendorSpecific:
            // Number of the enterprise whose attributes follow (RFC 2865, 5.26): whose make the server is.
            // Its first octet is always zero.
            if let vendor = value.uint32(at: 0), vendor >> 24 == 0 { facts.add(.radiusVendor, decimal: vendor) }
        case Attribute.eapMessage:
            // Long packets go on in further attributes (RFC 3579, 3.1); identities stand in the first.
            if value.count >= 5 { EAP.read(value, into: &facts) }
        default: break
        }
    }

    /// The calling station if it is written as a hardware address, as RFC 3580, 3.21 asks for.
    private static func callingStation(_ attributes: Span<UInt8>) -> HardwareAddress? {
        var reader = ByteReader(attributes)
        while reader.count >= 2, let kind = try? reader.uint8(), let size = try? reader.uint8() {
            guard size >= 2, let value = try? reader.take(Int(size) - 2) else { return nil }
            if kind == Attribute.callingStation { return hardwareAddress(value) }
        }
        return nil
    }

    /// `00-10-A4-23-19-C0`, `00:10:a4:23:19:c0`, `0010.a423.19c0` or twelve bare digits.
    private static func hardwareAddress(_ text: Span<UInt8>) -> HardwareAddress? {
        guard text.count >= 12, text.count <= 17 else { return nil }
        var bits: UInt64 = 0
        var digits = 0
        for index in text.indices {
            if let digit = hexadecimalDigit(text[index]) {
                bits = bits << 4 | UInt64(digit)
                digits += 1
            } else if text[index] != 0x2D && text[index] != 0x3A && text[index] != 0x2E {
                return nil
            }
        }
        let address = HardwareAddress(bits: bits)
        return digits == 12 && address.isIndividual ? address : nil
    }
}

extension RADIUS {
    /// A request for access by hardware address (MAC authentication bypass), as a switch sends it.
    ///
    /// - Parameter authenticator: sixteen octets that should not repeat; cut or filled up with zeros.
    public static func writeAccessRequest(
        identifier: UInt8, authenticator: [UInt8], station: HardwareAddress, nasIdentifier: String,
        nasAddress: IPAddress, calledStation: HardwareAddress
    ) -> [UInt8] {
        func attribute(_ kind: UInt8, _ value: [UInt8]) -> [UInt8] {
            let octets = value.prefix(253)
            return [kind, UInt8(octets.count + 2)] + octets
        }
        func dashed(_ address: HardwareAddress) -> [UInt8] {
            Array(address.description.utf8.map { $0 == 0x3A ? 0x2D : ($0 >= 0x61 ? $0 - 0x20 : $0) })
        }
        var address = ByteWriter()
        address.address(nasAddress)
        var attributes = attribute(Attribute.userName, dashed(station).filter { $0 != 0x2D })
        attributes += attribute(nasAddress.isV4 ? Attribute.nasAddress : Attribute.nasAddressV6, address.bytes)
        attributes += attribute(Attribute.nasIdentifier, Array(nasIdentifier.utf8))
        attributes += attribute(Attribute.calledStation, dashed(calledStation))
        attributes += attribute(Attribute.callingStation, dashed(station))
        attributes += [6, 6, 0, 0, 0, 10]  // Service-Type: Call-Check
        var writer = ByteWriter()
        writer.uint8(Code.accessRequest)
        writer.uint8(identifier)
        writer.uint16(UInt16(truncatingIfNeeded: headerLength + attributes.count))
        writer.raw(Array(authenticator.prefix(16)))
        writer.zeros(16 - min(authenticator.count, 16))
        writer.raw(attributes)
        return writer.bytes
    }
}
