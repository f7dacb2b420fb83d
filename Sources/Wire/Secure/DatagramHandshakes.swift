//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// QUIC Initials and DTLS handshakes: a ClientHello that comes in several datagrams.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Puts handshakes together that come in datagrams. Bounded: few at a time, few octets each, oldest given up.
public struct DatagramHandshakes: Sendable {
    public init() {}

    /// Reads one QUIC datagram (RFC 9000, 9001, 9369) and says whether it is one.
    public mutating func readQUIC(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }

    /// Reads one DTLS datagram (RFC 6347, 9147) and says whether it is one.
    public mutating func readDTLS(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        false
    }
}
