//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// A small JSON writer: fixed key order, fixed layout, and nothing a stranger chose can leave its string.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Writes JSON (RFC 8259) octet by octet, in the order it is told.
///
/// Two spaces a level; a container opened `inline` stays on one line. Not a general tool: whoever calls it closes what
/// was opened.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    package init() {}

    /// One entry per open container: is it inline, and does it hold something already?
    private var open: [(inline: Bool, filled: Bool)] = []

    package mutating func beginObject(inline: Bool = false) { begin("{", inline: inline) }
    package mutating func beginArray(inline: Bool = false) { begin("[", inline: inline) }
    package mutating func endObject() { end("}") }
    package mutating func endArray() { end("]") }

    /// Next key of the innermost object; a value must follow. Keys are our own words and need no escaping.
    package mutating func key(_ name: StaticString) {
        separate()
        quote(name.description)
        put(": ")
        afterKey = true
    }

    /// The same for keys that are data.
    package mutating func key(text: String) {
        separate()
        quote(text)
        put(": ")
        afterKey = true
    }

    package mutating func value(_ text: String) {
        separate()
        quote(text)
    }

    package mutating func value(_ number: some BinaryInteger) {
        separate()
        put(String(number))
    }

    /// A number that is finite; another is written as `null`, which JSON has for it.
    package mutating func value(_ number: Double) {
        separate()
        put(number.isFinite ? "\(number)" : "null")
    }

    package mutating func value(_ flag: Bool) {
        separate()
        put(flag ? "true" : "false")
    }

    /// Parts in a thousand as a number with two decimals, or three where the third is not zero.
    package mutating func value(perMille: Int) {
        separate()
        let bounded = min(max(perMille, 0), 1000)
        let digits = String(1000 + bounded % 1000).dropFirst()
        put("\(bounded / 1000).\(digits.hasSuffix("0") ? digits.dropLast() : digits)")
    }

    /// A number of thousandths, with three decimals.
    package mutating func value(thousandths: Int) {
        separate()
        put(IdentificationReport.decimal(thousandths))
    }

    /// A number of tenths, with one decimal.
    package mutating func value(tenths: Int) {
        separate()
        put("\(tenths / 10).\(abs(tenths % 10))")
    }

    /// JSON of our own that is written already.
    package mutating func value(json: StaticString) {
        separate()
        put(json.description)
    }

    /// An array of texts on one line.
    package mutating func value(_ list: [String]) {
        beginArray(inline: true)
        for text in list { value(text) }
        endArray()
    }

    // MARK: Members

    /// A key with its value; an optional value that is nil writes nothing.
    package mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        key(name)
        value(text)
    }

    package mutating func member<Number: BinaryInteger>(_ name: StaticString, _ number: Number?) {
        guard let number else { return }
        key(name)
        value(number)
    }

    package mutating func member(_ name: StaticString, _ flag: Bool?) {
        guard let flag else { return }
        key(name)
        value(flag)
    }

    package mutating func member(_ name: StaticString, _ list: [String]) {
        key(name)
        value(list)
    }

    package mutating func newLine() { bytes.append(0x0A) }

    /// Hands over what was written so far and begins anew with an empty buffer.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    // MARK: Layout

    private var afterKey = false

    private mutating func begin(_ bracket: StaticString, inline: Bool) {
        separate()
        put(bracket.description)
        open.append((inline || (open.last?.inline ?? false), false))
    }

    private mutating func end(_ bracket: StaticString) {
        let (inline, filled) = open.removeLast()
        if filled && !inline { indent() }
        put(bracket.description)
    }

    private mutating func separate() {
        if afterKey {
            afterKey = false
            return
        }
        guard let (inline, filled) = open.last else { return }
        if filled { put(inline ? ", " : ",") }
        open[open.count - 1].filled = true
        if !inline { indent() }
    }

    private mutating func indent() {
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * open.count))
    }

    private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// A string with everything escaped that could be mistaken for JSON, move a cursor or hide: see `isHostile`.
    private mutating func quote(_ text: String) {
        bytes.append(0x22)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": put("\\\"")
            case "\\": put("\\\\")
            case "\n": put("\\n")
            case "\r": put("\\r")
            case "\t": put("\\t")
            default:
                if scalar.isHostile {
                    for unit in UTF16.encode(scalar) ?? .init() { escape(unit) }
                } else {
                    bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
                }
            }
        }
        bytes.append(0x22)
    }

    private mutating func escape(_ unit: UInt16) {
        let digits = String(unit, radix: 16)
        put("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    }
}
