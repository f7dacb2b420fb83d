//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Schemas of what the API takes and gives.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// JSON Schema (2020-12) of every body, by name; the description refers to them.
enum APISchemas {
    static let all: [(name: String, schema: StaticString)] = answers + requests

    static let answers: [(name: String, schema: StaticString)] = [
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
            "OtherKnowledge",
            """
            {"type": "array", "description": "The past is judged with the knowledge, lists and settings of today: which of \
            them had another digest then.", "items": {"type": "object", "properties": {"name": {"type": "string"}, \
            "then": {"type": "string"}, "used": {"type": "string"}}, "required": ["name"], \
            "additionalProperties": false}}
            """
        ),
        (
            "Evidence",
            """
            {"type": "object", "properties": {"protocol": {"type": "string"}, "field": {"type": "string"}, \
            "value": {"type": "string"}, "rule": {"type": "string"}, "seen": {"type": "integer", "minimum": 0}, \
            "weight": {"type": "integer"}}, "required": ["field", "protocol", "rule", "seen", "value", \
            "weight"], "additionalProperties": false}
            """
        ),
        (
            "Judgement",
            """
            {"type": "object", "properties": {"value": {"type": "string"}, "confidence": {"type": "number", \
            "minimum": 0, "maximum": 1}, "evidence": {"type": "array", \
            "items": {"$ref": "#/components/schemas/Evidence"}}, "others": {"type": "array", \
            "items": {"type": "object", "properties": {"value": {"type": "string"}, \
            "evidence": {"type": "array", "items": {"$ref": "#/components/schemas/Evidence"}}}, \
            "required": ["evidence", "value"], "additionalProperties": false}}}, "required": ["confidence", \
            "evidence", "value"], "additionalProperties": false}
            """
        ),
        (
            "DeviceRow",
            """
            {"type": "object", "properties": {"id": {"type": "string", "pattern": "^dev-[0-9a-f]{12}$"}, \
            "site": {"type": "string"}, "formerIds": {"type": "array", "items": {"type": "string", \
            "pattern": "^dev-[0-9a-f]{12}$"}}, "parent": {"type": "string"}, "class": {"type": "string", \
            "enum": ["medical", "iot", "building", "network", "it", "mobile", "unknown"]}, \
            "name": {"type": "string"}, "vendor": {"type": "string"}, "type": {"type": "string"}, \
            "model": {"type": "string"}, "os": {"type": "string"}, "firmware": {"type": "string"}, \
            "serial": {"type": "string"}, "mac": {"type": "array", "items": {"type": "string"}}, \
            "addresses": {"type": "array", "items": {"type": "string"}}, "port": {"type": "string"}, \
            "agent": {"type": "string"}, "ifIndex": {"type": "integer", "minimum": 0}, \
            "place": {"type": "object", "properties": {"location": {"type": "string"}, \
            "words": {"type": "string"}, "since": {"type": "string", "format": "date-time"}, \
            "source": {"type": "string"}}, "required": ["location", "since", "source", "words"], \
            "additionalProperties": false}, "firstSeen": {"type": "string", "format": "date-time"}, \
            "lastSeen": {"type": "string", "format": "date-time"}, "stale": {"type": "boolean"}, \
            "findings": {"type": "integer", "minimum": 0}, "severity": {"type": "string", "enum": ["info", \
            "low", "medium", "high", "critical"]}, "weaknesses": {"type": "integer", "minimum": 0}, \
            "risk": {"type": "integer", "minimum": 1, "maximum": 25}, "stub": {"type": "boolean"}}, \
            "required": ["addresses", "class", "findings", "firstSeen", "id", "lastSeen", "mac", "site", \
            "stale", "weaknesses"], "additionalProperties": false}
            """
        ),
        (
            "DevicePage",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "number": {"type": "string", \
            "pattern": "^[0-9]{1,20}(\\\\.[0-9]{1,10})?$"}, "position": {"type": "integer", "minimum": 0}, \
            "moment": {"type": "string", "format": "date-time"}, "total": {"type": "integer", "minimum": 0}, \
            "next": {"type": "string"}, "devices": {"type": "array", \
            "items": {"$ref": "#/components/schemas/DeviceRow"}}}, "required": ["devices", "number", "total"], \
            "additionalProperties": false}
            """
        ),
        (
            "Device",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "id": {"type": "string", "pattern": "^dev-[0-9a-f]{12}$"}, \
            "formerIds": {"type": "array", "items": {"type": "string", "pattern": "^dev-[0-9a-f]{12}$"}}, \
            "site": {"type": "string"}, "parent": {"type": "string"}, "class": {"type": "string", \
            "enum": ["medical", "iot", "building", "network", "it", "mobile", "unknown"]}, \
            "addresses": {"type": "object", "properties": {"mac": {"type": "array", \
            "items": {"type": "string"}}, "ipv4": {"type": "array", "items": {"type": "string"}}, \
            "ipv6": {"type": "array", "items": {"type": "string"}}, "eui64": {"type": "array", \
            "items": {"type": "string"}}}, "required": ["eui64", "ipv4", "ipv6", "mac"], \
            "additionalProperties": false}, "names": {"type": "array", "items": {"type": "string"}}, \
            "vendor": {"$ref": "#/components/schemas/Judgement"}, \
            "type": {"$ref": "#/components/schemas/Judgement"}, \
            "model": {"$ref": "#/components/schemas/Judgement"}, \
            "os": {"$ref": "#/components/schemas/Judgement"}, \
            "firmware": {"$ref": "#/components/schemas/Judgement"}, \
            "serial": {"$ref": "#/components/schemas/Judgement"}, \
            "role": {"$ref": "#/components/schemas/Judgement"}, \
            "label": {"$ref": "#/components/schemas/Judgement"}, "services": {"type": "array", \
            "items": {"type": "object"}}, "components": {"type": "array", "items": {"type": "object"}}, \
            "firstSeen": {"type": "string", "format": "date-time"}, "lastSeen": {"type": "string", \
            "format": "date-time"}, "packets": {"type": "integer", "minimum": 0}, "bytes": {"type": "integer", \
            "minimum": 0}, "findings": {"type": "array", "items": {"type": "object"}}, \
            "facts": {"type": "array", "items": {"type": "object", \
            "properties": {"protocol": {"type": "string"}, "field": {"type": "string"}, \
            "value": {"type": "string"}, "count": {"type": "integer", "minimum": 0}}, "required": ["count", \
            "field", "protocol", "value"], "additionalProperties": false}}}, "required": ["addresses", "bytes", \
            "class", "components", "facts", "findings", "firstSeen", "id", "lastSeen", "names", "packets", \
            "services", "site"]}
            """
        ),
        (
            "DeviceHistory",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "id": {"type": "string", "pattern": "^dev-[0-9a-f]{12}$"}, \
            "position": {"type": "integer", "minimum": 0}, "moment": {"type": "string", "format": "date-time"}, \
            "history": {"type": "array", "items": {"type": "object"}}, "placeHistory": {"type": "array", \
            "items": {"type": "object"}}, "locations": {"type": "array", "items": {"type": "object"}}, \
            "edges": {"type": "array", "items": {"$ref": "#/components/schemas/Edge"}}, \
            "readings": {"type": "array", "items": {"$ref": "#/components/schemas/Reading"}}}, \
            "required": ["edges", "history", "id", "locations", "moment", "placeHistory", "position", \
            "readings"], "additionalProperties": false}
            """
        ),
        (
            "Finding",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "id": {"type": "string", "pattern": "^fnd-[0-9a-f]{12}$"}, \
            "site": {"type": "string"}, "device": {"type": "string", "pattern": "^dev-[0-9a-f]{12}$"}, \
            "rule": {"type": "string"}, "title": {"type": "string"}, "severity": {"type": "string", \
            "enum": ["info", "low", "medium", "high", "critical"]}, "evidence": {"type": "array", \
            "items": {"$ref": "#/components/schemas/Evidence"}}, "sides": {"type": "array", \
            "items": {"type": "object", "properties": {"says": {"type": "string"}, "layers": {"type": "array", \
            "items": {"type": "string"}}, "evidence": {"type": "array", \
            "items": {"$ref": "#/components/schemas/Evidence"}}}, "required": ["evidence", "layers", "says"], \
            "additionalProperties": false}}, "technique": {"type": "string"}, "falseAlarm": {"type": "string"}, \
            "since": {"type": "string", "format": "date-time"}, "place": {"type": "object", \
            "properties": {"site": {"type": "string"}, "agent": {"type": "string"}, "port": {"type": "string"}, \
            "ifIndex": {"type": "integer", "minimum": 0}}, "required": ["agent", "ifIndex", "port", "site"], \
            "additionalProperties": false}, "addresses": {"type": "array", "items": {"type": "string"}}}, \
            "required": ["evidence", "id", "rule", "severity", "site", "title"], \
            "additionalProperties": false}
            """
        ),
        (
            "FindingPage",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "number": {"type": "string", \
            "pattern": "^[0-9]{1,20}(\\\\.[0-9]{1,10})?$"}, "position": {"type": "integer", "minimum": 0}, \
            "moment": {"type": "string", "format": "date-time"}, "total": {"type": "integer", "minimum": 0}, \
            "next": {"type": "string"}, "findings": {"type": "array", \
            "items": {"$ref": "#/components/schemas/Finding"}}}, "required": ["findings", "number", "total"], \
            "additionalProperties": false}
            """
        ),
        (
            "Answers",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "schema": {"const": "wardlight.answers/1"}, \
            "asOf": {"type": "string", "format": "date-time"}, "answers": {"type": "object", \
            "additionalProperties": {"$ref": "#/components/schemas/Answer"}}}, "required": ["answers", "asOf", \
            "schema"], "additionalProperties": false}
            """
        ),
        (
            "Answer",
            """
            {"type": "object", "properties": {"question": {"type": "string"}, "state": {"type": "string", \
            "enum": ["answered", "partial", "cannotSay"]}, "number": {"type": "integer"}, \
            "sentence": {"type": "string"}, "figures": {"type": "array", "items": {"type": "object", \
            "properties": {"name": {"type": "string"}, "value": {"type": "integer"}, \
            "of": {"type": "integer"}}, "required": ["name", "value"], "additionalProperties": false}}, \
            "missing": {"type": "array", "items": {"type": "string"}}, "asOf": {"type": "string", \
            "format": "date-time"}, "from": {"type": "string", "format": "date-time"}, "to": {"type": "string", \
            "format": "date-time"}, "items": {"type": "array", "items": {"type": "object", \
            "properties": {"subject": {"type": "string"}, "title": {"type": "string"}, \
            "kind": {"type": "string"}, "figures": {"type": "array", "items": {"type": "object", \
            "properties": {"name": {"type": "string"}, "value": {"type": "integer"}, \
            "of": {"type": "integer"}}, "required": ["name", "value"], "additionalProperties": false}}, \
            "place": {"type": "string"}, "seen": {"type": "string", "format": "date-time"}, \
            "devices": {"type": "array", "items": {"type": "string"}}, "evidence": {"type": "array", \
            "items": {"type": "string"}}}, "required": ["kind", "subject", "title"], \
            "additionalProperties": false}}, "itemsLeftOut": {"type": "integer", "minimum": 0}}, \
            "required": ["asOf", "figures", "items", "question", "state"]}
            """
        ),
        (
            "Place",
            """
            {"type": "object", "properties": {"id": {"type": "string"}, "kind": {"type": "string", \
            "enum": ["site", "building", "floor", "zone", "room", "bed", "vehicle"]}, \
            "name": {"type": "string"}, "parent": {"type": "string"}, "aliases": {"type": "array", \
            "items": {"type": "string"}}, "outline": {"type": "array", "items": {"type": "array", \
            "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}}, "devices": {"type": "integer", \
            "minimum": 0}, "beds": {"type": "integer", "minimum": 0}}, "required": ["beds", "devices", "id", \
            "kind", "name"], "additionalProperties": false}
            """
        ),
        (
            "Places",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "position": {"type": "integer", "minimum": 0}, \
            "moment": {"type": "string", "format": "date-time"}, "places": {"type": "array", \
            "items": {"$ref": "#/components/schemas/Place"}}}, "required": ["moment", "places", "position"], \
            "additionalProperties": false}
            """
        ),
        (
            "Topology",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "schema": {"const": "wardlight.topology/1"}, \
            "switches": {"type": "array", "items": {"type": "object"}}, "links": {"type": "array", \
            "items": {"type": "object"}}, "segments": {"type": "array", "items": {"type": "object"}}}, \
            "required": ["links", "schema", "segments", "switches"], "additionalProperties": false}
            """
        ),
        (
            "Reading",
            """
            {"type": "object", "properties": {"site": {"type": "string"}, "device": {"type": "string", \
            "pattern": "^dev-[0-9a-f]{12}$"}, "subject": {"type": "string"}, "metric": {"type": "string"}, \
            "value": {"type": "number"}, "unit": {"type": "string"}, "quality": {"type": "string", \
            "enum": ["valid", "questionable", "invalid"]}, "occurred": {"type": "string", \
            "format": "date-time"}, "stale": {"type": "boolean"}, "sensor": {"type": "string"}, \
            "count": {"type": "integer", "minimum": 0}}, "required": ["count", "metric", "occurred", "quality", \
            "sensor", "site", "stale", "unit", "value"], "additionalProperties": false}
            """
        ),
        (
            "Readings",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "position": {"type": "integer", "minimum": 0}, \
            "moment": {"type": "string", "format": "date-time"}, "readings": {"type": "array", \
            "items": {"$ref": "#/components/schemas/Reading"}}}, "required": ["moment", "position", \
            "readings"], "additionalProperties": false}
            """
        ),
        (
            "End",
            """
            {"type": "object", "properties": {"kind": {"type": "string", "enum": ["device", "location", \
            "person"]}, "device": {"type": "string", "pattern": "^dev-[0-9a-f]{12}$"}, \
            "subject": {"type": "string"}, "location": {"type": "string"}, "person": {"type": "string"}}, \
            "required": ["kind"], "additionalProperties": false}
            """
        ),
        (
            "Edge",
            """
            {"type": "object", "properties": {"site": {"type": "string"}, \
            "one": {"$ref": "#/components/schemas/End"}, "relation": {"type": "string", "enum": ["in", "at", \
            "assigned", "feeds", "holds", "connected"]}, "other": {"$ref": "#/components/schemas/End"}, \
            "since": {"type": "string", "format": "date-time"}, "until": {"type": "string", \
            "format": "date-time"}, "sensor": {"type": "string"}}, "required": ["one", "other", "relation", \
            "sensor", "since", "site"], "additionalProperties": false}
            """
        ),
        (
            "Edges",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "position": {"type": "integer", "minimum": 0}, \
            "moment": {"type": "string", "format": "date-time"}, "edges": {"type": "array", \
            "items": {"$ref": "#/components/schemas/Edge"}}}, "required": ["edges", "moment", "position"], \
            "additionalProperties": false}
            """
        ),
        (
            "Log",
            """
            {"type": "object", "properties": {"position": {"type": "integer", "minimum": 0}, \
            "recorded": {"type": "string", "format": "date-time"}, "newest": {"type": "string", \
            "format": "date-time"}, "judged": {"type": "integer", "minimum": 0}, "number": {"type": "string", \
            "pattern": "^[0-9]{1,20}(\\\\.[0-9]{1,10})?$"}, "oldest": {"type": "integer", "minimum": 0}, \
            "oldestRecorded": {"type": "string", "format": "date-time"}, "ready": {"type": "boolean"}, \
            "devices": {"type": "integer", "minimum": 0}, "readings": {"type": "integer", "minimum": 0}, \
            "trouble": {"type": "array", "items": {"type": "string"}}}, "required": ["devices", "judged", \
            "number", "oldest", "position", "readings", "ready", "trouble"], "additionalProperties": false}
            """
        ),
        (
            "Consequences",
            """
            {"type": "object", "properties": {"otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "position": {"type": "integer", "minimum": 0}, \
            "moment": {"type": "string", "format": "date-time"}, "lost": {"type": "array", \
            "items": {"type": "object", "properties": {"device": {"type": "string"}, \
            "name": {"type": "string"}, "clinical": {"type": "boolean"}, "places": {"type": "array", \
            "items": {"type": "string"}}, "because": {"type": "string"}}, "required": ["because", "clinical", \
            "device", "name", "places"], "additionalProperties": false}}, "missed": {"type": "array", \
            "items": {"type": "object", "properties": {"device": {"type": "string"}, \
            "peer": {"type": "string"}, "protocol": {"type": "string"}, "port": {"type": "integer", \
            "minimum": 0}, "days": {"type": "integer", "minimum": 0}, "clinical": {"type": "boolean"}, \
            "places": {"type": "array", "items": {"type": "string"}}}, "required": ["clinical", "days", \
            "device", "peer", "places", "port", "protocol"], "additionalProperties": false}}, \
            "state": {"type": "string", "enum": ["answered", "partial", "cannotSay"]}, \
            "beds": {"type": "array", "items": {"type": "string"}}, "doubtfulBeds": {"type": "array", \
            "items": {"type": "string"}}, "people": {"type": "integer", "minimum": 0}, \
            "ground": {"type": "object", "properties": {"beds": {"type": "integer", "minimum": 0}, \
            "knownBeds": {"type": "integer", "minimum": 0}, "unknownBeds": {"type": "integer", "minimum": 0}, \
            "clinicalDevices": {"type": "integer", "minimum": 0}, "unplacedDevices": {"type": "integer", \
            "minimum": 0}}, "required": ["beds", "clinicalDevices", "knownBeds", "unknownBeds", \
            "unplacedDevices"], "additionalProperties": false}, "because": {"type": "array", \
            "items": {"type": "string"}}}, "required": ["because", "doubtfulBeds", "ground", "lost", "missed", \
            "moment", "people", "position", "state"], "additionalProperties": false}
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

    static let requests: [(name: String, schema: StaticString)] = [
        (
            "Subject",
            """
            {"type": "object", "properties": {"hardware": {"type": "string", "pattern": "^[1-9][0-9]{0,13}$", \
            "description": "The 48 bits of the hardware address, as a number."}, "network": {"type": "string", \
            "pattern": "^[A-Za-z0-9+/]{5}[AQgw]==$", "description": "4 octets (IPv4) or 16 (IPv6), \
            in Base64."}, "child": {"type": "string", "pattern": "^[a-z0-9]{1,16}:[ -~]{1,128}$"}}, \
            "minProperties": 1, "additionalProperties": false}
            """
        ),
        (
            "Span",
            """
            {"type": "object", "properties": {"first": {"type": "string", "pattern": "^1[0-6][0-9]{17}$", \
            "description": "Nanoseconds since 1970-01-01T00:00:00Z; at most a day ahead of the server's clock."}, \
            "last": {"type": "string", "pattern": "^1[0-6][0-9]{17}$", \
            "description": "Nanoseconds since 1970-01-01T00:00:00Z; at most a day ahead of the server's clock."}}, \
            "required": ["first", "last"], "additionalProperties": false}
            """
        ),
        (
            "EdgeEnd",
            """
            {"oneOf": [{"type": "object", "properties": {"device": {"$ref": "#/components/schemas/Subject"}}, \
            "required": ["device"], "additionalProperties": false}, {"type": "object", \
            "properties": {"location": {"type": "string", "pattern": "^[A-Za-z0-9._/-]{1,128}$"}}, \
            "required": ["location"], "additionalProperties": false}, {"type": "object", \
            "properties": {"person": {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,64}$"}}, \
            "required": ["person"], "additionalProperties": false}]}
            """
        ),
        (
            "Observation",
            """
            {"description": "`ObservationRecord` of wardlight.proto in ProtoJSON; the forms that gateways need are described here, \
            others of the file are taken as well.", "oneOf": [{"type": "object", \
            "properties": {"site": {"type": "string", "minLength": 1, "maxLength": 128}, \
            "sensor": {"type": "string", "minLength": 1, "maxLength": 128}, "occurred": {"type": "string", \
            "pattern": "^1[0-6][0-9]{17}$", \
            "description": "Nanoseconds since 1970-01-01T00:00:00Z; at most a day ahead of the server's clock."}, \
            "measurement": {"type": "object", \
            "properties": {"subject": {"$ref": "#/components/schemas/Subject"}, "metric": {"type": "string", \
            "pattern": "^[A-Za-z0-9_.-]{1,64}$"}, "value": {"type": "number", "minimum": -1000000000000.0, \
            "maximum": 1000000000000.0}, "unit": {"type": "string", "pattern": "^[!-~]{0,32}$"}, \
            "quality": {"type": "string", "enum": ["valid", "questionable", "invalid"]}}, \
            "required": ["metric", "subject", "value"], "additionalProperties": false}}, \
            "required": ["measurement", "occurred", "sensor", "site"], "additionalProperties": false}, \
            {"type": "object", "properties": {"site": {"type": "string", "minLength": 1, "maxLength": 128}, \
            "sensor": {"type": "string", "minLength": 1, "maxLength": 128}, "occurred": {"type": "string", \
            "pattern": "^1[0-6][0-9]{17}$", \
            "description": "Nanoseconds since 1970-01-01T00:00:00Z; at most a day ahead of the server's clock."}, \
            "sighting": {"type": "object", "properties": {"subject": {"$ref": "#/components/schemas/Subject"}, \
            "vlan": {"type": "integer", "minimum": 0, "maximum": 4094}, \
            "span": {"$ref": "#/components/schemas/Span"}, "packets": {"type": "string", \
            "pattern": "^[0-9]{1,18}$"}, "bytes": {"type": "string", "pattern": "^[0-9]{1,18}$"}, \
            "isBinding": {"type": "boolean"}}, "required": ["span", "subject"], \
            "additionalProperties": false}}, "required": ["occurred", "sensor", "sighting", "site"], \
            "additionalProperties": false}, {"type": "object", "properties": {"site": {"type": "string", \
            "minLength": 1, "maxLength": 128}, "sensor": {"type": "string", "minLength": 1, "maxLength": 128}, \
            "occurred": {"type": "string", "pattern": "^1[0-6][0-9]{17}$", \
            "description": "Nanoseconds since 1970-01-01T00:00:00Z; at most a day ahead of the server's clock."}, \
            "fact": {"type": "object", "properties": {"subject": {"$ref": "#/components/schemas/Subject"}, \
            "field": {"type": "string", "enum": ["dhcp.hostname", "dhcp.vendorClass"]}, \
            "value": {"type": "string", "maxLength": 256}, "span": {"$ref": "#/components/schemas/Span"}, \
            "count": {"type": "string", "pattern": "^[0-9]{1,18}$"}}, "required": ["field", "span", "subject"], \
            "additionalProperties": false}}, "required": ["fact", "occurred", "sensor", "site"], \
            "additionalProperties": false}, {"type": "object", "properties": {"site": {"type": "string", \
            "minLength": 1, "maxLength": 128}, "sensor": {"type": "string", "minLength": 1, "maxLength": 128}, \
            "occurred": {"type": "string", "pattern": "^1[0-6][0-9]{17}$", \
            "description": "Nanoseconds since 1970-01-01T00:00:00Z; at most a day ahead of the server's clock."}, \
            "edge": {"type": "object", "properties": {"one": {"$ref": "#/components/schemas/EdgeEnd"}, \
            "relation": {"type": "string", "enum": ["in", "at", "assigned", "feeds", "holds", "connected"]}, \
            "other": {"$ref": "#/components/schemas/EdgeEnd"}, "isEnded": {"type": "boolean"}}, \
            "required": ["one", "other", "relation"], "additionalProperties": false}}, "required": ["edge", \
            "occurred", "sensor", "site"], "additionalProperties": false}, {"type": "object", \
            "properties": {"site": {"type": "string", "minLength": 1, "maxLength": 128}, \
            "sensor": {"type": "string", "minLength": 1, "maxLength": 128}, "occurred": {"type": "string", \
            "pattern": "^1[0-6][0-9]{17}$", \
            "description": "Nanoseconds since 1970-01-01T00:00:00Z; at most a day ahead of the server's clock."}, \
            "tick": {"type": "object", "properties": {}, "required": [], "additionalProperties": false}}, \
            "required": ["occurred", "sensor", "site", "tick"], "additionalProperties": false}]}
            """
        ),
        (
            "Supposition",
            """
            {"oneOf": [{"type": "object", "properties": {"fails": {"type": "object", \
            "properties": {"switch": {"type": "string", "minLength": 1, "maxLength": 128}}, \
            "required": ["switch"], "additionalProperties": false}}, "required": ["fails"], \
            "additionalProperties": false}, {"type": "object", "properties": {"device": {"type": "string", \
            "pattern": "^dev-[0-9a-f]{12}$"}}, "required": ["device"], "additionalProperties": false}, \
            {"type": "object", "properties": {"closes": {"type": "string", \
            "pattern": "^[A-Za-z0-9._/-]{1,128}$"}}, "required": ["closes"], "additionalProperties": false}]}
            """
        ),
        (
            "Observations",
            """
            {"type": "array", "items": {"$ref": "#/components/schemas/Observation"}, "minItems": 1, \
            "maxItems": 10000}
            """
        ),
    ]
}
