//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// DHCPv6: the same for IPv6.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Dynamic Host Configuration Protocol for IPv6 (RFC 8415).
///
/// What a client says of itself belongs to the client: the sender, or behind a relay the hardware address that the
/// relay names (RFC 6939), else the one in the client's DUID, else the one its link-local address is made of.
public enum DHCPv6 {
    /// Relays may stand behind each other (RFC 8415, 19: HOP_COUNT_LIMIT).
    private static let maximumHops = 8
    private static let relayForward: UInt8 = 12
    private static let relayReply: UInt8 = 13

    /// What relays told of the client.
    private struct Path {
        var hops = 0
        var isRelayed = false
        var hardware: HardwareAddress?
        var peer: HardwareAddress?
    }

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard payload.count >= 4, payload[0] >= 1, payload[0] <= 36 else { return false }
        readMessage(payload, packet, Path(), into: &facts)
        facts.about = .sender
        return true
    }

    /// Reads a message and says whose it is; nil when it is not a client's, or a relay hides the client.
    @discardableResult
    private static func readMessage(
        _ message: Span<UInt8>, _ packet: Packet, _ path: Path, into facts: inout Facts
    ) -> Facts.About? {
        guard let type = message.at(0) else { return nil }
        switch type {
        case relayForward, relayReply: return readRelay(message, packet, path, into: &facts)
        case 1, 3, 4, 5, 6, 8, 9, 11: return readClient(message.from(4), path, into: &facts)
        case 2, 7, 10: readServer(message.from(4), packet, path, isReply: type == 7, into: &facts)
        default: break
        }
        return nil
    }

    /// RFC 8415, 9: hop count, the link's and the peer's address, then options, one of which holds the message.
    private static func readRelay(
        _ message: Span<UInt8>, _ packet: Packet, _ path: Path, into facts: inout Facts
    ) -> Facts.About? {
        guard path.hops < maximumHops else {
            facts.oddity(.dhcpv6TooDeep)
            return nil
        }
        var inner = path
        inner.hops += 1
        inner.isRelayed = true
        inner.peer = hardware(inLinkLocal: message.from(18).upTo(16)) ?? path.peer
        // The client's hardware address may stand behind the message, so it is looked for first.
        var options = Options(message.from(34))
        while let code = options.next() {
            // RFC 6939, 4: hardware type 1, six octets.
            if code == 79, options.value.count == 8, options.value.uint16(at: 0) == 1 {
                inner.hardware = address(options.value.from(2))
            }
        }
        if options.isOverrun { facts.oddity(.dhcpv6OptionOverrun) }
        var client: Facts.About?
        options = Options(message.from(34))
        while let code = options.next() {
            if code == 9, client == nil { client = readMessage(options.value, packet, inner, into: &facts) }
        }
        guard let client, message.at(0) == relayForward else { return client }
        let before = facts.about
        facts.about = client
        options = Options(message.from(34))
        while let code = options.next() {
            switch code {
            case 18: addText(.dhcpv6RelayInterfaceId, options.value, into: &facts)
            // RFC 4649, 3: the enterprise that gave the number, then the number.
            case 37: addText(.dhcpv6RelayRemoteId, options.value.from(4), into: &facts)
            default: break
            }
        }
        facts.about = before
        return client
    }

    private static func readClient(
        _ options: Span<UInt8>, _ path: Path, into facts: inout Facts
    ) -> Facts.About? {
        var walk = Options(options)
        var duid: HardwareAddress?
        while duid == nil, let code = walk.next() {
            if code == 1 { duid = hardware(inDUID: walk.value) }
        }
        guard let client = about(path, duid: duid) else { return nil }
        let before = facts.about
        facts.about = client
        walk = Options(options)
        while let code = walk.next() { readOption(code, walk.value, into: &facts) }
        if walk.isOverrun { facts.oddity(.dhcpv6OptionOverrun) }
        facts.about = before
        return client
    }

    /// Whom a client's options are about; nil when a relay hides it.
    private static func about(_ path: Path, duid: HardwareAddress?) -> Facts.About? {
        guard path.isRelayed else { return .sender }
        guard let address = path.hardware ?? duid ?? path.peer, address.isIndividual else { return nil }
        return .station(address)
    }

    private static func readServer(
        _ options: Span<UInt8>, _ packet: Packet, _ path: Path, isReply: Bool, into facts: inout Facts
    ) {
        facts.about = .sender
        // On the client's own link the frame is addressed to the client itself.
        let isToClient = isReply && !path.isRelayed && packet.destinationNetwork.isLinkLocal
        var walk = Options(options)
        while let code = walk.next() {
            switch code {
            case 2: addHexadecimal(.dhcpv6ServerId, walk.value, into: &facts)
            case 3, 4: if isToClient { bind(walk.value.from(code == 3 ? 12 : 4), packet, into: &facts) }
            case 59: facts.add(.dhcpv6BootFile, walk.value)
            default: break
            }
        }
        if walk.isOverrun { facts.oddity(.dhcpv6OptionOverrun) }
    }

    /// The addresses of an identity association (RFC 8415, 21.6): option 5, which begins with the address.
    private static func bind(_ options: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        var walk = Options(options)
        while let code = walk.next() {
            var reader = ByteReader(walk.value)
            // Lifetimes of zero take an address away.
            guard code == 5, let high = try? reader.uint64(), let low = try? reader.uint64(),
                (try? reader.uint32()) != nil, let valid = try? reader.uint32(), valid > 0
            else { continue }
            facts.bind(packet.destination, to: IPAddress(high: high, low: low))
        }
    }

    // MARK: Options

    private static func readOption(_ code: UInt16, _ value: Span<UInt8>, into facts: inout Facts) {
        switch code {
        case 1: addHexadecimal(.dhcpv6ClientId, value, into: &facts)
        case 6: addNumbers(.dhcpv6OptionRequest, value, into: &facts)
        case 15: addCounted(.dhcpv6UserClass, value, into: &facts)
        case 16:
            if let enterprise = value.uint32(at: 0) { facts.add(.dhcpv6Enterprise, decimal: enterprise) }
            addCounted(.dhcpv6VendorClass, value.from(4), into: &facts)
        case 17:
            if let enterprise = value.uint32(at: 0) { facts.add(.dhcpv6Enterprise, decimal: enterprise) }
            addVendorOptions(value.from(4), into: &facts)
        case 39:
            // RFC 4704, 4: flags, then the name as counted labels, perhaps without the last.
            if !facts.add(.dhcpv6Fqdn, labels: value.from(1)) { facts.add(.dhcpv6Fqdn, value.from(1)) }
        case 112: facts.add(.dhcpv6MudURL, value)  // RFC 8520, 10
        default: break
        }
    }

    private static func addNumbers(_ field: Field, _ value: Span<UInt8>, into facts: inout Facts) {
        facts.open(field)
        for index in 0..<value.count / 2 {
            if index > 0 { facts.put(UInt8(ascii: ",")) }
            if let number = value.uint16(at: index * 2) { facts.put(decimal: UInt64(number)) }
        }
        facts.close()
    }

    /// Values behind counts of two octets, one fact each (RFC 8415, 21.15 and 21.16).
    private static func addCounted(_ field: Field, _ value: Span<UInt8>, into facts: inout Facts) {
        var reader = ByteReader(value)
        while let length = try? reader.uint16() {
            addText(field, reader.takeUpTo(Int(length)), into: &facts)
        }
    }

    /// The maker's own options (RFC 8415, 21.17), each as `code=value`.
    private static func addVendorOptions(_ value: Span<UInt8>, into facts: inout Facts) {
        var walk = Options(value)
        while let code = walk.next() {
            facts.open(.dhcpv6VendorOptions)
            facts.put(decimal: UInt64(code))
            facts.put(UInt8(ascii: "="))
            facts.put(textOrHexadecimal: walk.value)
            facts.close()
        }
    }

    private static func addText(_ field: Field, _ value: Span<UInt8>, into facts: inout Facts) {
        facts.open(field)
        facts.put(textOrHexadecimal: value)
        facts.close()
    }

    private static func addHexadecimal(_ field: Field, _ value: Span<UInt8>, into facts: inout Facts) {
        facts.open(field)
        facts.put(hexadecimal: value)
        facts.close()
    }

    // MARK: Hardware addresses

    /// RFC 8415, 11.2 and 11.4: DUID-LLT and DUID-LL with hardware type 1.
    private static func hardware(inDUID duid: Span<UInt8>) -> HardwareAddress? {
        guard duid.uint16(at: 2) == 1 else { return nil }
        switch duid.uint16(at: 0) {
        case 1 where duid.count == 14: return address(duid.from(8))
        case 3 where duid.count == 10: return address(duid.from(4))
        default: return nil
        }
    }

    /// The address that a link-local one was made of (RFC 4291, appendix A); nil when it was made otherwise.
    private static func hardware(inLinkLocal bytes: Span<UInt8>) -> HardwareAddress? {
        guard bytes.uint16(at: 0) == 0xFE80, bytes.uint16(at: 11) == 0xFFFE, let high = bytes.uint16(at: 8),
            let middle = bytes.at(10), let low = bytes.uint16(at: 13), let last = bytes.at(15)
        else { return nil }
        let front = UInt64(high ^ 0x0200) << 32 | UInt64(middle) << 24
        return HardwareAddress(bits: front | UInt64(low) << 8 | UInt64(last))
    }

    private static func address(_ bytes: Span<UInt8>) -> HardwareAddress? {
        guard let high = bytes.uint16(at: 0), let low = bytes.uint32(at: 2) else { return nil }
        return HardwareAddress(bits: UInt64(high) << 32 | UInt64(low))
    }

    /// Walks through options: code and length of two octets each (RFC 8415, 21.1).
    private struct Options: ~Escapable {
        private var reader: ByteReader
        private(set) var value: Span<UInt8>
        private(set) var isOverrun = false

        @_lifetime(copy bytes)
        init(_ bytes: Span<UInt8>) {
            reader = ByteReader(bytes)
            value = bytes.upTo(0)
        }

        /// Goes to the next option and says its code; nil at the end. One that runs over the end is cut there.
        @_lifetime(self: copy self)
        mutating func next() -> UInt16? {
            guard let code = try? reader.uint16(), let length = try? reader.uint16() else { return nil }
            if Int(length) > reader.count { isOverrun = true }
            value = reader.takeUpTo(Int(length))
            return code
        }
    }
}
