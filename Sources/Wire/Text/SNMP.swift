//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SNMP: version, system group, who raised a trap, engine.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Simple Network Management Protocol (RFC 1157, 3416, 3412). Of the community only that it went in clear is kept.
public enum SNMP {
    /// Tags of the messages inside (RFC 3416, 3).
    enum Message {
        static let response: UInt8 = 0xA2
        static let trapV1: UInt8 = 0xA4
        static let inform: UInt8 = 0xA6
        static let trapV2: UInt8 = 0xA7
        static let report: UInt8 = 0xA8
    }

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        var reader = ByteReader(payload)
        guard let outer = BER.header(&reader), outer.tag == BER.sequence, let version = BER.integer(&reader),
            let next = reader.peek()
        else { return false }
        switch (version, next) {
        case (0, BER.octetString), (1, BER.octetString):
            facts.add(.snmpVersion, version == 0 ? "1" : "2c")
            // The community: stepped over, whatever it is, but for the two that everybody knows.
            guard let header = BER.header(&reader), let community = try? reader.take(header.length) else {
                facts.oddity(.snmpBadEncoding)
                return true
            }
            report(community, isFirst: version == 0, message: reader.peek(), into: &facts)
            readMessage(&reader, into: &facts)
        case (3, BER.sequence):
            facts.add(.snmpVersion, "3")
            readVersion3(&reader, into: &facts)
        default: return false
        }
        return true
    }

    /// That a community was sent in clear: who answers to it takes it, who asks or tells by it only sends it.
    private static func report(
        _ community: Span<UInt8>, isFirst: Bool, message: UInt8?, into facts: inout Facts
    ) {
        guard let message, message & 0xE0 == 0xA0, community.count > 0 else { return }
        let credential: ClearCredential =
            if community.count == 6, community.matches("public", at: 0) {
                isFirst ? .snmp1Public : .snmp2Public
            } else if community.count == 7, community.matches("private", at: 0) {
                isFirst ? .snmp1Private : .snmp2Private
            } else {
                isFirst ? .snmp1Community : .snmp2Community
            }
        if message == Message.response { facts.takes(credential) } else { facts.sent(credential) }
    }

    /// RFC 3412, 6: global data, security parameters (RFC 3414, 2.4), then the message in clear or encrypted.
    private static func readVersion3(_ reader: inout ByteReader, into facts: inout Facts) {
        guard let global = BER.header(&reader), var data = BER.inner(&reader, global.length),
            BER.integer(&data) != nil, BER.integer(&data) != nil, let flagsHeader = BER.header(&data),
            let flags = try? data.take(flagsHeader.length).at(0),
            let security = BER.header(&reader), security.tag == BER.octetString,
            var parameters = BER.inner(&reader, security.length)
        else { return facts.oddity(.snmpBadEncoding) }
        // Who may be asked for a report is the engine with authority over the exchange; so its answers, traps and
        // reports, which cannot be reported on, carry the sender's own engine (RFC 3412, 6.4).
        let isReportable = flags & 4 != 0
        if !isReportable, let sequence = BER.header(&parameters), sequence.tag == BER.sequence,
            let engine = BER.header(&parameters), engine.tag == BER.octetString,
            let identifier = try? parameters.take(engine.length)
        {
            facts.open(.snmpEngineId)
            // RFC 3411: 5 to 32 octets.
            facts.put(hexadecimal: identifier.upTo(32))
            facts.close()
        }
        guard flags & 2 == 0, let scoped = BER.header(&reader), scoped.tag == BER.sequence else { return }
        // Engine and name of the context.
        guard BER.skip(&reader), BER.skip(&reader) else { return facts.oddity(.snmpBadEncoding) }
        readMessage(&reader, into: &facts)
    }

    /// Reads the message if it speaks of its sender: answers, traps, reports.
    private static func readMessage(_ reader: inout ByteReader, into facts: inout Facts) {
        guard let header = BER.header(&reader) else { return facts.oddity(.snmpBadEncoding) }
        switch header.tag {
        case Message.response, Message.trapV2, Message.inform, Message.report:
            // Request identifier, error status, error index.
            guard BER.skip(&reader), BER.skip(&reader), BER.skip(&reader) else {
                return facts.oddity(.snmpBadEncoding)
            }
        case Message.trapV1:
            // Enterprise, then address, generic and specific trap, time.
            guard let enterprise = BER.header(&reader), enterprise.tag == BER.objectIdentifier,
                let name = try? reader.take(enterprise.length)
            else { return facts.oddity(.snmpBadEncoding) }
            addIdentifier(.snmpEnterprise, name, into: &facts)
            for _ in 0..<4 where !BER.skip(&reader) { return facts.oddity(.snmpBadEncoding) }
        default: return
        }
        readBindings(&reader, into: &facts)
    }

    /// The list of names and values; what can be read is read when the end is missing.
    private static func readBindings(_ reader: inout ByteReader, into facts: inout Facts) {
        guard let list = BER.header(&reader), list.tag == BER.sequence else { return facts.oddity(.snmpBadEncoding) }
        // A datagram holds some hundreds at most; every turn takes at least two octets.
        while reader.count >= 2 {
            guard let binding = BER.header(&reader), binding.tag == BER.sequence, let nameHeader = BER.header(&reader),
                nameHeader.tag == BER.objectIdentifier, let name = try? reader.take(nameHeader.length),
                let valueHeader = BER.header(&reader), let value = try? reader.take(valueHeader.length)
            else { return facts.oddity(.snmpBadEncoding) }
            readBinding(name, valueHeader.tag, value, into: &facts)
        }
    }

    private static func readBinding(
        _ name: Span<UInt8>, _ tag: UInt8, _ value: Span<UInt8>, into facts: inout Facts
    ) {
        // SNMPv2-MIB's system group, 1.3.6.1.2.1.1.n.0 (RFC 3418). The contact (4) is a person and is passed over.
        if name.count == 8, name.uint32(at: 0) == 0x2B06_0102, name.uint16(at: 4) == 0x0101, name[7] == 0 {
            switch (name[6], tag) {
            case (1, BER.octetString): facts.add(.snmpSysDescr, value)
            case (2, BER.objectIdentifier): addIdentifier(.snmpSysObjectId, value, into: &facts)
            case (5, BER.octetString): facts.add(.snmpSysName, value)
            case (6, BER.octetString): facts.add(.snmpSysLocation, value)
            default: break
            }
        } else if name.count == 10, tag == BER.objectIdentifier, name.uint32(at: 0) == 0x2B06_0106,
            name.uint32(at: 4) == 0x0301_0104, name.uint16(at: 8) == 0x0300
        {
            // snmpTrapEnterprise.0, 1.3.6.1.6.3.1.1.4.3.0 (RFC 3418, 2).
            addIdentifier(.snmpEnterprise, value, into: &facts)
        }
    }

    /// `1.3.6.1.4.1.9.1.516` (X.690, 8.19): seven bits an octet, the first two numbers in one.
    private static func addIdentifier(_ field: Field, _ encoded: Span<UInt8>, into facts: inout Facts) {
        guard encoded.count > 0, encoded.count <= 128, encoded[encoded.count - 1] & 0x80 == 0 else {
            return facts.oddity(.snmpBadEncoding)
        }
        // A number has at most 32 bits (RFC 2578, 7.1.3); found out before anything is put.
        var number: UInt64 = 0
        for index in encoded.indices {
            number = number << 7 | UInt64(encoded[index] & 0x7F)
            guard number <= 0xFFFF_FFFF else { return facts.oddity(.snmpBadEncoding) }
            if encoded[index] & 0x80 == 0 { number = 0 }
        }
        facts.open(field)
        var isFirst = true
        for index in encoded.indices {
            number = number << 7 | UInt64(encoded[index] & 0x7F)
            guard encoded[index] & 0x80 == 0 else { continue }
            if isFirst {
                let root = min(number / 40, 2)
                facts.put(decimal: root)
                number -= root * 40
                isFirst = false
            }
            facts.put(0x2E)
            facts.put(decimal: number)
            number = 0
        }
        facts.close()
    }
}

/// Basic Encoding Rules as SNMP uses them (X.690; RFC 3417, 8: definite lengths, tags of one octet).
enum BER {
    static let integerTag: UInt8 = 0x02
    static let octetString: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let sequence: UInt8 = 0x30

    /// Steps over tag and length; nil when they are cut off, indefinite, or promise more than 16 MiB.
    static func header(_ reader: inout ByteReader) -> (tag: UInt8, length: Int)? {
        guard let tag = try? reader.uint8(), let first = try? reader.uint8() else { return nil }
        if first < 0x80 { return (tag, Int(first)) }
        // Some agents always write four octets of length, with leading zeros.
        let octets = Int(first & 0x7F)
        guard octets >= 1, octets <= 4 else { return nil }
        var length = 0
        for _ in 0..<octets {
            guard let octet = try? reader.uint8() else { return nil }
            length = length << 8 | Int(octet)
        }
        return length <= 1 << 24 ? (tag, length) : nil
    }

    /// Steps over one whole element.
    static func skip(_ reader: inout ByteReader) -> Bool {
        guard let header = header(&reader) else { return false }
        return (try? reader.skip(header.length)) != nil
    }

    /// An integer of at most eight octets.
    static func integer(_ reader: inout ByteReader) -> Int64? {
        guard let header = header(&reader), header.tag == integerTag, header.length >= 1, header.length <= 8,
            let octets = try? reader.take(header.length)
        else { return nil }
        var value: Int64 = octets[0] & 0x80 == 0 ? 0 : -1
        for index in octets.indices { value = value << 8 | Int64(octets[index]) }
        return value
    }

    /// A reader of the next `length` octets, which are stepped over; nil when there are not so many.
    @_lifetime(copy reader)
    static func inner(_ reader: inout ByteReader, _ length: Int) -> ByteReader? {
        guard let octets = try? reader.take(length) else { return nil }
        return ByteReader(octets)
    }
}
