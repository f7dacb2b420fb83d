//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Kinds: what cannot be one and the same thing?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Families of things for the question whether two words about a device can both be true; read from `Knowledge/`.
///
/// `kind "camera" type "network camera"` puts a type into a family, `clash "camera" "handheld"` says that nothing is
/// both, `runs "handheld" "Android"` which systems such a thing has, `kin "Alaris" "CareFusion"` which makers are one.
struct KindTable: Sendable {
    private var kinds: [Attribute: [String: String]] = [:]
    private var clashing: [String: Set<String>] = [:]
    private var systems: [String: [String]] = [:]
    private var kinOf: [String: String] = [:]
    /// In alphabetical order.
    private(set) var all: [String] = []

    mutating func add(_ kind: String, _ attribute: Attribute, _ value: String) {
        note(kind)
        kinds[attribute, default: [:]][value.lowercased()] = kind
    }

    mutating func clash(_ kind: String, _ other: String) {
        clashing[kind, default: []].insert(other)
        clashing[other, default: []].insert(kind)
    }

    mutating func runs(_ kind: String, _ system: String) { systems[kind, default: []].append(system.lowercased()) }

    mutating func kin(_ makers: [String]) {
        guard let first = makers.first?.lowercased() else { return }
        for maker in makers { kinOf[maker.lowercased()] = first }
    }

    mutating func note(_ kind: String) {
        guard !all.contains(kind) else { return }
        all.append(kind)
        all.sort()
    }

    /// The kind of a type or maker; of a system also where a version follows its name.
    func kind(_ attribute: Attribute, _ value: String) -> String? {
        guard let table = kinds[attribute] else { return nil }
        let key = value.lowercased()
        if let known = table[key] { return known }
        guard attribute == .os, let blank = key.firstIndex(of: " ") else { return nil }
        return table[String(key[..<blank])]
    }

    /// Kinds of which a type fulfils the question.
    func kinds(where isSo: (String) -> Bool) -> Set<String> {
        Set((kinds[.type] ?? [:]).filter { isSo($0.key) }.values)
    }

    func areClashing(_ one: String, _ other: String) -> Bool { clashing[one]?.contains(other) == true }

    /// Whether a thing of the kind may have the system; `Linux` stands for `Linux 4.1`, too.
    func runs(_ kind: String, system: String) -> Bool {
        let system = system.lowercased()
        return systems[kind]?.contains { system == $0 || system.hasPrefix($0 + " ") } == true
    }

    /// Whether two names of makers stand for one house: `Philips` and `Philips Respironics`, `Alaris` and `CareFusion`.
    func areOne(_ maker: String, _ other: String) -> Bool {
        let (one, two) = (maker.lowercased(), other.lowercased())
        return one == two || one.hasPrefix(two + " ") || two.hasPrefix(one + " ")
            || kinOf[one] != nil && kinOf[one] == kinOf[two]
    }
}
