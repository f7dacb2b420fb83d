//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DHCPv4: what does it call itself, what does it ask for?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Dynamic Host Configuration Protocol (RFC 2131, 2132) and plain BOOTP (RFC 951).
///
/// What describes the client belongs to the client's hardware address, also when the message came through a relay or
/// is a server's answer. What describes the service (domain, boot file, server name) belongs to the one that sent it.
public enum DHCPv4 {
    /// `op` field: 1 from a client, 2 from a server.
    private static let request: UInt8 = 1
    private static let reply: UInt8 = 2
    /// Octets before the magic cookie (RFC 2131, figure 1), and where its parts stand.
    static let headerLength = 236
    private static let serverName = 44..<108
    private static let bootFile = 108..<236
    static let magicCookie: UInt32 = 0x6382_5363
    private static let acknowledgement: UInt8 = 5

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard let operation = payload.at(0), operation == request || operation == reply,
            let hardwareLength = payload.at(2), hardwareLength <= 16
        else { return false }
        guard payload.count >= headerLength else {
            // RFC 951 fixes the length; a shorter one was cut on the way.
            guard payload.count >= 44 else { return false }
            facts.oddity(.dhcpTruncated)
            return true
        }
        let client = client(in: payload, hardwareLength)
        guard payload.uint32(at: headerLength) == magicCookie else {
            // BOOTP of before options, or options in a form that nobody has described.
            if payload.count > headerLength { facts.oddity(.dhcpNoCookie) }
            readFixedFields(payload, operation, overload: 0, into: &facts)
            return true
        }
        var options = DHCPOptions(payload, from: headerLength + 4)
        readFixedFields(payload, operation, overload: options.overload, into: &facts)
        let server: Facts.About = operation == reply ? .sender : client
        facts.about = client
        readRelay(payload, into: &facts)
        if operation == request, client != .sender {
            // Who passes a client's message on relays; the relay's own address is the only one that it speaks of.
            facts.about = .sender
            readRelay(payload, into: &facts)
        }
        var wanted: UInt32?
        var isChosen = false
        while let code = options.next() {
            facts.about = isOfServer(code) ? server : client
            if code == 50 { wanted = options.value.uint32(at: 0) }
            if code == 54 { isChosen = true }
            if options.isSplit {
                // RFC 3396: parts of one option are put together first. Rare, so this may allocate; at most 2 KiB.
                let whole = options.joined(code, limit: 2_048)
                read(code, whole.span, into: &facts)
            } else {
                read(code, options.value, into: &facts)
            }
        }
        facts.about = .sender
        if options.isOverrun { facts.oddity(.dhcpOptionOverrun) }
        if operation == reply, options.messageType == acknowledgement, case .station(let address) = client {
            bind(address, payload, into: &facts)
        }
        if operation == request, case .station(let address) = client {
            bind(address, payload, options.messageType, wanted: isChosen ? wanted : nil, into: &facts)
        }
        return true
    }

    /// The client: its hardware address where that is an IEEE 802 one, else whoever sent the message.
    private static func client(in payload: Span<UInt8>, _ length: UInt8) -> Facts.About {
        guard length == 6, let high = payload.uint16(at: 28), let low = payload.uint32(at: 30) else { return .sender }
        let address = HardwareAddress(bits: UInt64(high) << 32 | UInt64(low))
        return address.isIndividual ? .station(address) : .sender
    }

    /// An ACK says which address the client has: `yiaddr`, or `ciaddr` in the answer to an INFORM (RFC 2131, 4.3.5).
    private static func bind(_ client: HardwareAddress, _ payload: Span<UInt8>, into facts: inout Facts) {
        guard let mine = payload.uint32(at: 12), let yours = payload.uint32(at: 16) else { return }
        facts.bind(client, to: IPAddress(v4: yours != 0 ? yours : mine))
    }

    /// A request says which address the client has (`ciaddr`, when it renews or informs), or is about to have: the one
    /// that it was offered by the server which it names (RFC 2131, table 5). What it once had elsewhere is no sign.
    private static func bind(
        _ client: HardwareAddress, _ payload: Span<UInt8>, _ type: UInt8?, wanted: UInt32?, into facts: inout Facts
    ) {
        guard type == 3 || type == 8, let mine = payload.uint32(at: 12) else { return }
        let address = mine != 0 ? mine : type == 3 ? wanted ?? 0 : 0
        if address != 0 { facts.bind(client, to: IPAddress(v4: address)) }
    }

    /// `giaddr`: the relay through which the client is reached, which tells its network.
    private static func readRelay(_ payload: Span<UInt8>, into facts: inout Facts) {
        guard let relay = payload.uint32(at: 24), relay != 0 else { return }
        facts.open(.dhcpRelayAddress)
        facts.put(v4: relay)
        facts.close()
    }

    /// `sname` and `file`, unless they hold options (RFC 2132, 9.3).
    private static func readFixedFields(
        _ payload: Span<UInt8>, _ operation: UInt8, overload: UInt8, into facts: inout Facts
    ) {
        guard operation == reply else { return }
        if overload & 2 == 0 { add(.dhcpServerName, upToNUL: payload.extracting(serverName), into: &facts) }
        if overload & 1 == 0 { add(.dhcpBootFile, upToNUL: payload.extracting(bootFile), into: &facts) }
    }

    private static func add(_ field: Field, upToNUL text: Span<UInt8>, into facts: inout Facts) {
        facts.add(field, text.upTo(text.firstIndex(of: 0) ?? text.count))
    }

    /// Whether an option in a server's answer speaks of the service rather than of the client.
    private static func isOfServer(_ code: UInt8) -> Bool { code == 15 || code == 66 || code == 67 }

    // MARK: Options

    private static func read(_ code: UInt8, _ value: Span<UInt8>, into facts: inout Facts) {
        switch code {
        case 12: facts.add(.dhcpHostname, value)
        case 15: facts.add(.dhcpDomain, value)
        case 55: addNumbers(.dhcpParameterRequestList, value, into: &facts)
        case 57: if let size = value.uint16(at: 0) { facts.add(.dhcpMaxMessageSize, decimal: size) }
        case 60: facts.add(.dhcpVendorClass, value)
        case 61: addClientId(value, into: &facts)
        case 66: facts.add(.dhcpServerName, value)
        case 67: facts.add(.dhcpBootFile, value)
        case 77: addUserClasses(value, into: &facts)
        case 81: addFqdn(value, into: &facts)
        case 82: readRelayInformation(value, into: &facts)
        case 93: addArchitectures(value, into: &facts)
        case 161: facts.add(.dhcpMudURL, value)  // RFC 8520, 10
        default: break
        }
    }

    /// Decimal, comma-separated, in the order of the packet: the order tells operating systems apart.
    private static func addNumbers(_ field: Field, _ value: Span<UInt8>, into facts: inout Facts) {
        facts.open(field)
        for index in value.indices {
            if index > 0 { facts.put(UInt8(ascii: ",")) }
            facts.put(decimal: UInt64(value[index]))
        }
        facts.close()
    }

    /// RFC 4578, 2.1: one or more 16-bit numbers.
    private static func addArchitectures(_ value: Span<UInt8>, into facts: inout Facts) {
        facts.open(.dhcpArchitecture)
        for index in 0..<value.count / 2 {
            if index > 0 { facts.put(UInt8(ascii: ",")) }
            if let number = value.uint16(at: index * 2) { facts.put(decimal: UInt64(number)) }
        }
        facts.close()
    }

    /// RFC 2132, 9.14: a type and an identifier.
    ///
    /// Type 1 with six octets becomes `aa:bb:cc:dd:ee:ff`. Type 0 or no type, when all of it is printable, becomes that
    /// text without the type. Anything else, also the identifiers of RFC 4361, becomes lower-case hexadecimal digits of
    /// the whole option.
    private static func addClientId(_ value: Span<UInt8>, into facts: inout Facts) {
        facts.open(.dhcpClientId)
        if value.count == 7, value[0] == 1 {
            for index in 1..<7 {
                if index > 1 { facts.put(UInt8(ascii: ":")) }
                facts.put(hexadecimal: value[index])
            }
        } else if value.count > 1, value[0] == 0, value.from(1).isPrintable {
            facts.put(value.from(1))
        } else {
            facts.put(textOrHexadecimal: value)
        }
        facts.close()
    }

    /// RFC 3004: a list of counted texts, one fact each; many clients send one bare text instead.
    private static func addUserClasses(_ value: Span<UInt8>, into facts: inout Facts) {
        var end = 0
        while end < value.count, value[end] > 0 { end += 1 + Int(value[end]) }
        guard end == value.count else {
            facts.add(.dhcpUserClass, value)
            return
        }
        var reader = ByteReader(value)
        while let length = try? reader.uint8() {
            facts.open(.dhcpUserClass)
            facts.put(textOrHexadecimal: reader.takeUpTo(Int(length)))
            facts.close()
        }
    }

    /// RFC 4702, 2: flags, two old result codes, the name. With flag E the name is in the form of RFC 1035, 3.1.
    private static func addFqdn(_ value: Span<UInt8>, into facts: inout Facts) {
        guard value.count > 3 else { return }
        let name = value.from(3)
        guard value[0] & 0x04 != 0, facts.add(.dhcpFqdn, labels: name) else {
            facts.add(.dhcpFqdn, name)
            return
        }
    }

    /// RFC 3046: the circuit and the remote end, as the relay sees the client.
    private static func readRelayInformation(_ value: Span<UInt8>, into facts: inout Facts) {
        var reader = ByteReader(value)
        while reader.count >= 2, let code = try? reader.uint8(), let length = try? reader.uint8() {
            if Int(length) > reader.count { facts.oddity(.dhcpOptionOverrun) }
            let part = reader.takeUpTo(Int(length))
            let field: Field? = code == 1 ? .dhcpCircuitId : code == 2 ? .dhcpRemoteId : nil
            if let field {
                facts.open(field)
                facts.put(textOrHexadecimal: part)
                facts.close()
            }
        }
    }
}

extension Span where Element == UInt8 {
    /// Whether it is text that can be shown: not empty, ASCII from space to tilde only, but for NULs at its end.
    var isPrintable: Bool {
        var end = count
        while end > 0, self[end - 1] == 0 { end -= 1 }
        guard end > 0 else { return false }
        for index in 0..<end where self[index] < 0x20 || self[index] > 0x7E { return false }
        return true
    }
}

extension Facts {
    /// Puts printable text as it is, anything else as lower-case hexadecimal digits.
    mutating func put(textOrHexadecimal value: Span<UInt8>) {
        if value.isPrintable { put(value.trimmed()) } else { put(hexadecimal: value) }
    }

    /// Puts an IPv4 address in dotted decimal.
    mutating func put(v4 bits: UInt32) {
        for shift in stride(from: UInt32(24), through: 0, by: -8) {
            if shift != 24 { put(UInt8(ascii: ".")) }
            put(decimal: UInt64(bits >> shift & 255))
        }
    }

    /// Adds a name written as counted labels without compression (RFC 1035, 3.1), whether the last, empty label is
    /// there or not; false, and nothing added, when the octets are not that.
    mutating func add(_ field: Field, labels: Span<UInt8>) -> Bool {
        var at = 0
        while let length = labels.at(at), length > 0 {
            guard length < 64, at + Int(length) < labels.count else { return false }
            at += 1 + Int(length)
        }
        open(field)
        var start = 0
        while start < at {
            if start > 0 { put(UInt8(ascii: ".")) }
            let length = Int(labels[start])
            put(labels.extracting(start + 1..<start + 1 + length))
            start += 1 + length
        }
        close()
        return true
    }
}
