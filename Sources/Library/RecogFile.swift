//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// recog's XML: fingerprints with their examples, as the project publishes them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Inventory

/// One file of rapid7's recog (github.com/rapid7/recog, `xml/*.xml`).
public struct RecogFile: Sendable {
    public internal(set) var set: FingerprintSet
    /// Fingerprints that cannot be used, and why; the others count.
    public internal(set) var refusals: [KnowledgeError] = []

    private static let mostFingerprints = 100_000
    /// A fingerprint of recog has some 30 examples at most.
    private static let mostExamples = 1_000
    private static let mostParameters = 100
    private static let longestText = 1 << 20

    /// Nil where the document is of another kind: its root is not `fingerprints`.
    public init?(_ bytes: [UInt8], file: String, path: String) throws(KnowledgeError) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw KnowledgeError(
                file: path, line: Self.firstBadLine(bytes), problem: "it is not UTF-8; save it as UTF-8")
        }
        let digest = SHA256.hash(data: bytes).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        let key = file.hasSuffix(".xml") ? String(file.dropLast(4)) : file
        set = FingerprintSet(file: file, key: key, protocol: nil, preference: nil, fingerprints: [], digest: digest)
        var reader = try XMLReader(bytes, file: path)
        var isRoot = true
        while let event = try reader.next() {
            guard case .start(let name, let attributes) = event else { continue }
            if isRoot {
                guard name == "fingerprints" else { return nil }
                isRoot = false
                readHead(attributes)
            } else if name == "fingerprint" {
                try readFingerprint(attributes, &reader)
            } else {
                try Self.skipElement(&reader)
            }
        }
        guard !set.fingerprints.isEmpty || !refusals.isEmpty else {
            throw KnowledgeError(
                file: path, line: 1, problem: "there is no <fingerprint> in it; give a file of recog's")
        }
    }

    private static func firstBadLine(_ bytes: [UInt8]) -> Int {
        var line = 1
        for row in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if String(validating: row, as: UTF8.self) == nil { return line }
            line += 1
        }
        return line
    }

    private mutating func readHead(_ attributes: [(name: String, value: String)]) {
        for (name, value) in attributes {
            switch name {
            case "matches": if !value.isEmpty { set.key = value }
            case "protocol": set.protocol = value.lowercased()
            case "preference": set.preference = Fingerprint.perMille(value)
            default: break
            }
        }
    }

    private mutating func readFingerprint(
        _ attributes: [(name: String, value: String)], _ reader: inout XMLReader
    ) throws(KnowledgeError) {
        let line = reader.eventLine
        guard let pattern = attributes.first(where: { $0.name == "pattern" })?.value else {
            throw reader.problem("a <fingerprint> without a pattern; write pattern=\"…\"")
        }
        guard set.fingerprints.count < Self.mostFingerprints else {
            throw reader.problem("there are too many fingerprints")
        }
        var fingerprint = Fingerprint(pattern: pattern, line: line)
        var problem: String?
        for (name, value) in attributes {
            switch name {
            case "flags": problem = Self.readFlags(value, &fingerprint)
            case "certainty": fingerprint.certainty = Fingerprint.perMille(value)
            default: break
            }
        }
        reading: while let event = try reader.next() {
            switch event {
            case .text: break
            case .end: break reading
            case .start("description", _):
                let text = String(decoding: try Self.text(&reader), as: UTF8.self)
                let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }
                fingerprint.description = String(words.joined(separator: " ").prefix(160))
            case .start("example", let attributes):
                guard fingerprint.examples.count < Self.mostExamples else { throw reader.problem("too many examples") }
                fingerprint.examples.append(try Self.example(attributes, &reader))
            case .start("param", let attributes):
                guard fingerprint.parameters.count < Self.mostParameters else {
                    throw reader.problem("too many parameters")
                }
                fingerprint.parameters.append(try Self.parameter(attributes, reader))
                try Self.skipElement(&reader)
            case .start: try Self.skipElement(&reader)
            }
        }
        if let problem {
            refusals.append(KnowledgeError(file: set.file, line: line, problem: problem))
        } else {
            set.fingerprints.append(fingerprint)
        }
    }

    /// In Ruby a dot that fits line ends and "multi-line" are one.
    private static func readFlags(_ text: String, _ fingerprint: inout Fingerprint) -> String? {
        for flag in text.split(separator: ",") {
            switch flag.filter({ $0 != " " }) {
            case "REG_ICASE", "IGNORECASE", "REG_IGNORECASE": fingerprint.ignoresCase = true
            case "REG_DOT_NEWLINE", "REG_LINE_ANY_CRLF", "REG_MULTILINE", "MULTILINE": fingerprint.dotFitsNewline = true
            case "REG_EXTENDED", "": break
            default: return "the flag \(flag.prefix(40)) is not known; use REG_ICASE, REG_DOT_NEWLINE or REG_MULTILINE"
            }
        }
        return nil
    }

    private static func parameter(
        _ attributes: [(name: String, value: String)], _ reader: XMLReader
    ) throws(KnowledgeError) -> Fingerprint.Parameter {
        func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
        guard let name = value("name"), !name.isEmpty else { throw reader.problem("a <param> without a name") }
        let digits = value("pos") ?? "0"
        guard let place = Int(digits), (0...999).contains(place) else {
            throw reader.problem("pos=\"\(digits.prefix(20))\" is no group's number; write 0 for a fixed value")
        }
        return Fingerprint.Parameter(
            name: name, source: place == 0 ? .text(value("value") ?? "") : .group(place))
    }

    private static func example(
        _ attributes: [(name: String, value: String)], _ reader: inout XMLReader
    ) throws(KnowledgeError) -> Fingerprint.Example {
        let line = reader.eventLine
        var example = Fingerprint.Example(text: [], expected: [], line: line)
        var isEncoded = false
        for (name, value) in attributes {
            switch name {
            case "_encoding":
                guard value == "base64" else {
                    throw reader.problem("_encoding=\"\(value.prefix(20))\" is not known; use base64")
                }
                isEncoded = true
            case "_filename": example.file = value
            default: example.expected.append((name, value))
            }
        }
        example.text = try text(&reader)
        if isEncoded {
            guard let data = Data(base64Encoded: Data(example.text), options: .ignoreUnknownCharacters) else {
                throw KnowledgeError(file: reader.problem("").file, line: line, problem: "the example is no base64")
            }
            example.text = [UInt8](data)
        }
        return example
    }

    /// All text up to the element's end, without that of elements inside.
    private static func text(_ reader: inout XMLReader) throws(KnowledgeError) -> [UInt8] {
        var text: [UInt8] = []
        while let event = try reader.next() {
            switch event {
            case .text(let more):
                text += more
                guard text.count <= longestText else { throw reader.problem("a text is longer than 1 MiB") }
            case .start: try skipElement(&reader)
            case .end: return text
            }
        }
        return text
    }

    private static func skipElement(_ reader: inout XMLReader) throws(KnowledgeError) {
        var depth = 1
        while depth > 0, let event = try reader.next() {
            switch event {
            case .start: depth += 1
            case .end: depth -= 1
            case .text: break
            }
        }
    }
}
