//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The table of the API: every path, what it takes and what it gives.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The one table from which requests are led and `/api/v1/openapi.json` is written.
enum APITable {
    static let routes: [Route] = reads + writes + health

    private typealias Parameter = Route.Parameter

    private static let at = Parameter(
        name: "at", kind: .moment, words: "The hospital's time: what was true then, late news included.")
    private static let asof = Parameter(
        name: "asof", kind: .position, words: "A position of the log: what could be known then.")
    private static let cursor = Parameter(name: "cursor", kind: .cursor, words: "`next` of the page before.")
    private static let site = Parameter(name: "site", kind: .text(1...128), words: "Only of this site.")
    private static let limit = Parameter(
        name: "limit", kind: .integer(1...DeviceQuery.mostRows), words: "Rows of a page; 100 when left out.")
    private static let rows = Parameter(
        name: "limit", kind: .integer(1...10_000), words: "Rows at most; 1000 when left out.")
    private static let device = Parameter(name: "device", kind: .device, words: "Only of this device.")
    private static let location = Parameter(
        name: "location", kind: .location, words: "Id of a place: only what is there, or in what lies in it.")
    private static func id(_ kind: ValueKind, _ words: String) -> Parameter {
        Parameter(name: "id", place: .path, kind: kind, isRequired: true, words: words)
    }

    private static func read(
        _ id: String, _ path: String, _ tag: String, _ words: String, _ parameters: [Parameter], gives schema: String,
        _ handler: @escaping Route.Handler
    ) -> Route {
        Route(
            id: id, method: .get, path: "/api/v1/" + path, tag: tag, words: words, scope: .read,
            parameters: parameters, answers: [.json(schema, words)], handler: handler)
    }

    private static let reads: [Route] = [
        read(
            "listDevices", "devices", "devices", "Devices, a page at a time.",
            [
                Parameter(
                    name: "q", kind: .text(1...DeviceQuery.mostText),
                    words: "Words in names, makers, models, addresses, places."),
                site, location,
                Parameter(name: "class", kind: .word(DeviceClass.allCases.map(\.rawValue)), words: "Only this kind."),
                Parameter(name: "agent", kind: .text(1...128), words: "Only at this switch."),
                Parameter(name: "findings", kind: .flag, words: "Only with findings, or only without."),
                Parameter(name: "stale", kind: .flag, words: "Only what was not heard of lately, or only what was."),
                Parameter(name: "sort", kind: .word(DeviceQuery.Order.allCases.map(\.rawValue)), words: "Order."),
                Parameter(name: "order", kind: .word(["ascending", "descending"]), words: "Which way."),
                limit, cursor, at, asof,
            ], gives: "DevicePage", DeviceAnswers.list),
        read(
            "getDevice", "devices/{id}", "devices", "One device with all evidence.",
            [id(.device, "Its id, or a former one."), at, asof], gives: "Device", DeviceAnswers.one),
        read(
            "getDeviceHistory", "devices/{id}/history", "devices", "What was believed of it, and where it was.",
            [id(.device, "Its id, or a former one."), at, asof], gives: "DeviceHistory", DeviceAnswers.history),
        read(
            "listFindings", "findings", "findings", "Findings, the worst first, a page at a time.",
            [
                site, device, Parameter(name: "rule", kind: .text(1...128), words: "Only of this rule."),
                Parameter(
                    name: "severity", kind: .word(Finding.Severity.allCases.map(\.rawValue)), words: "This, or worse."),
                limit, cursor, at, asof,
            ], gives: "FindingPage", FindingAnswers.list),
        read(
            "getFinding", "findings/{id}", "findings", "One finding with its evidence.",
            [id(.finding, "Its id."), at, asof], gives: "Finding", FindingAnswers.one),
        read(
            "getAnswers", "answers", "answers", "The seven answers.", [at, asof], gives: "Answers",
            ViewAnswers.answers),
        read(
            "listPlaces", "places", "places", "The tree of places, with outlines and counts.", [location, at, asof],
            gives: "Places", ViewAnswers.places),
        read(
            "listPorts", "ports", "network", "Switches with their ports.",
            [Parameter(name: "agent", kind: .text(1...128), words: "Only this switch."), at, asof], gives: "Topology",
            ViewAnswers.ports),
        read(
            "getTopology", "topology", "network", "Switches, links and shared segments.", [at, asof],
            gives: "Topology", ViewAnswers.topology),
        read(
            "listReadings", "readings", "readings", "The newest reading of every series.",
            [
                device, site,
                Parameter(name: "metric", kind: .text(1...Measurement.longestMetric), words: "Only this metric."),
                Parameter(name: "stale", kind: .flag, words: "Only old ones, or only live ones."), rows, at, asof,
            ], gives: "Readings", ViewAnswers.readings),
        read(
            "listEdges", "edges", "places",
            "Who and what is where, and whose. Persons as references, for `admin` only.",
            [
                Parameter(
                    name: "relation", kind: .word(Edge.Relation.allCases.map(\.rawValue)), words: "Only this one."),
                device, Parameter(name: "location", kind: .location, words: "Only of this place itself."),
                Parameter(name: "ended", kind: .flag, words: "Also what holds no more."), rows, at, asof,
            ], gives: "Edges", ViewAnswers.edges),
        read("getLog", "log", "log", "How far the log is, and how it is doing.", [], gives: "Log", ViewAnswers.log),
        Route(
            id: "followEvents", method: .get, path: "/api/v1/events", tag: "events",
            words: "Live changes as server-sent events; docs/live-changes.md.", scope: .read,
            parameters: [
                Parameter(name: "after", kind: .number, words: "The last number that was seen."),
                Parameter(
                    name: "Last-Event-ID", place: .header, kind: .number, words: "The same, as browsers send it."),
            ],
            answers: [
                Route.Answer(status: 200, words: "A stream without end.", type: "text/event-stream", schema: nil),
                Route.Answer(
                    status: 503, words: "Too many follow already.", type: "application/problem+json",
                    schema: "Problem"),
            ], isStream: true, handler: EventStream.reply),
        Route(
            id: "getDescription", method: .get, path: "/api/v1/openapi.json", tag: "log",
            words: "This description (OpenAPI 3.1).", scope: .read, answers: [.json("Any", "This description.")],
            handler: OpenAPI.reply),
    ]

    private static let writes: [Route] = [
        Route(
            id: "addObservations", method: .post, path: "/api/v1/observations", tag: "observations",
            words: "Hands observations in (docs/api.md); answered when they are durable, and in the lists.",
            scope: .write,
            parameters: [
                Parameter(
                    name: "Idempotency-Key", place: .header, kind: .key,
                    words: "The same key with the same body is taken in once.")
            ],
            body: Route.Body(types: [
                ("application/json", "Observations"), ("application/x-ndjson", "Observations"),
                ("application/x-protobuf", "ObservationBatch"),
            ]),
            answers: [
                .json("Receipt", "They are in the log.", status: 201),
                .problem(409, "The same key is being worked on."), .problem(413, "Too much at once."),
                .problem(415, "Another media type."), .problem(422, "The key stands for another body."),
                .problem(503, "Too much waits, or the log has stopped."), .problem(507, "The disk is full."),
            ], handler: ObservationIntake.post),
        Route(
            id: "whatIf", method: .post, path: "/api/v1/what-if", tag: "what-if",
            words: "What would be cut if a switch failed, a device was locked away or a ward closed. Writes nothing.",
            scope: .read, parameters: [at, asof], body: Route.Body(types: [("application/json", "Supposition")]),
            answers: [
                .json("Consequences", "What would be cut."), .problem(413, "The body is too large."),
                .problem(415, "Another media type."),
            ], handler: WhatIfAnswers.post),
        Route(
            id: "listTokens", method: .get, path: "/api/v1/tokens", tag: "tokens", words: "Tokens, without secrets.",
            scope: .admin, answers: [.json("Tokens", "Tokens, without secrets.")], handler: TokenAnswers.list),
        Route(
            id: "createToken", method: .post, path: "/api/v1/tokens", tag: "tokens",
            words: "Makes a token; its secret is shown this once.", scope: .admin,
            body: Route.Body(types: [("application/json", "TokenWish")]),
            answers: [
                .json("Token", "The token with its secret.", status: 201), .problem(409, "There are too many."),
                .problem(413, "The body is too large."), .problem(415, "Another media type."),
            ], handler: TokenAnswers.create),
        Route(
            id: "revokeToken", method: .delete, path: "/api/v1/tokens/{id}", tag: "tokens", words: "Ends a token.",
            scope: .admin, parameters: [id(.token, "Its id.")],
            answers: [Route.Answer(status: 204, words: "It is good for nothing any more.")],
            handler: TokenAnswers.revoke),
    ]

    private static let health: [Route] = [
        Route(
            id: "health", method: .get, path: "/healthz", tag: "health", words: "Whether the server runs.",
            answers: [.text("It does.")], handler: HealthAnswers.health),
        Route(
            id: "ready", method: .get, path: "/readyz", tag: "health", words: "Whether it can answer.",
            answers: [.text("It can."), .text("It cannot yet, or something is wrong.", status: 503)],
            handler: HealthAnswers.ready),
        Route(
            id: "metrics", method: .get, path: "/metrics", tag: "health", words: "Counters for Prometheus.",
            scope: .read,
            answers: [.text("Text format 0.0.4.")], handler: HealthAnswers.metrics),
    ]
}

extension Route.Answer {
    static func problem(_ status: Int, _ words: String) -> Self {
        Self(status: status, words: words, type: "application/problem+json", schema: "Problem")
    }

    static func text(_ words: String, status: Int = 200) -> Self {
        Self(status: status, words: words, type: "text/plain", schema: "Text")
    }
}
