//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Values: each text kept once, with what the rules say of it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import HashTreeCollections
import Model

/// Texts of all devices, each kept once with its number of uses and the rules that it met.
///
/// The rules are asked once a value, when it enters; a device that says what others said before costs two look-ups.
struct ValuePool: Sendable {
    private struct Key: Hashable {
        let signal: Signal
        let text: String
    }

    struct Value: Sendable {
        var text: String
        var signal: Signal
        var uses: UInt32
        var matches: [RuleMatch]
    }

    private(set) var values = Blocks<Value>()
    private var index: TreeDictionary<Key, UInt32> = [:]
    private(set) var free: [UInt32] = []
    /// Octets in use, with 160 a value for the tables around it.
    private(set) var bytes = 0

    private static let overhead = 160

    init() {}

    /// The same pool again; what can be told from its values is made anew.
    init(values: [Value], free: [UInt32]) {
        self.values = Blocks(values)
        self.free = free
        for (place, value) in values.enumerated() where value.uses > 0 {
            index[Key(signal: value.signal, text: value.text)] = UInt32(place)
            bytes += value.text.utf8.count + Self.overhead
        }
    }

    func find(_ signal: Signal, _ text: String) -> UInt32? {
        index[Key(signal: signal, text: text)]
    }

    subscript(id: UInt32) -> Value { values[Int(id)] }

    /// Takes one use of a value and gives its number.
    mutating func take(_ signal: Signal, _ text: String, _ knowledge: KnowledgeBase) -> UInt32 {
        let key = Key(signal: signal, text: text)
        if let id = index[key] {
            values[Int(id)].uses += 1
            return id
        }
        let value = Value(text: text, signal: signal, uses: 1, matches: knowledge.matches(signal, text))
        bytes += text.utf8.count + Self.overhead
        let id: UInt32
        if let last = free.popLast() {
            id = last
            values[Int(id)] = value
        } else {
            id = UInt32(values.count)
            values.append(value)
        }
        index[key] = id
        return id
    }

    /// Gives one use back; the last one frees the text.
    mutating func release(_ id: UInt32) {
        let at = Int(id)
        if values[at].uses > 1 {
            values[at].uses -= 1
            return
        }
        let value = values[at]
        index[Key(signal: value.signal, text: value.text)] = nil
        bytes -= value.text.utf8.count + Self.overhead
        values[at] = Value(text: "", signal: value.signal, uses: 0, matches: [])
        free.append(id)
    }
}
