//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The gate: every request comes through here, and nothing leaves without its fields.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import HTTPTypes
import Hummingbird
import Model
import NIOCore

/// Checks a request, finds its route and who asks, and turns what goes wrong into a problem that says so.
struct Gate: HTTPResponder {
    typealias Context = WardContext

    let house: House
    let table: RouteTable
    let rates: RateLimit

    init(_ house: House, _ table: RouteTable) {
        self.house = house
        self.table = table
        rates = RateLimit(perSecond: house.settings.limits.rate, burst: house.settings.limits.burst)
    }

    func respond(to request: Request, context: WardContext) async throws -> Response {
        let clock = ContinuousClock()
        let begin = clock.now
        var name = "none"
        var page = false
        var reply: Reply
        var isRead = !Self.hasBody(request)
        do {
            reply = try await answer(request, context, &name, &page, &isRead)
        } catch let problem as Problem {
            reply = page ? house.pages.problem(problem) : problem.reply
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            house.logger.error("request failed", metadata: ["route": "\(name)", "error": "\(type(of: error))"])
            reply = page ? house.pages.problem(.broken) : Problem.broken.reply
        }
        if !isRead { Self.hangUp(context.channel, &reply) }
        let (seconds, attoseconds) = (clock.now - begin).components
        house.counts.count(name, status: reply.status.code, seconds: Double(seconds) + Double(attoseconds) / 1e18)
        house.logger.debug("request", metadata: ["route": "\(name)", "status": "\(reply.status.code)"])
        let isHead = request.method == .head
        var response = Response(status: reply.status, headers: reply.fields, body: isHead ? .init() : reply.body)
        if isHead { response.headers[.contentLength] = reply.body.contentLength.map(String.init) }
        Self.guardFields(&response.headers, isEncrypted: house.settings.encryption != nil)
        return response
    }

    private func answer(
        _ request: Request, _ context: WardContext, _ name: inout String, _ page: inout Bool,
        _ isRead: inout Bool
    ) async throws -> Reply {
        let target = request.head.path ?? ""
        guard target.utf8.count <= house.settings.limits.target else {
            throw Problem(.uriTooLong, "target", "The address is too long")
        }
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(halves.first ?? "")
        let found = table.find(request.method, path)
        guard case .route(let route, var values) = found else {
            if case .otherMethods(let methods) = found {
                var problem = Problem(.methodNotAllowed, "method", "This path is asked in another way")
                problem.fields[.allow] = methods.map(\.rawValue).joined(separator: ", ")
                throw problem
            }
            page = !path.hasPrefix("/api/")
            throw Problem.notFound
        }
        name = route.id
        page = route.isPage
        let moment = house.settings.now()
        let address = Self.address(context.channel)
        let who = try await house.gatekeeper.who(request.headers, at: moment)
        let client = who.client ?? address
        if let seconds = rates.refusal(of: client, atMilliseconds: Int(moment.nanoseconds / 1_000_000)) {
            throw Problem.tooMany(seconds: seconds)
        }
        try admit(who, to: route, target)
        try check(&values, query: halves.count > 1 ? String(halves[1]) : "", of: route)
        let body = try await self.body(of: request, for: route)
        if route.body != nil { isRead = true }
        if case .session(let session) = who, route.method != .get, route.scope != nil {
            try house.gatekeeper.checkForgery(request.headers, body, session, isForm: !route.isDescribed)
        }
        let asking = Asking(
            route: route.id, path: String(path.dropFirst()), values: values, body: body, fields: request.headers,
            who: who, moment: moment,
            channel: context.channel, client: address)
        var reply = try await route.handler(asking, house)
        if request.method == .get || request.method == .head { tag(&reply, request) }
        return reply
    }

    private func admit(_ who: Who, to route: Route, _ target: String) throws {
        guard let scope = route.scope, !who.may(scope) else { return }
        guard case .nobody = who else { throw Problem.forbidden(scope.rawValue) }
        if route.isPage {
            var problem = Problem(.seeOther, "sign-in", "Sign in first")
            problem.fields[.location] = target == "/" ? "/sign-in" : "/sign-in?next=\(Percent.encoded(target))"
            throw problem
        }
        throw Problem.unauthorized
    }

    /// Path and query against the route's parameters: what is unknown, doubled or does not fit is refused.
    private func check(_ values: inout [String: String], query: String, of route: Route) throws {
        for parameter in route.parameters where parameter.place == .path {
            // An id that cannot be is one that is not there.
            if parameter.kind.refusal(of: values[parameter.name] ?? "") != nil { throw Problem.notFound }
        }
        for part in query.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Percent.decoded(halves[0], plusIsSpace: true),
                let value = Percent.decoded(halves.count > 1 ? halves[1] : "", plusIsSpace: true)
            else { throw Problem(.badRequest, "bad-query", "The query is not percent-encoded UTF-8") }
            guard let parameter = route.parameters.first(where: { $0.place == .query && $0.name == name }) else {
                throw Problem(.badRequest, "unknown-parameter", "There is no such parameter", name)
            }
            guard values[name] == nil else { throw Problem.badParameter(name, "It is given twice.") }
            // A field of a form that was left empty.
            if route.isPage, value.isEmpty { continue }
            if let refusal = parameter.kind.refusal(of: value) { throw Problem.badParameter(name, refusal) }
            values[name] = value
        }
        for parameter in route.parameters where parameter.isRequired && parameter.place == .query {
            if values[parameter.name] == nil { throw Problem.badParameter(parameter.name, "It is needed.") }
        }
    }

    /// All of the body, in time.
    private func body(of request: Request, for route: Route) async throws -> [UInt8] {
        guard route.body != nil else { return [] }
        let limits = house.settings.limits
        let most = route.isDescribed ? house.moving.body : 16_384
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
            throw Self.tooLarge(most)
        }
        let collected = await withTaskGroup(of: Result<[UInt8], Problem>?.self) { group in
            group.addTask {
                do {
                    let buffer = try await request.body.collect(upTo: most)
                    return .success(Array(buffer.readableBytesView))
                } catch is NIOTooManyBytesError {
                    return .failure(Self.tooLarge(most))
                } catch {
                    return .failure(Problem(.badRequest, "body", "The body broke off"))
                }
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(limits.bodySeconds))
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        switch collected {
        case .success(let bytes): return bytes
        case .failure(let problem): throw problem
        case nil:
            throw Problem(.requestTimeout, "slow", "The body took too long")
        }
    }

    private static func tooLarge(_ most: Int) -> Problem {
        Problem(.contentTooLarge, "too-large", "The body is too large", "At most \(most) octets.")
    }

    private static func hasBody(_ request: Request) -> Bool {
        request.headers[.transferEncoding] != nil || (request.headers[.contentLength].flatMap { Int($0) } ?? 0) > 0
    }

    /// A body that nobody reads may never end: the answer goes out, then the line is cut.
    private static func hangUp(_ channel: any Channel, _ reply: inout Reply) {
        if channel.parent?.parent == nil { reply.fields[.connection] = "close" }
        channel.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    }

    /// An entity tag for what can be kept (RFC 9110, 8.8.3), and 304 for who has it.
    private func tag(_ reply: inout Reply, _ request: Request) {
        guard reply.status == .ok, let tag = reply.tag else { return }
        reply.fields[.eTag] = tag
        if reply.fields[.cacheControl] == nil { reply.fields[.cacheControl] = "private, no-cache" }
        let known = request.headers[values: .ifNoneMatch].joined(separator: ",").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard known.contains("*") || known.contains(tag) || known.contains("W/" + tag) else { return }
        var fields = reply.fields
        fields[.contentType] = nil
        reply = Reply(status: .notModified)
        reply.fields = fields
    }

    private static func address(_ channel: any Channel) -> String {
        // Of a stream of HTTP/2, its connection's.
        let text = (channel.remoteAddress ?? channel.parent?.remoteAddress)?.ipAddress
        return text.map(whom(limitsCount:)) ?? "unknown"
    }

    /// Who has one IPv6 address has all of its subnet (RFC 4291, 2.5.1: 64 bits): they count as one.
    static func whom(limitsCount address: String) -> String {
        guard let known = IPAddress(address), !known.isV4 else { return address }
        return IPAddress(high: known.high, low: 0).description + "/64"
    }

    /// Whether an answer came through here.
    static func isGuarded(_ fields: HTTPFields) -> Bool { fields[.xContentTypeOptions] != nil }

    static func guardFields(_ fields: inout HTTPFields, isEncrypted: Bool) {
        fields[.xContentTypeOptions] = "nosniff"
        fields[.contentSecurityPolicy] = """
            default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
            form-action 'self'; base-uri 'none'; frame-ancestors 'none'
            """
        fields[.referrerPolicy] = "no-referrer"
        fields[.openerPolicy] = "same-origin"
        fields[.resourcePolicy] = "same-origin"
        if fields[.cacheControl] == nil { fields[.cacheControl] = "no-store" }
        if isEncrypted { fields[.strictTransportSecurity] = "max-age=31536000" }
    }
}
