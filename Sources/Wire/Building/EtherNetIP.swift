//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// EtherNet/IP: identity objects.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// EtherNet/IP encapsulation (ODVA, volume 2, chapter 2): the answers to List Identity.
public enum EtherNetIP {
    /// Command, length, session, status, context, options; little-endian.
    private static let header = 24
    private static let listIdentity: UInt16 = 0x63

    /// Reads one datagram and says whether it is one. Cyclic data (UDP 2222) have no header and hold no names.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard isHeader(payload), let length = little16(payload, at: 2), Int(length) <= payload.count - header else {
            return false
        }
        if little16(payload, at: 0) == listIdentity { readItems(payload.from(header).upTo(Int(length)), into: &facts) }
        return true
    }

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        isHeader(bytes)
    }

    /// A known command, a possible length, a known status, no options.
    private static func isHeader(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= header, let command = little16(bytes, at: 0), let length = little16(bytes, at: 2),
            let status = little32(bytes, at: 8), little32(bytes, at: 20) == 0
        else { return false }
        switch command {
        case 0x00, 0x04, 0x63, 0x64, 0x65, 0x66, 0x6F, 0x70, 0x72, 0x73: break
        default: return false
        }
        return length <= 65_511 && (status <= 3 || status == 0x64 || status == 0x65 || status == 0x69)
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        guard bytes.count >= header else { return .more(header) }
        guard isHeader(bytes), let length = little16(bytes, at: 2) else { return .notMine }
        let whole = header + Int(length)
        guard little16(bytes, at: 0) == listIdentity else { return .took(whole) }
        guard bytes.count >= min(whole, 2_048) else { return .more(min(whole, 2_048)) }
        readItems(bytes.from(header).upTo(Int(length)), into: &facts)
        return .took(whole)
    }

    /// Count, then items of type, length, content. A question has none.
    private static func readItems(_ bytes: Span<UInt8>, into facts: inout Facts) {
        guard let count = little16(bytes, at: 0) else { return }
        var at = 2
        for _ in 0..<min(count, 8) {
            guard let type = little16(bytes, at: at), let length = little16(bytes, at: at + 2) else { return }
            if type == 0x0C { readIdentity(bytes.from(at + 4).upTo(Int(length)), into: &facts) }
            at += 4 + Int(length)
        }
    }

    /// Encapsulation version and socket address (18 octets), then the identity object's attributes 1 to 8.
    private static func readIdentity(_ item: Span<UInt8>, into facts: inout Facts) {
        guard let vendor = little16(item, at: 18), let type = little16(item, at: 20),
            let product = little16(item, at: 22), let major = item.at(24), let minor = item.at(25),
            item.count >= 33, let size = item.at(32)
        else { return }
        facts.add(.enipVendor, decimal: vendor)
        facts.add(.enipDeviceType, decimal: type)
        facts.add(.enipProductCode, decimal: product)
        facts.open(.enipRevision)
        facts.put(decimal: UInt64(major))
        facts.put(0x2E)
        facts.put(decimal: UInt64(minor))
        facts.close()
        facts.open(.enipSerial)
        for index in stride(from: 31, through: 28, by: -1) { facts.put(hexadecimal: item[index]) }
        facts.close()
        facts.add(.enipProductName, item.from(33).upTo(Int(size)))
    }

    private static func little16(_ bytes: Span<UInt8>, at index: Int) -> UInt16? {
        bytes.uint16(at: index)?.byteSwapped
    }
    private static func little32(_ bytes: Span<UInt8>, at index: Int) -> UInt32? {
        bytes.uint32(at: index)?.byteSwapped
    }

    // MARK: Writing

    /// What a device says of itself.
    public struct Identity: Hashable, Sendable {
        /// As ODVA assigns it: 1 is Rockwell Automation.
        public var vendor: UInt16
        public var deviceType: UInt16
        public var productCode: UInt16
        public var major: UInt8
        public var minor: UInt8
        public var serial: UInt32
        public var productName: String

        public init(
            vendor: UInt16, deviceType: UInt16, productCode: UInt16, major: UInt8, minor: UInt8, serial: UInt32,
            productName: String
        ) {
            self.vendor = vendor
            self.deviceType = deviceType
            self.productCode = productCode
            self.major = major
            self.minor = minor
            self.serial = serial
            self.productName = productName
        }
    }

    /// List Identity, the question.
    public static func identityRequest() -> [UInt8] { [0x63] + Array(repeating: 0, count: header - 1) }

    /// List Identity, the answer of a device at an IPv4 address.
    public static func identityResponse(_ identity: Identity, address: IPAddress) -> [UInt8] {
        var item = ByteWriter()
        item.uint16LittleEndian(1)
        item.uint16(2)
        item.uint16(44_818)
        item.uint32(address.v4 ?? 0)
        item.zeros(8)
        item.uint16LittleEndian(identity.vendor)
        item.uint16LittleEndian(identity.deviceType)
        item.uint16LittleEndian(identity.productCode)
        item.uint8(identity.major)
        item.uint8(identity.minor)
        item.uint16LittleEndian(0x60)
        item.uint32LittleEndian(identity.serial)
        let name = Array(identity.productName.utf8.prefix(32))
        item.uint8(UInt8(name.count))
        item.raw(name)
        item.uint8(3)
        var writer = ByteWriter()
        writer.uint16LittleEndian(listIdentity)
        writer.uint16LittleEndian(UInt16(item.count + 6))
        writer.zeros(20)
        writer.uint16LittleEndian(1)
        writer.uint16LittleEndian(0x0C)
        writer.uint16LittleEndian(UInt16(item.count))
        writer.raw(item.bytes)
        return writer.bytes
    }
}
