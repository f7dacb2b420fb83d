//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The elements of a JSON array, still as text.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Cuts an array (RFC 8259) into its elements, so that each can be read by itself. What is in them is checked by whoever
/// reads them.
enum JSONArray {
    /// Nil where it is no array. A single object is an array of one. Nothing after `most` elements is looked at.
    static func elements(of bytes: [UInt8], most: Int) -> [ArraySlice<UInt8>]? {
        var rest = bytes[...]
        skipSpace(&rest)
        guard let first = rest.first else { return nil }
        if first == UInt8(ascii: "{") {
            while let last = rest.last, isSpace(last) { rest.removeLast() }
            return [rest]
        }
        guard first == UInt8(ascii: "[") else { return nil }
        rest.removeFirst()
        skipSpace(&rest)
        var elements: [ArraySlice<UInt8>] = []
        if rest.first == UInt8(ascii: "]") {
            rest.removeFirst()
            skipSpace(&rest)
            return rest.isEmpty ? [] : nil
        }
        while elements.count < most {
            guard let end = end(of: rest) else { return nil }
            var element = rest[rest.startIndex..<end]
            while let last = element.last, isSpace(last) { element.removeLast() }
            skipSpace(&element)
            guard !element.isEmpty else { return nil }
            elements.append(element)
            let mark = rest[end]
            rest = rest[(end + 1)...]
            if mark == UInt8(ascii: ",") { continue }
            skipSpace(&rest)
            return rest.isEmpty ? elements : nil
        }
        return elements
    }

    /// Index of the comma or bracket that ends the first element.
    private static func end(of bytes: ArraySlice<UInt8>) -> Int? {
        var depth = 0
        var isText = false
        var isEscaped = false
        for index in bytes.indices {
            let byte = bytes[index]
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "]") where depth == 0: return index
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where depth == 0: return index
            default: break
            }
            if depth < 0 { return nil }
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func skipSpace(_ bytes: inout ArraySlice<UInt8>) {
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
    }
}
