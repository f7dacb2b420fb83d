//===----------------------------------------------------------------------===//
// Wardlight · SNMP
//
// The trap listener: one door at which switches tell what happens, message by message.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

internal import CSNMP

/// A message at the door, looked at and not yet taken.
public struct TrapDatagram: Hashable, Sendable {
    /// 4 or 16 octets; empty where the sender has no address.
    public var source: [UInt8]
    public var octets: [UInt8]
}

/// A notification that net-snmp could read, and prove where it is of version 3.
public struct TrapMessage: Hashable, Sendable {
    public enum Proof: Hashable, Sendable {
        case community([UInt8])
        /// Level 1 is without proof, 2 signed, 3 signed and sealed (RFC 3411, 3.4.3).
        case user(String, level: Int)
    }
    public var proof: Proof
    /// Whether it asks to be confirmed.
    public var isInform: Bool
    public var bindings: [SNMPBinding]

    public init(proof: Proof, isInform: Bool, bindings: [SNMPBinding]) {
        self.proof = proof
        self.isInform = isInform
        self.bindings = bindings
    }
}

/// Why there is no door.
public enum TrapFailure: Error, Hashable, Sendable {
    case notAnAddress
    case cannotOpen(errno: Int32)
}

/// Listens on UDP. Who may speak is for the caller to say before net-snmp sees a message: `wait`, then `take` or `drop`.
///
/// All calls come from the thread that made it, the same as `SNMPExchange`'s where there is one: users and engines stand
/// in tables of the whole process. Not Sendable for that reason.
@safe public final class TrapListener {
    private var handle: UnsafeMutableRawPointer?
    private var descriptor: Int32 = -1
    /// Where it listens, also when any port was asked for.
    public private(set) var port: UInt16 = 0
    private var keys = SNMPKeys()
    private var room = [UInt8](repeating: 0, count: mostOctets)
    fileprivate var heard: [TrapMessage] = []
    /// Whether the message that is being read may be confirmed.
    fileprivate var judge: ((TrapMessage) -> Bool)?

    /// As much as a datagram of IPv4 can hold.
    private static let mostOctets = 65_507

    /// - Parameters:
    ///   - address: IPv4 or IPv6 in numbers; empty for every address of this machine (IPv4).
    ///   - port: 0 takes any that is free.
    public init(_ address: String, port: UInt16) throws(TrapFailure) {
        _ = SNMPLibrary.begin
        let isAddress = address.utf8.allSatisfy { byte in
            (0x30...0x3A).contains(byte) || byte == 0x2E || (0x61...0x66).contains(byte)
                || (0x41...0x46).contains(byte)
        }
        guard isAddress, address.utf8.count < 64 else { throw .notAnAddress }
        let door =
            address.contains(":")
            ? "udp6:[\(address)]:\(port)" : address.isEmpty ? "udp:0.0.0.0:\(port)" : "udp:\(address):\(port)"
        let magic = unsafe Unmanaged.passUnretained(self).toOpaque()
        guard let opened = unsafe wardlight_trap_open(door, hear, magic) else {
            throw .cannotOpen(errno: wardlight_trap_errno())
        }
        unsafe handle = opened
        descriptor = unsafe wardlight_snmp_descriptor(opened)
        self.port = UInt16(exactly: wardlight_trap_port(descriptor)) ?? port
    }

    deinit { if let handle = unsafe handle { unsafe snmp_sess_close(handle) } }

    /// Lets a user speak for an engine; for our own where none is given, which is where informs are sent.
    ///
    /// - Returns: Whether it could not before.
    @discardableResult
    public func admit(_ user: SNMPUser, engine: [UInt8]) throws(SNMPFailure) -> Bool {
        guard engine.count <= 32 else { throw .methodNotSupported }
        let done = unsafe try keys.with(user) { wanted in
            unsafe wardlight_trap_admit(wanted, engine, engine.count)
        }
        guard done != 0 else { throw .cannotOpen }
        return done == 1
    }

    /// Takes back what `admit` gave; for our own engine everybody stays.
    public func dismiss(_ name: String, engine: [UInt8]) {
        unsafe name.withCString { unsafe wardlight_trap_dismiss($0, engine, engine.count) }
    }

    /// Whether a user may speak for an engine now.
    public func knows(_ name: String, engine: [UInt8]) -> Bool {
        unsafe name.withCString { unsafe wardlight_trap_knows($0, engine, engine.count) } != 0
    }

    /// Looks at the next message; nil when none came in time.
    public func wait(milliseconds: Int) -> TrapDatagram? {
        guard descriptor >= 0 else { return nil }
        var place = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&place, 1, Int32(clamping: max(0, milliseconds))) > 0 else { return nil }
        var address = [UInt8](repeating: 0, count: 16)
        var addressLength = 0
        let length = unsafe wardlight_trap_peek(descriptor, &room, room.count, &address, &addressLength)
        // An error that waits at the door (a confirmation that nobody took) is no message; reading clears it.
        guard length >= 0 else { return nil }
        return TrapDatagram(
            source: Array(address.prefix(max(0, min(addressLength, 16)))),
            octets: Array(room.prefix(max(0, min(length, room.count)))))
    }

    /// Messages that found the queue full: the system keeps some two hundred kilobytes of them.
    public var lost: UInt64 { wardlight_trap_lost(descriptor) }

    /// Forgets the next message unread.
    public func drop() { wardlight_trap_drop(descriptor) }

    /// Lets net-snmp read the next message.
    ///
    /// - Parameter isWelcome: Whether a notification is believed; only then an inform is confirmed.
    /// - Returns: What was believed: nothing, or one.
    public func take(_ isWelcome: @escaping (TrapMessage) -> Bool) -> [TrapMessage] {
        guard let handle = unsafe handle else { return [] }
        heard = []
        judge = isWelcome
        // An earlier message's failure is not this one's.
        unsafe snmp_sess_session(handle)?.pointee.s_snmp_errno = 0
        _ = unsafe wardlight_trap_read(handle, descriptor)
        judge = nil
        defer { heard = [] }
        return heard
    }
}

/// Called by net-snmp inside `take`, on the listener's own thread.
private let hear: netsnmp_callback = { operation, session, _, pdu, magic in
    guard operation == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE, let pdu = unsafe pdu, let magic = unsafe magic,
        // A message whose signature is wrong is handed over, too (for an agent's authenticationFailure trap).
        unsafe session?.pointee.s_snmp_errno != SNMPERR_USM_AUTHENTICATIONFAILURE
    else { return 1 }
    let listener = unsafe Unmanaged<TrapListener>.fromOpaque(magic).takeUnretainedValue()
    unsafe listener.read(pdu)
    return 1
}

extension TrapListener {
    fileprivate func read(_ pdu: UnsafeMutablePointer<netsnmp_pdu>) {
        let command = unsafe pdu.pointee.command
        // Trap and inform of versions 2c and 3; nobody is asked here, so nothing else is an answer.
        guard command == 0xA7 || command == 0xA6, let handle = unsafe handle else { return }
        let proof: TrapMessage.Proof
        let version = unsafe pdu.pointee.version
        if version == Int(SNMP_VERSION_2c) {
            let length = max(0, min(unsafe pdu.pointee.community_len, 255))
            let start = unsafe pdu.pointee.community
            proof = .community(unsafe start.map { unsafe Array(UnsafeBufferPointer(start: $0, count: length)) } ?? [])
        } else if version == Int(SNMP_VERSION_3) {
            let length = max(0, min(unsafe pdu.pointee.securityNameLen, 32))
            let start = unsafe pdu.pointee.securityName
            let octets = unsafe start.map { start in
                unsafe UnsafeBufferPointer(start: start, count: length).map { UInt8(bitPattern: $0) }
            }
            proof = .user(String(decoding: octets ?? [], as: UTF8.self), level: Int(unsafe pdu.pointee.securityLevel))
        } else {
            return
        }
        let answer = unsafe SNMPAnswer(pdu)
        let message = TrapMessage(proof: proof, isInform: command == 0xA6, bindings: answer.bindings)
        guard judge?(message) == true else { return }
        if message.isInform { _ = unsafe wardlight_trap_confirm(handle, pdu) }
        heard.append(message)
    }
}
