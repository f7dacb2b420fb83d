//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// XML: elements, attributes and texts of a file, one after the other, with their lines.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory

/// Reads the part of XML 1.0 that data files use. Document types are refused, and with them entities of one's own: no
/// file can grow while it is read.
struct XMLReader {
    enum Event {
        case start(String, [(name: String, value: String)])
        case end(String)
        case text([UInt8])
    }

    private let bytes: [UInt8]
    private let file: String
    private var at = 0
    private var open: [String] = []
    private var isEmptyElement = false
    private var hasRoot = false
    /// Line of the next octet, from 1.
    private(set) var line = 1
    /// Line where the last event began.
    private(set) var eventLine = 1

    private static let deepest = 32
    private static let mostAttributes = 64
    private static let longestName = 128

    init(_ bytes: [UInt8], file: String) throws(KnowledgeError) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
            throw problem("it is written in UTF-16; save it as UTF-8")
        }
    }

    /// The next piece; nil at the end of the document.
    mutating func next() throws(KnowledgeError) -> Event? {
        if isEmptyElement {
            isEmptyElement = false
            return .end(open.removeLast())
        }
        while at < bytes.count {
            eventLine = line
            guard bytes[at] == UInt8(ascii: "<") else {
                let text = try texts()
                if !open.isEmpty { return .text(text) }
                guard text.allSatisfy({ $0 <= 0x20 }) else { throw problem("there is text outside of the document") }
                continue
            }
            if skip("<!--") {
                guard passOver("-->") != nil else { throw problem("a comment has no end") }
            } else if skip("<![CDATA[") {
                guard !open.isEmpty, let range = passOver("]]>") else { throw problem("a CDATA section has no end") }
                return .text(Self.withoutReturns(bytes[range]))
            } else if skip("<?") {
                guard let range = passOver("?>") else { throw problem("a processing instruction has no end") }
                try checkEncoding(bytes[range])
            } else if skip("<!") {
                throw problem("document types and entities are not read; take the <! line away")
            } else if skip("</") {
                let name = try self.name()
                passBlanks()
                guard skip(">") else { throw problem("</\(name) has no >") }
                guard open.popLast() == name else { throw problem("</\(name)> ends what did not begin") }
                return .end(name)
            } else {
                at += 1
                return try element()
            }
        }
        guard open.isEmpty else { throw problem("<\(open.last ?? "")> is not ended") }
        guard hasRoot else { throw problem("it is no XML document") }
        return nil
    }

    private mutating func element() throws(KnowledgeError) -> Event {
        guard !(open.isEmpty && hasRoot) else { throw problem("a document has one root") }
        hasRoot = true
        let name = try self.name()
        var attributes: [(name: String, value: String)] = []
        while true {
            let before = at
            passBlanks()
            guard at < bytes.count else { throw problem("<\(name) has no >") }
            if skip("/>") {
                isEmptyElement = true
                break
            }
            if skip(">") { break }
            guard at > before else { throw problem("a blank is missing in <\(name)>") }
            let key = try self.name()
            passBlanks()
            guard skip("=") else { throw problem("\(key) has no value") }
            passBlanks()
            let value = try attributeValue()
            guard attributes.count < Self.mostAttributes else { throw problem("<\(name)> has too many attributes") }
            guard !attributes.contains(where: { $0.name == key }) else { throw problem("\(key) is given twice") }
            attributes.append((key, value))
        }
        guard open.count < Self.deepest else { throw problem("elements are nested too deep") }
        open.append(name)
        return .start(name, attributes)
    }

    private mutating func attributeValue() throws(KnowledgeError) -> String {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
            throw problem("a value stands in quotation marks")
        }
        let quote = bytes[at]
        at += 1
        var value: [UInt8] = []
        while at < bytes.count, bytes[at] != quote {
            switch bytes[at] {
            case UInt8(ascii: "&"): try entity(into: &value)
            case UInt8(ascii: "<"): throw problem("< in a value is written &lt;")
            case 0x0A:
                line += 1
                value.append(0x20)
                at += 1
            case 0x09, 0x0D:
                // A line's CR LF is one blank (XML 1.0, 2.11 and 3.3.3).
                if !(bytes[at] == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A) { value.append(0x20) }
                at += 1
            default:
                value.append(bytes[at])
                at += 1
            }
        }
        guard at < bytes.count else { throw problem("a value has no end") }
        at += 1
        return String(decoding: value, as: UTF8.self)
    }

    private mutating func texts() throws(KnowledgeError) -> [UInt8] {
        var text: [UInt8] = []
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") {
            switch bytes[at] {
            case UInt8(ascii: "&"): try entity(into: &text)
            case 0x0D:
                if !(at + 1 < bytes.count && bytes[at + 1] == 0x0A) { text.append(0x0A) }
                at += 1
            default:
                if bytes[at] == 0x0A { line += 1 }
                text.append(bytes[at])
                at += 1
            }
        }
        return text
    }

    private static let entities: [String: UInt8] = ["lt": 0x3C, "gt": 0x3E, "amp": 0x26, "quot": 0x22, "apos": 0x27]

    private mutating func entity(into text: inout [UInt8]) throws(KnowledgeError) {
        guard let end = bytes[at...].prefix(16).firstIndex(of: UInt8(ascii: ";")) else {
            throw problem("& is written &amp;")
        }
        let name = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
        at = end + 1
        if let known = Self.entities[name] {
            text.append(known)
        } else if name.hasPrefix("#"),
            let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst()),
            number > 0, let scalar = Unicode.Scalar(number)
        {
            text += Array(String(Character(scalar)).utf8)
        } else {
            throw problem("&\(name); is not known: only lt, gt, amp, quot, apos and numbers are")
        }
    }

    private mutating func name() throws(KnowledgeError) -> String {
        let start = at
        while at < bytes.count, Self.isName(bytes[at]) { at += 1 }
        guard at > start, at - start <= Self.longestName else { throw problem("a name is missing or too long") }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F, 0x80...: true
        default: false
        }
    }

    private mutating func passBlanks() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0A || bytes[at] == 0x0D {
            if bytes[at] == 0x0A { line += 1 }
            at += 1
        }
    }

    private mutating func skip(_ mark: StaticString) -> Bool {
        let mark = Array(mark.description.utf8)
        guard at + mark.count <= bytes.count, bytes[at..<(at + mark.count)].elementsEqual(mark) else { return false }
        at += mark.count
        return true
    }

    /// Goes behind the next mark; what stood before it, nil where there is none.
    private mutating func passOver(_ mark: StaticString) -> Range<Int>? {
        let mark = Array(mark.description.utf8)
        let start = at
        while at + mark.count <= bytes.count {
            if bytes[at] == mark[0], bytes[at..<(at + mark.count)].elementsEqual(mark) {
                let end = at
                at += mark.count
                return start..<end
            }
            if bytes[at] == 0x0A { line += 1 }
            at += 1
        }
        return nil
    }

    private static func withoutReturns(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for place in text.indices {
            if text[place] != 0x0D {
                result.append(text[place])
            } else if place + 1 == text.endIndex || text[place + 1] != 0x0A {
                result.append(0x0A)
            }
        }
        return result
    }

    private func checkEncoding(_ declaration: ArraySlice<UInt8>) throws(KnowledgeError) {
        let text = String(decoding: declaration, as: UTF8.self).lowercased()
        guard text.hasPrefix("xml "), let place = text.range(of: "encoding=") else { return }
        let name = text[place.upperBound...].dropFirst().prefix { $0 != "\"" && $0 != "'" }
        guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(String(name)) else {
            throw problem("it is written in \(name.prefix(20)); save it as UTF-8")
        }
    }

    func problem(_ text: String) -> KnowledgeError { KnowledgeError(file: file, line: eventLine, problem: text) }
}
