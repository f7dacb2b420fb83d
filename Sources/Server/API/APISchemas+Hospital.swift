//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Schemas of the hospital as a whole: answers, places, readings, edges, what-ifs.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension APISchemas {
    /// What is told of the hospital as a whole.
    static let hospital: [Named] = [
        (
            "Answers",
            """
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
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
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "position": {"type": "integer", "minimum": 0}, \
            "moment": {"type": "string", "format": "date-time"}, "places": {"type": "array", \
            "items": {"$ref": "#/components/schemas/Place"}}}, "required": ["moment", "places", "position"], \
            "additionalProperties": false}
            """
        ),
        (
            "Topology",
            """
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
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
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
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
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
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
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
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
    ]
}
