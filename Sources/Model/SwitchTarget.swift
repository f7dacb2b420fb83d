//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Switch target: which switch is asked, with what, and how gently?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A switch that a person named: the only kind of address that Wardlight ever asks.
public struct SwitchTarget: Hashable, Sendable {
    /// Name under which all that it says is kept (`Switch.agent`).
    public var agent: String
    /// Name or address, as given.
    public var host: String
    public var port: UInt16 = 161
    public var site: String
    public var credential: Credential
    /// At most so many requests a second, 1 to 1,000. Old switches answer from the same processor that forwards.
    public var requestsPerSecond = 50
    /// How long one answer may take, 100 to 60,000.
    public var timeoutMilliseconds = 2_000
    /// How often a question that nobody answered is asked again, 0 to 5.
    public var retries = 1
    /// When nothing is asked of it.
    public var freezes: [FreezeWindow] = []
    /// From which its notifications come besides: other cards of its, of its stack or its router.
    public var otherAddresses: [IPAddress] = []
    /// Ports, by name, at which a small switch is allowed.
    public var allowedSmallSwitches: [String] = []

    public static let requestRates = 1...1_000
    public static let timeouts = 100...60_000
    public static let retryCounts = 0...5

    public init(agent: String, host: String, port: UInt16 = 161, site: String, credential: Credential) {
        self.agent = agent
        self.host = host
        self.port = port
        self.site = site
        self.credential = credential
    }
}

/// What a switch asks for before it answers. Prints as `•••`, whoever prints it.
public enum Credential: Hashable, Sendable {
    /// SNMP version 2c.
    case community(Secret)
    /// SNMP version 3 (RFC 3414).
    case user(String, authentication: Authentication?, privacy: Privacy?)

    public struct Authentication: Hashable, Sendable {
        /// RFC 3414, RFC 7860.
        public enum Method: String, Hashable, Sendable, CaseIterable {
            case md5, sha1, sha224, sha256, sha384, sha512
        }
        public var method: Method
        public var passphrase: Secret

        public init(_ method: Method, _ passphrase: Secret) {
            self.method = method
            self.passphrase = passphrase
        }
    }

    public struct Privacy: Hashable, Sendable {
        /// RFC 3414, RFC 3826; 192 and 256 bits as Blumenthal's draft and net-snmp write them.
        public enum Method: String, Hashable, Sendable, CaseIterable {
            case des, aes128, aes192, aes256
        }
        public var method: Method
        public var passphrase: Secret

        public init(_ method: Method, _ passphrase: Secret) {
            self.method = method
            self.passphrase = passphrase
        }
    }
}

/// A text that nobody shall read by accident: in messages, logs, dumps and failed tests it is `•••`.
public struct Secret: Hashable, Sendable {
    private let text: String

    public init(_ text: String) { self.text = text }

    /// The text itself, for the one place that speaks to the switch.
    public func revealed() -> String { text }
    public var isEmpty: Bool { text.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Credential.Authentication: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Credential.Privacy: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
