//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// Schemas of devices and findings.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension APISchemas {
    /// What is told of devices and findings.
    static let devices: [Named] = [
        (
            "KeptFrom",
            """
            {"type": "integer", "minimum": 2, "description": "The oldest position that this past counts: older ones \
            were gone when it was folded, and who was not heard of since is not in it"}
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
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
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
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
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
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
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
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
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
            {"type": "object", "properties": {"keptFrom": {"$ref": "#/components/schemas/KeptFrom"}, \
            "otherKnowledge": {"$ref": "#/components/schemas/OtherKnowledge"}, \
            "number": {"type": "string", \
            "pattern": "^[0-9]{1,20}(\\\\.[0-9]{1,10})?$"}, "position": {"type": "integer", "minimum": 0}, \
            "moment": {"type": "string", "format": "date-time"}, "total": {"type": "integer", "minimum": 0}, \
            "next": {"type": "string"}, "findings": {"type": "array", \
            "items": {"$ref": "#/components/schemas/Finding"}}}, "required": ["findings", "number", "total"], \
            "additionalProperties": false}
            """
        ),
    ]
}
