//===----------------------------------------------------------------------===//
// Wardlight · SNMP
//
// What is asked and answered: questions that read, bindings, and what can go wrong between.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// The ways to ask (RFC 3416, 4.2). None of them changes anything at the agent, and there is no other.
public enum SNMPQuestion: Hashable, Sendable {
    case get
    case next
    /// So many rows behind each name, 1 to 1,000.
    case bulk(Int)
}

/// A name and a value, as they came.
public struct SNMPBinding: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case integer(Int64)
        case octets([UInt8])
        case name([UInt32])
        case address(UInt32)
        case counter32(UInt32)
        case gauge(UInt32)
        case ticks(UInt32)
        case counter64(UInt64)
        case null
        /// noSuchObject, noSuchInstance.
        case absent
        case endOfView
        /// A type that nobody here reads, by its tag.
        case other(UInt8)
    }
    public var name: [UInt32]
    public var value: Value

    public init(_ name: [UInt32], _ value: Value) {
        self.name = name
        self.value = value
    }
}

/// What proves to an agent that one may read.
public enum SNMPProof: Hashable, Sendable {
    case community([UInt8])
    /// - Parameter engine: The agent's engine (RFC 3411, 5), from `whoAreYou`.
    case user(SNMPUser, engine: [UInt8], context: String)
    /// Version 3 without a user: good for asking who is there, and nothing else.
    case whoAreYou
}

/// A user of version 3 (RFC 3414).
public struct SNMPUser: Hashable, Sendable {
    public enum Authentication: Hashable, Sendable { case md5, sha1, sha224, sha256, sha384, sha512 }
    public enum Privacy: Hashable, Sendable { case des, aes128, aes192, aes256 }

    public var name: String
    public var authentication: (method: Authentication, passphrase: String)?
    public var privacy: (method: Privacy, passphrase: String)?

    public init(_ name: String) { self.name = name }

    public static func == (one: Self, other: Self) -> Bool {
        one.name == other.name && one.authentication?.method == other.authentication?.method
            && one.authentication?.passphrase == other.authentication?.passphrase
            && one.privacy?.method == other.privacy?.method
            && one.privacy?.passphrase == other.privacy?.passphrase
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(authentication?.method)
        hasher.combine(privacy?.method)
    }
}

extension SNMPProof: CustomStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SNMPUser: CustomStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What came back.
public struct SNMPAnswer: Sendable {
    /// The number that the question was given.
    public var request: Int32
    /// error-status and error-index (RFC 3416, 3).
    public var status: Int
    public var index: Int
    public var bindings: [SNMPBinding]

    public init(request: Int32, status: Int = 0, index: Int = 0, bindings: [SNMPBinding]) {
        self.request = request
        self.status = status
        self.index = index
        self.bindings = bindings
    }
}

/// What an engine says instead of an answer (RFC 3414, 5; RFC 3412, 5).
public enum SNMPReport: Hashable, Sendable {
    /// Answer to `whoAreYou`.
    case engine([UInt8])
    case unknownUser, wrongPassphrase, cannotDecrypt, unsupportedLevel, clockOff, unknownContext, other
}

/// One thing that happened at one session.
public enum SNMPNews: Sendable {
    case answer(session: Int, SNMPAnswer)
    case report(session: Int, SNMPReport)
    /// Nobody listens there, or no way leads there.
    case unreachable(session: Int, errno: Int32)
    /// A message that is no SNMP, or not for us.
    case garbage(session: Int)

    public var session: Int {
        switch self {
        case .answer(let session, _), .report(let session, _), .unreachable(let session, _), .garbage(let session):
            session
        }
    }
}

/// Why a session could not be opened.
public enum SNMPFailure: Error, Hashable, Sendable {
    case notAnAddress
    /// Passphrases have at least 8 octets (RFC 3414, 11.2).
    case passphraseTooShort
    /// The library was built without this method.
    case methodNotSupported
    case cannotOpen
    case cannotSend(errno: Int32)
}
