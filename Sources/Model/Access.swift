//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Access: who may ask, and how we know them. What is kept here is never the secret itself.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// What somebody may do. Each is given by itself; `admin` does not bring the others.
public enum AccessScope: String, Hashable, Sendable, CaseIterable {
    /// Ask.
    case read
    /// Hand observations in.
    case write
    /// Manage tokens, see references of persons, write decisions.
    case admin
}

/// A token of a machine, as it is kept.
public struct AccessToken: Hashable, Sendable {
    /// `tok-` and twelve hexadecimal digits.
    public var id: String
    /// What it is for; at most `longestName` octets.
    public var name: String
    /// SHA-256 of the token.
    public var digest: [UInt8]
    /// In the order of `AccessScope.allCases`.
    public var scopes: [AccessScope]
    public var created: Timestamp
    /// Nil where it does not end by itself.
    public var expires: Timestamp?
    public var lastUsed: Timestamp?
    public var revoked: Timestamp?

    public static let longestName = 64
    /// Tokens that are kept, revoked ones included.
    public static let most = 1_000

    public init(
        id: String, name: String, digest: [UInt8], scopes: [AccessScope], created: Timestamp, expires: Timestamp? = nil,
        lastUsed: Timestamp? = nil, revoked: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.digest = digest
        self.scopes = scopes
        self.created = created
        self.expires = expires
        self.lastUsed = lastUsed
        self.revoked = revoked
    }

    public func isGood(at moment: Timestamp) -> Bool { revoked == nil && expires.map { moment < $0 } ?? true }
}

/// A person who signs in.
public struct Account: Hashable, Sendable {
    /// What scrypt (RFC 7914) made of a password.
    public struct Password: Hashable, Sendable {
        public var salt: [UInt8]
        /// N: a power of two.
        public var cost: Int
        /// p
        public var lanes: Int
        public var hash: [UInt8]

        public init(salt: [UInt8], cost: Int, lanes: Int, hash: [UInt8]) {
            self.salt = salt
            self.cost = cost
            self.lanes = lanes
            self.hash = hash
        }
    }

    /// As it is typed in; at most `longestName` octets.
    public var name: String
    /// Nil where nobody can sign in with a password (the demo).
    public var password: Password?
    public var scopes: [AccessScope]
    public var created: Timestamp

    public static let longestName = 64

    public init(name: String, password: Password?, scopes: [AccessScope], created: Timestamp) {
        self.name = name
        self.password = password
        self.scopes = scopes
        self.created = created
    }
}

/// A browser in which somebody signed in.
public struct WebSession: Hashable, Sendable {
    /// SHA-256 of what the cookie holds.
    public var digest: [UInt8]
    public var account: String
    public var scopes: [AccessScope]
    public var created: Timestamp
    public var lastUsed: Timestamp

    public init(digest: [UInt8], account: String, scopes: [AccessScope], created: Timestamp, lastUsed: Timestamp) {
        self.digest = digest
        self.account = account
        self.scopes = scopes
        self.created = created
        self.lastUsed = lastUsed
    }
}
