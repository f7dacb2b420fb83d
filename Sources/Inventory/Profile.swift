//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Profiles: what was learnt of one kind of device, and what a person calls it.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// What devices of one label said and did, in how many captures each. Holds no address and no capture.
public struct Profile: Hashable, Sendable {
    public let label: String
    /// `vendor`, `model` and `type` as the teacher gave them.
    public private(set) var attributes: [Attribute: String] = [:]
    public private(set) var captures = 0
    /// In how many captures each token was seen: 1 to `captures`.
    public private(set) var counts: [ProfileToken: Int] = [:]

    /// Attributes that a teacher may name.
    public static let teachable: [Attribute] = [.vendor, .model, .type]
    /// A capture of a busy device has some 150; beyond this the rarest are dropped.
    public static let tokensAtMost = 2_048
    public static let capturesAtMost = 1_000_000
    /// Octets of a label, vendor, model or type.
    public static let wordsAtMost = 96

    /// - Returns: Nil where the label cannot be one, see `problem(with:)`.
    public init?(label: String) {
        guard Self.problem(with: label) == nil else { return nil }
        self.label = label
    }

    /// Why a text cannot be a label or an attribute's value; nil where it can.
    public static func problem(with text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.utf8.count > wordsAtMost { return "is longer than \(wordsAtMost) octets" }
        if text.first == " " || text.last == " " { return "begins or ends with a space" }
        if text.unicodeScalars.contains(where: { $0.isHidden }) { return "holds a character that cannot be seen" }
        if text.contains(" or ") { return "holds ` or `, which stands between the names of an undecided answer" }
        return nil
    }

    /// Puts down what the teacher says; what is nil stays as it is.
    public mutating func name(_ attribute: Attribute, _ value: String?) {
        guard let value, Self.teachable.contains(attribute), Self.problem(with: value) == nil else { return }
        attributes[attribute] = value
    }

    /// Adds one capture of the device.
    public mutating func learn(_ tokens: some Sequence<ProfileToken>) {
        guard captures < Self.capturesAtMost else { return }
        captures += 1
        for token in Set(tokens) { counts[token, default: 0] += 1 }
        guard counts.count > Self.tokensAtMost else { return }
        let kept = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        counts = Dictionary(kept.prefix(Self.tokensAtMost).map { ($0.key, $0.value) }) { first, _ in first }
    }

    /// For the parser: a count read from a file.
    mutating func set(_ token: ProfileToken, _ count: Int) { counts[token] = count }
    mutating func set(captures count: Int) { captures = count }
}

extension Profile {
    /// The file: see `docs/identification.md`. The same profile gives the same text.
    public var text: String {
        var lines = [
            "# A profile of Wardlight: what devices with this label said and did, and in how many captures.",
            "# Written by `wardlight learn`; made to be read, corrected and shared. `#` in a value stands for what",
            "# named one device (addresses, serial numbers). Look through the names before you share it.",
            "", "label     \(label)",
        ]
        for attribute in Self.teachable {
            guard let value = attributes[attribute] else { continue }
            lines.append("\(attribute.rawValue.padded(to: 9)) \(value)")
        }
        lines += ["captures  \(captures)", ""]
        let width = counts.keys.map(\.kind.utf8.count).max() ?? 0
        for (token, count) in counts.sorted(by: { $0.key < $1.key }) {
            let number = String(repeating: " ", count: max(0, 4 - "\(count)".utf8.count)) + "\(count)"
            lines.append("token \(number)  \(token.kind.padded(to: min(width, 28)))  \(token.value)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A file's name for the label: letters, digits and a few marks; the rest becomes `-`.
    public var fileName: String {
        var name = ""
        for scalar in label.unicodeScalars {
            let isPlain = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            let isMark = ["-", "_", ".", " ", "+"].contains(scalar)
            name.unicodeScalars.append(isPlain || isMark ? scalar : "-")
        }
        while name.hasPrefix(".") || name.hasPrefix("-") { name.removeFirst() }
        return (name.isEmpty ? "label" : name) + ".profile"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - utf8.count))
    }
}

extension Unicode.Scalar {
    /// Control, format and separator characters, and what is not assigned: a reviewer could not see them.
    var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
