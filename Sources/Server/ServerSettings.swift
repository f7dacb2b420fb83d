//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Settings of the server: where it listens, and what it lets through.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

/// Where the server listens, and with which limits.
public struct ServerSettings: Sendable {
    public struct Encryption: Sendable {
        /// Files in PEM: the chain, the server's own certificate first, and its key.
        public var certificate: String
        public var key: String

        public init(certificate: String, key: String) { (self.certificate, self.key) = (certificate, key) }
    }

    public var host = "127.0.0.1"
    /// 0 takes a free one.
    public var port = 8443
    /// Nil speaks plain HTTP, on loopback only.
    public var encryption: Encryption?
    /// The one-time link signs in at once.
    public var isDemo = false
    /// IANA name of the zone in which pages show times.
    public var timeZone = "UTC"
    /// 32 octets that close cursors and forms; drawn by chance at each start when nil.
    public var secret: [UInt8]?
    public var limits = ServerLimits()
    /// The machine's clock.
    public var now: @Sendable () -> Timestamp = {
        Timestamp(nanoseconds: Int64(clamping: Int(Date().timeIntervalSince1970 * 1_000_000)) * 1_000)
    }

    public init() {}

    /// Names of this machine that only it can reach.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}

/// What is too much, and what is too slow.
public struct ServerLimits: Sendable {
    /// Connections at a time; more wait in the kernel's queue (256).
    public var connections = 512
    /// Followers of live changes at a time: one a screen.
    public var subscribers = 256
    /// Events that wait for one follower: a minute of a busy hospital. Who is slower is cut and comes back.
    public var waitingEvents = 1_024
    /// Octets of a request's body: a block of the log holds less.
    public var body = 4 * 1_024 * 1_024
    /// Observations in one request.
    public var observations = 10_000
    /// Octets of path and query.
    public var target = 4_096
    /// Octets of all header fields.
    public var header = 16_384
    /// Requests a second of one client, on average, and at once.
    public var rate = 50
    public var burst = 200
    /// Attempts to sign in from one address, within `signInSeconds`.
    public var signIns = 5
    public var signInSeconds = 300
    /// Without a request, or with one that does not go on.
    public var idleSeconds = 30
    /// From the first octet of a body to its last.
    public var bodySeconds = 30
    /// From the connection to the end of the TLS handshake.
    public var handshakeSeconds = 10
    /// With an answer that the client does not take.
    public var stallSeconds = 30
    /// Between comments on a stream of events without news.
    public var heartbeatSeconds = 15
    public var sessionSeconds = 12 * 3_600
    public var sessionIdleSeconds = 3_600
    public var setUpSeconds = 24 * 3_600
    /// scrypt's N and p with r = 8 (64 MiB, OWASP's list for storing passwords).
    public var passwordCost = 65_536
    public var passwordLanes = 2

    public init() {}
}
