//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The entrance: sign-in, the first account, sign-out.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes
import Model

enum EntrancePages {
    static func signIn(_ asking: Asking, _ house: House) async throws -> Reply {
        if case .session = asking.who { return .elsewhere(next(asking["next"])) }
        return form(asking, house)
    }

    private static func form(
        _ asking: Asking, _ house: House, name: String = "", wrong: String? = nil, status: HTTPResponse.Status = .ok,
        next: String? = nil
    ) -> Reply {
        house.pages.reply(
            "signIn",
            [
                "form": house.gatekeeper.openFormToken(at: asking.moment), "next": next ?? asking["next"] ?? "/",
                "name": name,
                "wrong": wrong.map { [["words": $0]] } ?? [],
            ], status: status)
    }

    /// Only to a page of ours: a path that is no address of another host.
    private static func next(_ path: String?) -> String {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"),
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C })
        else { return "/" }
        return path
    }

    static func enter(_ asking: Asking, _ house: House) async throws -> Reply {
        let fields = Form.read(asking.body)
        try house.gatekeeper.checkOpenForm(fields, asking.fields, at: asking.moment)
        let name = fields["name"] ?? ""
        if let seconds = house.gatekeeper.attempts.refusal(
            of: asking.client, atMilliseconds: Int(asking.moment.nanoseconds / 1_000_000))
        {
            var reply = form(
                asking, house, name: name, wrong: "Too many attempts. Come back in \(seconds) seconds.",
                status: .tooManyRequests, next: fields["next"])
            reply.fields[.retryAfter] = "\(seconds)"
            return reply
        }
        let password = fields["password"] ?? ""
        guard name.utf8.count <= 4 * Account.longestName, password.utf8.count <= 4 * Passwords.longest else {
            throw Problem(.badRequest, "sign-in", "That is too long")
        }
        let account = try await house.doors.credentials.account(named: name)
        guard await house.gatekeeper.passwords.isRight(password, account?.password), let account else {
            return form(
                asking, house, name: name, wrong: "Name and password do not fit.", status: .unauthorized,
                next: fields["next"])
        }
        house.gatekeeper.attempts.forget(asking.client)
        return try await begin(account, asking, house, to: next(fields["next"]))
    }

    private static func begin(_ account: Account, _ asking: Asking, _ house: House, to path: String) async throws
        -> Reply
    {
        // The old session ends with the new one.
        if let cookie = Gatekeeper.cookie(house.gatekeeper.cookieName, asking.fields) {
            try await house.doors.credentials.end(session: Secret.digest(cookie))
        }
        var reply = Reply.elsewhere(path)
        reply.fields[.setCookie] = try await house.gatekeeper.begin(account, at: asking.moment)
        return reply
    }

    static func setUp(_ asking: Asking, _ house: House) async throws -> Reply {
        let key = asking["key"] ?? ""
        guard house.gatekeeper.isLink(key, at: asking.moment) else { return setUpForm(asking, house, closed) }
        if house.settings.isDemo {
            guard house.gatekeeper.take(link: key, at: asking.moment) else { return setUpForm(asking, house, closed) }
            let account = Account(name: "demo", password: nil, scopes: [.read], created: asking.moment)
            try await house.doors.credentials.put(account)
            return try await begin(account, asking, house, to: "/")
        }
        return setUpForm(asking, house, nil, key: key)
    }

    private static let closed = "This link was used, or it is too old. Start Wardlight anew for another one."

    private static func setUpForm(
        _ asking: Asking, _ house: House, _ wrong: String?, key: String? = nil, name: String = ""
    ) -> Reply {
        house.pages.reply(
            "setUp",
            [
                "form": house.gatekeeper.openFormToken(at: asking.moment), "key": key ?? "", "name": name,
                "open": key != nil, "wrong": wrong.map { [["words": $0]] } ?? [],
            ], status: wrong == nil ? .ok : key == nil ? .gone : .badRequest)
    }

    static func begin(_ asking: Asking, _ house: House) async throws -> Reply {
        let fields = Form.read(asking.body)
        try house.gatekeeper.checkOpenForm(fields, asking.fields, at: asking.moment)
        let key = fields["key"] ?? ""
        guard house.gatekeeper.isLink(key, at: asking.moment), !house.settings.isDemo else {
            return setUpForm(asking, house, closed)
        }
        let name = fields["name"] ?? ""
        let password = fields["password"] ?? ""
        func refuse(_ words: String) -> Reply { setUpForm(asking, house, words, key: key, name: name) }
        guard (1...Account.longestName).contains(name.utf8.count), !name.allSatisfy(\.isWhitespace) else {
            return refuse("A user name has 1 to 64 characters.")
        }
        guard (Passwords.shortest...Passwords.longest).contains(password.count),
            password.utf8.count <= 4 * Passwords.longest
        else { return refuse("A password has 12 characters or more.") }
        guard password == fields["again"] else { return refuse("The two passwords are not the same.") }
        guard password.lowercased() != name.lowercased() else { return refuse("The name is no password.") }
        guard let kept = await house.gatekeeper.passwords.make(password) else { throw Problem.broken }
        // From here on the link is used, whoever else has it.
        guard house.gatekeeper.take(link: key, at: asking.moment) else { return setUpForm(asking, house, closed) }
        let account = Account(name: name, password: kept, scopes: AccessScope.allCases, created: asking.moment)
        do { try await house.doors.credentials.put(account) } catch {
            house.gatekeeper.putBack(link: key, at: asking.moment)
            return refuse("The account could not be kept (is the disk full?). The link is still good: try again.")
        }
        return try await begin(account, asking, house, to: "/")
    }

    static func leave(_ asking: Asking, _ house: House) async throws -> Reply {
        if case .session(let session) = asking.who { try await house.doors.credentials.end(session: session.digest) }
        var reply = Reply.elsewhere("/sign-in")
        reply.fields[.setCookie] = house.gatekeeper.endedCookie
        return reply
    }
}
