//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// JSON Schema: does a document keep to what `docs/schema` promises?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation

/// Checks a document against the part of JSON Schema 2020-12 that our schemas use. A keyword that it does not know is
/// a violation itself, so a schema cannot promise what nobody checks.
public struct JSONSchema {
    private let root: [String: Any]

    public init(_ text: String) throws {
        root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    /// One line a violation, with its place; empty when the document is valid. At most 100.
    public func violations(of document: [UInt8]) throws -> [String] {
        let value = try JSONSerialization.jsonObject(with: Data(document))
        var found: [String] = []
        check(value, root, at: "$", depth: 0, &found)
        return found
    }

    private func check(_ value: Any, _ schema: Any, at place: String, depth: Int, _ found: inout [String]) {
        guard found.count < 100 else { return }
        func fail(_ what: String) { found.append("\(place): \(what)") }
        if let flag = schema as? Bool, !(schema is [String: Any]) { return flag ? () : fail("nothing is allowed here") }
        guard let rules = schema as? [String: Any], depth < 64 else { return fail("the schema itself is broken") }
        for (keyword, rule) in rules.sorted(by: { $0.key < $1.key }) {
            switch keyword {
            case "$schema", "$id", "$defs", "title", "description": break
            case "$ref":
                guard let target = definition(rule) else { return fail("no such definition: \(rule)") }
                check(value, target, at: place, depth: depth + 1, &found)
            case "type": if !Self.isType(value, rule as? String ?? "") { fail("is not of type \(rule): \(value)") }
            case "enum":
                let allowed = (rule as? [Any] ?? []).map { "\($0)" }
                if !allowed.contains("\(value)") { fail("is none of \(allowed): \(value)") }
            case "required":
                for key in rule as? [String] ?? [] where (value as? [String: Any])?[key] == nil { fail("lacks \(key)") }
            case "properties", "additionalProperties":
                if keyword == "additionalProperties" || rules["additionalProperties"] == nil {
                    members(value, rules, at: place, depth, &found)
                }
            case "items":
                for (index, item) in (value as? [Any] ?? []).enumerated() {
                    check(item, rule, at: "\(place)[\(index)]", depth: depth + 1, &found)
                }
            case "pattern":
                guard let text = value as? String, let pattern = rule as? String else { break }
                if text.range(of: pattern, options: .regularExpression) == nil {
                    fail("does not match \(pattern): \(text)")
                }
            case "minimum":
                if let limit = Self.number(rule), let it = Self.number(value), it < limit { fail("below \(limit)") }
            case "minItems":
                let count = Double((value as? [Any] ?? []).count)
                if let limit = Self.number(rule), count < limit { fail("fewer than \(limit)") }
            case "maximum":
                if let limit = Self.number(rule), let it = Self.number(value), it > limit { fail("above \(limit)") }
            default: fail("the schema uses \(keyword), which this test does not check")
            }
        }
    }

    private func members(
        _ value: Any, _ rules: [String: Any], at place: String, _ depth: Int, _ found: inout [String]
    ) {
        let properties = rules["properties"] as? [String: Any] ?? [:]
        for (key, member) in (value as? [String: Any] ?? [:]).sorted(by: { $0.key < $1.key }) {
            if let rule = properties[key] {
                check(member, rule, at: "\(place).\(key)", depth: depth + 1, &found)
            } else if let rule = rules["additionalProperties"] {
                check(member, rule, at: "\(place).\(key)", depth: depth + 1, &found)
            }
        }
    }

    private func definition(_ reference: Any) -> Any? {
        guard let path = reference as? String, path.hasPrefix("#/$defs/") else { return nil }
        return (root["$defs"] as? [String: Any])?[String(path.dropFirst(8))]
    }

    private static func isType(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "number": number(value) != nil
        case "integer": number(value).map { $0 == $0.rounded() } ?? false
        case "boolean": (value as? NSNumber).map(isFlag) ?? false
        default: false
        }
    }

    private static func number(_ value: Any) -> Double? {
        guard let number = value as? NSNumber, !isFlag(number) else { return nil }
        return number.doubleValue
    }

    /// Foundation's numbers remember that they were written as `true` or `false`.
    private static func isFlag(_ number: NSNumber) -> Bool { "\(type(of: number))".contains("Boolean") }
}
