//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SIP: which phone is this?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Session Initiation Protocol (RFC 3261): `User-Agent` and `Server`, never who calls whom.
public enum SIP {
    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard MessageGrammar.sip.begins(payload) == .yes else { return false }
        var memory: StreamMemory = 0
        _ = MessageReader.read(.sip, payload, &memory, into: &facts)
        return true
    }

    /// Whether a stream that begins with these octets (at least one) speaks it.
    public static func recognises(_ bytes: Span<UInt8>, _ packet: Packet) -> Bool {
        MessageGrammar.sip.begins(bytes) == .yes
    }

    /// Reads what is there of one direction of a stream.
    public static func read(
        _ bytes: Span<UInt8>, _ side: StreamSide, _ memory: inout StreamMemory, _ packet: Packet,
        into facts: inout Facts
    ) -> StreamProgress {
        MessageReader.read(.sip, bytes, &memory, into: &facts)
    }

    // MARK: Writing

    /// A phone's REGISTER (RFC 3261 §10.2); addresses of record are the ward's, not a person's.
    ///
    /// - Parameters:
    ///   - contact: Address and port the phone is reached at, `10.1.2.3:5060`.
    ///   - call: Makes the call identifier, tag and branch of this message differ from others'.
    public static func register(
        user: String, domain: String, contact: String, userAgent: String, call: Int, sequence: Int = 1
    ) -> [UInt8] {
        MessageGrammar.write(
            "REGISTER sip:\(domain) SIP/2.0",
            [
                ("Via", "SIP/2.0/UDP \(contact);branch=z9hG4bK\(call)-\(sequence)"),
                ("Max-Forwards", "70"),
                ("From", "<sip:\(user)@\(domain)>;tag=\(call)"),
                ("To", "<sip:\(user)@\(domain)>"),
                ("Call-ID", "\(call)@\(contact)"),
                ("CSeq", "\(sequence) REGISTER"),
                ("Contact", "<sip:\(user)@\(contact)>"),
                ("Expires", "3600"),
                ("User-Agent", userAgent),
                ("Content-Length", "0"),
            ])
    }

    /// The registrar's answer to `register` with the same values.
    public static func registered(
        user: String, domain: String, contact: String, server: String, call: Int, sequence: Int = 1
    ) -> [UInt8] {
        MessageGrammar.write(
            "SIP/2.0 200 OK",
            [
                ("Via", "SIP/2.0/UDP \(contact);branch=z9hG4bK\(call)-\(sequence)"),
                ("From", "<sip:\(user)@\(domain)>;tag=\(call)"),
                ("To", "<sip:\(user)@\(domain)>;tag=r\(call)"),
                ("Call-ID", "\(call)@\(contact)"),
                ("CSeq", "\(sequence) REGISTER"),
                ("Contact", "<sip:\(user)@\(contact)>;expires=3600"),
                ("Server", server),
                ("Content-Length", "0"),
            ])
    }
}
