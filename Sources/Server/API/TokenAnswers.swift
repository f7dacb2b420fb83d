//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Answers about tokens, for who administers.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import HTTPTypes
import Model
import Reports

enum TokenAnswers {
    static func list(_ asking: Asking, _ house: House) async throws -> Reply {
        var json = JSONWriter()
        json.beginObject()
        json.key("tokens")
        json.beginArray()
        for token in try await house.doors.credentials.tokens() { json.row(token, secret: nil, at: asking.moment) }
        json.endArray()
        json.endObject()
        return .json(json.take())
    }

    /// What is asked for a new token; read with Foundation, because it is small.
    private struct Wish: Decodable {
        var name: String
        var scopes: [String]
        var days: Int?
    }

    static func create(_ asking: Asking, _ house: House) async throws -> Reply {
        guard (asking.fields[.contentType] ?? "").lowercased().hasPrefix("application/json") else {
            throw Problem(
                .unsupportedMediaType, "media-type", "That form is not known here", "application/json is expected.")
        }
        let told = try? JSONSerialization.jsonObject(with: Data(asking.body)) as? [String: Any]
        guard let told, Set(told.keys).isSubset(of: ["name", "scopes", "days"]), !(told["days"] is NSNull),
            let wish = try? JSONDecoder().decode(Wish.self, from: Data(asking.body))
        else {
            throw Problem(.badRequest, "bad-json", "That is no wish for a token", "{\"name\", \"scopes\", \"days\"}")
        }
        let scopes = AccessScope.allCases.filter { wish.scopes.contains($0.rawValue) }
        guard (1...AccessToken.longestName).contains(wish.name.unicodeScalars.count),
            wish.name.utf8.count <= 4 * AccessToken.longestName
        else {
            throw Problem(.badRequest, "bad-token", "The name does not fit", "1 to 64 characters are expected.")
        }
        guard !scopes.isEmpty, scopes.count == wish.scopes.count else {
            throw Problem(.badRequest, "bad-token", "The scopes do not fit", "read, write, admin; each at most once.")
        }
        guard (1...3_650).contains(wish.days ?? 365) else {
            throw Problem(.badRequest, "bad-token", "The days do not fit", "1 to 3650 are expected.")
        }
        let made = NewToken(name: wish.name, scopes: scopes, days: wish.days ?? 365, at: asking.moment)
        guard try await house.doors.credentials.add(made.token) else {
            throw Problem(.conflict, "too-many-tokens", "There are too many tokens", "At most \(AccessToken.most).")
        }
        var json = JSONWriter()
        json.row(made.token, secret: made.secret, at: asking.moment)
        return .json(json.take(), status: .created)
    }

    static func revoke(_ asking: Asking, _ house: House) async throws -> Reply {
        guard try await house.doors.credentials.revoke(token: asking["id"] ?? "", at: asking.moment) else {
            throw Problem.notFound
        }
        return Reply(status: .noContent)
    }
}

/// A token as it is made: the secret is shown once and kept nowhere.
public struct NewToken: Sendable {
    public var token: AccessToken
    /// `wl_` and 43 letters.
    public var secret: String

    public init(name: String, scopes: [AccessScope], days: Int, at moment: Timestamp) {
        secret = "wl_" + Base64URL.encoded(Secret.drawn())
        let end = moment.nanoseconds.addingReportingOverflow(Int64(clamping: days) &* 86_400_000_000_000)
        token = AccessToken(
            id: "tok-" + Secret.hexadecimal(Secret.drawn(6)), name: name, digest: Secret.digest(secret), scopes: scopes,
            created: moment, expires: Timestamp(nanoseconds: end.overflow ? .max : end.partialValue))
    }
}

extension JSONWriter {
    fileprivate mutating func row(_ token: AccessToken, secret: String?, at moment: Timestamp) {
        beginObject(inline: true)
        member("id", token.id)
        member("name", token.name)
        member("token", secret)
        member("scopes", token.scopes.map(\.rawValue))
        member("created", token.created.description)
        member("expires", token.expires?.description)
        member("lastUsed", token.lastUsed?.description)
        member("revoked", token.revoked?.description)
        member("good", token.isGood(at: moment))
        endObject()
    }
}
