//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// How a request says who it comes from, and how people sign in.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import HTTPTypes
import Model
import Synchronization

/// Knows tokens and sessions, and lets people in.
final class Gatekeeper: Sendable {
    let credentials: any Credentials
    let settings: ServerSettings
    private let key: SymmetricKey
    private let links = Mutex<[[UInt8]: Timestamp]>([:])
    /// When a token or session was last noted as used, so that not every request writes.
    private let touched = Mutex<[[UInt8]: Timestamp]>([:])
    let attempts: AttemptLimit
    let passwords: Passwords

    /// Nanoseconds: how exact "last used" is.
    private static let touchEvery: Int64 = 60_000_000_000

    init(_ credentials: any Credentials, _ settings: ServerSettings, secret: [UInt8]) {
        self.credentials = credentials
        self.settings = settings
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret), info: Array("wardlight forms".utf8), outputByteCount: 32)
        attempts = AttemptLimit(most: settings.limits.signIns, seconds: settings.limits.signInSeconds)
        passwords = Passwords(cost: settings.limits.passwordCost, lanes: settings.limits.passwordLanes)
    }

    // MARK: Who

    var cookieName: String { settings.encryption == nil ? "wardlight" : "__Host-wardlight" }

    func who(_ fields: HTTPFields, at moment: Timestamp) async throws -> Who {
        if let header = fields[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 256 else {
                return .nobody
            }
            return try await who(token: Secret.digest(String(parts[1])), at: moment)
        }
        guard let cookie = Self.cookie(cookieName, fields) else { return .nobody }
        return try await who(session: Secret.digest(cookie), at: moment)
    }

    /// Whether somebody is still who they were: a token is revoked and a session ends while its stream is open.
    func isStill(_ who: Who, at moment: Timestamp) async throws -> Bool {
        let now: Who
        switch who {
        case .nobody: return false
        case .token(let token): now = try await self.who(token: token.digest, at: moment, isUse: false)
        case .session(let session): now = try await self.who(session: session.digest, at: moment, isUse: false)
        }
        return now.client != nil && Set(now.scopes).isSuperset(of: who.scopes)
    }

    /// - Parameter isUse: whether somebody did something; a page that is merely open must not keep its session alive.
    private func who(token digest: [UInt8], at moment: Timestamp, isUse: Bool = true) async throws -> Who {
        guard let token = try await credentials.token(digest: digest), token.isGood(at: moment) else { return .nobody }
        // On a full disk nothing can be noted; who may ask may ask all the same, or nobody sees that it is full.
        if isUse, isDue(digest, moment) { try? await credentials.touch(token: token.id, at: moment) }
        return .token(token)
    }

    private func who(session digest: [UInt8], at moment: Timestamp, isUse: Bool = true) async throws -> Who {
        guard var session = try await credentials.session(digest: digest) else { return .nobody }
        guard Self.seconds(session.created, moment) < settings.limits.sessionSeconds,
            Self.seconds(session.lastUsed, moment) < settings.limits.sessionIdleSeconds
        else {
            try await credentials.end(session: digest)
            return .nobody
        }
        if isUse, isDue(digest, moment) {
            session.lastUsed = moment
            try? await credentials.touch(session: digest, at: moment)
        }
        return .session(session)
    }

    private func isDue(_ digest: [UInt8], _ moment: Timestamp) -> Bool {
        touched.withLock { touched in
            if touched.count > 10_000 { touched = [:] }
            if let last = touched[digest], moment.nanoseconds - last.nanoseconds < Self.touchEvery, last <= moment {
                return false
            }
            touched[digest] = moment
            return true
        }
    }

    private static func seconds(_ from: Timestamp, _ to: Timestamp) -> Int {
        let (difference, overflow) = to.nanoseconds.subtractingReportingOverflow(from.nanoseconds)
        return overflow ? .max : Int(difference / 1_000_000_000)
    }

    static func cookie(_ name: String, _ fields: HTTPFields) -> String? {
        for header in fields[values: .cookie] {
            for pair in header.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1)
                guard halves.count == 2, halves[0].trimmingCharacters(in: .whitespaces) == name else { continue }
                return halves[1].utf8.count <= 256 ? halves[1].trimmingCharacters(in: .whitespaces) : nil
            }
        }
        return nil
    }

    // MARK: Sessions

    /// - Returns: the field that gives the session to the browser.
    func begin(_ account: Account, at moment: Timestamp) async throws -> String {
        let secret = Base64URL.encoded(Secret.drawn())
        let session = WebSession(
            digest: Secret.digest(secret), account: account.name, scopes: account.scopes, created: moment,
            lastUsed: moment)
        try await credentials.put(session)
        return cookieField(secret, seconds: settings.limits.sessionSeconds)
    }

    var endedCookie: String { cookieField("", seconds: 0) }

    private func cookieField(_ value: String, seconds: Int) -> String {
        "\(cookieName)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
            + (settings.encryption == nil ? "" : "; Secure")
    }

    // MARK: One-time links

    /// The key of a new link; it opens once, within `setUpSeconds`.
    func makeLink(at moment: Timestamp) -> String {
        let secret = Base64URL.encoded(Secret.drawn())
        let end = Timestamp(
            nanoseconds: moment.nanoseconds &+ Int64(settings.limits.setUpSeconds) * 1_000_000_000)
        links.withLock { links in
            links = links.filter { moment < $0.value }
            // A person makes a few; the others are forgotten.
            if links.count >= 16 { links = [:] }
            links[Secret.digest(secret)] = end
        }
        return secret
    }

    func isLink(_ key: String, at moment: Timestamp) -> Bool {
        links.withLock { $0[Secret.digest(key)].map { moment < $0 } ?? false }
    }

    /// True for the first who comes.
    func take(link key: String, at moment: Timestamp) -> Bool {
        links.withLock { $0.removeValue(forKey: Secret.digest(key)).map { moment < $0 } ?? false }
    }

    /// Opens once more: what it was used for could not be kept.
    func putBack(link key: String, at moment: Timestamp) {
        let end = Timestamp(nanoseconds: moment.nanoseconds &+ Int64(settings.limits.setUpSeconds) * 1_000_000_000)
        links.withLock { $0[Secret.digest(key)] = end }
    }

    // MARK: Forged requests

    /// What a form of this session has to bring along.
    func formToken(of session: WebSession) -> String { code("session " + Secret.hexadecimal(session.digest)) }

    /// What a form before a session has to bring along: good for an hour.
    func openFormToken(at moment: Timestamp) -> String {
        let end = "\(moment.nanoseconds / 1_000_000_000 + 3_600)"
        return end + "." + code("open " + end)
    }

    func checkOpenForm(_ form: [String: String], _ fields: HTTPFields, at moment: Timestamp) throws {
        try checkOrigin(fields)
        let parts = (form["form"] ?? "").split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let end = Int64(parts[0]), end > moment.nanoseconds / 1_000_000_000,
            Secret.isEqual(Array(code("open \(parts[0])").utf8), Array(parts[1].utf8))
        else { throw Self.forged }
    }

    /// A session's cookie comes with every request of the browser; only our own pages know the form's token.
    func checkForgery(_ fields: HTTPFields, _ body: [UInt8], _ session: WebSession, isForm: Bool) throws {
        try checkOrigin(fields)
        let told = isForm ? Form.read(body)["form"] : fields[.formToken]
        guard let told, Secret.isEqual(Array(told.utf8), Array(formToken(of: session).utf8)) else { throw Self.forged }
    }

    private func checkOrigin(_ fields: HTTPFields) throws {
        if let site = fields[.secFetchSite], site != "same-origin", site != "none" {
            throw Self.forged
        }
    }

    private static let forged = Problem(
        .forbidden, "forged", "That did not come from our own page", "Open the page anew and try again.")

    private func code(_ text: String) -> String {
        Base64URL.encoded(Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)))
    }
}

/// Forms as browsers send them (application/x-www-form-urlencoded).
enum Form {
    /// At most 32 fields; the first of a name counts.
    static func read(_ body: [UInt8]) -> [String: String] {
        var fields: [String: String] = [:]
        for part in String(decoding: body, as: UTF8.self).split(separator: "&").prefix(32) {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Percent.decoded(halves[0], plusIsSpace: true), fields[name] == nil,
                let value = Percent.decoded(halves.count > 1 ? halves[1] : "", plusIsSpace: true)
            else { continue }
            fields[name] = value
        }
        return fields
    }
}

extension Who {
    /// Whom limits count; nil for who is only an address.
    var client: String? {
        switch self {
        case .nobody: nil
        case .token(let token): "token " + token.id
        case .session(let session): "session " + Secret.hexadecimal(session.digest.prefix(8))
        }
    }
}
