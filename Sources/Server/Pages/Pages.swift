//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Pages: templates and what every page shares. Every text goes in escaped.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes
import Hummingbird
import Model
import Mustache
import Reports

/// The pages' templates, with our own escaping.
struct Pages: Sendable {
    private let library: MustacheLibrary
    let clock: ZoneClock

    init(_ settings: ServerSettings) throws {
        MustacheContentTypes.register(EscapedText(), named: "WARDLIGHT")
        var library = MustacheLibrary()
        for (name, text) in PageTexts.all {
            try library.register("{{% CONTENT_TYPE: WARDLIGHT}}\n" + text, named: name)
        }
        self.library = library
        clock = ZoneClock(settings.timeZone)
    }

    func reply(_ name: String, _ content: [String: Any], status: HTTPResponse.Status = .ok) -> Reply {
        let text = library.render(content, withTemplate: name) ?? ""
        var reply = Reply(status: status, type: "text/html; charset=utf-8", bytes: Array(text.utf8))
        // Pages hold forms with a token of their session.
        reply.tag = nil
        return reply
    }

    func problem(_ problem: Problem) -> Reply {
        if problem.status == .seeOther, let path = problem.fields[.location] { return .elsewhere(path) }
        var reply = reply(
            "problem",
            [
                "title": problem.title, "detail": problem.detail ?? "", "status": "\(problem.status.code)",
                "more": problem.more.map { ["name": $0.name, "value": $0.value] },
            ], status: problem.status)
        for field in problem.fields where field.name != .wwwAuthenticate { reply.fields.append(field) }
        return reply
    }
}

/// Escapes scalar by scalar: what comes with a combining mark is a character of its own to Swift, and still markup to a
/// browser.
struct EscapedText: MustacheContentType {
    func escapeText(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in SafeText.neutralised(text).unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            case "`": result.append(contentsOf: "&#96;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
