//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DNS and mDNS, the other way round: a question, and a station that offers its services.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension DNS {
    /// Types of records (RFC 1035, 3.2.2; RFC 3596; RFC 2782).
    public enum RecordType: UInt16, Sendable {
        case address = 1
        case pointer = 12
        case text = 16
        case addressV6 = 28
        case service = 33
    }

    /// Writes a question. For multicast DNS the transaction is 0 and recursion is not asked for.
    public static func query(
        _ name: String, type: RecordType = .address, transaction: UInt16, wantsRecursion: Bool = true
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.header(transaction: transaction, flags: wantsRecursion ? 0x0100 : 0, questions: 1, answers: 0)
        writer.question(name, type)
        return writer.bytes
    }

    /// Writes a server's answer to a question for an address.
    public static func answer(_ name: String, addresses: [IPAddress], transaction: UInt16) -> [UInt8] {
        var writer = ByteWriter()
        writer.header(transaction: transaction, flags: 0x8180, questions: 1, answers: addresses.count)
        writer.question(name, addresses.first?.isV4 == false ? .addressV6 : .address)
        for address in addresses { writer.addressRecord(name, address, isUnique: false) }
        return writer.bytes
    }

    /// A service that a station offers by multicast DNS (RFC 6763).
    public struct Service: Hashable, Sendable {
        /// `Bed 12 monitor`
        public let instance: String
        /// `_http._tcp.local`
        public let type: String
        public let port: UInt16
        /// `key=value`
        public let texts: [String]

        public init(instance: String, type: String, port: UInt16, texts: [String]) {
            self.instance = instance
            self.type = type
            self.port = port
            self.texts = texts
        }
    }

    /// Writes the multicast DNS answer in which a station tells its services and its addresses.
    ///
    /// - Parameter host: `monitor-12.local`
    public static func announcement(host: String, addresses: [IPAddress], services: [Service]) -> [UInt8] {
        var writer = ByteWriter()
        writer.header(transaction: 0, flags: 0x8400, questions: 0, answers: services.count * 3 + addresses.count)
        for service in services {
            writer.record(service.type, .pointer, isUnique: false) {
                $0.domainName(service.type, first: service.instance)
            }
            writer.record(service.type, first: service.instance, .service, isUnique: true) { data in
                data.uint32(0)  // priority, weight
                data.uint16(service.port)
                data.domainName(host)
            }
            writer.record(service.type, first: service.instance, .text, isUnique: true) { data in
                // RFC 6763, 6.1: a record without texts holds one empty text.
                for text in service.texts.isEmpty ? [""] : service.texts {
                    data.uint8(UInt8(text.utf8.prefix(255).count))
                    data.raw(Array(text.utf8.prefix(255)))
                }
            }
        }
        for address in addresses { writer.addressRecord(host, address, isUnique: true) }
        return writer.bytes
    }
}

extension ByteWriter {
    fileprivate mutating func header(transaction: UInt16, flags: UInt16, questions: Int, answers: Int) {
        uint16(transaction)
        uint16(flags)
        uint16(UInt16(truncatingIfNeeded: questions))
        uint16(UInt16(truncatingIfNeeded: answers))
        uint32(0)
    }

    fileprivate mutating func question(_ name: String, _ type: DNS.RecordType) {
        domainName(name)
        uint16(type.rawValue)
        uint16(1)
    }

    /// One record. Unique ones carry the cache-flush bit (RFC 6762, 10.2); lifetimes are those of RFC 6762, 10.
    fileprivate mutating func record(
        _ name: String, first: String? = nil, _ type: DNS.RecordType, isUnique: Bool,
        _ data: (inout ByteWriter) -> Void
    ) {
        domainName(name, first: first)
        uint16(type.rawValue)
        uint16(isUnique ? 0x8001 : 1)
        uint32(type == .pointer || type == .text ? 4_500 : 120)
        counted16(data)
    }

    fileprivate mutating func addressRecord(_ name: String, _ address: IPAddress, isUnique: Bool) {
        record(name, address.isV4 ? .address : .addressV6, isUnique: isUnique) { $0.address(address) }
    }
}
