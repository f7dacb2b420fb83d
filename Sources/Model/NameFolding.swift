//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Names as people type them: what is left when case, accents, punctuation and legal forms no longer matter?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// How names of makers are compared: `Dräger Medical AG & Co. KG` and `DRAGER MEDICAL` say the same.
public enum NameFolding {
    /// Longer names are cut before they are compared: the longest maker's name in IEEE's list has 90 letters.
    public static let mostScalars = 256

    /// The name as a person would write it: text in a wrong encoding put right, blanks made single, ends trimmed.
    public static func tidy(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        var isBlank = true
        for scalar in repaired(String(String.UnicodeScalarView(name.unicodeScalars.prefix(mostScalars)))).unicodeScalars
        {
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .control, .format, .lineSeparator, .paragraphSeparator:
                if !isBlank { scalars.append(" ") }
                isBlank = true
            default:
                scalars.append(scalar)
                isBlank = false
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    /// The words that count: small letters and digits, without accents, parentheses and the legal form at the end.
    public static func words(_ name: String) -> [String] {
        var found: [String] = []
        var word = ""
        var depth = 0
        func end() {
            if !word.isEmpty { found.append(word) }
            word = ""
        }
        for scalar in tidy(name).unicodeScalars {
            switch scalar {
            case "(", "[":
                end()
                depth += 1
            case ")", "]": depth = max(0, depth - 1)
            case _ where depth > 0: break
            // "B.V." is one word; so is "Children's".
            case ".", "'", "\u{2019}": break
            case "&", "+":
                end()
                found.append("and")
            default:
                if let plain = plain(scalar) { word += plain } else { end() }
            }
        }
        end()
        if found.count > 1, found[0] == "the" { found.removeFirst() }
        while found.count > 1, let last = found.last, last == "and" || legalForms.contains(last) { found.removeLast() }
        return found
    }

    /// Text that was UTF-8 and was read as Latin-1 or Windows-1252: `YhtymÃ¤` is `Yhtymä`. Other text is left alone.
    public static func repaired(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { (0xC2...0xF4).contains($0.value) }) else { return text }
        var octets: [UInt8] = []
        octets.reserveCapacity(text.unicodeScalars.count)
        for scalar in text.unicodeScalars {
            if let octet = UInt8(exactly: scalar.value) {
                octets.append(octet)
            } else if let index = windows1252.firstIndex(of: scalar.value) {
                octets.append(UInt8(0x80 + index))
            } else {
                return text
            }
        }
        return String(validating: octets, as: UTF8.self) ?? text
    }

    /// What Windows-1252 puts at 0x80 to 0x9F (Unicode consortium, CP1252.TXT); 0 where it puts nothing.
    private static let windows1252: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    /// Legal forms of companies, as they end names. `medical` or `healthcare` is none: it tells makers apart.
    private static let legalForms: Set<String> = [
        "inc", "incorporated", "corp", "corporation", "co", "company", "llc", "lp", "llp", "ltd", "limited", "plc",
        "pty",
        "pte", "pvt", "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv",
        "oy",
        "oyj", "ab", "as", "aps", "kk", "uab", "sro", "spzoo", "eurl", "asa", "ood", "ltda",
    ]

    /// A letter or digit in its plain form; empty for a combining accent, nil for what parts words.
    private static func plain(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: return String(scalar)
        case 0x41...0x5A: return String(scalar).lowercased()
        case 0x300...0x36F: return ""
        case 0x00...0x7F: return nil
        default:
            guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return nil }
            let lower = scalar.properties.lowercaseMapping
            return lower.unicodeScalars.count == 1
                ? lower.unicodeScalars.first.map { accented[$0] ?? lower } : lower
        }
    }

    /// Letters of European names without their accents.
    private static let accented: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = ["ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"]
        let families: [(String, String)] = [
            ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
            ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "òóôõöøōŏő"),
            ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
        ]
        for (letter, members) in families {
            for member in members.unicodeScalars { table[member] = letter }
        }
        return table
    }()
}
