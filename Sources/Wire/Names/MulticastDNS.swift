//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Multicast DNS records: which services does a station offer, under which name?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What one record of a multicast DNS answer tells of the station that sent it (RFC 6762, RFC 6763).
///
/// - `mdns.service`: the type of a service (`_ipp._tcp.local`) and each full instance (`Ward 3._ipp._tcp.local`).
/// - `mdns.name`: the instance's own name (`Ward 3`) and the host's (`printer.local`).
/// - `mdns.host`: the host's name alone.
/// - `mdns.txt`: each text of a TXT record, usually `key=value`.
enum MulticastDNS {
    private static let address: UInt16 = 1
    private static let pointer: UInt16 = 12
    private static let text: UInt16 = 16
    private static let addressV6: UInt16 = 28
    private static let service: UInt16 = 33

    static func read(
        _ record: DNS.Record, _ message: Span<UInt8>, into facts: inout Facts
    ) throws(DNSName.Fault) {
        switch record.type {
        case address, addressV6: addHost(record.owner, message, into: &facts)
        case pointer: try readPointer(record, message, into: &facts)
        case text:
            if record.owner.isInstance(in: message) { addInstance(record.owner, message, into: &facts) }
            readTexts(message.extracting(record.data), into: &facts)
        case service:
            // RFC 2782: priority, weight, port, and the host that offers it.
            addInstance(record.owner, message, into: &facts)
            guard record.data.count > 6 else { return }
            addHost(try DNSName(in: message, at: record.data.lowerBound + 6), message, into: &facts)
        default: break
        }
    }

    private static func readPointer(
        _ record: DNS.Record, _ message: Span<UInt8>, into facts: inout Facts
    ) throws(DNSName.Fault) {
        guard !record.data.isEmpty else { return }
        let target = try DNSName(in: message, at: record.data.lowerBound)
        if record.owner.hasSuffix("in-addr", "arpa", in: message) || record.owner.hasSuffix("ip6", "arpa", in: message)
        {
            addHost(target, message, into: &facts)
        } else if target.isInstance(in: message) {
            addType(record.owner, message, into: &facts)
            addInstance(target, message, into: &facts)
        } else if target.isServiceType(in: message) {
            // The answer to "which types are there?" (RFC 6763, 9).
            addType(target, message, into: &facts)
        }
    }

    private static func addType(_ name: DNSName, _ message: Span<UInt8>, into facts: inout Facts) {
        guard name.isServiceType(in: message) else { return }
        facts.open(.mdnsService)
        facts.put(name, in: message)
        facts.close()
    }

    /// The instance in full, its type, and its own name, which is the first label and may hold dots and spaces.
    private static func addInstance(_ name: DNSName, _ message: Span<UInt8>, into facts: inout Facts) {
        guard name.isInstance(in: message) else { return }
        facts.open(.mdnsService)
        facts.put(name, in: message)
        facts.close()
        facts.open(.mdnsService)
        facts.put(name, in: message, skipping: 1)
        facts.close()
        var at = name.start
        guard let first = name.label(in: message, &at) else { return }
        facts.add(.mdnsName, message.extracting(first))
    }

    private static func addHost(_ name: DNSName, _ message: Span<UInt8>, into facts: inout Facts) {
        guard !name.isRoot, !name.isServiceType(in: message) else { return }
        facts.open(.mdnsHost)
        facts.put(name, in: message)
        facts.close()
        facts.open(.mdnsName)
        facts.put(name, in: message)
        facts.close()
    }

    /// RFC 6763, 6.1: counted texts one behind the other.
    private static func readTexts(_ data: Span<UInt8>, into facts: inout Facts) {
        var reader = ByteReader(data)
        while let length = try? reader.uint8() {
            facts.add(.mdnsTxt, reader.takeUpTo(Int(length)))
        }
    }
}
