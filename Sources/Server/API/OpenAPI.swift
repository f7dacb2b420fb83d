//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// OpenAPI 3.1: the description of the API, written from the table that leads its requests.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HTTPTypes
import Model
import Reports

enum OpenAPI {
    static let version = "1.0.0"

    static func reply(_ asking: Asking, _ house: House) async throws -> Reply { .json(bytes(of: APITable.routes)) }

    static func bytes(of routes: [Route]) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("openapi", "3.1.0")
        json.key("info")
        json.value(json: info)
        json.key("servers")
        json.value(json: "[{\"url\": \"/\"}]")
        json.key("security")
        json.value(json: security)
        json.key("paths")
        json.beginObject()
        var seen: Set<String> = []
        for route in routes where route.isDescribed && seen.insert(route.path).inserted {
            json.key(text: route.path)
            json.beginObject()
            for same in routes where same.path == route.path { json.operation(same) }
            json.endObject()
        }
        json.endObject()
        json.key("components")
        json.beginObject()
        json.key("securitySchemes")
        json.value(json: schemes)
        json.key("schemas")
        json.beginObject()
        for (name, schema) in APISchemas.all {
            json.key(text: name)
            json.value(json: schema)
        }
        ObservationSchemas.write(to: &json)
        json.endObject()
        json.endObject()
        json.endObject()
        json.newLine()
        return json.take()
    }

    private static let info: StaticString = """
        {"title": "Wardlight", "version": "1.0.0", "summary": "The living picture of a hospital's devices", \
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}
        """
    private static let security: StaticString = "[{\"token\": []}, {\"session\": []}]"
    private static let schemes: StaticString = """
        {"token": {"type": "http", "scheme": "bearer", "description": "`wardlight token create`"}, \
        "session": {"type": "apiKey", "in": "cookie", "name": "wardlight", "description": "A browser that signed in; \
        other methods than GET also need the field X-Wardlight-Form"}}
        """
}

extension JSONWriter {
    fileprivate mutating func operation(_ route: Route) {
        key(text: route.method.rawValue.lowercased())
        beginObject()
        member("operationId", route.id)
        member("summary", route.words)
        member("tags", [route.tag])
        if let scope = route.scope {
            member("description", "Needs the scope `\(scope.rawValue)`.")
        } else {
            key("security")
            value(json: "[]")
        }
        if !route.parameters.isEmpty {
            key("parameters")
            beginArray()
            for parameter in route.parameters { self.parameter(parameter) }
            endArray()
        }
        if let body = route.body {
            key("requestBody")
            beginObject()
            member("required", true)
            content(body.types)
            endObject()
        }
        responses(route)
        endObject()
    }

    private mutating func parameter(_ parameter: Route.Parameter) {
        beginObject(inline: true)
        member("name", parameter.name)
        member("in", parameter.place.rawValue)
        if parameter.isRequired { member("required", true) }
        member("description", parameter.words)
        key("schema")
        schema(parameter.kind)
        endObject()
    }

    private mutating func responses(_ route: Route) {
        var answers = route.answers
        func add(_ status: Int, _ words: String) {
            guard !answers.contains(where: { $0.status == status }) else { return }
            answers.append(.problem(status, words))
        }
        add(400, "Something in the request cannot be read.")
        if route.scope != nil {
            add(401, "Who are you?")
            add(403, "This is not yours to do.")
            add(404, "There is nothing of that name, or it has not happened yet.")
        }
        add(405, "This path is asked in another way.")
        add(408, "The request took too long.")
        if route.parameters.contains(where: { $0.name == "asof" }) { add(410, "That is no longer kept.") }
        add(414, "The address is too long.")
        add(429, "Too many requests.")
        add(431, "The header is too large.")
        add(500, "That went wrong on our side.")
        add(503, "Not now.")
        key("responses")
        beginObject()
        for answer in answers.sorted(by: { $0.status < $1.status }) {
            key(text: "\(answer.status)")
            beginObject()
            member("description", answer.words)
            if let type = answer.type { content([(type, answer.schema)]) }
            endObject()
        }
        endObject()
    }

    private mutating func content(_ types: [(type: String, schema: String?)]) {
        key("content")
        beginObject()
        for (type, schema) in types {
            key(text: type)
            beginObject(inline: true)
            if let schema {
                key("schema")
                beginObject(inline: true)
                member("$ref", "#/components/schemas/\(schema)")
                endObject()
            }
            endObject()
        }
        endObject()
    }

    private mutating func content(_ types: [(type: String, schema: String)]) {
        content(types.map { (type: $0.type, schema: Optional($0.schema)) })
    }
}
