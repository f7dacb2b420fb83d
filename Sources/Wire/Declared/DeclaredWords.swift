//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Words of declared lists as they are compared, and those that say nothing.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// Words of cells as they are compared.
enum DeclaredWords {
    /// Small letters without accents, and digits; nothing else. `ß` is `ss`, `°` and `º` are nothing.
    static func plain(_ text: some StringProtocol) -> String {
        var result: [UInt8] = []
        for scalar in text.unicodeScalars.prefix(256) {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: result.append(UInt8(scalar.value))
            case 0x41...0x5A: result.append(UInt8(scalar.value) | 0x20)
            case ..<0xC0: continue
            case 0xC0...0xFF:
                let small = scalar.value | 0x20
                if scalar.value == 0xDF {
                    result += Array("ss".utf8)
                } else if let bare = bare[small] {
                    result += Array(bare.utf8)
                }
            default:
                let properties = scalar.properties
                // A combining accent belongs to the letter before it.
                guard properties.isAlphabetic || properties.numericType != nil else { continue }
                result += Array(properties.lowercaseMapping.utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let bare: [UInt32: String] = [
        0xE0: "a", 0xE1: "a", 0xE2: "a", 0xE3: "a", 0xE4: "a", 0xE5: "a", 0xE6: "ae", 0xE7: "c", 0xE8: "e", 0xE9: "e",
        0xEA: "e", 0xEB: "e", 0xEC: "i", 0xED: "i", 0xEE: "i", 0xEF: "i", 0xF0: "d", 0xF1: "n", 0xF2: "o", 0xF3: "o",
        0xF4: "o", 0xF5: "o", 0xF6: "o", 0xF8: "o", 0xF9: "u", 0xFA: "u", 0xFB: "u", 0xFC: "u", 0xFD: "y", 0xFE: "th",
        0xFF: "y",
    ]

    /// The words of a text, each plain; at most 32.
    static func split(_ text: some StringProtocol) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.prefix(32).map { plain($0) }
    }

    // MARK: Nothing

    /// Nothing, where somebody wrote that there is nothing.
    ///
    /// - Parameter isNumber: Whether a number, an address or a tag is asked for: `k. A.` and `0` are none.
    static func something(_ text: String, isNumber: Bool = false) -> String? {
        let plain = plain(text)
        // Dashes of all kinds, question marks, dots.
        if plain.isEmpty { return nil }
        if isNothing(plain), text.utf8.allSatisfy({ $0 < 0x80 }) || plain.utf8.count > 3 { return nil }
        return isNumber && isNoNumber(plain) ? nil : text
    }

    /// What people write where they have nothing to write.
    static func isNothing(_ plain: String) -> Bool { nothings.contains(plain) }

    private static let nothings: Set<String> = [
        "", "na", "none", "null", "nil", "unknown", "unk", "tbd", "tba", "notavailable", "notapplicable", "notknown",
        "notset", "notassigned", "blank", "keine", "kein", "keineangabe", "unbekannt", "ohne", "inconnu", "sansobjet",
        "aucun", "desconocido", "ninguno", "sindatos", "nan", "undefined", "novalue", "empty", "notspecified",
        "notrecorded", "notentered", "notprovided", "tobedetermined", "tobeconfirmed", "tbc", "keineangaben",
        "nichtbekannt", "nichtvorhanden", "nichtzutreffend", "entfallt", "leer", "inconnue", "aucune", "neant",
        "nonrenseigne", "nonconnu", "nonapplicable", "nondisponible", "desconocida", "ninguna", "noaplica",
        "nodisponible", "noconsta", "pordefinir",
    ]

    /// Short forms that say nothing where a number is asked for, and would be a building or a word elsewhere.
    private static func isNoNumber(_ plain: String) -> Bool {
        noNumbers.contains(plain) || plain.utf8.allSatisfy { $0 == 0x30 } || plain.utf8.allSatisfy { $0 == 0x78 }
    }

    private static let noNumbers: Set<String> = [
        "ka", "nd", "nc", "no", "ns", "nv", "sd", "sn", "so", "ss", "nein", "non", "sinnumero", "sinserie",
        "sansnumero",
        "sansserie", "ohnenummer", "ohnesn", "noserial", "noserialnumber", "noserialno", "nosn", "nonumber", "notag",
        "noasset", "noassettag", "nomac", "seelabel", "notlegible", "illegible", "unreadable", "notreadable",
        "unleserlich", "nichtlesbar", "illisible", "ilegible", "missing", "pending", "various", "multiple", "diverse",
        "divers", "varios",
    ]

    /// `#REF!`, `#NAME?`, `#DIV/0!`: a formula that failed before the list was exported.
    static func isFormulaError(_ text: String) -> Bool {
        guard text.hasPrefix("#"), let last = text.last, last == "!" || last == "?" else { return false }
        return text.utf8.count <= 16 && !text.contains(" ")
    }

    // MARK: Totals

    /// Whether a row's first cell is that of a line of totals, or of what a report writes under its table.
    static func isFooter(_ text: String) -> Bool {
        let words = split(text).filter { !$0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
        guard let first = words.first, words.count <= 12 else { return false }
        return footers.contains(words.joined()) || starts.contains(first)
            || words.count > 1 && starts.contains(first + words[1])
    }

    private static let footers: Set<String> = [
        "total", "totals", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "gesamtanzahl", "gesamtergebnis",
        "zwischensumme", "anzahl", "anzahlgerate", "anzahldatensatze", "datensatze", "count", "totalcount",
        "recordcount", "records", "recordsfound", "rowcount", "rows", "rowsaffected", "rowsselected", "rowselected",
        "somme", "soustotal", "nombre", "totalgeneral", "suma", "cuenta", "registros", "numeroderegistros", "eof",
        "end", "ende", "fin", "endoffile", "endofreport", "endoflist", "endofdata", "ofreport", "page", "pageof",
        "seite", "seitevon", "pagina", "paginade", "pagesur", "confidential", "vertraulich", "confidentiel",
        "confidencial",
    ]

    private static let starts: Set<String> = [
        "grandtotal", "totalnumber", "totalassets", "totaldevices", "totalrecords", "totalrows", "totalequipment",
        "totalequipos", "totalgerate", "nombretotal", "numbertotal", "generatedon", "generatedby", "printedon",
        "printedby", "exportedon", "exportedby", "reportgenerated", "reportdate", "erstelltam", "gedrucktam",
        "exportiertam", "imprimele", "editele", "exportele", "generele", "impresoel", "generadoel", "exportadoel",
        "endof", "numberof",
    ]
}
