//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The table of the pages.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes
import Model

/// Pages and what belongs to them; everything but the sign-in needs a session.
enum PageTable {
    static let routes: [Route] = [
        page("firstPage", "/", [], FirstPage.reply),
        page(
            "devicesPage", "/devices",
            [
                field("q", .text(1...DeviceQuery.mostText)),
                field("class", .word(DeviceClass.allCases.map(\.rawValue))),
                field("findings", .flag), field("stale", .flag), field("cursor", .cursor),
            ], ListPages.devices),
        page("devicePage", "/devices/{id}", [field("id", .device, place: .path)], DeviceStoryPage.reply),
        page(
            "findingsPage", "/findings",
            [field("severity", .word(Finding.Severity.allCases.map(\.rawValue))), field("cursor", .cursor)],
            ListPages.findings),
        page("statusPage", "/status", [], StatusPage.reply),
        open("signInPage", .get, "/sign-in", [field("next", .text(1...2_048))], EntrancePages.signIn),
        open("signIn", .post, "/sign-in", [], EntrancePages.enter),
        open("setUpPage", .get, "/set-up", [field("key", .cursor)], EntrancePages.setUp),
        open("setUp", .post, "/set-up", [], EntrancePages.begin),
        Route(
            id: "signOut", method: .post, path: "/sign-out", tag: "pages", words: "Ends the session.", scope: .read,
            body: form, isDescribed: false, handler: EntrancePages.leave),
        asset("style", "/assets/wardlight.css"), asset("script", "/assets/wardlight.js"),
        asset("lamp", "/assets/lamp.svg"),
    ]

    private static let form = Route.Body(types: [("application/x-www-form-urlencoded", "Form")])

    private static func field(
        _ name: String, _ kind: ValueKind, place: Route.Parameter.Place = .query
    ) -> Route.Parameter {
        Route.Parameter(name: name, place: place, kind: kind, words: name)
    }

    private static func page(
        _ id: String, _ path: String, _ parameters: [Route.Parameter], _ handler: @escaping Route.Handler
    ) -> Route {
        Route(
            id: id, method: .get, path: path, tag: "pages", words: id, scope: .read,
            parameters: parameters + [field("at", .text(1...64)), field("asof", .position)], isDescribed: false,
            handler: handler)
    }

    private static func open(
        _ id: String, _ method: HTTPRequest.Method, _ path: String, _ parameters: [Route.Parameter],
        _ handler: @escaping Route.Handler
    ) -> Route {
        Route(
            id: id, method: method, path: path, tag: "pages", words: id, scope: nil, parameters: parameters,
            body: method == .post ? form : nil, isDescribed: false, handler: handler)
    }

    private static func asset(_ id: String, _ path: String) -> Route {
        Route(
            id: id, method: .get, path: path, tag: "pages", words: id, scope: nil, isDescribed: false,
            handler: { asking, _ in Assets.reply(asking.route) })
    }
}
