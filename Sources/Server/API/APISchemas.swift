//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Schemas of what the API takes and gives.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// JSON Schema (2020-12) of every body, by name; the description refers to them. What may be handed in has a file of its own
/// (`ObservationSchemas`).
enum APISchemas {
    typealias Named = (name: String, schema: StaticString)

    static let all = common + devices + hospital + access

    private static let common: [Named] = [
        (
            "Any",
            """
            {"type": "object"}
            """
        ),
        (
            "Text",
            """
            {"type": "string"}
            """
        ),
        (
            "Problem",
            """
            {"type": "object", "properties": {"type": {"type": "string"}, "title": {"type": "string"}, \
            "status": {"type": "integer"}, "detail": {"type": "string"}}, "required": ["type", "title", \
            "status"], "additionalProperties": {"type": "string"}}
            """
        ),
        (
            "Receipt",
            """
            {"type": "object", "properties": {"first": {"type": "integer", "minimum": 0}, \
            "next": {"type": "integer", "minimum": 0}, "count": {"type": "integer", "minimum": 0}, \
            "repeated": {"type": "boolean"}}, "required": ["count", "first", "next", "repeated"], \
            "additionalProperties": false}
            """
        ),
        (
            "Supposition",
            """
            {"oneOf": [{"type": "object", "properties": {"fails": {"type": "object", \
            "properties": {"switch": {"type": "string", "minLength": 1, "maxLength": 128}, \
            "site": {"type": "string", "minLength": 1, "maxLength": 128}}, \
            "required": ["switch"], "additionalProperties": false}}, "required": ["fails"], \
            "additionalProperties": false}, {"type": "object", "properties": {"device": {"type": "string", \
            "pattern": "^dev-[0-9a-f]{12}$"}}, "required": ["device"], "additionalProperties": false}, \
            {"type": "object", "properties": {"closes": {"type": "string", \
            "pattern": "^[A-Za-z0-9._/-]{1,128}$"}}, "required": ["closes"], "additionalProperties": false}]}
            """
        ),
    ]

    private static let access: [Named] = [
        (
            "TokenWish",
            """
            {"type": "object", "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 64}, \
            "scopes": {"type": "array", "items": {"type": "string", "enum": ["read", "write", "admin"]}, \
            "minItems": 1, "maxItems": 3, "uniqueItems": true}, "days": {"type": "integer", "minimum": 1, \
            "maximum": 3650}}, "required": ["name", "scopes"], "additionalProperties": false}
            """
        ),
        (
            "Token",
            """
            {"type": "object", "properties": {"id": {"type": "string", "pattern": "^tok-[0-9a-f]{12}$"}, \
            "name": {"type": "string"}, "token": {"type": "string"}, "scopes": {"type": "array", \
            "items": {"type": "string", "enum": ["read", "write", "admin"]}, "minItems": 1, "maxItems": 3, \
            "uniqueItems": true}, "created": {"type": "string", "format": "date-time"}, \
            "expires": {"type": "string", "format": "date-time"}, "lastUsed": {"type": "string", \
            "format": "date-time"}, "revoked": {"type": "string", "format": "date-time"}, \
            "good": {"type": "boolean"}}, "required": ["created", "good", "id", "name", "scopes", "token"], \
            "additionalProperties": false}
            """
        ),
        (
            "TokenRow",
            """
            {"type": "object", "properties": {"id": {"type": "string", "pattern": "^tok-[0-9a-f]{12}$"}, \
            "name": {"type": "string"}, "scopes": {"type": "array", "items": {"type": "string", \
            "enum": ["read", "write", "admin"]}, "minItems": 1, "maxItems": 3, "uniqueItems": true}, \
            "created": {"type": "string", "format": "date-time"}, "expires": {"type": "string", \
            "format": "date-time"}, "lastUsed": {"type": "string", "format": "date-time"}, \
            "revoked": {"type": "string", "format": "date-time"}, "good": {"type": "boolean"}}, \
            "required": ["created", "good", "id", "name", "scopes"], "additionalProperties": false}
            """
        ),
        (
            "Tokens",
            """
            {"type": "object", "properties": {"tokens": {"type": "array", \
            "items": {"$ref": "#/components/schemas/TokenRow"}}}, "required": ["tokens"], \
            "additionalProperties": false}
            """
        ),
    ]
}
