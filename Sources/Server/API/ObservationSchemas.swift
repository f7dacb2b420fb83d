//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Schemas of what gateways hand in: one form of `wardlight.proto` each, in ProtoJSON.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Reports

/// What `POST /api/v1/observations` takes. `ObservationBounds` checks the same.
///
/// Forms that only sensors of ours write (`switch`, `port`, `learned`, …) and those of people (`decision`) are taken as
/// well, and are not described: they are the log's (docs/log.md).
enum ObservationSchemas {
    /// What an observation may say; `site`, `sensor` and `occurred` stand beside each.
    static let forms: [APISchemas.Named] = [
        (
            "measurement",
            """
            {"type": "object", "properties": {"subject": {"$ref": "#/components/schemas/Subject"}, \
            "metric": {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,64}$", \
            "description": "MDC_PULS_OXIM_SAT_O2 (ISO/IEEE 11073-10101), or a name of your own."}, \
            "value": {"type": "number", "minimum": -1000000000000.0, "maximum": 1000000000000.0}, \
            "unit": {"type": "string", "pattern": "^[!-~]{0,32}$", "description": "UCUM"}, \
            "quality": {"type": "string", "enum": ["valid", "questionable", "invalid"]}}, \
            "required": ["metric", "subject", "value"], "additionalProperties": false}
            """
        ),
        (
            "sighting",
            """
            {"type": "object", "properties": {"subject": {"$ref": "#/components/schemas/Subject"}, \
            "vlan": {"type": "integer", "minimum": 0, "maximum": 4094}, \
            "span": {"$ref": "#/components/schemas/Span"}, "packets": {"$ref": "#/components/schemas/Count"}, \
            "bytes": {"$ref": "#/components/schemas/Count"}, "isBinding": {"type": "boolean", \
            "description": "Whether its network address is known to be its own: DHCP or ARP said so."}}, \
            "required": ["span", "subject"], "additionalProperties": false}
            """
        ),
        (
            "fact",
            """
            {"type": "object", "properties": {"subject": {"$ref": "#/components/schemas/Subject"}, \
            "field": {"$ref": "#/components/schemas/Field"}, "value": {"type": "string", "maxLength": 256}, \
            "span": {"$ref": "#/components/schemas/Span"}, "count": {"$ref": "#/components/schemas/Count"}}, \
            "required": ["field", "span", "subject"], "additionalProperties": false}
            """
        ),
        (
            "conversation",
            """
            {"type": "object", "properties": {"client": {"$ref": "#/components/schemas/Subject"}, \
            "server": {"$ref": "#/components/schemas/Subject"}, \
            "service": {"type": "string", "pattern": "^[!-~]{0,128}$"}, \
            "port": {"type": "integer", "minimum": 0, "maximum": 65535}, "transport": {"type": "integer", \
            "minimum": 0, "maximum": 255, "description": "IP protocol number (6 TCP, 17 UDP); 0 is none."}, \
            "span": {"$ref": "#/components/schemas/Span"}, "packets": {"$ref": "#/components/schemas/Count"}, \
            "bytes": {"$ref": "#/components/schemas/Count"}, "isAnswered": {"type": "boolean"}}, \
            "required": ["client", "server", "span"], "additionalProperties": false}
            """
        ),
        (
            "edge",
            """
            {"type": "object", "properties": {"one": {"$ref": "#/components/schemas/EdgeEnd"}, \
            "relation": {"type": "string", "enum": ["in", "at", "assigned", "feeds", "holds", "connected"]}, \
            "other": {"$ref": "#/components/schemas/EdgeEnd"}, "isEnded": {"type": "boolean"}}, \
            "required": ["one", "other", "relation"], "additionalProperties": false}
            """
        ),
        (
            "location",
            """
            {"oneOf": [{"type": "object", "properties": {"id": {"$ref": "#/components/schemas/LocationId"}, \
            "kind": {"type": "string", "enum": ["site", "building", "floor", "zone", "room", "bed", "vehicle"]}, \
            "name": {"type": "string", "maxLength": 32, "description": "At most 128 octets."}, \
            "parent": {"$ref": "#/components/schemas/LocationId"}, "outline": {"type": "array", \
            "items": {"type": "integer", "minimum": -2147483648, "maximum": 2147483647}, "minItems": 8, \
            "maxItems": 8, "description": "Corners in millimetres from the floor's south-west: x, y, x, y, \
            ...; described are four, taken are 3 to 64."}, "aliases": {"type": "array", "items": {"type": "string", \
            "maxLength": 32}, "maxItems": 16}}, "required": ["id", "kind", "name"], \
            "additionalProperties": false}, {"type": "object", \
            "properties": {"id": {"$ref": "#/components/schemas/LocationId"}, "isGone": {"const": true}}, \
            "required": ["id", "isGone"], "additionalProperties": false}]}
            """
        ),
        (
            "oddity",
            """
            {"type": "object", "properties": {"name": {"type": "string", "pattern": "^[!-~]{1,128}$"}, \
            "count": {"$ref": "#/components/schemas/Count"}}, "required": ["name"], \
            "additionalProperties": false}
            """
        ),
        (
            "coverage",
            """
            {"type": "object", "description": "How well an input is read.", \
            "properties": {"input": {"type": "string", "minLength": 1, "maxLength": 256}, \
            "packets": {"$ref": "#/components/schemas/Count"}, "decoded": {"$ref": "#/components/schemas/Count"}, \
            "bytes": {"$ref": "#/components/schemas/Count"}, "span": {"$ref": "#/components/schemas/Span"}, \
            "linkTypes": {"type": "array", "items": {"type": "string", "maxLength": 64}, "maxItems": 16}, \
            "duplicates": {"$ref": "#/components/schemas/Count"}, \
            "truncated": {"$ref": "#/components/schemas/Count"}, "dropped": {"$ref": "#/components/schemas/Count"}, \
            "tcpConversations": {"$ref": "#/components/schemas/Count"}, \
            "tcpOneWay": {"$ref": "#/components/schemas/Count"}, "flushed": {"$ref": "#/components/schemas/Count"}, \
            "problem": {"type": "string", "maxLength": 512}, "cure": {"type": "string", "maxLength": 512}}, \
            "required": ["input"], "additionalProperties": false}
            """
        ),
        (
            "tick",
            """
            {"type": "object", "description": "Nothing but time.", "properties": {}, \
            "additionalProperties": false}
            """
        ),
    ]

    /// What the forms are made of. A hardware address is 1 to 2^48 - 1: shorter numbers, and digit by digit those that are as
    /// long.
    private static let parts: [APISchemas.Named] = [
        (
            "Subject",
            """
            {"type": "object", "properties": {"hardware": {"type": "string", "pattern": \
            "^([1-9][0-9]{0,13}|1[0-9]{14}|2[0-7][0-9]{13}|280[0-9]{12}|281[0-3][0-9]{11}|2814[0-6][0-9]{10}\
            |28147[0-3][0-9]{9}|281474[0-8][0-9]{8}|2814749[0-6][0-9]{7}|28147497[0-5][0-9]{6}|281474976[0-6][0-9]{5}\
            |28147497670[0-9]{4}|281474976710[0-5][0-9]{2}|2814749767106[0-4][0-9]|28147497671065[0-5])$", \
            "description": "The 48 bits of the hardware address, as a number."}, "network": {"type": "string", \
            "pattern": "^([A-Za-z0-9+/]{5}|[A-Za-z0-9+/]{21})[AQgw]==$", "description": "4 octets (IPv4) or 16 (IPv6), \
            in Base64."}, "child": {"type": "string", "pattern": "^[a-z0-9]{1,16}:[ -~]{1,128}$", \
            "description": "A device behind it: serial:FR-0042."}}, "minProperties": 1, \
            "additionalProperties": false}
            """
        ),
        (
            "Moment",
            """
            {"type": "string", "pattern": "^[1-9][0-9]{18}$", \
            "description": "Nanoseconds since 1970-01-01T00:00:00Z; at most a day ahead of the server's clock."}
            """
        ),
        (
            "Span",
            """
            {"type": "object", "properties": {"first": {"$ref": "#/components/schemas/Moment"}, \
            "last": {"$ref": "#/components/schemas/Moment"}}, "required": ["first", "last"], \
            "additionalProperties": false}
            """
        ),
        (
            "Count",
            """
            {"type": "string", "pattern": "^(0|[1-9][0-9]{0,17})$"}
            """
        ),
        (
            "Source",
            """
            {"type": "string", "minLength": 1, "maxLength": 128}
            """
        ),
        (
            "LocationId",
            """
            {"type": "string", "pattern": "^[A-Za-z0-9._/-]{1,128}$"}
            """
        ),
        (
            "EdgeEnd",
            """
            {"oneOf": [{"type": "object", "properties": {"device": {"$ref": "#/components/schemas/Subject"}}, \
            "required": ["device"], "additionalProperties": false}, {"type": "object", \
            "properties": {"location": {"$ref": "#/components/schemas/LocationId"}}, \
            "required": ["location"], "additionalProperties": false}, {"type": "object", \
            "properties": {"person": {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,64}$", \
            "description": "A reference, never a name."}}, "required": ["person"], \
            "additionalProperties": false}]}
            """
        ),
        (
            "Observations",
            """
            {"type": "array", "items": {"$ref": "#/components/schemas/Observation"}, "minItems": 1, \
            "maxItems": 10000}
            """
        ),
        (
            "ObservationBatch",
            """
            {"description": "ObservationBatch of wardlight.proto (docs/log.md), in protocol buffers."}
            """
        ),
    ]

    /// Writes all of them, each under its name.
    static func write(to json: inout JSONWriter) {
        for (name, schema) in parts {
            json.key(text: name)
            json.value(json: schema)
        }
        json.key("Field")
        json.beginObject(inline: true)
        json.member("description", "What was read (docs/fields.md).")
        json.member("enum", Field.allCases.map(\.path))
        json.endObject()
        json.key("Observation")
        json.beginObject()
        json.member(
            "description",
            "ObservationRecord of wardlight.proto in ProtoJSON. Forms of that file that are not described are the log's own."
        )
        json.key("oneOf")
        json.beginArray()
        for (name, schema) in forms { json.form(name, schema) }
        json.endArray()
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func form(_ name: String, _ schema: StaticString) {
        beginObject()
        member("type", "object")
        key("properties")
        beginObject()
        for (name, part) in [("site", "Source"), ("sensor", "Source"), ("occurred", "Moment")] {
            key(text: name)
            beginObject(inline: true)
            member("$ref", "#/components/schemas/\(part)")
            endObject()
        }
        key(text: name)
        value(json: schema)
        endObject()
        member("required", [name, "occurred", "sensor", "site"])
        member("additionalProperties", false)
        endObject()
    }
}
