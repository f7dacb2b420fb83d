//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// Words: what of two spellings is compared?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Small letters and digits of texts that people typed.
enum Words {
    /// What is longer is no name, number or place; it is cut before it is compared.
    static let longest = 256

    /// Small letters and digits in a row, without what stands between them.
    static func plain(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(min(text.utf8.count, longest))
            for byte in text.utf8.prefix(longest) { if let kept = small(byte) { bytes.append(kept) } }
            return String(decoding: bytes, as: UTF8.self)
        }
        return String(text.lowercased().prefix(longest).filter { $0.isLetter || $0.isNumber })
    }

    /// The words of a text, each as small letters and digits; at most 32.
    static func split(_ text: String) -> [String] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            var words: [String] = []
            var word: [UInt8] = []
            for byte in text.utf8.prefix(longest) {
                if let kept = small(byte) {
                    word.append(kept)
                } else if !word.isEmpty {
                    words.append(String(decoding: word, as: UTF8.self))
                    word.removeAll(keepingCapacity: true)
                    if words.count == mostWords { return words }
                }
            }
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            return words
        }
        return text.lowercased().prefix(longest).split { !($0.isLetter || $0.isNumber) }.prefix(mostWords)
            .map(String.init)
    }

    private static let mostWords = 32

    private static func small(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: nil
        }
    }

    static func hasDigit(_ text: String) -> Bool {
        text.utf8.contains { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    static func isDigits(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    /// What people write where they have nothing to write.
    private static let nothings: Set<String> = [
        "na", "none", "null", "nil", "no", "unknown", "unk", "undefined", "notavailable", "notapplicable", "notknown",
        "notspecified", "notset", "notpresent", "notvisible", "notlegible", "illegible", "default", "defaultstring",
        "tobefilledbyoem", "systemserialnumber", "serialnumber", "serial", "sn", "empty", "invalid", "xxx", "tbd",
        "tba",
        "pending", "missing", "various", "multiple", "seelabel", "asset", "tag", "unbekannt", "keine", "ohne", "kein",
        "inconnu", "sans", "aucun", "desconocido", "ninguno", "1234", "12345", "123456", "1234567", "12345678",
        "0123456789", "123456789", "1234567890",
    ]

    /// Whether plain letters and digits say nothing: such a word, or one character over and over.
    static func isNothing(_ plain: String) -> Bool {
        guard let first = plain.utf8.first else { return true }
        return nothings.contains(plain) || plain.utf8.allSatisfy { $0 == first }
    }
}
