//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// NetBIOS names: what is it called?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// NetBIOS name and datagram services (RFC 1001, 1002) and the announcements of the browser service (MS-BRWS).
///
/// Reported are a station's own names, never those it asks for: `netbios.name` without its padding and its suffix
/// (the sixteenth octet), `netbios.group` for the workgroup or domain. Names with suffix 3 may be those of people who
/// are logged in, and are left out.
public enum NetBIOS {
    private static let nameService: UInt16 = 137
    static let nameType: UInt16 = 0x20
    static let statusType: UInt16 = 0x21
    /// NB_FLAGS and NAME_FLAGS, G: a group's name (RFC 1002, 4.2.1.3, 4.2.18).
    private static let groupFlag: UInt16 = 0x8000

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        packet.uses(port: nameService) ? readName(payload, packet, into: &facts) : readDatagram(payload, into: &facts)
    }

    // MARK: Name service

    private enum Operation { static let query = 0, registration = 5, refresh = 8, refreshToo = 9, multihomed = 15 }

    /// RFC 1002, 4.2.1.
    private static func readName(_ message: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard message.count >= 12, let flags = message.uint16(at: 2), let questions = message.uint16(at: 4),
            let answers = message.uint16(at: 6), let additionals = message.uint16(at: 10), questions <= 1,
            answers <= 64, additionals <= 64
        else { return false }
        let isResponse = flags >> 15 == 1
        let operation = Int(flags >> 11 & 15)
        guard operation == Operation.query || (operation >= 5 && operation <= 9) || operation == Operation.multihomed
        else { return false }
        do throws(DNSName.Fault) {
            switch operation {
            case Operation.query where isResponse && flags & 15 == 0:
                try readAnswer(message, packet, into: &facts)
            case Operation.registration, Operation.refresh, Operation.refreshToo, Operation.multihomed:
                if !isResponse { try readRegistration(message, into: &facts) }
            default: break
            }
        } catch {
            facts.oddity(.netbiosBadName)
        }
        return true
    }

    /// RFC 1002, 4.2.2: the name is the question's, its kind stands in the record behind it.
    private static func readRegistration(
        _ message: Span<UInt8>, into facts: inout Facts
    ) throws(DNSName.Fault) {
        let question = try DNSName(in: message, at: 12)
        guard question.end + 4 <= message.count else { throw .broken }
        let record = try DNSName(in: message, at: question.end + 4)
        guard let flags = message.uint16(at: record.end + 10) else { throw .broken }
        addEncoded(question, message, isGroup: flags & groupFlag != 0, into: &facts)
    }

    /// RFC 1002, 4.2.13 (positive name query response) and 4.2.18 (node status response).
    private static func readAnswer(
        _ message: Span<UInt8>, _ packet: Packet, into facts: inout Facts
    ) throws(DNSName.Fault) {
        let owner = try DNSName(in: message, at: 12)
        guard let type = message.uint16(at: owner.end), let length = message.uint16(at: owner.end + 8) else {
            throw .broken
        }
        let data = message.from(owner.end + 10).upTo(Int(length))
        if type == statusType {
            readStatus(data, into: &facts)
        } else if type == nameType, let flags = data.uint16(at: 0), let address = data.uint32(at: 2),
            IPAddress(v4: address) == packet.sourceNetwork
        {
            // A name server answers for others: only one's own address makes it one's own name.
            addEncoded(owner, message, isGroup: flags & groupFlag != 0, into: &facts)
        }
    }

    private static func readStatus(_ data: Span<UInt8>, into facts: inout Facts) {
        guard let count = data.at(0) else { return }
        for index in 0..<Int(count) {
            let name = data.from(1 + index * 18).upTo(18)
            guard name.count == 18, let flags = name.uint16(at: 16) else { break }
            addPlain(name.upTo(16), isGroup: flags & groupFlag != 0, into: &facts)
        }
    }

    // MARK: Names

    /// Adds a name in its first-level encoding, two letters an octet (RFC 1001, 14.1).
    private static func addEncoded(
        _ name: DNSName, _ message: Span<UInt8>, isGroup: Bool, into facts: inout Facts
    ) {
        var at = name.start
        guard let label = name.label(in: message, &at), label.count == 32 else {
            facts.oddity(.netbiosBadName)
            return
        }
        addEncoded(message.extracting(label), isGroup: isGroup, into: &facts)
    }

    private static func addEncoded(_ letters: Span<UInt8>, isGroup: Bool, into facts: inout Facts) {
        guard letters.count == 32, let suffix = octet(letters, 15) else {
            facts.oddity(.netbiosBadName)
            return
        }
        var length = 15
        while length > 0, isPadding(octet(letters, length - 1)) { length -= 1 }
        guard let field = field(suffix: suffix, isGroup: isGroup), length > 0, isName(octet(letters, 0) ?? 0) else {
            return
        }
        facts.open(field)
        for index in 0..<length { facts.put(octet(letters, index) ?? UInt8(ascii: "?")) }
        facts.close()
    }

    /// Adds a name of sixteen plain octets, the last being the suffix.
    private static func addPlain(_ name: Span<UInt8>, isGroup: Bool, into facts: inout Facts) {
        guard name.count == 16, let field = field(suffix: name[15], isGroup: isGroup), isName(name[0]) else { return }
        facts.add(field, name.upTo(15))
    }

    /// One octet of an encoded name: 'A' to 'P' are 0 to 15.
    private static func octet(_ letters: Span<UInt8>, _ index: Int) -> UInt8? {
        guard let high = letters.at(index * 2), let low = letters.at(index * 2 + 1), 0x41...0x50 ~= high,
            0x41...0x50 ~= low
        else { return nil }
        return (high - 0x41) << 4 | (low - 0x41)
    }

    private static func isPadding(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0 }

    /// `*` asks for any, and 1 begins `__MSBROWSE__`, which is everybody's.
    private static func isName(_ byte: UInt8) -> Bool { byte > 0x20 && byte != UInt8(ascii: "*") }

    /// Workstation 0 and server 0x20 name the host; 0, 0x1C and 0x1E of a group name its domain.
    private static func field(suffix: UInt8, isGroup: Bool) -> Field? {
        switch suffix {
        case 0x00: isGroup ? .netbiosGroup : .netbiosName
        case 0x20: isGroup ? nil : .netbiosName
        case 0x1C, 0x1E: isGroup ? .netbiosGroup : nil
        default: nil
        }
    }

    // MARK: Datagram service

    /// RFC 1002, 4.4: kind, flags, identifier, the source's address and port, length, offset, both names, data.
    private static func readDatagram(_ message: Span<UInt8>, into facts: inout Facts) -> Bool {
        guard let kind = message.at(0), kind >= 0x10, kind <= 0x16, message.count >= 14 else { return false }
        // Errors and queries (0x13 and above) hold no source name.
        guard kind <= 0x12 else { return true }
        guard let source = try? DNSName(in: message, at: 14),
            let destination = try? DNSName(in: message, at: source.end)
        else {
            facts.oddity(.netbiosBadName)
            return true
        }
        addEncoded(source, message, isGroup: false, into: &facts)
        readMailslot(message.from(destination.end), into: &facts)
        return true
    }

    /// An SMB transaction (MS-CIFS, 2.2.4.33.1) that writes to the browser's mailslot.
    private static func readMailslot(_ message: Span<UInt8>, into facts: inout Facts) {
        guard message.uint32(at: 0) == 0xFF53_4D42, message.at(4) == 0x25,
            let name = message.upTo(160).firstIndex(of: "\\MAILSLOT\\"),
            message.matchesIgnoringCase("\\MAILSLOT\\BROWSE", at: name), let low = message.at(57),
            let high = message.at(58)
        else { return }
        readAnnouncement(message.from(Int(high) << 8 | Int(low)), into: &facts)
    }

    /// MS-BRWS, 2.2.1 host announcement, 2.2.6 domain announcement and 2.2.10 local master announcement.
    private static func readAnnouncement(_ frame: Span<UInt8>, into facts: inout Facts) {
        guard let command = frame.at(0), command == 1 || command == 12 || command == 15, frame.count >= 32,
            let major = frame.at(22), let minor = frame.at(23)
        else { return }
        let name = frame.from(6).upTo(16)
        let text = name.upTo(name.firstIndex(of: 0) ?? 16)
        if command == 12 {
            // The name is the group's; where others have a comment stands its master browser.
            facts.add(.netbiosGroup, text)
            return
        }
        facts.add(.netbiosName, text)
        facts.open(.netbiosOsVersion)
        facts.put(decimal: UInt64(major))
        facts.put(UInt8(ascii: "."))
        facts.put(decimal: UInt64(minor))
        facts.close()
        let comment = frame.from(32).upTo(43)
        facts.add(.netbiosComment, comment.upTo(comment.firstIndex(of: 0) ?? comment.count))
    }
}
