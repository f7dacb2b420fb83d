//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Placeholders: what stands where a maker should have written a number.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Texts that say that nobody wrote anything: they are no serial number, no firmware and no model.
enum Placeholder {
    private static let words: Set<String> = [
        "na", "none", "null", "nil", "unknown", "undefined", "notavailable", "notapplicable", "notspecified", "notset",
        "notpresent", "default", "defaultstring", "defaultvalue", "tobefilledbyoem", "systemserialnumber",
        "serialnumber",
        "serial", "sn", "firmware", "version", "model", "empty", "invalid", "xxx", "tbd", "0123456789", "123456789",
        "1234567890",
    ]

    /// Whether letters and digits of a text are such a word, nothing, or one character over and over (`0`, `0000`,
    /// `xxxx`, `----`).
    static func isOne(_ text: String) -> Bool {
        let plain = text.lowercased().filter { $0.isLetter || $0.isNumber }
        guard let first = plain.first else { return true }
        if words.contains(plain) { return true }
        // A single letter or digit other than 0 may be a version.
        return plain.allSatisfy { $0 == first } && (plain.count > 2 || first == "0")
    }
}

extension Attribute {
    /// Numbers and names that the maker writes into the device.
    var isWrittenByMaker: Bool { self == .serial || self == .firmware || self == .model }
}
