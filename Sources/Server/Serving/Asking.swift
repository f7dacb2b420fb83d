//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// What a request asks, when everything about it was checked.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes
import Model
import NIOCore

/// A request whose path and query fit its route.
struct Asking: Sendable {
    var route: String
    /// Of the route, without the first slash and with values in their places.
    var path: String
    /// Of the path and the query, by name; each fits its parameter's kind.
    var values: [String: String]
    var body: [UInt8]
    var fields: HTTPFields
    var who: Who
    var moment: Timestamp
    var channel: any Channel
    /// Whom limits count: a token, a session, an IPv4 address or an IPv6 subnet.
    var client: String

    subscript(name: String) -> String? { values[name] }

    func integer(_ name: String) -> Int? { values[name].flatMap { Int($0) } }
    func flag(_ name: String) -> Bool? { values[name].map { $0 == "true" } }
    func moment(_ name: String) -> Timestamp? { values[name].flatMap { ValueKind.moment(of: $0) } }
    func position(_ name: String) -> UInt64? { values[name].flatMap { UInt64($0) } }
}

/// Who asks.
enum Who: Sendable {
    case nobody
    case token(AccessToken)
    case session(WebSession)

    var scopes: [AccessScope] {
        switch self {
        case .nobody: []
        case .token(let token): token.scopes
        case .session(let session): session.scopes
        }
    }

    func may(_ scope: AccessScope) -> Bool { scopes.contains(scope) }
}
