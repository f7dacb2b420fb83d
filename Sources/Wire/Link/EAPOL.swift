//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// EAPOL: 802.1X, with the identity and method of EAP.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// EAP over LAN (IEEE 802.1X clause 11; EAP itself is RFC 3748).
public enum EAPOL {
    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    ///
    /// Only packets that carry EAP teach something: starts, log-offs and keys say no more than that somebody is there.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        guard payload.count >= 4, let length = payload.uint16(at: 2) else { return facts.oddity(.eapolTruncated) }
        guard payload[1] == 0 else { return }
        EAP.read(payload.from(4).upTo(Int(length)), into: &facts)
    }

    /// The payload with which a device asks to be let in (EtherType 888E).
    public static func writeStart() -> [UInt8] { [2, 1, 0, 0] }

    /// Where devices send to reach the switch port they hang on (IEEE 802.1X, table 11-1).
    public static let portAccessGroup = HardwareAddress(bits: 0x0180_C200_0003)
}

/// Extensible Authentication Protocol (RFC 3748), in EAPOL and in RADIUS.
enum EAP {
    private enum Code {
        static let request: UInt8 = 1
        static let response: UInt8 = 2
    }

    /// Reads code, identifier, length and, in requests and responses, the type and what follows it.
    static func read(_ packet: Span<UInt8>, into facts: inout Facts) {
        guard packet.count >= 4, let length = packet.uint16(at: 2) else { return facts.oddity(.eapBadLength) }
        let code = packet[0]
        guard code == Code.request || code == Code.response else { return }
        guard length >= 5, let type = packet.at(4) else { return facts.oddity(.eapBadLength) }
        switch type {
        case 1:
            // A request may hold a text for the person; only the answer names somebody.
            guard code == Code.response else { return }
            guard packet.count >= Int(length) else { return facts.oddity(.eapBadLength) }
            let identity = packet.from(5).upTo(Int(length) - 5)
            // RFC 3748, 5.1: what follows a NUL is for the machine.
            facts.add(.eapIdentity, identity.upTo(identity.firstIndex(of: 0) ?? identity.count))
        case 0, 2, 3: break  // nothing; notification; refusal of a method
        default:
            if let name = name(ofMethod: type) {
                facts.add(.eapMethod, name)
            } else {
                facts.add(.eapMethod, decimal: type)
            }
            // Methods over TLS: flags, length (4) when the first flag says so, records (RFC 5216, section 3.1). What the
            // other side answers is another's, whom the sender speaks for.
            guard code == Code.response, [13, 21, 25, 43, 55].contains(type), let flags = packet.at(5) else { return }
            TLS.readHello(packet.upTo(Int(length)).from(flags & 0x80 != 0 ? 10 : 6), Packet(), into: &facts)
        }
    }

    /// Names as in IANA's "EAP Registry, Method Types"; rare ones are written as their number.
    static func name(ofMethod type: UInt8) -> String? {
        switch type {
        case 4: "EAP-MD5"
        case 5: "EAP-OTP"
        case 6: "EAP-GTC"
        case 13: "EAP-TLS"
        case 17: "LEAP"
        case 18: "EAP-SIM"
        case 21: "EAP-TTLS"
        case 23: "EAP-AKA"
        case 25: "PEAP"
        case 26: "EAP-MSCHAPv2"
        case 43: "EAP-FAST"
        case 47: "EAP-PSK"
        case 50: "EAP-AKA'"
        case 52: "EAP-pwd"
        case 55: "TEAP"
        default: nil
        }
    }
}
