//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CPE (NISTIR 7695): names of platforms, taken apart.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// `cpe:2.3:o:bbraun:spacecom2:*:…`, or the older `cpe:/o:bbraun:spacecom2`, in words.
struct PlatformName: Hashable, Sendable {
    /// `a` application, `o` system or firmware, `h` hardware.
    var part: String
    /// Blanks for underscores, without the backslashes: `becton dickinson`.
    var vendor: String
    var product: String
    /// With the update behind it: `4.20 sr1`; nil where any will do, `-` where versions do not apply.
    var version: String?
    /// What narrows it further: `target_sw: windows`.
    var narrowedBy: [String] = []

    /// Names of the parts after the update.
    private static let further = ["edition", "language", "sw_edition", "target_sw", "target_hw", "other"]

    /// Nil for what is no CPE, or names neither maker nor product.
    init?(_ text: String) {
        guard text.utf8.count <= AdvisoryLimits.name else { return nil }
        let parts: [String]
        if text.hasPrefix("cpe:2.3:") {
            parts = Self.split(text.utf8.dropFirst(8))
        } else if text.hasPrefix("cpe:/") {
            parts = text.dropFirst(5).split(separator: ":", omittingEmptySubsequences: false).map(Self.decoded)
        } else {
            return nil
        }
        guard parts.count >= 3, parts.count <= 11, ["a", "o", "h", "*", "-"].contains(parts[0]) else { return nil }
        func value(_ index: Int) -> String? {
            guard parts.indices.contains(index), !parts[index].isEmpty, parts[index] != "*" else { return nil }
            return parts[index]
        }
        guard let vendor = value(1), let product = value(2), vendor != "-", product != "-" else { return nil }
        part = parts[0]
        self.vendor = Self.words(vendor)
        self.product = Self.words(product)
        version = value(3).map(Self.words)
        if let update = value(4), update != "-", let version, version != "-" {
            self.version = version + " " + Self.words(update)
        }
        for (index, name) in Self.further.enumerated() {
            if let value = value(5 + index), value != "-" { narrowedBy.append("\(name): \(Self.words(value))") }
        }
    }

    private static func words(_ text: String) -> String { String(text.map { $0 == "_" ? " " : $0 }) }

    /// At colons that have no backslash before them; the backslashes go.
    private static func split(_ text: Substring.UTF8View.SubSequence) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        var isEscaped = false
        for byte in text {
            if isEscaped {
                part.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: ":") {
                parts.append(String(decoding: part, as: UTF8.self))
                part = []
            } else {
                part.append(byte)
            }
        }
        return parts + [String(decoding: part, as: UTF8.self)]
    }

    /// Without `%2f` and the like.
    private static func decoded(_ text: Substring) -> String {
        var octets: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let high = hexadecimalDigit(rest[rest.startIndex]),
                let low = hexadecimalDigit(rest[rest.startIndex + 1])
            {
                octets.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                octets.append(byte)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
