//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Problems: what a client hears when something is wrong (RFC 9457).
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import HTTPTypes
import Hummingbird
import NIOCore
import Reports
import Twin

/// An answer that says what is wrong, in words for the person who reads it.
struct Problem: Error {
    var status: HTTPResponse.Status
    /// Last part of the problem's type: `unknown-parameter`.
    var kind: String
    var title: String
    var detail: String?
    var fields: HTTPFields = [:]
    /// Members of its own: name and text.
    var more: [(name: String, value: String)] = []

    init(_ status: HTTPResponse.Status, _ kind: String, _ title: String, _ detail: String? = nil) {
        self.status = status
        self.kind = kind
        self.title = title
        self.detail = detail
    }

    var reply: Reply {
        var reply = Reply(status: status, type: "application/problem+json", bytes: bytes)
        for field in fields { reply.fields.append(field) }
        return reply
    }

    /// As JSON.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.beginObject(inline: true)
        // Relative (RFC 9457, 3.1.1): docs/api.md lists them.
        json.member("type", "/problems/\(kind)")
        json.member("title", title)
        json.member("status", status.code)
        json.member("detail", detail)
        for member in more {
            json.key(text: member.name)
            json.value(member.value)
        }
        json.endObject()
        return json.take()
    }
}

extension Problem {
    static func badParameter(_ name: String, _ words: String) -> Problem {
        Problem(.badRequest, "bad-parameter", "A parameter cannot be read", "\(name): \(words)")
    }
    static let notFound = Problem(.notFound, "not-found", "There is nothing of that name")
    static let unauthorized: Problem = {
        var problem = Problem(
            .unauthorized, "sign-in", "Who are you?", "Send `Authorization: Bearer` with a token, or sign in.")
        problem.fields[.wwwAuthenticate] = "Bearer realm=\"wardlight\""
        return problem
    }()
    static func forbidden(_ scope: String) -> Problem {
        Problem(.forbidden, "scope", "This is not yours to do", "It needs the scope `\(scope)`.")
    }
    static let badCursor = Problem(
        .badRequest, "bad-cursor", "The cursor is not one of ours", "Begin with the first page, without a cursor.")
    static func tooMany(seconds: Int) -> Problem {
        var problem = Problem(
            .tooManyRequests, "rate", "Too many requests", "Come back in \(max(1, seconds)) s.")
        problem.fields[.retryAfter] = "\(max(1, seconds))"
        return problem
    }
    static let broken = Problem(
        .internalServerError, "broken", "That went wrong on our side", "The server's log says more.")
}

/// What is sent back.
struct Reply: Sendable {
    var status: HTTPResponse.Status
    var fields: HTTPFields = [:]
    var body: ResponseBody
    /// Entity tag (RFC 9110, 8.8.3): the same octets, the same tag.
    var tag: String?

    init(status: HTTPResponse.Status = .ok, type: String, bytes: [UInt8]) {
        self.status = status
        body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        fields[.contentType] = type
        if status == .ok { tag = "\"\(Secret.hexadecimal(SHA256.hash(data: bytes).prefix(12)))\"" }
    }

    init(status: HTTPResponse.Status, body: ResponseBody = ResponseBody()) {
        self.status = status
        self.body = body
    }

    static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Reply {
        Reply(status: status, type: "application/json", bytes: bytes)
    }

    /// An object that tells of a view. Of a past that was judged with other knowledge than then, or of which the log no
    /// longer keeps all, it says so first.
    static func json(_ bytes: [UInt8], of view: HospitalView?) -> Reply {
        guard let view, !view.otherKnowledge.isEmpty || view.keptFrom != nil, bytes.first == UInt8(ascii: "{") else {
            return json(bytes)
        }
        var json = JSONWriter()
        json.beginObject()
        json.member("keptFrom", view.keptFrom)
        if !view.otherKnowledge.isEmpty { json.member(view.otherKnowledge) }
        json.endObject()
        var head = json.take()
        while let last = head.popLast(), last != UInt8(ascii: "}") {}
        while let last = head.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: " ") { head.removeLast() }
        return self.json(head + [UInt8(ascii: ",")] + bytes.dropFirst())
    }

    /// To another page of ours; a form was taken.
    static func elsewhere(_ path: String) -> Reply {
        var reply = Reply(status: .seeOther)
        reply.fields[.location] = path
        return reply
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ other: [OtherKnowledge]) {
        key("otherKnowledge")
        beginArray()
        for one in other {
            beginObject(inline: true)
            member("name", one.name)
            member("then", one.then)
            member("used", one.used)
            endObject()
        }
        endArray()
    }
}
