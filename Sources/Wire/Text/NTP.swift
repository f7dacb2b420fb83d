//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// NTP: who asks for the time, who gives it, and where that one has it from.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Network Time Protocol (RFC 5905, 7.3; SNTP is the same on the wire).
public enum NTP {
    /// Associations, in the low three bits of the first octet.
    private enum Mode {
        static let client: UInt8 = 3
        static let server: UInt8 = 4
    }
    private static let headerLength = 48

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard let first = payload.at(0) else { return false }
        let version = first >> 3 & 7
        let mode = first & 7
        guard version >= 1, version <= 4, mode >= 1 else { return false }
        // Control (6) and private (7) messages have headers of their own, of 12 and 8 octets.
        if mode >= 6 {
            guard payload.count >= 8 else { return false }
            facts.add(.ntpVersion, decimal: version)
            return true
        }
        guard payload.count >= headerLength, let reference = payload.uint32(at: 12) else { return false }
        facts.add(.ntpVersion, decimal: version)
        let stratum = payload[1]
        guard mode != Mode.client, stratum >= 1, stratum <= 15 else { return true }
        facts.add(.ntpStratum, decimal: stratum)
        if stratum == 1 {
            // `GPS`, `PPS`, `DCF`: the clock itself.
            facts.add(.ntpReference, payload.from(12).upTo(4))
        } else if reference != 0 {
            // The address of the server above; a part of a digest when that one is reached by IPv6.
            facts.add(.ntpReference, IPAddress(v4: reference).description)
        }
        return true
    }

    /// A question (stratum 0) or, with a stratum, the answer of a server.
    ///
    /// - Parameter seconds: whole seconds since 1 January 1900.
    public static func write(
        version: UInt8 = 4, stratum: UInt8 = 0, reference: [UInt8] = [], seconds: UInt32
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.uint8((version & 7) << 3 | (stratum == 0 ? Mode.client : Mode.server))
        writer.uint8(stratum)
        writer.uint8(6)  // asks every 2^6 seconds
        writer.uint8(0xEC)  // precision 2^-20 s
        writer.uint32(0)
        writer.uint32(0)
        writer.raw(Array(reference.prefix(4)))
        writer.zeros(4 - min(reference.count, 4))
        // Reference, origin, receive, transmit.
        for isSet in [stratum != 0, stratum != 0, stratum != 0, true] {
            writer.uint32(isSet ? seconds : 0)
            writer.uint32(0)
        }
        return writer.bytes
    }
}
