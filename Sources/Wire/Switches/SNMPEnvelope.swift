//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// The envelope of a message of SNMP: its version, and whom it says it is from, before anything is believed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What stands on a message of SNMP before its contents (RFC 3416; RFC 3412, 6; RFC 3414, 2.4). Nothing in it is proven.
public enum SNMPEnvelope: Hashable, Sendable {
    case version1
    /// Version 2c with its community.
    case community(Secret)
    /// Version 3: the engine with authority, the user, and whether an answer is asked for.
    case user(String, engine: [UInt8], isReportable: Bool)

    /// Nil for what is no message of SNMP.
    public init?(_ octets: Span<UInt8>) {
        var reader = ByteReader(octets)
        guard var inside = Self.inside(&reader), let read = Self.read(&inside) else { return nil }
        self = read.envelope
    }

    /// What the outermost sequence holds; nil where it is none, or longer than its datagram.
    @_lifetime(copy reader)
    static func inside(_ reader: inout ByteReader) -> ByteReader? {
        guard let outer = BER.header(&reader), outer.tag == BER.sequence else { return nil }
        return BER.inner(&reader, outer.length)
    }

    /// The one reader of envelopes: leaves `reader` at the message that is inside, or at what is encrypted.
    ///
    /// - Returns: The community octet by octet as well, for who has to answer with it; empty in version 3.
    static func read(_ reader: inout ByteReader) -> (envelope: Self, community: [UInt8])? {
        guard let version = BER.integer(&reader) else { return nil }
        switch version {
        case 0, 1:
            // No limit stands in RFC 1901; net-snmp and all agents that are known stop at 256.
            guard let header = BER.header(&reader), header.tag == BER.octetString, header.length <= 255,
                let word = try? reader.take(header.length)
            else { return nil }
            return (version == 0 ? .version1 : .community(Secret(Self.text(word))), array(word))
        case 3:
            guard let global = BER.header(&reader), global.tag == BER.sequence,
                var data = BER.inner(&reader, global.length), BER.integer(&data) != nil, BER.integer(&data) != nil,
                let flagsHeader = BER.header(&data), let flags = try? data.take(flagsHeader.length).at(0),
                let security = BER.header(&reader), security.tag == BER.octetString,
                var parameters = BER.inner(&reader, security.length), let sequence = BER.header(&parameters),
                sequence.tag == BER.sequence, let engine = BER.header(&parameters), engine.tag == BER.octetString,
                // RFC 3411: 5 to 32 octets; none where the sender asks for it.
                engine.length <= 32, let identifier = try? parameters.take(engine.length),
                BER.skip(&parameters), BER.skip(&parameters), let name = BER.header(&parameters),
                name.tag == BER.octetString, name.length <= 32, let user = try? parameters.take(name.length)
            else { return nil }
            return (.user(Self.text(user), engine: array(identifier), isReportable: flags & 4 != 0), [])
        default: return nil
        }
    }

    private static func text(_ octets: Span<UInt8>) -> String { String(decoding: array(octets), as: UTF8.self) }
}
