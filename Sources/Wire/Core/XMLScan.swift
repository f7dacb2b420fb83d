//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// XML, as little of it as discovery needs: which elements are there, and what stands in them?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Walks through an XML document that is borrowed, step by step, allocating nothing.
///
/// It reads well-formed documents rightly and broken ones as far as they go. It never fetches anything: document type
/// declarations, processing instructions and comments are stepped over, entities of one's own are left as they stand.
/// Element names are given without their prefix, because prefixes vary from maker to maker.
///
///     var scan = XMLScan(body)
///     while let step = scan.next() {
///         if step == .text, scan.name.equals("modelName") { facts.add(.upnpModelName, xml: scan.text) }
///     }
public struct XMLScan: ~Escapable {
    public enum Step: Hashable, Sendable {
        /// An element begins: `name`, `attributes` and `depth` tell of it.
        case start
        /// Text in the innermost element; `name` is that element's, if nothing but text came before.
        case text
        /// An element ends. Comes for empty elements too.
        case end
    }

    /// Documents nested deeper are left where they get too deep: SOAP with SDC needs 8 levels, UPnP 7.
    public static let maximumDepth = 64
    /// One document takes no more steps than this: 64 KiB of `<a/>` has 32,768.
    public static let maximumSteps = 65_536

    private let bytes: Span<UInt8>
    private var offset = 0
    private var steps = 0
    private var isEmptyElement = false
    private var names = 0..<0
    private var texts = 0..<0
    private var attributeRange = 0..<0
    /// How many elements are open; 1 within the outermost.
    public private(set) var depth = 0
    /// Whether the document was left because it is nested too deep.
    public private(set) var isTooDeep = false

    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
    }

    /// The element that began or ended last, without prefix.
    public var name: Span<UInt8> {
        @_lifetime(copy self) get { bytes.extracting(names) }
    }

    /// The text at hand as it stands, with its character references (`Facts.add(_:xml:)` resolves them).
    public var text: Span<UInt8> {
        @_lifetime(copy self) get { bytes.extracting(texts) }
    }

    /// All attributes of the element that began last, as they stand.
    public var attributes: Span<UInt8> {
        @_lifetime(copy self) get { bytes.extracting(attributeRange) }
    }

    /// Goes one step further; nil at the end, where the document is cut off, or where it gets too deep.
    public mutating func next() -> Step? {
        if isEmptyElement {
            isEmptyElement = false
            depth = max(depth - 1, 0)
            return .end
        }
        while offset < bytes.count, steps < Self.maximumSteps {
            steps += 1
            if bytes[offset] != UInt8(ascii: "<") {
                guard let end = bytes.firstIndex(of: UInt8(ascii: "<"), from: offset) else { break }
                texts = offset..<end
                offset = end
                if !text.trimmed().isEmpty, depth > 0 { return .text }
            } else if bytes.matches("<!--", at: offset) {
                guard step(over: "-->", from: offset + 4) else { break }
            } else if bytes.matches("<![CDATA[", at: offset) {
                let start = offset + 9
                guard step(over: "]]>", from: start) else { break }
                texts = start..<offset - 3
                if !texts.isEmpty, depth > 0 { return .text }
            } else if bytes.at(offset + 1) == UInt8(ascii: "?") {
                guard step(over: "?>", from: offset + 2) else { break }
            } else if bytes.at(offset + 1) == UInt8(ascii: "!") {
                guard step(over: ">", from: offset + 2) else { break }
            } else {
                return tag()
            }
        }
        offset = bytes.count
        return nil
    }

    private mutating func step(over text: String, from start: Int) -> Bool {
        guard let end = bytes.firstIndex(of: text, from: start) else { return false }
        offset = end + text.utf8.count
        return true
    }

    /// Reads the tag that begins here; nil where it is cut off.
    private mutating func tag() -> Step? {
        let closing = bytes.at(offset + 1) == UInt8(ascii: "/")
        let nameStart = offset + (closing ? 2 : 1)
        var end = nameStart
        var quote: UInt8 = 0
        // A `>` within quotes does not end the tag.
        while end < bytes.count {
            let byte = bytes[end]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
            end += 1
        }
        guard end < bytes.count else {
            offset = bytes.count
            return nil
        }
        offset = end + 1
        nameTag(nameStart..<max(nameStart, end))
        if closing {
            depth = max(depth - 1, 0)
            return .end
        }
        guard depth < Self.maximumDepth else {
            isTooDeep = true
            offset = bytes.count
            return nil
        }
        depth += 1
        isEmptyElement = end > nameStart && bytes[end - 1] == UInt8(ascii: "/")
        return .start
    }

    /// Finds the local name and the attributes in what stands between `<` and `>`.
    private mutating func nameTag(_ range: Range<Int>) {
        var nameEnd = range.lowerBound
        var local = range.lowerBound
        while nameEnd < range.upperBound, !isBlank(bytes[nameEnd]), bytes[nameEnd] != UInt8(ascii: "/") {
            if bytes[nameEnd] == UInt8(ascii: ":") { local = nameEnd + 1 }
            nameEnd += 1
        }
        names = local..<max(local, nameEnd)
        attributeRange = nameEnd..<range.upperBound
    }

    /// The value of one attribute of the element that began last, named as it stands; empty when it has none.
    @_lifetime(copy self)
    public func attribute(_ wanted: String) -> Span<UInt8> {
        var at = attributeRange.lowerBound
        let end = attributeRange.upperBound
        while at < end {
            while at < end, isBlank(bytes[at]) { at += 1 }
            let nameStart = at
            while at < end, bytes[at] != UInt8(ascii: "=") { at += 1 }
            let nameRange = nameStart..<at
            while at < end, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "'") { at += 1 }
            guard at < end else { break }
            let quote = bytes[at]
            let start = at + 1
            guard let close = bytes.firstIndex(of: quote, from: start), close < end else { break }
            at = close + 1
            if bytes.extracting(nameRange).trimmed().equals(wanted) { return bytes.extracting(start..<close) }
        }
        return bytes.extracting(0..<0)
    }
}

extension Span where Element == UInt8 {
    /// Whether it is these octets and no more.
    @inline(__always)
    public func equals(_ text: String) -> Bool { count == text.utf8.count && matches(text, at: 0) }

    /// Whether it is these octets and no more, ASCII letters being equal in either case.
    @inline(__always)
    public func equalsIgnoringCase(_ text: String) -> Bool {
        count == text.utf8.count && matchesIgnoringCase(text, at: 0)
    }
}

extension Facts {
    /// Adds text of an XML document, with its character references resolved (XML 1.0, 4.1 and 4.6).
    public mutating func add(_ field: Field, xml text: Span<UInt8>) {
        open(field)
        put(xml: text.trimmed())
        close()
    }

    /// Puts text of an XML document, with `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;`, `&#n;` and `&#xn;` resolved.
    public mutating func put(xml text: Span<UInt8>) {
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte == UInt8(ascii: "&"), let length = put(reference: text.from(at).upTo(10)) {
                at += length
            } else {
                put(byte)
                at += 1
            }
        }
    }

    /// Puts the character that a reference at the start names, and says how long the reference is; nil if it is none.
    private mutating func put(reference text: Span<UInt8>) -> Int? {
        guard let end = text.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        if text.starts(with: "&amp;") {
            put(UInt8(ascii: "&"))
        } else if text.starts(with: "&lt;") {
            put(UInt8(ascii: "<"))
        } else if text.starts(with: "&gt;") {
            put(UInt8(ascii: ">"))
        } else if text.starts(with: "&quot;") {
            put(UInt8(ascii: "\""))
        } else if text.starts(with: "&apos;") {
            put(UInt8(ascii: "'"))
        } else if text.at(1) == UInt8(ascii: "#") {
            let isHexadecimal = text.at(2) == UInt8(ascii: "x")
            var value: UInt32 = 0
            // At most eight digits fit between `&#` and the tenth octet, so this cannot overflow.
            for index in (isHexadecimal ? 3 : 2)..<max(end, isHexadecimal ? 3 : 2) {
                guard let digit = hexadecimalDigit(text[index]), isHexadecimal || digit < 10 else { return nil }
                value = value &* (isHexadecimal ? 16 : 10) &+ UInt32(digit)
            }
            guard value > 0, let scalar = Unicode.Scalar(value) else { return nil }
            for byte in UTF8.encode(scalar) ?? .init() { put(byte) }
        } else {
            return nil
        }
        return end + 1
    }
}
